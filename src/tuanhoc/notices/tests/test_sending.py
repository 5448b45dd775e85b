"""One message on its way to a real mail server: taken, put off, refused, the worker killed over it."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult
from tests.builders import IN_TIME, OPENED_AT, coordinator, unit_of, week

from tuanhoc.accounts.actions import link_of
from tuanhoc.accounts.models import PersonalLink
from tuanhoc.campaigns.models import Campaign
from tuanhoc.notices import actions, post, queries, rules
from tuanhoc.notices.models import Message
from tuanhoc.notices.rules import LINK_MARK, Letter
from tuanhoc.notices.tests.mail_server import free_port, mail_server
from tuanhoc.notices.wording import letter
from tuanhoc.units.models import Contact
from tuanhoc.web import clock

NOW = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def times(monkeypatch):
    """The Week's clock stands; the machine's is moved by hand."""
    machine = [NOW]
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    monkeypatch.setattr(clock, "machine", lambda: machine[0])
    return machine


def queued(about="thu-1", **fields):
    letter = Letter(about=about, to="lan@xa.example", subject="Đăng ký lịch", body="Kính gửi chị Lan,\n", **fields)
    actions.queue([letter], at=IN_TIME, due_at=NOW)
    return Message.objects.get(about=about)


def sent_by_one_worker(message):
    answer = post.send_message.call(message.pk)
    message.refresh_from_db()
    return answer


pytestmark = pytest.mark.django_db


def test_a_message_arrives_as_it_was_written(settings):
    with mail_server(settings) as server:
        message = queued()
        sent_by_one_worker(message)

    [mail] = server.taken
    assert mail["Subject"] == "Đăng ký lịch"
    assert mail["To"] == "lan@xa.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().replace("\r\n", "\n") == "Kính gửi chị Lan,\n"
    assert (message.state, message.sent_at, message.tries) == (Message.State.SENT, IN_TIME, 1)


def test_a_message_sent_is_not_sent_again(settings):
    with mail_server(settings) as server:
        message = queued()
        sent_by_one_worker(message)
        assert sent_by_one_worker(message) == "nothing to do"
    assert len(server.taken) == 1


def test_put_off_by_the_server_it_is_tried_again_after_a_pause_under_the_same_message_id(settings, times):
    with mail_server(settings, to_data=["451 4.3.0 Try again later"]) as server:
        message = queued()
        sent_by_one_worker(message)
        assert (message.state, message.tries) == (Message.State.QUEUED, 1)
        assert message.failed_because == "451 4.3.0 Try again later"
        assert message.due_at == NOW + dt.timedelta(minutes=1)
        assert DBTaskResult.objects.filter(run_after=message.due_at).count() == 1

        times[0] = message.due_at
        sent_by_one_worker(message)

    assert (message.state, message.tries, message.failed_because) == (Message.State.SENT, 2, "")
    assert server.taken[0]["Message-ID"] == post.message_id_of(message)


@pytest.mark.parametrize(
    "answers",
    [{"to_receiver": ["550 5.1.1 No such mailbox"]}, {"to_data": ["554 5.7.1 Not wanted here"]}],
    ids=["receiver", "content"],
)
def test_refused_for_good_it_is_not_tried_again_and_says_why(settings, answers):
    why = next(iter(answers.values()))[0]
    with mail_server(settings, **answers):
        message = queued()
        assert sent_by_one_worker(message) == "failed"
    assert (message.state, message.failed_because) == (Message.State.FAILED, why)
    assert DBTaskResult.objects.count() == 1


def test_with_the_server_down_it_is_tried_for_a_day_and_then_left_to_a_person(settings, times):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    message = queued()
    while message.state == Message.State.QUEUED:
        times[0] = message.due_at
        sent_by_one_worker(message)

    assert message.state == Message.State.FAILED
    assert message.tries == len(rules.PAUSES) + 1
    assert times[0] - NOW == sum(rules.PAUSES, dt.timedelta())
    assert message.failed_because == "Không kết nối được máy chủ thư. (ConnectionRefusedError)"
    assert not message.may_have_left


def test_failed_messages_are_sent_again_on_request(settings):
    campaign = week()
    with mail_server(settings, to_receiver=["550 No such mailbox"]) as server:
        message = queued(campaign_id=campaign.pk)
        sent_by_one_worker(message)
        by = coordinator(campaign)
        assert actions.send_failed_again(campaign, by=by, at=IN_TIME, due_at=NOW) == 1
        assert actions.send_failed_again(campaign, by=by, at=IN_TIME, due_at=NOW) == 0
        sent_by_one_worker(message)
    assert (message.state, message.tries) == (Message.State.SENT, 1)
    assert len(server.taken) == 1


def test_of_two_workers_one_gets_the_message():
    message = queued()
    assert post.claim(message.pk, at=NOW) is not None
    assert post.claim(message.pk, at=NOW) is None


def test_a_message_whose_worker_was_killed_is_picked_up_when_the_lease_ends(settings, times):
    with mail_server(settings) as server:
        message = queued()
        post.claim(message.pk, at=NOW)  # and the worker is gone

        times[0] = NOW + rules.LEASE
        assert actions.pick_up_forgotten(at=times[0]) == 0
        times[0] += dt.timedelta(seconds=1)
        assert actions.pick_up_forgotten(at=times[0]) == 1
        assert actions.pick_up_forgotten(at=times[0]) == 0
        sent_by_one_worker(message)

    assert (message.state, message.tries) == (Message.State.SENT, 2)
    assert len(server.taken) == 1


def test_killed_after_the_server_took_it_the_repeat_bears_the_same_message_id(settings, times):
    with mail_server(settings) as server:
        message = queued()
        post._hand_over(post.claim(message.pk, at=NOW))  # taken by the server, never written down
        times[0] = NOW + rules.LEASE + dt.timedelta(seconds=1)
        sent_by_one_worker(message)
    first, second = server.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert message.tries == 2


def test_a_worker_that_comes_back_after_its_lease_overwrites_nothing(settings, times):
    with mail_server(settings):
        message = queued()
        slow = post.claim(message.pk, at=NOW)
        times[0] = NOW + rules.LEASE + dt.timedelta(seconds=1)
        sent_by_one_worker(message)
        post._not_sent(slow, ConnectionResetError())
    message.refresh_from_db()
    assert message.state == Message.State.SENT


def test_a_message_whose_task_was_lost_is_picked_up(times):
    message = queued()
    DBTaskResult.objects.all().delete()
    times[0] = NOW + rules.FORGOTTEN + dt.timedelta(seconds=1)
    assert actions.pick_up_forgotten(at=times[0]) == 1
    assert DBTaskResult.objects.get().args_kwargs == {"args": [message.pk], "kwargs": {}}


def test_the_link_is_made_when_the_message_leaves_and_is_kept_nowhere(settings):
    campaign = week()
    host = unit_of(campaign, "xa-lamson")
    letter = Letter(
        "thu-2", "lan@xa.example", "Liên kết", f"Mở tại:\n{LINK_MARK}\n", receiver="Chị Lan",
        campaign_id=campaign.pk, host_id=host.pk, carries_link=True,
    )  # fmt: skip
    actions.queue([letter], at=OPENED_AT, due_at=NOW)
    assert not PersonalLink.objects.exists()
    with mail_server(settings) as server:
        sent_by_one_worker(Message.objects.get())

    address = server.taken[0].get_content().split()[2]
    assert address.startswith("http://testserver/l/")
    opened = link_of(address.removeprefix("http://testserver/l/").rstrip("/"), at=IN_TIME)
    assert (opened.unit, opened.holder) == (host.unit, "Chị Lan")
    assert LINK_MARK in Message.objects.get().body


def invited(campaign, contact):
    """Queue the letter of the call to a contact of Lâm Sơn, with a link; return it."""
    host, to = unit_of(campaign, "xa-lamson"), queries.Receiver(f"c{contact.pk}", contact.name, contact.email)
    actions.queue(
        [letter("call_opened", f"call:{host.pk}", to, campaign=campaign, host=host)], at=OPENED_AT, due_at=NOW
    )
    return Message.objects.get()


@pytest.fixture
def contact():
    campaign = week()
    return Contact.objects.create(unit=unit_of(campaign, "xa-lamson").unit, name="Chị Lan", email="Lan@xa.example")


@pytest.mark.parametrize("change", ["taken off", "other address", "moved to another unit"])
def test_a_link_does_not_go_to_who_left_the_list_before_it_leaves(settings, contact, change):
    campaign = Campaign.objects.get()
    message = invited(campaign, contact)
    if change == "taken off":
        contact.delete()
    elif change == "other address":
        Contact.objects.update(email="moi@xa.example")
    else:
        Contact.objects.update(unit=unit_of(campaign, "tv-58").unit)
    with mail_server(settings) as server:
        assert sent_by_one_worker(message) == "dropped"
        assert sent_by_one_worker(message) == "nothing to do"
    assert server.taken == []
    assert not PersonalLink.objects.exists()
    assert message.state == Message.State.DROPPED
    assert "không còn trong danh sách đầu mối" in message.failed_because
    assert actions.pick_up_forgotten(at=NOW + dt.timedelta(days=1)) == 0


def test_who_stays_on_the_list_gets_the_letter_though_the_list_was_read_in_anew(settings, contact):
    message = invited(Campaign.objects.get(), contact)
    unit = contact.unit
    contact.delete()
    Contact.objects.create(unit=unit, name="Nguyễn Thị Lan", email="lan@XA.example")
    with mail_server(settings) as server:
        assert sent_by_one_worker(message) == "sent"
    assert len(server.taken) == 1


def test_who_left_the_list_between_two_tries_is_not_written_to_again(settings, contact, times):
    message = invited(Campaign.objects.get(), contact)
    with mail_server(settings, to_data=["451 4.3.0 Try again later"]) as server:
        assert sent_by_one_worker(message) == "again later"
        post.claim(message.pk, at=message.due_at)  # and that worker was killed
        contact.delete()
        times[0] = message.due_at + rules.LEASE + dt.timedelta(seconds=1)
        assert sent_by_one_worker(message) == "dropped"
    assert server.taken == []
    # It was refused, and then a worker was cut off: of that try nobody knows.
    assert message.failed_because.startswith("Một lần gửi trước bị ngắt giữa chừng nên thư có thể đã đi. Khi thư")


@pytest.mark.parametrize("is_picked_up", [True, False], ids=["picked up", "taken at once"])
def test_what_the_server_took_of_a_killed_worker_and_is_not_needed_any_more_says_that_it_may_have_left(
    settings, contact, times, is_picked_up
):
    message = invited(Campaign.objects.get(), contact)
    with mail_server(settings) as server:
        post._hand_over(post.claim(message.pk, at=NOW))  # taken by the server, and the worker killed
        contact.delete()
        times[0] = NOW + rules.LEASE + dt.timedelta(seconds=1)
        if is_picked_up:
            actions.pick_up_forgotten(at=times[0])
        assert sent_by_one_worker(message) == "dropped"
    assert len(server.taken) == 1
    assert message.may_have_left
    assert message.failed_because.startswith("Một lần gửi trước bị ngắt giữa chừng nên thư có thể đã đi. Khi thư")


def test_what_was_only_refused_before_it_was_not_needed_any_more_has_not_left(settings, contact, times):
    message = invited(Campaign.objects.get(), contact)
    with mail_server(settings, to_data=["451 4.3.0 Try again later"]):
        sent_by_one_worker(message)
        contact.delete()
        times[0] = message.due_at
        assert sent_by_one_worker(message) == "dropped"
    assert not message.may_have_left
    assert message.failed_because.startswith("Khi thư sắp đi")


def test_a_server_that_breaks_off_instead_of_answering_may_have_taken_the_letter(settings):
    with mail_server(settings, breaks_off=True):
        message = queued()
        assert sent_by_one_worker(message) == "again later"
    assert message.may_have_left


def test_what_perhaps_left_and_leaves_now_is_sent(settings, times):
    with mail_server(settings):
        message = queued()
        post.claim(message.pk, at=NOW)
        times[0] = NOW + rules.LEASE + dt.timedelta(seconds=1)
        assert sent_by_one_worker(message) == "sent"
    assert (message.state, message.may_have_left) == (Message.State.SENT, False)


def test_a_letter_without_a_link_about_a_unit_goes_to_the_office_that_is_not_on_its_list(settings):
    campaign = week()
    office = Contact.objects.create(unit=campaign.coordinator, name="Sở", email="lan@xa.example")
    message = queued(f"change:1:1:c{office.pk}", campaign_id=campaign.pk, host_id=unit_of(campaign, "xa-lamson").pk)
    with mail_server(settings):
        assert sent_by_one_worker(message) == "sent"


def test_who_is_on_no_list_any_more_is_not_written_to_without_a_link_either(settings, contact):
    host = unit_of(Campaign.objects.get(), "xa-lamson")
    message = queued(f"change:1:1:c{contact.pk}", campaign_id=host.campaign_id, host_id=host.pk)
    Contact.objects.update(email="moi@xa.example")
    with mail_server(settings) as server:
        assert sent_by_one_worker(message) == "dropped"
    assert server.taken == []
    assert "không còn trong danh sách đầu mối" in message.failed_because


def test_a_letter_is_queued_once():
    queued()
    queued()
    assert (Message.objects.count(), DBTaskResult.objects.count()) == (1, 1)


def test_no_row_says_sent_without_a_time():
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=queued().pk).update(state=Message.State.SENT)


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_waits_and_stops(settings, monkeypatch):
    monkeypatch.undo()
    with mail_server(settings) as server:
        for n in range(3):
            queued(f"thu-{n}")
        call_command("work", once=True)
    assert len(server.taken) == 3
    assert set(Message.objects.values_list("state", flat=True)) == {Message.State.SENT}
