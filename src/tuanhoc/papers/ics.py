"""Happenings as iCalendar: stable UIDs, and a cancelled one marked cancelled for subscribers."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event, vDuration

from tuanhoc.lib.dates import HANOI

#: Letters a text value has no place for (RFC 5545, 3.3.11).
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
#: How often a subscriber should look again.
_AGAIN = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of a calendar. ``uid`` never changes; ``sequence`` grows with every change."""

    uid: str
    sequence: int
    changed_at: dt.datetime
    summary: str
    place: str
    description: str
    first_on: dt.date
    last_on: dt.date
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    is_cancelled: bool = False
    #: the page that tells more; blank for none
    url: str = ""


def to_ics(happenings: Iterable[Happening], *, name: str) -> bytes:
    """Return one calendar. What has no hour is a whole-day event: no hour is invented."""
    out = Calendar()
    out.add("prodid", "-//Tuan Hoc//VI")
    out.add("version", "2.0")
    out.add("calscale", "GREGORIAN")
    out.add("method", "PUBLISH")
    out.add("x-wr-calname", _plain(name))
    # Both spellings are in use.
    out.add("refresh-interval", vDuration(_AGAIN), parameters={"value": "DURATION"})
    out.add("x-published-ttl", vDuration(_AGAIN))
    # Written one by one between the calendar's own lines: thousands of events as objects take their place in memory.
    opening, end, closing = bytes(out.to_ical()).partition(b"END:VCALENDAR")
    events = b"".join(bytes(_event(happening).to_ical()) for happening in happenings)
    return opening + events + end + closing


def _event(of: Happening) -> Event:
    event = Event()
    event.add("uid", of.uid)
    event.add("sequence", of.sequence)
    event.add("dtstamp", of.changed_at)
    event.add("last-modified", of.changed_at)
    event.add("summary", _plain(of.summary))
    if of.place:
        event.add("location", _plain(of.place))
    event.add("description", _plain(of.description))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if of.is_cancelled else "CONFIRMED")
    if of.url:
        event.add("url", of.url)
    if of.starts_at is None or of.last_on != of.first_on:
        event.add("dtstart", of.first_on)
        event.add("dtend", of.last_on + dt.timedelta(days=1))
        return event
    event.add("dtstart", dt.datetime.combine(of.first_on, of.starts_at, HANOI).astimezone(dt.UTC))
    if of.ends_at and of.ends_at > of.starts_at:
        event.add("dtend", dt.datetime.combine(of.first_on, of.ends_at, HANOI).astimezone(dt.UTC))
    return event


def _plain(text: str) -> str:
    # A backslash before a letter is a line break to some programs, icalendar among them, escaped or not.
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "/"))
