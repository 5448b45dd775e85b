"""Values to PDF: the same page and type as the Word file, drawn with Tinos, which has the widths of Times New Roman.

Rows are drawn as they come; only finished pages, compressed, are kept.
"""

import io

from tuanhoc.papers.decree import POINTS, TEXT_MM, annex_label, rule_mm
from tuanhoc.papers.values import Annex, Layout, OfficialDocument

from . import letter
from .pages import Pages
from .tables import draw_table
from .text import Face


def to_pdf(document: Annex | OfficialDocument) -> bytes:
    """Return the document as PDF; each annex begins on a new page, its pages numbered from 1."""
    out = io.BytesIO()
    _draw(document, out)
    return out.getvalue()


def page_count(document: Annex | OfficialDocument) -> int:
    """Return how many sheets the document prints on, annexes and all."""
    return _draw(document, io.BytesIO())


def _draw(document: Annex | OfficialDocument, out: io.BytesIO) -> int:
    title = " ".join(document.title) if isinstance(document, Annex) else document.subject
    layout = Layout() if isinstance(document, Annex) else document.layout
    pages = Pages(out, title=title, layout=layout)
    if isinstance(document, Annex):
        _annex(pages, document, layout)
    else:
        letter.draw(pages, document)
        for position, annex in enumerate(document.annexes):
            pages.new_section()
            _annex(pages, annex, layout, label=annex_label(document.annexes, position))
    return pages.close()


def _annex(pages: Pages, annex: Annex, layout: Layout, *, label: str = "") -> None:
    title = Face(14, bold=True)
    if label:
        pages.lines(label, title, align="center")
    for line in annex.title:
        pages.lines(line.upper(), title, align="center")
    pages.lines(annex.attached_to, Face(POINTS, italic=True), align="center")
    if label:
        pages.rule(rule_mm(annex.title[-1].upper(), 14, bold=True, within=layout.text_mm))
    pages.space(6)
    pages.lines(annex.organisation, Face(POINTS))
    pages.space(6)
    draw_table(pages, annex.table.within(layout.text_mm))
    pages.space(12)
    pages.keep((len(annex.signature) + 2) * 18)
    for line in annex.signature:
        pages.lines(line, Face(POINTS, bold=True), align="center", left_mm=80 * layout.text_mm / TEXT_MM)
    if annex.signature and annex.foot:
        pages.space(60)
    for line in annex.foot:
        pages.lines(line, Face(11, italic=True))
