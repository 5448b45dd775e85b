"""Tables in any order, wording and number; what is the form's own text and what is not."""

import datetime as dt

import pytest
from docx import Document as Word

from .form_papers import FOOT, HEADS, TOP, add_table, annex, codes, essence, left, only, reading, saved, sheet

ROW = ("01/10", "Hội trường", "Khai mạc")


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (("STT", "Nội dung hoạt động", "Nơi tổ chức", "Thời gian tổ chức"), ("1", "Khai mạc", "Hội trường", "01/10")),
        (("THỜI GIAN", "ĐỊA ĐIỂM TỔ CHỨC", "TÊN HOẠT ĐỘNG"), ROW),
        (("Ngày, tháng", "Địa điểm (ghi rõ)", "Nội dung công việc", "Ghi chú"), (*ROW, "")),
        (("Thứ", "Ngày", "Nơi diễn ra", "Các hoạt động"), ("Thứ Bảy", *ROW)),
        (("Nội dung", "Ngày bắt đầu", "Ngày kết thúc", "Địa điểm"), ("Khai mạc", "01/10", "01/10", "Hội trường")),
        (("TT", "Thời gian, địa điểm", "Nội dung"), ("1", "01/10, Hội trường", "Khai mạc")),
        (None, ("1", *ROW, "")),
        (None, ROW),
        (None, ("01/10", "Khai mạc", "Hội trường")),
    ],
)
def test_columns_are_known_by_their_heads_or_by_what_they_hold(heads, row):
    said = reading(annex(row, heads=heads))
    assert essence(said) == [ROW]
    assert left(said) == []


def test_a_head_of_two_rows_and_a_row_of_column_numbers():
    word = Word()
    table = add_table(word, [
        ("STT", "Thời gian", "", "Nội dung", "Địa điểm"),
        ("", "Ngày", "Giờ", "", ""),
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        ("1", "01/10", "7h30", "Khai mạc", "Hội trường"),
    ])  # fmt: skip
    table.cell(0, 1).merge(table.cell(0, 2))
    for column in (0, 3, 4):
        table.cell(0, column).merge(table.cell(1, column))
    said = reading(saved(word))
    assert essence(said) == [ROW]
    assert only(said)["start_time"] == "07:30"


def test_tables_go_on_after_a_page_with_or_without_their_head():
    word = Word()
    add_table(word, [HEADS, ("1", *ROW, "")])
    word.add_paragraph("")
    add_table(word, [("", "", "Thư viện", "Đọc sách", ""), HEADS, ("2", "02/10", "Chợ", "Phát tờ rơi", "")])
    assert essence(reading(saved(word))) == [ROW, ("01/10", "Thư viện", "Đọc sách"), ("02/10", "Chợ", "Phát tờ rơi")]


def test_each_day_may_have_a_table_of_its_own_under_a_line_that_names_it():
    word = Word()
    for day, content in (("Thứ Bảy, ngày 01/10/2022", "Khai mạc"), ("Ngày 02/10/2022:", "Đọc sách")):
        word.add_paragraph(day)
        add_table(word, [("Giờ", "Địa điểm", "Nội dung"), ("7h30", "Xã", content)])
    assert essence(reading(saved(word))) == [("01/10", "Xã", "Khai mạc"), ("02/10", "Xã", "Đọc sách")]


def test_bands_across_the_table_name_a_day_a_unit_or_a_heading():
    said = reading(annex(
        ("I. CẤP HUYỆN", "", "", "", ""),
        ("Ngày 03/10/2022 (Thứ Hai)", "", "", "", ""),
        ("1", "", "Chợ", "Phát tờ rơi", ""),
        ("Xã Lâm Sơn", "", "", "", ""),
        ("2", "04/10", "Xã", "Thi vẽ", ""),
    ))  # fmt: skip
    assert essence(said) == [("03/10", "Chợ", "Phát tờ rơi"), ("04/10", "Xã", "Thi vẽ")]
    assert [row["host"] for row in said["rows"]] == [None, "Xã Lâm Sơn"]
    assert left(said) == ["I. CẤP HUYỆN"]


def test_columns_for_morning_and_afternoon_are_parts_of_the_day():
    said = reading(annex(("03/10", "Khai mạc", "Thi đấu"), ("04/10", "", "Bế mạc"), heads=("Ngày", "Sáng", "Chiều")))
    assert [(r["date_from"][8:], r["part_of_day"], r["content"]) for r in said["rows"]] == [
        ("03", "sáng", "Khai mạc"),
        ("03", "chiều", "Thi đấu"),
        ("04", "chiều", "Bế mạc"),
    ]


def test_words_under_other_heads_are_shown_with_their_place():
    said = reading(annex(("01/10", "Xã", "Khai mạc", "300"), heads=("Ngày", "Địa điểm", "Nội dung", "Số lượng")))
    assert said["unplaced"] == [{"where": "bảng 1, dòng 2, cột 4", "text": "300"}]
    assert only(said)["source"] == "bảng 1, dòng 2"


def test_tables_inside_cells_are_read():
    word = Word()
    outer = word.add_table(1, 1)
    outer.cell(0, 0).text = "UBND HUYỆN BÁC ÁI"
    inner = outer.cell(0, 0).add_table(2, 3)
    for cells, texts in zip(inner.rows, [("Ngày", "Địa điểm", "Nội dung"), ROW], strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    said = reading(saved(word))
    assert (said["organisation"], essence(said)) == ("UBND huyện Bác Ái", [ROW])


def test_the_forms_own_text_is_not_content_and_everything_else_is_shown():
    said = reading(annex(
        ("1", *ROW, ""),
        before=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 12/KH-UBND", *TOP,
                "(Đính kèm theo Kế hoạch số 4000/KH-UBND ngày 20/9/2022 của UBND tỉnh)", "Kính gửi: Sở GDĐT"),
        after=("Lịch có thể thay đổi nếu mưa bão.", "Ninh Sơn, ngày 25 tháng 9 năm 2022", "KT. CHỦ TỊCH",
               "PHÓ CHỦ TỊCH", *FOOT, "Nơi nhận:", "- Như trên;", "- Lưu: VT."),
    ))  # fmt: skip
    assert essence(said) == [ROW]
    assert left(said) == ["Lịch có thể thay đổi nếu mưa bão."]


def test_an_excel_form_mixes_dates_and_words_under_titles():
    data = sheet(
        ("LỊCH ĐĂNG KÝ HOẠT ĐỘNG",),
        ("Đơn vị: Trường THPT Ninh Hải",),
        (),
        ("STT", "Ngày", "Giờ", "Nội dung", "Địa điểm"),
        (1, dt.date(2022, 10, 1), dt.time(7, 30), "Khai mạc", "Sân trường"),
        (2, "02-04/10", "14h", "Thi vẽ", "Hội trường"),
        (None, 44839, None, "Tọa đàm", "Thư viện"),
        (),
        (None, None, None, None, "HIỆU TRƯỞNG"),
        (None, None, None, None, "Trần Văn Bình"),
    )
    said = reading(data, "form.xlsx")
    assert said["organisation"] == "Trường THPT Ninh Hải"
    assert essence(said) == [
        ("01/10", "Sân trường", "Khai mạc"),
        ("02/10-04/10", "Hội trường", "Thi vẽ"),
        ("05/10", "Thư viện", "Tọa đàm"),
    ]
    assert [row["start_time"] for row in said["rows"]] == ["07:30", "14:00", None]
    assert left(said) == []
    assert said["rows"][0]["source"] == "trang “Lịch”, dòng 5"


def test_an_excel_form_with_merged_days():
    data = sheet(
        HEADS,
        (None, None, "Xã", "Khai mạc"),
        (None, None, "Chợ", "Tuyên truyền"),
        merges=[(1, 0, 2, 0, 1), (1, 1, 2, 1, "01/10")],
    )
    assert essence(reading(data, "f.xlsx")) == [("01/10", "Xã", "Khai mạc"), ("01/10", "Chợ", "Tuyên truyền")]


def test_a_csv_form():
    data = "TT;Ngày;Địa điểm;Nội dung;Ghi chú\n1;01/10;Xã;Khai mạc;\n;;Chợ;Tuyên truyền;\n"
    assert essence(reading(data, "f.csv")) == [("01/10", "Xã", "Khai mạc"), ("01/10", "Chợ", "Tuyên truyền")]


def test_an_empty_form_says_so():
    said = reading(annex(*[(str(n), f"{n:02d}/10", "", "", "") for n in range(1, 8)]))
    assert (said["rows"], codes(said), left(said)) == ([], [("no_rows", None)], [])


def places(said):
    return [row["place"] for row in said["rows"]]


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        # once for the table
        ([("01/10", "Hội trường", "A"), ("02/10", "", "B"), ("03/10", "", "C")], ["Hội trường"] * 3),
        # once for the day, whose day is written once too
        ([("01/10", "Sân", "A"), ("", "", "B"), ("02/10", "", "C"), ("", "Chợ", "D")], ["Sân", "Sân", "", "Chợ"]),
        # each row has its own day: what is blank was not said
        ([("01/10", "Sân", "A"), ("02/10", "Chợ", "B"), ("03/10", "", "C")], ["Sân", "Chợ", ""]),
        ([("01/10", "Sân", "A"), ("02/10", "", "B")], ["Sân", ""]),
    ],
)
def test_a_place_given_once_is_that_of_the_rows_below_it_which_are_less_sure(rows, where):
    said = reading(annex(*[("", *row, "") for row in rows]))
    assert places(said) == where
    given = [row for row in said["rows"] if "place_above" in row["reasons"]]
    assert len(given) == sum(bool(at) for at in where) - sum(bool(row[1]) for row in rows)
    assert all(row["confidence"] < 0.9 for row in given)


@pytest.mark.parametrize(
    ("heads", "row", "where", "loose"),
    [
        (("TT", "Ngày", "Nội dung"), ("1", "01/10", "Khai mạc"), "Hội trường xã", []),
        (("TT", "Ngày", "Địa điểm", "Nội dung"), ("1", "01/10", "Chợ", "Khai mạc"), "Chợ", ["Địa điểm: Hội trường xã"]),
    ],
)
def test_a_place_over_a_table_is_that_of_its_rows_when_they_name_none(heads, row, where, loose):
    said = reading(annex(row, heads=heads, before=(*TOP, "Địa điểm: Hội trường xã")))
    assert places(said) == [where]
    assert left(said) == loose
