"""The registration sheet: written, saved, handed in, and changed after acceptance."""

import datetime as dt
from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities import access, actions
from tuanhoc.activities.access import To
from tuanhoc.activities.models import Activity, Registration, State
from tuanhoc.activities.queries import drafts_of, is_shut, last_behalf, threads_of
from tuanhoc.activities.rules import keep_mark
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.desk import sheets, talks, two_windows
from tuanhoc.desk.besides import beside, enters_for_another
from tuanhoc.desk.deadlines import UnitBlock, block_of
from tuanhoc.desk.forms import MOST_ROWS, Posted, posted_rows
from tuanhoc.desk.meanwhile import seen_version
from tuanhoc.desk.moving import Tried
from tuanhoc.desk.wording import in_words
from tuanhoc.findings.queries import asked_of, replaced_of
from tuanhoc.lib.dates import HANOI, read_day
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import clean
from tuanhoc.units.queries import contacts_at
from tuanhoc.web import clock
from tuanhoc.web.speech import grouped

_EDITABLE = {State.DRAFT, State.RETURNED}


@known
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """Show or save the annex of one unit."""
    if request.method == "POST":
        return _write(request, access.roster_unit_for(request.actor, pk, to=To.EDIT))
    host = access.roster_unit_for(request.actor, pk, to=To.VIEW)
    registration = Registration.objects.filter(host=host).first()
    reviews = sheets.history(registration)
    rows = sheets.stored_rows(registration, host.campaign, sheets.comments_of(registration, reviews))
    if "them" in request.GET:
        rows.append(sheets.blank(str(len(rows)), _day_or_none(request.GET["them"], host.campaign.year)))
    return _page(request, host, registration, rows)


def _day_or_none(text: str, year: int) -> dt.date | None:
    try:
        return read_day(text, year=year)
    except ValueError:
        return None


def _page(
    request: ActorRequest,
    host: RosterUnit,
    registration: Registration | None,
    rows: list[sheets.ShownRow],
    *,
    notice: str = "",
    status: int = 200,
    tried: Tried | None = None,
    both: two_windows.Both | None = None,
) -> HttpResponse:
    at = clock.now()
    lock = block_of(request.actor, host, registration, at=at)
    # What was typed while the lock fell stays on the screen, with the refusal above it.
    editable = (registration is None or registration.state in _EDITABLE) and (bool(notice) or not lock.is_closed_here)
    may_edit = access.may(request.actor, To.EDIT, host)
    context = {
        "host": host,
        "campaign": host.campaign,
        "registration": registration,
        "version": str(registration.version if registration else 0),
        "state_code": registration.state if registration else "none",
        "state_words": registration.get_state_display() if registration else _("Chưa bắt đầu"),
        "days": sheets.by_day(rows, host.campaign),
        "asked": asked_of(host) if registration else [],
        "row_count": len(rows),
        "loaded": str(sum(row.activity is not None for row in rows)),
        "next_key": str(1 + max((int(row.key) for row in rows), default=-1)),
        "needs_look": sum(bool(row.warnings or row.errors) for row in rows),
        "blank": sheets.blank("__KEY__", None),
        "areas": sheets.areas_under(host) if editable and may_edit else [],
        "forms": Activity.Form.choices,
        "parts": Activity.PartOfDay.choices,
        "reviews": sheets.history(registration),
        "submissions": list(registration.submissions.order_by("-pk")) if registration else [],
        "may_edit": may_edit and editable,
        "may_change": may_edit and registration is not None and registration.state == State.ACCEPTED,
        "replaced": _replaced(registration, rows),
        "may_edit_people": may_edit,
        "may_scan": may_edit and registration is not None,
        "may_withdraw": may_edit and lock.may_withdraw,
        "may_begin": may_edit and _may_begin_after_all(host, registration, lock, at=at),
        "may_review": (may_review := access.may(request.actor, To.REVIEW, host)),
        "contacts": contacts_at(host.unit_id) if may_review else [],
        "duties": list(host.assignments.select_related("duty").order_by("duty_id")),
        "beside": beside(request.actor, host, registration, rows, writing=editable and may_edit),
        "notice": notice,
        "at": at,
        "lock": lock,
        "due": lock.due,
        "tried": tried,
        "both": both,
        "theme": request.POST.get("theme", registration.theme if registration else ""),
        **_talks(registration, rows, may_talk=may_edit or may_review),
    }
    name = "desk/sheet.html" if editable and may_edit else "desk/sheet_read.html"
    return render(request, name, context, status=status)


def _replaced(registration: Registration | None, rows: list[sheets.ShownRow]) -> frozenset[int]:
    """Return the rows whose cancelling is not the unit's to take back. One query, where any is cancelled."""
    if registration is None or not any(row.activity and row.activity.cancelled_at for row in rows):
        return frozenset()
    return replaced_of(registration.pk)


def _may_begin_after_all(
    host: RosterUnit, registration: Registration | None, lock: UnitBlock, *, at: dt.datetime
) -> bool:
    said_nothing = registration is not None and registration.state == State.NIL
    return said_nothing and not lock.is_week_closed and (lock.coordinates or not is_shut(host, registration, at=at))


def _talks(registration: Registration | None, rows: list[sheets.ShownRow], *, may_talk: bool) -> dict[str, object]:
    """Return what was said about the rows. A draft nobody has seen yet has nothing to talk about."""
    threads = threads_of(registration)
    return {
        "threads": threads,
        "may_talk": may_talk,
        "offers_talk": registration is not None and registration.state != State.DRAFT,
        "gone_talks": talks.without_row(threads, {row.activity.uid for row in rows if row.activity}),
    }


def _talk(request: ActorRequest, host: RosterUnit, registration: Registration) -> None:
    """Do what a button of a row's thread asks, if it was one."""
    by_reviewer = access.may(request.actor, To.REVIEW, host)
    try:
        said = talks.take(
            registration, request.POST, by_reviewer=by_reviewer, by=request.actor, at=clock.now()
        )  # fmt: skip
        if said:
            messages.success(request, said)
    except Refusal as refusal:
        messages.error(request, in_words(refusal))


@known
@require_POST
def comment(request: ActorRequest, pk: int) -> HttpResponse:
    """Say something about a row of a sheet that is only read."""
    host = access.roster_unit_for(request.actor, pk, to=To.VIEW)
    if not (access.may(request.actor, To.EDIT, host) or access.may(request.actor, To.REVIEW, host)):
        raise PermissionDenied
    registration = Registration.objects.filter(host=host).first()
    if registration is None:
        raise Http404
    registration.host = host
    _talk(request, host, registration)
    return redirect(reverse("desk:sheet", args=[host.pk]) + talks.anchor(request.POST))


def _write(request: ActorRequest, host: RosterUnit) -> HttpResponse:
    at = clock.now()
    by_fetch = request.headers.get("X-Requested-With") == "fetch"
    areas = {area.pk for area in sheets.areas_under(host)}
    given = two_windows.taken(request.POST)
    posted = posted_rows(given, year=host.campaign.year, areas=areas)
    do = request.POST.get("do", "save")
    removed = do.removeprefix("remove:") if do.startswith("remove:") else None
    posted = [row for row in posted if row.key != removed]
    try:
        registration = actions.begin_registration(host, by=request.actor, at=at)
        standing = drafts_of(registration)
        version = actions.save_rows(
            registration, [keep_mark(row.draft, standing) for row in posted],
            by=request.actor, at=at, version=seen_version(request.POST),
            on_behalf=enters_for_another(request.actor, host),
        )  # fmt: skip
        if "theme" in given:
            actions.choose_theme(registration, clean(str(given["theme"]))[:300], by=request.actor, at=at)
    except Refusal as refusal:
        return _refused(request, host, posted, refusal, by_fetch=by_fetch)
    if by_fetch:
        return JsonResponse(_saved(posted, host, registration, version=version, at=at))
    if do.partition(":")[0] in talks.DOES:
        _talk(request, host, registration)
        if not any(row.errors for row in posted):
            return redirect(reverse("desk:sheet", args=[host.pk]) + talks.anchor(request.POST))
    return _then(request, host, registration, posted, do=do, at=at)


def _saved(
    posted: list[Posted], host: RosterUnit, registration: Registration, *, version: int, at: dt.datetime
) -> dict[str, object]:
    """Return what the page needs after an autosave: the new version, the minute, and what to ask about each row."""
    return {
        "version": version,
        "state": {"code": registration.state, "words": registration.get_state_display()},
        "count": _("%(n)s hoạt động") % {"n": grouped(sum(not row.draft.is_blank() for row in posted))},
        "saved": _("Đã lưu lúc %(minute)s") % {"minute": f"{at.astimezone(HANOI):%H:%M}"},
        "rows": {
            row.key: {"warnings": row.warnings, "errors": row.errors}
            for row in sheets.posted_again(posted, host.campaign)
        },
    }


def _refused(
    request: ActorRequest, host: RosterUnit, posted: list[Posted], refusal: Refusal, *, by_fetch: bool
) -> HttpResponse:
    text = in_words(refusal)
    if by_fetch:
        compares = isinstance(refusal, actions.ChangedElsewhere)
        return JsonResponse({"message": text, "compares": compares}, status=409)
    if isinstance(refusal, actions.AlreadySubmitted):
        messages.warning(request, text)
        return redirect("desk:sheet", host.pk)
    registration = Registration.objects.filter(host=host).first()
    if registration is not None and isinstance(refusal, actions.ChangedElsewhere):
        registration.host = host
        theme = clean(request.POST["theme"])[:300] if "theme" in request.POST else None
        loaded = whole(request.POST.get("loaded", "")) or 0
        rows, both = two_windows.beside(registration, posted, loaded=loaded, theme=theme)
        return _page(request, host, registration, rows, notice=text, status=409, both=both)
    return _page(request, host, registration, sheets.posted_again(posted, host.campaign), notice=text, status=409)


def _then(
    request: ActorRequest, host: RosterUnit, registration: Registration, posted: list[Posted], *, do: str,
    at: dt.datetime,
) -> HttpResponse:  # fmt: skip
    if any(row.errors for row in posted):
        notice = _("Đã lưu những gì đọc được. Vui lòng xem các dòng có lời nhắc màu đỏ.")
        return _page(request, host, registration, sheets.posted_again(posted, host.campaign), notice=notice)
    if (way := _leads_elsewhere(request, host, registration, do=do)) is not None:
        return way
    try:
        if do == "submit":
            access.roster_unit_for(request.actor, host.pk, to=To.SUBMIT)
            return redirect("desk:receipt", actions.submit_registration(registration, by=request.actor, at=at).pk)
        if do == "nil":
            reason = clean(request.POST.get("nil_reason", ""))
            actions.declare_nil(registration, reason=reason, by=request.actor, at=at)
            messages.success(request, _("Đã ghi nhận: đơn vị không có hoạt động trong Tuần lễ. Xin cảm ơn."))
        elif len(posted) >= MOST_ROWS:
            messages.warning(request, _("Lịch dài hơn số dòng nhận được; vui lòng liên hệ đường dây hỗ trợ."))
        else:
            messages.success(request, _("Đã lưu lúc %(minute)s") % {"minute": f"{at.astimezone(HANOI):%H:%M}"})
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
    return redirect("desk:sheet", host.pk)


def _leads_elsewhere(
    request: ActorRequest, host: RosterUnit, registration: Registration, *, do: str
) -> HttpResponse | None:
    """Return the page a button leads to once the rows are saved, where it is not the sheet itself."""
    if do.startswith("add"):
        return redirect(f"{reverse('desk:sheet', args=[host.pk])}?them={do.removeprefix('add').lstrip(':')}#dong-moi")
    if do == "hand_up" or (do == "submit" and access.must_ask_the_head(request.actor, host)):
        return redirect("desk:hand_up", host.pk)
    if do in {"submit", "nil"} and enters_for_another(request.actor, host) and last_behalf(registration) is None:
        messages.warning(request, _("Lịch đã lưu. Trước khi nộp hộ, vui lòng ghi ai đã gọi và lúc nào."))
        return redirect("desk:on_behalf", host.pk)
    return None


@known
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a handing-in back to mend it, as long as nobody has looked at it."""
    registration = access.registration_for(request.actor, pk, to=To.EDIT)
    if request.method != "POST":
        return redirect("desk:sheet", registration.host_id)
    if registration.state == State.NIL:
        return _begin_after_all(request, registration)
    try:
        actions.withdraw_submission(
            registration, version=registration.version, on_behalf=registration.entered_on_behalf,
            by=request.actor, at=clock.now(),
        )  # fmt: skip
        messages.success(request, _("Đã lấy lại lịch để sửa. Sửa xong, vui lòng nộp lại."))
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
    return redirect("desk:sheet", registration.host_id)


def _begin_after_all(request: ActorRequest, registration: Registration) -> HttpResponse:
    try:
        actions.withdraw_nil(registration, by=request.actor, at=clock.now())
        messages.success(request, _("Đã mở lại lịch: đơn vị có thể ghi hoạt động rồi nộp."))
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
    return redirect("desk:sheet", registration.host_id)


@known
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Move or cancel an accepted activity, or take a cancellation back; what could not be taken is shown again."""
    activity = Activity.objects.select_related("registration").filter(pk=pk).first()
    if activity is None:
        raise Http404
    registration = access.registration_for(request.actor, activity.registration_id, to=To.EDIT)
    do, at = request.POST.get("do", ""), clock.now()
    if request.method != "POST":
        return redirect("desk:sheet", registration.host_id)
    if do == "restore":
        return _restore(request, registration, activity)
    cancel = do == "cancel"
    tried = Tried.of(activity.pk, request.POST, year=registration.host.campaign.year)
    if tried.unread and not cancel:
        return _tried_again(request, registration, tried)
    if not cancel and do != "move_past" and tried.asks_about_the_past(at=at):
        return _tried_again(request, registration, replace(tried, is_asked=True))
    try:
        actions.change_activity(
            activity, reason=tried.reason, cancel=cancel, held_on=tried.day, starts_at=tried.time,
            place=clean(tried.place)[:500] or None, by=request.actor, at=at,
        )  # fmt: skip
        messages.success(request, _("Đã ghi nhận thay đổi và báo đơn vị điều phối."))
    except actions.NoReason as refusal:
        return _tried_again(request, registration, tried, in_words(refusal))
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
    return redirect("desk:sheet", registration.host_id)


def _restore(request: ActorRequest, registration: Registration, activity: Activity) -> HttpResponse:
    """Take a cancellation back, unless the office cancelled it because another activity stands for it."""
    if activity.pk in replaced_of(registration.pk):
        messages.error(
            request, _("Hoạt động này được hủy vì trùng với một hoạt động khác: vui lòng trao đổi ở dòng đó.")
        )
        return redirect("desk:sheet", registration.host_id)
    reason = clean(request.POST.get("reason", ""))
    try:
        actions.restore_activity(activity, reason=reason, by_office=False, by=request.actor, at=clock.now())
        messages.success(request, _("Hoạt động lại được tổ chức; người dân thấy ngay, và đơn vị điều phối được báo."))
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
    return redirect("desk:sheet", registration.host_id)


def _tried_again(request: ActorRequest, registration: Registration, tried: Tried, *refused: str) -> HttpResponse:
    """Show the sheet with the change as it was typed, open, and what kept it from being made."""
    host = registration.host
    rows = sheets.stored_rows(registration, host.campaign, {})
    again = replace(tried, errors=(*tried.said(), *refused))
    return _page(request, host, registration, rows, tried=again, status=422)
