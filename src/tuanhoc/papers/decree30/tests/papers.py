"""Good documents, opened to be spoiled in one way at a time."""

import io
from dataclasses import replace

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.tests.samples import LETTER, REPORT
from tuanhoc.papers.values import OfficialDocument, Paragraph, Style

SIGNED = replace(
    REPORT,
    letterhead=replace(LETTER.letterhead, superior="", issuer="Ủy ban nhân dân tỉnh Ninh Thuận", number="5/BC-UBND"),
    body=(
        Paragraph("Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019", Style.BASIS),
        Paragraph("Căn cứ Kế hoạch số 4556/KH-UBND ngày 31 tháng 8 năm 2021.", Style.BASIS),
        Paragraph("I. Kết quả", Style.PART),
        Paragraph("1. Hoạt động đã tổ chức", Style.HEADING),
        Paragraph("Các cơ quan, đơn vị đã tổ chức đầy đủ các hoạt động theo kế hoạch và báo cáo đúng hạn. " * 2),
        Paragraph("a) Có 1.234 lượt người tham gia."),
        Paragraph("b) Có 12 buổi."),
        Paragraph("II. Kiến nghị", Style.PART),
        Paragraph("Trên đây là báo cáo./."),
    ),
    signature=("TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"),
    recipients=("Bộ GDĐT (b/c)", "Lưu: VT"),
)


def opened(document: OfficialDocument):
    return Document(io.BytesIO(to_docx(document)))


def saved(opened_document) -> bytes:
    out = io.BytesIO()
    opened_document.save(out)
    return out.getvalue()


def paragraphs(document):
    """Every paragraph, those of cells too, in reading order."""
    from docx.text.paragraph import Paragraph as Opened

    return [Opened(p, document) for p in document.element.body.iter(qn("w:p"))]


def find(document, begins):
    return next(p for p in paragraphs(document) if p.text.startswith(begins))


def rule_after(document, begins):
    """The paragraph that is the rule under a line."""
    every = paragraphs(document)
    at = next(n for n, p in enumerate(every) if p.text.startswith(begins))
    return next(p for p in every[at:] if p._p.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is not None)


def element(name, **values):
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made
