"""Working days: weekends, the days the State keeps, those made up for, and an office's own."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuanhoc.lib.workdays import WorkCalendar, kept_free, knows, reckoned

STATE = WorkCalendar()
days = st.dates(dt.date(2022, 1, 1), dt.date(2027, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (dt.date(2022, 9, 30), True),  # a Friday
        (dt.date(2022, 10, 1), False),  # a Saturday
        (dt.date(2022, 9, 1), False),  # the day beside 2 September, that year the one before
        (dt.date(2022, 1, 3), False),  # 1 January was a Saturday: made up for on Monday
        (dt.date(2023, 1, 26), False),  # Tết, made up for
        (dt.date(2023, 1, 27), True),
        (dt.date(2025, 5, 2), False),  # swapped …
        (dt.date(2025, 4, 26), True),  # … with this Saturday
        (dt.date(2026, 8, 31), False),
        (dt.date(2026, 8, 22), True),
    ],
)
def test_offices_of_the_state_work_on_these_days(day, works):
    assert STATE.is_working(day) is works


def test_a_year_not_in_the_table_is_reckoned_with_tet_and_the_hung_kings():
    assert not knows(2027)
    # Tết is on Saturday 6 February, made up for before, Sunday after; 1 May a Saturday; the Hùng Kings 16 April.
    assert {f"{day:%d/%m}" for day in kept_free(2027)} == {
        "01/01", "04/02", "05/02", "08/02", "09/02", "10/02", "16/04", "30/04", "03/05", "02/09", "03/09",
    }  # fmt: skip


#: what notices swapped for a Saturday: no reckoning knows it
SWAPPED = {dt.date(2024, 4, 29), dt.date(2025, 5, 2), dt.date(2026, 1, 2), dt.date(2026, 8, 31)}


@pytest.mark.parametrize("year", range(2022, 2027))
def test_reckoning_gives_what_the_notices_of_known_years_said_but_for_swapped_days(year):
    assert reckoned(year) == kept_free(year) - SWAPPED


@given(st.integers(2022, 2100))
@settings(max_examples=30)
def test_every_reckoned_year_has_eleven_days_off_none_on_a_weekend(year):
    assert len(reckoned(year)) == 11
    assert all(day.weekday() < 5 and day.year == year for day in reckoned(year))


@pytest.mark.parametrize("year", range(2022, 2027))
def test_a_year_of_the_table_has_its_eleven_days_save_those_on_weekends_nobody_made_up_for(year):
    free = kept_free(year)
    assert knows(year)
    assert all(day.weekday() < 5 and day.year == year for day in free)
    # Eleven days by the Code; swapped ones come on top.
    assert len(free) >= 11


def test_an_offices_own_days_stand_above_the_table():
    own = WorkCalendar(free=frozenset({dt.date(2022, 9, 30)}), worked=frozenset({dt.date(2022, 10, 1)}))
    assert not own.is_working(dt.date(2022, 9, 30))
    assert own.is_working(dt.date(2022, 10, 1))
    assert own.shifted(dt.date(2022, 9, 29), 1) == dt.date(2022, 10, 1)


def test_three_working_days_after_a_friday_is_wednesday_and_seven_before_the_wednesday_of_the_week_before():
    assert STATE.shifted(dt.date(2022, 9, 30), 3) == dt.date(2022, 10, 5)
    assert STATE.shifted(dt.date(2022, 9, 30), -7) == dt.date(2022, 9, 21)


@given(days, st.integers(-12, 12))
@settings(max_examples=80)
def test_shifting_lands_on_a_working_day_and_counts_back(day, by):
    found = STATE.shifted(day, by)
    if by:
        assert STATE.is_working(found)
        assert (found > day) == (by > 0)
    first, last = min(day, found), max(day, found)
    counted = STATE.between(first, last) if by >= 0 else STATE.between(found - dt.timedelta(1), day - dt.timedelta(1))
    assert counted == abs(by)
