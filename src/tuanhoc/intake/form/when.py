"""When something is held: days, hours and part of day read together, and what of the words was not understood."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from . import days, hours
from .hours import Hours, hours_at, hours_in, on_the_day, parts_in
from .values import Part, Window
from .wording import bare, clean

Span = tuple[dt.date | None, dt.date | None]

_FILLER = re.compile(
    r"\b(?:ngay|thang|nam \d{4}|nam|tu|den|het|toi|vao|luc|trong|cac|va|buoi|hang|moi|hoi|bat dau|ket thuc|khoang"
    r"|du kien|ca ngay|trua|dem|duong lich|cung ngay|gio|thoi gian|tai|thu)\b|[^\w]+"
)
_GAP = re.compile(
    r"[\s,(\[)\];:.\-–—]*(?:(?:ngay|tu|den|het|vao|luc|cac|va|buoi|sau do|thoi gian|hoi|ca(?= ngay))\b:?[\s,(\[]*)*"
)
_BRACKET = re.compile(r"\s*[)\]]\s*")
_STOP = re.compile(r"\s*(?:[)\]]\s*)?(?:[:;|]|[.,](?!\d)|[-–—]+)\s*")
#: Nobody needs more letters to say when.
_LONGEST = 400
#: A line that could begin with a time begins so; anything else is not looked at twice.
_MAYBE = re.compile(
    r"[\s(\[\-–—]*(?:\d|ngay|tu|den|vao|luc|buoi|sang|chieu|toi|thu|t[2-7]\b|chu nhat|cn\b|ca|trong|suot|hang"
    r"|moi|cac|thoi gian|hoi|toan)"
)


@dataclass(frozen=True, slots=True)
class When:
    """``spans`` are days, each its own row; ``rest`` is what of the text says something else."""

    spans: tuple[Span, ...] = ()
    start: dt.time | None = None
    stop: dt.time | None = None
    part: Part | None = None
    codes: tuple[str, ...] = ()
    rest: str = ""

    @property
    def has_time(self) -> bool:
        return bool(self.start or self.part or "bad_time" in self.codes)

    @property
    def has_day(self) -> bool:
        return bool(self.spans) or "bad_date" in self.codes or "wrong_year" in self.codes

    @property
    def is_doubtful(self) -> bool:
        """Whether some of its words say no real day or hour: they must stay to be seen."""
        return any(code.partition("@")[0] in {"bad_date", "bad_time"} for code in self.codes) or None in {
            day for span in self.spans for day in span
        }

    def codes_of(self, number: int) -> tuple[str, ...]:
        """Return what to look at again on one of the days: "code@1" is about the second only."""
        about = [code.partition("@") for code in self.codes]
        return tuple(code for code, _, of in about if not of or of == str(number))

    def over(self, wider: "When") -> "When":
        """Return this, completed with what only ``wider`` says."""
        if wider is NOTHING or self is NOTHING:
            said = self if wider is NOTHING else wider
            return said if not said.rest else replace(said, rest="")
        spans, codes = (self.spans, self.codes) if self.has_day else (wider.spans, (*wider.codes, *self.codes))
        timed = self if self.has_time else wider
        kept = tuple(code for code in codes if code != "bad_time" or timed is self or not self.has_time)
        if self.has_day and timed is wider and "bad_time" in wider.codes:
            kept = (*kept, "bad_time")
        part = timed.part or (self.part or wider.part if _agree(timed.start, wider.part) else None)
        return When(spans, timed.start, timed.stop, part, tuple(dict.fromkeys(kept)))


def _agree(start: dt.time | None, part: Part | None) -> bool:
    """Whether an hour may belong to a part of the day named elsewhere."""
    if start is None or part is None:
        return True
    return start.hour < 12 if part == "sáng" else True


NOTHING = When()


@lru_cache(maxsize=20_000)
def read_when(text: str, window: Window) -> When:
    """Understand a text that says when: a day cell, an hour cell, a label in front of a line."""
    text = clean(text)
    if len(text) > _LONGEST:
        return When(rest=text)
    plain = bare(text)
    times = hours_in(text)
    parts = parts_in(text)
    closing = _closing(plain, times)
    used = [(t.at, t.end) for t in times] + [(p.at, p.end) for p in parts]
    for start, end in used:
        plain = plain[:start] + " " * (end - start) + plain[end:]
    found = days.days_in(plain, window)
    for start, end in found.used:
        plain = plain[:start] + " " * (end - start) + plain[end:]
    if closing and len(found.spans) == 1:
        times = [replace(times[0], stop=times[1].start)]
    several = len({p.part for p in parts}) > 1 or len(times) > 1
    rest = text if several or _FILLER.sub("", plain) else ""
    codes = list(found.codes)
    return _timed(times, {p.part for p in parts}, tuple(found.spans), codes, rest)


_UNTIL = re.compile(r"(?<!\w)(?:den|toi)(?!\w)|\s[-–—]\s")


def _closing(plain: str, times: list[Hours]) -> bool:
    """Whether the second hour ends what the first begins: "từ 7h30 ngày 03/10 đến 11h00 ngày 05/10"."""
    if len(times) != 2 or times[0].stop or times[1].stop or any(time.bad for time in times):
        return False
    begin, end = times[0].start, times[1].start
    return bool(begin and end and begin < end and _UNTIL.search(plain, times[0].end, times[1].at))


_OF_TIME = re.compile(
    r"(?:[\W\d_]|(?:ngay|thang|nam|thu|hai|ba|tu|sau|bay|chu|nhat|cn|t[2-7]|sang|chieu|toi|buoi|trua|dem|gio|hg?|g"
    r"|phut|ph?|[ap]m|den|het|vao|luc|hoi|bat|dau|ket|thuc|khoang|du|kien|ca|trong|cac|va|hang|moi|cung|duong|lich"
    r"|tai|thoi|gian|cho|suot|toan|tat|xuyen|dien|ra|tuan|le|dot|huong|ung|nay|hoc|tap|doi|thuong|lien|tuc)"
    r"(?![^\W\d_])|(?<=\d)[hg](?=\d))*"
)


def only_when(text: str, window: Window) -> When:
    """Read a text that may say when and nothing else; NOTHING, at once, when it has other words."""
    if len(text) > _LONGEST or _OF_TIME.fullmatch(bare(clean(text))) is None:
        return NOTHING
    when = read_when(text, window)
    return NOTHING if when.rest else when


def _timed(times: list[Hours], parts: set[Part], spans: tuple[Span, ...], codes: list[str], rest: str) -> When:
    part = next(iter(parts)) if len(parts) == 1 else None
    if not times:
        return When(spans, part=part, codes=tuple(codes), rest=rest)
    first = times[0]
    start, stop = on_the_day(first.start, part), on_the_day(first.stop, part)
    if first.bad or (start and stop and stop <= start):
        codes.append("bad_time")
    return When(spans, start, stop, part, tuple(codes), rest)


@lru_cache(maxsize=20_000)
def leading(text: str, window: Window, *, free: bool = False) -> tuple[When, str] | None:
    """Take a label of time off a line: "7h30: Lễ khai mạc", "Sáng 03/10 – Hội thi", "14h00 Tọa đàm".

    :param free: a line outside any table, where "Ngày 03/10 tổ chức …" says the day without a colon.
    :returns: when, and the text without its label; None when the line does not begin with one.
    """
    plain = bare(text)
    if not _MAYBE.match(plain):
        return None
    for end, kind in reversed(_atoms(text, plain)):
        stop = _STOP.match(plain, end)
        bracket = _BRACKET.match(plain, end)
        after = stop or bracket
        whole = end == len(plain.rstrip())
        spaced = kind == "time" or (free and kind == "date")
        if not (after or whole or (spaced and plain[end : end + 1].isspace())):
            continue
        when = read_when(text[:end], window)
        if not when.rest and (when.has_day or when.has_time):
            return when, text[after.end() if after else end :].strip()
    return None


def _atoms(text: str, plain: str) -> list[tuple[int, str]]:
    """List where a label could end, from the left: after each hour, part of day, weekday or day."""
    ends: list[tuple[int, str]] = []
    at = 0
    lower = text.lower()
    while len(ends) < 12:
        gap = _GAP.match(plain, at)
        at = gap.end() if gap else at
        found = _atom(plain, lower, at)
        if found is None:
            return ends
        ends.append(found)
        at = found[0]
    return ends


_PART_AT = re.compile(r"(?:sáng|chiều|tối)(?!\w)|(?:sang|chieu|toi)(?!\w)(?=\s*(?:[:,\-–]|\d|ngay))")
_PATTERNS = ((days.WEEKDAY, "weekday"), (days.WHOLE, "day"), (days.DAILY, "day"), (days.TOKEN, "date"))


def _atom(plain: str, lower: str, at: int) -> tuple[int, str] | None:
    if at >= len(plain):
        return None
    if plain[at].isdigit() and (time := hours_at(plain, at)):
        return time.end, "time"
    if part := _PART_AT.match(lower, at):
        return part.end(), "part"
    for pattern, kind in _PATTERNS:
        if found := pattern.match(plain, at):
            return found.end(), kind
    return None


def at_the_edges(text: str, window: Window) -> tuple[When, str]:
    """Take hours off both ends of a place: "7h30, Hội trường", "Hội trường xã (từ 8h)", "Nhà văn hóa lúc 14h00"."""
    found = leading(text, window)
    if found and found[0].has_time and not (found[0].has_day or found[0].is_doubtful) and found[1]:
        tail = re.sub(r"^(?:tại|tai)\s+", "", found[1])
        return found[0], tail
    for time in hours.hours_in(text):
        before = re.sub(
            r"[\s,;(\[\-–—]*(?:\b(?:từ|lúc|vào|hồi|bắt đầu|thời gian|luc|vao|tu)\b:?\s*)*$", "", text[: time.at]
        )
        after = text[time.end :]
        if before and re.fullmatch(r"\s*(?:sáng|chiều|tối)?\s*[)\].;]*", after):
            when = read_when(text[len(before) :], window)
            if when.is_doubtful:
                return replace(when, rest=""), text
            return replace(when, rest=""), before.strip()
    return NOTHING, text


def inside(text: str, window: Window) -> When | None:
    """Return the one hour a sentence names ("khai mạc lúc 7h30 tại hội trường"); its words stay where they are."""
    times = hours_in(text)
    if len(times) != 1 or times[0].bad:
        return None
    plain = bare(text)
    if re.fullmatch(r"[\s.)]*", plain[times[0].end :]) and plain[: times[0].at].rstrip().endswith(":"):
        return read_when(text[times[0].at : times[0].end], window)
    told = re.search(r"(?:\b(?:luc|vao|tu|bat dau|hoi)|\(|\bthoi gian\s*:)\s*$", plain[: times[0].at])
    return read_when(text[times[0].at : times[0].end], window) if told else None
