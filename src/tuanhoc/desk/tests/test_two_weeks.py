"""Two Weeks of one province open at once: nothing of one is seen, opened, counted or received in the other."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.builders import IN_TIME, TOO_LATE, coordinator, registered, row, unit_of
from tests.form_files import word_form
from tests.mails import eml

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.activities.models import Registration
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.rules import CampaignDraft
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.intake.actions.mail_reading import read_mail
from tuanhoc.intake.actions.mails import Came, claim, keep_mail
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.web import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]


@pytest.fixture
def other(campaign):
    """A second Week of the same province, open at the same time."""
    made = campaigns.prepare_campaign(
        CampaignDraft(
            "ninh-thuan-doc-sach-2022", "Tuần lễ đọc sách năm 2022", 2022, "Đọc", dt.date(2022, 10, 3),
            dt.date(2022, 10, 9), registration_closes_at=dt.datetime(2022, 10, 2, tzinfo=HANOI),
        ),
        province=campaign.province, coordinator=campaign.coordinator, by=SYSTEM, at=IN_TIME,
    )  # fmt: skip
    campaigns.open_call(made, by=SYSTEM, at=IN_TIME)
    return made


@pytest.fixture
def both(campaign, other):
    """The browser of somebody who coordinates both."""
    user = User.objects.create_user("ca-hai@so.example")
    for week in (campaign, other):
        accounts.give_seat(user, Role.COORDINATOR, campaign_id=week.pk, by=SYSTEM, at=IN_TIME)
    client = Client()
    client.force_login(user)
    return client


def test_a_units_link_opens_its_sheet_of_one_week_only(campaign, other):
    host, there = unit_of(campaign, "xa-lamson"), unit_of(other, "xa-lamson")
    signed = accounts.make_link(
        host.unit, campaign_id=campaign.pk, expires_at=campaign.links_close_at, by=SYSTEM, at=IN_TIME
    )
    browser = Client()
    assert browser.post(reverse("accounts:link", args=[signed]))["Location"] == reverse("desk:sheet", args=[host.pk])
    assert browser.get(reverse("desk:sheet", args=[host.pk])).status_code == 200
    for name in ("sheet", "hand_up", "copy_last", "own_contacts"):
        assert browser.get(reverse(f"desk:{name}", args=[there.pk])).status_code == 404


def test_what_a_unit_writes_for_one_is_not_in_the_other(campaign, other):
    registered(unit_of(campaign, "xa-lamson"), [row("Chỉ của tuần này")])
    officer = signed_in(Role.OFFICER, at=unit_of(other, "xa-lamson"))
    page = officer.get(reverse("desk:sheet", args=[unit_of(other, "xa-lamson").pk])).content.decode()
    assert "Chỉ của tuần này" not in page
    assert not Registration.objects.filter(host__campaign=other).exists()


def test_each_board_and_each_coordinator_sees_its_own(officer, both, campaign, other):
    registered(unit_of(campaign, "xa-lamson"), accepted=False)
    registered(unit_of(other, "xa-nhonhai"), accepted=False)
    assert officer.get(reverse("desk:board", args=[other.code])).status_code == 404
    queue = officer.get(reverse("desk:queue"), {"tat-ca": ""}).content.decode()
    assert "UBND xã Lâm Sơn" in queue
    assert "UBND xã Nhơn Hải" not in queue
    for week in (campaign, other):
        page = both.get(reverse("desk:board", args=[week.code]))
        assert page.context["replied"] == 1


def test_home_shows_both(both, campaign, other):
    page = both.get(reverse("desk:home")).content.decode()
    assert campaign.title in page
    assert other.title in page


def test_home_puts_the_week_whose_deadline_is_nearest_first(both, campaign, other, monkeypatch):
    def order():
        page = both.get(reverse("desk:home")).content.decode()
        return page.index(campaign.title) < page.index(other.title)

    assert order()
    monkeypatch.setattr(clock, "now", lambda: TOO_LATE)  # of the first it has passed
    assert order()
    Campaign.objects.filter(pk=campaign.pk).update(state=Campaign.State.CLOSED)
    assert not order()


def test_each_page_of_a_week_names_it_while_another_is_open_too(both, officer, campaign, other):
    named = '<p class="week-named">{}</p>'
    for name in ("board", "reminders", "deadlines", "papers", "journal"):
        page = both.get(reverse(f"desk:{name}", args=[other.code])).content.decode()
        assert named.format(other.title) in page, name
    district = signed_in(Role.OFFICER, at=unit_of(other, "ubnd-585"))
    assert named.format(other.title) in district.get(reverse("desk:board", args=[other.code])).content.decode()
    Campaign.objects.filter(pk=campaign.pk).update(state=Campaign.State.CLOSED)
    assert "week-named" not in both.get(reverse("desk:board", args=[other.code])).content.decode()


def test_the_queue_of_somebody_with_both_names_the_week_of_each_line(both, campaign, other):
    registered(unit_of(campaign, "tv-58"), accepted=False)
    registered(unit_of(other, "so-tttt"), accepted=False)
    page = both.get(reverse("desk:queue")).content.decode()
    assert campaign.title in page
    assert other.title in page


def test_the_portal_of_one_shows_nothing_of_the_other(campaign, other):
    cache.clear()
    registered(unit_of(campaign, "xa-lamson"), [row("Chỉ của tuần này")])
    for name in ("schedule", "whole"):
        assert "Chỉ của tuần này" in Client().get(reverse(f"portal:{name}", args=[campaign.code])).content.decode()
        assert "Chỉ của tuần này" not in Client().get(reverse(f"portal:{name}", args=[other.code])).content.decode()


@pytest.mark.parametrize("wanted", [0, 1])
def test_a_form_by_mail_reaches_the_week_its_address_names(campaign, other, wanted):
    week = (campaign, other)[wanted]
    raw = eml(("mau.docx", word_form("UBND xã Lâm Sơn")), to=f"dangky+{week.code}@tuanhoc.example")
    mail, _is_new = keep_mail(raw, Came("imap"), by=SYSTEM, at=IN_TIME)
    read_mail(claim(mail.pk, machine=IN_TIME), by=SYSTEM, at=IN_TIME)
    mail.refresh_from_db()
    assert mail.campaign == week


def test_whoever_asks_to_join_one_is_not_in_the_other(both, campaign, other):
    cache.clear()
    Client().post(
        reverse("accounts:join", args=[campaign.code]),
        {"kind": "club", "unit_name": "Câu lạc bộ Sách", "person": "A", "phone": "0912 000 111"},
    )
    assert "Câu lạc bộ Sách" in both.get(reverse("desk:joining", args=[campaign.code])).content.decode()
    assert "Câu lạc bộ Sách" not in both.get(reverse("desk:joining", args=[other.code])).content.decode()


def test_rows_are_copied_from_an_earlier_week_not_from_one_beside(campaign, other):
    registered(unit_of(other, "xa-lamson"))
    officer = signed_in(Role.OFFICER, at=unit_of(campaign, "xa-lamson"))
    page = officer.get(reverse("desk:sheet", args=[unit_of(campaign, "xa-lamson").pk])).content.decode()
    assert "Chép từ năm" not in page


def test_a_coordinator_of_one_may_not_act_in_the_other(campaign, other):
    assert not coordinator(campaign).roles_over(unit_of(other, "xa-lamson").path, other.pk)
