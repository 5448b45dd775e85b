"""Which row of a later list continues which row of an earlier one. Pure: no Django, no clock."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Columns of a frozen row in the order a person reads them, and which of them are compared.
COMPARED = (
    "held_on", "ends_on", "starts_at", "ends_at", "part_of_day", "form", "place", "content", "audience", "host",
    "link", "contact", "note",
)  # fmt: skip


def continued(before: Sequence[tuple[str, ...]], after: Sequence[tuple[str, ...]]) -> list[int | None]:
    """Return for each row of ``after`` the place in ``before`` of the row it continues; None: it is new.

    Rows that are the same continue each other, in order and then wherever they moved to; then those that say the
    same (the first word of a key) at another hour or place; then those between the same neighbours that are alike.

    :param before: keys of rows, most telling word first.

    >>> continued([("A",), ("B",), ("C",)], [("B",), ("C",), ("D",)])
    [1, 2, None]
    >>> continued([("A", "7h"), ("B", "8h")], [("B", "8h"), ("A", "9h")])
    [1, 0]
    """
    found: list[int | None] = [None] * len(after)
    free = dict.fromkeys(range(len(before)))
    gaps = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                found[j] = i
                del free[i]
        elif tag == "replace":
            gaps.append((range(i1, i2), range(j1, j2)))
    _pair(found, free, before, after)
    _pair(found, free, [key[:1] for key in before], [key[:1] for key in after])
    for places, others in gaps:
        _fill(found, free, before, after, places, others)
    return found


def _pair(
    found: list[int | None], free: dict[int, None], before: Sequence[Hashable], after: Sequence[Hashable]
) -> None:
    waiting: dict[Hashable, list[int]] = {}
    for place in free:
        waiting.setdefault(before[place], []).append(place)
    for j, key in enumerate(after):
        if found[j] is None and key != ("",) and waiting.get(key):
            found[j] = place = waiting[key].pop(0)
            del free[place]


def _fill(
    found: list[int | None], free: dict[int, None], before: Sequence[tuple[str, ...]], after: Sequence[tuple[str, ...]],
    places: range, others: range,
) -> None:  # fmt: skip
    for j in others:
        like = (i for i in places if i in free and _are_alike(before[i], after[j]))
        if found[j] is None and (place := next(like, None)) is not None:
            found[j] = place
            del free[place]


def _are_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one row may be the other mended: the same hour and place, or much the same words."""
    return one[1:] == other[1:] or SequenceMatcher(None, one[0], other[0]).ratio() >= 0.6


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is new, gone, or says something else than before. Places are 0-based; None where it is not."""

    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    place: int | None
    #: the columns that differ
    columns: tuple[str, ...] = ()


def row_differences(before: Sequence[Mapping[str, object]], after: Sequence[Mapping[str, object]]) -> list[RowChange]:
    """Return how frozen rows differ from earlier ones, in the order of the later list; gone rows last.

    >>> [(c.place, c.columns) for c in row_differences([{"content": "A"}], [{"content": "A", "place": "B"}])]
    [(0, ('place',))]
    """
    kept = continued([_key(row) for row in before], [_key(row) for row in after])
    found = []
    for place, (row, earlier) in enumerate(zip(after, kept, strict=True)):
        if earlier is None:
            found.append(RowChange(None, row, place, COMPARED))
        elif columns := tuple(c for c in COMPARED if (row.get(c) or "") != (before[earlier].get(c) or "")):
            found.append(RowChange(before[earlier], row, place, columns))
    gone = (n for n in range(len(before)) if n not in set(kept))
    return [*found, *(RowChange(before[n], None, None, COMPARED) for n in gone)]


def _key(row: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(row.get(name) or "") for name in ("content", "place", "held_on", "starts_at", "note"))
