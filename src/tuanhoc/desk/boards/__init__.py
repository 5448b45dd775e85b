"""The board as pages show it: rows and bars, what was asked to see, the pace of replies, the table to take away."""

from .rows import (
    STATES,
    BoardRow,
    Group,
    Segment,
    Tile,
    alone,
    by_kind,
    by_level,
    chain_above,
    first_owed,
    names_above,
    owed_in_words,
    replied,
    rows_under,
    segments,
    state_code,
    state_words,
    tiles,
)

__all__ = [
    "STATES", "BoardRow", "Group", "Segment", "Tile", "alone", "by_kind", "by_level", "chain_above", "first_owed",
    "names_above", "owed_in_words", "replied", "rows_under", "segments", "state_code", "state_words", "tiles",
]  # fmt: skip
