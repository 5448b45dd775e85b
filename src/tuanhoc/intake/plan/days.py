"""Days, ranges of days and deadlines in running Vietnamese text."""

import datetime as dt
import re
from dataclasses import dataclass

from tuanhoc.lib.dates import day_start

from .wording import bare

_DAY = re.compile(
    r"(?<![\d/])(?P<d>\d{1,2})(?:"
    r"\s*(?P<sep>[/.\-])\s*(?P<m>\d{1,2})\s*(?P=sep)\s*(?P<y>\d{4}|\d\d)"
    r"|(?<=ngay \d\d)-(?P<m4>\d{1,2})|(?<=ngay \d)-(?P<m5>\d{1,2})"
    r"|\s*/\s*(?P<m2>\d{1,2})(?:,?\s*nam\s*(?P<y2>\d{4}))?"
    r"|\s+thang\s+(?P<m3>\d{1,2})(?:(?:,?\s*nam\s*|\s*/\s*)(?P<y3>\d{4}))?"
    r")(?![\d/])"
)
_HOUR = r"(?:\d{1,2}\s*(?:h|g|gio|:)\s*(?:\d{2})?\s*(?:phut)?\s*,?\s*)?"
_JOIN = (
    r"\)?\s*(?:\([^)]{0,20}\)\s*)?,?\s*(?:den|toi|[-–—→÷]|(?:va )?(?:ket thuc|be mac)(?: vao| luc)?)\s*(?:het\s*)?"
    + _HOUR
    + r"(?:thu \w+,?\s*|chu nhat,?\s*)?\(?(?:ngay\s*)?(?:m[uo]ng\s*)?"
)
_BETWEEN = re.compile(_JOIN)
_FIRST_DAY_ONLY = re.compile(r"(?<![\d/])(\d{1,2})" + _JOIN + r"$")
_LENGTH = re.compile(
    r"(?:(?:trong|keo dai|dien ra)(?: vong)? |(?=[^.;]{0,20}\btu\b))\b(?:(\d{1,2}|bay) ngay|(?:mot|0?1) tuan)\b"
)
_FROM = re.compile(r"\btu\s*(?:thu \w+,?\s*|chu nhat,?\s*)?(?:ngay\s*)?$")

#: How many letters before a day are looked at: bounds the work on a paragraph of nothing but days.
_NEARBY = 110
_CLOCK = (
    r"(?:(?P<h>\d{1,2})\s*(?:h|g|gio|:)\s*(?P<min>\d{2})?\s*(?:phut|p\b|['’′])?\s*(?P<part>sang|trua|chieu|toi)?"
    r"\s*,?\s*(?:cua\s*)?)?"
)
_DEADLINE = re.compile(
    r"\b(?P<how>truoc|cham nhat|muon nhat|tre nhat|khong qua|khong muon hon|khong cham hon|het|den|toi|trong"
    r"|(?:thoi )?han (?:cuoi|chot|nop|gui|dang ky|bao cao|nhan|hoan thanh)[^.;]{0,50}?)"
    r"(?P<more>(?:\s*(?:la|vao|truoc|het|:|,|\(|thoi diem|luc|den|toi|cuoi))*)\s*"
    + _CLOCK
    + r"(?:thu \w+,?\s*|chu nhat,?\s*)?\(?(?:ngay\s*)?(?:m[uo]ng\s*)?$"
)


#: "chậm nhất 05 ngày (làm việc) sau khi kết thúc Tuần lễ"
_AFTER_THE_WEEK = re.compile(
    r"\b(?:(?:cham nhat|muon nhat|tre nhat|khong qua|trong|vong|thoi han|la|thoi gian|sau|:)\s*){0,4}"
    r"(?P<n>\d{1,2}|mot|hai|ba|bon|nam|bay|muoi)\s*(?:\([^)]{1,12}\)\s*)?ngay(?P<working> lam viec)?"
    r",?\s*(?:ke\s+)?(?:tu|sau)\s+(?:khi\s+|ngay\s+)*(?:ket thuc|be mac|tong ket)\s+"
    r"(?:cac hoat dong (?:cua )?)?tuan le\b"
)
_COUNTS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "bay": 7, "muoi": 10}
_IS_THE_LAST = re.compile(r"\s*(?:la|lam)\s+(?:ngay cuoi cung|(?:thoi )?han (?:cuoi|chot|nop cuoi))(?: cung)?\b")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written at ``start``–``end`` of a text."""

    on: dt.date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Range:
    """Two days joined by "đến" or a dash, both included."""

    first: dt.date
    last: dt.date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """The first moment too late, and the last day in time; ``ranged``: it ends a range "từ … đến hết …"."""

    closes_at: dt.datetime
    due_on: dt.date
    start: int
    end: int
    ranged: bool


def days_in(text: str, year: int | None) -> list[Day]:
    """List the days written out in clean ``text``; days without a year are of ``year``, or left out."""
    return [Day(on, m.start(), m.end()) for m in _DAY.finditer(bare(text)) if (on := _day(m, year))]


def ranges_in(text: str, year: int | None) -> list[Range]:
    """List the ranges of days, "từ 02 đến 08/10/2023" and "trong 7 ngày, từ 1/10" included."""
    plain = bare(text)
    written = list(_DAY.finditer(plain))
    found = []
    for number, last in enumerate(written):
        before = written[number - 1] if number else None
        if on := _day(last, year):
            joined = _joined(plain, before, last, on) or _lone_day(plain, last, on)
            found += [joined] if joined else []
    return found or _by_length(text, plain, year)


def _joined(plain: str, first: re.Match[str] | None, last: re.Match[str], last_on: dt.date) -> Range | None:
    if first is None or not _BETWEEN.fullmatch(plain, first.end(), last.start()):
        return None
    first_on = _day(first, last_on.year)
    if first_on is None or first_on > last_on:
        return None
    return Range(first_on, last_on, first.start(), last.end())


def _lone_day(plain: str, last: re.Match[str], last_on: dt.date) -> Range | None:
    """Read "02 đến ngày 08 tháng 10": the first day takes month and year from the last."""
    nearby = max(0, last.start() - _NEARBY)
    first = _FIRST_DAY_ONLY.search(plain[nearby : last.start()])
    if first is None or not 1 <= int(first[1]) < last_on.day:
        return None
    return Range(last_on.replace(day=int(first[1])), last_on, nearby + first.start(), last.end())


def _by_length(text: str, plain: str, year: int | None) -> list[Range]:
    length = _LENGTH.search(plain)
    if length is None:
        return []
    count = int(length[1]) if length[1] and length[1].isdigit() else 7
    return [
        Range(day.on, day.on + dt.timedelta(days=count - 1), day.start, day.end)
        for day in days_in(text, year)
        if _FROM.search(plain[max(0, day.start - _NEARBY) : day.start])
    ]


def deadlines_in(text: str, year: int | None, *, week_ends_on: dt.date | None = None) -> list[Deadline]:
    """List the deadlines of clean ``text`` in order.

    "Trước ngày 01/10" closes at 01/10 00:00; "chậm nhất ngày 30/9", "đến hết ngày 30/9" a day later;
    "trước 17h00 ngày 28/9" at that hour. "05 ngày sau khi kết thúc Tuần lễ" counts on from ``week_ends_on``,
    and says nothing where that is not known.
    """
    plain = bare(text)
    range_ends = {r.end for r in ranges_in(text, year)}
    found = []
    for day in days_in(text, year):
        nearby = max(0, day.start - _NEARBY)
        asked = _DEADLINE.search(plain[nearby : day.start])
        if not asked and (last := _IS_THE_LAST.match(plain, day.end)):  # "ngày 20/10 là hạn cuối"
            found.append(Deadline(day_start(day.on + dt.timedelta(days=1)), day.on, day.start, last.end(), False))
        if asked and _says_until(asked, ranged=day.end in range_ends):
            closes_at, due_on = _moment(day.on, asked)
            start = nearby + asked.start()
            found.append(Deadline(closes_at, due_on, start, day.end, day.end in range_ends))
    if week_ends_on is not None:
        found += _after_the_week(plain, week_ends_on)
    return sorted(found, key=lambda deadline: deadline.start)


def _after_the_week(plain: str, week_ends_on: dt.date) -> list[Deadline]:
    found = []
    for asked in _AFTER_THE_WEEK.finditer(plain):
        count = int(asked["n"]) if asked["n"].isdigit() else _COUNTS[asked["n"]]
        due_on = _working_days_on(week_ends_on, count) if asked["working"] else week_ends_on + dt.timedelta(days=count)
        closes_at = day_start(due_on + dt.timedelta(days=1))
        found.append(Deadline(closes_at, due_on, asked.start(), asked.end(), ranged=False))
    return found


def _working_days_on(day: dt.date, count: int) -> dt.date:
    """Count on by working days: Monday to Friday. Holidays are the officer's to correct: no list of them is kept."""
    while count:
        day += dt.timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _says_until(asked: re.Match[str], *, ranged: bool) -> bool:
    # "trong ngày 01/10" may be a day to hold something on; "từ … đến …" may be the Week itself.
    return not (asked["how"] == "trong" and (ranged or asked["more"].strip()))


def _moment(on: dt.date, asked: re.Match[str]) -> tuple[dt.datetime, dt.date]:
    if asked["h"] and int(asked["h"]) <= 24:
        hour = int(asked["h"])
        if asked["part"] in {"chieu", "toi"} and hour < 12:
            hour += 12
        minutes = hour * 60 + int(asked["min"] or 0)
        if minutes % 1440 == 1439:  # 23h59 is how people write "the whole day"
            minutes += 1
        return day_start(on) + dt.timedelta(minutes=minutes), on if minutes else on - dt.timedelta(days=1)
    if "truoc" in asked["how"] or "truoc" in asked["more"]:
        return day_start(on), on - dt.timedelta(days=1)
    return day_start(on + dt.timedelta(days=1)), on


def _day(written: re.Match[str], year: int | None) -> dt.date | None:
    of_year = written["y"] or written["y2"] or written["y3"] or year
    if of_year is None:
        return None
    month = next(int(written[name]) for name in ("m", "m2", "m3", "m4", "m5") if written[name])
    try:
        return dt.date(2000 + int(of_year) if int(of_year) < 100 else int(of_year), month, int(written["d"]))
    except ValueError:
        return None
