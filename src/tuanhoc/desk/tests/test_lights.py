"""The lights of the leader's page: worse facts, or less time, never give a greener light."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tuanhoc.desk import rules
from tuanhoc.desk.rules import Light, Matter

few = settings(max_examples=60, deadline=None)
counts = st.integers(0, 2000)
shares = st.floats(0, 100, allow_nan=False)
more = st.integers(0, 500)
days = st.integers(-30, 60)


@few
@given(counts, counts, shares, shares, more)
def test_fewer_replies_or_less_time_never_turn_the_registrations_greener(replied, missing, over, later, fewer):
    total = replied + missing
    now = rules.registrations_light(replied=replied, total=total, time_over=min(over, later))
    worse = rules.registrations_light(replied=max(0, replied - fewer), total=total, time_over=max(over, later))
    assert worse >= now


@few
@given(st.none() | st.integers(0, 60), st.integers(0, 60))
def test_a_longer_wait_is_never_greener(oldest, longer):
    after = longer if oldest is None else oldest + longer
    assert rules.review_light(oldest_days=after) >= rules.review_light(oldest_days=oldest)


@few
@given(counts, counts, counts, counts, more, more, more)
def test_more_duties_overdue_blocked_or_unowned_are_never_greener(overdue, blocked, unowned, rest, a, b, c):
    # The plan asks the same number of things: what becomes overdue was in time before.
    total = overdue + rest + a
    now = rules.duties_light(overdue=overdue, blocked=blocked, unowned=unowned, total=total)
    worse = rules.duties_light(overdue=overdue + a, blocked=blocked + b, unowned=unowned + c, total=total)
    assert worse >= now


@few
@given(counts, counts, more)
def test_more_duties_without_a_day_are_never_greener(undated, dated, more_undated):
    total = undated + dated + more_undated
    lights = [
        rules.duties_light(overdue=0, blocked=0, unowned=0, undated=n, total=total)
        for n in (undated, undated + more_undated)
    ]
    assert lights == sorted(lights)


def test_a_plan_of_which_more_than_half_has_no_day_is_not_green():
    assert [rules.duties_light(overdue=0, blocked=0, unowned=0, undated=n, total=32) for n in (0, 16, 17, 32)] == [
        Light.GREEN, Light.GREEN, Light.AMBER, Light.AMBER,
    ]  # fmt: skip


@few
@given(counts, counts, more)
def test_more_failed_messages_are_never_greener(failed, arrived, again):
    total = failed + arrived + again
    assert rules.mail_light(failed=failed + again, total=total) >= rules.mail_light(failed=failed, total=total)


@few
@given(st.integers(-30, 60), more, counts, more)
def test_a_nearer_week_or_more_changes_are_never_greener(to_week, nearer, changes, added):
    for released in (True, False):
        now = rules.schedule_light(days_to_week=to_week, is_released=released, changes=changes)
        worse = rules.schedule_light(days_to_week=to_week - nearer, is_released=released, changes=changes + added)
        assert worse >= now


@few
@given(days, st.integers(0, 30), counts, more)
def test_a_nearer_deadline_or_more_missing_are_never_greener(left, less, missing, others):
    now = rules.deadline_light(days_left=left, missing=missing)
    assert rules.deadline_light(days_left=left - less, missing=missing + others) >= now


def test_the_limits_are_those_the_page_says():
    assert [rules.registrations_light(replied=n, total=100, time_over=100) for n in (100, 90, 89, 75, 74)] == [
        Light.GREEN, Light.GREEN, Light.AMBER, Light.AMBER, Light.RED,
    ]  # fmt: skip
    assert [rules.review_light(oldest_days=d) for d in (None, 1, 2, 3, 4)] == [
        Light.GREEN, Light.GREEN, Light.AMBER, Light.AMBER, Light.RED,
    ]  # fmt: skip
    assert [rules.duties_light(overdue=n, blocked=0, unowned=0, total=100) for n in (0, 1, 10, 11)] == [
        Light.GREEN, Light.AMBER, Light.AMBER, Light.RED,
    ]  # fmt: skip
    assert [rules.mail_light(failed=n, total=100) for n in (0, 1, 2, 3)] == [
        Light.GREEN, Light.AMBER, Light.AMBER, Light.RED,
    ]  # fmt: skip
    assert [rules.schedule_light(days_to_week=d, is_released=False, changes=0) for d in (4, 3, 1, 0)] == [
        Light.GREEN, Light.AMBER, Light.AMBER, Light.RED,
    ]  # fmt: skip
    assert [rules.deadline_light(days_left=d, missing=1) for d in (4, 3, 2, 1, 0, -2)] == [
        Light.GREEN, Light.AMBER, Light.AMBER, Light.RED, Light.RED, Light.RED,
    ]  # fmt: skip


def test_the_whole_is_as_its_worst_branch():
    assert rules.worst([Light.GREEN, Light.RED, Light.AMBER]) is Light.RED
    assert rules.worst([]) is Light.GREEN


@few
@given(st.lists(st.sampled_from(list(Light)), max_size=12))
def test_five_matters_at_most_the_most_pressing_first_and_none_that_is_green(lights):
    matters = [Matter(light, str(n), "desk:board") for n, light in enumerate(lights)]
    first = rules.first_matters(matters)
    assert len(first) == min(5, sum(light > Light.GREEN for light in lights))
    assert [m.light for m in first] == sorted((m.light for m in first), reverse=True)
    left = [m for m in matters if m not in first]
    assert all(m.light <= first[-1].light for m in left) if first else all(m.light is Light.GREEN for m in left)
