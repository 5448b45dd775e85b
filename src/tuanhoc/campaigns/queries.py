"""Read answers about Weeks."""

import datetime as dt

from .models import Campaign


def current(day: dt.date) -> Campaign | None:
    """Return the Week the public should see on ``day``: the running or next open one, else the last past one."""
    shown = Campaign.objects.exclude(state=Campaign.State.PREPARING).select_related("province", "coordinator")
    return (
        shown.filter(ends_on__gte=day).order_by("starts_on", "pk").first() or shown.order_by("-ends_on", "pk").first()
    )
