"""PDFs with text read back: what stands where, whatever cut it."""

import unicodedata
from dataclasses import replace

import pytest

from tuanhoc.papers.pdf import to_pdf
from tuanhoc.papers.reading import Grid, Paragraph, Unreadable, pdf, read
from tuanhoc.papers.tests.drawn_pdf import A4, HEADS, Drawing, form_pdf
from tuanhoc.papers.tests.samples import FIRST, LETTER


def texts(grid):
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


def grid_in(data):
    (grid,) = (block for block in read(data, "a.pdf").blocks if isinstance(block, Grid))
    return grid


def paragraphs_in(data):
    return [block.text for block in read(data, "a.pdf").blocks if isinstance(block, Paragraph)]


# tables with rules


def test_a_ruled_table_is_a_grid_and_each_cell_knows_its_place():
    document = read(form_pdf(("1", "01/10", "Hội trường", "Khai mạc", "")), "a.pdf")
    title, unit, grid = document.blocks
    assert (title.text, title.bold) == ("LỊCH ĐĂNG KÝ HOẠT ĐỘNG", True)
    assert unit.text == "UBND huyện, thành phố (hoặc Sở, ngành): UBND xã Lâm Sơn"
    assert texts(grid) == [list(HEADS), ["1", "01/10", "Hội trường", "Khai mạc", ""]]
    assert grid.cells[8].where == "trang 1, bảng 1, dòng 2, cột 4"
    assert document.scans == ()


def test_a_line_is_joined_only_where_the_width_of_its_column_cut_it():
    cut = ["Hướng dẫn người cao tuổi cách dùng", "điện thoại"]
    apart = ["Thi vẽ", "Đọc sách"]
    grid = grid_in(form_pdf(("1", "01/10", "A", cut, ""), ("2", "02/10", "B", apart, "")))
    assert grid.cells[8].lines == ("Hướng dẫn người cao tuổi cách dùng điện thoại",)
    assert grid.cells[13].lines == ("Thi vẽ", "Đọc sách")


def test_items_stay_items_and_a_dash_inside_a_sentence_stays_in_it():
    items = ["- Ngày hội đọc sách và thi kể ch", "- Thi vẽ tranh về biển đảo quê"]
    inside = ["Sân của Trung tâm Văn hóa huyện ta", "- Thể thao"]
    grid = grid_in(form_pdf(("1", "01/10", "A", items, ""), ("2", "02/10", "B", inside, "")))
    assert grid.cells[8].lines == tuple(items)
    assert grid.cells[13].lines == ("Sân của Trung tâm Văn hóa huyện ta - Thể thao",)


def test_an_address_cut_by_a_narrow_column_is_whole_again():
    grid = grid_in(form_pdf(("1", "01/10", ["https://hop.example/dk", "lamson"], "Họp", "")))
    assert grid.cells[7].text == "https://hop.example/dklamson"


def in_a_narrow_column(*lines):
    drawing = Drawing()
    drawing.table(100, [("TT", "Ngày"), ("1", list(lines))], widths=(30, 62))
    return grid_in(drawing.done()).cells[3].lines


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (("(01/10/202", "2)"), ("(01/10/2022)",)),
        (("43/2019/Q", "H14"), ("43/2019/QH14",)),
        (("5.10.2022", "7h30"), ("5.10.2022 7h30",)),
        (("Th.2 03/10", "7h30"), ("Th.2 03/10 7h30",)),
        (("14h00", "03/10"), ("14h00 03/10",)),
        (("1373/QĐ-", "TTg"), ("1373/QĐ-TTg",)),
    ],
)
def test_a_word_torn_by_a_narrow_column_is_whole_again_and_two_are_two(lines, whole):
    assert in_a_narrow_column(*lines) == whole


@pytest.mark.parametrize(
    ("above", "below", "apart"),
    [
        ("Thi kể chuyện Bác Hồ với sự học", "Trưng bày sách", True),
        ("Sân khấu hóa tác phẩm: Hội thi", "Tuyên truyền viên giỏi", False),
    ],
)
def test_under_a_full_line_the_first_word_of_an_activity_begins_another(above, below, apart):
    grid = grid_in(form_pdf(("1", "01/10", "A", [above, below], ""), widths=(30, 70, 120, 175, 80)))
    assert grid.cells[8].lines == ((above, below) if apart else (f"{above} {below}",))


def test_words_spread_to_meet_both_edges_are_one_line_of_words():
    drawing = Drawing()
    drawing.table(100, [("1", ""), ("2", "Hội thảo về văn hóa đọc thời số")], widths=(30, 190))
    for x, words in ((84, "Ra mắt"), (146, "tủ"), (242, "sách")):
        drawing.text(x, 114, words)
    assert grid_in(drawing.done()).cells[1].text == "Ra mắt tủ sách"


def test_what_runs_over_into_the_next_cell_is_not_glued_to_what_stands_there():
    drawing = Drawing()
    drawing.table(100, [("1", "19 giờ 00", "02/10")], widths=(30, 53, 80))
    assert texts(grid_in(drawing.done())) == [["1", "19 giờ 00", "02/10"]]


def test_cells_without_a_rule_between_them_are_one():
    drawing = Drawing()
    line = drawing.canvas.line
    for y in (100, 120, 160):
        line(50, A4[1] - y, 250, A4[1] - y)
    line(100, A4[1] - 140, 250, A4[1] - 140)
    for x in (50, 250):
        line(x, A4[1] - 100, x, A4[1] - 160)
    line(100, A4[1] - 120, 100, A4[1] - 160)
    for x, y, words in ((54, 114, "Thứ Bảy"), (54, 144, "01/10"), (104, 134, "Khai mạc"), (104, 154, "Thi vẽ")):
        drawing.text(x, y, words)
    grid = grid_in(drawing.done())
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in grid.cells] == [
        (0, 0, 1, 2, "Thứ Bảy"), (1, 0, 2, 1, "01/10"), (1, 1, 1, 1, "Khai mạc"), (2, 1, 1, 1, "Thi vẽ"),
    ]  # fmt: skip


def test_an_underlined_word_makes_no_row_and_one_struck_through_is_gone():
    drawing = Drawing()
    drawing.table(100, [("1", "Lễ khai mạc", "bỏ Thi vẽ")], widths=(30, 150, 150))
    drawing.canvas.line(84, A4[1] - 116, 130, A4[1] - 116)
    drawing.canvas.line(234, A4[1] - 110.8, 246, A4[1] - 110.8)
    assert texts(grid_in(drawing.done())) == [["1", "Lễ khai mạc", "Thi vẽ"]]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_turned_by_its_file_is_read_as_it_is_shown(turned):
    drawing = Drawing(turned=turned)
    canvas = drawing.canvas
    # What is drawn is turned the other way, so that the page shows it upright.
    canvas.translate(*{90: (A4[1], 0), 180: A4, 270: (0, A4[0])}[turned])
    canvas.rotate(turned)
    drawing.table(100, [HEADS, ("1", "01/10", "Hội trường", "Khai mạc", "")])
    assert texts(grid_in(drawing.done())) == [list(HEADS), ["1", "01/10", "Hội trường", "Khai mạc", ""]]


# tables over pages


def two_pages(last, first, *, head=True):
    drawing = Drawing()
    drawing.table(700, [HEADS, last])
    drawing.next_page()
    drawing.text(295, 30, "2")
    drawing.table(60, [*([HEADS] if head else []), first, ("3", "03/10", "C", "Thi vẽ", "")])
    return drawing.done()


def test_a_table_going_on_over_the_page_is_one_grid_with_its_head_once():
    grid = grid_in(two_pages(("1", "01/10", "A", "Khai mạc.", ""), ("2", "02/10", "B", "Đọc sách", "")))
    assert [row[0] for row in texts(grid)] == ["TT", "1", "2", "3"]
    assert [c.where for c in grid.cells if c.text == "Đọc sách"] == ["trang 2, bảng 1, dòng 2, cột 4"]


def test_a_row_cut_by_the_end_of_the_page_is_one_row():
    cut = ("1", "01/10", "A", "Hướng dẫn người cao tuổi dùng", "")
    grid = grid_in(two_pages(cut, ("", "", "", "điện thoại thông minh", ""), head=False))
    assert texts(grid)[1][3] == "Hướng dẫn người cao tuổi dùng điện thoại thông minh"
    assert [row[0] for row in texts(grid)] == ["TT", "1", "3"]


def test_a_second_row_of_the_same_day_is_no_rest_of_the_row_before():
    grid = grid_in(two_pages(("1", "01/10", "A", "Khai mạc.", ""), ("", "", "B", "Đọc sách", ""), head=False))
    assert [row[3] for row in texts(grid)] == ["Nội dung", "Khai mạc.", "Đọc sách", "Thi vẽ"]


def test_one_cell_alone_at_the_head_of_a_page_is_the_rest_of_its_cell():
    items = ("1", "01/10", "A", "- Khai mạc.", "")
    grid = grid_in(two_pages(items, ("", "", "", "- Đọc sách", ""), head=False))
    assert grid.cells[8].lines == ("- Khai mạc.", "- Đọc sách")


def test_a_table_left_open_by_the_end_of_the_page_is_a_table():
    drawing = Drawing()
    drawing.table(700, [HEADS, ("1", "01/10", "A", "Hướng dẫn người cao tuổi dùng", "")])
    drawing.next_page()
    for x in (50, 80, 150, 270, 470, 550):
        drawing.canvas.line(x, A4[1] - 40, x, A4[1] - 70)
    drawing.canvas.line(50, A4[1] - 70, 550, A4[1] - 70)
    drawing.text(274, 58, "điện thoại")
    assert texts(grid_in(drawing.done()))[1][3] == "Hướng dẫn người cao tuổi dùng điện thoại"


def test_our_own_long_annex_comes_back_cell_by_cell():
    said = [f"Lớp kỹ năng số thứ {n} cho người cao tuổi tại nhà văn hóa xã Lâm Sơn" for n in range(90)]
    rows = tuple((str(n // 30 + 1), f"0{n // 30 + 1}/10", text) for n, text in enumerate(said))
    grid = grid_in(to_pdf(replace(FIRST, table=replace(FIRST.table, rows=rows))))
    assert [c.text for c in grid.cells if c.column == 2] == ["Nội dung", *said]


# text without rules


def test_a_letterhead_is_two_blocks_side_by_side_and_page_numbers_are_not_content():
    head = read(to_pdf(LETTER), "a.pdf").blocks[0]
    assert [cell.lines for cell in head.cells] == [
        (
            "UBND TỈNH NINH THUẬN", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Số: 05/SGDĐT-GDTX",
            "V/v lịch hoạt động Tuần lễ hưởng ứng học tập suốt đời năm 2022",
        ),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Ninh Thuận, ngày 05 tháng 9 năm 2022"),
    ]  # fmt: skip


def test_clear_columns_without_rules_are_a_table():
    drawing = Drawing()
    rows = [HEADS, ("1", "01/10", "Hội trường", "Khai mạc", "Có truyền hình"), ("2", "02/10", "Thư viện", "Đọc", "")]
    drawing.table(100, rows, height=24, ruled=False, widths=(50, 80, 120, 160, 80))
    assert texts(grid_in(drawing.done())) == [list(row) for row in rows]


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_not():
    drawing = Drawing()
    full = "Căn cứ Kế hoạch của Ủy ban nhân dân tỉnh về việc tổ chức Tuần lễ hưởng ứng học tập suốt đời"
    for y, words in ((100, full), (118, "trên địa bàn tỉnh."), (136, "Kính đề nghị các đơn vị thực hiện.")):
        drawing.text(60, y, words)
    assert paragraphs_in(drawing.done()) == [f"{full} trên địa bàn tỉnh.", "Kính đề nghị các đơn vị thực hiện."]


def test_a_paragraph_cut_by_the_end_of_the_page_is_one():
    drawing = Drawing()
    lines = [
        "Căn cứ Kế hoạch của Ủy ban nhân dân tỉnh về việc tổ chức Tuần lễ hưởng ứng học tập suốt đời",
        "trên địa bàn tỉnh năm 2022, Sở Giáo dục và Đào tạo đề nghị các đơn vị trực thuộc Sở và các cấp",
    ]
    for n, words in enumerate(lines):
        drawing.text(60, 740 + n * 18, words)
    drawing.next_page()
    drawing.text(60, 80, "thực hiện các việc sau.")
    drawing.text(60, 104, "Trân trọng.")
    assert paragraphs_in(drawing.done()) == [f"{lines[0]} {lines[1]} thực hiện các việc sau.", "Trân trọng."]


def test_text_is_composed_even_where_the_file_has_its_marks_apart():
    drawing = Drawing()
    drawing.text(60, 100, unicodedata.normalize("NFD", "Kế hoạch tổ chức Tuần lễ hưởng ứng học tập"))
    assert paragraphs_in(drawing.done()) == ["Kế hoạch tổ chức Tuần lễ hưởng ứng học tập"]


def test_headers_repeated_on_every_page_stand_aside():
    drawing = Drawing()
    for n in range(2):
        drawing.text(60, 30, "PHÒNG GDĐT HUYỆN NINH HẢI")
        drawing.text(60, 120 + n, f"Trang này nói về việc thứ {n} của Tuần lễ.")
        drawing.next_page()
    document = read(drawing.done(), "a.pdf")
    assert [m.text for m in document.margins] == ["PHÒNG GDĐT HUYỆN NINH HẢI"]
    assert [b.text for b in document.blocks] == [f"Trang này nói về việc thứ {n} của Tuần lễ." for n in range(2)]


def test_where_a_link_points_to_is_kept():
    drawing = Drawing()
    drawing.text(60, 100, "Vào phòng họp trực tuyến ở đây")
    drawing.canvas.linkURL("https://hop.example/a", (60, A4[1] - 104, 200, A4[1] - 90))
    (paragraph,) = read(drawing.done(), "a.pdf").blocks
    assert paragraph.links == ("https://hop.example/a",)


# what is not read


def pages(count):
    drawing = Drawing()
    for _ in range(count - 1):
        drawing.next_page()
    return drawing.done()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (Drawing(password="bi mat").done(), pdf.PdfLocked),
        (form_pdf()[:400], pdf.PdfBroken),
        (b"%PDF-1.7 ...", pdf.PdfBroken),
        (pages(pdf.MOST_PAGES + 1), pdf.TooManyPages),
    ],
)
def test_what_cannot_be_read_says_why(data, why):
    with pytest.raises(Unreadable) as refused:
        read(data, "a.pdf")
    assert type(refused.value) is why


def test_a_pdf_of_too_many_pages_is_told_how_many():
    with pytest.raises(pdf.TooManyPages, match="có 101 trang, quá dài để đọc"):
        read(pages(101), "a.pdf")


def test_a_blank_page_says_nothing():
    document = read(Drawing().done(), "a.pdf")
    assert (document.blocks, document.scans) == ((), ())
