"""The merged schedule edited in Word and read again: every edit is proposed, nothing else is, no word is lost."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuanhoc.schedule.comeback import FIELDS, Kind, known
from tuanhoc.schedule.tests.edited_papers import YEAR, come_back, edited, printed, proposed

WHOLE = ["type_over_heads", "swap_columns", "delete_notes", "join_tables"]


def state_after(of, comparison):
    """Return the rows that stand when every proposal is accepted."""
    rows = {line.activity_id: dict(known(line, year=YEAR).cells) for line in of}
    added = []
    for proposal in comparison.proposals:
        if proposal.kind is Kind.REMOVED:
            del rows[proposal.activity_id]
        elif proposal.kind is Kind.ADDED:
            added.append(dict(proposal.after))
        else:
            rows[proposal.activity_id].update(proposal.after)
    return Counter(tuple(row[n] for n in FIELDS) for row in [*rows.values(), *added])


def state_on_paper(hand):
    return Counter(tuple(cells.get(n, "") for n in FIELDS) for cells in hand.cells.values())


def test_the_paper_as_printed_proposes_nothing_and_leaves_nothing():
    of, hand = edited(1, count=40, edits=0)
    for data in (printed(of), hand.saved()):
        comparison = come_back(of, data)
        assert (comparison.unchanged, comparison.proposals, comparison.loose) == (40, (), ())


@pytest.mark.parametrize("seed", range(12))
def test_two_hundred_random_edits_are_proposed_one_for_one(seed):
    of, hand = edited(seed, count=60, edits=20)
    comparison = come_back(of, hand.saved())
    assert proposed(comparison) == hand.meant(of)
    assert comparison.loose == ()


def test_two_hundred_edits_of_one_paper_lose_nothing():
    of, hand = edited(2022, count=250, edits=200)
    comparison = come_back(of, hand.saved())
    assert state_after(of, comparison) == state_on_paper(hand)
    assert comparison.loose == ()


@pytest.mark.parametrize("whole", WHOLE)
@pytest.mark.parametrize("seed", range(3))
def test_edits_are_found_whatever_was_done_to_the_table(seed, whole):
    of, hand = edited(100 + seed, count=60, edits=15)
    getattr(hand, whole)()
    comparison = come_back(of, hand.saved())
    assert proposed(comparison) == hand.meant(of)


@pytest.mark.parametrize("seed", range(6))
def test_without_any_mark_what_the_paper_says_is_still_what_stands(seed):
    of, hand = edited(200 + seed, count=60, edits=20)
    hand.lose_marks()
    comparison = come_back(of, hand.saved())
    assert state_after(of, comparison) == state_on_paper(hand)
    assert comparison.loose == ()


@given(st.integers(1_000, 10**9))
@settings(max_examples=10, deadline=None)
def test_accepting_everything_gives_the_paper(seed):
    of, hand = edited(seed, count=25, edits=12)
    comparison = come_back(of, hand.saved())
    assert state_after(of, comparison) == state_on_paper(hand)


def test_a_paper_that_lacks_a_third_of_the_lines_takes_none_out_unasked():
    of, hand = edited(7, count=60, edits=0)
    for row in hand.rows()[:21]:
        row.getparent().remove(row)
    codes = [p.codes for p in come_back(of, hand.saved()).proposals]
    assert codes == [("many_removed",)] * 21
