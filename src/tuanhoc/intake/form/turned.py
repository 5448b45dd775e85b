"""Tables that stand on their side: days across the top, or a label in front of each row, turned into rows of a list."""

import re
from collections.abc import Iterator, Sequence
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
    if top is not None and not any(_titles(lattice, row) for row in range(top)):
        yield from _above(grid, top)
        yield _list_of(_week(lattice, top), grid)
    else:
        yield grid


def _begins_with_days(grid: Grid, row: int, window: Window) -> bool:
    first = [cell for cell in grid.cells[: (row + 1) * grid.columns] if cell.row == row and cell.column > 0][:2]
    when = [only_when(joined(cell.lines), window) for cell in first if cell.lines]
    return bool(when) and all(one.has_day for one in when)


def _titles(lattice: Lattice, row: int) -> bool:
    return sum(column_of(cell.text) is not None for cell in lattice.beginning(row)) > 1


def _above(grid: Grid, top: int) -> Iterator[Grid]:
    cells = tuple(cell for cell in grid.cells if cell.row < top)
    if any(not is_blank(line) for cell in cells for line in cell.lines):
        yield Grid(cells, top, grid.columns, grid.where, grid.within)


def _days_across(lattice: Lattice, row: int, window: Window) -> bool:
    """Whether all cells of a row but the first are days, each of its own: the head of a week."""
    cells = lattice.beginning(row)
    days = [cell for cell in cells if cell.column > 0]
    if len(days) < 2 or len(cells) - len(days) > 1 or len(lattice.rows) < row + 2:
        return False
    read = [read_when(joined(cell.lines), window) for cell in days]
    if any(when.rest or not when.has_day or len(when.spans) != 1 for when in read):
        return False
    first = [cell for cell in cells if cell.column == 0]
    corner = (
        not first or column_of(first[0].text) is not None or re.fullmatch(r"[^\d/]{2,20}/[^\d/]{2,20}", first[0].text)
    )
    return bool(corner) and len({when.spans for when in read}) == len(read)


def _week(lattice: Lattice, top: int) -> list[_Field]:
    """The activities of a week: one record for each written cell under a day, the label of its row its hour."""
    found: list[_Field] = []
    days = [cell for cell in lattice.beginning(top) if cell.column > 0]
    for day in days:
        for row in range(top + 1, len(lattice.rows)):
            here, label = lattice.rows[row].get(day.column), lattice.rows[row].get(0)
            if here is None or here.row != row or all(map(is_blank, here.lines)):
                continue
            record = len(found)
            found += [_Field(record, "Ngày", day), _Field(record, "Nội dung", here)]
            found += [_Field(record, "Giờ", label)] if label and label.lines and label is not here else []
    # What stands beside no activity is a remark by itself.
    told = {id(field.cell) for field in found}
    loose = [cell for row in range(top, len(lattice.rows)) for cell in lattice.beginning(row) if id(cell) not in told]
    remarks = [cell for cell in loose if cell.row > top or (cell.column > 0 and cell not in days)]
    return [*found, *(_Field(len(found) + n, "Ghi chú", cell) for n, cell in enumerate(remarks))]


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
