"""Mail that came in: the list with what waits for a person, one message, and how far a large drop is read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.access import To, roster_unit_for
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.desk import proposed
from tuanhoc.desk.choosing import LONGEST, HostChooser, Question
from tuanhoc.desk.wording import in_words
from tuanhoc.files import actions as files
from tuanhoc.files.models import StoredFile
from tuanhoc.intake import access
from tuanhoc.intake.access import Inbox
from tuanhoc.intake.actions import assigning, confirming, drops, mail_reading, mails
from tuanhoc.intake.actions import forms as form_actions
from tuanhoc.intake.models import Drop, FormFile, MailMessage, MailMessageQuerySet
from tuanhoc.intake.queries import mails as queries
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import fold
from tuanhoc.web import clock

PAGE = 25
#: Characters of a message shown on its page; the original can be taken down.
_MOST_TEXT = 8_000
#: What is listed of a message, but is no part to show.
_NO_PARTS = frozenset({"body", "text", "forwarded_from"})
TABS = ("cho", "da-doc", "khong", "de")


@dataclass(frozen=True, slots=True)
class Tab:
    """One pile of messages."""

    code: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class ShownForm:
    """One form of a message; ``others``: the units to choose from, while a person is asked."""

    form: FormFile
    is_asked: bool
    others: tuple[RosterUnit, ...] = ()
    #: it was here before this message came
    is_known: bool = False
    #: the unit ticked and the words typed on the screen that could not be followed, and what these could mean
    picked: int | None = None
    typed: str = ""
    questions: Sequence[Question] = ()


@dataclass(frozen=True, slots=True)
class ShownMail:
    """One message with its forms and the parts that are none."""

    mail: MailMessage
    forms: tuple[ShownForm, ...]
    rest: tuple[dict[str, Any], ...]
    #: what the Enter key does: give the one form to the unit typed for it, or what a question was asked for
    on_enter: str = "typed"


@known
@require_safe
def list_mails(request: ActorRequest, code: str) -> HttpResponse:
    """List the messages of a Week, one pile at a time; what a person is asked about comes first."""
    box = access.inbox_for(request.actor, code)
    found = access.mails_in(box)
    tally = queries.tally(found)
    wanted = request.GET.get("trang-thai", "")
    wanted = wanted if wanted in TABS else "cho" if tally.waiting else "da-doc"
    query = request.GET.get("q", "").strip()
    page = Paginator(_matching(_pile(found, wanted), query), PAGE).get_page(request.GET.get("trang"))
    return render(
        request,
        "desk/mails.html",
        {
            "campaign": box.campaign,
            "page": page,
            "mails": _shown(list(page.object_list)),
            "tabs": [
                Tab("cho", _("Cần xem"), tally.waiting),
                Tab("da-doc", _("Đã đọc"), tally.read),
                Tab("khong", _("Không có mẫu"), tally.no_form),
                Tab("de", _("Để sang một bên"), tally.set_aside),
            ],
            "wanted": wanted,
            "query": query,
            "total": tally.total,
            "drops": Drop.objects.filter(campaign=box.campaign, taken_in_by=box.taken_in_by).exclude(state="done"),
        },
    )


def _pile(found: MailMessageQuerySet, wanted: str) -> MailMessageQuerySet:
    state = MailMessage.State
    if wanted == "cho":
        return found.waiting()
    piles = {"da-doc": [state.READ, state.KEPT], "khong": [state.NO_FORM, state.UNREADABLE], "de": [state.SET_ASIDE]}
    return found.filter(state__in=piles[wanted])


def _matching(found: MailMessageQuerySet, query: str) -> MailMessageQuerySet:
    """Return the messages to list, newest first: by sender, subject, unit or file."""
    found = found.select_related("campaign", "taken_in_by").order_by("-received_at", "-pk")
    if not query:
        return found
    by_form = FormFile.objects.filter(Q(host__name_key__contains=fold(query)) | Q(name__icontains=query))
    return found.filter(Q(words__contains=fold(query)) | Q(pk__in=by_form.exclude(mail=None).values("mail")))


def _shown(mails_of_page: Sequence[MailMessage]) -> list[ShownMail]:
    """Return messages with their forms. Two queries, whatever their number."""
    forms = queries.forms_of(mails_of_page)
    asked = [form for form in forms.values() if queries.asked_about(form)]
    units = RosterUnit.objects.in_bulk({pk for form in asked for pk in form.match_others})
    out = []
    for mail in mails_of_page:
        entries = [entry for part in mail.parts for entry in part.get("forms", ())]
        held = {entry["form"]: entry for entry in entries if entry["form"] in forms}
        shown = tuple(
            ShownForm(
                forms[pk],
                queries.asked_about(forms[pk]) and forms[pk].mail_id == mail.pk,
                tuple(units[n] for n in forms[pk].match_others if n in units and n != forms[pk].host_id),
                is_known=entry["pile"] == "known",
            )
            for pk, entry in held.items()
        )
        rest = tuple(p for p in mail.parts if not p.get("forms") and p["what"] not in _NO_PARTS)
        out.append(ShownMail(mail, shown, rest))
    return out


@known
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: ActorRequest, code: str, pk: int) -> HttpResponse:
    """Show one message; on POST decide about it: its Week, whose form it holds, or that it holds none."""
    box = access.inbox_for(request.actor, code)
    message = access.mail_for(box, pk)
    if request.method == "POST":
        return _decide(request, box, message)
    [shown] = _shown([message])
    return _mail_page(request, box, shown)


def _mail_page(request: ActorRequest, box: Inbox, shown: ShownMail, *, status: int = 200) -> HttpResponse:
    context = {"campaign": box.campaign, "shown": shown, "text": _text_of(shown.mail), "way_back": _list_place(request)}
    return render(request, "desk/mail.html", context, status=status)


def _asked_again(
    request: ActorRequest, box: Inbox, message: MailMessage, asked: int = 0, questions: Sequence[Question] = ()
) -> HttpResponse:
    """Show the message with what was chosen and typed for each of its forms, and what is asked of one of them."""
    [shown] = _shown([message])
    typed_again = tuple(
        replace(
            one, picked=whole(request.POST.get(f"don-vi-{one.form.pk}", "")),
            typed=request.POST.get(f"ten-{one.form.pk}", "")[:LONGEST],
            questions=questions if one.form.pk == asked else (),
        )
        for one in shown.forms
    )  # fmt: skip
    on_enter = request.POST.get("do", "")[:LONGEST]
    return _mail_page(request, box, replace(shown, forms=typed_again, on_enter=on_enter), status=409)


def _text_of(message: MailMessage) -> str:
    part = next((part for part in message.parts if part["what"] == "text"), None)
    if part is None:
        return ""
    try:
        text = files.contents_in_quarantine(StoredFile.objects.get(pk=part["stored"])).decode("utf-8", "replace")
    except FileNotFoundError:
        return ""
    return text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT]}…"


def _decide(request: ActorRequest, box: Inbox, message: MailMessage) -> HttpResponse:
    do, _colon, number = request.POST.get("do", "").partition(":")
    if do == "typed":
        do, number = "unit", _typed_for(request.POST)
        if not number:
            messages.info(request, _("Vui lòng bấm nút ở ngay tệp muốn chọn đơn vị."))
            return _asked_again(request, box, message)
    if do in {"unit", "confirm"}:
        return _choose(request, box, message, _form_of(request, box, message, number), is_confirmed=do == "confirm")
    try:
        if do == "form_aside":
            form = _form_of(request, box, message, number)
            form_actions.set_aside(form, by=request.actor, at=clock.now())
            messages.success(request, _("Đã để “%(name)s” sang một bên.") % {"name": form.name})
        else:
            _decide_whole(request, box, message, do)
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
    return redirect(_back(request.POST, box, message))


def _decide_whole(request: ActorRequest, box: Inbox, message: MailMessage, do: str) -> None:
    """Do what is done with the message itself: give it its Week, put it aside, take it up again."""
    by, at = request.actor, clock.now()
    if do == "week" and message.campaign_id is None:
        mails.choose_week(message, box.campaign, by=by, at=at)
        _read_now(request, message)
    elif do in {"aside", "not_a_form"}:
        mails.put_aside(message, not_a_form=do == "not_a_form", by=by, at=at)
        messages.success(request, _("Đã để thư “%(name)s” sang một bên.") % {"name": message})
    elif do in {"take_up", "again"}:
        mails.take_up_mail(message, by=by, at=at)
        _read_now(request, message)


def _typed_for(post: QueryDict) -> str:
    """Return of which form a unit was typed: Enter is pressed in a field, not at a form. Blank: of none, or several."""
    typed = [name.removeprefix("ten-") for name in post if name.startswith("ten-") and str(post[name]).strip()]
    return typed[0] if len(typed) == 1 else ""


def _read_now(request: ActorRequest, message: MailMessage) -> None:
    claimed = mails.claim(message.pk, machine=clock.machine())
    if claimed is not None:
        mail_reading.read_mail(claimed, by=request.actor, at=clock.now())


def _form_of(request: ActorRequest, box: Inbox, message: MailMessage, number: str) -> FormFile:
    forms = access.forms_in(box).filter(pk=whole(number) or 0, mail=message)
    form = forms.select_related("campaign", "host__campaign").first()
    if form is None:
        raise Http404
    return form


def _choose(
    request: ActorRequest, box: Inbox, message: MailMessage, form: FormFile, *, is_confirmed: bool
) -> HttpResponse:
    """Give a form to the unit picked or typed, and confirm it; ask again when it is not clear which unit that is."""
    by, at = request.actor, clock.now()
    units = access.hosts_in(box, by)
    chooser = HostChooser(box.campaign, units, request.POST)
    picked, typed = request.POST.get(f"don-vi-{form.pk}", ""), request.POST.get(f"ten-{form.pk}", "")
    try:
        host = proposed.chosen_unit(units, chooser, picked=picked, typed=typed)
        if host is None:
            raise confirming.NoUnit
        roster_unit_for(by, host.pk, to=To.SUBMIT)
        assigning.give_to_unit(form, host, by=by, at=at)
        if form.same_as_id is not None:
            text = _("“%(name)s” giống tệp %(unit)s đã gửi trước đó, nên để sang một bên.")
        elif is_confirmed:
            confirming.confirm_form(form, by=by, at=at)
            text = _("Đã xác nhận “%(name)s” cho %(unit)s; lịch đang chờ xem.")
        else:
            text = _("“%(name)s” là của %(unit)s.")
        messages.success(request, text % {"name": form.name, "unit": host.name})
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
        return _asked_again(request, box, message, form.pk, chooser.questions)
    return redirect(_back(request.POST, box, message))


def _back(post: QueryDict, box: Inbox, message: MailMessage) -> str:
    """Return the page the person came from: the list at its place, or the message itself."""
    if post.get("tu") not in TABS:
        return reverse("desk:mail", args=[box.campaign.code, message.pk])
    query = {"trang-thai": str(post["tu"]), "q": post.get("q", ""), "trang": post.get("trang", "")}
    return f"{reverse('desk:mails', args=[box.campaign.code])}?{urlencode({k: v for k, v in query.items() if v})}"


def _list_place(request: ActorRequest) -> list[tuple[str, str]]:
    """Return the place in the list the person came from, to go back there once the question is answered."""
    given = request.POST
    return [(name, given.get(name, "")[:LONGEST]) for name in ("tu", "q", "trang")] if given.get("tu") in TABS else []


@known
@require_safe
def mail_original(request: ActorRequest, code: str, pk: int) -> HttpResponse:
    """Give the message back as it came, unless something in it lies in quarantine."""
    message = access.mail_for(access.inbox_for(request.actor, code), pk)
    if message.stored is None:
        raise Http404
    if queries.holds_quarantined(message):
        messages.error(request, _("Trong thư có tệp đang được cách ly, nên không giao cả thư: vui lòng mở từng tệp."))
        return redirect("desk:mail", code, message.pk)
    try:
        data = files.contents(message.stored)
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, f"thu-{message.pk}.eml")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@known
@require_safe
def drop(request: ActorRequest, code: str, pk: int) -> HttpResponse:
    """Say how far the worker is with what was dropped; the page renews itself until it is done."""
    box = access.inbox_for(request.actor, code)
    return render(request, "desk/drop.html", {"campaign": box.campaign, "drop": access.drop_for(box, pk)})


@known
@require_POST
def go_on(request: ActorRequest, code: str, pk: int) -> HttpResponse:
    """Go on with a drop that failed."""
    box = access.inbox_for(request.actor, code)
    found = access.drop_for(box, pk)
    try:
        drops.go_on_with(found, by=request.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
    return redirect("desk:drop", box.campaign.code, found.pk)
