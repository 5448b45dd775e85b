"""Under the lock: everywhere reading, nowhere writing, but for whoever coordinates; late is decided once."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import IN_TIME, OPENED_AT, TOO_LATE, coordinator, registered, row, someone, unit_of, week

from tuanhoc.activities import actions, queries
from tuanhoc.activities.documents.receipt import receipt
from tuanhoc.activities.models import Registration, State, Submission
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.models import Campaign, DeadlineException, RosterUnit
from tuanhoc.campaigns.rules import PaperForm
from tuanhoc.campaigns.rules.deadlines import COMMON
from tuanhoc.files.actions import keep
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.refusal import Refusal
from tuanhoc.papers.values import Table

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LATE = TOO_LATE + DAY


@pytest.fixture
def campaign():
    """A Week that locks who is over its deadline."""
    opened = week()
    campaigns.switch_lock(opened, True, by=coordinator(opened), at=IN_TIME)
    return opened


@pytest.fixture
def school(campaign):
    return unit_of(campaign, "th-lamson")


def officer(host):
    return someone(Role.OFFICER, at=host)


def begun(host, at=IN_TIME):
    registration = actions.begin_registration(host, by=officer(host), at=at)
    actions.save_rows(registration, [row()], by=officer(host), at=at)
    return registration


def test_a_locked_unit_writes_nothing_anywhere_and_leaves_no_trace(campaign, school):
    draft, by = begun(school), officer(school)
    version = draft.version
    for act in (
        lambda: actions.save_rows(draft, [row("Khác")], by=by, at=LATE),
        lambda: actions.choose_theme(draft, "Chủ đề riêng", by=by, at=LATE),
        lambda: actions.submit_registration(draft, by=by, at=LATE),
        lambda: actions.declare_nil(draft, by=by, at=LATE),
        lambda: actions.attach_scan(draft, keep(b"%PDF-1.4\n%%EOF\n", at=LATE), by=by, at=LATE),
        lambda: actions.begin_registration(unit_of(campaign, "tv-58"), by=by, at=LATE),
    ):
        with pytest.raises(actions.UnitLocked):
            act()
    draft.refresh_from_db()
    assert (draft.state, draft.version, draft.theme, draft.signed_scan) == (State.DRAFT, version, "", None)
    assert Registration.objects.count() == 1


def test_the_refusal_says_whose_deadline_it_was(school):
    with pytest.raises(actions.UnitLocked) as refused:
        begun(school, at=LATE)
    assert "Trường Tiểu học Lâm Sơn" in str(refused.value)
    assert "đến hết 23:59 ngày 30/9/2022" in str(refused.value)


def test_whoever_coordinates_writes_for_the_locked_unit_and_it_is_marked(campaign, school):
    by = coordinator(campaign)
    registration = actions.begin_registration(school, by=by, at=LATE)
    actions.save_rows(registration, [row()], by=by, at=LATE, on_behalf=True)
    actions.submit_registration(registration, by=by, at=LATE)
    registration.refresh_from_db()
    assert (registration.state, registration.entered_on_behalf, registration.is_late) == ("submitted", True, True)


def test_a_district_is_not_let_through_for_its_schools(campaign, school):
    with pytest.raises(actions.UnitLocked):
        actions.begin_registration(school, by=officer(unit_of(campaign, "ubnd-585")), at=LATE)


def test_what_was_given_back_is_mended_under_the_lock_and_stays_in_time(campaign, school):
    registration = registered(school, accepted=False)
    actions.return_registration(registration, reason="Thiếu địa điểm", by=coordinator(campaign), at=LATE)
    by = officer(school)
    actions.save_rows(registration, [row("Đã sửa")], by=by, at=LATE)
    again = actions.submit_registration(registration, by=by, at=LATE)
    registration.refresh_from_db()
    assert (registration.is_late, again.is_late) == (False, False)
    assert not queries.is_shut(school, registration, at=LATE) or registration.state == State.SUBMITTED


def test_late_stays_late_when_it_is_given_back_and_the_deadline_moved(campaign, school):
    campaigns.switch_lock(campaign, False, by=SYSTEM, at=IN_TIME)
    registration = registered(unit_of(campaign, "th-lamson"), accepted=False, at=LATE)
    campaigns.move_deadlines(campaign, {COMMON: LATE + 5 * DAY}, by=SYSTEM, at=LATE)
    actions.return_registration(registration, reason="Thiếu", by=SYSTEM, at=LATE)
    actions.submit_registration(registration, by=officer(school), at=LATE + DAY)
    registration.refresh_from_db()
    assert registration.is_late
    assert set(Submission.objects.values_list("is_late", flat=True)) == {True}


def test_a_handing_in_cannot_be_taken_back_under_the_lock_where_it_could_not_be_handed_in_again(school):
    registration = registered(school, accepted=False)
    given_in = {"version": registration.version, "on_behalf": False, "by": officer(school)}
    with pytest.raises(actions.UnitLocked):
        actions.withdraw_submission(registration, **given_in, at=LATE)
    actions.withdraw_submission(registration, **given_in, at=IN_TIME + DAY)


def test_a_nil_reply_is_late_against_the_unit_s_own_deadline(campaign, school):
    campaigns.give_exceptions(
        RosterUnit.objects.filter(pk=school.pk), ends_at=LATE + DAY, reason="Mưa lũ", moves_deadline=True,
        by=SYSTEM, at=IN_TIME,
    )  # fmt: skip
    # The object is older than the exception: what stands in the database decides.
    nil = actions.begin_registration(school, by=officer(school), at=LATE)
    actions.declare_nil(nil, by=officer(school), at=LATE)
    assert (nil.state, nil.is_late) == (State.NIL, False)

    campaigns.switch_lock(campaign, False, by=SYSTEM, at=LATE)
    library = unit_of(campaign, "tv-58")
    other = actions.begin_registration(library, by=officer(library), at=LATE)
    actions.declare_nil(other, by=officer(library), at=LATE)
    assert other.is_late


def test_an_accepted_activity_is_moved_under_the_lock_as_ever(school):
    registration = registered(school)
    activity = registration.activities.get()
    actions.change_activity(activity, reason="Mưa", held_on=dt.date(2022, 10, 6), by=officer(school), at=LATE)
    activity.refresh_from_db()
    assert activity.held_on == dt.date(2022, 10, 6)


def test_the_receipt_prints_the_deadline_it_was_judged_by_not_the_one_that_came_after(campaign, school):
    campaigns.switch_lock(campaign, False, by=SYSTEM, at=IN_TIME)
    submission = registered(school, at=LATE).submissions.get()
    campaigns.move_deadlines(campaign, {COMMON: LATE + 5 * DAY}, by=SYSTEM, at=LATE)
    printed = receipt(submission, host=unit_of(campaign, "th-lamson"), form=PaperForm())
    [table] = [part for part in printed.body if isinstance(part, Table)]
    told = dict(table.rows)["Hạn đăng ký"]
    assert told == "23 giờ 59 phút, ngày 30 tháng 9 năm 2022 (nộp sau hạn, vẫn được nhận)"


def test_whatever_becomes_of_deadlines_the_stored_lateness_does_not_move(campaign):
    keys = ["th-lamson", "xa-lamson", "tv-58", "so-tttt"]

    @settings(max_examples=8, deadline=None)
    @given(
        st.lists(st.tuples(st.sampled_from(["hand in", "move", "exception", "undo"]), st.integers(1, 400)), max_size=8)
    )
    def it_stays(steps):
        _anew(campaign)
        at, said, waiting = OPENED_AT, {}, list(keys)
        for what, hours in steps:
            at += dt.timedelta(hours=hours)
            if what == "hand in" and waiting:
                host = unit_of(campaign, waiting.pop())
                late = at >= host.closes_at
                said[registered(host, accepted=False, at=at).pk] = late
                continue
            try:
                if what == "move":
                    campaigns.move_deadlines(campaign, {COMMON: at + hours * DAY / 24}, by=SYSTEM, at=at)
                elif what == "exception":
                    campaigns.give_exceptions(
                        RosterUnit.objects.filter(campaign=campaign), ends_at=at + hours * DAY / 24, reason="Bão",
                        moves_deadline=True, by=SYSTEM, at=at,
                    )  # fmt: skip
                elif what == "undo":
                    campaigns.undo_move(campaign.deadline_moves.latest("pk"), by=SYSTEM, at=at)
            except (Refusal, campaign.deadline_moves.model.DoesNotExist):
                continue
        assert dict(Registration.objects.values_list("pk", "is_late")) == said

    campaigns.switch_lock(campaign, False, by=SYSTEM, at=OPENED_AT)
    it_stays()


def _anew(campaign):
    Submission.objects.all().delete()
    for registration in Registration.objects.all():
        registration.activities.all().delete()
        registration.delete()
    DeadlineException.objects.all().delete()
    campaign.deadline_moves.all().delete()
    Campaign.objects.filter(pk=campaign.pk).update(registration_closes_at=TOO_LATE)
    campaign.refresh_from_db()
    campaigns.settle(campaign)
