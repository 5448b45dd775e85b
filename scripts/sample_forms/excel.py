"""Set a form as a worksheet: title rows, real dates and times beside typed ones, cells merged downward."""

import datetime as dt
import io
import math
import unicodedata
from collections.abc import Sequence
from itertools import accumulate

import xlsxwriter
from scripts.sample_forms.form import Form, Head, Signature, Table, Text
from scripts.sample_forms.lines import Line, Printed, lines_of
from scripts.sample_forms.packing import SAMPLE_MARK
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

FONT = {"font_name": "Times New Roman", "font_size": 12}
CENTRED = {"tt", "day", "time"}
LINE_HEIGHT = 16.5


def write(form: Form) -> bytes:
    held = io.BytesIO()
    book = Workbook(held, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({
        "title": form.file.rpartition(".")[0], "author": "Văn phòng (mẫu)", "comments": SAMPLE_MARK,
        "keywords": "dữ liệu mẫu, sample data", "created": dt.datetime(2022, 9, 28, 8, 0, tzinfo=dt.UTC),
    })  # fmt: skip
    sheet = book.add_worksheet(form.sheet)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    Setting(book, sheet, form).set()
    book.close()
    return held.getvalue()


class Setting:
    """One sheet being filled from the top; ``at`` is the next free row."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: Worksheet, form: Form) -> None:
        self.book, self.sheet, self.form, self.at = book, sheet, form, 0
        table = next(block for block in form.blocks if isinstance(block, Table))
        self.width = len(table.columns)
        so_far = list(accumulate(column.width_mm for column in table.columns))
        #: columns the left half of the letterhead takes: about two fifths of the sheet
        self.half = 1 + next(at for at, width in enumerate(so_far) if at and width >= so_far[-1] * 0.4)
        for position, column in enumerate(table.columns):
            sheet.set_column(position, position, column.width_mm / 2)

    def set(self) -> None:
        for block in self.form.blocks:
            if isinstance(block, Table):
                self._table(block)
            elif isinstance(block, Head):
                self._head(block)
            elif isinstance(block, Signature):
                for line in (*block.lines, block.name):
                    self._across(line, self.width // 2, align="center", bold=True)
            else:
                self._text(block)

    def _look(self, **more: object) -> Format:
        return self.book.add_format({**FONT, "text_wrap": True, "valign": "vcenter", **more})

    def _text(self, block: Text) -> None:
        self._across(block.text, 0, align=block.align, bold=block.bold, italic=block.italic)

    def _across(self, text: str, start: int, **look: object) -> None:
        if text:
            text = self._typed(text)
            self.sheet.merge_range(self.at, start, self.at, self.width - 1, text, self._look(**look))
        self.at += 1

    def _head(self, head: Head) -> None:
        half = self.half
        motto = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"] if head.motto else []
        left = [*((line, False) for line in head.above), *((line, True) for line in head.own)]
        for position in range(max(len(left), len(motto))):
            if position < len(left):
                text, bold = left[position]
                look = self._look(align="center", bold=bold)
                self.sheet.merge_range(self.at, 0, self.at, half - 1, self._typed(text), look)
            if position < len(motto):
                look = self._look(align="center", bold=True)
                self.sheet.merge_range(self.at, half, self.at, self.width - 1, motto[position], look)
            self.at += 1
        self.at += 1

    def _table(self, table: Table) -> None:
        lines = lines_of(table)
        for number, line in enumerate(lines):
            if line.kind == "span":
                text = str((line.cells[0] or ("",))[0])
                look = self._look(border=1, bold=True, align=line.align)
                self.sheet.merge_range(self.at, 0, self.at, self.width - 1, self._typed(text), look)
            else:
                self._line(table, lines, number)
                self.sheet.set_row(self.at, LINE_HEIGHT * _line_count(table, line))
            self.at += 1
        self.at += 1

    def _line(self, table: Table, lines: Sequence[Line], number: int) -> None:
        line = lines[number]
        for position, printed in enumerate(line.cells):
            if printed is None:
                continue
            field = table.columns[position].field
            header = line.kind == "header"
            look: dict[str, object] = {"border": 1, "bold": header, "text_wrap": True}
            look["align"] = "center" if header or field in CENTRED else "left"
            deep = _depth(lines, number, position)
            self._write(self.at, self.at + deep, position, printed, look)

    def _write(self, first: int, last: int, position: int, printed: Printed, look: dict[str, object]) -> None:
        value = (printed or ("",))[0]
        if isinstance(value, dt.date):
            look["num_format"] = "dd/mm/yyyy"
        elif isinstance(value, dt.time):
            look["num_format"] = "hh:mm"
        else:
            value = self._typed("\n".join(str(text) for text in printed or ()))
        shape = self._look(**look)
        if last > first:
            self.sheet.merge_range(first, position, last, position, "", shape)
        self.sheet.write(first, position, value, shape)

    def _typed(self, text: str) -> str:
        return unicodedata.normalize("NFD", text) if self.form.decomposed else text


def _depth(lines: Sequence[Line], number: int, position: int) -> int:
    """Count the lines below that continue this cell."""
    deep = 0
    for below in lines[number + 1 :]:
        if below.kind != "row" or below.cells[position] is not None:
            break
        deep += 1
    return deep


def _line_count(table: Table, line: Line) -> int:
    """Tell how many lines of text the tallest cell takes: a sheet does not grow its rows by itself."""
    most = 1
    for column, printed in zip(table.columns, line.cells, strict=True):
        text = "\n".join(str(part) for part in printed or ())
        letters_a_line = column.width_mm / 2
        most = max(most, sum(max(1, math.ceil(len(part) / letters_a_line)) for part in text.split("\n")))
    return most
