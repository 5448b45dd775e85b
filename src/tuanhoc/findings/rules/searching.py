"""The search: who can be alike is met by a common place or common words, never everybody with everybody."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from . import clashes, words
from .areas import Areas
from .likeness import SHOWN, likeness
from .rows import Read, Row, read

#: what is found: the same event twice, one hall at once, one speaker at once
TWICE, HALL, SPEAKER = "twice", "hall", "speaker"
#: sureness of a clash when hours say so, and when a part of day leaves it open
_SURE, _POSSIBLE = 0.9, 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """Two rows to ask about; ``one`` has the smaller activity id. ``about``: the hall's or the speaker's name."""

    kind: str
    one: Row
    other: Row
    score: float
    reasons: tuple[str, ...] = ()
    about: str = ""

    @property
    def pair(self) -> str:
        """The same for the same two rows, whatever their order; another when either changes."""
        return ":".join(sorted((self.one.mark, self.other.mark)))


Index = dict[Hashable, list[int]]


def search(rows: Sequence[Row], areas: Areas) -> list[Found]:
    """Return everything worth a question, the surest first.

    Independent of the order of the rows; what is said of two rows does not depend on the others.
    """
    return search_read(read(rows, areas), areas)


def search_read(reads: Iterable[Read], areas: Areas) -> list[Found]:
    """Do the same of rows already read."""
    reads = sorted(reads, key=lambda one: (one.row.held_on, one.row.activity_id))
    twice = list(_twice(reads, areas))
    together = {(found.one.activity_id, found.other.activity_id) for found in twice}
    halls = [f for f in _halls(reads) if (f.one.activity_id, f.other.activity_id) not in together]
    found = [*twice, *halls, *_speakers(reads, together)]
    return sorted(found, key=lambda f: (-f.score, f.one.activity_id, f.other.activity_id, f.kind))


def _found(kind: str, a: Read, b: Read, score: float, reasons: tuple[str, ...], about: str = "") -> Found:
    one, other = sorted((a.row, b.row), key=lambda row: row.activity_id)
    return Found(kind, one, other, score, reasons, about)


def _twice(reads: Sequence[Read], areas: Areas) -> Iterator[Found]:
    size = len(reads)
    for key in sorted(_candidates(reads, areas)):
        a, b = reads[key // size], reads[key % size]
        alike = likeness(a, b, areas)
        if alike.score >= SHOWN:
            yield _found(TWICE, a, b, alike.score, alike.reasons)


def _candidates(reads: Sequence[Read], areas: Areas) -> set[int]:
    """Return ``i * len(reads) + j`` of each two that have a place or neighbouring words in common, and days near."""
    here, below = _indexed(reads, areas)
    days = [(row.first, row.last + 1, row.row.unit_id) for row in reads]
    found: set[int] = set()
    for members in here.values():
        for at, i in enumerate(members):
            _meet(i, members[at + 1 :], days, found)
    for key, members in here.items():
        for i in members if key in below else ():
            _meet(i, below[key], days, found)
    return found


def _indexed(reads: Sequence[Read], areas: Areas) -> tuple[Index, Index]:
    """Return who is at a place, and who says two neighbouring words in an area; and the latter in areas around."""
    here: Index = defaultdict(list)
    below: Index = defaultdict(list)
    for index, row in enumerate(reads):
        for anchor in row.place.anchors or (row.own,):
            here[anchor].append(index)
        chain = (*areas.chain(row.place.area_id), 0)
        for pair in word_keys(row):
            here[chain[0], pair].append(index)
            for area in chain[1:]:
                below[area, pair].append(index)
    return here, below


def _meet(i: int, others: Sequence[int], days: Sequence[tuple[int, int, int]], found: set[int]) -> None:
    """Note each pair of ``i`` and one of another unit whose days meet or stand next to each other."""
    first, until, unit = days[i]
    size = len(days)
    for j in others:
        begins, ends, other = days[j]
        if begins > until:
            # Everybody is in the order of the days.
            break
        if ends >= first and other != unit:
            found.add(i * size + j if i < j else j * size + i)


def word_keys(row: Read) -> set[tuple[str, str]]:
    """Return each two words that stand side by side in it; of very few words, each."""
    alone = {(token, token) for token in row.told} if len(row.told) <= 2 else set()
    return alone | set(words.pairs_of(row.told))


def _halls(reads: Sequence[Read]) -> Iterator[Found]:
    yield from _clashing(reads, HALL, clashes.halls, lambda a, b: a.row.unit_id != b.row.unit_id)


def _speakers(reads: Sequence[Read], together: set[tuple[int, int]]) -> Iterator[Found]:
    def apart(a: Read, b: Read) -> bool:
        pair = tuple(sorted((a.row.activity_id, b.row.activity_id)))
        return pair not in together and clashes.elsewhere(a, b)

    yield from _clashing(reads, SPEAKER, lambda row: row.people, apart)


def _clashing(
    reads: Sequence[Read],
    kind: str,
    wanted: Callable[[Read], Sequence[str] | frozenset[str]],
    counts: Callable[[Read, Read], bool],
) -> Iterator[Found]:
    by_name: Mapping[str, list[int]] = defaultdict(list)
    for index, row in enumerate(reads):
        for name in wanted(row):
            by_name[name].append(index)
    seen: set[tuple[int, int]] = set()
    for name in sorted(by_name):
        members = by_name[name]
        for at, i in enumerate(members):
            for j in members[at + 1 :]:
                if reads[j].first > reads[i].last:
                    break
                met = clashes.overlap(reads[i], reads[j]) if (i, j) not in seen else None
                if met and counts(reads[i], reads[j]):
                    seen.add((i, j))
                    reason = "sure_clash" if met.sure else "possible_clash"
                    yield _found(kind, reads[i], reads[j], _SURE if met.sure else _POSSIBLE, (reason,), name)
