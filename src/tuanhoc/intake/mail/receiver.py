"""A door for a mail server in front of us: SMTP on loopback or in the house, for our addresses alone.

It relays nothing, and says 250 only when the message is kept for good: until then the server in front has it.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

log = logging.getLogger(__name__)
#: Seconds a client may be silent.
_TIMEOUT = 120
_MOST_RECIPIENTS = 20


def is_ours(address: str, ours: Sequence[str]) -> bool:
    """Whether mail is taken for an address: one of ours, whatever its tag (``dangky+ninh-thuan-2022@…``).

    >>> is_ours("DangKy+ninh-thuan-2022@so.example", ["dangky@so.example"])
    True
    """
    local, _, domain = address.lower().strip("<> ").rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" in {known.lower() for known in ours}


class Door:
    """What the door answers to each step of a client. ``keep`` keeps a message for good or raises."""

    def __init__(self, keep: Callable[[bytes], None], ours: Sequence[str]) -> None:
        self.keep = keep
        self.ours = ours

    async def handle_RCPT(  # noqa: N802 - the library calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take our own addresses, refuse all others: nothing is relayed."""
        if len(envelope.rcpt_tos) >= _MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        if not is_ours(address, self.ours):
            return "550 5.7.1 Relaying denied: no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the message; only then say so."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        try:
            await asyncio.to_thread(self.keep, _above(envelope) + content)
        except Exception:
            # Whatever it was, the client keeps the message and comes again.
            log.exception("a message could not be kept")
            return "451 4.3.0 Cannot keep the message now, please try again later"
        return "250 2.0.0 Kept"


def _above(envelope: Envelope) -> bytes:
    """Write above a message what only the envelope says: who gets bounces, and for which of our addresses it is."""
    lines = [f"Return-Path: <{_bare(envelope.mail_from or '')}>"]
    lines += [f"X-Original-To: {_bare(address)}" for address in envelope.rcpt_tos]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8")


def _bare(address: str) -> str:
    return "".join(c for c in address if c.isprintable()).strip("<> ")


def door(keep: Callable[[bytes], None], *, host: str, port: int, ours: Sequence[str], most_bytes: int) -> Controller:
    """Return the door, closed: ``start()`` opens it in a thread, ``stop()`` closes it."""

    class _Patient(SMTP):
        # Mail programs write longer lines than the standard's 998 characters, and servers hand them on.
        line_length_limit = 64 * 1024

    class _Controller(Controller):
        def factory(self) -> Any:
            return _Patient(
                self.handler,
                data_size_limit=most_bytes,
                enable_SMTPUTF8=True,
                ident="Tuan Hoc",
                timeout=_TIMEOUT,
                loop=self.loop,
            )

    return _Controller(Door(keep, ours), hostname=host, port=port)
