"""Values to Word: the page and type of Decree 30/2020/NĐ-CP, written as the XML itself.

Written row by row, so that memory does not grow with the table.
"""

import io
import math
import re
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from .values import Annex, Table

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: Letters XML 1.0 has no place for; Word leaves some behind when cells are pasted.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: Twentieths of a point in a millimetre.
_TWIPS = 56.6929


def to_docx(annex: Annex) -> bytes:
    """Return the annex as .docx: A4, margins 20/20/30/15 mm, Times New Roman, page number top centre from page two."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, text in _fixed_parts():
            parts.writestr(name, text)
        with parts.open("word/document.xml", "w") as body:
            for piece in _document(annex):
                body.write(piece.encode("utf-8"))
    return out.getvalue()


def _fixed_parts() -> Iterator[tuple[str, str]]:
    kinds = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_OFFICE}.{kind}+xml"/>'
        for part, kind in (("document", "document.main"), ("styles", "styles"), ("header1", "header"))
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    yield "[Content_Types].xml", f'{_HEAD}<Types xmlns="{_P}/content-types">{rels}{kinds}</Types>'
    yield "_rels/.rels", _relations(("officeDocument", "word/document.xml"))
    yield "word/_rels/document.xml.rels", _relations(("styles", "styles.xml"), ("header", "header1.xml"))
    face = "".join(f' w:{script}="Times New Roman"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    run = f'<w:rFonts{face}/><w:color w:val="000000"/><w:sz w:val="26"/><w:szCs w:val="26"/><w:lang w:val="vi-VN"/>'
    style = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    yield "word/styles.xml", f"{_HEAD}<w:styles {_W}>{defaults}{style}</w:styles>"
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    centred = '<w:pPr><w:jc w:val="center"/></w:pPr>'
    yield "word/header1.xml", f"{_HEAD}<w:hdr {_W}><w:p>{centred}{number}</w:p></w:hdr>"


def _relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{_R}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_P}/relationships">{rows}</Relationships>'


def _document(annex: Annex) -> Iterator[str]:
    yield f'{_HEAD}<w:document {_W} xmlns:r="{_R}"><w:body>'
    for line in annex.title:
        yield _paragraph(line.upper(), align="center", bold=True, half_points=28)
    yield _paragraph(annex.attached_to, align="center", italic=True)
    yield _paragraph(annex.organisation, before=120, after=120)
    yield from _table(annex.table)
    yield _paragraph("", half_points=12)
    for line in annex.signature:
        # The right column of a signature block begins at the middle of the text.
        yield _paragraph(line, align="center", bold=True, indent=round(80 * _TWIPS), keep=True)
    for number, line in enumerate(annex.foot):
        yield _paragraph(line, italic=True, half_points=22, before=1200 if number == 0 else 0)
    # Rounded up: a hair under 15 mm is under the decree's least margin.
    margins = {"top": 20, "bottom": 20, "left": 30, "right": 15, "header": 10, "footer": 10}
    edges = "".join(f' w:{side}="{math.ceil(mm * _TWIPS)}"' for side, mm in margins.items())
    yield (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar{edges} w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/></w:sectPr></w:body></w:document>'
    )


def _paragraph(
    text: str,
    *,
    align: str = "left",
    bold: bool = False,
    italic: bool = False,
    half_points: int = 26,
    before: int = 0,
    after: int = 0,
    indent: int = 0,
    keep: bool = False,
) -> str:
    place = ("<w:keepNext/>" if keep else "") + f'<w:spacing w:before="{before}" w:after="{after}"/>'
    place += (f'<w:ind w:left="{indent}"/>' if indent else "") + f'<w:jc w:val="{align}"/>'
    type_ = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    type_ += f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in _ILLEGAL.sub("", text).splitlines()
    )
    return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:rPr>{type_}</w:rPr>{lines}</w:r></w:p>"


def _table(table: Table) -> Iterator[str]:
    widths = [round(mm * _TWIPS) for mm in table.widths_mm]
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    yield f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
    yield '<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"
    heads = "".join(_cell(text, w, align="center", bold=True) for text, w in zip(table.columns, widths, strict=True))
    yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"
    above: tuple[str, ...] | None = None
    for row in table.rows:
        joined = above is not None and row[: table.merged] == above[: table.merged]
        cells = "".join(
            _cell("" if joined and n < table.merged else text, width, merge=_merge(n < table.merged, joined))
            for n, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
        above = row
    yield "</w:tbl>"


def _merge(is_merged: bool, joined: bool) -> str:
    if not is_merged:
        return ""
    return "<w:vMerge/>" if joined else '<w:vMerge w:val="restart"/>'


def _cell(text: str, width: int, *, align: str = "left", bold: bool = False, merge: str = "") -> str:
    centred = "center" if merge else align
    paragraph = _paragraph(text, align=centred, bold=bold, before=40, after=40)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}</w:tcPr>{paragraph}</w:tc>'
