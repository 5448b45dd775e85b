"""Units changed over time: one change by hand, a whole reform from a file, what was done, and taking it back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns import access
from tuanhoc.desk import troubles
from tuanhoc.desk.choosing import Choice, Chooser, of_units
from tuanhoc.desk.foreseen import FEW, doing_words, groups
from tuanhoc.desk.founding import Founding
from tuanhoc.desk.previewed import sealed, unsealed
from tuanhoc.files import actions as files
from tuanhoc.files.models import StoredFile
from tuanhoc.files.rules import XLSX
from tuanhoc.lib.dates import read_day, short
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import clean, vietnamese_key
from tuanhoc.units import queries
from tuanhoc.units.actions import reform_files, reforms
from tuanhoc.units.actions.refusals import OutOfReach, WaitsForNew
from tuanhoc.units.models import Reform, ReportingEdge, Unit
from tuanhoc.units.rules.reforms import Doing, Step
from tuanhoc.web import clock
from tuanhoc.web.speech import grouped

from .campaigns import preparing, told
from .units import SHOWN, today

PAGE = 50
_SALT = "tuanhoc.reform-files"


class DayMissing(Refusal):
    message = N_("Vui lòng ghi ngày bắt đầu có hiệu lực, đủ ngày, tháng, năm, ví dụ 01/07/2025.")


class NoReformFile(Refusal):
    message = N_("Vui lòng chọn tệp thay đổi đơn vị, hoặc danh mục địa bàn.")


@dataclass(frozen=True, slots=True)
class ByHand:
    """One kind of change as its form asks for it."""

    slug: str
    what: Doing
    words: str
    hint: str
    asks: tuple[str, ...]
    stays: bool = False


BY_HAND = (
    ByHand("doi-ten", Doing.RENAME, N_("Đổi tên"), N_("Tên cũ được giữ lại và vẫn tìm được."), ("name",)),
    ByHand(
        "chuyen", Doing.MOVE, N_("Chuyển cấp trên"),
        N_("Đơn vị báo cáo cho cấp trên mới từ ngày này. Các đợt đã mở giữ cây của ngày mở."), ("parent", "tree"),
    ),
    ByHand(
        "nhap", Doing.MERGE, N_("Nhập vào đơn vị khác"),
        N_("Đơn vị thôi hoạt động; cấp dưới và số liệu theo đơn vị kế thừa."), ("successors",),
    ),
    ByHand(
        "chia", Doing.SPLIT, N_("Chia thành nhiều đơn vị"),
        N_("Số liệu đã có giữ nguyên vẹn ở đơn vị kế thừa chính, là đơn vị ghi đầu tiên."), ("successors",),
    ),
    ByHand(
        "tach", Doing.SPLIT, N_("Tách một phần sang đơn vị khác"),
        N_("Đơn vị vẫn hoạt động và giữ số liệu của mình."), ("successors",), stays=True,
    ),
    ByHand(
        "giai-the", Doing.CLOSE, N_("Thôi hoạt động"),
        N_("Không có đơn vị kế thừa: cấp dưới và số liệu về đơn vị cấp trên."), (),
    ),
    ByHand("mo-lai", Doing.REOPEN, N_("Mở lại"), N_("Để trống cấp trên để về cấp trên trước đây."), ("parent",)),
)  # fmt: skip


def unit_within(request: ActorRequest, pk: int) -> tuple[Unit, set[int] | None]:
    """Return a unit the actor looks after, and the ids of all of those; 404 for any other."""
    preparing(request)
    within = access.unit_ids_within(request.actor, today())
    unit = Unit.objects.filter(pk=pk).first()
    if unit is None or (within is not None and pk not in within):
        raise Http404
    return unit, within


@known
@require_http_methods(["GET", "HEAD", "POST"])
def change_unit(request: ActorRequest, pk: int, slug: str) -> HttpResponse:
    """Ask for one change of a unit, show what it would do, and on a second yes do it."""
    unit, within = unit_within(request, pk)
    by_hand = next((one for one in BY_HAND if one.slug == slug), None)
    if by_hand is None:
        raise Http404
    chooser = Chooser(
        _choices(within), request.POST, kind=unit.kind if "successors" in by_hand.asks else "",
        besides=unit.key if by_hand.what is Doing.MERGE else "",
    )  # fmt: skip
    founding = Founding(unit, request.POST) if by_hand.what is Doing.SPLIT else None
    notice, seen = "", None
    if request.method == "POST":
        try:
            order = _order(request.POST)
            step = _step(by_hand, unit, request.POST, chooser, founding)
            steps = [*(founding.steps(order.on) if founding else ()), step]
            if request.POST.get("do") == "take":
                reform = reforms.carry_out(steps, order, within=within, by=request.actor, at=clock.now())
                messages.success(request, _("Đã ghi thay đổi. Bạn có thể hoàn tác ngay tại đây."))
                return redirect("desk:reform", reform.pk)
            seen = reforms.preview(steps, order, within=within, at=clock.now())
            if seen.problems:
                raise seen.problems[0].refusal
        except Refusal as refusal:
            notice, seen = told(refusal), None
    context = {
        "unit": unit, "by_hand": by_hand, "questions": chooser.questions,
        "founding": founding.names if founding else [],
        "typed": _typed(request.POST, chooser) if request.method == "POST" else {"on": short(today())},
        "trees": ReportingEdge.Tree.choices, "notice": notice, "seen": seen,
        "changes": in_words([one.as_row() for one in seen.told]) if seen else [],
    }  # fmt: skip
    return render(request, "desk/change_unit.html", context, status=409 if notice else 200)


def _choices(within: set[int] | None) -> Iterator[Choice]:
    units = [u for u in Unit.objects.filter(same_as=None) if within is None or u.pk in within]
    yield from of_units(sorted(units, key=lambda u: vietnamese_key(u.name)))


def _order(given: Mapping[str, str]) -> reforms.Order:
    try:
        day = read_day(given.get("on", ""))
    except ValueError as error:
        raise DayMissing from error
    return reforms.Order(day, clean(given.get("title", ""))[:300], clean(given.get("basis", ""))[:300])


def _step(by_hand: ByHand, unit: Unit, given: Mapping[str, str], chooser: Chooser, founding: Founding | None) -> Step:
    tree = given.get("tree", "")
    parent = chooser.key_of(given.get("parent", ""))
    lines = _lines(given.get("successors", ""))
    successors = tuple(founding.key_of(line, chooser) if founding else chooser.key_of(line) for line in lines)
    chooser.refuse_unclear()
    return Step(
        by_hand.what,
        unit.key,
        name=given.get("name", ""),
        parent_key=parent,
        successors=successors,
        tree=tree if tree in ReportingEdge.Tree.values else ReportingEdge.Tree.ADMINISTRATIVE.value,
        stays=by_hand.stays,
    )


def _typed(given: Mapping[str, str], chooser: Chooser) -> dict[str, str]:
    """Return what was typed, with each unit that is clear by now written out: it is not asked of again."""
    typed = {name: given.get(name, "") for name in ("name", "parent", "tree", "successors", "on", "basis")}
    typed["parent"] = chooser.written(typed["parent"])
    typed["successors"] = "\n".join(chooser.written(line) for line in _lines(typed["successors"]))
    return typed


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in re.split(r"[;\n]", typed) if line.strip()]


@known
@require_safe
def list_reforms(request: ActorRequest) -> HttpResponse:
    """Show the changes of units made so far, the newest first."""
    preparing(request)
    seen = _seen_by(request)
    page = Paginator(seen, PAGE).get_page(request.GET.get("trang"))
    return render(request, "desk/reforms.html", {"page": page, "total": len(seen)})


def _seen_by(request: ActorRequest) -> list[Reform]:
    within = access.unit_ids_within(request.actor, today())
    made = Reform.objects.defer("steps").order_by("-made_at", "-pk")
    return [reform for reform in made if within is None or within & {row["unit"] for row in reform.told}]


@known
@require_http_methods(["GET", "HEAD", "POST"])
def reform(request: ActorRequest, pk: int) -> HttpResponse:
    """Show one reform, change by change; take it back."""
    preparing(request)
    shown = next((one for one in _seen_by(request) if one.pk == pk), None)
    if shown is None:
        raise Http404
    notice, may_undo = "", _may_undo(request, shown)
    if request.method == "POST":
        if not may_undo:
            raise PermissionDenied
        try:
            reforms.undo(Reform.objects.get(pk=pk), by=request.actor, at=clock.now())
            messages.success(request, _("Đã hoàn tác: các đơn vị trở lại như trước thay đổi này."))
            return redirect("desk:reform", pk)
        except Refusal as refusal:
            notice = told(refusal)
    page = Paginator(shown.told, SHOWN).get_page(request.GET.get("trang"))
    context = {
        "reform": shown,
        "page": page,
        "rows": in_words(list(page)),
        "notice": notice,
        "may_undo": may_undo,
    }
    return render(request, "desk/reform.html", context, status=409 if notice else 200)


def _may_undo(request: ActorRequest, shown: Reform) -> bool:
    """Whether all a reform changed lies within the actor's reach."""
    within = access.unit_ids_within(request.actor, today())
    standing = set(Unit.objects.filter(pk__in=[row["unit"] for row in shown.told]).values_list("pk", flat=True))
    return shown.undone_at is None and (within is None or standing <= within)


def in_words(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what a reform did, with the kind of each change in words."""
    return [{**row, "words": doing_words(Doing(row["what"]))} for row in rows]


@known
@require_safe
def reform_template(request: ActorRequest) -> HttpResponse:
    """Give the empty reform file."""
    preparing(request)
    return _xlsx(reform_files.steps_file([]), "mau-thay-doi-don-vi.xlsx")


def _xlsx(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@known
@require_http_methods(["GET", "HEAD", "POST"])
def new_reform(request: ActorRequest) -> HttpResponse:
    """Receive the files of a reform, show what it would do, and on a second yes do it whole."""
    preparing(request)
    within = access.unit_ids_within(request.actor, today())
    notice, context = "", dict[str, Any]()
    if request.method == "POST":
        try:
            order, stored = _order(request.POST), _given_files(request)
            given = [reform_files.given_file(files.contents(one)) for one in stored]
            if request.POST.get("do") == "take":
                made = reform_files.carry_out_file(given, order, within=within, by=request.actor, at=clock.now())
                n = grouped(len(made.told))
                messages.success(request, _("Đã ghi %(n)s thay đổi. Bạn có thể hoàn tác ngay tại đây.") % {"n": n})
                return redirect("desk:reform", made.pk)
            looked = reform_files.look(given, order, within=within, at=clock.now())
            if request.POST.get("do") == "file":
                data = reform_files.steps_file(looked.steps)
                return _xlsx(data, f"thay-doi-don-vi-{order.on:%Y-%m-%d}.xlsx")
            if request.POST.get("do") == "problems":
                return troubles.sheet(looked.problems, "dong-can-sua.xlsx")
            context = _preview_context(request, looked, stored)
            if request.POST.get("from") == "areas" or any(one.areas for one in given):
                context["earlier"] = reform_files.left_before(order.on, within=within)
        except Refusal as refusal:
            notice = told(refusal)
    typed = request.POST or {"on": short(today())}
    done = set(Reform.objects.filter(undone_at=None).values_list("on", flat=True))
    context |= {"notice": notice, "typed": typed, "days": [(day, day in done) for day in queries.reform_days()]}
    return render(request, "desk/new_reform.html", context, status=409 if notice else 200)


def _given_files(request: ActorRequest) -> list[StoredFile]:
    """Return the files uploaded now, or those of the preview."""
    if request.POST.get("kept"):
        stored = unsealed(request.POST["kept"], by=request.actor, salt=_SALT)
        if not stored:
            raise NoReformFile
        return stored
    given = request.FILES.getlist("files")
    if not given and request.POST.get("from") != "areas":
        raise NoReformFile
    return [files.keep(files.read_upload(one), at=clock.now()) for one in given]


def _preview_context(
    request: ActorRequest, looked: reform_files.Looked, stored: Sequence[StoredFile]
) -> dict[str, Any]:
    changes, find = looked.seen.told, request.POST.get("tim", "").strip()[:100]
    kept = sealed(stored, by=request.actor, salt=_SALT) if stored else ""
    return {
        "looked": looked,
        "waiting": (waiting := sum(isinstance(problem.text, WaitsForNew) for problem in looked.problems)),
        "to_mend": len(looked.problems) - waiting,
        "beyond": any(isinstance(problem.refusal, OutOfReach) for problem in looked.seen.problems),
        "groups": (shown := groups(changes, find=find, turn=request.POST.get("trang", ""))),
        "find": find,
        "found": sum(group.found for group in shown),
        "is_long": len(changes) > FEW,
        **troubles.context(looked.problems),
        "carried": [("kept", kept), *((name, request.POST.get(name, "")) for name in ("from", "on", "title", "basis"))],
        "total": len(changes),
        "kept": kept,
    }
