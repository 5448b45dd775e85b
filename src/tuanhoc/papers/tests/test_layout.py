"""Margins, sizes and spaces of a document, at both ends of what the decree allows, in Word and in PDF."""

import io
from dataclasses import replace

import pytest
from docx import Document
from docx.shared import Mm, Pt
from pypdf import PdfReader

from tuanhoc.papers.decree30 import check
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.pdf import to_pdf
from tuanhoc.papers.tests.samples import LETTER, REPORT
from tuanhoc.papers.values import Layout, Paragraph

LEAST = Layout(20, 20, 30, 15, 12, 13, 10, 6, 1.0)
MOST = Layout(25, 25, 35, 20, 13, 14, 12.7, 12, 1.5)
LONG = replace(
    LETTER.letterhead, issuer="Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên thành phố Phan Rang - Tháp Chàm"
)


@pytest.mark.parametrize("layout", [LEAST, MOST])
@pytest.mark.parametrize("document", [LETTER, REPORT, replace(LETTER, letterhead=LONG)])
def test_at_both_ends_of_its_ranges_a_document_keeps_the_decree(document, layout):
    assert check(to_docx(replace(document, layout=layout))) == ()


def test_word_is_set_by_the_layout():
    read = Document(io.BytesIO(to_docx(replace(LETTER, layout=MOST))))
    for page in read.sections:
        sides = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
        assert [round(side.mm) for side in sides] == [25, 25, 35, 20]
    text = next(p for p in read.paragraphs if p.text.startswith("Sở Giáo dục"))
    place = text.paragraph_format
    assert (place.first_line_indent, place.space_after, place.line_spacing) == (Mm(12.7), Pt(12), 1.5)
    assert round(sum(cell.width.mm for cell in read.tables[2].rows[0].cells)) == 155


def test_pdf_is_set_by_the_layout():
    def left_edges(layout):
        found = []
        document = replace(REPORT, body=(Paragraph("Lời văn dài nhiều chữ để xuống dòng " * 8),), layout=layout)
        PdfReader(io.BytesIO(to_pdf(document))).pages[0].extract_text(
            visitor_text=lambda text, _cm, tm, _font, size: found.append((round(tm[4]), size)) if text.strip() else None
        )
        return min(x for x, _size in found), {size for _x, size in found}

    least, sizes = left_edges(replace(LEAST, left_mm=35))
    assert least >= round(30 / 25.4 * 72)
    assert {13, 12} <= sizes
    assert 14 not in sizes


def test_the_usual_layout_changes_nothing():
    assert to_docx(replace(LETTER, layout=Layout())) == to_docx(LETTER)
    assert to_pdf(replace(LETTER, layout=Layout())) == to_pdf(LETTER)
