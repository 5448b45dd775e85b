"""The mark a finished backup leaves in the data folder, so that somebody notices when none was made."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Made:
    """The last backup made from this data folder."""

    at: dt.datetime
    file: str
    sha256: str


def leave(file: Path, *, sha256: str, at: dt.datetime) -> None:
    """Write down that a backup was made."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_suffix(".new")
    written.write_text(json.dumps({"at": at.isoformat(), "file": str(file), "sha256": sha256}), encoding="utf-8")
    written.replace(path)


def last() -> Made | None:
    """Return the last one; None when none was made, or the mark cannot be read."""
    try:
        said = json.loads(_path().read_text(encoding="utf-8"))
        return Made(dt.datetime.fromisoformat(said["at"]), said["file"], said["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _path() -> Path:
    return Path(settings.DATA_DIR) / "last-backup.json"
