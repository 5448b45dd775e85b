"""Who lost a unit's link asks again, with more than one Week open: an old one nobody closed, or two of one autumn."""

import datetime as dt

import pytest
from tests.builders import province, week

from tuanhoc.accounts.models import LinkRequest
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.rules import CampaignDraft
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.dates import HANOI
from tuanhoc.notices import actions, post, queries
from tuanhoc.notices.models import Message
from tuanhoc.notices.rules import Asked
from tuanhoc.units.models import Contact, Unit
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
AT = dt.datetime(2023, 9, 20, 8, tzinfo=HANOI)
MACHINE = dt.datetime(2026, 3, 1, 8, 20, tzinfo=dt.UTC)
LAN = "lan@xa.example"


@pytest.fixture(autouse=True)
def in_autumn(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(clock, "machine", lambda: MACHINE)


@pytest.fixture
def old():
    """The Week of 2022, which nobody closed."""
    province()
    Contact.objects.create(unit=Unit.objects.get(key="xa-lamson"), name="Chị Lan", email=LAN)
    return week()


def opened(code, *, like, day=1, hour=8):
    at = AT.replace(hour=hour)
    made = campaigns.prepare_campaign(
        CampaignDraft(
            code, f"Tuần lễ {code}", 2023, "", dt.date(2023, 10, day), dt.date(2023, 10, day + 6),
            registration_closes_at=dt.datetime(2023, 10, day, tzinfo=HANOI),
            report_closes_at=dt.datetime(2023, 10, day + 20, tzinfo=HANOI),
        ),
        province=like.province, coordinator=like.coordinator, by=SYSTEM, at=at,
    )  # fmt: skip
    campaigns.open_call(made, by=SYSTEM, at=at)
    return made


def ask(words="", email="", at=AT):
    asked = Asked(unit_words=words, name="Chị Hai", phone="0900", email=email)
    actions.ask_again(asked, at=at, due_at=MACHINE)


def letters():
    found = Message.objects.filter(about__startswith="again:").order_by("pk")
    for letter in found:
        post.send_message.call(letter.pk)
    return [(m.campaign.code, m.state) for m in Message.objects.filter(about__startswith="again:").order_by("pk")]


def test_asked_by_name_the_request_names_the_unit_in_the_newer_week(old):
    new = opened("nt-2023", like=old)
    ask("UBND xã Nhơn Hải", "x@y.example")
    asked = LinkRequest.objects.get()
    assert (asked.campaign_id, asked.unit) == (new.pk, Unit.objects.get(key="xa-nhonhai"))


def test_asked_from_a_contacts_address_one_link_comes_and_it_opens(old):
    opened("nt-2023", like=old)
    ask(email=LAN)
    assert letters() == [("nt-2023", Message.State.SENT)]


def test_of_two_weeks_that_are_on_the_link_of_each_comes(old):
    for code, day in (("nt-2023", 1), ("doc-sach-2023", 3)):
        opened(code, like=old, day=day)
    ask(email=LAN)
    assert sorted(letters()) == [("doc-sach-2023", Message.State.SENT), ("nt-2023", Message.State.SENT)]
    assert all(m.campaign.title in m.body for m in Message.objects.filter(about__startswith="again:"))


def test_of_two_weeks_that_are_on_the_one_opened_last_counts_for_a_name(old):
    opened("nt-2023", like=old)
    newer = opened("doc-sach-2023", like=old, day=3, hour=10)
    assert queries.named("xã Nhơn Hải", at=AT).campaign == newer


def test_a_name_that_several_bear_in_the_newer_week_is_nobodys(old):
    opened("nt-2023", like=old)
    assert queries.named("UBND xã", at=AT) is None


def test_with_an_old_week_alone_no_link_comes_and_the_coordinator_is_asked(old):
    ask("UBND xã Lâm Sơn", LAN)
    assert letters() == []
    assert LinkRequest.objects.get().unit == Unit.objects.get(key="xa-lamson")


def test_a_closed_week_is_not_asked_for(old):
    new = opened("nt-2023", like=old)
    campaigns.close_campaign(new, by=SYSTEM, at=AT)
    campaigns.close_campaign(Campaign.objects.get(pk=old.pk), by=SYSTEM, at=AT)
    ask("UBND xã Lâm Sơn", LAN)
    assert letters() == []
    assert not LinkRequest.objects.exists()
