"""What the plan asks of each agency: the whole Week's duties, one duty's owners, and reminding them."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns import access, actions
from tuanhoc.campaigns.access import To
from tuanhoc.campaigns.models import Assignment, Campaign, Duty
from tuanhoc.campaigns.queries import assignments
from tuanhoc.desk import duties as shown
from tuanhoc.desk.wording import in_words
from tuanhoc.journal.models import Entry
from tuanhoc.lib.dates import read_day
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import clean, name_key
from tuanhoc.notices import actions as notices
from tuanhoc.notices.queries import last_duty_reminders, reminding
from tuanhoc.papers.csv import to_csv
from tuanhoc.papers.xlsx import to_xlsx
from tuanhoc.units.models import Unit
from tuanhoc.web import clock

PAGE = 50
#: units offered by one search for owners
MOST_FOUND = 40
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class DayUnread(Refusal):
    message = N_("Ngày chưa đọc được, ví dụ 15/09/2022. Hạn cũ vẫn giữ nguyên.")


class NobodyChosen(Refusal):
    message = N_("Vui lòng chọn ít nhất một đơn vị.")


def _lines(campaign: Campaign) -> list[shown.DutyLine]:
    duties = list(campaign.duties.order_by("pk"))
    return shown.lines_of(campaign, duties, assignments(campaign), last_duty_reminders(campaign), at=clock.now())


def _sought(request: ActorRequest, lines: Sequence[shown.DutyLine]) -> list[shown.DutyLine]:
    wanted = request.GET.get("tinh-trang", "")
    return shown.sought(
        lines, words=clean(request.GET.get("q", ""))[:100], standing=wanted if wanted in shown.STANDINGS else "",
        clause=request.GET.get("muc", "")[:20],
    )  # fmt: skip


@known
@require_safe
def duties(request: ActorRequest, code: str) -> HttpResponse:
    """List every duty and owner of a Week: due, state, evidence, last reminder. Four queries."""
    campaign = access.led_campaign_for(request.actor, code)
    lines = _lines(campaign)
    found = _sought(request, lines)
    given = {name: request.GET.get(name, "") for name in ("q", "tinh-trang", "muc")}
    return render(
        request,
        "desk/duties.html",
        {
            "campaign": campaign,
            "page": Paginator(found, PAGE).get_page(request.GET.get("trang")),
            "total": len(lines),
            "done": sum(not line.is_open for line in lines),
            "counts": shown.counts(lines),
            "clauses": list(dict.fromkeys(line.duty.clause for line in lines)),
            "query": given["q"],
            "wanted": given["tinh-trang"],
            "clause": given["muc"],
            "here": urlencode({name: value for name, value in given.items() if value}),
            "may_steer": request.actor.coordinates(campaign.pk) or request.actor.is_operator,
            "at": clock.now(),
        },
    )


@known
@require_safe
def export(request: ActorRequest, code: str, ending: str) -> HttpResponse:
    """Give what the list shows under the same query as a file."""
    if ending not in _TYPES:
        raise Http404
    campaign = access.led_campaign_for(request.actor, code)
    table = shown.table_of(_sought(request, _lines(campaign)))
    data = to_xlsx(table, numbers=(0,), dates=(5,)) if ending == "xlsx" else to_csv(table)
    response = HttpResponse(data, content_type=_TYPES[ending])
    response["Content-Disposition"] = content_disposition_header(True, f"nhiem-vu-{code}.{ending}") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@known
@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: ActorRequest, code: str, pk: int) -> HttpResponse:
    """Show one duty with its owners; give it to others, take it back, set its day."""
    to = To.STEER_DUTIES if request.method == "POST" else To.SEE_DUTIES
    campaign = access.led_campaign_for(request.actor, code, to=to)
    found = get_object_or_404(Duty.objects.filter(campaign=campaign), pk=pk)
    notice = ""
    if request.method == "POST":
        try:
            messages.success(request, _change(request, campaign, found))
        except Refusal as refusal:
            notice = in_words(refusal)
        else:
            return redirect("desk:duty", code, pk)
    return _duty_page(request, campaign, found, notice=notice)


def _duty_page(request: ActorRequest, campaign: Campaign, found: Duty, *, notice: str) -> HttpResponse:
    owned = list(found.assignments.select_related("host", "evidence_file").order_by("host__name_order", "pk"))
    lines = shown.lines_of(campaign, [found], owned, last_duty_reminders(campaign), at=clock.now())
    query, kind = clean(request.GET.get("tim", ""))[:100], request.GET.get("loai", "")
    there = {one.host_id for one in owned}
    offered = campaign.roster.in_reading_order()
    if query:
        offered = offered.filter(name_key__contains=name_key(query))
    if kind:
        offered = offered.filter(kind=kind)
    candidates = [host for host in offered[: MOST_FOUND + len(there)] if host.pk not in there] if query or kind else []
    return render(
        request,
        "desk/duty.html",
        {
            "campaign": campaign,
            "duty": found,
            "lines": [line for line in lines if line.assignment],
            "due": shown.due_words(found, at=clock.now()),
            "typed_due": request.POST.get("due_on", f"{found.due_on:%d/%m/%Y}" if found.due_on else ""),
            "query": query,
            "kind": kind,
            "kinds": [(value, words) for value, words in Unit.Kind.choices if value not in _NEVER_ASKED],
            "candidates": candidates[:MOST_FOUND],
            "more": len(candidates) > MOST_FOUND,
            "own": any(one.host_id is None for one in owned),
            "may_steer": request.actor.coordinates(campaign.pk) or request.actor.is_operator,
            "trail": Entry.objects.filter(on_kind="campaigns.duty", on_id=found.pk).order_by("-at", "-pk")[:20],
            "notice": notice,
        },
        status=409 if notice else 200,
    )


_NEVER_ASKED = {Unit.Kind.MINISTRY.value, Unit.Kind.PROVINCE_COMMITTEE.value}


def _change(request: ActorRequest, campaign: Campaign, found: Duty) -> str:
    """Do what was asked of one duty and return what to say."""
    at, do = clock.now(), request.POST.get("do", "")
    if do == "due":
        text = clean(request.POST.get("due_on", ""))
        try:
            day = read_day(text, year=campaign.year) if text else None
        except ValueError as error:
            raise DayUnread from error
        actions.set_due_day(found, day, by=request.actor, at=at)
        return _("Đã lưu hạn của nhiệm vụ.")
    if do.startswith("take:"):
        one = get_object_or_404(
            found.assignments.select_related("host", "duty"), pk=whole(do.removeprefix("take:")) or 0
        )
        actions.take_duty_back(one, by=request.actor, at=at)
        return _("Đã bỏ %(unit)s khỏi danh sách chủ trì.") % {
            "unit": one.host.name if one.host else campaign.coordinator.name
        }
    ids = [pk for text in request.POST.getlist("don-vi") if (pk := whole(text)) is not None]
    hosts, own = list(campaign.roster.filter(pk__in=ids)), "dieu-phoi" in request.POST
    if not hosts and not own:
        raise NobodyChosen
    count = actions.assign_duty(found, hosts, coordinator=own, by=request.actor, at=at)
    return _("Đã giao nhiệm vụ cho %(n)s đơn vị.") % {"n": count}


@known
@require_POST
def remind(request: ActorRequest, code: str) -> HttpResponse:
    """Show who would be written to about the chosen duties; written to when the officer says so."""
    campaign = access.led_campaign_for(request.actor, code, to=To.STEER_DUTIES)
    ids = [pk for text in request.POST.getlist("chon") if (pk := whole(text)) is not None]
    chosen = _open_ones(campaign, ids)
    at = clock.now()
    if not chosen:
        messages.error(request, _("Vui lòng chọn ít nhất một nhiệm vụ đang có đơn vị làm."))
        return redirect("desk:duties", code)
    if request.POST.get("do") != "send":
        found = notices.duty_reminders(campaign, chosen, at=at)
        due = {one.to.address for one in reminding.today(campaign, at=at).plan.digests}
        still_due = len({letter.to.lower() for letter in found.letters} & due)
        context = {"campaign": campaign, "chosen": chosen, "found": found, "still_due": still_due}
        return render(request, "desk/duties_remind.html", context)
    sent = notices.remind_owners(campaign, chosen, by=request.actor, at=at, due_at=clock.machine())
    messages.success(
        request,
        _("Đã xếp %(n)s thư để gửi tới %(units)s đơn vị.") % {"n": len(sent.letters), "units": len(sent.hosts)},
    )
    return redirect("desk:duties", code)


def _open_ones(campaign: Campaign, ids: Sequence[int]) -> list[Assignment]:
    over = {Assignment.State.DONE, Assignment.State.NOT_APPLICABLE}
    return [one for one in assignments(campaign) if one.pk in set(ids) and one.state not in over and one.host_id]
