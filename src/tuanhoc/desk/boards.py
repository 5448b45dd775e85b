"""The board as a page shows it: rows with what lies under them, one bar of states, one map of tiles."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tuanhoc.activities.models import State
from tuanhoc.activities.queries import BoardLine, tally
from tuanhoc.units.models import Contact
from tuanhoc.units.rules import TilePlace

#: states in the order of the bar; None has not begun
STATES = (State.ACCEPTED, State.SUBMITTED, State.RETURNED, State.DRAFT, State.NIL, None)
#: a reply is anything but silence and an unfinished draft
_NO_REPLY = (None, State.DRAFT)


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
    segments: tuple[Segment, ...]
    #: whom to reach there, where the page lists single units
    contacts: tuple[Contact, ...] = ()

    @property
    def total(self) -> int:
        """Units of the bar: this one and those under it."""
        return self.below + 1


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
        """Share that replied, rounded down: 100 means all of them."""
        return 100 * self.replied // self.total

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
    """Count the units that answered, "nothing to register" included."""
    return sum(line.state not in _NO_REPLY for line in lines)


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
        families.setdefault(_top_of(line.path, paths), []).append(line)
    return [_row(line, families[line.path]) for line in inside if line.path in families]


def _top_of(path: str, paths: set[str]) -> str:
    top = path
    above = path
    while (above := above[: above[:-1].rfind("/") + 1]) not in {"", "/"}:
        if above in paths:
            top = above
    return top


def _row(line: BoardLine, family: Sequence[BoardLine]) -> BoardRow:
    return BoardRow(line, len(family) - 1, sum(x.activity_count for x in family), segments(family))


def alone(line: BoardLine) -> BoardRow:
    """Return one unit as a row of its own, whatever lies under it."""
    return _row(line, [line])


def tiles(lines: Sequence[BoardLine], *, kinds: frozenset[str], places: dict[str, TilePlace]) -> list[Tile]:
    """Return one tile for each territory's committee among ``lines``, with all the units under it.

    :param kinds: kinds of unit that stand for a territory.
    :param places: path of the committee -> its place on the grid.
    """
    out = []
    for line in lines:
        if line.kind in kinds:
            family = [x for x in lines if x.path.startswith(line.path)]
            place = places.get(line.path)
            name = place.short if place else line.unit_name
            out.append(Tile(name, line.roster_pk, replied(family), len(family), place))
    return out
