"""A table as an Excel sheet, written row by row in flat memory."""

import io

from xlsxwriter import Workbook

from tuanhoc.papers.values import Table


def to_xlsx(table: Table) -> bytes:
    """Return the table as .xlsx; every cell is text, never a formula or a link."""
    out = io.BytesIO()
    book = Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    face = {"font_name": "Times New Roman", "font_size": 12, "text_wrap": True, "valign": "top", "border": 1}
    body, head = book.add_format(face), book.add_format({**face, "bold": True, "align": "center"})
    for column, width in enumerate(table.widths_mm):
        sheet.set_column(column, column, width / 2)
    for number, row in enumerate((table.columns, *table.rows)):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell, body if number else head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return out.getvalue()
