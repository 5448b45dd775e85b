"""The coordinator's page of reminders: whom the button reaches, the press, and what became of each letter."""

import datetime as dt
from functools import partial

import pytest
from django.urls import reverse
from tests.builders import IN_TIME, province, registered, unit_of, week

from tuanhoc.activities.models import Registration, State
from tuanhoc.campaigns.actions.deadlines import give_exceptions, move_deadlines, switch_lock
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.notices.actions import rounds
from tuanhoc.notices.digest import refreshed
from tuanhoc.notices.events import RoundPart
from tuanhoc.notices.models import Message, Reminder, Round, Snooze
from tuanhoc.notices.rules import parted
from tuanhoc.office.models import Scope
from tuanhoc.office.queries import replies
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.units.models import Contact, Unit
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
#: three working days before the last day, Friday 30 September
T_3 = dt.datetime(2022, 9, 27, 9, tzinfo=HANOI)
#: three working days after it
AFTER = dt.datetime(2022, 10, 5, 9, tzinfo=HANOI)


@pytest.fixture
def times(monkeypatch):
    now = [T_3]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    return now


@pytest.fixture
def campaign(times):
    province()
    for key, name, email in [
        ("th-lamson", "Chị Lan", "lan@xa.example"), ("xa-lamson", "Chị Lan", "LAN@xa.example"),
        ("ubnd-585", "Anh Huyện", "huyen@ns.example"), ("tv-58", "Chị Thư", "thu@tv.example"),
    ]:  # fmt: skip
        Contact.objects.create(unit=Unit.objects.get(key=key), name=name, email=email)
    return week()


@pytest.fixture
def officer(campaign):
    return signed_in(Role.COORDINATOR, campaign=campaign)


def page(officer, campaign, name="desk:reminders", **asked):
    return officer.get(reverse(name, args=[campaign.code]), asked)


def press(officer, campaign, day=None):
    """Press the button; a worker queues what was pressed."""
    day = day or clock.now().astimezone(HANOI).date()
    answer = officer.post(reverse("desk:reminders", args=[campaign.code]), {"ngay": day.isoformat()})
    deliver_waiting(at=T_3, kind=RoundPart)
    return answer


def test_the_dry_run_says_who_gets_what_and_sends_nothing(campaign, officer):
    shown = page(officer, campaign)
    text = shown.content.decode()
    assert "Nhắc 4 đơn vị" in text
    assert "Trước hạn 3 ngày làm việc" in text
    assert text.lower().count("lan@xa.example") == 1  # two units, one letter
    assert "Đến nay chưa nhận được lịch đăng ký hoạt động" in text
    assert "3 đơn vị đến bước nhắc mà thư không đến được" in text
    assert not Message.objects.exists()
    assert not Reminder.objects.exists()


def test_one_press_queues_one_letter_a_person_and_a_second_press_none(campaign, officer):
    answer = press(officer, campaign)
    assert answer["Location"] == reverse("desk:round", args=[campaign.code, 1])
    assert {to.lower() for to in Message.objects.values_list("to", flat=True)} == {
        "huyen@ns.example", "lan@xa.example", "thu@tv.example",
    }  # fmt: skip
    assert Reminder.objects.count() == 4
    again = officer.post(reverse("desk:reminders", args=[campaign.code]), {"ngay": "2022-09-27"}, follow=True)
    assert "không còn đơn vị nào cần gửi thư nhắc" in again.content.decode()
    assert (Round.objects.count(), Message.objects.count()) == (1, 3)


def test_a_list_of_yesterday_sends_nothing(campaign, officer, times):
    times[0] += dt.timedelta(days=2)
    officer.post(reverse("desk:reminders", args=[campaign.code]), {"ngay": "2022-09-27"})
    assert not Message.objects.exists()


def test_who_has_replied_is_not_on_the_list(campaign, officer):
    registered(unit_of(campaign, "tv-58"), at=T_3)
    registered(unit_of(campaign, "ubnd-585"), accepted=False, at=T_3)
    text = page(officer, campaign).content.decode()
    assert "thu@tv.example" not in text
    assert "huyen@ns.example" not in text
    assert "5 trên 7 đơn vị còn phải gửi" in text


def test_a_unit_is_left_out_until_a_day_with_a_reason_and_taken_back_in(campaign, officer):
    host = unit_of(campaign, "tv-58")
    address = reverse("desk:leave_out", args=[campaign.code])
    officer.post(address, {"don-vi": host.pk, "until": "2022-09-27", "reason": "hẹn"})  # not after today
    officer.post(address, {"don-vi": host.pk, "until": "2022-09-29", "reason": ""})
    assert not Snooze.objects.exists()
    officer.post(address, {"don-vi": host.pk, "until": "2022-09-29", "reason": "Đã hẹn gửi thứ Năm"})
    text = page(officer, campaign).content.decode()
    assert "Để sau: 1 đơn vị" in text
    assert "Đã hẹn gửi thứ Năm" in text
    assert "thu@tv.example" not in text
    officer.post(address, {"don-vi": host.pk, "do": "back"})
    assert "thu@tv.example" in page(officer, campaign).content.decode()


def test_the_round_shows_each_letter_and_those_that_wait_are_stopped_and_can_be_sent_again(campaign, officer):
    press(officer, campaign)
    address = reverse("desk:round", args=[campaign.code, 1])
    assert "Dừng 3 thư chưa đi" in officer.get(address).content.decode()
    Message.objects.filter(to="thu@tv.example").update(state=Message.State.SENT, sent_at=T_3, tries=1)
    officer.post(address, {"do": "stop"})
    assert sorted(Message.objects.values_list("state", flat=True)) == ["dropped", "dropped", "sent"]
    assert "Nhắc 3 đơn vị" in page(officer, campaign).content.decode()
    press(officer, campaign)
    assert Message.objects.filter(state="queued").count() == 2


def test_until_a_worker_has_queued_them_the_page_counts_how_many_are_and_stopping_takes_the_rest_back(
    campaign, officer, monkeypatch
):
    monkeypatch.setattr(rounds, "parted", partial(parted, most=1))
    day = {"ngay": clock.now().astimezone(HANOI).date().isoformat()}
    officer.post(reverse("desk:reminders", args=[campaign.code]), day)
    address = reverse("desk:round", args=[campaign.code, 1])
    text = officer.get(address).content.decode()
    assert "Đã xếp 0/3 thư" in text
    assert "Thư đang được xếp để gửi." in text
    assert "Không có thư nào như vậy." not in text
    deliver_waiting(at=T_3, kind=RoundPart, limit=1)
    text = officer.get(address).content.decode()
    assert "Đã xếp 1/3 thư" in text
    assert "Không có thư nào như vậy." in officer.get(address, {"q": "không ai như thế"}).content.decode()
    assert "Dừng 3 thư chưa đi" in text
    assert [(line.queued, line.total) for line in page(officer, campaign).context["rounds"]] == [(1, 3)]

    officer.post(address, {"do": "stop"})
    deliver_waiting(at=T_3, kind=RoundPart)
    assert Message.objects.get().state == Message.State.DROPPED
    assert "Đã xếp" not in officer.get(address).content.decode()
    press(officer, campaign)
    assert Message.objects.filter(state="queued").count() == 3


def test_failed_letters_of_a_round_are_sent_again(campaign, officer):
    press(officer, campaign)
    Message.objects.filter(to="thu@tv.example").update(
        state=Message.State.FAILED, failed_because="550 No such mailbox", tries=1
    )
    address = reverse("desk:round", args=[campaign.code, 1])
    text = officer.get(address, {"trang-thai": "failed"}).content.decode()
    assert "550 No such mailbox" in text
    officer.post(address, {"do": "again"})
    assert Message.objects.filter(state="queued", tries=0).count() == 3
    assert officer.get(address, {"q": "Thư viện"}).context["page"].paginator.count == 1


def test_the_offices_own_words_stand_in_every_letter_and_its_days_move_the_steps(campaign, officer):
    address = reverse("desk:reminder_settings", args=[campaign.code])
    wrong = officer.post(address, {"own_words": "Xin cảm ơn.", "free_days": "32/13/2022", "worked_days": ""})
    assert wrong.status_code == 422
    assert "chưa đọc được" in wrong.content.decode()
    officer.post(
        address, {"own_words": "Rất mong Quý đơn vị quan tâm.", "free_days": "28/9/2022\n29/9", "worked_days": ""}
    )
    shown = page(officer, campaign)
    assert "Rất mong Quý đơn vị quan tâm." in shown.content.decode()
    # With two more free days the 27th is one working day before the 30th.
    assert [code for code, _, _ in shown.context["steps"]] == ["T-1"]
    assert "28/09/2022\n29/09/2022" in officer.get(address).content.decode()


def test_the_letter_of_the_office_names_the_units_the_page_names(campaign, officer, times):
    times[0] = AFTER
    # One unit has more time than the others.
    RosterUnit.objects.filter(pk=unit_of(campaign, "tv-58").pk).update(closes_at=AFTER + dt.timedelta(days=1))
    registered(unit_of(campaign, "xa-nhonhai"), at=AFTER)
    shown = page(officer, campaign)
    listed = replies(Scope(campaign), at=AFTER).overdue
    assert shown.context["late_count"] == len(listed) == 5
    assert sorted(unit.name for unit, _ in shown.context["late"]) == sorted(unit.name for unit in listed)
    assert "Soạn công văn gửi 5 đơn vị" in shown.content.decode()
    letter = officer.get(reverse("desk:paper", args=[campaign.code, "don-doc"])).content.decode()
    assert all(unit.name in letter for unit in listed)


def test_a_kept_letter_says_when_its_list_is_no_longer_the_pages(campaign, officer, times):
    times[0] = AFTER
    address = reverse("desk:paper", args=[campaign.code, "don-doc"])
    officer.post(address, {"do": "draft", "reply_by": ""})
    assert "Từ lúc chốt" not in officer.get(address).content.decode()
    registered(unit_of(campaign, "tv-58"), at=AFTER)
    assert (
        "Từ lúc chốt: 1 đơn vị không còn trong danh sách, 0 đơn vị mới đến hạn" in officer.get(address).content.decode()
    )
    officer.post(address, {"do": "draft", "reply_by": ""})
    assert "Từ lúc chốt" not in officer.get(address).content.decode()


def test_the_first_page_says_how_many_units_are_at_a_step(campaign, officer, times):
    assert "Hôm nay có 4 đơn vị đến bước nhắc" in officer.get("/lam-viec/").content.decode()
    press(officer, campaign)
    assert "đến bước nhắc" not in officer.get("/lam-viec/").content.decode()


def test_a_district_does_not_press_the_button(campaign):
    district = signed_in(Role.OFFICER, at=unit_of(campaign, "ubnd-585"))
    assert page(district, campaign).status_code == 404
    assert press(district, campaign).status_code == 404
    assert not Message.objects.exists()


def test_the_dry_run_asks_no_more_of_a_thousand_units(campaign, officer, times, django_assert_max_num_queries):
    times[0] = AFTER
    first = unit_of(campaign, "th-lamson")
    units = Unit.objects.bulk_create(
        Unit(key=f"th-{n}", kind=Unit.Kind.SCHOOL_PRIMARY, name=f"Trường Tiểu học {n}") for n in range(1000)
    )
    RosterUnit.objects.bulk_create(
        RosterUnit(
            campaign=campaign, unit=one, name=one.name, kind=one.kind, rank=7, name_key=one.name,
            reviewer=first.reviewer, path=f"{first.path}{one.pk}/", closes_at=first.closes_at,
        )
        for one in units
    )  # fmt: skip
    Contact.objects.bulk_create(Contact(unit=one, name="Cô Hoa", email=f"{one.key}@th.example") for one in units[:900])
    hosts = list(RosterUnit.objects.filter(unit__in=units[:300]))
    Registration.objects.bulk_create(
        Registration(host=host, state=State.SUBMITTED, submitted_at=IN_TIME) for host in hosts
    )
    with django_assert_max_num_queries(15):
        shown = page(officer, campaign)
    assert len(shown.context["plan"].digests) == 603
    with django_assert_max_num_queries(15):
        page(officer, campaign, "desk:calls")
    press(officer, campaign)
    assert Message.objects.count() == 603
    with django_assert_max_num_queries(15):
        page(officer, campaign)
    with django_assert_max_num_queries(13):
        officer.get(reverse("desk:round", args=[campaign.code, 1]))


@pytest.mark.parametrize("why", ["closed", "over"])
def test_a_week_that_is_closed_or_over_reminds_nobody_and_the_letter_is_still_there(campaign, officer, times, why):
    times[0] = AFTER if why == "closed" else AFTER + dt.timedelta(days=3)
    Campaign.objects.update(state=Campaign.State.CLOSED if why == "closed" else Campaign.State.OPEN)
    shown = page(officer, campaign)
    assert "nên không nhắc" in shown.content.decode()
    assert shown.context["late_count"] == len(replies(Scope(campaign), at=times[0]).overdue) == 7
    assert page(officer, campaign, "desk:calls").context["people"] == 0
    press(officer, campaign)
    assert not Message.objects.exists()


def test_who_is_let_in_until_a_later_day_is_told_so_and_is_nowhere_called_overdue(campaign, officer, times):
    times[0] = dt.datetime(2022, 10, 1, 9, tzinfo=HANOI)
    Contact.objects.create(unit=Unit.objects.get(key="xa-nhonhai"), name="Anh Hải", phone="0912 000 111")
    switch_lock(campaign, True, by=SYSTEM, at=T_3)
    give_exceptions(
        RosterUnit.objects.filter(campaign=campaign, unit__key__in=["tv-58", "xa-nhonhai"]),
        ends_at=dt.datetime(2022, 10, 4, tzinfo=HANOI), reason="Máy hỏng", moves_deadline=False, by=SYSTEM, at=T_3,
    )  # fmt: skip
    shown = page(officer, campaign)
    [theirs] = [line for line in shown.context["page"] if line.digest.to.email == "thu@tv.example"]
    assert "Đơn vị được mở riêng đến hết 23:59 ngày 3/10/2022, còn 2 ngày." in theirs.letter.body
    assert theirs.letter.subject.startswith("Sắp đến hạn")
    assert "30/9/2022" not in theirs.letter.body
    assert "đến hết 23:59 ngày 3/10/2022 (mở riêng), còn 2 ngày" in shown.content.decode()
    late = {unit.name for unit, _days in shown.context["late"]}
    assert late == {unit.name for unit in replies(Scope(campaign), at=times[0]).overdue}
    assert not {"Thư viện tỉnh", "UBND xã Nhơn Hải"} & late
    said = page(officer, campaign, "desk:calls").content.decode()
    assert "Đơn vị được mở riêng đến hết 23:59 ngày 3/10/2022, còn 2 ngày." in said
    overdue = officer.get(reverse("desk:board", args=[campaign.code]), {"can": "qua-han"}).content.decode()
    assert "Thư viện tỉnh" not in overdue
    # Over by itself: the unit's own deadline is what is said again.
    times[0] = dt.datetime(2022, 10, 4, 9, tzinfo=HANOI)
    assert "Thư viện tỉnh" in {unit.name for unit, _days in page(officer, campaign).context["late"]}


def test_a_letter_that_waits_while_its_unit_is_let_in_says_until_when(campaign, officer, times):
    times[0] = dt.datetime(2022, 10, 1, 9, tzinfo=HANOI)
    press(officer, campaign)
    waiting = Message.objects.get(to="thu@tv.example")
    assert "Hạn đăng ký là đến hết 23:59 ngày 30/9/2022" in waiting.body
    give_exceptions(
        RosterUnit.objects.filter(campaign=campaign, unit__key="tv-58"), reason="Máy hỏng", moves_deadline=False,
        ends_at=dt.datetime(2022, 10, 4, tzinfo=HANOI), by=SYSTEM, at=times[0],
    )  # fmt: skip
    body = refreshed(waiting, at=times[0]).letter.body
    assert "Đơn vị được mở riêng đến hết 23:59 ngày 3/10/2022, còn 2 ngày." in body
    assert "30/9/2022" not in body


def test_a_step_that_came_by_a_moved_deadline_is_named_with_its_day(campaign, officer, times):
    later = campaign.registration_closes_at + dt.timedelta(days=4)
    move_deadlines(campaign, {"": later}, reason="Mưa bão", by=SYSTEM, at=T_3)
    text = officer.get(reverse("desk:reminders", args=[campaign.code])).content.decode()
    assert "Bước “trước hạn 7 ngày làm việc”, từ ngày 23/9/2022 · đến hết 23:59 ngày 4/10/2022, còn 7 ngày" in text
    assert "Trước hạn 7 ngày làm việc · " not in text
