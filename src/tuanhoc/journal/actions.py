"""Writing the journal down, inside the change's own transaction."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, models

from tuanhoc.lib.actor import Actor

from .models import Entry, EntryUnit
from .protection import Protection, grant_to, protect_journal, protection_of_journal, unlocked
from .rules import words_of

__all__ = [
    "ABSENT", "GONE", "Protection", "Thing", "change", "grant_to", "protect_journal", "protection_of_journal",
    "unlocked", "write", "write_each",
]  # fmt: skip

#: what stood before a thing was made
ABSENT = "absent"
#: what stands after a thing was taken away
GONE = "gone"


def change(name: str, before: object, after: object) -> dict[str, object]:
    """Return the details of an entry that tell what one field of a thing held before, and holds after.

    Values are short, and no person's phone or address: a field of such a kind is told as ``present`` or ``altered``.
    """
    return {"before": {name: before}, "after": {name: after}}


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to which something was done, and the units that are to find it in their trails."""

    on: models.Model
    details: dict[str, object]
    unit_path: str = ""
    #: roster numbers are not meant: ids of units; None: those the path or the thing itself tells
    units: Collection[int] | None = None

    def path(self) -> str:
        """Return the path of the one unit it is told under; of a unit outside a roster, its id alone."""
        own = [*_unit_of(self.on)] or self.unit_ids()
        return self.unit_path or (f"/{own[0]}/" if len(own) == 1 else "")

    def unit_ids(self) -> list[int]:
        """Return the ids of the units it is about, each once."""
        named = set(self.units or ())
        leaf = self.unit_path.rstrip("/").rpartition("/")[2]
        if leaf.isdecimal():
            named.add(int(leaf))
        if self.units is None and not named:
            named.update(_unit_of(self.on))
        return sorted(named)


def write(
    what: str,
    *,
    by: Actor,
    on: models.Model,
    at: dt.datetime,
    unit_path: str = "",
    units: Collection[int] | None = None,
    details: dict[str, object] | None = None,
) -> None:
    """Write one entry.

    :param unit_path: of the roster unit it is about. :param units: ids of those it is about besides, or instead;
        None: the unit that the thing is, or belongs to.
    :raises RuntimeError: outside a transaction, where an entry could stand without its change.
    """
    write_each(what, [Thing(on, details or {}, unit_path, units)], by=by, at=at)


def write_each(what: str, things: Sequence[Thing], *, by: Actor, at: dt.datetime) -> None:
    """Write one entry for each thing to which the same was done. Two queries.

    :raises RuntimeError: as :func:`write`.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the journal is written inside the change's transaction")
    units = [thing.unit_ids() for thing in things]
    entries = Entry.objects.bulk_create(
        Entry(
            at=at,
            what=what,
            by_name=by.name,
            by_user_id=by.user_id,
            by_link_id=by.link_id,
            on_kind=thing.on._meta.label_lower,
            on_id=thing.on.pk,
            campaign_id=_campaign_of(thing.on),
            unit_path=thing.path(),
            details=thing.details,
            words=words_of(by.name, thing.details),
        )
        for thing in things
    )
    EntryUnit.objects.bulk_create(
        EntryUnit(entry=entry, unit_id=unit) for entry, own in zip(entries, units, strict=True) for unit in own
    )


def _unit_of(thing: models.Model) -> Iterator[int]:
    """Return the id of the unit that a thing is or hangs on by its own key."""
    if thing._meta.label_lower == "units.unit":
        yield int(thing.pk)
    elif isinstance(number := getattr(thing, "unit_id", None), int):
        yield number


#: by what a thing knows the thing it belongs to, nearest first
_BELONGS_BY = ("campaign", "duty", "host", "registration", "edited", "release", "form")


def _campaign_of(thing: models.Model, depth: int = 4) -> int | None:
    """Return the number of the Week a thing belongs to, by its keys; None when it belongs to none."""
    if thing._meta.label_lower == "campaigns.campaign":
        return int(thing.pk)
    number = getattr(thing, "campaign_id", None)
    if isinstance(number, int):
        return number
    for name in _BELONGS_BY:
        above = getattr(thing, name, None) if hasattr(thing, f"{name}_id") else None
        if isinstance(above, models.Model) and depth:
            return _campaign_of(above, depth - 1)
    return None
