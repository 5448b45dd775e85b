"""A pressed round of reminders is queued in parts."""

from tuanhoc.notices.actions import rounds
from tuanhoc.notices.events import RoundPart
from tuanhoc.outbox.actions import Write, prepares


@prepares(RoundPart)
def write_a_part(event: RoundPart) -> Write:
    """Word the letters of one part; whoever got a letter of that day meanwhile gets no second."""
    return rounds.worded(event)
