"""Files read back: bytes in, paragraphs and grids of cells out, each with its place in the file."""

import unicodedata

from . import limits
from .limits import Unreadable
from .values import Cell, Document, Grid, Paragraph
from .word import read_docx

__all__ = ["Cell", "Document", "Grid", "Paragraph", "Unreadable", "read"]


def read(data: bytes, name: str) -> Document:
    """Read a file by its content, whatever its name says: Word (.docx) and plain text.

    :raises Unreadable: with a sentence on why and what to do.
    """
    if not data:
        raise limits.Empty
    if len(data) > limits.MAX_BYTES:
        raise limits.TooLarge
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise limits.Encrypted
    if data.startswith(b"PK"):
        return read_docx(data, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise limits.UnknownKind from error
    if "\0" in text:
        raise limits.UnknownKind
    lines = unicodedata.normalize("NFC", text).splitlines()
    return Document(name, tuple(Paragraph(line, f"dòng {n}") for n, line in enumerate(lines, start=1)))
