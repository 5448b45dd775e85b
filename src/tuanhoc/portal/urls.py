"""Public addresses."""

import datetime as dt

from django.urls import path, register_converter

from . import views


class Day:
    """A day in an address: ``2022-10-04``."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        """Return the day; no such day is no such page."""
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date) -> str:
        """Return it as an address writes it."""
        return value.isoformat()


register_converter(Day, "day")

app_name = "portal"
urlpatterns = [
    path("", views.landing, name="home"),
    path("tuan-le/<slug:code>/", views.landing, name="landing"),
    path("tuan-le/<slug:code>/lich/", views.schedule, name="schedule"),
    path("tuan-le/<slug:code>/lich.ics", views.feed, name="feed"),
    path("tuan-le/<slug:code>/ngay/<day:on>/", views.day, name="day"),
    path("tuan-le/<slug:code>/hoat-dong/<int:pk>/", views.activity, name="activity"),
    path("tuan-le/<slug:code>/hoat-dong/<int:pk>.ics", views.activity_calendar, name="activity_calendar"),
    path("tuan-le/<slug:code>/don-vi/<slug:key>/", views.unit, name="unit"),
]
