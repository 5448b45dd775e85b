"""What an officer typed, and beside it what the officer meant.

A cell is a plain string, or ``Said`` where the two differ ("nt"), or a list where one cell holds
several items, or ``UP`` where the cell is merged with the one above. Three marks may stand in
printed text: ``{-gone-}`` and ``{+new+}`` are tracked changes left on, ``[[address]]`` is a live link.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class At:
    """A time as printed, with what it means: "7h30" is 07:30, "Sáng" is a part of day."""

    printed: str | dt.time
    start: str | None = None
    end: str | None = None
    part: str | None = None


@dataclass(frozen=True)
class Said:
    printed: str
    meant: str


@dataclass(frozen=True)
class Up:
    """The cell is one with the cell above it."""


UP = Up()


@dataclass(frozen=True)
class Item:
    """One activity in a content cell; ``lead`` is a time printed before it, no part of the content.

    ``facts`` are fields of the truth that hold for this item only.
    """

    text: str
    lead: At | None = None
    facts: dict[str, str] = field(default_factory=dict)


#: a day 1-7 of October 2022, two of them (a range), a list (days one by one), ISO dates, or unreadable
When = int | str | tuple[int, int] | tuple[str, str] | list[int] | None
Cell = str | Said | Up | Sequence[str]
Content = str | Item | Up | Sequence[str | Item]


@dataclass(frozen=True)
class Row:
    content: Content
    place: Cell = ""
    note: Cell = ""
    time: At | None = None
    host: Cell | None = None
    audience: Cell | None = None
    contact: Cell | None = None
    link: str | None = None
    #: printed in columns that say nothing about the activity itself (signature, number, money)
    other: str = ""
    #: replaces the printed day and the meant day of the group
    day: str | dt.date | None = None
    when: When | str = "same"
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Day:
    """A group of rows of one day. ``time`` is a part of day or a time printed in the day cell itself."""

    number: str
    printed: str | dt.date
    when: When
    rows: tuple[Row, ...]
    blanks: int = 0
    facts: dict[str, str] = field(default_factory=dict)


def day(number: str, printed: str | dt.date, when: When, *rows: Row, blanks: int = 0, **facts: str) -> Day:
    return Day(number, printed, when, rows, blanks, facts)


@dataclass(frozen=True)
class Span:
    """A row of one cell across the table: a heading ("I. CẤP HUYỆN") or the day of the rows below."""

    text: str
    align: str = "left"


@dataclass(frozen=True)
class Again:
    """The header row once more in the middle of the table, as after a page break."""


@dataclass(frozen=True)
class Stray:
    """A row that is no activity ("04/10: không tổ chức"), cell by cell."""

    cells: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """``header`` with a bar ("Thời gian|Giờ") is one heading over several columns."""

    header: str
    field: str
    width_mm: int


def columns(*triples: tuple[str, str, int]) -> tuple[Column, ...]:
    return tuple(Column(*triple) for triple in triples)


ANNEX = columns(("TT", "tt", 10), ("Ngày", "day", 18), ("Địa điểm", "place", 42), ("Nội dung", "content", 68),
                ("Ghi chú", "note", 27))  # fmt: skip


@dataclass(frozen=True)
class Table:
    """``days``: merged | first (blank below) | each. ``numbers``: days | rows. ``bullet``: before items of a cell;

    "auto" is Word's own list, "" a line break only, "1." and "a)" count.
    """

    lines: tuple[Day | Span | Again | Stray, ...]
    columns: tuple[Column, ...] = ANNEX
    days: str = "merged"
    numbers: str = "days"
    bullet: str = "- "
    breaks: str = "paragraph"


def table(*lines: Day | Span | Again | Stray, **how: object) -> Table:
    return Table(lines, **how)  # type: ignore[arg-type]


def annex(filled: dict[int, Sequence[Row]], lines: int = 3, **how: object) -> Table:
    """Fill the annex as the plan gives it: seven days, ``lines`` lines a day, the unused ones left empty."""
    days = []
    for number in range(1, 8):
        rows = tuple(filled.get(number, ()))
        days.append(Day(str(number), f"0{number}/10", number, rows, max(lines - len(rows), 0)))
    return Table(tuple(days), **how)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Head:
    """The letterhead: who (capitals, the body's own lines bold) on the left, state motto on the right."""

    above: tuple[str, ...]
    own: tuple[str, ...]
    number: str = ""
    place_and_date: str = ""
    motto: bool = True


@dataclass(frozen=True)
class Text:
    text: str
    align: str = "left"
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Signature:
    lines: tuple[str, ...] = ("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",)
    name: str = ""
    recipients: tuple[str, ...] = ()
    #: two signatures side by side: the one on the left
    left: str = ""


Block = Table | Head | Text | Signature

TITLE = (
    Text("LỊCH ĐĂNG KÝ HOẠT ĐỘNG", "center", bold=True),
    Text("TUẦN LỄ HỌC TẬP HỌC SUỐT ĐỜI NĂM 2022", "center", bold=True),
    Text("(Đính kèm theo Kế hoạch số          /KH-UBND ngày     /9/2022 của UBND tỉnh)", "center", italic=True),
)
HANDED_TO = Text("(Nộp về Sở GDĐT trước ngày 01/10/2022.)", italic=True)


def title(*lines: str, italic: str = "") -> tuple[Text, ...]:
    bold = tuple(Text(line, "center", bold=True) for line in lines)
    return (*bold, Text(italic, "center", italic=True)) if italic else bold


def who(name: str, label: str = "UBND huyện, thành phố (hoặc Sở, ngành): ", tail: str = "") -> Text:
    """The line of the annex that names the unit, with what is left of its dots."""
    return Text(f"{label}{name}{tail}")


@dataclass(frozen=True)
class Form:
    file: str
    unit: str
    organisation: str | None
    about: str
    blocks: tuple[Block, ...]
    #: distinct codes expected, in alphabetical order
    problems: tuple[str, ...] = ()
    landscape: bool = False
    size_pt: float = 13
    #: habits of the machine it was typed on: decomposed letters, hard spaces, stray spaces and empty lines,
    #: runs cut in pieces, words wrapped in the smart tags of old versions of Word
    decomposed: bool = False
    hard_spaces: bool = False
    stray_spaces: bool = False
    cut_runs: bool = False
    smart_tags: bool = False
    sheet: str = "Sheet1"


def form(file: str, unit: str, organisation: str | None, about: str, *blocks: Block, **how: object) -> Form:
    return Form(file, unit, organisation, about, blocks, **how)  # type: ignore[arg-type]
