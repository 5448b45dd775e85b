"""A drawn table and the words inside it to a grid; a table that goes on over the page to one grid."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tuanhoc.papers.reading.values import Cell, Grid

from .beginnings import begins_an_activity
from .lines import Measure, begins_an_item, in_a_cell, is_full, is_torn, joined, leading_of, paragraph_text, text_of
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
    region = table.sheet.region(box.left, box.top, box.right, box.bottom)
    said = tuple(text for text in texts if text)
    return Cell(box.row, box.column, said, where, box.row_span, box.column_span, links, region=region)


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
        box: Measure(box.left + inset, box.right - inset, in_a_cell(leading, lines), slack)
        for box, lines in table.cells
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
        joints = _joints(above, part, head) if cut else {}
        shift = rows - head - (1 if cut else 0)
        for cell in grid.cells:
            if cell.row < head:
                continue
            if cut and cell.row == head:
                _append(cells, cell, rows - 1, joints.get(cell.column))
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
    """Whether the first row below goes on with the last row above: a sentence in it was surely cut by the page.

    A row in which one cell alone says something, with no number and no day, is the rest of that cell.
    """
    last = {box.column: (box, lines) for box, lines in above.cells if box.row + box.row_span == above.drawn.rows}
    here = [(box, lines) for box, lines in below.cells if box.row == head and lines]
    if not here or head >= below.drawn.rows:
        return False
    first_written = min((column for column, (_, lines) in last.items() if lines), default=None)
    measures = measures_of(above)
    cut = all(_is_cut(last.get(box.column), lines, measures) for box, lines in here)
    sure = any(_is_sure(last.get(box.column), lines, measures) for box, lines in here)
    if first_written is None or any(box.column <= first_written < box.column + box.column_span for box, _ in here):
        return cut and sure
    alone = len(here) == 1 and bool(last.get(here[0][0].column, (None, ()))[1])
    return alone or cut or sure


def _joints(above: Written, below: Written, head: int) -> dict[int, str]:
    """Return by what the cut sentences are joined, column by column: a space, or nothing inside a word."""
    last = {box.column: (box, lines) for box, lines in above.cells if box.row + box.row_span == above.drawn.rows}
    measures = measures_of(above)
    here = [(box.column, lines) for box, lines in below.cells if box.row == head and lines]
    joints = {}
    for column, lines in here:
        if _is_cut(last.get(column), lines, measures):
            box, before = last[column]
            joints[column] = "" if is_torn(before[-1], lines[0], measures[box]) else " "
    return joints


def _is_cut(before: tuple[Box, Sequence[Line]] | None, lines: Sequence[Line], measures: dict[Box, Measure]) -> bool:
    if before is None or not before[1]:
        return False
    box, above = before
    if is_torn(above[-1], lines[0], measures[box]):
        return True
    if text_of(above[-1])[-1:] in ".;!?" or begins_an_item(lines[0]):
        return False
    if begins_an_activity(" ".join(map(text_of, above)), text_of(lines[0])):
        return False
    return text_of(lines[0])[:1].islower() or is_full(above[-1], lines[0], measures[box])


def _is_sure(before: tuple[Box, Sequence[Line]] | None, lines: Sequence[Line], measures: dict[Box, Measure]) -> bool:
    """Whether a sentence is surely cut: small letters go on where a full line ended without a stop."""
    return _is_cut(before, lines, measures) and text_of(lines[0])[:1].islower()


def _append(cells: list[Cell], more: Cell, row: int, joint: str | None) -> None:
    """Put the rest of a cut cell after its beginning; in its last line, by ``joint``, when that goes on."""
    if not more.lines:
        return
    for n in range(len(cells) - 1, -1, -1):
        cell = cells[n]
        if cell.column == more.column and cell.row <= row < cell.row + cell.row_span:
            lines = (*cell.lines, *more.lines)
            if joint is not None and cell.lines:
                lines = (*cell.lines[:-1], f"{cell.lines[-1]}{joint}{more.lines[0]}", *more.lines[1:])
            cells[n] = replace(cell, lines=lines, links=(*cell.links, *more.links))
            return
