"""A table into records: which cells belong together, whatever is merged, repeated or above and below the rows."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from tuanhoc.papers.reading import Cell, Grid

from .headings import Column, Columns, Role, column_of, is_head, settled
from .printed import Foot, is_printed
from .shape import columns_by_shape
from .values import Window
from .when import read_when
from .wording import bare, clean, is_blank

#: Titles stand above a head: it is looked for among so many rows.
_HEAD_WITHIN = 40
#: What a column of numbers holds; anything else written there is somebody's words.
PLAIN_NUMBER = re.compile(r"\W*(?:\d{1,3}|[IVXivx]+|\w)?(?:\W+\d{1,3})*\W*")


@dataclass(slots=True)
class Record:
    """The cells of one row by what they hold; ``fresh`` are those that begin in it."""

    where: str
    cells: dict[Role, list[Cell]] = field(default_factory=dict)
    fresh: set[Role] = field(default_factory=set)
    by_part: list[tuple[Column, Cell]] = field(default_factory=list)
    #: the written lines of each role, cells side by side one after the other
    texts: dict[Role, tuple[str, ...]] = field(default_factory=dict)

    def lines(self, role: Role) -> tuple[str, ...]:
        return self.texts.get(role, ())


def written(cells: list[Cell]) -> tuple[str, ...]:
    """Return the clean lines of cells side by side."""
    return tuple(clean(line) for cell in cells for line in cell.lines if not is_blank(line))


@dataclass(frozen=True, slots=True)
class Band:
    """A row that is one wide cell: a day, a part of the day, a unit, or a heading."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Loose:
    """A line of a table that stands above or below its rows; ``among`` cells of other things, or by itself.

    ``apart``: it is known to be no activity.
    """

    where: str
    text: str
    among: bool
    apart: bool = False


Piece = Record | Band | Loose


class Lattice:
    """A grid with its merged cells spread, row by row."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.rows: list[dict[int, Cell]] = [{} for _ in range(grid.rows)]
        for cell in grid.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, grid.rows)):
                for column in range(cell.column, cell.column + cell.column_span):
                    self.rows[row].setdefault(column, cell)

        #: cells by their ids in which more stands than lines to write on
        self.written = {id(cell) for cell in grid.cells if cell.lines and not all(map(is_blank, cell.lines))}
        self._cells: dict[int, list[Cell]] = {}
        self._beginning: dict[int, list[Cell]] = {}

    def cells(self, row: int) -> list[Cell]:
        """The distinct cells of a row, from the left."""
        if row not in self._cells:
            here = self.rows[row]
            self._cells[row] = list({id(here[column]): here[column] for column in sorted(here)}.values())
        return self._cells[row]

    def beginning(self, row: int) -> list[Cell]:
        """The written cells that begin in a row."""
        if row not in self._beginning:
            self._beginning[row] = [c for c in self.cells(row) if c.row == row and id(c) in self.written]
        return self._beginning[row]

    def texts(self) -> list[list[str]]:
        width = max((max(row, default=-1) + 1 for row in self.rows), default=0)
        return [
            ["\n".join(row[n].lines) if n in row and row[n].row == r else "" for n in range(width)]
            for r, row in enumerate(self.rows)
        ]


@dataclass(frozen=True, slots=True)
class Headed:
    """A lattice whose columns are known: where its head begins, and where its rows do."""

    columns: Columns
    head_at: int
    rows_from: int


def headed(lattice: Lattice) -> Headed | None:
    """Find the head of a table, in one row or two."""
    for row in range(min(len(lattice.rows), _HEAD_WITHIN)):
        cells = [cell for cell in lattice.cells(row) if cell.row == row]
        if not is_head(cells):
            below = row + 1 < len(lattice.rows) and is_head(lattice.cells(row + 1))
            if not (below and any(cell.row_span > 1 and column_of(cell.text) for cell in cells)):
                continue
        return _columns(lattice, row)
    return None


def _columns(lattice: Lattice, at: int) -> Headed:
    upper = lattice.rows[at]
    rows_from = at + max(
        (c.row_span for c in upper.values() if c.lines and column_of(c.text) and c.row_span <= 3), default=1
    )
    below = lattice.beginning(rows_from) if rows_from < len(lattice.rows) else []
    wide = any(c.column_span > 1 for c in upper.values() if column_of(c.text))
    if rows_from == at + 1 and wide and below and all(column_of(c.text) for c in below):
        rows_from += 1
    columns: dict[int, Column] = {}
    for number, cell in upper.items():
        own = column_of(cell.text, in_head=True)
        under = lattice.rows[rows_from - 1].get(number) if rows_from > at + 1 else None
        sub = column_of(under.text) if under is not None and under is not cell else None
        found = _composed(own, sub) or (Column(Role.OTHER, cell.text) if cell.lines else None)
        if found:
            columns[number] = found
    while rows_from < len(lattice.rows) and _is_numbering(lattice.beginning(rows_from)):
        rows_from += 1
    return Headed(settled(columns), at, rows_from)


def _composed(upper: Column | None, lower: Column | None) -> Column | None:
    if lower is None:
        return upper
    if lower.part and upper and upper.role not in {Role.CONTENT, Role.OTHER}:
        return Column(upper.role, lower.title, lower.part)
    return upper if lower.role is Role.OTHER and upper and upper.role is not Role.OTHER else lower


def _is_numbering(cells: list[Cell]) -> bool:
    """Whether a row numbers the columns: (1) (2) (3) (4) (5), or A, B, 1, 2, 3."""
    if len(cells) < 3 or len(cells[-1].text) > 5:  # as nearly all rows
        return False
    words = [re.sub(r"[()\s.]", "", cell.text) for cell in cells]
    numbers = [int(word) for word in words if word.isdecimal() and len(word) < 4]
    letters = [word for word in words if len(word) == 1 and word.isalpha()]
    in_order = numbers == list(range(1, len(numbers) + 1))
    return len(words) >= 3 and len(numbers) >= 2 and in_order and len(numbers) + len(letters) == len(words)


#: A row that adds up is no activity.
_TOTAL = re.compile(
    r"(?:tong(?: cong| so)?|cong)(?: (?:so|cac))?(?: (?:hoat dong|muc|buoi|lop))?\W*(?:co\W*)?"
    r"(?:\d+ ?(?:\w+ ?){0,3})?\W*"
)


def pieces(lattice: Lattice, known: Headed, window: Window) -> Iterator[Piece]:
    """Walk a table: what stands above its head, its records and bands, and what stands below."""
    for row in range(known.head_at):
        yield from _loose(lattice, row)
    foot = Foot()
    closed = False
    above: list[Cell] = []
    for row in range(known.rows_from, len(lattice.rows)):
        begun = lattice.beginning(row)
        if _is_repeated(begun, known.columns) or (_is_numbering(begun) and _is_repeated(above, known.columns)):
            above = begun
            continue
        above = begun
        if begun and _is_no_activity(begun):
            yield from (replace(loose, apart=True) for loose in _loose(lattice, row))
            continue
        closed = closed or (bool(begun) and len(begun) <= 3 and _closes(begun, foot))
        if closed:
            yield from _loose(lattice, row)
        elif band := _band(lattice, row, begun, known.columns, window):
            yield band
        else:
            yield from _record(lattice, row, known.columns)


def _is_no_activity(begun: list[Cell]) -> bool:
    """Whether a row adds up, or is the example that a form shows: "(Ví dụ: 01/10)", "VD" in its first cells."""
    if any(_TOTAL.fullmatch(bare(clean(c.text))) for c in begun if len(c.text) < 60) and not any(
        re.search(r"[^\W\d_]{3}", bare(c.text)) for c in begun if not _TOTAL.fullmatch(bare(clean(c.text[:80])))
    ):
        return True
    return any(re.match(r"\W*(?:vi du|vd)\s*(?:[:.)]|$)", bare(c.text[:12])) for c in begun[:2] if len(c.text) < 40)


def _is_repeated(cells: list[Cell], columns: Columns) -> bool:
    """Whether a row is the head again, as Word and people repeat it after a page cut."""
    same = [c for c in cells if c.column in columns and bare(c.text) == bare(columns[c.column].title)]
    return len(same) >= 2 and all(c in same or column_of(c.text) for c in cells)


def _closes(begun: list[Cell], foot: Foot) -> bool:
    """Whether the block of signatures, or "(Nộp về …)", begins in this row of the table."""
    texts = [line for cell in begun for line in cell.lines]
    taken = [text for text in texts if foot.takes(text)]
    if taken and all(text in taken or is_printed(text) for text in texts):
        return True
    wordy = [text for text in texts if len(text) > 12 or not re.fullmatch(r"\W*\d{0,3}\W*", text)]
    sends = bool(wordy) and re.search(r"\b(?:nop|gui)\b", bare(wordy[0])) is not None
    return len(begun) == 1 and sends and all(is_printed(text) for text in wordy)


def _loose(lattice: Lattice, row: int) -> Iterator[Loose]:
    cells = _with_labels(lattice.beginning(row))
    for cell in cells:
        for line in cell.lines:
            if not is_blank(line):
                yield Loose(cell.where, line, among=len(cells) > 2)


def _with_labels(cells: list[Cell]) -> list[Cell]:
    """Return the cells of a line above the head, a label ("Đơn vị:") and what stands beside it as one."""
    joined: list[Cell] = []
    for cell in cells:
        label = joined[-1] if joined else None
        if label and len(label.lines) == len(cell.lines) == 1 and label.text.rstrip().endswith(":"):
            joined[-1] = replace(label, lines=(f"{label.text} {cell.text}",))
        else:
            joined.append(cell)
    return joined


def _band(lattice: Lattice, row: int, begun: list[Cell], columns: Columns, window: Window) -> Band | None:
    """A row is a band when its one written cell spans most of the table, or is a day where no day is expected."""
    if len(begun) not in {1, 2} or any(c.row < row for c in lattice.cells(row) if c.lines and c.row_span > 1):
        return None
    *before, cell = begun
    if before and not re.fullmatch(r"\W*(?:\d{1,3}|[IVX]+|[A-Z])\W*", before[0].text[:20]):
        return None
    text = " ".join(cell.lines)
    width = len(lattice.rows[row])
    role = columns.get(cell.column)
    if cell.column_span >= max(3, width - 2) or (width <= 3 and cell.column_span == width > 1):
        return Band(cell.where, text)
    when = read_when(text, window) if len(text) < 60 else None
    misplaced = role is not None and role.role in {Role.NUMBER, Role.CONTENT, Role.PLACE}
    if when and not when.rest and when.has_day and misplaced and Role.DAY not in {c.role for c in columns.values()}:
        return Band(cell.where, text)
    in_numbers = role is not None and role.role is Role.NUMBER and re.search(r"[^\W\d_]{3}", text)
    return Band(cell.where, text) if in_numbers and not before else None


_UNKNOWN = Column(Role.OTHER)
_OF_WEEKDAYS = {"Th", "TH", "th"}
_WEEKDAY_ALONE = re.compile(r"hai|ba|tu|nam|sau|bay|[2-7]")


def _as_weekday(cell: Cell) -> Cell:
    """Return a cell below "Thứ" with that word in it: a lone "2" or "Hai" there is no day of the month."""
    words = clean(cell.text)
    return replace(cell, lines=(f"Thứ {words}",)) if _WEEKDAY_ALONE.fullmatch(bare(words)) else cell


def _record(lattice: Lattice, row: int, columns: Mapping[int, Column]) -> Iterator[Record]:
    begun = lattice.beginning(row)
    record = Record(re.sub(r", cột \d+$", "", begun[0].where) if begun else lattice.grid.where)
    for given in lattice.cells(row):
        if id(given) not in lattice.written:
            continue
        column = columns.get(given.column) or _UNKNOWN
        cell = _as_weekday(given) if column.title[:2] in _OF_WEEKDAYS and column.role is Role.DAY else given
        if cell.row == row:
            record.fresh.add(column.role)
        if column.part:
            record.by_part.append((column, cell))
        else:
            record.cells.setdefault(column.role, []).append(cell)
    record.texts = {role: written(cells) for role, cells in record.cells.items()}
    numbers = " ".join(record.lines(Role.NUMBER)) if Role.NUMBER in record.fresh else ""
    if record.fresh - {Role.NUMBER} or record.by_part or not PLAIN_NUMBER.fullmatch(numbers[:60]):
        yield record


def guessed(lattice: Lattice, window: Window) -> Headed | None:
    """Give a table without a head its columns by shape."""
    columns = columns_by_shape(lattice.texts(), window)
    return Headed(columns, 0, 0) if columns else None
