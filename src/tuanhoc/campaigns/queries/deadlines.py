"""Read answers about deadlines, locks and exceptions.

Others ask here: :func:`is_locked` of one unit, :func:`locked_ids` or ``RosterUnit.objects.locked(at)`` of many. A
registration that was given back may be mended under the lock all the same: ``activities`` sees to that.
"""

import datetime as dt

from tuanhoc.campaigns.models import Campaign, DeadlineException, RosterUnit, RosterUnitQuerySet
from tuanhoc.campaigns.rules import deadlines as rules


def is_locked(host: RosterUnit, *, at: dt.datetime) -> bool:
    """Whether the unit may only read at that moment. One query, none before its own deadline."""
    locks_from = host.campaign.locks_from
    if not rules.is_locked(at, closes_at=host.closes_at, locks_from=locks_from):
        return False
    exceptions = [exception.allowed for exception in host.exceptions.all()]
    return rules.is_locked(at, closes_at=host.closes_at, locks_from=locks_from, exceptions=exceptions)


def locked_ids(over: RosterUnitQuerySet, *, at: dt.datetime) -> frozenset[int]:
    """Return those of ``over`` that may only read at that moment. One query."""
    return frozenset(over.locked(at).values_list("pk", flat=True))


def let_in_until(host: RosterUnit, *, at: dt.datetime) -> dt.datetime | None:
    """Return until when an exception lets the unit in; None: none does. One query."""
    ends = (
        DeadlineException.objects.open_at(at).filter(host=host).order_by("-ends_at").values_list("ends_at", flat=True)
    )
    return ends.first()


def deadlines_of(campaign: Campaign) -> dict[str, dt.datetime]:
    """Return the Week's deadlines by level, the common one under ``""``; a level without its own is not there.

    One query.
    """
    own = dict(campaign.level_deadlines.values_list("level", "closes_at"))
    common = campaign.registration_closes_at
    return ({} if common is None else {rules.COMMON: common}) | own
