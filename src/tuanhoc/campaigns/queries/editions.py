"""Which edition a Week follows, and whether its time is over."""

import datetime as dt
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
    known = {pk: (after, year) for pk, after, year in Campaign.objects.values_list("pk", "after_id", "year")}
    found: list[int] = []
    step: int | None = campaign.after_id
    while step is not None and step not in found:
        found.append(step)
        step, year = known[step]
    return Line(tuple(found), year)


def edition_before(campaign: Campaign) -> Campaign | None:
    """Return the last edition that asked its units: of its line; else the province's newest of an earlier year."""
    line = line_of(campaign)
    asked = Campaign.objects.filter(registration_closes_at__isnull=False).exclude(state=Campaign.State.PREPARING)
    made_from = asked.in_bulk(line.campaign_ids)
    for pk in line.campaign_ids:
        if pk in made_from:
            return made_from[pk]
    older = asked.filter(province=campaign.province_id, year__lt=line.before_year)
    return older.order_by("-year", "-pk").first()


def is_past(campaign: Campaign, *, at: dt.datetime) -> bool:
    """Whether an open Week's time is over: its days have gone by, and the time to report. No query."""
    day = at.astimezone(HANOI).date()
    return campaign.state == Campaign.State.OPEN and day > campaign.ends_on and at >= campaign.links_close_at
