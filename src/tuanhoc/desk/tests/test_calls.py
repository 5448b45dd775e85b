"""The call list: who is on it, that nobody is phoned twice, what is copied, what the table holds."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.builders import province, registered, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import PersonalLink
from tuanhoc.activities import actions as activities
from tuanhoc.campaigns.actions.deadlines import switch_lock
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.desk.tests.test_board import schools_under
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.notices.models import Call, ClosedAddress
from tuanhoc.units.models import Contact, Unit
from tuanhoc.units.queries import rows_of_list
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
T_3 = dt.datetime(2022, 9, 27, 9, tzinfo=HANOI)
#: four working days after the last day: letters have done what they can
LONG_AFTER = dt.datetime(2022, 10, 6, 9, tzinfo=HANOI)


@pytest.fixture
def times(monkeypatch):
    now = [T_3]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    return now


@pytest.fixture
def campaign(times):
    province()
    for key, name, phone, email in [
        ("th-lamson", "Chị Lan", "0912 345 678", ""), ("xa-lamson", "Chị Lan", "+84 912.345.678", ""),
        ("tv-58", "Chị Thư", "0259 3822 022", "thu@tv.example"), ("ubnd-585", "=HYPERLINK(1)", "0913 000 111", ""),
    ]:  # fmt: skip
        Contact.objects.create(unit=Unit.objects.get(key=key), name=name, phone=phone, email=email)
    return week()


@pytest.fixture
def officer(campaign):
    return signed_in(Role.COORDINATOR, campaign=campaign)


def listed(officer, campaign, **asked):
    return officer.get(reverse("desk:calls", args=[campaign.code]), asked)


def write(officer, campaign, person="tel:0912345678", **said):
    given = {"nguoi": person, "seen": "0", "outcome": "reached", "note": "", "again_on": "", **said}
    return officer.post(reverse("desk:calls", args=[campaign.code]), given, follow=True).content.decode()


def test_who_no_letter_reaches_is_listed_by_person_with_all_units(campaign, officer):
    shown = listed(officer, campaign)
    cards = {card.to.key: [one.unit.name for one in card.to.wanted] for card in shown.context["page"]}
    assert cards["tel:0912345678"] == ["UBND xã Lâm Sơn", "Trường Tiểu học Lâm Sơn"]
    assert "tel:02593822022" not in cards  # a letter reaches the library
    assert len([key for key in cards if key.startswith("host:")]) == 3  # nobody to phone is known
    text = shown.content.decode()
    assert 'href="tel:0912345678"' in text
    assert "chưa có người liên hệ" in text


def test_letters_having_done_what_they_can_the_rest_is_phoned(campaign, officer, times):
    times[0] = LONG_AFTER
    shown = listed(officer, campaign, **{"vi-sao": "after_letters"})
    assert [card.to.key for card in shown.context["page"]] == ["tel:02593822022"]


def test_an_address_that_came_back_is_phoned_and_can_be_opened_again(campaign, officer):
    ClosedAddress.objects.create(address="thu@tv.example", why="refused", said="550 No such mailbox", closed_at=T_3)
    text = listed(officer, campaign, q="Thư viện").content.decode()
    assert "550 No such mailbox" in text
    write(officer, campaign, "tel:02593822022", do="open")
    assert not ClosedAddress.objects.exists()
    assert "tel:02593822022" not in listed(officer, campaign, q="Thư viện").content.decode()


def test_two_officers_never_phone_the_same_person(campaign, officer):
    other = signed_in(Role.COORDINATOR, campaign=campaign)
    assert "Đã ghi: Đang gọi" in write(officer, campaign, outcome="taken")
    assert "vừa ghi cuộc gọi này" in write(other, campaign, outcome="taken")  # a page made before
    assert "đang gọi người này từ 09:00" in write(other, campaign, outcome="reached", seen="1")
    shown = listed(other, campaign, **{"trang-thai": "taken"}).content.decode()
    assert "đang gọi người này" in shown
    assert 'value="reached"' not in shown
    assert "Đã ghi: Đã gọi" in write(officer, campaign, outcome="reached", seen="1", note="Sẽ gửi chiều nay")
    assert [call.outcome for call in Call.objects.order_by("pk")] == ["taken", "reached"]
    done = listed(other, campaign, **{"trang-thai": "reached"})
    assert [card.to.key for card in done.context["page"]] == ["tel:0912345678"]
    assert "Sẽ gửi chiều nay" in done.content.decode()


def test_a_call_taken_and_forgotten_is_free_again(campaign, officer, times):
    write(officer, campaign, outcome="taken")
    other = signed_in(Role.COORDINATOR, campaign=campaign)
    times[0] += dt.timedelta(minutes=31)
    assert "Đã ghi: Không nghe máy" in write(other, campaign, outcome="no_answer", seen="1")


def test_a_call_put_off_comes_back_on_its_day(campaign, officer, times):
    assert "vui lòng chọn một ngày" in write(officer, campaign, outcome="later")
    assert "Đã ghi: Hẹn gọi lại" in write(officer, campaign, outcome="later", again_on="2022-09-28")
    waiting = [card.to.key for card in listed(officer, campaign).context["page"]]
    assert "tel:0912345678" not in waiting
    times[0] += dt.timedelta(days=1)
    assert "tel:0912345678" in [card.to.key for card in listed(officer, campaign).context["page"]]


def test_who_hands_in_leaves_the_list(campaign, officer):
    registered(unit_of(campaign, "xa-lamson"), at=T_3)
    cards = {card.to.key: card.to.wanted for card in listed(officer, campaign).context["page"]}
    assert [one.unit.name for one in cards["tel:0912345678"]] == ["Trường Tiểu học Lâm Sơn"]
    registered(unit_of(campaign, "th-lamson"), at=T_3)
    assert "không cần gọi nữa" in write(officer, campaign)
    assert not Call.objects.exists()


def test_the_text_to_copy_gets_its_links_only_when_asked_and_keeps_none(campaign, officer):
    text = listed(officer, campaign, q="Lan").content.decode()
    assert "Kính gửi Chị Lan" in text
    assert "Xin lại liên kết riêng tại: http://testserver/l/xin-lai/" in text
    assert not PersonalLink.objects.exists()
    made = officer.post(
        reverse("desk:calls", args=[campaign.code]),
        {"nguoi": "tel:0912345678", "seen": "0", "outcome": "taken", "do": "links"},
    )
    [card] = made.context["page"]
    links = [word.removeprefix("http://testserver/l/") for word in card.text.split() if "/l/" in word]
    opened = {accounts.link_of(link.rstrip("/"), at=T_3).unit.key for link in links}
    assert opened == {"xa-lamson", "th-lamson"}
    assert "no-store" in made["Cache-Control"]
    assert "/l/xin-lai/" not in card.text


def table_of(client, campaign):
    """Return the downloaded table's rows, its heading first."""
    answer = client.get(reverse("desk:calls_file", args=[campaign.code]), {"trang-thai": ""})
    assert answer["Content-Disposition"].endswith('.xlsx"')
    return rows_of_list(answer.content)


def test_the_table_for_excel_is_one_and_runs_no_formula(campaign, officer):
    rows = table_of(officer, campaign)
    assert len(rows) == 1 + 6
    # Read back as text: a formula would have come back as its value.
    assert {"=HYPERLINK(1)", "+84 912.345.678"} <= {cell for row in rows for cell in row}


def test_filters_that_find_nobody_say_so(campaign, officer):
    assert "Không có ai như vậy" in listed(officer, campaign, q="zzz").content.decode()
    assert Client().get(reverse("desk:calls", args=[campaign.code])).status_code == 302


def test_the_text_to_copy_asks_no_unit_to_hand_in_where_it_cannot(campaign, officer, times):
    school = unit_of(campaign, "th-lamson")
    activities.begin_registration(school, by=SYSTEM, at=T_3)
    registered(unit_of(campaign, "xa-lamson"), at=T_3)
    times[0] = LONG_AFTER
    assert "xem lại và nộp" in listed(officer, campaign, q="Lan").content.decode()
    switch_lock(campaign, True, by=SYSTEM, at=LONG_AFTER)
    shut = listed(officer, campaign, q="Lan").content.decode()
    assert "xem lại và nộp" not in shut
    assert "quan tâm đăng ký" not in listed(officer, campaign, q="Thư viện").content.decode()
    assert "việc nhận lịch nay đã khóa. Nếu còn cần gửi, xin mở liên kết riêng và bấm “Đề nghị mở khóa”" in shut


@pytest.fixture
def district(campaign):
    """Return the browser of an officer of Ninh Sơn, over Lâm Sơn and its school."""
    return signed_in(Role.OFFICER, at=unit_of(campaign, "ubnd-585"))


def test_a_district_phones_its_own_units_of_its_week_and_no_others(campaign, district):
    shown = listed(district, campaign)
    assert {one.unit.name for card in shown.context["page"] for one in card.to.wanted} == {
        "UBND xã Lâm Sơn", "Trường Tiểu học Lâm Sơn"
    }  # fmt: skip
    text = shown.content.decode()
    assert 'href="tel:0912345678"' in text
    assert 'value="links"' not in text
    assert "Nhắc hôm nay" not in text
    next_door = listed(signed_in(Role.OFFICER, at=unit_of(campaign, "ubnd-586")), campaign)
    assert "0912 345 678" not in next_door.content.decode()
    assert len(table_of(district, campaign)) == 1 + 2
    board = district.get(reverse("desk:board", args=[campaign.code])).content.decode()
    assert reverse("desk:calls", args=[campaign.code]) in board


def test_a_district_phones_whom_letters_may_still_reach_for_it_sends_none(campaign, district, officer, times):
    Contact.objects.filter(unit__key="xa-lamson").update(email="lan@ns.example", phone="0912 000 999")
    times[0] = dt.datetime(2022, 9, 20, 14, tzinfo=HANOI)
    assert not listed(officer, campaign).context["page"].object_list
    why = {card.to.key: card.why_words for card in listed(district, campaign).context["page"]}
    assert why["tel:0912000999"] == ["còn phải gửi lịch"]


def test_the_coordinator_sees_that_the_district_called_and_the_other_way(campaign, district, officer):
    assert "Đã ghi: Đang gọi" in write(district, campaign, outcome="taken")
    there = listed(officer, campaign, **{"trang-thai": "taken"}).content.decode()
    assert "(UBND huyện Ninh Sơn) đang gọi người này" in there
    assert "vừa ghi cuộc gọi này" in write(officer, campaign, outcome="taken")
    write(district, campaign, outcome="reached", seen="1", note="Chiều nay gửi")
    done = listed(officer, campaign, **{"trang-thai": "reached"}).content.decode()
    assert "(UBND huyện Ninh Sơn), 09:00 27/09" in done
    assert "Chiều nay gửi" in done
    write(officer, campaign, outcome="later", seen="2", again_on="2022-09-29")
    assert f"({campaign.coordinator.name})" in listed(district, campaign, **{"trang-thai": "later"}).content.decode()
    assert [call.for_name for call in Call.objects.order_by("pk")] == ["UBND huyện Ninh Sơn", "UBND huyện Ninh Sơn", ""]


def test_a_district_reads_no_other_district_s_words(campaign, district):
    other = unit_of(campaign, "xa-nhonhai")
    Contact.objects.create(unit=other.unit, name="Chị Lan", phone="0912 345 678")
    there = signed_in(Role.OFFICER, at=unit_of(campaign, "ubnd-586"))
    write(there, campaign, outcome="reached", note="Chuyện riêng của Nhơn Hải")
    text = listed(district, campaign, **{"trang-thai": "reached"}).content.decode()
    assert "(UBND huyện Ninh Hải)" in text
    assert "Chuyện riêng" not in text


def test_links_and_closed_addresses_are_the_coordinator_s(campaign, district):
    address = reverse("desk:calls", args=[campaign.code])
    for do in ("links", "open"):
        given = {"nguoi": "tel:0912345678", "seen": "0", "outcome": "taken", "do": do}
        assert district.post(address, given).status_code == 403
    assert not PersonalLink.objects.exists()
    assert not Call.objects.exists()


@pytest.mark.parametrize("name", ["calls", "calls_file", "week_contacts"])
def test_who_looks_after_no_unit_finds_no_list_of_numbers(campaign, name):
    for role, key in ((Role.VIEWER, "ubnd-585"), (Role.OFFICER, "th-lamson"), (Role.OFFICER, "tv-58")):
        browser = signed_in(role, at=unit_of(campaign, key))
        assert browser.get(reverse(f"desk:{name}", args=[campaign.code])).status_code == 404


def test_a_district_has_the_people_of_its_units_with_what_was_phoned(campaign, district):
    registered(unit_of(campaign, "th-lamson"), at=T_3)
    write(district, campaign)
    address = reverse("desk:week_contacts", args=[campaign.code])
    shown = district.get(address)
    assert [line.host.name for line in shown.context["page"]] == ["UBND xã Lâm Sơn", "Trường Tiểu học Lâm Sơn"]
    text = shown.content.decode()
    assert "Đã gọi: " in text
    assert "Đã chấp nhận" in text  # those that have sent are in it too
    assert "0259 3822 022" not in text
    assert not district.get(address, {"q": "0000"}).context["page"].object_list
    assert len(district.get(address, {"q": "0912345"}).context["page"].object_list) == 1
    Contact.objects.filter(unit__key="xa-lamson").delete()
    assert [line.host.name for line in district.get(address, {"loc": "khong"}).context["page"]] == ["UBND xã Lâm Sơn"]


def test_the_lists_cost_the_same_with_a_hundred_units_more(campaign, district):
    def asked(name):
        with CaptureQueriesContext(connection) as found:
            assert district.get(reverse(f"desk:{name}", args=[campaign.code])).status_code == 200
        return len(found)

    names = ("calls", "week_contacts")
    few = [[asked(name) for _ in range(2)][1] for name in names]
    schools_under(unit_of(campaign, "ubnd-585"), 100)
    assert [asked(name) for name in names] == few
    assert few[0] <= 17
    assert few[1] <= 10


@pytest.mark.parametrize(
    ("again_on", "said"),
    [
        ("31/02/2022", "Ngày chưa đọc được"),
        ("", "vui lòng chọn một ngày từ hôm nay"),
        ("26/09/2022", "vui lòng chọn một ngày từ hôm nay"),
    ],
)
def test_a_day_that_cannot_be_kept_leaves_the_call_open_with_what_was_typed(campaign, officer, again_on, said):
    given = {"nguoi": "tel:0912345678", "seen": "0", "outcome": "later", "note": "Họp đến trưa", "again_on": again_on}
    answer = officer.post(reverse("desk:calls", args=[campaign.code]), given)
    assert (answer.status_code, Call.objects.count()) == (409, 0)
    [card] = [card for card in answer.context["page"] if card.kept]
    assert (card.to.key, card.kept.note, card.kept.again_on) == ("tel:0912345678", "Họp đến trưa", again_on)
    text = answer.content.decode()
    box = text[text.index('id="tel0912345678"') :].partition("</section>")[0]
    assert '<details class="call-result" open>' in box
    assert said in box
    assert 'value="Họp đến trưa"' in box
    assert f'name="again_on" value="{again_on}"' in box
    assert said not in text.replace(box, "")


def test_the_call_to_be_mended_is_on_the_page_that_answers_wherever_it_stood(campaign, officer, monkeypatch):
    monkeypatch.setattr("tuanhoc.desk.views.calls.PAGE", 1)
    address = f"{reverse('desk:calls', args=[campaign.code])}?trang-thai=reached"
    keys = [
        card.to.key
        for card in listed(officer, campaign, **{"trang-thai": "left"}).context["page"].paginator.object_list
    ]
    given = {"nguoi": keys[-1], "seen": "0", "outcome": "later", "note": "Gọi lại", "again_on": ""}
    for asked in ("reached", "left"):
        answer = officer.post(address.replace("reached", asked), given)
        assert [card.kept and card.kept.note for card in answer.context["page"]] == ["Gọi lại"]


def test_a_note_that_is_too_long_is_said_and_kept_whole(campaign, officer):
    note = "Đã hẹn. " * 50
    given = {"nguoi": "tel:0912345678", "seen": "0", "outcome": "reached", "note": note, "again_on": ""}
    answer = officer.post(reverse("desk:calls", args=[campaign.code]), given)
    assert (answer.status_code, Call.objects.count()) == (409, 0)
    assert note in answer.content.decode()
    assert "300" in next(card.kept.note_says for card in answer.context["page"] if card.kept)


def test_a_note_about_a_call_somebody_else_took_is_shown_again(campaign, officer):
    write(officer, campaign, outcome="taken")
    other = signed_in(Role.COORDINATOR, campaign=campaign)
    text = write(other, campaign, outcome="reached", note="Chị Lan hẹn chiều nay")
    assert "vừa ghi cuộc gọi này" in text
    assert "Ghi chú chưa lưu: “Chị Lan hẹn chiều nay”" in text
