"""Working days of Vietnamese offices: Monday to Friday, without the days the State keeps.

Which days those are: Labour Code 45/2019/QH14, Article 112 (eleven days: 1 January; five of Tết; the 10th of the
third lunar month; 30 April; 1 May; 2 September and one day beside it) and Article 111, clause 3 (a holiday on a weekly
day off is made up for on the next working day). Which five days Tết has, which day is beside 2 September, and which
working days are swapped for a Saturday, the Government says each year; the table holds the years for which it has:

- 2022, 2023, 2024: notices of the Ministry of Labour; no swap but 29 April 2024 for Saturday 4 May
  (2450/VPCP-KGVX of 2024).
- 2025: 6150/TB-BLĐTBXH of 2024; 2 May for Saturday 26 April.
- 2026: 2 January for Saturday 10 January (12729/VPCP-KGVX of 25 December 2025) and 31 August for Saturday 22 August,
  both by notice of the Ministry of Home Affairs.

The table was compared day by day with that of the library "holidays" 0.109 (MIT), which cites these papers; where
they differ it is said here. 24 November, "Vietnamese Culture Day", is a day off by the intent of Resolution 80-NQ/TW of
7 January 2026; no law or notice that makes it one was at hand, so it is not kept here: an office adds it to its own
days.

A year beyond the table is worked out (:func:`reckoned`) and said to be so: :func:`knows` is False, the doctor warns,
and the page of reminders asks for the office's own days.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from .lunar import hung_kings, new_year

#: Month and day of the holidays that the Code fixes by the solar calendar.
_FIXED = ((1, 1), (4, 30), (5, 1), (9, 2))
#: weekday of 2 September -> the day beside it, Monday first
_BESIDE_NATIONAL_DAY = (1, -1, -1, 1, -1, -1, 1)


def _days(year: int, *days: tuple[int, int]) -> frozenset[dt.date]:
    return frozenset(dt.date(year, month, day) for day, month in days)


#: year -> weekdays (Monday to Friday) that offices kept free, as its notice has them; day and month
_FREE = {
    2022: _days(
        2022, (3, 1), (31, 1), (1, 2), (2, 2), (3, 2), (4, 2), (11, 4), (2, 5), (3, 5), (1, 9), (2, 9),
    ),
    2023: _days(
        2023, (2, 1), (20, 1), (23, 1), (24, 1), (25, 1), (26, 1), (1, 5), (2, 5), (3, 5), (1, 9), (4, 9),
    ),
    2024: _days(
        2024, (1, 1), (8, 2), (9, 2), (12, 2), (13, 2), (14, 2), (18, 4), (29, 4), (30, 4), (1, 5), (2, 9), (3, 9),
    ),
    2025: _days(
        2025, (1, 1), (27, 1), (28, 1), (29, 1), (30, 1), (31, 1), (7, 4), (30, 4), (1, 5), (2, 5), (1, 9), (2, 9),
    ),
    2026: _days(
        2026, (1, 1), (2, 1), (16, 2), (17, 2), (18, 2), (19, 2), (20, 2), (27, 4), (30, 4), (1, 5), (31, 8), (1, 9),
        (2, 9),
    ),
}  # fmt: skip
#: Saturdays worked instead of a weekday kept free.
_WORKED = _days(2024, (4, 5)) | _days(2025, (26, 4)) | _days(2026, (10, 1), (22, 8))


def knows(year: int) -> bool:
    """Whether the days of Tết and of the Hùng Kings of a year are in the table; else they are reckoned."""
    return year in _FREE


def kept_free(year: int) -> frozenset[dt.date]:
    """Return the weekdays of a year that offices keep free: by its notices, else as :func:`reckoned`."""
    return _FREE.get(year) or reckoned(year)


@cache
def reckoned(year: int) -> frozenset[dt.date]:
    """Return the weekdays of a year that offices keep free by the Code, without swaps.

    What the Code leaves open is taken as the Government has chosen since 2014: Tết is the last day of the old year and
    four days of the new; of these one on a Saturday is made up for before, one on a Sunday after. Of the days beside
    2 September it is the one that makes the longer time off.
    """
    taken: set[dt.date] = set()
    tet = new_year(year)
    # Weekdays first: what is made up for goes on to the next one that is free.
    for day in sorted((tet + dt.timedelta(days=n) for n in range(-1, 4)), key=_weekdays_first):
        _take(taken, day, dt.timedelta(days=-1 if day.weekday() == 5 else 1))
    second = dt.date(year, 9, 2) + dt.timedelta(days=_BESIDE_NATIONAL_DAY[dt.date(year, 9, 2).weekday()])
    fixed = [dt.date(year, month, day) for month, day in _FIXED]
    for day in sorted((*fixed, second, hung_kings(year)), key=_weekdays_first):
        _take(taken, day, dt.timedelta(days=1))
    return frozenset(day for day in taken if day.weekday() < 5)


def _weekdays_first(day: dt.date) -> tuple[bool, dt.date]:
    return day.weekday() >= 5, day


def _take(taken: set[dt.date], day: dt.date, step: dt.timedelta) -> None:
    """Keep a day, or where it is a weekend's the nearest working day in the direction of ``step``."""
    if day.weekday() >= 5:
        while day.weekday() >= 5 or day in taken:
            day += step
    taken.add(day)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The working days as an office counts them: those of the State, and what it says beside them.

    ``free`` and ``worked`` are the office's own days; they stand above the table.
    """

    free: frozenset[dt.date] = frozenset()
    worked: frozenset[dt.date] = frozenset()

    def is_working(self, day: dt.date) -> bool:
        """Whether offices work on ``day``."""
        if day in self.worked or day in self.free:
            return day in self.worked
        if day.weekday() >= 5:
            return day in _WORKED
        return day not in kept_free(day.year)

    def shifted(self, day: dt.date, by: int) -> dt.date:
        """Return the ``by``-th working day after ``day``, before it when negative; ``day`` itself for 0."""
        step = dt.timedelta(days=1 if by > 0 else -1)
        left = abs(by)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def between(self, first: dt.date, last: dt.date) -> int:
        """Return how many working days lie after ``first`` up to ``last``, which counts; 0 when it is not later."""
        return sum(map(self.is_working, _each(first + dt.timedelta(days=1), last)))


def _each(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    return (first + dt.timedelta(days=n) for n in range(max(0, (last - first).days + 1)))
