"""Day cells and hours, as officers write them."""

import pytest

from .form_papers import annex, codes, days, left, only, reading


def of_day(text):
    return reading(annex(("1", text, "Thư viện", "Ngày hội đọc sách", "")))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("01/10", ["01/10"]),
        ("1.10.2022", ["01/10"]),
        ("1.10", ["01/10"]),
        ("01-10-2022", ["01/10"]),
        ("03-10", ["03/10"]),
        ("04/10/22", ["04/10"]),
        ("2022-10-04", ["04/10"]),
        ("05", ["05/10"]),
        ("ngày 05 tháng 10 năm 2022", ["05/10"]),
        ("Thứ Tư, ngày 05/10", ["05/10"]),
        ("Chủ nhật\n02/10", ["02/10"]),
        ("Thứ Ba", ["04/10"]),
        ("Thứ 2, 4, 6", ["03/10", "05/10", "07/10"]),
        ("02-04/10", ["02/10-04/10"]),
        ("03/10 đến hết tuần", ["03/10-07/10"]),
        ("01 - 03/10", ["01/10-03/10"]),
        ("01-07", ["01/10-07/10"]),
        ("từ 01/10 đến 07/10", ["01/10-07/10"]),
        ("từ 02 đến 05 tháng 10", ["02/10-05/10"]),
        ("thứ Hai - thứ Tư", ["03/10-05/10"]),
        ("từ ngày 30/9 đến hết ngày 02/10/2022", ["30/09-02/10"]),
        ("01, 03 và 05/10", ["01/10", "03/10", "05/10"]),
        ("01/10; 03/10", ["01/10", "03/10"]),
        ("cả tuần", ["01/10-07/10"]),
        ("Trong suốt Tuần lễ", ["01/10-07/10"]),
        ("hằng ngày", ["01/10-07/10"]),
        ("Hằng ngày, từ 03/10 đến 05/10", ["03/10-05/10"]),
        ("44838", ["04/10"]),
    ],
)
def test_days_are_read_as_written_each_separate_day_a_row(written, expected):
    said = of_day(written)
    assert [days(row) for row in said["rows"]] == expected
    assert {row["content"] for row in said["rows"]} == {"Ngày hội đọc sách"}
    assert left(said) == []


@pytest.mark.parametrize(
    ("written", "day", "code"),
    [
        ("31/9", None, "bad_date"),
        ("Chưa xác định", None, "bad_date"),
        ("05/10/20226", None, "wrong_year"),
        ("05/10/2029", "2029-10-05", "wrong_year"),
        ("05/10/2021", "2021-10-05", "wrong_year"),
        ("08/10", "2022-10-08", "outside_week"),
        ("Thứ Hai, 04/10", "2022-10-04", "weekday_mismatch"),
        ("10h-8h, 04/10", "2022-10-04", "bad_time"),
        ("25h00 ngày 04/10", "2022-10-04", "bad_time"),
    ],
)
def test_a_day_or_hour_to_look_at_again_is_a_problem_and_still_a_row(written, day, code):
    said = of_day(written)
    assert only(said)["date_from"] == day
    assert codes(said) == [(code, 0)]


def test_of_several_days_only_the_mistaken_one_is_asked_about():
    assert codes(of_day("Thứ Hai 03/10, thứ Tư 04/10")) == [("weekday_mismatch", 1)]


def test_an_hour_before_a_day_keeps_its_minutes_and_the_day_its_number():
    row = only(of_day("8h - 10h 05/10"))
    assert (row["start_time"], row["end_time"], row["date_from"]) == ("08:00", "10:00", "2022-10-05")


def test_a_note_that_is_only_an_hour_tells_it_and_stays():
    row = only(reading(annex(("1", "04/10", "Xã", "Tọa đàm", "Bắt đầu lúc 17h00"))))
    assert (row["start_time"], row["note"]) == ("17:00", "Bắt đầu lúc 17h00")


def test_a_day_that_cannot_be_read_stays_to_be_seen():
    assert left(of_day("31/9")) == ["31/9"]


def test_a_row_before_any_day_has_none():
    said = reading(annex(("", "", "Chợ", "Phát tờ rơi", "")))
    assert (only(said)["date_from"], codes(said)) == (None, [("no_date", 0)])


HOURS = [
    ("7h30", "07:30", None, None),
    ("07g30", "07:30", None, None),
    ("7 giờ 30", "07:30", None, None),
    ("8h00-10h30", "08:00", "10:30", None),
    ("từ 8h đến 10h", "08:00", "10:00", None),
    ("8-10h", "08:00", "10:00", None),
    ("14:00 – 15:30", "14:00", "15:30", None),
    ("2h chiều", "14:00", None, "chiều"),
    ("19h30 tối", "19:30", None, "tối"),
    ("Buổi sáng", None, None, "sáng"),
]


@pytest.mark.parametrize(("written", "start", "end", "part"), HOURS)
@pytest.mark.parametrize("where", ["column", "day", "place", "content"])
def test_hours_are_found_wherever_they_stand(where, written, start, end, part):
    rows = {
        "column": annex(("04/10", written, "Hội trường", "Tọa đàm"), heads=("Ngày", "Giờ", "Địa điểm", "Nội dung")),
        "day": annex(("1", f"{written}, 04/10", "Hội trường", "Tọa đàm", "")),
        "place": annex(("1", "04/10", f"{written}, Hội trường", "Tọa đàm", "")),
        "content": annex(("1", "04/10", "Hội trường", f"{written}: Tọa đàm", "")),
    }
    row = only(reading(rows[where]))
    assert (row["start_time"], row["end_time"], row["part_of_day"]) == (start, end, part)
    assert (row["date_from"], row["place"], row["content"]) == ("2022-10-04", "Hội trường", "Tọa đàm")


@pytest.mark.parametrize("written", ["Hội trường (7h30)", "Hội trường, 7h30", "Hội trường lúc 7h30"])
def test_an_hour_behind_the_place_is_not_part_of_its_name(written):
    row = only(reading(annex(("1", "04/10", written, "Tọa đàm", ""))))
    assert (row["place"], row["start_time"]) == ("Hội trường", "07:30")


def test_an_hour_inside_a_sentence_is_read_and_the_sentence_left_alone():
    row = only(reading(annex(("1", "04/10", "Xã", "Khai mạc lúc 7h30 tại hội trường", ""))))
    assert (row["content"], row["start_time"]) == ("Khai mạc lúc 7h30 tại hội trường", "07:30")


@pytest.mark.parametrize(
    "content", ["Sáng tạo trẻ: hội thi", "Chủ nhật xanh: dọn vệ sinh", "02 lớp tập huấn", "Tối thiểu 50 em"]
)
def test_words_that_only_look_like_time_stay(content):
    row = only(reading(annex(("1", "04/10", "Xã", content, ""))))
    assert (row["content"], row["start_time"], row["part_of_day"]) == (content, None, None)


def test_years_of_a_week_over_new_year_come_from_the_window():
    import datetime as dt

    from tuanhoc.intake.form import Window

    week = Window(dt.date(2022, 12, 29), dt.date(2023, 1, 4))
    said = reading(annex(("1", "30/12", "A", "Một", ""), ("2", "02/01", "B", "Hai", "")), week=week)
    assert [row["date_from"] for row in said["rows"]] == ["2022-12-30", "2023-01-02"]
