"""The rows of the edited paper beside the lines it was printed from: which is which, and what was changed."""

from collections import Counter
from collections.abc import Mapping, Sequence

from tuanhoc.lib.text import fold, name_key, words

from .assignment import best_pairs
from .moments import moment_in
from .values import FIELDS, Comparison, Kind, Known, Paper, PaperRow, Proposal

_WEIGHTS = {"content": 5.0, "unit": 2.5, "place": 1.5, "when": 1.0, "day": 1.0, "note": 0.5}
#: Rows less alike than this are two: one taken out, one put in.
_ALIKE = 0.55
#: A mark is believed as long as the row still has something of its line.
_MARKED = 0.3
#: So few lines are taken out of a schedule however short it is.
_MOST_GONE = 10
#: A mark is worth so much where it is weighed against words.
_BY_MARK = 0.3


def compare(lines: Sequence[Known], paper: Paper, *, units: frozenset[str], year: int) -> Comparison:
    """Tell which rows are as printed and what the others propose.

    :param units: keys (``name_key``) of all units that may stand in the column "Đơn vị".
    """
    # An activity that a row holds twice is not printed twice: each row is one line's or new.
    pairs = _same_words(lines, paper.rows)
    pairs |= _by_mark(lines, paper.rows, pairs, units)
    pairs |= _alike(lines, paper.rows, pairs, units)
    proposals, unchanged = [], 0
    for number, row in enumerate(paper.rows):
        if number not in pairs:
            proposals.append(_added(row, units))
        elif change := _changed(lines[pairs[number][0]], row, pairs[number][1], year):
            proposals.append(change)
        else:
            unchanged += 1
    standing = {at for at, _sure in pairs.values()}
    gone = [line for at, line in enumerate(lines) if at not in standing]
    # Half a schedule, or another one, takes out more than anybody means to.
    codes = ("many_removed",) if len(gone) > max(_MOST_GONE, len(lines) // 3) else ()
    proposals += [
        Proposal(Kind.REMOVED, x.activity_id, x.cells["unit"], x.cells, {}, codes=codes, line=x.cells) for x in gone
    ]
    return Comparison(len(paper.rows), unchanged, tuple(proposals), paper.loose)


Pairs = dict[int, tuple[int, float]]


def _same_words(lines: Sequence[Known], rows: Sequence[PaperRow]) -> Pairs:
    """Pair the rows that say word for word what a line says; of lines that say the same, the marked one first."""
    pairs: Pairs = {}
    free: dict[frozenset[str], dict[tuple[str, ...], list[int]]] = {}
    taken: set[int] = set()
    by_mark_first = sorted(enumerate(rows), key=lambda numbered: (not numbered[1].marks, numbered[0]))
    for number, row in by_mark_first:
        told = frozenset(row.cells)
        if told not in free:
            free[told] = _by_words(lines, told)
        same = free[told].get(_said(row.cells, told), [])
        at = next((one for one in same if one not in taken and lines[one].activity_id in row.marks), None)
        at = next((one for one in same if one not in taken), None) if at is None else at
        if at is not None:
            taken.add(at)
            pairs[number] = (at, 1.0)
    return pairs


def _by_words(lines: Sequence[Known], told: frozenset[str]) -> dict[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = {}
    for at, line in enumerate(lines):
        found.setdefault(_said(line.cells, told), []).append(at)
    return found


def _said(cells: Mapping[str, str], told: frozenset[str]) -> tuple[str, ...]:
    return tuple(cells[name] for name in FIELDS if name in told)


def _by_mark(lines: Sequence[Known], rows: Sequence[PaperRow], pairs: Pairs, units: frozenset[str]) -> Pairs:
    of_activity = {line.activity_id: at for at, line in enumerate(lines)}
    taken = {at for at, _sure in pairs.values()}
    likeness = _Likeness(lines, rows, units)
    found: Pairs = {}
    offers = [
        (likeness.of(at, number), number, at)
        for number, row in enumerate(rows)
        if number not in pairs
        for at in {of_activity[mark] for mark in row.marks if mark in of_activity}
        if at not in taken
    ]
    for alike, number, at in sorted(offers, key=lambda offer: (-offer[0], offer[1])):
        if alike >= _MARKED and number not in found and at not in taken:
            found[number] = (at, 0.99 if alike >= _ALIKE else 0.75)
            taken.add(at)
    return found


def _alike(lines: Sequence[Known], rows: Sequence[PaperRow], pairs: Pairs, units: frozenset[str]) -> Pairs:
    """Pair what is left so that all pairs together are most alike."""
    taken = {at for at, _sure in pairs.values()}
    left = [at for at in range(len(lines)) if at not in taken]
    likeness = _Likeness(lines, rows, units)
    activities = {line.activity_id for line in lines}
    scores: dict[tuple[int, int], float] = {}
    for number, row in enumerate(rows):
        if number in pairs:
            continue
        for at in _candidates(row, lines, left):
            alike = likeness.of(at, number)
            if lines[at].activity_id in row.marks:
                alike += _BY_MARK
            elif activities.intersection(row.marks):
                # It is marked as another line: only much the same words say that it is this one all the same.
                alike -= _BY_MARK
            if alike >= _ALIKE:
                scores[number, at] = alike
    return {number: (at, min(0.95, scores[number, at])) for number, at in best_pairs(scores).items()}


def _candidates(row: PaperRow, lines: Sequence[Known], left: Sequence[int]) -> Sequence[int]:
    # A whole other schedule has no pairs to find: only lines of the same unit or words are looked at then.
    if len(left) <= 500:
        return left
    key, content = name_key(row.cells.get("unit", "")), row.cells.get("content")
    return [at for at in left if lines[at].unit_key == key or lines[at].cells["content"] == content][:500]


class _Likeness:
    """How alike a line and a row are, 0 to 1. A field the paper does not tell does not count."""

    def __init__(self, lines: Sequence[Known], rows: Sequence[PaperRow], units: frozenset[str]) -> None:
        self.lines, self.rows, self.units = lines, rows, units
        self._counted: dict[str, Counter[str]] = {}
        self._keys: dict[str, str] = {}

    def of(self, at: int, number: int) -> float:
        line, row = self.lines[at], self.rows[number]
        key = self._key(row.cells.get("unit", line.cells["unit"]))
        if key != line.unit_key and key in self.units:
            # It names another unit: that unit's new activity, whatever words it shares.
            return 0.0
        total = sum(_WEIGHTS[name] for name in row.cells)
        alike = sum(_WEIGHTS[name] * self._same(line.cells[name], text) for name, text in row.cells.items())
        return alike / total if total else 0.0

    def _same(self, one: str, other: str) -> float:
        if one == other:
            return 1.0
        ours, theirs = self._count(one), self._count(other)
        both = sum((ours & theirs).values())
        return 2 * both / (ours.total() + theirs.total()) if both else 0.0

    def _count(self, text: str) -> Counter[str]:
        if text not in self._counted:
            self._counted[text] = Counter(words(fold(text)))
        return self._counted[text]

    def _key(self, text: str) -> str:
        if text not in self._keys:
            self._keys[text] = name_key(text)
        return self._keys[text]


def _added(row: PaperRow, units: frozenset[str]) -> Proposal:
    after = {name: row.cells.get(name, "") for name in FIELDS}
    codes = list(row.codes) + ([] if name_key(after["unit"]) in units else ["unit_unknown"])
    codes += ["no_content"] if not after["content"] else []
    return Proposal(Kind.ADDED, None, after["unit"], {}, after, row.where, codes=tuple(codes), line=after)


def _changed(line: Known, row: PaperRow, sure: float, year: int) -> Proposal | None:
    """Return what a row changes of its line; None when it says the same in other spelling."""
    names = [name for name in FIELDS if name in row.cells and not _means_the_same(name, line, row, year)]
    if not names:
        return None
    after = {name: row.cells[name] for name in names}
    codes = [code for code in row.codes if code != "day_unknown"]
    if "unit" in after:
        codes.append("unit_unknown")
    if "when" in after and moment_in(after["when"], year=year) is None:
        codes.append("when_unread")
    if after.get("content") == "":
        codes.append("no_content")
    if sure < _ALIKE + 0.1:
        codes.append("rewritten")
    before = {name: line.cells[name] for name in names}
    return Proposal(
        Kind.CHANGED, line.activity_id, line.cells["unit"], before, after, row.where, round(sure, 2), tuple(codes),
        line.cells,
    )  # fmt: skip


def _means_the_same(name: str, line: Known, row: PaperRow, year: int) -> bool:
    one, other = line.cells[name], row.cells[name]
    if one == other:
        return True
    if name == "when":
        meant = moment_in(other, year=year)
        return meant is not None and meant == moment_in(one, year=year)
    return name == "unit" and name_key(other) == line.unit_key
