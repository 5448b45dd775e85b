"""Whom officers should phone: who no letter reaches, and those whom letters did not move."""

import datetime as dt
from collections.abc import Collection, Iterable

from tuanhoc.campaigns.models import Campaign
from tuanhoc.notices.models import Call
from tuanhoc.notices.rules import calling, ladder
from tuanhoc.units.models import Contact

from .reminding import Today


def calls(campaign: Campaign, today: Today, *, among: Collection[int] | None = None) -> list[calling.ToCall]:
    """Return everybody to be phoned, those already reached included, in reading order of their units. One query.

    What was written down of a person is the same for all who read it: whoever one of them phoned, all see as phoned.

    :param among: a district's own roster units, of which it may phone all that owe; None: whom letters do not reach.
    """
    voices = {unit_id: _voices(rows) for unit_id, rows in today.contacts.items()}
    if among is None:
        return calling.to_call(_wanted(today), voices, noted(campaign))
    pressing = {one.unit.pk: one for one in _wanted(today)}
    left_out = {due.unit.pk for due in today.plan.left_out}
    own = [
        pressing.get(unit.pk) or calling.Wanted(unit, calling.OWING)
        for unit in (today.silent if today.is_reminding else ())
        if unit.pk in among and unit.pk not in left_out
    ]
    return calling.to_call(own, voices, noted(campaign))


def _wanted(today: Today) -> Iterable[calling.Wanted]:
    if not today.is_reminding:
        return
    plan = today.plan
    unreached = {due.unit.pk for due in plan.unreached}
    left_out = {due.unit.pk for due in plan.left_out}
    past: dict[dt.datetime, bool] = {}
    for unit in today.silent:
        if unit.closes_at not in past:
            past[unit.closes_at] = ladder.is_past(today.day, closes_at=unit.closes_at, calendar=today.calendar)
        if unit.pk in unreached:
            yield calling.Wanted(unit, _why(today, unit))
        elif past[unit.closes_at] and unit.pk not in left_out:
            yield calling.Wanted(unit, calling.AFTER_LETTERS)


def _why(today: Today, unit: ladder.Expected) -> str:
    contacts = today.contacts.get(unit.unit_id, ())
    if not contacts:
        return calling.NO_CONTACT
    return calling.CLOSED if any(contact.email for contact in contacts) else calling.NO_ADDRESS


def _voices(contacts: Iterable[Contact]) -> list[calling.Voice]:
    return [calling.Voice(c.name, c.role, c.phone, c.zalo, c.email, c.preferred, c.is_in_charge) for c in contacts]


def noted(campaign: Campaign) -> dict[str, calling.Noted]:
    """Return the last thing written down of each person of a Week, by the person's key. One query."""
    found: dict[str, calling.Noted] = {}
    for row in Call.objects.filter(campaign=campaign).order_by("person", "number"):
        before = found.get(row.person)
        tries = (before.tries if before else 0) + (row.outcome in {Call.Outcome.REACHED, Call.Outcome.NO_ANSWER})
        found[row.person] = calling.Noted(
            row.number,
            row.outcome,
            row.made_at,
            row.by_name,
            row.by_user_id,
            row.again_on,
            row.note,
            tries,
            row.for_name,
        )
    return found
