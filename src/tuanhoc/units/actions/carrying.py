"""One reform being carried out: each step checked and written, units below a closed one carried over at the end."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from tuanhoc.lib.dates import short
from tuanhoc.lib.sentences import Day
from tuanhoc.lib.text import clean
from tuanhoc.units import queries
from tuanhoc.units.models import Area, AreaCode, ReportingEdge, Succession, Unit
from tuanhoc.units.rules.reforms import Doing, Step
from tuanhoc.units.rules.trees import first_circle

from .ledger import Ledger
from .refusals import (
    Circle,
    InheritedLater,
    KeyTaken,
    NameMissing,
    NoSuchUnit,
    NothingChanges,
    NotStanding,
    OutOfReach,
    OwnSuccessor,
    ParentMissing,
    StillStanding,
    SuccessorMissing,
)
from .timelines import ADMINISTRATIVE, Timelines

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """One change in words. ``line`` 0: it follows from another."""

    line: int
    what: Doing
    unit: Unit
    before: str
    after: str
    #: other units it is about: the successor, the unit above before and after
    others: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """``UBND xã A → UBND xã B``."""
        return " → ".join(part for part in (self.before, self.after) if part)

    def as_row(self) -> dict[str, object]:
        """Return it as ``Reform.told`` keeps it."""
        row = {"what": self.what.value, "unit": self.unit.pk, "before": self.before, "after": self.after}
        return row | ({"others": list(self.others)} if self.others else {})


class Carrying:
    """The steps of one reform as they are done, on one day.

    All units are read, and locked against a second reform, at once: four queries, then one for each row written.
    Every step is checked before anything of it is written.
    """

    def __init__(self, on: dt.date, basis: str, *, within: Collection[int] | None, today: dt.date) -> None:
        self.on, self.basis, self.today = on, basis[:300], today
        self.within = None if within is None else set(within)
        self.ledger = Ledger()
        self.told: list[Told] = []
        self.units = {unit.pk: unit for unit in Unit.objects.select_for_update(no_key=True).order_by("pk")}
        self.by_key = {unit.key: unit for unit in self.units.values()}
        self.lines = Timelines(self.ledger)
        self.successions = list(Succession.objects.order_by("pk"))
        #: closed here -> its main successor; and in each tree the unit that stood above it
        self.closed: dict[int, Unit | None] = {}
        self.was_under: dict[tuple[int, str], Unit] = {}
        self.moved: set[tuple[int, str]] = set()
        self._area_of: Callable[[str, str], int | None] | None = None
        self._area_names: dict[int, str] | None = None

    def do(self, step: Step) -> None:
        """Check and write one step.

        :raises Refusal: it is not possible on this day; nothing of it is written.
        """
        doings: dict[Doing, Callable[[Step], None]] = {
            Doing.NEW: self._found, Doing.REOPEN: self._reopen, Doing.RENAME: self._rename, Doing.MOVE: self._move,
            Doing.SPLIT: self._split, Doing.MERGE: self._merge, Doing.CLOSE: self._close,
        }  # fmt: skip
        doings[step.what](step)

    def finish(self) -> None:
        """Carry over the units below closed ones, and look for circles on every day from the reform on.

        :raises Circle: units would report to themselves.
        """
        self._carry_over()
        for tree in {ADMINISTRATIVE, *(tree for _unit, tree in self.moved)}:
            found = first_circle(self.lines.spans(tree), since=self.on)
            if found:
                day, circle = found
                raise Circle(day=Day(day), names=" → ".join(self.units[pk].name for pk in circle))

    # One unit of a step.

    def _unit(self, key: str) -> Unit:
        unit = self.by_key.get(key)
        if unit is None:
            raise NoSuchUnit(key=key)
        if self.within is not None and unit.pk not in self.within:
            raise OutOfReach(name=unit.name)
        return unit

    def _standing(self, key: str) -> Unit:
        unit = self._unit(key)
        if not queries.stands_on(unit, self.on):
            raise NotStanding(name=unit.name, day=Day(self.on))
        return unit

    def _above(self, unit: Unit, day: dt.date, tree: str = ADMINISTRATIVE) -> Unit | None:
        above = self.lines.above(unit.pk, day, tree)
        return None if above is None else self.units[above]

    def _tell(self, step: Step, unit: Unit, before: str, after: str, *others: Unit | None) -> None:
        named = tuple(other.pk for other in others if other is not None)
        self.told.append(Told(step.line, step.what, unit, before, after, named))

    # The steps.

    def _found(self, step: Step) -> None:
        name = clean(step.name)
        if not name or len(name) > 200:
            raise NameMissing
        if step.key in self.by_key:
            raise KeyTaken(key=step.key)
        above = self._standing(step.parent_key) if step.parent_key else None
        if above is None and self.within is not None:
            raise ParentMissing(name=name)
        unit = self.ledger.make(
            Unit(
                key=step.key, kind=step.kind or Unit.Kind.OTHER, name=name, area_id=self._area(step, step.kind),
                valid_from=self.on, is_fictional=step.is_fictional,
            )
        )  # fmt: skip
        self.units[unit.pk] = self.by_key[unit.key] = unit
        if self.within is not None:
            self.within.add(unit.pk)
        if above is not None:
            self.lines.move(unit.pk, above.pk, day=self.on, tree=step.tree)
        self._tell(step, unit, "", f"{name} ({above.name})" if above else name)

    def _area(self, step: Step, kind: str) -> int | None:
        if not step.place_code:
            return None
        if self._area_of is None:
            self._area_of = queries.area_finder(self.on)
        return self._area_of(step.place_code, kind)

    def _area_names_apart(self, was: int | None, area: int | None) -> tuple[str, str]:
        """Return two areas as they are told: alike in name, with their codes and the place above them."""
        names = self._area_name(was), self._area_name(area)
        if names[0] != names[1]:
            return names
        known = {a.pk: a for a in Area.objects.filter(pk__in=[was, area]).select_related("parent")}
        codes = dict(AreaCode.objects.filter(area__in=known).order_by("valid_from").values_list("area", "code"))
        told = []
        for pk, name in zip((was, area), names, strict=True):
            parent = known[pk].parent if pk in known else None
            told.append(f"{name}{f', {parent.name}' if parent else ''} (mã {codes.get(pk or 0, '–')})")
        if told[0] == told[1]:
            # The same name, code and place: a commune that others were merged into, with its land of that day.
            return told[0], f"{told[1]}, địa giới từ ngày {short(self.on)}"
        return told[0], told[1]

    def _area_name(self, pk: int | None) -> str:
        if self._area_names is None:
            self._area_names = dict(Area.objects.values_list("pk", "name"))
        return self._area_names.get(pk or 0, "–")

    def _rename(self, step: Step) -> None:
        unit, name = self._standing(step.key), clean(step.name)
        if not name or len(name) > 200:
            raise NameMissing
        before = self.lines.name(unit, self.on)
        if before == name:
            raise NothingChanges(name=name)
        self.lines.rename(unit, name, day=self.on, today=self.today)
        self._tell(step, unit, before, name)

    def _move(self, step: Step) -> None:
        unit = self._standing(step.key)
        if not step.parent_key:
            raise ParentMissing(name=unit.name)
        above = self._standing(step.parent_key)
        if above.pk == unit.pk:
            raise Circle(day=Day(self.on), names=unit.name)
        before = self._above(unit, self.on, step.tree)
        was, area = unit.area_id, self._area(step, unit.kind)
        elsewhere = area is not None and self.ledger.change(unit, area_id=area)
        if before is not None and before.pk == above.pk:
            if not elsewhere:
                raise NothingChanges(name=unit.name)
            before_name, after_name = self._area_names_apart(was, area)
            self._tell(step, unit, f"{unit.name}: {before_name}", after_name)
            return
        self.lines.move(unit.pk, above.pk, day=self.on, tree=step.tree)
        self.moved.add((unit.pk, step.tree))
        self._tell(step, unit, f"{unit.name}: {before.name if before else '–'}", above.name, before, above)

    def _split(self, step: Step) -> None:
        self._give_way(step, self._successors(step), stays=step.stays)

    def _merge(self, step: Step) -> None:
        self._give_way(step, self._successors(step), stays=False)

    def _close(self, step: Step) -> None:
        self._give_way(step, [], stays=False)

    def _successors(self, step: Step) -> list[Unit]:
        if not step.successors:
            raise SuccessorMissing(name=step.key)
        found = [self._standing(key) for key in dict.fromkeys(step.successors)]
        if any(unit.key == step.key for unit in found):
            raise OwnSuccessor(name=next(unit.name for unit in found if unit.key == step.key))
        return found

    def _give_way(self, step: Step, successors: Sequence[Unit], *, stays: bool) -> None:
        unit = self._standing(step.key)
        if not stays:
            self._refuse_unless_it_may_end(unit)
        known = {(s.predecessor_id, s.successor_id, s.on) for s in self.successions}
        if any((unit.pk, successor.pk, self.on) in known for successor in successors):
            raise NothingChanges(name=unit.name)
        if not stays:
            # One that was to close later closes now: whom it was to go to then is no longer so.
            self._forget_successors(unit)
        name = self.lines.name(unit, self.on)
        for place, successor in enumerate(successors):
            succession = Succession(
                predecessor=unit, successor=successor, on=self.on, basis=self.basis,
                is_main=place == 0 and not stays, is_part=stays,
            )  # fmt: skip
            self.successions.append(self.ledger.make(succession))
        if not stays:
            self._end(unit, successors[0] if successors else None)
        names = " · ".join(self._name_apart(successor, name) for successor in successors)
        self._tell(step, unit, name, names, *successors)

    def _name_apart(self, successor: Unit, name: str) -> str:
        """Return a successor's name; where it is called as the one before it, with what tells them apart."""
        is_alike = successor.name == name and successor.valid_from == self.on
        return f"{successor.name} (lập mới từ ngày {short(self.on)})" if is_alike else successor.name

    def _refuse_unless_it_may_end(self, unit: Unit) -> None:
        if unit.valid_from is not None and unit.valid_from >= self.on:
            raise NotStanding(name=unit.name, day=Day(self.on - _DAY))
        later = [s.on for s in self.successions if s.successor_id == unit.pk and s.on >= self.on]
        if later:
            raise InheritedLater(name=unit.name, day=Day(min(later)))

    def _end(self, unit: Unit, heir: Unit | None) -> None:
        self.closed[unit.pk] = heir
        for tree in ReportingEdge.Tree.values:
            above = self._above(unit, self.on - _DAY, tree) or self._above(unit, self.on, tree)
            if above is not None:
                self.was_under[unit.pk, tree] = above
        self.ledger.change(unit, valid_to=self.on - _DAY)
        self.lines.end(unit.pk, day=self.on)

    def _forget_successors(self, unit: Unit) -> None:
        for old in [s for s in self.successions if s.predecessor_id == unit.pk and not s.is_part]:
            self.successions.remove(old)
            self.ledger.remove(old)

    def _reopen(self, step: Step) -> None:
        unit = self._unit(step.key)
        if unit.valid_to is None or unit.same_as_id is not None:
            raise StillStanding(name=unit.name)
        last = self._above(unit, unit.valid_to)
        above = self._standing(step.parent_key) if step.parent_key else last
        if above is not None and not queries.stands_on(above, self.on):
            raise NotStanding(name=above.name, day=Day(self.on))
        before = f"{unit.name} ({unit.valid_to:%d/%m/%Y})"
        self._forget_successors(unit)
        self.ledger.change(unit, valid_to=None)
        if above is not None:
            self.lines.move(unit.pk, above.pk, day=self.on, tree=step.tree)
        self._tell(step, unit, before, f"{unit.name} ({above.name})" if above else unit.name, above)

    # The people below.

    def _carry_over(self) -> None:
        below = [
            edge
            for edges in self.lines.edges.values()
            for edge in edges
            if edge.reports_to_id in self.closed and (edge.valid_to is None or edge.valid_to >= self.on)
        ]
        for edge in sorted(below, key=lambda edge: edge.pk):
            unit, was, tree = self.units[edge.unit_id], self.units[edge.reports_to_id], edge.tree
            above, day = self._heir_of(was.pk, tree), max(self.on, edge.valid_from or self.on)
            if above is None or above.pk == unit.pk:
                self.lines.end(unit.pk, day=day, tree=tree)
                above, after = None, "–"
            else:
                self.lines.move(unit.pk, above.pk, day=day, tree=tree)
                after = above.name
            self.moved.add((unit.pk, tree))
            others = (was.pk, *((above.pk,) if above else ()))
            self.told.append(Told(0, Doing.MOVE, unit, f"{unit.name}: {was.name}", after, others))

    def _heir_of(self, closed: int, tree: str) -> Unit | None:
        """Return who takes over what stood under a closed unit: its main successor, else the next one above."""
        seen: set[int] = set()
        step: int | None = closed
        heir: Unit | None = None
        while step is not None and step in self.closed and step not in seen:
            seen.add(step)
            heir = self.closed[step] or self.was_under.get((step, tree)) or self.was_under.get((step, ADMINISTRATIVE))
            step = heir.pk if heir else None
        return None if heir is None or heir.pk in self.closed else heir
