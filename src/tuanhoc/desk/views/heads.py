"""Handing to the head ("trình thủ trưởng"): the officer's page, and the head's own, which reads and confirms."""

import datetime as dt
from dataclasses import dataclass

import segno
from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities import access, actions, queries
from tuanhoc.activities.access import To
from tuanhoc.activities.models import HeadConfirmation, Registration, State
from tuanhoc.activities.queries import due_of
from tuanhoc.activities.rules import receipt_digest
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.campaigns.queries import let_in_until
from tuanhoc.desk import sheets
from tuanhoc.desk.besides import told
from tuanhoc.lib.actor import Role
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import clean, without_controls
from tuanhoc.units.models import Contact
from tuanhoc.units.queries import contacts_at
from tuanhoc.web import clock


class BadAddress(Refusal):
    message = N_("Địa chỉ thư của thủ trưởng chưa đúng. Có thể để trống rồi gửi liên kết qua Zalo.")


class HandedUpOften(Refusal):
    message = N_(
        "Trong một giờ qua lịch này đã được trình qua thư nhiều lần. Vui lòng để trống địa chỉ thư rồi gửi liên kết "
        "qua Zalo, hoặc thử lại sau một giờ."
    )


@dataclass(frozen=True, slots=True)
class HeadsLink:
    """The head's link, shown this once: to scan, or to paste into Zalo."""

    address: str
    code: SafeString
    name: str


@known
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_up(request: ActorRequest, pk: int) -> HttpResponse:
    """Hand the draft to the head, show the head's link this once, or take it back."""
    host = access.roster_unit_for(request.actor, pk, to=To.SUBMIT)
    registration = Registration.objects.filter(host=host).first()
    if registration is None or registration.state not in {State.DRAFT, State.RETURNED}:
        return redirect("desk:sheet", host.pk)
    notice, link = "", None
    if request.method == "POST":
        try:
            link = _act(request, host, registration)
        except Refusal as refusal:
            notice = told(refusal)
        else:
            if request.POST.get("do") == "take_back":
                messages.success(request, _("Đã lấy lại. Thủ trưởng không còn mở được liên kết đã gửi."))
                return redirect("desk:sheet", host.pk)
    contacts = contacts_at(host.unit_id)
    rows = queries.drafts_of(registration)
    last = queries.last_confirmation(registration)
    at = clock.now()
    context = {
        "host": host, "campaign": host.campaign, "registration": registration, "notice": notice, "link": link,
        "heads": [c for c in contacts if c.is_head] or [c for c in contacts if not c.is_in_charge],
        "typed": request.POST, "row_count": len(rows), "at": at,
        "due": due_of(host, registration, until=let_in_until(host, at=at), at=at),
        "waiting": last if last and last.state == HeadConfirmation.State.WAITING else None,
        "is_changed": last is not None and last.sha256 != receipt_digest(rows),
    }  # fmt: skip
    return render(request, "desk/hand_up.html", context, status=409 if notice else 200)


def _act(request: ActorRequest, host: RosterUnit, registration: Registration) -> HeadsLink | None:
    at, do = clock.now(), request.POST.get("do", "")
    waiting = queries.waiting_confirmation(registration)
    if do == "take_back":
        if waiting is None:
            return None
        actions.take_back_from_head(waiting, by=request.actor, at=at)
        return None
    if do == "link" and waiting is not None:
        return _link(request, host, waiting.head_name, at=at)
    name, email = _head(request, host)
    # Whoever holds the unit's link types the address: our letters are not his to send to anybody, any number of times.
    if email and not ratelimit.consume(request, action="hand_up", key=str(host.pk)):
        raise HandedUpOften
    made = actions.hand_to_head(registration, head_name=name, head_email=email, by=request.actor, at=at)
    if email:
        messages.success(request, _("Đã trình %(name)s; liên kết riêng đang được gửi qua thư.") % {"name": name})
        return None
    messages.success(request, _("Đã trình %(name)s. Vui lòng gửi liên kết dưới đây.") % {"name": name})
    return _link(request, host, made.head_name, at=at)


def _head(request: ActorRequest, host: RosterUnit) -> tuple[str, str]:
    """Return name and address of the head: as typed, else one of the unit's contacts.

    Who types a name means that name, though the button of a contact above it was left chosen.
    """
    name, email = clean(request.POST.get("name", ""))[:120], clean(request.POST.get("email", ""))[:254]
    chosen = Contact.objects.filter(unit=host.unit_id, pk=whole(request.POST.get("nguoi", "")) or 0).first()
    if chosen is not None and not name:
        return chosen.name, chosen.email
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise BadAddress from error
    return name, email


def _link(request: ActorRequest, host: RosterUnit, name: str, *, at: dt.datetime) -> HeadsLink:
    signed = accounts.make_link(
        host.unit, campaign_id=host.campaign_id, expires_at=host.campaign.links_close_at, role=Role.HEAD,
        holder=name, by=request.actor, at=at,
    )  # fmt: skip
    address = request.build_absolute_uri(reverse("accounts:link", args=[signed]))
    # The code is drawn by us from our own address; no text of anybody is in it.
    drawn = mark_safe(segno.make(address, error="m").svg_inline(border=2, omitsize=True))  # noqa: S308
    return HeadsLink(address, drawn, name)


@known
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the head what was handed up; agree to it, which hands it in, or give it back with words."""
    host = access.roster_unit_for(request.actor, pk, to=To.CONFIRM)
    registration = Registration.objects.filter(host=host).first()
    waiting = queries.waiting_confirmation(registration)
    notice = ""
    if request.method == "POST" and waiting is not None:
        try:
            return _answer(request, host, waiting)
        except Refusal as refusal:
            notice = told(refusal)
            waiting = queries.waiting_confirmation(registration)
    last = queries.last_confirmation(registration)
    rows = sheets.stored_rows(registration, host.campaign, {}) if waiting else []
    digest = receipt_digest(queries.drafts_of(waiting.registration)) if waiting else ""
    at = clock.now()
    context = {
        "host": host, "campaign": host.campaign, "waiting": waiting, "last": last, "notice": notice,
        "days": [day for day in sheets.by_day(rows, host.campaign) if day.rows], "row_count": len(rows),
        "sha256": digest, "is_changed": waiting is not None and waiting.sha256 != digest,
        "in_time": waiting is not None and waiting.handed_up_at < host.closes_at, "at": at,
        "due": due_of(host, registration, until=let_in_until(host, at=at), at=at),
        "is_late_now": queries.late_if_handed_in(registration, closes_at=host.closes_at, at=at),
        "words": request.POST.get("words", ""),
    }  # fmt: skip
    return render(request, "desk/confirm.html", context, status=409 if notice else 200)


def _answer(request: ActorRequest, host: RosterUnit, waiting: HeadConfirmation) -> HttpResponse:
    at = clock.now()
    if request.POST.get("do") == "agree":
        actions.confirm_as_head(waiting, sha256=request.POST.get("sha256", ""), by=request.actor, at=at)
        messages.success(request, _("Lịch đăng ký đã được nộp. Xin cảm ơn."))
    else:
        words = without_controls(request.POST.get("words", ""))[:2000]
        actions.give_back_by_head(waiting, words=words, by=request.actor, at=at)
        messages.success(request, _("Đã chuyển lại chuyên viên kèm ý kiến."))
    return redirect("desk:confirm", host.pk)
