"""The merged schedule for spreadsheets and calendars."""

import datetime as dt
from collections.abc import Iterable, Iterator

from tuanhoc.lib.dates import short
from tuanhoc.papers.ics import Happening
from tuanhoc.papers.values import Table
from tuanhoc.papers.xlsx import to_xlsx
from tuanhoc.schedule.rules import Line, by_day, when_in_words

COLUMNS = ("TT", "Ngày", "Thời gian", "Địa điểm", "Nội dung", "Đơn vị", "Ghi chú")
WIDTHS_MM = (10.0, 20.0, 22.0, 30.0, 43.0, 25.0, 15.0)
#: across A4, with room in the heads for the buttons that filter
SHEET_COLUMNS = ("TT", "Ngày", "Đến ngày", "Thời gian", "Địa điểm", "Nội dung", "Đơn vị", "Ghi chú")
SHEET_WIDTHS_MM = (14.0, 26.0, 26.0, 28.0, 44.0, 64.0, 38.0, 36.0)
TREE_COLUMNS = ("TT", "Thuộc", "Đơn vị", "Ngày", "Đến ngày", "Thời gian", "Địa điểm", "Nội dung", "Ghi chú")
TREE_WIDTHS_MM = (14.0, 44.0, 44.0, 26.0, 26.0, 28.0, 44.0, 64.0, 36.0)
#: columns that hold days
TREE_DAYS = (3, 4)


def merged_schedule(lines: Iterable[Line]) -> Table:
    """Lay out the standing lines in reading order; cancelled ones are left out.

    Day and year stand in every row: a spreadsheet is sorted and filtered, unlike paper.
    """
    rows = [
        (str(number), " - ".join(filter(None, _days(line))), *_words(line))
        for number, line in enumerate(_standing(lines), start=1)
    ]
    return Table(COLUMNS, WIDTHS_MM, tuple(rows))


def schedule_sheet(lines: Iterable[Line]) -> bytes:
    """Write the same rows as .xlsx, first and last day in columns of their own: days to sort and filter by."""
    rows = [(str(number), *_days(line), *_words(line)) for number, line in enumerate(_standing(lines), start=1)]
    return to_xlsx(Table(SHEET_COLUMNS, SHEET_WIDTHS_MM, tuple(rows)), numbers=(0,), dates=(1, 2))


def lines_of_a_tree(placed: Iterable[tuple[str, Iterable[Line]]]) -> Table:
    """Lay out units' lines in the order of a tree: under whom each unit stands, then its lines day by day."""
    rows = [
        (str(number), under, line.unit_name, *_days(line), *_plain_words(line))
        for number, (under, line) in enumerate(
            ((under, line) for under, lines in placed for line in _standing(lines)), start=1
        )
    ]
    return Table(TREE_COLUMNS, TREE_WIDTHS_MM, tuple(rows))


def _standing(lines: Iterable[Line]) -> Iterator[Line]:
    for of_the_day in by_day(line for line in lines if not line.is_cancelled).values():
        yield from of_the_day


def _days(line: Line) -> tuple[str, str]:
    last = line.ends_on if line.ends_on != line.held_on else None
    return short(line.held_on), short(last) if last else ""


def _words(line: Line) -> tuple[str, ...]:
    return when_in_words(line), line.place, line.content, line.unit_name, line.note


def _plain_words(line: Line) -> tuple[str, ...]:
    return when_in_words(line), line.place, line.content, line.note


def happenings(lines: Iterable[Line], *, at: dt.datetime) -> Iterator[Happening]:
    """Yield every line for a calendar, cancelled ones too, so that subscribers see them cancelled.

    :param at: stands for the moment of the last change in lines frozen before that was kept.
    """
    for of_the_day in by_day(lines).values():
        for line in of_the_day:
            yield Happening(
                uid=f"{line.uid or f'hoat-dong-{line.activity_id}'}@tuanhoc",
                sequence=line.sequence,
                changed_at=line.changed_at or at,
                summary=line.content,
                place=line.place,
                description="\n".join(filter(None, (line.unit_name, line.note))),
                first_on=line.held_on,
                last_on=line.ends_on or line.held_on,
                starts_at=line.starts_at,
                ends_at=line.ends_at,
                is_cancelled=line.is_cancelled,
            )
