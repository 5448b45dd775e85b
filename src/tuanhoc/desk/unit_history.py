"""One unit over time as its page shows it: names, whom it reported to, whom it came from and who came after."""

from collections.abc import Sequence
from dataclasses import dataclass

from tuanhoc.lib.text import vietnamese_key
from tuanhoc.units.models import ReportingEdge, Succession, Unit, UnitName


@dataclass(frozen=True, slots=True)
class UnitHistory:
    """What is known of a unit over time; empty lists where nothing ever changed."""

    names: Sequence[UnitName]
    edges: Sequence[ReportingEdge]
    #: the Association's tree, where the unit stands in it
    other_edges: Sequence[ReportingEdge]
    came_from: Sequence[Succession]
    went_to: Sequence[Succession]
    spellings: Sequence[Unit]

    @property
    def is_there(self) -> bool:
        """Whether there is anything to tell."""
        return bool(
            self.names or self.came_from or self.went_to or self.spellings or self.other_edges or len(self.edges) > 1
        )


def unit_history(unit: Unit) -> UnitHistory:
    """Return a unit's history, the newest first. Five queries."""
    edges = list(unit.edges.select_related("reports_to"))
    edges.sort(key=lambda edge: (edge.valid_from is not None, edge.valid_from), reverse=True)
    names = sorted(unit.names.all(), key=lambda name: (name.valid_from is not None, name.valid_from), reverse=True)
    main = ReportingEdge.Tree.ADMINISTRATIVE
    return UnitHistory(
        names=names,
        edges=[edge for edge in edges if edge.tree == main],
        other_edges=[edge for edge in edges if edge.tree != main],
        came_from=list(unit.inherited.select_related("predecessor").order_by("-on", "predecessor__name")),
        went_to=list(unit.successions.select_related("successor").order_by("-on", "-is_main", "successor__name")),
        spellings=sorted(unit.spellings.all(), key=lambda spelling: vietnamese_key(spelling.name)),
    )
