"""How fast the units reply: day by day since the call opened, against the last Week and against what is needed."""

import datetime as dt
import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tuanhoc.activities.queries import Earlier
from tuanhoc.lib.dates import HANOI, day_start, each_day
from tuanhoc.lib.numbers import share

#: Days drawn at most; replies before them are counted in the first.
MOST_DAYS = 45


@dataclass(frozen=True, slots=True)
class Day:
    """One day: how many units replied on it, how many until its end; ``is_ahead``: it has not come yet.

    ``earlier``: percent of the units that had replied in the Week before with as many days left.
    """

    day: dt.date
    new: int
    replied: int
    percent: int
    needed: float
    earlier: int | None
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class Pace:
    """The days since the call opened, until the deadline or the last reply after it."""

    days: tuple[Day, ...]
    total: int
    today: int
    yesterday: int
    #: days that are left with today; 0 once the deadline has passed
    days_left: int
    missing: int
    earlier_year: int | None = None

    @property
    def a_day(self) -> int:
        """How many units a day would have to reply for all to be in time; 0 when it is over or all did."""
        return math.ceil(self.missing / self.days_left) if self.days_left else 0

    @property
    def now(self) -> Day | None:
        """Return the last day that has come."""
        return next((day for day in reversed(self.days) if not day.is_ahead), None)

    @property
    def behind(self) -> int | None:
        """Points of a hundred behind (negative) or ahead of the Week before; None: nothing to compare with."""
        now = self.now
        return None if now is None or now.earlier is None else now.percent - now.earlier

    @property
    def points_behind(self) -> int:
        """Return how many points it is apart from the Week before, either way."""
        return abs(self.behind or 0)

    @property
    def shown(self) -> list[Day]:
        """Return the days that have come."""
        return [day for day in self.days if not day.is_ahead]

    @property
    def bars(self) -> list[tuple[str, str, str, str]]:
        """Return each day's bar as attributes of the drawing, 100 high: x, y, height, and its name."""
        return [
            (f"{at + 0.1:.1f}", str(100 - day.percent), str(day.percent), "new" if day is self.now else "day")
            for at, day in enumerate(self.days)
            if not day.is_ahead
        ]

    @property
    def needed_line(self) -> str:
        """Return the points of the line from nothing at the opening to all at the deadline."""
        return self._line([day.needed for day in self.days])

    @property
    def earlier_line(self) -> str:
        """Return the points of the Week before; blank when there is none."""
        known = [day.earlier for day in self.days if day.earlier is not None]
        return self._line(known) if len(known) == len(self.days) else ""

    def _line(self, heights: Sequence[float]) -> str:
        return " ".join(f"{at + 0.5:.1f},{100 - height:.1f}" for at, height in enumerate(heights))


def pace(
    replies: Iterable[dt.datetime],
    *,
    total: int,
    opened_at: dt.datetime,
    closes_at: dt.datetime,
    at: dt.datetime,
    before: Earlier | None = None,
) -> Pace:
    """Return the pace of ``total`` units whose first replies came at these moments."""
    came = sorted(_day(reply) for reply in replies)
    opened, last, today = _day(opened_at), _last_day(closes_at), _day(at)
    until = max(opened, last, min(today, came[-1]) if came else opened)
    days = each_day(opened, until)[-MOST_DAYS:]
    before_days = sorted(map(_day, before.replies)) if before else []
    drawn = []
    for day in days:
        count = bisect_left(came, day + dt.timedelta(days=1))
        earlier = None
        if before and before.total:
            same = _last_day(before.closes_at) - (last - day)
            earlier = share(bisect_left(before_days, same + dt.timedelta(days=1)), before.total)
        drawn.append(
            Day(
                day=day, new=count - bisect_left(came, day) if day != days[0] else count, replied=count,
                percent=share(count, total), needed=_needed(day, opened, last), earlier=earlier,
                is_ahead=day > today,
            )
        )  # fmt: skip
    return Pace(
        days=tuple(drawn), total=total, today=_on(came, today), yesterday=_on(came, today - dt.timedelta(days=1)),
        days_left=max(0, (last - today).days + 1) if at < closes_at else 0, missing=total - len(came),
        earlier_year=before.year if before else None,
    )  # fmt: skip


def needed_share(opened_at: dt.datetime, closes_at: dt.datetime, at: dt.datetime) -> float:
    """Return how much of the time for replying is over, in percent."""
    whole = (closes_at - opened_at).total_seconds()
    return 100.0 if whole <= 0 else min(100.0, max(0.0, 100 * (at - opened_at).total_seconds() / whole))


def _needed(day: dt.date, opened: dt.date, last: dt.date) -> float:
    return needed_share(day_start(opened), day_start(last + dt.timedelta(1)), day_start(day + dt.timedelta(1)))


def _on(came: Sequence[dt.date], day: dt.date) -> int:
    return bisect_left(came, day + dt.timedelta(days=1)) - bisect_left(came, day)


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(HANOI).date()


def _last_day(closes_at: dt.datetime) -> dt.date:
    return _day(closes_at - dt.timedelta(minutes=1))
