"""Deadlines of levels, moved and put back; exceptions; the lock; a unit asks to be let in."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import IN_TIME, OPENED_AT, TOO_LATE, coordinator, prepared, province, someone, unit_of, week

from tuanhoc.campaigns import actions, queries
from tuanhoc.campaigns.models import Campaign, DeadlineException, RosterUnit, UnlockRequest
from tuanhoc.campaigns.rules.deadlines import COMMON, own_deadline
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI, last_minute
from tuanhoc.lib.refusal import Refusal
from tuanhoc.outbox.models import Event

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SCHOOLS = TOO_LATE - 5 * DAY  # communes and schools hand in to the district before it does to the province


@pytest.fixture
def campaign():
    return week()


def hosts(campaign, *keys):
    return RosterUnit.objects.filter(campaign=campaign, unit__key__in=keys)


def closing(campaign):
    """Return the own deadline of every unit, by key."""
    return {key: at.astimezone(HANOI) for key, at in campaign.roster.values_list("unit__key", "closes_at")}


def move(campaign, after, at=IN_TIME, **more):
    return actions.move_deadlines(campaign, after, by=coordinator(campaign), at=at, **more)


def give(campaign, *keys, until, in_time=True, at=IN_TIME, reason="Mưa lũ"):
    return actions.give_exceptions(
        hosts(campaign, *keys), ends_at=until, reason=reason, moves_deadline=in_time, by=coordinator(campaign), at=at
    )


def happened(name):
    return [event.payload for event in Event.objects.filter(name=name).order_by("pk")]


# --- levels ---------------------------------------------------------------------------------------------------------


def test_levels_set_before_the_opening_are_frozen_into_the_roster():
    province()
    prepared_week = prepared()
    move(prepared_week, {COMMON: TOO_LATE, "school": SCHOOLS, "commune": SCHOOLS + DAY}, at=OPENED_AT)
    actions.open_call(prepared_week, by=SYSTEM, at=OPENED_AT)
    assert closing(prepared_week) == {
        "so-tttt": TOO_LATE, "tv-58": TOO_LATE, "ubnd-585": TOO_LATE, "ubnd-586": TOO_LATE,
        "xa-lamson": SCHOOLS + DAY, "xa-nhonhai": SCHOOLS + DAY, "th-lamson": SCHOOLS,
    }  # fmt: skip
    assert happened("campaigns.deadline.moved") == []  # nobody was asked for anything yet


def test_only_units_whose_deadline_changes_are_named_in_the_event(campaign):
    made = move(campaign, {COMMON: TOO_LATE, "school": TOO_LATE + DAY})
    school = unit_of(campaign, "th-lamson")
    assert school.closes_at == TOO_LATE + DAY
    assert made.moved_count == 1
    [told] = happened("campaigns.deadline.moved")
    assert (told["host_ids"], told["is_back"]) == ([school.pk], False)


def test_a_deadline_that_passed_or_none_or_the_same_is_refused_and_leaves_no_trace(campaign):
    before = closing(campaign)
    for after, refusal in (
        ({COMMON: IN_TIME}, actions.DeadlineIsPast),
        ({COMMON: TOO_LATE, "school": IN_TIME}, actions.DeadlineIsPast),
        ({"school": TOO_LATE + DAY}, actions.NoDeadline),
        ({COMMON: TOO_LATE}, actions.NothingMoves),
    ):
        with pytest.raises(refusal):
            move(campaign, after)
    assert closing(campaign) == before
    assert not campaign.deadline_moves.exists()
    assert happened("campaigns.deadline.moved") == []


def test_the_deadlines_of_a_week_that_is_over_stay(campaign):
    type(campaign).objects.update(state="closed")
    with pytest.raises(actions.WeekIsOver):
        move(campaign, {COMMON: TOO_LATE + DAY})
    with pytest.raises(actions.WeekIsOver):
        give(campaign, "th-lamson", until=TOO_LATE + DAY)
    assert set(closing(campaign).values()) == {TOO_LATE}


def test_a_level_that_is_over_does_not_stand_in_the_way_of_moving_another(campaign):
    move(campaign, {COMMON: TOO_LATE, "school": IN_TIME + DAY})
    later = IN_TIME + 2 * DAY  # the schools' day has passed
    move(campaign, {COMMON: TOO_LATE + DAY, "school": IN_TIME + DAY}, at=later)
    assert unit_of(campaign, "tv-58").closes_at == TOO_LATE + DAY
    assert unit_of(campaign, "th-lamson").closes_at == IN_TIME + DAY


def test_an_extension_for_all_keeps_who_has_longer_and_takes_along_who_has_less(campaign):
    give(campaign, "tv-58", until=TOO_LATE + 9 * DAY)
    give(campaign, "so-tttt", until=TOO_LATE + DAY)
    move(campaign, {COMMON: TOO_LATE + 4 * DAY}, reason="Bão số 5")
    now = closing(campaign)
    assert now.pop("tv-58") == TOO_LATE + 9 * DAY
    assert set(now.values()) == {TOO_LATE + 4 * DAY}
    [told] = happened("campaigns.deadline.moved")
    assert unit_of(campaign, "tv-58").pk not in told["host_ids"]
    assert len(told["host_ids"]) == 6


def test_the_last_move_is_put_back_even_when_that_day_is_over(campaign):
    first = move(campaign, {COMMON: TOO_LATE + 2 * DAY})
    second = move(campaign, {COMMON: TOO_LATE + 5 * DAY, "school": TOO_LATE + 3 * DAY})
    with pytest.raises(actions.MovedSince):
        actions.undo_move(first, by=SYSTEM, at=IN_TIME)
    after_all = TOO_LATE + 3 * DAY
    actions.undo_move(second, by=SYSTEM, at=after_all)
    assert set(closing(campaign).values()) == {TOO_LATE + 2 * DAY}
    with pytest.raises(actions.MovedSince):
        actions.undo_move(second, by=SYSTEM, at=after_all)
    actions.undo_move(first, by=SYSTEM, at=after_all)
    assert set(closing(campaign).values()) == {TOO_LATE}
    assert [told["is_back"] for told in happened("campaigns.deadline.moved")] == [False, False, True, True]
    campaign.refresh_from_db()
    assert campaign.registration_closes_at == TOO_LATE


def test_the_week_s_own_page_moves_the_common_deadline_and_leaves_levels_alone(campaign):
    move(campaign, {COMMON: TOO_LATE, "school": TOO_LATE - DAY})
    later = TOO_LATE + 2 * DAY
    actions.correct_campaign(
        Campaign.objects.get(pk=campaign.pk), {"registration_closes_at": later, "theme": "Học"}, by=SYSTEM, at=IN_TIME
    )
    assert closing(campaign) == {key: TOO_LATE - DAY if key == "th-lamson" else later for key in closing(campaign)}
    assert Campaign.objects.get().theme == "Học"


# --- exceptions -----------------------------------------------------------------------------------------------------


def test_an_exception_moves_the_own_deadline_and_its_reason_stands_in_the_unit_s_own_trail(campaign):
    [leave] = give(campaign, "th-lamson", until=TOO_LATE + DAY)
    school = unit_of(campaign, "th-lamson")
    assert school.closes_at == TOO_LATE + DAY
    entry = Entry.objects.get(what="campaigns.exception.give")
    assert (entry.unit_path, entry.details["reason"]) == (school.path, "Mưa lũ")
    assert happened("campaigns.exceptions.given") == [{"exception_ids": [leave.pk]}]


def test_an_unlock_lets_in_and_the_deadline_stays(campaign):
    give(campaign, "th-lamson", until=TOO_LATE + DAY, in_time=False)
    assert unit_of(campaign, "th-lamson").closes_at == TOO_LATE


def test_many_at_once_pass_over_who_has_as_long_already(campaign):
    give(campaign, "tv-58", until=TOO_LATE + 3 * DAY)
    given_now = give(campaign, "tv-58", "th-lamson", "xa-lamson", until=TOO_LATE + 3 * DAY)
    assert {leave.host.unit.key for leave in given_now} == {"th-lamson", "xa-lamson"}
    with pytest.raises(actions.EndsNoLater):
        give(campaign, "tv-58", "th-lamson", until=TOO_LATE + 2 * DAY)


@pytest.mark.parametrize(
    ("until", "reason", "refusal"),
    [
        (TOO_LATE + DAY, "  ", actions.NoExceptionReason),
        (IN_TIME, "Mưa lũ", actions.EndIsPast),
        (TOO_LATE, "Mưa lũ", actions.EndsNoLater),
    ],
)
def test_an_exception_without_reason_or_time_is_refused_and_leaves_no_trace(campaign, until, reason, refusal):
    with pytest.raises(refusal):
        give(campaign, "th-lamson", until=until, reason=reason)
    assert not DeadlineException.objects.exists()
    assert unit_of(campaign, "th-lamson").closes_at == TOO_LATE


def test_several_exceptions_over_time_are_all_kept_and_the_last_can_be_taken_back(campaign):
    give(campaign, "th-lamson", until=TOO_LATE + DAY)
    [second] = give(campaign, "th-lamson", until=TOO_LATE + 3 * DAY, at=TOO_LATE)
    actions.take_back_exception(second, by=coordinator(campaign), at=TOO_LATE + dt.timedelta(hours=1))
    school = unit_of(campaign, "th-lamson")
    assert school.closes_at == TOO_LATE + DAY
    assert school.exceptions.count() == 2
    with pytest.raises(actions.ExceptionIsOver):
        actions.take_back_exception(second, by=coordinator(campaign), at=TOO_LATE + DAY)
    assert len(happened("campaigns.exception.taken_back")) == 1


def anew(campaign):
    """Put the Week back to what it was opened with."""
    campaign.deadline_moves.all().delete()
    campaign.level_deadlines.all().delete()
    DeadlineException.objects.all().delete()
    Campaign.objects.filter(pk=campaign.pk).update(registration_closes_at=TOO_LATE)
    actions.settle(Campaign.objects.get(pk=campaign.pk))


def at_random(campaign, data, at):
    """Do one of the things that change deadlines; what is refused changes nothing."""
    days = st.integers(1, 20)
    what = data.draw(st.sampled_from(["move", "give", "take", "undo"]))
    if what == "move":
        after = {COMMON: at + data.draw(days) * DAY}
        for level in data.draw(st.sets(st.sampled_from(["school", "commune", "district"]))):
            after[level] = at + data.draw(days) * DAY
        move(campaign, after, at=at)
    elif what == "give":
        keys = data.draw(st.sets(st.sampled_from(["th-lamson", "xa-lamson", "tv-58"]), min_size=1))
        give(campaign, *keys, until=at + data.draw(days) * DAY, in_time=data.draw(st.booleans()), at=at)
    elif what == "take" and DeadlineException.objects.exists():
        actions.take_back_exception(DeadlineException.objects.latest("pk"), by=SYSTEM, at=at)
    elif what == "undo" and campaign.deadline_moves.exists():
        actions.undo_move(campaign.deadline_moves.latest("pk"), by=SYSTEM, at=at)


def test_whatever_is_moved_given_and_taken_back_the_stored_deadline_is_what_the_rule_says(campaign):
    @settings(max_examples=15, deadline=None)
    @given(st.data())
    def it_is(data):
        anew(campaign)
        at = OPENED_AT
        for _ in range(data.draw(st.integers(1, 6))):
            at += dt.timedelta(hours=data.draw(st.integers(1, 40)))
            with contextlib.suppress(Refusal):
                at_random(campaign, data, at)
        deadlines = queries.deadlines_of(Campaign.objects.get(pk=campaign.pk))
        common = deadlines.pop(COMMON)
        for host in campaign.roster.prefetch_related("exceptions"):
            leave = [exception.allowed for exception in host.exceptions.all()]
            assert host.closes_at == own_deadline(host.kind, common=common, levels=deadlines, exceptions=leave)

    it_is()


# --- the lock -------------------------------------------------------------------------------------------------------


def test_the_lock_falls_by_time_alone_and_is_off_unless_switched_on(campaign):
    assert queries.locked_ids(campaign.roster.all(), at=TOO_LATE + DAY) == frozenset()
    actions.switch_lock(campaign, True, by=coordinator(campaign), at=IN_TIME)
    everybody = frozenset(campaign.roster.values_list("pk", flat=True))
    assert queries.locked_ids(campaign.roster.all(), at=TOO_LATE - dt.timedelta(seconds=1)) == frozenset()
    assert queries.locked_ids(campaign.roster.all(), at=TOO_LATE) == everybody
    give(campaign, "th-lamson", until=TOO_LATE + 2 * DAY, in_time=False, at=TOO_LATE + DAY)
    school = unit_of(campaign, "th-lamson").pk
    assert queries.locked_ids(campaign.roster.all(), at=TOO_LATE + DAY) == everybody - {school}
    assert queries.locked_ids(campaign.roster.all(), at=TOO_LATE + 2 * DAY) == everybody
    actions.switch_lock(campaign, False, by=coordinator(campaign), at=TOO_LATE + 3 * DAY)
    assert queries.locked_ids(campaign.roster.all(), at=TOO_LATE + 3 * DAY) == frozenset()


def test_switching_the_lock_twice_is_one_switch(campaign):
    for at in (IN_TIME, IN_TIME + DAY):
        actions.switch_lock(campaign, True, by=coordinator(campaign), at=at)
    assert campaign.locks_from == IN_TIME
    assert Entry.objects.filter(what="campaigns.lock.on").count() == 1


def test_the_words_of_a_deadline_are_those_of_the_last_minute_in_hanoi(campaign):
    stored = RosterUnit.objects.get(pk=unit_of(campaign, "tv-58").pk).closes_at
    assert stored.utcoffset() == dt.timedelta(0)  # the database keeps UTC: 30/9 17:00
    assert last_minute(stored) == "đến hết 23:59 ngày 30/9/2022"
    assert last_minute(TOO_LATE.replace(hour=17)) == "trước 17:00 ngày 1/10/2022"


# --- a unit asks ----------------------------------------------------------------------------------------------------


@pytest.fixture
def locked(campaign):
    """The school of a locked Week, a day late."""
    actions.switch_lock(campaign, True, by=coordinator(campaign), at=IN_TIME)
    return unit_of(campaign, "th-lamson")


LATE = TOO_LATE + DAY


def ask(host, words="Máy tính hỏng, xin thêm hai ngày", at=LATE):
    return actions.ask_unlock(host, words, by=someone(Role.OFFICER, at=host), at=at)


def test_asked_twice_while_it_waits_is_one_request_in_its_last_words(locked):
    first = ask(locked)
    second = ask(locked, "Xin đến hết ngày 5/10", at=LATE + DAY)
    assert first.pk == second.pk
    waiting = UnlockRequest.objects.get()
    assert (waiting.words, waiting.asked_at) == ("Xin đến hết ngày 5/10", LATE + DAY)
    assert (
        Entry.objects.filter(what="campaigns.unlock.ask").latest("pk").details["before"]["words"].startswith("Máy tính")
    )


def test_words_are_needed_and_who_may_write_need_not_ask(locked):
    with pytest.raises(actions.NoUnlockWords):
        ask(locked, "  ")
    with pytest.raises(actions.NotLocked):
        ask(locked, at=IN_TIME)
    assert not UnlockRequest.objects.exists()


def test_a_yes_lets_the_unit_in_until_its_end_and_a_second_answer_is_refused(locked, campaign):
    asked = ask(locked)
    until = LATE + 2 * DAY
    actions.answer_unlock(asked, ends_at=until, words="Đã mở, xin nộp sớm", by=coordinator(campaign), at=LATE)
    assert asked.exception.reason == "Đã mở, xin nộp sớm"
    assert queries.let_in_until(locked, at=LATE) == until
    assert not queries.is_locked(unit_of(campaign, "th-lamson"), at=until - dt.timedelta(seconds=1))
    assert queries.is_locked(unit_of(campaign, "th-lamson"), at=until)
    with pytest.raises(actions.AnsweredAlready):
        actions.answer_unlock(asked, ends_at=None, words="Thôi", by=coordinator(campaign), at=LATE)
    assert len(happened("campaigns.unlock.answered")) == 1


def test_a_no_needs_words_and_the_unit_may_ask_again(locked, campaign):
    asked = ask(locked)
    with pytest.raises(actions.NoAnswerWords):
        actions.answer_unlock(asked, ends_at=None, words=" ", by=coordinator(campaign), at=LATE)
    actions.answer_unlock(asked, ends_at=None, words="Lịch đã in", by=coordinator(campaign), at=LATE)
    asked.refresh_from_db()
    assert (asked.exception, asked.answer) == (None, "Lịch đã in")
    assert ask(locked, at=LATE + DAY).pk != asked.pk


def test_a_yes_that_is_refused_leaves_the_request_waiting(locked, campaign):
    asked = ask(locked)
    with pytest.raises(actions.EndIsPast):
        actions.answer_unlock(asked, ends_at=LATE, words="", by=coordinator(campaign), at=LATE)
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_an_exception_answers_who_waits(locked, campaign):
    asked = ask(locked)
    give(campaign, "th-lamson", "xa-lamson", until=LATE + DAY, at=LATE, reason="Mưa lũ cả huyện")
    asked.refresh_from_db()
    assert asked.answer == "Mưa lũ cả huyện"
    assert asked.exception.host == locked


def test_an_extension_for_all_answers_who_waits(locked, campaign):
    asked = ask(locked)
    made = move(campaign, {COMMON: LATE + DAY}, at=LATE, reason="Gia hạn chung")
    asked.refresh_from_db()
    assert (asked.answered_at, asked.answer, asked.exception, asked.move) == (LATE, "Gia hạn chung", None, made)
