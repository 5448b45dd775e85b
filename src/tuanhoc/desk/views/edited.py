"""A merged schedule edited in Word: what it changes, unit by unit, accepted or declined one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns.models import RosterUnit, RosterUnitQuerySet
from tuanhoc.desk import edits
from tuanhoc.desk.choosing import LONGEST, HostChooser, Question
from tuanhoc.desk.wording import in_words
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.schedule import access, actions, queries
from tuanhoc.schedule.models import EditedSchedule, ProposedChange
from tuanhoc.web import clock
from tuanhoc.web.speech import grouped

#: changes on a page
PAGE = 40
#: refusals named after accepting many
_NAMED = 4
State = ProposedChange.State


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """An added line that could not go to the unit that was typed: why, and which units the words could mean."""

    change_pk: int
    typed: str
    notice: str
    questions: Sequence[Question]


@known
@require_http_methods(["GET", "HEAD", "POST"])
def edited(request: ActorRequest, pk: int) -> HttpResponse:
    """Show what an edited schedule proposes; accept, decline, or take back."""
    found = access.edited_for(request.actor, pk)
    if request.method == "POST":
        return _decide(request, found)
    return _page(request, found, request.GET)


def _page(
    request: ActorRequest, found: EditedSchedule, place: QueryDict, again: AskedAgain | None = None
) -> HttpResponse:
    """Show one page of one tab. ``place``: which, of the address or of the form that is asked again."""
    changes = queries.proposed_changes(found)
    counts = dict.fromkeys(State.values, 0)
    counts |= dict(changes.order_by().values_list("state").annotate(n=Count("pk")))
    wanted = place.get("trang-thai", "")
    if wanted not in State.values:
        wanted = State.WAITING
    waiting = _shown(changes.filter(state=State.WAITING))
    page = Paginator(changes.filter(state=wanted), PAGE).get_page(place.get("trang"))
    sure = sum(one.is_sure for one in waiting)
    context = {
        "edited": found,
        "campaign": found.campaign,
        "units": edits.by_unit(_shown(page.object_list)),
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
        "again": again,
    }
    return render(request, "desk/edited.html", context, status=409 if again else 200)


def _shown(changes: Iterable[ProposedChange]) -> list[edits.Shown]:
    listed = list(changes)
    if not listed:
        return []
    year = listed[0].edited.campaign.year
    current = queries.cells_now({c.activity_id for c in listed if c.activity_id is not None}, year=year)
    return [edits.shown(change, current) for change in listed]


def _hosts(found: EditedSchedule) -> RosterUnitQuerySet:
    units = RosterUnit.objects.filter(campaign_id=found.campaign_id)
    return units.filter(path__startswith=found.host.path) if found.host else units


def _decide(request: ActorRequest, found: EditedSchedule) -> HttpResponse:
    asked = request.POST
    place = {"trang-thai": asked.get("trang-thai", "")[:10], "trang": str(whole(asked.get("trang", "")) or "")}
    back = (
        f"{reverse('desk:edited', args=[found.pk])}?{urlencode({name: said for name, said in place.items() if said})}"
    )
    if asked.get("do") == "accept_many":
        _accept_many(request, found, asked)
        return redirect(back)
    change = queries.proposed_changes(found).filter(pk=whole(asked.get("change", "")) or 0).first()
    if change is None:
        raise Http404
    chooser, typed = HostChooser(found.campaign, _hosts(found), asked), asked.get("unit", "")
    try:
        _do(request, change, chooser, asked)
    except Refusal as refusal:
        if typed:
            again = AskedAgain(change.pk, chooser.written(typed[:LONGEST]), in_words(refusal), chooser.questions)
            return _page(request, found, asked, again)
        messages.error(request, in_words(refusal))
    return redirect(back)


def _do(request: ActorRequest, change: ProposedChange, chooser: HostChooser, asked: QueryDict) -> None:
    by, at, title = request.actor, clock.now(), change.line.get("content", "")[:80]
    if asked.get("do") == "accept":
        host = chooser.host_of(asked.get("unit", "")) if change.host is None else None
        actions.accept_change(change, host=host, seen=whole(asked.get("seen", "")), by=by, at=at)
        messages.success(request, _("Đã nhận: %(title)s") % {"title": title})
    elif asked.get("do") == "decline":
        actions.decline_change(change, by=by, at=at)
        messages.success(request, _("Giữ nguyên như trong phần mềm: %(title)s") % {"title": title})
    elif asked.get("do") == "undo":
        actions.undo_change(change, by=by, at=at)
        messages.success(request, _("Đã hoàn tác: %(title)s") % {"title": title})


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
