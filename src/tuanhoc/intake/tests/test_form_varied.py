"""Forms as varied as real ones, each made by code, and every row that must come out of it."""

import datetime as dt
import io
import unicodedata

import pytest
from docx import Document as Word

from .form_papers import HEADS, TOP, add_table, annex, codes, essence, left, reading, saved, sheet

LINE = "UBND huyện, thành phố (hoặc Sở, ngành): "


def printed_days(filled):
    """The annex as it is given out, three lines a day, with some of them filled."""
    rows = []
    for day in range(1, 8):
        lines = filled.get(day, [])
        for n in range(max(3, len(lines))):
            head = (str(day), f"{day:02d}/10") if n == 0 else ("", "")
            rows.append((*head, *(lines[n] if n < len(lines) else ("", "", ""))))
    return rows


def the_plain_annex():
    rows = printed_days(
        {1: [("Hội trường", "Khai mạc", "")], 4: [("Thư viện", "Đọc sách", "x"), ("Chợ", "Phát tờ rơi", "")]}
    )
    return annex(*rows, before=(*TOP, LINE + "…………UBND huyện Ninh Hải…………"))


def a_letterhead_in_two_columns():
    word = Word()
    add_table(
        word,
        [
            (
                "UBND HUYỆN NINH SƠN\nPHÒNG GD&ĐT\nSố: 15/PGDĐT",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
            )
        ],
    )
    word.add_paragraph("LỊCH HOẠT ĐỘNG TUẦN LỄ")
    add_table(word, [("Thời gian", "Nội dung", "Địa điểm"), ("7h30 ngày 01/10", "Khai mạc", "Hội trường")])
    add_table(word, [("Nơi nhận:\n- Như trên;\n- Lưu: VT.", "TRƯỞNG PHÒNG\n\nLê Thị Hoa")])
    return saved(word)


def a_school_week_in_excel():
    return sheet(
        ("TRƯỜNG THPT NINH HẢI",), ("KẾ HOẠCH HOẠT ĐỘNG TUẦN LỄ HỌC TẬP SUỐT ĐỜI",), (),
        ("STT", "Ngày", "Thời gian", "Nội dung hoạt động", "Địa điểm", "Phụ trách"),
        (1, dt.datetime(2022, 10, 3), dt.time(7, 0), "Chào cờ, phát động", "Sân trường", "Cô Mai"),
        (2, "Thứ Ba", "14h00 - 16h00", "Ngày hội STEM", "Nhà đa năng", "Thầy Nam"),
        (3, "05 - 06/10", "cả ngày", "Trưng bày sách", "Thư viện", ""),
    )  # fmt: skip


def decomposed_unicode():
    return annex(("1", "01/10", "Hội trường", "Khai mạc", ""), before=[unicodedata.normalize("NFD", LINE + "Sở Y tế")])


def automatic_bullets():
    word = Word()
    table = add_table(word, [HEADS, ("1", "02/10", "Thư viện", "", "")])
    table.cell(1, 3).paragraphs[0].text = "Trưng bày sách"
    table.cell(1, 3).paragraphs[0].style = "List Bullet"
    table.cell(1, 3).add_paragraph("Thi kể chuyện", style="List Bullet")
    return saved(word)


def automatic_numbers_in_the_first_column():
    word = Word()
    table = add_table(word, [HEADS, ("", "02/10", "Xã", "Khai mạc", ""), ("", "03/10", "Xã", "Bế mạc", "")])
    for row in (1, 2):
        table.cell(row, 0).paragraphs[0].style = "List Number"
    return saved(word)


def one_big_cell_a_day():
    return annex(
        ("Thứ Hai\n03/10", "Sáng:\n- 7h30: Chào cờ tại sân trường\n- 9h00: Đọc sách\nChiều: Thi vẽ"),
        ("Thứ Ba\n04/10", "Nghỉ"),
        heads=("Ngày", "Nội dung"),
    )  # fmt: skip


def spaces_everywhere():
    return annex(("1 ", " 01 / 10 ", "Hội\u00a0trường  xã", " 7 h 30 :  Khai   mạc ", "\t"))


def a_table_cut_in_two():
    word = Word()
    add_table(word, [HEADS, ("1", "01/10", "Xã", "Tổ chức lễ phát động Tuần lễ", "")])
    word.add_paragraph("2")
    add_table(word, [("", "", "", "hưởng ứng học tập suốt đời", ""), ("2", "02/10", "Chợ", "Phát tờ rơi", "")])
    return saved(word)


def links_behind_words():
    from docx.opc.constants import RELATIONSHIP_TYPE as KIND
    from docx.oxml import parse_xml

    word = Word()
    table = add_table(word, [HEADS, ("1", "05/10", "", "", "")])
    target = word.part.relate_to("https://meet.vn/lop", KIND.HYPERLINK, is_external=True)
    namespaces = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' " \
        "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"  # fmt: skip
    link = f"<w:hyperlink {namespaces} r:id='{target}'><w:r><w:t>Lớp học trực tuyến</w:t></w:r></w:hyperlink>"
    table.cell(1, 3).paragraphs[0]._p.append(parse_xml(link))
    return saved(word)


def a_head_in_capitals_with_line_breaks():
    return annex(
        ("1", "01/10", "8h", "Sân trường", "Khai mạc", "Toàn trường"),
        heads=("SỐ\nTT", "NGÀY,\nTHÁNG", "GIỜ", "ĐỊA ĐIỂM\nTỔ CHỨC", "NỘI DUNG\nHOẠT ĐỘNG", "THÀNH PHẦN\nTHAM DỰ"),
    )


def typed_without_marks():
    rows = [
        ("1", "Thu hai, 03/10", "Hoi truong", "7h30: Khai mac", ""),
        ("2", "ca tuan", "Truong", "Treo bang ron", ""),
    ]
    return annex(*rows, heads=("TT", "Ngay", "Dia diem", "Noi dung", "Ghi chu"), before=["Don vi: Phong GDDT Ninh Son"])


def two_sheets():
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, row in (("Tuần 1", ("01/10", "Xã", "Khai mạc")), ("Tuần 2", ("06/10", "Chợ", "Bế mạc"))):
        page = book.add_worksheet(name)
        page.write_row(0, 0, ("Ngày", "Địa điểm", "Nội dung"))
        page.write_row(1, 0, row)
    book.close()
    return out.getvalue()


def slips_of_the_pen():
    return annex(
        ("1", "01/10/2029", "Xã", "Một", ""), ("2", "02/10/20226", "Xã", "Hai", ""), ("3", "31/9", "Xã", "Ba", ""),
        ("4", "Thứ Hai 04/10", "Xã", "Bốn", ""), ("5", "09/10", "Xã", "Năm", ""), ("6", "05/10", "", "Sáu", ""),
        ("7", "06/10", "Xã", "", ""),
    )  # fmt: skip


def labelled_blocks():
    return annex(
        ("Thời gian:", "8h00 ngày 03/10/2022"), ("Địa điểm:", "Hội trường B"), ("Nội dung:", "Tọa đàm"),
        ("Thời gian:", "04/10/2022"), ("Địa điểm:", "Chợ Tân Sơn"), ("Nội dung:", "Phát tờ rơi"), heads=None,
    )  # fmt: skip


def plain_lines():
    return """TRƯỜNG MẦM NON HOA HỒNG

1. Ngày 01/10/2022: Bé làm quen với sách tại Sân trường
2. Ngày 03/10: Ngày hội của bé
"""


VARIED = {
    the_plain_annex: (
        "UBND huyện Ninh Hải",
        [("01/10", "Hội trường", "Khai mạc"), ("04/10", "Thư viện", "Đọc sách"), ("04/10", "Chợ", "Phát tờ rơi")],
        [],
    ),
    a_letterhead_in_two_columns: (
        "Phòng Giáo dục và Đào tạo huyện Ninh Sơn", [("01/10", "Hội trường", "Khai mạc")], [],
    ),
    a_school_week_in_excel: (
        "Trường THPT Ninh Hải",
        [("03/10", "Sân trường", "Chào cờ, phát động"), ("04/10", "Nhà đa năng", "Ngày hội STEM"),
         ("05/10-06/10", "Thư viện", "Trưng bày sách")],
        [],
    ),
    decomposed_unicode: ("Sở Y tế", [("01/10", "Hội trường", "Khai mạc")], []),
    automatic_bullets: (None, [("02/10", "Thư viện", "Trưng bày sách"), ("02/10", "Thư viện", "Thi kể chuyện")], []),
    automatic_numbers_in_the_first_column: (None, [("02/10", "Xã", "Khai mạc"), ("03/10", "Xã", "Bế mạc")], []),
    one_big_cell_a_day: (
        None,
        [("03/10", "", "Chào cờ tại sân trường"), ("03/10", "", "Đọc sách"), ("03/10", "", "Thi vẽ")],
        [("no_place", 0), ("no_place", 1), ("no_place", 2)],
    ),
    spaces_everywhere: (None, [("01/10", "Hội trường xã", "Khai mạc")], []),
    a_table_cut_in_two: (
        None,
        [("01/10", "Xã", "Tổ chức lễ phát động Tuần lễ hưởng ứng học tập suốt đời"), ("02/10", "Chợ", "Phát tờ rơi")],
        [],
    ),
    links_behind_words: (None, [("05/10", "", "Lớp học trực tuyến")], []),
    a_head_in_capitals_with_line_breaks: (None, [("01/10", "Sân trường", "Khai mạc")], []),
    typed_without_marks: (
        "Phong GDDT Ninh Son", [("03/10", "Hoi truong", "Khai mac"), ("01/10-07/10", "Truong", "Treo bang ron")], [],
    ),
    two_sheets: (None, [("01/10", "Xã", "Khai mạc"), ("06/10", "Chợ", "Bế mạc")], []),
    slips_of_the_pen: (
        None,
        [("01/10", "Xã", "Một"), (None, "Xã", "Hai"), (None, "Xã", "Ba"), ("04/10", "Xã", "Bốn"),
         ("09/10", "Xã", "Năm"),
         ("05/10", "", "Sáu"), ("06/10", "Xã", "")],
        [("wrong_year", 0), ("wrong_year", 1), ("bad_date", 2), ("weekday_mismatch", 3), ("outside_week", 4),
         ("no_place", 5), ("no_content", 6)],
    ),
    labelled_blocks: (None, [("03/10", "Hội trường B", "Tọa đàm"), ("04/10", "Chợ Tân Sơn", "Phát tờ rơi")], []),
    plain_lines: (
        "Trường Mầm non Hoa Hồng",
        [("01/10", "Sân trường", "Bé làm quen với sách"), ("03/10", "", "Ngày hội của bé")],
        [("no_place", 1)],
    ),
}  # fmt: skip
SHOWN = {one_big_cell_a_day: ["Nghỉ"], slips_of_the_pen: ["02/10/20226", "31/9"]}


@pytest.mark.parametrize("form", VARIED, ids=lambda form: form.__name__)
def test_a_varied_form_is_read_whole(form):
    organisation, rows, problems = VARIED[form]
    said = reading(form())
    assert essence(said) == rows
    assert said["organisation"] == organisation
    assert codes(said) == problems
    assert left(said) == SHOWN.get(form, [])
