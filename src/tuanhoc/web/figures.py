"""Figures in Prometheus' text format: what this process counted, and lines anybody may add.

Written here, sixty lines: of the kept library's parts we would use the writing only, and its way to add up several
processes is files they share. Ours are labelled by process and added up by who reads them.
"""

import os
import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: Upper bounds in seconds.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Sample = tuple[Mapping[str, str], float]


@dataclass
class _Times:
    """How long requests of one kind took."""

    buckets: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0


_lock = threading.Lock()
_requests: dict[tuple[str, str], int] = defaultdict(int)
_times: dict[str, _Times] = defaultdict(_Times)


def count(route: str, status: str, seconds: float) -> None:
    """Count one answered request: the class of its address (portal, desk …), its status, how long it took."""
    with _lock:
        _requests[route, status] += 1
        times = _times[route]
        times.buckets[bisect_left(BOUNDS, seconds)] += 1
        times.total += seconds


def of_this_process() -> list[str]:
    """Return what this process counted since it began."""
    process = str(os.getpid())
    with _lock:
        requests = dict(_requests)
        times = {route: (list(one.buckets), one.total) for route, one in _times.items()}
    counted = [
        ({"process": process, "route": route, "status": status}, float(number))
        for (route, status), number in sorted(requests.items())
    ]
    lines = family("tuanhoc_requests_total", "counter", "Requests answered by this process.", counted)
    name = "tuanhoc_request_seconds"
    lines += [f"# HELP {name} Time to answer, by this process.", f"# TYPE {name} histogram"]
    for route, (buckets, total) in sorted(times.items()):
        labels, so_far = {"process": process, "route": route}, 0
        for bound, number in zip((*map(str, BOUNDS), "+Inf"), buckets, strict=True):
            so_far += number
            lines.append(_line(f"{name}_bucket", labels | {"le": bound}, so_far))
        lines += [_line(f"{name}_sum", labels, total), _line(f"{name}_count", labels, so_far)]
    return lines


def family(name: str, kind: str, meaning: str, samples: Iterable[Sample]) -> list[str]:
    """Return the lines of one figure. ``kind``: counter or gauge."""
    return [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}", *(_line(name, *sample) for sample in samples)]


def _line(name: str, labels: Mapping[str, str], value: float) -> str:
    said = ",".join(f'{key}="{_escaped(label)}"' for key, label in labels.items())
    return f"{name}{{{said}}} {value:.10g}" if said else f"{name} {value:.10g}"


def _escaped(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
