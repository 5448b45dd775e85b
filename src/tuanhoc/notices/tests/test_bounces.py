"""A letter that came back: the server's report is believed for our own letters only."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.builders import IN_TIME, week

from tuanhoc.intake.actions import mail_reading, mails
from tuanhoc.intake.actions.mails import MAILBOX, Came
from tuanhoc.notices.actions import queue
from tuanhoc.notices.models import ClosedAddress, Message
from tuanhoc.notices.post import message_id_of
from tuanhoc.notices.rules import Letter
from tuanhoc.notices.rules.bounces import Bounce, report_in
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.web import clock

MACHINE = dt.datetime(2026, 3, 1, 8, 20, tzinfo=dt.UTC)
REPORT = """\
Return-Path: <>
From: Mail Delivery System <mailer-daemon@mail.example>
To: dangky@so.example
Subject: Undelivered Mail Returned to Sender
Date: Wed, 28 Sep 2022 09:00:00 +0700
Message-ID: <report-1@mail.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=utf-8

Your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <{to}>: user unknown

--b1
Content-Type: {quoted}

Message-ID: {message_id}
Subject: Tuan le

--b1--
"""


def report(message_id, *, to="lan@xa.example", action="failed", status="5.1.1", quoted="text/rfc822-headers"):
    return REPORT.format(message_id=message_id, to=to, action=action, status=status, quoted=quoted).encode()


@pytest.mark.parametrize("quoted", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_says_who_was_not_reached_by_which_letter(quoted):
    found = report_in(report("<a@so.example>", quoted=quoted))
    assert found.bounces == (Bounce("lan@xa.example", "5.1.1 550 5.1.1 <lan@xa.example>: user unknown"),)
    assert "<a@so.example>" in found.message_ids


@pytest.mark.parametrize(
    "fields", [{"status": "4.2.2"}, {"action": "delayed"}, {"action": "relayed", "status": "2.0.0"}]
)
def test_a_delay_is_no_bounce(fields):
    assert report_in(report("<a@so.example>", **fields)) is None


@given(st.binary(max_size=400), st.integers(0, len(REPORT)))
@hypothesis_settings(max_examples=40, deadline=None)
def test_whatever_comes_is_read_without_breaking(noise, at):
    raw = report("<a@so.example>")
    for mail in (noise, raw[:at] + noise + raw[at:]):
        found = report_in(mail)
        assert found is None or all(bounce.address for bounce in found.bounces)


@pytest.fixture
def sent(db, monkeypatch):
    """A letter of an open Week that a server took."""
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    monkeypatch.setattr(clock, "machine", lambda: MACHINE)
    campaign = week()
    deliver_waiting(at=IN_TIME)
    letter = Letter("thu-1", "Lan@xa.example", "Thư", "Kính gửi", campaign_id=campaign.pk)
    queue([letter], at=IN_TIME, due_at=MACHINE)
    Message.objects.update(state=Message.State.SENT, sent_at=IN_TIME)
    return Message.objects.get()


def taken(raw):
    message, _ = mails.keep_mail(raw, Came("imap"), by=MAILBOX, at=IN_TIME)
    mail_reading.read_mail(mails.claim(message.pk, machine=MACHINE), by=MAILBOX, at=IN_TIME)
    deliver_waiting(at=IN_TIME)


def test_a_report_in_our_mailbox_marks_the_letter_and_closes_the_address(sent):
    taken(report(message_id_of(sent)))
    sent.refresh_from_db()
    assert sent.state == Message.State.FAILED
    assert sent.failed_because.startswith("Thư bị trả về. 5.1.1 550 5.1.1")
    closed = ClosedAddress.objects.get()
    assert (closed.address, closed.why) == ("lan@xa.example", "bounced")


def test_a_report_faster_than_our_own_note_that_the_letter_went_out_is_looked_at_again(sent):
    """Between the server's 250 and our commit, or a worker killed there and its lease: the report is not lost."""
    Message.objects.update(state=Message.State.SENDING, claimed_until=MACHINE)
    taken(report(message_id_of(sent)))
    sent.refresh_from_db()
    assert sent.state == Message.State.SENDING
    Message.objects.update(state=Message.State.SENT, claimed_until=None)
    deliver_waiting(at=IN_TIME)
    sent.refresh_from_db()
    assert sent.state == Message.State.FAILED
    assert ClosedAddress.objects.get().address == "lan@xa.example"


def test_a_letter_that_perhaps_left_and_came_back_did(sent):
    """Its worker was cut off, the repeat was not needed any more; or was not made yet."""
    Message.objects.update(state=Message.State.QUEUED, sent_at=None, may_have_left=True)
    taken(report(message_id_of(sent)))
    sent.refresh_from_db()
    assert sent.state == Message.State.QUEUED
    Message.objects.update(state=Message.State.DROPPED, failed_because="…")
    deliver_waiting(at=IN_TIME)
    sent.refresh_from_db()
    assert (sent.state, sent.may_have_left) == (Message.State.FAILED, False)
    assert sent.failed_because.startswith("Thư bị trả về.")
    assert ClosedAddress.objects.get().address == "lan@xa.example"


@pytest.mark.parametrize("wrong", ["id", "to"])
def test_a_report_about_no_letter_of_ours_is_not_believed(sent, wrong):
    if wrong == "id":
        taken(report("<forged@so.example>"))
    else:
        taken(report(message_id_of(sent), to="binh@xa.example"))
    sent.refresh_from_db()
    assert sent.state == Message.State.SENT
    assert not ClosedAddress.objects.exists()


def test_who_does_not_hold_our_key_cannot_make_the_name_of_a_letter(sent, settings):
    """What a letter is about can be guessed ("head:7"); its Message-ID cannot."""
    ours, settings.SECRET_KEY = settings.SECRET_KEY, "somebody else's"
    guessed = message_id_of(sent)
    settings.SECRET_KEY = ours
    taken(report(guessed))
    sent.refresh_from_db()
    assert sent.state == Message.State.SENT
