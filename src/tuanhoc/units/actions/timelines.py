"""The rows of units' names and edges, brought to what the spans of ``rules.trees`` say."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from tuanhoc.units.models import ReportingEdge, Unit, UnitName
from tuanhoc.units.rules.trees import Span, cut_from, put_from, value_on

from .ledger import Ledger

ADMINISTRATIVE = ReportingEdge.Tree.ADMINISTRATIVE.value
R = TypeVar("R", UnitName, ReportingEdge)
V = TypeVar("V")


class Timelines:
    """Names and edges of units over all days, read at once and written row by row.

    :param units: ids of the units to read; None: all. Two queries.
    """

    def __init__(self, ledger: Ledger, units: Collection[int] | None = None) -> None:
        self.ledger = ledger
        self.edges: dict[tuple[int, str], list[ReportingEdge]] = defaultdict(list)
        self.names: dict[int, list[UnitName]] = defaultdict(list)
        edges, names = ReportingEdge.objects.order_by("pk"), UnitName.objects.order_by("pk")
        if units is not None:
            edges, names = edges.filter(unit__in=units), names.filter(unit__in=units)
        for edge in edges:
            self.edges[edge.unit_id, edge.tree].append(edge)
        for name in names:
            self.names[name.unit_id].append(name)

    def above(self, unit: int, day: dt.date, tree: str = ADMINISTRATIVE) -> int | None:
        """Return the id of the unit it reported to on ``day``. No query."""
        return value_on(_edge_spans(self.edges.get((unit, tree), [])), day)

    def name(self, unit: Unit, day: dt.date) -> str:
        """Return what it was called on ``day``. No query."""
        return value_on(_name_spans(self.names.get(unit.pk, [])), day) or unit.name

    def spans(self, tree: str) -> dict[int, list[Span[int]]]:
        """Return all edges of a tree as spans, by the unit that reports. No query."""
        return {unit: _edge_spans(rows) for (unit, of), rows in self.edges.items() if of == tree}

    def move(self, unit: int, above: int, *, day: dt.date, tree: str = ADMINISTRATIVE) -> None:
        """Let ``unit`` report to ``above`` from ``day`` until the next change already known."""
        rows = self.edges[unit, tree]
        spans = put_from(_edge_spans(rows), above, day)
        self.edges[unit, tree] = self._brought(
            rows, spans, "reports_to_id", lambda: ReportingEdge(unit_id=unit, tree=tree)
        )

    def end(self, unit: int, *, day: dt.date, tree: str = "") -> None:
        """Let ``unit`` report to nobody from ``day`` on, in one tree or (blank) in all."""
        for one in [tree] if tree else ReportingEdge.Tree.values:
            rows = self.edges.get((unit, one), [])
            spans = cut_from(_edge_spans(rows), day)
            self.edges[unit, one] = self._brought(rows, spans, "reports_to_id", ReportingEdge)

    def rename(self, unit: Unit, name: str, *, day: dt.date, today: dt.date) -> None:
        """Let ``unit`` be called ``name`` from ``day`` until the next change already known.

        Earlier names stay in the history. ``Unit.name`` is the name of ``today``; a rename that lies ahead
        shows there on its day.
        """
        rows = self.names[unit.pk]
        always: list[Span[str]] = [Span(unit.name)]
        spans = put_from(_name_spans(rows) or always, name, day)
        self.names[unit.pk] = self._brought(rows, spans, "name", lambda: UnitName(unit=unit))
        shown: str | None = value_on(spans, today)
        self.ledger.change(unit, name=shown or unit.name)

    def _brought(self, rows: Sequence[R], spans: Sequence[Span[V]], field: str, blank: Callable[[], R]) -> list[R]:
        """Bring rows to spans: first what ends, then what changes, then what begins, so that no two overlap."""
        of_first = {row.valid_from: row for row in rows}
        wanted = {span.first: span for span in spans}
        for first, row in of_first.items():
            if first not in wanted:
                self.ledger.remove(row)
        for first, row in of_first.items():
            if first in wanted:
                self.ledger.change(row, **{field: wanted[first].value, "valid_to": wanted[first].last})
        out = [row for first, row in of_first.items() if first in wanted]
        for first, span in wanted.items():
            if first not in of_first:
                row = blank()
                setattr(row, field, span.value)
                row.valid_from, row.valid_to = span.first, span.last
                out.append(self.ledger.make(row))
        return out


def _edge_spans(rows: Sequence[ReportingEdge]) -> list[Span[int]]:
    return [Span(row.reports_to_id, row.valid_from, row.valid_to) for row in rows]


def _name_spans(rows: Sequence[UnitName]) -> list[Span[str]]:
    return [Span(row.name, row.valid_from, row.valid_to) for row in rows]
