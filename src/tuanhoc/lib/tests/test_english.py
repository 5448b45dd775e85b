import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tuanhoc.lib import dates, english
from tuanhoc.lib.dates import HANOI

DAYS = st.dates(min_value=dt.date(2011, 1, 1), max_value=dt.date(2100, 1, 1))


def test_what_is_left_is_counted_as_in_vietnamese():
    closes = dt.datetime(2022, 10, 1, tzinfo=HANOI)
    assert english.remaining(closes, at=dt.datetime(2022, 9, 27, 8, tzinfo=HANOI)) == "3 days left"
    assert english.remaining(closes, at=dt.datetime(2022, 9, 29, 8, tzinfo=HANOI)) == "1 day left"
    assert english.remaining(closes, at=dt.datetime(2022, 9, 30, 8, tzinfo=HANOI)) == "16 hours left"
    assert english.remaining(closes, at=dt.datetime(2022, 9, 30, 23, 50, tzinfo=HANOI)) == "10 minutes left"
    assert english.remaining(closes, at=dt.datetime(2022, 10, 2, 8, tzinfo=HANOI)) == "2 days overdue"


@given(DAYS, st.integers(-5000, 5000))
def test_both_languages_count_the_same(day, minutes):
    closes = dates.day_start(day)
    at = closes - dt.timedelta(minutes=minutes)
    digits = [c for c in dates.remaining(closes, at=at) if c.isdecimal()]
    assert digits == [c for c in english.remaining(closes, at=at) if c.isdecimal()]


@given(DAYS, st.integers(0, 400))
def test_a_span_names_both_ends_and_no_month_is_a_number(first, days):
    last = first + dt.timedelta(days=days)
    said = english.span(first, last)
    assert said.startswith(str(first.day))
    assert said.endswith(english.short(last))
    assert "/" not in said


def test_a_span_within_a_month_over_two_and_over_two_years():
    day = dt.date
    assert english.span(day(2022, 10, 1), day(2022, 10, 7)) == "1–7 Oct 2022"
    assert english.span(day(2022, 9, 30), day(2022, 10, 6)) == "30 Sep – 6 Oct 2022"
    assert english.span(day(2022, 12, 30), day(2023, 1, 5)) == "30 Dec 2022 – 5 Jan 2023"
