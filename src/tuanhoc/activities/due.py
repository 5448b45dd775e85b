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


def in_force(own: dt.datetime, until: dt.datetime | None, *, at: dt.datetime) -> dt.datetime:
    """Return the deadline that holds at ``at``: a unit's own, or the end of an exception that lets it in past that.

    What is handed in until then is late all the same when its own deadline has passed: words only are asked here.
    """
    return until if until is not None and own <= at < until else own


def due_of(host: RosterUnit, registration: Registration | None, *, until: dt.datetime | None, at: dt.datetime) -> Due:
    """Return the deadline that is a unit's now. Every page that names a unit's deadline asks here. No query.

    :param until: until when an exception lets it in (``campaigns.queries.let_in_until``, ``let_in_each`` for many).
    """
    closes_at = in_force(host.closes_at, until, at=at)
    owes = registration is None or registration.state in {State.DRAFT, State.RETURNED}
    return Due(closes_at, closes_at != host.closes_at, owes or at < closes_at, at)


def late_if_handed_in(registration: Registration | None, *, closes_at: dt.datetime, at: dt.datetime) -> bool:
    """Return whether a schedule handed in at that moment is late, by the unit's own deadline. One query.

    One that was in time, and was given back to be mended, stays in time; late, it stays late. Leave to write past
    the deadline makes nothing in time.
    """
    earlier = registration.submissions.filter(withdrawn_at=None).order_by("-pk").first() if registration else None
    return is_late(at, closes_at=closes_at) if earlier is None else earlier.is_late
