"""Activities as iCalendar: stable UIDs, and a cancelled activity marked cancelled for subscribers."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tuanhoc.lib.dates import HANOI

_ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a calendar keeps of one activity. Without an hour it is a whole-day entry: no hour is invented."""

    uid: str
    sequence: int
    changed_at: dt.datetime
    summary: str
    place: str
    description: str
    url: str
    first: dt.date
    last: dt.date
    starts_at: dt.time | None
    ends_at: dt.time | None
    is_cancelled: bool


def calendar(entries: Iterable[Entry], *, name: str) -> bytes:
    """Return one calendar (RFC 5545). Written by hand: the general library needs seconds for a whole Week."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tuan Hoc//VI", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    # How often a subscriber should look again; both spellings are in use.
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    lines += [f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"]
    for entry in entries:
        lines.extend(_event(entry))
    lines.append("END:VCALENDAR")
    return b"".join(map(_folded, lines))


def _event(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTAMP:{_moment(entry.changed_at)}"
    yield f"LAST-MODIFIED:{_moment(entry.changed_at)}"
    yield from _when(entry)
    yield f"SUMMARY:{_text(entry.summary)}"
    if entry.place:
        yield f"LOCATION:{_text(entry.place)}"
    yield f"DESCRIPTION:{_text(entry.description)}"
    yield f"URL:{entry.url}"
    yield f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _when(entry: Entry) -> Iterator[str]:
    if entry.starts_at is None or entry.last != entry.first:
        yield f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.last + dt.timedelta(days=1):%Y%m%d}"
        return
    yield f"DTSTART:{_moment(_in_viet_nam(entry.first, entry.starts_at))}"
    if entry.ends_at and entry.ends_at > entry.starts_at:
        yield f"DTEND:{_moment(_in_viet_nam(entry.first, entry.ends_at))}"


def _in_viet_nam(day: dt.date, hour: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, hour, HANOI)


def _moment(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Escape a text value (RFC 5545, 3.3.11); other control characters have no place in it."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """Fold at 75 octets (RFC 5545, 3.1), never inside a letter."""
    octets = line.encode()
    parts: list[bytes] = []
    # The space that marks a continuation counts.
    while len(octets) > (limit := 74 if parts else 75):
        while octets[limit] & 0xC0 == 0x80:
            limit -= 1
        parts.append(octets[:limit])
        octets = octets[limit:]
    return b"\r\n ".join([*parts, octets]) + b"\r\n"
