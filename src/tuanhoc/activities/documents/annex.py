"""The annex a unit signs, as a value that a renderer prints."""

import datetime as dt
import re
from collections.abc import Sequence

from tuanhoc.activities.models import Submission
from tuanhoc.activities.rules import ActivityDraft, annex_mark, place_in_words
from tuanhoc.lib.dates import HANOI, each_day, ends_a_day
from tuanhoc.papers.values import Annex, Table

#: words of the parts of a day on paper, which is Vietnamese whatever language the screen speaks
_PARTS = {"morning": "Sáng", "afternoon": "Chiều", "evening": "Tối"}

COLUMNS = ("TT", "Ngày", "Địa điểm", "Nội dung", "Ghi chú")
WIDTHS_MM = (11.0, 22.0, 38.0, 56.0, 38.0)


def registration_annex(
    *, unit_name: str, year: int, rows: Sequence[ActivityDraft], submission: Submission | None
) -> Annex:
    """Lay out a unit's registration like the annex of the plan of 2022.

    Number and date stand once a day; what is held online says so, its address in the note. With a submission,
    the receipt and its SHA-256 stand at the foot, so that the signed paper and what was handed in can be compared.
    """
    days: dict[str, int] = {}
    lines: list[tuple[str, ...]] = []
    marks: list[str] = []
    for row in sorted(rows, key=_reading_order):
        day = _day(row, year)
        number = days.setdefault(day, len(days) + 1)
        cells = (day, place_in_words(row.form, row.place), _content(row), _note(row))
        lines.append((str(number), *cells))
        marks.append(annex_mark(len(marks), cells, has_time=_time(row) != "", link=row.link))
    foot: tuple[str, ...] = ()
    if submission is not None:
        at = submission.submitted_at.astimezone(HANOI)
        foot = (f"Biên nhận số {submission.number}, {at:%H:%M} ngày {at:%d/%m/%Y}.", f"SHA-256: {submission.sha256}")
    return Annex(
        title=_title(year),
        attached_to=_attached_to(year),
        organisation=_organisation(unit_name),
        table=Table(COLUMNS, WIDTHS_MM, tuple(lines), merged=2, marks=tuple(marks)),
        signature=("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",),
        foot=foot,
    )


#: Lines the blank form gives each day, as the annex of the plan of 2022 does.
LINES_A_DAY = 3


def blank_annex(
    *, unit_name: str, year: int, starts_on: dt.date, ends_on: dt.date, closes_at: dt.datetime | None, coordinator: str
) -> Annex:
    """Lay out the form a unit fills in by hand or in Word: its name, every day of the Week with lines to write on."""
    days = enumerate(each_day(starts_on, ends_on), start=1)
    rows = [(str(n), f"{day:%d/%m}", "", "", "") for n, day in days for _ in range(LINES_A_DAY)]
    before = f" {_before(closes_at)}" if closes_at else ""
    return Annex(
        title=_title(year),
        attached_to=_attached_to(year),
        organisation=_organisation(unit_name),
        table=Table(COLUMNS, WIDTHS_MM, tuple(rows), merged=2),
        signature=("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",),
        foot=(f"(Nộp về {coordinator}{before}.)",),
    )


def _before(closes_at: dt.datetime) -> str:
    here = closes_at.astimezone(HANOI)
    return f"trước ngày {here:%d/%m/%Y}" if ends_a_day(closes_at) else f"trước {here:%H:%M} ngày {here:%d/%m/%Y}"


def _title(year: int) -> tuple[str, ...]:
    return "LỊCH ĐĂNG KÝ HOẠT ĐỘNG", f"TUẦN LỄ HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI NĂM {year}"


def _attached_to(year: int) -> str:
    return f"(Đính kèm theo Kế hoạch số          /KH-UBND ngày     /    /{year} của UBND tỉnh)"


def _organisation(unit_name: str) -> str:
    return f"UBND huyện, thành phố (hoặc Sở, ngành): {unit_name}"


def _reading_order(row: ActivityDraft) -> tuple[dt.date, dt.date, dt.time]:
    # Undated rows and rows without an hour last; ``sorted`` keeps the unit's own order among equals.
    day = row.held_on or dt.date.max
    return day, row.ends_on or day, row.starts_at or dt.time.max


def _day(row: ActivityDraft, year: int) -> str:
    if row.held_on is None:
        return ""
    if row.ends_on and row.ends_on != row.held_on:
        return f"{_of_year(row.held_on, year)} - {_of_year(row.ends_on, year)}"
    return _of_year(row.held_on, year)


def _of_year(day: dt.date, year: int) -> str:
    # The form leaves the Week's own year out; of another one it must say so.
    return f"{day:%d/%m}" if day.year == year else f"{day:%d/%m/}{day.year:04d}"


def _note(row: ActivityDraft) -> str:
    # An address read back from this paper stands in the note too, and is not said twice.
    said = re.search(rf"{re.escape(row.link)}(?![\w/?=&#%-]|\.\w)", row.note)
    return row.note if said else "\n".join(filter(None, (row.note, row.link)))


def _content(row: ActivityDraft) -> str:
    time = _time(row)
    return f"{time}: {row.content}" if time else row.content


def _time(row: ActivityDraft) -> str:
    if row.starts_at is not None:
        return f"{row.starts_at:%H:%M}" + (f" - {row.ends_at:%H:%M}" if row.ends_at else "")
    return _PARTS.get(row.part_of_day, "")
