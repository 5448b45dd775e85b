"""Bytes of a Word file to what it prints: lines, tables and pages with their properties in effect."""

from dataclasses import replace

from lxml import etree

from tuanhoc.papers.reading.limits import SPOILED, Broken, open_zip

from .lines import Typesetter
from .parts import Parts
from .values import Box, Drawn, Grid, Line, Look, Margin, Piece, Section, Sheet, lines_of
from .xml import MC, W, mm, number, on, val

__all__ = ["Box", "Drawn", "Grid", "Line", "Look", "Piece", "Section", "Sheet", "lines_of", "read_sheet"]

_WRAPPERS = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"}
#: beside a cell's text, Word's own
_CELL_SIDE_MM = 1.9
#: tables in tables are read so deep
_DEEPEST = 6


def read_sheet(data: bytes, name: str = "") -> Sheet:
    """Read a Word file; its ``name`` says nothing.

    :raises Unreadable: as ``papers.reading.limits`` says.
    """
    with open_zip(data) as archive:
        try:
            return _Reader(Parts(archive)).sheet()
        except SPOILED as error:
            raise Broken from error


class _Reader:
    """Walks one file's body; counts paragraphs and tables the way people do."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._setter = Typesetter(parts)
        self._paragraphs = self._tables = 0
        self._sections: list[Section] = []
        self._heads: dict[str, dict[str, tuple[Line, ...]]] = {"header": {}, "footer": {}}

    def sheet(self) -> Sheet:
        body = self._parts.body
        settings = self._parts.settings
        widths = [self._section(s, 0) for s in body.iter(f"{W}sectPr") if not _is_old(s)]
        self._heads = {"header": {}, "footer": {}}
        blocks: list[Line | Grid] = []
        self._walk(body, blocks, [round(s.width - s.left - s.right, 2) for s in widths] or [165.0])
        return Sheet(
            tuple(blocks), tuple(self._sections), self._parts.pages,
            odd_and_even=settings is not None and bool(on(settings, "evenAndOddHeaders")),
        )  # fmt: skip

    def _walk(self, parent: etree._Element, blocks: list[Line | Grid], widths: list[float]) -> None:
        for child in parent:
            width = widths[min(len(self._sections), len(widths) - 1)]
            if child.tag == f"{W}p":
                blocks += self._paragraph(child, width)
                ends = child.find(f"{W}pPr/{W}sectPr")
                if ends is not None:
                    self._end_section(ends, len(blocks))
            elif child.tag == f"{W}tbl":
                self._tables += 1
                blocks.append(self._grid(child, width, where=f"bảng {self._tables}", depth=0))
            elif child.tag == f"{W}sectPr":
                self._end_section(child, len(blocks))
            elif child.tag in _WRAPPERS:
                self._walk(child, blocks, widths)

    def _paragraph(self, element: etree._Element, width: float) -> list[Line]:
        lines = self._setter.lines(element, where="", width=width)
        if any(line.text for line in lines):
            self._paragraphs += 1
        lines = [replace(line, where=f"đoạn {self._paragraphs or 1}") for line in lines]
        return lines + self._boxes(element, width)

    def _boxes(self, element: etree._Element, width: float) -> list[Line]:
        """Return the lines of text boxes that hang on a paragraph, once each."""
        found: list[Line] = []
        for box in element.iter(f"{W}txbxContent"):
            if any(above.tag == f"{MC}Fallback" for above in box.iterancestors()):
                continue
            for paragraph in box.iterchildren(f"{W}p"):
                found += self._setter.lines(paragraph, where="khung chữ", width=width)
        return found

    def _grid(self, element: etree._Element, width: float, *, where: str, depth: int) -> Grid:
        properties = element.find(f"{W}tblPr")
        style = val(properties, "tblStyle") or self._setter.styles.usual("table")
        side = _sides(properties)
        columns = [mm(c.get(f"{W}w")) or 0.0 for c in element.iterfind(f"{W}tblGrid/{W}gridCol")]
        rows = []
        for n, row in enumerate(element.iter(f"{W}tr"), start=1):
            if next(row.iterancestors(f"{W}tbl")) is not element:
                continue
            boxes = self._row(row, columns, side, style, where=f"{where}, hàng {n}", depth=depth, width=width)
            shape = row.find(f"{W}trPr")
            rows.append((tuple(boxes), shape is not None and bool(on(shape, "cantSplit"))))
        return Grid(tuple(rows), where, bordered=self._is_bordered(element, style))

    def _row(
        self, row: etree._Element, columns: list[float], side: float, style: str | None, *, where: str, depth: int,
        width: float,
    ) -> list[Box]:  # fmt: skip
        boxes: list[Box] = []
        at = 0
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is not row:
                continue
            shape = cell.find(f"{W}tcPr")
            span = int(number(val(shape, "gridSpan")) or 1)
            said = shape.find(f"{W}tcW") if shape is not None else None
            own = mm(said.get(f"{W}w")) if said is not None and said.get(f"{W}type", "dxa") == "dxa" else None
            whole = own or sum(columns[at : at + span]) or width / 2
            at += span
            boxes.append(self._box(cell, max(whole - side, 1.0), style, f"{where}, cột {len(boxes) + 1}", depth))
        return boxes

    def _box(self, cell: etree._Element, width: float, style: str | None, where: str, depth: int) -> Box:
        lines: list[Line] = []
        for child in _unwrapped(cell):
            if child.tag == f"{W}p":
                lines += self._setter.lines(child, where=where, width=width, table=style)
                lines += self._boxes(child, width)
            elif child.tag == f"{W}tbl" and depth < _DEEPEST:
                lines += lines_of((self._grid(child, width, where=where, depth=depth + 1),))
        return Box(tuple(lines), width)

    def _is_bordered(self, element: etree._Element, style: str | None) -> bool:
        properties = element.find(f"{W}tblPr")
        own = properties.find(f"{W}tblBorders") if properties is not None else None
        if own is not None:
            return any(edge.get(f"{W}val") not in {"none", "nil"} for edge in own)
        if any(
            e.get(f"{W}val") not in {"none", "nil"} for e in element.iterfind(f"{W}tr/{W}tc/{W}tcPr/{W}tcBorders/*")
        ):
            return True
        return self._setter.styles.draws_table(style)

    def _end_section(self, properties: etree._Element, next_block: int) -> None:
        first = self._next_first if self._sections else 0
        self._sections.append(self._section(properties, first))
        self._next_first = next_block

    _next_first = 0

    def _section(self, properties: etree._Element, first: int) -> Section:
        size, margins = properties.find(f"{W}pgSz"), properties.find(f"{W}pgMar")
        pages = properties.find(f"{W}pgNumType")

        def length(of: etree._Element | None, name: str, usual: float) -> float:
            value = mm(of.get(f"{W}{name}")) if of is not None else None
            return usual if value is None else abs(value)

        start = number(pages.get(f"{W}start")) if pages is not None else None
        return Section(
            width=length(size, "w", 215.9), height=length(size, "h", 279.4), top=length(margins, "top", 25.4),
            bottom=length(margins, "bottom", 25.4), left=length(margins, "left", 25.4) + length(margins, "gutter", 0),
            right=length(margins, "right", 25.4), first=first, hides_first=bool(on(properties, "titlePg")),
            starts_at=int(start) if start is not None else None,
            digits=(pages.get(f"{W}fmt") or "decimal") if pages is not None else "decimal",
            heads=self._margin_lines(properties, "header"), feet=self._margin_lines(properties, "footer"),
        )  # fmt: skip

    def _margin_lines(self, properties: etree._Element, kind: str) -> tuple[Margin, ...]:
        """Return the headers or footers in effect: a section goes on with those it does not change."""
        current = dict(self._heads[kind])
        for reference in properties.iterchildren(f"{W}{kind}Reference"):
            part = self._parts.related(reference)
            where = "lề trên" if kind == "header" else "lề dưới"
            lines = [
                line
                for paragraph in (part.iter(f"{W}p") if part is not None else ())
                for line in self._setter.lines(paragraph, where=where, width=165.0)
            ]
            current[reference.get(f"{W}type", "default")] = tuple(lines)
        self._heads[kind] = current
        return tuple(Margin(pages, lines) for pages, lines in current.items())


def _unwrapped(parent: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for child in parent:
        found += _unwrapped(child) if child.tag in _WRAPPERS else [child]
    return found


def _sides(properties: etree._Element | None) -> float:
    """Return what a table keeps free beside the text of its cells, both sides."""
    margins = properties.find(f"{W}tblCellMar") if properties is not None else None
    total = 0.0
    for names in (("left", "start"), ("right", "end")):
        found = [margins.find(f"{W}{name}") for name in names] if margins is not None else []
        said = next((mm(side.get(f"{W}w")) for side in found if side is not None), None)
        total += _CELL_SIDE_MM if said is None else said
    return total


def _is_old(section: etree._Element) -> bool:
    """Whether it is what a tracked change replaced."""
    return any(above.tag == f"{W}sectPrChange" for above in section.iterancestors())
