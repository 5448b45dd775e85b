"""Spreadsheets, CSV and what LibreOffice turns into Word."""

import datetime as dt
import io
import random
import shutil
import struct
import threading
import tracemalloc
import zipfile
import zlib
from http.server import BaseHTTPRequestHandler, HTTPServer

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
    assert type(refused.value) is limits.TooManyPieces


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
    assert type(refused.value) is limits.TooManyPieces


def test_csv_is_one_grid_whatever_separates_it():
    for data in (b"Ng\xc3\xa0y;Vi\xe1\xbb\x87c\n01/10;A\n", "Ngày\tViệc\n01/10\tA\n".encode("utf-16")):
        (grid,) = read(data, "a.csv").blocks
        assert [c.text for c in grid.cells] == ["Ngày", "Việc", "01/10", "A"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
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
def test_older_files_are_read_where_libreoffice_is(libreoffice, tmp_path):
    word = Word()
    word.add_paragraph("Trường Tiểu học Lâm Sơn")
    word.save(tmp_path / "a.docx")
    older = libreoffice("doc", tmp_path / "a.docx") / "a.doc"
    document = read(older.read_bytes(), "a.doc")
    assert [block.text for block in document.blocks if block.text] == ["Trường Tiểu học Lâm Sơn"]


@pytest.mark.office
def test_a_form_makes_this_server_ask_nobody_for_its_pictures():
    asked = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)

        do_HEAD = do_OPTIONS = do_GET

        def log_message(self, *_):
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as elsewhere:
        threading.Thread(target=elsewhere.serve_forever, daemon=True).start()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as parts:
            parts.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            parts.writestr("content.xml", WITH_A_PICTURE_ELSEWHERE % elsewhere.server_port)
            parts.writestr("META-INF/manifest.xml", MANIFEST)
        document = read(out.getvalue(), "a.odt")
        elsewhere.shutdown()
    assert ([block.text for block in document.blocks if block.text.strip()], asked) == (["Lịch đăng ký"], [])


MANIFEST = """<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/>
<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>"""
WITH_A_PICTURE_ELSEWHERE = """<office:document-content office:version="1.2"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"><office:body><office:text>
<text:p>Lịch đăng ký</text:p><text:p><draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="paragraph">
<draw:image xlink:href="http://127.0.0.1:%s/theo-doi.png" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame>
</text:p></office:text></office:body></office:document-content>"""


def test_a_conversion_that_takes_too_long_is_stopped_with_its_children(monkeypatch, tmp_path):
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60 & sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(office, "SECONDS", 0.3)
    monkeypatch.setattr(shutil, "which", lambda name: str(slow))
    with pytest.raises(Unreadable) as refused:
        office.to_docx(b"x", ".rtf")
    assert type(refused.value) is limits.TooSlow


def remade(data, change):
    """Return the archive with each part put through ``change(name, content)``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(*change(name, given.read(name)))
    return out.getvalue()


def with_a_far_cell(**written):
    """Return a book whose cell BXY1000 is claimed to stand elsewhere, as ``written`` spells it."""
    plain = book(lambda sheet: (sheet.write(0, 0, "gần"), sheet.write(999, 2000, "xa")))

    def change(name, content):
        for before, after in written.items():
            content = content.replace({"cell": b'r="BXY1000"', "row": b'row r="1000"'}[before], after)
        elsewhere = name.replace("xl/worksheets/sheet1.xml", "xl/khac/trang.xml")
        return elsewhere, content.replace(b"worksheets/sheet1.xml", b"khac/trang.xml")

    return remade(plain, change)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ({"cell": b'r="XFD6000"'}, limits.TooManyPieces),
        ({"cell": b"r = 'XFD6000'"}, limits.TooManyPieces),
        ({"cell": b'r="&#88;FD6000"'}, limits.TooManyPieces),
        ({"cell": b"", "row": b'row r="9000000"'}, limits.TooManyPieces),
        ({"cell": b'r="ZZZZZZ1"'}, limits.Broken),
    ],
    ids=["in another folder", "in single quotes", "by a reference", "by its row", "beyond any sheet"],
)
def test_a_far_cell_is_seen_however_it_is_spelled(written, why):
    with pytest.raises(Unreadable) as refused:
        read(with_a_far_cell(**written), "a.xlsx")
    assert type(refused.value) is why


def claiming_less(data, name):
    """Return the archive with ``name`` said to be 100 bytes long, with the sum of its first 100."""
    with zipfile.ZipFile(io.BytesIO(data)) as given:
        whole = given.getinfo(name)
        first = given.read(name)[:100]
    out = bytearray(data)
    said = struct.pack("<3L", whole.CRC, whole.compress_size, whole.file_size)
    claimed = struct.pack("<3L", zlib.crc32(first), whole.compress_size, len(first))
    assert out.count(said) == 2, "in the file and in the list at its end"
    return bytes(out.replace(said, claimed))


@pytest.mark.parametrize(
    ("name", "part"),
    [("a.docx", "word/document.xml"), ("a.xlsx", "xl/worksheets/sheet1.xml"), ("a.ods", "content.xml")],
)
def test_a_part_that_holds_more_than_it_claims_is_not_unpacked(name, part):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        if name == "a.ods":
            parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for other in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels") if name == "a.xlsx" else ():
            parts.writestr(other, "<x/>")
        parts.writestr(part, b"<x>" + b" " * 40_000_000)
    data = claiming_less(out.getvalue(), part)
    tracemalloc.start()
    with pytest.raises(Unreadable):
        read(data, name)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 5_000_000


@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.xml", "mimetype"])
def test_a_part_whose_packing_is_damaged_is_refused_in_words(part):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(part, random.Random(1).randbytes(500).hex())
    data = bytearray(out.getvalue())
    at = data.find(part.encode()) + len(part)
    data[at : at + 3] = b"\xff\xff\xff"
    with pytest.raises(limits.Broken):
        read(bytes(data), "a.docx")


def named_in_no_letters(data):
    return data.replace("á".encode(), b"\xff\xff")


def packed_by_a_program_of_tomorrow(data):
    return data.replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\x63")


@pytest.mark.parametrize("spoil", [named_in_no_letters, packed_by_a_program_of_tomorrow])
def test_an_archive_of_another_kind_is_refused_in_words(spoil):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("word/document.xml", "<x/>")
        parts.writestr("á", "")
    with pytest.raises(limits.Broken):
        read(spoil(out.getvalue()), "a.docx")
