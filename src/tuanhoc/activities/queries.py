"""Read answers about registrations."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet
from tuanhoc.campaigns.queries import is_locked

from .models import Activity, AnnexArchive, Registration, ReviewBatch, RowComment, State
from .reasons import chosen_reason as chosen_reason  # noqa: PLC0414 - given on through this door
from .reasons import filled_reason as filled_reason  # noqa: PLC0414 - as above
from .reasons import short_reason as short_reason  # noqa: PLC0414 - as above
from .reasons import standing_reasons as standing_reasons  # noqa: PLC0414 - as above
from .rules import ActivityDraft, warnings


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


@dataclass(frozen=True, slots=True)
class Thread:
    """What was said about one row, oldest first."""

    uid: uuid.UUID
    comments: Sequence[RowComment]

    @property
    def is_open(self) -> bool:
        """Whether something of it waits for an answer or a settling."""
        return self.comments[-1].resolved_at is None

    @property
    def row_words(self) -> str:
        return self.comments[-1].row_words

    @property
    def last(self) -> RowComment:
        return self.comments[-1]


def threads_of(registration: Registration | None) -> dict[uuid.UUID, Thread]:
    """Return what was said about the rows of a registration, by the activity's uid. One query."""
    found: dict[uuid.UUID, list[RowComment]] = {}
    if registration is not None:
        for comment in RowComment.objects.filter(registration=registration).order_by("written_at", "pk"):
            found.setdefault(comment.activity_uid, []).append(comment)
    return {uid: Thread(uid, comments) for uid, comments in found.items()}


def marked_lines(campaign: Campaign, pks: Sequence[int], marks: str) -> dict[int, list[dict[str, object]]]:
    """Return the rows a warning is about, by registration. One query for all rows, one for the campaign's phases."""
    windows = campaign.windows
    places: dict[int, int] = {}
    found: dict[int, list[dict[str, object]]] = {}
    for activity in Activity.objects.filter(registration__in=pks).order_by("registration", "position", "pk"):
        place = places.get(activity.registration_id, 0)
        places[activity.registration_id] = place + 1
        if any(warned.code == marks for warned in warnings(draft_of(activity), windows=windows)):
            found.setdefault(activity.registration_id, []).append({"position": place, "uid": str(activity.uid)})
    return found


def free_of(batch: ReviewBatch) -> int:
    """Count the decisions of a stroke on which nothing hangs yet. Two queries."""
    standing = batch.reviews.filter(withdrawn_at=None, submission__registration__version=F("left_version"))
    registrations = list(standing.values_list("submission__registration", flat=True))
    return len(registrations) - len(changed_since(registrations, batch.decided_at))


def changed_since(registrations: Iterable[object], at: dt.datetime) -> set[int]:
    """Return those whose activities were moved, cancelled or amended after ``at``: the version does not count it."""
    changed = Activity.objects.filter(registration__in=list(registrations), changed_at__gt=at)
    return set(changed.values_list("registration_id", flat=True))
