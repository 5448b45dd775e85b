"""The leader's one page: red, amber, green, and what needs a decision today; it prints on one sheet."""

import datetime as dt

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.models import Activity, Review, State
from tuanhoc.activities.queries import board
from tuanhoc.campaigns.access import led_campaign_for
from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.queries import assignments
from tuanhoc.desk import boards, leading, rules
from tuanhoc.desk import duties as shown
from tuanhoc.notices.queries import tally
from tuanhoc.schedule.models import Release
from tuanhoc.web import clock


@known
@require_safe
def leader(request: ActorRequest, code: str) -> HttpResponse:
    """Show a head or viewer of the province, or the coordinator, the whole Week on one page. Eleven queries."""
    campaign = led_campaign_for(request.actor, code)
    if campaign.opened_at is None:
        raise Http404
    facts = _facts(campaign)
    branches = leading.branches(facts)
    steers = request.actor.coordinates(campaign.pk)
    light = rules.worst(branch.light for branch in branches)
    context = {
        "campaign": campaign,
        "branches": [(branch, _address(branch.page, campaign, steers=steers)) for branch in branches],
        "light": light,
        "light_words": leading.in_words(light),
        "matters": [(matter, _ways(matter, campaign, steers=steers)) for matter in leading.matters(facts)],
        "steers": steers,
        "total": len(facts.lines),
        "segments": boards.segments(facts.lines),
        "levels": boards.by_level(facts.lines),
        "at": facts.at,
    }
    return render(request, "desk/leader.html", context)


def _facts(campaign: Campaign) -> leading.Facts:
    at = clock.now()
    duties = list(campaign.duties.order_by("pk"))
    release = Release.objects.filter(campaign=campaign).order_by("-number").values_list("number", "released_at").first()
    number, released_at = release or (None, None)
    return leading.Facts(
        campaign=campaign,
        lines=board(campaign.roster.all()),
        duties=shown.lines_of(campaign, duties, assignments(campaign), {}, at=at),
        mail=tally(campaign),
        release_number=number,
        released_at=released_at,
        changes=_changes_since(campaign, released_at) if released_at else 0,
        at=at,
    )


def _changes_since(campaign: Campaign, released_at: dt.datetime) -> int:
    """Count the accepted lines that were written, changed or accepted after a release. One query."""
    accepted = Review.objects.filter(accepted=True, reviewed_at__gt=released_at).values("submission__registration")
    lines = Activity.objects.filter(registration__host__campaign=campaign, registration__state=State.ACCEPTED)
    return lines.filter(Q(changed_at__gt=released_at) | Q(registration__in=accepted)).count()


#: for who steers the Week only; a head who looks on is not sent to a closed door
_OF_STEERING = frozenset({"desk:messages", "desk:schedule", "desk:paper", "desk:deadlines"})


def _address(page: str, campaign: Campaign, *args: str, steers: bool) -> str:
    return "" if page in _OF_STEERING and not steers else reverse(page, args=[campaign.code, *args])


def _ways(matter: rules.Matter, campaign: Campaign, *, steers: bool) -> list[tuple[str, str]]:
    """Return where to act on a matter: addresses and what their links say; none behind a door closed to the reader."""
    address = _address(matter.page, campaign, *matter.args, steers=steers)
    ways = [(address + matter.query, matter.link or _("Mở"))] if address else []
    ways += [(_address(page, campaign, steers=steers), words) for page, words in matter.also if steers]
    if matter.instead:
        ways.append((_address(matter.instead, campaign, steers=steers) + matter.instead_query, _("Xem các đơn vị")))
    return ways
