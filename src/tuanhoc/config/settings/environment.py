"""Reading ``TUANHOC_*`` from the environment; ``NAME_FILE`` gives a secret from a file."""

import os
from pathlib import Path


class MissingSetting(Exception):
    """A setting that production needs is not in the environment."""


def text(name: str, default: str | None = None) -> str:
    """Return ``TUANHOC_name``, or the contents of the file that ``TUANHOC_name_FILE`` names.

    :raises MissingSetting: neither is set and there is no default.
    """
    key = f"TUANHOC_{name}"
    if path := os.environ.get(f"{key}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    value = os.environ.get(key, default)
    if value is None:
        raise MissingSetting(f"{key} (or {key}_FILE) must be set")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return ``TUANHOC_name`` as yes or no: 1, true, yes, on are yes."""
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """Return ``TUANHOC_name`` as a whole number."""
    return int(text(name, str(default)))


def listed(name: str, default: str = "") -> list[str]:
    """Return ``TUANHOC_name`` split at commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]
