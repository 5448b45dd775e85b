"""A look that remembers the last one: only what changed since, and what could pair with it, is searched.

What is said of two rows depends on nothing but the two (``searching.search``), so the rest stands as it was found.
"""

import hashlib
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .areas import Areas
from .rows import Read, Row, read
from .searching import Found, search_read, word_keys

#: from this share of changed rows on, searching everything is as quick
MUCH = 0.3


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look found. Findings between two rows of ``still`` stand as they were; all others are in ``found``."""

    found: list[Found]
    still: frozenset[int]
    memory: bytes


@dataclass(frozen=True, slots=True)
class _Kept:
    """A row as the last look saw it: digests of its mark and of all that is read of it, and where it can be met."""

    mark: int
    digest: int
    keys: "array[int]"


def look(rows: Sequence[Row], areas: Areas, edition: str, memory: bytes = b"") -> Looked:
    """Find what :func:`searching.search` finds, reading only what ``memory``, kept by the last look, calls for.

    :param edition: names the rules; a memory of others is of no use, and neither is one of other areas.
    """
    title = _title(edition, areas)
    before = _unpacked(memory, title)
    now = {row.activity_id: (_number(row.mark), _digest(row)) for row in rows}
    still = _still(now, before)
    if len(rows) - len(still) > MUCH * len(rows):
        still = frozenset()
    turned = [row for row in rows if row.activity_id not in still]
    fresh = read(turned, areas)
    keys = {one.row.activity_id: array("I", sorted(_keys(one))) for one in fresh}
    near = _near([row for row in rows if row.activity_id in still], fresh, keys.values(), before)
    found = [
        one
        for one in search_read([*fresh, *read(near, areas)], areas)
        if one.one.activity_id not in still or one.other.activity_id not in still
    ]
    kept = {pk: _Kept(*now[pk], keys[pk] if pk in keys else before[pk].keys) for pk in sorted(now)}
    return Looked(found, still, _packed(kept, title))


def _still(now: Mapping[int, tuple[int, int]], before: Mapping[int, _Kept]) -> frozenset[int]:
    """Return the rows that are what they were, and whose mark no changed row has or had.

    Two rows of one mark are one side of a finding, so when one of them goes the other steps in.
    """
    same = {pk for pk, (_, digest) in now.items() if pk in before and before[pk].digest == digest}
    moved = {kept.mark for pk, kept in before.items() if pk not in same}
    moved |= {mark for pk, (mark, _) in now.items() if pk not in same}
    return frozenset(pk for pk in same if now[pk][0] not in moved)


def _near(
    rows: Iterable[Row], fresh: Sequence[Read], keys: Iterable["array[int]"], before: Mapping[int, _Kept]
) -> Iterator[Row]:
    """Give the rows that have something in common with one of ``fresh``, on a day near one of theirs."""
    wanted = {key for listed in keys for key in listed}
    days = {day for one in fresh for day in range(one.first - 1, one.last + 2)}
    for row in rows:
        if not wanted.isdisjoint(before[row.activity_id].keys):
            first, last = row.held_on.toordinal(), row.last_day.toordinal()
            if not days.isdisjoint(range(first, last + 1)):
                yield row


def _keys(one: Read) -> set[int]:
    """Return numbers for all by which ``searching`` lets it meet another; two names of one number do no harm."""
    anchors = one.place.anchors or (one.own,)
    pairs = (f"{a} {b}" for a, b in word_keys(one))
    return {zlib.crc32(name.encode()) for name in (*anchors, *pairs, *one.people)}


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "ignore"), digest_size=8).digest(), sys.byteorder)


def _digest(row: Row) -> int:
    """Return a number for everything that is read of a row."""
    said = (
        row.unit_id, row.unit_name, row.area_id, row.held_on, row.ends_on, row.starts_at, row.ends_at,
        row.part_of_day, row.place, row.content, row.host, row.note, row.contact, row.is_online,
    )  # fmt: skip
    return _number("\x1f".join(map(str, said)))


def _title(edition: str, areas: Areas) -> bytes:
    """Return what a memory begins with: of which rules and areas it is, and on what machine it can be read."""
    listed = sorted((a.id, a.name, a.level, a.parent_id) for a in areas.by_id.values())
    return hashlib.blake2b(f"{edition}|{sys.byteorder}|{listed}".encode(), digest_size=16).digest()


def _packed(kept: Mapping[int, _Kept], title: bytes) -> bytes:
    """Return a memory: its title, how many rows, then their ids, marks, digests, how many keys each, and the keys."""
    rows = kept.values()
    columns = (
        array("q", [len(kept)]), array("q", kept), array("Q", (x.mark for x in rows)),
        array("Q", (x.digest for x in rows)), array("H", (len(x.keys) for x in rows)),
    )  # fmt: skip
    return b"".join((title, *(c.tobytes() for c in columns), *(x.keys.tobytes() for x in rows)))


def _unpacked(memory: bytes, title: bytes) -> dict[int, _Kept]:
    """Read a memory; one of another title, or cut short, is none."""
    if memory[: len(title)] != title:
        return {}
    at = len(title) + 8
    n = array("q", memory[len(title) : at])[0]
    columns = []
    for kind in ("q", "Q", "Q", "H"):
        size = array(kind).itemsize * n
        columns.append(array(kind, memory[at : at + size]))
        at += size
    ids, marks, digests, counts = columns
    if len(memory) - at != 4 * sum(counts):
        return {}
    keys = array("I", memory[at:])
    found, start = {}, 0
    for pk, mark, digest, count in zip(ids, marks, digests, counts, strict=True):
        found[pk] = _Kept(mark, digest, keys[start : start + count])
        start += count
    return found
