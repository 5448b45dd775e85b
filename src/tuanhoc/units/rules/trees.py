"""Pure decisions about trees over time: spans of days, circles, and where a unit's figures go after a reform."""

import datetime as dt
import enum
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

V = TypeVar("V")
K = TypeVar("K", bound=Hashable)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span(Generic[V]):
    """What held from one day to another, both included; None is open."""

    value: V
    first: dt.date | None = None
    last: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        """Whether it held on ``day``."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def value_on(spans: Iterable[Span[V]], day: dt.date) -> V | None:
    """Return what held on ``day``; None where nothing did."""
    return next((span.value for span in spans if span.covers(day)), None)


def put_from(spans: Iterable[Span[V]], value: V, day: dt.date) -> list[Span[V]]:
    """Return the spans with ``value`` holding from ``day`` until the next change already known.

    What held before ``day``, and what is already known to hold later, stays.
    """
    ordered = sorted(spans, key=_first)
    out: list[Span[V]] = []
    last: dt.date | None = None
    for span in ordered:
        if span.covers(day):
            last = span.last
            if span.first is not None and span.first == day:
                continue
            out.append(replace(span, last=day - _DAY))
        else:
            out.append(span)
    if not any(span.covers(day) for span in ordered):
        later = [span.first for span in ordered if span.first is not None and span.first > day]
        last = min(later) - _DAY if later else None
    return _joined([*out, Span(value, day, last)])


def cut_from(spans: Iterable[Span[V]], day: dt.date) -> list[Span[V]]:
    """Return the spans with nothing holding from ``day`` on."""
    kept = [span for span in spans if span.first is None or span.first < day]
    return [replace(span, last=day - _DAY) if span.last is None or span.last >= day else span for span in kept]


def _joined(spans: Iterable[Span[V]]) -> list[Span[V]]:
    out: list[Span[V]] = []
    for span in sorted(spans, key=_first):
        before = out[-1] if out else None
        if before is not None and before.value == span.value and before.last is not None and _follows(before, span):
            out[-1] = replace(before, last=span.last)
        else:
            out.append(span)
    return out


def _follows(before: Span[V], after: Span[V]) -> bool:
    return before.last is not None and after.first == before.last + _DAY


def _first(span: Span[V]) -> dt.date:
    return span.first or dt.date.min


def first_circle(edges: Mapping[int, Sequence[Span[int]]], *, since: dt.date) -> tuple[dt.date, list[int]] | None:
    """Return the first day from ``since`` on which units report in a circle, and who stands in it; None: never.

    A tree changes only on the days its edges begin, so those days are enough.
    """
    days = {since} | {
        span.first for spans in edges.values() for span in spans if span.first is not None and span.first > since
    }
    for day in sorted(days):
        above = {unit: to for unit, spans in edges.items() if (to := value_on(spans, day)) is not None}
        if circle := _circle(above):
            return day, circle
    return None


def _circle(above: Mapping[int, int]) -> list[int]:
    clear: set[int] = set()
    for start in above:
        way: list[int] = []
        step: int | None = start
        while step is not None and step not in clear:
            if step in way:
                return way[way.index(step) :]
            way.append(step)
            step = above.get(step)
        clear.update(way)
    return []


class How(enum.IntEnum):
    """By what way a unit's figures come to stand where they stand; of several, the weightiest is told."""

    OWN = 0  # it stands itself
    SAME = 1  # the same body under another spelling
    SUCCESSOR = 2  # its one successor
    BEFORE = 3  # it had not begun: its forerunner
    SPLIT = 4  # the main one of several successors: a figure is never divided
    ABOVE = 5  # closed without a successor: the unit above
    NOWHERE = 6  # nobody is left


@dataclass(frozen=True, slots=True)
class Life:
    """From when to when a unit stands; ``same_as``: it is only another spelling of that unit."""

    first: dt.date | None = None
    last: dt.date | None = None
    same_as: int | None = None


@dataclass(frozen=True, slots=True)
class Heir:
    """One succession: from ``on`` the successor stands in for the predecessor."""

    predecessor: int
    successor: int
    on: dt.date
    is_main: bool = True
    #: only a part went over: the predecessor went on, its figures with it
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a unit stands on a day: the unit that holds its figures, and how it came there."""

    holder: int
    how: How
    path: str


@dataclass(frozen=True, slots=True)
class Landscape:
    """All units, successions and edges of one tree, over all days."""

    lives: Mapping[int, Life]
    edges: Mapping[int, Sequence[Span[int]]]
    heirs: Sequence[Heir] = ()
    _after: Mapping[int, Sequence[Heir]] = field(default_factory=dict)
    _before: Mapping[int, Sequence[Heir]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, lives: Mapping[int, Life], edges: Mapping[int, Sequence[Span[int]]], heirs: Iterable[Heir]
    ) -> "Landscape":
        """Return the landscape with its successions sorted for both directions of time."""
        kept = tuple(heirs)
        after: dict[int, list[Heir]] = {}
        before: dict[int, list[Heir]] = {}
        for heir in kept:
            after.setdefault(heir.predecessor, []).append(heir)
            before.setdefault(heir.successor, []).append(heir)
        return cls(lives, edges, kept, after, before)

    def placed(self, unit: int, day: dt.date) -> Placed:
        """Return where ``unit``'s figures stand in the tree of ``day``. They stand in one place, whole."""
        holder, how = self._holder(unit, day)
        return Placed(holder, how, self.path(holder, day))

    def _holder(self, unit: int, day: dt.date) -> tuple[int, How]:
        how, seen, step = How.OWN, {unit}, unit
        while not self._stands(step, day):
            onward = self._onward(step, day)
            if onward is None or onward[0] in seen:
                return unit, How.NOWHERE
            step, how = onward[0], max(how, onward[1])
            seen.add(step)
        return step, how

    def _stands(self, unit: int, day: dt.date) -> bool:
        life = self.lives.get(unit, Life())
        return life.same_as is None and Span(unit, life.first, life.last).covers(day)

    def _onward(self, unit: int, day: dt.date) -> tuple[int, How] | None:
        life = self.lives.get(unit, Life())
        if life.same_as is not None:
            return life.same_as, How.SAME
        if life.first is not None and day < life.first:
            return self._forerunner(unit)
        heirs = [heir for heir in self._after.get(unit, ()) if heir.on <= day and not heir.is_part]
        if heirs:
            main = max(heirs, key=lambda heir: (heir.is_main, heir.on, -heir.successor))
            return main.successor, How.SPLIT if len(heirs) > 1 else How.SUCCESSOR
        above = self._last_above(unit)
        return None if above is None else (above, How.ABOVE)

    def _forerunner(self, unit: int) -> tuple[int, How] | None:
        before = self._before.get(unit, ())
        if before:
            return min(
                before, key=lambda heir: (not heir.is_main, heir.is_part, heir.predecessor)
            ).predecessor, How.BEFORE
        spans = sorted(self.edges.get(unit, ()), key=_first)
        return (spans[0].value, How.ABOVE) if spans else None

    def _last_above(self, unit: int) -> int | None:
        spans = sorted(self.edges.get(unit, ()), key=_first)
        return spans[-1].value if spans else None

    def path(self, unit: int, day: dt.date) -> str:
        """Return the ids from the root down to ``unit`` on ``day``: ``/1/17/1021/``. Stops at a circle in the data."""
        steps = [unit]
        while (above := value_on(self.edges.get(steps[-1], ()), day)) is not None and above not in steps:
            steps.append(above)
        return "/" + "/".join(str(step) for step in reversed(steps)) + "/"


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over units: how many were asked, how many gave a figure, and the sum (None: nobody gave one)."""

    asked: int = 0
    gave: int = 0
    value: int | None = None

    def plus(self, figure: int | None) -> "Total":
        """Return the total with one more unit in it; ``figure`` None: it has not reported, which is not zero."""
        if figure is None:
            return replace(self, asked=self.asked + 1)
        return Total(self.asked + 1, self.gave + 1, (self.value or 0) + figure)


def rolled_up(paths: Mapping[K, str], figures: Mapping[K, int | None]) -> dict[str, Total]:
    """Return the total at every step of the paths, each unit's figure counted once on its way up."""
    out: dict[str, Total] = {}
    for key, path in paths.items():
        for step in steps_of(path):
            out[step] = out.get(step, Total()).plus(figures.get(key))
    return out


def grand_total(keys: Iterable[K], figures: Mapping[K, int | None]) -> Total:
    """Return the total over units, each once however often it is named (a unit stands in two trees)."""
    out = Total()
    for key in dict.fromkeys(keys):
        out = out.plus(figures.get(key))
    return out


def steps_of(path: str) -> Iterator[str]:
    """Give a path's own beginnings from the root: ``/1/``, ``/1/17/``, ``/1/17/1021/``."""
    at = 0
    while (at := path.find("/", at + 1)) > 0:
        yield path[: at + 1]


def leaf_of(path: str) -> int:
    """Return the unit a path leads to."""
    return int(path.rstrip("/").rsplit("/", 1)[1])


def outside(units: Collection[int], edges: Mapping[int, Sequence[Span[int]]], day: dt.date) -> set[int]:
    """Return the units that stand in no edge of a tree on ``day``, neither below nor above."""
    inside = set()
    for unit, spans in edges.items():
        above = value_on(spans, day)
        if above is not None:
            inside |= {unit, above}
    return set(units) - inside
