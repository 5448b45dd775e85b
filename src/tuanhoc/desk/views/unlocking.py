"""A locked unit asks from its sheet to be let in; the coordinator answers in words."""

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.access import To, looked_after, roster_unit_for
from tuanhoc.activities.models import Registration
from tuanhoc.campaigns import actions
from tuanhoc.campaigns.models import Campaign, RosterUnitQuerySet, UnlockRequest
from tuanhoc.desk import deadlines as shown
from tuanhoc.desk.wording import in_words
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import name_key, without_controls
from tuanhoc.units.models import Contact
from tuanhoc.units.queries import contacts_at
from tuanhoc.web import clock

from .exceptions import read_end

PAGE = 30


@known
@require_POST
def ask_unlock(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a unit's request, with its words."""
    host = roster_unit_for(request.actor, pk, to=To.EDIT)
    try:
        actions.ask_unlock(host, without_controls(request.POST.get("words", "")), by=request.actor, at=clock.now())
        messages.success(request, _("Đã gửi đề nghị mở khóa. Câu trả lời sẽ hiện ở trang này và đến qua thư."))
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
    return redirect("desk:sheet", host.pk)


@known
@require_http_methods(["GET", "HEAD", "POST"])
def unlock_requests(request: ActorRequest, code: str) -> HttpResponse:
    """List what units asked, the longest waiting first; answer one."""
    week, own = looked_after(request.actor, code)
    at = clock.now()
    if request.method != "POST":
        return _page(request, week, own, 0, {}, at=at)
    asked = UnlockRequest.objects.select_related("host").filter(
        pk=whole(request.POST.get("de-nghi", "")) or 0, host__in=own
    ).first()  # fmt: skip
    if asked is None:
        raise Http404
    typed = shown.kept_end(request.POST) | {"year": str(week.year)}
    words = without_controls(request.POST.get("words", ""))
    try:
        ends_at = read_end(typed) if request.POST.get("do") == "yes" else None
        actions.answer_unlock(
            asked, ends_at=ends_at, words=words, moves_deadline=typed.get("how") == "in_time",
            by=request.actor, at=at,
        )  # fmt: skip
    except Refusal as refusal:
        return _page(request, week, own, asked.pk, typed | {"words": words}, at=at, notice=in_words(refusal))
    said = _("Đã mở khóa cho %(unit)s.") if ends_at else _("Đã trả lời %(unit)s.")
    messages.success(request, said % {"unit": asked.host.name})
    return redirect(request.get_full_path())


def _wanted(own: RosterUnitQuerySet, *, answered: bool, query: str) -> QuerySet[UnlockRequest]:
    asked = UnlockRequest.objects.filter(host__in=own, answered_at__isnull=not answered)
    if query:
        asked = asked.filter(host__name_key__contains=name_key(query))
    return asked.order_by("-answered_at", "-pk") if answered else asked.order_by("asked_at", "pk")


def _page(
    request: ActorRequest,
    week: Campaign,
    own: RosterUnitQuerySet,
    at_pk: int,
    typed: dict[str, str],
    *,
    at: dt.datetime,
    notice: str = "",
) -> HttpResponse:
    answered, query = request.GET.get("trang-thai") == "da-tra-loi", request.GET.get("q", "").strip()[:100]
    asked = _wanted(own, answered=answered, query=query).select_related("host", "exception")
    page = Paginator(asked, PAGE).get_page(request.GET.get("trang"))
    listed = list(page.object_list)
    people: dict[int, list[Contact]] = {}
    for contact in contacts_at(*(item.host.unit_id for item in listed)):
        people.setdefault(contact.unit_id, []).append(contact)
    begun = {r.host_id: r for r in Registration.objects.filter(host__in=[item.host_id for item in listed])}
    context = {
        "campaign": week,
        "runs_all": request.actor.coordinates(week.pk) or request.actor.is_operator,
        "at": at,
        "page": page,
        "rows": [(item, begun.get(item.host_id), people.get(item.host.unit_id, [])) for item in listed],
        "answered": answered,
        "query": query,
        "waiting": UnlockRequest.objects.filter(host__in=own, answered_at=None).count(),
        "usual_end": shown.usual_end(at),
        "at_pk": at_pk,
        "typed": typed,
        "notice": notice,
    }
    return render(request, "desk/unlock_requests.html", context, status=409 if notice else 200)
