"""A corrected form beside the one it corrects: which rows came, went, and what changed in those that stayed."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.lib.text import fold

#: The words of two rows as near as this are one row reworded.
_REWORDED = 0.6
#: Rows compared word by word with one other.
_SHORT = 60
_COMPARED = ("held_on", "ends_on", "starts_at", "ends_at", "part_of_day", "place", "content", "note", "host", "contact")


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that differs: ``before`` None when it is new, ``after`` None when it is gone."""

    before: ActivityDraft | None
    after: ActivityDraft | None
    fields: tuple[str, ...] = ()


def differences(before: Sequence[ActivityDraft], after: Sequence[ActivityDraft]) -> list[RowChange]:
    """Return what changed from one form to the next: in the new one's order, what is gone last."""
    left, right = list(before), list(after)
    for row in before:
        if twin := next((other for other in right if not _fields(row, other)), None):
            left.remove(row)
            right.remove(twin)
    changes = []
    for row in right:
        old = max(_near(left, row), key=lambda other: _alike(other, row), default=None)
        if old is not None and _alike(old, row) >= _REWORDED:
            left.remove(old)
            changes.append(RowChange(old, row, _fields(old, row)))
        else:
            changes.append(RowChange(None, row))
    return [*changes, *(RowChange(row, None) for row in left)]


def _near(rows: Sequence[ActivityDraft], to: ActivityDraft) -> Sequence[ActivityDraft]:
    """Return the rows worth comparing word by word: of a long form, those of the same day or with the same words."""
    if len(rows) <= _SHORT:
        return rows
    content = fold(to.content)
    return [row for row in rows if row.held_on == to.held_on or fold(row.content) == content][:_SHORT]


def _fields(one: ActivityDraft, other: ActivityDraft) -> tuple[str, ...]:
    return tuple(name for name in _COMPARED if getattr(one, name) != getattr(other, name))


def _alike(one: ActivityDraft, other: ActivityDraft) -> float:
    same_day = one.held_on == other.held_on
    words = SequenceMatcher(None, fold(one.content)[:300], fold(other.content)[:300], autojunk=False).ratio()
    place = fold(one.place) == fold(other.place) and bool(one.place)
    return 0.7 * words + 0.2 * same_day + 0.1 * place
