"""A day moved from one Week into another: in the Week stays in the Week, and a Tuesday stays a Tuesday."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from tuanhoc.lib.shifts import Shift, Span, moved, next_start

starts = st.dates(dt.date(2010, 1, 1), dt.date(2080, 1, 1))


@st.composite
def weeks(draw, least=1):
    first = draw(starts)
    return Span(first, first + dt.timedelta(days=draw(st.integers(least, 31)) - 1))


@settings(max_examples=60)
@given(weeks(), weeks(), st.integers(0, 30), st.sampled_from(Shift))
def test_a_day_within_the_week_stays_within_it(old, new, n, by):
    day = min(old.first + dt.timedelta(days=n), old.last)
    assert new.holds(moved(day, by, out_of=old, into=new))


@settings(max_examples=60)
@given(weeks(), weeks(least=7), st.integers(-60, 60))
def test_the_weekday_is_kept_wherever_the_new_week_has_it(old, new, n):
    day = old.first + dt.timedelta(days=n)
    assert moved(day, Shift.WEEKDAY, out_of=old, into=new).weekday() == day.weekday()


@settings(max_examples=60)
@given(weeks(least=7), weeks(least=7), st.integers(0, 6))
def test_the_nth_day_stays_the_nth(old, new, n):
    day = old.first + dt.timedelta(days=n)
    assert moved(day, Shift.PLACE, out_of=old, into=new) == new.first + dt.timedelta(days=n)


@settings(max_examples=60)
@given(weeks(), st.integers(2011, 2079), st.integers(0, 30), st.sampled_from(Shift))
def test_moved_there_and_the_order_of_days_is_kept_by_place(old, year, n, by):
    first = next_start(old.first, year, by)
    new = Span(first, first + (old.last - old.first))
    days = [old.first + dt.timedelta(days=k) for k in range((old.last - old.first).days + 1)]
    assert [moved(d, Shift.PLACE, out_of=old, into=new) for d in days] == sorted(
        moved(d, Shift.PLACE, out_of=old, into=new) for d in days
    )


@settings(max_examples=60)
@given(starts, st.integers(2011, 2079))
def test_the_next_week_begins_on_the_same_weekday_or_the_same_date(start, year):
    by_weekday, by_date = next_start(start, year, Shift.WEEKDAY), next_start(start, year, Shift.PLACE)
    assert by_weekday.weekday() == start.weekday()
    assert abs(by_weekday - by_date) <= dt.timedelta(days=3)
    assert (by_date.month, by_date.year) == (start.month, year)
