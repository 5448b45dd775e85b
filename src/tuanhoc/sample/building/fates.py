"""Who registers when, and what the reviewer says: drawn once with the fixed seed."""

import datetime as dt
import enum
import random
from dataclasses import dataclass

from tuanhoc.lib.dates import HANOI


class Course(enum.Enum):
    """How one unit's season goes."""

    PLAIN = "handed in, accepted"
    RETURNED = "handed in, returned, corrected, accepted"
    STUCK = "handed in, returned, not corrected"
    UNSEEN = "handed in late, nobody has looked yet"
    DRAFT = "begun, never handed in"
    NIL = "nothing to register"
    SILENT = "no answer"


@dataclass(frozen=True, slots=True)
class Fate:
    """One unit's season. ``begun_at`` None: it never begins."""

    course: Course
    begun_at: dt.datetime | None = None
    handed_in_at: dt.datetime | None = None
    reviewed_at: dt.datetime | None = None
    corrected_at: dt.datetime | None = None
    accepted_at: dt.datetime | None = None


#: How many hand in on each day from Tuesday 20 September; the last four are late.
_RUSH = (1, 4, 7, 9, 2, 1, 17, 20, 23, 6, 7, 1, 0.5, 1.5, 0.5)
_OPENED = dt.datetime(2022, 9, 20, 8, tzinfo=HANOI)
_FIRST = _OPENED.date()
_LAST_IN_TIME = 10
#: Reviewers sit down twice a day.
_SITTINGS = (dt.time(10, 15), dt.time(16, 10))
_COURSES = {
    Course.PLAIN: 80, Course.RETURNED: 8, Course.STUCK: 1, Course.UNSEEN: 2, Course.DRAFT: 2, Course.NIL: 3,
    Course.SILENT: 3,
}  # fmt: skip


def draw(turn: random.Random, *, must_take_part: bool = False) -> Fate:
    """Return one unit's season; with ``must_take_part`` it is handed in in time and accepted."""
    course = turn.choices(list(_COURSES), list(_COURSES.values()))[0]
    if must_take_part and course is not Course.RETURNED:
        course = Course.PLAIN
    if course is Course.SILENT:
        return Fate(course)
    handed_in = _handed_in(turn, course, in_time=must_take_part)
    begun = _begun(turn, handed_in)
    if course is Course.DRAFT:
        return Fate(course, begun)
    if course in {Course.NIL, Course.UNSEEN}:
        return Fate(course, begun, handed_in)
    reviewed = sitting(turn, handed_in)
    if course is Course.PLAIN:
        return Fate(course, begun, handed_in, accepted_at=reviewed)
    if course is Course.STUCK:
        return Fate(course, begun, handed_in, reviewed)
    corrected = _in_office_hours(turn, (reviewed + dt.timedelta(days=turn.choice((0, 0, 1)))).date(), after=reviewed)
    return Fate(course, begun, handed_in, reviewed, corrected, sitting(turn, corrected))


def _handed_in(turn: random.Random, course: Course, *, in_time: bool) -> dt.datetime:
    days = list(range(len(_RUSH)))
    weights = list(_RUSH)
    if in_time:
        days, weights = days[:_LAST_IN_TIME], weights[:_LAST_IN_TIME]
    elif course is Course.UNSEEN:
        return _in_office_hours(turn, dt.date(2022, 10, 3))
    day = _FIRST + dt.timedelta(days=turn.choices(days, weights)[0])
    return _in_office_hours(turn, day, after=_OPENED + dt.timedelta(hours=1))


def _begun(turn: random.Random, handed_in: dt.datetime) -> dt.datetime:
    """Return when the first line was written: for most the same day, for some days before."""
    ago = dt.timedelta(minutes=turn.randint(15, 180)) if turn.random() < 0.55 else dt.timedelta(days=turn.randint(1, 5))
    return max(handed_in - ago, _OPENED + dt.timedelta(minutes=turn.randint(10, 50)))


def _in_office_hours(turn: random.Random, day: dt.date, *, after: dt.datetime | None = None) -> dt.datetime:
    """Return a moment when people write forms: mostly in office hours, sometimes in the evening."""
    first, last = turn.choices(((450, 690), (810, 1020), (1140, 1320)), (5, 4, 1))[0]
    minute = turn.randint(first, last)
    at = dt.datetime.combine(day, dt.time(minute // 60, minute % 60), tzinfo=HANOI)
    return at if after is None or at > after else after + dt.timedelta(minutes=turn.randint(30, 150))


def sitting(turn: random.Random, handed_in: dt.datetime) -> dt.datetime:
    """Return when the reviewer comes to it: one of the next sittings, a few minutes after it began."""
    skipped = turn.choices((0, 1, 2), (5, 3, 1))[0]
    day = handed_in.date()
    while True:
        for sitting in _SITTINGS:
            at = dt.datetime.combine(day, sitting, tzinfo=HANOI) + dt.timedelta(minutes=turn.randint(0, 40))
            # At weekends nobody sits down, save the one before the Week.
            if at > handed_in and (day.weekday() < 5 or day == dt.date(2022, 10, 1)):
                if not skipped:
                    return at
                skipped -= 1
        day += dt.timedelta(days=1)
