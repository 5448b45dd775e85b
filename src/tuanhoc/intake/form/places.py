"""The cells that say where, and the hours that stand in them."""

import re
from dataclasses import dataclass

from .context import Context
from .grids import Record
from .headings import Role
from .items import lines_as_items
from .when import NOTHING, When, at_the_edges, leading, read_when
from .wording import bulleted, clean, is_ditto, joined

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
    if not lines and (above := context.place_above()):
        return [Place(above)]
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
