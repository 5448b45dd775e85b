"""Letters as offices make them in Word: heads of every build are told apart, and what they say can be taken over."""

import contextlib
import io
import random
import re
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as PLACE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor

from tuanhoc.papers.decree30 import NotWord, Weight, check, read_paper, read_sent
from tuanhoc.papers.decree30.headed import headed_by
from tuanhoc.papers.decree30.tests.papers import SIGNED
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.reading.limits import Broken, Empty, Unreadable
from tuanhoc.papers.values import Paragraph, Style

COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
TEXT = "Thực hiện kế hoạch của Ủy ban nhân dân tỉnh, Sở Giáo dục và Đào tạo đề nghị các đơn vị đăng ký lịch hoạt động. "
SAID = {
    "superior": "UBND TỈNH NINH THUẬN", "issuer": "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "place": "Ninh Thuận",
    "symbol": "SGDĐT-GDTX", "signature": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "signer": "Nguyễn Văn A",
    "recipients": ["UBND tỉnh (b/c)", "Lưu: VT, GDTX"], "addressees": ["Các phòng giáo dục và đào tạo"],
}  # fmt: skip


def new():
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(20)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.paragraph_format.space_after = Pt(0)
    return document


def put(container, text, *, bold=False, italic=False, points=13, align=PLACE.CENTER, first=False, line=None):
    p = container.paragraphs[0] if first else container.add_paragraph()
    p.alignment = align
    run = p.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(points)
    if line is not None:
        p._p.append(parse_xml(line))
    return p


def vml_line(points):
    """A line as Word 2007 drew it."""
    return (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:line id="l" from="50pt,2pt" '
        f'to="{50 + points}pt,2pt"/></w:pict></w:r>'
    )


def drawn_line(mm):
    """A line as Word 2016 draws it, with the older one kept for older programs."""
    return (
        f'<w:r {nsdecls("w", "wp", "a")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:AlternateContent>'
        f'<mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:extent cx="{round(mm * 36000)}" cy="0"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:spPr>'
        '<a:prstGeom prst="line"/></wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>'
        "<mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>"
    )


def head(document, *, rows=2, rule=drawn_line, number="Số: 1234/SGDĐT-GDTX"):
    table = document.add_table(rows, 2)
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Mm(68), Mm(102)
    left, right = table.cell(0, 0), table.cell(0, 1)
    put(left, "UBND TỈNH NINH THUẬN", first=True)
    put(left, "SỞ GIÁO DỤC VÀ ĐÀO TẠO", bold=True, line=rule(25 if rule is drawn_line else 70))
    put(right, COUNTRY, bold=True, first=True)
    put(right, MOTTO, bold=True, points=14, line=rule(60 if rule is drawn_line else 171))
    low_left, low_right = (table.cell(1, 0), table.cell(1, 1)) if rows == 2 else (left, right)
    put(low_left, number, first=rows == 2)
    put(low_left, "V/v đăng ký lịch hoạt động Tuần lễ", points=12).paragraph_format.space_before = Pt(6)
    put(low_right, "Ninh Thuận, ngày 05 tháng 9 năm 2022", italic=True, points=14, first=rows == 2)


def addressed(document):
    put(document, "Kính gửi: Các phòng giáo dục và đào tạo", points=14).paragraph_format.space_before = Pt(12)


def body(document):
    for text in (TEXT * 2, "Đề nghị các đơn vị thực hiện./."):
        p = put(document, text, points=14, align=PLACE.JUSTIFY)
        p.paragraph_format.first_line_indent, p.paragraph_format.space_before = Mm(12.7), Pt(6)


def end(document):
    table = document.add_table(1, 2)
    left, right = table.rows[0].cells
    put(left, "Nơi nhận:", bold=True, italic=True, points=12, align=PLACE.LEFT, first=True)
    for text in ("- Như trên;", "- UBND tỉnh (b/c);", "- Lưu: VT, GDTX."):
        put(left, text, points=11, align=PLACE.LEFT)
    for n, text in enumerate(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "", "", "Nguyễn Văn A")):
        put(right, text, bold=True, points=14, first=n == 0)


def usual(**how):
    document = new()
    head(document, **how)
    addressed(document)
    body(document)
    end(document)
    return document


def by_tabs():
    """Head and end set with tabs, as some typists do."""
    document = new()
    for left, right, bold in (
        ("UBND TỈNH NINH THUẬN", COUNTRY, False), ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", MOTTO, True),
        ("Số: 1234/SGDĐT-GDTX", "Ninh Thuận, ngày 05 tháng 9 năm 2022", False),
    ):  # fmt: skip
        p = document.add_paragraph()
        p.add_run(left).bold = bold
        p.add_run(f"\t\t{right}").bold = True
    addressed(document)
    body(document)
    document.add_paragraph("Nơi nhận:\t\t\tKT. GIÁM ĐỐC")
    document.add_paragraph("- Như trên;\t\t\tPHÓ GIÁM ĐỐC")
    document.add_paragraph("- UBND tỉnh (b/c);")
    document.add_paragraph("- Lưu: VT, GDTX.\t\t\tNguyễn Văn A")
    return document


def one_line_breaks():
    """All of a cell in one paragraph, with line breaks; names in small letters set in capitals by the font."""
    document = new()
    table = document.add_table(1, 2)
    left, right = table.rows[0].cells
    run = put(left, "UBND tỉnh Ninh Thuận\n", first=True).runs[0]
    run.font.all_caps = True
    run = left.paragraphs[0].add_run("Sở Giáo dục và Đào tạo")
    run.font.all_caps, run.bold = True, True
    left.paragraphs[0].add_run("\nSố: 1234/SGDĐT-GDTX")
    put(right, f"{COUNTRY}\n{MOTTO}\nNinh Thuận, ngày 05 tháng 9 năm 2022", bold=True, first=True)
    addressed(document)
    body(document)
    end(document)
    return document


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


SHAPES = {
    "drawn lines": usual(),
    "lines of an older Word": usual(rule=vml_line),
    "one row": usual(rows=1),
    "no number yet": usual(number="Số:          /SGDĐT-GDTX"),
    "tabs": by_tabs(),
    "line breaks and small capitals": one_line_breaks(),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_letter_of_any_build_says_who_issued_it(shape):
    found = headed_by(read_paper(saved(SHAPES[shape])))
    found.pop("layout", None)
    assert found == SAID


@pytest.mark.parametrize("shape", ["drawn lines", "lines of an older Word", "no number yet"])
def test_a_good_letter_made_in_word_breaks_nothing_the_decree_asks(shape):
    assert [f for f in check(saved(SHAPES[shape])) if f.weight is Weight.BROKEN] == []


def test_what_a_letter_chose_within_the_decree_is_taken_over_too():
    assert headed_by(read_paper(saved(usual())))["layout"] == {"right_mm": 20.0, "line_spacing": 1.15}


def test_a_line_too_long_is_found_and_one_of_another_is_not_taken_for_it():
    document = new()
    head(document, rule=lambda _length: drawn_line(90))
    addressed(document)
    body(document)
    end(document)
    assert [f.rule for f in check(saved(document)) if f.weight is not Weight.ADVICE] == ["motto.rule", "issuer.rule"]


def test_fonts_are_read_through_styles_defaults_and_theme():
    document = usual()
    document.styles["Normal"].font.name = None
    fonts = document.styles["Normal"].element.rPr.find(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rFonts"
    )
    if fonts is not None:
        fonts.getparent().remove(fonts)
    (finding,) = [f for f in check(saved(document)) if f.weight is Weight.BROKEN]
    assert finding.rule == "font.face"
    assert finding.said in {"Calibri", "Cambria"}


def broken(document):
    return [f.rule for f in check(saved(document)) if f.weight is Weight.BROKEN]


def test_a_stamp_over_the_letterhead_is_no_bodys_name():
    document = usual()
    put(document.tables[0].cell(0, 0), "", first=True)
    document.tables[0].cell(0, 0).paragraphs[0].insert_paragraph_before("DỰ THẢO 2")
    assert headed_by(read_paper(saved(document)))["superior"] == SAID["superior"]


def test_what_a_document_was_issued_with_under_its_own_title_makes_no_annex_of_it():
    document = usual()
    title = document.paragraphs[0].insert_paragraph_before("QUY CHẾ")
    title.alignment, title.runs[0].bold = PLACE.CENTER, True
    said = document.paragraphs[1].insert_paragraph_before("(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/9/2022)")
    said.alignment, said.runs[0].italic = PLACE.CENTER, True
    assert read_paper(saved(document)).annexes == ()


def test_a_document_carried_out_is_a_basis_among_bases_and_a_sentence_elsewhere():
    carried_out = Paragraph("Thực hiện Công văn số 4342/BGDĐT-GDTX ngày 07 tháng 9 năm 2022;", Style.BASIS)
    basis, text = (
        Paragraph("Căn cứ Luật Giáo dục", Style.BASIS),
        Paragraph("Thực hiện Kế hoạch số 5/KH-UBND, Sở báo cáo."),
    )
    paper = read_paper(to_docx(replace(SIGNED, body=(carried_out, basis, text))))
    assert [line.text[:20] for line in paper.bases] == ["Thực hiện Công văn s", "Căn cứ Luật Giáo dục"]
    assert read_paper(to_docx(replace(SIGNED, body=(text,)))).bases == ()


def test_a_size_of_a_half_point_and_near_black_are_read_as_they_are():
    document = usual()
    run = document.paragraphs[1].runs[0]
    run.font.size, run.font.color.rgb = Pt(13.5), RGBColor(0x0D, 0x0D, 0x0D)
    assert broken(document) == []
    run.font.size, run.font.color.rgb = Pt(14.5), RGBColor(0x40, 0x40, 0x40)
    assert broken(document) == ["font.colour", "body.size"]


def test_a_tab_at_the_beginning_is_an_indent_and_an_empty_line_is_a_gap():
    document = usual()
    first, second = document.paragraphs[1:3]
    first.paragraph_format.first_line_indent = Mm(0)
    first.runs[0].text = f"\t{first.runs[0].text}"
    second.insert_paragraph_before("")
    second.paragraph_format.space_before = Pt(0)
    assert broken(document) == []


def test_what_is_deleted_or_hidden_does_not_print():
    document = usual()
    p = document.paragraphs[1]
    hidden = p.add_run("Ẩn")
    hidden.font.hidden, hidden.font.name = True, "Arial"
    p._p.append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="1"><w:r><w:rPr><w:i/></w:rPr><w:delText>x</w:delText></w:r></w:del>')
    )
    assert broken(document) == []


@pytest.mark.parametrize(
    ("data", "refusal"),
    [(b"", Empty), (b"%PDF-1.4", NotWord), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", NotWord), (b"PK\x03\x04", Broken)],
)
def test_what_is_no_word_file_is_refused_in_words(data, refusal):
    with pytest.raises(refusal) as found:
        check(data)
    assert isinstance(found.value, Unreadable)


def spoiled(data, turn):
    """Write nonsense into some values of a file's parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(out, "w") as made:
        for name in parts.namelist():
            text = parts.read(name)
            values = list(re.finditer(rb'(?:w:\w+|cx|from|to|style|prst)="([^"]*)"', text)) if b"<w:" in text else []
            for value in sorted(turn.sample(values, min(len(values), 5)), key=lambda m: -m.start()):
                junk = turn.choice([b"", b"abc", b"-1", b"9" * 20, b"1.5", b"NaN", b"auto", b"true"])
                text = text[: value.start(1)] + junk + text[value.end(1) :]
            made.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize("seed", range(12))
def test_nonsense_in_a_file_never_ends_in_an_error(seed):
    turn = random.Random(seed)
    data = spoiled(saved(SHAPES[turn.choice(sorted(SHAPES))]), turn)
    findings, head = (), {}
    with contextlib.suppress(Unreadable):
        findings, head = check(data), headed_by(read_paper(data))
    assert all(finding.rule and finding.clause for finding in findings)
    assert set(head) <= set(SAID) | {"layout"}


@pytest.mark.parametrize("shape", ["tabs", "drawn lines"])
def test_what_was_sent_is_read_the_same_in_a_process_of_its_own(shape):
    data = saved(SHAPES[shape])
    assert read_sent(data, "x.docx") == read_paper(data)


def test_what_was_sent_and_cannot_be_read_is_refused_in_the_same_words():
    with pytest.raises(Broken):
        read_sent(b"PK\x03\x04", "x.docx")
