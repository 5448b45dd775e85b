"""One Word form: what was read beside the file, corrected, confirmed; and a unit's own form for its own sheet."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.access import To, roster_unit_for
from tuanhoc.desk import conflicts, proposed, scans, sheets, slowing
from tuanhoc.desk.choosing import HostChooser
from tuanhoc.desk.form_page import Said, context_of, takes_in
from tuanhoc.desk.forms import Posted, posted_rows
from tuanhoc.desk.meanwhile import seen_version
from tuanhoc.desk.rereadings import say_what_changed
from tuanhoc.desk.wording import in_words
from tuanhoc.files import actions as files
from tuanhoc.intake import access
from tuanhoc.intake.actions import confirming, correcting, rereading
from tuanhoc.intake.actions import forms as actions
from tuanhoc.intake.actions.confirming import Joining
from tuanhoc.intake.actions.uploads import taken
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.queries import clearing
from tuanhoc.intake.rules import proposals
from tuanhoc.intake.rules.pieces import Placement
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.web import clock
from tuanhoc.web.speech import kept

#: Empty rows put on screen at once, to type a paper off.
_MOST_BLANK = 20
_JOINING = {"confirm": Joining.ASK, "replace": Joining.REPLACE, "append": Joining.APPEND}


@known
@require_http_methods(["GET", "HEAD", "POST"])
def form_file(request: ActorRequest, pk: int) -> HttpResponse:
    """Show one form, keep what is corrected, confirm it, set it aside, take a confirmation back."""
    form = access.form_file_for(request.actor, pk)
    if request.method == "POST":
        return _act(request, form)
    rows = scans.with_blank_rows(form, proposed.shown_rows(form))
    if form.state == FormFile.State.READ:
        free = proposals.first_free_key(form.reading, (row.key for row in rows))
        more = min(whole(request.GET.get("them", "")) or 0, _MOST_BLANK)
        rows += [sheets.blank(str(key), None) for key in range(free, free + more)]
    return _page(request, form, rows)


def _page(
    request: ActorRequest,
    form: FormFile,
    rows: list[sheets.ShownRow],
    said: Said = Said(),  # noqa: B008 - frozen
) -> HttpResponse:
    context = context_of(request, form, rows, said)
    return render(request, "desk/form_file.html", context, status=409 if said.notice else 200)


def _act(request: ActorRequest, form: FormFile) -> HttpResponse:
    do = request.POST.get("do", "save")
    at = clock.now()
    try:
        if do == "aside":
            actions.set_aside(form, by=request.actor, at=at)
            messages.success(request, _("Đã để “%(name)s” sang một bên.") % {"name": form.name})
            return redirect(_onward(request, form))
        if do == "take_up":
            actions.take_up_again(form, by=request.actor, at=at)
        elif do == "again":
            slowing.count_file(request, "read_again", form.pk)
            among = access.hosts_for(request.actor, form)
            change = rereading.read_once_more(form, among=among, by=request.actor, at=at)
            say_what_changed(request, change)
        elif do == "undo":
            _may_hand_in(request, form)
            confirming.undo_confirmation(form, by=request.actor, at=at)
            messages.success(request, _("Đã hoàn tác: lịch của đơn vị trở về như trước khi xác nhận tệp này."))
        else:
            return _correct(request, form, do)
    except Refusal as refusal:
        messages.error(request, _with_who(form, refusal))
    return redirect("desk:form_file", form.pk)


def _with_who(form: FormFile, refusal: Refusal) -> str:
    """Say why not, and who was faster when somebody was."""
    who = ""
    if isinstance(refusal, actions.NotToConfirm | actions.CorrectedElsewhere):
        who = conflicts.who_was_faster(clearing.last_touch(form))
    return " ".join(filter(None, (who, in_words(refusal))))


def _onward(request: ActorRequest, form: FormFile) -> str:
    """Return where to go after a form is done with: the next to look at, else the list; a unit's own sheet."""
    if not takes_in(request, form):
        return reverse("desk:sheet", args=[form.host_id])
    box = access.inbox_for(request.actor, form.campaign.code)
    following = clearing.round_of(access.forms_in(box), form).after
    if following is None:
        return reverse("desk:inbox", args=[form.campaign.code])
    just = f"&vua={form.pk}" if form.state == FormFile.State.CONFIRMED else ""
    return f"{reverse('desk:form_file', args=[following])}?tiep=1{just}"


def _correct(request: ActorRequest, form: FormFile, do: str) -> HttpResponse:
    """Keep the corrections first; then confirm, when that was the button and everything could be read."""
    posted = _posted(request, form, do)
    picked, typed_unit = request.POST.get("don_vi", ""), request.POST.get("don_vi_khac", "")
    back = _number(do, "back:")
    units = access.hosts_for(request.actor, form)
    chooser = HostChooser(form.campaign, units, request.POST)
    try:
        asked = takes_in(request, form)
        host = proposed.chosen_unit(units, chooser, picked=picked, typed=typed_unit) if asked else form.host
        rewritten = correcting.keep_corrections(
            form, host=host, rows=[(row.key, row.draft) for row in posted], place=_places(request, form, do),
            back=[] if back is None else [back], version=seen_version(request.POST),
            by=request.actor, at=clock.now(),
        )  # fmt: skip
    except actions.NotToConfirm as refusal:
        messages.error(request, _with_who(form, refusal))
        return redirect("desk:form_file", form.pk)
    except actions.CorrectedElsewhere:
        return _both(request, form, posted, chooser.written(typed_unit))
    except Refusal as refusal:
        rows = sheets.posted_again(posted, form.campaign)
        places = proposed.places_chosen(request.POST)
        said = Said(in_words(refusal), chooser.written(typed_unit), chooser.questions, places=places)
        return _page(request, form, rows, said)
    if any(row.errors for row in posted):
        notice = _("Đã lưu những gì đọc được. Vui lòng xem các dòng có lời nhắc màu đỏ.")
        return _page(request, form, sheets.posted_again(posted, form.campaign), Said(notice))
    if rewritten:
        messages.warning(request, _("Chữ của đoạn này đã được sửa trong dòng, nên dòng giữ nguyên."))
    return _then(request, form, do)


def _posted(request: ActorRequest, form: FormFile, do: str) -> list[Posted]:
    """Return the rows on screen in the order of the file, whatever order the page showed them in."""
    removed = do.removeprefix("remove:") if do.startswith("remove:") else None
    areas = {area.pk for area in sheets.areas_under(form.host)} if form.host else set()
    posted = [r for r in posted_rows(request.POST, year=form.campaign.year, areas=areas) if r.key != removed]
    return sorted(posted, key=lambda row: int(row.key))


def _places(request: ActorRequest, form: FormFile, do: str) -> dict[int, Placement]:
    """Return where words go: as chosen, and as the button pressed says of its own or of all the rest."""
    chosen = proposed.places_chosen(request.POST)
    if do == "aside_rest":
        left = proposals.pieces_left(form.reading, form.settled)
        return {piece.index: Placement() for piece in left} | chosen
    if (number := _number(do, "aside:")) is not None:
        return chosen | {number: Placement()}
    if do.startswith("note:") and do.count(":") == 2:
        _do, number_text, key = do.split(":")
        if (number := whole(number_text)) is not None:
            return chosen | {number: Placement(key, "note")}
    return chosen


def _number(do: str, of: str) -> int | None:
    return whole(do.removeprefix(of)) if do.startswith(of) else None


def _both(request: ActorRequest, form: FormFile, posted: Sequence[Posted], typed_unit: str) -> HttpResponse:
    """Show what the other window kept beside what stands on this screen: saving again is then done knowingly."""
    form.refresh_from_db()
    mine = sheets.posted_again(posted, form.campaign)
    who = conflicts.who_was_faster(clearing.last_touch(form))
    notice = _("%(who)s Những gì bạn vừa ghi chưa được lưu: xin xem hai bản khác nhau ở đâu.") % {"who": who}
    differences = conflicts.differences(proposed.shown_rows(form), mine)
    said = Said(notice.strip(), typed_unit, differences=differences, places=proposed.places_chosen(request.POST))
    return _page(request, form, mine, said)


def _then(request: ActorRequest, form: FormFile, do: str) -> HttpResponse:
    address = reverse("desk:form_file", args=[form.pk])
    if do == "add":
        return redirect(f"{address}?them=1#dong-moi")
    if do not in _JOINING:
        messages.success(request, _("Đã lưu sửa."))
        to_pieces = do == "place" or do.startswith(("aside", "note:", "back:"))
        return redirect(f"{address}#doan" if to_pieces else address)
    _may_hand_in(request, form)
    try:
        confirming.confirm_form(form, joining=_JOINING[do], by=request.actor, at=clock.now())
    except Refusal as refusal:
        return _page(request, form, proposed.shown_rows(form), Said(in_words(refusal)))
    onward = _onward(request, form)
    if form.is_own:
        messages.success(request, _("Đã đưa các dòng của tệp vào lịch. Vui lòng xem lại rồi nộp."))
    elif "vua=" not in onward:  # the next form's page says so itself, beside the undo
        text = _("Đã xác nhận tệp của %(unit)s; lịch đang chờ xem.")
        messages.success(request, text % {"unit": form.host.name if form.host else ""})
    return redirect(onward)


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
    if form.stored.is_quarantined:
        return redirect("desk:form_quarantined", form.pk)
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
        slowing.count_file(request, "bring_file", host.pk)
        form = actions.receive_own_form(host, next(taken([given])), by=request.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
        return redirect("desk:sheet", host.pk)
    if form.state == FormFile.State.UNREADABLE:
        messages.error(request, kept(form.refused_because))
        return redirect("desk:sheet", host.pk)
    return redirect("desk:form_file", form.pk)
