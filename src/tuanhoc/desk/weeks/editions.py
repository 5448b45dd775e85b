"""A new edition from the last: its fields with the days moved, and what the page says of the one before."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tuanhoc.accounts.models import Seat
from tuanhoc.campaigns import access, queries
from tuanhoc.campaigns.models import Campaign
from tuanhoc.desk.deadlines import own_levels
from tuanhoc.lib.actor import Actor, Role
from tuanhoc.lib.dates import short
from tuanhoc.lib.shifts import Shift, Span, moved, next_start
from tuanhoc.units.models import Unit

from .fields import Reader, as_day_and_time
from .reading import row_fields, suggested_code, typed_of_campaign


@dataclass(frozen=True, slots=True)
class Proposed:
    """One way to place the next Week."""

    by: Shift
    span: Span
    #: last day in time of the registration and of the report, where the last edition had them
    registration_day: dt.date | None
    report_day: dt.date | None


def proposals(last: Campaign, year: int) -> list[Proposed]:
    """Return the next Week by the day of the week and by the date. No query."""
    return [proposed(last, year, by) for by in Shift]


def proposed(last: Campaign, year: int, by: Shift) -> Proposed:
    """Return the Week of ``year`` placed like ``last``, its deadlines at the same distance."""
    first = next_start(last.starts_on, year, by)
    out_of = Span(last.starts_on, last.ends_on)
    into = Span(first, first + (last.ends_on - last.starts_on))
    days = [_last_day(getattr(last, f"{name}_closes_at")) for name in ("registration", "report")]
    registration, report = (moved(day, by, out_of=out_of, into=into) if day else None for day in days)
    return Proposed(by, into, registration, report)


def _last_day(closes_at: dt.datetime | None) -> dt.date | None:
    day, _time = as_day_and_time(closes_at)
    return dt.datetime.strptime(day, "%d/%m/%Y").date() if day else None  # noqa: DTZ007 - a day, no moment


def typed_of_edition(last: Campaign, year: int, by: Shift) -> dict[str, str]:
    """Return the fields of a new edition: the last one's, its days moved, its theme left to be chosen."""
    typed, new = typed_of_campaign(last), proposed(last, year, by)
    out_of = Span(last.starts_on, last.ends_on)

    def day(of: dt.date | None) -> str:
        return short(moved(of, by, out_of=out_of, into=new.span)) if of else ""

    typed |= {
        "title": typed["title"].replace(str(last.year), str(year)),
        "theme": "",
        "year": str(year),
        "code": suggested_code(last.province, str(year)),
        "starts_on": short(new.span.first),
        "ends_on": short(new.span.last),
        "opening_on": day(last.opening_on),
        "registration_day": short(new.registration_day) if new.registration_day else "",
        "report_day": short(new.report_day) if new.report_day else "",
        "from": last.code,
        "seats": "on",
    }
    for n, duty in enumerate(last.duties.order_by("pk")):
        typed[f"d-{n}-due"] = day(duty.due_on)
    for n, phase in enumerate(last.phases.order_by("starts_on", "pk")):
        typed |= row_fields("p", n, name=phase.name, first=day(phase.starts_on), last=day(phase.ends_on))
    return typed


def edition_before(actor: Actor, typed: Mapping[str, str]) -> Campaign | None:
    """Return the edition a new one is made from, if the actor coordinates it. One query at most."""
    code = typed.get("from", "")
    return access.in_reach(actor).filter(code=code).first() if code else None


def stale_of(campaign: Campaign | None) -> dict[str, str]:
    """Return, by standing symbol, why a legal basis of this Week no longer stands. One query."""
    bases = campaign.legal_bases.exclude(stale="") if campaign else ()
    return {basis.normalized: basis.stale for basis in bases}


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """What the page of a new edition says of the last one and of the roster since then."""

    last: Campaign
    seats: bool
    coordinators: Sequence[str]
    #: None while province and coordinator are not chosen
    changes: queries.RosterChanges | None
    templates: int
    #: levels with a deadline of their own, and the last edition's moved as far as the Week was
    levels: Sequence[tuple[str, dt.datetime]] = ()


def shown_edition(
    last: Campaign, typed: Mapping[str, str], province: Unit | None, coordinator: Unit | None, *, day: dt.date
) -> ShownEdition:
    """Return what stands beside a new edition's fields. Nine queries at most."""
    people = queries.prospects(province, coordinator, day) if province and coordinator else None
    seats = Seat.objects.filter(role=Role.COORDINATOR.value, campaign_id=last.pk, user__is_active=True)
    return ShownEdition(
        last=last,
        seats=typed.get("seats") == "on",
        coordinators=[str(seat.user) for seat in seats.select_related("user").order_by("pk")],
        changes=queries.roster_changes(last, people, day=day) if people is not None else None,
        templates=len(queries.current_templates(last)),
        levels=_levels(last, typed),
    )


def _levels(last: Campaign, typed: Mapping[str, str]) -> list[tuple[str, dt.datetime]]:
    first = Reader(typed).day("starts_on")
    return [(words, own + (first - last.starts_on)) for words, own in own_levels(last)] if first else []
