"""What waits for me, and the board."""

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.accounts.queries import unanswered
from tuanhoc.activities.access import reachable, to_review
from tuanhoc.activities.models import Registration, State
from tuanhoc.activities.queries import BoardLine, board, tally
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.lib.text import fold
from tuanhoc.web import clock

PAGE = 50
#: states of the bar in its order: code -> css class suffix; "none" has not begun
_BAR = (State.ACCEPTED, State.SUBMITTED, State.RETURNED, State.DRAFT, State.NIL, None)


@dataclass(frozen=True, slots=True)
class Own:
    """A unit of mine and where its registration stands."""

    host: RosterUnit
    registration: Registration | None

    @property
    def code(self) -> str:
        return self.registration.state if self.registration else "none"

    @property
    def words(self) -> str:
        return state_words(State(self.registration.state) if self.registration else None)


@dataclass(frozen=True, slots=True)
class Reviewing:
    """A Week whose registrations I look at or follow."""

    campaign: Campaign
    waiting: int
    reviews: bool
    coordinates: bool
    #: what units said about their links and nobody answered
    said: int


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of the state bar."""

    code: str
    words: str
    count: int
    #: units before it, as SVG coordinates
    start: int


def state_words(state: State | None) -> str:
    """Return a state in words; None has not begun."""
    return str(state.label) if state else _("Chưa bắt đầu")


@known
@require_safe
def home(request: ActorRequest) -> HttpResponse:
    """Show what waits for me."""
    actor = request.actor
    at_units = [seat.unit_id for seat in actor.seats if seat.unit_id is not None]
    hosts = list(
        reachable(actor)
        .filter(unit_id__in=at_units)
        .select_related("campaign__coordinator")
        .prefetch_related("duties")
        .order_by("-campaign__starts_on", "rank", "name_order", "pk")
    )
    begun = {r.host_id: r for r in Registration.objects.filter(host__in=hosts)}
    return render(
        request,
        "desk/home.html",
        {
            "mine": [Own(host, begun.get(host.pk)) for host in hosts],
            "following": _following(request),
            "at": clock.now(),
        },
    )


def _following(request: ActorRequest) -> list[Reviewing]:
    actor = request.actor
    if actor.link_id is not None:
        return []
    waiting = Counter(
        Registration.objects.filter(host__in=to_review(actor), state=State.SUBMITTED).values_list(
            "host__campaign_id", flat=True
        )
    )
    reviewed = set(to_review(actor).values_list("campaign_id", flat=True).distinct())
    followed = reviewed | set(reachable(actor).values_list("campaign_id", flat=True).distinct())
    said = unanswered(followed)
    campaigns = Campaign.objects.filter(pk__in=followed).select_related("coordinator").order_by("-starts_on", "pk")
    return [
        Reviewing(
            campaign, waiting[campaign.pk], campaign.pk in reviewed, actor.coordinates(campaign.pk), said[campaign.pk]
        )
        for campaign in campaigns
    ]


@known
@require_safe
def show_board(request: ActorRequest, code: str) -> HttpResponse:
    """Show every unit I reach in a Week and how far it is."""
    campaign = get_object_or_404(Campaign.objects.select_related("coordinator"), code=code)
    lines = [] if request.actor.link_id is not None else board(reachable(request.actor).filter(campaign=campaign))
    if not lines:
        raise Http404
    query, wanted = request.GET.get("q", "").strip(), request.GET.get("trang-thai", "")
    shown = [line for line in lines if _matches(line, fold(query), wanted)]
    counts = tally(lines)
    replied = len(lines) - counts[None] - counts[State.DRAFT]
    at = clock.now()
    return render(
        request,
        "desk/board.html",
        {
            "campaign": campaign,
            "at": at,
            "is_over": campaign.registration_closes_at is not None and at >= campaign.registration_closes_at,
            "total": len(lines),
            "replied": replied,
            "percent": round(100 * replied / len(lines)),
            "segments": _segments(lines),
            "late": sum(line.is_late for line in lines),
            "activities": sum(line.activity_count for line in lines),
            "page": Paginator(shown, PAGE).get_page(request.GET.get("trang")),
            "query": query,
            "wanted": wanted,
            "choices": [(_code(state), state_words(state)) for state in _BAR] + [("late", _("Nộp sau hạn"))],
            "may_review": to_review(request.actor).filter(campaign=campaign).exists(),
        },
    )


def _code(state: State | None) -> str:
    return state.value if state else "none"


def _matches(line: BoardLine, folded: str, wanted: str) -> bool:
    if folded and folded not in fold(line.unit_name):
        return False
    if wanted == "late":
        return line.is_late
    return not wanted or wanted == _code(line.state)


def _segments(lines: list[BoardLine]) -> list[Segment]:
    counts = tally(lines)
    out, start = [], 0
    for state in _BAR:
        out.append(Segment(_code(state), state_words(state), counts[state], start))
        start += counts[state]
    return out
