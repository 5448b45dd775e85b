"""What is found in a Week, what officers make of it, and what stays of that when rows change."""

import datetime as dt

import pytest
from tests.builders import IN_TIME, coordinator, registered, row, unit_of, week

from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Activity
from tuanhoc.findings import actions, queries
from tuanhoc.findings.models import Finding, Search
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM

pytestmark = pytest.mark.django_db

MORNING = dt.time(8)


@pytest.fixture
def campaign():
    return week()


def opening(place="Hội trường UBND xã", **more):
    return row("Lễ phát động Tuần lễ học tập suốt đời", place=place, starts_at=MORNING, **more)


@pytest.fixture
def twice(campaign):
    """Return the finding of a school and its commune that registered one opening."""
    registered(unit_of(campaign, "xa-lamson"), [opening(), row("Lớp tin học", place="Nhà văn hóa xã")])
    registered(unit_of(campaign, "th-lamson"), [opening("Hội trường UBND xã Lâm Sơn")])
    actions.look_again(campaign, at=IN_TIME)
    return Finding.objects.select_related("first__registration", "second__registration", "campaign").get()


def decided(finding, verdict="different", **more):
    actions.decide(finding, verdict, version=finding.version, by=SYSTEM, at=IN_TIME, **more)
    finding.refresh_from_db()


def test_one_event_registered_by_two_units_is_found_once_and_nothing_is_changed(campaign, twice):
    assert (twice.kind, twice.verdict, twice.is_standing) == ("twice", "open", True)
    assert {twice.first_host.name, twice.second_host.name} == {"UBND xã Lâm Sơn", "Trường Tiểu học Lâm Sơn"}
    assert Activity.objects.count() == 3
    assert queries.counts(campaign).twice == 1


def test_rows_of_a_draft_are_not_looked_at(campaign):
    for key in ("xa-lamson", "th-lamson"):
        host = unit_of(campaign, key)
        registration = activities.begin_registration(host, by=SYSTEM, at=IN_TIME)
        activities.save_rows(registration, [opening("Hội trường UBND xã Lâm Sơn")], by=SYSTEM, at=IN_TIME)
    assert actions.look_again(campaign, at=IN_TIME).activity_count == 0


def test_a_second_look_at_unchanged_activities_searches_nothing(campaign, twice, django_assert_num_queries):
    with django_assert_num_queries(3):
        actions.look_again(campaign, at=IN_TIME + dt.timedelta(hours=1))
    assert Search.objects.get().searched_at == IN_TIME


def saved_again(registration, rows):
    activities.return_registration(registration, reason="Xin xem lại", by=SYSTEM, at=IN_TIME)
    activities.save_rows(registration, rows, by=SYSTEM, at=IN_TIME)
    activities.submit_registration(registration, by=SYSTEM, at=IN_TIME)


def test_a_verdict_survives_a_save_that_changes_nothing_even_when_rows_move(campaign, twice):
    decided(twice)
    registration = twice.first.registration
    drafts = [
        row("Hội thi cờ tướng", place="Nhà văn hóa xã"),
        *map(queries_draft, registration.activities.order_by("pk")),
    ]

    saved_again(registration, drafts)
    actions.look_again(campaign, at=IN_TIME)

    kept = Finding.objects.get(kind="twice")
    assert (kept.pk, kept.verdict, kept.is_standing) == (twice.pk, "different", True)
    assert kept.first.content == "Lễ phát động Tuần lễ học tập suốt đời"


def queries_draft(activity):
    from tuanhoc.activities.queries import draft_of

    return draft_of(activity)


def test_a_changed_row_is_asked_about_again_with_the_earlier_verdict_beside_it(campaign, twice):
    decided(twice, "together")

    activities.change_activity(twice.first, reason="Đổi giờ", starts_at=dt.time(8, 30), by=SYSTEM, at=IN_TIME)
    actions.look_again(campaign, at=IN_TIME)

    again = Finding.objects.get(is_standing=True)
    assert again.pk != twice.pk
    assert (again.verdict, again.earlier["verdict"], again.earlier["by"]) == ("open", "together", "Hệ thống")


def test_a_pair_no_longer_found_leaves_the_list_and_keeps_its_verdict(campaign, twice):
    decided(twice)
    activities.change_activity(twice.first, reason="Dời", held_on=dt.date(2022, 10, 7), by=SYSTEM, at=IN_TIME)
    actions.look_again(campaign, at=IN_TIME)
    assert not Finding.objects.listed().exists()
    activities.change_activity(twice.first, reason="Như cũ", held_on=dt.date(2022, 10, 4), by=SYSTEM, at=IN_TIME)
    actions.look_again(campaign, at=IN_TIME)
    back = Finding.objects.listed().get()
    assert (back.pk, back.verdict) == (twice.pk, "different")


def test_replacing_cancels_the_chosen_one_with_a_reason_and_can_be_taken_back(campaign, twice):
    decided(twice, "replaced", note="Gộp với buổi của xã", cancel=twice.second_id)

    assert (twice.verdict, twice.cancelled_id) == ("replaced", twice.second_id)
    cancelled = Activity.objects.get(pk=twice.second_id)
    assert (cancelled.cancelled_at, cancelled.change_reason) == (IN_TIME, "Gộp với buổi của xã")
    actions.look_again(campaign, at=IN_TIME)
    assert Finding.objects.listed().get() == twice

    twice.refresh_from_db()
    actions.reopen(twice, version=twice.version, by=SYSTEM, at=IN_TIME, reason="Vẫn tổ chức")
    cancelled.refresh_from_db()
    assert cancelled.cancelled_at is None
    actions.look_again(campaign, at=IN_TIME)
    assert Finding.objects.open().get() == twice


@pytest.mark.parametrize(
    ("refusal", "given"),
    [("NoReason", {"note": " ", "cancel": "second"}), ("WhichOne", {"note": "Gộp"})],
)
def test_replacing_without_a_reason_or_a_choice_is_refused_and_leaves_no_trace(twice, refusal, given):
    before = Entry.objects.count()
    given = given | ({"cancel": twice.second_id} if "cancel" in given else {})
    with pytest.raises((activities.NoReason, actions.WhichOne)) as caught:
        actions.decide(twice, "replaced", version=twice.version, by=SYSTEM, at=IN_TIME, **given)
    assert type(caught.value).__name__ == refusal
    fresh = Finding.objects.get()
    assert (fresh.verdict, fresh.version, Entry.objects.count()) == ("open", 0, before)
    assert not Activity.objects.exclude(cancelled_at=None).exists()


def test_of_two_officers_the_second_hears_what_the_first_decided(campaign, twice):
    seen = Finding.objects.get()
    decided(twice, "together")
    with pytest.raises(actions.DecidedElsewhere) as caught:
        actions.decide(seen, "different", version=seen.version, by=coordinator(campaign), at=IN_TIME)
    assert caught.value.params == {"who": "Hệ thống", "verdict": "Cùng tổ chức"}
    assert Finding.objects.get().verdict == "together"


def test_every_decision_is_in_the_journal_of_both_units(twice):
    decided(twice)
    actions.reopen(twice, version=twice.version, by=SYSTEM, at=IN_TIME, reason="")
    found = Entry.objects.filter(what__startswith="findings.").order_by("pk")
    assert [(e.what, e.unit_path) for e in found] == [
        (f"findings.finding.{what}", host.path)
        for what in ("decide", "reopen")
        for host in (twice.first_host, twice.second_host)
    ]
    named = [f"{host.name}: {a.content}" for host, a in
             ((twice.first_host, twice.first), (twice.second_host, twice.second))]  # fmt: skip
    assert all(e.details["pair"] == named for e in found)


def test_units_are_asked_once(twice):
    actions.ask_units(twice, by=SYSTEM, at=IN_TIME)
    with pytest.raises(actions.AskedAlready):
        actions.ask_units(twice, by=SYSTEM, at=IN_TIME)
    assert queries.asked_of(twice.first_host) == [twice] == queries.asked_of(twice.second_host)


def test_one_hall_wanted_twice_at_once_is_a_clash_and_one_event_is_not(campaign, twice):
    registered(
        unit_of(campaign, "ubnd-585"), [row("Họp mặt nông dân", place="Hội trường UBND xã Lâm Sơn", starts_at=MORNING)]
    )
    actions.look_again(campaign, at=IN_TIME)
    assert sorted(Finding.objects.values_list("kind", flat=True)) == ["hall", "hall", "twice"]
    assert {f.score for f in Finding.objects.filter(kind="hall")} == {0.9}
