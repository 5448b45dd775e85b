"""Paragraphs, rules and sections as WordprocessingML."""

import math
import re
import unicodedata
from xml.sax.saxutils import escape

from tuanhoc.papers.decree import PAGE_MM, POINTS
from tuanhoc.papers.pdf.text import Face
from tuanhoc.papers.values import Layout

from .package import HEADER_ID

#: Letters XML 1.0 has no place for; Word leaves some behind when cells are pasted.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Twentieths of a point in a millimetre.
_TWIPS = 56.6929
#: of a rule, in eighths of a point
_RULE = 6


def twips(mm: float) -> int:
    """Return a length as Word counts it."""
    return round(mm * _TWIPS)


def paragraph(
    text: str,
    *,
    align: str = "left",
    bold: bool = False,
    italic: bool = False,
    points: float = POINTS,
    before: float = 0,
    after: float = 0,
    line: float = 1,
    left: int = 0,
    right: int = 0,
    first: int = 0,
    keep: bool = False,
) -> str:
    """Return one paragraph; ``before`` and ``after`` in points, ``left``, ``right`` and ``first`` in twips.

    ``keep`` holds it on the page of the next one. Line ends in ``text`` become line breaks.
    """
    opening, closing = frame(
        align=align, bold=bold, italic=italic, points=points, before=before, after=after, line=line, left=left,
        right=right, first=first, keep=keep,
    )  # fmt: skip
    return f"{opening}{runs(text)}{closing}"


def centred(
    text: str,
    *,
    within: float,
    bold: bool = False,
    italic: bool = False,
    points: float = POINTS,
    before: float = 0,
) -> str:
    """Return a paragraph centred in ``within`` millimetres; of several lines, each is about as long as the others.

    No line break is put into the words: the paragraph is as narrow as the same number of lines allows.
    """
    face = Face(points, bold=bold, italic=italic)
    whole = unicodedata.normalize("NFC", text)
    lines = face.balanced(whole, within / 25.4 * 72)
    side = 0
    if len(lines) > 1:
        longest = max(face.width(" ".join(words)) for words in lines) / 72 * 25.4
        # A millimetre more than measured: rounding in Word must not make one line more.
        side = max(0, twips((within - longest - 1) / 2))
    return paragraph(
        text, align="center", bold=bold, italic=italic, points=points, before=before, left=side, right=side
    )


def frame(
    *,
    align: str,
    bold: bool,
    italic: bool,
    points: float,
    before: float,
    after: float,
    line: float = 1,
    left: int = 0,
    right: int = 0,
    first: int = 0,
    keep: bool = False,
) -> tuple[str, str]:
    """Return what stands before and after the text of a paragraph, for those that set thousands of them alike."""
    spacing = f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"'
    place = ("<w:keepNext/>" if keep else "") + spacing + f' w:line="{round(line * 240)}" w:lineRule="auto"/>'
    if left or right or first:
        side = f' w:right="{right}"' if right else ""
        place += f'<w:ind w:left="{left}"{side} w:firstLine="{first}"/>'
    face = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    size = f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'
    return f'<w:p><w:pPr>{place}<w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>{face}{size}</w:rPr>', "</w:r></w:p>"


def runs(text: str) -> str:
    """Return the text of a run, in NFC, with its line breaks."""
    clean = _ILLEGAL.sub("", unicodedata.normalize("NFC", text))
    lines = clean.splitlines() if "\n" in clean or not clean.isprintable() else [clean]
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines if line or len(lines) > 1)


def rule(length_mm: float, *, within: float, keep: bool = False) -> str:
    """Return a solid rule of ``length_mm`` centred in a column: the border of an all but empty paragraph."""
    side = twips((within - length_mm) / 2)
    border = f'<w:pBdr><w:top w:val="single" w:sz="{_RULE}" w:space="1" w:color="000000"/></w:pBdr>'
    place = '<w:spacing w:before="40" w:after="0" w:line="80" w:lineRule="exact"/>'
    place += f'<w:ind w:left="{side}" w:right="{side}"/>'
    mark = '<w:rPr><w:sz w:val="4"/></w:rPr>'
    return f"<w:p><w:pPr>{'<w:keepNext/>' if keep else ''}{border}{place}{mark}</w:pPr></w:p>"


def section(layout: Layout, *, inside_a_paragraph: bool = False) -> str:
    """Return the page: A4, its margins, its number hidden on page one and counted from 1 anew.

    A section that another one follows ends in a paragraph of its own.
    """
    # Rounded up: a hair under 15 mm is under the decree's least margin.
    margins = {
        "top": layout.top_mm, "right": layout.right_mm, "bottom": layout.bottom_mm, "left": layout.left_mm,
        "header": 10, "footer": 10,
    }  # fmt: skip
    edges = "".join(f' w:{side}="{math.ceil(mm * _TWIPS)}"' for side, mm in margins.items())
    page = (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{HEADER_ID}"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{round(PAGE_MM[0] * _TWIPS)}" w:h="{round(PAGE_MM[1] * _TWIPS)}"/>'
        f'<w:pgMar{edges} w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )
    return closing(page) if inside_a_paragraph else page


def closing(page: str = "") -> str:
    """Return the paragraph Word wants after a table or at the end of a section: too low to begin a page of its own."""
    tiny = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>'
    return f"<w:p><w:pPr>{tiny}{page}</w:pPr></w:p>"
