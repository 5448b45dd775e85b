"""Delivery reports (RFC 3464): a mail server that said 250 gives a letter back later, into the office's mailbox."""

import random
import threading
import time
from email import message_from_bytes
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from tuanhoc.web import clock

from .mailbox import ADDRESS, Mailbox

SAID = "550 5.1.1 user unknown"


def report(letter: bytes, to: str) -> bytes:
    """Return the report that ``letter`` did not reach ``to``, with its headers alone, as Postfix writes it."""
    quoted = message_from_bytes(letter)
    whole = MIMEMultipart("report", **{"report-type": "delivery-status"})
    whole["Return-Path"] = "<>"
    whole["From"] = "Mail Delivery System <mailer-daemon@mau.example>"
    whole["To"], whole["Auto-Submitted"] = ADDRESS, "auto-replied"
    whole["Subject"] = "Undelivered Mail Returned to Sender"
    whole["Date"], whole["Message-ID"] = format_datetime(clock.now()), make_msgid(domain="mau.example")
    whole.attach(MIMEText(f"Your message to {to} could not be delivered.", "plain", "utf-8"))
    status = EmailMessage()
    status["Reporting-MTA"] = "dns; mau.example"
    of_one = EmailMessage()
    of_one["Final-Recipient"], of_one["Action"] = f"rfc822; {to}", "failed"
    of_one["Status"], of_one["Diagnostic-Code"] = "5.1.1", f"smtp; {SAID}"
    part = MIMEMultipart("x")
    part.set_type("message/delivery-status")
    part.del_param("boundary")
    part.set_payload([status, of_one])
    whole.attach(part)
    headers = "".join(f"{name}: {quoted[name]}\n" for name in ("Message-ID", "From", "To") if quoted[name])
    whole.attach(MIMEText(headers, "rfc822-headers", "utf-8"))
    return whole.as_bytes(policy=SMTP)


class Reporter(threading.Thread):
    """Puts each letter's report into the mailbox a moment after the letter was taken."""

    def __init__(self, mailbox: Mailbox, turn: random.Random, *, most: float = 2.0) -> None:
        super().__init__(daemon=True)
        self._mailbox, self._turn, self._most = mailbox, turn, most
        self._due: list[tuple[float, bytes, str]] = []
        self._lock = threading.Lock()
        self._told = threading.Event()
        self.failed: list[str] = []

    def give_back(self, letter: bytes, to: str) -> None:
        with self._lock:
            self._due.append((time.monotonic() + self._turn.uniform(0, self._most), letter, to))

    @property
    def waiting(self) -> int:
        """Return how many reports are still to come."""
        return len(self._due)

    def run(self) -> None:
        while not self._told.wait(0.1):
            now = time.monotonic()
            with self._lock:
                ready = [one for one in self._due if one[0] <= now]
            for one in ready:
                try:
                    self._mailbox.take(report(one[1], one[2]), "report")
                except Exception as error:
                    self.failed.append(repr(error))
                with self._lock:
                    self._due.remove(one)

    def end(self) -> None:
        self._told.set()
        self.join(timeout=30)
