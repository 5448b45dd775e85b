"""Hours and parts of the day in the words of officers: "7h30", "từ 8 giờ đến 10 giờ", "buổi sáng"."""

import datetime as dt
import re
from dataclasses import dataclass

from .values import Part
from .wording import bare

_SEP = r"\s*(?:den(?: het)?|toi|[-–—~→])\s*"


def _unit(n: str) -> str:
    return (
        rf"(?:\s*(?:gio|h)\s*:?\s*(?P<m{n}>\d{{2}}(?!\d|\s*[/.]\s*\d|-\d{{1,2}}/))?|:(?P<c{n}>\d{{2}})(?::\d{{2}})?|g(?:\s*(?P<g{n}>\d{{2}})(?!\d|\s*[/.]\s*\d|-\d{{1,2}}/))?"
        rf"|\s+g\s*(?P<s{n}>\d{{2}})(?!\d|\s*[/.]\s*\d|-\d{{1,2}}/))"
        rf"(?:\s*(?:phut|ph|p|['’′])(?![a-z]))?(?:\s*(?P<ap{n}>[ap])\.?m\b\.?)?(?![a-z\d])"
    )


_LEAD = r"(?<![\w:/.,])(?:(?:tu|luc|vao|hoi|bat dau)\s+)*"
#: In this order: both ends with their unit; the unit written once, at the end; once, at the beginning; one hour.
_HOURS = [
    re.compile(_LEAD + r"(?P<h1>\d{1,2})" + _unit("1") + _SEP + r"(?P<h2>\d{1,2})" + _unit("2")),
    re.compile(r"(?<!thu )(?<!ngay )" + _LEAD + r"(?P<h1>\d{1,2})" + _SEP + r"(?P<h2>\d{1,2})" + _unit("2")),
    re.compile(_LEAD + r"(?P<h1>\d{1,2})" + _unit("1") + _SEP + r"(?P<h2>\d{1,2})(?=\s*(?:[,;:)]|$))"),
    re.compile(_LEAD + r"(?P<h1>\d{1,2})" + _unit("1")),
]
_ANY = re.compile(r"\d\s*(?:gio|h|g|:)")
#: Where hours can begin at all: most numbers are looked at no further.
_BEGINS = re.compile(r"\d{1,2}\s*(?:gio|h|g|:|den|toi|[-–—~→])")
_PART = re.compile(r"(?<!\w)(?:(?:vào|trong)\s+)?(?:buổi\s+)?(sáng|chiều|tối)(?!\w)")
_PART_UNMARKED = re.compile(r"(?<!\w)(?:buoi\s+)?(sang|chieu)(?!\w)|(?<!\w)buoi (toi)(?!\w)|^\W*(toi)(?!\w)")
_MARKED: dict[str, Part] = {
    "sang": "sáng", "chieu": "chiều", "toi": "tối", "sáng": "sáng", "chiều": "chiều", "tối": "tối",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours as written at ``at``–``end`` of a text; ``bad``: the clock has no such hour."""

    start: dt.time | None
    stop: dt.time | None
    at: int
    end: int
    bad: bool = False


@dataclass(frozen=True, slots=True)
class PartOfDay:
    part: Part
    at: int
    end: int


def hours_in(text: str) -> list[Hours]:
    """List the hours of a clean text, in order."""
    plain = bare(text)
    found: list[Hours] = []
    for number in re.finditer(r"(?<!\d)\d", plain) if _ANY.search(plain) else ():
        if not found or number.start() >= found[-1].end:
            hours = hours_at(plain, number.start())
            found += [hours] if hours else []
    return found


def hours_at(plain: str, at: int) -> Hours | None:
    """Return the hours that stand at a position of a bare text."""
    for pattern in _HOURS if _BEGINS.match(plain, at) else ():
        found = pattern.match(plain, at)
        if found and _is_ordered(found):
            start, stop = _clock(found, "1"), _clock(found, "2")
            two = "h2" in pattern.groupindex
            return Hours(start, stop, at, found.end(), bad=start is None or (two and stop is None))
    return None


def _is_ordered(found: re.Match[str]) -> bool:
    """A range whose unit is written once must run forward, else its other number is no hour."""
    groups = found.groupdict()
    if "h2" not in groups or ("c1" in groups and "c2" in groups):
        return True
    return int(groups["h1"]) < int(groups["h2"]) <= 24


def _clock(found: re.Match[str], n: str) -> dt.time | None:
    groups = found.groupdict()
    if not groups.get(f"h{n}"):
        return None
    hour = int(groups[f"h{n}"])
    minute = int(groups.get(f"m{n}") or groups.get(f"c{n}") or groups.get(f"g{n}") or groups.get(f"s{n}") or 0)
    noon = groups.get(f"ap{n}")
    if noon and 1 <= hour <= 12:
        hour = hour % 12 + (12 if noon == "p" else 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def parts_in(text: str) -> list[PartOfDay]:
    """List the parts of the day named; text typed without marks is understood too."""
    lower = text.lower()
    unmarked = lower == bare(text)
    found = (_PART_UNMARKED if unmarked else _PART).finditer(lower)
    return [PartOfDay(_MARKED[next(g for g in m.groups() if g)], m.start(), m.end()) for m in found]


def on_the_day(hour: dt.time | None, part: Part | None) -> dt.time | None:
    """Return the hour of the day: "2h chiều" is 14:00, "7h tối" 19:00."""
    if hour is None or (part, hour.hour < 12) not in {("chiều", True), ("tối", True)}:
        return hour
    if (part == "chiều" and 1 <= hour.hour <= 6) or (part == "tối" and hour.hour >= 5):
        return hour.replace(hour=hour.hour + 12)
    return hour
