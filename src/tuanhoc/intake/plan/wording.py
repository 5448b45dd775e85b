"""A document as clean lines, and Vietnamese compared without its marks, position by position."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tuanhoc.lib.text import clean
from tuanhoc.papers.reading import Document, Grid


@dataclass(frozen=True, slots=True)
class Line:
    """One written line: NFC, single spaces."""

    text: str
    where: str
    bold: bool = False
    in_table: bool = False


def lines_of(document: Document) -> list[Line]:
    """Return every line that holds something, tables cell by cell, in reading order."""
    lines: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            lines += [Line(clean(t), c.where, in_table=True) for c in block.cells for t in c.lines if clean(t)]
        else:
            parts = block.text.split("\n")
            lines += [Line(clean(t), block.where, block.bold) for t in parts if _says_something(clean(t))]
    return lines


def _says_something(text: str) -> bool:
    # Rules drawn with characters under a title say nothing; "./." ends a plan.
    return bool(text) and (any(c.isalnum() for c in text) or "/." in text)


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """Return clean ``text`` in lower case without marks and **of the same length**, so that positions agree.

    >>> bare("Đề án “Học”")
    'de an “hoc”'
    """
    return "".join(_bare_letter(c) for c in text)


@lru_cache(maxsize=2_000)
def _bare_letter(char: str) -> str:
    if char in "đĐ":
        return "d"
    return unicodedata.normalize("NFD", char)[0].lower()[0]


# A full stop ends a sentence before a capital, but not in "TP. Phan Rang", "KT. CHỦ TỊCH", "Điều 5. Tổ chức".
_STOP = re.compile(
    r"(?<!\bTP)(?<!\bTT)(?<!\bKT)(?<!\bTM)(?<!\bTh)(?<!^\d)(?<!^\d\d)(?<!Điều \d)[.!?;]\s+(?=[^\W\d_]|[“\"«(\-+]|\d)"
)


def sentences(text: str) -> list[str]:
    """Split one line at full stops and semicolons.

    >>> sentences("Nộp trước ngày 01/10. Báo cáo sau.")
    ['Nộp trước ngày 01/10.', 'Báo cáo sau.']
    """
    out: list[str] = []
    start = 0
    for stop in _STOP.finditer(text):
        out.append(text[start : stop.end()].strip())
        start = stop.end()
    return [*out, text[start:].strip()]
