"""Spreadsheets, CSV and what LibreOffice turns into Word."""

import datetime as dt
import io
import shutil
import subprocess
import zipfile

import pytest
import xlsxwriter
from docx import Document as Word

from tuanhoc.papers.reading import Unreadable, limits, office, read


def book(*sheets):
    """Return an .xlsx; each sheet is a function that writes on its page."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    for write in sheets:
        write(made.add_worksheet())
    made.close()
    return out.getvalue()


def test_values_come_as_officers_write_them_merged_cells_once():
    def page(sheet):
        sheet.write(0, 0, "Ngày")
        sheet.write(1, 0, dt.date(2022, 10, 1))
        sheet.write(1, 1, dt.time(7, 30))
        sheet.write(1, 2, 3)
        sheet.write(2, 0, "Sáng\n02/10")
        sheet.merge_range(1, 3, 2, 4, "Hội trường")
        sheet.write_url(3, 0, "https://hoc.vn/1", string="tại đây")

    (grid,) = read(book(page), "a.xlsx").blocks
    assert {(c.row, c.column): (c.lines, c.row_span, c.column_span) for c in grid.cells} == {
        (0, 0): (("Ngày",), 1, 1), (1, 0): (("01/10/2022",), 1, 1), (1, 1): (("07:30",), 1, 1), (1, 2): (("3",), 1, 1),
        (1, 3): (("Hội trường",), 2, 2), (2, 0): (("Sáng", "02/10"), 1, 1), (3, 0): (("tại đây",), 1, 1),
    }  # fmt: skip
    assert grid.cells[-1].links == ("https://hoc.vn/1",)
    assert grid.cells[0].where == "trang “Sheet1”, dòng 1, cột 1"


def test_hidden_and_empty_sheets_are_out():
    def hidden(sheet):
        sheet.write(0, 0, "danh mục")
        sheet.hide()

    read_back = read(book(lambda s: s.write(0, 0, "A"), hidden, lambda s: None), "a.xlsx")
    assert [grid.cells[0].text for grid in read_back.blocks] == ["A"]


def test_a_sheet_whose_last_cell_is_far_away_is_refused():
    with pytest.raises(Unreadable) as refused:
        read(book(lambda s: s.write(1_048_575, 16_383, "xa")), "a.xlsx")
    assert type(refused.value) is limits.TooLarge


def ods(content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("content.xml", content)
    return out.getvalue()


def test_a_sheet_that_repeats_a_value_without_end_is_refused():
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    repeated = 'table:number-columns-repeated="16000" office:value-type="string"'
    cell = f"<table:table-cell {repeated}><text:p>x</text:p></table:table-cell>"
    with pytest.raises(Unreadable) as refused:
        read(
            ods(f"<office:document-content{names}><table:table-row>{cell}</table:table-row></office:document-content>"),
            "a.ods",
        )
    assert type(refused.value) is limits.TooLarge


def test_csv_is_one_grid_whatever_separates_it():
    for data in (b"Ng\xc3\xa0y;Vi\xe1\xbb\x87c\n01/10;A\n", "Ngày\tViệc\n01/10\tA\n".encode("utf-16")):
        (grid,) = read(data, "a.csv").blocks
        assert [c.text for c in grid.cells] == ["Ngày", "Việc", "01/10", "A"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7 ...", limits.IsPdf),
        (b"\xff\xd8\xff\xe0 jpeg", limits.IsPicture),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), limits.Encrypted),
        (b"PK\x03\x04" + b"\0" * 40, limits.Broken),
    ],
)
def test_what_cannot_be_read_says_what_it_is(data, why):
    with pytest.raises(Unreadable) as refused:
        read(data, "a")
    assert type(refused.value) is why


def test_without_libreoffice_older_files_are_refused_in_words(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Unreadable) as refused:
        read(rb"{\rtf1 abc}", "a.rtf")
    assert type(refused.value) is limits.NeedsOffice


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["doc"])
def test_older_files_are_read_where_libreoffice_is(kind, tmp_path):
    word = Word()
    word.add_paragraph("Trường Tiểu học Lâm Sơn")
    word.save(tmp_path / "a.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", tmp_path, tmp_path / "a.docx"],
        check=True, capture_output=True,
    )  # fmt: skip
    document = read((tmp_path / f"a.{kind}").read_bytes(), f"a.{kind}")
    assert [block.text for block in document.blocks if block.text] == ["Trường Tiểu học Lâm Sơn"]


@pytest.mark.skipif(shutil.which("sleep") is None, reason="needs a program that sleeps")
def test_a_conversion_that_takes_too_long_is_stopped_with_its_children(monkeypatch, tmp_path):
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60 & sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(office, "SECONDS", 0.3)
    monkeypatch.setattr(shutil, "which", lambda name: str(slow))
    with pytest.raises(Unreadable) as refused:
        office.to_docx(b"x", ".rtf")
    assert type(refused.value) is limits.TooSlow
