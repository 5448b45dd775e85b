"""Forms without a table: columns typed with bars or tabs, or lines that say when, what and where."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tuanhoc.papers.reading import Cell, Grid, Paragraph

from .records import _AUDIENCE, _CONTACT, _HOST, Context, _labelled
from .values import Row
from .when import NOTHING, When, at_the_edges, leading, read_when
from .wording import bare, bulleted, clean, urls_in

_RULE = re.compile(r"[\s|+:=_\-–]*")
_AT = re.compile(r"[\s,;.–-]*\b(?:tai|dia diem|noi to chuc|o)\b\s*:?\s*(?P<place>[^.;|]+?)(?P<rest>[.;|].*)?$")
_FIELD = re.compile(
    r"(?P<label>thoi gian|ngay|gio|dia diem|noi to chuc|noi dung(?: hoat dong)?|ten hoat dong|hoat dong|ghi chu|chu tri|don vi (?:chu tri|thuc hien|to chuc)"
    r"|thanh phan(?: tham du| tham gia)?|doi tuong|lien he|nguoi phu trach|link|duong dan)\s*:\s*"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line outside any table, and the addresses its links hide."""

    text: str
    where: str
    links: tuple[str, ...] = ()


def tables_of_text(blocks: Sequence[Paragraph | Grid]) -> Iterator[Paragraph | Grid]:
    """Return the blocks, lines typed as columns ("07h30 | Hội trường | …") gathered into grids."""
    typed: list[tuple[Paragraph, tuple[str, ...]]] = []
    for block in blocks:
        fields = _fields(block) if isinstance(block, Paragraph) else ()
        if isinstance(block, Paragraph) and (fields or (typed and _is_rule(block.text))):
            typed += [(block, fields)] if fields else []
            continue
        yield from _grid_of(typed)
        typed = []
        yield block
    yield from _grid_of(typed)


def _is_rule(text: str) -> bool:
    return bool(text.strip()) and _RULE.fullmatch(text) is not None


def _fields(paragraph: Paragraph) -> tuple[str, ...]:
    text = paragraph.text
    if "\n" in text or _is_rule(text):
        return ()
    if "|" in text:
        return tuple(part.strip() for part in text.strip().strip("|").split("|"))
    parts = [part.strip() for part in text.split("\t")] if text.count("\t") >= 2 else []
    return tuple(parts) if sum(bool(part) for part in parts) >= 3 else ()


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


def rows_of_line(line: Line, context: Context, *, has_table: bool) -> list[Row] | None:
    """Read one line: the rows it says, [] when it names a day for what follows, None when it is no activity."""
    bullet = bulleted(line.text)
    text = clean(bullet[1] if bullet else line.text)
    named = read_when(text, context.window) if len(text) < 70 else NOTHING
    if not named.rest and named.has_day:
        context.when = When(named.spans, codes=named.codes)
        context.part = named.part
        return []
    if not named.rest and named.part and named.start is None:
        context.part = named.part
        return []
    found = leading(text, context.window, free=True)
    if found is None or not found[1]:
        return None if has_table or not (bullet and context.when.has_day) else _activity(line, text, NOTHING, context)
    when, content = found
    if has_table and not when.has_day:
        return None
    return _activity(line, content, when, context)


def _activity(line: Line, content: str, said: When, context: Context) -> list[Row]:
    when = said.over(context.when)
    content, place = _split_place(content)
    hour, place = at_the_edges(place, context.window)
    when = when.over(hour)
    row = Row(
        start_time=when.start,
        end_time=when.stop,
        part_of_day=when.part or (context.part if when.start is None else None),
        place=place,
        content=content,
        host=_labelled(_HOST, line.text) or context.host,
        audience=_labelled(_AUDIENCE, line.text),
        contact=_labelled(_CONTACT, line.text),
        link=next(iter((*urls_in(line.text), *line.links)), None),
        source=line.where,
        codes=when.codes,
    )
    return [replace(row, date_from=first, date_to=last) for first, last in when.spans or ((None, None),)]


def _split_place(text: str) -> tuple[str, str]:
    """Split "Tọa đàm về chuyển đổi số tại Hội trường UBND xã." where the place closes the line."""
    found = None
    for match in re.finditer(r"[\s,;.(–-]+(?:tai|dia diem)\b\s*:?\s*", bare(text)):
        found = match
    if found is None or not text[: found.start()].strip():
        return text, ""
    place = text[found.end() :].strip().rstrip(".;)")
    if len(place) > 120 or re.search(r"[.;:]\s", place):
        return text, ""
    return text[: found.start()].strip(), place
