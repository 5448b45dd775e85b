"""Set a form as a small Word file, written part by part (python-docx would bring a template of 36 KB)."""

from xml.sax.saxutils import escape, quoteattr

from scripts.sample_forms.form import Form, Head, Signature, Table, Text
from scripts.sample_forms.packing import SAMPLE_MARK, pack
from scripts.sample_forms.word_table import table_xml
from scripts.sample_forms.word_text import Hand

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NO_LINES = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))


def write(form: Form) -> bytes:
    hand = Hand(form)
    body = "".join(_block(hand, block) for block in form.blocks)
    document = f"{XML}<w:document {W} {R}><w:body>{body}{_page(form)}</w:body></w:document>"
    return pack(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relationships({
                "rId1": ("officeDocument", "word/document.xml"),
                "rId2": ("extended-properties", "docProps/app.xml"),
            }, core=True),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": _relationships({
                "rId1": ("styles", "styles.xml"), "rId2": ("numbering", "numbering.xml"),
                **{f"link{number}": ("hyperlink", address) for number, address in enumerate(hand.links, start=1)},
            }),
            "word/styles.xml": _styles(form),
            "word/numbering.xml": NUMBERING,
            "docProps/core.xml": _core(form),
            "docProps/app.xml": f'{XML}<Properties xmlns="{OFFICE}/extended-properties">'
                                "<Application>Microsoft Office Word</Application></Properties>",
        }
    )  # fmt: skip


def _block(hand: Hand, block: Table | Head | Text | Signature) -> str:
    if isinstance(block, Table):
        return table_xml(hand, block) + "<w:p/>"
    if isinstance(block, Head):
        return _head(hand, block)
    if isinstance(block, Signature):
        return _signature(hand, block)
    apart = '<w:spacing w:before="60" w:after="80"/>'
    return hand.paragraph(block.text, block.align, bold=block.bold, italic=block.italic, more=apart)


def _head(hand: Hand, head: Head) -> str:
    small = 12
    left = [hand.paragraph(line, "center", size_pt=small) for line in head.above]
    left += [hand.paragraph(line, "center", bold=True, size_pt=small) for line in head.own]
    left += [hand.paragraph("_______", "center", size_pt=small)]
    left += [hand.paragraph(head.number, "center", size_pt=small)] if head.number else []
    if not head.motto:
        return "".join(left)
    right = [
        hand.paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "center", bold=True, size_pt=small),
        hand.paragraph("Độc lập - Tự do - Hạnh phúc", "center", bold=True, size_pt=small),
        hand.paragraph("_______________", "center", size_pt=small),
    ]
    right += [hand.paragraph(head.place_and_date, "center", italic=True)] if head.place_and_date else []
    widths = (7200, 7200) if hand.form.landscape else (3900, 5700)
    return _side_by_side("".join(left), "".join(right), widths) + "<w:p/>"


def _signature(hand: Hand, signature: Signature) -> str:
    left = hand.paragraph(signature.left, "center", bold=True) if signature.left else ""
    if signature.recipients:
        left = hand.paragraph("Nơi nhận:", bold=True, italic=True, size_pt=12)
        left += "".join(hand.paragraph(line, size_pt=11) for line in signature.recipients)
    right = "".join(hand.paragraph(line, "center", bold=True) for line in signature.lines)
    if signature.name:
        right += "<w:p/>" * 3 + hand.paragraph(signature.name, "center", bold=True)
    return _side_by_side(left or "<w:p/>", right, (4600, 5000)) + "<w:p/>"


def _side_by_side(left: str, right: str, widths: tuple[int, int]) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
        for width, content in zip(widths, (left, right), strict=True)
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{NO_LINES}</w:tblBorders>'
    look += '<w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>"


def _page(form: Form) -> str:
    size = '<w:pgSz w:w="11906" w:h="16838"/>'
    if form.landscape:
        size = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    return (
        f'<w:sectPr>{size}<w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1418"'
        ' w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )


def _styles(form: Form) -> str:
    font = "Times New Roman"
    size = int(form.size_pt * 2)
    return (
        f'{XML}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"'
        f' w:eastAsia="{font}" w:cs="{font}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:val="vi-VN"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="20" w:after="20"/></w:pPr></w:pPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "</w:style></w:styles>"
    )


NUMBERING = (
    f'{XML}<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="227" w:hanging="227"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def _core(form: Form) -> str:
    stem = escape(form.file.rpartition(".")[0])
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{stem}</dc:title><dc:creator>Văn phòng (mẫu)</dc:creator>"
        f"<cp:keywords>dữ liệu mẫu, sample data</cp:keywords><dc:description>{SAMPLE_MARK}</dc:description>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2022-09-28T08:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2022-09-28T08:00:00Z</dcterms:modified></cp:coreProperties>'
    )


def _content_types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "/word/document.xml": f"{word}.document.main+xml",
        "/word/styles.xml": f"{word}.styles+xml",
        "/word/numbering.xml": f"{word}.numbering+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(parts: dict[str, tuple[str, str]], *, core: bool = False) -> str:
    lines = [
        f'<Relationship Id="{key}" Type="{OFFICE}/relationships/{kind}" Target={quoteattr(target)}'
        + (' TargetMode="External"/>' if kind == "hyperlink" else "/>")
        for key, (kind, target) in parts.items()
    ]
    if core:
        kind = f"{PACKAGE}/relationships/metadata/core-properties"
        lines.append(f'<Relationship Id="rIdCore" Type="{kind}" Target="docProps/core.xml"/>')
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'
