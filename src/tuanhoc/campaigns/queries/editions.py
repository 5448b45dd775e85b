"""Which edition a Week follows, and whether its time is over."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from tuanhoc.campaigns.models import Campaign
from tuanhoc.lib.dates import HANOI


@dataclass(frozen=True, slots=True)
class Line:
    """The editions a Week follows.

    :ivar campaign_ids: that it was made from, that one's, and so on; newest first.
    :ivar before_year: of which edition they came nobody kept; it goes on with Weeks of years before this one.
    """

    campaign_ids: tuple[int, ...]
    before_year: int

    def of(self, prefix: str = "") -> Q:
        """Return what finds the campaigns of the line, and those of earlier years where it is no longer known.

        :param prefix: where the campaign stands from what is looked for, ``host__campaign__``.
        """
        return Q(**{f"{prefix}pk__in": self.campaign_ids}) | Q(**{f"{prefix}year__lt": self.before_year})


def line_of(campaign: Campaign) -> Line:
    """Return the editions a Week follows: of two that are held in one year, those of the one it was made from.

    One query, none where nobody kept what it was made from.
    """
    if campaign.after_id is None:
        return Line((), campaign.year)
    return _line(campaign, {week.pk: week for week in Campaign.objects.only("after_id", "year")})


def _line(campaign: Campaign, known: Mapping[int, Campaign]) -> Line:
    found: list[int] = []
    week = campaign
    while week.after_id is not None and week.after_id not in found:
        found.append(week.after_id)
        week = known[week.after_id]
    return Line(tuple(found), week.year)


def edition_before(campaign: Campaign) -> Campaign | None:
    """Return the last edition that asked its units: of its line; else the province's newest of an earlier year.

    One query of all Weeks: they are few.
    """
    known = {week.pk: week for week in Campaign.objects.all()}
    asked = {pk for pk, week in known.items() if week.registration_closes_at and week.state != Campaign.State.PREPARING}
    line = _line(campaign, known)
    for pk in line.campaign_ids:
        if pk in asked:
            return known[pk]
    weeks = (known[pk] for pk in asked)
    older = [week for week in weeks if week.province_id == campaign.province_id and week.year < line.before_year]
    return max(older, key=lambda week: (week.year, week.pk), default=None)


def is_past(campaign: Campaign, *, at: dt.datetime) -> bool:
    """Whether an open Week's time is over: its days have gone by, and the time to report. No query."""
    day = at.astimezone(HANOI).date()
    return campaign.state == Campaign.State.OPEN and day > campaign.ends_on and at >= campaign.links_close_at
