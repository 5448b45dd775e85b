"""One table under its title as a Word file on Decree 30's page, XML written by ourselves."""

import io
import zipfile
from xml.sax.saxutils import escape

from tuanhoc.papers.values import Table

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FACE = (
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman"'
    ' w:cs="Times New Roman"/>'
)
#: A4 portrait in twips; 20 mm top and bottom, 30 mm left, 15 mm right.
_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>'
    "<w:titlePg/></w:sectPr>"
)


def to_docx(title: str, table: Table) -> bytes:
    """Return the document; the page number is hidden on page one, the heading row repeats."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/><Override PartName="/word/header1.xml" ContentType="{_MAIN}.header+xml"/></Types>')  # noqa: E501
        parts.writestr("_rels/.rels", _link("officeDocument", "word/document.xml"))
        parts.writestr("word/_rels/document.xml.rels", _link("header", "header1.xml"))
        number = f'<w:fldSimple w:instr="PAGE"><w:r><w:rPr>{_FACE}<w:sz w:val="26"/></w:rPr><w:t>2</w:t></w:r></w:fldSimple>'  # noqa: E501
        parts.writestr("word/header1.xml", f'{_HEAD}<w:hdr {_W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{number}</w:p></w:hdr>')  # noqa: E501
        with parts.open("word/document.xml", "w") as body:
            grid = "".join(f'<w:gridCol w:w="{round(w * 56.7)}"/>' for w in table.widths_mm)
            edges = "".join(f'<w:{e} w:val="single" w:sz="4"/>' for e in ("top", "left", "bottom", "right", "insideH", "insideV"))  # noqa: E501
            body.write(f'{_HEAD}<w:document {_W} xmlns:r="{_R}"><w:body>{_text(title, True)}<w:tbl><w:tblPr><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'.encode())  # noqa: E501
            body.write(_row(table, table.columns, None).encode())
            above: tuple[str, ...] = ()
            for row in table.rows:
                body.write(_row(table, row, above).encode())
                above = row
            body.write(f"</w:tbl>{_text('', False)}{_SECTION}</w:body></w:document>".encode())
    return out.getvalue()


def _link(kind: str, target: str) -> str:
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_R}/{kind}" Target="{target}"/></Relationships>'  # noqa: E501


def _row(table: Table, row: tuple[str, ...], above: tuple[str, ...] | None) -> str:
    heading = above is None
    cells = ""
    for n, (cell, width) in enumerate(zip(row, table.widths_mm, strict=True)):
        same = bool(above) and n < table.merged and row[: n + 1] == (above or ())[: n + 1]
        merge = "" if heading or n >= table.merged else "<w:vMerge/>" if same else '<w:vMerge w:val="restart"/>'
        cells += f'<w:tc><w:tcPr><w:tcW w:w="{round(width * 56.7)}" w:type="dxa"/>{merge}</w:tcPr>{_text("" if same else cell, heading)}</w:tc>'  # noqa: E501
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if heading else ''}</w:trPr>{cells}</w:tr>"


def _text(text: str, strong: bool) -> str:
    look = '<w:pPr><w:jc w:val="center"/></w:pPr>' if strong else ""
    return f'<w:p>{look}<w:r><w:rPr>{_FACE}{"<w:b/>" if strong else ""}<w:sz w:val="26"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'  # noqa: E501
