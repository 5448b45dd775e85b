"""The public page takes a request; the coordinator answers it, and the asker hears either way."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from lxml import html
from tests.builders import IN_TIME, TOO_LATE, unit_of

from tuanhoc.accounts.models import PersonalLink
from tuanhoc.campaigns.models import JoinRequest
from tuanhoc.notices.models import Message
from tuanhoc.notices.post import send_message
from tuanhoc.notices.rules import LINK_MARK
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.units.models import Contact, Unit
from tuanhoc.web import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]
ASKED = {
    "kind": "company", "unit_name": "Công ty Nho Ninh Thuận", "address": "Phước Dân", "wish": "Tham quan vườn",
    "person": "Chị Hoa", "phone": "0912 000 111", "email": "hoa@nho.example",
}  # fmt: skip


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def ask(campaign, **changed):
    return Client().post(reverse("accounts:join", args=[campaign.code]), ASKED | changed)


def answer(officer, campaign, **typed):
    request = JoinRequest.objects.get()
    return officer.post(reverse("desk:joining", args=[campaign.code]), {"de-nghi": request.pk} | typed)


def letters_to(address):
    deliver_waiting(at=IN_TIME)
    return list(Message.objects.filter(to=address).order_by("pk"))


def test_anybody_asks_without_an_account_and_is_thanked(campaign):
    page = Client().get(reverse("portal:landing", args=[campaign.code])).content.decode()
    assert reverse("accounts:join", args=[campaign.code]) in page
    assert ask(campaign)["Location"].endswith("?da-nhan=1")
    assert JoinRequest.objects.get().unit_name == "Công ty Nho Ninh Thuận"


@pytest.mark.parametrize("changed", [{"unit_name": ""}, {"phone": "", "email": ""}, {"kind": "khác"}])
def test_what_cannot_be_answered_is_asked_for_again_and_nothing_typed_is_lost(campaign, changed):
    page = ask(campaign, **changed)
    assert (page.status_code, JoinRequest.objects.count()) == (200, 0)
    assert "Tham quan vườn" in page.content.decode()


@pytest.mark.parametrize("phone", ["abc", "12", "09x12y", "chưa có"])
@pytest.mark.parametrize("email", ["", "hoa@nho.example"])
def test_a_telephone_that_nobody_can_dial_is_asked_for_again(campaign, phone, email):
    page = ask(campaign, phone=phone, email=email)
    assert (page.status_code, JoinRequest.objects.count()) == (200, 0)
    assert list(page.context["form"].errors) == ["phone"]
    assert "Số điện thoại chưa đọc được" in page.content.decode()
    assert f'value="{phone}"' in page.content.decode()


@pytest.mark.parametrize("phone", ["0912000111", "+84 912.000.111", "(0259) 3822-022", "0259 3822 022 máy lẻ 12"])
def test_a_telephone_is_taken_as_people_write_it(campaign, phone):
    assert ask(campaign, phone=phone, email="")["Location"].endswith("?da-nhan=1")
    assert JoinRequest.objects.get().phone == phone


def trap_of(page):
    (trap,) = html.fromstring(page.content).xpath("//*[@aria-hidden='true']//input")
    return trap


def test_no_browser_fills_the_trap_and_no_person_comes_upon_it(campaign):
    trap = trap_of(Client().get(reverse("accounts:join", args=[campaign.code])))
    assert (trap.get("tabindex"), trap.get("autocomplete"), trap.get("id")) == ("-1", "off", None)
    # What browsers and password managers look for in a name when they fill a form.
    known = "name|ten|mail|phone|tel|dien-thoai|addr|dia-chi|city|zip|postal|country|organi|company|url|web|user|pass"
    assert not re.search(known, trap.get("name"))


def test_who_falls_into_the_trap_is_told_keeps_every_word_and_is_let_out_by_a_tick(campaign):
    trap = trap_of(Client().get(reverse("accounts:join", args=[campaign.code]))).get("name")
    for _again in range(5):  # not counted as requests: nothing was taken
        caught = ask(campaign, **{trap: "hoa@nho.example"})
    page = html.fromstring(caught.content)
    assert (caught.status_code, JoinRequest.objects.count()) == (409, 0)
    assert "Đề nghị chưa được gửi" in page.text_content()
    assert page.xpath("//input[@name='unit_name']/@value") == [ASKED["unit_name"]]
    assert not trap_of(caught).get("value")
    (tick,) = page.xpath("//form//input[@type='checkbox'][@required]")
    # Whatever fills the trap a second time: who says to be a person is believed.
    let_out = ask(campaign, **{trap: "hoa@nho.example", tick.get("name"): tick.get("value")})
    assert let_out["Location"].endswith("?da-nhan=1")
    assert JoinRequest.objects.get().unit_name == ASKED["unit_name"]


def test_the_hurried_are_slowed(campaign):
    answers = [ask(campaign, unit_name=f"Công ty {n}").status_code for n in range(4)]
    assert answers[-1] == 429


def test_taken_in_the_asker_gets_a_link_of_its_own(officer, campaign):
    ask(campaign)
    answer(officer, campaign, do="accept", words="Đã trao đổi")
    request = JoinRequest.objects.get()
    assert request.host.joined_because == "Đã trao đổi"
    board = officer.get(reverse("desk:board", args=[campaign.code])).content.decode()
    assert "(trong đó 1 vào sau khi mở)" in board
    (letter,) = [letter for letter in letters_to("hoa@nho.example") if letter.subject.startswith("Mời tham gia")]
    assert letter.carries_link
    assert letter.host == request.host


def test_only_to_decline_words_are_needed(officer, campaign):
    ask(campaign)
    page = officer.get(reverse("desk:joining", args=[campaign.code])).content.decode()
    assert "<textarea" in page
    assert "required" not in page.partition("<textarea")[2].partition(">")[0]
    answer(officer, campaign, do="accept", words="")
    assert JoinRequest.objects.get().host.joined_because == "Đơn vị xin tham gia"


def test_declined_the_asker_reads_why(officer, campaign):
    ask(campaign)
    assert answer(officer, campaign, do="decline", words="").status_code == 409
    answer(officer, campaign, do="decline", words="Danh sách đã chốt")
    (letter,) = letters_to("hoa@nho.example")
    assert "Danh sách đã chốt" in letter.body
    assert not letter.carries_link


def test_a_unit_of_the_same_name_is_set_beside_it(officer, campaign):
    ask(campaign, unit_name="Thư viện tỉnh")
    assert "1 nơi xin tham gia chờ trả lời" in officer.get(reverse("desk:home")).content.decode()
    page = officer.get(reverse("desk:joining", args=[campaign.code])).content.decode()
    assert "cùng tên" in page
    assert "đã có trong danh sách của đợt" in page
    chosen = str(unit_of(campaign, "tv-58").unit_id)
    refused = answer(officer, campaign, do="accept", words="x", **{"don-vi": chosen})
    assert refused.status_code == 409
    assert Unit.objects.filter(name="Thư viện tỉnh").count() == 1


def test_without_an_address_the_link_is_shown_at_once_to_hand_over_and_found_again(officer, campaign):
    ask(campaign, email="")
    accepted = answer(officer, campaign, do="accept", words="Nhận")
    page = accepted.content.decode()
    assert accepted.status_code == 200
    assert "không để lại thư" in page
    first = accepted.context["slip"].address
    # Words to copy, a way to send them, a slip with a code to scan.
    assert page.count(first) == 2
    assert "https://zalo.me/0912000111" in page
    assert "<svg" in str(accepted.context["slip"].code)
    assert "no-store" in accepted["Cache-Control"]
    assert Client().get(first, follow=True).status_code == 200
    assert Contact.objects.get(name="Chị Hoa").phone == "0912 000 111"
    done = officer.get(reverse("desk:joining", args=[campaign.code]), {"trang-thai": "xong"}).content.decode()
    assert "Phiếu và liên kết" in done
    again = answer(officer, campaign, do="link")
    assert again.context["slip"].address not in ("", first)
    assert "đã vào danh sách của đợt" not in again.content.decode()


@pytest.mark.parametrize(("at", "words"), [(IN_TIME, "Đề nghị đơn vị đăng ký"), (TOO_LATE, "đã qua")])
def test_words_and_slip_that_are_handed_over_say_one_thing_of_the_deadline(officer, campaign, monkeypatch, at, words):
    ask(campaign, email="")
    monkeypatch.setattr(clock, "now", lambda: at)
    accepted = answer(officer, campaign, do="accept", words="Nhận")
    to_send = accepted.content.decode().partition("<textarea")[2].partition("</textarea>")[0]
    assert words in to_send
    assert ("thêm thời gian" in to_send) == accepted.context["slip"].due.is_over == (at is TOO_LATE)


def test_the_letter_to_who_was_taken_in_after_the_deadline_does_not_ask_to_be_in_time(officer, campaign, monkeypatch):
    ask(campaign)
    monkeypatch.setattr(clock, "now", lambda: TOO_LATE)
    answer(officer, campaign, do="accept", words="Nhận")
    assert "đã qua; vui lòng mở liên kết riêng" in next(
        m.body for m in letters_to("hoa@nho.example") if m.about.startswith("join:")
    )


def test_declined_without_an_address_the_coordinator_is_told_to_phone(officer, campaign):
    ask(campaign, email="")
    answer(officer, campaign, do="decline", words="Danh sách đã chốt")
    page = officer.get(reverse("desk:joining", args=[campaign.code])).content.decode()
    assert "vui lòng gọi báo theo số 0912 000 111" in page


def test_a_link_is_handed_over_only_for_who_was_taken_in(officer, campaign):
    ask(campaign)
    assert answer(officer, campaign, do="link").status_code == 404


def test_what_must_be_filled_in_is_marked_and_said_to_who_listens(campaign):
    page = Client().get(reverse("accounts:join", args=[campaign.code])).content.decode()
    for name, needed in (("unit_name", True), ("person", True), ("phone", False), ("wish", False)):
        field = next(part for part in page.split('<div class="field">') if f'name="{name}"' in part)
        assert ('class="must"' in field.split("</label>")[0]) is needed
        assert (" required" in field.split("</label>")[1].split(">")[0]) is needed
    assert "Ô có dấu * cần được điền." in page
    assert "Cần ít nhất một trong hai" in page


def test_who_asked_is_on_no_public_page(campaign):
    ask(campaign)
    for name in ("portal:landing", "portal:about", "accounts:join"):
        page = Client().get(reverse(name, args=[campaign.code] if name != "portal:about" else [])).content.decode()
        assert "0912 000 111" not in page
        assert "Chị Hoa" not in page


def test_the_coordinator_hears_of_it_once_an_hour(campaign):
    Contact.objects.create(unit=campaign.coordinator, name="Phòng GDTX", email="gdtx@so.example")
    ask(campaign)
    ask(campaign, unit_name="Câu lạc bộ Sách", email="clb@sach.example", phone="")
    told = [letter for letter in letters_to("gdtx@so.example") if "xin tham gia" in letter.subject]
    assert len(told) == 1
    assert "Câu lạc bộ Sách" in told[0].body


def test_whoever_writes_the_words_that_hold_a_links_place_stops_no_letter_and_gets_no_link(officer, campaign):
    """The asker's words stand in a letter to the coordinator that is about no unit, and so can carry no link."""
    ask(campaign, unit_name=f"Công ty {LINK_MARK}")
    deliver_waiting(at=IN_TIME)
    told = Message.objects.get(subject__contains="xin tham gia")
    send_message.call(told.pk)
    told.refresh_from_db()
    assert (told.state, told.carries_link) == ("sent", False)
    assert "Công ty […]" in told.body
    assert not PersonalLink.objects.exists()
