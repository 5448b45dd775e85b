"""Read answers about trees, areas and what a units file would change."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet

from tuanhoc.units import rules, sheets
from tuanhoc.units.contact_sheets import contacts_file as contacts_file
from tuanhoc.units.contact_sheets import read_contacts_file as read_contacts_file
from tuanhoc.units.directory import Line as Line
from tuanhoc.units.directory import directory as directory
from tuanhoc.units.models import Area, AreaCode, Contact, ReportingEdge, Unit
from tuanhoc.units.rules import TilePlace
from tuanhoc.units.rules.trees import Span, value_on
from tuanhoc.web import speech

from .facts import facts_before, reform_days
from .likeness import AlikePair, alike_pairs, bodies_of, score_of, told_apart
from .trees import TreeLine, above_on, all_names, edge_spans, landscape, name_on, names_on, stands_on, tree_on

__all__ = [
    "AlikePair", "Change", "Comparison", "TreeLine", "above_on", "alike_pairs", "all_names", "area_finder", "bearer",
    "bodies_of", "codes_on", "compare", "contacts_at",
    "edge_spans", "edges_on", "empty_units_file", "facts_before", "ids_under", "landscape", "name_on", "names_on",
    "parent_keys", "reform_days", "score_of", "stands_on", "tile_grid", "told_apart", "tree_on",
]  # fmt: skip


def edges_on(day: dt.date, *, tree: str = ReportingEdge.Tree.ADMINISTRATIVE) -> dict[int, int]:
    """Return unit id -> id of the unit it reports to on ``day``. One query."""
    return dict(
        ReportingEdge.objects.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_to=None) | Q(valid_to__gte=day),
            tree=tree,
        ).values_list("unit_id", "reports_to_id")
    )


@lru_cache(maxsize=64)
def tile_grid(province_code: str) -> Mapping[str, TilePlace]:
    """Return a province's tile map by official code of its districts; empty where none is drawn.

    Tiles, not outlines: a map that an authority shows of the country's edge has to show all of it.
    """
    path = Path(__file__).parents[1] / "data" / "tilegrids" / f"{province_code}.json"
    if not province_code.isalnum() or not path.exists():
        return {}
    drawn = json.loads(path.read_text(encoding="utf-8"))
    return {tile["code"]: TilePlace(tile["short"], tile["col"], tile["row"]) for tile in drawn["tiles"]}


def codes_on(area_ids: Iterable[int], day: dt.date) -> dict[int, str]:
    """Return area id -> the official code it bore on ``day``. One query."""
    return dict(
        AreaCode.objects.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_to=None) | Q(valid_to__gte=day),
            area__in=list(area_ids),
        ).values_list("area_id", "code")
    )


def parent_keys() -> dict[str, str]:
    """Return unit key -> key of the unit it reports to now. One query."""
    return dict(
        ReportingEdge.objects.filter(tree=ReportingEdge.Tree.ADMINISTRATIVE, valid_to=None).values_list(
            "unit__key", "reports_to__key"
        )
    )


def ids_under(roots: Collection[int], day: dt.date) -> set[int]:
    """Return the ids of the units in the trees under ``roots`` on ``day``, roots included. Two queries.

    A unit that no longer stands, or not yet, is where it last stood or will first stand; another spelling of a
    unit is where that unit is.
    """
    below: dict[int, list[int]] = defaultdict(list)
    spans = edge_spans()
    for unit, first, last, same_as in Unit.objects.values_list("pk", "valid_from", "valid_to", "same_as_id"):
        above = same_as or value_on(spans.get(unit, ()), day)
        if above is None and not Span(unit, first, last).covers(day) and unit in spans:
            ordered = sorted(spans[unit], key=lambda span: span.first or dt.date.min)
            above = (ordered[0] if first is not None and day < first else ordered[-1]).value
        if above is not None:
            below[above].append(unit)
    found, waiting = set(roots), list(roots)
    while waiting:
        new = [unit for unit in below[waiting.pop()] if unit not in found]
        found.update(new)
        waiting += new
    return found


#: Which level of area a kind of unit stands for, where its code could mean two.
_LEVELS: Mapping[str, str] = {
    "province_committee": Area.Level.PROVINCE, "department": Area.Level.PROVINCE,
    "district_committee": Area.Level.DISTRICT, "district_office": Area.Level.DISTRICT,
    "commune_committee": Area.Level.COMMUNE, "community_centre": Area.Level.COMMUNE,
}  # fmt: skip


def area_finder(day: dt.date) -> Callable[[str, str], int | None]:
    """Return a function from (official code, kind of unit) to the id of the area that bore the code on ``day``.

    Of several, the level the kind stands for wins, then the one named last. One query.
    """
    codes: dict[str, list[AreaCode]] = defaultdict(list)
    in_force = AreaCode.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
    )
    for code in in_force.select_related("area"):
        codes[code.code].append(code)

    def area_of(code: str, kind: str) -> int | None:
        found = codes.get(code)
        if not found:
            return None
        best = max(found, key=lambda c: (c.area.level == _LEVELS.get(kind), c.valid_from or dt.date.min, c.pk))
        return best.area_id

    return area_of


def bearer(codes: Iterable[AreaCode], code: str, begins: dt.date | None, ends: dt.date | None) -> int | None:
    """Return the area that bore ``code`` at some time between two days, the latest of several. No query."""
    first, last = begins or dt.date.min, ends or dt.date.max
    met = [
        c
        for c in codes
        if c.code == code and (c.valid_from or dt.date.min) <= last and (c.valid_to or dt.date.max) >= first
    ]
    return max(met, key=lambda c: (c.valid_to or dt.date.max, c.pk)).area_id if met else None


def rows_of_list(data: bytes) -> list[list[str]]:
    """Return the cells of a list somebody made, .csv or .xlsx. :raises Refusal: neither, or too long."""
    return sheets.rows_of_data(data)


def empty_units_file() -> bytes:
    """Return the .xlsx to fill a list of units into, with a sheet that explains it."""
    return sheets.empty_units_file(list(speech.on_paper(Unit.Kind.choices).values()))


@dataclass(frozen=True, slots=True)
class Change:
    """A unit already there that a units file would change; ``before`` and ``after`` in words, name first."""

    row: rules.UnitRow
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the good rows of a units file would do."""

    new: Sequence[rules.UnitRow]
    changed: Sequence[Change]
    same: Sequence[rules.UnitRow]
    #: rows whose area code nobody bears on the day
    no_area: Sequence[rules.UnitRow]


def compare(rows: Iterable[rules.UnitRow], *, day: dt.date) -> Comparison:
    """Set the rows beside the units that stand now. Three queries."""
    units, parents, area_of = {u.key: u for u in Unit.objects.all()}, parent_keys(), area_finder(day)
    new, changed, same, no_area = [], [], [], []
    for row in rows:
        area = area_of(row.place_code, row.kind)
        if row.place_code and area is None:
            no_area.append(row)
        unit = units.get(row.key)
        if unit is None:
            new.append(row)
            continue
        before = _words(unit.name, unit.kind, parents.get(row.key, ""))
        after = _words(row.name, row.kind, row.parent_key or parents.get(row.key, ""))
        told = [(b, a) for b, a in zip(before, after, strict=True) if b != a]
        if told:
            changed.append(Change(row, " · ".join(b for b, _ in told), " · ".join(a for _, a in told)))
        elif area is not None and area != unit.area_id:
            changed.append(Change(row, unit.name, f"{unit.name} (địa bàn {row.place_code})"))
        else:
            same.append(row)
    return Comparison(new, changed, same, no_area)


def _words(name: str, kind: str, parent: str) -> tuple[str, str, str]:
    return name, str(Unit.Kind(kind).label) if kind in Unit.Kind.values else kind, parent


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody to reach at a unit."""

    name: str
    phone: str
    email: str


def contacts_among(unit_ids: QuerySet[Any]) -> dict[int, list[Reached]]:
    """Return whom to reach at each unit, in the order they were entered; units without anybody are not there.

    One query, for any number of units.

    :param unit_ids: a query that gives ids of units.
    """
    people: dict[int, list[Reached]] = {}
    rows = Contact.objects.filter(unit__in=unit_ids).order_by("pk")
    for unit_id, name, phone, email in rows.values_list("unit_id", "name", "phone", "email"):
        people.setdefault(unit_id, []).append(Reached(name, phone, email))
    return people


def contacts_at(*unit_ids: int) -> list[Contact]:
    """Return the people to reach at these units, in the order they were entered. One query."""
    return list(Contact.objects.filter(unit__in=unit_ids).order_by("pk"))
