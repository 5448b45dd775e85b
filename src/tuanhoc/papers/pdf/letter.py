"""Letterhead, body, signature and recipients drawn on pages."""

from reportlab.lib.units import mm

from tuanhoc.papers import decree
from tuanhoc.papers.codes import squares
from tuanhoc.papers.values import Code, OfficialDocument, Paragraph, Style, Table

from .pages import Align, Pages, height
from .tables import draw_table
from .text import Face, rule_mm

_ROOM_TO_SIGN = 84
#: A line of Times in Word, of the size.
_LINE = 1.15


def _face(document: OfficialDocument, *, bold: bool = False, italic: bool = False, flowing: bool = False) -> Face:
    """Return the type of the text; ``flowing`` text has the spacing of its layout."""
    line = _LINE * document.layout.line_spacing if flowing else _LINE
    return Face(document.layout.body_points, bold=bold, italic=italic, line=line)


def draw(pages: Pages, document: OfficialDocument) -> None:
    """Draw the document down to its recipients, without annexes."""
    _letterhead(pages, document)
    pages.space(14)
    if document.kind:
        bold, layout = _face(document, bold=True), document.layout
        pages.lines(document.kind.upper(), bold, align="center")
        pages.lines(document.subject, bold, align="center")
        pages.rule(rule_mm(document.subject, layout.body_points, bold=True, within=layout.text_mm))
        pages.space(8)
    _addressees(pages, document)
    _body(pages, document)
    if document.is_signed:
        _end(pages, document)


def _letterhead(pages: Pages, document: OfficialDocument) -> None:
    head = document.letterhead
    layout, (left_mm, right_mm) = document.layout, decree.head_mm(document.layout)
    left, right = left_mm * mm, right_mm * mm
    x = pages.left - (left + right - pages.width) / 2
    points, body_points = layout.head_points, layout.body_points
    top, issuer, head_face = pages.y, head.issuer.upper(), Face(points, bold=True)
    by: list[tuple[str, Face, Align]] = [(head.superior.upper(), Face(points), "center")] if head.superior else []
    pages.column([*by, (issuer, head_face, "center")], x, left)
    pages.rule_at(x + left / 2, rule_mm(issuer, points, bold=True, within=left_mm))
    below, pages.y = pages.y, top
    pages.column(
        [(decree.COUNTRY, head_face, "center"), (decree.MOTTO, _face(document, bold=True), "center")], x + left, right
    )
    pages.rule_at(x + left + right / 2, decree.width_mm(decree.MOTTO, body_points, bold=True))
    pages.y = row = min(below, pages.y) - 12
    pages.column([(decree.number_line(head), Face(13), "center")], x, left)
    if not document.kind:
        pages.space(6)
        pages.column([(f"V/v {document.subject}", Face(12), "center")], x, left)
    below, pages.y = pages.y, row
    pages.column([(decree.place_line(head), _face(document, italic=True), "center")], x + left, right)
    pages.y = min(below, pages.y)


def _addressees(pages: Pages, document: OfficialDocument) -> None:
    names, face = document.addressees, _face(document)
    if len(names) == 1:
        pages.lines(f"Kính gửi: {names[0]}", face, align="center")
    elif names:
        pages.lines("Kính gửi:", face, left_mm=30)
        for line in decree.dashed_lines(names):
            pages.lines(line, face, left_mm=45)
    pages.space(14 if names[1:] else 12)


def _body(pages: Pages, document: OfficialDocument) -> None:
    bases = iter(
        decree.basis_lines([p.text for p in document.body if isinstance(p, Paragraph) and p.style is Style.BASIS])
    )
    body = _face(document, flowing=True)
    bold, italic = _face(document, bold=True, flowing=True), _face(document, italic=True, flowing=True)
    for position, block in enumerate(document.body, start=1):
        if isinstance(block, Table):
            draw_table(pages, block.within(document.layout.text_mm))
            pages.space(10)
            continue
        if isinstance(block, Code):
            _code(pages, block)
            continue
        text = next(bases) if block.style is Style.BASIS else block.text
        text = text.upper() if block.style is Style.PART else text
        face = {Style.BASIS: italic, Style.PART: bold, Style.HEADING: bold}.get(block.style, body)
        words = height([(text, face, "both")], pages.width)
        if position == len(document.body):
            # The last words stand on the page of the signature.
            words += _end_height(document)
        elif block.style in {Style.PART, Style.HEADING}:
            words += 3 * body.leading
        pages.keep(words)
        pages.lines(text, face, align="both", first_mm=document.layout.first_line_mm)
        pages.space(document.layout.gap_points)


def _code(pages: Pages, code: Code) -> None:
    rows, under = squares(code.address), Face(11)
    side = code.width_mm * mm
    step = side / len(rows)
    pages.space(6)
    pages.keep(side + 2 * under.leading)
    left = pages.left + (pages.width - side) / 2
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                pages.canvas.rect(left + across * step, pages.y - (down + 1) * step, step, step, stroke=0, fill=1)
    pages.space(side)
    pages.lines(code.address, under, align="center")


def _end_columns(document: OfficialDocument) -> tuple[list[tuple[str, Face, Align]], list[tuple[str, Face, Align]]]:
    bold = _face(document, bold=True)
    recipients: list[tuple[str, Face, Align]] = []
    if document.recipients or document.addressees:
        recipients.append(("Nơi nhận:", Face(12, bold=True, italic=True), "left"))
    recipients += [(line, Face(11), "left") for line in decree.recipient_lines(document)]
    return recipients, [(line.upper(), bold, "center") for line in document.signature or ("",)]


def _end_height(document: OfficialDocument) -> float:
    left, right = _end_columns(document)
    if not document.is_signed:
        return 0
    left_mm, right_mm = decree.signature_mm(document.layout)
    signed = height(right, right_mm * mm) + _ROOM_TO_SIGN + _face(document, bold=True).leading
    return 6 + max(height(left, left_mm * mm), signed)


def _end(pages: Pages, document: OfficialDocument) -> None:
    pages.keep(_end_height(document))
    left, right = _end_columns(document)
    half, rest = (width * mm for width in decree.signature_mm(document.layout))
    top = pages.y
    pages.column(left, pages.left, half)
    below, pages.y = pages.y, top
    pages.column(right, pages.left + half, rest)
    pages.space(_ROOM_TO_SIGN)
    pages.column([(document.signer, _face(document, bold=True), "center")], pages.left + half, rest)
    pages.y = min(below, pages.y)
