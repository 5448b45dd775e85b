"""Read answers about the merged schedule."""

import datetime as dt
from dataclasses import dataclass

from tuanhoc.activities.models import Activity, State
from tuanhoc.activities.rules import place_in_words
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.campaigns.queries import paper_form

from .models import Release
from .rules import Changes, Issuer, Line, changes, for_next_letter, issuer_kept, thawed


def standing_lines(campaign: Campaign, *, within: RosterUnit | None = None) -> list[Line]:
    """Return every dated line of every accepted registration, public or not, in no order. One query.

    :param within: only this unit's and of those under it.
    """
    rows = Activity.objects.filter(
        registration__host__campaign=campaign, registration__state=State.ACCEPTED, held_on__isnull=False
    ).select_related("registration__host")
    if within is not None:
        rows = rows.filter(registration__host__path__startswith=within.path)
    return [
        Line(
            activity_id=a.pk,
            held_on=a.held_on,
            starts_at=a.starts_at,
            place=place_in_words(a.form, a.place),
            content=a.content,
            unit_name=a.registration.host.name,
            unit_rank=a.registration.host.rank,
            note=a.note,
            ends_on=a.ends_on,
            ends_at=a.ends_at,
            part_of_day=a.part_of_day,
            is_cancelled=a.cancelled_at is not None,
            uid=str(a.uid),
            sequence=a.sequence,
            changed_at=a.changed_at,
            reason=a.change_reason,
        )
        for a in rows
        if a.held_on is not None
    ]


def released_lines(release: Release | None) -> list[Line]:
    """Return the lines of a release as they were frozen; none for None."""
    return [thawed(kept) for kept in release.lines] if release else []


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
