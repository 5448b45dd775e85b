"""What is late and what is locked: over any deadlines, exceptions and moments."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import OPENED_AT, TOO_LATE, unit_of, week

from tuanhoc.campaigns.models import DeadlineException, RosterUnit
from tuanhoc.campaigns.queries.deadlines import is_locked, let_in_until, locked_ids
from tuanhoc.campaigns.rules import deadlines as rules
from tuanhoc.lib.dates import HANOI
from tuanhoc.units.models import Unit

#: hours from the opening of the call; moments of other zones are the same moments
hours = st.integers(0, 60 * 24)
zones = st.sampled_from([HANOI, dt.UTC, dt.timezone(dt.timedelta(hours=-5))])
moments = st.builds(lambda h, zone: (OPENED_AT + dt.timedelta(hours=h)).astimezone(zone), hours, zones)


@st.composite
def exceptions(draw):
    given, length = draw(moments), draw(st.integers(1, 500))
    taken_back = draw(st.none() | st.integers(0, length))
    return rules.Allowed(
        given, given + dt.timedelta(hours=length), draw(st.booleans()),
        None if taken_back is None else given + dt.timedelta(hours=taken_back),
    )  # fmt: skip


several = st.lists(exceptions(), max_size=4)
kinds = st.sampled_from(Unit.Kind.values)
levels = st.dictionaries(st.sampled_from([level.code for level in rules.LEVELS]), moments, max_size=4)


@given(moments, moments, st.none() | moments, several)
def test_a_unit_is_never_both_locked_and_inside_an_exception(at, closes_at, locks_from, given_leave):
    locked = rules.is_locked(at, closes_at=closes_at, locks_from=locks_from, exceptions=given_leave)
    assert not (locked and any(e.is_open(at) for e in given_leave))


@given(moments, exceptions())
def test_the_moment_an_exception_ends_its_unit_is_locked_again(closes_at, leave):
    end = min(leave.ends_at, leave.taken_back_at or leave.ends_at)
    closes_at = min(closes_at, leave.given_at)
    last = end - dt.timedelta(microseconds=1)
    assert rules.is_locked(end, closes_at=closes_at, locks_from=closes_at, exceptions=[leave])
    if end > leave.given_at:
        assert not rules.is_locked(last, closes_at=closes_at, locks_from=closes_at, exceptions=[leave])


@given(moments, moments, several)
def test_only_who_is_late_can_be_locked_out_and_without_the_switch_nobody_is(at, closes_at, given_leave):
    locked = rules.is_locked(at, closes_at=closes_at, locks_from=OPENED_AT, exceptions=given_leave)
    assert not locked or rules.is_late(at, closes_at=closes_at)
    assert not rules.is_locked(at, closes_at=closes_at, locks_from=None, exceptions=given_leave)


@given(moments, moments, several)
def test_once_the_last_exception_is_over_every_late_unit_is_locked(at, closes_at, given_leave):
    over = max([closes_at, *(e.ends_at for e in given_leave)])
    later = max(at, over)
    assert rules.is_locked(later, closes_at=closes_at, locks_from=OPENED_AT, exceptions=given_leave)


@given(kinds, moments, levels, several)
def test_an_own_deadline_is_that_of_the_level_or_later(kind, common, by_level, given_leave):
    plain = rules.own_deadline(kind, common=common, levels=by_level)
    own = rules.own_deadline(kind, common=common, levels=by_level, exceptions=given_leave)
    assert plain == by_level.get(rules.level_of(kind).code, common)
    assert own >= plain
    standing = [e.ends_at for e in given_leave if e.moves_deadline and e.taken_back_at is None]
    assert own == max([plain, *standing])


@given(moments, levels, st.integers(-200, 200))
def test_an_extension_for_all_keeps_the_distances_between_levels(common, by_level, moved_hours):
    moved = rules.moved_along(by_level, common=common, to=common + dt.timedelta(hours=moved_hours))
    assert set(moved) == {rules.COMMON, *by_level}
    assert all(moved[code] - moved[rules.COMMON] == by_level[code] - common for code in by_level)


def test_every_kind_of_unit_is_of_one_level():
    placed = [kind for level in rules.LEVELS for kind in level.kinds]
    assert sorted(placed) == sorted(Unit.Kind.values)


def test_before_the_first_of_october_is_all_of_september_in_hanoi():
    midnight = dt.datetime(2022, 10, 1, tzinfo=HANOI)
    assert not rules.is_late(dt.datetime(2022, 9, 30, 23, 59, 59, tzinfo=HANOI), closes_at=midnight)
    assert rules.is_late(midnight, closes_at=midnight)
    # The same two moments as a server in London writes them down.
    assert not rules.is_late(dt.datetime(2022, 9, 30, 16, 59, 59, tzinfo=dt.UTC), closes_at=midnight)
    assert rules.is_late(dt.datetime(2022, 9, 30, 17, tzinfo=dt.UTC), closes_at=midnight)


def test_the_database_locks_the_very_units_that_the_rule_locks(db):
    campaign = week()
    host = unit_of(campaign, "th-lamson")
    roster = RosterUnit.objects.filter(campaign=campaign)

    @settings(max_examples=25)
    @given(moments, st.none() | moments, several)
    def the_two_agree(at, locks_from, given_leave):
        host.campaign.locks_from = locks_from
        host.campaign.save()
        host.exceptions.all().delete()
        DeadlineException.objects.bulk_create(
            DeadlineException(
                host=host, reason="Mưa lũ", given_at=e.given_at, ends_at=e.ends_at, moves_deadline=e.moves_deadline,
                taken_back_at=e.taken_back_at,
            )
            for e in given_leave
        )  # fmt: skip
        locked = rules.is_locked(at, closes_at=TOO_LATE, locks_from=locks_from, exceptions=given_leave)
        assert is_locked(host, at=at) == locked
        assert (host.pk in locked_ids(roster, at=at)) == locked
        open_ends = [e.ends_at for e in given_leave if e.is_open(at)]
        assert let_in_until(host, at=at) == max(open_ends, default=None)

    the_two_agree()
