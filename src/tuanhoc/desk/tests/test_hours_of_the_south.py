"""“8g30” is half past eight wherever hours are read; “8g” of salt stays salt."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuanhoc.desk.forms import read_hours, read_time
from tuanhoc.intake.form import Window
from tuanhoc.intake.form.when import inside, only_when, read_when
from tuanhoc.schedule.comeback.moments import moment_in

WEEK = Window(dt.date(2022, 10, 1), dt.date(2022, 10, 7))
TIMES = st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))
UNITS = st.sampled_from(["g", "G", " g ", "g ", "h", "H", ":", " giờ ", "giờ"])


def written(time: dt.time, unit: str) -> str:
    return f"{time.hour}{unit}{time:%M}"


@given(TIMES, UNITS, st.sampled_from(["", "p", " phút"]))
def test_every_reader_takes_an_hour_as_the_others_do(time, unit, after):
    text = written(time, unit) + after
    assert read_time(text) == time
    assert read_when(text, WEEK).start == time
    assert moment_in(text, year=2022).starts_at == time


@given(st.integers(0, 23), st.sampled_from(["g", "G", "h", " giờ"]))
def test_a_whole_hour_needs_no_minutes(hour, unit):
    text, time = f"{hour}{unit}", dt.time(hour)
    assert (read_time(text), read_when(text, WEEK).start, moment_in(text, year=2022).starts_at) == (time, time, time)


@given(TIMES, TIMES, st.sampled_from([" - ", "-", " đến ", "–"]))
def test_both_ends_may_be_written_so(first, last, between):
    text = written(first, "g") + between + written(last, "g")
    assert read_hours(text) == (first, last)
    when = read_when(text, WEEK)
    assert (when.start, when.stop) == (first, last)


@pytest.mark.parametrize(("text", "until"), [("8-10g", dt.time(10)), ("8-10h", dt.time(10))])
def test_the_unit_once_at_the_end_serves_both(text, until):
    moment = moment_in(text, year=2022)
    assert (moment.starts_at, moment.ends_at) == (dt.time(8), until)


@pytest.mark.parametrize("text", ["Trao 20g hạt giống cho mỗi hộ", "Mỗi em 8g muối i-ốt", "Gói 8 g đường, 12 g bột"])
def test_grams_among_words_are_no_hour(text):
    assert inside(text, WEEK) is None
    assert moment_in(text, year=2022) is None
    assert only_when(text, WEEK).start is None
    with pytest.raises(ValueError, match=r"\d"):
        read_time(text)
