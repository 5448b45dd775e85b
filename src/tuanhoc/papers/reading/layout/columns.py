"""Tables without rules: lines that keep the same gaps between them."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .lines import Measure, begins_an_item, goes_on, leading_of
from .values import Box, Drawn, Line, Word

#: A gap between columns, in heights of the line.
_GAP = 1.1
_NARROW_GAP = 0.28
_LEADING = 1.9
_BULLETS = frozenset("-–+•")
_NUMBER = re.compile(r"\d{1,3}[.)]?")


@dataclass(frozen=True, slots=True)
class Column:
    """Between which x a column's words stand."""

    left: float
    right: float


def segments(line: Line, lefts: Sequence[float] = ()) -> list[Line]:
    """Cut a line at its wide gaps, and at narrower ones where a known column begins."""
    parts: list[list[Word]] = [[line.words[0]]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        gap = word.left - before.right
        begins = gap > _NARROW_GAP * word.height and any(abs(word.left - left) < 2 for left in lefts)
        # What stands after a bullet is its item, however far.
        is_bullet = len(parts[-1]) == 1 and before.text in _BULLETS
        if (gap > _GAP * word.height and not (is_bullet and gap < 3 * word.height)) or begins:
            parts.append([])
        parts[-1].append(word)
    return [Line(tuple(part)) for part in parts]


def split(lines: Sequence[Line], right: float) -> Iterator[Line | Drawn]:
    """Walk lines from the top: single ones as they are, runs that stand in columns as tables.

    :param right: how far a line of the page may reach.
    """
    run: list[list[Line]] = []
    for line in lines:
        parts = segments(line, [column.left for column in columns_of(run)])
        if run and not _fits(run, parts):
            yield from _settled(run, right)
            run = []
        if len(parts) > 1 or run:
            run.append(parts)
        else:
            yield line
    yield from _settled(run, right)


def _fits(run: Sequence[Sequence[Line]], parts: Sequence[Line]) -> bool:
    """Whether a line keeps to the columns of the lines above it, and stands near enough."""
    last, first = run[-1][0], parts[0]
    gap = first.top - last.bottom
    # Below blocks side by side, a line of its own at some distance is what comes after them.
    if gap > (_LEADING if len(parts) > 1 or _is_in_rows(run) else 0.8) * last.height:
        return False
    columns = columns_of(run)
    if len(parts) > 1:
        return len(columns_of([*run, parts])) >= max(2, len(columns))
    return _keeps_to_one(first, columns)


def _keeps_to_one(part: Line, columns: Sequence[Column]) -> bool:
    """Whether a line alone begins in a column and ends before the next."""
    home = next((n for n, c in enumerate(columns) if c.left - 3 <= part.left <= c.right), None)
    if home is None:
        return False
    return part.right <= columns[home].right + 3 or (
        home + 1 < len(columns) and part.right < columns[home + 1].left - _NARROW_GAP * part.height
    )


def columns_of(run: Sequence[Sequence[Line]]) -> list[Column]:
    """Return the columns that the parts of all lines share: parts above one another are one column."""
    spans = sorted((part.left, part.right) for parts in run for part in parts)
    columns: list[Column] = []
    for left, right in spans:
        if columns and left < columns[-1].right:
            columns[-1] = Column(columns[-1].left, max(columns[-1].right, right))
        else:
            columns.append(Column(left, right))
    return columns


def _settled(run: Sequence[Sequence[Line]], right: float) -> Iterator[Line | Drawn]:
    columns = columns_of(run)
    # One line of several parts is text: a label and what stands beside it, blanks left to be written in.
    if len(columns) < 2 or sum(len(parts) > 1 for parts in run) < 2:
        yield from (Line(tuple(word for part in parts for word in part.words)) for parts in run)
        return
    yield _table(run, columns, right, in_rows=_is_in_rows(run))


def _is_in_rows(run: Sequence[Sequence[Line]]) -> bool:
    """Whether two columns are lines of a table; a letterhead and signatures are two blocks side by side."""
    lefts = [parts[0].left for parts in run if len(parts) > 1]
    return len(lefts) > 2 and max(lefts) - min(lefts) < 2 and sum(len(parts) > 1 for parts in run) * 10 > len(run) * 6


def _table(run: Sequence[Sequence[Line]], columns: Sequence[Column], right: float, *, in_rows: bool) -> Drawn:
    measures = _measures(run, columns, right)
    edges = [
        columns[0].left - 2,
        *((one.right + other.left) / 2 for one, other in itertools.pairwise(columns)),
        columns[-1].right + 2,
    ]
    rows: list[list[Sequence[Line]]] = []
    for parts in run:
        if (rows and len(columns) == 2 and not in_rows) or (rows and _continues(rows[-1], parts, measures)):
            rows[-1].append(parts)
        else:
            rows.append([parts])
    boxes = []
    for number, row in enumerate(rows):
        lines = [part for parts in row for part in parts]
        top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
        boxes += [Box(number, n, 1, 1, edges[n], top - 0.5, edges[n + 1], bottom + 0.5) for n in range(len(columns))]
    return Drawn(tuple(boxes), len(rows), len(columns))


def _measures(run: Sequence[Sequence[Line]], columns: Sequence[Column], right: float) -> list[Measure]:
    """Return how far the lines of each column may reach: to the gap before the next one."""
    gap = _GAP * run[0][0].height
    ends = [*(column.left - gap for column in columns[1:]), max(right, columns[-1].right)]
    leading = leading_of([part for parts in run for part in parts if _holds(part, c)] for c in columns)
    return [Measure(column.left, max(column.right, end), leading) for column, end in zip(columns, ends, strict=True)]


def _holds(part: Line, column: Column) -> bool:
    return column.left <= part.left <= column.right


def _continues(row: Sequence[Sequence[Line]], parts: Sequence[Line], measures: Sequence[Measure]) -> bool:
    """Whether a line belongs to the row above: what stands first in it goes on, or only one cell says something new."""
    if len(measures) < 3 or _NUMBER.fullmatch(parts[0].words[0].text):
        return False
    fresh = 0
    for part in parts:
        column = next((m for m in measures if m.left <= part.left <= m.right), None)
        if column is None:
            return False
        above = [p for line in row for p in line if column.left <= p.left <= column.right]
        if above and goes_on(above[-1:], part, column):
            continue
        if column is measures[0]:
            return False
        fresh += not begins_an_item(part)
    return fresh < 2
