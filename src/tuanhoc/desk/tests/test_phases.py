"""Phases beside the Week are data: set in the desk, seen by the public, no longer outside."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import IN_TIME, registered, row, unit_of

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.desk import sheets
from tuanhoc.lib.actor import SYSTEM, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]
SEPTEMBER = dt.date(2022, 9, 20)


@pytest.fixture
def coordinator(campaign):
    user = User.objects.create_user("dieuphoi@mau.example")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)
    client = Client()
    client.force_login(user)
    return client


def set_by(client, campaign, *lines):
    names, firsts, lasts = zip(*lines, strict=True)
    return client.post(
        reverse("desk:phases", args=[campaign.code]), {"name": names, "starts_on": firsts, "ends_on": lasts}
    )


def stored(campaign):
    return list(campaign.phases.order_by("starts_on").values_list("name", "starts_on", "ends_on"))


def test_a_month_of_promotion_is_set_and_its_days_are_no_longer_outside(coordinator, campaign):
    warned = sheets.warned(row(held_on=SEPTEMBER), campaign.windows)
    answer = set_by(coordinator, campaign, ("Tháng tuyên truyền", "15/09/2022", "30/9"), ("", "", ""))

    assert answer.status_code == 302
    assert stored(campaign) == [("Tháng tuyên truyền", dt.date(2022, 9, 15), dt.date(2022, 9, 30))]
    assert (len(warned), sheets.warned(row(held_on=SEPTEMBER), campaign.windows)) == (1, ())


def test_the_public_is_told_and_finds_the_day(coordinator, campaign):
    set_by(coordinator, campaign, ("Tháng tuyên truyền", "15/09/2022", "30/09/2022"))
    registered(unit_of(campaign, "th-lamson"), [row("Treo băng rôn", held_on=SEPTEMBER)])

    assert "Tháng tuyên truyền: 15/09/2022 – 30/09/2022" in Client().get("/").content.decode()
    assert Client().get(reverse("portal:day", args=[campaign.code, SEPTEMBER])).status_code == 200
    assert Client().get(reverse("portal:day", args=[campaign.code, dt.date(2022, 9, 21)])).status_code == 404


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("Năm học", "15/09", "hết năm"), "ngày chưa đọc được"),
        (("Năm học", "15/09/2022", "01/09/2022"), "kết thúc trước khi bắt đầu"),
        (("", "15/09/2022", "20/09/2022"), "chưa có tên"),
    ],
)
def test_what_cannot_be_read_is_said_and_stays_on_the_page(coordinator, campaign, line, words):
    answer = set_by(coordinator, campaign, line)
    page = answer.content.decode()

    assert (answer.status_code, stored(campaign)) == (409, [])
    assert words in page
    assert all(f'value="{typed}"' in page for typed in line if typed)
