"""Sheets: text stays text, days and numbers are Excel's own, and the paper shows every line."""

import csv
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook

from tuanhoc.papers.csv import guarded, to_csv
from tuanhoc.papers.pdf.text import Face
from tuanhoc.papers.values import Table
from tuanhoc.papers.xlsx import to_xlsx

TABLE = Table(
    ("TT", "Ngày", "Nội dung", "Ghi chú"),
    (14, 26, 64, 36),
    (
        ("1", "01/10/2022", "=1+1", "https://example.vn"),
        ("2", "07/10/2029", "Chuyên đề ứng dụng công nghệ trong dạy học; giao lưu, chia sẻ kinh nghiệm tự học", "012"),
        ("x", "01-03/10/2022", "Dòng một\nDòng hai", "05/10/2022"),
        ("3", "31/02/2022", "", ""),
        ("4", "01/10/0202", "", ""),
    ),
)


def part(name, table=TABLE):
    """Return a part of the written file, its names without their space."""
    with zipfile.ZipFile(io.BytesIO(to_xlsx(table, numbers=(0,), dates=(1,)))) as parts:
        root = etree.fromstring(parts.read(f"xl/{name}.xml"))
    for element in root.iter():
        element.tag = etree.QName(element).localname
    return root


def sheet_of(table=TABLE):
    return part("worksheets/sheet1", table)


@given(st.text(max_size=20))
def test_no_cell_of_a_spreadsheet_is_a_formula(text):
    assert not guarded(text).lstrip(" ").startswith(("=", "+", "-", "@"))


def test_csv_opens_in_vietnamese():
    assert to_csv(TABLE).startswith(b"\xef\xbb\xbf")


def test_numbers_and_days_are_excels_own_and_everything_else_is_text_with_no_formula_nor_link():
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(TABLE, numbers=(0,), dates=(1,)))).get_sheet_by_index(0)
    assert sheet.to_python() == [
        list(TABLE.columns),
        [1, dt.date(2022, 10, 1), "=1+1", "https://example.vn"],
        [2, dt.date(2029, 10, 7), TABLE.rows[1][2], "012"],
        ["x", "01-03/10/2022", "Dòng một\nDòng hai", "05/10/2022"],
        [3, "31/02/2022", "", ""],
        [4, "01/10/0202", "", ""],
    ]
    read = sheet_of()
    assert [cell.get("t", "n") for cell in read.findall(".//row")[1]] == ["n", "n", "inlineStr", "inlineStr"]
    assert read.findall(".//f") + read.findall(".//hyperlink") == []
    assert [form.get("formatCode") for form in part("styles").iter("numFmt")] == ["dd/mm/yyyy"]


def test_it_prints_on_a4_across_one_page_wide_its_head_on_every_page_and_filters():
    sheet = sheet_of()
    page = sheet.find("pageSetup")
    assert [page.get(name) for name in ("paperSize", "orientation", "fitToHeight")] == ["9", "landscape", "0"]
    assert sheet.find(".//pageSetUpPr").get("fitToPage") == "1"
    assert (sheet.find(".//pane").get("topLeftCell"), sheet.find("autoFilter").get("ref")) == ("A2", "A1:D6")
    titles = {name.get("name"): name.text for name in part("workbook").iter("definedName")}
    assert titles["_xlnm.Print_Titles"] == "Sheet1!$1:$1"


def test_an_empty_table_is_written_too():
    assert len(sheet_of(Table(("TT",), (14,), ())).findall(".//row")) == 1


WORDS = "Ngày hội đọc sách “Thắp sáng tri thức”, trưng bày 500 đầu sách mới và giới thiệu thư viện số; Ủy ban nhân dân"


@pytest.mark.parametrize("width", [26, 36, 44, 64])
@pytest.mark.parametrize("length", [10, 40, 90, 200, 400])
def test_a_row_is_as_high_as_its_longest_cell_prints_and_little_more(width, length):
    text = (f"{WORDS} " * 4)[:length].strip()
    height = float(sheet_of(Table(("TT", "Nội dung"), (14, width), (("1", text),))).findall(".//row")[1].get("ht"))
    line = 12 * 1.15
    needed = len(Face(12).wrapped(text, (width - 2) / 25.4 * 72)) * line
    highest_in_excel = 408.75
    assert min(needed, highest_in_excel) <= height <= needed * 1.6 + 2 * line


def test_the_same_table_gives_the_same_bytes():
    assert to_xlsx(TABLE) == to_xlsx(TABLE)


SIGNS = tuple("=+-@\t\r＝＋－＠")


@given(st.lists(st.lists(st.text(alphabet="=+-@;,|\t\r\n \"'a＝", max_size=8), min_size=2, max_size=2), max_size=3))
def test_no_part_of_a_csv_is_a_formula_whatever_splits_it(rows):
    """Which separator splits a file, and whether quotes bind, is decided by the computer it is opened on."""
    table = Table(("a", "b"), (80, 85), tuple(map(tuple, rows)))
    text = to_csv(table).decode("utf-8-sig")
    for separator in ";,\t|":
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting):
                assert [cell for cell in row if cell.lstrip(" \"'\t\r\n").startswith(SIGNS) and "'" not in cell] == []


@settings(max_examples=30)
@given(st.text(alphabet="=+-@\t\r＝ 'a1(/:.", min_size=1, max_size=12))
def test_a_cell_of_a_workbook_is_words_whatever_they_begin_with(text):
    sheet = part("worksheets/sheet1", Table(("a", "b", "c"), (20, 20, 40), (("", "", text),)))
    assert [cell.get("t") for cell in sheet.findall(".//c")][-1] == "inlineStr"
    assert sheet.findall(".//f") + sheet.findall(".//hyperlink") == []


def test_bullets_and_dates_stay_readable():
    words = "- Khai mạc\n- Hội thi 01-03/10; - Tổng kết"
    assert guarded(words) == "– Khai mạc\n– Hội thi 01-03/10; – Tổng kết"
    assert guarded("-5") == "'-5"
    assert guarded("\t=1+1") == "'=1+1"
