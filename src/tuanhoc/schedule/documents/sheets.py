"""The merged schedule for spreadsheets and calendars."""

import datetime as dt
from collections.abc import Iterable, Iterator

from tuanhoc.lib.dates import short
from tuanhoc.papers.ics import Happening
from tuanhoc.papers.values import Table
from tuanhoc.schedule.rules import Line, by_day, when_in_words

COLUMNS = ("TT", "Ngày", "Thời gian", "Địa điểm", "Nội dung", "Đơn vị", "Ghi chú")
WIDTHS_MM = (10.0, 20.0, 22.0, 30.0, 43.0, 25.0, 15.0)


def merged_schedule(lines: Iterable[Line]) -> Table:
    """Lay out the standing lines in reading order; cancelled ones are left out.

    Day and year stand in every row: a spreadsheet is sorted and filtered, unlike paper.
    """
    rows: list[tuple[str, ...]] = []
    for of_the_day in by_day(line for line in lines if not line.is_cancelled).values():
        for line in of_the_day:
            day = short(line.held_on)
            if line.ends_on and line.ends_on != line.held_on:
                day += f" - {short(line.ends_on)}"
            time = when_in_words(line)
            rows.append((str(len(rows) + 1), day, time, line.place, line.content, line.unit_name, line.note))
    return Table(COLUMNS, WIDTHS_MM, tuple(rows))


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
