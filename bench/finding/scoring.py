"""How well pairs of one event are found: what is shown, held against the labels."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tuanhoc.findings.rules import TWICE, search

from . import by_hand
from .generator import Drawn

#: wanted of labelled pairs
PRECISION, RECALL = 0.95, 0.9


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of one event, pairs that only look alike, and how many of each are shown as one."""

    same: int
    apart: int
    right: int
    wrong: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.same

    @property
    def is_enough(self) -> bool:
        return self.precision >= PRECISION and self.recall >= RECALL


def shown_of(name: str) -> tuple[list[by_hand.Pair], list[bool]]:
    """Return the pairs of a file labelled by hand, and whether each is shown as one event."""
    province = by_hand.Province()
    pairs = by_hand.read_pairs(name, province)
    areas = province.all()
    return pairs, [any(f.kind == TWICE for f in search([p.one, p.other], areas)) for p in pairs]


def of_hand(pairs: Sequence[by_hand.Pair], shown: Sequence[bool]) -> Score:
    """Return the score of pairs labelled by hand."""
    right = sum(was and pair.is_same for was, pair in zip(shown, pairs, strict=True))
    same = sum(pair.is_same for pair in pairs)
    return Score(same, len(pairs) - same, right, sum(shown) - right)


def of_labels(drawn: Drawn, found: Collection[tuple[int, int]]) -> Score:
    """Return the score of the labelled pairs of a drawn schedule."""
    right, wrong = (sum(pair in found for pair in pairs) for pairs in (drawn.same, drawn.apart))
    return Score(len(drawn.same), len(drawn.apart), right, wrong)
