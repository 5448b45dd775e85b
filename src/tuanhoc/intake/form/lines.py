"""Forms without a table: columns typed with bars or tabs, or lines that say when, what and where."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tuanhoc.papers.reading import Cell, Grid, Paragraph

from .beside import AUDIENCE, CONTACT, HOST, labelled
from .context import Context
from .records import days_after
from .sentences import Told, told_at_end
from .values import Row, Window
from .when import NOTHING, When, at_the_edges, leading, only_when, read_when
from .wording import bare, bulleted, clean, urls_in

_LONGEST_DASHED = 400
_RULE = re.compile(r"[\s|+:=_\-–]*")


_HEADING = re.compile(r"^[IVX]{1,4}[.)]\s+")
_AT = re.compile(r"[\s,;.(–-]+(?:tại|địa điểm)(?!\w)\s*:?\s*")
_AT_UNMARKED = re.compile(r"[\s,;.(–-]+(?:tai|dia diem)\b\s*:?\s*")
_BEFORE = re.compile(r"(?:tai|dia diem\s*:)\s+(?P<place>[^:;]{2,100})\s*:\s+(?=\S)")
_CUT = re.compile(r"\s*[;:]\s+|\s+[-–]\s+|,\s+")
_PLACE = re.compile(
    r"(?:hoi truong|nha (?:van hoa|thi dau|sinh hoat|thieu nhi)|thu vien|san (?:van dong|truong)|trung tam"
    r"|tru so|cong vien|quang truong|truong (?:tieu|mam|trung|th|thcs|thpt|mn|dai|cao))\b"
)
_REMARK = re.compile(
    r"(?:tren day|ghi chu|luu y|de nghi|kinh (?:de|mong|gui|bao)|moi chi tiet|xin |tran trong|rat mong|lich "
    r"|chung toi|(?:moi )?(?:nguoi )?lien he\b|dau moi\b|(?:so )?(?:dien thoai|sdt|dt)\b)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line outside the rows, and the addresses its links hide."""

    text: str
    where: str
    links: tuple[str, ...] = ()
    #: it is a cell's among cells of other things, where nothing may pass for a title or a signature
    of_table: bool = False


def tables_of_text(blocks: Sequence[Paragraph | Grid], window: Window) -> Iterator[Paragraph | Grid]:
    """Return the blocks, lines typed as columns ("07h30 | Hội trường | …") gathered into grids."""
    dashed = _dashed(blocks, window)
    typed: list[tuple[Paragraph, tuple[str, ...]]] = []
    for block in blocks:
        fields = _fields(block, going_on=bool(typed)) if isinstance(block, Paragraph) else ()
        fields = fields or dashed.get(id(block), ())
        if isinstance(block, Paragraph) and (fields or (typed and _is_rule(block.text))):
            typed += [(block, fields)] if fields else []
            continue
        yield from _grid_of(typed)
        typed = []
        yield block
    yield from _grid_of(typed)


_DASH = re.compile(r"\s+[-–—]\s+")


def _dashed(blocks: Sequence[Paragraph | Grid], window: Window) -> dict[int, tuple[str, ...]]:
    """Find lines one below the other that say day, place and activity with dashes between them, as many in each."""
    found: dict[int, tuple[str, ...]] = {}
    run: list[tuple[int, tuple[str, ...]]] = []
    for block in (*blocks, None):
        fields = _between_dashes(block.text, window) if isinstance(block, Paragraph) else ()
        if run and len(fields) != len(run[0][1]):
            found |= dict(run) if len(run) > 1 else {}
            run = []
        run += [(id(block), fields)] if fields else []
    return found


def _between_dashes(text: str, window: Window) -> tuple[str, ...]:
    if not any(dash in text for dash in (" - ", " – ", " — ")) or len(text) > _LONGEST_DASHED:
        return ()
    bullet = bulleted(text)
    fields = tuple(clean(part) for part in _DASH.split(bullet[1] if bullet else text.strip()))
    if not 3 <= len(fields) <= 5 or not all(fields):
        return ()
    day, *others = (only_when(part, window) for part in fields)
    return fields if day.has_day and not any(one.has_day or one.has_time for one in others) else ()


def _is_rule(text: str) -> bool:
    return bool(text.strip()) and _RULE.fullmatch(text) is not None


def _fields(paragraph: Paragraph, *, going_on: bool) -> tuple[str, ...]:
    text = paragraph.text
    if "\n" in text or _is_rule(text):
        return ()
    if "|" in text:
        return tuple(part.strip() for part in text.strip().strip("|").split("|"))
    parts = [part.strip() for part in text.split("\t")] if text.count("\t") >= 2 else []
    return tuple(parts) if sum(bool(part) for part in parts) >= (2 if going_on else 3) else ()


def _grid_of(typed: list[tuple[Paragraph, tuple[str, ...]]]) -> Iterator[Paragraph | Grid]:
    if not typed:
        return
    width = max(len(fields) for _, fields in typed)
    if width < 2:
        yield from (paragraph for paragraph, _ in typed)
        return
    cells = tuple(
        Cell(row, column, (text,) if text else (), paragraph.where)
        for row, (paragraph, fields) in enumerate(typed)
        for column, text in enumerate(fields)
    )
    yield Grid(cells, len(typed), width, typed[0][0].where)


def rows_of_line(line: Line, context: Context, *, has_table: bool, goes_on: bool) -> list[Row] | None:
    """Read one line: the rows it says, [] when it names a day for what follows, None when it is no activity.

    :param goes_on: the line stands right under a day or an activity, so that it needs no bullet to be one.
    """
    bullet = bulleted(line.text)
    text = _HEADING.sub("", clean(bullet[1] if bullet else line.text))
    named = read_when(text, context.window) if len(text) < 70 else NOTHING
    if not named.rest and (named.has_day or (named.part and named.start is None)):
        if named.has_day:
            context.when = When(named.spans, codes=named.codes)
            if named.is_doubtful:
                context.leave(line.where, text)
        context.part = named.part
        return []
    found = leading(text, context.window, free=True)
    if found and found[1] and (found[0].has_day or not has_table):
        return _activity(line, text if found[0].is_doubtful else found[1], found[0], context)
    if not has_table and (told := told_at_end(text, context.window, listed=bullet is not None)):
        return _told(line, told, context)
    under_a_day = context.when.has_day and (bullet or (goes_on and not _REMARK.match(bare(text))))
    return _activity(line, text, NOTHING, context) if under_a_day and not found and not has_table else None


def _told(line: Line, told: Told, context: Context) -> list[Row]:
    return _line_rows(line, told.content, told.place, told.rest, told.when, ("day_of_line",), context)


def _activity(line: Line, content: str, said: When, context: Context) -> list[Row]:
    content, place, rest = split_place(content)
    hour, place = at_the_edges(place, context.window)
    return _line_rows(line, content, place, rest, said.over(context.when).over(hour), (), context)


def _line_rows(
    line: Line, content: str, place: str, rest: str, when: When, how: tuple[str, ...], context: Context
) -> list[Row]:
    reasons = ("from_line", *how, *(("place_of_line",) if place else ()), *context.manner)
    first, last = when.spans[0] if when.spans else (None, None)
    row = Row(
        date_from=first,
        date_to=last,
        start_time=when.start,
        end_time=when.stop,
        part_of_day=when.part or (context.part if when.start is None and not how else None),
        place=place,
        content=content,
        note=rest,
        host=labelled(HOST, line.text) or context.host_above(),
        audience=labelled(AUDIENCE, line.text),
        contact=labelled(CONTACT, line.text),
        link=next(iter((*urls_in(line.text), *line.links)), None),
        source=line.where,
        codes=(*when.codes_of(0), *reasons),
    )
    return [row, *days_after(row, replace(when, codes=(*when.codes, *reasons)))]


def split_place(text: str) -> tuple[str, str, str]:
    """Split a line into what, where and what follows: "Tọa đàm tại Hội trường xã. Thành phần: toàn dân"."""
    plain = bare(text)
    if where := _BEFORE.match(plain):
        return text[where.end() :].strip(), text[where.start("place") : where.end("place")].strip(), ""
    lower = text.lower()
    # "khuyến tài tại Chợ": only in a text typed without marks is "tai" the word for "at".
    at = _AT_UNMARKED if lower == plain else _AT
    found = [m for m in at.finditer(lower) if text[: m.start()].strip()]
    if found:
        place = text[found[-1].end() :].strip()
        stop = re.search(r"[.;]\s+(?=[^\W\d_])", place)
        rest = place[stop.end() :] if stop else ""
        place = (place[: stop.start()] if stop else place).rstrip(".;) ")
        if 0 < len(place) <= 120:
            return text[: found[-1].start()].strip(), place, rest
    for cut in (next(_CUT.finditer(plain), None), *list(_CUT.finditer(plain))[-1:]):
        before, after = (text[: cut.start()].strip(), text[cut.end() :].strip(" .")) if cut else ("", "")
        if before and after and _PLACE.match(bare(before)) and len(before) < 60:
            return after, before, ""
        if before and after and _PLACE.match(bare(after)) and len(after) < 80:
            return before, after, ""
    return text, "", ""
