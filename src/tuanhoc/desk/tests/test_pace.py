"""The pace of replies: what each day brought, what is needed, what the Week before had."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from tuanhoc.activities.queries import Earlier
from tuanhoc.desk.boards.pace import needed_share, pace
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.numbers import share

OPENED = dt.datetime(2022, 9, 20, 8, tzinfo=HANOI)
CLOSES = dt.datetime(2022, 10, 1, tzinfo=HANOI)
NOW = dt.datetime(2022, 9, 28, 9, 30, tzinfo=HANOI)


def on(day, hour=10, *, month=9):
    return dt.datetime(2022, month, day, hour, tzinfo=HANOI)


def drawn(replies, *, total=10, at=NOW, before=None):
    return pace(replies, total=total, opened_at=OPENED, closes_at=CLOSES, at=at, before=before)


def test_each_day_says_what_it_brought_and_what_there_was_by_its_end():
    found = drawn([on(20), on(27), on(27, 23), on(28, 1)])
    assert {day.day.day: (day.new, day.replied) for day in found.days if day.new} == {
        20: (1, 1),
        27: (2, 3),
        28: (1, 4),
    }
    assert (found.yesterday, found.today, found.missing) == (2, 1, 6)


def test_what_is_needed_a_day_counts_today_and_rounds_up():
    # 28, 29 and 30 September are left.
    assert (drawn([on(27)] * 3).days_left, drawn([on(27)] * 3).a_day) == (3, 3)
    assert drawn([on(27)] * 10).a_day == 0
    assert drawn([on(27)], at=on(2, month=10)).a_day == 0


def test_days_that_have_not_come_are_not_drawn():
    found = drawn([on(27)])
    assert (len(found.days), found.days[-1].day, len(found.bars)) == (11, dt.date(2022, 9, 30), 9)


def test_the_week_before_is_compared_at_the_same_number_of_days_before_its_deadline():
    closed = dt.datetime(2021, 10, 1, tzinfo=HANOI)
    came = tuple(dt.datetime(2021, 9, day, 12, tzinfo=HANOI) for day in (25, 28, 30, 30))
    found = drawn([on(27)] * 3, before=Earlier(2021, 4, closed, came))
    # On 28 September, two days before the end, half had replied in 2021 and three tenths now.
    assert (found.now.earlier, found.now.percent, found.behind) == (50, 30, -20)


def test_the_table_of_days_says_the_share_that_the_board_s_heading_says():
    # 291 of 390 are 74.6 of a hundred: the heading says 74, and so does every day.
    found = drawn([on(27)] * 291, total=390)
    assert found.now.percent == share(291, 390) == 75
    assert drawn([on(27)] * 1999, total=2000).now.percent == 99


def test_without_a_week_before_nothing_is_compared():
    assert (drawn([on(27)]).behind, drawn([on(27)]).earlier_line) == (None, "")


moments = st.lists(st.integers(0, 40 * 24).map(lambda h: OPENED + dt.timedelta(hours=h)), max_size=30)


@settings(max_examples=60, deadline=None)
@given(moments, st.integers(0, 40 * 24))
def test_the_days_add_up_and_never_fall(replies, hours):
    at = OPENED + dt.timedelta(hours=hours)
    came = [reply for reply in replies if reply <= at]
    found = drawn(came, total=30, at=at)
    cumulated = [day.replied for day in found.days]
    assert cumulated == sorted(cumulated)
    assert found.now.replied == len(came) == sum(day.new for day in found.days)
    assert found.missing == 30 - len(came)


@settings(max_examples=40, deadline=None)
@given(st.integers(-200, 400), st.integers(0, 200))
def test_the_time_that_is_over_grows_from_none_to_all(hour, later):
    first, second = (needed_share(OPENED, CLOSES, OPENED + dt.timedelta(hours=h)) for h in (hour, hour + later))
    assert 0 <= first <= second <= 100
    assert needed_share(OPENED, CLOSES, CLOSES) == 100
