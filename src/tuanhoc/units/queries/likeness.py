"""Units that may be one body written twice."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from tuanhoc.units.models import KnownApart, Unit
from tuanhoc.units.rules.likeness import Alike, Named, alike, score
from tuanhoc.units.rules.trees import value_on

from .trees import all_names, edge_spans


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two units that may be one, with the score and what speaks for and against it."""

    first: Unit
    second: Unit
    found: Alike


def alike_pairs(day: dt.date, *, within: Collection[int] | None = None) -> list[AlikePair]:
    """Return the units standing on ``day`` that may be one body, the likeliest first. Five queries.

    Pairs that somebody said are different are not there.
    """
    units = {unit.pk: unit for unit in Unit.objects.standing_on(day).select_related("area")}
    named = [one for one in _named(units, day) if within is None or one.pk in within]
    apart = dict.fromkeys(KnownApart.objects.values_list("first_id", "second_id"))
    return [AlikePair(units[found.first], units[found.second], found) for found in alike(named, apart=apart)]


def score_of(first: Unit, second: Unit, day: dt.date) -> Alike:
    """Return how likely two units are one body. Four queries."""
    one, two = _named({first.pk: first, second.pk: second}, day)
    return score(one, two)


def _named(units: dict[int, Unit], day: dt.date) -> list[Named]:
    names, above = all_names(), edge_spans()
    return [
        Named(
            unit.pk, unit.name, unit.kind, unit.area_id, value_on(above.get(unit.pk, ()), day),
            tuple(name for name in names.get(unit.pk, ()) if name != unit.name),
        )
        for unit in units.values()
    ]  # fmt: skip


def told_apart() -> list[KnownApart]:
    """Return the pairs somebody said are different, the newest first. One query."""
    return list(KnownApart.objects.select_related("first", "second").order_by("-said_at", "-pk"))


def bodies_of(unit: Unit) -> list[int]:
    """Return the ids under which a body's trail stands: its own and its other spellings'. One query."""
    return [unit.pk, *Unit.objects.filter(same_as=unit).order_by("pk").values_list("pk", flat=True)]
