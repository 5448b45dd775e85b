"""The official document read back from its Word file and held against Decree 30/2020/NĐ-CP line by line.

Source: Phụ lục I, Phần I; each test names the number (Mục, khoản) it holds.
"""

import io

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tuanhoc.papers import decree
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.metadata import metadata
from tuanhoc.papers.tests.samples import LETTER, REPORT

CENTER, LEFT, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY


def opened(document):
    return Document(io.BytesIO(to_docx(document)))


@pytest.fixture(scope="module")
def letter():
    return opened(LETTER)


@pytest.fixture(scope="module")
def report():
    return opened(REPORT)


def looks(paragraph):
    """Return a line as it prints: words, size, bold, italic, place."""
    (run,) = paragraph.runs
    size = run.font.size.pt if run.font.size else 13
    return paragraph.text, size, bool(run.bold), bool(run.italic), paragraph.alignment


def lines_of(cell):
    return [looks(p) for p in cell.paragraphs if p.text]


def rules_of(cell_or_document, within_mm):
    """Return the lengths of the rules in a cell, in millimetres, and that each is centred and solid."""
    found = []
    for p in cell_or_document.paragraphs:
        border = p._p.find(f".//{qn('w:pBdr')}/{qn('w:top')}")
        if border is not None:
            assert border.get(qn("w:val")) == "single"
            place = p.paragraph_format
            assert place.left_indent == place.right_indent
            found.append(within_mm - place.left_indent.mm - place.right_indent.mm)
    return found


def test_i_1_to_3_every_section_is_a4_portrait_with_margins_in_range(letter):
    assert len(letter.sections) == 3
    for page in letter.sections:
        assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
        assert Mm(20) <= page.top_margin <= Mm(25)
        assert Mm(20) <= page.bottom_margin <= Mm(25)
        assert Mm(30) <= page.left_margin <= Mm(35)
        assert Mm(15) <= page.right_margin <= Mm(20)


def test_i_4_times_new_roman_and_black_for_every_script_and_no_run_says_otherwise(letter):
    defaults = letter.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    faces = defaults.find(qn("w:rFonts"))
    assert {faces.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert faces.get(qn("w:asciiTheme")) is None
    assert defaults.find(qn("w:color")).get(qn("w:val")) == "000000"
    body = letter.element.body
    assert [e.tag for e in body.iter(qn("w:rFonts"), qn("w:rStyle"), qn("w:u"))] == []
    assert {e.get(qn("w:val")) for e in body.iter(qn("w:color"))} <= {"000000"}


def test_i_7_and_iii_1d_page_numbers_stand_in_the_top_margin_from_page_two_and_begin_anew_in_each_annex(letter):
    for page in letter.sections:
        assert page.different_first_page_header_footer
        assert page._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        (number,) = page.header.paragraphs
        assert number.alignment == CENTER
        assert " PAGE " in number._p.xml
        assert "<w:b/>" not in number._p.xml
        assert "<w:i/>" not in number._p.xml
        assert page.header_distance < page.top_margin
        assert [p.text for p in page.first_page_header.paragraphs] == [""]


def test_ii_1_the_country_and_the_motto_stand_top_right(letter):
    head = letter.tables[0]
    assert letter.element.body[0] is head._tbl
    assert lines_of(head.cell(0, 1)) == [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, False, CENTER),
        ("Độc lập - Tự do - Hạnh phúc", 14, True, False, CENTER),
    ]
    (rule,) = rules_of(head.cell(0, 1), decree.HEAD_MM[1])
    assert rule == pytest.approx(decree.width_mm(decree.MOTTO, 14, bold=True), abs=0.1)


def test_the_head_is_a_table_without_borders_as_wide_as_the_decree_draws_it_and_the_country_stays_on_one_line(letter):
    head = letter.tables[0]
    left, right = (cell.width.mm for cell in head.rows[0].cells)
    assert 70 <= round(left, 1) <= 75
    assert 97.5 <= round(right, 1) <= 103
    assert round(left + right) == 170
    assert head._tbl.find(f".//{qn('w:tblBorders')}") is None
    assert decree.width_mm(decree.COUNTRY, 13, bold=True) < right


def test_ii_2_the_issuer_stands_bold_under_its_superior_over_a_rule_of_a_third_to_a_half(letter, report):
    cell = letter.tables[0].cell(0, 0)
    assert lines_of(cell) == [
        ("UBND TỈNH NINH THUẬN", 13, False, False, CENTER),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", 13, True, False, CENTER),
    ]
    (rule,) = rules_of(cell, decree.HEAD_MM[0])
    assert 1 / 3 <= rule / decree.width_mm("SỞ GIÁO DỤC VÀ ĐÀO TẠO", 13, bold=True) <= 1 / 2
    alone = report.tables[0].cell(0, 0)
    assert lines_of(alone) == [("ỦY BAN NHÂN DÂN HUYỆN NINH SƠN", 13, True, False, CENTER)]


def test_ii_3_the_number_stands_upright_under_the_issuer_below_ten_with_a_zero(letter, report):
    assert lines_of(letter.tables[0].cell(1, 0))[0] == ("Số: 05/SGDĐT-GDTX", 13, False, False, CENTER)
    blank = report.tables[0].cell(1, 0).text
    assert blank.split() == ["Số:", "/"]


def test_ii_4_place_and_date_stand_in_italics_under_the_motto_and_stay_open_until_issued(letter, report):
    dated = letter.tables[0].cell(1, 1)
    assert lines_of(dated) == [("Ninh Thuận, ngày 05 tháng 9 năm 2022", 14, False, True, CENTER)]
    blank = report.tables[0].cell(1, 1)
    assert blank.text.split() == ["Ninh", "Sơn,", "ngày", "tháng", "năm", "2023"]


def test_ii_5_a_letter_has_its_subject_under_the_number_and_no_type(letter):
    number, subject = (p for p in letter.tables[0].cell(1, 0).paragraphs if p.text)
    words = "V/v lịch hoạt động Tuần lễ hưởng ứng học tập suốt đời năm 2022"
    assert looks(subject) == (words, 12, False, False, CENTER)
    assert number.paragraph_format.space_after == 0
    assert subject.paragraph_format.space_before == Pt(6)


def test_ii_5_any_other_document_has_its_type_and_subject_bold_in_the_middle_over_a_rule(report):
    kind, subject = [p for p in report.paragraphs if p.text][:2]
    assert looks(kind) == ("BÁO CÁO", 14, True, False, CENTER)
    assert looks(subject) == (REPORT.subject, 14, True, False, CENTER)
    (rule,) = rules_of(report, decree.TEXT_MM)
    assert 1 / 3 <= rule / decree.width_mm(REPORT.subject, 14, bold=True) <= 1 / 2
    assert "V/v" not in report.tables[0].cell(1, 0).text


def test_ii_6_bases_stand_one_a_line_in_italics_and_end_as_they_must(report):
    bases = [p for p in report.paragraphs if p.text.startswith("Căn cứ")]
    assert [p.text[-1] for p in bases] == [";", "."]
    assert [looks(p)[1:4] for p in bases] == [(14, False, True)] * 2


def test_ii_6_headings_are_bold_and_the_part_is_upper_case(report):
    part, heading, point = (p for p in report.paragraphs if p.text[:2] in {"I.", "1.", "a)"})
    assert looks(part)[:4] == ("I. KẾT QUẢ", 14, True, False)
    assert looks(heading)[:4] == ("1. Hoạt động đã tổ chức", 14, True, False)
    assert looks(point)[:4] == ("a) Có 1.234 lượt người tham gia.", 14, False, False)
    assert all(p.paragraph_format.keep_with_next for p in (part, heading))


def test_ii_6e_the_body_is_upright_justified_indented_and_spaced(letter):
    body = [p for p in letter.paragraphs if p.text.startswith(("Sở Giáo dục", "Đề nghị"))]
    assert len(body) == 2
    for p in body:
        assert looks(p)[1:] == (14, False, False, BOTH)
        assert round(p.paragraph_format.first_line_indent.mm, 1) in {10.0, 12.7}
        assert p.paragraph_format.space_after >= Pt(6)
        assert 1 <= p.paragraph_format.line_spacing <= 1.5


def test_ii_7_authority_and_name_of_the_signer_stand_bold_on_the_right_with_room_between(letter):
    right = letter.tables[1].cell(0, 1)
    assert lines_of(right) == [
        ("KT. GIÁM ĐỐC", 14, True, False, CENTER),
        ("PHÓ GIÁM ĐỐC", 14, True, False, CENTER),
        ("Nguyễn Văn A", 14, True, False, CENTER),
    ]
    assert right.paragraphs[-1].paragraph_format.space_before >= Pt(60)


def test_the_signature_is_never_torn_nor_alone_on_a_page(letter):
    table = letter.tables[1]
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
    assert all(p.paragraph_format.keep_with_next for cell in table.rows[0].cells for p in cell.paragraphs[:-1])
    last = next(p for p in letter.paragraphs if p.text == "Đề nghị thực hiện./.")
    assert last.paragraph_format.keep_with_next


def test_ii_9_addressees_stand_a_line_each_after_kinh_gui(letter):
    texts = [p.text for p in letter.paragraphs]
    begin = texts.index("Kính gửi:")
    assert texts[begin : begin + 3] == ["Kính gửi:", "- Các sở, ban, ngành;", "- UBND các huyện, thành phố."]
    assert [looks(p)[1:4] for p in letter.paragraphs[begin : begin + 3]] == [(14, False, False)] * 3


def test_ii_9_recipients_stand_level_with_the_signature_nhu_tren_first_and_luu_last(letter, report):
    assert lines_of(letter.tables[1].cell(0, 0)) == [
        ("Nơi nhận:", 12, True, True, LEFT),
        ("- Như trên;", 11, False, False, LEFT),
        ("- Bộ GDĐT (b/c);", 11, False, False, LEFT),
        ("- Lưu: VT, GDTX.", 11, False, False, LEFT),
    ]
    unaddressed = report.tables[-1].cell(0, 0)
    assert [p.text for p in unaddressed.paragraphs] == ["Nơi nhận:", "- Lưu: VT."]


def test_iii_1_annexes_are_numbered_in_roman_titled_upper_case_and_say_what_they_belong_to(letter):
    texts = [p.text for p in letter.paragraphs]
    begin = texts.index("Phụ lục I")
    label, title, year, attached = letter.paragraphs[begin : begin + 4]
    assert looks(label) == ("Phụ lục I", 14, True, False, CENTER)
    assert looks(title) == ("LỊCH HOẠT ĐỘNG", 14, True, False, CENTER)
    assert looks(year) == ("TUẦN LỄ NĂM 2022", 14, True, False, CENTER)
    assert looks(attached) == ("(Kèm theo Công văn số 05/SGDĐT-GDTX …)", 13, False, True, CENTER)
    assert "Phụ lục II" in texts


def test_iii_1b_an_only_annex_has_no_number():
    from dataclasses import replace

    alone = opened(replace(LETTER, annexes=LETTER.annexes[:1]))
    assert [p.text for p in alone.paragraphs if p.text.startswith("Phụ lục")] == ["Phụ lục"]


def test_the_tables_head_is_repeated_rows_are_whole_and_the_width_is_the_texts(letter):
    table = letter.tables[2]
    marks = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert marks == [True, False, False, False]
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
    assert round(sum(cell.width.mm for cell in table.rows[0].cells)) == 165
    assert [c.text for c in table.rows[2].cells] == ["1", "01/10", "Ngày hội đọc sách"]
    assert table.cell(1, 1)._tc is table.cell(2, 1)._tc


def test_a_band_is_bold_over_the_whole_width_and_repeated_with_the_head_on_every_page_of_its_rows():
    from dataclasses import replace

    bands = ((0, "Ngoài Tuần lễ"), (0, "Thứ Bảy"), (1, "Lại thứ Bảy"))
    table = replace(LETTER.annexes[0].table, bands=bands)
    read = opened(replace(LETTER.annexes[0], table=table)).tables
    heads = [
        [row.cells[0] for row in part.rows if row._tr.find(f".//{qn('w:tblHeader')}") is not None] for part in read
    ]
    assert [[cell.text for cell in cells] for cells in heads] == [
        ["TT", "Ngoài Tuần lễ", "Thứ Bảy"],
        ["TT", "Lại thứ Bảy"],
    ]
    for band in (*heads[0][1:], *heads[1][1:]):
        assert (band.grid_span, round(band.width.mm)) == (3, 165)
        (line,) = band.paragraphs
        assert looks(line)[1:] == (13, True, False, LEFT)
        assert line.paragraph_format.keep_with_next
    rows = [
        [cell.text for cell in row.cells]
        for part, above in zip(read, heads, strict=True)
        for row in part.rows[len(above) :]
    ]
    assert rows == [list(row) for row in LETTER.annexes[0].table.rows]


@pytest.mark.parametrize("document", [LETTER, REPORT, LETTER.annexes[0]])
def test_a_paragraph_stands_after_the_last_table_and_at_the_end_of_every_cell_as_word_demands(document):
    body = opened(document).element.body
    assert [child.tag for child in body][-2:] == [qn("w:p"), qn("w:sectPr")]
    assert {cell[-1].tag for cell in body.iter(qn("w:tc"))} == {qn("w:p")}


def test_the_same_document_gives_the_same_bytes():
    assert to_docx(LETTER) == to_docx(LETTER)


def test_annex_vi_says_what_is_known_and_null_for_the_rest():
    assert metadata(LETTER) == {
        "CodeNumber": "5", "CodeNotation": "SGDĐT-GDTX", "IssuedDate": "2022-09-05",
        "OrganName": "Sở Giáo dục và Đào tạo",
        "Subject": "lịch hoạt động Tuần lễ hưởng ứng học tập suốt đời năm 2022", "PageAmount": 3,
        "Signer": {"Position": "KT. Giám đốc Phó Giám đốc", "FullName": "Nguyễn Văn A"},
        "To": [
            {"OrganId": None, "OrganName": "Các sở, ban, ngành"},
            {"OrganId": None, "OrganName": "UBND các huyện, thành phố"},
        ],
        "Priority": 0, "DueDate": None,
    }  # fmt: skip
    blank = metadata(REPORT)
    assert (blank["CodeNumber"], blank["CodeNotation"], blank["IssuedDate"]) == (None, None, None)
