import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tuanhoc.lib import english
from tuanhoc.lib.dates import HANOI, in_words, last_minute, remaining, span


def test_before_1_october_is_shown_as_the_last_minute_of_30_september():
    assert last_minute(dt.datetime(2022, 10, 1, tzinfo=HANOI)) == "đến hết 23:59 ngày 30/9/2022"
    assert last_minute(dt.datetime(2022, 9, 30, 17, tzinfo=dt.UTC)) == "đến hết 23:59 ngày 30/9/2022"


def test_an_hour_is_said_as_it_was_typed():
    assert last_minute(dt.datetime(2022, 10, 3, 17, tzinfo=HANOI)) == "trước 17:00 ngày 3/10/2022"
    assert last_minute(dt.datetime(2022, 10, 3, 0, 30, tzinfo=HANOI)) == "trước 00:30 ngày 3/10/2022"
    assert english.last_minute(dt.datetime(2022, 10, 3, 17, tzinfo=HANOI)) == "before 17:00 on 3 October 2022"


def test_months_one_and_two_take_a_leading_zero_others_do_not():
    assert in_words(dt.date(2023, 2, 1)) == "ngày 01 tháng 02 năm 2023"
    assert in_words(dt.date(2023, 3, 11)) == "ngày 11 tháng 3 năm 2023"


def test_what_is_left_is_counted_in_days_then_hours_then_minutes():
    closes = dt.datetime(2022, 10, 1, tzinfo=HANOI)
    assert remaining(closes, at=dt.datetime(2022, 9, 27, 8, tzinfo=HANOI)) == "còn 3 ngày"
    assert remaining(closes, at=dt.datetime(2022, 9, 30, 8, tzinfo=HANOI)) == "còn 16 giờ"
    assert remaining(closes, at=dt.datetime(2022, 9, 30, 23, 50, tzinfo=HANOI)) == "còn 10 phút"
    assert remaining(closes, at=dt.datetime(2022, 10, 2, 8, tzinfo=HANOI)) == "đã quá hạn 2 ngày"


def test_a_deadline_at_an_hour_is_no_day_late_on_its_own_day():
    closes = dt.datetime(2022, 9, 30, 17, tzinfo=HANOI)
    assert remaining(closes, at=dt.datetime(2022, 9, 30, 18, tzinfo=HANOI)) == "đã hết hạn hôm nay"
    assert remaining(closes, at=dt.datetime(2022, 10, 1, 0, 10, tzinfo=HANOI)) == "đã quá hạn 1 ngày"
    assert english.remaining(closes, at=dt.datetime(2022, 9, 30, 18, tzinfo=HANOI)) == "overdue since today"


@given(st.dates(min_value=dt.date(2011, 1, 1), max_value=dt.date(2100, 1, 1)), st.integers(0, 400))
def test_a_span_names_both_ends(first, days):
    last = first + dt.timedelta(days=days)
    assert span(first, last).endswith(f"{last:%d/%m/%Y}")
    assert span(first, last).startswith(f"{first:%d}")
