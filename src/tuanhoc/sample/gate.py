"""One gate for requests and jumps: many requests pass together, a jump passes alone.

Held by file locks, so that the threads of the web process, a second web process and a command on the
same folder all stand before the same gate. A crash opens it: the system drops the locks of the dead.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def together(folder: Path) -> Iterator[None]:
    """Pass with others; wait while a jump is under way or waits before us."""
    with _opened(folder, "gate.lock") as gate:
        with _opened(folder, "turnstile.lock") as turnstile:
            fcntl.flock(turnstile, fcntl.LOCK_SH)
            fcntl.flock(gate, fcntl.LOCK_SH)
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let those inside finish, then pass alone.

    The turnstile stops newcomers first: without it a busy site would never let a jump in.
    """
    with _opened(folder, "gate.lock") as gate, _opened(folder, "turnstile.lock") as turnstile:
        fcntl.flock(turnstile, fcntl.LOCK_EX)
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def _opened(folder: Path, name: str) -> IO[bytes]:
    try:
        return open(folder / name, "wb")
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
        return open(folder / name, "wb")
