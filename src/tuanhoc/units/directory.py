"""Whom to reach at every unit. A part of ``units.queries``."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tuanhoc.lib.text import vietnamese_key

from .models import Contact, Unit
from .rules import RANKS


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of the directory with its people; ``shared``: by contact, at how many other units the same stands."""

    unit: Unit
    people: tuple[Contact, ...]
    shared: dict[int, int]

    @property
    def shared_people(self) -> list[tuple[Contact, int]]:
        """Everybody here with the number of other units that have the same address or telephone."""
        return [(contact, self.shared.get(contact.pk, 0)) for contact in self.people]


def directory(within: set[int] | None, day: dt.date) -> list[Line]:
    """Return every unit that stands on ``day``, higher ones first, with whom to reach there. Two queries.

    :param within: ids of the units to list; None: all.
    """
    units = [u for u in Unit.objects.standing_on(day) if within is None or u.pk in within]
    people: dict[int, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.order_by("-is_in_charge", "pk"):
        people[contact.unit_id].append(contact)
    shared = _shared([c for unit in units for c in people[unit.pk]])
    units.sort(key=lambda u: (RANKS.get(u.kind, 8), vietnamese_key(u.name)))
    return [Line(u, tuple(people[u.pk]), {c.pk: shared[c.pk] for c in people[u.pk] if c.pk in shared}) for u in units]


def digits_of(phone: str) -> str:
    """Return a number's digits as they are dialled here: ``+84 912…`` as ``0912…``; blank where too few to tell.

    >>> digits_of("+84 912 000 111"), digits_of("0912.000.111"), digits_of("máy lẻ 12")
    ('0912000111', '0912000111', '')
    """
    digits = re.sub(r"\D", "", phone)
    digits = f"0{digits[2:]}" if digits.startswith("84") and len(digits) >= 11 else digits
    return digits if len(digits) >= 9 else ""


def _shared(contacts: Sequence[Contact]) -> dict[int, int]:
    """Return, by contact, at how many other units the same address or telephone stands, where at any."""
    units: dict[str, set[int]] = defaultdict(set)
    for contact in contacts:
        for way in _ways(contact):
            units[way].add(contact.unit_id)
    others = {c.pk: set().union(*(units[way] for way in _ways(c))) - {c.unit_id} for c in contacts}
    return {pk: len(found) for pk, found in others.items() if found}


def _ways(contact: Contact) -> list[str]:
    return [way for way in (contact.email.lower(), digits_of(contact.phone)) if way]
