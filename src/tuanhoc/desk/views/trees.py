"""Trees: the units of a day from the top down, and a Week's figures by its own tree or by the tree of a day."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.access import reachable
from tuanhoc.activities.queries import BoardLine, board
from tuanhoc.campaigns import access
from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.queries.grouping import OUTSIDE, By, Grouping, grouped, inside
from tuanhoc.lib.dates import read_day, short
from tuanhoc.lib.numbers import share
from tuanhoc.lib.text import clean, fold, vietnamese_key
from tuanhoc.units import queries
from tuanhoc.units.models import ReportingEdge
from tuanhoc.units.queries import TreeLine
from tuanhoc.units.rules.trees import How
from tuanhoc.web.days import LONGEST

from .campaigns import preparing
from .units import today

_BOTH = "ca-hai"


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
    goes_on: bool

    @property
    def percent(self) -> int:
        """Share that replied: 100 means all of them, 0 none."""
        return share(self.replied, self.asked)


@known
@require_safe
def by_tree(request: ActorRequest, code: str) -> HttpResponse:
    """Show a Week's figures by the tree its call was opened with or by the tree of a day: the totals are equal."""
    campaign = get_object_or_404(Campaign, code=code)
    over = reachable(request.actor).filter(campaign=campaign)
    lines = {} if request.actor.link_id is not None else {line.roster_pk: line for line in board(over)}
    if not lines:
        raise Http404
    asked, by = _Asked.of(request), By.DAY if request.GET.get("theo") == "hom-nay" else By.OWN
    both = request.GET.get("cay") == _BOTH
    kinds = ReportingEdge.Tree.values if both else [_tree(request)]
    parts = [(kind, grouped(campaign, over, by=by, tree=kind, day=asked.day)) for kind in kinds]
    context = {
        "campaign": campaign,
        "parts": [_part(kind, grouping, lines, request.GET.get("trong", ""), both=both) for kind, grouping in parts],
        "total": _row("/", _("Tổng cộng"), [*lines.values()], {}),
        "in_both": len(set.intersection(*(inside(grouping) for _kind, grouping in parts))) if both else 0,
        "both": both,
        "by": by.value,
        **asked.shown(),
        "cay": _BOTH if both else kinds[0],
        "trees": [*ReportingEdge.Tree.choices, (_BOTH, _("Cả hai, mỗi đơn vị tính một lần"))],
    }
    return render(request, "desk/by_tree.html", context)


def _part(kind: str, grouping: Grouping, lines: Mapping[int, BoardLine], wanted: str, *, both: bool) -> dict[str, Any]:
    """Return one tree's rows at the step asked for; with two trees, each shows what it holds itself."""
    top = grouping.top
    known_steps = any(path.startswith(wanted) for path in grouping.paths.values()) if wanted.startswith("/") else False
    step = wanted if known_steps and wanted.endswith("/") and not both else top
    rows = []
    for below, members in grouping.below(step).items():
        if both and below == OUTSIDE:
            continue
        rows.append(_row(below, grouping.name_of(below), [lines[pk] for pk in members], grouping.how, inside=step))
    rows.sort(key=lambda row: (row.step != step, not row.goes_on, vietnamese_key(row.name)))
    kept = [
        lines[pk]
        for pk, path in grouping.paths.items()
        if path.startswith(step) and not (both and path.startswith(OUTSIDE))
    ]
    return {
        "label": ReportingEdge.Tree(kind).label, "step": step, "name": grouping.name_of(step), "rows": rows,
        "is_top": step == top, "up": step[: step[:-1].rfind("/") + 1],
        "sum": _row(step, grouping.name_of(step), kept, {}),
    }  # fmt: skip


def _row(step: str, name: str, members: Sequence[BoardLine], how: Mapping[int, How], *, inside: str = "") -> GroupRow:
    return GroupRow(
        step=step,
        name=name,
        asked=len(members),
        replied=sum(line.has_replied for line in members),
        activities=sum(line.activity_count for line in members),
        notes=_notes([how[line.roster_pk] for line in members if line.roster_pk in how]),
        goes_on=step != inside and len(members) > 1,
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
