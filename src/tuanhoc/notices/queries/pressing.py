"""What an officer has pressed and no worker has queued yet: it is on its way, and counts as told."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tuanhoc.notices.events import RoundPart
from tuanhoc.outbox.actions import MOST_TRIES
from tuanhoc.outbox.models import Event


def _waiting() -> Iterator[tuple[dict[str, Any], int]]:
    waiting = Event.objects.filter(name=RoundPart.name, delivered_at=None).order_by("pk")
    yield from waiting.values_list("payload", "tries")


def addresses() -> frozenset[str]:
    """Return who will have a letter of a round, in lower case, of any Week. One query.

    What was tried in vain too often is left out: it waits for a person, not for a worker.
    """
    found = set()
    for part, tries in _waiting():
        if tries < MOST_TRIES:
            found |= {letter["to"].lower() for letter in part["letters"]}
            found |= {address for _pk, address in part["heads"]}
    return frozenset(found)


def letters() -> Counter[int]:
    """Count the letters of each round that are not queued yet, by the round's id. One query."""
    counts: Counter[int] = Counter()
    for part, _tries in _waiting():
        counts[part["round_id"]] += len(part["letters"])
    return counts
