"""The deadline that is a unit's now: one place for every page that names it."""

import datetime as dt
from dataclasses import dataclass

from tuanhoc.activities.models import Registration, State
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.campaigns.rules import is_late


@dataclass(frozen=True, slots=True)
class Due:
    """The deadline that is a unit's now: its own, or the end of an exception that lets it in past that."""

    closes_at: dt.datetime
    #: an exception lets it in; its own deadline is past
    by_exception: bool
    #: nothing was handed in yet, or there is still time: only then is it said how much is left, or by how much past
    counts: bool
    at: dt.datetime

    @property
    def is_over(self) -> bool:
        """Whether it has passed."""
        return self.at >= self.closes_at


def due_of(host: RosterUnit, registration: Registration | None, *, until: dt.datetime | None, at: dt.datetime) -> Due:
    """Return the deadline that is a unit's now. Every page that names a unit's deadline asks here. No query.

    :param until: until when an exception lets it in (``campaigns.queries.let_in_until``, ``let_in_each`` for many).
    """
    by_exception = until is not None and until > host.closes_at <= at
    closes_at = until if until is not None and by_exception else host.closes_at
    owes = registration is None or registration.state in {State.DRAFT, State.RETURNED}
    return Due(closes_at, by_exception, owes or at < closes_at, at)


def late_if_handed_in(registration: Registration | None, *, closes_at: dt.datetime, at: dt.datetime) -> bool:
    """Return whether a schedule handed in at that moment is late, by the unit's own deadline. One query.

    One that was in time, and was given back to be mended, stays in time; late, it stays late. Leave to write past
    the deadline makes nothing in time.
    """
    earlier = registration.submissions.filter(withdrawn_at=None).order_by("-pk").first() if registration else None
    return is_late(at, closes_at=closes_at) if earlier is None else earlier.is_late
