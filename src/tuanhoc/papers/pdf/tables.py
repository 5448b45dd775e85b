"""Long tables drawn row by row.

reportlab's own ``Table`` measures and keeps every cell as an object before it draws the first page;
a schedule of thousands of rows needs only the widths, which are given.
"""

from collections.abc import Sequence

from reportlab.lib.units import mm

from tuanhoc.papers.values import Table

from .pages import LEFT, Pages
from .text import ASCENT, Face

#: of a cell, beside and above the text, in points
_SIDE, _AIR = 1.2 * mm, 3.0

Lines = list[str]


def draw_table(pages: Pages, table: Table) -> None:
    """Draw the table: its head repeated on every page, merged cells joined and told again on each page."""
    drawing = _Drawing(pages, table)
    for row in table.rows:
        drawing.add(row)
    drawing.end()


class _Drawing:
    """A table being drawn: the stretch of it on the current page, and the merged cell that is open."""

    def __init__(self, pages: Pages, table: Table) -> None:
        self.pages, self.table = pages, table
        self.face, self.bold = Face(table.points), Face(table.points, bold=True)
        self.widths = [width * mm for width in table.widths_mm]
        edges = [LEFT]
        for width in self.widths:
            edges.append(edges[-1] + width)
        self.edges = edges
        self.head = self._broken(table.columns, self.bold)
        self.key: tuple[str, ...] | None = None
        self.top = pages.y
        pages.keep(self._height(self.head) * 3)
        self._begin()

    def add(self, row: Sequence[str]) -> None:
        """Draw one row, on a new page when it does not fit; higher than a page, it is drawn in pieces."""
        cells = self._broken(row, self.face)
        merged, key = cells[: self.table.merged], tuple(row[: self.table.merged])
        for piece in self._pieces(cells):
            begins = not merged or key != self.key
            if self._height(piece if begins else [[], *piece[len(merged) :]]) > self.pages.room:
                self._next_page()
                begins = True
            top = self.pages.y
            if begins:
                self.key = key
                self._draw_cells(merged, top, columns=range(len(merged)), centred=True)
            self._draw_cells(piece[len(merged) :], top, columns=range(len(merged), len(self.widths)))
            self.pages.y -= self._height(piece if begins else [[], *piece[len(merged) :]])
            self._line(top, from_column=0 if begins else len(merged))

    def end(self) -> None:
        """Close the stretch on this page: its bottom line and the lines between columns."""
        self._line(self.pages.y)
        for x in self.edges:
            self.pages.canvas.line(x, self.top, x, self.pages.y)

    def _begin(self) -> None:
        self.top, self.key = self.pages.y, None
        self._draw_cells(self.head, self.top, columns=range(len(self.widths)), face=self.bold, centred=True)
        self._line(self.top)
        self.pages.y -= self._height(self.head)

    def _next_page(self) -> None:
        self.end()
        self.pages.new_page()
        self._begin()

    def _broken(self, row: Sequence[str], face: Face) -> list[Lines]:
        return [
            [" ".join(words) for words in face.wrapped(text, width - 2 * _SIDE)] if text else []
            for text, width in zip(row, self.widths, strict=True)
        ]

    def _pieces(self, cells: list[Lines]) -> list[list[Lines]]:
        # Of a whole page under the head, less a line for safety.
        full = self.pages.top - 20 * mm - self._height(self.head) - 2 * _AIR
        most = max(1, int(full / self.face.leading) - 1)
        highest = max(map(len, cells), default=1)
        if highest <= most:
            return [cells]
        return [[lines[n : n + most] for lines in cells] for n in range(0, highest, most)]

    def _height(self, cells: list[Lines]) -> float:
        return max(1, max(map(len, cells), default=1)) * self.face.leading + 2 * _AIR

    def _line(self, y: float, *, from_column: int = 0) -> None:
        self.pages.canvas.line(self.edges[from_column], y, self.edges[-1], y)

    def _draw_cells(
        self, cells: list[Lines], top: float, *, columns: range, face: Face | None = None, centred: bool = False
    ) -> None:
        face = face or self.face
        # One text object for the cells of a row: reportlab writes a whole matrix for each it begins.
        text = self.pages.canvas.beginText()
        text.setFont(face.name, face.points, face.leading)
        first = top - _AIR - face.points * ASCENT
        for column, lines in zip(columns, cells, strict=True):
            if not (centred or column in self.table.centred):
                text.setTextOrigin(self.edges[column] + _SIDE, first)
                for line in lines:
                    text.textLine(line)
                continue
            middle = (self.edges[column] + self.edges[column + 1]) / 2
            for number, line in enumerate(lines):
                text.setTextOrigin(middle - face.width(line) / 2, first - number * face.leading)
                text.textLine(line)
        self.pages.canvas.drawText(text)
