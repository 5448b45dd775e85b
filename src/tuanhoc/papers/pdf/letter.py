"""Letterhead, body, signature and recipients drawn on pages."""

from reportlab.lib.units import mm

from tuanhoc.papers import decree
from tuanhoc.papers.codes import squares
from tuanhoc.papers.decree import BODY_POINTS, HEAD_MM, POINTS, SIGNATURE_MM
from tuanhoc.papers.values import Code, OfficialDocument, Paragraph, Style, Table

from .pages import LEFT, WIDTH, Align, Pages, height
from .tables import draw_table
from .text import Face

#: Word's body stands 1.1 lines apart, and a line of Times is 1.15 of its size.
_LINE = 1.265
_BODY, _PLAIN = Face(BODY_POINTS, line=_LINE), Face(BODY_POINTS, line=1.15)
_SIGNED = Face(BODY_POINTS, bold=True, line=1.15)
_BOLD, _ITALIC = Face(BODY_POINTS, bold=True), Face(BODY_POINTS, italic=True)
_FACES = {
    Style.BASIS: Face(BODY_POINTS, italic=True, line=_LINE),
    Style.PART: Face(BODY_POINTS, bold=True, line=_LINE),
    Style.HEADING: Face(BODY_POINTS, bold=True, line=_LINE),
}
_ROOM_TO_SIGN = 84


def draw(pages: Pages, document: OfficialDocument) -> None:
    """Draw the document down to its recipients, without annexes."""
    _letterhead(pages, document)
    pages.space(14)
    if document.kind:
        pages.lines(document.kind.upper(), _BOLD, align="center")
        pages.lines(document.subject, _BOLD, align="center")
        pages.rule(decree.rule_mm(document.subject, BODY_POINTS, bold=True, within=decree.TEXT_MM))
        pages.space(8)
    _addressees(pages, document.addressees)
    _body(pages, document)
    if document.is_signed:
        _end(pages, document)


def _letterhead(pages: Pages, document: OfficialDocument) -> None:
    head = document.letterhead
    left, right = (width * mm for width in HEAD_MM)
    x = LEFT - (left + right - WIDTH) / 2
    top, issuer, head_face = pages.y, head.issuer.upper(), Face(POINTS, bold=True)
    by: list[tuple[str, Face, Align]] = [(head.superior.upper(), Face(POINTS), "center")] if head.superior else []
    pages.column([*by, (issuer, head_face, "center")], x, left)
    pages.rule_at(x + left / 2, decree.rule_mm(issuer, POINTS, bold=True, within=HEAD_MM[0]))
    below, pages.y = pages.y, top
    pages.column([(decree.COUNTRY, head_face, "center"), (decree.MOTTO, _BOLD, "center")], x + left, right)
    pages.rule_at(x + left + right / 2, decree.width_mm(decree.MOTTO, BODY_POINTS, bold=True))
    pages.y = row = min(below, pages.y) - 12
    pages.column([(decree.number_line(head), Face(13), "center")], x, left)
    if not document.kind:
        pages.space(6)
        pages.column([(f"V/v {document.subject}", Face(12), "center")], x, left)
    below, pages.y = pages.y, row
    pages.column([(decree.place_line(head), _ITALIC, "center")], x + left, right)
    pages.y = min(below, pages.y)


def _addressees(pages: Pages, names: tuple[str, ...]) -> None:
    if len(names) == 1:
        pages.lines(f"Kính gửi: {names[0]}", _PLAIN, align="center")
    elif names:
        pages.lines("Kính gửi:", _PLAIN, left_mm=30)
        for line in decree.dashed_lines(names):
            pages.lines(line, _PLAIN, left_mm=45)
    pages.space(14 if names[1:] else 12)


def _body(pages: Pages, document: OfficialDocument) -> None:
    bases = iter(
        decree.basis_lines([p.text for p in document.body if isinstance(p, Paragraph) and p.style is Style.BASIS])
    )
    for position, block in enumerate(document.body, start=1):
        if isinstance(block, Table):
            draw_table(pages, block)
            pages.space(10)
            continue
        if isinstance(block, Code):
            _code(pages, block)
            continue
        text = next(bases) if block.style is Style.BASIS else block.text
        text = text.upper() if block.style is Style.PART else text
        face = _FACES.get(block.style, _BODY)
        words = height([(text, face, "both")], WIDTH)
        if position == len(document.body):
            # The last words stand on the page of the signature.
            words += _end_height(document)
        elif block.style in {Style.PART, Style.HEADING}:
            words += 3 * _BODY.leading
        pages.keep(words)
        pages.lines(text, face, align="both", first_mm=decree.FIRST_LINE_MM)
        pages.space(6)


def _code(pages: Pages, code: Code) -> None:
    rows, under = squares(code.address), Face(11)
    side = code.width_mm * mm
    step = side / len(rows)
    pages.space(6)
    pages.keep(side + 2 * under.leading)
    left = LEFT + (WIDTH - side) / 2
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                pages.canvas.rect(left + across * step, pages.y - (down + 1) * step, step, step, stroke=0, fill=1)
    pages.space(side)
    pages.lines(code.address, under, align="center")


def _end_columns(document: OfficialDocument) -> tuple[list[tuple[str, Face, Align]], list[tuple[str, Face, Align]]]:
    recipients: list[tuple[str, Face, Align]] = []
    if document.recipients or document.addressees:
        recipients.append(("Nơi nhận:", Face(12, bold=True, italic=True), "left"))
    recipients += [(line, Face(11), "left") for line in decree.recipient_lines(document)]
    return recipients, [(line.upper(), _SIGNED, "center") for line in document.signature or ("",)]


def _end_height(document: OfficialDocument) -> float:
    left, right = _end_columns(document)
    if not document.is_signed:
        return 0
    signed = height(right, SIGNATURE_MM[1] * mm) + _ROOM_TO_SIGN + _SIGNED.leading
    return 6 + max(height(left, SIGNATURE_MM[0] * mm), signed)


def _end(pages: Pages, document: OfficialDocument) -> None:
    pages.keep(_end_height(document))
    left, right = _end_columns(document)
    top, half = pages.y, SIGNATURE_MM[0] * mm
    pages.column(left, LEFT, half)
    below, pages.y = pages.y, top
    pages.column(right, LEFT + half, SIGNATURE_MM[1] * mm)
    pages.space(_ROOM_TO_SIGN)
    pages.column([(document.signer, _SIGNED, "center")], LEFT + half, SIGNATURE_MM[1] * mm)
    pages.y = min(below, pages.y)
