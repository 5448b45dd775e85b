"""Records into rows: days inherited, items taken apart and paired with their places and hours, nothing dropped."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .beside import AUDIENCE, CONTACT, GROUP, HOST, contact_of, labelled, link_of, where_of, words_of
from .context import Context
from .grids import PLAIN_NUMBER, Record, written
from .headings import Role
from .items import Item, items_of
from .moments import days_of, hours_of
from .places import Place, places_of, together
from .values import Part, Row
from .when import NOTHING, When, inside, only_when, read_when
from .wording import bare, is_ditto, joined

_NOTHING_HELD = re.compile(
    r"\W*(?:khong(?: (?:co|to chuc|dang ky|dien ra|thuc hien))?(?: (?:hoat dong|to chuc|gi|noi dung))?|nghi"
    r"|bo trong)\W*"
)
_BESIDE = (Role.NOTE, Role.HOST, Role.AUDIENCE, Role.CONTACT, Role.LINK)
#: What makes a row of its own beside cells merged from above.
_TELLING = {Role.CONTENT, Role.PLACE, Role.WHEN_AND_WHERE, Role.DAY, Role.TIME, Role.NOTE, Role.HOST}
#: One record never makes more rows than this: a forged file could multiply days by items.
_MOST = 200


@dataclass(frozen=True, slots=True)
class _Of:
    """Which of how many items of its record; ``number`` None: the only one. ``reasons``: how it got its place."""

    record: Record
    number: int | None
    count: int
    reasons: tuple[str, ...] = ()


def rows_of(record: Record, context: Context) -> list[Row]:
    """Return the rows one record says; words that fit nowhere go to ``context.unplaced``."""
    day = days_of(record, context)
    if Role.DAY in record.cells and Role.DAY not in record.fresh:
        day = [replace(when, codes=(*when.codes, "day_of_cell")) for when in day]
    rows = [row for part, lines in _contents(record) for row in _rows(record, lines, day, part, context)]
    _leave_others(record, context, also=() if rows else _BESIDE)
    context.above = rows[-1] if rows else context.above
    return rows


def wrapped(record: Record, context: Context) -> bool:
    """Whether a row only goes on with the words of the row above, cut by a page or typed on two lines."""
    if context.above is None or record.fresh != {Role.CONTENT} or record.by_part:
        return False
    text = joined(record.lines(Role.CONTENT))
    above = context.above.content
    return text[:1].islower() and above[:1].isupper() and above[-1:] not in ".;:!?"


def _contents(record: Record) -> list[tuple[Part | None, tuple[str, ...]]]:
    """The contents of a record: its column, or its columns "Sáng", "Chiều"."""
    own = record.lines(Role.CONTENT)
    by_part = [(column.part, written([cell])) for column, cell in record.by_part]
    return [*([(None, own)] if own or not by_part else []), *by_part]


def _leave_others(record: Record, context: Context, also: Sequence[Role]) -> None:
    for role in (Role.OTHER, *also):
        for cell in record.cells.get(role, ()) if role in record.fresh else ():
            context.leave(cell.where, joined(cell.lines))
    for cell in record.cells.get(Role.NUMBER, ()) if Role.NUMBER in record.fresh else ():
        if not PLAIN_NUMBER.fullmatch(joined(cell.lines)[:60]):
            context.leave(cell.where, joined(cell.lines))


def _says_nothing(record: Record, lines: tuple[str, ...], context: Context) -> bool:
    """Whether the row registers nothing: only its printed day, a remark alone, or "Không tổ chức"."""
    content = joined(lines)
    place = joined((*record.lines(Role.PLACE), *record.lines(Role.WHEN_AND_WHERE)))
    nowhere = not place or _NOTHING_HELD.fullmatch(bare(place)) is not None
    if content and _NOTHING_HELD.fullmatch(bare(content)) and nowhere:
        context.leave(where_of(record, Role.CONTENT), content)
        context.leave(where_of(record, Role.PLACE), place)
        _leave_time(record, context)
        return True
    if not content and not place:
        _leave_time(record, context)
        return True
    return not (record.fresh & _TELLING or record.by_part)


def _leave_time(record: Record, context: Context) -> None:
    for cell in record.cells.get(Role.TIME, ()) if Role.TIME in record.fresh else ():
        context.leave(cell.where, joined(cell.lines))


def _rows(record: Record, lines: tuple[str, ...], day: list[When], part: Part | None, context: Context) -> list[Row]:
    if _says_nothing(record, lines, context):
        return []
    taken = items_of(lines, context.window)
    if taken.intro:
        context.leave(where_of(record, Role.CONTENT), taken.intro)
    hours = hours_of(record, len(taken.items), context)
    places = places_of(record, len(taken.items), context)
    items = list(taken.items) or [Item("")]
    if len(items) == 1 and (len(day) > 1 or len(hours) > 1):
        # One activity at several hours of its own is held several times.
        times = max(len(moments) if all(m.has_time for m in moments) else 1 for moments in (day, hours))
        items = [items[0], *[replace(items[0], reasons=("several_hours",))] * (times - 1)] if times > 1 else items
    rows: list[Row] = []
    for n, item in enumerate(items):
        of = _Of(record, n if len(items) > 1 else None, len(items), _shared(len(items), len(places), record))
        place = places[n] if len(places) == of.count else together(places)
        hour = hours[n] if len(hours) == of.count else hours[0]
        for of_day in [day[n]] if len(day) == of.count > 1 else day:
            rows += _spread(of, item, place, (item.when, hour, place.when, of_day), part, context)
    if len(rows) > _MOST:
        context.leave(where_of(record, Role.CONTENT), joined(lines))
    return rows[:_MOST]


def _shared(items: int, places: int, record: Record) -> tuple[str, ...]:
    """Say how the places of a record were given to its items."""
    if places == items or not record.cells.get(Role.PLACE):
        return ("places_paired",) if places == items > 1 else ()
    several = places > 1 or any(";" in line for line in record.lines(Role.PLACE))
    return ("places_joined",) if several else ("place_shared",)


def _spread(of: _Of, item: Item, place: Place, said: Sequence[When], part: Part | None, context: Context) -> list[Row]:
    """Make a row of every span of days; of several hours the one nearest the activity counts."""
    when = NOTHING
    for nearer in said:
        when = when if nearer is NOTHING else when.over(nearer)
    if said[1].has_time and (when.start, when.stop) != (said[1].start, said[1].stop) and said[1].start:
        _leave_time(of.record, context)
    agrees = not place.when.has_time or not place.when.start or place.when.start == when.start
    above = context.above
    content = above.content if above and is_ditto(item.text) else item.text
    if not when.has_time and (found := _elsewhere(of, content, context)):
        when = found.over(when)
    part = when.part or part or (context.part if when.start is None else None)
    ditto = ("same_as_above",) if content != item.text else ()
    # A label of days inside a cell ("03/10: …" beside "01/10") says more than the column, or something else.
    inside_cell = ("day_in_cell",) if said[3].has_day and (said[0].has_day or said[2].has_day) else ()
    if noted := _day_of_note(of, when, said[3], context):
        when, inside_cell = noted, ("day_in_cell",)
    several = _several(when)
    codes = (*when.codes, *item.reasons, *of.reasons, *ditto, *inside_cell, *several, *context.manner)
    when = When(when.spans, when.start, when.stop, part, codes)
    row = _row(of, when, content, place.text if agrees else place.written, context)
    return [row, *days_after(row, when)]


def _several(when: When) -> tuple[str, ...]:
    """Say that one cell names several days; days in a row may as well be one activity that lasts."""
    if len(when.spans) < 2:
        return ()
    firsts = [first for first, _ in when.spans if first]
    in_a_row = any(b - a == dt.timedelta(days=1) for a, b in pairwise(firsts))
    return ("several_days", "days_in_a_row") if in_a_row else ("several_days",)


def days_after(row: Row, when: When) -> list[Row]:
    """Return the row again for each further day of its When."""
    return [
        replace(row, date_from=first, date_to=last, codes=when.codes_of(number))
        for number, (first, last) in enumerate(when.spans[1:], start=1)
    ]


def _elsewhere(of: _Of, content: str, context: Context) -> When | None:
    """Look for an hour in the sentence itself, or in a note that says nothing else; both stay as written."""
    if found := inside(content, context.window):
        return replace(found, codes=(*found.codes, "hour_of_content"))
    note = words_of(of.record, Role.NOTE, of.number, of.count)
    told = read_when(note, context.window) if note and len(note) < 40 else NOTHING
    says_only_that = told.has_time and not told.rest and not told.has_day
    return replace(told, codes=(*told.codes, "hour_of_note")) if says_only_that else None


def _day_of_note(of: _Of, when: When, of_day: When, context: Context) -> When | None:
    """Take the day from a note that says nothing else, where the column of days and the rows above are silent."""
    if when.has_day or of_day.has_day or of.record.lines(Role.DAY):
        return None
    told = only_when(words_of(of.record, Role.NOTE, of.number, of.count)[:60], context.window)
    return told.over(when) if told.has_day else None


def _row(of: _Of, when: When, content: str, place: str, context: Context) -> Row:
    """Return the row of an item on the first of its days."""
    record, above = of.record, context.above
    note = words_of(record, Role.NOTE, of.number, of.count, above.note if above else None)
    host = words_of(record, Role.HOST, of.number, of.count, (above.host or "") if above else None)
    audience = words_of(record, Role.AUDIENCE, of.number, of.count, (above.audience or "") if above else None)
    contact = contact_of(record, of.number, of.count)
    # "Phụ trách" names a person to call, or the group that does the work: "Tổ Ngữ văn", "Đoàn trường".
    group = contact if contact and not host and GROUP.match(bare(contact)) else None
    first, last = when.spans[0] if when.spans else (None, None)
    return Row(
        date_from=first,
        date_to=last,
        start_time=when.start,
        end_time=when.stop,
        part_of_day=when.part,
        codes=when.codes_of(0),
        place=place,
        content=content,
        note=note,
        host=host or group or context.host_above() or labelled(HOST, note),
        audience=audience or labelled(AUDIENCE, note) or labelled(AUDIENCE, content),
        contact=(None if group else contact) or labelled(CONTACT, note),
        link=link_of(record, (note, content, place), context),
        source=record.where + (f", mục {of.number + 1}" if of.number is not None else ""),
    )
