"""Tables that stand on their side: days across the top, or a label in front of each row, turned into rows of a list."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from tuanhoc.papers.reading import Cell, Grid

from .grids import Lattice, headed
from .headings import Role, column_of
from .values import Window
from .when import only_when, read_when
from .wording import clean, is_blank, joined

#: What the labels of a table of labels must tell, besides the activity itself.
_TELLING = {Role.DAY, Role.TIME, Role.PLACE, Role.WHEN_AND_WHERE}


@dataclass(frozen=True, slots=True)
class _Field:
    """A cell of the list to come: in which record, under which head."""

    record: int
    title: str
    cell: Cell


def turned(grid: Grid, window: Window) -> Iterator[Grid]:
    """Return a table as it is, or turned: a week with its days across the top, or records side by side."""
    labels = [cell for cell in grid.cells if cell.column == 0 and cell.lines]
    tops = [row for row in range(min(3, grid.rows)) if _begins_with_days(grid, row, window)]
    labelled = grid.columns > 2 and len(labels) >= 3 and all(column_of(cell.text.strip(" :")) for cell in labels)
    if not (labelled or tops):  # as nearly all tables: nothing more is built for them
        yield grid
        return
    lattice = Lattice(grid)
    if labelled and headed(lattice) is None and _tells_activities(labels):
        yield _list_of(_side_by_side(lattice), grid)
        return
    top = next((row for row in tops if _days_across(lattice, row, window)), None)
    days = _days_of(lattice, top, window) if top is not None else []
    if top is not None and not any(_titles(lattice, row, top, days[0].column) for row in range(top)):
        yield from _above(grid, top)
        yield _list_of(_week(lattice, top, days), grid)
    else:
        yield grid


def _begins_with_days(grid: Grid, row: int, window: Window) -> bool:
    """Whether a row may be the head of a week: its last two cells are days, as hardly any row's are."""
    last = [cell for cell in grid.cells[: (row + 1) * grid.columns] if cell.row == row and cell.column > 0][-2:]
    when = [only_when(joined(cell.lines), window) for cell in last if cell.lines]
    return bool(when) and all(one.has_day for one in when)


def _titles(lattice: Lattice, row: int, top: int, first: int) -> bool:
    """Whether a row above the days is the head of a list; heads that reach down to the days are the week's own."""
    own = [cell for cell in lattice.beginning(row) if cell.row + cell.row_span <= top and cell.column < first]
    return sum(column_of(cell.text) is not None for cell in own) > 1


def _above(grid: Grid, top: int) -> Iterator[Grid]:
    reaching = {cell.column for cell in grid.cells if cell.row < top < cell.row + cell.row_span}
    titled = [cell for cell in grid.cells if cell.row < top and not (reaching and column_of(cell.text))]
    cells = tuple(cell for cell in titled if cell.row + cell.row_span <= top)
    if any(not is_blank(line) for cell in cells for line in cell.lines):
        yield Grid(cells, top, grid.columns, grid.where, grid.within)


def _days_across(lattice: Lattice, row: int, window: Window) -> bool:
    """Whether the cells of a row are days, each of its own, behind one corner or heads of columns: a week."""
    days = _days_of(lattice, row, window)
    before = [cell for cell in lattice.beginning(row) if cell not in days]
    if len(days) < 2 or any(cell.column > days[0].column for cell in before) or len(lattice.rows) < row + 2:
        return False
    corner = len(before) < 2 and all(re.fullmatch(r"[^\d/]{2,20}/[^\d/]{2,20}", cell.text) for cell in before)
    if not (corner or all(column_of(cell.text) for cell in before)):
        return False
    return len({read_when(joined(cell.lines), window).spans for cell in days}) == len(days)


def _days_of(lattice: Lattice, row: int, window: Window) -> list[Cell]:
    """The cells of a row, but for its first, that say one day and nothing else."""
    read = [(cell, only_when(joined(cell.lines), window)) for cell in lattice.beginning(row) if cell.column > 0]
    return [cell for cell, when in read if when.has_day and len(when.spans) == 1]


def _week(lattice: Lattice, top: int, days: Sequence[Cell]) -> list[_Field]:
    """The activities of a week: one record for each written cell under a day, with the labels of its row.

    The one label in front of a week is its hour, whatever the corner says; of several, each head says its own.
    """
    found: list[_Field] = []
    first = min(cell.column for cell in days)
    heads = {n: cell.text for n, cell in lattice.rows[top].items() if n < first and cell.column_span == 1}
    marked = _is_marked(lattice, top, days)
    told = _titles_in_front(heads, _NOT_AN_HOUR | {Role.CONTENT} if marked else _NOT_AN_HOUR)
    marked = any((column := column_of(title)) and column.role is Role.CONTENT for title in told.values())
    for day in days:
        for row in range(top + 1, len(lattice.rows)):
            here, labels = lattice.rows[row].get(day.column), [lattice.rows[row].get(n) for n in range(first)]
            if here is None or here.row != row or all(map(is_blank, here.lines)):
                continue
            record = len(found)
            found += [_Field(record, "Ngày", day), *([] if marked else [_Field(record, "Nội dung", here)])]
            found += [
                _Field(record, told.get(n, "Giờ"), label)
                for n, label in enumerate(labels)
                if label and label.lines and label is not here and label.column == n
            ]
    # What stands beside no activity is a remark by itself.
    seen = {id(field.cell) for field in found}
    loose = [cell for row in range(top, len(lattice.rows)) for cell in lattice.beginning(row) if id(cell) not in seen]
    loose = [cell for cell in loose if not (marked and cell.column >= first and _MARK.fullmatch(cell.text))]
    remarks = [cell for cell in loose if cell.row > top or (cell.column >= first and cell not in days)]
    return [*found, *(_Field(len(found) + n, "Ghi chú", cell) for n, cell in enumerate(remarks))]


_NOT_AN_HOUR = {Role.NUMBER, Role.HOST, Role.PLACE, Role.CONTACT, Role.AUDIENCE, Role.OTHER}


_MARK = re.compile(r"\s*(?:[xXvV+*✓✔✗✘☒☑●•√]|có)\s*")


def _is_marked(lattice: Lattice, top: int, days: Sequence[Cell]) -> bool:
    """Whether nothing stands below the days but marks: the activity is in front, the mark says on which day."""
    below = [lattice.rows[row].get(day.column) for day in days for row in range(top + 1, len(lattice.rows))]
    told = [cell.text for cell in below if cell and not all(map(is_blank, cell.lines))]
    return bool(told) and all(_MARK.fullmatch(text) for text in told)


def _titles_in_front(heads: dict[int, str], roles: Set[Role]) -> dict[int, str]:
    """The heads in front of the days, where they name something else than an hour."""
    known = {n: column_of(text) for n, text in heads.items()}
    return {n: heads[n] for n, column in known.items() if column and column.role in roles}


def _tells_activities(labels: Sequence[Cell]) -> bool:
    roles = {column.role for cell in labels if (column := column_of(cell.text.strip(" :")))}
    return Role.CONTENT in roles and bool(roles & _TELLING)


def _side_by_side(lattice: Lattice) -> list[_Field]:
    return [
        _Field(cell.column, clean(row[0].text).strip(" :") or "Ngày", cell)
        for number, row in enumerate(lattice.rows)
        if 0 in row
        for cell in lattice.beginning(number)
        if cell.column > 0
    ]


def _list_of(fields: Sequence[_Field], grid: Grid) -> Grid:
    """Return a grid with a head and one row for each record; every cell keeps where it stood."""
    titles = list(dict.fromkeys(field.title for field in fields))
    records = {record: n for n, record in enumerate(sorted({field.record for field in fields}), start=1)}
    cells = [Cell(0, n, (title,), grid.where) for n, title in enumerate(titles)]
    lines: dict[tuple[int, int], Cell] = {}
    for field in fields:
        at = (records[field.record], titles.index(field.title))
        before = lines[at].lines if at in lines else ()
        lines[at] = Cell(*at, (*before, *field.cell.lines), field.cell.where, links=field.cell.links)
    cells += [lines[at] for at in sorted(lines)]
    return Grid(tuple(cells), len(records) + 1, len(titles), grid.where, grid.within)
