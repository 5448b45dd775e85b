"""Who asks to take part: set beside the units there are, taken in or declined."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns import actions
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.campaigns.models import Campaign, JoinRequest, RosterUnit
from tuanhoc.desk.besides import told
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import name_key, without_controls
from tuanhoc.units.models import Unit
from tuanhoc.units.queries import ids_under
from tuanhoc.web import clock

from .slips import new_slips

PAGE = 30
#: units shown beside a request, and how much of their words they must share with it
MOST_LIKE, LIKE = 4, 0.5
#: words that say of what kind a body is, not which
_KIND_WORDS = frozenset({
    "cong", "ty", "tnhh", "co", "phan", "mot", "thanh", "vien", "truong", "dai", "hoc", "cao", "dang", "trung", "cap",
    "tam", "cau", "lac", "bo", "clb",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Like:
    """A unit that may be the one that asks."""

    unit: Unit
    is_same: bool
    #: it is expected in this Week already
    is_expected: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One request with the units it may be."""

    request: JoinRequest
    like: Sequence[Like]


@known
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def joining(request: ActorRequest, code: str) -> HttpResponse:
    """List who asks to take part, the unanswered first; take one in or decline it."""
    campaign = campaign_for(request.actor, code)
    notice, wrong = "", 0
    if request.method == "POST":
        try:
            host = _answer(request, campaign)
            if host is not None:
                return _hand_over(request, host)
            return redirect("desk:joining", campaign.code)
        except Refusal as refusal:
            notice, wrong = told(refusal), whole(request.POST.get("de-nghi", "")) or 0
    asked = JoinRequest.objects.filter(campaign=campaign)
    wanted = request.GET.get("trang-thai", "")
    waiting = asked.filter(state=JoinRequest.State.WAITING)
    found = (
        asked.exclude(state=JoinRequest.State.WAITING).order_by("-answered_at", "-pk") if wanted == "xong" else waiting
    )
    page = Paginator(found.select_related("host").order_by("-asked_at", "-pk"), PAGE).get_page(request.GET.get("trang"))
    context = {
        "campaign": campaign, "page": page, "wanted": wanted, "open_count": waiting.count(),
        "rows": _beside(campaign, list(page.object_list)), "notice": notice, "wrong": wrong, "typed": request.POST,
        "address": request.build_absolute_uri(f"/l/tham-gia/{campaign.code}/"), "query": "",
    }  # fmt: skip
    return render(request, "desk/joining.html", context, status=409 if notice else 200)


def _beside(campaign: Campaign, requests: Sequence[JoinRequest]) -> list[Shown]:
    """Set each unanswered request beside the units of the province it may be. Three queries."""
    if not any(r.state == JoinRequest.State.WAITING for r in requests):
        return [Shown(r, ()) for r in requests]
    day = clock.now().astimezone(HANOI).date()
    within = ids_under([campaign.province_id], day)
    units = [unit for unit in Unit.objects.standing_on(day).order_by("pk") if unit.pk in within]
    expected = set(campaign.roster.values_list("unit_id", flat=True))
    keys = [(unit, name_key(unit.name)) for unit in units]
    # Every second body bears the province's name: it tells nothing.
    common = _KIND_WORDS | set(name_key(campaign.province.name).split())
    return [
        Shown(r, _like(name_key(r.unit_name), keys, expected, common) if r.state == JoinRequest.State.WAITING else ())
        for r in requests
    ]


def _like(asked: str, keys: Sequence[tuple[Unit, str]], expected: set[int], common: Collection[str]) -> list[Like]:
    own = set(asked.split()).difference(common)
    scored = []
    for unit, key in keys:
        theirs = set(key.split()).difference(common)
        share = len(own & theirs) / len(own | theirs) if own | theirs else 0.0
        if key == asked or share >= LIKE:
            scored.append((key == asked, share, unit))
    scored.sort(key=lambda found: (not found[0], -found[1], found[2].pk))
    return [Like(unit, same, unit.pk in expected) for same, _share, unit in scored[:MOST_LIKE]]


def _answer(request: ActorRequest, campaign: Campaign) -> RosterUnit | None:
    """Do what was asked of one request; return the unit whose link is to be handed over now, if any."""
    post, at = request.POST, clock.now()
    asked = JoinRequest.objects.select_related("host").filter(pk=whole(post.get("de-nghi", "")) or 0, campaign=campaign)
    found = asked.first()
    if found is None or (post.get("do") == "link" and found.host is None):
        raise Http404
    if post.get("do") == "link":
        return found.host
    words = without_controls(post.get("words", "")).strip()
    if post.get("do") == "decline":
        actions.decline_join(found, words=words, by=request.actor, at=at)
        messages.success(request, _("Đã trả lời %(unit)s.") % {"unit": found.unit_name})
        if not found.email:
            messages.warning(
                request, _("Nơi này không để lại thư: vui lòng gọi báo theo số %(phone)s.") % {"phone": found.phone}
            )
        return None
    host = actions.accept_join(found, because=words, unit=_unit(post.get("don-vi", "")), by=request.actor, at=at)
    if not found.email:
        return host
    messages.success(request, _("%(unit)s đã vào danh sách của đợt.") % {"unit": found.unit_name})
    return None


def _hand_over(request: ActorRequest, host: RosterUnit) -> HttpResponse:
    """Show a new link of a unit that was taken in, as words to send and as a slip to print, this once."""
    expires_at = host.campaign.links_close_at
    [slip] = new_slips(request, host.campaign, [host], expires_at)
    context = {
        "campaign": host.campaign,
        "host": host,
        "asked": JoinRequest.objects.filter(host=host).order_by("-answered_at", "-pk").first(),
        "just_accepted": request.POST.get("do") != "link",
        "slip": slip,
        "expires_at": expires_at,
    }
    return render(request, "desk/joined.html", context)


def _unit(chosen: str) -> Unit | None:
    """Return the unit chosen to be the asker; None: a new one. The action looks that it is of this province."""
    number = whole(chosen)
    if number is None:
        return None
    unit = Unit.objects.filter(pk=number).first()
    if unit is None:
        raise Http404
    return unit
