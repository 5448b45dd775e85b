"""Units' Word forms on their way in: the list, what is uploaded, many confirmed at once."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns.models import RosterUnitQuerySet
from tuanhoc.desk import pasting
from tuanhoc.desk.wording import in_words
from tuanhoc.intake import access
from tuanhoc.intake.actions import batches, drops
from tuanhoc.intake.actions import forms as actions
from tuanhoc.intake.models import FormFile, FormFileQuerySet
from tuanhoc.intake.queries import clearing
from tuanhoc.intake.queries import forms as queries
from tuanhoc.lib.dates import HANOI, day_start, read_day, short
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.web import clock

PAGE = 50
#: files named in a message; more are in the list anyway
_NAMED = 4
_SORTS = {
    clearing.LOOK: N_("Cần xem trước"),
    clearing.UNIT: N_("Theo đơn vị"),
    clearing.NEWEST: N_("Mới nhận trước"),
}
#: the order of the tabs
_STATES = (FormFile.State.READ, FormFile.State.CONFIRMED, FormFile.State.UNREADABLE, FormFile.State.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Tab:
    """One state of the list."""

    code: str
    words: str
    count: int


@known
@require_safe
def inbox(request: ActorRequest, code: str) -> HttpResponse:
    """Show the forms of a Week, one state at a time; what needs a look comes first."""
    box = access.inbox_for(request.actor, code)
    forms = access.forms_in(box)
    counts = queries.counts(forms)
    wanted = request.GET.get("trang-thai", "")
    if wanted not in FormFile.State.values:
        wanted = FormFile.State.READ
    query, sort = request.GET.get("q", "").strip(), request.GET.get("sap-xep", "")
    sort = sort if sort in clearing.ORDERS else clearing.LOOK if wanted == FormFile.State.READ else clearing.NEWEST
    ordered = clearing.in_order(forms.filter(state=wanted), sort, query)
    good = set(queries.confirmable_unseen(forms).values_list("pk", flat=True))
    page = Paginator(ordered, PAGE).get_page(request.GET.get("trang"))
    found = forms.select_related("host", "batch").in_bulk(list(page.object_list))
    waiting = wanted == FormFile.State.READ
    first = next((pk for pk in ordered if pk not in good), None) if waiting else None
    return render(
        request,
        "desk/inbox.html",
        {
            "campaign": box.campaign,
            "taken_in_by": box.taken_in_by,
            "page": page,
            "lines": [found[pk] for pk in page.object_list],
            "tabs": [Tab(state.value, str(state.label), counts[state]) for state in _STATES],
            "wanted": wanted,
            "waiting": waiting,
            "query": query,
            "sort": sort,
            "sorts": [(name, _(words)) for name, words in _SORTS.items()],
            "found": len(ordered),
            "total": sum(counts.values()),
            "good": len(good),
            "good_until": str(max(good, default=0)),
            "good_ones": good if waiting else set(),
            "first": first,
            "to_look": counts[FormFile.State.READ] - len(good),
            "strokes": clearing.strokes(forms, of=box.taken_in_by),
            "today": short(clock.now().astimezone(HANOI).date()),
        },
    )


@known
@require_POST
def receive(request: ActorRequest, code: str) -> HttpResponse:
    """Take in the uploaded forms and messages and say in words what became of them."""

    def take(into: drops.Into, at: dt.datetime) -> drops.Dropped:
        files = request.FILES.getlist("tep")
        return drops.drop_files(files, into, by=request.actor, at=at, machine=clock.machine())

    return _take_in(request, access.inbox_for(request.actor, code), take)


def _take_in(
    request: ActorRequest, box: access.Inbox, take: Callable[[drops.Into, dt.datetime], drops.Dropped]
) -> HttpResponse:
    at = clock.now()
    received_at = _received_at(request.POST.get("nhan_ngay", ""), at, year=box.campaign.year)
    if received_at is None:
        messages.error(request, _("Ngày nhận chưa đọc được, ví dụ 29/09/2022. Chưa nhận tệp nào."))
        return redirect("desk:inbox", box.campaign.code)
    try:
        dropped = take(drops.Into(box.campaign, access.hosts_in(box, request.actor), box.taken_in_by, received_at), at)
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
        return redirect("desk:inbox", box.campaign.code)
    if dropped.drop is not None:
        return redirect("desk:drop", box.campaign.code, dropped.drop.pk)
    received = dropped.received
    _say_what_came(request, received)
    if dropped.mails or dropped.mails_known:
        _say_what_mail_came(request, new=len(dropped.mails), known=len(dropped.mails_known))
        return redirect("desk:mails", box.campaign.code)
    if not (received.unreadable or received.known_before or received.same_content) and len(received.read) == 1:
        return redirect("desk:form_file", received.read[0].pk)
    return redirect("desk:inbox", box.campaign.code)


def _received_at(text: str, at: dt.datetime, *, year: int) -> dt.datetime | None:
    """Return when the forms came in: now for today, the day's first moment for an earlier day, None if unreadable.

    A deadline ends with a day, so that the hour of an earlier day, which nobody noted, decides nothing.
    """
    if not text.strip():
        return at
    try:
        day = read_day(text.strip(), year=year)
    except ValueError:
        return None
    return at if day == at.astimezone(HANOI).date() else day_start(day)


def _say_what_came(request: ActorRequest, received: actions.Received) -> None:
    read = received.read
    if read:
        matched = sum(form.host_id is not None for form in read)
        text = _("Đã đọc %(n)s tệp: %(matched)s tệp nhận ra đơn vị, %(left)s tệp cần chọn đơn vị.")
        if matched == len(read):
            text = (
                _("Đã đọc %(n)s tệp, nhận ra đơn vị của mọi tệp.")
                if matched > 1
                else _("Đã đọc tệp và nhận ra đơn vị.")
            )
        messages.success(request, text % {"n": len(read), "matched": matched, "left": len(read) - matched})
    if received.unreadable:
        text = _("%(n)s tệp không đọc được, tệp gốc vẫn được giữ: %(names)s.")
        messages.warning(request, text % {"n": len(received.unreadable), "names": _names(received.unreadable)})
    if received.known_before:
        text = _("%(n)s tệp đã có từ trước, không nhận lần nữa: %(names)s.")
        messages.warning(request, text % {"n": len(received.known_before), "names": _names(received.known_before)})
    if received.same_content:
        text = _("%(n)s tệp có nội dung giống tệp đơn vị đã gửi, để sang một bên: %(names)s.")
        messages.warning(request, text % {"n": len(received.same_content), "names": _names(received.same_content)})


def _say_what_mail_came(request: ActorRequest, *, new: int, known: int) -> None:
    if new:
        messages.success(request, _("Đã nhận %(n)s thư mới.") % {"n": new})
    if known:
        messages.warning(request, _("%(n)s thư đã có từ trước, không nhận lần nữa.") % {"n": known})


def _names(forms: Sequence[FormFile]) -> str:
    names = ", ".join(form.name for form in forms[:_NAMED])
    return names if len(forms) <= _NAMED else f"{names}, …"


@known
@require_POST
def paste(request: ActorRequest, code: str) -> HttpResponse:
    """Take in the pasted words of a letter, or a pasted table, as a form of its own."""
    box = access.inbox_for(request.actor, code)
    at = clock.now()
    given = pasting.as_upload(request.POST.get("noi_dung", ""), request.POST.get("nguoi_gui", ""), at=at)
    if given is None:
        messages.error(request, _("Vui lòng dán nội dung thư hoặc bảng cần đọc."))
        return redirect("desk:inbox", box.campaign.code)

    def take(into: drops.Into, at: dt.datetime) -> drops.Dropped:
        return drops.take_at_once([given], into, by=request.actor, at=at, machine=clock.machine())

    return _take_in(request, box, take)


@known
@require_POST
def confirm_good(request: ActorRequest, code: str) -> HttpResponse:
    """Confirm at once the forms that leave nothing to ask, as many as the page had counted, or those chosen there."""
    box = access.inbox_for(request.actor, code)
    hosts = access.hosts_in(box, request.actor)
    if "chon" in request.POST:
        forms = _chosen(request, access.forms_in(box).to_confirm(), hosts)
    else:
        until = whole(request.POST.get("den", "")) or 0
        good = queries.confirmable_unseen(access.forms_in(box)).filter(pk__lte=until, host__in=hosts)
        forms = list(good.select_related("host__campaign", "campaign").order_by("pk"))
    batch, result = batches.confirm_together(
        box.campaign, forms, taken_in_by=box.taken_in_by, by=request.actor, at=clock.now()
    )
    if result.done:
        text = _("Đã xác nhận %(n)s tệp; lịch của các đơn vị đang chờ xem.")
        messages.success(request, text % {"n": len(result.done)})
    for form, refusal in result.left[:_NAMED]:
        messages.warning(request, f"{form.name}: {in_words(refusal)}")
    if len(result.left) > _NAMED:
        messages.warning(request, _("… và %(n)s tệp khác chưa xác nhận được.") % {"n": len(result.left) - _NAMED})
    if not result.done and not result.left:
        nothing = _("Không còn tệp nào để xác nhận cùng lúc.")
        messages.warning(request, nothing if "den" in request.POST else _("Vui lòng chọn ít nhất một tệp."))
    if batch:
        return redirect("desk:batch", box.campaign.code, batch.pk)
    return redirect("desk:inbox", box.campaign.code)


def _chosen(request: ActorRequest, waiting: FormFileQuerySet, hosts: RosterUnitQuerySet) -> list[FormFile]:
    """Return the forms ticked, each as the page showed it: one corrected since is refused by its version.

    A form of a unit that is not confirmed here is left out, as if it had not been there.
    """
    wanted = {}
    for value in request.POST.getlist("chon"):
        pk, _dash, version = value.partition("-")
        if (number := whole(pk)) is not None and (seen := whole(version)) is not None:
            wanted[number] = seen
    found = waiting.filter(Q(host__in=hosts) | Q(host=None)).select_related("host__campaign", "campaign")
    forms = [form for form in found.order_by("pk") if form.pk in wanted]
    for form in forms:
        form.version = wanted[form.pk]
    return forms
