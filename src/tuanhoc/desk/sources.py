"""A form's file as the page shows it beside its rows: paragraphs and tables, each cell with a place to jump to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tuanhoc.papers.reading import Document, Grid, Paragraph

#: A file longer than this is shown to here; the original can be taken down.
MOST_CELLS = 3000


@dataclass(frozen=True, slots=True)
class Reference:
    """What a cell leads to: a row, or words waiting for a place. ``words`` name it, ``anchor`` is where it stands."""

    anchor: str
    words: str
    is_row: bool = True


@dataclass(slots=True)
class Spot:
    """One cell or paragraph.

    ``mark``: "used" when a row came from it, "left" when words of it are in no row yet, "aside" when somebody
    set them aside or threw its row away; "" for what the form's blank prints.
    """

    anchor: str
    lines: tuple[str, ...]
    where: str
    row: int = 0
    column: int = 0
    row_span: int = 1
    column_span: int = 1
    #: number of its table in the file; None for a paragraph
    table: int | None = None
    mark: str = ""
    #: shown in it, once a row: which rows begin here, which words wait
    leads_to: list[Reference] = field(default_factory=list)
    #: keys of every row that draws on it
    rows: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph (``spot``), or one table (``rows``)."""

    spot: Spot | None = None
    rows: tuple[tuple[Spot, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The whole file, cell by cell in reading order."""

    parts: tuple[Part, ...]
    cut: bool

    def spots(self) -> Iterator[Spot]:
        for part in self.parts:
            if part.spot:
                yield part.spot
            for cells in part.rows:
                yield from cells

    def anchor_of(self, where: str) -> str:
        """Return the place in the page of words like "bảng 1, dòng 3", "" when it is not shown."""
        exact = next((spot.anchor for spot in self.spots() if spot.where == where), "")
        return exact or next((spot.anchor for spot in self.spots() if place(spot.where) == place(where)), "")


def place(where: str) -> str:
    """Return the row or paragraph, items and columns left out: ``bảng 1, dòng 3, mục 2`` -> ``bảng 1, dòng 3``."""
    return re.sub(r", (?:mục|cột) .*$", "", where)


def source_of(document: Document) -> Source:
    """Return the file laid out."""
    parts: list[Part] = []
    shown = 0
    for number, block in enumerate(document.blocks):
        if shown >= MOST_CELLS:
            return Source(tuple(parts), True)
        if isinstance(block, Paragraph):
            if block.text.strip():
                shown += 1
                parts.append(Part(Spot(f"o-{shown}", tuple(block.text.split("\n")), block.where)))
        elif isinstance(block, Grid):
            rows: dict[int, list[Spot]] = {n: [] for n in range(block.rows)}
            for cell in block.cells[: MOST_CELLS - shown]:
                shown += 1
                rows[cell.row].append(
                    Spot(
                        f"o-{shown}",
                        cell.lines,
                        cell.where,
                        cell.row,
                        cell.column,
                        cell.row_span,
                        cell.column_span,
                        table=number,
                    )
                )
            parts.append(Part(rows=tuple(tuple(row) for row in rows.values())))
    return Source(tuple(parts), False)
