"""Whose queue a registration waits in: the nearest unit above it with somebody to look, in the end the coordinator's.

Computed, never stored: a seat given or taken moves the queue at once, and back by itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from tuanhoc.accounts.models import Seat
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.lib.actor import Actor, Role

#: A personal link is a seat too, but looking at others' needs a person who signed in.
REVIEWING = frozenset({Role.OFFICER, Role.HEAD})


@dataclass(frozen=True, slots=True)
class ReviewingUnit:
    """A unit of a roster that looks at others' registrations. ``above``: who looks instead; None: the coordinator."""

    pk: int
    campaign_id: int
    unit_id: int
    name: str
    path: str
    above: int | None


@dataclass(frozen=True)
class Queues:
    """The reviewing units of some campaigns, and where somebody is seated."""

    units: Mapping[int, ReviewingUnit]
    seated: frozenset[int]

    def of(self, reviewer_id: int | None) -> int | None:
        """Return whose queue it is that belongs to ``reviewer_id``: itself, one above, or None, the coordinator's."""
        return None if reviewer_id is None else self._first.get(reviewer_id)

    @cached_property
    def _first(self) -> dict[int, int | None]:
        return {pk: self._nearest(pk) for pk in self.units}

    def _nearest(self, pk: int) -> int | None:
        step: int | None = pk
        while step is not None and not self.places(step) & self.seated:
            step = self.above(step)
        return step

    def above(self, pk: int) -> int | None:
        """Return who looks where ``pk`` has nobody. Only what stands above it in the tree may look there."""
        unit = self.units[pk]
        over = self.units.get(unit.above) if unit.above is not None else None
        return over.pk if over and over.path != unit.path and unit.path.startswith(over.path) else None

    def places(self, pk: int) -> frozenset[int]:
        """Return the units where a person looks after this queue: itself, and those above it below the next queue."""
        over = self.above(pk)
        beyond = steps(self.units[over].path) if over is not None else frozenset()
        return steps(self.units[pk].path) - beyond

    def behind(self, queue: int | None) -> list[int]:
        """Return the reviewing units whose registrations wait in ``queue``; None: the coordinator's."""
        return [pk for pk, first in self._first.items() if first == queue]

    def looked_after_from(self, unit_id: int) -> list[int]:
        """Return the reviewing units whose registrations wait first for a person seated at ``unit_id``."""
        mine = {pk for pk in self.units if unit_id in self.places(pk)}
        return [pk for pk, first in self._first.items() if first in mine]

    def mine(self, actor: Actor, campaign_id: int) -> set[int | None]:
        """Return the reviewing units whose registrations wait first for the actor; None: the coordinator's own."""
        found: set[int | None] = set()
        for seat in actor.seats:
            if seat.campaign_id == campaign_id:
                found |= {None, *self.behind(None)}
            elif seat.unit_id is not None and seat.role in REVIEWING and not seat.alone:
                found.update(self.looked_after_from(seat.unit_id))
        return found

    @property
    def fallen(self) -> list[ReviewingUnit]:
        """The reviewing units that have nobody, whose queue went up."""
        return [unit for pk, unit in self.units.items() if self._first[pk] != pk]


def steps(path: str) -> frozenset[int]:
    """Return the unit ids of a path.

    >>> sorted(steps("/1/17/1021/"))
    [1, 17, 1021]
    """
    return frozenset(int(step) for step in path.split("/") if step)


def standing_queues(campaign_ids: Iterable[int] | None = None) -> Queues:
    """Read who reviews and where somebody active is seated. Two queries.

    :param campaign_ids: None: of all campaigns.
    """
    reviewed = Q(reviewer__isnull=False)
    if campaign_ids is not None:
        reviewed &= Q(campaign_id__in=campaign_ids)
    rows = RosterUnit.objects.filter(pk__in=RosterUnit.objects.filter(reviewed).values("reviewer_id"))
    units = {
        row.pk: ReviewingUnit(row.pk, row.campaign_id, row.unit_id, row.name, row.path, row.reviewer_id)
        for row in rows.in_reading_order()
    }
    where = {step for unit in units.values() for step in steps(unit.path)}
    seats = Seat.objects.filter(role__in=[role.value for role in REVIEWING], user__is_active=True, unit_id__in=where)
    return Queues(units, frozenset(pk for pk in seats.values_list("unit_id", flat=True) if pk is not None))
