"""Filled forms made on the spot, as units make them, and what is read from them."""

import datetime as dt
import io

import xlsxwriter
from tests.form_files import blank_word

from tuanhoc.intake.form import Window, as_json, read_form
from tuanhoc.papers.reading import read

WEEK = Window(dt.date(2022, 10, 1), dt.date(2022, 10, 7))
HEADS = ("TT", "Ngày", "Địa điểm", "Nội dung", "Ghi chú")
TOP = ("LỊCH ĐĂNG KÝ HOẠT ĐỘNG", "TUẦN LỄ HỌC TẬP HỌC SUỐT ĐỜI NĂM 2022")
FOOT = ("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", "(Đã ký)", "Nguyễn Văn An", "(Nộp về Sở GDĐT trước ngày 01/10/2022.)")


def saved(word):
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def add_table(word, rows):
    """Add a table to a Word file or to one of its cells."""
    table = word.add_table(len(rows), max(map(len, rows)))
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=False):
            cell.text = text
    return table


def annex(*rows, heads=HEADS, before=TOP, after=FOOT):
    """Return a Word form with one table."""
    word = blank_word()
    for line in before:
        word.add_paragraph(line)
    add_table(word, [heads, *rows] if heads else list(rows))
    for line in after:
        word.add_paragraph(line)
    return saved(word)


def sheet(*rows, merges=(), name="Lịch"):
    """Return an Excel form; days and hours that are values stay values."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet(name)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value not in (None, ""):
                page.write(r, c, value)
    for merge in merges:
        page.merge_range(*merge)
    book.close()
    return out.getvalue()


def reading(data, name="form.docx", week=WEEK):
    """Return a file's reading as JSON values."""
    given = data.encode() if isinstance(data, str) else data
    return as_json(read_form(read(given, name), week))


def essence(said):
    """Return what matters most of each row: its days, place and content."""
    return [(days(row), row["place"], row["content"]) for row in said["rows"]]


def days(row):
    first, last = (d and f"{d[8:]}/{d[5:7]}" for d in (row["date_from"], row["date_to"]))
    return first if first == last else f"{first}-{last}"


def only(said):
    (row,) = said["rows"]
    return row


def codes(said):
    return [(problem["code"], problem["row"]) for problem in said["problems"]]


def left(said):
    return [loose["text"] for loose in said["unplaced"]]
