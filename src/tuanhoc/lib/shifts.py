"""Days of one Week moved into another: by the day of the week, or by their place in it."""

import datetime as dt
import enum
from dataclasses import dataclass


class Shift(enum.Enum):
    """What of a day is kept when it moves into another Week."""

    WEEKDAY = "thu"  # a Tuesday stays a Tuesday
    PLACE = "ngay"  # the third day of the Week stays the third


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of a Week, both in it."""

    first: dt.date
    last: dt.date

    def holds(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


def moved(day: dt.date, by: Shift, *, out_of: Span, into: Span) -> dt.date:
    """Return ``day`` of one Week in another.

    A day within the Week stays within it. By ``WEEKDAY`` the weekday is kept wherever the new Week has it, nearest
    to its old place; by ``PLACE`` the n-th day stays the n-th, or the last where the new Week is shorter. A day
    outside keeps its distance to the Week, by ``WEEKDAY`` to the nearest whole week.

    >>> old = Span(dt.date(2022, 10, 1), dt.date(2022, 10, 7))
    >>> new = Span(dt.date(2023, 10, 1), dt.date(2023, 10, 7))
    >>> moved(dt.date(2022, 10, 3), Shift.WEEKDAY, out_of=old, into=new)  # a Monday
    datetime.date(2023, 10, 2)
    >>> moved(dt.date(2022, 10, 3), Shift.PLACE, out_of=old, into=new)  # the third day
    datetime.date(2023, 10, 3)
    """
    place = into.first + (day - out_of.first)
    if not out_of.holds(day):
        return _nearest_whole_weeks(day, place) if by is Shift.WEEKDAY else place
    place = min(place, into.last)
    if by is Shift.PLACE:
        return place
    same = [other for other in _days(into) if other.weekday() == day.weekday()]
    return min(same, key=lambda other: (abs(other - place), other)) if same else place


def next_start(start: dt.date, year: int, by: Shift) -> dt.date:
    """Return when a Week that began on ``start`` begins in ``year``: on the same weekday, or on the same date.

    >>> next_start(dt.date(2022, 10, 1), 2023, Shift.WEEKDAY), next_start(dt.date(2022, 10, 1), 2023, Shift.PLACE)
    (datetime.date(2023, 9, 30), datetime.date(2023, 10, 1))
    """
    # 29 February has no like in most years.
    day = 28 if (start.month, start.day) == (2, 29) else start.day
    like = start.replace(year=year, day=day)
    return _nearest_whole_weeks(start, like) if by is Shift.WEEKDAY else like


def _nearest_whole_weeks(day: dt.date, to: dt.date) -> dt.date:
    return day + dt.timedelta(weeks=round((to - day).days / 7))


def _days(span: Span) -> list[dt.date]:
    return [span.first + dt.timedelta(days=n) for n in range((span.last - span.first).days + 1)]
