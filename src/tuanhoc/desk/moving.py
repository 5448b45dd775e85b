"""A change of an accepted activity as somebody typed it: read where it can be, kept where it cannot."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tuanhoc.desk.forms import read_time
from tuanhoc.lib.dates import HANOI, read_day
from tuanhoc.lib.refusal import N_
from tuanhoc.lib.text import without_controls

_ASKED_AGAIN = {
    "held_on": N_("Ngày mới “%(typed)s” chưa đọc được, ví dụ 03/10/2022."),
    "starts_at": N_("Giờ mới “%(typed)s” chưa đọc được, ví dụ 07:30."),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What was typed into the fields of one activity's change, and what of it could be read.

    :ivar unread: names of fields whose words are no day or time. :ivar errors: what is said of it all, translated.
    :ivar is_asked: it can be done, and is, when somebody says once more that it is meant.
    """

    activity_id: int
    held_on: str
    starts_at: str
    place: str
    reason: str
    day: dt.date | None = None
    time: dt.time | None = None
    unread: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    is_asked: bool = False

    @classmethod
    def of(cls, activity_id: int, given: Mapping[str, str], *, year: int) -> "Tried":
        """Return what was typed; ``year`` is that of a day without one."""
        day_words, time_words = (without_controls(given.get(name, "")).strip() for name in ("held_on", "starts_at"))
        place, reason = (without_controls(given.get(name, "")) for name in ("place", "reason"))
        unread, day, time = [], None, None
        try:
            day = read_day(day_words, year=year) if day_words else None
        except ValueError:
            unread.append("held_on")
        try:
            time = read_time(time_words) if time_words else None
        except ValueError:
            unread.append("starts_at")
        return cls(activity_id, day_words, time_words, place, reason, day, time, tuple(unread))

    def said(self) -> tuple[str, ...]:
        """Say of each field that could not be read what was typed there."""
        return tuple(_(_ASKED_AGAIN[name]) % {"typed": getattr(self, name)[:40]} for name in self.unread)

    def asks_about_the_past(self, *, at: dt.datetime) -> bool:
        """Whether the new day has gone by: often a slip of the hand, sometimes what truly happened."""
        return self.day is not None and self.day < at.astimezone(HANOI).date()
