"""A form's file as the page shows it beside its rows: paragraphs and tables, each cell with a place to jump to."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tuanhoc.papers.reading import Document, Grid, Paragraph

#: A file longer than this is shown to here; the original can be taken down.
MOST_CELLS = 3000


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell or paragraph. ``mark``: "used" when a row came from it, "left" when its words are in no row."""

    anchor: str
    lines: tuple[str, ...]
    where: str
    mark: str = ""
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph (``spot``), or one table (``rows``)."""

    spot: Spot | None = None
    rows: tuple[tuple[Spot, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The whole file, and where words like "bảng 1, dòng 3" are found in it."""

    parts: tuple[Part, ...]
    cut: bool
    anchors: dict[str, str]

    def anchor_of(self, where: str) -> str:
        """Return the place in the page of ``where``, "" when it is not shown."""
        return self.anchors.get(_place(where), "")


def _place(where: str) -> str:
    """Return the row or paragraph, items and columns left out: ``bảng 1, dòng 3, mục 2`` -> ``bảng 1, dòng 3``."""
    return re.sub(r", (?:mục|cột) .*$", "", where)


def source_of(document: Document, *, used: Iterable[str], left: Collection[str]) -> Source:
    """Return the file laid out. ``used``: where rows came from; ``left``: where words in no row stand."""
    rows_used = {_place(where) for where in used}
    anchors: dict[str, str] = {}
    parts: list[Part] = []
    shown = 0

    def spot(where: str, lines: tuple[str, ...], row_span: int = 1, column_span: int = 1) -> Spot:
        nonlocal shown
        shown += 1
        anchor = f"o-{shown}"
        anchors.setdefault(_place(where), anchor)
        mark = "left" if where in left else "used" if _place(where) in rows_used else ""
        return Spot(anchor, lines, where, mark, row_span, column_span)

    for block in document.blocks:
        if shown >= MOST_CELLS:
            return Source(tuple(parts), True, anchors)
        if isinstance(block, Paragraph):
            if block.text.strip():
                parts.append(Part(spot(block.where, tuple(block.text.split("\n")))))
        elif isinstance(block, Grid):
            rows: dict[int, list[Spot]] = {n: [] for n in range(block.rows)}
            for cell in block.cells[: MOST_CELLS - shown]:
                rows[cell.row].append(spot(cell.where, cell.lines, cell.row_span, cell.column_span))
            parts.append(Part(rows=tuple(tuple(row) for row in rows.values())))
    return Source(tuple(parts), False, anchors)
