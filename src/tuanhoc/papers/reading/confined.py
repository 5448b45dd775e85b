"""What a process may take that reads or converts somebody else's file: memory, time, files.

A soft limit holds; the hard one above it leaves room for LibreOffice, which the reader starts and which needs more.
The number of processes is not limited: the system counts all of one user's together, the web's and the worker's
too, so that a bound tight enough to mean something would refuse innocent files on a busy day.
"""

import contextlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from .limits import MAX_EXPANDED_BYTES

if sys.platform != "win32":
    import resource


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much one process may take."""

    memory_bytes: int
    cpu_seconds: int
    open_files: int
    file_bytes: int = MAX_EXPANDED_BYTES


#: The largest ordinary Word or Excel file (20 MB, a part of 32 MB as a tree) takes a third of the memory and half
#: the time; thirty pages of a scan the rest.
READING = Allowance(memory_bytes=3 * 1024**3 // 2, cpu_seconds=30, open_files=64)
#: An ordinary form takes LibreOffice a fifth of it.
CONVERTING = Allowance(memory_bytes=4 * 1024**3, cpu_seconds=60, open_files=1024)


def is_possible() -> bool:
    """Whether this system can hold a process to an allowance."""
    return sys.platform != "win32"


def confine_myself(allowed: Allowance) -> None:
    """Hold this process to an allowance; its time is given file by file, by :func:`begin_file`."""
    _hold(resource.RLIMIT_AS, allowed.memory_bytes, CONVERTING.memory_bytes)
    _hold(resource.RLIMIT_FSIZE, allowed.file_bytes, CONVERTING.file_bytes)
    _hold(resource.RLIMIT_NOFILE, allowed.open_files, CONVERTING.open_files)
    _hold(resource.RLIMIT_CORE, 0, 0)


def begin_file(allowed: Allowance) -> None:
    """Give this process the time for one file, counted from now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + allowed.cpu_seconds + 1
    _hold(resource.RLIMIT_CPU, until, resource.getrlimit(resource.RLIMIT_CPU)[1])


def confine(pid: int, allowed: Allowance) -> None:
    """Hold another process, and whatever it starts from now on, to an allowance; it may be gone already."""
    if sys.platform != "linux":
        return
    wanted = {
        resource.RLIMIT_AS: allowed.memory_bytes,
        resource.RLIMIT_CPU: allowed.cpu_seconds,
        resource.RLIMIT_FSIZE: allowed.file_bytes,
        resource.RLIMIT_NOFILE: allowed.open_files,
        resource.RLIMIT_CORE: 0,
    }
    with contextlib.suppress(ProcessLookupError):
        for what, most in wanted.items():
            allowed_here = _at_most(most, resource.prlimit(pid, what)[1])
            resource.prlimit(pid, what, (allowed_here, allowed_here))


def peak_bytes() -> int:
    """Return the most memory this process has held; 0 where the system does not say."""
    # Not ``ru_maxrss``: a process begins with that of whoever started it.
    with contextlib.suppress(OSError):
        found = re.search(r"^VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text("ascii", "replace"), re.MULTILINE)
        return int(found[1]) * 1024 if found else 0
    return 0


def _hold(what: int, soft: int, hard: int) -> None:
    standing = resource.getrlimit(what)[1]
    hard = _at_most(hard, standing)
    resource.setrlimit(what, (_at_most(soft, hard), hard))


def _at_most(wanted: int, bound: int) -> int:
    """Return the smaller of two limits, where no limit is written as -1."""
    if bound == resource.RLIM_INFINITY:
        return wanted
    return bound if wanted == resource.RLIM_INFINITY else min(wanted, bound)
