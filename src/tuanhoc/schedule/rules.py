"""The merged schedule as values: its reading order, its days, and what changed between two releases."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from tuanhoc.lib.text import vietnamese_key


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the merged schedule, as its unit wrote it."""

    activity_id: int
    held_on: dt.date
    starts_at: dt.time | None
    place: str
    content: str
    unit_name: str
    #: 0 is the province
    unit_rank: int
    note: str = ""
    ends_on: dt.date | None = None
    ends_at: dt.time | None = None
    part_of_day: str = ""
    is_cancelled: bool = False


#: "sáng" is a part of day, never 07:00; it only says where a line stands among the day's.
_PARTS = {"morning": dt.time(11, 59), "afternoon": dt.time(17, 59), "evening": dt.time(23, 58)}


def by_day(lines: Iterable[Line]) -> dict[dt.date, list[Line]]:
    """Set the units' lines into one schedule, day by day.

    Within a day, higher units come first (``unit_rank`` 0 is the province), then units in
    Vietnamese order, then time (lines without one last). Nothing is merged here.

    :returns: days in order, each with at least one line.
    """
    days: dict[dt.date, list[Line]] = {}
    for line in sorted(lines, key=_reading_order):
        days.setdefault(line.held_on, []).append(line)
    return days


def _reading_order(line: Line) -> tuple[object, ...]:
    # Ends in the id: with a tie left open, two runs could print two orders.
    time = line.starts_at or _PARTS.get(line.part_of_day, dt.time.max)
    return line.held_on, line.unit_rank, vietnamese_key(line.unit_name), time, line.activity_id


@dataclass(frozen=True, slots=True)
class Changes:
    """What a release brings against the one before; pairs are (before, after)."""

    added: tuple[Line, ...] = ()
    moved: tuple[tuple[Line, Line], ...] = ()
    reworded: tuple[tuple[Line, Line], ...] = ()
    cancelled: tuple[Line, ...] = ()

    def __len__(self) -> int:
        return len(self.added) + len(self.moved) + len(self.reworded) + len(self.cancelled)


def changes(before: Sequence[Line], after: Sequence[Line]) -> Changes:
    """Compare two releases by activity.

    *Moved* is another day, hour or place; *reworded* is any other difference; *cancelled* is
    marked as cancelled, or no longer there.
    """
    old = {line.activity_id: line for line in before if not line.is_cancelled}
    new = {line.activity_id: line for line in after if not line.is_cancelled}
    both = [(old[pk], new[pk]) for pk in new if pk in old and old[pk] != new[pk]]
    return Changes(
        added=tuple(new[pk] for pk in new if pk not in old),
        moved=tuple(pair for pair in both if _where_and_when(pair[0]) != _where_and_when(pair[1])),
        reworded=tuple(pair for pair in both if _where_and_when(pair[0]) == _where_and_when(pair[1])),
        cancelled=tuple(old[pk] for pk in old if pk not in new),
    )


def _where_and_when(line: Line) -> tuple[object, ...]:
    return line.held_on, line.ends_on, line.starts_at, line.ends_at, line.part_of_day, line.place


def frozen(line: Line) -> dict[str, object]:
    """Return a line as plain JSON values, as a release keeps it."""
    return {
        name: value.isoformat() if isinstance(value, dt.date | dt.time) else value
        for name, value in asdict(line).items()
    }


def thawed(kept: dict[str, object]) -> Line:
    """Return the line a release keeps: the inverse of :func:`frozen`."""
    values: dict[str, object] = dict(kept)
    for name in ("held_on", "ends_on"):
        values[name] = dt.date.fromisoformat(str(values[name])) if values[name] else None
    for name in ("starts_at", "ends_at"):
        values[name] = dt.time.fromisoformat(str(values[name])) if values[name] else None
    return Line(**values)  # type: ignore[arg-type]


def when_in_words(line: Line) -> str:
    """Return the hours of a line as the paper prints them: ``07:30 - 09:00``, ``Sáng``, or nothing."""
    if line.starts_at and line.ends_at:
        return f"{line.starts_at:%H:%M} - {line.ends_at:%H:%M}"
    if line.starts_at:
        return f"{line.starts_at:%H:%M}"
    return {"morning": "Sáng", "afternoon": "Chiều", "evening": "Tối"}.get(line.part_of_day, "")
