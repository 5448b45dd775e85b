"""Values to Word: the page and type of Decree 30/2020/NĐ-CP, written as the XML itself.

Written row by row into the archive, so that memory does not grow with the table.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping

from tuanhoc.papers.decree import POINTS, TEXT_MM, annex_label
from tuanhoc.papers.pdf.text import rule_mm
from tuanhoc.papers.values import Annex, Layout, Letters, OfficialDocument

from . import letter, package, pictures
from .paragraphs import centred, closing, paragraph, rule, section, twips
from .tables import table


def to_docx(document: Annex | OfficialDocument | Letters) -> bytes:
    """Return the document as .docx: A4, Times New Roman, page number top centre from page two, set by its layout.

    Each annex is a section of its own, its pages numbered from 1 (Phụ lục I, Phần I, Mục III, khoản 1đ); so is
    each of several letters.
    """
    out = io.BytesIO()
    codes = pictures.codes_of(_letters(document))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as parts:
        names = tuple(pictures.part_name(n) for n, _code in enumerate(codes, start=1))
        origin = document.origin if isinstance(document, OfficialDocument) else ""
        for name, text in package.fixed_parts(pictures=names, origin=origin):
            parts.writestr(_part(name), text)
        for name, data in pictures.parts(codes):
            parts.writestr(_part(name), data)
        with parts.open(_part("word/document.xml"), "w") as body:
            for piece in _document(document, {code.address: n for n, code in enumerate(codes, start=1)}):
                body.write(piece.encode("utf-8"))
    return out.getvalue()


def _letters(document: Annex | OfficialDocument | Letters) -> tuple[OfficialDocument, ...]:
    if isinstance(document, Letters):
        return document.documents
    return () if isinstance(document, Annex) else (document,)


def _part(name: str) -> zipfile.ZipInfo:
    # Dated like every ZipInfo of its own, in 1980: the same document gives the same bytes.
    part = zipfile.ZipInfo(name)
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def _document(document: Annex | OfficialDocument | Letters, codes: Mapping[str, int]) -> Iterator[str]:
    yield package.OPENING
    layout = Layout()
    if isinstance(document, Annex):
        yield from _annex(document, layout)
    for position, one in enumerate(_letters(document)):
        if position:
            yield section(layout, inside_a_paragraph=True)
        layout = one.layout
        yield from letter.pieces(one, codes)
        for number, annex in enumerate(one.annexes):
            yield section(layout, inside_a_paragraph=True)
            yield from _annex(annex, layout, label=annex_label(one.annexes, number))
        if not one.annexes:
            # Word wants a paragraph after the last table.
            yield closing()
    yield section(layout)
    yield package.CLOSING


def _annex(annex: Annex, layout: Layout, *, label: str = "") -> Iterator[str]:
    if label:
        yield paragraph(label, align="center", bold=True, points=14)
    for line in annex.title:
        yield centred(line.upper(), within=layout.text_mm, bold=True, points=14)
    yield centred(annex.attached_to, within=layout.text_mm, italic=True)
    if label:
        yield rule(rule_mm(annex.title[-1].upper(), 14, bold=True, within=layout.text_mm), within=layout.text_mm)
    yield paragraph(annex.organisation, before=6, after=6)
    yield from table(annex.table.within(layout.text_mm))
    yield paragraph("", points=6)
    for line in annex.signature:
        # The right column of a signature block begins at the middle of the text.
        yield paragraph(
            line, align="center", bold=True, points=POINTS, left=twips(80 * layout.text_mm / TEXT_MM), keep=True
        )
    for number, line in enumerate(annex.foot):
        yield paragraph(line, italic=True, points=11, before=60 if number == 0 and annex.signature else 0)
