"""The cells that say where, and the hours that stand in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .context import Context
from .grids import Record
from .headings import Role
from .items import lines_as_items
from .values import Row
from .when import NOTHING, When, at_the_edges, leading, read_when
from .wording import bulleted, clean, is_ditto, joined

#: The row's day is written above it, or in a cell that it shares with the row above.
_ONE_DAY = frozenset({"day_above", "day_of_cell"})
_AT = re.compile(r"(?:tại|địa điểm)\s*:?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A place, the hour that stood beside it, and both as written."""

    text: str
    when: When = NOTHING
    written: str = ""


def places_of(record: Record, count: int, context: Context) -> list[Place]:
    """Read the place cell: one place, or one per item where the cell lists several."""
    lines = record.lines(Role.PLACE)
    if is_ditto(joined(lines)):
        return [Place(context.above.place if context.above else joined(lines))]
    if not lines and (both := record.lines(Role.WHEN_AND_WHERE)):
        return [_when_and_where(both, context)]
    items = lines_as_items(lines)
    if len(items) != count > 1 and len(lines) == count:
        items = [clean((bulleted(line) or ("", line))[1]) for line in lines]
    return [_place(text, context) for text in items] or [Place("")]


def together(places: list[Place]) -> Place:
    """Return several places as one, for an item that all of them serve."""
    if len(places) == 1:
        return places[0]
    when = next((place.when for place in places if place.when.has_time), NOTHING)
    return Place(clean(" ".join(p.text for p in places)), when, clean(" ".join(p.written or p.text for p in places)))


def _place(text: str, context: Context) -> Place:
    when, place = at_the_edges(text, context.window)
    return Place(place, when, text)


def _when_and_where(lines: tuple[str, ...], context: Context) -> Place:
    said, places = NOTHING, []
    for line in lines:
        when = read_when(line, context.window)
        if not when.rest and (when.has_day or when.has_time):
            said = said.over(when)
            continue
        found = leading(line, context.window, free=True)
        edge, place = at_the_edges(found[1] if found else line, context.window)
        said = (said.over(found[0]) if found else said).over(edge)
        places.append(_AT.sub("", place, count=1) if _AT.match(place) else place)
    if said.has_day:
        context.when = When(said.spans, codes=said.codes)
    return Place(joined(places), said)


def with_place_given_once(rows: Sequence[Row]) -> list[Row]:
    """Give the place written once to the rows of a table that are blank below it, and say so.

    Once for the whole table, at its first row, with two rows or more below; or once for the rows of one day, whose
    day is written once as well.
    """
    placed = [row for row in rows if row.place]
    if len(rows) > 2 and len(placed) == 1 and rows[0].place:
        return [rows[0], *(_placed(row, rows[0].place) for row in rows[1:])]
    out: list[Row] = []
    for row in rows:
        above = out[-1] if out else None
        same_day = above is not None and row.date_from == above.date_from and _ONE_DAY.intersection(row.codes)
        out.append(_placed(row, above.place) if above and same_day and above.place and not row.place else row)
    return out


def with_place_over(rows: Sequence[Row], place: str) -> list[Row]:
    """Give the place written once above a table to its rows."""
    return [_placed(row, place) for row in rows]


def _placed(row: Row, place: str) -> Row:
    return row if row.link else replace(row, place=place, codes=(*row.codes, "place_above"))
