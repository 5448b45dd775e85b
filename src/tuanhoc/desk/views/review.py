"""The reviewer's pages: what waits, one registration, links for units."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities import access, actions
from tuanhoc.activities.access import To
from tuanhoc.activities.models import Activity, Registration, State
from tuanhoc.activities.queries import draft_of
from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.campaigns.models import Campaign
from tuanhoc.desk import sheets
from tuanhoc.desk.besides import beside
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import clean, fold, without_controls
from tuanhoc.units.queries import contacts_at
from tuanhoc.web import clock

PAGE = 50


@known
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: ActorRequest) -> HttpResponse:
    """Show what waits for me to look at, oldest first; accept the chosen ones."""
    over = access.to_review(request.actor)
    if not over.exists():
        raise Http404
    if request.method == "POST":
        _accept_chosen(request)
        return redirect("desk:queue")
    mine = access.to_review_first(request.actor)
    query, everything = request.GET.get("q", "").strip(), "tat-ca" in request.GET
    waiting = Registration.objects.awaiting_review().filter(host__in=over if everything else mine)
    shown = [
        r
        for r in waiting.select_related("host__campaign").prefetch_related("host__campaign__phases")
        if not query or fold(query) in fold(r.host.name)
    ]
    page = Paginator(shown, PAGE).get_page(request.GET.get("trang"))
    weeks = Campaign.objects.filter(pk__in=over.values("campaign_id")).order_by("-starts_on", "pk")[:2]
    context = {
        "campaign": weeks[0] if len(weeks) == 1 else None,
        "page": page,
        "lines": _queue_lines(list(page.object_list)),
        "query": query,
        "everything": everything,
        "mine_count": Registration.objects.awaiting_review().filter(host__in=mine).count(),
        "all_count": Registration.objects.awaiting_review().filter(host__in=over).count(),
    }
    return render(request, "desk/queue.html", context)


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One registration that waits: how many lines it has, and how many deserve a second look."""

    registration: Registration
    activity_count: int
    needs_look: int


def _queue_lines(registrations: Sequence[Registration]) -> list[QueueLine]:
    """Return the lines of one page. One query for all their activities."""
    rows: dict[int, list[ActivityDraft]] = {r.pk: [] for r in registrations}
    for activity in Activity.objects.filter(registration__in=rows):
        rows[activity.registration_id].append(draft_of(activity))
    return [
        QueueLine(r, len(rows[r.pk]), sum(bool(sheets.warned(row, r.host.campaign.windows)) for row in rows[r.pk]))
        for r in registrations
    ]


def _accept_chosen(request: ActorRequest) -> None:
    accepted, passed = 0, 0
    at = clock.now()
    for text in request.POST.getlist("chon")[:500]:
        pk, version = (whole(part) for part in (*text.split("-", 1), "")[:2])
        if pk is None or version is None:
            continue
        registration = access.registration_for(request.actor, pk, to=To.REVIEW)
        try:
            actions.accept_registration(registration, version=version, by=request.actor, at=at)
            accepted += 1
        except (actions.NotWaiting, actions.LookedAtAnother):
            passed += 1
    messages.success(
        request,
        ngettext("Đã chấp nhận %(n)s bản đăng ký.", "Đã chấp nhận %(n)s bản đăng ký.", accepted) % {"n": accepted},
    )
    if passed:
        messages.warning(request, _("%(n)s bản đã đổi hoặc được người khác xem trước, giữ nguyên.") % {"n": passed})


@known
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: ActorRequest, pk: int) -> HttpResponse:
    """Show one registration to its reviewer; accept it or give it back with words."""
    registration = access.registration_for(request.actor, pk, to=To.REVIEW)
    if request.method == "POST":
        return _decide(request, registration)
    return _look_page(request, registration)


def _look_page(request: ActorRequest, registration: Registration, *, notice: str = "") -> HttpResponse:
    campaign = registration.host.campaign
    words = {
        place: str(text)
        for name, text in request.POST.items()
        if name[:2] == "d-" and (place := whole(name[2:])) is not None
    }
    rows = sheets.stored_rows(registration, campaign, words)
    return render(
        request,
        "desk/review.html",
        {
            "registration": registration,
            "host": registration.host,
            "campaign": campaign,
            "days": [day for day in sheets.by_day(rows, campaign) if day.rows],
            "row_count": len(rows),
            "needs_look": sum(bool(row.warnings) for row in rows),
            "reviews": sheets.history(registration),
            "beside": beside(request.actor, registration.host, registration, rows, writing=False),
            "reason": request.POST.get("reason", ""),
            "contacts": contacts_at(registration.host.unit_id),
            "may_accept": registration.state == State.SUBMITTED,
            "may_return": registration.state in {State.SUBMITTED, State.ACCEPTED},
            "state_code": registration.state,
            "state_words": registration.get_state_display(),
            "notice": notice,
            "at": clock.now(),
        },
        status=409 if notice else 200,
    )


def _decide(request: ActorRequest, registration: Registration) -> HttpResponse:
    at = clock.now()
    lines = [
        {"position": place, "text": without_controls(str(text)).strip()[:500]}
        for name, text in request.POST.items()
        if name.startswith("d-") and (place := whole(name[2:])) is not None and str(text).strip()
    ]
    version = whole(request.POST.get("version", ""))
    try:
        if request.POST.get("do") == "accept":
            actions.accept_registration(registration, version=version, by=request.actor, at=at)
            messages.success(request, _("Đã chấp nhận lịch của %(unit)s.") % {"unit": registration.host.name})
        else:
            actions.return_registration(
                registration,
                reason=without_controls(request.POST.get("reason", "")),
                lines=lines,
                version=version,
                by=request.actor,
                at=at,
            )
            messages.success(request, _("Đã trả lại %(unit)s kèm lý do.") % {"unit": registration.host.name})
    except Refusal as refusal:
        # What stands now, which may not be what the page showed.
        registration.refresh_from_db()
        return _look_page(request, registration, notice=_(refusal.message))
    return redirect("desk:queue")


@known
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: ActorRequest, pk: int) -> HttpResponse:
    """Make a personal link for a unit; it is shown on this answer and never again."""
    host = access.roster_unit_for(request.actor, pk, to=To.REVIEW)
    address, expires_at = "", host.campaign.links_close_at
    if request.method == "POST":
        signed = accounts.make_link(
            host.unit,
            campaign_id=host.campaign_id,
            expires_at=expires_at,
            holder=clean(request.POST.get("holder", ""))[:120],
            by=request.actor,
            at=clock.now(),
        )
        address = request.build_absolute_uri(reverse("accounts:link", args=[signed]))
    context = {"host": host, "campaign": host.campaign, "address": address, "expires_at": expires_at}
    context["contacts"] = contacts_at(host.unit_id)
    context["may_print"] = request.actor.coordinates(host.campaign_id)
    return render(request, "desk/links.html", context)


@known
@require_POST
def revoke(request: ActorRequest, pk: int) -> HttpResponse:
    """Close every open link of a unit."""
    host = access.roster_unit_for(request.actor, pk, to=To.REVIEW)
    closed = accounts.revoke_links(host.unit, campaign_id=host.campaign_id, by=request.actor, at=clock.now())
    messages.success(request, _("Đã thu hồi %(n)s liên kết.") % {"n": closed})
    return redirect("desk:links", host.pk)
