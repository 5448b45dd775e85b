"""Papers of a Week: what there is, what must be typed, how it will look, and the number once it is signed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.desk.paper_forms import FORMS, NumberForm, PaperForm, as_typed
from tuanhoc.desk.previews import Preview, preview
from tuanhoc.desk.wording import in_words
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import Refusal
from tuanhoc.office import access, actions, documents, queries
from tuanhoc.office.models import OfficialPaper, Scope
from tuanhoc.office.rules import KINDS_IN_ADDRESSES
from tuanhoc.papers.values import OfficialDocument
from tuanhoc.schedule.queries import issuer_of_release, last_release
from tuanhoc.web import clock
from tuanhoc.web.speech import short

#: kind -> its name on the page, and what it is for
_WORDS: dict[str, tuple[Promise, Promise]] = {
    "plan": (
        gettext_lazy("Kế hoạch tổ chức Tuần lễ"),
        gettext_lazy("Văn bản gốc: chủ đề, ngày, nội dung, việc của từng cơ quan, hạn đăng ký và mẫu phụ lục."),
    ),
    "invitation": (
        gettext_lazy("Giấy mời dự lễ khai mạc"),
        gettext_lazy("Một bản chung cho mọi thành phần, hoặc mỗi đơn vị một bản để in và gửi."),
    ),
    "reminder": (
        gettext_lazy("Công văn đôn đốc"),
        gettext_lazy("Nhắc nhẹ các đơn vị đã đến hạn mà lịch đăng ký chưa đến, kèm danh sách theo cấp."),
    ),
}
_FILES = (("docx", "Word"), ("pdf", "PDF"), ("json", gettext_lazy("Dữ liệu đặc tả")))
_SLUGS = {kind: slug for slug, kind in KINDS_IN_ADDRESSES.items()}


@dataclass(frozen=True, slots=True)
class File:
    """A button to take a paper away."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Card:
    """One paper in the list: ``state`` in words; ``page`` is where to work on it."""

    title: str
    purpose: str
    state: str
    is_signed: bool
    page: str
    files: Sequence[File]


@known
@require_safe
def papers(request: ActorRequest, code: str) -> HttpResponse:
    """List every paper of a Week with its state and files."""
    scope = access.scope_for(request.actor, code)
    signed: dict[str, OfficialPaper] = {}
    for paper in queries.issued(scope):
        signed.setdefault(paper.kind, paper)
    cards = [_card(scope, kind, signed.get(kind)) for kind in ("plan", "invitation", "reminder")]
    cards.insert(2, _schedule_card(scope))
    return render(request, "desk/papers.html", {"campaign": scope.campaign, "cards": cards})


def _card(scope: Scope, kind: str, signed: OfficialPaper | None) -> Card:
    title, purpose = _WORDS[kind]
    code, files, state = scope.campaign.code, _draft_files(scope, kind), _("Dự thảo, chưa có số")
    if kind == "reminder":
        late = len(queries.replies(scope, at=clock.now()).overdue)
        state = _("%(n)s đơn vị đã đến hạn mà chưa có lịch") % {"n": late} if late else _("Không có đơn vị nào trễ")
        files = files if late or queries.draft(scope, kind) else []
    if signed:
        state = _signed_words(signed) if kind != "reminder" else f"{state}; {_('gần nhất')}: {_signed_words(signed)}"
    page = reverse("desk:paper", args=[code, _SLUGS[kind]])
    if signed and kind != "reminder":
        files, page = _signed_files(signed), reverse("desk:issued_paper", args=[signed.pk])
    return Card(str(title), str(purpose), state, signed is not None, page, files)


def _schedule_card(scope: Scope) -> Card:
    code, release = scope.campaign.code, last_release(scope.campaign)
    number = release.number if release else 0
    name, args = ("schedule:release", [code, number]) if release else ("schedule:standing", [code])
    files = [File(str(words), reverse(name, args=[*args, ending])) for ending, words in _FILES[:2]]
    files.append(File(str(_FILES[2][1]), reverse("office:schedule_metadata", args=[code, number])))
    state, letter = _("Chưa ban hành lần nào"), ""
    if release:
        letter = issuer_of_release(release).number
        state = _("Ban hành lần %(n)s") % {"n": number}
        state += f", {_('số %(number)s') % {'number': letter}}" if letter[:1].isdecimal() else f", {_('chưa ghi số')}"
    return Card(
        _("Công văn gửi lịch tổng hợp"),
        _("Gửi lịch hoạt động của cả tỉnh; từ lần hai có thêm phụ lục nêu những gì thay đổi."),
        state, letter[:1].isdecimal(), reverse("desk:schedule", args=[code]), files,
    )  # fmt: skip


def _draft_files(scope: Scope, kind: str) -> list[File]:
    if scope.host:
        return [File(str(w), reverse("office:unit_draft", args=[scope.host.pk, e])) for e, w in _FILES]
    return [File(str(w), reverse("office:draft", args=[scope.campaign.code, _SLUGS[kind], e])) for e, w in _FILES]


def _signed_files(paper: OfficialPaper) -> list[File]:
    return [File(str(words), reverse("office:issued", args=[paper.pk, ending])) for ending, words in _FILES]


def _signed_words(paper: OfficialPaper) -> str:
    day = short(paper.issued_on) if paper.issued_on else ""
    return _("Số %(number)s ngày %(day)s") % {"number": paper.number, "day": day}


@known
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: ActorRequest, code: str, kind: str) -> HttpResponse:
    """Show the next paper of a kind: type what it needs, see it, write down its number."""
    scope = access.scope_for(request.actor, code)
    if kind not in KINDS_IN_ADDRESSES:
        raise Http404
    return _work_on(request, scope, KINDS_IN_ADDRESSES[kind])


@known
@require_http_methods(["GET", "HEAD", "POST"])
def unit_paper(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a unit its reminder to those under it."""
    return _work_on(request, access.unit_scope_for(request.actor, pk), "reminder")


def _work_on(request: ActorRequest, scope: Scope, kind: str) -> HttpResponse:
    kept, year = queries.draft(scope, kind), scope.campaign.year
    form: PaperForm = FORMS[kind](initial=as_typed(kept.typed) if kept else {}, year=year)
    document = documents.drafted(scope, kind, at=clock.now())
    given: dict[str, Any] = {"symbol": _symbol(document), "year": year, "today": _today(), "due_on": _due_on(document)}
    number_form = NumberForm(**given)
    if request.method == "POST" and request.POST.get("do") == "issue":
        number_form = NumberForm(request.POST, **given)
        if number_form.is_valid() and (answer := _issue(request, scope, kind, number_form)):
            return answer
    elif request.method == "POST":
        form = FORMS[kind](request.POST, year=year)
        if form.is_valid() and (answer := _keep(request, scope, kind, form)):
            return answer
    return _page(request, scope, kind, document, form=form, number_form=number_form, is_kept=kept is not None)


def _keep(request: ActorRequest, scope: Scope, kind: str, form: PaperForm) -> HttpResponse | None:
    at, typed = clock.now(), form.typed()
    # A list of late units stands as it is printed, whatever comes in before it is signed.
    listed = documents.paper_of(scope, kind, typed, at=at) if kind == "reminder" else None
    try:
        actions.keep_draft(scope, kind, typed, listed=listed, by=request.actor, at=at)
    except Refusal as refusal:
        form.add_error("reply_by", in_words(refusal))
        return None
    messages.success(request, _("Đã lưu. Bản xem trước và các tệp đã theo nội dung mới."))
    return redirect(request.path)


def _issue(request: ActorRequest, scope: Scope, kind: str, form: NumberForm) -> HttpResponse | None:
    at, given = clock.now(), form.cleaned_data
    try:
        made = actions.issue_paper(
            scope, kind, documents.drafted(scope, kind, at=at), number=given["number"], issued_on=given["issued_on"],
            by=request.actor, at=at,
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error("number", in_words(refusal))
        return None
    messages.success(request, _("Đã ghi số %(number)s. Văn bản được giữ nguyên như khi ký.") % {"number": made.number})
    return redirect("desk:issued_paper", made.pk)


def _today() -> dt.date:
    return clock.now().astimezone(HANOI).date()


def _due_on(document: OfficialDocument | None) -> dt.date | None:
    return document.due_on if document else None


def _symbol(document: OfficialDocument | None) -> str:
    return document.letterhead.number.partition("/")[2] if document else ""


def _page(
    request: ActorRequest,
    scope: Scope,
    kind: str,
    document: OfficialDocument | None,
    *,
    form: PaperForm,
    number_form: NumberForm,
    is_kept: bool,
) -> HttpResponse:
    title, purpose = _WORDS[kind]
    stale, cited = documents.notes_on(scope, kind, {})
    context = {
        "campaign": scope.campaign, "host": scope.host, "kind": kind, "title": title, "purpose": purpose,
        "form": form, "number_form": number_form, "preview": preview(document) if document else None,
        "files": _draft_files(scope, kind) if document else [],
        "each": _each_files(scope) if kind == "invitation" else [],
        "stale": stale, "cited": cited, "issued": queries.issued(scope, kind), "is_kept": is_kept,
        "reply_is_past": is_kept and kind == "reminder" and (_due_on(document) or _today()) < _today(),
        "came": _came_since(scope, document) if is_kept and kind == "reminder" else None,
    }  # fmt: skip
    return render(request, "desk/paper.html", context, status=422 if form.errors or number_form.errors else 200)


def _came_since(scope: Scope, document: OfficialDocument | None) -> tuple[int, int] | None:
    """Return how many units of a kept list are no longer late, and how many late ones it lacks; None: it holds."""
    if document is None:
        return None
    kept, now = documents.named_in(document), {unit.name for unit in queries.replies(scope, at=clock.now()).overdue}
    return (len(kept - now), len(now - kept)) if kept != now else None


def _each_files(scope: Scope) -> list[File]:
    code = scope.campaign.code
    return [File(str(w), reverse("office:to_each", args=[code, e])) for e, w in _FILES[:2]]


@known
@require_http_methods(["GET", "HEAD", "POST"])
def issued_paper(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a paper that has its number; correct the number or day."""
    signed = access.paper_for(request.actor, pk)
    symbol, year = signed.number.partition("/")[2], signed.campaign.year
    initial = {"number": signed.number, "issued_on": signed.issued_on}
    document = documents.reprinted(signed)
    given: dict[str, Any] = {
        "initial": initial, "symbol": symbol, "year": year, "today": _today(), "due_on": _due_on(document),
    }  # fmt: skip
    form = NumberForm(**given)
    if request.method == "POST":
        form = NumberForm(request.POST, **given)
        if form.is_valid() and _corrected(request, signed, form):
            return redirect("desk:issued_paper", pk)
        # Read again: the refused number stands in memory only.
        signed = access.paper_for(request.actor, pk)
    shown: Preview = preview(documents.reprinted(signed))
    context = {
        "campaign": signed.campaign, "paper": signed, "title": _WORDS[signed.kind][0], "form": form, "preview": shown,
        "files": _signed_files(signed), "page": _working_page(signed),
    }  # fmt: skip
    return render(request, "desk/paper_signed.html", context, status=422 if form.errors else 200)


def _corrected(request: ActorRequest, signed: OfficialPaper, form: NumberForm) -> bool:
    given = form.cleaned_data
    try:
        actions.correct_number(
            signed, number=given["number"], issued_on=given["issued_on"], by=request.actor, at=clock.now()
        )
    except Refusal as refusal:
        form.add_error("number", in_words(refusal))
        return False
    messages.success(request, _("Đã lưu số và ngày của văn bản."))
    return True


def _working_page(signed: OfficialPaper) -> str:
    if signed.host_id:
        return reverse("desk:unit_paper", args=[signed.host_id])
    return reverse("desk:paper", args=[signed.campaign.code, _SLUGS[signed.kind]])
