"""Every unit's own deadline: found, given more time one by one or many at once, ended early."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.access import To, looked_after, roster_unit_for
from tuanhoc.activities.models import Registration
from tuanhoc.activities.queries import due_of, handed_in
from tuanhoc.campaigns import actions
from tuanhoc.campaigns.models import Campaign, DeadlineException, RosterUnit, RosterUnitQuerySet
from tuanhoc.campaigns.queries import let_in_until, locked_ids
from tuanhoc.campaigns.rules.deadlines import LEVELS, level_of
from tuanhoc.desk import deadlines as shown
from tuanhoc.desk.wording import in_words
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import name_key
from tuanhoc.units.models import Unit
from tuanhoc.web import clock
from tuanhoc.web.speech import grouped, last_minute

PAGE = 50
#: units named in a preview; the list has them all
_NAMED = 12
#: What can be asked for: its word in the address.
STATES = {
    "chua-nop": N_("Chưa nộp"),
    "khoa": N_("Đang khóa"),
    "rieng": N_("Đang có hạn riêng"),
    "tung-rieng": N_("Từng có hạn riêng"),
}


class NobodyChosen(Refusal):
    message = N_("Vui lòng chọn ít nhất một đơn vị.")


class NoEnd(Refusal):
    message = N_("Vui lòng điền ngày cuối được nộp.")


class EndUnread(Refusal):
    message = N_("Ngày hoặc giờ kết thúc chưa đọc được, ví dụ 03/10/2022 và 17:00.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to."""

    query: str
    level: str
    state: str
    inside: str

    @property
    def narrows(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.query or self.level or self.state or self.inside)


def _asked(given: QueryDict) -> Asked:
    names = ("q", "cap", "trang-thai", "trong")
    return Asked(*(given.get(name, "").strip()[:100] for name in names))


def _matching(week: Campaign, own: RosterUnitQuerySet, asked: Asked, *, at: dt.datetime) -> RosterUnitQuerySet:
    hosts = own
    over = week.roster.filter(pk=whole(asked.inside) or 0).first() if asked.inside else None
    if over is not None:
        hosts = hosts.within(over)
    if asked.query:
        hosts = hosts.filter(name_key__contains=name_key(asked.query))
    if asked.level:
        hosts = hosts.of_level(asked.level)
    if asked.state == "khoa":
        hosts = shown.shut_out(hosts, at=at)
    if asked.state == "chua-nop":
        hosts = hosts.exclude(pk__in=handed_in(hosts).values("host"))
    if asked.state in {"rieng", "tung-rieng"}:
        given = DeadlineException.objects.filter(host__campaign=week)
        hosts = hosts.filter(pk__in=(given.open_at(at) if asked.state == "rieng" else given).values("host"))
    return hosts


@known
@require_http_methods(["GET", "HEAD", "POST"])
def exceptions(request: ActorRequest, code: str) -> HttpResponse:
    """List units with their own deadlines; give those chosen, or all that match, more time."""
    week, own = looked_after(request.actor, code)
    at = clock.now()
    if request.method != "POST":
        return _list(request, week, own, {"end_day": shown.usual_end(at)}, at=at)
    typed = shown.kept_end(request.POST) | {"year": str(week.year)}
    try:
        chosen = _chosen(request, week, own, at=at)
        ends_at = read_end(typed)
        if request.POST.get("do") != "give":
            return _preview(request, week, chosen, typed, ends_at, at=at)
        given = actions.give_exceptions(
            _open_of(chosen), ends_at=ends_at, reason=typed.get("reason", ""),
            moves_deadline=typed.get("how") == "in_time", by=request.actor, at=at,
        )  # fmt: skip
    except Refusal as refusal:
        return _list(request, week, own, typed, at=at, notice=in_words(refusal))
    said = _("%(n)s đơn vị được nộp %(until)s. Các đơn vị đang được báo qua thư.")
    messages.success(request, said % {"n": grouped(len(given)), "until": last_minute(ends_at)})
    return redirect(request.get_full_path())


def read_end(typed: dict[str, str]) -> dt.datetime:
    """Return the end typed.

    :raises NoEnd: none. :raises EndUnread: one that cannot be read.
    """
    ends_at, errors = shown.read_end(typed)
    if errors:
        raise EndUnread
    if ends_at is None:
        raise NoEnd
    return ends_at


def _chosen(request: ActorRequest, week: Campaign, own: RosterUnitQuerySet, *, at: dt.datetime) -> RosterUnitQuerySet:
    if request.POST.get("tat-ca"):
        return _matching(week, own, _asked(request.GET), at=at)
    pks = [whole(pk) or 0 for pk in request.POST.getlist("don-vi")[:5_000]]
    chosen = own.filter(pk__in=pks)
    if not chosen.exists():
        raise NobodyChosen
    return chosen


def _open_of(chosen: RosterUnitQuerySet) -> RosterUnitQuerySet:
    """Leave out who has handed in: more time is nothing to them."""
    return chosen.exclude(pk__in=handed_in(chosen).values("host"))


def _preview(
    request: ActorRequest,
    week: Campaign,
    chosen: RosterUnitQuerySet,
    typed: dict[str, str],
    ends_at: dt.datetime,
    *,
    at: dt.datetime,
) -> HttpResponse:
    moves_deadline = typed.get("how") == "in_time"
    still_open = _open_of(chosen)
    taking = actions.who_takes(still_open, ends_at=ends_at, moves_deadline=moves_deadline, at=at)
    actions.refuse_exception(taking, ends_at=ends_at, reason=typed.get("reason", ""), at=at)
    count, all_open = taking.count(), still_open.count()
    names = list(taking.in_reading_order().values_list("name", flat=True)[:_NAMED])
    context = {
        "campaign": week,
        "count": count,
        "names": names,
        "more": count - len(names),
        "longer": all_open - count,
        "done": chosen.count() - all_open,
        "ends_at": ends_at,
        "in_time": moves_deadline,
        "reason": typed.get("reason", ""),
        "fields": [(name, value) for name, value in typed.items() if name != "year"],
        "all": bool(request.POST.get("tat-ca")),
        "picked": request.POST.getlist("don-vi")[:5_000],
    }
    return render(request, "desk/exception_preview.html", context)


def _list(
    request: ActorRequest,
    week: Campaign,
    own: RosterUnitQuerySet,
    typed: dict[str, str],
    *,
    at: dt.datetime,
    notice: str = "",
) -> HttpResponse:
    asked = _asked(request.GET)
    matching = _matching(week, own, asked, at=at)
    runs_all = request.actor.coordinates(week.pk) or request.actor.is_operator
    page = Paginator(matching.in_reading_order(), PAGE).get_page(request.GET.get("trang"))
    context = {
        "campaign": week,
        "at": at,
        "page": page,
        "rows": _rows(list(page.object_list), at=at),
        "asked": asked,
        "states": [(code, _(words)) for code, words in STATES.items()],
        "levels": [(level.code, _(level.words)) for level in LEVELS],
        "above": _territories(week) if runs_all else [],
        "runs_all": runs_all,
        "typed": typed,
        "picked": set(request.POST.getlist("don-vi")),
        "notice": notice,
    }
    return render(request, "desk/exceptions.html", context, status=409 if notice else 200)


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the list; ``until`` None: no exception lets it in now."""

    host: RosterUnit
    level: str
    registration: Registration | None
    is_locked: bool
    until: dt.datetime | None
    times: int
    #: who gave the last exception
    given_by: str = ""


def _rows(listed: Sequence[RosterUnit], *, at: dt.datetime) -> list[Row]:
    """Return the units of one page. Three queries."""
    pks = [host.pk for host in listed]
    begun = {r.host_id: r for r in Registration.objects.filter(host__in=pks)}
    given: dict[int, list[DeadlineException]] = {}
    for exception in DeadlineException.objects.filter(host__in=pks).order_by("pk"):
        given.setdefault(exception.host_id, []).append(exception)
    locked = locked_ids(RosterUnit.objects.filter(pk__in=pks), at=at)
    rows = []
    for host in listed:
        own = given.get(host.pk, [])
        ends = [exception.ends_at for exception in own if exception.allowed.is_open(at)]
        rows.append(
            Row(
                host, _(level_of(host.kind).words), begun.get(host.pk), host.pk in locked, max(ends, default=None),
                len(own), own[-1].by_name if own else "",
            )
        )  # fmt: skip
    return rows


def _territories(week: Campaign) -> list[tuple[str, str]]:
    """Return who stands over others: districts where there are any, else communes."""
    for kind in (Unit.Kind.DISTRICT_COMMITTEE, Unit.Kind.COMMUNE_COMMITTEE):
        found = week.roster.filter(kind=kind).in_reading_order().values_list("pk", "name")
        if found:
            return [(str(pk), name) for pk, name in found]
    return []


@known
@require_http_methods(["GET", "HEAD", "POST"])
def unit_deadline(request: ActorRequest, pk: int) -> HttpResponse:
    """Show one unit's own deadline and its history; give it more time, or end what it was given."""
    host = roster_unit_for(request.actor, pk, to=To.GIVE_TIME)
    at = clock.now()
    if request.method != "POST":
        return _unit_page(request, host, {"end_day": shown.usual_end(at)}, at=at)
    typed = shown.kept_end(request.POST) | {"year": str(host.campaign.year)}
    try:
        _act_on_unit(request, host, typed, at=at)
    except Refusal as refusal:
        return _unit_page(request, host, typed, at=at, notice=in_words(refusal))
    return redirect("desk:unit_deadline", host.pk)


def _act_on_unit(request: ActorRequest, host: RosterUnit, typed: dict[str, str], *, at: dt.datetime) -> None:
    if request.POST.get("do") == "end":
        exception = host.exceptions.filter(pk=whole(request.POST.get("han", "")) or 0).first()
        if exception is None:
            raise Http404
        actions.take_back_exception(exception, by=request.actor, at=at)
        messages.success(request, _("Đã kết thúc hạn riêng; đơn vị được báo qua thư."))
        return
    ends_at = read_end(typed)
    actions.give_exceptions(
        RosterUnit.objects.filter(pk=host.pk), ends_at=ends_at, reason=typed.get("reason", ""),
        moves_deadline=typed.get("how") == "in_time", by=request.actor, at=at,
    )  # fmt: skip
    said = _("%(unit)s được nộp %(until)s.") % {"unit": host.name, "until": last_minute(ends_at)}
    messages.success(request, said)


def _unit_page(
    request: ActorRequest, host: RosterUnit, typed: dict[str, str], *, at: dt.datetime, notice: str = ""
) -> HttpResponse:
    registration = Registration.objects.filter(host=host).first()
    given = [(e, e.allowed.is_open(at)) for e in host.exceptions.order_by("-pk")]
    context = {
        "host": host,
        "campaign": host.campaign,
        "at": at,
        "level": _(level_of(host.kind).words),
        "registration": registration,
        "is_locked": host.pk in locked_ids(RosterUnit.objects.filter(pk=host.pk), at=at),
        "until": (until := let_in_until(host, at=at)),
        "due": due_of(host, registration, until=until, at=at),
        "given": given,
        "asked": list(host.unlock_requests.select_related("exception").order_by("-pk")),
        "typed": typed,
        "notice": notice,
    }
    return render(request, "desk/unit_deadline.html", context, status=409 if notice else 200)
