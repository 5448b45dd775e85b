"""The Vietnamese lunar calendar, against Tết and the Hùng Kings' day as they were kept and are printed."""

import datetime as dt
from itertools import pairwise

import pytest

from tuanhoc.lib.lunar import first_of_month, hung_kings, new_year


@pytest.mark.parametrize(
    ("year", "tet"),
    [
        (1985, "1985-01-21"),  # a month before China's
        (2007, "2007-02-17"),  # a day before China's
        (2020, "2020-01-25"),
        (2023, "2023-01-22"),
        (2024, "2024-02-10"),
        (2026, "2026-02-17"),
        (2027, "2027-02-06"),
        (2030, "2030-02-02"),  # a day before China's again
        (2033, "2033-01-31"),
        (2034, "2034-02-19"),  # after a leap eleventh month
    ],
)
def test_tet(year, tet):
    assert new_year(year) == dt.date.fromisoformat(tet)


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2022, "2022-04-10"),
        (2023, "2023-04-29"),  # after a leap second month
        (2024, "2024-04-18"),
        (2025, "2025-04-07"),
        (2026, "2026-04-26"),
        (2027, "2027-04-16"),
    ],
)
def test_the_day_of_the_hung_kings(year, day):
    assert hung_kings(year) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("year", range(2000, 2100, 7))
def test_months_follow_one_another_and_have_twenty_nine_or_thirty_days(year):
    begins = [first_of_month(year, month) for month in range(1, 13)]
    for one, next_ in pairwise(begins):
        assert (next_ - one).days in {29, 30, 58, 59, 60}
