"""A table as an Excel sheet to sort, filter and print, written row by row in flat memory."""

import datetime as dt
import io
import math
import re
from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tuanhoc.papers.values import Table

_FACE = {"font_name": "Times New Roman", "font_size": 12, "text_wrap": True, "valign": "top", "border": 1}
#: Excel's calendar begins in 1900.
_DATE = re.compile(r"(\d\d)/(\d\d)/((?:19|[2-9]\d)\d\d)", re.ASCII)
_A4 = 9
#: inches; with them 277 mm are left across
_MARGIN = 0.39
#: A column one wide is 2 mm on paper; a letter of Vietnamese in Times New Roman at 12 points takes 1.85 with
#: its share of capitals and spaces.
_UNIT_MM, _LETTER_MM, _SIDE_MM = 2.0, 1.85, 2.0
#: letters a line loses at its end to the word that did not fit
_LOST = 3
_LINE, _AIR = 15.75, 3.0
#: the highest row and the longest cell Excel knows
_HIGHEST, _LONGEST = 409.0, 32_767


def to_xlsx(table: Table, *, numbers: Sequence[int] = (), dates: Sequence[int] = ()) -> bytes:
    """Return the table as .xlsx, made to print on A4 across: every cell is text, never a formula or a link.

    :param numbers: columns, by index, whose whole numbers are stored as such.
    :param dates: columns whose ``01/10/2022`` are stored as days. Anything else in either stays text.
    """
    out = io.BytesIO()
    book = Workbook(out, {"constant_memory": True})
    # The same table gives the same bytes.
    book.set_properties({"created": dt.datetime(1980, 1, 1, tzinfo=dt.UTC)})
    sheet = book.add_worksheet()
    _set_up(sheet, table)
    head = book.add_format({**_FACE, "bold": True, "align": "center", "valign": "vcenter"})
    body, centred = book.add_format(_FACE), book.add_format({**_FACE, "align": "center"})
    day = book.add_format({**_FACE, "align": "center", "num_format": "dd/mm/yyyy"})
    for number, row in enumerate((table.columns, *table.rows)):
        # Written at once and not kept, a row must know its height before its cells.
        sheet.set_row(number, _height(row, table.widths_mm))
        for column, cell in enumerate(row):
            if number and column in numbers and cell.isdecimal():
                sheet.write_number(number, column, int(cell), centred)
            elif number and column in dates and (read := _day(cell)):
                sheet.write_datetime(number, column, read, day)
            else:
                _write(sheet, number, column, cell, body if number else head)
    book.close()
    return out.getvalue()


def _set_up(sheet: Worksheet, table: Table) -> None:
    for column, width in enumerate(table.widths_mm):
        sheet.set_column(column, column, width / _UNIT_MM)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(_MARGIN, _MARGIN, 0.6, 0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P/&N")


def _write(sheet: Worksheet, row: int, column: int, text: str, face: Format) -> None:
    sheet.write_string(row, column, text[:_LONGEST], face)


def _height(row: Sequence[str], widths_mm: Sequence[float]) -> float:
    """Return how high a row must be, in points, for its longest cell."""
    most = max((_line_count(text, width) for text, width in zip(row, widths_mm, strict=True)), default=1)
    return min(most * _LINE + _AIR, _HIGHEST)


def _line_count(text: str, width_mm: float) -> int:
    letters = max(_LOST + 1.0, (width_mm - _SIDE_MM) / _LETTER_MM)
    lengths = map(len, text.splitlines())
    return sum(1 if length <= letters else math.ceil(length / (letters - _LOST)) for length in lengths) or 1


def _day(text: str) -> dt.date | None:
    found = _DATE.fullmatch(text)
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
