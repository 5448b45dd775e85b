"""Writing the journal down, inside the change's own transaction."""

import datetime as dt

from django.db import connection, models

from tuanhoc.lib.actor import Actor

from .models import Entry


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
    if not connection.in_atomic_block:
        raise RuntimeError("the journal is written inside the change's transaction")
    Entry.objects.create(
        at=at,
        what=what,
        by_name=by.name,
        by_user_id=by.user_id,
        by_link_id=by.link_id,
        on_kind=on._meta.label_lower,
        on_id=on.pk,
        campaign_id=_campaign_of(on),
        unit_path=unit_path,
        details=details or {},
    )


#: by what a thing knows the thing it belongs to, nearest first
_BELONGS_BY = ("campaign", "host", "registration", "edited", "release", "form")


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
