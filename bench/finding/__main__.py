"""What finding finds: precision and recall on labelled pairs, and time and memory for 20,000 activities.

``python -m bench.finding [--held-out] [--show] [--rows 20000] [--no-time] [--whole]``
"""

import argparse
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterable

from tuanhoc.findings.rules import CLEAR, SHOWN, TWICE, Found, Row, search
from tuanhoc.findings.rules.rows import read

from . import scoring
from .generator import Drawn
from .generator import Province as Generated
from .scoring import Score
from .whole import whole

#: (seed, half of the phrases): the first was looked at while tuning, the second is held out
TUNED, HELD_OUT = (1, 0), (20221001, 1)


def main() -> int:
    """Print the tables; return 1 if the labelled pairs are not found as well as is wanted."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--held-out", action="store_true", help="measure the part nobody looks at while tuning")
    asked.add_argument("--show", action="store_true", help="print what was judged wrongly")
    asked.add_argument("--rows", type=int, default=20_000)
    asked.add_argument("--no-time", action="store_true")
    asked.add_argument("--whole", action="store_true", help="only the whole look, from the database into it")
    given = asked.parse_args()
    if given.whole:
        whole(Generated(7, times=3).schedule(rows=given.rows, same=500, apart=600), given.rows)
        return 0
    print(
        f"Shown from {SHOWN}\n\n| set | pairs of one event | look-alikes | precision | recall |\n|---|--:|--:|--:|--:|"
    )
    scores = [_by_hand("by_hand_held_out.txt" if given.held_out else "by_hand.txt", show=given.show)]
    seed, part = HELD_OUT if given.held_out else TUNED
    drawn = Generated(seed, part=part, times=3).schedule(rows=4_000, same=500, apart=1_000)
    scores.append(_generated(drawn, show=given.show))
    if not given.no_time:
        _time(given.rows)
    return int(not all(score.is_enough for score in scores))


def _line(name: str, score: Score) -> None:
    print(f"| {name} | {score.same} | {score.apart} | {score.precision:.3f} | {score.recall:.3f} |")


def _by_hand(name: str, *, show: bool) -> Score:
    pairs, shown = scoring.shown_of(name)
    score = scoring.of_hand(pairs, shown)
    _line(name, score)
    if show:
        for was, pair in zip(shown, pairs, strict=True):
            if was != pair.is_same:
                _print("missed" if pair.is_same else "wrong", pair.kind, pair.one, pair.other)
    return score


def _generated(drawn: Drawn, *, show: bool) -> Score:
    found = {(f.one.activity_id, f.other.activity_id): f for f in search(drawn.rows, drawn.areas) if f.kind == TWICE}
    score = scoring.of_labels(drawn, found)
    _line("drawn, labelled pairs", score)
    wrong = [pair for pair in found if pair not in drawn.same]
    every = Score(score.same, 0, score.right, len(wrong))
    _line(f"drawn, every pair of {len(drawn.rows):,} rows", every)
    clear = [pair for pair, f in found.items() if f.score >= CLEAR]
    sure, unsure = (sum((pair in drawn.same) is same for pair in clear) for same in (True, False))
    _line("of these, said to be clearly alike", Score(score.same, 0, sure, unsure))
    kinds = Counter(drawn.same.values())
    got = Counter(kind for pair, kind in drawn.same.items() if pair in found)
    print("\n" + ", ".join(f"{kind} {got[kind]}/{n}" for kind, n in sorted(kinds.items())))
    print("look-alikes taken for one: " + str(dict(Counter(k for pair, k in drawn.apart.items() if pair in found))))
    if show:
        by_id = {row.activity_id: row for row in drawn.rows}
        for pair in wrong:
            _print("wrong", drawn.apart.get(pair, "by chance"), *(by_id[pk] for pk in pair), found=found[pair])
        for pair, kind in drawn.same.items():
            if pair not in found:
                _print("missed", kind, *(by_id[pk] for pk in pair))
    return score


def _print(what: str, kind: str, one: Row, other: Row, found: Found | None = None) -> None:
    print(f"\n{what}: {kind} {found.score if found else ''} {found.reasons if found else ''}")
    for row in (one, other):
        when = row.starts_at or row.part_of_day
        print(f"  {row.unit_name} | {row.held_on:%d/%m} {when} | {row.place} | {row.content} | {row.host}")


def _floor(rows: Iterable[Row]) -> int:
    """Read the words of every row once in the plainest way: what any search has to do at least."""
    import unicodedata

    folded = 0
    for row in rows:
        for text in (row.content, row.place, row.unit_name):
            bare = unicodedata.normalize("NFD", text.lower())
            folded += len("".join(c for c in bare if not unicodedata.combining(c)).split())
    return folded


def _time(count: int) -> None:
    drawn = Generated(7, times=3).schedule(rows=count, same=500, apart=600)
    rows, areas = drawn.rows[:count], drawn.areas
    units = len({row.unit_id for row in rows})
    floor = min(_seconds(lambda: _floor(rows)) for _ in range(3))
    reading = _seconds(lambda: read(rows, areas))
    tracemalloc.start()
    found = search(rows, areas)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    whole = min(_seconds(lambda: search(rows, areas)) for _ in range(2))
    print(f"\n{len(rows):,} rows of {units:,} units, {len(found):,} found\n")
    print("| part | processor seconds | time / floor |\n|---|--:|--:|")
    for name, seconds in (("floor: fold and split the words", floor), ("reading", reading), ("whole search", whole)):
        print(f"| {name} | {seconds:.2f} | {seconds / floor:.1f} |")
    print(f"\npeak above the rows: {peak:.0f} MB")


def _seconds(work) -> float:
    from tuanhoc.findings.rules import words

    words.tokens.cache_clear()
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
