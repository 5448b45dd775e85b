"""Recording events and delivering them: after the commit, at least once."""

import dataclasses
import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Protocol, TypeVar

from django.db import connection, transaction
from django.db.models import Q

from .models import Event, Worker

log = logging.getLogger(__name__)
#: A handler that failed this often is left for a person to look at.
MOST_TRIES = 8


#: A worker says so often that it lives, and is forgotten when it has not for so long.
BEAT = dt.timedelta(seconds=10)
FORGOTTEN_AFTER = dt.timedelta(days=1)


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
    record_each([event], at=at)


def record_each(events: Sequence[Happening], *, at: dt.datetime) -> None:
    """Keep many events with the change they belong to. One query.

    :raises RuntimeError: as :func:`record`.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is recorded inside the change's transaction")
    Event.objects.bulk_create(Event(name=e.name, payload=dataclasses.asdict(e), at=at) for e in events)


def deliver_waiting(*, at: dt.datetime, due_by: dt.datetime | None = None, limit: int = 500) -> int:
    """Hand waiting events to their handlers, oldest first; return how many were delivered.

    Each event is delivered in a transaction of its own: handler and mark commit together.
    A failing event is tried again after a growing pause and does not hold up the others.

    :param due_by: the machine's time; None tries even those that pause after a failure.
    """
    waiting = Event.objects.filter(delivered_at=None, tries__lt=MOST_TRIES)
    if due_by is not None:
        waiting = waiting.filter(Q(due_at=None) | Q(due_at__lte=due_by))
    pks = list(waiting.order_by("pk").values_list("pk", flat=True)[:limit])
    return sum(_deliver(pk, at=at, due_by=due_by) for pk in pks)


def _deliver(pk: int, *, at: dt.datetime, due_by: dt.datetime | None) -> bool:
    try:
        with transaction.atomic():
            # Held while it is delivered; another worker passes over it instead of waiting.
            free = Event.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
            event = free.filter(pk=pk, delivered_at=None).first()
            if event is None:
                return False
            for handler in _handlers[event.name]:
                handler(_kinds[event.name](**event.payload))
            event.delivered_at = at
            event.save(update_fields=["delivered_at"])
    except Exception as error:
        log.exception("event %s was not delivered", pk)
        _put_off(pk, error, due_by=due_by)
        return False
    log.info("event delivered", extra={"event_row": pk, "event": event.name})
    return True


def _put_off(pk: int, error: Exception, *, due_by: dt.datetime | None) -> None:
    tries = Event.objects.values_list("tries", flat=True).get(pk=pk) + 1
    # 2, 8, 32 seconds … 9 hours: a server that is down for the night loses nothing.
    due_at = due_by + dt.timedelta(seconds=2 * 4 ** (tries - 1)) if due_by else None
    Event.objects.filter(pk=pk).update(tries=tries, last_error=repr(error)[:2000], due_at=due_at)


def beat(name: str, *, started_at: dt.datetime, machine: dt.datetime) -> None:
    """Say that the worker ``name`` lives."""
    Worker.objects.update_or_create(name=name, defaults={"started_at": started_at, "seen_at": machine})


def leave(name: str, *, machine: dt.datetime) -> None:
    """Say that the worker ``name`` ends on request; those that ended otherwise a day ago are forgotten with it."""
    Worker.objects.filter(Q(name=name) | Q(seen_at__lt=machine - FORGOTTEN_AFTER)).delete()
