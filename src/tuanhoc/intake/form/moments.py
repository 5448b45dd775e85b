"""The cells that say when: the day's, the hour's."""

import re
from dataclasses import replace

from .context import Context
from .grids import Record
from .headings import Role
from .values import Part, Window
from .when import NOTHING, When, read_when
from .wording import bare, clean, is_ditto, joined

_BARE_HOUR = re.compile(r"\s*(\d{1,2})(?:[.,](\d{2}))?(?:\s*[-–]\s*(\d{1,2})(?:[.,](\d{2}))?)?\s*")
_LETTER: dict[str, Part] = {"s": "sáng", "c": "chiều", "t": "tối"}


def days_of(record: Record, context: Context) -> list[When]:
    """Read the day cell, one When per line where lines are days of their own; blank: the day above."""
    lines = record.lines(Role.DAY)
    until = record.lines(Role.LAST_DAY)
    if not lines and not until:
        return [_from_above(context.when)]
    if until:
        lines = (f"{joined(lines)} đến {joined(until)}",)
    if is_ditto(joined(lines)):
        return [_from_above(context.when)]
    # A dash alone on its line joins the days above and below it, though it is no line of words.
    words = joined(lines) if until else joined([line for c in record.cells[Role.DAY] for line in c.lines])
    whole = read_when(words, context.window)
    each = _each_line(lines, whole, context.window)
    found = each or [whole]
    unread = whole.has_day and (not whole.spans or any(day is None for span in whole.spans for day in span))
    if (whole.rest and not each) or unread or not (whole.has_day or whole.has_time):
        _leave(record, Role.DAY, context)
        _leave(record, Role.LAST_DAY, context)
    if not whole.has_day and not whole.has_time:
        context.when = When(codes=("bad_date",))
        return [context.when]
    if whole.has_day:
        context.when = When(whole.spans, codes=tuple(c for c in whole.codes if c != "bad_time"))
        doubt = ("more_in_day",) if whole.rest and not each else ()
        return [replace(when, rest="", codes=(*when.codes, *doubt)) for when in found]
    return [replace(when, rest="").over(context.when) for when in found]


def _from_above(when: When) -> When:
    return When(when.spans, when.start, when.stop, when.part, (*when.codes, "day_above")) if when.has_day else when


def _each_line(lines: tuple[str, ...], whole: When, window: Window) -> list[When]:
    """Read lines that are each a day and its hour, or one day and several hours; [] when they are one text."""
    each = [read_when(line, window) for line in lines]
    if len(each) < 2 or any(when.rest for when in each):
        return []
    dated = [when for when in each if when.has_day]
    timed = [when for when in each if when.has_time and not when.has_day]
    # "Từ 01/10" above "đến 03/10" is one range: lines are days of their own only when read together they are the same.
    same = sorted({str(s) for when in each for s in when.spans}) == sorted({str(s) for s in whole.spans})
    if len(dated) == len(each) and same and (len(whole.spans) > 1 or all(when.has_time for when in each)):
        return each
    if len(dated) == 1 and len(timed) > 1:
        return [when.over(replace(dated[0], start=None, stop=None, part=None)) for when in timed]
    return []


def hours_of(record: Record, count: int, context: Context) -> list[When]:
    """Read the column of hours: one When, or one per line where lines are hours of their own."""
    lines = record.lines(Role.TIME)
    if until := record.lines(Role.LAST_TIME):
        first, last = (_hour(joined(said), context.window) for said in (lines, until))
        if first.start and last.start and not (first.rest or last.rest or first.stop):
            late = ("bad_time",) if last.start <= first.start else ()
            return [replace(first, stop=last.start, codes=(*first.codes, *late))]
        _leave(record, Role.LAST_TIME, context)
    if not lines:
        return [NOTHING]
    if is_ditto(joined(lines)):
        above = context.above
        return [When(start=above.start_time, stop=above.end_time, part=above.part_of_day) if above else NOTHING]
    each = [_hour(line, context.window) for line in lines]
    whole = _hour(joined([line for c in record.cells[Role.TIME] for line in c.lines]), context.window)
    # "Sáng" beside or above "7h30" are one hour; "7h30" above "14h00" are two.
    alike = len({when.start is None for when in each}) == 1
    own = len(lines) > 1 and alike and all(when.has_time and not when.rest for when in each)
    if own and (len(lines) == count > 1 or (count <= 1 and whole.stop is None)):
        return each
    if not whole.rest:  # "cả ngày" says no hour, and nothing else either
        return [whole]
    _leave(record, Role.TIME, context)
    lacking = () if whole.has_time or not re.search(r"\d", joined(lines)) else ("bad_time",)
    return [replace(whole, rest="", codes=(*whole.codes, *lacking))] if whole.has_time else [When(codes=lacking)]


def _hour(text: str, window: Window) -> When:
    """Read a cell of the column of hours, where "8", "9.30" and "S" are hours and parts too."""
    if letter := _LETTER.get(bare(clean(text))):
        return When(part=letter)
    found = _BARE_HOUR.fullmatch(text)
    if found is None:
        return read_when(text, window)
    until = f"-{found[3]}h{found[4] or '00'}" if found[3] else ""
    return read_when(f"{found[1]}h{found[2] or '00'}{until}", window)


def _leave(record: Record, role: Role, context: Context) -> None:
    for cell in record.cells.get(role, ()) if role in record.fresh else ():
        context.leave(cell.where, joined(cell.lines))
