"""Reading ``TUANHOC_*`` from the environment; ``NAME_FILE`` gives a secret from a file.

What is wrong is said in words at the start: a program that guesses runs differently from what its operator wrote.
"""

import os
from pathlib import Path

_PREFIX = "TUANHOC_"
_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})
#: Names that scripts read, not the program.
_OF_SCRIPTS = frozenset({"TUANHOC_PORT", "TUANHOC_TESTS"})
#: What was asked for so far.
_asked: set[str] = set()


class WrongSetting(Exception):
    """A setting that cannot be what it is meant to be, in words for who runs the program."""


class MissingSetting(WrongSetting):
    """A setting that production needs is not in the environment."""


def text(name: str, default: str | None = None) -> str:
    """Return ``TUANHOC_name``, or the contents of the file that ``TUANHOC_name_FILE`` names.

    :raises MissingSetting: neither is set and there is no default. :raises WrongSetting: the file cannot be read.
    """
    key = _PREFIX + name
    _asked.add(key)
    if path := os.environ.get(f"{key}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise WrongSetting(f"{key}_FILE: không đọc được tệp “{path}” ({error}).") from error
    value = os.environ.get(key, default)
    if value is None:
        raise MissingSetting(f"Thiếu {key} (hoặc {key}_FILE). Xem docs/operate/README.md.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return ``TUANHOC_name``: 1, true, yes, on; or 0, false, no, off, blank. :raises WrongSetting: neither."""
    said = text(name, "1" if default else "0").lower()
    if said not in _YES | _NO:
        raise WrongSetting(f"{_PREFIX}{name} phải là 1 (có) hoặc 0 (không), không phải “{said}”.")
    return said in _YES


def number(name: str, default: int) -> int:
    """Return ``TUANHOC_name`` as a whole number, 0 or more. :raises WrongSetting: it is none."""
    said = text(name, str(default))
    if not (said.isascii() and said.isdecimal() and len(said) <= 15):
        raise WrongSetting(f"{_PREFIX}{name} phải là một số nguyên không âm, không phải “{said}”.")
    return int(said)


def listed(name: str, default: str = "") -> list[str]:
    """Return ``TUANHOC_name`` split at commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def chosen(name: str, default: str, *, among: tuple[str, ...]) -> str:
    """Return ``TUANHOC_name``, one of a few words. :raises WrongSetting: it is another."""
    said = text(name, default)
    if said not in among:
        raise WrongSetting(f"{_PREFIX}{name} phải là một trong: {', '.join(among)}; không phải “{said}”.")
    return said


def unknown() -> list[str]:
    """Return the names in the environment that begin like ours and that nobody asked for. Called last."""
    given = {name for name in os.environ if name.startswith(_PREFIX)} - _OF_SCRIPTS
    return sorted(given - _asked - {f"{name}_FILE" for name in _asked})
