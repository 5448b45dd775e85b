"""Likely duplicates and trees over time at 1,000 and 5,000 units, as ratios in the same run.

    PYTHONPATH=src python bench/units.py [--rounds 5]

``alike``: blocks and scores against the floor of taking every name apart once (``key_of``, its memory emptied each
time), and how many pairs are scored of all there are. ``placed``: where every unit's figures go on a day, against
one walk up the edges of the same day (what any tree query has to do). Processor time, median of rounds.
"""

import argparse
import datetime as dt
import random
import statistics
import time
from collections.abc import Callable

from tuanhoc.units.rules.likeness import Named, alike, key_of, pairs
from tuanhoc.units.rules.trees import Heir, Landscape, Life, Span

DAY = dt.date(2025, 7, 1)
BEFORE = DAY - dt.timedelta(days=1)
OWN = (
    "An", "Bình", "Châu", "Dinh", "Giang", "Hà", "Hải", "Hòa", "Khánh", "Lâm", "Long", "Mỹ", "Ninh", "Phong", "Phú",
    "Phước", "Quảng", "Sơn", "Tân", "Thành", "Thuận", "Vĩnh",
)  # fmt: skip
KINDS = ("Trường THCS", "Trường Tiểu học", "Trường Mầm non", "Trung tâm học tập cộng đồng xã")
SHORT = {"Trường THCS": "THCS", "Trường Tiểu học": "TH", "Trường Mầm non": "MN", KINDS[3]: "TTHTCĐ"}


def names(count: int) -> list[Named]:
    """Return units of communes, four to a commune, one in fifty written a second time in short."""
    chance = random.Random(2022)
    units: list[Named] = []
    while len(units) < count:
        area = len(units) // 4
        own = " ".join(chance.sample(OWN, 2)) + (f" {chance.choice(OWN)}" if chance.random() < 0.3 else "")
        for kind in KINDS:
            units.append(Named(len(units), f"{kind} {own}", kind, area, area // 10))
            if chance.random() < 0.02:
                units.append(Named(len(units), f"{SHORT[kind]} {own}", kind, area, area // 10))
    return units[:count]


def land(count: int) -> Landscape:
    """Return three levels until 2025 and two from then on: half of the communes merged in pairs."""
    lives, edges, heirs = {0: Life()}, {}, []
    for unit in range(1, count):
        district = 1 + unit % 50
        closed = unit > 50 and unit % 2
        lives[unit] = Life(None, BEFORE if closed or unit <= 50 else None)
        if unit <= 50:
            edges[unit] = [Span(0, None, BEFORE)]
        elif closed:
            edges[unit] = [Span(district, None, BEFORE)]
            heirs.append(Heir(unit, unit - 1 if unit > 51 else 52, DAY))
        else:
            edges[unit] = [Span(district, None, BEFORE), Span(0, DAY)]
    return Landscape.of(lives, edges, heirs)


def took(work: Callable[[], object], rounds: int) -> float:
    """Return the median processor time of ``work``."""
    times = []
    for _ in range(rounds):
        key_of.cache_clear()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    print("| units | alike / names taken apart | pairs scored of all | flagged | placed / one walk up |")
    print("|--:|--:|--:|--:|--:|")
    for count in (1000, 5000):
        units, where = names(count), land(count)
        floor = took(lambda units=units: [key_of(u.name) for u in units], rounds)
        whole = took(lambda units=units: alike(units), rounds)
        scored = sum(1 for _pair in pairs(units))
        walk = took(lambda where=where: [where.path(u, DAY) for u in where.lives], rounds)
        place = took(lambda where=where: [where.placed(u, DAY) for u in where.lives], rounds)
        share = 100 * scored / (count * (count - 1) / 2)
        print(f"| {count} | {whole / floor:.2f} | {share:.2f} % | {len(alike(units))} | {place / walk:.2f} |")


if __name__ == "__main__":
    main()
