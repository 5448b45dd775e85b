"""Read answers about units over time: who stood, what it was called, to whom it reported, who stands in for it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from tuanhoc.lib.text import vietnamese_key
from tuanhoc.units.models import ReportingEdge, Succession, Unit, UnitName
from tuanhoc.units.rules import RANKS
from tuanhoc.units.rules.trees import Heir, Landscape, Life, Span, value_on

_ADMINISTRATIVE = ReportingEdge.Tree.ADMINISTRATIVE.value


def stands_on(unit: Unit, day: dt.date) -> bool:
    """Whether a unit existed on ``day``, and is not only another spelling of one. No query."""
    return unit.same_as_id is None and Span(unit.pk, unit.valid_from, unit.valid_to).covers(day)


def name_on(unit: Unit, day: dt.date) -> str:
    """Return what a unit was called on ``day``. One query."""
    spans = [Span(row.name, row.valid_from, row.valid_to) for row in UnitName.objects.filter(unit=unit)]
    return value_on(spans, day) or unit.name


def names_on(day: dt.date) -> dict[int, str]:
    """Return the names on ``day`` of units that changed theirs at some time, by id. One query."""
    rows = UnitName.objects.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))
    return dict(rows.values_list("unit_id", "name"))


def all_names() -> dict[int, list[str]]:
    """Return every name units bore, by id, for search; units that never changed theirs are not there. Two queries."""
    found: dict[int, list[str]] = defaultdict(list)
    for unit_id, name in UnitName.objects.values_list("unit_id", "name"):
        found[unit_id].append(name)
    # Another spelling leads to the unit it was made one with.
    for unit_id, name in Unit.objects.exclude(same_as=None).values_list("same_as_id", "name"):
        found[unit_id].append(name)
    return dict(found)


def lineage(unit_id: int) -> set[int]:
    """Return a unit with all those whose place it took, back through every reform, in each of their spellings.

    Who only gave a part away goes on beside it, and is not among them. One query.
    """
    whole = Succession.objects.filter(is_part=False).order_by().values_list("predecessor_id", "successor_id")
    spelled = Unit.objects.exclude(same_as=None).order_by().values_list("pk", "same_as_id")
    before: dict[int, set[int]] = defaultdict(set)
    for earlier, later in whole.union(spelled):
        before[later].add(earlier)
    found, new = {unit_id}, {unit_id}
    while new:
        new = set().union(*(before[pk] for pk in new)) - found
        found |= new
    return found


def above_on(unit: Unit, day: dt.date, *, tree: str = _ADMINISTRATIVE) -> Unit | None:
    """Return whom a unit reported to on ``day``. One query."""
    edge = (
        ReportingEdge.objects.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day), unit=unit, tree=tree
        )
        .select_related("reports_to")
        .first()
    )
    return edge.reports_to if edge else None


def edge_spans(tree: str = _ADMINISTRATIVE) -> dict[int, list[Span[int]]]:
    """Return all edges of a tree over all days, by the unit that reports. One query."""
    spans: dict[int, list[Span[int]]] = defaultdict(list)
    rows = ReportingEdge.objects.filter(tree=tree)
    for unit, above, first, last in rows.values_list("unit_id", "reports_to_id", "valid_from", "valid_to"):
        spans[unit].append(Span(above, first, last))
    return dict(spans)


def landscape(tree: str = _ADMINISTRATIVE) -> Landscape:
    """Return all units, successions and edges of a tree, over all days. Three queries, whatever their number."""
    lives = {
        pk: Life(first, last, same_as)
        for pk, first, last, same_as in Unit.objects.values_list("pk", "valid_from", "valid_to", "same_as_id")
    }
    heirs = Succession.objects.order_by("pk").values_list("predecessor_id", "successor_id", "on", "is_main", "is_part")
    return Landscape.of(lives, edge_spans(tree), [Heir(*row) for row in heirs])


@dataclass(frozen=True, slots=True)
class TreeLine:
    """One unit in a tree of a day, in reading order; ``depth`` counts from 0 at the root."""

    unit: Unit
    name: str
    depth: int
    below: int


def tree_on(day: dt.date, *, tree: str = _ADMINISTRATIVE, within: Iterable[int] | None = None) -> list[TreeLine]:
    """Return the tree of ``day`` from the roots down: every unit that stood, once. Three queries.

    :param within: ids of units to keep; None: all.
    """
    kept = None if within is None else set(within)
    units = {u.pk: u for u in Unit.objects.standing_on(day).filter(same_as=None) if kept is None or u.pk in kept}
    above = {pk: to for pk, spans in edge_spans(tree).items() if (to := value_on(spans, day)) is not None}
    names = names_on(day)
    below: dict[int | None, list[Unit]] = defaultdict(list)
    inside = {pk for pk in units if pk in above} | {to for pk, to in above.items() if pk in units}
    for pk, unit in units.items():
        if tree == _ADMINISTRATIVE or pk in inside:
            below[above.get(pk) if above.get(pk) in units else None].append(unit)

    def order(unit: Unit) -> tuple[object, ...]:
        return RANKS.get(unit.kind, 8), vietnamese_key(names.get(unit.pk, unit.name))

    lines: list[TreeLine] = []
    waiting = [(unit, 0) for unit in sorted(below[None], key=order, reverse=True)]
    while waiting:
        unit, depth = waiting.pop()
        lines.append(TreeLine(unit, names.get(unit.pk, unit.name), depth, len(below[unit.pk])))
        waiting += [(child, depth + 1) for child in sorted(below[unit.pk], key=order, reverse=True)]
    return lines
