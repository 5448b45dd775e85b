"""A .docx read from its XML: paragraphs and grids in reading order.

Deleted text of tracked changes and hidden text are left out; inserted text is kept.
Automatic numbers are not written out yet: text typed by hand is.
"""

import unicodedata
import zipfile
from collections.abc import Iterator

from lxml import etree

from .limits import Broken, open_zip, parse
from .values import Cell, Document, Grid, Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_GONE = {f"{_W}del", f"{_W}moveFrom", f"{_W}rPr", f"{_W}pPr", f"{_W}instrText"}


def read_docx(data: bytes, name: str) -> Document:
    """Read a Word file. :raises Unreadable: as ``limits`` says."""
    with open_zip(data) as parts:
        try:
            body = parse(parts.read("word/document.xml")).find(f"{_W}body")
        except (KeyError, zipfile.BadZipFile, EOFError) as error:
            raise Broken from error
    if body is None:
        raise Broken
    return Document(name, tuple(_blocks(body)))


def _blocks(body: etree._Element) -> Iterator[Paragraph | Grid]:
    paragraphs = grids = 0
    for element in body.iterchildren(f"{_W}p", f"{_W}tbl"):
        if element.tag == f"{_W}p":
            paragraphs += 1
            yield _paragraph(element, f"đoạn {paragraphs}")
        else:
            grids += 1
            yield _grid(element, f"bảng {grids}")


def _paragraph(element: etree._Element, where: str) -> Paragraph:
    align = element.find(f"{_W}pPr/{_W}jc")
    runs = [run for run in element.iter(f"{_W}r") if _text(run).strip()]
    return Paragraph(
        text=_text(element),
        where=where,
        bold=bool(runs) and all(_is_on(run, "b") for run in runs),
        centred=align is not None and align.get(f"{_W}val") == "center",
    )


def _is_on(run: etree._Element, name: str) -> bool:
    flag = run.find(f"{_W}rPr/{_W}{name}")
    return flag is not None and flag.get(f"{_W}val", "1") not in {"0", "false", "off"}


def _text(element: etree._Element) -> str:
    return unicodedata.normalize("NFC", "".join(_pieces(element)))


def _pieces(element: etree._Element) -> Iterator[str]:
    if element.tag in _GONE or (element.tag == f"{_W}r" and _is_on(element, "vanish")):
        return
    if element.tag == f"{_W}t":
        yield element.text or ""
    elif element.tag in _BREAKS:
        yield _BREAKS[element.tag]
    for child in element:
        yield from _pieces(child)


def _grid(table: etree._Element, where: str) -> Grid:
    cells: list[Cell] = []
    open_above: dict[int, int] = {}
    width = 0
    rows = table.findall(f"{_W}tr")
    for row, element in enumerate(rows):
        column = 0
        for tc in element.iterchildren(f"{_W}tc"):
            span = _span(tc)
            merge = tc.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val") != "restart" and column in open_above:
                _grow(cells, open_above[column])
            else:
                open_above.pop(column, None)
                if merge is not None:
                    open_above[column] = len(cells)
                at = f"{where}, dòng {row + 1}, cột {column + 1}"
                cells.append(Cell(row, column, _lines(tc), at, column_span=span))
            column += span
        width = max(width, column)
    return Grid(tuple(cells), len(rows), width, where)


def _span(tc: etree._Element) -> int:
    span = tc.find(f"{_W}tcPr/{_W}gridSpan")
    value = span.get(f"{_W}val", "1") if span is not None else "1"
    return min(max(int(value), 1), 63) if value.isdecimal() else 1


def _grow(cells: list[Cell], index: int) -> None:
    above = cells[index]
    cells[index] = Cell(
        above.row, above.column, above.lines, above.where, row_span=above.row_span + 1, column_span=above.column_span
    )


def _lines(tc: etree._Element) -> tuple[str, ...]:
    texts = (_text(paragraph) for paragraph in tc.iter(f"{_W}p"))
    return tuple(line.strip() for text in texts for line in text.split("\n") if line.strip())
