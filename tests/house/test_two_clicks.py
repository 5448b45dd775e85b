"""Two people, or one person twice, press the same button at the same moment: it happens once.

Two threads with a connection each. On SQLite the tables are copied from memory into a file first,
because only there do two connections meet as they do in use.
"""

import datetime as dt
import sqlite3
import threading
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection, connections

from tests.builders import IN_TIME, TOO_LATE, coordinator, province, registered, row, someone, unit_of, week
from tests.form_files import word_form
from tests.mails import eml
from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import LinkRequest
from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import AnnexArchive, HeadConfirmation, Registration, Review, ReviewBatch, Submission
from tuanhoc.activities.queries import drafts_of
from tuanhoc.activities.rules import receipt_digest
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.actions import answer_unlock, ask_unlock, give_exceptions, move_deadlines, switch_lock
from tuanhoc.campaigns.models import Campaign, DeadlineException, JoinRequest, RosterUnit, UnlockRequest
from tuanhoc.campaigns.rules.deadlines import COMMON
from tuanhoc.files.actions import keep
from tuanhoc.intake.actions.confirming import confirm_form
from tuanhoc.intake.actions.forms import receive_forms
from tuanhoc.intake.actions.mail_reading import read_mail
from tuanhoc.intake.actions.mails import Came, claim, keep_mail
from tuanhoc.intake.actions.uploads import Upload
from tuanhoc.intake.models import FormFile, MailMessage
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.notices import post
from tuanhoc.notices.actions import queue
from tuanhoc.notices.actions.calling import write_down
from tuanhoc.notices.actions.reminding import send_round
from tuanhoc.notices.events import RoundPart
from tuanhoc.notices.models import Call, Message, Reminder, Round
from tuanhoc.notices.rules import Letter
from tuanhoc.notices.rules.calling import ToCall, Voice
from tuanhoc.office.actions import issue_paper, keep_draft
from tuanhoc.office.documents import drafted
from tuanhoc.office.models import OfficialPaper, Scope
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.outbox.models import Event
from tuanhoc.schedule.actions import NothingNew, Source, accept_change, release_schedule, take_in_edited
from tuanhoc.schedule.comeback import Comparison, Kind, Proposal
from tuanhoc.schedule.models import ProposedChange, Release
from tuanhoc.units.models import Contact, Unit
from tuanhoc.units.rules import Person

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 4
#: three working days before the deadline
T_3 = dt.datetime(2022, 9, 27, 9, tzinfo=HANOI)


@pytest.fixture
def meeting(tmp_path, monkeypatch):
    """Give a function that runs one action from several threads at once and counts what came of it."""

    def at_once(act) -> Counter[str]:
        if connection.vendor == "sqlite":
            _onto_a_file(tmp_path / "met.sqlite3", monkeypatch)
        gate, outcomes = threading.Barrier(CLICKS), []

        def click() -> None:
            try:
                gate.wait(timeout=10)
                act()
                outcomes.append("done")
            except Exception as refused:
                outcomes.append(type(refused).__name__)
            finally:
                connection.close()

        threads = [threading.Thread(target=click) for _ in range(CLICKS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        return Counter(outcomes)

    return at_once


def _onto_a_file(path: Path, monkeypatch) -> None:
    connection.ensure_connection()
    copy = sqlite3.connect(path)
    connection.connection.backup(copy)
    copy.close()
    # Connections are made anew in each thread, from these settings.
    monkeypatch.setitem(connections.settings["default"], "NAME", str(path))


def counted(model) -> int:
    """Count the rows where the threads wrote them."""
    return seen(model.objects.count)


def seen(question):
    """Return the answer of the database the threads wrote in."""
    found = []

    def look() -> None:
        found.append(question())
        connection.close()

    looking = threading.Thread(target=look)
    looking.start()
    looking.join()
    return found[0]


def test_the_same_registration_is_submitted_once(meeting):
    host = unit_of(week(), "th-lamson")
    by = someone(Role.OFFICER, at=host)
    registration = activities.begin_registration(host, by=by, at=IN_TIME)
    activities.save_rows(registration, [row()], by=by, at=IN_TIME)

    def submit() -> None:
        mine = Registration.objects.select_related("host__campaign").get(pk=registration.pk)
        activities.submit_registration(mine, by=by, at=IN_TIME)

    before = Event.objects.count()
    assert meeting(submit) == {"done": 1, "AlreadySubmitted": CLICKS - 1}
    assert counted(Submission) == 1
    assert counted(Event) == before + 1


def test_a_receipt_is_given_for_the_rows_that_stand_whatever_another_window_saves(meeting):
    host = unit_of(week(), "th-lamson")
    by = someone(Role.OFFICER, at=host)
    registration = activities.begin_registration(host, by=by, at=IN_TIME)
    activities.save_rows(registration, [row("Lúc đầu")], by=by, at=IN_TIME)
    turns, agree = iter(range(CLICKS)), []

    def save_or_submit() -> None:
        mine = Registration.objects.select_related("host__campaign").get(pk=registration.pk)
        if (turn := next(turns)) % 2:
            activities.save_rows(mine, [row(f"Cửa sổ {turn}")], by=by, at=IN_TIME)
            return
        given = activities.submit_registration(mine, by=by, at=IN_TIME)
        agree.append(given.sha256 == receipt_digest(drafts_of(mine)))

    meeting(save_or_submit)
    assert agree == [True]


def test_the_head_agrees_once_and_never_to_what_was_taken_back(meeting):
    host = unit_of(week(), "th-lamson")
    by, head = someone(Role.OFFICER, at=host), someone(Role.HEAD, at=host)
    registration = activities.begin_registration(host, by=by, at=IN_TIME)
    activities.save_rows(registration, [row()], by=by, at=IN_TIME)
    given = activities.hand_to_head(registration, head_name="Hiệu trưởng", by=by, at=IN_TIME)
    sha256, turns, took_back = given.sha256, iter(range(CLICKS)), []

    def agree_or_take_back() -> None:
        mine = HeadConfirmation.objects.get(pk=given.pk)
        if next(turns) % 2:
            activities.confirm_as_head(mine, sha256=sha256, by=head, at=IN_TIME)
        else:
            activities.take_back_from_head(mine, by=by, at=IN_TIME)
            took_back.append(True)

    assert meeting(agree_or_take_back)["done"] == 1
    assert counted(Submission) == (0 if took_back else 1)


def test_who_asks_to_join_is_taken_in_once(meeting):
    campaign = week()
    asked = campaigns.ask_to_join(
        campaign, JoinRequest.Kind.COMPANY, "Công ty Nho", Person("Hoa", phone="0912"), by=SYSTEM, at=IN_TIME
    )
    before = campaign.roster.count()

    def accept() -> None:
        campaigns.accept_join(JoinRequest.objects.get(pk=asked.pk), because="x", by=SYSTEM, at=IN_TIME)

    assert meeting(accept) == {"done": 1, "AnsweredAlready": CLICKS - 1}
    assert counted(RosterUnit) == before + 1


def test_a_request_to_join_that_is_sent_several_times_at_once_is_kept_once_and_told_of_once(meeting):
    campaign = week()
    before = Event.objects.count()

    def ask() -> None:
        campaigns.ask_to_join(
            campaign, JoinRequest.Kind.COMPANY, "Công ty Nho", Person("Hoa", phone="0912"), by=SYSTEM, at=IN_TIME
        )

    assert meeting(ask) == {"done": CLICKS}
    assert (counted(JoinRequest), counted(Event)) == (1, before + 1)


@pytest.mark.parametrize("key", ["th-lamson", ""])
def test_what_is_said_of_a_link_several_times_at_once_is_kept_once(meeting, key):
    campaign = week()
    unit = Unit.objects.get(key=key) if key else None
    before = Event.objects.count()

    def say() -> None:
        accounts.say(
            LinkRequest.Kind.LOST, campaign_id=campaign.pk, unit=unit, unit_words="Trường Lâm Sơn", phone="0912",
            by=SYSTEM, at=IN_TIME,
        )  # fmt: skip

    assert meeting(say) == {"done": CLICKS}
    assert (counted(LinkRequest), counted(Event)) == (1, before + 1)


def test_a_unit_that_asks_in_several_windows_has_asked_once(meeting):
    campaign = week()
    switch_lock(campaign, True, by=SYSTEM, at=IN_TIME)
    host = unit_of(campaign, "th-lamson")

    def ask() -> None:
        ask_unlock(host, "Máy hỏng", by=someone(Role.OFFICER, at=host), at=TOO_LATE)

    assert meeting(ask) == {"done": CLICKS}
    assert counted(UnlockRequest) == 1


def test_a_request_is_answered_once(meeting):
    campaign = week()
    switch_lock(campaign, True, by=SYSTEM, at=IN_TIME)
    host = unit_of(campaign, "th-lamson")
    asked = ask_unlock(host, "Máy hỏng", by=someone(Role.OFFICER, at=host), at=TOO_LATE)
    until = TOO_LATE.replace(day=3)

    def answer() -> None:
        mine = UnlockRequest.objects.select_related("host").get(pk=asked.pk)
        answer_unlock(mine, ends_at=until, words="", by=SYSTEM, at=TOO_LATE)

    assert meeting(answer) == {"done": 1, "AnsweredAlready": CLICKS - 1}
    assert counted(DeadlineException) == 1


def test_an_exception_given_while_the_deadline_moves_is_not_lost(meeting):
    campaign = week()
    host = unit_of(campaign, "th-lamson")
    turns, own, later = iter(range(CLICKS)), TOO_LATE.replace(day=9), TOO_LATE.replace(day=3)

    def give_or_move() -> None:
        if next(turns) % 2:
            mine = RosterUnit.objects.filter(pk=host.pk)
            give_exceptions(mine, ends_at=own, reason="Mưa lũ", moves_deadline=True, by=SYSTEM, at=IN_TIME)
        else:
            move_deadlines(Campaign.objects.get(pk=campaign.pk), {COMMON: later}, by=SYSTEM, at=IN_TIME)

    assert meeting(give_or_move) == {"done": 2, "EndsNoLater": 1, "NothingMoves": 1}
    assert seen(lambda: unit_of(campaign, "th-lamson").closes_at) == own
    assert seen(lambda: unit_of(campaign, "tv-58").closes_at) == later


def test_the_same_registration_is_accepted_once(meeting):
    registration = registered(unit_of(week(), "th-lamson"), accepted=False)

    def accept() -> None:
        mine = Registration.objects.select_related("host__campaign").get(pk=registration.pk)
        activities.accept_registration(mine, by=SYSTEM, at=IN_TIME)

    assert meeting(accept) == {"done": 1, "NotWaiting": CLICKS - 1}
    assert counted(Review) == 1


def test_of_officers_who_decide_on_the_same_ones_at_once_each_registration_has_one_decision(meeting):
    campaign = week()
    pks = [registered(unit_of(campaign, key), accepted=False).pk for key in ("th-lamson", "xa-lamson", "tv-58")]
    asked = dict(Registration.objects.filter(pk__in=pks).values_list("pk", "version"))
    turns, counts = iter(range(CLICKS)), []

    def decide() -> None:
        # Each asks in another order, and some accept while others return.
        turn = next(turns)
        mine = dict(sorted(asked.items(), reverse=bool(turn % 2)))
        batch = activities.review_together(
            campaign, mine, accept=turn < 2, reason="Thiếu giờ", among=RosterUnit.objects.all(),
            by=coordinator(campaign), at=IN_TIME,
        )  # fmt: skip
        counts.append((batch.decided_count, len(batch.left)))

    assert meeting(decide) == {"done": CLICKS}
    assert sorted(counts) == [(0, 3)] * (CLICKS - 1) + [(3, 0)]
    assert counted(Review) == 3


def test_a_stroke_is_taken_back_once_and_never_over_a_later_decision(meeting):
    campaign = week()
    registration = registered(unit_of(campaign, "tv-58"), accepted=False)
    by = coordinator(campaign)
    asked = dict(Registration.objects.values_list("pk", "version"))
    batch = activities.review_together(campaign, asked, accept=True, among=RosterUnit.objects.all(), by=by, at=IN_TIME)
    turns = iter(range(CLICKS))

    def undo_or_return() -> None:
        if next(turns) % 2:
            activities.take_back(
                ReviewBatch.objects.get(pk=batch.pk), among=RosterUnit.objects.all(), by=by, at=IN_TIME
            )
            return
        mine = Registration.objects.select_related("host__campaign").get(pk=registration.pk)
        activities.return_registration(mine, reason="Thiếu giờ", version=asked[mine.pk] + 1, by=by, at=IN_TIME)

    # Either the stroke went back, or the return came first: one of them, and once.
    assert meeting(undo_or_return)["done"] == 1


def test_the_same_message_is_taken_once(meeting):
    week()
    raw = eml(("a.docx", word_form("UBND xã Lâm Sơn")))

    def take() -> None:
        mail, _ = keep_mail(raw, Came("imap"), by=SYSTEM, at=IN_TIME)
        if claimed := claim(mail.pk, machine=IN_TIME):
            read_mail(claimed, by=SYSTEM, at=IN_TIME)

    assert meeting(take) == {"done": CLICKS}
    assert (counted(MailMessage), counted(FormFile)) == (1, 1)


def test_the_same_form_is_confirmed_once(meeting):
    campaign = week()
    by = coordinator(campaign)
    upload = Upload("mau.docx", word_form("UBND xã Lâm Sơn"))
    roster = RosterUnit.objects.filter(campaign=campaign)
    form = receive_forms(
        campaign, [upload], among=roster, taken_in_by=None, received_at=IN_TIME, by=by, at=IN_TIME
    ).read[0]

    def confirm() -> None:
        confirm_form(FormFile.objects.select_related("host__campaign").get(pk=form.pk), by=by, at=IN_TIME)

    assert meeting(confirm) == {"done": 1, "NotToConfirm": CLICKS - 1}
    assert counted(Submission) == 1


def test_the_same_schedule_is_released_once(meeting):
    campaign = week()
    registered(unit_of(campaign, "th-lamson"))
    before = Entry.objects.count()

    def release() -> None:
        release_schedule(Campaign.objects.get(pk=campaign.pk), by=SYSTEM, at=IN_TIME)

    assert meeting(release) == {"done": 1, NothingNew.__name__: CLICKS - 1}
    assert counted(Release) == 1
    assert counted(Entry) == before + 1


def test_the_same_message_is_sent_by_one_worker(meeting):
    queue([Letter("thu-1", "lan@xa.example", "Thư", "Kính gửi")], at=IN_TIME, due_at=IN_TIME)
    pk = Message.objects.get().pk

    def claim() -> None:
        if post.claim(pk, at=IN_TIME) is None:
            raise LookupError

    assert meeting(claim) == {"done": 1, "LookupError": CLICKS - 1}


def test_reminders_of_a_day_are_sent_by_one_press(meeting):
    province()
    Contact.objects.create(unit=Unit.objects.get(key="th-lamson"), name="Chị Lan", email="lan@xa.example")
    campaign = week()

    def press() -> None:
        send_round(Campaign.objects.get(pk=campaign.pk), by=SYSTEM, at=T_3, due_at=T_3)

    assert meeting(press) == {"done": 1, "NothingDue": CLICKS - 1}
    seen(lambda: deliver_waiting(at=T_3, kind=RoundPart))
    assert (counted(Round), counted(Message), counted(Reminder)) == (1, 1, 1)


def test_reminders_of_two_weeks_reach_a_person_once_a_day(meeting):
    province()
    Contact.objects.create(unit=Unit.objects.get(key="th-lamson"), name="Chị Lan", email="lan@xa.example")
    weeks = [week(), week("ninh-thuan-2022-b")]
    turns = iter(range(CLICKS))

    def press() -> None:
        send_round(Campaign.objects.get(pk=weeks[next(turns) % 2].pk), by=SYSTEM, at=T_3, due_at=T_3)

    # Both Weeks may plan at the same moment; whoever's part is queued first has the person's day.
    outcome = meeting(press)
    assert set(outcome) <= {"done", "NothingDue"}
    assert outcome["done"] <= len(weeks)
    seen(lambda: deliver_waiting(at=T_3, kind=RoundPart))
    assert (counted(Message), counted(Reminder)) == (1, 1)


def test_a_call_is_taken_by_one_officer(meeting):
    campaign = week()
    who = ToCall("tel:0912345678", Voice(phone="0912 345 678"), ())

    def take() -> None:
        write_down(campaign, who, "taken", seen=0, day=IN_TIME.date(), by=SYSTEM, at=IN_TIME)

    assert meeting(take) == {"done": 1, "WrittenMeanwhile": CLICKS - 1}
    assert counted(Call) == 1


def test_a_number_is_given_to_one_paper(meeting):
    campaign = week()
    paper = drafted(Scope(campaign), "plan", at=IN_TIME)

    def issue() -> None:
        issue_paper(
            Scope(Campaign.objects.get()), "plan", paper, number="5/KH-UBND", issued_on=IN_TIME.date(), by=SYSTEM,
            at=IN_TIME,
        )  # fmt: skip

    assert meeting(issue) == {"done": 1, "NumberTaken": CLICKS - 1}
    assert counted(OfficialPaper) == 1


def test_a_paper_has_one_draft(meeting):
    week()

    def draft() -> None:
        keep_draft(Scope(Campaign.objects.get()), "invitation", {"place": "Hội trường"}, by=SYSTEM, at=IN_TIME)

    assert meeting(draft) == {"done": CLICKS}
    assert counted(OfficialPaper) == 1


def test_the_same_proposed_change_is_accepted_once(meeting):
    campaign = week()
    activity = registered(unit_of(campaign, "th-lamson")).activities.get()
    proposal = Proposal(
        Kind.CHANGED, activity.pk, "Trường Tiểu học Lâm Sơn", {"place": activity.place}, {"place": "Sân trường"}
    )
    stored = keep(b"%PDF-1.4\n%%EOF\n", at=IN_TIME)
    edited = take_in_edited(
        campaign, Comparison(1, 0, (proposal,), ()), stored=stored, name="lich.docx", source=Source(), by=SYSTEM,
        at=IN_TIME,
    )  # fmt: skip
    pk = edited.changes.get().pk

    def accept() -> None:
        accept_change(ProposedChange.objects.get(pk=pk), by=SYSTEM, at=IN_TIME)

    before = Event.objects.count()
    assert meeting(accept) == {"done": 1, "DecidedAlready": CLICKS - 1}
    assert counted(Event) == before + 1


def test_the_same_annexes_are_asked_for_once(meeting):
    campaign = week()
    registered(unit_of(campaign, "th-lamson"))

    def ask() -> None:
        activities.ask_for_annexes(Campaign.objects.get(pk=campaign.pk), by=SYSTEM, at=IN_TIME, machine=IN_TIME)

    assert meeting(ask) == {"done": CLICKS}
    assert counted(AnnexArchive) == 1
