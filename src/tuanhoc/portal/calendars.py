"""Activities as iCalendar: stable UIDs, and a cancelled activity marked cancelled for subscribers."""

import datetime as dt
from collections.abc import Iterable

from icalendar import Calendar, Event

from tuanhoc.activities.models import Activity
from tuanhoc.lib.dates import HANOI


def calendar(activities: Iterable[Activity], *, name: str) -> bytes:
    """Return one calendar. An activity without an hour is a whole-day event: no hour is invented."""
    out = Calendar()
    out.add("prodid", "-//Tuan Hoc//VI")
    out.add("version", "2.0")
    out.add("x-wr-calname", name)
    for activity in activities:
        out.add_component(_event(activity))
    return bytes(out.to_ical())


def _event(activity: Activity) -> Event:
    event = Event()
    event.add("uid", f"{activity.uid}@tuanhoc")
    event.add("sequence", activity.sequence)
    event.add("dtstamp", activity.changed_at)
    event.add("summary", activity.content)
    event.add("location", activity.place)
    event.add("description", activity.registration.host.name)
    event.add("status", "CANCELLED" if activity.cancelled_at else "CONFIRMED")
    first = activity.held_on
    if first is None:
        raise ValueError("a public activity has a day")
    last = activity.ends_on or first
    if activity.starts_at is None or last != first:
        event.add("dtstart", first)
        event.add("dtend", last + dt.timedelta(days=1))
        return event
    start = dt.datetime.combine(first, activity.starts_at, HANOI)
    event.add("dtstart", start.astimezone(dt.UTC))
    if activity.ends_at and activity.ends_at > activity.starts_at:
        event.add("dtend", dt.datetime.combine(first, activity.ends_at, HANOI).astimezone(dt.UTC))
    return event
