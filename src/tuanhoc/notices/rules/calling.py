"""Who is phoned, about which units, and whether somebody is at it already. Pure."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from . import CALL_LEASE
from .ladder import Expected

#: Why a unit is phoned, in the order of the list's filter.
NO_CONTACT, NO_ADDRESS, CLOSED, AFTER_LETTERS = "no_contact", "no_address", "closed", "after_letters"
#: letters may still do; a district may phone its own at any time, for it sends none
OWING = "owing"
TAKEN, REACHED, NO_ANSWER, LATER, LEFT = "taken", "reached", "no_answer", "later", "left"


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who can be phoned or messaged; blank where not known."""

    name: str = ""
    role: str = ""
    phone: str = ""
    zalo: str = ""
    email: str = ""
    #: ``phone``, ``email`` or ``zalo``: how it asked to be reached; blank: nothing was said
    preferred: str = ""
    is_in_charge: bool = False

    @property
    def digits(self) -> str:
        """The first number as digits, a leading +84 as 0; blank when there is none."""
        return number_of(self.phone) or number_of(self.zalo)


def number_of(words: str) -> str:
    """Return the first telephone number in ``words`` as digits, so that two spellings of one are equal.

    >>> number_of("ĐT: 0259 - 3822.022 (máy lẻ 12)"), number_of("+84 912 345 678"), number_of("chưa có")
    ('02593822022', '0912345678', '')
    """
    found = re.search(r"\+?\d[\d\s.\-–()]{6,}", words)
    digits = re.sub(r"\D", "", found[0]) if found else ""
    if digits.startswith("84") and len(digits) > 9:
        digits = f"0{digits[2:]}"
    return digits[:11] if len(digits) >= 8 else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A unit to be phoned about, and why."""

    unit: Expected
    why: str


@dataclass(frozen=True, slots=True)
class Noted:
    """The last thing written down of phoning a person: what came of it, by whom, and when."""

    number: int
    outcome: str
    made_at: dt.datetime
    by_name: str
    by_user_id: int | None = None
    again_on: dt.date | None = None
    note: str = ""
    tries: int = 0
    #: the district in whose name it was phoned; blank: the coordinator's
    for_name: str = ""


@dataclass(frozen=True, slots=True)
class ToCall:
    """One person and every unit to be phoned about; ``others`` may be tried instead.

    ``key`` stands for the person: the number, or the unit where no number is known.
    """

    key: str
    who: Voice
    wanted: tuple[Wanted, ...]
    others: tuple[Voice, ...] = ()
    noted: Noted | None = None

    @property
    def number(self) -> int:
        """How many things were written down of it."""
        return self.noted.number if self.noted else 0

    @property
    def districts(self) -> frozenset[str]:
        """The units above those it is about."""
        return frozenset(one.unit.above_name for one in self.wanted)

    def state(self, *, at: dt.datetime, day: dt.date) -> str:
        """Return where it stands: ``taken``, ``reached``, ``later``, or ``left``: to be phoned."""
        if self.noted is None:
            return LEFT
        if self.noted.outcome == TAKEN:
            return TAKEN if at < self.noted.made_at + CALL_LEASE else LEFT
        if self.noted.outcome == LATER:
            return LATER if self.noted.again_on and self.noted.again_on > day else LEFT
        return REACHED if self.noted.outcome == REACHED else LEFT


def to_call(
    wanted: Iterable[Wanted], voices: Mapping[int, Sequence[Voice]], noted: Mapping[str, Noted]
) -> list[ToCall]:
    """Gather the units to be phoned about by person, in the order of the units: nobody is phoned twice.

    :param voices: unit's id -> whom it has; those with a number come first, of them who is in charge.
    """
    found: dict[str, tuple[Voice, list[Wanted], dict[Voice, None]]] = {}
    for one in wanted:
        there = voices.get(one.unit.unit_id, ())
        people = sorted(there, key=lambda voice: (not voice.digits, not voice.is_in_charge))
        who = people[0] if people else Voice()
        key = f"tel:{who.digits}" if who.digits else f"host:{one.unit.pk}"
        _who, units, others = found.setdefault(key, (who, [], {}))
        units.append(one)
        others.update(dict.fromkeys(voice for voice in people[1:] if voice.digits != who.digits or not voice.digits))
    return [
        ToCall(key, who, tuple(units), tuple(others), noted.get(key)) for key, (who, units, others) in found.items()
    ]
