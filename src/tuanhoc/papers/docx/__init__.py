"""Values to Word: the page and type of Decree 30/2020/NĐ-CP, written as the XML itself.

Written row by row into the archive, so that memory does not grow with the table.
"""

import io
import zipfile
from collections.abc import Iterator

from tuanhoc.papers.decree import POINTS, TEXT_MM, annex_label, rule_mm
from tuanhoc.papers.values import Annex, OfficialDocument

from . import letter, package
from .paragraphs import paragraph, rule, section, twips
from .tables import table


def to_docx(document: Annex | OfficialDocument) -> bytes:
    """Return the document as .docx: A4, margins 20/20/30/15 mm, Times New Roman, page number top centre from page two.

    Each annex is a section of its own, its pages numbered from 1 (Phụ lục I, Phần I, Mục III, khoản 1đ).
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as parts:
        origin = document.origin if isinstance(document, OfficialDocument) else ""
        for name, text in package.parts(origin):
            parts.writestr(_part(name), text)
        with parts.open(_part("word/document.xml"), "w") as body:
            for piece in _document(document):
                body.write(piece.encode("utf-8"))
    return out.getvalue()


def _part(name: str) -> zipfile.ZipInfo:
    # Dated like every ZipInfo of its own, in 1980: the same document gives the same bytes.
    part = zipfile.ZipInfo(name)
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def _document(document: Annex | OfficialDocument) -> Iterator[str]:
    yield package.OPENING
    if isinstance(document, Annex):
        yield from _annex(document)
    else:
        yield from letter.pieces(document)
        for position, annex in enumerate(document.annexes):
            yield section(inside_a_paragraph=True)
            yield from _annex(annex, label=annex_label(document.annexes, position))
        if not document.annexes:
            # Word wants a paragraph after the last table.
            yield paragraph("", points=1)
    yield section()
    yield package.CLOSING


def _annex(annex: Annex, *, label: str = "") -> Iterator[str]:
    if label:
        yield paragraph(label, align="center", bold=True, points=14)
    for line in annex.title:
        yield paragraph(line.upper(), align="center", bold=True, points=14)
    yield paragraph(annex.attached_to, align="center", italic=True)
    if label:
        yield rule(rule_mm(annex.title[-1].upper(), 14, bold=True, within=TEXT_MM), within=TEXT_MM)
    yield paragraph(annex.organisation, before=6, after=6)
    yield from table(annex.table)
    yield paragraph("", points=6)
    for line in annex.signature:
        # The right column of a signature block begins at the middle of the text.
        yield paragraph(line, align="center", bold=True, points=POINTS, left=twips(80), keep=True)
    for number, line in enumerate(annex.foot):
        yield paragraph(line, italic=True, points=11, before=60 if number == 0 and annex.signature else 0)
