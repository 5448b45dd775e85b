"""A drawn table and the words inside it to a grid; a table that goes on over the page to one grid."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tuanhoc.papers.reading.values import Cell, Grid

from .lines import Measure, is_full, joined, leading_of, paragraph_text, text_of
from .values import Box, Drawn, Line, Sheet, Word, lines_of

#: What Word and LibreOffice leave free between a rule and its text.
_MOST_INSET = 8.0
#: Rules that meet no more exactly than so many points were found in a picture.
_OF_A_SCAN = 3.0


@dataclass(frozen=True, slots=True)
class Written:
    """A drawn table with the lines of each cell, still knowing where they stood."""

    drawn: Drawn
    cells: tuple[tuple[Box, tuple[Line, ...]], ...]
    sheet: Sheet
    where: str
    within: str = ""

    @property
    def top(self) -> float:
        return self.drawn.top

    def where_of(self, box: Box) -> str:
        return f"{self.where}, dòng {box.row + 1}, cột {box.column + 1}"


def written(drawn: Drawn, words: Sequence[Word], sheet: Sheet, where: str, within: str = "") -> Written:
    """Give each cell its lines."""
    inside: dict[Box, list[Word]] = {box: [] for box in drawn.boxes}
    for word in words:
        home = next((box for box in drawn.boxes if box.holds(word)), None)
        if home is not None:
            inside[home].append(word)
    cells = tuple((box, tuple(lines_of(inside[box]))) for box in drawn.boxes)
    return Written(drawn, cells, sheet, where, within)


def grid_of(table: Written) -> Grid:
    """Return the table as a grid, wrapped lines joined."""
    measures = measures_of(table)
    cells = tuple(_cell(box, lines, measures[box], table) for box, lines in table.cells)
    return Grid(cells, table.drawn.rows, table.drawn.columns, table.where, table.within)


def _cell(box: Box, lines: Sequence[Line], within: Measure, table: Written) -> Cell:
    texts = tuple(paragraph_text(paragraph, within) for paragraph in joined(lines, within))
    links = tuple(
        dict.fromkeys(
            address
            for address, across, down in table.sheet.links
            if box.left <= across <= box.right and box.top <= down <= box.bottom
        )
    )
    where = table.where_of(box)
    return Cell(box.row, box.column, tuple(text for text in texts if text), where, box.row_span, box.column_span, links)


def measures_of(table: Written) -> dict[Box, Measure]:
    """Return between which x the lines of each cell stand: as far from its rules as any text of its column."""
    insets: dict[int, float] = {}
    for box, lines in table.cells:
        for line in lines:
            inset = max(0.5, min(line.left - box.left, box.right - line.right))
            insets[box.column] = min(insets.get(box.column, _MOST_INSET), inset)
    share, slack = (0.05, 0.09) if table.sheet.near < _OF_A_SCAN else (0.4, 0.13)
    leading = leading_of((lines for _, lines in table.cells), share)
    return {
        box: Measure(box.left + inset, box.right - inset, leading, slack)
        for box, _ in table.cells
        for inset in [insets.get(box.column, _MOST_INSET)]
    }


def goes_on(above: Written, below: Written) -> bool:
    """Whether a table at the head of a page is the one at the foot of the page before."""
    if above.drawn.columns != below.drawn.columns or above.sheet.number + 1 != below.sheet.number:
        return False
    pairs = zip(above.drawn.lefts(), below.drawn.lefts(), strict=True)
    return all(abs(one - other) < 4 for one, other in pairs)


def one_grid(parts: Sequence[Written]) -> Grid:
    """Return one grid of a table's parts, a row cut by the end of a page made whole again.

    Each cell keeps the place it has on its own page.
    """
    first = grid_of(parts[0])
    cells, rows = list(first.cells), first.rows
    for above, part in itertools.pairwise(parts):
        grid = grid_of(part)
        head = _repeated_rows(grid, first)
        cut = _cut_row(above, part, head)
        shift = rows - head - (1 if cut else 0)
        for cell in grid.cells:
            if cell.row < head:
                continue
            if cut and cell.row == head:
                _append(cells, cell, rows - 1)
            else:
                cells.append(replace(cell, row=cell.row + shift))
        rows += grid.rows - head - (1 if cut else 0)
    return Grid(tuple(cells), rows, first.columns, first.where, first.within)


def _repeated_rows(grid: Grid, first: Grid) -> int:
    """Count the rows at the top that only repeat the head of the table."""
    count = 0
    while count < min(3, grid.rows - 1, first.rows):
        here = [(cell.column, cell.lines) for cell in grid.cells if cell.row == count]
        there = [(cell.column, cell.lines) for cell in first.cells if cell.row == count]
        if not any(lines for _, lines in here) or here != there:
            break
        count += 1
    return count


def _cut_row(above: Written, below: Written, head: int) -> bool:
    """Whether the first row below goes on with the last row above: every sentence in it was cut by the page."""
    last = {box.column: (box, lines) for box, lines in above.cells if box.row + box.row_span == above.drawn.rows}
    here = [(box, lines) for box, lines in below.cells if box.row == head and lines]
    if not here or head >= below.drawn.rows:
        return False
    first_written = min((column for column, (_, lines) in last.items() if lines), default=None)
    if first_written is None or any(box.column <= first_written < box.column + box.column_span for box, _ in here):
        return False
    measures = measures_of(above)
    return all(_is_cut(last.get(box.column), lines, measures) for box, lines in here)


def _is_cut(before: tuple[Box, Sequence[Line]] | None, lines: Sequence[Line], measures: dict[Box, Measure]) -> bool:
    if before is None or not before[1]:
        return False
    box, above = before
    if text_of(above[-1])[-1:] in ".;!?":
        return False
    return text_of(lines[0])[:1].islower() or is_full(above[-1], lines[0], measures[box])


def _append(cells: list[Cell], more: Cell, row: int) -> None:
    """Put the rest of a cut cell after its beginning."""
    if not more.lines:
        return
    for n in range(len(cells) - 1, -1, -1):
        cell = cells[n]
        if cell.column == more.column and cell.row <= row < cell.row + cell.row_span:
            lines = (*cell.lines[:-1], f"{cell.lines[-1]} {more.lines[0]}", *more.lines[1:])
            cells[n] = replace(cell, lines=lines, links=(*cell.links, *more.links))
            return
