"""Spreadsheets (.xlsx, .xls, .ods) read by calamine: every visible sheet a grid, dates as officers write them."""

import contextlib
import datetime as dt
import io
import math
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from .limits import MAX_CELLS, SPOILED, Broken, Encrypted, TooManyPieces, member, open_zip, parse
from .values import Cell, Document, Grid
from .workbooks import bounded, column_number

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST_SHEETS = 40
#: A merged cell may reach so far to the right of the last written one.
_BEYOND = 30
#: Repeated cells of an .ods that hold a value: more than a sheet of people.
_MOST_REPEATED = 2_000


@dataclass(frozen=True, slots=True)
class Rows:
    """The first sheet of a workbook, cell by cell: numbers as numbers, everything else as words."""

    rows: tuple[tuple[str | float, ...], ...]


def read_xlsx(data: bytes, name: str) -> Document:
    """Read an Excel file. :raises Unreadable: as ``limits`` says."""
    safe = bounded(data)
    with open_zip(safe) as parts:
        try:
            links = _links(parts)
        except SPOILED as error:
            raise Broken from error
    return _read(safe, name, links)


def read_ods(data: bytes, name: str) -> Document:
    """Read an OpenDocument spreadsheet. :raises Unreadable: as ``limits`` says."""
    safe = bounded(data)
    with open_zip(safe) as parts:
        try:
            content = parse(member(parts, "content.xml"))
        except SPOILED as error:
            raise Broken from error
    for tag, attribute in (("table-row", "number-rows-repeated"), ("table-cell", "number-columns-repeated")):
        for element in content.iter(f"{_TABLE}{tag}"):
            times = element.get(f"{_TABLE}{attribute}", "1")
            if (not re.fullmatch(r"\d{1,4}", times) or int(times) > _MOST_REPEATED) and _holds_a_value(element):
                raise TooManyPieces
    return _read(safe, name, {})


def read_xls(data: bytes, name: str) -> Document:
    """Read an Excel file of 1997–2003. :raises Unreadable: as ``limits`` says."""
    return _read(data, name, {})


def read_rows(data: bytes, _name: str) -> Rows:
    """Return the cells of a workbook's first sheet as they are stored. :raises Unreadable: as ``limits`` says."""
    safe = bounded(data)
    with _parser():
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(safe)).get_sheet_by_index(0)
        values = _laid_out(sheet)
    return Rows(tuple(tuple(_stored(value) for value in row) for row in values))


def _stored(value: object) -> str | float:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    return "\n".join(_lines(value))


def _holds_a_value(element: etree._Element) -> bool:
    return any(one.get(f"{_OFFICE}value-type") for one in element.iter())


def _links(parts: zipfile.ZipFile) -> dict[tuple[int, int, int], str]:
    """Return where links of cells point: (sheet, row, column) -> address. Sheets count in the order of the book."""
    found: dict[tuple[int, int, int], str] = {}
    names = set(parts.namelist())
    if not any(name.startswith("xl/worksheets/_rels/") for name in names):
        return found
    books = _targets(parts, "xl/_rels/workbook.xml.rels")
    for number, sheet in enumerate(parse(member(parts, "xl/workbook.xml")).iter(f"{_MAIN}sheet")):
        path = "xl/" + books.get(sheet.get(f"{_R}id", ""), "").removeprefix("/xl/")
        rels = path.replace("worksheets/", "worksheets/_rels/") + ".rels"
        if path not in names or rels not in names:
            continue
        targets = _targets(parts, rels)
        for link in parse(member(parts, path)).iter(f"{_MAIN}hyperlink"):
            at = re.match(r"([A-Z]{1,3})(\d{1,7})", link.get("ref", ""))
            target = targets.get(link.get(f"{_R}id", ""))
            if at and target:
                found[number, int(at[2]) - 1, column_number(at[1]) - 1] = target
    return found


def _targets(parts: zipfile.ZipFile, path: str) -> dict[str, str]:
    return {r.get("Id", ""): r.get("Target", "") for r in parse(member(parts, path))}


def _read(data: bytes, name: str, links: dict[tuple[int, int, int], str]) -> Document:
    with _parser():
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = []
        for number, sheet in enumerate(book.sheets_metadata[:_MOST_SHEETS]):
            if sheet.visible == SheetVisibleEnum.Visible:
                here = {(row, column): target for (of, row, column), target in links.items() if of == number}
                sheets.append(_grid(book.get_sheet_by_index(number), sheet.name, here))
    return Document(name, tuple(grid for grid in sheets if grid.cells))


@contextlib.contextmanager
def _parser() -> Iterator[None]:
    """Say in our words what the parser says, its own failures too: those are no ``Exception`` of Python's."""
    try:
        yield
    except PasswordError as error:
        raise Encrypted from error
    except (CalamineError, OSError, ValueError, OverflowError, IndexError) as error:
        raise Broken from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Broken from error


def _laid_out(sheet: CalamineSheet) -> Sequence[Sequence[object]]:
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        raise TooManyPieces
    return sheet.to_python(skip_empty_area=False)


def _grid(sheet: CalamineSheet, name: str, links: dict[tuple[int, int], str]) -> Grid:
    where = f"trang “{unicodedata.normalize('NFC', name)}”"
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    area = 0
    values = _laid_out(sheet)
    height, width = len(values), max(map(len, values), default=0)
    for (top, left), (low, far) in sheet.merged_cell_ranges or ():
        bottom, right = min(low, height - 1), min(far, width + _BEYOND)
        area += max(0, bottom - top + 1) * max(0, right - left + 1)
        if area > MAX_CELLS:
            raise TooManyPieces
        if bottom >= top and right >= left:
            spans[top, left] = (bottom - top + 1, right - left + 1)
            covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)} - {(top, left)}
    cells = []
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            lines = _lines(value)
            if (lines or (row, column) in spans) and (row, column) not in covered:
                at = f"{where}, dòng {row + 1}, cột {column + 1}"
                down, across = spans.get((row, column), (1, 1))
                target = links.get((row, column))
                cells.append(Cell(row, column, lines, at, down, across, (target,) if target else ()))
    return Grid(tuple(cells), height, max((c.column + c.column_span for c in cells), default=width), where)


def _lines(value: object) -> tuple[str, ...]:
    text = unicodedata.normalize("NFC", shown(value)).replace("_x000D_", "").replace("\0", "")
    return tuple(line.strip() for line in re.split(r"[\r\n]+", text) if line.strip())


def shown(value: object) -> str:
    """Return a cell's value as an officer would write it.

    >>> shown(dt.datetime(2022, 10, 1)), shown(dt.time(7, 30)), shown(3.0), shown("Sáng 01/10")
    ('01/10/2022', '07:30', '3', 'Sáng 01/10')
    """
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}" if value.time() == dt.time() else f"{value:%H:%M %d/%m/%Y}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}"
    return "" if value is None or value is False else str(value)
