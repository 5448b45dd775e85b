"""The forms of the bench: a part of those drawn by chance, and all that were written by hand."""

import pytest
from bench.forms import by_hand, generator, scoring

from .form_papers import WEEK


@pytest.mark.parametrize("paper", by_hand.papers(), ids=lambda paper: paper.shape)
def test_a_form_written_by_hand_is_read_as_it_is_meant(paper):
    found = scoring.score([paper], WEEK)
    assert (found.right, found.given, found.lost) == (found.true, found.true, [])
    assert found.units_right == found.units


def test_forms_drawn_by_chance_reach_the_figures_wanted():
    found = scoring.score(generator.papers(60, seed=7), WEEK)
    assert found.f1 >= 0.98
    assert found.lost == []
    assert found.sure_wrong <= 0.005 * found.sure
