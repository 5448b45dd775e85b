import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuanhoc.schedule.comeback.moments import Moment, day_in, moment_in
from tuanhoc.schedule.rules import Line, time_in_words


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", Moment()),
        ("07:30", Moment(dt.time(7, 30))),
        ("7h30 – 9h", Moment(dt.time(7, 30), dt.time(9))),
        ("8h30 - 10h", Moment(dt.time(8, 30), dt.time(10))),
        ("8-10h", Moment(dt.time(8), dt.time(10))),
        ("từ 7 giờ 30 phút đến 9 giờ", Moment(dt.time(7, 30), dt.time(9))),
        ("14g00", Moment(dt.time(14))),
        ("Buổi sáng", Moment(part_of_day="morning")),
        ("Tối đến 05/10", Moment(part_of_day="evening", ends_on=dt.date(2022, 10, 5))),
        ("đến hết ngày 5/10/2023", Moment(ends_on=dt.date(2023, 10, 5))),
    ],
)
def test_hours_are_read_as_people_type_them(text, meant):
    assert moment_in(text, year=2022) == meant


@pytest.mark.parametrize("text", ["25:00", "Sau lễ chào cờ", "7h, 9h và 14h", "đến 31/02", "Sáng, chiều", "8"])
def test_what_says_no_one_hour_is_left_to_a_person(text):
    assert moment_in(text, year=2022) is None


@pytest.mark.parametrize(
    "text", ["Thứ Ba, ngày 04/10/2022", "4/10", "Ngày 04-10-2022", "Thứ 3 ngày 4 tháng 10", "thứ ba (04.10.2022)"]
)
def test_a_day_is_read_as_people_type_it(text):
    assert day_in(text, year=2022) == dt.date(2022, 10, 4)


@pytest.mark.parametrize("text", ["", "Hoạt động ngoài các ngày của Tuần lễ", "04/10 và 05/10", "31/02/2022"])
def test_what_names_no_one_day_is_no_day(text):
    assert day_in(text, year=2022) is None


days = st.dates(dt.date(2021, 1, 1), dt.date(2023, 12, 31))
hours = st.times().map(lambda t: t.replace(second=0, microsecond=0, tzinfo=None))


@given(days, st.integers(0, 400), st.none() | hours, st.none() | hours, st.sampled_from(["", "morning", "evening"]))
def test_whatever_the_schedule_prints_is_read_back(day, length, starts, ends, part):
    line = Line(
        activity_id=1, held_on=day, starts_at=starts, ends_at=ends if starts else None, place="", content="",
        unit_name="", unit_rank=0, ends_on=day + dt.timedelta(days=length) if length else None,
        part_of_day="" if starts else part,
    )  # fmt: skip
    meant = Moment(line.starts_at, line.ends_at, line.part_of_day, line.ends_on)
    assert moment_in(time_in_words(line, year=2022), year=2022) == meant
