"""Public addresses."""

import datetime as dt

from django.urls import path, register_converter

from .views import lists, machines, pages


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
    path("", pages.landing, name="home"),
    path("gioi-thieu/", pages.about, name="about"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("nhung/<slug:code>/don-vi/<slug:key>/", pages.embedded, name="embedded"),
    path("tuan-le/<slug:code>/", pages.landing, name="landing"),
    path("tuan-le/<slug:code>/lich/", lists.schedule, name="schedule"),
    path("tuan-le/<slug:code>/lich.ics", machines.feed, name="feed"),
    path("tuan-le/<slug:code>/ca-tuan/", lists.whole, name="whole"),
    path("tuan-le/<slug:code>/gan-toi/", pages.near, name="near"),
    path("tuan-le/<slug:code>/ngay/<day:on>/", lists.day, name="day"),
    path("tuan-le/<slug:code>/hoat-dong/<int:pk>/", pages.activity, name="activity"),
    path("tuan-le/<slug:code>/hoat-dong/<int:pk>.ics", machines.activity_calendar, name="activity_calendar"),
    path("tuan-le/<slug:code>/don-vi/<slug:key>/", pages.unit, name="unit"),
    path("tuan-le/<slug:code>/don-vi/<slug:key>.ics", machines.unit_feed, name="unit_feed"),
]
