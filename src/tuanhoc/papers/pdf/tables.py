"""Long tables drawn row by row.

reportlab's own ``Table`` measures and keeps every cell as an object before it draws the first page;
a schedule of thousands of rows needs only the widths, which are given.
"""

from collections import Counter
from collections.abc import Sequence

from reportlab.lib.units import mm

from tuanhoc.papers.values import Table

from .pages import Pages
from .text import ASCENT, Face

#: of a cell, beside and above the text, in points
_SIDE, _AIR = 1.2 * mm, 2.25
#: said of a band on the pages its rows go on
_GOES_ON = " (tiếp)"

Lines = list[str]


def draw_table(pages: Pages, table: Table) -> None:
    """Draw the table: its head repeated on every page, merged cells joined, and they and the last band told
    again on each page.
    """
    drawing = _Drawing(pages, table)
    for bands, row in table.banded():
        drawing.add(row, under=bands)
    drawing.end()


class _Drawing:
    """A table being drawn: the stretch of it between two bands or ends of a page, the merged cell that is open,
    the band its rows stand under.
    """

    def __init__(self, pages: Pages, table: Table) -> None:
        self.pages, self.table = pages, table
        self.face, self.bold = Face(table.points, line=1.15), Face(table.points, bold=True, line=1.15)
        self.widths = [width * mm for width in table.widths_mm]
        edges = [pages.left]
        for width in self.widths:
            edges.append(edges[-1] + width)
        self.edges = edges
        self.head = self._broken(table.columns, self.bold)
        self.key: tuple[str, ...] | None = None
        self.band = ""
        together = max(Counter(index for index, _text in table.bands).values(), default=0)
        #: what a page must leave for bands besides its rows
        self.reserve = together * self._band_height(max((text for _index, text in table.bands), key=len, default=""))
        self.top = pages.y
        pages.keep(self._height(self.head) * 3)
        self._begin()

    def add(self, row: Sequence[str], *, under: Sequence[str] = ()) -> None:
        """Draw one row, on a new page when it does not fit; higher than a page, it is drawn in pieces.

        :param under: bands that stand above it, on its page.
        """
        cells = self._broken(row, self.face)
        if under:
            self._open(under, over=self._height(self._pieces(cells)[0]))
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
        """Close the stretch: its bottom line and the lines between columns."""
        self._line(self.pages.y)
        for x in self.edges:
            self.pages.canvas.line(x, self.top, x, self.pages.y)

    def _open(self, bands: Sequence[str], *, over: float) -> None:
        if sum(map(self._band_height, bands)) + over > self.pages.room:
            self.band = ""
            self._next_page()
        for text in bands:
            self._draw_band(text)
        self.band = bands[-1]

    def _draw_band(self, text: str) -> None:
        self.end()
        top, lines = self.pages.y, self._band_lines(text)
        words = self.pages.canvas.beginText(self.edges[0] + _SIDE, top - _AIR - self.bold.points * ASCENT)
        words.setFont(self.bold.name, self.bold.points, self.bold.leading)
        words.textLines(lines, trim=0)
        self.pages.canvas.drawText(words)
        self.pages.y -= self._band_height(text)
        for x in (self.edges[0], self.edges[-1]):
            self.pages.canvas.line(x, top, x, self.pages.y)
        self.top, self.key = self.pages.y, None
        self._line(self.top)

    def _band_lines(self, text: str) -> Lines:
        return [" ".join(words) for words in self.bold.wrapped(text, self.edges[-1] - self.edges[0] - 2 * _SIDE)]

    def _band_height(self, text: str) -> float:
        # Measured with what it gets on the next page, so that both have room.
        return len(self._band_lines(f"{text}{_GOES_ON}")) * self.bold.leading + 2 * _AIR

    def _begin(self) -> None:
        self.top, self.key = self.pages.y, None
        self._draw_cells(self.head, self.top, columns=range(len(self.widths)), face=self.bold, centred=True)
        self._line(self.top)
        self.pages.y -= self._height(self.head)

    def _next_page(self) -> None:
        self.end()
        self.pages.new_page()
        self._begin()
        if self.band:
            self._draw_band(self.band + _GOES_ON)

    def _broken(self, row: Sequence[str], face: Face) -> list[Lines]:
        return [
            [" ".join(words) for words in face.wrapped(text, width - 2 * _SIDE)] if text else []
            for text, width in zip(row, self.widths, strict=True)
        ]

    def _pieces(self, cells: list[Lines]) -> list[list[Lines]]:
        # Of a whole page under the head and its bands, less a line for safety.
        full = self.pages.top - 20 * mm - self._height(self.head) - self.reserve - 2 * _AIR
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
