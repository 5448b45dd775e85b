"""Units: the list, one unit with its contacts, and loading a file of them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns import access
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.desk import troubles
from tuanhoc.desk.previewed import brought, sealed
from tuanhoc.desk.unit_history import unit_history
from tuanhoc.files import actions as files
from tuanhoc.files.models import StoredFile
from tuanhoc.files.rules import XLSX
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import fold, vietnamese_key
from tuanhoc.units import actions, queries, rules
from tuanhoc.units.models import ReportingEdge, Unit
from tuanhoc.web import clock
from tuanhoc.web.speech import grouped

from .campaigns import preparing, told
from .contacts import change_contacts, contact_list

PAGE = 50
#: rows of a preview shown before "… và N dòng nữa"
SHOWN = 200
_SALT = "tuanhoc.units-file"


class NoFileChosen(Refusal):
    message = N_("Vui lòng chọn tệp danh sách đơn vị.")


def today() -> dt.date:
    return clock.now().astimezone(HANOI).date()


#: which units a list shows, by what its filter writes
_STANDINGS = (("", N_("Đang hoạt động")), ("thoi", N_("Đã thôi hoạt động")), ("tat-ca", N_("Tất cả")))


@known
@require_safe
def list_units(request: ActorRequest) -> HttpResponse:
    """Show the units I look after, with a search that knows their earlier names too."""
    preparing(request)
    query, kind = request.GET.get("q", "").strip(), request.GET.get("loai", "")
    standing = request.GET.get("con", "")
    units = _mine(request)
    total = len([u for u in units if queries.stands_on(u, today())])
    names = queries.all_names()
    shown = [u for u in units if _wanted(u, kind, standing) and _matches(u, names.get(u.pk, []), fold(query))]
    shown.sort(key=lambda u: (rules.RANKS.get(u.kind, 8), vietnamese_key(u.name)))
    page = Paginator(shown, PAGE).get_page(request.GET.get("trang"))
    above = dict(
        ReportingEdge.objects.filter(
            unit__in=[u.pk for u in page], tree=ReportingEdge.Tree.ADMINISTRATIVE, valid_to=None
        ).values_list("unit_id", "reports_to__name")
    )
    context = {
        "lines": [(unit, above.get(unit.pk, ""), _other_names(unit, names, query)) for unit in page],
        "page": page,
        "query": query,
        "kind": kind,
        "kinds": Unit.Kind.choices,
        "standing": standing,
        "standings": [(code, _(words)) for code, words in _STANDINGS],
        "total": total,
        "any": bool(units),
        "found": len(shown),
    }
    return render(request, "desk/units.html", context)


def _wanted(unit: Unit, kind: str, standing: str) -> bool:
    if kind and unit.kind != kind:
        return False
    return standing == "tat-ca" or queries.stands_on(unit, today()) is (standing != "thoi")


def _matches(unit: Unit, names: list[str], folded: str) -> bool:
    return not folded or folded in fold(" | ".join([unit.name, unit.key, *names]))


def _other_names(unit: Unit, names: dict[int, list[str]], query: str) -> list[str]:
    """Return the names of a unit that answer a search, where its present one does not."""
    if not query or fold(query) in fold(f"{unit.name} {unit.key}"):
        return []
    return [name for name in names.get(unit.pk, []) if fold(query) in fold(name)]


def _mine(request: ActorRequest) -> list[Unit]:
    """Return the units the actor looks after, with how many contacts each has."""
    within = access.unit_ids_within(request.actor, today())
    units = Unit.objects.annotate(contact_count=Count("contacts"))
    return [unit for unit in units if within is None or unit.pk in within]


@known
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: ActorRequest, pk: int) -> HttpResponse:
    """Show one unit and the people to reach there; add one, take one off."""
    preparing(request)
    within = access.unit_ids_within(request.actor, today())
    shown = Unit.objects.select_related("area__parent", "same_as").filter(pk=pk).first()
    if shown is None or (within is not None and pk not in within):
        raise Http404
    notice = ""
    if request.method == "POST":
        try:
            change_contacts(request, shown)
            return redirect("desk:unit", pk)
        except Refusal as refusal:
            notice = told(refusal)
    edge = shown.edges.filter(
        Q(valid_from=None) | Q(valid_from__lte=today()), Q(valid_to=None) | Q(valid_to__gte=today()),
        tree=ReportingEdge.Tree.ADMINISTRATIVE,
    ).select_related("reports_to")  # fmt: skip
    below = Unit.objects.filter(edges__reports_to=shown, edges__valid_to=None).distinct()
    context = {
        "unit": shown,
        "edge": edge.first(),
        "below": sorted(below, key=lambda u: vietnamese_key(u.name)),
        **contact_list(request, shown),
        "hosts": _hosts(request, shown),
        "notice": notice,
        "history": unit_history(shown),
    }
    return render(request, "desk/unit.html", context, status=409 if notice else 200)


def _hosts(request: ActorRequest, shown: Unit) -> list[RosterUnit]:
    """Return where the unit is expected in the last Weeks the actor coordinates, newest first. One query."""
    hosts = RosterUnit.objects.filter(unit=shown, campaign__in=access.in_reach(request.actor))
    return list(hosts.select_related("campaign").order_by("-campaign__starts_on", "pk")[:4])


@known
@require_safe
def template(request: ActorRequest) -> HttpResponse:
    """Give the empty units file."""
    preparing(request)
    data = queries.empty_units_file()
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="mau-danh-sach-don-vi.xlsx"'
    return response


@dataclass(frozen=True, slots=True)
class Preview:
    """A units file looked at: what the good rows would do, and each bad row with its reason."""

    comparison: queries.Comparison
    checked: rules.Checked
    unused: tuple[str, ...]


@known
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: ActorRequest) -> HttpResponse:
    """Receive a units file, show what it would do, and on a second yes take its good rows."""
    preparing(request)
    notice, context = "", dict[str, Any]()
    if request.method == "POST":
        try:
            stored = brought(request, "units", salt=_SALT, missing=NoFileChosen)
            seen = _looked_at(request, files.contents(stored))
            if request.POST.get("do") == "take":
                return _take(request, seen)
            if request.POST.get("do") == "problems":
                return troubles.sheet(seen.checked.problems, "dong-can-sua.xlsx")
            context = _preview_context(request, stored, seen)
        except Refusal as refusal:
            notice = told(refusal)
    return render(request, "desk/load_units.html", {**context, "notice": notice}, status=409 if notice else 200)


def _looked_at(request: ActorRequest, data: bytes) -> Preview:
    read = actions.rows_of_file(data)
    checked = actions.check(read.rows, within=access.unit_keys_within(request.actor, today()))
    return Preview(queries.compare(checked.rows, day=today()), checked, read.unused)


def _preview_context(request: ActorRequest, stored: StoredFile, seen: Preview) -> dict[str, Any]:
    found = seen.comparison
    file = sealed([stored], by=request.actor, salt=_SALT)
    return {
        **troubles.context(seen.checked.problems),
        "seen": seen,
        "good": len(seen.checked.rows),
        "changed": found.changed[:SHOWN],
        "more_changed": max(0, len(found.changed) - SHOWN),
        "new": found.new[:SHOWN],
        "more_new": max(0, len(found.new) - SHOWN),
        "no_area": found.no_area[:SHOWN],
        "file": file,
        "carried": [("file", file)],
    }


def _take(request: ActorRequest, seen: Preview) -> HttpResponse:
    created, changed = actions.load_units(seen.checked, by=request.actor, at=clock.now())
    words = {"new": grouped(created), "changed": grouped(changed)}
    messages.success(request, _("Đã nạp danh sách: %(new)s đơn vị mới, %(changed)s đơn vị thay đổi.") % words)
    if left := len(seen.checked.problems):
        messages.warning(request, _("%(n)s dòng chưa nhận được và không được ghi.") % {"n": grouped(left)})
    return redirect("desk:units")
