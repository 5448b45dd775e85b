"""What a filled form says, as values."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Part = Literal["sáng", "chiều", "tối"]


@dataclass(frozen=True, slots=True)
class Window:
    """The days the call is about. Years that the paper leaves out are taken from it."""

    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def in_its_year(self, day: int, month: int) -> dt.date | None:
        """Return the day and month in the window's own year; None when the calendar has no such day."""
        found = [on for year in {self.first.year, self.last.year} if (on := _date(year, month, day))]
        return min(found, key=lambda on: (on not in self, abs(on - self.first)), default=None)

    def numbered(self, day: int) -> dt.date | None:
        """Return "ngày 05": the day of that number in the window, else in the month it begins in."""
        inside = [on for on in self.days() if on.day == day]
        return inside[0] if inside else _date(self.first.year, self.first.month, day)

    def on_weekday(self, weekday: int) -> dt.date | None:
        """Return "thứ Ba" (1): the first such day of the window."""
        return next((on for on in self.days() if on.weekday() == weekday), None)

    def days(self) -> list[dt.date]:
        length = min((self.last - self.first).days, 400)
        return [self.first + dt.timedelta(days=n) for n in range(length + 1)]


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Row:
    """One activity as the unit wrote it; ``codes`` are what a careful colleague would ask about.

    A single day has ``date_to`` equal to ``date_from``. ``source`` is where it stands, in words.
    ``confidence`` (0 to 1) is how surely it is what the unit meant; ``reasons`` are the codes of what lowered it.
    """

    date_from: dt.date | None = None
    date_to: dt.date | None = None
    start_time: dt.time | None = None
    end_time: dt.time | None = None
    part_of_day: Part | None = None
    place: str = ""
    content: str = ""
    note: str = ""
    host: str | None = None
    audience: str | None = None
    contact: str | None = None
    link: str | None = None
    source: str = ""
    codes: tuple[str, ...] = ()
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Words of the file that are in no row: shown to the officer, never dropped."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class FormReading:
    """A form as understood. ``organisation`` None: the paper does not name one."""

    organisation: str | None
    rows: tuple[Row, ...]
    unplaced: tuple[Unplaced, ...]
