"""Trees: the units of a day from the top down, and a Week's figures by its own tree or by the tree of a day."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.access import reachable
from tuanhoc.activities.queries import BoardLine, board
from tuanhoc.campaigns import access
from tuanhoc.campaigns.models import Campaign, RosterUnitQuerySet
from tuanhoc.campaigns.queries.grouping import OUTSIDE, By, Grouping, grouped, inside
from tuanhoc.desk.boards import asked as asking
from tuanhoc.desk.boards.placed import in_order
from tuanhoc.desk.boards.rows import BoardRow
from tuanhoc.desk.boards.table import NUMBERS, table_of
from tuanhoc.desk.spreadsheets import spreadsheet
from tuanhoc.lib.dates import read_day, short
from tuanhoc.lib.numbers import share
from tuanhoc.lib.text import clean, fold, vietnamese_key
from tuanhoc.schedule.documents import TREE_DAYS, lines_of_a_tree
from tuanhoc.schedule.queries import lines_by_unit
from tuanhoc.units import queries
from tuanhoc.units.models import ReportingEdge
from tuanhoc.units.queries import TreeLine
from tuanhoc.units.rules.trees import How
from tuanhoc.web import clock
from tuanhoc.web.days import LONGEST

from .campaigns import preparing
from .units import today

_BOTH = "ca-hai"
PAGE = 50


@dataclass(frozen=True, slots=True)
class _Asked:
    """The day asked for, today until then; what cannot be read is said and stands in its field as typed."""

    day: dt.date
    typed: str
    is_wrong: bool = False

    @classmethod
    def of(cls, request: ActorRequest) -> "_Asked":
        typed = clean(request.GET.get("ngay", ""))[:LONGEST]
        try:
            day = read_day(typed, year=today().year) if typed else today()
        except ValueError:
            return cls(today(), typed, is_wrong=True)
        return cls(day, short(day))

    def shown(self) -> dict[str, Any]:
        return {"day": self.day, "day_typed": self.typed, "day_wrong": self.is_wrong}


def _tree(request: ActorRequest) -> str:
    wanted = request.GET.get("cay", "")
    return wanted if wanted in ReportingEdge.Tree.values else ReportingEdge.Tree.ADMINISTRATIVE.value


@known
@require_safe
def tree(request: ActorRequest) -> HttpResponse:
    """Show the tree of a day, one step at a time, or the units found by name with where they stand."""
    preparing(request)
    asked, which = _Asked.of(request), _tree(request)
    day = asked.day
    lines = queries.tree_on(day, tree=which, within=access.unit_ids_within(request.actor, today()))
    above = _ways(lines)
    at = next((line for line in lines if str(line.unit.pk) == request.GET.get("trong", "")), None)
    if at is None and sum(line.depth == 0 for line in lines) == 1:
        # One root says nothing by itself: its people are shown at once.
        at = lines[0]
    words = request.GET.get("q", "").strip()[:100]
    if words:
        shown = [line for line in lines if fold(words) in fold(line.name)][:200]
    else:
        depth = at.depth + 1 if at else 0
        shown = [x for x in lines if x.depth == depth and (at is None or at in above[x.unit.pk])]
    context = {
        "lines": [(line, above[line.unit.pk]) for line in shown], "at": at, "way": above[at.unit.pk] if at else [],
        **asked.shown(), "tree": which, "trees": ReportingEdge.Tree.choices,
        "query": words, "total": len(lines),
    }  # fmt: skip
    return render(request, "desk/tree.html", context)


def _ways(lines: Sequence[TreeLine]) -> dict[int, list[TreeLine]]:
    """Return, for each unit, the units above it from the root down. One pass over a tree in reading order."""
    way: list[TreeLine] = []
    found = {}
    for line in lines:
        del way[line.depth :]
        found[line.unit.pk] = list(way)
        way.append(line)
    return found


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One unit of a tree with all that is counted under it."""

    step: str
    name: str
    asked: int
    replied: int
    activities: int
    #: how many of them are units that no longer stand, and how they came here
    notes: Sequence[str]
    #: the query of what lies under it; blank where that is nothing more
    into: str

    @property
    def percent(self) -> int:
        """Share that replied: 100 means all of them, 0 none."""
        return share(self.replied, self.asked)


@dataclass(frozen=True, slots=True)
class _Looked:
    """A Week's units by the tree, or the two trees, that were asked for."""

    campaign: Campaign
    over: RosterUnitQuerySet
    lines: Mapping[int, BoardLine]
    asked: _Asked
    by: By
    #: one tree's code, or :data:`_BOTH`
    tree: str
    groupings: Mapping[str, Grouping]
    #: units are narrowed by these
    narrowed: asking.Asked
    step: str
    at: dt.datetime

    @property
    def both(self) -> bool:
        return self.tree == _BOTH

    def address(self, **changes: str) -> str:
        """Return the query of the same page with something else asked."""
        given = {
            "theo": "luc-mo" if self.by is By.OWN else "hom-nay", "cay": self.tree, "ngay": self.asked.typed,
            "trong": self.step, "q": self.narrowed.words, "trang-thai": self.narrowed.state,
            **{name.replace("_", "-"): value for name, value in changes.items()},
        }  # fmt: skip
        return "?" + urlencode({name: value for name, value in given.items() if value})

    def units(self) -> list[BoardRow]:
        """Return the units under the step asked for in the order of their tree, each once, narrowed as asked."""
        rows: list[BoardRow] = []
        left = set(self.lines)
        for grouping in self.groupings.values():
            # Of two trees each shows what it holds itself; what none holds stands at the end.
            here = left & inside(grouping) if self.both else left
            rows += in_order(grouping, self.lines, here, step=self.step or grouping.top, at=self.at)
            left -= here
        if self.both:
            rows += in_order(next(iter(self.groupings.values())), self.lines, left, at=self.at)
        if not self.narrowed.is_narrowed:
            return rows
        found = asking.found([row.line for row in rows], self.narrowed, asking.Known(), at=self.at)
        kept = {line.roster_pk for line in found if isinstance(line, BoardLine)}
        return [row for row in rows if row.line.roster_pk in kept]


def _look(request: ActorRequest, code: str) -> _Looked:
    campaign = get_object_or_404(Campaign, code=code)
    over = reachable(request.actor).filter(campaign=campaign)
    lines = {} if request.actor.link_id is not None else {line.roster_pk: line for line in board(over)}
    if not lines:
        raise Http404
    asked, by = _Asked.of(request), By.DAY if request.GET.get("theo") == "hom-nay" else By.OWN
    which = _BOTH if request.GET.get("cay") == _BOTH else _tree(request)
    kinds = ReportingEdge.Tree.values if which == _BOTH else [which]
    groupings = {kind: grouped(campaign, over, by=by, tree=kind, day=asked.day) for kind in kinds}
    step = "" if which == _BOTH else _step(groupings[which], request.GET.get("trong", ""))
    narrowed = asking.Asked(words=clean(request.GET.get("q", ""))[:100], state=request.GET.get("trang-thai", "")[:20])
    return _Looked(campaign, over, lines, asked, by, which, groupings, narrowed, step, clock.now())


def _step(grouping: Grouping, wanted: str) -> str:
    """Return the step gone into, blank for the top."""
    known_steps = wanted.startswith("/") and wanted.endswith("/") and wanted != grouping.top
    return wanted if known_steps and any(path.startswith(wanted) for path in grouping.paths.values()) else ""


@known
@require_safe
def by_tree(request: ActorRequest, code: str) -> HttpResponse:
    """Show a Week's figures by the tree its call was opened with or by the tree of a day: the totals are equal."""
    looked = _look(request, code)
    both, groupings = looked.both, looked.groupings
    context = {
        "campaign": looked.campaign,
        "parts": [_part(kind, one, looked) for kind, one in groupings.items()],
        "total": _row("/", _("Tổng cộng"), [*looked.lines.values()], {}),
        "in_both": len(set.intersection(*map(inside, groupings.values()))) if both else 0,
        "both": both,
        "by": looked.by.value,
        **looked.asked.shown(),
        "cay": looked.tree,
        "trees": [*ReportingEdge.Tree.choices, (_BOTH, _("Cả hai, mỗi đơn vị tính một lần"))],
        "looked": looked,
        "states": asking.state_choices(),
        "page": Paginator(looked.units(), PAGE).get_page(request.GET.get("trang")),
        "list_folds": not looked.narrowed.is_narrowed and "trang" not in request.GET,
        "here": looked.address(),
        "plain": looked.address(q="", trang_thai=""),
    }
    return render(request, "desk/by_tree.html", context)


@known
@require_safe
def by_tree_export(request: ActorRequest, code: str, listed: str, ending: str) -> HttpResponse:
    """Give the units that the page lists under the same query, or their accepted activities, in the same order."""
    if listed not in {"don-vi", "hoat-dong"}:
        raise Http404
    looked = _look(request, code)
    rows = looked.units()
    name = f"{listed}-theo-cay-{code}-{looked.at:%Y%m%d}"
    if listed == "don-vi":
        return spreadsheet(table_of(rows, with_contacts=False), name, ending, numbers=NUMBERS)
    lines = lines_by_unit(looked.over)
    table = lines_of_a_tree((row.above, lines.get(row.line.roster_pk, ())) for row in rows)
    return spreadsheet(table, name, ending, numbers=(0,), dates=TREE_DAYS)


def _part(kind: str, grouping: Grouping, looked: _Looked) -> dict[str, Any]:
    """Return one tree's rows at the step asked for; with two trees, each shows what it holds itself."""
    top, lines, both = grouping.top, looked.lines, looked.both
    step = looked.step or top
    rows = []
    for below, members in grouping.below(step).items():
        if both and below == OUTSIDE:
            continue
        goes_on = below != step and len(members) > 1 and not both
        into = looked.address(trong=below, q="", trang_thai="") if goes_on else ""
        rows.append(_row(below, grouping.name_of(below), [lines[pk] for pk in members], grouping.how, into=into))
    rows.sort(key=lambda row: (row.step != step, not row.into, vietnamese_key(row.name)))
    kept = [
        lines[pk]
        for pk, path in grouping.paths.items()
        if path.startswith(step) and not (both and path.startswith(OUTSIDE))
    ]
    return {
        "label": ReportingEdge.Tree(kind).label, "step": step, "name": grouping.name_of(step), "rows": rows,
        "is_top": step == top, "up": looked.address(trong=step[: step[:-1].rfind("/") + 1], q="", trang_thai=""),
        "sum": _row(step, grouping.name_of(step), kept, {}),
    }  # fmt: skip


def _row(step: str, name: str, members: Sequence[BoardLine], how: Mapping[int, How], *, into: str = "") -> GroupRow:
    return GroupRow(
        step=step,
        name=name,
        asked=len(members),
        replied=sum(line.has_replied for line in members),
        activities=sum(line.activity_count for line in members),
        notes=_notes([how[line.roster_pk] for line in members if line.roster_pk in how]),
        into=into,
    )


def _notes(ways: Sequence[How]) -> list[str]:
    words = {
        How.SAME: _("%(n)s đơn vị ghi hai lần, đã gộp"),
        How.SUCCESSOR: _("%(n)s đơn vị cũ đã nhập vào"),
        How.BEFORE: _("%(n)s đơn vị lập sau ngày này"),
        How.SPLIT: _("%(n)s đơn vị cũ đã chia, tính trọn ở đơn vị kế thừa chính"),
        How.ABOVE: _("%(n)s đơn vị thôi hoạt động, tính vào cấp trên"),
        How.NOWHERE: _("%(n)s đơn vị thôi hoạt động, không còn cấp trên"),
    }
    return [said % {"n": ways.count(how)} for how, said in words.items() if how in ways]
