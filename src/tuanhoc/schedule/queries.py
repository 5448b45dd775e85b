"""Read answers about the merged schedule."""

import datetime as dt
import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from tuanhoc.activities.models import Activity, State
from tuanhoc.activities.rules import place_in_words
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.campaigns.queries import paper_form
from tuanhoc.files import actions as files

from .comeback import FIELDS as FIELDS  # noqa: PLC0414 - given on through this door
from .comeback import Kind as Kind  # noqa: PLC0414 - as above
from .comeback import known
from .comeback.now import Now as Now  # noqa: PLC0414 - as above
from .comeback.now import now as now  # noqa: PLC0414 - as above
from .comeback.words import CODE_WORDS as CODE_WORDS  # noqa: PLC0414 - as above
from .comeback.words import FIELD_WORDS as FIELD_WORDS  # noqa: PLC0414 - as above
from .comeback.words import KIND_WORDS as KIND_WORDS  # noqa: PLC0414 - as above
from .comeback.words import needs_look as needs_look  # noqa: PLC0414 - as above
from .models import EditedSchedule, PrintedDraft, ProposedChange, Release
from .rules import Changes, Issuer, Line, changes, for_next_letter, issuer_kept, thawed


def last_released(campaign: Campaign) -> dt.datetime | None:
    """Return when a schedule of the Week was released last, a district's own too; None: never. One query."""
    last = Release.objects.filter(campaign=campaign).order_by("-released_at").values_list("released_at", flat=True)
    return last.first()


def standing_lines(campaign: Campaign, *, within: RosterUnit | None = None) -> list[Line]:
    """Return every dated line of every accepted registration, public or not, in no order. One query.

    :param within: only this unit's and of those under it.
    """
    rows = Activity.objects.filter(registration__host__campaign=campaign)
    if within is not None:
        rows = rows.filter(registration__host__path__startswith=within.path)
    return _lines(rows)


def lines_by_unit(hosts: QuerySet[RosterUnit]) -> dict[int, list[Line]]:
    """Return the standing lines of these roster units, by the unit; those without any are left out. One query."""
    found: dict[int, list[Line]] = {}
    for host, line in _with_hosts(Activity.objects.filter(registration__host__in=hosts)):
        found.setdefault(host, []).append(line)
    return found


def cells_now(activities: Iterable[int], *, year: int) -> dict[int, Mapping[str, str]]:
    """Return the words of these activities' lines as they would be printed now, by activity; those that do not
    take place or are not accepted are left out. One query.
    """
    lines = _lines(Activity.objects.filter(pk__in=activities))
    return {line.activity_id: known(line, year=year).cells for line in lines if not line.is_cancelled}


def _lines(activities: QuerySet[Activity]) -> list[Line]:
    return [line for _host, line in _with_hosts(activities)]


def _with_hosts(activities: QuerySet[Activity]) -> list[tuple[int, Line]]:
    rows = activities.filter(registration__state=State.ACCEPTED, held_on__isnull=False)
    # Values, not models: three of them for each of thousands of lines cost more than the reading.
    found = rows.values(
        "pk", "held_on", "starts_at", "form", "place", "content", "note", "ends_on", "ends_at", "part_of_day",
        "cancelled_at", "uid", "sequence", "changed_at", "change_reason",
        "registration__host__name", "registration__host__rank", "registration__host_id",
    )  # fmt: skip
    return [
        (
            a["registration__host_id"],
            Line(
                activity_id=a["pk"],
                held_on=a["held_on"],
                starts_at=a["starts_at"],
                place=place_in_words(a["form"], a["place"]),
                content=a["content"],
                unit_name=a["registration__host__name"],
                unit_rank=a["registration__host__rank"],
                note=a["note"],
                ends_on=a["ends_on"],
                ends_at=a["ends_at"],
                part_of_day=a["part_of_day"],
                is_cancelled=a["cancelled_at"] is not None,
                uid=str(a["uid"]),
                sequence=a["sequence"],
                changed_at=a["changed_at"],
                reason=a["change_reason"],
            ),
        )
        for a in found
        if a["held_on"] is not None
    ]


def released_lines(release: Release | None) -> list[Line]:
    """Return the lines of a release as they were frozen; none for None."""
    return [thawed(kept) for kept in release.lines] if release else []


def drafted_lines(draft: PrintedDraft) -> list[Line]:
    """Return the lines of a draft as they stood when it was printed."""
    kept = json.loads(gzip.decompress(files.contents(draft.stored)))
    return [thawed(line) for line in kept]


def last_release(campaign: Campaign) -> Release | None:
    """Return the newest release. One query."""
    return Release.objects.filter(campaign=campaign).order_by("-number").first()


def release_before(release: Release) -> Release | None:
    """Return the release this one follows. One query."""
    return Release.objects.filter(campaign_id=release.campaign_id, number=release.number - 1).first()


def changes_of(release: Release) -> Changes | None:
    """Return what a release changed; None for the first. One query."""
    before = release_before(release)
    return changes(released_lines(before), released_lines(release)) if before else None


def issuer_of(campaign: Campaign) -> Issuer:
    """Return who issues the schedule by the province's template; unset names are the units' own. One query when
    the campaign came with its province and coordinator.
    """
    form = paper_form(campaign, "schedule")
    return Issuer(
        superior=form.superior or campaign.province.name,
        name=form.issuer or campaign.coordinator.name,
        place=form.place,
        number=campaign.issue_number if campaign.issue_number[:1].isdecimal() or not form.symbol else f"/{form.symbol}",
        parent_document=campaign.parent_document,
        signature=form.signature,
        signer=form.signer,
        recipients=form.recipients,
        addressees=form.addressees,
        opening=form.opening,
        closing=form.closing,
        layout=form.layout,
    )


def next_issuer(campaign: Campaign) -> Issuer:
    """Return who issues the letter that is not released yet. One query."""
    kept = Release.objects.filter(campaign=campaign).exclude(issuer={}).values_list("issuer", flat=True)
    return for_next_letter(issuer_of(campaign), used=map(issuer_kept, kept))


def issuer_of_release(release: Release) -> Issuer:
    """Return who issued a release; one from before this was kept falls back on the campaign's settings."""
    return issuer_kept(release.issuer) if release.issuer else issuer_of(release.campaign)


def windows_of_release(release: Release) -> tuple[tuple[dt.date, dt.date], ...]:
    """Return the days of the Week and its phases as a release knew them; one from before this was kept falls back
    on the campaign's.
    """
    kept = tuple((dt.date.fromisoformat(first), dt.date.fromisoformat(last)) for first, last in release.windows)
    return kept or release.campaign.windows


@dataclass(frozen=True, slots=True)
class Standing:
    """The schedule as it stands now, and what the next release would change."""

    activity_count: int
    unit_count: int
    day_count: int
    last: Release | None
    #: against the last release; None when there is none yet
    changes: Changes | None


def standing(campaign: Campaign) -> Standing:
    """Return what a release now would hold. Two queries."""
    lines = standing_lines(campaign)
    kept = [line for line in lines if not line.is_cancelled]
    last = last_release(campaign)
    return Standing(
        activity_count=len(kept),
        unit_count=len({line.unit_name for line in kept}),
        day_count=len({line.held_on for line in kept}),
        last=last,
        changes=changes(released_lines(last), lines) if last else None,
    )


def releases(campaign: Campaign) -> list[Release]:
    """Return the campaign's releases, newest first, without their lines. One query."""
    return list(Release.objects.filter(campaign=campaign).defer("lines").order_by("-number"))


def edited_schedules(campaign: Campaign, *, host: RosterUnit | None = None) -> list[EditedSchedule]:
    """Return the Word files brought back, newest first, each with ``waiting``: changes not looked at. One query."""
    waiting = Count("changes", filter=Q(changes__state=ProposedChange.State.WAITING))
    edited = EditedSchedule.objects.filter(campaign=campaign, host=host)
    return list(edited.annotate(waiting=waiting, total=Count("changes")).order_by("-uploaded_at", "-pk"))


def proposed_changes(edited: EditedSchedule) -> QuerySet[ProposedChange]:
    """Return what an edited schedule proposes: those without a unit first, then unit by unit as on the roster."""
    changes = ProposedChange.objects.filter(edited=edited).select_related("host", "activity", "edited__campaign")
    return changes.order_by(F("host__rank").asc(nulls_first=True), "host__name", "host_id", "number")
