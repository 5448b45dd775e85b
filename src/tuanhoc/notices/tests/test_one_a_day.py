"""One letter a person and day, of whatever kind; heads whose consent a draft waits for; a new edition's sentence."""

import datetime as dt
import re

import pytest
from tests.builders import coordinator, prepared, province, row, someone, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.activities import actions as activities
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.notices import actions, digest, post
from tuanhoc.notices.actions import reminding, rounds
from tuanhoc.notices.events import RoundPart
from tuanhoc.notices.models import Message, Reminder
from tuanhoc.notices.queries import reminding as queries
from tuanhoc.notices.rules import Letter
from tuanhoc.notices.tests.conftest import MACHINE, contact
from tuanhoc.notices.tests.mail_server import mail_server
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.units.models import Contact
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
#: three working days before the last day, Friday 30 September
T_3 = dt.datetime(2022, 9, 27, 9, tzinfo=HANOI)


@pytest.fixture(autouse=True)
def three_days_before(in_time, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: T_3)


@pytest.fixture
def campaign():
    province()
    contact("th-lamson", "lan@xa.example")
    contact("xa-lamson", "lan@xa.example")
    contact("ubnd-585", "huyen@ns.example")
    return week()


def press(campaign):
    """Press the button and let a worker queue what was pressed."""
    pressed = reminding.send_round(campaign, by=coordinator(campaign), at=T_3, due_at=MACHINE)
    deliver_waiting(at=T_3, kind=RoundPart)
    return pressed


def sent(to):
    """Let one worker try the newest letter to somebody; return it."""
    message = Message.objects.filter(to=to).latest("pk")
    post.send_message.call(message.pk)
    message.refresh_from_db()
    return message


def duty_of(campaign, *keys):
    duty = campaign.duties.get()
    hosts = campaign.roster.filter(unit__key__in=keys).exclude(
        pk__in=duty.assignments.exclude(host=None).values("host")
    )
    if hosts:
        campaigns.assign_duty(duty, list(hosts), by=SYSTEM, at=T_3)
    return list(duty.assignments.filter(host__unit__key__in=keys).select_related("duty", "host").order_by("pk"))


def remind_of_duties(campaign, owed, at=T_3):
    return actions.remind_owners(campaign, owed, by=coordinator(campaign), at=at, due_at=MACHINE)


def test_what_was_pressed_counts_as_told_though_no_worker_has_queued_it(campaign):
    owed = duty_of(campaign, "ubnd-585")
    reminding.send_round(campaign, by=coordinator(campaign), at=T_3, due_at=MACHINE)
    assert not Message.objects.exists()
    assert remind_of_duties(campaign, owed).letters == []
    with pytest.raises(reminding.NothingDue):
        press(campaign)


def test_who_got_a_letter_of_the_day_between_the_press_and_the_queue_gets_no_second(campaign):
    reminding.send_round(campaign, by=coordinator(campaign), at=T_3, due_at=MACHINE)
    taken = f"{digest.about(T_3.date())}:{digest.key_of('lan@xa.example')}"
    actions.queue([Letter(taken, "lan@xa.example", "Thư của đợt khác", "Kính gửi")], at=T_3, due_at=MACHINE)
    deliver_waiting(at=T_3, kind=RoundPart)
    assert list(Message.objects.order_by("to").values_list("to", "is_reminder")) == [
        ("huyen@ns.example", True), ("lan@xa.example", False),
    ]  # fmt: skip
    assert {row.address for row in Reminder.objects.all()} == {"huyen@ns.example"}


def test_who_has_a_reminder_today_gets_no_letter_about_duties_until_tomorrow(campaign):
    owed = duty_of(campaign, "ubnd-585")
    press(campaign)
    found = remind_of_duties(campaign, owed)
    assert ([host.name for host in found.postponed], found.letters) == (["UBND huyện Ninh Sơn"], [])
    Message.objects.update(state=Message.State.SENT, sent_at=T_3)
    assert len(remind_of_duties(campaign, owed, at=T_3 + dt.timedelta(days=1)).letters) == 1


def test_who_has_a_letter_about_duties_today_is_reminded_to_register_tomorrow(campaign):
    remind_of_duties(campaign, duty_of(campaign, "ubnd-585"))
    assert "huyen@ns.example" not in {one.to.email for one in queries.today(campaign, at=T_3).plan.digests}
    Message.objects.update(state=Message.State.SENT, sent_at=T_3)
    tomorrow = queries.today(campaign, at=T_3 + dt.timedelta(days=1))
    assert "huyen@ns.example" in {one.to.email for one in tomorrow.plan.digests}


def test_a_person_of_two_units_gets_one_letter_about_duties_a_day(campaign):
    found = remind_of_duties(campaign, duty_of(campaign, "th-lamson", "xa-lamson"))
    assert [letter.to for letter in found.letters] == ["lan@xa.example"]
    assert (len(found.hosts), len(found.postponed)) == (1, 1)


@pytest.fixture
def with_head(campaign):
    """A draft of a school that has been with its head since yesterday."""
    host = unit_of(campaign, "th-lamson")
    officer, yesterday = someone(Role.OFFICER, at=host), T_3 - dt.timedelta(days=1)
    registration = activities.begin_registration(host, by=officer, at=yesterday)
    activities.save_rows(registration, [row()], by=officer, at=yesterday)
    activities.hand_to_head(
        registration, head_name="Cô Hiệu trưởng", head_email="hieutruong@th.example", by=officer, at=yesterday
    )
    return registration


def test_the_unit_hears_whom_its_draft_waits_for_and_the_head_is_asked_once_more(campaign, with_head, settings):
    press(campaign)
    with mail_server(settings) as server:
        assert sent("lan@xa.example").state == Message.State.SENT
        assert sent("hieutruong@th.example").link_role == "head"
    to_unit, to_head = (mail.get_content() for mail in server.taken)
    assert "đang chờ thủ trưởng (Cô Hiệu trưởng) xác nhận từ 09:00 26/9/2022" in to_unit
    [signed] = re.findall(r"http://testserver/l/([^\s/]+:[^\s/]+)/", to_head)
    assert accounts.link_of(signed, at=T_3).role == "head"


def test_the_head_of_a_unit_that_is_let_in_hears_until_when(campaign, with_head):
    late, until = dt.datetime(2022, 10, 1, 9, tzinfo=HANOI), dt.datetime(2022, 10, 4, tzinfo=HANOI)
    campaigns.give_exceptions(
        RosterUnit.objects.filter(pk=with_head.host_id), ends_at=until, reason="Máy hỏng", moves_deadline=False,
        by=SYSTEM, at=late,
    )  # fmt: skip
    reminding.send_round(campaign, by=coordinator(campaign), at=late, due_at=MACHINE)
    deliver_waiting(at=late, kind=RoundPart)
    body = Message.objects.get(to="hieutruong@th.example").body
    assert "Đơn vị được mở riêng đến hết 23:59 ngày 3/10/2022." in body
    assert "30/9/2022" not in body


def test_a_head_that_has_answered_meanwhile_gets_nothing_and_nothing_has_failed(campaign, with_head):
    press(campaign)
    activities.take_back_from_head(with_head.confirmations.get(), by=SYSTEM, at=T_3)
    assert sent("hieutruong@th.example").state == Message.State.DROPPED


def test_a_stopped_round_stops_the_letters_to_heads_too(campaign, with_head):
    sent_round = press(campaign)
    rounds.stop_round(sent_round, by=coordinator(campaign), at=T_3)
    assert not Message.objects.exclude(state=Message.State.DROPPED).exists()
    assert [one.head_name for one in queries.today(campaign, at=T_3).heads] == ["Cô Hiệu trưởng"]


def test_what_was_handed_up_today_is_not_asked_for_once_more_today(campaign, with_head):
    with_head.confirmations.update(handed_up_at=T_3 - dt.timedelta(hours=1))
    assert queries.today(campaign, at=T_3).heads == ()


def test_a_new_edition_says_in_its_reminders_what_the_last_one_said(campaign):
    new = prepared("ninh-thuan-2023")
    office = coordinator(campaign)
    words = queries.Settings(own_words="Xin liên hệ chị Hoa.", free_days=(dt.date(2022, 9, 2),))
    reminding.set_up(campaign, words, by=office, at=T_3)
    reminding.carry_settings(new, campaign, by=office, at=T_3)
    assert queries.settings_of(new) == queries.Settings(own_words="Xin liên hệ chị Hoa.")
    reminding.set_up(new, queries.Settings(own_words="Khác."), by=office, at=T_3)
    reminding.carry_settings(new, campaign, by=office, at=T_3)
    assert queries.settings_of(new).own_words == "Khác."


def test_a_reminder_leaves_out_the_units_whose_list_its_receiver_has_left(campaign, settings):
    press(campaign)
    Contact.objects.filter(unit__key="th-lamson").delete()
    with mail_server(settings) as server:
        assert sent("lan@xa.example").state == Message.State.SENT
    [mail] = server.taken
    assert "UBND xã Lâm Sơn" in mail.get_content()
    assert "Trường Tiểu học Lâm Sơn" not in mail.get_content()


def test_a_reminder_to_somebody_who_has_left_every_list_is_not_sent_and_says_so(campaign, settings):
    press(campaign)
    Contact.objects.filter(email="lan@xa.example").delete()
    with mail_server(settings) as server:
        message = sent("lan@xa.example")
    assert (message.state, server.taken) == (Message.State.DROPPED, [])
    assert "không còn trong danh sách đầu mối" in message.failed_because
