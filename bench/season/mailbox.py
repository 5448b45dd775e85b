"""The office's mailbox: a real IMAP server on loopback; what was put into it is written down, to be accounted for."""

import email
import ssl
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from email.policy import default

from imap_tools import MailBox
from tests.imap_server import Server, imap_server

from tuanhoc.intake.mail.imap import KEPT
from tuanhoc.web import clock

ADDRESS = "dangky@so.example"


@dataclass(frozen=True, slots=True)
class Put:
    """One message put into the mailbox. ``what``: the kind of it; ``key``: of the unit it is from, "" for a report."""

    message_id: str
    what: str
    key: str
    #: the machine's time
    at: float


class Mailbox:
    """Open while the block lasts; bears being written to from several threads."""

    def __init__(self) -> None:
        self.put: list[Put] = []
        self._lock = threading.Lock()
        self._stack = ExitStack()
        self.server: Server

    def __enter__(self) -> "Mailbox":
        self.server = self._stack.enter_context(imap_server())
        return self

    def __exit__(self, *_why: object) -> None:
        self._stack.close()

    @property
    def settings(self) -> dict[str, str]:
        """Return what the program is told of it; how often it is looked into stands in the bench's settings."""
        return {
            "TUANHOC_IMAP_HOST": "localhost", "TUANHOC_IMAP_PORT": str(self.server.tls),
            "TUANHOC_IMAP_USER": self.server.user, "TUANHOC_IMAP_PASSWORD": self.server.password,
            "TUANHOC_IMAP_CA_FILE": self.server.ca_file, "TUANHOC_MAIL_FROM": ADDRESS,
        }  # fmt: skip

    def take(self, raw: bytes, what: str, key: str = "") -> None:
        """Let the mailbox's server take a message now, by the season's clock."""
        said = str(email.message_from_bytes(raw, policy=default)["Message-ID"])
        with self._opened() as box:
            box.append(raw, "INBOX", dt=clock.now())
        with self._lock:
            self.put.append(Put(said.strip(), what, key, time.time()))

    def unmarked(self) -> list[str]:
        """Return the subjects of what the program has not marked as kept."""
        with self._opened() as box:
            return [m.subject for m in box.fetch(mark_seen=False, headers_only=True) if KEPT not in m.flags]

    @property
    def messages(self) -> set[str]:
        """Return each Message-ID once."""
        with self._lock:
            return {put.message_id for put in self.put}

    def _opened(self) -> MailBox:
        context = ssl.create_default_context(cafile=self.server.ca_file)
        return MailBox("localhost", self.server.tls, ssl_context=context).login(self.server.user, self.server.password)
