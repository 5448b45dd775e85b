"""Values to PDF: the same page and type as the Word file, drawn with Tinos, which has the widths of Times New Roman.

Rows are drawn as they come; only finished pages, compressed, are kept.
"""

import io

from tuanhoc.papers.decree import POINTS, TEXT_MM, annex_label
from tuanhoc.papers.values import Annex, Layout, Letters, OfficialDocument

from . import letter
from .pages import Pages
from .tables import draw_table
from .text import Face, rule_mm


def to_pdf(document: Annex | OfficialDocument | Letters) -> bytes:
    """Return the document as PDF; each annex begins on a new page, its pages numbered from 1."""
    out = io.BytesIO()
    _draw(document, out)
    return out.getvalue()


def page_count(document: Annex | OfficialDocument | Letters) -> int:
    """Return how many sheets the document prints on, annexes and all."""
    return _draw(document, io.BytesIO())


def _draw(document: Annex | OfficialDocument | Letters, out: io.BytesIO) -> int:
    letters = document.documents if isinstance(document, Letters) else (document,)
    title = " ".join(document.title) if isinstance(document, Annex) else _subject(letters)
    pages = Pages(out, title=title)
    for position, one in enumerate(letters):
        layout = Layout() if isinstance(one, Annex) else one.layout
        if position:
            pages.new_section()
        pages.set_by(layout)
        if isinstance(one, Annex):
            _annex(pages, one, layout)
            continue
        letter.draw(pages, one)
        for number, annex in enumerate(one.annexes):
            pages.new_section()
            _annex(pages, annex, layout, label=annex_label(one.annexes, number))
    return pages.close()


def _subject(letters: tuple[Annex | OfficialDocument, ...]) -> str:
    return next((one.subject for one in letters if isinstance(one, OfficialDocument)), "")


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
