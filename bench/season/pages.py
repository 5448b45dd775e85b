"""How long pages took, as the server's own log says; and the processor time of a run."""

import argparse
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from .house import House, Process
from .play import Season

#: the page with hardly anything on it
FLOOR = ("accounts:ask", "GET")
#: seconds after a start in which a process is still cold
COLD = 5.0
_SHOWN = 14
Page = tuple[str, str]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of the values does not exceed; 0 without any."""
    found = sorted(values)
    return found[min(len(found) - 1, int(len(found) * share))] if found else 0.0


class Times:
    """What each page took, milliseconds; those of a web process killed and just started again stand apart."""

    def __init__(self, house: House) -> None:
        self._warm: dict[Page, list[float]] = defaultdict(list)
        self._cold: dict[Page, list[float]] = defaultdict(list)
        for web in house.webs:
            self._read(web, house)
        self._floor = self._warm.get(FLOOR, [1.0])

    def _read(self, web: Process, house: House) -> None:
        for line in (house.folder / f"{web.name}.log").read_text(encoding="utf-8", errors="replace").splitlines():
            if '"tuanhoc.access"' in line:
                said = json.loads(line)
                # The line is written at the end of the answer.
                begun = dt.datetime.fromisoformat(said["time"]).timestamp() - said["ms"] / 1000
                is_cold = any(0 <= begun - at < COLD for at in web.started_at[1:])
                times = self._cold if is_cold else self._warm
                times[said["route"], said["message"].split(" ", 1)[0]].append(said["ms"])

    def slowest(self) -> str:
        """Return the page whose middle answer took longest, and the single answer that did."""
        if not self._warm:
            return "slowest page: none was asked for"
        (route, method), values = max(self._warm.items(), key=lambda item: median(item[1]))
        (worst, its_method), most = max(self._warm.items(), key=lambda item: max(item[1]))
        return (
            f"slowest page: {method} {route}, p50 {median(values):.0f} ms of {len(values)}, "
            f"{median(values) / median(self._floor):.0f} times the floor; slowest single answer: {its_method} {worst}, "
            f"{max(most):.0f} ms"
        )

    def table(self) -> list[str]:
        """Return the slowest pages beside a page with hardly anything on it in the same run."""
        floor = self._floor
        rows = [
            f"pages, ms as the server says, ratio to a page with hardly anything on it in the same run "
            f"(p50 {median(floor):.0f}, p95 {percentile(floor, 0.95):.0f}, n {len(floor)}):",
            "| page | n | p50 | p95 | max | p50 / floor | p95 / floor |", "|---|--:|--:|--:|--:|--:|--:|",
        ]  # fmt: skip
        for (route, method), values in sorted(self._warm.items(), key=lambda item: -median(item[1]))[:_SHOWN]:
            p50, p95 = median(values), percentile(values, 0.95)
            ratios = f"{p50 / median(floor):.1f} | {p95 / percentile(floor, 0.95):.1f}"
            rows.append(f"| {method} {route} | {len(values)} | {p50:.0f} | {p95:.0f} | {max(values):.0f} | {ratios} |")
        return rows + self._apart()

    def _apart(self) -> list[str]:
        """Compare all pages begun in a process's first seconds after a kill with the same pages at other times."""
        if not self._cold:
            return []
        cold = [ms for values in self._cold.values() for ms in values]
        same = [ms for page in self._cold for ms in self._warm.get(page, ())]
        (route, method), values = max(self._cold.items(), key=lambda item: max(item[1]))
        return [
            f"left out above: {len(cold)} answers begun within {COLD:.0f} s of a start after a kill, p50 "
            f"{median(cold):.0f}, p95 {percentile(cold, 0.95):.0f}, max {max(values):.0f} ({method} {route}); the same "
            f"pages at other times: n {len(same)}, p50 {median(same or [0]):.0f}, p95 {percentile(same, 0.95):.0f}"
        ]


def processor(asked: argparse.Namespace, season: Season, spent: dict[str, float]) -> list[str]:
    """Return the processor's seconds, and what one request and one letter cost."""
    each = spent["web"] / max(1, season.traffic.requests)
    scale = 1000 / asked.units
    letters = max(1, sum(not letter.is_sign_in for letter in season.post.taken))
    return [
        f"processor, seconds for 1,000 units: web {spent['web'] * scale:.0f}, workers {spent['workers'] * scale:.0f}; "
        f"{season.traffic.requests} requests, each {each * 1000:.0f} ms = "
        f"{each / max(season.floor_seconds, 1e-6):.1f} times a page "
        f"with hardly anything on it ({season.floor_seconds * 1000:.1f} ms); "
        f"{letters} letters, each {spent['workers'] / letters * 1000:.0f} ms of a worker",
        f"measured {dt.datetime.now(dt.UTC):%d %B %Y %H:%M} UTC",
    ]
