"""Duties: who owns them, until when, and what each owner says of them."""

import datetime as dt

import pytest
from django.db.utils import IntegrityError
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import IN_TIME, someone, unit_of, week

from tuanhoc.campaigns import actions
from tuanhoc.campaigns.models import Assignment
from tuanhoc.campaigns.rules import duty_standing
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM, Role

DAY = dt.date(2022, 9, 28)


@pytest.mark.parametrize(
    ("due_on", "standing"),
    [
        (None, "undated"),
        (dt.date(2022, 9, 27), "overdue"),
        (dt.date(2022, 9, 28), "near"),
        (dt.date(2022, 10, 1), "near"),
        (dt.date(2022, 10, 2), "open"),
    ],
)
def test_a_duty_stands_by_its_last_day_in_time(due_on, standing):
    assert duty_standing("none", due_on, today=DAY) == duty_standing("doing", due_on, today=DAY) == standing
    assert duty_standing("done", due_on, today=DAY) == "done"


@settings(max_examples=40, deadline=None)
@given(st.dates(dt.date(2022, 1, 1), dt.date(2023, 1, 1)), st.integers(0, 300), st.integers(0, 300))
def test_time_never_makes_a_duty_less_pressing(due_on, before, later):
    order = ["open", "near", "overdue"]
    first = due_on - dt.timedelta(days=before)
    stands = [duty_standing("none", due_on, today=first + dt.timedelta(days=n)) for n in (0, later)]
    assert order.index(stands[0]) <= order.index(stands[1])


@pytest.fixture
def campaign(db):
    return week()


@pytest.fixture
def duty(campaign):
    return campaign.duties.get()


def own(duty, campaign, key="ubnd-585"):
    return duty.assignments.select_related("host", "duty").get(host=unit_of(campaign, key))


def test_the_opening_gives_each_duty_its_owners_who_have_said_nothing(duty, campaign):
    assert set(duty.assignments.values_list("host__name", "state", "said_at")) == {
        ("UBND huyện Ninh Sơn", "none", None),
        ("UBND huyện Ninh Hải", "none", None),
    }


def test_an_owner_says_how_far_it_is_and_the_journal_keeps_what_it_said_before(duty, campaign):
    one = own(duty, campaign)
    by = someone(Role.OFFICER, at=one.host)
    actions.report_duty(one, actions.Said("doing", "Đang trình ký", "Chưa có kinh phí"), by=by, at=IN_TIME)
    actions.report_duty(one, actions.Said("done", "Đã ban hành", "", "ninhson.example.vn/kh"), by=by, at=IN_TIME)
    assert (one.state, one.words, one.obstacle, one.evidence_link) == (
        "done", "Đã ban hành", "", "https://ninhson.example.vn/kh",
    )  # fmt: skip
    assert (one.said_by, one.said_at, one.version) == (by.name, IN_TIME, 2)
    last = Entry.objects.filter(what="campaigns.duty.report").latest("pk")
    assert (last.details["before"]["obstacle"], last.unit_path) == ("Chưa có kinh phí", one.host.path)


def test_what_does_not_apply_says_why(duty, campaign):
    one = own(duty, campaign)
    with pytest.raises(actions.WaivedWithoutWords):
        actions.report_duty(one, actions.Said("waived", "  "), by=SYSTEM, at=IN_TIME)
    with pytest.raises(IntegrityError):
        Assignment.objects.filter(pk=one.pk).update(state="waived")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "xem ở trang của xã", "ftp://a.example/b", "http://"])
def test_evidence_leads_to_a_web_page_or_nothing_is_kept(duty, campaign, link):
    one = own(duty, campaign)
    with pytest.raises(actions.NotAWebLink):
        actions.report_duty(one, actions.Said("done", "", "", link), by=SYSTEM, at=IN_TIME)
    one.refresh_from_db()
    assert (one.state, one.version) == ("none", 0)


def test_the_second_of_two_people_sees_what_the_first_said(duty, campaign):
    one = own(duty, campaign)
    actions.report_duty(one, actions.Said("doing"), version=0, by=SYSTEM, at=IN_TIME)
    with pytest.raises(actions.SaidInBetween):
        actions.report_duty(one, actions.Said("done"), version=0, by=SYSTEM, at=IN_TIME)
    one.refresh_from_db()
    assert one.state == "doing"


def test_a_duty_is_given_to_others_by_hand_and_to_the_coordinator_once(duty, campaign):
    library = unit_of(campaign, "tv-58")
    assert actions.assign_duty(duty, [library], coordinator=True, by=SYSTEM, at=IN_TIME) == 2
    with pytest.raises(actions.AlreadyOwned):
        actions.assign_duty(duty, [library], coordinator=True, by=SYSTEM, at=IN_TIME)
    assert duty.assignments.count() == 4


def test_a_unit_of_another_week_owns_nothing_here(duty):
    other = week("ninh-thuan-2023")
    with pytest.raises(actions.DutyNotOfWeek):
        actions.assign_duty(duty, [unit_of(other, "tv-58")], by=SYSTEM, at=IN_TIME)


def test_who_has_spoken_of_a_duty_is_not_taken_off_it(duty, campaign):
    silent, speaking = own(duty, campaign, "ubnd-586"), own(duty, campaign)
    actions.report_duty(speaking, actions.Said("doing"), by=SYSTEM, at=IN_TIME)
    actions.take_duty_back(silent, by=SYSTEM, at=IN_TIME)
    with pytest.raises(actions.SpokenOfAlready):
        actions.take_duty_back(speaking, by=SYSTEM, at=IN_TIME)
    assert [one.host.name for one in duty.assignments.all()] == ["UBND huyện Ninh Sơn"]


def test_a_due_day_is_set_corrected_and_taken_away_each_written_down(duty):
    for day in (DAY, dt.date(2022, 9, 30), None):
        actions.set_due_day(duty, day, by=SYSTEM, at=IN_TIME)
        duty.refresh_from_db()
        assert duty.due_on == day
    changes = Entry.objects.filter(what="campaigns.duty.due").order_by("pk").values_list("details", flat=True)
    assert [(c["before"], c["after"]) for c in changes] == [
        ("", "2022-09-28"), ("2022-09-28", "2022-09-30"), ("2022-09-30", ""),
    ]  # fmt: skip
