"""The Week's deadlines: of all, of each level, moved with notice and put back; and the lock."""

import datetime as dt
from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns import actions, queries
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.campaigns.models import Campaign, DeadlineException, RosterUnit, UnlockRequest
from tuanhoc.campaigns.rules.deadlines import COMMON, LEVELS, moved_along
from tuanhoc.desk import deadlines as shown
from tuanhoc.desk.weeks.fields import Reader
from tuanhoc.desk.wording import in_words
from tuanhoc.lib.dates import HANOI, last_day
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import clean, without_controls
from tuanhoc.web import clock
from tuanhoc.web.speech import grouped

#: changes of deadlines shown
_MOST_MOVES = 20


class NoNewDeadline(Refusal):
    message = N_("Vui lòng điền ngày mới của hạn chung.")


@known
@require_http_methods(["GET", "HEAD", "POST"])
def deadlines(request: ActorRequest, code: str) -> HttpResponse:
    """Show a Week's deadlines; preview a change, make it, take the last one back, switch the lock."""
    week = campaign_for(request.actor, code)
    if request.method == "POST":
        return _act(request, week)
    return _page(request, week, {}, {})


def _act(request: ActorRequest, week: Campaign) -> HttpResponse:
    do, at = request.POST.get("do", "preview"), clock.now()
    try:
        if do in {"lock", "unlock"}:
            actions.switch_lock(week, do == "lock", by=request.actor, at=at)
            messages.success(request, _said_of_lock(week))
        elif do == "undo":
            _undo(request, week, at=at)
        else:
            return _change(request, week, do, at=at)
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
    return redirect("desk:deadlines", week.code)


def _said_of_lock(week: Campaign) -> str:
    if week.locks_from is None:
        return _("Đã tắt khóa: lịch đến sau hạn vẫn được nhận và đánh dấu.")
    return _("Đã bật khóa: đơn vị nào hết hạn của mình thì chỉ xem được, cho đến khi được mở.")


def _undo(request: ActorRequest, week: Campaign, *, at: dt.datetime) -> None:
    move = week.deadline_moves.filter(pk=whole(request.POST.get("lan", "")) or 0).first()
    if move is None:
        raise Http404
    actions.undo_move(move, by=request.actor, at=at)
    messages.success(request, _("Đã đưa các hạn về như trước. Đơn vị liên quan được báo lại."))


def _change(request: ActorRequest, week: Campaign, do: str, *, at: dt.datetime) -> HttpResponse:
    """Show what a change would do, or make it; whatever was typed stays on the page."""
    typed = _kept(request, week)
    before = queries.deadlines_of(week)
    after, errors = _asked_for(typed, before) if do == "extend" else shown.read_deadlines(typed)
    if errors:
        return _page(request, week, typed, errors, notice=_said_of_errors(errors))
    try:
        if do == "move":
            move = actions.move_deadlines(week, after, reason=typed["reason"], by=request.actor, at=at)
            told = _("Đã lưu. %(n)s đơn vị có hạn mới.") % {"n": grouped(move.moved_count)}
            messages.success(request, told if week.state == Campaign.State.OPEN else _("Đã lưu các hạn."))
            return redirect("desk:deadlines", week.code)
        filled = typed | shown.typed_deadlines(after) if do == "extend" else typed
        return _preview(request, week, filled, before, after, at=at)
    except Refusal as refusal:
        return _page(request, week, typed, {}, notice=in_words(refusal))


def _asked_for(
    typed: Mapping[str, str], before: Mapping[str, dt.datetime]
) -> tuple[dict[str, dt.datetime], dict[str, str]]:
    """Return all deadlines moved as far as the common one is asked to move, and what could not be read, by field."""
    reader = Reader(typed)
    to = reader.closing("to")
    if not typed.get("to_day"):
        reader.errors["to_day"] = NoNewDeadline.message
    levels = {level: moment for level, moment in before.items() if level != COMMON}
    moved = moved_along(levels, common=before[COMMON], to=to) if to and COMMON in before else {}
    return moved, reader.errors


def _said_of_errors(errors: Mapping[str, str]) -> str:
    if errors.get("to_day") == NoNewDeadline.message:
        return in_words(NoNewDeadline())
    if any(name.endswith("_time") for name in errors):
        return _("Có ngày hoặc giờ chưa đọc được: xin xem lại.")
    return _("Có ngày chưa đọc được: xin xem lại.")


def _kept(request: ActorRequest, week: Campaign) -> dict[str, str]:
    names = [shown.field_of(level) for level in (COMMON, *(level.code for level in LEVELS))]
    fields = [f"{name}_{part}" for name in (*names, "to") for part in ("day", "time")]
    typed = {name: clean(request.POST.get(name, ""))[:40] for name in fields if name in request.POST}
    return typed | {"year": str(week.year), "reason": clean(without_controls(request.POST.get("reason", "")))}


def _preview(
    request: ActorRequest,
    week: Campaign,
    typed: dict[str, str],
    before: Mapping[str, dt.datetime],
    after: Mapping[str, dt.datetime],
    *,
    at: dt.datetime,
) -> HttpResponse:
    actions.refuse_move(week, before, after, reason=typed["reason"], at=at)
    context = {
        "campaign": week,
        "preview": shown.preview(week, before, after),
        "fields": [(name, value) for name, value in typed.items() if name.endswith(("_day", "_time"))],
        "reason": typed["reason"],
        "is_open": week.state == Campaign.State.OPEN,
        "is_past_week": any(
            last_day(moment) > week.ends_on for moment in after.values() if moment not in before.values()
        ),
    }
    return render(request, "desk/deadline_preview.html", context)


def _page(
    request: ActorRequest, week: Campaign, typed: dict[str, str], errors: dict[str, str], *, notice: str = ""
) -> HttpResponse:
    at = clock.now()
    moves = list(week.deadline_moves.order_by("-pk")[:_MOST_MOVES])
    standing = queries.deadlines_of(week)
    # Two forms stand on the page: what was typed into one stays in that one.
    of_all, of_levels = (typed, {}) if "to_day" in typed else ({}, typed)
    exceptions = DeadlineException.objects.filter(host__campaign=week)
    context = {
        "campaign": week,
        "at": at,
        "common": standing.get(COMMON),
        "rows": shown.level_rows(week, standing, of_levels, errors, day=at.astimezone(HANOI).date()),
        "typed": of_all,
        "to_errors": {name: _(errors[name]) for name in ("to_day", "to_time") if name in errors},
        "level_reason": of_levels.get("reason", ""),
        "notice": notice,
        "is_open": week.state == Campaign.State.OPEN,
        "is_over": week.state == Campaign.State.CLOSED,
        "moves": [(move, shown.changes_of(move)) for move in moves],
        "last": next((move for move in moves if move.undone_at is None), None),
        "locked": shown.shut_out(RosterUnit.objects.filter(campaign=week), at=at).count(),
        "exceptions": exceptions.count(),
        "exceptions_open": exceptions.open_at(at).count(),
        "waiting": UnlockRequest.objects.filter(host__campaign=week, answered_at=None).count(),
    }
    return render(request, "desk/deadlines.html", context, status=409 if notice else 200)
