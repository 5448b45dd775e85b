"""The officer hands the sheet to the head; the head opens an own link on the phone and agrees."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.builders import IN_TIME, row, someone, unit_of

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import PersonalLink
from tuanhoc.activities import actions
from tuanhoc.activities.models import HeadConfirmation, Registration, State
from tuanhoc.campaigns.actions import deadlines as campaigns
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.notices.models import Message
from tuanhoc.notices.post import send_message
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.units.models import Contact
from tuanhoc.web import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]


@pytest.fixture
def host(campaign):
    host = unit_of(campaign, "xa-lamson")
    by = someone(Role.OFFICER, at=host)
    registration = actions.begin_registration(host, by=by, at=IN_TIME)
    actions.save_rows(registration, [row("Ngày hội đọc sách")], by=by, at=IN_TIME)
    return host


@pytest.fixture
def unit_officer(host):
    return signed_in(Role.OFFICER, at=host)


def hand_up(client, host, **typed):
    return client.post(reverse("desk:hand_up", args=[host.pk]), {"do": "hand_up", "name": "Ông Sơn", **typed})


def opened(answer):
    """Return the browser of the head, who opened the link that the page showed."""
    address = re.search(r"http://testserver(/l/[^\s<]+)", answer.content.decode())[1]
    phone = Client()
    assert "Xem lịch được trình" in phone.get(address).content.decode()
    answer = phone.post(address)
    return phone, answer["Location"]


def test_without_an_address_the_link_is_shown_once_to_scan_or_to_paste(unit_officer, host):
    answer = hand_up(unit_officer, host)
    page = answer.content.decode()
    assert "<svg" in page
    assert "Đồng ý nộp" in page
    assert "/l/" not in unit_officer.get(reverse("desk:hand_up", args=[host.pk])).content.decode()
    assert not Message.objects.exists()


def test_the_head_reads_on_the_phone_and_agrees(unit_officer, host):
    phone, address = opened(hand_up(unit_officer, host))
    page = phone.get(address).content.decode()
    assert "Ngày hội đọc sách" in page
    digest = re.search(r'name="sha256" value="(\w+)"', page)[1]
    after = phone.post(address, {"do": "agree", "sha256": digest}, follow=True).content.decode()
    assert "đã đồng ý nộp" in after
    registration = Registration.objects.get(host=host)
    assert registration.state == State.SUBMITTED
    assert registration.submissions.get().by_name == "Ông Sơn"


def test_the_heads_link_opens_no_other_page_to_write_in(unit_officer, host, campaign):
    phone, _address = opened(hand_up(unit_officer, host))
    sheet = reverse("desk:sheet", args=[host.pk])
    assert "Ngày hội đọc sách" in phone.get(sheet).content.decode()
    assert phone.post(sheet, {"do": "submit", "version": "1"}).status_code == 403
    assert phone.get(reverse("desk:sheet", args=[unit_of(campaign, "th-lamson").pk])).status_code == 404
    assert phone.get(reverse("desk:confirm", args=[unit_of(campaign, "th-lamson").pk])).status_code == 404
    assert phone.get(reverse("desk:hand_up", args=[host.pk])).status_code == 403


def test_a_draft_changed_meanwhile_is_shown_again_before_it_can_be_agreed_to(unit_officer, host):
    phone, address = opened(hand_up(unit_officer, host))
    digest = re.search(r'name="sha256" value="(\w+)"', phone.get(address).content.decode())[1]
    actions.save_rows(Registration.objects.get(host=host), [row("Hội thi kể chuyện")], by=SYSTEM, at=IN_TIME)
    answer = phone.post(address, {"do": "agree", "sha256": digest})
    assert answer.status_code == 409
    assert "Hội thi kể chuyện" in answer.content.decode()
    assert Registration.objects.get(host=host).state == State.DRAFT


def test_taken_back_the_link_opens_nothing_more(unit_officer, host):
    answer = hand_up(unit_officer, host)
    phone, address = opened(answer)
    unit_officer.post(reverse("desk:hand_up", args=[host.pk]), {"do": "take_back"})
    assert phone.get(address).status_code == 302
    assert PersonalLink.objects.filter(role="head", revoked_at=None).count() == 0
    assert HeadConfirmation.objects.get().state == "taken_back"


def test_given_back_the_officer_reads_what_to_change(unit_officer, host):
    phone, address = opened(hand_up(unit_officer, host))
    assert phone.post(address, {"do": "give_back", "words": ""}).status_code == 409
    phone.post(address, {"do": "give_back", "words": "Ghi rõ hội trường"})
    assert "Ghi rõ hội trường" in unit_officer.get(reverse("desk:sheet", args=[host.pk])).content.decode()


def test_to_a_head_with_an_address_the_link_goes_by_mail_and_is_the_heads(unit_officer, host):
    contact = Contact.objects.create(unit=host.unit, name="Bà Hà", email="ha@lamson.example", is_head=True)
    unit_officer.post(reverse("desk:hand_up", args=[host.pk]), {"do": "hand_up", "nguoi": str(contact.pk)})
    deliver_waiting(at=clock.machine())
    send_message.call(Message.objects.get(to="ha@lamson.example", subject__startswith="Trình").pk)
    (sent,) = [m for m in mail.outbox if m.to == ["ha@lamson.example"]]
    assert "Trình thủ trưởng" in sent.subject
    assert PersonalLink.objects.get(role="head").holder == "Bà Hà"


def test_a_name_that_was_typed_is_meant_though_a_contact_was_left_chosen(unit_officer, host):
    contact = Contact.objects.create(unit=host.unit, name="Chị Lan", email="lan@lamson.example")
    hand_up(unit_officer, host, nguoi=str(contact.pk))
    assert HeadConfirmation.objects.get().head_name == "Ông Sơn"


def test_only_a_head_is_chosen_beforehand(unit_officer, host):
    contact = Contact.objects.create(unit=host.unit, name="Chị Lan", email="lan@lamson.example")
    chosen = f'value="{contact.pk}" checked'
    address = reverse("desk:hand_up", args=[host.pk])
    assert chosen not in unit_officer.get(address).content.decode()
    Contact.objects.update(is_head=True)
    assert chosen in unit_officer.get(address).content.decode()


def test_a_mail_that_leaves_after_the_taking_back_carries_no_link(unit_officer, host):
    hand_up(unit_officer, host, email="ha@lamson.example")
    deliver_waiting(at=clock.machine())
    unit_officer.post(reverse("desk:hand_up", args=[host.pk]), {"do": "take_back"})
    message = Message.objects.get(to="ha@lamson.example", subject__startswith="Trình")
    send_message.call(message.pk)
    message.refresh_from_db()
    assert message.state == "failed"
    assert not PersonalLink.objects.filter(role="head", revoked_at=None).exists()


def test_handed_to_another_head_the_link_of_the_one_before_opens_nothing_more(unit_officer, host):
    before, address = opened(hand_up(unit_officer, host))
    before.post(address, {"do": "give_back", "words": "Tôi đã chuyển công tác"})
    after, address = opened(hand_up(unit_officer, host, name="Bà Hà"))
    assert before.get(address)["Location"].startswith("/tai-khoan/login/")
    assert after.get(address).status_code == 200
    assert [link.holder for link in PersonalLink.objects.filter(role="head", revoked_at=None)] == ["Bà Hà"]


def test_a_mail_to_the_head_before_carries_no_link_though_another_head_has_it_now(unit_officer, host):
    hand_up(unit_officer, host, email="son@lamson.example")
    deliver_waiting(at=clock.machine())
    unit_officer.post(reverse("desk:hand_up", args=[host.pk]), {"do": "take_back"})
    hand_up(unit_officer, host, name="Bà Hà")
    message = Message.objects.get(to="son@lamson.example", subject__startswith="Trình")
    send_message.call(message.pk)
    message.refresh_from_db()
    assert message.state == "failed"
    assert [link.holder for link in PersonalLink.objects.filter(role="head", revoked_at=None)] == ["Bà Hà"]


def test_where_the_week_asks_so_the_button_is_the_heads(unit_officer, host, campaign):
    campaign.head_confirms = True
    campaign.save()
    sheet = reverse("desk:sheet", args=[host.pk])
    page = unit_officer.get(sheet).content.decode()
    assert 'value="hand_up"' in page
    assert 'value="submit"' not in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    answer = unit_officer.post(sheet, {"do": "submit", "version": version, "r-0-content": "A", "r-0-held_on": "4/10"})
    assert answer["Location"] == reverse("desk:hand_up", args=[host.pk])
    assert Registration.objects.get(host=host).activities.get().content == "A"


def test_a_link_of_the_unit_hands_up_too(host, campaign):
    signed = accounts.make_link(
        host.unit, campaign_id=campaign.pk, expires_at=campaign.links_close_at, by=SYSTEM, at=IN_TIME
    )
    browser = Client()
    browser.post(reverse("accounts:link", args=[signed]))
    assert hand_up(browser, host).status_code == 200
    assert HeadConfirmation.objects.get().state == "waiting"


def test_a_unit_cannot_have_any_number_of_letters_sent_to_an_address_it_typed(unit_officer, host):
    cache.clear()
    for number in range(8):
        last = hand_up(unit_officer, host, email=f"ai-do{number}@noi-khac.example")
        unit_officer.post(reverse("desk:hand_up", args=[host.pk]), {"do": "take_back"})
    assert last.status_code == 409
    assert "thử lại sau một giờ" in last.content.decode()
    assert HeadConfirmation.objects.count() == 6
    # Without a letter it goes on.
    assert hand_up(unit_officer, host).status_code == 200
    cache.clear()


def test_the_head_s_link_speaks_of_the_head_and_not_of_who_writes(campaign):
    host = unit_of(campaign, "th-lamson")
    signed = accounts.make_link(
        host.unit, campaign_id=campaign.pk, role=Role.HEAD, expires_at=campaign.links_close_at, by=SYSTEM, at=IN_TIME
    )
    page = Client().get(reverse("accounts:link", args=[signed])).content.decode()
    assert "Tôi không phải thủ trưởng đơn vị" in page
    assert "người phụ trách" not in page
    said = Client().get(reverse("accounts:say", args=[signed, "khong-phai-toi"])).content.decode()
    assert "Ai là thủ trưởng hiện nay" in said
    assert "phụ trách" not in said


def test_past_the_common_deadline_a_unit_let_in_is_told_both_in_one_breath(unit_officer, host, monkeypatch):
    phone, address = opened(hand_up(unit_officer, host))
    later = host.closes_at + dt.timedelta(hours=7)
    campaigns.give_exceptions(
        RosterUnit.objects.filter(pk=host.pk), ends_at=host.closes_at + dt.timedelta(days=3), reason="Mất điện",
        moves_deadline=False, by=SYSTEM, at=IN_TIME,
    )  # fmt: skip
    monkeypatch.setattr(clock, "now", lambda: later)
    page = " ".join(phone.get(address).content.decode().split())
    assert "(mở riêng), còn 2 ngày" in page
    assert "Hạn của đơn vị đã qua; đơn vị được mở riêng nên lịch vẫn nộp được, và được đánh dấu là nộp sau hạn." in page
    assert "hạn nay đã qua" not in page


def test_what_was_in_time_and_given_back_is_not_called_late(unit_officer, host, monkeypatch):
    registration = Registration.objects.get(host=host)
    actions.submit_registration(registration, by=SYSTEM, at=IN_TIME)
    actions.return_registration(registration, reason="Thiếu địa điểm", by=SYSTEM, at=IN_TIME)
    phone, address = opened(hand_up(unit_officer, host))
    monkeypatch.setattr(clock, "now", lambda: host.closes_at + dt.timedelta(hours=7))
    assert "sau hạn" not in phone.get(address).content.decode()
