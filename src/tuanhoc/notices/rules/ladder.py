"""The ladder of reminders: at which step a unit is, who is written to on a day, and who must be phoned.

Pure. Steps are counted in working days from the last day of the unit's own deadline. A step that nobody pressed is
not made up for: only the newest counts. Whoever has handed in, or said there is nothing, is on no step.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.workdays import WorkCalendar


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """A rung: so many working days from the last day in time; negative before it."""

    offset: int

    @property
    def code(self) -> str:
        """``T-7``, ``T``, ``T+1``."""
        return f"T{self.offset:+d}" if self.offset else "T"


STEPS = tuple(map(Step, (-7, -3, -1, 0, 1, 3)))
LAST = STEPS[-1]
#: From this step on a unit hears that the one above will be asked to help, a working day ahead at least.
FOREWARNED = STEPS[-2]


@dataclass(frozen=True, slots=True)
class Expected:
    """A unit that still owes its schedule. ``state``: ``draft``, ``returned``, or blank: nothing was begun.

    ``asked_on``: the day it was asked to register; steps up to that day are not its. ``above_pk``: who is asked to
    help in the end, None for those directly under the coordinator; ``above_unit_id`` is its unit.
    """

    pk: int
    unit_id: int
    name: str
    closes_at: dt.datetime
    asked_on: dt.date
    state: str = ""
    above_pk: int | None = None
    above_unit_id: int | None = None
    above_name: str = ""
    #: it may only read now, and must ask to be let in
    is_locked: bool = False
    #: its own deadline has passed, and ``closes_at`` is the end of the exception that lets it in
    is_let_in: bool = False
    #: whose consent its draft waits for, and since when
    head_name: str = ""
    handed_up_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be written to; ``address`` in lower case is who it is.

    ``is_head``: the unit's head, who is written to only where nobody else of the unit can be.
    """

    email: str
    name: str = ""
    is_head: bool = False
    #: in which they are written to
    language: str = "vi"

    @property
    def address(self) -> str:
        return self.email.lower()


@dataclass(frozen=True, slots=True)
class Due:
    """A unit at a step; ``helped_on`` is the first day on which the unit above may be asked to help.

    ``since``: the step's own day; later than that the step stands until the next one comes. None: not asked for.
    """

    unit: Expected
    step: Step
    helped_on: dt.date
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """One letter to one person on one day: of the person's own units, and of those below them."""

    to: Person
    own: tuple[Due, ...] = ()
    below: tuple[Due, ...] = ()

    @property
    def dues(self) -> tuple[Due, ...]:
        return (*self.own, *self.below)


@dataclass(frozen=True, slots=True)
class Sent:
    """A step told: of which unit and deadline, to which address, as the unit's own or as one below."""

    pk: int
    closes_at: dt.datetime
    address: str
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the units: whom to write to, where not, what was told before.

    :ivar people: unit's id -> its people. :ivar above: roster unit's id -> the people asked to help.
    :ivar closed: address -> why nothing goes there. :ivar sent: what was told -> the newest step of it.
    :ivar told_today: addresses that have a letter of this day, or one still on its way.
    :ivar left_out: roster unit's id -> the first day it is written to again.
    """

    people: Mapping[int, Sequence[Person]] = field(default_factory=dict)
    above: Mapping[int, Sequence[Person]] = field(default_factory=dict)
    closed: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[Sent, int] = field(default_factory=dict)
    told_today: frozenset[str] = frozenset()
    left_out: Mapping[int, dt.date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What a press of the button would do today, and what it would leave.

    :ivar digests: in the order of the units. :ivar unreached: units at a step that no letter reaches.
    :ivar left_out: units at a step that an officer set aside. :ivar told: units at a step whose people all have had
        theirs. :ivar unhelped: units on the last step whose unit above no letter reaches.
    """

    digests: tuple[Digest, ...] = ()
    unreached: tuple[Due, ...] = ()
    left_out: tuple[Due, ...] = ()
    told: tuple[Due, ...] = ()
    unhelped: tuple[Due, ...] = ()

    @property
    def units(self) -> tuple[Due, ...]:
        """The units that are reminded, each once."""
        return tuple({due.unit.pk: due for digest in self.digests for due in digest.own}.values())


def last_day(closes_at: dt.datetime) -> dt.date:
    """Return the last day in time of a deadline, which is kept as the first moment too late."""
    return (closes_at.astimezone(HANOI) - dt.timedelta(minutes=1)).date()


def days_of(closes_at: dt.datetime, calendar: WorkCalendar) -> list[tuple[Step, dt.date]]:
    """Return each step with its day, in order; the day of "T" is the last day itself, working or not."""
    last = last_day(closes_at)
    return [(step, calendar.shifted(last, step.offset)) for step in STEPS]


def step_on(
    day: dt.date, *, closes_at: dt.datetime, asked_on: dt.date, calendar: WorkCalendar
) -> tuple[Step, dt.date] | None:
    """Return the newest step whose day has come and that day; None before the first, or when asked since."""
    return _newest(days_of(closes_at, calendar), day=day, asked_on=asked_on)


def _newest(days: Sequence[tuple[Step, dt.date]], *, day: dt.date, asked_on: dt.date) -> tuple[Step, dt.date] | None:
    come = [(step, on) for step, on in days if on <= day]
    return come[-1] if come and come[-1][1] > asked_on else None


def is_past(day: dt.date, *, closes_at: dt.datetime, calendar: WorkCalendar) -> bool:
    """Whether the ladder has ended for a deadline: what letters can do was done, people must speak."""
    return day > calendar.shifted(last_day(closes_at), LAST.offset)


def plan_day(units: Iterable[Expected], known: Known, *, day: dt.date, calendar: WorkCalendar) -> DayPlan:
    """Return who would be written to on ``day`` about which units: one letter for one person."""
    own: dict[str, tuple[Person, list[Due], list[Due]]] = {}
    left = _Left()
    for found in _dues(units, day=day, calendar=calendar):
        due = _put_off(found, known, day=day, calendar=calendar)
        if known.left_out.get(due.unit.pk, day) > day:
            left.left_out.append(due)
            continue
        here = _open(known.people.get(due.unit.unit_id, ()), known)
        wanted = _untold(due, here, known, is_below=False)
        if not here:
            left.unreached.append(due)
        elif not wanted:
            left.told.append(due)
        for person in wanted:
            own.setdefault(person.address, (person, [], []))[1].append(due)
        for person in _asked_to_help(due, known, left, day=day):
            own.setdefault(person.address, (person, [], []))[2].append(due)
    digests = tuple(Digest(person, tuple(mine), tuple(below)) for person, mine, below in own.values())
    return DayPlan(digests, tuple(left.unreached), tuple(left.left_out), tuple(left.told), tuple(left.unhelped))


@dataclass(slots=True)
class _Left:
    unreached: list[Due] = field(default_factory=list)
    left_out: list[Due] = field(default_factory=list)
    told: list[Due] = field(default_factory=list)
    unhelped: list[Due] = field(default_factory=list)


def _dues(units: Iterable[Expected], *, day: dt.date, calendar: WorkCalendar) -> Iterable[Due]:
    # Most units share a deadline; its days are counted once.
    days: dict[dt.datetime, list[tuple[Step, dt.date]]] = {}
    for unit in units:
        if unit.closes_at not in days:
            days[unit.closes_at] = days_of(unit.closes_at, calendar)
        if come := _newest(days[unit.closes_at], day=day, asked_on=unit.asked_on):
            yield Due(unit, come[0], days[unit.closes_at][-1][1], come[1])


def _open(people: Iterable[Person], known: Known) -> list[Person]:
    """Return whom mail reaches; heads only where it reaches nobody else: the schedule is the officer's work."""
    reached = [person for person in people if person.address not in known.closed]
    return [person for person in reached if not person.is_head] or reached


def _untold(due: Due, people: Iterable[Person], known: Known, *, is_below: bool) -> list[Person]:
    unit, found = due.unit, []
    for person in people:
        told = known.sent.get(Sent(unit.pk, unit.closes_at, person.address, is_below))
        if person.address not in known.told_today and (told is None or told < due.step.offset):
            found.append(person)
    return found


def _put_off(due: Due, known: Known, *, day: dt.date, calendar: WorkCalendar) -> Due:
    """Ask the unit above a working day later when no letter before today said that it will be asked."""
    if due.step != LAST or _is_forewarned(due, known):
        return due
    return replace(due, helped_on=calendar.shifted(day, 1))


def _is_forewarned(due: Due, known: Known) -> bool:
    """Whether a letter before today said who will be asked to help; where none can, nothing is waited for."""
    here = _open(known.people.get(due.unit.unit_id, ()), known)
    told = [
        person.address not in known.told_today
        and known.sent.get(Sent(due.unit.pk, due.unit.closes_at, person.address), STEPS[0].offset) >= FOREWARNED.offset
        for person in here
    ]
    return any(told) or not told


def _asked_to_help(due: Due, known: Known, left: _Left, *, day: dt.date) -> list[Person]:
    if due.step != LAST or due.unit.above_pk is None or due.helped_on > day:
        return []
    above = _open(known.above.get(due.unit.above_pk, ()), known)
    if not above:
        left.unhelped.append(due)
    return _untold(due, above, known, is_below=True)
