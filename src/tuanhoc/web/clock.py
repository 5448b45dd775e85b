"""The one clock. Views, jobs and commands read it and pass the time on as an argument."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from tuanhoc.lib.dates import HANOI


def now() -> dt.datetime:
    """Return the present moment; in the sample, the time since its time bar was moved.

    The sample's time runs on from the moment chosen, so that what is saved later is later; it waits
    at the last minute of its day, so that a sample left running does not walk out of its Week.
    """
    real = timezone.now()
    if settings.SAMPLE and (moved := _moved()) is not None:
        return moved.now(real)
    return real


def machine() -> dt.datetime:
    """Return what the machine's clock says, for pauses and leases: they run on while the sample's time stands."""
    return timezone.now()


def move_to(at: dt.datetime | None) -> None:
    """Let the sample's clock run from ``at``; None gives back the real time. Every process reads the same file.

    The file is a new one each time: kept pages are forgotten by its date.

    :raises RuntimeError: outside the sample, where time is never moved.
    """
    if not settings.SAMPLE:
        raise RuntimeError("the clock moves in the sample only")
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"at": at.isoformat() if at else None, "since": timezone.now().isoformat()}
    written = path.with_suffix(".new")
    written.write_text(json.dumps(kept), encoding="ascii")
    written.replace(path)


@dataclass(frozen=True, slots=True)
class _Moved:
    """The clock as it was set: it showed ``at`` when the machine's clock showed ``since``."""

    at: dt.datetime
    since: dt.datetime

    def now(self, real: dt.datetime) -> dt.datetime:
        midnight = (self.at.astimezone(HANOI) + dt.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        # A machine whose clock is set back does not turn the sample's time back.
        return min(self.at + max(real - self.since, dt.timedelta()), midnight - dt.timedelta(minutes=1))


#: The file as last read, under what the file system says of it: one pair, replaced whole, so threads need no lock.
_read: tuple[tuple[str, int, int], _Moved | None] | None = None


def _moved() -> _Moved | None:
    global _read  # noqa: PLW0603 - read at every request, and a file is asked for less often than its date
    path = _path()
    try:
        stat = path.stat()
        key = (str(path), stat.st_ino, stat.st_mtime_ns)
        if (last := _read) is None or last[0] != key:
            last = _read = (key, _parsed(json.loads(path.read_text(encoding="ascii"))))
    except FileNotFoundError:
        return None
    return last[1]


def _parsed(kept: dict[str, str | None]) -> _Moved | None:
    if not (at := kept["at"]):
        return None
    return _Moved(dt.datetime.fromisoformat(at), dt.datetime.fromisoformat(str(kept["since"])))


def _path() -> Path:
    return Path(settings.DATA_DIR) / "sample" / "clock.json"
