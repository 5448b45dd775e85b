"""A column that holds the activity and its place together ("Nội dung và địa điểm") parted into two."""

import re
from dataclasses import replace

from tuanhoc.papers.reading import Cell, Grid

from .grids import Lattice, headed
from .headings import Role
from .lines import split_place
from .wording import bare, clean, joined

_BOTH = re.compile(r"(?:ten )?(?:noi dung|hoat dong|chuong trinh)\b.{0,30}\b(?:dia diem|noi to chuc)\b.{0,20}")

#: Only so many rows are looked at for such a head.
_HEAD_WITHIN = 10


def parted(grid: Grid) -> Grid:
    """Return a table as it is, or with the places of such a column in a column of their own, its last."""
    near = (cell for cell in grid.cells if cell.lines and cell.row < _HEAD_WITHIN)
    if not any(15 < len(cell.text) < 80 and _BOTH.fullmatch(bare(clean(cell.text))) for cell in near):
        return grid
    known = headed(Lattice(grid))
    if known is None or any(column.role is Role.PLACE for column in known.columns.values()):
        return grid
    both = [n for n, column in known.columns.items() if _BOTH.fullmatch(bare(clean(column.title)))]
    if len(both) != 1:
        return grid
    cells: list[Cell] = []
    for cell in grid.cells:
        if cell.column != both[0] or not cell.lines:
            cells.append(cell)
        elif cell.row < known.rows_from:
            cells += [replace(cell, lines=("Nội dung",)), replace(cell, column=grid.columns, lines=("Địa điểm",))]
        else:
            cells += _two_of(cell, grid.columns)
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    return replace(grid, cells=ordered, columns=grid.columns + 1)


def _two_of(cell: Cell, last: int) -> list[Cell]:
    split = [split_place(line) for line in cell.lines]
    if not all(place for _, place, _ in split):
        split = [split_place(joined(cell.lines))]
    if not all(place for _, place, _ in split):
        return [cell]
    contents = tuple(f"{content}. {rest}" if rest else content for content, _, rest in split)
    return [replace(cell, lines=contents), replace(cell, column=last, lines=tuple(place for _, place, _ in split))]
