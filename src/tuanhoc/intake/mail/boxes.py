"""Boxes of messages: .eml, .mbox, Maildir. One message is in memory at a time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

#: Headers a message saved to a file begins with.
_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){2}")
#: Of these a paper that happens to begin so has none.
_TELLING = frozenset((b"from", b"received", b"message-id", b"return-path"))
_KNOWN = re.compile(rb"^(received|from|to|date|subject|message-id|return-path|delivered-to|mime-version):", re.I | re.M)
#: What separates messages of an mbox: "From " with a year at its end, after an empty line.
_FROM_LINE = re.compile(rb"From .*\b(?:19|20)\d\d\b.*")
#: One message longer than this is cut: what is read of it still says who sent it.
MOST_MESSAGE_BYTES = 60 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """One message out of a box."""

    name: str
    raw: bytes


def is_mail(data: bytes) -> bool:
    """Whether a file is one message, whatever its name: it begins with headers that mail has."""
    if data.startswith(b"From ") or not data:
        return False
    head = data[:4_000].lstrip(b"\r\n").replace(b"\r\n", b"\n")
    known = {name.lower() for name in _KNOWN.findall(head)}
    return _HEADER.match(head) is not None and len(known) >= 2 and bool(known & _TELLING)


def is_mbox(data: bytes) -> bool:
    """Whether a file is a box of messages one after the other."""
    first = data[:1_000].split(b"\n", 1)[0].rstrip(b"\r")
    return _FROM_LINE.fullmatch(first) is not None


def messages_of(lines: Iterable[bytes], name: str) -> Iterator[Piece]:
    """Yield the messages of an mbox, numbered; ``>From`` of a body is given back as it was."""
    held: list[bytes] = []
    size, number, blank = 0, 0, True
    for line in lines:
        if blank and _FROM_LINE.fullmatch(line.rstrip(b"\r\n")):
            if held:
                number += 1
                yield Piece(f"{name} #{number}", b"".join(held))
            held, size = [], 0
        elif size < MOST_MESSAGE_BYTES:
            held.append(line[1:] if re.match(rb">+From ", line) else line)
            size += len(line)
        blank = not line.strip(b"\r\n")
    if any(line.strip() for line in held):
        yield Piece(f"{name} #{number + 1}", b"".join(held))


def count_in_mbox(file: BinaryIO) -> int:
    """Count the messages of an mbox, reading it line by line; the file is put back at its beginning."""
    count, blank = 0, True
    for line in file:
        count += bool(blank and _FROM_LINE.fullmatch(line.rstrip(b"\r\n")))
        blank = not line.strip(b"\r\n")
    file.seek(0)
    return count


def is_maildir(path: Path) -> bool:
    """Whether a folder is a Maildir."""
    return path.is_dir() and (path / "cur").is_dir() and (path / "new").is_dir()


def messages_in_maildir(path: Path) -> Iterator[Piece]:
    """Yield the messages of a Maildir, new ones first, oldest first; nothing in it is moved or marked."""
    for folder in ("new", "cur"):
        for file in sorted((path / folder).iterdir(), key=lambda found: found.name):
            if file.is_file() and not file.name.startswith("."):
                with file.open("rb") as opened:
                    yield Piece(file.name, opened.read(MOST_MESSAGE_BYTES))
