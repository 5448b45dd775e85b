"""Trees over time, as pure rules: spans never overlap, figures stand in one place, totals stay equal."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuanhoc.units.rules.trees import (
    Heir,
    How,
    Landscape,
    Life,
    Span,
    cut_from,
    first_circle,
    grand_total,
    outside,
    put_from,
    rolled_up,
    value_on,
)

START = dt.date(2022, 1, 1)
days = st.integers(0, 40).map(lambda n: START + dt.timedelta(days=n))
WHOLE = [START + dt.timedelta(days=n) for n in range(-2, 45)]
moves = st.lists(st.tuples(st.sampled_from("abc"), days), max_size=8)


def spans_of(changes):
    spans = [Span("z")]
    for value, day in changes:
        spans = put_from(spans, value, day)
    return spans


@given(moves)
def test_on_any_day_one_thing_holds(changes):
    for day in WHOLE:
        assert sum(span.covers(day) for span in spans_of(changes)) == 1


@given(moves, st.sampled_from("abc"), days)
def test_what_is_put_holds_from_its_day_to_the_next_known_change(changes, value, day):
    before = spans_of(changes)
    after = put_from(before, value, day)
    until = next(span for span in before if span.covers(day)).last
    for one in WHOLE:
        inside = day <= one and (until is None or one <= until)
        assert value_on(after, one) == (value if inside else value_on(before, one))


@given(moves, days)
def test_after_a_cut_nothing_holds(changes, day):
    before = spans_of(changes)
    after = cut_from(before, day)
    assert [value_on(after, one) for one in WHOLE] == [value_on(before, one) if one < day else None for one in WHOLE]


def test_a_gap_is_filled_up_to_the_next_span_only():
    later = Span("b", START + dt.timedelta(days=9))
    assert put_from([later], "a", START) == [Span("a", START, START + dt.timedelta(days=8)), later]


def test_a_circle_is_found_on_its_day_and_not_before():
    turn = dt.date(2022, 6, 1)
    edges = {1: [Span(2)], 2: [Span(3, None, dt.date(2022, 5, 31)), Span(1, turn)]}
    assert first_circle(edges, since=START) == (turn, [1, 2])
    assert first_circle({1: edges[1], 2: edges[2][:1]}, since=START) is None


DAY = dt.date(2025, 7, 1)
BEFORE = DAY - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("heirs", "holder", "how"),
    [
        ([Heir(3, 4, DAY)], 4, How.SUCCESSOR),
        ([Heir(3, 5, DAY, is_main=False), Heir(3, 4, DAY)], 4, How.SPLIT),
        ([], 2, How.ABOVE),
    ],
)
def test_a_closed_units_figures_go_whole_to_its_main_successor_else_up(heirs, holder, how):
    lives = {1: Life(), 2: Life(), 3: Life(None, BEFORE), 4: Life(DAY), 5: Life(DAY)}
    edges = {2: [Span(1)], 3: [Span(2, None, BEFORE)], 4: [Span(1, DAY)], 5: [Span(1, DAY)]}
    land = Landscape.of(lives, edges, heirs)
    placed = land.placed(3, DAY)
    assert (placed.holder, placed.how) == (holder, how)
    assert land.placed(3, BEFORE) == type(placed)(3, How.OWN, "/1/2/3/")


def test_a_unit_that_gave_a_part_away_keeps_its_figures():
    lives = {1: Life(), 2: Life(DAY)}
    land = Landscape.of(lives, {}, [Heir(1, 2, DAY, is_main=False, is_part=True)])
    assert land.placed(1, DAY).how is How.OWN
    assert land.placed(2, BEFORE) == type(land.placed(2, DAY))(1, How.BEFORE, "/1/")


def test_another_spelling_stands_where_its_unit_stands_on_any_day():
    land = Landscape.of({1: Life(), 2: Life(None, None, same_as=1)}, {}, [])
    assert [land.placed(2, day).holder for day in (START, DAY)] == [1, 1]


@st.composite
def landscapes(draw):
    """Any life spans, edges and successions at all, circles included: totals must not depend on tidy data."""
    units = range(1, draw(st.integers(2, 9)) + 1)
    some = st.sampled_from(list(units))
    lives = {}
    for unit in units:
        first, last = sorted([draw(days), draw(days)])
        same = draw(st.none() | some) if draw(st.booleans()) else None
        lives[unit] = Life(draw(st.none() | st.just(first)), draw(st.none() | st.just(last)), same)
    edges = {unit: [Span(draw(some), None, draw(st.none() | days))] for unit in units if draw(st.booleans())}
    heirs = [Heir(draw(some), draw(some), draw(days), draw(st.booleans())) for _ in range(draw(st.integers(0, 6)))]
    return Landscape.of(lives, edges, heirs)


figures = st.dictionaries(st.integers(1, 9), st.none() | st.integers(0, 500))


@settings(max_examples=150)
@given(landscapes(), figures, days)
def test_any_figures_have_the_same_grand_total_in_the_tree_of_any_day(land, given_figures, day):
    own = {unit: f"/{unit}/" for unit in land.lives}
    today = {unit: land.placed(unit, day).path for unit in land.lives}
    assert set(today) == set(own)
    roots = {path[: path.index("/", 1) + 1] for path in today.values()}
    rolled = rolled_up(today, given_figures)
    total = grand_total(own, given_figures)
    assert sum(rolled[root].asked for root in roots) == total.asked
    assert sum(rolled[root].gave for root in roots) == total.gave
    assert sum(rolled[root].value or 0 for root in roots) == (total.value or 0)


@settings(max_examples=80)
@given(landscapes(), landscapes(), figures, days)
def test_a_total_over_two_trees_counts_a_unit_once(first, second, given_figures, day):
    named = [*(leaf for leaf in first.lives), *(leaf for leaf in second.lives)]
    each = {unit: given_figures.get(unit) for unit in set(named)}
    total = grand_total(named, given_figures)
    assert (total.asked, total.value or 0) == (len(each), sum(value or 0 for value in each.values()))
    assert outside(each, first.edges, day) <= set(each)


def test_nothing_reported_is_not_zero():
    assert grand_total([1, 2], {1: None, 2: None}).value is None
    assert grand_total([1, 2], {1: 0}).value == 0
