"""Rows of the board with what lies under them, their bars of states, the map of tiles."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tuanhoc.activities.models import State
from tuanhoc.activities.queries import BoardLine, tally
from tuanhoc.campaigns.rules.deadlines import LEVELS, level_of
from tuanhoc.lib.numbers import share
from tuanhoc.units.models import Unit
from tuanhoc.units.queries import Reached
from tuanhoc.units.rules import TilePlace
from tuanhoc.web.speech import grouped

#: states in the order of the bar; None has not begun
STATES = (State.ACCEPTED, State.SUBMITTED, State.RETURNED, State.DRAFT, State.NIL, None)


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of a state bar; ``start`` counts the units before it."""

    code: str
    words: str
    count: int
    start: int


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit of the board with all that lies under it."""

    line: BoardLine
    below: int
    activity_count: int
    replied: int
    segments: tuple[Segment, ...]
    #: whom to reach there, where the page lists single units
    contacts: tuple[Reached, ...] = ()
    is_overdue: bool = False
    #: it owes its answer past its own deadline, and an exception lets it in until then
    let_in_until: dt.datetime | None = None
    #: name of the unit it stands under; blank: of none the reader sees
    above: str = ""

    @property
    def total(self) -> int:
        """Units of the bar: this one and those under it."""
        return self.below + 1

    @property
    def percent(self) -> int:
        """Share that replied: 100 means all of them, 0 none."""
        return share(self.replied, self.total)


@dataclass(frozen=True, slots=True)
class Tile:
    """One territory of the tile map: how many of its units replied."""

    name: str
    roster_pk: int
    replied: int
    total: int
    place: TilePlace | None

    @property
    def percent(self) -> int:
        """Share that replied: 100 means all of them, 0 none."""
        return share(self.replied, self.total)

    @property
    def tone(self) -> str:
        """Name of the tile's colour; the figure stands beside it, so colour is never alone."""
        steps = ((90, "high"), (75, "good"), (50, "half"), (0, "low"))
        return next(name for least, name in steps if self.percent >= least)


def state_code(state: State | None) -> str:
    """Return a state as the address of a filter writes it; ``none`` has not begun."""
    return state.value if state else "none"


def state_words(state: State | None) -> str:
    """Return a state in words; None has not begun."""
    return str(state.label) if state else _("Chưa bắt đầu")


def replied(lines: Sequence[BoardLine]) -> int:
    """Count the units whose answer stands, "nothing to register" included; what was given back has to come again."""
    return sum(line.has_replied for line in lines)


def owed_in_words(lines: Sequence[BoardLine]) -> str:
    """Say how many still have to send, and how many of those sent once and were asked to mend it."""
    owing = sum(not line.has_replied for line in lines)
    again = sum(line.is_asked_again for line in lines)
    words = ngettext("%(n)s đơn vị còn phải gửi", "%(n)s đơn vị còn phải gửi", owing) % {"n": grouped(owing)}
    if not again:
        return words
    of_those = ngettext("trong đó %(n)s được trả lại để bổ sung", "trong đó %(n)s được trả lại để bổ sung", again)
    return f"{words}, {of_those % {'n': grouped(again)}}"


def first_owed(lines: Iterable[BoardLine], *, at: dt.datetime) -> dt.datetime | None:
    """Return the first deadline in force of units that still have to send: past if any is overdue; None: none owes."""
    return min(filter(None, (line.due_at(at) for line in lines if not line.has_replied)), default=None)


def segments(lines: Sequence[BoardLine]) -> tuple[Segment, ...]:
    """Return the bar of these units' states, in the order of ``STATES``."""
    counts: Counter[State | None] = tally(lines)
    out, start = [], 0
    for state in STATES:
        out.append(Segment(state_code(state), state_words(state), counts[state], start))
        start += counts[state]
    return tuple(out)


def rows_under(lines: Sequence[BoardLine], over: BoardLine | None) -> list[BoardRow]:
    """Return the units one step below ``over`` (None: the topmost ones), each with what lies under it.

    One pass over the lines, whatever the depth of the tree.
    """
    inside = lines if over is None else [x for x in lines if x.path.startswith(over.path) and x is not over]
    paths = {line.path for line in inside}
    families: dict[str, list[BoardLine]] = {}
    for line in inside:
        *_below, top = (path for path in _upward(line.path) if path in paths)
        families.setdefault(top, []).append(line)
    return [_row(line, families[line.path]) for line in inside if line.path in families]


def chain_above(lines: Sequence[BoardLine], over: BoardLine) -> list[BoardLine]:
    """Return the units of the board that ``over`` stands under, the topmost first."""
    by_path = {line.path: line for line in lines}
    return [by_path[path] for path in reversed([*_upward(over.path)][1:]) if path in by_path]


def names_above(lines: Sequence[BoardLine]) -> dict[str, str]:
    """Return the name of the unit right above each, by path; who stands under none of them is left out."""
    by_path = {line.path: line.unit_name for line in lines}
    found = {line.path: next((p for p in [*_upward(line.path)][1:] if p in by_path), "") for line in lines}
    return {path: by_path[above] for path, above in found.items() if above}


def _upward(path: str) -> Iterator[str]:
    """Yield a path and those above it: ``/1/17/1021/``, ``/1/17/``, ``/1/``."""
    while path not in {"", "/"}:
        yield path
        path = path[: path[:-1].rfind("/") + 1]


def _row(line: BoardLine, family: Sequence[BoardLine]) -> BoardRow:
    count = sum(x.activity_count for x in family)
    return BoardRow(line, len(family) - 1, count, replied(family), segments(family))


def alone(line: BoardLine, contacts: tuple[Reached, ...] = ()) -> BoardRow:
    """Return one unit as a row of its own, whatever lies under it; its state stands for a bar."""
    return BoardRow(line, 0, line.activity_count, int(line.has_replied), (), contacts)


def tiles(lines: Sequence[BoardLine], *, kinds: frozenset[str], places: dict[str, TilePlace]) -> list[Tile]:
    """Return one tile for each territory's committee among ``lines``, with all the units under it.

    :param kinds: kinds of unit that stand for a territory.
    :param places: path of the committee -> its place on the grid.
    """
    families: dict[str, list[BoardLine]] = {line.path: [] for line in lines if line.kind in kinds}
    for line in lines:
        for path in _upward(line.path):
            if path in families:
                families[path].append(line)
    out = []
    for line in lines:
        if line.kind in kinds:
            family, place = families[line.path], places.get(line.path)
            name = place.short if place else line.unit_name
            out.append(Tile(name, line.roster_pk, replied(family), len(family), place))
    return out


@dataclass(frozen=True, slots=True)
class Group:
    """Units of one level or kind, and how many of them replied."""

    code: str
    words: str
    total: int
    replied: int
    segments: tuple[Segment, ...]

    @property
    def percent(self) -> int:
        """Share that replied: 100 means all of them, 0 none."""
        return share(self.replied, self.total)


def by_level(lines: Sequence[BoardLine]) -> list[Group]:
    """Return the levels there are units of, in the order of the deadlines' levels."""
    return _groups([(level_of(line.kind).code, line) for line in lines], [(x.code, _(x.words)) for x in LEVELS])


def by_kind(lines: Sequence[BoardLine]) -> list[Group]:
    """Return the kinds there are units of, in the order of ``Unit.Kind``."""
    kinds = [(kind.value, str(kind.label)) for kind in Unit.Kind]
    return _groups([(line.kind, line) for line in lines], kinds)


def _groups(found: Sequence[tuple[str, BoardLine]], names: Sequence[tuple[str, str]]) -> list[Group]:
    families: dict[str, list[BoardLine]] = {}
    for code, line in found:
        families.setdefault(code, []).append(line)
    return [
        Group(code, words, len(family), replied(family), segments(family))
        for code, words in names
        if (family := families.get(code))
    ]
