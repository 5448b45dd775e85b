"""Writing the journal down, inside the change's own transaction."""

import datetime as dt
from collections.abc import Sequence

from django.db import connection, models

from tuanhoc.lib.actor import Actor

from .models import Entry
from .protection import Protection, grant_to, protect_journal, protection_of_journal, unlocked
from .rules import words_of

__all__ = [
    "ABSENT", "GONE", "Protection", "change", "grant_to", "protect_journal", "protection_of_journal", "unlocked",
    "write", "write_each",
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


def write(
    what: str,
    *,
    by: Actor,
    on: models.Model,
    at: dt.datetime,
    unit_path: str = "",
    details: dict[str, object] | None = None,
) -> None:
    """Write one entry.

    :raises RuntimeError: outside a transaction, where an entry could stand without its change.
    """
    write_each(what, [(on, unit_path, details or {})], by=by, at=at)


def write_each(
    what: str, things: Sequence[tuple[models.Model, str, dict[str, object]]], *, by: Actor, at: dt.datetime
) -> None:
    """Write one entry for each thing to which the same was done: the thing, its unit's path, the details. One query.

    :raises RuntimeError: as :func:`write`.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the journal is written inside the change's transaction")
    Entry.objects.bulk_create(
        Entry(
            at=at,
            what=what,
            by_name=by.name,
            by_user_id=by.user_id,
            by_link_id=by.link_id,
            on_kind=on._meta.label_lower,
            on_id=on.pk,
            campaign_id=_campaign_of(on),
            unit_path=unit_path,
            details=details,
            words=words_of(by.name, details),
        )
        for on, unit_path, details in things
    )


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
