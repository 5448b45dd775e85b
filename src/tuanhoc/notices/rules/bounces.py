"""A mail server's report that a letter of ours did not arrive (RFC 3464). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from tuanhoc.lib.text import clean

#: Reports tell of one letter each; more are not looked at.
MOST = 20


@dataclass(frozen=True, slots=True)
class Bounce:
    """One receiver that a letter did not reach for good; ``said`` in the server's words."""

    address: str
    said: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says: who was not reached, and which letters it is about, by Message-ID."""

    bounces: tuple[Bounce, ...]
    message_ids: frozenset[str]


def report_in(raw: bytes) -> Report | None:
    """Return what a message says of letters that came back for good; None when it is no such report.

    A delay (4.x.x), or that a letter was delivered or passed on, is none.
    """
    message = message_from_bytes(raw, policy=compat32)
    if message.get_content_type() != "multipart/report":
        return None
    bounces = tuple(_bounces(message))[:MOST]
    ids = frozenset(clean(said) for said in _message_ids(message))
    return Report(bounces, ids) if bounces and ids else None


def _bounces(message: Message) -> Iterator[Bounce]:
    for part in message.walk():
        blocks = part.get_payload() if part.get_content_type() == "message/delivery-status" else ()
        for block in blocks if isinstance(blocks, list) else ():
            if isinstance(block, Message) and (bounce := _bounce(block)):
                yield bounce


def _bounce(block: Message) -> Bounce | None:
    to = _field(block, "original-recipient") or _field(block, "final-recipient")
    address = to.rpartition(";")[2].strip().strip("<>").lower()
    status, diagnostic = _field(block, "status"), _field(block, "diagnostic-code").rpartition(";")[2]
    if _field(block, "action").lower() != "failed" or not status.startswith("5") or "@" not in address:
        return None
    return Bounce(address[:254], clean(f"{status} {diagnostic}")[:500])


def _message_ids(message: Message) -> Iterator[str]:
    """Give the Message-IDs of the letters a report quotes, whole or as their headers alone."""
    for part in message.walk():
        if part is message:
            continue
        if said := part.get("message-id"):
            yield str(said)
        if part.get_content_type() == "text/rfc822-headers":
            quoted = part.get_payload(decode=True)
            if isinstance(quoted, bytes):
                yield str(message_from_bytes(quoted, policy=compat32).get("message-id", ""))


def _field(block: Message, name: str) -> str:
    return clean(str(block.get(name, "")))
