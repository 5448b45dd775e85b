"""The parts of a .docx that are the same in every document."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from tuanhoc.papers.values import ORIGIN

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"
_SHARED = "http://schemas.openxmlformats.org/officeDocument/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE_OWN = "application/vnd.openxmlformats-officedocument"

OPENING = f'{_HEAD}<w:document {_W} xmlns:r="{_R}"><w:body>'
CLOSING = "</w:body></w:document>"
#: of the header with the page number, in the document's relations
HEADER_ID = "rId2"
_BEFORE_PICTURES = 2
#: the format of custom properties; every one has it
_CUSTOM = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def picture_id(number: int) -> str:
    """Return the relation of the document's picture ``number``, counted from 1."""
    return f"rId{_BEFORE_PICTURES + number}"


def fixed_parts(*, pictures: tuple[str, ...] = (), origin: str = "") -> Iterator[tuple[str, str]]:
    """Yield the name and text of each part beside the document itself.

    :param pictures: names of the .png parts it shows, within ``word/``.
    :param origin: a property of the file that Word and LibreOffice keep through edits; blank: none.

    The font is named for every script and the colour is plain black: what a theme decides prints in blue.
    """
    kinds = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_OFFICE}.{kind}+xml"/>'
        for part, kind in (("document", "document.main"), ("styles", "styles"), ("header1", "header"))
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    rels += '<Default Extension="png" ContentType="image/png"/>' if pictures else ""
    if origin:
        kinds += f'<Override PartName="/docProps/custom.xml" ContentType="{_OFFICE_OWN}.custom-properties+xml"/>'
    yield "[Content_Types].xml", f'{_HEAD}<Types xmlns="{_P}/content-types">{rels}{kinds}</Types>'
    told = (("custom-properties", "docProps/custom.xml"),) if origin else ()
    yield "_rels/.rels", _relations(("officeDocument", "word/document.xml"), *told)
    if origin:
        yield "docProps/custom.xml", _property(origin)
    yield (
        "word/_rels/document.xml.rels",
        _relations(("styles", "styles.xml"), ("header", "header1.xml"), *(("image", name) for name in pictures)),
    )
    face = "".join(f' w:{script}="Times New Roman"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    run = f'<w:rFonts{face}/><w:color w:val="000000"/><w:sz w:val="26"/><w:szCs w:val="26"/><w:lang w:val="vi-VN"/>'
    style = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    yield "word/styles.xml", f"{_HEAD}<w:styles {_W}>{defaults}{style}</w:styles>"
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    centred = '<w:pPr><w:jc w:val="center"/></w:pPr>'
    yield "word/header1.xml", f"{_HEAD}<w:hdr {_W}><w:p>{centred}{number}</w:p></w:hdr>"


def _property(origin: str) -> str:
    value = f"<vt:lpwstr>{escape(origin)}</vt:lpwstr>"
    spaces = f'xmlns="{_SHARED}/custom-properties" xmlns:vt="{_SHARED}/docPropsVTypes"'
    one = f'<property fmtid="{_CUSTOM}" pid="2" name="{ORIGIN}">{value}</property>'
    return f"{_HEAD}<Properties {spaces}>{one}</Properties>"


def _relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{_R}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_P}/relationships">{rows}</Relationships>'
