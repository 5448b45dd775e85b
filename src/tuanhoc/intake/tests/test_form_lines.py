"""Forms without a table."""

from .form_papers import codes, essence, left, reading


def test_lines_that_begin_with_a_day():
    said = reading("""TRƯỜNG TIỂU HỌC LÂM SƠN
LỊCH ĐĂNG KÝ HOẠT ĐỘNG
- Ngày 03/10: Tập huấn kỹ năng số tại Hội trường UBND xã.
- Thứ Tư, ngày 05/10: 8h00-10h30: Tọa đàm, tại Thư viện
- Từ 06/10 đến 07/10: Trưng bày sách
""", "form.txt")  # fmt: skip
    assert said["organisation"] == "Trường Tiểu học Lâm Sơn"
    assert essence(said) == [
        ("03/10", "Hội trường UBND xã", "Tập huấn kỹ năng số"),
        ("05/10", "Thư viện", "Tọa đàm"),
        ("06/10-07/10", "", "Trưng bày sách"),
    ]
    assert (said["rows"][1]["start_time"], said["rows"][1]["end_time"]) == ("08:00", "10:30")
    assert (codes(said), left(said)) == ([("no_place", 2)], [])


def test_lines_under_a_day_and_columns_typed_with_bars():
    said = reading("""Thứ Hai, ngày 03/10/2022
- 7h30: Khai mạc tại Sân trường
- Thi vẽ
Ngày 06/10
07h30 | Hội trường | Khai giảng lớp
14 giờ | Nhà văn hóa | Hội thi
""", "form.txt")  # fmt: skip
    assert essence(said) == [
        ("03/10", "Sân trường", "Khai mạc"),
        ("03/10", "", "Thi vẽ"),
        ("06/10", "Hội trường", "Khai giảng lớp"),
        ("06/10", "Nhà văn hóa", "Hội thi"),
    ]
    assert [row["start_time"] for row in said["rows"]] == ["07:30", None, "07:30", "14:00"]


def test_a_table_typed_with_bars_or_tabs_keeps_its_head():
    bars = "TT | Ngày | Địa điểm | Nội dung\n---|---|---|---\n1 | 01/10 | Xã | Khai mạc\n"
    assert essence(reading(bars, "a.txt")) == [("01/10", "Xã", "Khai mạc")]
    assert essence(reading(bars.replace(" | ", "\t"), "a.txt")) == [("01/10", "Xã", "Khai mạc")]


def test_labelled_lines():
    said = reading("""1. Lễ khai mạc Tuần lễ
- Thời gian: 7h30 ngày 01/10/2022
- Địa điểm: Hội trường xã
- Thành phần: Toàn dân
2. Tọa đàm
Thời gian: Sáng 03/10. Địa điểm: Nhà văn hóa
Nội dung: Phát sách; Thời gian: 04/10/2022; Địa điểm: Thư viện
""", "form.txt")  # fmt: skip
    assert essence(said) == [
        ("01/10", "Hội trường xã", "Lễ khai mạc Tuần lễ"),
        ("03/10", "Nhà văn hóa", "Tọa đàm"),
        ("04/10", "Thư viện", "Phát sách"),
    ]
    assert said["rows"][0]["audience"] == "Toàn dân"


def test_a_programme_typed_under_headings_of_days():
    said = reading("""I. Ngày 01/10/2022 (Thứ Bảy)
1. 7h30: Lễ khai mạc tại Hội trường huyện. Thành phần: cán bộ, giáo viên.
2. Chiều: Giao lưu văn nghệ
của các trường
II. Từ ngày 03/10 đến ngày 07/10
Các trường học tổ chức ngày hội đọc sách
Trên đây là lịch của đơn vị.
""", "form.txt")  # fmt: skip
    assert essence(said) == [
        ("01/10", "Hội trường huyện", "Lễ khai mạc"),
        ("01/10", "", "Giao lưu văn nghệ của các trường"),
        ("03/10-07/10", "", "Các trường học tổ chức ngày hội đọc sách"),
    ]
    assert (said["rows"][0]["note"], said["rows"][0]["audience"]) == (
        "Thành phần: cán bộ, giáo viên.",
        "cán bộ, giáo viên",
    )
    assert left(said) == ["Trên đây là lịch của đơn vị."]


def test_a_place_may_stand_before_or_behind_the_activity():
    said = reading("- 01/10: Khai mạc; Hội trường huyện\n- 03/10, 7h30, Nhà văn hóa: Tập huấn\n", "form.txt")
    assert essence(said) == [("01/10", "Hội trường huyện", "Khai mạc"), ("03/10", "Nhà văn hóa", "Tập huấn")]


def test_other_lines_are_shown():
    said = reading("Chúng tôi sẽ gửi lịch sau.\nXin cảm ơn.\n", "form.txt")
    assert left(said) == ["Chúng tôi sẽ gửi lịch sau.", "Xin cảm ơn."]
    assert codes(said) == [("no_rows", None)]
