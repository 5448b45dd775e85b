"""Tables inside a cell of a schedule folded back into the cell, a line for each of their rows."""

from collections.abc import Sequence
from dataclasses import replace

from tuanhoc.papers.reading import Cell, Grid, Paragraph

from .grids import Lattice, headed
from .values import Window
from .when import read_when
from .wording import clean, is_blank, joined


def folded(blocks: Sequence[Paragraph | Grid], window: Window) -> list[Paragraph | Grid]:
    """Return the blocks; a table in a cell of a headed table becomes lines of that cell, others stay tables."""
    if not any(isinstance(block, Grid) and block.within for block in blocks):
        return list(blocks)
    kept: list[Paragraph | Grid] = []
    for given in reversed(blocks):
        block = given
        kept.insert(0, block)
        if not isinstance(block, Grid) or headed(Lattice(block)) is None:
            continue
        inside = [other for other in kept[1:] if isinstance(other, Grid) and _hangs(other, block)]
        for other in inside:
            if headed(Lattice(other)) is None:
                kept.remove(other)
                kept[0] = block = _with_lines(block, other, window)
    return kept


def _hangs(inner: Grid, outer: Grid) -> bool:
    return any(cell.where == inner.within for cell in outer.cells)


def _with_lines(outer: Grid, inner: Grid, window: Window) -> Grid:
    lattice = Lattice(inner)
    lines = [_line(lattice.beginning(row), window) for row in range(len(lattice.rows))]
    cells = [
        replace(c, lines=(*c.lines, *(line for line in lines if line))) if c.where == inner.within else c
        for c in outer.cells
    ]
    return replace(outer, cells=tuple(cells))


def _line(cells: list[Cell], window: Window) -> str:
    texts = [joined(cell.lines) for cell in cells if not is_blank(joined(cell.lines))]
    if len(texts) > 1:
        when = read_when(texts[0], window)
        if not when.rest and when.has_time:
            return f"{texts[0]}: {clean(' '.join(texts[1:]))}"
    return clean(" ".join(texts))
