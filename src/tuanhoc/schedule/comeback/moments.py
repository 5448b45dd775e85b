"""Days and hours as people retype them in the printed schedule."""

import datetime as dt
import re
from dataclasses import dataclass

from tuanhoc.lib.text import fold

_DAY = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?(?!\d)|thang (\d{1,2})(?: nam (\d{4}))?(?!\d))"
)
_WEEKDAY = re.compile(r"\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|t[2-7]|chu nhat|cn)\b")
#: "7h30", "8g30", "07:30", "7 giờ 30 phút", and the first of "8-10h"
_HOUR = re.compile(
    r"(?<![\d/])(\d{1,2})\s*"
    r"(?:gio(?:\s*(\d{2}))?(?!\d)|[:hg](?![a-z])(?:\s*(\d{2}))?(?!\d)|(?=\s*-\s*\d{1,2}\s*[hg](?![a-z])))"
    r"(?:\s*(?:phut|ph?)(?![a-z]))?"
)
_FILLER = re.compile(r"\b(?:ngay|tu|den|luc|vao|het|buoi|ca ngay)\b|[\W_]+")
_PARTS = {"sang": "morning", "chieu": "afternoon", "toi": "evening"}


@dataclass(frozen=True, slots=True)
class Moment:
    """What the cell "Thời gian" says."""

    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    part_of_day: str = ""
    ends_on: dt.date | None = None


def day_in(text: str, *, year: int) -> dt.date | None:
    """Return the one day a text names; None when it names none, or something else too.

    >>> day_in("Thứ Ba, ngày 04/10/2022", year=2022)
    datetime.date(2022, 10, 4)
    >>> day_in("Ngày 5 tháng 10", year=2022)
    datetime.date(2022, 10, 5)
    """
    folded = fold(text)
    found = list(_DAY.finditer(folded))
    rest = _FILLER.sub("", _WEEKDAY.sub("", _DAY.sub("", folded)))
    return _date(found[0], year) if len(found) == 1 and not rest else None


def _date(found: re.Match[str], year: int) -> dt.date | None:
    day, month, its_year, month_in_words, year_in_words = found.groups()
    try:
        return dt.date(int(its_year or year_in_words or year), int(month or month_in_words), int(day))
    except ValueError:
        return None


def moment_in(text: str, *, year: int) -> Moment | None:
    """Return what a cell of hours says; None when some of its words say something else.

    >>> moment_in("7h30 - 9h đến 05/10", year=2022)
    Moment(starts_at=datetime.time(7, 30), ends_at=datetime.time(9, 0), part_of_day='', ends_on=datetime.date(2022, 10, 5))
    """  # noqa: E501 - a doctest's answer stands on one line
    folded = fold(text)
    # Hours first: "8h30 - 10h" holds no 30 October.
    hours = list(_HOUR.finditer(folded))
    folded = _HOUR.sub(" ", folded)
    days = list(_DAY.finditer(folded))
    folded = _WEEKDAY.sub(" ", _DAY.sub(" ", folded))
    parts = [code for word, code in _PARTS.items() if re.search(rf"\b{word}\b", folded)]
    rest = _FILLER.sub("", re.sub(rf"\b(?:{'|'.join(_PARTS)})\b", "", folded))
    if rest or len(days) > 1 or len(hours) > 2 or len(parts) > 1:
        return None
    until = _date(days[0], year) if days else None
    times = [_time(hour) for hour in hours]
    if None in times or (days and until is None):
        return None
    starts, ends = (*times, None, None)[:2]
    return Moment(starts, ends, "" if starts else (parts[0] if parts else ""), until)


def _time(found: re.Match[str]) -> dt.time | None:
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None
