"""Units that may be one body written twice: the list, two side by side, made one or told apart."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.accounts.models import Seat
from tuanhoc.activities.models import Registration
from tuanhoc.campaigns import access
from tuanhoc.campaigns.actions import same_units
from tuanhoc.campaigns.actions.same_units import InRoster
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import vietnamese_key
from tuanhoc.units import queries
from tuanhoc.units.models import Unit
from tuanhoc.units.rules.likeness import FLAGGED, LIKELY
from tuanhoc.web import clock

from .campaigns import preparing, told
from .reforms import unit_within
from .units import today

PAGE = 25


@known
@require_safe
def list_alike(request: ActorRequest) -> HttpResponse:
    """Show the pairs of units that may be one body, the likeliest first; and those told apart."""
    preparing(request)
    within = access.unit_ids_within(request.actor, today())
    pairs = queries.alike_pairs(today(), within=within)
    page = Paginator(pairs, PAGE).get_page(request.GET.get("trang"))
    apart = [one for one in queries.told_apart() if within is None or {one.first_id, one.second_id} <= within]
    context = {
        "page": page,
        "rows": [(pair, score_words(pair.found.score), sign_words(pair.found.signs)) for pair in page],
        "total": len(pairs),
        "apart": apart,
    }
    return render(request, "desk/alike.html", context)


def score_words(score: float) -> str:
    """Return in words how likely two units are one."""
    if score >= LIKELY:
        return _("rất có thể là một")
    return _("có thể là một, chưa chắc") if score >= FLAGGED else _("ít có khả năng là một")


def sign_words(signs: tuple[str, ...]) -> list[str]:
    """Return what speaks for and against two units being one."""
    known_signs = {
        "same_words": _("tên giống nhau"), "slip": _("khác nhau một lỗi gõ"), "more_words": _("một tên dài hơn"),
        "other_marks": _("khác dấu"), "other_number": _("khác số hoặc chữ"), "other_kind": _("khác loại"),
        "kind_unsaid": _("một tên không ghi loại"), "kind_partly": _("loại chỉ giống một phần"),
        "other_level": _("khác cấp (xã, phường, …)"), "same_area": _("cùng địa bàn"),
        "other_area": _("khác địa bàn"), "same_parent": _("cùng cấp trên"), "other_parent": _("khác cấp trên"),
    }  # fmt: skip
    return [known_signs[sign] for sign in signs if sign in known_signs]


@known
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: ActorRequest, pk: int, other: int) -> HttpResponse:
    """Show two units side by side; make them one, keep them apart, or take that back."""
    kept, within = unit_within(request, pk)
    second = Unit.objects.filter(pk=other).first()
    if second is None or second.pk == kept.pk or (within is not None and second.pk not in within):
        raise Http404
    notice = ""
    if request.method == "POST":
        try:
            return _settle(request, kept, second)
        except Refusal as refusal:
            notice = told(refusal)
    context: dict[str, Any] = {"kept": kept, "other": second, "sides": [_side(kept), _side(second)]}
    found = queries.score_of(kept, second, today())
    context |= {"score": score_words(found.score), "signs": sign_words(found.signs)}
    context["likely"] = found.score >= LIKELY
    context |= {"apart": any({a.first_id, a.second_id} == {kept.pk, second.pk} for a in queries.told_apart())}
    try:
        seen = same_units.preview_same(kept, second, by=request.actor, at=clock.now())
        context |= {"rosters": [(campaign, roster_words(way)) for campaign, way in seen.rosters], "possible": True}
    except Refusal as refusal:
        notice = notice or told(refusal)
    return render(request, "desk/pair.html", context | {"notice": notice}, status=409 if notice else 200)


def _settle(request: ActorRequest, kept: Unit, other: Unit) -> HttpResponse:
    do, at = request.POST.get("do"), clock.now()
    if do == "one":
        made = same_units.make_one(kept, other, by=request.actor, at=at)
        words = {"other": other.name, "kept": kept.name}
        messages.success(request, _("Đã gộp “%(other)s” vào “%(kept)s”. Bạn có thể hoàn tác ngay tại đây.") % words)
        return redirect("desk:reform", made.reform.pk if made.reform else 0)
    if do == "apart":
        same_units.keep_apart(kept, other, by=request.actor, at=at)
        messages.success(request, _("Đã ghi nhận đây là hai đơn vị khác nhau; cặp này không được nhắc lại."))
    elif do == "again":
        same_units.look_again(kept, other, by=request.actor, at=at)
        messages.success(request, _("Cặp này sẽ được xem xét lại."))
    return redirect("desk:alike")


def roster_words(outcome: InRoster) -> str:
    """Return what becomes of the two units' places in one Week."""
    return {
        InRoster.MOVED: _("chỉ đơn vị được gộp có trong danh sách: chỗ của nó, cả bản đăng ký, chuyển sang"),
        InRoster.FOLDED: _("cả hai có trong danh sách, một bên chưa đăng ký: còn một chỗ, giữ bản đăng ký đã có"),
        InRoster.BOTH: _("cả hai đều đã đăng ký hoặc đợt đã kết thúc: hai chỗ và hai bản giữ nguyên, tổng không đổi"),
    }[outcome]


def _side(unit: Unit) -> dict[str, Any]:
    roster = RosterUnit.objects.filter(unit=unit).select_related("campaign").order_by("-campaign__starts_on")
    states = {r.host_id: r.get_state_display() for r in Registration.objects.filter(host__unit=unit)}
    above = queries.above_on(unit, today())
    return {
        "unit": unit,
        "above": above,
        "names": [name for name in queries.all_names().get(unit.pk, []) if name != unit.name],
        "contacts": sorted(unit.contacts.all(), key=lambda one: (vietnamese_key(one.name), one.pk)),
        "seats": Seat.objects.filter(unit=unit).aggregate(n=Count("pk"))["n"],
        "weeks": [(row.campaign, states.get(row.pk, _("chưa bắt đầu"))) for row in roster],
    }
