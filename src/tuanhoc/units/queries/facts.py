"""What a reform is worked out from: the units of the day before and all areas with their codes."""

import datetime as dt
from collections.abc import Collection

from tuanhoc.units.models import AreaCode, Unit
from tuanhoc.units.rules.derived import AreaFact, UnitFact
from tuanhoc.units.rules.trees import value_on

from .trees import edge_spans


def facts_before(
    on: dt.date, *, within: Collection[int] | None = None
) -> tuple[list[UnitFact], list[AreaFact], frozenset[str]]:
    """Return the units that stood on the day before ``on``, all areas, and every key in use. Three queries."""
    day = on - dt.timedelta(days=1)
    every = {unit.pk: unit for unit in Unit.objects.all()}
    above = edge_spans()
    standing = [unit for unit in every.values() if unit.same_as_id is None and _stood(unit, day)]
    units = [
        UnitFact(unit.key, unit.kind, unit.name, unit.area_id, _key_above(every, value_on(above.get(unit.pk, ()), day)))
        for unit in standing
        if within is None or unit.pk in within
    ]
    areas = [
        AreaFact(
            code.area_id, code.area.level, code.area.name, code.code, code.area.parent_id, code.valid_from,
            code.valid_to, tuple(part for part in code.successor_codes.split("|") if part),
        )
        for code in AreaCode.objects.select_related("area").order_by("pk")
    ]  # fmt: skip
    return units, areas, frozenset(unit.key for unit in every.values())


def _stood(unit: Unit, day: dt.date) -> bool:
    return (unit.valid_from is None or unit.valid_from <= day) and (unit.valid_to is None or day <= unit.valid_to)


def _key_above(every: dict[int, Unit], above: int | None) -> str:
    return every[above].key if above in every else ""


def reform_days() -> list[dt.date]:
    """Return the days on which areas begin after others ended: the known reforms of the land. One query."""
    spans = list(AreaCode.objects.values_list("valid_from", "valid_to"))
    ended = {last + dt.timedelta(days=1) for _first, last in spans if last is not None}
    return sorted({first for first, _last in spans if first is not None} & ended)
