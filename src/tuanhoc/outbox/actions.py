"""Recording events and delivering them: after the commit, at least once."""

import dataclasses
import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any, ClassVar, Protocol, TypeVar

from django.db import connection, transaction

from .models import Event

log = logging.getLogger(__name__)
#: A handler that failed this often is left for a person to look at.
MOST_TRIES = 8


class Happening(Protocol):
    """An event value: a frozen dataclass of primitives with a dotted ``name``."""

    name: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


H = TypeVar("H", bound=Happening)
_handlers: dict[str, list[Callable[[Any], None]]] = defaultdict(list)
_kinds: dict[str, type[Any]] = {}


def on(kind: type[H]) -> Callable[[Callable[[H], None]], Callable[[H], None]]:
    """Register a handler for one kind of event. It must bear a second run."""

    def register(handler: Callable[[H], None]) -> Callable[[H], None]:
        _kinds[kind.name] = kind
        if handler not in _handlers[kind.name]:
            _handlers[kind.name].append(handler)
        return handler

    return register


def record(event: Happening, *, at: dt.datetime) -> None:
    """Keep ``event`` with the change it belongs to.

    :raises RuntimeError: outside a transaction, where it could outlive a change rolled back.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is recorded inside the change's transaction")
    Event.objects.create(name=event.name, payload=dataclasses.asdict(event), at=at)


def deliver_waiting(*, at: dt.datetime, limit: int = 500) -> int:
    """Hand waiting events to their handlers, oldest first; return how many were delivered.

    Each event is delivered in a transaction of its own: handler and mark commit together.
    A failing event is tried again on the next round and does not hold up the others.
    """
    waiting = list(
        Event.objects.filter(delivered_at=None, tries__lt=MOST_TRIES)
        .order_by("pk")[:limit]
        .values_list("pk", flat=True)
    )
    return sum(_deliver(pk, at=at) for pk in waiting)


def _deliver(pk: int, *, at: dt.datetime) -> bool:
    try:
        with transaction.atomic():
            event = Event.objects.select_for_update().filter(pk=pk, delivered_at=None).first()
            if event is None:
                return False
            for handler in _handlers[event.name]:
                handler(_kinds[event.name](**event.payload))
            event.delivered_at = at
            event.save(update_fields=["delivered_at"])
    except Exception as error:
        log.exception("event %s was not delivered", pk)
        Event.objects.filter(pk=pk).update(
            tries=Event.objects.values_list("tries", flat=True).get(pk=pk) + 1,
            last_error=repr(error),
        )
        return False
    return True
