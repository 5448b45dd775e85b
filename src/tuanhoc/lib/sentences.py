"""Sentences with something filled in, translated only where they are shown.

``N_("…") % {…}`` cannot be translated any more: the catalogue knows the text with its holes, not the filled one.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from . import dates


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text marked for translation, and what fills its ``%(name)s``; ``str()`` of it is Vietnamese.

    What fills it may itself be a :class:`Sentence`, a refusal, a :class:`LastMinute` or a :class:`Day`.
    """

    message: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


@dataclass(frozen=True, slots=True)
class LastMinute:
    """A deadline inside a sentence, from the first moment that is too late: ``đến hết 23:59 ngày 30/9/2022``."""

    closes_at: dt.datetime

    def __str__(self) -> str:
        return dates.last_minute(self.closes_at)


@dataclass(frozen=True, slots=True)
class Day:
    """A day inside a sentence: ``01/10/2022``."""

    day: dt.date

    def __str__(self) -> str:
        return dates.short(self.day)


_stored: list[str] = []


def stored(message: str) -> str:
    """Mark a message whose sentence is stored filled in, in Vietnamese, and read again later.

    The words of a refusal need no mark.
    """
    _stored.append(message)
    return message


def stored_messages() -> tuple[str, ...]:
    """Return every message so marked."""
    return tuple(_stored)
