"""Letterhead, body, signature and recipients of an official document as WordprocessingML."""

from collections.abc import Iterator, Mapping

from tuanhoc.papers import decree
from tuanhoc.papers.pdf.text import rule_mm
from tuanhoc.papers.values import Code, Layout, OfficialDocument, Paragraph, Style, Table

from .package import picture_id
from .paragraphs import centred, paragraph, rule, twips
from .pictures import drawing
from .tables import table

#: room for the signature and the seal, points
_ROOM_TO_SIGN = 84


def pieces(document: OfficialDocument, codes: Mapping[str, int]) -> Iterator[str]:
    """Yield the document down to its recipients, without annexes.

    :param codes: address of each code -> number of its picture.
    """
    layout = document.layout
    yield _two_columns(decree.head_mm(layout), _head_rows(document), centred=True)
    yield from _title(document)
    yield from _addressees(document.addressees, layout)
    yield from _body(document.body, layout, codes)
    if document.is_signed:
        yield _two_columns(decree.signature_mm(layout), [(_recipients(document), _signature(document))])


def _head_rows(document: OfficialDocument) -> list[tuple[str, str]]:
    head, layout = document.letterhead, document.layout
    (left, right), points = decree.head_mm(layout), layout.head_points
    issuer, superior = head.issuer.upper(), head.superior.upper()
    above = centred(superior, within=left, points=points) if superior else ""
    by = f"{above}{centred(issuer, within=left, bold=True, points=points)}"
    by += rule(rule_mm(issuer, points, bold=True, within=left), within=left)
    country = paragraph(decree.COUNTRY, align="center", bold=True, points=points)
    motto = paragraph(decree.MOTTO, align="center", bold=True, points=layout.body_points)
    motto += rule(decree.width_mm(decree.MOTTO, layout.body_points, bold=True), within=right)
    number = paragraph(decree.number_line(head), align="center", points=13, before=6)
    if not document.kind:
        number += centred(f"V/v {document.subject}", within=left, points=12, before=6)
    place = paragraph(decree.place_line(head), align="center", italic=True, points=layout.body_points, before=6)
    return [(by, country + motto), (number, place)]


def _title(document: OfficialDocument) -> Iterator[str]:
    points, text_mm = document.layout.body_points, document.layout.text_mm
    yield paragraph("", points=12)
    if document.kind:
        yield paragraph(document.kind.upper(), align="center", bold=True, points=points)
        yield centred(document.subject, within=text_mm, bold=True, points=points)
        length = rule_mm(document.subject, points, bold=True, within=text_mm)
        yield rule(length, within=text_mm)
        yield paragraph("", points=6)


def _addressees(names: tuple[str, ...], layout: Layout) -> Iterator[str]:
    points = layout.body_points
    if len(names) == 1:
        yield paragraph(f"Kính gửi: {names[0]}", align="center", points=points, after=12)
    elif names:
        yield paragraph("Kính gửi:", points=points, left=twips(30), keep=True)
        for line in decree.dashed_lines(names):
            yield paragraph(line, points=points, left=twips(45))
        yield paragraph("", points=6)


def _body(body: tuple[Paragraph | Table | Code, ...], layout: Layout, codes: Mapping[str, int]) -> Iterator[str]:
    bases = iter(decree.basis_lines([p.text for p in body if isinstance(p, Paragraph) and p.style is Style.BASIS]))
    for position, block in enumerate(body, start=1):
        if isinstance(block, Table):
            yield from table(block.within(layout.text_mm))
            yield paragraph("", points=6)
            continue
        if isinstance(block, Code):
            yield drawing(block, picture_id(codes[block.address]))
            continue
        text = next(bases) if block.style is Style.BASIS else block.text
        titled = block.style in {Style.PART, Style.HEADING}
        yield paragraph(
            text.upper() if block.style is Style.PART else text,
            align="both",
            bold=titled,
            italic=block.style is Style.BASIS,
            points=layout.body_points,
            after=layout.gap_points,
            line=layout.line_spacing,
            first=twips(layout.first_line_mm),
            # A heading keeps its text; the last words keep the signature, which never stands alone on a page.
            keep=titled or position == len(body),
        )


def _recipients(document: OfficialDocument) -> str:
    if not document.recipients and not document.addressees:
        return paragraph("")
    lines = [paragraph("Nơi nhận:", bold=True, italic=True, points=12, keep=True)]
    lines += [paragraph(line, points=11, keep=True) for line in decree.recipient_lines(document)]
    return "".join(lines)


def _signature(document: OfficialDocument) -> str:
    points = document.layout.body_points
    lines = [
        paragraph(line.upper(), align="center", bold=True, points=points, keep=True)
        for line in document.signature or ("",)
    ]
    name = paragraph(document.signer, align="center", bold=True, points=points, before=_ROOM_TO_SIGN)
    return "".join(lines) + name


def _two_columns(widths_mm: tuple[float, float], rows: list[tuple[str, str]], *, centred: bool = False) -> str:
    """Return a table without borders or cell margins: what a row holds stands side by side and on one page."""
    widths = [twips(mm) for mm in widths_mm]
    none = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    place = '<w:jc w:val="center"/>' if centred else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for cell, width in zip(row, widths, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    margins = f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{none}</w:tblCellMar>'
    shape = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{place}{margins}'
    return f"<w:tbl><w:tblPr>{shape}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"
