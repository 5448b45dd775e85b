"""What the pages about deadlines show: the levels, what a change would do, and a unit's own block."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tuanhoc.activities.access import To, may
from tuanhoc.activities.models import Registration, State
from tuanhoc.activities.queries import Due, due_of, handed_in, is_shut
from tuanhoc.campaigns.models import Campaign, DeadlineMove, RosterUnit, RosterUnitQuerySet, UnlockRequest
from tuanhoc.campaigns.queries import deadlines_of, let_in_until, own_deadlines, prospects
from tuanhoc.campaigns.rules.deadlines import COMMON, LEVELS, level_of
from tuanhoc.desk.weeks.fields import Reader, as_day_and_time
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.text import clean
from tuanhoc.notices.queries import without_address

#: The common deadline's name among the fields of the page.
_COMMON_FIELD = "all"


def shut_out(hosts: RosterUnitQuerySet, *, at: dt.datetime) -> RosterUnitQuerySet:
    """Return those of ``hosts`` that wanted to hand in and cannot: locked, and neither handed in nor given back."""
    past_draft = Registration.objects.filter(host__in=hosts).exclude(state=State.DRAFT)
    return hosts.locked(at).exclude(pk__in=past_draft.values("host"))


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level on the page: its units, those still to hand in, its deadline and the two fields that change it."""

    field: str
    words: str
    units: int
    open_units: int
    #: None: it has the common one
    closes_at: dt.datetime | None
    day: str
    time: str
    errors: tuple[str, ...] = ()

    @property
    def day_field(self) -> str:
        """Name of the field of its day."""
        return f"{self.field}_day"


def field_of(code: str) -> str:
    """Return the name a level's fields begin with."""
    return code or _COMMON_FIELD


def level_rows(
    campaign: Campaign,
    deadlines: Mapping[str, dt.datetime],
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    day: dt.date,
) -> list[LevelRow]:
    """Return the levels that have units, the common deadline first. Two queries.

    :param day: on which those to be asked are counted, while the call is not open.
    """
    expected, still_open = _counts(campaign, day)
    rows = []
    for code, words in [(COMMON, _("Hạn chung")), *((level.code, _(level.words)) for level in LEVELS)]:
        if code and not expected[code] and code not in deadlines:
            continue
        field = field_of(code)
        typed_day, typed_time = as_day_and_time(deadlines.get(code))
        rows.append(
            LevelRow(
                field, words,
                units=expected[code] if code else expected.total(),
                open_units=still_open[code] if code else still_open.total(),
                closes_at=deadlines.get(code),
                day=typed.get(f"{field}_day", typed_day),
                time=typed.get(f"{field}_time", typed_time),
                errors=tuple(_(errors[name]) for name in (f"{field}_day", f"{field}_time") if name in errors),
            )
        )  # fmt: skip
    return rows


def own_levels(campaign: Campaign) -> list[tuple[str, dt.datetime]]:
    """Return the levels that have a deadline of their own, by name. One query."""
    own = deadlines_of(campaign)
    return [(_(level.words), own[level.code]) for level in LEVELS if level.code in own]


def _counts(campaign: Campaign, day: dt.date) -> tuple[Counter[str], Counter[str]]:
    """Count units by level: all expected, and those still to hand in; before the call opens, those to be asked."""
    if campaign.state == Campaign.State.PREPARING:
        people = prospects(campaign.province, campaign.coordinator, day)
        asked = Counter(level_of(person.unit.kind).code for person in people)
        return asked, asked
    done = set(handed_in(campaign.roster.all()).values_list("host_id", flat=True))
    expected: Counter[str] = Counter()
    still_open: Counter[str] = Counter()
    for pk, kind in campaign.roster.values_list("pk", "kind"):
        code = level_of(kind).code
        expected[code] += 1
        still_open[code] += pk not in done
    return expected, still_open


def read_deadlines(typed: Mapping[str, str]) -> tuple[dict[str, dt.datetime], dict[str, str]]:
    """Return the deadlines by level as typed, blank ones left out, and what could not be read, by field."""
    reader = Reader(typed)
    found = {}
    for code in (COMMON, *(level.code for level in LEVELS)):
        moment = reader.closing(field_of(code))
        if moment is not None:
            found[code] = moment
    return found, reader.errors


def typed_deadlines(deadlines: Mapping[str, dt.datetime]) -> dict[str, str]:
    """Return deadlines as the page's fields."""
    typed = {}
    for code, moment in deadlines.items():
        typed[f"{field_of(code)}_day"], typed[f"{field_of(code)}_time"] = as_day_and_time(moment)
    return typed


@dataclass(frozen=True, slots=True)
class LevelChange:
    """What a change does to one level."""

    words: str
    before: dt.datetime | None
    after: dt.datetime | None
    units: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change of deadlines would do, before anybody hears of it."""

    levels: tuple[LevelChange, ...]
    #: still to hand in and moved: these hear of it
    told: int
    #: of those told, how many have nobody a letter could go to: they must be phoned
    unaddressed: int
    #: moved, but handed in already: nothing changes for them, nor what was said of them
    done: int
    #: their level's deadline changes, but an exception of their own ends later and stays
    kept: int
    #: of those told, how many get less time
    shortened: int

    @property
    def written_to(self) -> int:
        """How many of those told a letter reaches."""
        return self.told - self.unaddressed


def level_changes(
    before: Mapping[str, dt.datetime], after: Mapping[str, dt.datetime], units: Counter[str]
) -> tuple[LevelChange, ...]:
    """Return the levels whose deadline changes, the common one first; ``units`` counts who is told, by level."""
    words = {COMMON: _("Hạn chung")} | {level.code: _(level.words) for level in LEVELS}
    return tuple(
        LevelChange(words[code], before.get(code), after.get(code), units[code])
        for code in words
        if before.get(code) != after.get(code)
    )


def changes_of(move: DeadlineMove) -> tuple[LevelChange, ...]:
    """Return what a past move changed. No query."""
    before, after = (
        {level: dt.datetime.fromisoformat(moment) for level, moment in kept.items()}
        for kept in (move.before, move.after)
    )
    return level_changes(before, after, Counter())


def preview(campaign: Campaign, before: Mapping[str, dt.datetime], after: Mapping[str, dt.datetime]) -> Preview:
    """Work out what a change would do. Four queries."""
    own = own_deadlines(campaign, after)
    done = set(handed_in(campaign.roster.all()).values_list("host_id", flat=True))
    moved = [unit for unit in own if unit.moves]
    told = [unit for unit in moved if unit.host_id not in done]
    # Who has the common deadline is counted with it, whatever its level.
    by_level = Counter(unit.level if unit.level in {*before, *after} else COMMON for unit in told)
    unaddressed = set(without_address(campaign).values_list("pk", flat=True)) if told else set()
    return Preview(
        levels=level_changes(before, after, by_level),
        told=len(told),
        unaddressed=sum(unit.host_id in unaddressed for unit in told),
        done=len(moved) - len(told),
        kept=sum(unit.by_exception and not unit.moves and _changes(unit.level, before, after) for unit in own),
        shortened=sum(unit.after < unit.before for unit in told),
    )


def _changes(level: str, before: Mapping[str, dt.datetime], after: Mapping[str, dt.datetime]) -> bool:
    """Whether a level's deadline, its own or the common one, becomes another."""
    return before.get(level, before.get(COMMON)) != after.get(level, after.get(COMMON))


@dataclass(frozen=True, slots=True)
class UnitBlock:
    """What a unit's sheet says of its deadline; ``until`` None: no exception lets it in now."""

    is_shut: bool
    #: will be shut when its deadline comes
    will_shut: bool
    until: dt.datetime | None
    due: Due
    in_time: bool
    asked: UnlockRequest | None
    may_ask: bool
    #: what was handed in may be taken back: nobody has looked at it, and it could be handed in again
    may_withdraw: bool
    #: whoever looks coordinates the Week, and is let through
    coordinates: bool
    #: the Week is closed: nobody writes, and there is nothing to unlock
    is_week_closed: bool = False

    @property
    def is_closed_here(self) -> bool:
        """Whether whoever looks at the page may only read."""
        return self.is_week_closed or (self.is_shut and not self.coordinates)


def block_of(actor: Actor, host: RosterUnit, registration: Registration | None, *, at: dt.datetime) -> UnitBlock:
    """Return what the sheet says of the lock. No query while there is time and nothing was asked for."""
    over = at >= host.closes_at
    locks = host.campaign.locks_from is not None
    coordinates = actor.coordinates(host.campaign_id) or actor.is_operator
    can_write = registration is None or registration.state in {State.DRAFT, State.RETURNED}
    is_closed = host.campaign.state == Campaign.State.CLOSED
    shut = is_shut(host, registration, at=at)
    waits = registration is not None and registration.state == State.SUBMITTED
    until = let_in_until(host, at=at) if over else None
    return UnitBlock(
        is_shut=shut and can_write,
        will_shut=locks and not over and can_write and not is_closed,
        until=until if can_write and not is_closed else None,
        due=due_of(host, registration, until=until, at=at),
        in_time=not over,
        asked=host.unlock_requests.select_related("exception").order_by("-pk").first() if locks and can_write else None,
        may_ask=shut and can_write and not is_closed and may(actor, To.EDIT, host),
        may_withdraw=waits and not is_closed and (coordinates or not shut),
        coordinates=coordinates,
        is_week_closed=is_closed,
    )


def usual_end(at: dt.datetime) -> str:
    """Return the day offered as the end of an exception: the day after tomorrow."""
    return f"{at.astimezone(HANOI).date() + dt.timedelta(days=2):%d/%m/%Y}"


def read_end(typed: Mapping[str, str]) -> tuple[dt.datetime | None, dict[str, str]]:
    """Return the end typed as ``end_day`` and ``end_time``, and what could not be read."""
    reader = Reader(typed)
    return reader.closing("end"), reader.errors


def kept_end(post: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of an exception as typed."""
    names = ("end_day", "end_time", "reason", "how", "year")
    return {name: clean(post.get(name, "")) for name in names if name in post}
