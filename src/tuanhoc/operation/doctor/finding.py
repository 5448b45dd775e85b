"""One line of the doctor's: how something is, and what to do about it."""

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass

#: Seconds any server is waited for, at each step of a talk.
PATIENCE = 5.0


class Level(enum.StrEnum):
    """How it is."""

    GOOD = "good"
    #: it works, but somebody should look
    NOTE = "note"
    #: it does not work, or is not safe
    BAD = "bad"


SIGNS = {Level.GOOD: "✓", Level.NOTE: "!", Level.BAD: "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, in words, and what to do."""

    level: Level
    subject: str
    words: str
    advice: str = ""


Check = Callable[[], Iterator[Finding]]


def good(subject: str, words: str) -> Finding:
    """All is well."""
    return Finding(Level.GOOD, subject, words)


def note(subject: str, words: str, advice: str = "") -> Finding:
    """Somebody should look."""
    return Finding(Level.NOTE, subject, words, advice)


def bad(subject: str, words: str, advice: str = "") -> Finding:
    """Something does not work, or is not safe."""
    return Finding(Level.BAD, subject, words, advice)
