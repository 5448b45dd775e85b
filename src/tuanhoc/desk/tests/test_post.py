"""The coordinator sees what was written to whom and what units said about their links."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.builders import IN_TIME, OPENED_AT, TOO_LATE, province, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import LinkRequest, PersonalLink, User
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.notices.models import Message
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.units.models import Contact, Unit
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_time(monkeypatch):
    from django.core.cache import cache

    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def campaign():
    province()
    Contact.objects.create(unit=Unit.objects.get(key="th-lamson"), name="Chị Lan", email="truong@example.vn")
    return week()


@pytest.fixture
def coordinator(campaign):
    user = User.objects.create_user("so@example.vn")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=OPENED_AT)
    client = Client()
    client.force_login(user)
    return client


def asked(**fields):
    return Client().post(reverse("accounts:ask"), {"email": "", "unit_words": "", "name": "", "phone": ""} | fields)


def test_the_page_is_empty_until_the_call_is_told(campaign, coordinator):
    page = coordinator.get(reverse("desk:messages", args=[campaign.code]))
    assert "Thư đầu tiên đi khi mở đăng ký" in page.content.decode()
    assert page.context["silent_count"] == campaign.roster.count() - 1


def test_messages_are_found_by_unit_and_state_and_failed_ones_sent_again(campaign, coordinator):
    deliver_waiting(at=OPENED_AT)
    Message.objects.update(state=Message.State.FAILED, failed_because="550 No such mailbox", tries=1)
    address = reverse("desk:messages", args=[campaign.code])
    page = coordinator.get(address, {"q": "Lâm Sơn", "trang-thai": "failed"}).content.decode()
    assert "550 No such mailbox" in page
    assert "Gửi lại 1 thư lỗi" in page
    assert coordinator.get(address, {"trang-thai": "sent"}).context["page"].paginator.count == 0

    coordinator.post(address)
    assert Message.objects.values_list("state", "tries").get() == (Message.State.QUEUED, 0)


def test_a_lost_link_asked_for_from_a_contacts_address_goes_there_by_mail_only(campaign):
    deliver_waiting(at=OPENED_AT)
    answer = asked(email="TRUONG@example.vn")
    message = Message.objects.get(about__startswith="again:")
    assert (message.to, message.carries_link) == ("truong@example.vn", True)
    assert "/l/" not in Client().get(answer["Location"]).content.decode().replace("/l/xin-lai/", "")
    asked(email="truong@example.vn")
    assert Message.objects.filter(about__startswith="again:").count() == 1
    assert not LinkRequest.objects.exists()
    assert not PersonalLink.objects.exists()  # made when the mail leaves


def test_the_answer_tells_nothing_of_who_is_on_the_list(campaign):
    known, unknown = asked(email="truong@example.vn"), asked(email="la@example.vn", unit_words="Trường ở đâu đó")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_any_other_address_becomes_a_request_that_the_coordinator_answers(campaign, coordinator):
    asked(email="moi@example.vn", unit_words="truong tieu hoc lam son", name="Anh Tư", phone="0912 345 678")
    request = LinkRequest.objects.get()
    assert (request.unit.key, request.campaign_id, request.kind) == ("th-lamson", campaign.pk, "lost")

    assert "1 lời báo về liên kết chờ trả lời" in coordinator.get("/lam-viec/").content.decode()
    address = reverse("desk:requests", args=[campaign.code])
    page = coordinator.get(address).content.decode()
    assert "0912 345 678" in page
    assert "Gửi liên kết mới đến thư này" in page
    coordinator.post(address, {"yeu-cau": request.pk, "do": "mail"})
    assert Message.objects.get(about__startswith="asked:").to == "moi@example.vn"
    assert "Không có lời báo nào đang chờ" in coordinator.get(address).content.decode()
    coordinator.post(address, {"yeu-cau": request.pk, "do": "mail"})
    assert Message.objects.filter(about__startswith="asked:").count() == 1


def test_an_unknown_name_is_kept_as_typed(campaign, coordinator):
    asked(unit_words="Trường Mầm non Hoa Sen", phone="0912 345 678")
    request = LinkRequest.objects.get()
    assert (request.unit, request.unit_words) == (None, "Trường Mầm non Hoa Sen")
    page = coordinator.get(reverse("desk:requests", args=[campaign.code])).content.decode()
    assert "Chưa nhận ra đơn vị" in page


def test_nothing_is_kept_when_no_call_is_open():
    province()
    asked(unit_words="UBND xã Lâm Sơn", phone="0912 345 678")
    assert not LinkRequest.objects.exists()


def test_without_a_way_to_answer_the_form_says_what_is_missing(campaign):
    assert "Vui lòng điền số điện thoại hoặc địa chỉ thư" in asked(unit_words="UBND xã Lâm Sơn").content.decode()
    assert "Vui lòng điền địa chỉ thư hoặc tên đơn vị" in asked().content.decode()


def test_an_address_that_is_none_is_said_once_in_our_own_words(campaign):
    page = asked(email="khong@co").content.decode()
    assert page.count("errorlist") == 1
    assert "Địa chỉ thư chưa đúng, ví dụ vanthu@donvi.vn" in page
    assert 'value="khong@co"' in page
    assert "điền số điện thoại hoặc địa chỉ thư để được" not in asked(email="a@", unit_words="Xã").content.decode()


def test_asking_too_often_is_slowed_down(campaign):
    answers = [asked(email="la@example.vn").status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert LinkRequest.objects.count() == 1


@pytest.mark.parametrize(("word", "kind"), [("doi-ten", "renamed"), ("khong-phai-toi", "not_me")])
def test_what_is_said_from_a_link_reaches_the_coordinator_and_the_link_stays_open(campaign, coordinator, word, kind):
    host = unit_of(campaign, "th-lamson")
    signed = accounts.make_link(host.unit, campaign_id=campaign.pk, expires_at=TOO_LATE, by=SYSTEM, at=IN_TIME)
    say = reverse("accounts:say", args=[signed, word])
    assert Client().get(say).status_code == 200
    Client().post(say, {"words": "Nay là Trường TH&THCS Lâm Sơn", "name": "Chị Lan", "phone": ""})

    request = LinkRequest.objects.get()
    assert (request.kind, request.unit, request.words) == (kind, host.unit, "Nay là Trường TH&THCS Lâm Sơn")
    page = coordinator.get(reverse("desk:requests", args=[campaign.code])).content.decode()
    assert "Nay là Trường TH&amp;THCS Lâm Sơn" in page
    assert Client().get(reverse("accounts:link", args=[signed])).status_code == 200


def test_a_closed_link_says_nothing_and_an_unknown_word_is_not_there(campaign):
    host = unit_of(campaign, "th-lamson")
    ended = IN_TIME - dt.timedelta(days=1)
    signed = accounts.make_link(host.unit, campaign_id=campaign.pk, expires_at=ended, by=SYSTEM, at=OPENED_AT)
    assert Client().post(reverse("accounts:say", args=[signed, "doi-ten"]), {"words": "x"}).status_code == 410
    assert Client().get(f"/l/{signed}/bao-lai/gi-do/").status_code == 404
    assert not LinkRequest.objects.exists()


def test_the_link_page_shows_deadline_and_help_and_keeps_its_address_to_itself(campaign):
    host = unit_of(campaign, "th-lamson")
    signed = accounts.make_link(host.unit, campaign_id=campaign.pk, expires_at=TOO_LATE, by=SYSTEM, at=IN_TIME)
    page = Client().get(reverse("accounts:link", args=[signed]))
    assert page["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page["Cache-Control"]
    assert "đến hết 23:59 ngày 30/9/2022" in page.content.decode()
    assert "Cần hỗ trợ: Sở Giáo dục và Đào tạo" in page.content.decode()


def test_a_link_is_closed_on_this_browser(campaign):
    host = unit_of(campaign, "th-lamson")
    signed = accounts.make_link(host.unit, campaign_id=campaign.pk, expires_at=TOO_LATE, by=SYSTEM, at=IN_TIME)
    unit = Client()
    unit.post(reverse("accounts:link", args=[signed]))
    assert unit.get("/lam-viec/").status_code == 200
    unit.post(reverse("accounts:leave"))
    assert unit.get("/lam-viec/").status_code == 302


def test_slips_are_made_on_demand_and_each_opens_its_own_unit(campaign, coordinator):
    address = reverse("desk:slips", args=[campaign.code])
    page = coordinator.get(address, {"nhom": "chua-co-thu"})
    assert page.context["count"] == campaign.roster.count() - 1
    assert not PersonalLink.objects.exists()

    printed = coordinator.post(address, {"nhom": "chua-co-thu"})
    slips = printed.context["slips"]
    assert len(slips) == PersonalLink.objects.count() == page.context["count"]
    for slip in slips:
        signed = slip.address.removeprefix("http://testserver/l/").rstrip("/")
        assert accounts.link_of(signed, at=IN_TIME).unit == slip.host.unit
    assert "style=" not in printed.content.decode()
    assert "no-store" in printed["Cache-Control"]


def test_slips_ask_no_more_for_many_units_than_for_one(campaign, coordinator):
    address, counts = reverse("desk:slips", args=[campaign.code]), []
    for given in ({"don-vi": unit_of(campaign, "th-lamson").pk}, {"nhom": "chua-gui"}):
        with CaptureQueriesContext(connection) as asked:
            made = coordinator.post(address, given).context["slips"]
        counts.append((len(made), len(asked)))
    (one, few), (many, as_few) = counts
    assert one < many
    assert few == as_few


def test_a_slip_for_one_unit(campaign, coordinator):
    host = unit_of(campaign, "th-lamson")
    made = coordinator.post(reverse("desk:slips", args=[campaign.code]), {"don-vi": host.pk})
    assert [slip.host.name for slip in made.context["slips"]] == ["Trường Tiểu học Lâm Sơn"]
    assert "Đăng ký lịch hoạt động" in made.content.decode()


def test_a_slip_printed_after_the_deadline_does_not_invite_as_if_there_were_time(campaign, coordinator, monkeypatch):
    host = unit_of(campaign, "th-lamson")
    monkeypatch.setattr(clock, "now", lambda: host.closes_at)
    made = coordinator.post(reverse("desk:slips", args=[campaign.code]), {"don-vi": host.pk}).content.decode()
    assert "Hạn đăng ký đến hết 23:59 ngày 30/9/2022 đã qua; mở phiếu để gửi sau hạn" in made
    assert "Đăng ký lịch hoạt động" not in made


@pytest.mark.parametrize("more", [0, 40])
def test_the_pages_ask_no_more_when_there_is_more_to_show(campaign, coordinator, more, django_assert_max_num_queries):
    host = unit_of(campaign, "th-lamson")
    Message.objects.bulk_create(
        Message(about=f"thu-{n}", campaign=campaign, host=host, to="a@example.vn", subject="Thư", queued_at=IN_TIME)
        for n in range(more)
    )
    for n in range(more):
        asked(unit_words="Trường Tiểu học Lâm Sơn", phone=f"0912 {n}")
    for name in ("desk:messages", "desk:requests"):
        with django_assert_max_num_queries(12):
            coordinator.get(reverse(name, args=[campaign.code]))
