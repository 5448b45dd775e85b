"""The merged schedule as a table that renderers print."""

from collections.abc import Iterable

from tuanhoc.papers.values import Table

from .rules import Line, by_day, when_in_words

COLUMNS = ("TT", "Ngày", "Thời gian", "Địa điểm", "Nội dung", "Đơn vị", "Ghi chú")
WIDTHS_MM = (10.0, 20.0, 22.0, 30.0, 43.0, 25.0, 15.0)


def merged_schedule(lines: Iterable[Line]) -> Table:
    """Lay out the standing lines in reading order; cancelled ones are left out.

    Day and year stand in every row: a spreadsheet is sorted and filtered, unlike paper.
    """
    rows: list[tuple[str, ...]] = []
    for of_the_day in by_day(line for line in lines if not line.is_cancelled).values():
        for line in of_the_day:
            day = f"{line.held_on:%d/%m/%Y}"
            if line.ends_on and line.ends_on != line.held_on:
                day += f" - {line.ends_on:%d/%m/%Y}"
            time = when_in_words(line)
            rows.append((str(len(rows) + 1), day, time, line.place, line.content, line.unit_name, line.note))
    return Table(COLUMNS, WIDTHS_MM, tuple(rows))
