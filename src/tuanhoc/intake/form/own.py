"""The annex we printed ourselves: rows nobody typed over are read as they were printed, the others like any form.

A row's bookmark says what its words were (``activities.rules.annex_mark``). As long as they are the same, nothing of
it has to be guessed: not whether "- Hội sách" is an item of a list, nor whether "05/10" in a note is a day.
"""

import datetime as dt
import re
from dataclasses import replace

from tuanhoc.activities.rules import how_marked, lines_of
from tuanhoc.papers.reading import Cell, Document, Grid

from .problems import with_codes
from .reader import read_form as read_any
from .values import FormReading, Part, Row, Window
from .wording import urls_in

#: day, place, content, note
_COLUMNS = range(1, 5)
_TIME = re.compile(r"(?:(\d\d):(\d\d)(?: - (\d\d):(\d\d))?|(Sáng|Chiều|Tối)):(?:\s|$)")
_DAYS = re.compile(r"(\d\d)/(\d\d)(?:/(\d{4}))?(?: - (\d\d)/(\d\d)(?:/(\d{4}))?)?")
_PLACE = re.compile(r"bảng (\d+), dòng (\d+)")
_PARTS: dict[str, Part] = {"Sáng": "sáng", "Chiều": "chiều", "Tối": "tối"}


def read_form(document: Document, window: Window) -> FormReading:
    """Understand a filled form; see :func:`reader.read_form`. Of our own annex, what is as printed is taken first."""
    own: list[Row] = []
    blocks = [_without_own(block, window, own) if isinstance(block, Grid) else block for block in document.blocks]
    if not own:
        return read_any(document, window)
    rest = read_any(replace(document, blocks=tuple(blocks)), window)
    rows = sorted((*own, *rest.rows), key=_place_of)
    return replace(rest, rows=tuple(rows))


def _place_of(row: Row) -> tuple[int, int]:
    found = _PLACE.search(row.source)
    return (int(found[1]), int(found[2])) if found else (10**6, 0)


def _without_own(grid: Grid, window: Window, own: list[Row]) -> Grid:
    """Take the rows that are as printed; their days stay, for the rows that somebody added below them."""
    if grid.columns != 5 or not any(cell.marks for cell in grid.cells):
        return grid
    rows: list[dict[int, Cell]] = [{} for _ in range(grid.rows)]
    for cell in grid.cells:
        for at in range(cell.row, min(cell.row + cell.row_span, grid.rows)):
            rows[at][cell.column] = cell
    taken = set()
    for at, cells in enumerate(rows):
        row = _own_row(cells, at, grid, window)
        if row is not None:
            taken.add(at)
            own.append(with_codes(row, window))
    left = tuple(cell for cell in grid.cells if cell.column < 2 or cell.row not in taken or cell.row_span > 1)
    return replace(grid, cells=left)


def _own_row(cells: dict[int, Cell], at: int, grid: Grid, window: Window) -> Row | None:
    # The number's cell is joined over a day: each of its rows has its mark in a cell of its own, or none.
    marks = [mark for cell in cells.values() for mark in cell.marks]
    texts = [cells[column].text if column in cells else "" for column in _COLUMNS]
    how = next((how for mark in marks if (how := how_marked(mark, texts)) is not None), None)
    if how is None:
        return None
    day, place, content, note = ("\n".join(lines_of(text)) for text in texts)
    time = _TIME.match(content) if "t" in how else None
    dates = _dates(day, window)
    if dates is None or ("t" in how and time is None):
        return None
    link = _link(note, how)
    said = Row(
        date_from=dates[0], date_to=dates[1], place=place, content=content[time.end() :].lstrip() if time else content,
        note=note.removesuffix(link).rstrip("\n") if "a" in how and link else note, link=link,
        source=f"{grid.where}, dòng {at + 1}",
    )  # fmt: skip
    return _timed(said, time) if time else said


def _link(note: str, how: str) -> str | None:
    if "a" in how:
        return note.rsplit("\n", 1)[-1]
    return next(iter(urls_in(note)), None) if "s" in how else None


def _timed(row: Row, time: re.Match[str]) -> Row:
    hour, minute, to_hour, to_minute, part = time.groups()
    if part:
        return replace(row, part_of_day=_PARTS[part])
    ends = dt.time(int(to_hour), int(to_minute)) if to_hour else None
    return replace(row, start_time=dt.time(int(hour), int(minute)), end_time=ends)


def _dates(text: str, window: Window) -> tuple[dt.date | None, dt.date | None] | None:
    """Return first and last day; (None, None) for none; None when they are no days of the calendar."""
    if not text:
        return None, None
    found = _DAYS.fullmatch(text)
    if found is None:
        return None
    first = _date(found[1], found[2], found[3], window)
    last = _date(found[4], found[5], found[6], window) if found[4] else first
    return (first, last) if first and last else None


def _date(day: str, month: str, year: str | None, window: Window) -> dt.date | None:
    try:
        return dt.date(int(year or window.first.year), int(month), int(day))
    except ValueError:
        return None
