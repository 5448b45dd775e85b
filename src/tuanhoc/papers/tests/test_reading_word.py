"""A Word file is read as its page shows it."""

import io
import zipfile

import pytest

from tuanhoc.papers.reading import Grid, Paragraph, Unreadable, limits, read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml"'


def word(body, *, numbering="", styles="", links="", **parts):
    """Return a .docx with this body; ``parts`` are further parts by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        if numbering:
            file.writestr("word/numbering.xml", f"<w:numbering {NAMES}>{numbering}</w:numbering>")
        if styles:
            file.writestr("word/styles.xml", f"<w:styles {NAMES}>{styles}</w:styles>")
        relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
        file.writestr("word/_rels/document.xml.rels", relations)
        for name, xml in parts.items():
            file.writestr(f"word/{name}.xml", xml)
    return read(out.getvalue(), "a.docx")


def p(inner, properties=""):
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}{inner}</w:p>"


def r(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(inner="", properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner or p('')}</w:tc>"


def texts(document):
    return [block.text for block in document.blocks if isinstance(block, Paragraph) and block.text]


def cells(document, number=0):
    grid = [block for block in document.blocks if isinstance(block, Grid)][number]
    return {(c.row, c.column): (c.text, c.row_span, c.column_span) for c in grid.cells if c.text}


LISTS = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2">
 <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""


def item(text, number, level=0):
    return p(r(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_and_bullets_are_written_out():
    body = item("A", 1) + item("B", 1) + item("C", 1, 1) + item("D", 1, 1) + item("E", 1) + item("F", 2) + item("G", 3)
    body += item("H", 4) + item("I", 0)
    assert texts(word(body, numbering=LISTS)) == [
        "1. A", "2. B", "a) C", "b) D", "3. E", "- F", "• G", "1. H", "I",
    ]  # fmt: skip


def test_lists_may_come_from_a_style():
    style = '<w:style w:type="paragraph" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    assert texts(word(p(r("A"), '<w:pStyle w:val="L"/>'), numbering=LISTS, styles=style)) == ["- A"]


def test_deleted_and_hidden_text_is_out_inserted_text_is_in():
    hidden = '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = p(
        r("Mở ") + f"<w:del><w:r><w:delText>bỏ </w:delText></w:r></w:del><w:ins>{r('thêm ')}</w:ins>"
        f"<w:moveFrom>{r('đi ')}</w:moveFrom><w:moveTo>{r('đến')}</w:moveTo>"
        + r("ẩn", "<w:vanish/>") + r("ẩn", '<w:rStyle w:val="H"/>') + r(" hiện", '<w:vanish w:val="0"/>')
    )  # fmt: skip
    assert texts(word(body, styles=hidden)) == ["Mở thêm đến hiện"]


def test_a_text_box_is_read_once_after_its_paragraph():
    box = f"<w:txbxContent>{p(r('UBND HUYỆN'))}</w:txbxContent>"
    body = p(
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>{r('Trước')}"
    )
    assert texts(word(body)) == ["Trước", "UBND HUYỆN"]


def test_controls_fields_symbols_and_hyphens():
    body = (
        f"<w:sdt><w:sdtContent>{p(r('Trong khung'))}</w:sdtContent></w:sdt>"
        + p(
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Nhấn để nhập')}</w:sdtContent></w:sdt>"
            + r("X")
        )
        + p(
            '<w:r><w:sym w:font="Wingdings" w:char="F0B7"/><w:t> Một</w:t><w:noBreakHyphen/>'
            "<w:t>hai</w:t><w:softHyphen/></w:r>"
        )
        + p("<w:r><w:instrText> PAGE </w:instrText></w:r>" + r("Trang"))
    )
    assert texts(word(body)) == ["Trong khung", "X", "• Một-hai", "Trang"]


def test_links_tell_where_they_point():
    links = f'<Relationship Id="rId9" Type="{R}/hyperlink" Target="https://hoc.vn/1" TargetMode="External"/>'
    body = p(f'<w:hyperlink r:id="rId9">{r("tại đây")}</w:hyperlink>') + p(
        '<w:r><w:instrText> HYPERLINK "https://hoc.vn/2" </w:instrText></w:r>' + r("ở kia")
    )
    document = word(body, links=links)
    assert [(b.text, b.links) for b in document.blocks] == [
        ("tại đây", ("https://hoc.vn/1",)),
        ("ở kia", ("https://hoc.vn/2",)),
    ]


def test_cells_stand_where_the_page_shows_them():
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in (
        tc(p(r("a")), '<w:vMerge w:val="restart"/>') + tc(p(r("b")), '<w:hMerge w:val="restart"/>')
        + tc("", "<w:hMerge/>"),
        tc("", "<w:vMerge/>") + tc(p(r("c")), '<w:gridSpan w:val="2"/>'),
        f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc(p(r("d")))}{tc(p(r("e")))}',
        f"<w:trPr><w:del/></w:trPr>{tc(p(r('xóa')))}",
        f"<w:sdt><w:sdtContent>{tc(p(r('f')))}</w:sdtContent></w:sdt>",
    )) + "</w:tbl>"  # fmt: skip
    assert cells(word(table)) == {
        (0, 0): ("a", 2, 1), (0, 1): ("b", 1, 2), (1, 1): ("c", 1, 2), (2, 1): ("d", 1, 1), (2, 2): ("e", 1, 1),
        (3, 0): ("f", 1, 1),
    }  # fmt: skip


def test_a_table_in_a_cell_follows_the_outer_one():
    inner = f"<w:tbl><w:tr>{tc(p(r('trong')))}</w:tr></w:tbl>"
    document = word(f"<w:tbl><w:tr>{tc(p(r('ngoài')) + inner)}</w:tr></w:tbl>")
    assert [(b.cells[0].text, b.within) for b in document.blocks] == [("ngoài", ""), ("trong", "bảng 1, dòng 1, cột 1")]


def test_headers_of_the_page_stand_apart():
    links = f'<Relationship Id="rId1" Type="{R}/header" Target="header1.xml"/>'
    document = word(p(r("Thân")), links=links, header1=f"<w:hdr {NAMES}>{p(r('SỞ Y TẾ'))}</w:hdr>")
    assert (texts(document), [(m.text, m.where) for m in document.margins]) == (["Thân"], [("SỞ Y TẾ", "đầu trang")])


@pytest.mark.parametrize(
    ("font", "typed", "shown"),
    [
        (".VnTime", "Tr­êng TiÓu häc", "Trường Tiểu học"),
        (".VnTimeH", "Tr­êng", "TRƯỜNG"),
        ("VNI-Times", "Tröôøng Tieåu hoïc", "Trường Tiểu học"),
        ("Times New Roman", "Trường", "Trường"),
    ],
)
def test_text_of_the_fonts_before_unicode_is_understood_by_the_fonts_name(font, typed, shown):
    assert texts(word(p(r(typed, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')))) == [shown]


def test_the_soft_hyphen_of_a_converted_file_is_a_letter_in_such_a_font():
    run = '<w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>th</w:t><w:softHyphen/><w:t> viÖn</w:t></w:r>'
    assert texts(word(p(run))) == ["thư viện"]


def test_deep_nesting_is_refused_not_followed():
    with pytest.raises(Unreadable) as refused:
        word("<w:sdt><w:sdtContent>" * 3_000 + "</w:sdtContent></w:sdt>" * 3_000)
    assert type(refused.value) is limits.TooDeep
