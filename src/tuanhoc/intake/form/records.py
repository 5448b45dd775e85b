"""Records into rows: days inherited, items taken apart and paired with their places and hours, nothing dropped."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from tuanhoc.papers.reading import Cell

from .grids import Record
from .headings import Role
from .items import Item, items_of, lines_as_items
from .values import Part, Row, Unplaced, Window
from .when import NOTHING, When, at_the_edges, leading, read_when
from .wording import bare, clean, is_blank, is_ditto, joined, urls_in

_NOTHING_HELD = re.compile(
    r"\W*(?:khong(?: (?:co|to chuc|dang ky|dien ra|thuc hien))?(?: (?:hoat dong|to chuc|gi|noi dung))?|nghi|bo trong)\W*"
)
_CONTACT = re.compile(
    r"\b(?:lien he|lh|dau moi|nguoi phu trach|phu trach|hotline|dien thoai|sdt|dt)\s*(?:\([^)]*\))?\s*:\s*(?P<who>[^;\n]+)"
)
_AUDIENCE = re.compile(r"\b(?:thanh phan(?: tham (?:du|gia))?|doi tuong(?: tham (?:du|gia))?)\s*:\s*(?P<who>[^;\n]+)")
_HOST = re.compile(r"\b(?:chu tri|don vi (?:chu tri|thuc hien|to chuc))\s*:\s*(?P<who>[^;\n]+)")
#: One cell never makes more rows than this: a forged file could multiply days by items.
_MOST = 200


@dataclass(slots=True)
class Context:
    """What a row may take from above it: the day, the part of day of a band, the unit of a band, the row itself."""

    window: Window
    when: When = NOTHING
    part: Part | None = None
    host: str | None = None
    above: Row | None = None
    unplaced: list[Unplaced] = field(default_factory=list)

    def leave(self, where: str, text: str) -> None:
        """Keep words that are in no row."""
        if clean(text) and not is_blank(text):
            self.unplaced.append(Unplaced(where, clean(text)))


def rows_of(record: Record, context: Context) -> list[Row]:
    """Return the rows one record says; words that fit nowhere go to ``context.unplaced``."""
    rows: list[Row] = []
    day = _day(record, context)
    for part, lines in _contents(record):
        rows += _rows(record, lines, day, part, context)
    if not rows or record.by_part:
        _leave_others(
            record, context, also=() if rows else (Role.NOTE, Role.HOST, Role.AUDIENCE, Role.CONTACT, Role.LINK)
        )
    else:
        _leave_others(record, context)
    context.above = rows[-1] if rows else context.above
    return rows


def _contents(record: Record) -> list[tuple[Part | None, tuple[str, ...]]]:
    own = record.lines(Role.CONTENT)
    by_part = [
        (column.part, tuple(line for line in cell.lines if not is_blank(line))) for column, cell in record.by_part
    ]
    return [*([(None, own)] if own or not by_part else []), *by_part]


def _leave_others(record: Record, context: Context, also: Sequence[Role] = ()) -> None:
    for role in (Role.OTHER, *also):
        for cell in record.cells.get(role, ()):
            if role in record.fresh:
                context.leave(cell.where, joined(cell.lines))


def _day(record: Record, context: Context) -> list[When]:
    """Read the day cell, one When per line where lines are days of their own; blank: the day above."""
    lines = record.lines(Role.DAY) + record.lines(Role.WHEN_AND_WHERE)[:0]
    until = record.lines(Role.LAST_DAY)
    if not lines and not until:
        return [replace(context.when, rest="")]
    if until:
        lines = (f"{joined(lines)} đến {joined(until)}",)
    if is_ditto(joined(lines)):
        return [context.when]
    each = [read_when(line, context.window) for line in lines]
    whole = read_when(joined(lines), context.window)
    several = len(each) > 1 and all(not when.rest for when in each)
    if several and all(when.has_day for when in each) and any(when.has_time for when in each):
        found = each
    elif several and sum(w.has_day for w in each) == 1 and sum(w.has_time and not w.has_day for w in each) > 1:
        dated = next(w for w in each if w.has_day)
        found = [when.over(When(dated.spans, codes=dated.codes)) for when in each if when is not dated]
    else:
        found = [whole]
    return _kept(record, found, whole, context)


def _kept(record: Record, found: list[When], whole: When, context: Context) -> list[When]:
    if not whole.has_day and not whole.has_time:
        for cell in record.cells.get(Role.DAY, ()):
            context.leave(cell.where, joined(cell.lines))
        context.when = When(codes=("bad_date",))
        return [context.when]
    unread = not whole.spans or any(day is None for span in whole.spans for day in span)
    if whole.rest or ((whole.has_day and unread) and Role.DAY in record.fresh):
        for cell in record.cells.get(Role.DAY, ()):
            context.leave(cell.where, joined(cell.lines))
    if whole.has_day:
        context.when = When(whole.spans, codes=tuple(c for c in whole.codes if c != "bad_time"))
        return [replace(when, rest="") for when in found]
    return [replace(when, rest="").over(context.when) for when in found]


def _rows(record: Record, lines: tuple[str, ...], day: list[When], part: Part | None, context: Context) -> list[Row]:
    if _says_nothing(record, lines, context):
        return []
    taken = items_of(lines, context.window)
    if taken.intro:
        context.leave(_where(record, Role.CONTENT), taken.intro)
    hours = _hours(record, len(taken.items), context)
    places = _places(record, context)
    items = list(taken.items) or [Item("")]
    count = _count(items, [day, hours], places)
    if len(items) == 1 and count > 1:
        items *= count
    rows: list[Row] = []
    for n, item in enumerate(items):
        when, place = _share(
            places, n, len(items), lambda all_: (_first_time(all_), clean(" ".join(p for _, p in all_)))
        )
        hour = _share(hours, n, len(items), lambda all_: all_[0])
        own = item.when.over(hour).over(when) if hour.has_time or not when.has_time else item.when.over(when)
        for of_day in [day[n]] if len(day) == len(items) > 1 else day:
            said = own.over(of_day)
            rows += _spread(
                record, item, place, said, part, context, number=n if len(items) > 1 else None, of=len(items)
            )
    return rows[:_MOST]


def _first_time(places: Sequence[tuple[When, str]]) -> When:
    return next((when for when, _ in places if when.has_time), NOTHING)


def _share(values, n, count, whole):  # type: ignore[no-untyped-def]
    """Give item ``n`` its own value when there are as many values as items, else what serves them all."""
    return values[n] if len(values) == count > 1 else whole(values) if len(values) > 1 else values[0]


def _count(items: list[Item], whens: Sequence[list[When]], places: list[tuple[When, str]]) -> int:
    if len(items) > 1:
        return len(items)
    times = max((len(w) for w in whens if len(w) > 1 and all(x.has_time for x in w)), default=1)
    return times


def _spread(
    record: Record,
    item: Item,
    place: str,
    said: When,
    part: Part | None,
    context: Context,
    *,
    number: int | None,
    of: int,
) -> list[Row]:
    """Make a row of every span of days."""
    content = item.text
    if is_ditto(content):
        content = context.above.content if context.above else content
    note = _words(record, Role.NOTE, number, of, context.above.note if context.above else None)
    chosen = said.part or part or (context.part if said.start is None else None)
    base = Row(
        start_time=said.start,
        end_time=said.stop,
        part_of_day=chosen,
        place=place,
        content=content,
        note=note,
        host=_words(record, Role.HOST, number, of, (context.above.host or "") if context.above else "")
        or context.host
        or _labelled(_HOST, note),
        audience=_words(record, Role.AUDIENCE, number, of, "")
        or _labelled(_AUDIENCE, note)
        or _labelled(_AUDIENCE, content),
        contact=_contact(record, number, of) or _labelled(_CONTACT, note),
        link=_link(record, content, note, place, context),
        source=record.where + (f", mục {number + 1}" if number is not None else ""),
        codes=said.codes,
    )
    spans = said.spans or ((None, None),)
    return [replace(base, date_from=first, date_to=last) for first, last in spans]


def _words(record: Record, role: Role, number: int | None, of: int, above: str | None) -> str:
    lines = record.lines(role)
    whole = joined(lines)
    if is_ditto(whole):
        return whole if above is None else above
    if number is not None and len(lines) > 1:
        own = lines_as_items(lines)
        return own[number] if len(own) == of else whole
    return whole


def _contact(record: Record, number: int | None, of: int) -> str | None:
    cells = record.cells.get(Role.CONTACT, [])
    if len(cells) < 2:
        return _words(record, Role.CONTACT, number, of, "") or None
    return ", ".join(joined(cell.lines) for cell in cells)


def _labelled(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(bare(text))
    who = text[found.start("who") : found.end("who")] if found else ""
    who = re.split(r"(?<=[^\W\d_]{2})\.\s", who)[0]
    return clean(who).rstrip(".,) ") or None


def _link(record: Record, content: str, note: str, place: str, context: Context) -> str | None:
    own = record.lines(Role.LINK)
    written = [url for text in (*own, note, content, place) for url in urls_in(text)]
    hidden = [url for cells in record.cells.values() for cell in cells for url in cell.links]
    hidden = [url for url in hidden if not url.lower().startswith(("mailto:", "tel:"))]
    if not written and not hidden:
        return joined(own) or None
    return (written or hidden)[0]


def _hours(record: Record, count: int, context: Context) -> list[When]:
    """Read the column of hours: one When, or one per line where lines are hours of their own."""
    lines = record.lines(Role.TIME)
    if not lines:
        return [NOTHING]
    if is_ditto(joined(lines)):
        above = context.above
        return [When(start=above.start_time, stop=above.end_time, part=above.part_of_day) if above else NOTHING]
    each = [_hour(line, context.window) for line in lines]
    whole = _hour(joined(lines), context.window)
    if len(lines) > 1 and all(when.has_time and not when.rest for when in each) and (len(lines) == count or count <= 1):
        if whole.stop is None or count == len(lines):
            return each
    if whole.rest or not (whole.has_time or whole.has_day):
        for cell in record.cells.get(Role.TIME, ()):
            context.leave(cell.where, joined(cell.lines))
        lacking = () if whole.has_time or not re.search(r"\d", joined(lines)) else ("bad_time",)
        return [replace(whole, rest="", codes=(*whole.codes, *lacking))] if whole.has_time else [When(codes=lacking)]
    return [whole]


_BARE_HOUR = re.compile(r"\s*(\d{1,2})(?:[.,](\d{2}))?(?:\s*[-–]\s*(\d{1,2})(?:[.,](\d{2}))?)?\s*")
_LETTER: dict[str, Part] = {"s": "sáng", "c": "chiều", "t": "tối"}


def _hour(text: str, window: Window) -> When:
    """Read a cell of the column of hours, where "8", "9.30" and "S" are hours and parts too."""
    if letter := _LETTER.get(bare(clean(text))):
        return When(part=letter)
    found = _BARE_HOUR.fullmatch(text)
    if found is None:
        return read_when(text, window)
    hours = f"{found[1]}h{found[2] or '00'}" + (f"-{found[3]}h{found[4] or '00'}" if found[3] else "")
    return read_when(hours, window)


def _places(record: Record, context: Context) -> list[tuple[When, str]]:
    lines = record.lines(Role.PLACE)
    above = context.above.place if context.above else ""
    if is_ditto(joined(lines)):
        return [(NOTHING, above if context.above else joined(lines))]
    if not lines and (both := record.lines(Role.WHEN_AND_WHERE)):
        return [_when_and_where(both, context)]
    items = lines_as_items(lines)
    if len(items) == 1 and ";" in items[0]:
        items = [clean(part) for part in items[0].split(";") if clean(part)] if _is_several(record) else items
    return [at_the_edges(text, context.window) for text in items] or [(NOTHING, "")]


def _is_several(record: Record) -> bool:
    return len(record.lines(Role.CONTENT)) == sum(line.count(";") for line in record.lines(Role.PLACE)) + 1


def _when_and_where(lines: tuple[str, ...], context: Context) -> tuple[When, str]:
    said, place = NOTHING, []
    for line in lines:
        when = read_when(line, context.window)
        if not when.rest and (when.has_day or when.has_time):
            said = said.over(when)
            continue
        found = leading(line, context.window, free=True)
        if found:
            said, line = said.over(found[0]), found[1]
        edge, line = at_the_edges(line, context.window)
        said = said.over(edge)
        place.append(re.sub(r"^(?:tại|địa điểm)\s*:?\s*", "", line, flags=re.IGNORECASE))
    if said.has_day:
        context.when = When(said.spans, codes=said.codes)
    return said, joined(place)


def _says_nothing(record: Record, lines: tuple[str, ...], context: Context) -> bool:
    """Whether the row registers nothing: only its printed day, a remark alone, or "Không tổ chức"."""
    content = joined(lines)
    place = joined(record.lines(Role.PLACE)) + joined(record.lines(Role.WHEN_AND_WHERE))
    if content and _NOTHING_HELD.fullmatch(bare(content)) and not (place and not _NOTHING_HELD.fullmatch(bare(place))):
        context.leave(_where(record, Role.CONTENT), content)
        context.leave(_where(record, Role.PLACE), place)
        return True
    if not content and not place:
        for cell in record.cells.get(Role.TIME, ()) if Role.TIME in record.fresh else ():
            context.leave(cell.where, joined(cell.lines))
        return True
    return not (
        record.fresh & {Role.CONTENT, Role.PLACE, Role.WHEN_AND_WHERE, Role.DAY, Role.TIME, Role.NOTE} or record.by_part
    )


def _where(record: Record, role: Role) -> str:
    cells: Iterable[Cell] = record.cells.get(role, ())
    return next((cell.where for cell in cells), record.where)


def wrapped(record: Record, context: Context) -> bool:
    """Whether a row only goes on with the words of the row above, cut by a page or typed on two lines."""
    if context.above is None or record.fresh != {Role.CONTENT} or record.by_part:
        return False
    text = joined(record.lines(Role.CONTENT))
    above = context.above.content
    return text[:1].islower() and above[:1].isupper() and above[-1:] not in ".;:!?"
