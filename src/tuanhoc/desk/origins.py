"""Where each row stands in its file: the cells it came from, and which of them hold its day, place and content."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.lib.text import fold

from .sources import Source, Spot, place

#: Words so short that finding them in a cell says nothing.
_TELLING = 4
#: A row told in lines of text goes on for so many of them at most.
_LINES = 8
#: A day stands at most so many cells above its row; further up it is the day of something else.
_ABOVE = 80
#: The same cell is looked at for every row it reaches into.
_folded = lru_cache(maxsize=10_000)(fold)


@dataclass(frozen=True, slots=True)
class Origin:
    """The cells of one row, by their anchors; "" where it is not known which cell holds a thing."""

    cells: tuple[str, ...] = ()
    day: str = ""
    place: str = ""
    content: str = ""
    note: str = ""

    @property
    def first(self) -> str:
        """Where to look first: the cell of its content, else the first of its cells."""
        return self.content or (self.cells[0] if self.cells else "")


def origins_of(source: Source, rows: Mapping[str, ActivityDraft]) -> dict[str, Origin]:
    """Return the cells of every row. A row whose place is not shown has none."""
    spots = list(source.spots())
    at: dict[str, int] = {}
    for n, spot in enumerate(spots):
        at.setdefault(place(spot.where), n)
    begun = {at[place(row.source)] for row in rows.values() if place(row.source) in at}
    covering = _Covering(spots)
    found = {}
    for key, row in rows.items():
        start = at.get(place(row.source))
        if start is None:
            found[key] = Origin()
            continue
        if spots[start].table is None:
            mine = _lines(spots, start, row, begun)
        else:
            mine = covering.row_of(spots[start])
            mine = mine if _holding(mine, row.content) else _elsewhere(spots[start:], mine, row)
        found[key] = _origin(mine, row, earlier=spots[:start])
    return found


class _Covering:
    """The cells of each table by row, merged cells in every row they reach into."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        self._rows: dict[tuple[int, int], list[Spot]] = {}
        for spot in spots:
            if spot.table is not None:
                for row in range(spot.row, spot.row + spot.row_span):
                    self._rows.setdefault((spot.table, row), []).append(spot)

    def row_of(self, spot: Spot) -> list[Spot]:
        return self._rows[spot.table or 0, spot.row]


def _lines(spots: list[Spot], start: int, row: ActivityDraft, begun: set[int]) -> list[Spot]:
    """Return the line a row stands in, and the lines after it that go on with its words."""
    mine = [spots[start]]
    for n in range(start + 1, min(start + _LINES, len(spots))):
        if n in begun or spots[n].table is not None:
            break
        if any(_says(spots[n], words) for words in (row.place, row.content, row.note)):
            mine.append(spots[n])
    return mine


def _elsewhere(after: list[Spot], mine: list[Spot], row: ActivityDraft) -> list[Spot]:
    """Return the cells of a row that does not lie in a line: the Week across the page, a table inside a cell.

    Of cells that say the same, the one below the row's day is meant.
    """
    day = _day_in(mine, row.held_on)
    below = [spot for spot in after if day and spot.column == day.column and spot.table == day.table]
    content = _saying(below, row.content) or _saying(after, row.content)
    if content is None:
        return mine
    place = _saying([content], row.place) or _saying(below, row.place) or _saying(after, row.place)
    return list({spot.anchor: spot for spot in (day, content, place) if spot}.values())


def _origin(mine: list[Spot], row: ActivityDraft, *, earlier: list[Spot]) -> Origin:
    day = _day_in(mine, row.held_on) or _day_in(reversed(earlier[-_ABOVE:]), row.held_on)
    known = [spot for spot in (day,) if spot and spot not in mine]
    return Origin(
        cells=tuple(spot.anchor for spot in (*known, *mine) if spot.lines),
        day=day.anchor if day else "",
        place=_holding(mine, row.place),
        content=_holding(mine, row.content),
        note=_holding(mine, row.note),
    )


def _saying(spots: Iterable[Spot], words: str) -> Spot | None:
    return next((spot for spot in spots if _says(spot, words)), None)


def _holding(mine: Iterable[Spot], words: str) -> str:
    spot = _saying(mine, words)
    return spot.anchor if spot else ""


def _says(spot: Spot, words: str) -> bool:
    said, sought = _folded(spot.text), _folded(words)
    if not said or not sought:
        return False
    return sought in said or (len(said) > _TELLING and said in sought)


def _day_in(spots: Iterable[Spot], day: dt.date | None) -> Spot | None:
    """Return the nearest cell that writes this day, in any of the ways units write days."""
    if day is None:
        return None
    pattern = re.compile(rf"(?<!\d)0?{day.day}\s*(?:[/.\-]\s*0?{day.month}|\s+thang\s+0?{day.month})(?!\d)")
    return next((spot for spot in spots if pattern.search(_folded(spot.text))), None)
