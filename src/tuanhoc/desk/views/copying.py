"""Rows of the unit's last registration, picked and moved into this Week."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities import access, actions, queries
from tuanhoc.activities.access import To
from tuanhoc.activities.models import Registration
from tuanhoc.activities.rules import has_link_in_words
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.desk.besides import last_rows_of, told
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.shifts import Shift
from tuanhoc.web import clock
from tuanhoc.web.speech import grouped


@known
@require_http_methods(["GET", "HEAD", "POST"])
def copy_last(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the rows of the last accepted registration with both their days in this Week; copy the ticked ones."""
    host = access.roster_unit_for(request.actor, pk, to=To.EDIT)
    rows = last_rows_of(host)
    if not rows:
        messages.warning(request, _("Chưa có lịch đã được chấp nhận ở đợt trước để chép."))
        return redirect("desk:sheet", host.pk)
    notice = ""
    if request.method == "POST":
        try:
            return _copy(request, host, rows)
        except Refusal as refusal:
            notice = told(refusal)
    shown = [
        (row, row.day(Shift.WEEKDAY), row.day(Shift.PLACE), _ticked(request, row), has_link_in_words(row.row))
        for row in rows
    ]
    context = {"host": host, "campaign": host.campaign, "rows": shown, "year": rows[0].year, "notice": notice}
    return render(request, "desk/copy_last.html", context, status=409 if notice else 200)


def _ticked(request: ActorRequest, row: queries.Lasting) -> bool:
    return str(row.pk) in request.POST.getlist("chon") if request.method == "POST" else not row.was_cancelled


def _copy(request: ActorRequest, host: RosterUnit, rows: list[queries.Lasting]) -> HttpResponse:
    at, wanted = clock.now(), set(request.POST.getlist("chon"))
    chosen = [(row, _shift(request.POST.get(f"cach-{row.pk}", ""))) for row in rows if str(row.pk) in wanted]
    registration = actions.begin_registration(host, by=request.actor, at=at)
    copied = actions.copy_rows(registration, chosen, by=request.actor, at=at)
    words = ngettext("Đã chép %(n)s hoạt động.", "Đã chép %(n)s hoạt động.", copied) % {"n": grouped(copied)}
    messages.success(request, f"{words} {_('Mỗi dòng còn lời nhắc cho đến khi bạn sửa hoặc bấm “Đã kiểm tra”.')}")
    return redirect("desk:sheet", host.pk)


def _shift(text: str) -> Shift:
    return Shift(text) if text in {shift.value for shift in Shift} else Shift.WEEKDAY


@known
@require_POST
def settle_copies(request: ActorRequest, pk: int) -> HttpResponse:
    """Say that the copied rows are right, or take out again those nobody has touched."""
    host = access.roster_unit_for(request.actor, pk, to=To.EDIT)
    registration = Registration.objects.filter(host=host).first()
    if registration is None:
        return redirect("desk:sheet", host.pk)
    try:
        if request.POST.get("do") == "uncopy":
            count = actions.take_copies_out(registration, by=request.actor, at=clock.now())
            messages.success(request, _("Đã bỏ %(n)s dòng chép từ đợt trước.") % {"n": grouped(count)})
        else:
            count = actions.confirm_copies(registration, by=request.actor, at=clock.now())
            messages.success(request, _("Đã ghi nhận %(n)s dòng chép là đúng.") % {"n": grouped(count)})
    except Refusal as refusal:
        messages.error(request, told(refusal))
    return redirect("desk:sheet", host.pk)
