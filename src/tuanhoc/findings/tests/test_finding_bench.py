"""The labelled pairs of the bench: those written by hand, and a part of those drawn by chance."""

import pytest
from bench.finding import scoring
from bench.finding.generator import Province

from tuanhoc.findings.rules import TWICE, search


@pytest.mark.parametrize("name", ["by_hand.txt", "by_hand_held_out.txt"])
def test_pairs_labelled_by_hand_are_found_as_well_as_is_wanted(name):
    pairs, shown = scoring.shown_of(name)
    assert len(pairs) >= 50
    assert scoring.of_hand(pairs, shown).is_enough


@pytest.mark.parametrize("part", [0, 1])
def test_pairs_drawn_by_chance_are_found_as_well_as_is_wanted(part):
    drawn = Province(7, part=part, times=3).schedule(rows=800, same=150, apart=200)
    found = {(f.one.activity_id, f.other.activity_id) for f in search(drawn.rows, drawn.areas) if f.kind == TWICE}
    score = scoring.of_labels(drawn, found)
    assert score.same == 150
    assert score.is_enough


def test_a_score_below_what_is_wanted_is_not_enough():
    assert scoring.Score(same=100, apart=100, right=90, wrong=4).is_enough
    assert not scoring.Score(same=100, apart=100, right=89, wrong=0).is_enough
    assert not scoring.Score(same=100, apart=100, right=95, wrong=6).is_enough
    assert not scoring.Score(same=100, apart=0, right=0, wrong=0).is_enough
