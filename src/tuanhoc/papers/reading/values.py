"""What reading a file gives: blocks in reading order, each knowing where it stood."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """Where something stands on the picture of its page, in hundredths of the page's width and height."""

    page: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph outside any table.

    ``text`` is NFC; line breaks inside the paragraph are ``\\n``, tabs ``\\t``; automatic
    numbers and bullets are written out in front ("1. ", "a) ", "- "). ``where`` is words for people: "đoạn 12".
    """

    text: str
    where: str
    bold: bool = False
    centred: bool = False
    #: addresses that links point to; their text may hide them
    links: tuple[str, ...] = ()
    #: of what was read off a picture
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid, merged cells once, at their top left corner.

    ``lines`` are the paragraphs and line breaks of the cell, each NFC, empty ones kept out.
    A day cell of a sheet that holds a real date has it as ``dd/mm/yyyy`` text.
    """

    row: int
    column: int
    lines: tuple[str, ...]
    where: str
    row_span: int = 1
    column_span: int = 1
    links: tuple[str, ...] = ()
    #: our own bookmarks in it (``docx.tables`` sets them)
    marks: tuple[str, ...] = ()
    #: of what was read off a picture
    region: Region | None = None

    @property
    def text(self) -> str:
        """The whole cell, its lines joined by line feeds."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its cells in reading order; ``rows`` × ``columns`` is its size with merged cells spread."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    where: str
    #: ``where`` of the cell it stands in, when tables are nested; it follows the outer table
    within: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """A page shown to a person beside what was read, or instead of it: WebP, upright, without a camera's notes.

    ``says`` is what the blocks of this page are: ``"text"`` its own, ``"guess"`` no more than a machine's
    suggestion, ``""`` nothing, for no machine read it.
    """

    number: int
    picture: bytes
    says: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: blocks in order, and the file's own name, which may name the unit."""

    name: str
    blocks: tuple[Paragraph | Grid, ...]
    #: headers and footers of the page, which may name the unit
    margins: tuple[Paragraph, ...] = ()
    #: all pages of a file some pages of which are pictures; what has text is in ``blocks`` all the same
    scans: tuple[Scan, ...] = ()
    #: some of its text was typed in a font before Unicode and turned into letters here
    legacy_font: bool = False
    #: what our own paper says it was printed from (``values.OfficialDocument.origin``)
    origin: str = ""
