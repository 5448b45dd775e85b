"""A roster's units grouped by the tree its call was opened with, or by the tree of any day."""

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tuanhoc.campaigns.models import Campaign, RosterUnitQuerySet
from tuanhoc.lib.dates import HANOI
from tuanhoc.units.models import ReportingEdge, Unit
from tuanhoc.units.queries import landscape, names_on
from tuanhoc.units.rules.trees import How, leaf_of, outside, steps_of

_ADMINISTRATIVE = ReportingEdge.Tree.ADMINISTRATIVE.value
#: stands over units that a tree does not hold
OUTSIDE = "/0/"


class By(enum.StrEnum):
    """Whose tree a list or total is shown by."""

    OWN = "own"  # the tree the call was opened with
    DAY = "day"  # the tree of a day, mostly today


@dataclass(frozen=True, slots=True)
class Grouping:
    """Where each unit of a roster is counted: in exactly one place, so that totals are the same in every tree."""

    #: roster unit -> unit ids from the root down to the place it is counted at, its own id last
    paths: Mapping[int, str]
    #: roster unit -> by what way it came to stand there
    how: Mapping[int, How]
    #: unit id -> its name in this tree
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def top(self) -> str:
        """The deepest step all units stand under; ``/`` where there is none."""
        shared: list[str] | None = None
        for path in self.paths.values():
            above = list(steps_of(path))[:-1]
            shared = above if shared is None else [step for step in shared if step in above]
        return shared[-1] if shared else "/"

    def below(self, step: str) -> dict[str, list[int]]:
        """Return each step right below ``step`` with the roster units counted under it; its own under itself.

        One pass; every roster unit under ``step`` is in exactly one of the lists.
        """
        found: dict[str, list[int]] = {}
        for pk, path in self.paths.items():
            if path.startswith(step):
                end = path.find("/", len(step))
                found.setdefault(path[: end + 1] if end > 0 else step, []).append(pk)
        return found

    def name_of(self, step: str) -> str:
        """Return what the unit at ``step`` is called in this tree."""
        if step == OUTSIDE:
            return _("Ngoài cây này")
        return self.names.get(leaf_of(step), "") if step != "/" else ""


def grouped(
    campaign: Campaign,
    over: RosterUnitQuerySet,
    *,
    by: By = By.OWN,
    tree: str = _ADMINISTRATIVE,
    day: dt.date | None = None,
) -> Grouping:
    """Return where each roster unit of ``over`` is counted in a tree. At most six queries, whatever their number.

    A closed unit is counted under its main successor, whole; one closed without a successor under the unit
    above; one that ``tree`` does not hold under :data:`OUTSIDE`. None is left out and none counted twice.

    :param day: the day whose tree is shown; the own tree of the Association is the one of the day the call opened.
    """
    rows = {pk: (unit, path) for pk, unit, path in over.values_list("pk", "unit_id", "path")}
    if by is By.OWN and tree == _ADMINISTRATIVE:
        names = dict(Unit.objects.values_list("pk", "name")) | dict(over.values_list("unit_id", "name"))
        return Grouping({pk: path for pk, (_unit, path) in rows.items()}, dict.fromkeys(rows, How.OWN), names)
    asked = _day_of(campaign, by, day)
    land = landscape(tree)
    placed = {pk: land.placed(unit, asked) for pk, (unit, _path) in rows.items()}
    alone = outside({place.holder for place in placed.values()}, land.edges, asked) if tree != _ADMINISTRATIVE else ()
    paths = {
        pk: _own_step(OUTSIDE if place.holder in alone else place.path, rows[pk][0]) for pk, place in placed.items()
    }
    names = dict(Unit.objects.values_list("pk", "name")) | names_on(asked)
    gone = {unit for unit, _path in rows.values()} - {place.holder for place in placed.values()}
    names |= {unit: name for unit, name in over.values_list("unit_id", "name") if unit in gone}
    return Grouping(paths, {pk: place.how for pk, place in placed.items()}, names)


def _day_of(campaign: Campaign, by: By, day: dt.date | None) -> dt.date:
    if by is By.OWN or day is None:
        return campaign.opened_at.astimezone(HANOI).date() if campaign.opened_at else campaign.starts_on
    return day


def _own_step(path: str, unit: int) -> str:
    """Return the path with the unit's own id as its last step, so that figures of closed units stay apart."""
    return path if path.endswith(f"/{unit}/") else f"{path}{unit}/"


def counted_once(groupings: Iterable[Grouping]) -> set[int]:
    """Return the roster units that stand in any of several trees, each once: what a total over them counts."""
    return {pk for grouping in groupings for pk in inside(grouping)}


def inside(grouping: Grouping) -> set[int]:
    """Return the roster units a tree itself holds."""
    return {pk for pk, path in grouping.paths.items() if not path.startswith(OUTSIDE)}
