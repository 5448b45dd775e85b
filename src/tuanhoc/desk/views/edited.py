"""A merged schedule edited in Word: what it changes, unit by unit, accepted or declined one by one."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns.models import RosterUnit, RosterUnitQuerySet
from tuanhoc.desk import edits
from tuanhoc.desk.wording import in_words
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import name_key
from tuanhoc.schedule import access, actions, queries
from tuanhoc.schedule.models import EditedSchedule, ProposedChange
from tuanhoc.web import clock
from tuanhoc.web.speech import grouped

#: changes on a page
PAGE = 40
#: refusals named after accepting many
_NAMED = 4
State = ProposedChange.State


@known
@require_http_methods(["GET", "HEAD", "POST"])
def edited(request: ActorRequest, pk: int) -> HttpResponse:
    """Show what an edited schedule proposes; accept, decline, or take back."""
    found = access.edited_for(request.actor, pk)
    if request.method == "POST":
        return _decide(request, found)
    changes = queries.proposed_changes(found)
    counts = dict.fromkeys(State.values, 0)
    counts |= dict(changes.order_by().values_list("state").annotate(n=Count("pk")))
    wanted = request.GET.get("trang-thai", "")
    if wanted not in State.values:
        wanted = State.WAITING
    waiting = _shown(changes.filter(state=State.WAITING))
    page = Paginator(changes.filter(state=wanted), PAGE).get_page(request.GET.get("trang"))
    shown = _shown(page.object_list)
    sure = sum(one.is_sure for one in waiting)
    return render(
        request,
        "desk/edited.html",
        {
            "edited": found,
            "campaign": found.campaign,
            "units": edits.by_unit(shown),
            "page": page,
            "wanted": wanted,
            "query": "",
            "tabs": [(state.value, state.label, counts[state]) for state in State],
            "total": sum(counts.values()),
            "unit_count": changes.order_by().values("host").distinct().count(),
            "to_look_at": len(waiting) - sure,
            "sure": sure,
            "sure_removed": sum(one.is_sure and one.change.kind == queries.Kind.REMOVED for one in waiting),
            "loose": edits.loose_words(found.loose),
            "roster": _roster(found) if any(one.change.host is None for one in shown) else [],
        },
    )


def _shown(changes: Iterable[ProposedChange]) -> list[edits.Shown]:
    listed = list(changes)
    if not listed:
        return []
    year = listed[0].edited.campaign.year
    current = queries.cells_now({c.activity_id for c in listed if c.activity_id is not None}, year=year)
    return [edits.shown(change, current) for change in listed]


def _roster(found: EditedSchedule) -> list[str]:
    return list(_hosts(found).order_by("rank", "name").values_list("name", flat=True))


def _hosts(found: EditedSchedule) -> RosterUnitQuerySet:
    units = RosterUnit.objects.filter(campaign_id=found.campaign_id)
    return units.filter(path__startswith=found.host.path) if found.host else units


def _decide(request: ActorRequest, found: EditedSchedule) -> HttpResponse:
    asked = request.POST
    back = f"{reverse('desk:edited', args=[found.pk])}?trang-thai={asked.get('trang-thai', '')[:10]}"
    if asked.get("do") == "accept_many":
        _accept_many(request, found, asked)
        return redirect(back)
    change = queries.proposed_changes(found).filter(pk=whole(asked.get("change", "")) or 0).first()
    if change is None:
        raise Http404
    try:
        _do(request, found, change, asked)
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
    return redirect(back)


def _do(request: ActorRequest, found: EditedSchedule, change: ProposedChange, asked: QueryDict) -> None:
    by, at, title = request.actor, clock.now(), change.line.get("content", "")[:80]
    if asked.get("do") == "accept":
        host = _chosen(found, asked.get("unit", "")) if change.host is None else None
        actions.accept_change(change, host=host, seen=whole(asked.get("seen", "")), by=by, at=at)
        messages.success(request, _("Đã nhận: %(title)s") % {"title": title})
    elif asked.get("do") == "decline":
        actions.decline_change(change, by=by, at=at)
        messages.success(request, _("Giữ nguyên như trong phần mềm: %(title)s") % {"title": title})
    elif asked.get("do") == "undo":
        actions.undo_change(change, by=by, at=at)
        messages.success(request, _("Đã hoàn tác: %(title)s") % {"title": title})


def _chosen(found: EditedSchedule, words: str) -> RosterUnit | None:
    """Return the unit chosen for an added line, by its name."""
    key = name_key(words)
    return _hosts(found).filter(name_key=key).order_by("pk").first() if key else None


def _accept_many(request: ActorRequest, found: EditedSchedule, asked: QueryDict) -> None:
    """Accept what leaves nothing to look at: of one unit, or of all."""
    waiting = queries.proposed_changes(found).filter(state=State.WAITING)
    if asked.get("host"):
        waiting = waiting.filter(host=whole(asked.get("host", "")) or 0)
    sure = [one.change for one in _shown(waiting) if one.is_sure]
    result = actions.accept_changes(sure, by=request.actor, at=clock.now())
    if result.done:
        text = ngettext("Đã nhận %(n)s thay đổi.", "Đã nhận %(n)s thay đổi.", result.done)
        messages.success(request, text % {"n": grouped(result.done)})
    for change, refusal in result.left[:_NAMED]:
        messages.warning(request, f"{change.line.get('content', '')[:80]}: {in_words(refusal)}")
