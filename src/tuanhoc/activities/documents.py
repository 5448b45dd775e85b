"""The annex a unit signs, as a value that a renderer prints."""

from collections.abc import Sequence

from tuanhoc.lib.dates import short, weekday
from tuanhoc.papers.values import Table

from .rules import ActivityDraft

#: words of the parts of a day on paper, which is Vietnamese whatever language the screen speaks
_PARTS = {"morning": "Sáng", "afternoon": "Chiều", "evening": "Tối"}


def annex_title(unit_name: str, year: int) -> str:
    """Return the heading of a unit's annex."""
    return f"LỊCH ĐĂNG KÝ HOẠT ĐỘNG TUẦN LỄ NĂM {year} – {unit_name.upper()}"


def annex(rows: Sequence[ActivityDraft]) -> Table:
    """Return the annex as the plan prints it: day, time, place, content, note; a day's cells print as one.

    Widths in millimetres, together the 165 mm between the margins of Decree 30.
    """
    return Table(
        columns=("Ngày", "Thời gian", "Địa điểm", "Nội dung", "Ghi chú"),
        widths_mm=(26, 24, 38, 53, 24),
        rows=tuple((_day(row), _time(row), row.place, row.content, row.note) for row in rows),
        merged=1,
    )


def _day(row: ActivityDraft) -> str:
    if row.held_on is None:
        return ""
    first = f"{weekday(row.held_on)}, {short(row.held_on)}"
    return f"{first} – {short(row.ends_on)}" if row.ends_on and row.ends_on != row.held_on else first


def _time(row: ActivityDraft) -> str:
    if row.starts_at is None:
        return _PARTS.get(row.part_of_day, "")
    return f"{row.starts_at:%H:%M}" + (f" – {row.ends_at:%H:%M}" if row.ends_at else "")
