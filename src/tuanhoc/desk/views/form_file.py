"""One Word form: what was read beside the file, corrected, confirmed; and a unit's own form for its own sheet."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.access import To, roster_unit_for
from tuanhoc.activities.models import Activity, State
from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.desk import proposed, sheets
from tuanhoc.desk.forms import Posted, posted_rows
from tuanhoc.desk.wording import in_words
from tuanhoc.files import actions as files
from tuanhoc.intake import access
from tuanhoc.intake.actions import confirming
from tuanhoc.intake.actions import forms as actions
from tuanhoc.intake.actions.confirming import Joining
from tuanhoc.intake.actions.uploads import taken
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.queries import forms as queries
from tuanhoc.intake.rules import proposals
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.web import clock

_JOINING = {"confirm": Joining.ASK, "replace": Joining.REPLACE, "append": Joining.APPEND}


@known
@require_http_methods(["GET", "HEAD", "POST"])
def form_file(request: ActorRequest, pk: int) -> HttpResponse:
    """Show one form, keep what is corrected, confirm it, set it aside, take a confirmation back."""
    form = access.form_file_for(request.actor, pk)
    if request.method == "POST":
        return _act(request, form)
    rows = proposed.shown_rows(form)
    if "them" in request.GET and form.state == FormFile.State.READ:
        last = max((int(row.key) for row in rows), default=-1)
        key = str(max(last + 1, len(form.reading.get("rows", []))))
        rows.append(sheets.blank(key, None))
    return _page(request, form, rows)


def _page(
    request: ActorRequest, form: FormFile, rows: list[sheets.ShownRow], *, notice: str = "", typed_unit: str = ""
) -> HttpResponse:
    units = access.hosts_for(request.actor, form)
    standing = queries.standing_registration(form.host)
    beside = proposed.source(form)
    editable = form.state == FormFile.State.READ
    standing_rows = standing.activities.count() if standing and editable else 0
    context = {
        "form": form,
        "campaign": form.campaign,
        "days": proposed.days_with_rows(rows, form.campaign),
        "row_count": len(rows),
        "needs_look": sum(bool(row.warnings or row.errors) for row in rows),
        "of_file": proposals.about_the_file(form.reading) if form.corrected is None else (),
        "origins": {row.key: beside.anchor_of(row.typed.get("source", "")) for row in rows} if beside else {},
        "pieces": proposed.pieces(form, beside),
        "choices": proposed.row_choices(rows),
        "source": beside,
        "others": [unit for unit in queries.others_for(form) if unit.pk != form.host_id],
        "labels": list(proposed.unit_labels(units)) if editable and access.takes_in(request.actor, form) else [],
        "typed_unit": typed_unit,
        "standing": standing,
        "standing_rows": standing_rows,
        "blocked": standing is not None and editable and standing.state not in {State.DRAFT, State.RETURNED},
        "may_undo": form.state == FormFile.State.CONFIRMED and _unseen(form),
        "areas": sheets.areas_under(form.host) if editable and form.host else [],
        "forms": Activity.Form.choices,
        "parts": Activity.PartOfDay.choices,
        "editable": editable,
        "takes_in": access.takes_in(request.actor, form),
        "notice": notice,
    }
    return render(request, "desk/form_file.html", context, status=409 if notice else 200)


def _unseen(form: FormFile) -> bool:
    registration = form.registration
    return registration is not None and form.before is not None and registration.version == form.before["version"]


def _act(request: ActorRequest, form: FormFile) -> HttpResponse:
    do = request.POST.get("do", "save")
    at = clock.now()
    try:
        if do == "aside":
            actions.set_aside(form, by=request.actor, at=at)
            messages.success(request, _("Đã để “%(name)s” sang một bên.") % {"name": form.name})
            return redirect(_home_of(request, form))
        if do == "take_up":
            actions.take_up_again(form, by=request.actor, at=at)
        elif do == "again":
            actions.read_again(form, among=access.hosts_for(request.actor, form), by=request.actor, at=at)
            _say_read_again(request, form)
        elif do == "undo":
            _may_hand_in(request, form)
            confirming.undo_confirmation(form, by=request.actor, at=at)
            messages.success(request, _("Đã hoàn tác: lịch của đơn vị trở về như trước khi xác nhận tệp này."))
        else:
            return _correct(request, form, do)
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
    return redirect("desk:form_file", form.pk)


def _home_of(request: ActorRequest, form: FormFile) -> str:
    if form.host_id is not None and not access.takes_in(request.actor, form):
        return reverse("desk:sheet", args=[form.host_id])
    return reverse("desk:inbox", args=[form.campaign.code])


def _say_read_again(request: ActorRequest, form: FormFile) -> None:
    if form.state == FormFile.State.READ:
        messages.success(request, _("Lần này đã đọc được tệp."))
    else:
        messages.warning(request, _("Vẫn chưa đọc được tệp này."))


def _correct(request: ActorRequest, form: FormFile, do: str) -> HttpResponse:
    """Keep the corrections first; then confirm, when that was the button and everything could be read."""
    removed = do.removeprefix("remove:") if do.startswith("remove:") else None
    areas = {area.pk for area in sheets.areas_under(form.host)} if form.host else set()
    posted = [r for r in posted_rows(request.POST, year=form.campaign.year, areas=areas) if r.key != removed]
    pieces = proposed.settled_by(request.POST)
    if do == "aside_rest":
        pieces = dict.fromkeys((p.index for p in proposals.pieces_left(form.reading, form.settled)), "") | pieces
    picked, typed_unit = request.POST.get("don_vi", ""), request.POST.get("don_vi_khac", "")
    try:
        units = access.hosts_for(request.actor, form)
        own = not access.takes_in(request.actor, form)
        host = form.host if own else proposed.chosen_unit(form, units, picked=picked, typed=typed_unit)
        actions.correct_form(
            form, host=host, rows=_kept(posted), pieces=pieces,
            version=_version(request), by=request.actor, at=clock.now(),
        )  # fmt: skip
    except actions.NotToConfirm as refusal:
        messages.error(request, in_words(refusal))
        return redirect("desk:form_file", form.pk)
    except Refusal as refusal:
        rows = sheets.posted_again(posted, form.campaign)
        return _page(request, form, rows, notice=in_words(refusal), typed_unit=typed_unit)
    if any(row.errors for row in posted):
        notice = _("Đã lưu những gì đọc được. Vui lòng xem các dòng có lời nhắc màu đỏ.")
        return _page(request, form, sheets.posted_again(posted, form.campaign), notice=notice)
    return _then(request, form, do)


def _kept(posted: list[Posted]) -> list[tuple[str, ActivityDraft]]:
    return [(row.key, row.draft) for row in posted]


def _version(request: ActorRequest) -> int | None:
    return whole(request.POST.get("version", ""))


def _then(request: ActorRequest, form: FormFile, do: str) -> HttpResponse:
    address = reverse("desk:form_file", args=[form.pk])
    if do == "add":
        return redirect(f"{address}?them=1#dong-moi")
    if do not in _JOINING:
        messages.success(request, _("Đã lưu sửa."))
        return redirect(address)
    _may_hand_in(request, form)
    try:
        confirming.confirm_form(form, joining=_JOINING[do], by=request.actor, at=clock.now())
    except Refusal as refusal:
        return _page(request, form, proposed.shown_rows(form), notice=in_words(refusal))
    if form.is_own:
        messages.success(request, _("Đã đưa các dòng của tệp vào lịch. Vui lòng xem lại rồi nộp."))
    else:
        text = _("Đã xác nhận tệp của %(unit)s; lịch đang chờ xem.")
        messages.success(request, text % {"unit": form.host.name if form.host else ""})
    return redirect(_home_of(request, form))


def _may_hand_in(request: ActorRequest, form: FormFile) -> None:
    """Answer 404 or 403 to whoever may handle the file, but not write for the unit it was given to."""
    if form.host is not None:
        roster_unit_for(request.actor, form.host.pk, to=To.EDIT if form.is_own else To.SUBMIT)


@known
@require_safe
def original(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the file back as it came."""
    form = access.form_file_for(request.actor, pk)
    if form.stored is None:
        raise Http404
    response = HttpResponse(files.contents(form.stored), content_type=form.stored.content_type)
    response["Content-Disposition"] = content_disposition_header(True, form.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@known
@require_POST
def bring_own(request: ActorRequest, pk: int) -> HttpResponse:
    """Take in a unit's own form and show what was read before it goes into the sheet."""
    host = roster_unit_for(request.actor, pk, to=To.EDIT)
    given = request.FILES.get("tep")
    if given is None:
        messages.error(request, _("Vui lòng chọn tệp Word."))
        return redirect("desk:sheet", host.pk)
    try:
        form = actions.receive_own_form(host, next(taken([given])), by=request.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
        return redirect("desk:sheet", host.pk)
    if form.state == FormFile.State.UNREADABLE:
        messages.error(request, form.refused_because)
        return redirect("desk:sheet", host.pk)
    return redirect("desk:form_file", form.pk)
