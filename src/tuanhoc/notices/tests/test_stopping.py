"""A round is stopped, and failed letters are tried again, in few statements; what a worker has is left alone."""

import datetime as dt

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.builders import province, week

from tuanhoc.campaigns.actions import close_campaign
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.dates import HANOI
from tuanhoc.notices import actions
from tuanhoc.notices.actions import reminding, rounds
from tuanhoc.notices.models import Message, Reminder
from tuanhoc.notices.post import claim, send_message
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.units.models import Contact, Unit
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
AT = dt.datetime(2022, 9, 27, 9, tzinfo=HANOI)
MACHINE = dt.datetime(2026, 3, 1, 8, 20, tzinfo=dt.UTC)


@pytest.fixture
def campaign(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    province()
    people(9)
    return week()


def people(count):
    unit = Unit.objects.get(key="th-lamson")
    there = Contact.objects.count()
    Contact.objects.bulk_create(
        Contact(unit=unit, name="Chị Lan", email=f"lan-{n}@xa.example") for n in range(there, there + count)
    )


def pressed(campaign):
    made = reminding.send_round(campaign, by=SYSTEM, at=AT, due_at=MACHINE)
    deliver_waiting(at=AT)
    return made


def of(round_):
    return Message.objects.filter(reminders__round=round_).distinct().order_by("pk")


def test_letters_a_worker_has_or_has_tried_stay_on_their_way_and_are_not_counted(campaign):
    made = pressed(campaign)
    taken, tried, sent = of(made)[:3]
    assert claim(taken.pk, at=MACHINE)
    Message.objects.filter(pk=tried.pk).update(tries=1)
    Message.objects.filter(pk=sent.pk).update(state=Message.State.SENT, sent_at=AT, tries=1)
    assert rounds.stop_round(made, by=SYSTEM, at=AT) == 6
    left = [one.state for one in of(made)]
    assert sorted(left) == ["dropped"] * 6 + ["queued", "sending", "sent"]
    kept = Reminder.objects.filter(round=made, is_stopped=False).values_list("message_id", flat=True)
    assert set(kept) == {taken.pk, tried.pk, sent.pk}
    assert Entry.objects.get(what="notices.round.stop").details["letters"] == 6
    with pytest.raises(rounds.NotStoppable):
        rounds.stop_round(made, by=SYSTEM, at=AT)


def test_what_was_pressed_before_the_week_was_closed_does_not_leave_after_it_and_says_why(campaign, monkeypatch):
    monkeypatch.setattr(clock, "machine", lambda: MACHINE)
    first = of(pressed(campaign))[0]
    close_campaign(campaign, by=SYSTEM, at=AT)
    send_message.call(first.pk)
    first.refresh_from_db()
    assert (first.state, django_mail.outbox) == (Message.State.DROPPED, [])
    assert "đợt đã đóng" in first.failed_because


def test_one_that_was_not_needed_before_the_stop_counts_as_told(campaign):
    made = pressed(campaign)
    first = of(made)[0]
    Message.objects.filter(pk=first.pk).update(state=Message.State.DROPPED, tries=1)
    rounds.stop_round(made, by=SYSTEM, at=AT)
    assert not Reminder.objects.get(message=first).is_stopped


def test_a_stopped_day_can_be_stopped_again_and_again(campaign):
    for _turn in range(3):
        assert rounds.stop_round(pressed(campaign), by=SYSTEM, at=AT) == 9
    assert len(set(Message.objects.filter(is_reminder=True).values_list("about", flat=True))) == 27


@pytest.mark.parametrize("what", ["stop", "again", "all again"])
def test_the_statements_do_not_grow_with_the_letters(campaign, what):
    def act(round_):
        if what == "stop":
            return rounds.stop_round(round_, by=SYSTEM, at=AT)
        Message.objects.filter(pk__in=of(round_)).update(state=Message.State.FAILED, tries=8)
        if what == "again":
            return rounds.send_failed_of(round_, by=SYSTEM, at=AT, due_at=MACHINE)
        return actions.send_failed_again(campaign, by=SYSTEM, at=AT, due_at=MACHINE)

    first = pressed(campaign)
    with CaptureQueriesContext(connection) as few:
        assert act(first) == 9
    people(30)
    second = pressed(campaign)
    with CaptureQueriesContext(connection) as many:
        assert act(second) >= 30
    assert len(many) == len(few)
