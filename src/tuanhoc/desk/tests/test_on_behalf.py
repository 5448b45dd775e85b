"""A unit phones: who and when is written down, the sheet is typed for it, and it gets the receipt with its link."""

import pytest
from django.core import mail
from django.urls import reverse
from tests.builders import IN_TIME, unit_of

from tuanhoc.activities.models import BehalfEntry, Registration, State
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.lib.actor import Role
from tuanhoc.notices.models import Message
from tuanhoc.notices.post import send_message
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.units.models import Contact
from tuanhoc.web import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]
CALL = {"name": "Chị Lan", "phone": "0912 000 111", "day": "28/09/2022", "time": "9h15", "words": "Mất mạng cả tuần"}


@pytest.fixture
def host(campaign):
    return unit_of(campaign, "th-lamson")


def note(client, host, **changed):
    return client.post(reverse("desk:on_behalf", args=[host.pk]), CALL | changed)


def submit(client, host):
    rows = {"do": "submit", "version": "0", "r-0-content": "Ngày hội", "r-0-held_on": "04/10/2022", "r-0-place": "Sân"}
    registration = Registration.objects.filter(host=host).first()
    return client.post(
        reverse("desk:sheet", args=[host.pk]), rows | {"version": str(registration.version if registration else 0)}
    )


def test_who_phoned_is_noted_and_then_the_sheet_opens(officer, host):
    assert note(officer, host)["Location"] == reverse("desk:sheet", args=[host.pk])
    entry = BehalfEntry.objects.get()
    assert (entry.caller_name, entry.called_at.astimezone(IN_TIME.tzinfo).hour) == ("Chị Lan", 9)
    assert "Nhập hộ theo điện thoại của Chị Lan" in officer.get(reverse("desk:sheet", args=[host.pk])).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"name": ""}, "họ tên người đã gọi"), ({"time": "25h"}, "chưa đọc được"), ({"time": "23:00"}, "phía trước")],
)
def test_a_call_without_a_name_or_a_moment_is_asked_for_again_and_nothing_typed_is_lost(officer, host, changed, said):
    answer = note(officer, host, **changed)
    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert "Mất mạng cả tuần" in answer.content.decode()
    assert not Registration.objects.exists()


def test_words_of_a_call_too_long_are_said_with_their_count_and_kept_whole(officer, host):
    words = "Mất mạng cả tuần. " * 30
    answer = note(officer, host, words=words)
    assert answer.status_code == 409
    assert "“Lời dặn” dài 539 ký tự, nhiều nhất là 500" in answer.content.decode()
    assert words in answer.content.decode()
    assert not BehalfEntry.objects.exists()


def test_nothing_is_handed_in_for_a_unit_before_somebody_says_who_phoned(officer, host):
    assert submit(officer, host)["Location"] == reverse("desk:on_behalf", args=[host.pk])
    registration = Registration.objects.get(host=host)
    assert registration.state == State.DRAFT
    assert registration.activities.get().content == "Ngày hội"
    note(officer, host)
    submit(officer, host)
    registration.refresh_from_db()
    assert (registration.state, registration.entered_on_behalf) == (State.SUBMITTED, True)


def test_the_unit_gets_the_receipt_with_its_own_link(officer, host):
    Contact.objects.create(unit=host.unit, name="Cô Mai", email="mai@truong.example")
    note(officer, host)
    submit(officer, host)
    deliver_waiting(at=clock.machine())
    message = Message.objects.get(to="mai@truong.example", subject__startswith="Đã nhận")
    assert message.carries_link
    send_message.call(message.pk)
    (sent,) = [m for m in mail.outbox if m.to == ["mai@truong.example"]]
    assert "nhập hộ theo điện thoại của Chị Lan lúc 09:15 28/09/2022" in sent.body
    assert "/l/" in sent.body


def test_the_reviewing_district_may_and_the_unit_itself_may_not(district, host, campaign):
    assert note(district, host).status_code == 302
    own = signed_in(Role.OFFICER, at=host)
    assert note(own, host).status_code == 403
    elsewhere = signed_in(Role.OFFICER, at=unit_of(campaign, "ubnd-586"))
    assert note(elsewhere, host).status_code == 404


def test_one_of_the_contacts_is_chosen_without_typing(officer, host):
    contact = Contact.objects.create(unit=host.unit, name="Thầy Bình", phone="0259 111")
    note(officer, host, nguoi=str(contact.pk), name="", phone="")
    entry = BehalfEntry.objects.get()
    assert (entry.caller_name, entry.caller_phone) == ("Thầy Bình", "0259 111")


def test_somebody_else_who_phoned_is_not_given_the_number_of_a_contact(officer, host):
    contact = Contact.objects.create(unit=host.unit, name="Thầy Bình", phone="0259 111")
    note(officer, host, nguoi=str(contact.pk), name="Cô Hoa", phone="")
    entry = BehalfEntry.objects.get()
    assert (entry.caller_name, entry.caller_phone) == ("Cô Hoa", "")


def test_the_board_offers_to_enter_for_a_unit_and_marks_what_was(officer, host, campaign):
    board = reverse("desk:board", args=[campaign.code])
    address = reverse("desk:on_behalf", args=[host.pk])
    assert address in officer.get(board, {"q": "tiểu học lâm sơn"}).content.decode()
    note(officer, host)
    submit(officer, host)
    page = officer.get(board, {"q": "tiểu học lâm sơn"}).content.decode()
    assert address not in page
    assert '<span class="badge badge-draft">Nhập hộ</span>' in page


def test_what_the_unit_hands_in_itself_afterwards_is_its_own(officer, host):
    note(officer, host)
    submit(officer, host)
    registration = Registration.objects.get(host=host)
    returned = {"do": "return", "version": registration.version, "reason": "Thiếu giờ"}
    officer.post(reverse("desk:look", args=[registration.pk]), returned)
    own = signed_in(Role.OFFICER, at=host)
    submit(own, host)
    first, second = registration.submissions.order_by("pk")
    said = "nhập hộ theo điện thoại của Chị Lan"
    assert said in officer.get(reverse("desk:receipt", args=[first.pk])).content.decode()
    assert said not in officer.get(reverse("desk:receipt", args=[second.pk])).content.decode()


def test_nothing_to_register_said_by_telephone_is_asked_about_too(officer, host):
    sheet = reverse("desk:sheet", args=[host.pk])
    assert officer.post(sheet, {"do": "nil", "version": "0"})["Location"] == reverse("desk:on_behalf", args=[host.pk])
    note(officer, host)
    officer.post(sheet, {"do": "nil", "version": "1"})
    assert Registration.objects.get(host=host).state == State.NIL
