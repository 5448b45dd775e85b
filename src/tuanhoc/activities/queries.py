"""Read answers about registrations."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, DateTimeField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from tuanhoc.accounts.models import PersonalLink
from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet
from tuanhoc.campaigns.queries import edition_before, line_of
from tuanhoc.campaigns.queries.deadlines import LET_IN_UNTIL, is_locked
from tuanhoc.lib.shifts import Shift, Span, moved

from .due import Due as Due  # noqa: PLC0414 - given on through this door
from .due import due_of as due_of  # noqa: PLC0414 - as above
from .due import in_force as in_force  # noqa: PLC0414 - as above
from .due import late_if_handed_in as late_if_handed_in  # noqa: PLC0414 - as above
from .models import (
    Activity,
    AnnexArchive,
    BehalfEntry,
    HeadConfirmation,
    Registration,
    ReviewBatch,
    RowComment,
    State,
    Submission,
)
from .reasons import chosen_reason as chosen_reason  # noqa: PLC0414 - given on through this door
from .reasons import filled_reason as filled_reason  # noqa: PLC0414 - as above
from .reasons import label_in_words as label_in_words  # noqa: PLC0414 - as above
from .reasons import offered_reason as offered_reason  # noqa: PLC0414 - as above
from .reasons import refuse_reason as refuse_reason  # noqa: PLC0414 - as above
from .reasons import short_reason as short_reason  # noqa: PLC0414 - as above
from .reasons import standing_reasons as standing_reasons  # noqa: PLC0414 - as above
from .rules import COPIED, REPLIES, ActivityDraft, has_replied, warnings


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One unit on the board. ``state`` None: it has not begun. ``is_late``: what it handed in came late."""

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
    rank: int = 8
    #: place in Vietnamese order among the units of the roster
    name_order: int = 0
    #: folded words of the name, for search
    name_key: str = ""
    #: the unit's own deadline: the first moment that is too late
    closes_at: dt.datetime | None = None
    #: the latest end of exceptions that let it in, over or not; None: it never had one
    let_in_until: dt.datetime | None = None
    submitted_at: dt.datetime | None = None
    #: when it answered first, where its answer stands: what was given back or taken back is to come again
    answered_at: dt.datetime | None = None
    #: why it has nothing to register, if it said so
    nil_reason: str = ""
    #: who looks at its registration; None: the coordinator
    reviewer_id: int | None = None
    joined_later: bool = False
    #: entered for it by somebody it phoned; what it sent as a form is its own
    was_phoned_in: bool = False
    is_with_head: bool = False
    #: when somebody opened its link last; only where the board was asked for that
    opened_at: dt.datetime | None = None

    @property
    def has_replied(self) -> bool:
        """Whether its answer stands: "nothing to register" is an answer; a draft is none, nor what was given back."""
        return has_replied(self.state)

    @property
    def is_asked_again(self) -> bool:
        """Whether it answered once and was asked to look at it again."""
        return self.state is State.RETURNED

    def due_at(self, at: dt.datetime) -> dt.datetime | None:
        """Return the deadline that holds for it: its own, or until when an exception lets it in past that."""
        return None if self.closes_at is None else in_force(self.closes_at, self.let_in_until, at=at)

    def is_overdue(self, at: dt.datetime) -> bool:
        """Whether its own deadline has passed, no exception lets it in and no answer stands."""
        due_at = self.due_at(at)
        return not self.has_replied and due_at is not None and at >= due_at


_OF_UNIT = (
    "pk", "unit_id", "name", "kind", "path", "area_id", "rank", "name_order", "name_key", "closes_at", "reviewer_id",
    "joined_at", "let_in_until",
)  # fmt: skip


_STATES = {state.value: state for state in State}


def board(over: RosterUnitQuerySet, *, with_links: bool = False) -> list[BoardLine]:
    """List every expected unit of ``over``, silent ones included, in reading order. Two queries.

    :param with_links: say when somebody last opened each unit's link, too.
    """
    begun = {row[0]: row[1:] for row in Registration.objects.filter(host__in=over).values_list(*_OF_REGISTRATION)}
    silent = (None, None, False, 0, None, None, "", False, False, False)
    opened = Subquery(_LAST_OPENED) if with_links else Value(None, output_field=DateTimeField())
    units = over.annotate(let_in_until=LET_IN_UNTIL).in_reading_order()
    # Values, not models: five thousand units are read for every page.
    return [_line(unit, *begun.get(unit[0], silent)) for unit in units.values_list(*_OF_UNIT, opened)]


def _line(
    unit: tuple[Any, ...], pk: int | None, code: str | None, late: bool, count: int, submitted_at: dt.datetime | None,
    first: dt.datetime | None, reason: str, on_behalf: bool, phoned: bool, with_head: bool,
) -> BoardLine:  # fmt: skip
    state = None if code is None else _STATES[code]
    roster_pk, unit_id, name, kind, path, area_id, rank, order, key, closes_at, reviewer_id, joined_at = unit[:12]
    until, opened = unit[12:]
    return BoardLine(
        roster_pk=roster_pk, unit_id=unit_id, registration_pk=pk, unit_name=name, kind=kind, path=path,
        area_id=area_id, state=state, is_late=late, activity_count=count, rank=rank, name_order=order, name_key=key,
        closes_at=closes_at, let_in_until=until, submitted_at=submitted_at, nil_reason=reason, reviewer_id=reviewer_id,
        joined_later=joined_at is not None, was_phoned_in=on_behalf and phoned, is_with_head=with_head,
        opened_at=opened, answered_at=(first or submitted_at) if has_replied(state) else None,
    )  # fmt: skip


#: the first handing-in of a registration that was not taken back
_FIRST = (
    Submission.objects.filter(registration=OuterRef("pk"), withdrawn_at=None).order_by("pk").values("submitted_at")[:1]
)


_OF_REGISTRATION = (
    "host_id", "pk", "state", "is_late", Count("activities"), "submitted_at", Subquery(_FIRST), "nil_reason",
    "entered_on_behalf", Exists(BehalfEntry.objects.filter(registration=OuterRef("pk"))),
    Exists(HeadConfirmation.objects.filter(registration=OuterRef("pk"), state=HeadConfirmation.State.WAITING)),
)  # fmt: skip
_LAST_OPENED = (
    PersonalLink.objects.filter(
        unit=OuterRef("unit_id"), campaign_id=OuterRef("campaign_id"), last_used_at__isnull=False
    )
    .order_by("-last_used_at")
    .values("last_used_at")[:1]
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """How the units of the Week before answered, to compare with."""

    year: int
    total: int
    closes_at: dt.datetime
    replies: tuple[dt.datetime, ...]


def earlier(campaign: Campaign, over: RosterUnitQuerySet) -> Earlier | None:
    """Return the answers in the edition before ``campaign``, among ``over``; None without one. Two queries."""
    before = edition_before(campaign)
    if before is None or before.registration_closes_at is None:
        return None
    first = Coalesce(Subquery(_FIRST), "submitted_at")
    answered = Registration.objects.filter(host=OuterRef("pk"), state__in=REPLIES).annotate(first=first)
    units = list(over.filter(campaign=before).order_by().values_list(Subquery(answered.values("first")[:1]), flat=True))
    if not units:
        return None
    return Earlier(before.year, len(units), before.registration_closes_at, tuple(filter(None, units)))


def handed_in(over: RosterUnitQuerySet) -> QuerySet[Registration]:
    """Return the registrations of those of ``over`` whose unit has done its part: handed in, or replied nil."""
    return Registration.objects.filter(host__in=over, state__in=REPLIES)


def is_shut(host: RosterUnit, registration: Registration | None, *, at: dt.datetime) -> bool:
    """Whether the unit itself may only read its registration now; what was given back may be mended.

    One query, none before its own deadline. Nobody writes in a Week that is closed.
    """
    if host.campaign.state == Campaign.State.CLOSED:
        return True
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


def last_archive(
    campaign: Campaign, contents: AnnexArchive.Contents = AnnexArchive.Contents.ANNEXES
) -> AnnexArchive | None:
    """Return the zip asked for last. One query."""
    return AnnexArchive.objects.filter(campaign=campaign, contents=contents).order_by("-pk").first()


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
    found: dict[int, list[dict[str, object]]] = {}
    for activity, place, codes in _warned(campaign, pks):
        if marks in codes:
            found.setdefault(activity.registration_id, []).append({"position": place, "uid": str(activity.uid)})
    return found


def marked_counts(campaign: Campaign, pks: Sequence[int]) -> Counter[str]:
    """Count the registrations with rows that each warning is about. Queries as above."""
    return Counter(
        code for code, _ in {(c, a.registration_id) for a, _, codes in _warned(campaign, pks) for c in codes}
    )


def with_warnings(campaign: Campaign, pks: Sequence[int]) -> set[int]:
    """Return the registrations with rows that any warning is about. Queries as above."""
    return {activity.registration_id for activity, _place, codes in _warned(campaign, pks) if codes}


def _warned(campaign: Campaign, pks: Sequence[int]) -> Iterator[tuple[Activity, int, set[str]]]:
    """Give each row with its place in its registration and the codes of its warnings."""
    windows = campaign.windows
    places: Counter[int] = Counter()
    for activity in Activity.objects.filter(registration__in=pks).order_by("registration", "position", "pk"):
        place = places[activity.registration_id]
        places[activity.registration_id] += 1
        yield activity, place, {warned.code for warned in warnings(draft_of(activity), windows=windows)}


def free_of(batch: ReviewBatch) -> int:
    """Count the decisions of a stroke on which nothing hangs yet. Two queries."""
    standing = batch.reviews.filter(withdrawn_at=None, submission__registration__version=F("left_version"))
    registrations = list(standing.values_list("submission__registration", flat=True))
    return len(registrations) - len(changed_since(registrations, batch.decided_at))


def changed_since(registrations: Iterable[object], at: dt.datetime) -> set[int]:
    """Return those whose activities were moved, cancelled or amended after ``at``: the version does not count it."""
    changed = Activity.objects.filter(registration__in=list(registrations), changed_at__gt=at)
    return set(changed.values_list("registration_id", flat=True))


@dataclass(frozen=True, slots=True)
class Lasting:
    """A row of a unit's last accepted registration, and the two Weeks it could move between."""

    pk: int
    row: ActivityDraft
    year: int
    was_cancelled: bool
    out_of: Span
    into: Span
    #: under which name it was registered, where that is not today's unit
    unit_name: str = ""

    def day(self, by: Shift) -> dt.date | None:
        """Return its day in this Week."""
        return moved(self.row.held_on, by, out_of=self.out_of, into=self.into) if self.row.held_on else None

    def shifted(self, by: Shift) -> ActivityDraft:
        """Return the row as a draft of this Week, marked as copied; last year's link and hours typed wrong are left."""
        day, ends_on = self.day(by), self.row.ends_on
        if day is None or self.row.held_on is None or ends_on is None:
            ends_on = None
        else:
            ends_on = day + (ends_on - self.row.held_on)
        return replace(
            self.row, held_on=day, ends_on=ends_on, link="", contact_is_public=False, unread=(),
            source=f"{COPIED}{self.year}",
        )  # fmt: skip


def last_rows(host: RosterUnit, *, units: Collection[int] | None = None) -> list[Lasting]:
    """Return the rows of the last edition of this Week in which the unit's registration was accepted. Three queries.

    :param units: ids of the unit and of those it came from; None: the unit alone.
    """
    this = host.campaign
    earlier = Registration.objects.filter(
        line_of(this).of("host__campaign__"), host__unit__in=units or [host.unit_id], state=State.ACCEPTED
    )
    found = list(earlier.select_related("host__campaign").order_by("-host__campaign__starts_on", "host__pk"))
    found = [r for r in found if r.host.campaign_id == found[0].host.campaign_id]
    of = {r.pk: r.host for r in found}
    rows = Activity.objects.filter(registration__in=of).order_by("registration", "position", "pk")
    into = Span(this.starts_on, this.ends_on)
    return [
        Lasting(
            a.pk, draft_of(a), (week := of[a.registration_id].campaign).year, a.cancelled_at is not None,
            Span(week.starts_on, week.ends_on), into,
            "" if of[a.registration_id].unit_id == host.unit_id else of[a.registration_id].name,
        )
        for a in rows
    ]  # fmt: skip


def waiting_confirmation(registration: Registration | None) -> HeadConfirmation | None:
    """Return the handing up to the head that waits for an answer. One query."""
    if registration is None:
        return None
    waiting = HeadConfirmation.objects.filter(registration=registration, state=HeadConfirmation.State.WAITING)
    return waiting.select_related("registration__host__campaign").first()


def last_confirmation(registration: Registration | None) -> HeadConfirmation | None:
    """Return the last handing up to the head, answered or not. One query."""
    if registration is None:
        return None
    return registration.confirmations.order_by("-pk").first()


def behalf_of(submission: Submission) -> BehalfEntry | None:
    """Return who phoned for what was handed in here, None where the unit handed it in itself. One query."""
    entry = last_behalf(submission.registration)
    if entry is None or entry.by_name != submission.by_name or entry.entered_at > submission.submitted_at:
        return None
    return entry


def last_behalf(registration: Registration | None) -> BehalfEntry | None:
    """Return who phoned last, where the registration is marked as entered on behalf. One query."""
    if registration is None or not registration.entered_on_behalf:
        return None
    return registration.behalf_entries.order_by("-pk").first()
