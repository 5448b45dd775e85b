"""Entry for a unit that phones ("nhập hộ"): who phoned and when, before the rows are typed."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities import access, actions
from tuanhoc.activities.access import To
from tuanhoc.activities.models import Registration
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.desk.besides import enters_for_another, told
from tuanhoc.desk.forms import read_time
from tuanhoc.lib.dates import HANOI, read_day, short
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import clean, without_controls
from tuanhoc.units.models import Contact
from tuanhoc.units.queries import contacts_at
from tuanhoc.web import clock


class CallTimeUnread(Refusal):
    message = N_("Ngày hoặc giờ gọi chưa đọc được, ví dụ 28/09/2022 và 09:30.")


@known
@require_http_methods(["GET", "HEAD", "POST"])
def on_behalf(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask who phoned and when; then the unit's sheet opens to be typed."""
    host = access.roster_unit_for(request.actor, pk, to=To.REVIEW)
    if not enters_for_another(request.actor, host) or not access.may(request.actor, To.EDIT, host):
        raise PermissionDenied
    notice = ""
    if request.method == "POST":
        try:
            _enter(request, host)
        except Refusal as refusal:
            notice = told(refusal)
        else:
            messages.success(request, _("Đã ghi người gọi. Mời nhập các hoạt động, xong thì bấm “Nộp lịch đăng ký”."))
            return redirect("desk:sheet", host.pk)
    now = clock.now().astimezone(HANOI)
    typed = {"day": short(now.date()), "time": f"{now:%H:%M}"} | request.POST.dict()
    context = {
        "host": host, "campaign": host.campaign, "contacts": contacts_at(host.unit_id), "typed": typed,
        "notice": notice,
    }  # fmt: skip
    return render(request, "desk/on_behalf.html", context, status=409 if notice else 200)


def _enter(request: ActorRequest, host: RosterUnit) -> None:
    at, post = clock.now(), request.POST
    name, phone = clean(post.get("name", "")), clean(post.get("phone", ""))
    # Somebody else's name goes with what was typed beside it, never with a contact's number.
    contact = None if name else Contact.objects.filter(unit=host.unit_id, pk=whole(post.get("nguoi", "")) or 0).first()
    with transaction.atomic():
        registration: Registration = actions.begin_registration(host, by=request.actor, at=at)
        actions.enter_on_behalf(
            registration, caller_name=name or (contact.name if contact else ""),
            caller_phone=phone or (contact.phone if contact else ""), called_at=_called_at(request, host),
            words=without_controls(post.get("words", "")), by=request.actor, at=at,
        )  # fmt: skip


def _called_at(request: ActorRequest, host: RosterUnit) -> dt.datetime:
    try:
        day = read_day(clean(request.POST.get("day", "")), year=host.campaign.year)
        return dt.datetime.combine(day, read_time(clean(request.POST.get("time", ""))), HANOI)
    except ValueError as error:
        raise CallTimeUnread from error
