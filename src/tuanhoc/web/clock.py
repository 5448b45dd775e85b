"""The one clock. Views, jobs and commands read it and pass the time on as an argument."""

import datetime as dt
import json
from pathlib import Path

from django.conf import settings
from django.utils import timezone


def now() -> dt.datetime:
    """Return the present moment; in the sample, the moment its time bar stands at."""
    if settings.SAMPLE and (moved := _moved()) is not None:
        return moved
    return timezone.now()


def machine() -> dt.datetime:
    """Return what the machine's clock says, for pauses and leases: they run on while the sample's time stands."""
    return timezone.now()


def move_to(at: dt.datetime | None) -> None:
    """Stand the sample's clock at ``at``; None lets it run again. Every process reads the same file.

    :raises RuntimeError: outside the sample, where time is never moved.
    """
    if not settings.SAMPLE:
        raise RuntimeError("the clock moves in the sample only")
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_suffix(".new")
    written.write_text(json.dumps({"now": at.isoformat() if at else None}), encoding="ascii")
    written.replace(path)


def _moved() -> dt.datetime | None:
    try:
        stood = json.loads(_path().read_text(encoding="ascii"))["now"]
    except FileNotFoundError:
        return None
    return dt.datetime.fromisoformat(stood) if stood else None


def _path() -> Path:
    return Path(settings.DATA_DIR) / "sample" / "clock.json"
