"""Forms of shapes nobody had drawn for the reader: weeks on their side, cards, short hours, plans sent back whole."""

from docx import Document as Word

from .form_papers import FOOT, HEADS, TOP, add_table, annex, codes, days, essence, left, only, reading, saved

LINE = "UBND huyện, thành phố (hoặc Sở, ngành): "


def table_of(*rows, before=(), after=()):
    return annex(*rows, heads=None, before=before, after=after)


class TestWeeksOnTheirSide:
    def test_days_across_the_top_are_read_by_day_and_part(self):
        said = reading(
            table_of(
                ("Buổi", "Thứ Bảy\n01/10", "Thứ Hai\n03/10"),
                ("Sáng", "Khai mạc", "Đọc sách dưới cờ"),
                ("Chiều", "", "Câu lạc bộ tin học"),
            )
        )
        assert [(days(r), r["part_of_day"], r["content"]) for r in said["rows"]] == [
            ("01/10", "sáng", "Khai mạc"),
            ("03/10", "sáng", "Đọc sách dưới cờ"),
            ("03/10", "chiều", "Câu lạc bộ tin học"),
        ]
        assert left(said) == []

    def test_labels_under_the_days_name_what_a_line_holds(self):
        said = reading(
            table_of(
                ("", "01/10", "03/10"),
                ("Thời gian", "7h30", "14h00"),
                ("Nội dung", "Khai mạc", "Hội thi"),
                ("Địa điểm", "Sân trường", "Thư viện"),
            )
        )
        assert essence(said) == [("01/10", "Sân trường", "Khai mạc"), ("03/10", "Thư viện", "Hội thi")]
        assert [row["start_time"] for row in said["rows"]] == ["07:30", "14:00"]

    def test_labels_in_front_of_records_side_by_side(self):
        said = reading(
            table_of(
                ("Nội dung", "Khai mạc", "Hội thi"),
                ("Ngày", "01/10", "02-03/10"),
                ("Địa điểm", "Sân trường", "Thư viện"),
            )
        )
        assert essence(said) == [("01/10", "Sân trường", "Khai mạc"), ("02/10-03/10", "Thư viện", "Hội thi")]


def test_a_card_names_its_unit():
    said = reading(
        table_of(
            ("Tên đơn vị", "Trung tâm HTCĐ xã Lợi Hải"),
            ("Tên hoạt động", "Lớp chăn nuôi bò"),
            ("Thời gian", "8h00 ngày 04/10/2022"),
            ("Địa điểm", "Thôn Ấn Đạt"),
        )
    )
    assert said["organisation"] == "Trung tâm HTCĐ xã Lợi Hải"
    assert only(said)["host"] is None


class TestHours:
    def test_an_hour_may_be_written_g_without_minutes(self):
        said = reading(annex(("1", "19g ngày 6/10", "Chợ", "Văn nghệ", ""), ("2", "9g-11g 05/10", "Chợ", "Hội", "")))
        assert [(r["start_time"], r["end_time"]) for r in said["rows"]] == [("19:00", None), ("09:00", "11:00")]

    def test_a_part_of_day_beside_its_hour_is_one_time(self):
        said = reading(
            annex(("01/10", "Sáng", "7h30", "Khai mạc", "Sân"), heads=("Ngày", "Buổi", "Giờ", "Nội dung", "Địa điểm"))
        )
        assert (only(said)["start_time"], only(said)["part_of_day"]) == ("07:30", "sáng")


def test_a_band_in_capitals_names_the_host_the_proper_way():
    word = Word()
    table = add_table(word, [HEADS, ("I", "XÃ CÀ NÁ", "", "", ""), ("1", "01/10", "Sân UBND", "Mít tinh", "")])
    table.cell(1, 1).merge(table.cell(1, 4))
    said = reading(saved(word))
    assert only(said)["host"] == "Xã Cà Ná"
    assert left(said) == []


class TestUnits:
    def test_a_place_in_capitals_above_the_rows_is_the_unit(self):
        said = reading(annex(("1", "01/10", "Sân", "Mít tinh", ""), before=("HUYỆN NINH HẢI", *TOP)))
        assert said["organisation"] == "Huyện Ninh Hải"
        assert left(said) == []

    def test_the_standing_committee_under_a_unit_is_no_part_of_its_name(self):
        before = ("TỈNH ĐOÀN NINH THUẬN", "BAN THƯỜNG VỤ", "***", "CHƯƠNG TRÌNH HOẠT ĐỘNG TUẦN LỄ HỌC TẬP SUỐT ĐỜI")
        said = reading(annex(("1", "01/10", "Sân", "Mít tinh", ""), before=before))
        assert said["organisation"] == "Tỉnh đoàn Ninh Thuận"
        assert left(said) == []


def test_recipients_of_any_name_belong_to_the_form():
    after = ("Nơi nhận:", "- Báo Ninh Thuận, Đài PTTH;", "- VPUB: LĐ, KTTH;", "- Lưu: VT, VXNV. NAM.", *FOOT)
    assert left(reading(annex(("1", "01/10", "Sân", "Mít tinh", ""), after=after))) == []


def test_an_activity_below_the_recipients_is_no_recipient():
    after = ("Nơi nhận:", "- Lưu: VT.", "Bổ sung:", "- Treo băng rôn tại cổng trường")
    said = reading(annex(("1", "01/10", "Sân", "Mít tinh", ""), after=after))
    assert left(said) == ["Bổ sung:", "- Treo băng rôn tại cổng trường"]


def test_the_annex_inside_the_whole_plan_is_read_alone():
    plan = (
        "ỦY BAN NHÂN DÂN", "TỈNH NINH THUẬN", "KẾ HOẠCH", "1. Mục đích, yêu cầu",
        "Tổ chức Tuần lễ nhằm tiếp tục đẩy mạnh phong trào học tập.",
    )  # fmt: skip
    said = reading(annex(("1", "01/10", "Sân", "Mít tinh", ""), before=(*plan, *TOP, LINE + "UBND huyện Ninh Hải")))
    assert said["organisation"] == "UBND huyện Ninh Hải"
    assert essence(said) == [("01/10", "Sân", "Mít tinh")]
    assert left(said) == []


def test_a_letter_of_the_unit_before_its_annex_is_shown():
    letter = ("TRƯỜNG THPT CHU VĂN AN", "Nhà trường xin mượn âm thanh của Sở.")
    said = reading(annex(("1", "01/10", "Sân", "Mít tinh", ""), before=(*letter, *TOP)))
    assert left(said) == ["Nhà trường xin mượn âm thanh của Sở."]


class TestPlaces:
    def test_a_line_may_say_where_before_what(self):
        said = reading("- 7h30 ngày 01/10/2022, tại Hội trường UBND huyện: Lễ phát động Tuần lễ", "thu.txt")
        assert essence(said) == [("01/10", "Hội trường UBND huyện", "Lễ phát động Tuần lễ")]

    def test_a_column_of_activities_and_places_is_parted(self):
        rows = (
            ("8h00 ngày 03/10", "Hội thảo, tại Hội trường Liên hiệp hội"),
            ("05/10", "Trao giải. Địa điểm: Nhà Thiếu nhi"),
            ("06/10", "Phát tờ rơi"),
        )
        said = reading(annex(*rows, heads=("Thời gian", "Nội dung và địa điểm")))
        assert essence(said) == [
            ("03/10", "Hội trường Liên hiệp hội", "Hội thảo"),
            ("05/10", "Nhà Thiếu nhi", "Trao giải"),
            ("06/10", "", "Phát tờ rơi"),
        ]


class TestNothingIsLost:
    def test_an_hour_that_is_none_stays_in_the_words(self):
        said = reading(annex(("6", "6/10", "Sân", "25h30: Trò chơi", "")))
        assert only(said)["content"] == "25h30: Trò chơi"
        assert codes(said) == [("bad_time", 0)]

    def test_a_band_with_a_day_that_is_none_is_shown(self):
        word = Word()
        table = add_table(word, [("Giờ", "Nội dung", "Địa điểm"), ("Ngày 32/10", "", ""), ("7h00", "Khai mạc", "Sân")])
        table.cell(1, 0).merge(table.cell(1, 2))
        said = reading(saved(word))
        assert left(said) == ["Ngày 32/10"]
        assert codes(said) == [("bad_date", 0)]


def test_a_head_repeated_in_its_own_wording_is_no_activity():
    heads = ("STT", "THỜI GIAN TIẾN HÀNH", "TÊN NỘI DUNG/HOẠT ĐỘNG", "ĐỊA ĐIỂM")
    said = reading(annex(("1", "01/10", "Khai mạc", "Sân"), heads, ("2", "03/10", "Hội thi", "Sân"), heads=heads))
    assert [row["content"] for row in said["rows"]] == ["Khai mạc", "Hội thi"]
    assert left(said) == []


def test_a_label_and_its_unit_stand_in_two_cells():
    said = reading("Đơn vị:;Trường Mầm non 16/4;;\nTT;Ngày;Nội dung;Địa điểm\n1;01/10;Bé đọc sách;Lớp Lá 1\n", "a.csv")
    assert said["organisation"] == "Trường Mầm non 16/4"
    assert left(said) == []


class TestUnitsThatNoRowTakes:
    def test_a_band_above_rows_with_hosts_of_their_own_is_shown(self):
        word = Word()
        heads = ("Ngày", "Nội dung", "Địa điểm", "Chủ trì")
        table = add_table(word, [heads, ("Xã Cà Ná", "", "", ""), ("01/10", "Mít tinh", "Sân", "Đoàn xã")])
        table.cell(1, 0).merge(table.cell(1, 3))
        said = reading(saved(word))
        assert only(said)["host"] == "Đoàn xã"
        assert left(said) == ["Xã Cà Ná"]

    def test_a_second_unit_line_is_shown(self):
        before = (LINE + "UBND huyện Ninh Hải", "Đơn vị: Trường THCS Trần Phú")
        said = reading(annex(("1", "01/10", "Sân", "Mít tinh", ""), before=before))
        assert said["organisation"] == "UBND huyện Ninh Hải"
        assert left(said) == ["Đơn vị: Trường THCS Trần Phú"]

    def test_a_commune_named_between_tables_hosts_what_follows(self):
        word = Word()
        word.add_paragraph("UBND HUYỆN NINH PHƯỚC")
        for name, day in (("1. Xã Phước Thuận", "01/10"), ("2. Xã Phước Sơn", "02/10")):
            word.add_paragraph(name)
            add_table(word, [HEADS, ("1", day, "UBND xã", "Mít tinh", "")])
        said = reading(saved(word))
        assert said["organisation"] == "UBND huyện Ninh Phước"
        assert [row["host"] for row in said["rows"]] == ["Xã Phước Thuận", "Xã Phước Sơn"]
        assert left(said) == []


def test_labels_may_count_the_activities():
    lines = (
        "Hoạt động 1: Nói tiếng Anh", "Thời gian: 19h00 ngày 02/10", "Địa điểm: Quán Sách",
        "Hoạt động 2: Thi hùng biện", "Thời gian: 06/10", "Địa điểm: Nhà Thiếu nhi",
    )  # fmt: skip
    said = reading("\n".join(lines), "thu.txt")
    assert essence(said) == [("02/10", "Quán Sách", "Nói tiếng Anh"), ("06/10", "Nhà Thiếu nhi", "Thi hùng biện")]
