"""One page of a PDF as pdfium shows it: its letters with their places, its rules, its links."""

from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from .layout import Sheet
from .pdf_letters import Letters
from .pdf_rules import DEEPEST, Edges, Place, Strikes, links_of, rules_of


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says.

    ``hidden``: letters that lie unseen under a scan; ``unmapped``: letters of unknown meaning; ``pictured``: the
    share of the page that pictures cover.
    """

    sheet: Sheet
    shown: int
    hidden: int
    unmapped: int
    pictured: float = 0.0


def page_text(page: pdfium.PdfPage, number: int) -> PageText:
    """Read a page's letters, rules and links."""
    place = Place(page)
    rules = tuple(rules_of(page, place))
    text = page.get_textpage()
    try:
        letters = Letters(text, place, Strikes(rules), Edges(rules))
        letters.read()
    finally:
        text.close()
    width, height = place.size()
    inside = tuple(w for w in letters.words if -5 < w.across < width + 5 and -5 < w.down < height + 5)
    sheet = Sheet(number, width, height, inside, rules, tuple(links_of(page, place)))
    pictured = _pictured(page) / max(1.0, width * height)
    return PageText(sheet, letters.shown, letters.hidden, letters.unmapped, pictured)


def _pictured(page: pdfium.PdfPage) -> float:
    """Return the area of a page's pictures; scanners cut one page into strips."""
    total = 0.0
    for number, picture in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=DEEPEST)):
        if number > 500:
            break
        left, bottom, right, top = picture.get_bounds()
        total += max(0.0, right - left) * max(0.0, top - bottom)
    return total
