"""Read answers about registrations."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet
from tuanhoc.campaigns.queries import is_locked

from .models import Activity, AnnexArchive, Registration, State
from .rules import ActivityDraft


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One unit on the board. ``state`` None: it has not begun."""

    roster_pk: int
    unit_id: int
    registration_pk: int | None
    unit_name: str
    kind: str
    path: str
    area_id: int | None
    state: State | None
    is_late: bool
    activity_count: int


def board(over: RosterUnitQuerySet) -> list[BoardLine]:
    """List every expected unit of ``over``, silent ones included, in reading order. Two queries."""
    begun = {
        host_id: (pk, State(state), late, count)
        for pk, host_id, state, late, count in Registration.objects.filter(host__in=over).values_list(
            "pk", "host_id", "state", "is_late", Count("activities")
        )
    }
    lines = []
    for unit in over.in_reading_order():
        pk, state, late, count = begun.get(unit.pk, (None, None, False, 0))
        lines.append(
            BoardLine(
                roster_pk=unit.pk, unit_id=unit.unit_id, registration_pk=pk, unit_name=unit.name, kind=unit.kind,
                path=unit.path, area_id=unit.area_id, state=state, is_late=late, activity_count=count,
            )
        )  # fmt: skip
    return lines


def handed_in(over: RosterUnitQuerySet) -> QuerySet[Registration]:
    """Return the registrations of those of ``over`` whose unit has done its part: handed in, or replied nil."""
    return Registration.objects.filter(host__in=over).exclude(state__in=[State.DRAFT, State.RETURNED])


def is_shut(host: RosterUnit, registration: Registration | None, *, at: dt.datetime) -> bool:
    """Whether the unit itself may only read its registration now; what was given back may be mended.

    One query, none before its own deadline.
    """
    return (registration is None or registration.state != State.RETURNED) and is_locked(host, at=at)


def tally(lines: Sequence[BoardLine]) -> Counter[State | None]:
    """Count the lines of a board by state; None counts those not begun."""
    return Counter(line.state for line in lines)


def draft_of(activity: Activity) -> ActivityDraft:
    """Return an activity's row as a value."""
    return ActivityDraft(
        held_on=activity.held_on, ends_on=activity.ends_on, starts_at=activity.starts_at, ends_at=activity.ends_at,
        part_of_day=activity.part_of_day, place=activity.place, content=activity.content, note=activity.note,
        form=activity.form, link=activity.link, audience=activity.audience,
        audience_groups=tuple(g for g in activity.audience_groups.split(",") if g),
        expected_people=activity.expected_people, host=activity.host, contact=activity.contact,
        contact_is_public=activity.contact_is_public, area_id=activity.area_id, fee=activity.fee,
        is_public=activity.is_public, source=activity.source,
        unread=tuple((str(name), str(words)) for name, words in activity.unread),
    )  # fmt: skip


def drafts_of(registration: Registration) -> list[ActivityDraft]:
    """Return the registration's rows in their order. One query."""
    return [draft_of(a) for a in registration.activities.order_by("position", "pk")]


def last_archive(campaign: Campaign) -> AnnexArchive | None:
    """Return the zip of annexes asked for last. One query."""
    return AnnexArchive.objects.filter(campaign=campaign).order_by("-pk").first()


def annex_counts(campaign: Campaign) -> tuple[int, int]:
    """Return how many units have written at least one line, and how many are expected. Two queries."""
    written = Registration.objects.filter(host__campaign=campaign, activities__isnull=False)
    return written.values("host").distinct().count(), campaign.roster.count()
