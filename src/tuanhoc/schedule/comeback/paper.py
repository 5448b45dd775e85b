"""The edited paper into rows: its day bands, its columns wherever they stand, and every word that is in no row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tuanhoc.lib.dates import short
from tuanhoc.papers.reading import Cell, Document, Grid
from tuanhoc.papers.values import MARK

from . import columns as heads
from .moments import day_in
from .values import Known, Loose, Paper, PaperRow, plain


@dataclass(slots=True)
class _Reading:
    """The paper as far as it was read."""

    words: heads.Words
    year: int
    printed: frozenset[str]
    rows: list[PaperRow] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    #: columns of the last schedule table, and how many it had
    columns: dict[int, str] = field(default_factory=dict)
    width: int = 0
    day: str | None = None

    def leave(self, where: str, text: str) -> None:
        """Keep words that are in no row, unless the paper was printed with them."""
        said = plain(text)
        if said and said not in self.printed:
            self.loose.append(Loose(where, said))


def rows_of(document: Document, lines: Sequence[Known], *, year: int, printed: frozenset[str] = frozenset()) -> Paper:
    """Read the edited schedule.

    :param lines: what it was printed from, to tell its columns when their heads are gone.
    :param printed: the words the paper was printed with outside the rows (letterhead, letter, signatures).
    """
    reading = _Reading(heads.Words(lines), year, printed)
    for block in document.blocks:
        if isinstance(block, Grid):
            _take_table(block, reading)
        else:
            for part in block.text.split("\n"):
                reading.leave(block.where, part)
    for margin in document.margins:
        if not plain(margin.text).isdecimal():  # the number of a page, as LibreOffice leaves it
            reading.leave(margin.where, margin.text)
    return Paper(tuple(reading.rows), tuple(reading.loose))


def _take_table(grid: Grid, reading: _Reading) -> None:
    rows = [_Cells(list(cells)) for cells in _by_row(grid)]
    if not _is_schedule(rows, grid, reading):
        for cell in grid.cells:
            for line in cell.lines:
                reading.leave(cell.where, line)
        return
    head = next((row for row in rows if heads.is_head(row.texts)), None)
    first = head or (rows[0] if rows and rows[0].is_typed_head(reading.columns) else None)
    below = {
        column: [row.text(column) for row in rows if row is not first and not row.is_band(grid.columns)]
        for column in range(grid.columns)
    }
    before = reading.columns if reading.width == grid.columns else {}
    titles = {cell.column: cell.text for cell in first.cells} if first else {}
    reading.columns, reading.width = heads.told_apart(titles, below, reading.words, before), grid.columns
    reading.day = None
    for row in rows:
        _take_row(row, row is first, grid, reading)


def _is_schedule(rows: "Sequence[_Cells]", grid: Grid, reading: _Reading) -> bool:
    if grid.columns < 3 or any(heads.is_of_changes(row.texts) for row in rows):
        return False
    if any(heads.is_head(row.texts) or row.marks for row in rows):
        return True
    of = reading.words.of
    at_home = sum(plain(cell.text) in of["content"] or plain(cell.text) in of["unit"] for cell in grid.cells)
    return at_home > 1 or (reading.width == grid.columns and grid.columns >= 4)


def _take_row(row: "_Cells", is_first: bool, grid: Grid, reading: _Reading) -> None:
    if heads.is_head(row.texts) or (is_first and not row.marks and not row.is_band(grid.columns)):
        reading.day = None
        for cell in row.cells:
            if not heads.is_printed_head(plain(cell.text)):
                reading.leave(cell.where, cell.text)
        return
    if row.is_band(grid.columns):
        _take_band(row, reading)
        return
    _take_line(row, reading)


def _take_band(row: "_Cells", reading: _Reading) -> None:
    text = plain(row.written[0].text)
    day = day_in(text, year=reading.year)
    reading.day = short(day) if day else None
    if day is None:
        reading.leave(row.written[0].where, text)


def _take_line(row: "_Cells", reading: _Reading) -> None:
    cells: dict[str, str] = {} if reading.day is None else {"day": reading.day}
    codes: list[str] = []
    for cell in row.cells:
        names = [reading.columns.get(column, "") for column in range(cell.column, cell.column + cell.column_span)]
        if len([name for name in names if name]) > 1 and plain(cell.text):
            # Which of the joined columns the words belong to, a person must say.
            reading.leave(cell.where, cell.text)
            codes.append("cells_joined")
        else:
            _take_cell(cell, names[0], cells, reading)
    if any(text for name, text in cells.items() if name != "day"):
        codes += [] if "day" in cells else ["day_unknown"]
        reading.rows.append(PaperRow(row.cells[0].where, cells, row.marks, tuple(dict.fromkeys(codes))))


def _take_cell(cell: Cell, name: str, cells: dict[str, str], reading: _Reading) -> None:
    """Take one cell as a field of its row; numbers are printed, not said, and what is no field is left to be seen."""
    text = plain(cell.text)
    if name == heads.NUMBER:
        if not _is_number(text):
            reading.leave(cell.where, text)
    elif name == "day":
        day = day_in(text, year=reading.year)
        if day:
            cells["day"] = short(day)
        elif text:
            reading.leave(cell.where, text)
    elif name:
        cells[name] = text
    else:
        reading.leave(cell.where, text)


class _Cells:
    """The cells one row shows, those joined from above too."""

    def __init__(self, cells: list[Cell]) -> None:
        self.cells = cells
        self.texts = [cell.text for cell in cells]
        self.written = [cell for cell in cells if plain(cell.text)]
        self.marks = tuple(
            int(name.removeprefix(MARK))
            for cell in cells
            for name in cell.marks
            if name.removeprefix(MARK).isdecimal() and len(name) < 20
        )

    def text(self, column: int) -> str:
        """Return what stands in a column."""
        return next((c.text for c in self.cells if c.column <= column < c.column + c.column_span), "")

    def is_band(self, width: int) -> bool:
        """Whether one cell over (nearly) the whole width is all that is written."""
        return len(self.written) == 1 and (
            self.written[0].column_span >= max(3, width - 1) or len(self.cells) == 1
        )  # fmt: skip

    def is_typed_head(self, columns: dict[int, str]) -> bool:
        """Whether a first row is a head somebody typed over: no mark, no number, words in most columns."""
        number = next((at for at, name in columns.items() if name == heads.NUMBER), 0)
        return not self.marks and len(self.written) >= 3 and not _is_number(self.text(number))


def _is_number(text: str) -> bool:
    bare = plain(text).strip(" .")
    return not bare or bare.isdecimal()


def _by_row(grid: Grid) -> Iterator[list[Cell]]:
    rows: list[list[Cell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, grid.rows)):
            rows[row].append(cell)
    for cells in rows:
        if cells:
            yield sorted(cells, key=lambda cell: cell.column)
