"""Rows of the last Week in this one: moved, marked until looked at, and taken out again."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import registered, row, someone, unit_of, week

from tuanhoc.activities import actions, queries
from tuanhoc.activities.copying import NothingChosen
from tuanhoc.activities.rules import ActivityDraft, copied_from, keep_mark, warnings
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.rules import CampaignDraft
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.shifts import Shift

A_YEAR_LATER = dt.datetime(2023, 9, 20, 8, tzinfo=HANOI)


@pytest.fixture
def old():
    return week()


@pytest.fixture
def new(old):
    campaign = campaigns.prepare_campaign(
        CampaignDraft(
            "ninh-thuan-2023", "Tuần lễ 2023", 2023, "", dt.date(2023, 10, 1), dt.date(2023, 10, 7),
            registration_closes_at=dt.datetime(2023, 10, 1, tzinfo=HANOI),
        ),
        province=old.province, coordinator=old.coordinator, by=SYSTEM, at=A_YEAR_LATER,
    )  # fmt: skip
    campaigns.open_call(campaign, by=SYSTEM, at=A_YEAR_LATER)
    return campaign


def begun(campaign, key="xa-lamson"):
    host = unit_of(campaign, key)
    return actions.begin_registration(host, by=someone(Role.OFFICER, at=host), at=A_YEAR_LATER)


def copied(registration, by=Shift.WEEKDAY):
    lasting = queries.last_rows(registration.host)
    return actions.copy_rows(registration, [(one, by) for one in lasting], by=SYSTEM, at=A_YEAR_LATER)


@pytest.mark.django_db
@pytest.mark.parametrize(("by", "day"), [(Shift.WEEKDAY, dt.date(2023, 10, 3)), (Shift.PLACE, dt.date(2023, 10, 4))])
def test_a_row_keeps_its_weekday_or_its_place_in_the_week(old, new, by, day):
    registered(unit_of(old, "xa-lamson"), [row(link="https://meet.example/2022", ends_on=dt.date(2022, 10, 5))])
    registration = begun(new)
    assert copied(registration, by) == 1
    (made,) = queries.drafts_of(registration)
    assert (made.held_on, made.ends_on) == (day, day + dt.timedelta(days=1))
    assert (made.link, made.contact_is_public, made.source) == ("", False, "chép từ 2022")


@pytest.mark.django_db
def test_only_what_was_accepted_of_this_unit_before_this_week_is_offered(old, new):
    registered(unit_of(old, "xa-lamson"), accepted=False)
    registered(unit_of(old, "xa-nhonhai"))
    assert queries.last_rows(unit_of(new, "xa-lamson")) == []
    assert queries.last_rows(unit_of(old, "xa-nhonhai")) == []
    assert len(queries.last_rows(unit_of(new, "xa-nhonhai"))) == 1


@pytest.mark.django_db
def test_copies_stand_behind_what_is_written_and_are_not_copied_twice(old, new):
    registered(unit_of(old, "xa-lamson"), [row("Một"), row("Hai")])
    registration = begun(new)
    actions.save_rows(registration, [row("Của năm nay")], by=SYSTEM, at=A_YEAR_LATER)
    assert (copied(registration), copied(registration)) == (2, 0)
    assert [r.content for r in queries.drafts_of(registration)] == ["Của năm nay", "Một", "Hai"]


@pytest.mark.django_db
def test_what_nobody_touched_is_taken_out_again(old, new):
    registered(unit_of(old, "xa-lamson"), [row("Một"), row("Hai")])
    registration = begun(new)
    copied(registration)
    standing = queries.drafts_of(registration)
    mended = [keep_mark(r, standing) for r in (row("Một, sửa lại", source="chép từ 2022"), standing[1])]
    actions.save_rows(registration, mended, by=SYSTEM, at=A_YEAR_LATER)
    assert actions.take_copies_out(registration, by=SYSTEM, at=A_YEAR_LATER) == 1
    assert [(r.content, r.source) for r in queries.drafts_of(registration)] == [("Một, sửa lại", "")]


@pytest.mark.django_db
def test_confirmed_as_they_stand_they_lose_their_mark(old, new):
    registered(unit_of(old, "xa-lamson"))
    registration = begun(new)
    copied(registration)
    assert actions.confirm_copies(registration, by=SYSTEM, at=A_YEAR_LATER) == 1
    assert [r.source for r in queries.drafts_of(registration)] == [""]


@pytest.mark.django_db
def test_nothing_chosen_and_what_is_handed_in_are_refused(old, new):
    registered(unit_of(old, "xa-lamson"))
    registration = begun(new)
    with pytest.raises(NothingChosen):
        actions.copy_rows(registration, [], by=SYSTEM, at=A_YEAR_LATER)
    copied(registration)
    actions.submit_registration(registration, by=SYSTEM, at=A_YEAR_LATER)
    with pytest.raises(actions.NotBeingWritten):
        copied(registration)


def test_a_copy_asks_to_be_looked_at():
    copy = row(source="chép từ 2022")
    windows = [(dt.date(2022, 10, 1), dt.date(2022, 10, 7))]
    assert [w.code for w in warnings(copy, windows=windows)] == ["copied"]
    assert warnings(row(source="Bảng 1, dòng 3"), windows=windows) == []


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_change_of_its_words_takes_the_mark(before, after):
    standing = ActivityDraft(content=before, source="chép từ 2022")
    posted = ActivityDraft(content=after, source="chép từ 2022")
    assert (copied_from(keep_mark(posted, [standing]).source) is None) == (before != after)
