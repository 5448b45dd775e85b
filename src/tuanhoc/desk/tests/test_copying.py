"""Last year's activities are offered on the sheet, picked by ticks, and marked until looked at."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from tests.builders import registered, row, unit_of, week

from tuanhoc.activities.models import Activity, Registration
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.campaigns.rules import CampaignDraft
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.units.models import Succession, Unit
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2023, 9, 20, 8, tzinfo=HANOI)


@pytest.fixture
def host(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    old = week()
    registered(unit_of(old, "xa-lamson"), [row("Hội sách"), row("Lớp tin học", held_on=dt.date(2022, 10, 6))])
    new = campaigns.prepare_campaign(
        CampaignDraft(
            "ninh-thuan-2023", "Tuần lễ 2023", 2023, "", dt.date(2023, 10, 1), dt.date(2023, 10, 7),
            registration_closes_at=dt.datetime(2023, 10, 1, tzinfo=HANOI),
        ),
        province=old.province, coordinator=old.coordinator, by=SYSTEM, at=NOW,
    )  # fmt: skip
    campaigns.open_call(new, by=SYSTEM, at=NOW)
    return unit_of(new, "xa-lamson")


@pytest.fixture
def client(host):
    return signed_in(Role.OFFICER, at=host)


def copy(client, host, **changed):
    first, second = Activity.objects.filter(registration__host__unit=host.unit).order_by("pk")[:2]
    return client.post(
        reverse("desk:copy_last", args=[host.pk]),
        {"chon": [first.pk, second.pk], f"cach-{first.pk}": "thu", f"cach-{second.pk}": "ngay"} | changed,
        follow=True,
    )


def test_the_empty_sheet_offers_last_years_rows(client, host):
    assert "Chép từ năm 2022 (2 hoạt động)" in client.get(reverse("desk:sheet", args=[host.pk])).content.decode()
    page = client.get(reverse("desk:copy_last", args=[host.pk])).content.decode()
    assert "thứ Ba, 03/10" in page
    assert "thứ Tư, 04/10" in page


def test_each_row_moves_by_the_way_chosen_for_it(client, host):
    page = copy(client, host).content.decode()
    assert "2 dòng chép từ đợt trước" in page
    made = Activity.objects.filter(registration__host=host).order_by("position")
    assert [a.held_on for a in made] == [dt.date(2023, 10, 3), dt.date(2023, 10, 6)]


def test_a_row_edited_on_the_sheet_loses_its_mark_and_the_other_keeps_it(client, host):
    page = copy(client, host).content.decode()
    fields = dict(
        re.findall(r'<input[^>]*name="(r-\d-(?:held_on|source|starts_at|ends_at))"[^>]*value="([^"]*)"', page)
    )
    fields |= {"r-0-content": "Hội sách", "r-0-place": "Nhà văn hóa xã", "r-0-is_public": "on"}
    fields |= {"r-1-content": "Lớp tin học cơ bản", "r-1-place": "Nhà văn hóa xã", "r-1-is_public": "on"}
    version = Registration.objects.get(host=host).version
    client.post(reverse("desk:sheet", args=[host.pk]), fields | {"version": str(version), "do": "save"})
    made = Activity.objects.filter(registration__host=host).order_by("position")
    assert [(a.content, a.source) for a in made] == [("Hội sách", "chép từ 2022"), ("Lớp tin học cơ bản", "")]


@pytest.mark.parametrize(("do", "left"), [("uncopy", 0), ("checked", 2)])
def test_the_copies_are_settled_in_one_click(client, host, do, left):
    copy(client, host)
    client.post(reverse("desk:settle_copies", args=[host.pk]), {"do": do})
    rows = Activity.objects.filter(registration__host=host)
    assert (rows.count(), rows.exclude(source="").count()) == (left, 0)


def test_nothing_ticked_is_said_and_nothing_is_written(client, host):
    answer = copy(client, host, chon=[])
    assert answer.status_code == 409
    assert not Activity.objects.filter(registration__host=host).exists()


def test_a_unit_made_by_a_reform_is_offered_the_rows_of_those_it_came_from(host):
    before = host.unit
    made = Unit.objects.create(key="xa-moi", name="UBND xã mới", kind=Unit.Kind.COMMUNE_COMMITTEE)
    middle = Unit.objects.create(key="xa-giua", name="UBND xã giữa", kind=Unit.Kind.COMMUNE_COMMITTEE)
    neighbour = unit_of(Campaign.objects.get(code="ninh-thuan-2022"), "xa-nhonhai")
    registered(neighbour, [row("Của xã chỉ giao một thôn")])
    for old, new, is_part in [(before, middle, False), (middle, made, False), (neighbour.unit, made, True)]:
        Succession.objects.create(predecessor=old, successor=new, on=dt.date(2023, 7, 1), is_part=is_part)
    RosterUnit.objects.filter(pk=host.pk).update(unit=made, name=made.name, path=f"/{made.pk}/")
    client = signed_in(Role.OFFICER, at=RosterUnit.objects.get(pk=host.pk))
    page = client.get(reverse("desk:copy_last", args=[host.pk])).content.decode()
    assert "Hội sách" in page
    assert f"của {before.name}" in page
    assert "Của xã chỉ giao một thôn" not in page
    assert "Chép từ năm 2022 (2 hoạt động)" in client.get(reverse("desk:sheet", args=[host.pk])).content.decode()


def test_a_link_among_the_words_is_pointed_out_before_and_after_copying(client, host):
    first = Activity.objects.filter(registration__host__unit=host.unit).earliest("pk")
    Activity.objects.filter(pk=first.pk).update(content="Diễn đàn tại https://hop.example/2022")
    page = client.get(reverse("desk:copy_last", args=[host.pk])).content.decode()
    assert page.count("trong câu chữ có đường dẫn của năm trước") == 1
    assert "Ô “Đường dẫn tham gia” năm trước không chép" in page
    copy(client, host)
    sheet = client.get(reverse("desk:sheet", args=[host.pk])).content.decode()
    assert sheet.count("Trong câu chữ còn đường dẫn của năm trước") == 1
