"""What an officer has pressed and no worker has queued yet: it is on its way, and counts as told."""

from collections import Counter
from dataclasses import dataclass, field

from tuanhoc.notices.events import RoundPart
from tuanhoc.outbox.actions import MOST_TRIES
from tuanhoc.outbox.models import Event


@dataclass(frozen=True, slots=True)
class Pressed:
    """The letters of rounds that wait to be queued, of any Week.

    What was tried in vain too often is left out of the ``addresses``: it waits for a person, not for a worker.
    """

    #: who will have one, in lower case
    addresses: frozenset[str] = frozenset()
    #: how many letters of each round are not queued yet, by the round's id
    letters: Counter[int] = field(default_factory=Counter)


def pressed() -> Pressed:
    """Return what waits to be queued. One query."""
    addresses: set[str] = set()
    letters: Counter[int] = Counter()
    waiting = Event.objects.filter(name=RoundPart.name, delivered_at=None).order_by("pk")
    for part, tries in waiting.values_list("payload", "tries"):
        letters[part["round_id"]] += len(part["letters"])
        if tries < MOST_TRIES:
            addresses |= {letter["to"].lower() for letter in part["letters"]}
            addresses |= {address for _pk, address in part["heads"]}
    return Pressed(frozenset(addresses), letters)
