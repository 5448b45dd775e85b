"""One cell, several activities; merged and blank cells; what is the same as above."""

import pytest
from docx import Document as Word

from .form_papers import HEADS, add_table, annex, codes, essence, left, only, reading, saved


def contents(*lines, place="Thư viện"):
    said = reading(annex(("1", "01/10", place, "\n".join(lines), "")))
    assert left(said) == []
    return [row["content"] for row in said["rows"]]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["- Tọa đàm;", "- Thi vẽ."], ["Tọa đàm", "Thi vẽ."]),
        (["1. Tọa đàm", "2) Thi vẽ"], ["Tọa đàm", "Thi vẽ"]),
        (["+ Tọa đàm", "+ Thi vẽ"], ["Tọa đàm", "Thi vẽ"]),
        (["• Tọa đàm", "• Thi vẽ"], ["Tọa đàm", "Thi vẽ"]),
        (["- Tọa đàm; - Thi vẽ; - Đọc sách"], ["Tọa đàm", "Thi vẽ", "Đọc sách"]),
        (["Tọa đàm", "Thi vẽ"], ["Tọa đàm", "Thi vẽ"]),
        (["- Tọa đàm về đọc sách", "cho học sinh", "- Thi vẽ"], ["Tọa đàm về đọc sách cho học sinh", "Thi vẽ"]),
        (["- Hội thi gồm:", "+ Vòng một", "+ Vòng hai", "- Thi vẽ"], ["Hội thi gồm: + Vòng một + Vòng hai", "Thi vẽ"]),
        (["Lễ phát động Tuần lễ", "hưởng ứng học tập"], ["Lễ phát động Tuần lễ hưởng ứng học tập"]),
        (["Khai mạc Tuần lễ tại huyện", "Ninh Sơn"], ["Khai mạc Tuần lễ tại huyện Ninh Sơn"]),
        (["Hội thi kể chuyện (khối", "Tiểu học)"], ["Hội thi kể chuyện (khối Tiểu học)"]),
        (["Tọa đàm, giao lưu; phát sách"], ["Tọa đàm, giao lưu; phát sách"]),
        (["- Tọa đàm"], ["Tọa đàm"]),
    ],
)  # fmt: skip
def test_items_are_rows_and_a_wrapped_line_is_not(lines, expected):
    assert contents(*lines) == expected


def test_items_pair_with_places_and_hours_where_counts_agree():
    said = reading(annex(
        ("1", "01/10\n7h30\n14h00", "Hội trường\nSân vận động", "- Khai mạc\n- Diễu hành", ""),
        ("2", "02/10", "Nhà văn hóa", "- Đọc sách\n- Kể chuyện", ""),
    ))  # fmt: skip
    assert essence(said) == [
        ("01/10", "Hội trường", "Khai mạc"),
        ("01/10", "Sân vận động", "Diễu hành"),
        ("02/10", "Nhà văn hóa", "Đọc sách"),
        ("02/10", "Nhà văn hóa", "Kể chuyện"),
    ]
    assert [row["start_time"] for row in said["rows"]] == ["07:30", "14:00", None, None]


def test_a_line_that_names_a_part_of_day_stands_over_the_items_below_it():
    said = reading(annex(("1", "01/10", "Xã", "Sáng:\n- Khai mạc\nChiều:\n- Giao lưu", "")))
    assert [(r["part_of_day"], r["content"]) for r in said["rows"]] == [("sáng", "Khai mạc"), ("chiều", "Giao lưu")]


def test_a_line_in_front_of_a_list_is_shown_not_lost():
    said = reading(annex(("1", "01/10", "Xã", "Tổ chức các hoạt động:\n- Khai mạc\n- Giao lưu", "")))
    assert [row["content"] for row in said["rows"]] == ["Khai mạc", "Giao lưu"]
    assert left(said) == ["Tổ chức các hoạt động:"]


def merged():
    word = Word()
    table = add_table(word, [HEADS, *[("",) * 5] * 5])
    table.cell(1, 0).merge(table.cell(3, 0)).text = "1"
    table.cell(1, 1).merge(table.cell(3, 1)).text = "01/10"
    table.cell(1, 2).merge(table.cell(3, 2)).text = "Hội trường"
    table.cell(1, 3).text, table.cell(2, 3).text = "Khai mạc", "Triển lãm"
    table.cell(4, 1).text, table.cell(4, 2).text, table.cell(5, 2).text = "02/10", "Chợ", "Bến xe"
    table.cell(4, 3).merge(table.cell(5, 3)).text = "Phát tờ rơi"
    return saved(word)


def test_merged_cells_serve_all_their_rows_and_empty_rows_make_none():
    assert essence(reading(merged())) == [
        ("01/10", "Hội trường", "Khai mạc"),
        ("01/10", "Hội trường", "Triển lãm"),
        ("02/10", "Chợ", "Phát tờ rơi"),
        ("02/10", "Bến xe", "Phát tờ rơi"),
    ]


def test_a_blank_day_is_the_day_above_and_nt_is_what_stands_above():
    said = reading(annex(
        ("1", "01/10", "Hội trường", "Khai mạc", "có quay phim"),
        ("", "", "nt", "Tọa đàm", "nt"),
        ("2", "-nt-", "Như trên", "Thi vẽ", ""),
        ("3", "02/10", '"', "Bế mạc", ""),
    ))  # fmt: skip
    assert essence(said) == [
        ("01/10", "Hội trường", "Khai mạc"),
        ("01/10", "Hội trường", "Tọa đàm"),
        ("01/10", "Hội trường", "Thi vẽ"),
        ("02/10", "Hội trường", "Bế mạc"),
    ]
    assert [row["note"] for row in said["rows"]] == ["có quay phim", "có quay phim", "", ""]


def test_dots_are_not_content_and_no_activity_is_no_row():
    said = reading(annex(
        ("1", "01/10", "…", "………", "..."),
        ("2", "02/10", "", "Không tổ chức", ""),
        ("3", "03/10", "Thư viện", "", ""),
        ("4", "04/10", "", "Thi vẽ", ""),
        ("5", "05/10", "", "", "Nghỉ bão"),
    ))  # fmt: skip
    assert essence(said) == [("03/10", "Thư viện", ""), ("04/10", "", "Thi vẽ")]
    assert codes(said) == [("no_content", 0), ("no_place", 1)]
    assert left(said) == ["Không tổ chức", "Nghỉ bão"]


def test_equal_rows_are_kept_equal():
    row = ("1", "01/10", "Xã", "Khai mạc", "")
    assert len(reading(annex(row, row))["rows"]) == 2


def test_the_rest_of_a_row_finds_its_field():
    row = only(reading(annex(
        ("Tập huấn", "Xã A", "03/10", "UBND xã A", "Toàn dân", "Ông Ba", "0912 345 678", "https://zoom.us/j/1"),
        heads=("Tên hoạt động", "Nơi tổ chức", "Ngày", "Đơn vị chủ trì", "Đối tượng", "Người phụ trách", "SĐT", "Link"),
    )))  # fmt: skip
    assert (row["host"], row["audience"], row["contact"]) == ("UBND xã A", "Toàn dân", "Ông Ba, 0912 345 678")
    assert row["link"] == "https://zoom.us/j/1"


def test_a_note_tells_contact_and_link_and_stays_as_written():
    note = "Liên hệ: cô Hoa, 0912 345 678; xem https://hoc.vn/lop1"
    row = only(reading(annex(("1", "03/10", "", "Lớp học", note))))
    assert (row["note"], row["contact"], row["link"]) == (note, "cô Hoa, 0912 345 678", "https://hoc.vn/lop1")


def test_who_is_in_charge_is_a_person_or_a_group():
    heads = ("Ngày phát", "Nội dung chương trình", "Địa điểm (kênh)", "Phụ trách")
    said = reading(
        annex(("03/10", "Bản tin", "Kênh 1", "Tổ Văn"), ("04/10", "Tọa đàm", "Kênh 2", "Cô Hoa"), heads=heads)
    )
    assert [(row["host"], row["contact"]) for row in said["rows"]] == [("Tổ Văn", None), (None, "Cô Hoa")]


def test_places_pair_with_items_line_by_line_though_they_end_on_small_words():
    said = reading(annex(("1", "01/10", "Hội trường UBND xã\nTrường THCS Thành Hải", "- Khai mạc\n- Trao quà", "")))
    assert [row["place"] for row in said["rows"]] == ["Hội trường UBND xã", "Trường THCS Thành Hải"]
