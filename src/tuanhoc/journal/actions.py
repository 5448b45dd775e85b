"""Writing the journal down, inside the change's own transaction."""

import datetime as dt

from django.db import connection, models

from tuanhoc.lib.actor import Actor

from .models import Entry
from .protection import Protection, grant_to, protect_journal, protection_of_journal, unlocked

__all__ = ["Protection", "grant_to", "protect_journal", "protection_of_journal", "unlocked", "write"]


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
        unit_path=unit_path,
        details=details or {},
    )
