"""Read answers about the merged schedule."""

from tuanhoc.activities.models import Activity, State
from tuanhoc.campaigns.models import Campaign

from .models import Release
from .rules import Line, thawed


def standing_lines(campaign: Campaign) -> list[Line]:
    """Return every dated line of every accepted registration, public or not, in no order. One query."""
    rows = Activity.objects.filter(
        registration__host__campaign=campaign, registration__state=State.ACCEPTED, held_on__isnull=False
    ).select_related("registration__host")
    return [
        Line(
            activity_id=a.pk,
            held_on=a.held_on,
            starts_at=a.starts_at,
            place=a.place,
            content=a.content,
            unit_name=a.registration.host.name,
            unit_rank=a.registration.host.rank,
            note=a.note,
            ends_on=a.ends_on,
            ends_at=a.ends_at,
            part_of_day=a.part_of_day,
            is_cancelled=a.cancelled_at is not None,
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
