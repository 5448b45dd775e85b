"""One activity in schema.org's words, for search engines."""

import datetime as dt
import json

from django.utils.safestring import SafeString, mark_safe

from tuanhoc.activities.models import Activity
from tuanhoc.lib.dates import HANOI

#: So that no text of a unit can end the script element it stands in.
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
_MODES = {
    Activity.Form.ONLINE: "OnlineEventAttendanceMode",
    Activity.Form.BOTH: "MixedEventAttendanceMode",
}


def event(activity: Activity, *, url: str) -> SafeString:
    """Return the JSON-LD of ``activity``. Hours it does not have are left out, and so are contacts."""
    first = activity.held_on
    if first is None:
        raise ValueError("a public activity has a day")
    told: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": activity.content,
        "url": url,
        "startDate": _moment(first, activity.starts_at),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if activity.cancelled_at else 'Scheduled'}",
        "organizer": {"@type": "Organization", "name": activity.registration.host.name},
    }
    if activity.ends_on or activity.ends_at:
        told["endDate"] = _moment(activity.ends_on or first, activity.ends_at)
    if activity.form:
        mode = _MODES.get(Activity.Form(activity.form), "OfflineEventAttendanceMode")
        told["eventAttendanceMode"] = f"https://schema.org/{mode}"
    told["isAccessibleForFree"] = not activity.fee
    if places := _places(activity):
        told["location"] = places
    # Escaped on this very line.
    return mark_safe(json.dumps(told, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308


def _moment(day: dt.date, hour: dt.time | None) -> str:
    return day.isoformat() if hour is None else dt.datetime.combine(day, hour, HANOI).isoformat()


def _places(activity: Activity) -> list[dict[str, str]]:
    places = []
    if activity.place:
        address = activity.area.name if activity.area else activity.place
        places.append({"@type": "Place", "name": activity.place, "address": address})
    if activity.link.startswith(("https://", "http://")):
        places.append({"@type": "VirtualLocation", "url": activity.link})
    return places
