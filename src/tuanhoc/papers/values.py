"""Official documents as values; a room builds them, a renderer prints them."""

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace

#: A4, upright
PAGE_MM = (210.0, 297.0)
#: the text between margins of 30 and 15 mm
TEXT_MM = 165.0

#: how the marks of rows begin
MARK = "th_"
#: the property of a file that says what our paper was printed from
ORIGIN = "TuanHoc"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text; equal neighbours in the first ``merged`` columns print as one cell.

    ``widths_mm`` sum to the width of the text: 165 mm between margins of 30 and 15 on A4.
    ``bands`` are bold lines over the whole width, each with the index of the row it stands above, in order:
    the day its rows belong to. ``centred`` names columns by index. ``marks`` name the rows for a program that
    reads the paper back: one short Latin name a row, in one table of a document; people do not see them.
    """

    columns: tuple[str, ...]
    widths_mm: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    merged: int = 0
    bands: tuple[tuple[int, str], ...] = ()
    centred: tuple[int, ...] = ()
    points: float = 13.0
    marks: tuple[str, ...] = ()

    def within(self, text_mm: float) -> "Table":
        """Return the table for a text of another width, if it is as wide as the usual one."""
        if text_mm == TEXT_MM or abs(sum(self.widths_mm) - TEXT_MM) > 0.5:
            return self
        return replace(self, widths_mm=tuple(width * text_mm / TEXT_MM for width in self.widths_mm))

    def banded(self) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Yield each row after the bands that stand above it."""
        above: dict[int, list[str]] = {}
        for index, text in self.bands:
            above.setdefault(index, []).append(text)
        for index, row in enumerate(self.rows):
            yield tuple(above.get(index, ())), row


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex with one table, signed below when it is sent alone (Decree 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục III).

    ``title`` is printed upper-case lines, bold; ``attached_to`` in italics under it; ``organisation`` is a
    plain line above the table; ``signature`` is the right column below it; ``foot`` are small lines at the
    end (where to send it, the receipt).
    """

    title: tuple[str, ...]
    attached_to: str
    organisation: str
    table: Table
    signature: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues a document, with what number, where and when.

    A number is given after signing: ``number`` is ``2108/SGDĐT-GDTX``, ``/SGDĐT-GDTX`` while only the
    symbol is known, or blank; ``issued_on`` None leaves day and month blank in ``year``.
    """

    superior: str
    issuer: str
    number: str
    place: str
    issued_on: dt.date | None
    year: int


class Style(enum.Enum):
    """How a paragraph of the body is set (Phụ lục I, Phần I, Mục II, khoản 6)."""

    BASIS = "căn cứ"  # italic
    PART = "I."  # upper-case, bold
    HEADING = "1."  # bold
    TEXT = "lời văn"  # upright, justified, first line indented; points a) and dashes too


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the body."""

    text: str
    style: Style = Style.TEXT


@dataclass(frozen=True, slots=True)
class Layout:
    """What the decree leaves to choose within a range: margins in mm, type and spaces in points.

    ``head_points`` is of the country's name and the bodies' names, ``body_points`` of the text and what is set
    like it (motto, place, type, signature); ``line_spacing`` is a multiple of a single line. Source: Phụ lục I,
    Phần I, Mục I, khoản 3; Mục II, khoản 1, 2, 6e.
    """

    top_mm: float = 20.0
    bottom_mm: float = 20.0
    left_mm: float = 30.0
    right_mm: float = 15.0
    head_points: float = 13.0
    body_points: float = 14.0
    first_line_mm: float = 12.7
    gap_points: float = 6.0
    line_spacing: float = 1.1

    @property
    def text_mm(self) -> float:
        """Width of the text."""
        return PAGE_MM[0] - self.left_mm - self.right_mm


#: as papers were always set
USUAL = Layout()


@dataclass(frozen=True, slots=True)
class Code:
    """An address as a code to scan (QR), with the same address in letters under it."""

    address: str
    width_mm: float = 30.0


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A document with the letterhead of Decree 30/2020/NĐ-CP, its body, signature, recipients and annexes.

    ``kind`` is the type in upper case (``BÁO CÁO``), blank for a letter (công văn), whose ``subject`` then
    stands under the number after ``V/v``. ``addressees`` follow ``Kính gửi:``. ``signature`` holds the
    authority and position, a line each. ``recipients`` are given without dashes and stops. With two annexes or
    more, each is numbered in Roman figures. ``origin`` says to a program what the paper was printed from.

    Without signature, signer and recipients there is no end block: what the program gives unsigned (a receipt).
    """

    letterhead: Letterhead
    kind: str
    subject: str
    body: tuple[Paragraph | Table | Code, ...]
    signature: tuple[str, ...]
    signer: str
    recipients: tuple[str, ...]
    addressees: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    layout: Layout = USUAL
    #: the last day to answer it, where it asks for an answer
    due_on: dt.date | None = None
    origin: str = ""

    @property
    def is_signed(self) -> bool:
        """Whether it ends in a signature and its recipients."""
        return bool(self.signature or self.signer or self.recipients)


@dataclass(frozen=True, slots=True)
class Letters:
    """Several documents in one file, each from page 1: one for every unit that is written to."""

    documents: tuple[OfficialDocument, ...]
