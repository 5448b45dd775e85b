"""Working days of Vietnamese offices: Monday to Friday, without the days the State keeps.

Which days those are: Labour Code 45/2019/QH14, Article 112 (holidays) and Article 111, clause 3 (a holiday on a
weekly day off is made up for on the next working day). The days of Tết, of the Hùng Kings (10th of the third lunar
month) and the second day at 2 September are named each year, and so are swapped days, in the notice that the Ministry
of Labour, from 2025 the Ministry of Home Affairs, gives for all offices of the State.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: Month and day of the holidays that the Code fixes by the solar calendar.
_FIXED = ((1, 1), (4, 30), (5, 1), (9, 2))


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
    """Whether the days of Tết and of the Hùng Kings of a year are in the table; else only the fixed ones are kept."""
    return year in _FREE


def kept_free(year: int) -> frozenset[dt.date]:
    """Return the weekdays of a year that offices keep free, as far as known."""
    return _FREE.get(year) or frozenset(_fixed(year))


def _fixed(year: int) -> Iterator[dt.date]:
    taken: set[dt.date] = set()
    for month, day in _FIXED:
        free = dt.date(year, month, day)
        # One on a weekly day off is made up for on the next working day.
        while free.weekday() >= 5 or free in taken:
            free += dt.timedelta(days=1)
        taken.add(free)
        yield free


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
