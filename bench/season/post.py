"""A real mail server on loopback: keeps every letter, refuses some for good and some for a time, is slow to part."""

import asyncio
import email
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message

from aiosmtpd.controller import Controller

from .reports import Reporter

#: a unit's own link; not the pages beside it
_LINK = re.compile(r"/l/(?!xin-lai/|tham-gia/|thoi-nhac/|dong/)[^\s/]+/")
#: in the subject of a letter with a code
_SIGN_IN = "Mã đăng nhập"
_CODE = re.compile(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Taken:
    """One letter answered with 250. ``at`` is the machine's time, ``day`` the season's."""

    message_id: str
    to: str
    subject: str
    body: str
    #: straight from a sign-in page, not by the queue
    is_sign_in: bool
    is_reminder: bool
    at: float
    day: str

    @property
    def links(self) -> list[str]:
        return _LINK.findall(self.body)


def _plain(letter: Message) -> str:
    """Return a letter's text."""
    for part in letter.walk():
        data = part.get_payload(decode=True) if part.get_content_type() == "text/plain" else None
        if isinstance(data, bytes):
            return data.decode(part.get_content_charset() or "utf-8", "replace")
    return ""


class Post:
    """What the server does; it runs in a thread of this process."""

    def __init__(
        self, port: int, reporter: Reporter, *, day: Callable[[], str], linger: float = 0.0, seed: int = 0
    ) -> None:
        self.taken: list[Taken] = []
        #: address in lower case -> what it is refused with for good
        self.never: dict[str, str] = {}
        #: address -> how often it is still put off
        self.shy: dict[str, int] = {}
        self.refusals = 0
        #: addresses that are taken with 250, and whose letters come back later
        self.comes_back: set[str] = set()
        #: domains that put an address off the first time; how many were
        self.greylisting: set[str] = set()
        self.greylisted: set[str] = set()
        self._by_address: dict[str, list[Taken]] = {}
        self._day, self._linger, self._reporter = day, linger, reporter
        self._turn = random.Random(seed)
        self._lock = threading.Lock()
        self._server = Controller(self, hostname="127.0.0.1", port=port)

    def start(self) -> None:
        self._server.start()
        self._reporter.start()

    def stop(self) -> None:
        self._server.stop(no_assert=True)
        self._reporter.end()

    @property
    def bad(self) -> set[str]:
        """Return the addresses that no letter reaches, refused at once or given back later."""
        return {*self.never, *self.comes_back}

    @property
    def reports_waiting(self) -> int:
        """Return how many delivery reports are still on their way to the mailbox."""
        return self._reporter.waiting

    @property
    def reports_lost(self) -> list[str]:
        """Return why reports could not be put into the mailbox: the bench's own trouble."""
        return self._reporter.failed

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the library's name
        to = address.lower()
        if to in self.never:
            self.refusals += 1
            return self.never[to]
        if self.shy.get(to, 0) > 0:
            self.shy[to] -= 1
            self.refusals += 1
            return "451 4.2.1 Mailbox busy, try again later"
        if to.rpartition("@")[2] in self.greylisting and to not in self.greylisted:
            self.greylisted.add(to)
            return "451 4.7.1 Greylisted, please come again in a minute"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        # Python's plain policy: the newer one takes a letter ten times as long, beside the units' own threads.
        letter = email.message_from_bytes(envelope.content)
        subject, body = str(make_header(decode_header(letter["Subject"] or ""))), _plain(letter)
        for to in envelope.rcpt_tos:
            taken = Taken(
                str(letter["Message-ID"] or ""), to.lower(), subject, body,
                _SIGN_IN in subject,
                letter["List-Unsubscribe"] is not None, time.time(), self._day(),
            )  # fmt: skip
            with self._lock:
                self.taken.append(taken)
                self._by_address.setdefault(taken.to, []).append(taken)
            if taken.to in self.comes_back:
                self._reporter.give_back(envelope.content, taken.to)
        return "250 OK"

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802
        # Between 250 and this answer the sender waits, with what it has sent not yet written down.
        if self._linger:
            await asyncio.sleep(self._turn.uniform(0, self._linger))
        return "221 Bye"

    def to(self, address: str) -> list[Taken]:
        with self._lock:
            return list(self._by_address.get(address.lower(), ()))

    def link_for(self, address: str, unit: str) -> str | None:
        """Return the newest link mailed to ``address`` in a letter about this unit alone."""
        for letter in reversed(self.to(address)):
            links = letter.links
            if len(set(links)) == 1 and unit in " ".join((letter.subject + " " + letter.body).split()):
                return links[0]
        return None

    def code_for(self, address: str, *, after: float, patience: float = 30) -> str:
        """Wait for a sign-in code."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            for letter in reversed(self.to(address)):
                if letter.at >= after and letter.is_sign_in and (found := _CODE.search(letter.body)):
                    return found[1]
            time.sleep(0.1)
        raise TimeoutError(f"no sign-in code for {address}")
