"""The produced Word file read back and held against Decree 30/2020/NĐ-CP, Phụ lục I."""

import io

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tuanhoc.papers.csv import guarded
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.tests.samples import LETTER
from tuanhoc.papers.values import Annex, Table

TABLE = Table(
    ("TT", "Ngày", "Địa điểm", "Nội dung", "Ghi chú"),
    (12, 25, 40, 58, 30),
    (
        ("1", "01/10", "Hội trường & sân <A>", "Lễ khai mạc", ""),
        ("1", "01/10", "Thư viện", "Dòng một\nDòng hai", "ghi\x0b chú"),
        ("2", "02/10", "", "=1+1", ""),
    ),
    merged=2,
)
ANNEX = Annex(("Lịch đăng ký hoạt động",), "(Đính kèm theo …)", "Đơn vị: Thư viện tỉnh", TABLE, ("THỦ TRƯỞNG",), ("x",))


@pytest.fixture(scope="module")
def document():
    return Document(io.BytesIO(to_docx(ANNEX)))


def test_the_page_is_a4_portrait_with_the_decrees_margins(document):
    (page,) = document.sections
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert Mm(20) <= page.top_margin <= Mm(25)
    assert Mm(20) <= page.bottom_margin <= Mm(25)
    assert Mm(30) <= page.left_margin <= Mm(35)
    assert Mm(15) <= page.right_margin <= Mm(20)


def test_the_page_number_is_centred_in_the_top_margin_and_hidden_on_page_one(document):
    (page,) = document.sections
    assert page.different_first_page_header_footer
    (number,) = page.header.paragraphs
    assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert " PAGE " in number._p.xml


def test_the_type_is_times_new_roman_black_for_every_script(document):
    xml = document.styles.element.xml
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        assert f'w:{script}="Times New Roman"' in xml
    assert 'w:color w:val="000000"' in xml


def test_title_attachment_line_and_signature_are_set_as_the_decree_says(document):
    title, attached, organisation = document.paragraphs[:3]
    assert title.text == "LỊCH ĐĂNG KÝ HOẠT ĐỘNG"
    assert (title.alignment, title.runs[0].bold, title.runs[0].font.size) == (WD_ALIGN_PARAGRAPH.CENTER, True, Pt(14))
    assert (attached.alignment, attached.runs[0].italic) == (WD_ALIGN_PARAGRAPH.CENTER, True)
    assert organisation.text == "Đơn vị: Thư viện tỉnh"
    signature = next(p for p in document.paragraphs if p.text == "THỦ TRƯỞNG")
    assert (signature.runs[0].bold, signature.runs[0].font.size) == (True, Pt(13))


def test_every_cell_comes_back_and_days_are_printed_once(document):
    (table,) = document.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [
        ["TT", "Ngày", "Địa điểm", "Nội dung", "Ghi chú"],
        ["1", "01/10", "Hội trường & sân <A>", "Lễ khai mạc", ""],
        ["1", "01/10", "Thư viện", "Dòng một\nDòng hai", "ghi chú"],
        ["2", "02/10", "", "=1+1", ""],
    ]
    assert table.cell(1, 1)._tc is table.cell(2, 1)._tc
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert all("w:cantSplit" in row._tr.xml for row in table.rows)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_makes_a_file_that_does_not_open(text):
    annex = Annex((text,), text, text, Table(("a",), (165,), ((text,),)), (text,), (text,))
    assert Document(io.BytesIO(to_docx(annex))).tables


@pytest.mark.office
def test_libreoffice_opens_the_annex_and_the_letter_and_sets_them_on_the_pages_meant(libreoffice, tmp_path):
    (tmp_path / "a.docx").write_bytes(to_docx(ANNEX))
    (tmp_path / "b.docx").write_bytes(to_docx(LETTER))
    folder = libreoffice("pdf", tmp_path / "a.docx", tmp_path / "b.docx")
    assert len(PdfReader(folder / "a.pdf").pages) == 1
    letter, first, second = (page.extract_text() for page in PdfReader(folder / "b.pdf").pages)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in letter.splitlines()
    assert (first.splitlines()[0].strip(), second.splitlines()[0].strip()) == ("Phụ lục I", "Phụ lục II")


@settings(deadline=None)
@given(st.text(max_size=20))
def test_no_cell_of_a_spreadsheet_is_a_formula(text):
    assert not guarded(text).lstrip(" ").startswith(("=", "+", "-", "@"))
