"""Calendars as other programs read them."""

import datetime as dt

import pytest
from icalendar import Calendar
from tests.builders import IN_TIME, registered, row, someone, unit_of, week

from tuanhoc.activities import actions
from tuanhoc.activities.models import Activity
from tuanhoc.lib.actor import Role

WEEK = "/tuan-le/ninh-thuan-2022/"


@pytest.fixture
def ninh_son(db):
    return unit_of(week(), "ubnd-585")


def events(client, address):
    return Calendar.from_ical(client.get(WEEK + address).content).walk("VEVENT")


def test_a_cancelled_activity_is_cancelled_in_subscribers_calendars_under_the_same_uid(client, ninh_son):
    registered(ninh_son, [row(starts_at=dt.time(7, 30))])
    (before,) = events(client, "lich.ics")
    actions.change_activity(
        Activity.objects.get(), reason="Mưa", cancel=True, by=someone(Role.OFFICER, at=ninh_son), at=IN_TIME
    )
    (after,) = events(client, "lich.ics")

    assert before["UID"] == after["UID"]
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert before["DTSTART"].dt == dt.datetime(2022, 10, 4, 0, 30, tzinfo=dt.UTC)
    assert after["DESCRIPTION"] == "UBND huyện Ninh Sơn\nLý do hủy: Mưa"


def test_no_hour_is_invented_and_the_last_day_is_included(client, ninh_son):
    registered(ninh_son, [row(part_of_day="morning", ends_on=dt.date(2022, 10, 6))])
    (event,) = events(client, f"hoat-dong/{Activity.objects.get().pk}.ics")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (dt.date(2022, 10, 4), dt.date(2022, 10, 7))


def test_a_feed_holds_what_its_filter_finds(client, ninh_son):
    registered(ninh_son, [row("Đọc sách", form="online"), row("Đọc sách"), row("Vẽ", form="online")])
    assert [e["SUMMARY"] for e in events(client, "lich.ics?q=doc&hinh-thuc=online")] == ["Đọc sách"]
    assert len(events(client, "don-vi/ubnd-585.ics")) == 3


def test_the_page_offers_the_feed_of_its_own_filter_to_subscribe_to(client, ninh_son, settings):
    settings.SITE_URL = "https://tuanhoc.example.vn"
    registered(ninh_son, [row("Đọc sách")])
    page = client.get(f"{WEEK}lich/?q=doc").content.decode()
    assert f'href="webcal://tuanhoc.example.vn{WEEK}lich.ics?q=doc"' in page
    assert f'value="https://tuanhoc.example.vn{WEEK}lich.ics?q=doc"' in page
