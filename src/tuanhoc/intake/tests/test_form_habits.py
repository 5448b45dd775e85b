"""Habits of schools, communes, companies: lessons beside days, marks below days, sums, samples, sentences."""

import pytest
from docx import Document as Word

from .form_papers import TOP, add_table, annex, codes, days, essence, left, only, reading, saved

THIRD = ("1", "03/10", "Hội trường", "Tập huấn", "")


def table_of(*rows, before=TOP, after=()):
    return annex(*rows, heads=None, before=before, after=after)


class TestNumbersThatAreNoDays:
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("Tiết 3, 4 ngày 05/10", ["05/10"]),
            ("Tiết 1 ngày 03/10/2022", ["03/10"]),
            ("Tiết 2-3, sáng 04/10", ["04/10"]),
            ("Lớp 8/2 ngày 05/10", ["05/10"]),
            ("Đợt 1: 02/10, đợt 2: 05/10", ["02/10", "05/10"]),
            ("05/10 (mùng 10/9 âm lịch)", ["05/10"]),
        ],
    )
    def test_lessons_classes_rounds_and_days_of_the_moon(self, written, read):
        said = reading(annex(("1", written, "Sân", "Hội vui", "")))
        assert [days(row) for row in said["rows"]] == read
        assert left(said) == [written]  # what the words say more stays to be seen
        assert all(row["confidence"] < 0.9 for row in said["rows"])

    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("Trong 02 ngày 03 và 04/10/2022", ["03/10-04/10"]),
            ("02 ngày (03-04/10)", ["03/10-04/10"]),
            ("Cả 3 ngày 01, 02, 03/10", ["01/10-03/10"]),
            ("1/2 ngày 05/10", ["05/10"]),
        ],
    )
    def test_how_long_it_lasts(self, written, read):
        said = reading(annex(("1", written, "Sân", "Hội vui", "")))
        assert [days(row) for row in said["rows"]] == read
        assert left(said) == []

    @pytest.mark.parametrize("written", ["03 ngày", "Tuần 1 tháng 10", "1/2 ngày"])
    def test_a_length_or_a_week_of_a_month_names_no_day(self, written):
        said = reading(annex(("1", written, "Sân", "Hội vui", "")))
        assert (only(said)["date_from"], codes(said), left(said)) == (None, [("bad_date", 0)], [written])

    def test_days_in_a_row_are_rows_of_their_own_less_surely(self):
        said = reading(annex(("1", "03, 04/10/2022", "Sân", "Hội vui", ""), ("2", "03, 06/10/2022", "Sân", "Thi", "")))
        assert [row["confidence"] for row in said["rows"]] == [0.88, 0.88, 0.95, 0.95]

    def test_a_column_of_weekdays_holds_no_days_of_the_month(self):
        said = reading(table_of(("Thứ", "Ngày", "Nội dung", "Địa điểm"), ("2", "03/10", "Chào cờ", "Sân"),
                                ("Tư", "05/10", "Vẽ tranh", "Lớp 2A")))  # fmt: skip
        assert essence(said) == [("03/10", "Sân", "Chào cờ"), ("05/10", "Lớp 2A", "Vẽ tranh")]
        assert (codes(said), left(said)) == ([], [])


def test_an_hour_on_the_first_day_and_one_on_the_last():
    said = reading(annex(("1", "Từ 7h30 ngày 03/10 đến 11h00 ngày 05/10", "Sân", "Hội trại", "")))
    row = only(said)
    assert (days(row), row["start_time"], row["end_time"]) == ("03/10-05/10", "07:30", "11:00")
    assert left(said) == []


class TestHeads:
    @pytest.mark.parametrize(
        "heads",
        [
            ("No.", "Date / Ngày", "Venue / Địa điểm", "Activity / Nội dung", "Remarks / Ghi chú"),
            ("No.", "Date", "Place", "Activities", "Notes"),
            ("TT", "Vào lúc", "Tổ chức tại", "Hoạt động", "Ghi chú khác"),
        ],
    )
    def test_in_other_words_and_in_two_tongues(self, heads):
        said = reading(annex(("1", "03/10", "Main Hall", "Book Week", "Grade 5"), heads=heads))
        row = only(said)
        assert [*essence(said), row["note"]] == [("03/10", "Main Hall", "Book Week"), "Grade 5"]
        assert left(said) == []

    def test_days_across_behind_number_and_school(self):
        said = reading(
            table_of(
                ("TT", "Trường", "03/10", "04/10"),
                ("1", "TH Lợi Hải", "Phát động", "Đọc sách"),
                ("2", "THCS Ba Tháp", "", "Hội khỏe"),
            )
        )
        assert [(days(r), r["host"], r["content"]) for r in said["rows"]] == [
            ("03/10", "TH Lợi Hải", "Phát động"),
            ("04/10", "TH Lợi Hải", "Đọc sách"),
            ("04/10", "THCS Ba Tháp", "Hội khỏe"),
        ]
        assert left(said) == []

    def test_marks_below_days_say_when_the_activity_in_front_is_held(self):
        said = reading(
            table_of(
                ("TT", "Nội dung", "Địa điểm", "01/10", "03/10", "04/10"),
                ("1", "Phát động", "Sân", "x", "", ""),
                ("2", "Đọc sách", "Thư viện", "", "x", "x"),
            )
        )
        assert essence(said) == [
            ("01/10", "Sân", "Phát động"),
            ("03/10", "Thư viện", "Đọc sách"),
            ("04/10", "Thư viện", "Đọc sách"),
        ]
        assert left(said) == []
        assert all(row["confidence"] < 0.9 for row in said["rows"])

    def test_days_below_a_head_of_two_rows(self):
        word = Word()
        heads = [("TT", "Hoạt động", "Địa điểm", "Thời gian", ""), ("", "", "", "03/10", "04/10")]
        rows = [("1", "Bé làm vườn", "Sân sau", "X", ""), ("2", "Bé đọc thơ", "Lớp lá", "", "X")]
        table = add_table(word, [*heads, *rows])
        table.cell(0, 3).merge(table.cell(0, 4))
        for column in range(3):
            table.cell(0, column).merge(table.cell(1, column))
        said = reading(saved(word))
        assert essence(said) == [("03/10", "Sân sau", "Bé làm vườn"), ("04/10", "Lớp lá", "Bé đọc thơ")]
        assert left(said) == []

    def test_the_hours_a_row_begins_and_ends(self):
        heads = ("Ngày", "Giờ bắt đầu", "Giờ kết thúc", "Nội dung", "Địa điểm")
        row = only(reading(annex(("03/10", "7h30", "9h30", "Khiêu vũ", "Nhà văn hóa"), heads=heads)))
        assert (row["start_time"], row["end_time"], row["confidence"]) == ("07:30", "09:30", 0.99)


class TestWhatStandsAboveATable:
    def test_a_place_said_once_is_the_place_of_every_row(self):
        heads = ("TT", "Ngày", "Nội dung")
        said = reading(annex(("1", "03/10", "Chào cờ"), ("2", "04/10", "Thi"), heads=heads,
                             before=(*TOP, "Địa điểm: Hội trường A")))  # fmt: skip
        assert essence(said) == [("03/10", "Hội trường A", "Chào cờ"), ("04/10", "Hội trường A", "Thi")]
        assert left(said) == []

    def test_the_programme_of_one_day(self):
        before = ("NGÀY HỘI DI SẢN", "Thời gian: Ngày 05/10/2022", "Địa điểm: Bảo tàng tỉnh")
        heads = ("Thời gian", "Nội dung")
        said = reading(annex(("7h30", "Đón khách"), ("9h00", "Trò chơi"), heads=heads, before=before))
        assert essence(said) == [("05/10", "Bảo tàng tỉnh", "Đón khách"), ("05/10", "Bảo tàng tỉnh", "Trò chơi")]
        assert left(said) == ["NGÀY HỘI DI SẢN"]

    def test_the_line_of_the_unit_above_a_place_is_no_activity(self):
        unit = "UBND huyện, thành phố (hoặc Sở, ngành): Liên minh Hợp tác xã tỉnh"
        said = reading(annex(("1", "03/10", "Lớp"), heads=("TT", "Ngày", "Nội dung"),
                             before=(*TOP, unit, "Địa điểm: 02 Thống Nhất")))  # fmt: skip
        assert said["organisation"] == "Liên minh Hợp tác xã tỉnh"
        assert essence(said) == [("03/10", "02 Thống Nhất", "Lớp")]


class TestCells:
    def test_a_day_alone_in_the_note_is_the_day_of_a_row_without_one(self):
        said = reading(annex(("1", "", "Hội trường", "Tập huấn", "8h00 ngày 04/10/2022"), THIRD))
        row = said["rows"][0]
        assert (days(row), row["start_time"], row["confidence"]) == ("04/10", "08:00", 0.85)

    def test_a_day_in_the_note_never_outvotes_the_column(self):
        said = reading(annex(("1", "03/10", "Hội trường", "Tập huấn", "05/10")))
        assert days(only(said)) == "03/10"

    def test_hours_in_one_sentence_are_activities_of_their_own(self):
        said = reading(annex(("1", "04/10", "Xã", "13 giờ 30: Tập huấn tưới; 15 giờ 30: Thăm mô hình", "")))
        assert [(r["start_time"], r["content"]) for r in said["rows"]] == [
            ("13:30", "Tập huấn tưới"),
            ("15:30", "Thăm mô hình"),
        ]

    def test_a_semicolon_alone_parts_nothing(self):
        said = reading(annex(("1", "04/10", "Xã", "8h00: Tập huấn tưới; thăm mô hình", "")))
        assert only(said)["content"] == "Tập huấn tưới; thăm mô hình"

    def test_a_card_in_one_cell(self):
        card = "Hoạt động: Liên hoan đờn ca\nThời gian: 19h30 ngày 02/10/2022\nĐịa điểm: Sân khấu"
        said = reading(table_of(("STT", "Nội dung đăng ký"), ("1", card)))
        assert essence(said) == [("02/10", "Sân khấu", "Liên hoan đờn ca")]
        assert left(said) == []

    def test_cards_side_by_side(self):
        cards = [f"{n}. {name}\nThời gian: 0{n}/10/2022\nĐịa điểm: {at}" for n, name, at in
                 ((1, "Hiến máu", "Trạm xá"), (2, "Dọn biển", "Bình Sơn"))]  # fmt: skip
        said = reading(table_of(tuple(cards)))
        assert essence(said) == [("01/10", "Trạm xá", "Hiến máu"), ("02/10", "Bình Sơn", "Dọn biển")]
        assert left(said) == []

    def test_labels_in_a_cell_beside_a_column_of_days_stay_in_their_row(self):
        said = reading(annex(("1", "03/10", "", "Tập huấn\nThời gian: 7h30\nĐịa điểm: Hội trường", "")))
        assert days(only(said)) == "03/10"


class TestRowsThatAreNoActivities:
    def test_a_sum(self):
        said = reading(annex(THIRD, ("", "", "", "Tổng cộng: 02 hoạt động", "")))
        assert (essence(said), left(said)) == ([("03/10", "Hội trường", "Tập huấn")], ["Tổng cộng: 02 hoạt động"])

    def test_a_sum_of_money_is_no_day(self):
        heads = ("TT", "Ngày", "Nội dung", "Địa điểm", "Kinh phí")
        said = reading(
            annex(("1", "03/10", "Chiếu phim", "Xã", "2.500.000"), ("", "", "Cộng", "", "2.500.000"), heads=heads)
        )
        assert essence(said) == [("03/10", "Xã", "Chiếu phim")]
        assert left(said) == ["2.500.000", "Cộng", "2.500.000"]

    def test_the_sample_of_the_form(self):
        said = reading(annex(("", "(Ví dụ: 01/10)", "(Hội trường xã)", "(Tọa đàm)", ""), THIRD))
        assert essence(said) == [("03/10", "Hội trường", "Tập huấn")]
        assert left(said) == ["(Ví dụ: 01/10)", "(Hội trường xã)", "(Tọa đàm)"]


class TestSentences:
    @pytest.mark.parametrize(
        ("line", "read"),
        [
            ("- Hội thi kể chuyện: 8h00 ngày 03/10/2022, tại sân trường", ("03/10", "sân trường", "Hội thi kể chuyện")),
            ("- Tập huấn số (ngày 04/10/2022, tại Hội trường A)", ("04/10", "Hội trường A", "Tập huấn số")),
            ("1. Triển lãm từ ngày 01/10 đến ngày 07/10 tại Thư viện", ("01/10-07/10", "Thư viện", "Triển lãm")),
            ("b) Trao tủ sách công nhân vào ngày 05/10 tại KCN", ("05/10", "KCN", "Trao tủ sách công nhân")),
            ("- Ngày hội công nghệ, cả ngày 06/10, tại Sân A", ("06/10", "Sân A", "Ngày hội công nghệ")),
        ],
    )  # fmt: skip
    def test_the_activity_first_and_its_day_after(self, line, read):
        said = reading(f"Trường THPT An Phước đăng ký:\n{line}\n", "thu.txt")
        assert essence(said) == [read]
        assert only(said)["confidence"] < 0.9

    @pytest.mark.parametrize(
        "line",
        [
            "- Đọc sách theo Kế hoạch số 12/KH ngày 02/10/2022",
            "- Trao quà kỷ niệm ngày 05/10",
            "- Nộp danh sách ngày 03/10",
            "- Đăng ký dự thi ngày 20/10",
            "Nhà trường đã họp ngày 03/10/2022 với phụ huynh",
        ],
    )
    def test_a_day_that_is_not_the_activitys_own_makes_no_row(self, line):
        said = reading(f"Trường THPT An Phước gửi Sở:\n{line}\n", "thu.txt")
        assert (said["rows"], left(said)[1:]) == ([], [line])

    def test_whom_to_call_is_no_activity_of_the_day_above(self):
        letter = "Trung tâm Dịch vụ việc làm tỉnh đăng ký:\nNgày 05/10/2022\n- 8h00: Lớp pha chế, tại Trung tâm\n"
        said = reading(f"{letter}Người liên hệ: Cô Yến (0259.3.838.383)\n", "thu.txt")
        assert said["organisation"] == "Trung tâm Dịch vụ việc làm tỉnh"
        assert essence(said) == [("05/10", "Trung tâm", "Lớp pha chế")]
        assert left(said)[-1] == "Người liên hệ: Cô Yến (0259.3.838.383)"

    def test_numbered_parts_of_one_sentence(self):
        letter = (
            "VNPT xin đăng ký 02 hoạt động: (1) Lớp số, 8h00 ngày 03/10 tại VNPT; (2) Ngày hội số, 06/10 tại Sân A."
        )
        assert essence(reading(letter, "thu.txt")) == [("03/10", "VNPT", "Lớp số"), ("06/10", "Sân A", "Ngày hội số")]

    def test_day_place_and_activity_between_dashes(self):
        letter = "Lịch trường ạ:\n3/10 sáng - sân trường - tập thể dục\n4/10 chiều - lớp chồi 2 - làm bưu thiếp\n"
        assert essence(reading(letter, "thu.txt")) == [
            ("03/10", "sân trường", "tập thể dục"),
            ("04/10", "lớp chồi 2", "làm bưu thiếp"),
        ]

    def test_an_hour_after_a_day_in_brackets(self):
        said = reading("Lịch trường ạ:\nT2 (3/10) 7h: chào cờ - sân trường\n", "thu.txt")
        assert (essence(said), only(said)["start_time"]) == ([("03/10", "sân trường", "chào cờ")], "07:00")


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        ("NHÀ THIẾU NHI TỈNH NINH THUẬN", "Nhà thiếu nhi tỉnh Ninh Thuận"),
        ("VĂN PHÒNG UBND TỈNH", "Văn phòng UBND tỉnh"),
    ],
)
def test_units_whose_names_begin_like_places_are_known_by_their_capitals(above, unit):
    assert reading(annex(THIRD, before=(above, *TOP)))["organisation"] == unit
