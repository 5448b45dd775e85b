"""A document as clean lines, and Vietnamese compared without its marks, position by position."""

import dataclasses
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
    """Return every line that holds something, tables cell by cell, in reading order.

    Lines broken inside a sentence, as text saved from a PDF has them, are put together again.
    """
    lines: list[Line] = []
    width, physical = _wrapped_at(document), 0
    for block in document.blocks:
        if isinstance(block, Grid):
            lines += [Line(clean(t), c.where, in_table=True) for c in block.cells for t in c.lines if clean(t)]
            continue
        for text in filter(_says_something, map(clean, block.text.split("\n"))):
            is_full = bool(width) and physical >= 0.7 * width
            physical = len(text)
            if lines and _continues(lines[-1], text, is_full=is_full):
                lines[-1] = dataclasses.replace(lines[-1], text=f"{lines[-1].text} {text}")
            else:
                lines.append(Line(text, block.where, block.bold))
    return lines


_LABELLED = re.compile(r"(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})\s*[.)/]|[-–+*•]")
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")
#: No sentence is longer: bounds the work on a file of nothing but broken lines.
_LONGEST = 6_000
_ENDS = (".", ";", ":", "!", "?", "./.")


def _continues(above: Line, text: str, *, is_full: bool) -> bool:
    """Whether a line goes on with the sentence of the one above; ``is_full``: that one reached the margin."""
    said = above.text
    if above.in_table or len(said) > _LONGEST or said.isupper():
        return False
    if is_full and said.count("(") > said.count(")"):
        return True
    if _LABELLED.match(text):
        return False
    open_quote = said.count("“") > said.count("”") and len(said) < 300
    address = said.endswith(":") and bool(_ADDRESS.match(text))
    mid_sentence = not said.endswith(_ENDS)
    goes_on = text[0].islower() and (mid_sentence or is_full)
    return open_quote or address or goes_on or (is_full and mid_sentence)


def _wrapped_at(document: Document) -> int:
    """Return the width a text was broken at, 0 where its lines are whole paragraphs."""
    lengths = sorted(
        len(t) for b in document.blocks if not isinstance(b, Grid) for t in b.text.split("\n") if t.strip()
    )
    if len(lengths) < 20 or lengths[-1] > 130:
        return 0
    width = lengths[-1]
    long = [
        t.rstrip()
        for b in document.blocks
        if not isinstance(b, Grid)
        for t in b.text.split("\n")
        if len(t) >= 0.7 * width
    ]
    broken = [t for t in long if not t.endswith(_ENDS)]
    return width if len(broken) >= 8 and 2 * len(broken) > len(long) else 0


def _says_something(text: str) -> bool:
    # Rules drawn with characters under a title say nothing; "./." ends a plan.
    return bool(text) and (any(c.isalnum() for c in text) or "/." in text)


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """Return clean ``text`` in lower case without marks and **of the same length**, so that positions agree.

    >>> bare("Đề án “Học”")
    'de an “hoc”'
    """
    return text.translate(_BARE)


class _BareLetters(dict[int, str]):
    """Letters without marks, each worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = "d" if char in "đĐ" else unicodedata.normalize("NFD", char)[0].lower()[0]
        return self[code]


_BARE = _BareLetters()


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
