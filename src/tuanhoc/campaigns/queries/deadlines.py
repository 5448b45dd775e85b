"""Read answers about deadlines, locks and exceptions.

Others ask here: :func:`is_locked` of one unit, :func:`locked_ids` or ``RosterUnit.objects.locked(at)`` of many. A
registration that was given back may be mended under the lock all the same: ``activities`` sees to that.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from tuanhoc.campaigns.models import (
    Campaign,
    DeadlineException,
    DeadlineMove,
    RosterUnit,
    RosterUnitQuerySet,
    UnlockRequest,
)
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


def let_in_each(hosts: Iterable[RosterUnit], *, at: dt.datetime) -> dict[int, dt.datetime]:
    """Return until when exceptions let units in, by roster unit; whom none lets in is not there. One query."""
    given = DeadlineException.objects.open_at(at).filter(host__in=[host.pk for host in hosts])
    # The longest comes last and stands.
    return dict(given.order_by("ends_at").values_list("host_id", "ends_at"))


#: What :func:`let_in_each` says, for who reads many roster units in one query: the latest end of a unit's exceptions,
#: over or not, null without one. ``activities.due.in_force`` says what it means at a moment; those taken back are none.
LET_IN_UNTIL = Subquery(
    DeadlineException.objects.filter(host=OuterRef("pk"), taken_back_at=None).order_by("-ends_at").values("ends_at")[:1]
)


def unlocks_waiting(campaign_ids: Iterable[int]) -> Counter[int]:
    """Count the requests to be let in that nobody answered, by Week. One query."""
    waiting = UnlockRequest.objects.filter(host__campaign__in=list(campaign_ids), answered_at=None)
    return Counter(waiting.values_list("host__campaign_id", flat=True))


def deadlines_of(campaign: Campaign) -> dict[str, dt.datetime]:
    """Return the Week's deadlines by level, the common one under ``""``; a level without its own is not there.

    One query.
    """
    own = dict(campaign.level_deadlines.values_list("level", "closes_at"))
    common = campaign.registration_closes_at
    return ({} if common is None else {rules.COMMON: common}) | own


@dataclass(frozen=True, slots=True)
class OwnDeadline:
    """A unit's own deadline as it stands, and as it would be; ``by_exception``: an exception decides it."""

    host_id: int
    level: str
    before: dt.datetime
    after: dt.datetime
    by_exception: bool

    @property
    def moves(self) -> bool:
        """Whether anything changes for the unit."""
        return self.before != self.after


def own_deadlines(campaign: Campaign, deadlines: Mapping[str, dt.datetime]) -> list[OwnDeadline]:
    """Return what every unit's own deadline would be with these deadlines of the Week. Two queries.

    :param deadlines: by level, as :func:`deadlines_of` gives them; without the common one there is nothing to say.
    """
    levels = dict(deadlines)
    common = levels.pop(rules.COMMON, None)
    if common is None:
        return []
    leave = defaultdict(list)
    moving = DeadlineException.objects.filter(host__campaign=campaign, moves_deadline=True, taken_back_at=None)
    for exception in moving:
        leave[exception.host_id].append(exception.allowed)
    found = []
    for pk, kind, closes_at in campaign.roster.order_by("pk").values_list("pk", "kind", "closes_at"):
        plain = rules.own_deadline(kind, common=common, levels=levels)
        own = rules.own_deadline(kind, common=common, levels=levels, exceptions=leave[pk])
        found.append(OwnDeadline(pk, rules.level_of(kind).code, closes_at, own, by_exception=own != plain))
    return found


def last_move(campaign: Campaign) -> DeadlineMove | None:
    """Return the last change of deadlines that stands: the only one that can be undone. One query."""
    return campaign.deadline_moves.filter(undone_at=None).order_by("-pk").first()
