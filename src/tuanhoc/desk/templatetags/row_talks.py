"""What was said about a row, where the row is drawn; and moments kept as text."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django import template

from tuanhoc.activities.models import Activity
from tuanhoc.activities.queries import Thread

register = template.Library()


@register.filter
def thread_of(threads: Mapping[uuid.UUID, Thread] | str | None, activity: Activity | None) -> Thread | None:
    """Return what was said about a row; None where nothing was, or the page has no rows of a registration."""
    if activity is None or not isinstance(threads, Mapping):
        return None
    return threads.get(activity.uid)


@register.filter
def said_about(typed: Mapping[str, str] | str | None, activity: Activity | None) -> str:
    """Return what is being written about a row and has not been sent."""
    return typed.get(str(activity.uid), "") if activity is not None and isinstance(typed, Mapping) else ""


@register.filter
def moment(text: str) -> dt.datetime | None:
    """Return a moment kept as ISO text; None when it is not one."""
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None
