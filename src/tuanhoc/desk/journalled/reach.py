"""What of the journal outside Weeks somebody may read, and what of an entry a unit's own trail leaves out."""

import datetime as dt
from collections.abc import Mapping

from tuanhoc.activities.access import To, may
from tuanhoc.campaigns import access
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.intake.models import MailMessage, PlanFile
from tuanhoc.intake.queries.plans import waiting_plans
from tuanhoc.journal.queries import Outside
from tuanhoc.lib.actor import Actor
from tuanhoc.units.models import Unit

from .words import WORDS

#: Details that stay where the Week is coordinated, and those a unit is told all the same: that it was called, by which
#: office; not what was noted, and not who else was meant.
_OF_THE_OFFICE: Mapping[str, frozenset[str]] = {
    "notices.call.write": frozenset({"office"}),
    "notices.duty.remind": frozenset(),
    "campaigns.duty.assign": frozenset({"duty"}),
    # Whose account it is stands on the page of people, which a unit does not see.
    "accounts.seat.give": frozenset({"unit", "before", "after"}),
    "accounts.seat.take": frozenset({"unit", "before", "after"}),
}
#: Whom to reach at a unit is for itself and who phones it.
_OF_PEOPLE = ("units.contact.", "notices.address.")


def outside_for(actor: Actor, day: dt.date) -> Outside | None:
    """Return what outside Weeks the actor may read; None: all of it, as an operator.

    A coordinator: what is about the units of the own provinces, the people looked after, what was received to
    make a Week of, and letters that may be for the own Weeks.
    """
    within = access.unit_ids_within(actor, day)
    if within is None:
        return None
    mine = access.in_reach(actor).order_by().values("pk")
    return Outside(
        units=within,
        things={
            "accounts.user": access.users_looked_after(actor).order_by().values_list("pk", flat=True),
            PlanFile._meta.label_lower: waiting_plans(actor).order_by().values_list("pk", flat=True),
            MailMessage._meta.label_lower: MailMessage.objects.filter(may_be_for__in=mine)
            .order_by()
            .values_list("pk", flat=True),
        },
    )


def units_outside(actor: Actor, day: dt.date) -> dict[int, str]:
    """Return the names of the units whose entries outside Weeks the actor may read. At most three queries."""
    within = access.unit_ids_within(actor, day)
    return {pk: name for pk, name in Unit.objects.values_list("pk", "name") if within is None or pk in within}


def withheld_from(actor: Actor, host: RosterUnit) -> Mapping[str, frozenset[str]]:
    """Return the happenings whose details a unit's trail keeps from this reader, and which it tells all the same."""
    if may(actor, To.EDIT, host) or may(actor, To.PHONE, host):
        return _OF_THE_OFFICE
    return {**_OF_THE_OFFICE, **{code: frozenset() for code in WORDS if code.startswith(_OF_PEOPLE)}}
