"""What waits for me."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.accounts.queries import unanswered
from tuanhoc.activities.access import Queues, reachable, standing_queues, to_review, to_review_first
from tuanhoc.activities.models import Registration, State
from tuanhoc.activities.queries import Due, board, due_of
from tuanhoc.campaigns.access import leads
from tuanhoc.campaigns.models import Assignment, Campaign, RosterUnit
from tuanhoc.campaigns.queries import let_in_each, locked_ids, unlocks_waiting
from tuanhoc.desk import boards
from tuanhoc.lib.dates import HANOI, day_start
from tuanhoc.web import clock

#: The newest Weeks stand on the first page, the most urgent first; older ones are reached from the list of Weeks.
MOST_FOLLOWED = 4
#: so long after its last day a Week still comes before those to come
_STILL_AT_HAND = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Own:
    """A unit of mine and where its registration stands."""

    host: RosterUnit
    registration: Registration | None
    #: it may only read now
    is_shut: bool
    due: Due

    @property
    def code(self) -> str:
        return self.registration.state if self.registration else "none"

    @property
    def words(self) -> str:
        return boards.state_words(State(self.registration.state) if self.registration else None)


@dataclass(frozen=True, slots=True)
class Followed:
    """A Week whose registrations I look at or follow, and how far its units are."""

    campaign: Campaign
    waiting: int
    reviews: bool
    #: sees the whole Week, and so its leader's page
    leads: bool
    total: int
    replied: int
    segments: tuple[boards.Segment, ...]
    #: what units said about their links and nobody answered
    said: int
    #: units that ask to be unlocked
    asking: int
    #: units whose queue comes to the coordinator because nobody there may look
    fallen: int = 0


@known
@require_safe
def home(request: ActorRequest) -> HttpResponse:
    """Show what waits for me."""
    actor = request.actor
    at = clock.now()
    at_units = [seat.unit_id for seat in actor.seats if seat.unit_id is not None]
    hosts = list(
        reachable(actor)
        .filter(unit_id__in=at_units)
        .select_related("campaign__coordinator")
        .prefetch_related(Prefetch("assignments", Assignment.objects.select_related("duty").order_by("duty_id")))
        .order_by("-campaign__starts_on", "rank", "name_order", "pk")
    )
    hosts.sort(key=lambda host: _urgency(host.campaign, at=at))
    begun = {r.host_id: r for r in Registration.objects.filter(host__in=hosts)}
    opened = let_in_each(hosts, at=at)
    locked = locked_ids(RosterUnit.objects.filter(pk__in=[host.pk for host in hosts]), at=at)
    return render(
        request,
        "desk/home.html",
        {
            "mine": [
                Own(
                    host,
                    begun.get(host.pk),
                    host.pk in locked,
                    due_of(host, begun.get(host.pk), until=opened.get(host.pk), at=at),
                )
                for host in hosts
            ],
            "following": _following(request),
            "at": at,
        },
    )


def _following(request: ActorRequest) -> list[Followed]:
    actor = request.actor
    if actor.link_id is not None:
        return []
    queues = standing_queues()
    waiting = Counter(
        Registration.objects.filter(host__in=to_review_first(actor, queues), state=State.SUBMITTED).values_list(
            "host__campaign_id", flat=True
        )
    )
    reviewed = set(to_review(actor).values_list("campaign_id", flat=True).distinct())
    followed = reviewed | set(reachable(actor).values_list("campaign_id", flat=True).distinct())
    said, asking = unanswered(followed), unlocks_waiting(followed)
    campaigns = Campaign.objects.filter(pk__in=followed).select_related("coordinator").order_by("-starts_on", "pk")
    own = {seat.unit_id for seat in actor.seats}
    shown = sorted(campaigns[:MOST_FOLLOWED], key=lambda campaign: _urgency(campaign, at=clock.now()))
    return [
        Followed(
            campaign=campaign,
            waiting=waiting[campaign.pk],
            reviews=campaign.pk in reviewed,
            leads=leads(actor, campaign),
            total=len(lines),
            replied=boards.replied(lines),
            segments=boards.segments(lines),
            said=said[campaign.pk] if actor.coordinates(campaign.pk) else 0,
            fallen=_fallen(queues, campaign) if actor.coordinates(campaign.pk) else 0,
            asking=asking[campaign.pk] if actor.coordinates(campaign.pk) else 0,
        )
        for campaign in shown
        if (lines := board(reachable(actor).filter(campaign=campaign)))
        and (campaign.pk in reviewed or any(line.unit_id not in own for line in lines))
    ]


def _urgency(campaign: Campaign, *, at: dt.datetime) -> tuple[bool, float]:
    """Return where a Week stands among others: by its deadline, one that has passed first; what is over comes last."""
    today = at.astimezone(HANOI).date()
    is_over = campaign.state == Campaign.State.CLOSED or campaign.ends_on + _STILL_AT_HAND < today
    moment = (campaign.registration_closes_at or day_start(campaign.starts_on)).timestamp()
    return is_over, -moment if is_over else moment


def _fallen(queues: Queues, campaign: Campaign) -> int:
    return sum(unit.campaign_id == campaign.pk and queues.of(unit.pk) is None for unit in queues.fallen)
