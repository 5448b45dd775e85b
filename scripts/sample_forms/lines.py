"""A table of a form as printed lines of cells, before Word or Excel sets it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scripts.sample_forms.form import Again, At, Cell, Content, Day, Item, Row, Said, Span, Stray, Table, Up

#: one printed cell: its paragraphs, or the sign that it is merged with the cell above
Printed = tuple[str | dt.date | dt.time, ...] | None


@dataclass(frozen=True)
class Line:
    """``cells`` in column order; None continues the cell above. A heading line has one cell for all."""

    cells: tuple[Printed, ...]
    kind: str = "row"
    align: str = "left"
    #: positions of cells typed with Word's own list
    listed: frozenset[int] = frozenset()


def lines_of(table: Table) -> list[Line]:
    header = Line(tuple((column.header,) for column in table.columns), kind="header")
    lines, number = [header], 0
    for line in table.lines:
        if isinstance(line, Span):
            lines.append(Line(((line.text,),), kind="span", align=line.align))
        elif isinstance(line, Again):
            lines.append(header)
        elif isinstance(line, Stray):
            lines.append(Line(tuple((cell,) for cell in line.cells)))
        else:
            lines += _day_lines(table, line, number)
            number += len(line.rows)
    return lines


def _day_lines(table: Table, day: Day, number: int) -> Iterator[Line]:
    rows = [*day.rows, *[Row("")] * day.blanks]
    for position, row in enumerate(rows):
        blank = position >= len(day.rows)
        cells = []
        for column in table.columns:
            if column.field == "tt":
                cells.append(_number(table, day, position, "" if blank else str(number + position + 1)))
            elif column.field == "day":
                cells.append(_day(table, day, row, position))
            else:
                cells.append(_cell(table, row, column.field))
        auto = table.bullet == "auto" and isinstance(row.content, Sequence) and not isinstance(row.content, str)
        listed = {at for at, column in enumerate(table.columns) if column.field == "content" and auto}
        yield Line(tuple(cells), listed=frozenset(listed))


def _number(table: Table, day: Day, position: int, count: str) -> Printed:
    if table.numbers == "rows":
        return (count,)
    if position == 0:
        return (day.number,)
    return None if table.days == "merged" else ("",)


def _day(table: Table, day: Day, row: Row, position: int) -> Printed:
    if row.day is not None:
        return (row.day,)
    if position == 0 or table.days == "each":
        return _paragraphs(day.printed)
    return None if table.days == "merged" else ("",)


def _paragraphs(printed: str | dt.date) -> Printed:
    return tuple(printed.split("\n")) if isinstance(printed, str) else (printed,)


def _cell(table: Table, row: Row, field: str) -> Printed:
    if field == "content":
        return _content(row.content, table)
    if field == "time":
        return (row.time.printed if row.time else "",)
    value: Cell | None = getattr(row, field)
    if isinstance(value, Up):
        return None
    if isinstance(value, Said):
        return tuple(value.printed.split("\n"))
    if value is None or isinstance(value, str):
        return (value or "",)
    return tuple(value)


def _content(content: Content, table: Table) -> Printed:
    if isinstance(content, Up):
        return None
    if isinstance(content, str | Item):
        return tuple(_item(content).split("\n"))
    items = [f"{_bullet(table.bullet, at)}{_item(item)}" for at, item in enumerate(content)]
    return ("\n".join(items),) if table.breaks == "line" else tuple(items)


def _item(item: str | Item) -> str:
    if isinstance(item, str):
        return item
    return f"{_printed(item.lead)}{item.text}"


def _printed(at: At | None) -> str:
    return str(at.printed) if at else ""


def _bullet(bullet: str, position: int) -> str:
    if bullet == "auto":
        return ""
    if bullet in {"1. ", "1) "}:
        return f"{position + 1}{bullet[1:]}"
    return f"{'abcdeghik'[position]}) " if bullet == "a) " else bullet
