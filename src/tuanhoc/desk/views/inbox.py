"""Units' Word forms on their way in: the list, what is uploaded, many confirmed at once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.desk.forms import read_day
from tuanhoc.desk.wording import in_words
from tuanhoc.intake import access
from tuanhoc.intake.actions import confirming, drops
from tuanhoc.intake.actions import forms as actions
from tuanhoc.intake.models import FormFile, FormFileQuerySet
from tuanhoc.intake.queries import forms as queries
from tuanhoc.lib.dates import HANOI, day_start, short
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import fold
from tuanhoc.web import clock

PAGE = 50
#: files named in a message; more are in the list anyway
_NAMED = 4
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
    query = request.GET.get("q", "").strip()
    good = queries.confirmable_unseen(forms)
    page = Paginator(_matching(forms.filter(state=wanted), query), PAGE).get_page(request.GET.get("trang"))
    found = forms.select_related("host").in_bulk(list(page.object_list))
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
            "query": query,
            "total": sum(counts.values()),
            "good": good.count(),
            "good_until": str(good.aggregate(last=Max("pk"))["last"] or 0),
            "good_ones": set(good.values_list("pk", flat=True)) if wanted == FormFile.State.READ else set(),
            "today": short(clock.now().astimezone(HANOI).date()),
        },
    )


def _matching(forms: FormFileQuerySet, query: str) -> list[int]:
    """Return the forms to list: newest first; of those waiting, what needs a look before what does not."""
    order = ("-open_points", "match_score") if not query else ()
    rows = forms.order_by(*order, "-uploaded_at", "pk").values_list("pk", "name", "host__name")
    return [pk for pk, name, unit in rows if not query or fold(query) in fold(f"{name} {unit or ''}")]


@known
@require_POST
def receive(request: ActorRequest, code: str) -> HttpResponse:
    """Take in the uploaded forms and say in words what became of them."""
    box = access.inbox_for(request.actor, code)
    at = clock.now()
    received_at = _received_at(request.POST.get("nhan_ngay", ""), at, year=box.campaign.year)
    if received_at is None:
        messages.error(request, _("Ngày nhận chưa đọc được, ví dụ 29/09/2022. Chưa nhận tệp nào."))
        return redirect("desk:inbox", box.campaign.code)
    try:
        into = drops.Into(box.campaign, access.hosts_in(box, request.actor), box.taken_in_by, received_at)
        dropped = drops.drop_files(request.FILES.getlist("tep"), into, by=request.actor, at=at, machine=clock.machine())
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
        return redirect("desk:inbox", box.campaign.code)
    if dropped.drop is not None:
        return redirect("desk:drop", box.campaign.code, dropped.drop.pk)
    received = dropped.received
    _say_what_came(request, received)
    if dropped.mails or dropped.mails_known:
        text = _("%(n)s thư mới, %(known)s thư đã có từ trước.")
        messages.success(request, text % {"n": len(dropped.mails), "known": len(dropped.mails_known)})
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


def _names(forms: Sequence[FormFile]) -> str:
    names = ", ".join(form.name for form in forms[:_NAMED])
    return names if len(forms) <= _NAMED else f"{names}, …"


@known
@require_POST
def confirm_good(request: ActorRequest, code: str) -> HttpResponse:
    """Confirm at once the forms that leave nothing to ask, as many as the page had counted."""
    box = access.inbox_for(request.actor, code)
    until = whole(request.POST.get("den", "")) or 0
    good = queries.confirmable_unseen(access.forms_in(box))
    good = good.filter(pk__lte=until, host__in=access.hosts_in(box, request.actor))
    result = confirming.confirm_all(
        good.select_related("host__campaign", "campaign").order_by("pk"), by=request.actor, at=clock.now()
    )
    if result.done:
        text = _("Đã xác nhận %(n)s tệp; lịch của các đơn vị đang chờ xem.")
        messages.success(request, text % {"n": len(result.done)})
    for form, refusal in result.left[:_NAMED]:
        messages.warning(request, f"{form.name}: {in_words(refusal)}")
    if not result.done and not result.left:
        messages.warning(request, _("Không còn tệp nào để xác nhận cùng lúc."))
    return redirect(f"{reverse('desk:inbox', args=[box.campaign.code])}")
