"""What a Word file prints, with every property it prints with."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tuanhoc.papers import decree
from tuanhoc.papers.pdf.text import Face

#: what programs make of the size of a raised letter, about
_RAISED = 0.62


@dataclass(frozen=True, slots=True)
class Look:
    """How a run prints, after styles, defaults and theme have had their say.

    ``latin`` is the font of the letters of ASCII, ``accented`` that of all others; ``colour`` is ``RRGGBB``.
    """

    latin: str = "Times New Roman"
    accented: str = "Times New Roman"
    points: float = 10.0
    bold: bool = False
    italic: bool = False
    colour: str = "000000"
    caps: bool = False
    underlined: bool = False
    #: added after each letter, points
    spread: float = 0.0
    #: set as an index above or below the line, and so smaller
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of one look, as typed."""

    text: str
    look: Look

    @property
    def printed(self) -> str:
        return self.text.upper() if self.look.caps else self.text


@dataclass(frozen=True, slots=True)
class Drawn:
    """A horizontal rule: a border, a drawn line, or underscores. Lengths in mm; None: not told by the file."""

    length: float | None
    solid: bool = True
    #: made of letters: its length is not exactly to be had
    rough: bool = False
    #: a drawn line hangs on any paragraph near it: it may belong to another one
    floats: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or what stands of it between two line breaks. Lengths in mm, spaces in points.

    ``align`` is ``left``, ``center``, ``right`` or ``both``; ``spacing`` the distance of its lines as a multiple
    of a single one; ``width`` the room between its indents.
    """

    pieces: tuple[Piece, ...]
    where: str
    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    spacing: float = 1.0
    width: float = 165.0
    keeps_next: bool = False
    #: begins a page
    new_page: bool = False
    #: goes on with the paragraph of the line before
    goes_on: bool = False
    drawn: tuple[Drawn, ...] = ()
    has_page_number: bool = False

    @property
    def text(self) -> str:
        """What it prints, in NFC, single spaces."""
        return " ".join(self.raw.split())

    @property
    def raw(self) -> str:
        """What it prints, spaces and tabs as they are."""
        return unicodedata.normalize("NFC", "".join(piece.printed for piece in self.pieces))

    @property
    def inked(self) -> tuple[Piece, ...]:
        """The pieces that leave a mark."""
        return tuple(piece for piece in self.pieces if piece.text.strip())

    @property
    def points(self) -> float:
        """The size of most of its letters."""
        sizes: dict[float, int] = {}
        for piece in self.inked:
            sizes[piece.look.points] = sizes.get(piece.look.points, 0) + len(piece.text)
        return max(sizes, key=lambda size: sizes[size], default=0.0)

    @property
    def length(self) -> float:
        """How long it prints on one line, mm."""
        return sum(
            decree.width_mm(p.printed.replace("\t", ""), p.look.points, bold=p.look.bold, italic=p.look.italic)
            * (_RAISED if p.look.raised else 1)
            + len(p.text) * p.look.spread / 72 * 25.4
            for p in self.pieces
        )

    @property
    def longest(self) -> float:
        """How long its longest line prints once it is broken to its width, mm."""
        if self.length <= self.width:
            return self.length
        face = Face(self.points or decree.POINTS, bold=bool(self.inked) and self.inked[0].look.bold)
        lines = face.wrapped(self.text, self.width / 25.4 * 72)
        return max(face.width(" ".join(words)) for words in lines) / 72 * 25.4

    @property
    def is_rule(self) -> bool:
        """Whether it is nothing but a row of underscores or dashes."""
        marks = self.text.replace(" ", "")
        return len(marks) > 3 and set(marks) <= set("_─—–-")


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its lines, those of tables in it too; ``width`` between its margins, mm."""

    lines: tuple[Line, ...]
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; a row is its boxes from left to right and whether it stays on one page."""

    rows: tuple[tuple[tuple[Box, ...], bool], ...]
    where: str
    bordered: bool = False


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands in the top or bottom margin of some ``pages``: ``default``, ``first`` or ``even`` ones."""

    pages: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one setting. Lengths in mm; ``first`` is the index of its first block."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    first: int = 0
    hides_first: bool = False
    starts_at: int | None = None
    digits: str = "decimal"
    heads: tuple[Margin, ...] = ()
    feet: tuple[Margin, ...] = ()

    def head(self, pages: str) -> tuple[Line, ...]:
        """Return the lines in the top margin of ``default``, ``first`` or ``even`` pages."""
        return next((margin.lines for margin in self.heads if margin.pages == pages), ())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole file: blocks in order and the sections they stand in. ``pages`` as the program that wrote it said."""

    blocks: tuple[Line | Grid, ...]
    sections: tuple[Section, ...]
    pages: int | None = None
    odd_and_even: bool = False


def lines_of(blocks: "tuple[Line | Grid, ...]") -> Iterator[Line]:
    """Yield every line in reading order, those in tables too."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
            continue
        for boxes, _whole in block.rows:
            for box in boxes:
                yield from box.lines
