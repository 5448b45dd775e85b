"""Reminders on their way to a real mail server: links, what is true when they leave, refusals, asking for no more."""

import datetime as dt
import re
import socket
import threading
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django_tasks_db.models import DBTaskResult
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import OPENED_AT, coordinator, province, registered, someone, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import PersonalLink
from tuanhoc.activities import actions as activities
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.intake.models import FormFile
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.notices import actions, declining, post, rules
from tuanhoc.notices.actions import reminding, rounds
from tuanhoc.notices.events import RoundPart
from tuanhoc.notices.models import ClosedAddress, Message, Reminder
from tuanhoc.notices.queries import reminding as queries
from tuanhoc.notices.queries.pressing import pressed
from tuanhoc.notices.rules import ladder
from tuanhoc.notices.tests.mail_server import free_port, mail_server
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.units.models import Contact, Unit
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
MACHINE = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
T_7 = dt.datetime(2022, 9, 21, 9, tzinfo=HANOI)
T_3 = dt.datetime(2022, 9, 27, 9, tzinfo=HANOI)
T_1 = dt.datetime(2022, 9, 29, 9, tzinfo=HANOI)
T1 = dt.datetime(2022, 10, 3, 9, tzinfo=HANOI)
T3 = dt.datetime(2022, 10, 5, 9, tzinfo=HANOI)
#: Words no letter of ours has: it asks, and blames nobody.
ACCUSING = (
    "chậm", "trễ", "quá hạn", "vi phạm", "phê bình", "yêu cầu", "bắt buộc", "thiếu trách nhiệm", "không chấp hành",
    "kỷ luật", "nhắc nhở", "lỗi", "kiểm điểm", "phải ", "khẩn trương", "nghiêm túc", "vẫn chưa gửi", "chưa thực hiện",
)  # fmt: skip


@pytest.fixture(autouse=True)
def times(monkeypatch):
    """The Week's clock and the machine's, moved by hand."""
    now = [T_3, MACHINE]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    monkeypatch.setattr(clock, "machine", lambda: now[1])
    return now


def contact(key, email, name="Chị Lan"):
    return Contact.objects.create(unit=Unit.objects.get(key=key), name=name, email=email)


@pytest.fixture
def campaign():
    province()
    contact("th-lamson", "lan@xa.example")
    contact("xa-lamson", "lan@xa.example")
    contact("ubnd-585", "huyen@ns.example", "Anh Huyện")
    return week()


def press(campaign, at=T_3, by=None):
    """Press the button and let a worker queue what was pressed."""
    pressed = reminding.send_round(campaign, by=by or coordinator(campaign), at=at, due_at=MACHINE)
    deliver_waiting(at=at, kind=RoundPart)
    return pressed


def sent(to):
    """Let one worker try the newest letter to somebody; return it."""
    message = Message.objects.filter(to=to).latest("pk")
    post.send_message.call(message.pk)
    message.refresh_from_db()
    return message


def test_one_letter_carries_a_link_for_each_unit_made_when_it_leaves_and_kept_nowhere(campaign, settings):
    press(campaign)
    assert not PersonalLink.objects.exists()
    with mail_server(settings) as server:
        message = sent("lan@xa.example")
    text = server.taken[0].get_content()
    opened = [accounts.link_of(s, at=T_3).unit.key for s in re.findall(r"http://testserver/l/([^\s/]+:[^\s/]+)/", text)]
    assert opened == ["xa-lamson", "th-lamson"]
    kept = Message.objects.get(pk=message.pk)
    assert kept.state == Message.State.SENT
    assert "http://testserver/l/thoi-nhac/" not in kept.body
    assert kept.body.count(rules.LINK_MARK) == 2


def test_it_says_how_to_ask_for_no_more_as_mail_programs_know_it(campaign, settings):
    press(campaign)
    with mail_server(settings) as server:
        sent("lan@xa.example")
    mail = server.taken[0]
    [address] = re.findall(r"<(.+)>", mail["List-Unsubscribe"].replace("\r\n ", "").replace(" ", ""))
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in mail.get_content()

    program = Client(enforce_csrf_checks=True)
    path = address.removeprefix("http://testserver")
    assert program.get(path).status_code == 200
    assert not ClosedAddress.objects.exists()  # scanners of mail fetch every address
    answer = program.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "không còn nhận thư nhắc" in answer.content.decode()
    program.post(path, {"List-Unsubscribe": "One-Click"})
    assert ClosedAddress.objects.get().address == "lan@xa.example"

    plan = queries.today(campaign, at=T_1).plan
    assert "lan@xa.example" not in {d.to.address for d in plan.digests}
    assert {due.unit.name for due in plan.unreached} >= {"Trường Tiểu học Lâm Sơn", "UBND xã Lâm Sơn"}
    program.post(path, {"do": "accept"})
    assert "lan@xa.example" in {d.to.address for d in queries.today(campaign, at=T_1).plan.digests}


def test_an_address_nobody_signed_closes_nothing(campaign):
    signed = declining.signed_for(campaign.pk, "lan@xa.example")
    for wrong in (signed[:-2], f"x{signed}", declining.signed_for(10**6, "lan@xa.example")):
        assert Client().post(f"/l/thoi-nhac/{wrong}/", {"do": "decline"}).status_code == 404
    assert not ClosedAddress.objects.exists()


def test_who_declined_reminders_still_gets_receipts(campaign, settings):
    reminding.decline(campaign, "lan@xa.example", at=T_3)
    registered(unit_of(campaign, "th-lamson"), accepted=False, at=T_3)
    deliver_waiting(at=T_3)
    assert Message.objects.filter(to="lan@xa.example", about__startswith="receipt:").exists()


def test_a_unit_that_replies_while_its_letter_waits_is_left_out_of_it(campaign, settings):
    press(campaign)
    registered(unit_of(campaign, "th-lamson"), at=T_3)
    with mail_server(settings) as server:
        sent("lan@xa.example")
    text = server.taken[0].get_content()
    assert "UBND xã Lâm Sơn" in text
    assert "Trường Tiểu học Lâm Sơn" not in text
    assert len(re.findall(r"http://testserver/l/[^\s/]+:[^\s/]+/", text)) == 1


def test_when_all_replied_or_the_receiver_declined_the_letter_is_dropped_and_says_why(campaign, settings):
    press(campaign)
    for key in ("th-lamson", "xa-lamson"):
        registered(unit_of(campaign, key), at=T_3)
    reminding.decline(campaign, "huyen@ns.example", at=T_3)
    with mail_server(settings) as server:
        dropped = [sent("lan@xa.example"), sent("huyen@ns.example")]
    assert server.taken == []
    assert {message.state for message in dropped} == {Message.State.DROPPED}
    assert all("đã gửi lịch" in message.failed_because for message in dropped)


def test_what_it_says_is_true_when_it_leaves(campaign, settings, times):
    with mail_server(settings, to_data=["451 4.3.0 Try again later"]) as server:
        press(campaign)
        message = sent("huyen@ns.example")
        assert (message.state, message.failed_because) == (Message.State.QUEUED, "451 4.3.0 Try again later")
        assert message.due_at == MACHINE + rules.PAUSES[0]
        times[0], times[1] = T_1, message.due_at
        message = sent("huyen@ns.example")
    assert (message.state, message.tries) == (Message.State.SENT, 2)
    assert "còn 1 ngày" in server.taken[0].get_content()
    assert "còn 1 ngày" in message.body


def test_a_letter_still_on_its_way_counts_for_the_day_it_leaves(campaign, settings, times):
    with mail_server(settings, to_data=["451 4.3.0 Try again later"]):
        press(campaign)
        message = sent("huyen@ns.example")
        times[0], times[1] = T_1, message.due_at
        # The next step has come, the last letter has not left: nobody gets two in a day.
        assert "huyen@ns.example" not in {d.to.address for d in queries.today(campaign, at=T_1).plan.digests}
        sent("huyen@ns.example")
        assert "huyen@ns.example" not in {d.to.address for d in queries.today(campaign, at=T_1).plan.digests}


def test_a_letter_sent_again_by_hand_gives_way_to_a_newer_one(campaign, settings, times):
    with mail_server(settings, to_data=["554 5.7.1 Not wanted here"]) as server:
        old = press(campaign)
        assert sent("huyen@ns.example").state == Message.State.FAILED
        times[0] = T_1
        press(campaign, at=T_1)
        assert sent("huyen@ns.example").state == Message.State.SENT
        assert rounds.send_failed_of(old, by=SYSTEM, at=T_1, due_at=MACHINE) == 1
        first = Message.objects.filter(to="huyen@ns.example").earliest("pk")
        post.send_message.call(first.pk)
        first.refresh_from_db()
    assert first.state == Message.State.DROPPED
    assert len(server.taken) == 1


def test_an_address_refused_for_good_is_phoned_until_somebody_mends_it(campaign, settings, times):
    with mail_server(settings, to_receiver=["550 5.1.1 No such mailbox"]):
        press(campaign)
        assert sent("huyen@ns.example").state == Message.State.FAILED
    closed = ClosedAddress.objects.get()
    assert (closed.address, closed.why, closed.said) == ("huyen@ns.example", "refused", "550 5.1.1 No such mailbox")
    assert queries.failing(["HUYEN@ns.example"])["huyen@ns.example"].said == "550 5.1.1 No such mailbox"
    plan = queries.today(campaign, at=T_1).plan
    assert "UBND huyện Ninh Sơn" in {due.unit.name for due in plan.unreached}
    reminding.open_address("huyen@ns.example", by=SYSTEM, at=T_1)
    assert "huyen@ns.example" in {d.to.address for d in queries.today(campaign, at=T_1).plan.digests}


def test_with_the_connection_lost_halfway_the_letter_is_sent_once_under_the_same_message_id(campaign, settings, times):
    press(campaign)
    with cut_off_at_data(settings):
        message = sent("huyen@ns.example")
    assert (message.state, message.tries) == (Message.State.QUEUED, 1)
    assert "Không kết nối được máy chủ thư" in message.failed_because
    times[1] = message.due_at
    with mail_server(settings) as server:
        message = sent("huyen@ns.example")
    assert message.state == Message.State.SENT
    assert [mail["Message-ID"] for mail in server.taken] == [post.message_id_of(message)]


@contextmanager
def cut_off_at_data(settings):
    """Run a mail server that takes the sender and the receiver, and is gone when the letter comes."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.EMAIL_HOST, settings.EMAIL_PORT = listening.getsockname()

        def serve() -> None:
            connection, _ = listening.accept()
            with connection, connection.makefile("rwb", buffering=0) as line:
                line.write(b"220 mail.example\r\n")
                while (said := line.readline()) and not said.upper().startswith(b"DATA"):
                    line.write(b"250 OK\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        yield
        thread.join(timeout=10)


def test_an_address_that_takes_mail_again_is_open_again(campaign, settings):
    with mail_server(settings, to_receiver=["550 5.1.1 No such mailbox"]):
        press(campaign)
        message = sent("huyen@ns.example")
        actions.send_failed_again(campaign, by=SYSTEM, at=T_3, due_at=MACHINE)
        post.send_message.call(message.pk)
    assert not ClosedAddress.objects.exists()


def test_with_the_connection_lost_the_letter_waits_for_its_next_try(campaign, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    press(campaign)
    message = sent("huyen@ns.example")
    assert (message.state, message.tries) == (Message.State.QUEUED, 1)
    assert "Không kết nối được máy chủ thư" in message.failed_because
    assert DBTaskResult.objects.filter(run_after=MACHINE + rules.PAUSES[0]).count() == 1
    assert not ClosedAddress.objects.exists()


def test_a_draft_and_a_returned_registration_have_words_of_their_own(campaign):
    begun = unit_of(campaign, "ubnd-585")
    activities.begin_registration(begun, by=someone(Role.OFFICER, at=begun), at=T_3)
    back = registered(unit_of(campaign, "xa-lamson"), accepted=False, at=T_3)
    activities.return_registration(back, reason="Thiếu địa điểm", lines=[], by=SYSTEM, at=T_3)
    press(campaign)
    draft = Message.objects.get(to="huyen@ns.example").body
    both = Message.objects.get(to="lan@xa.example").body
    assert "đã bắt đầu soạn lịch đăng ký, nội dung đã lưu còn nguyên" in draft
    assert "Đến nay chưa nhận được" not in draft
    assert "Lịch đăng ký của UBND xã Lâm Sơn đã được gửi lại để bổ sung" in both
    assert "Đến nay chưa nhận được lịch đăng ký hoạt động" in both  # of the school


def test_the_unit_hears_first_that_the_one_above_will_be_asked_and_then_it_is(campaign, settings, times):
    times[0] = T1
    press(campaign, at=T1)
    assert "Nếu đến ngày 5/10/2022 vẫn chưa nhận được lịch, chúng tôi xin phép nhờ UBND huyện Ninh Sơn cùng hỗ trợ" in (
        Message.objects.get(to="lan@xa.example").body
    )
    assert "Kính báo" not in Message.objects.get(to="huyen@ns.example").body
    times[0] = T3
    Message.objects.update(state=Message.State.SENT, sent_at=T1)
    press(campaign, at=T3)
    above = Message.objects.filter(to="huyen@ns.example").latest("pk")
    assert "chưa nhận được lịch đăng ký của 2 đơn vị dưới đây" in above.body
    assert "- UBND xã Lâm Sơn\n- Trường Tiểu học Lâm Sơn" in above.body
    assert Reminder.objects.filter(message=above).count() == 3  # its own, and two below
    # A unit below replies before it leaves: its name is gone.
    registered(unit_of(campaign, "th-lamson"), at=T3)
    with mail_server(settings) as server:
        sent("huyen@ns.example")
    assert "Trường Tiểu học Lâm Sơn" not in server.taken[0].get_content()


def test_no_letter_and_no_message_blames_anybody(campaign, times):
    begun = unit_of(campaign, "ubnd-585")
    activities.begin_registration(begun, by=someone(Role.OFFICER, at=begun), at=T_7)
    back = registered(unit_of(campaign, "xa-lamson"), accepted=False, at=T_7)
    activities.return_registration(back, reason="Thiếu địa điểm", lines=[], by=SYSTEM, at=T_7)
    from tuanhoc.notices.actions import calling as calls
    from tuanhoc.notices.queries.calling import calls as call_list

    said = []
    for locked in (None, T1):
        Campaign.objects.update(locks_from=locked)
        for at in (T_7, T_3, T_1, dt.datetime(2022, 9, 30, 22, tzinfo=HANOI), T1, T3, T3 + dt.timedelta(days=2)):
            today = queries.today(campaign, at=at)
            said += [reminding.preview(campaign, one, today, at=at).body for one in today.plan.digests]
            said += [reminding.preview(campaign, one, today, at=at).subject for one in today.plan.digests]
            said += [calls.text_for(campaign, one, at=at) for one in call_list(campaign, today)]
    assert len(said) > 50
    found = {word for text in said for word in ACCUSING if word in text.lower()}
    assert found == set()
    assert all("  " not in text and "\n\n\n" not in text and "None" not in text for text in said)


def test_a_person_of_two_weeks_gets_one_letter_a_day(campaign):
    other = week("ninh-thuan-2022-b")
    press(campaign)
    with pytest.raises(reminding.NothingDue):
        press(other)
    assert Message.objects.filter(to="lan@xa.example").count() == 1


@given(
    st.lists(st.tuples(st.sampled_from([T_7, T_3, T_1, T1, T3]), st.sampled_from(["", "press", "th-lamson", "stop"])))
)
@settings(max_examples=12, deadline=None)
def test_whatever_officers_do_the_rows_keep_the_rule(steps):
    """One letter a person and day, no step twice, none of a unit that replied: held in the database."""
    from django.db import transaction

    with transaction.atomic():
        province()
        contact("th-lamson", "lan@xa.example")
        contact("ubnd-585", "lan@xa.example")
        held = week()
        replied_at = None
        for at, act in sorted(steps, key=lambda step: step[0]):
            try:
                if act == "th-lamson" and replied_at is None:
                    registered(unit_of(held, act), at=at)
                    replied_at = at
                elif act == "stop":
                    last = queries.rounds(held, pressed())
                    _ = last and rounds.stop_round(last[0].round, by=SYSTEM, at=at)
                elif act == "press":
                    press(held, at=at)
                else:
                    Message.objects.filter(state="queued").update(state="sent", sent_at=at, tries=1)
            except (reminding.NothingDue, rounds.NotStoppable):
                continue
        rows = list(Reminder.objects.filter(is_stopped=False).select_related("host__unit", "round"))
        told = {(row.address, row.day, row.message_id) for row in rows}
        assert len(told) == len({(address, day) for address, day, _ in told})
        late = [r for r in rows if r.host.unit.key == "th-lamson" and replied_at and r.round.pressed_at > replied_at]
        assert late == []
        transaction.set_rollback(True)


def test_the_command_shows_and_sends(campaign, capsys):
    call_command("remind", "--campaign", campaign.code, "--dry-run")
    shown = capsys.readouterr().out
    assert "lan@xa.example" in shown
    assert "T-3" in shown
    assert not Message.objects.exists()
    call_command("remind", "--campaign", campaign.code, "--send")
    assert Message.objects.count() == 2
    with pytest.raises(CommandError, match="không còn đơn vị nào"):
        call_command("remind", "--campaign", campaign.code, "--send")
    with pytest.raises(CommandError, match="Không có đợt nào"):
        call_command("remind", "--campaign", "khong-co", "--dry-run")
    assert RosterUnit.objects.count() == 7
    assert ladder.LAST.code == "T+3"
    assert OPENED_AT < T_7


def test_a_unit_whose_form_waits_for_us_is_not_asked_for_what_it_has_sent(campaign):
    host = unit_of(campaign, "th-lamson")
    before = queries.today(campaign, at=T_1)
    assert host.pk in {due.unit.pk for due in before.plan.units}
    form = FormFile.objects.create(
        campaign=campaign, name="lich.docx", state=FormFile.State.READ, host=host, match_score=0.6,
        received_at=T_3, uploaded_at=T_3, uploaded_by="thư điện tử",
    )  # fmt: skip
    # Perhaps somebody else's: the unit is asked.
    assert queries.today(campaign, at=T_1).plan == before.plan

    FormFile.objects.filter(pk=form.pk).update(match_score=1.0)
    today = queries.today(campaign, at=T_1)
    assert today.with_form == {host.pk}
    assert [due.unit.pk for due in today.plan.left_out] == [host.pk]
    assert host.pk not in {due.unit.pk for due in (*today.plan.units, *today.plan.unreached)}
    # It still owes its schedule until somebody has confirmed the form.
    assert host.pk in {unit.pk for unit in today.silent}

    FormFile.objects.filter(pk=form.pk).update(state=FormFile.State.SET_ASIDE)
    assert queries.today(campaign, at=T_1).plan == before.plan
