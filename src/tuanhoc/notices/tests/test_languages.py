"""Whoever is written to in English is so by every letter: the reminder, queued and as it leaves, and the head's."""

import datetime as dt

import pytest
from tests.builders import coordinator, province, row, someone, unit_of, week

from tuanhoc.accounts.models import User
from tuanhoc.activities import actions as activities
from tuanhoc.lib.actor import Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.notices import post, queries
from tuanhoc.notices.actions import reminding
from tuanhoc.notices.models import Message
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.units.models import Contact, Unit
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
MACHINE = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
T_3 = dt.datetime(2022, 9, 27, 9, tzinfo=HANOI)
LAN, HEAD = "lan@xa.example", "hieutruong@xa.example"
CLOSING = {"vi": "Trân trọng,", "en": "Yours sincerely,"}


@pytest.fixture(params=["vi", "en"])
def language(request):
    return request.param


@pytest.fixture
def reminded(monkeypatch, language):
    """A draft that has been with its head since yesterday; both its people are reminded."""
    monkeypatch.setattr(clock, "now", lambda: T_3)
    monkeypatch.setattr(clock, "machine", lambda: MACHINE)
    province()
    unit = Unit.objects.get(key="xa-lamson")
    Contact.objects.create(unit=unit, name="Lan", email=LAN, language=language)
    Contact.objects.create(unit=unit, name="Hoa", email=HEAD, language=language, is_head=True)
    campaign = week()
    host, yesterday = unit_of(campaign, "xa-lamson"), T_3 - dt.timedelta(days=1)
    officer = someone(Role.OFFICER, at=host)
    draft = activities.begin_registration(host, by=officer, at=yesterday)
    activities.save_rows(draft, [row()], by=officer, at=yesterday)
    activities.hand_to_head(draft, head_name="Hoa", head_email=HEAD.title(), by=officer, at=yesterday)
    deliver_waiting(at=T_3)
    reminding.send_round(campaign, by=coordinator(campaign), at=T_3, due_at=MACHINE)
    deliver_waiting(at=T_3)
    return campaign


def test_every_letter_to_a_person_is_in_one_language_when_queued_and_when_it_leaves(reminded, language, mailoutbox):
    abouts = ("call:", "remind:", "head:", "head-again:")
    letters = [Message.objects.filter(about__startswith=about, to__in=[LAN, HEAD.title()]).get() for about in abouts]
    other = CLOSING["en" if language == "vi" else "vi"]
    for letter in letters:
        assert CLOSING[language] in letter.body, letter.about
        assert other not in letter.body
        assert post.send_message.call(letter.pk) == "sent"
    assert len(mailoutbox) == len(letters)
    assert all(CLOSING[language] in mail.body and other not in mail.body for mail in mailoutbox)


def test_who_is_no_contact_is_written_to_as_the_account_says_else_in_vietnamese(db):
    User.objects.create_user("binh@so.example", language="en")
    assert queries.language_of("Binh@SO.example") == "en"
    assert queries.language_of("ai@noi-khac.example") == "vi"
