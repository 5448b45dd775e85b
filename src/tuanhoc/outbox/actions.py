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
#: What is to be written, found out beforehand.
Write = Callable[[], object]
_handlers: dict[str, list[Callable[[Any], None]]] = defaultdict(list)
_thinkers: dict[str, list[Callable[[Any], Write | None]]] = defaultdict(list)
_kinds: dict[str, type[Any]] = {}


def on(kind: type[H]) -> Callable[[Callable[[H], None]], Callable[[H], None]]:
    """Register a handler for one kind of event. It must bear a second run."""

    def register(handler: Callable[[H], None]) -> Callable[[H], None]:
        _kinds[kind.name] = kind
        if handler not in _handlers[kind.name]:
            _handlers[kind.name].append(handler)
        return handler

    return register


def prepares(kind: type[H]) -> Callable[[Callable[[H], Write | None]], Callable[[H], Write | None]]:
    """Register a handler that reads and words first, and returns what is to be written, or None.

    SQLite has one writer, and whoever thinks inside a transaction shuts all others out for as long. What is written
    must bear that the world has changed a little since it was read, and, as any handler, a second run.
    """

    def register(thinker: Callable[[H], Write | None]) -> Callable[[H], Write | None]:
        _kinds[kind.name] = kind
        if thinker not in _thinkers[kind.name]:
            _thinkers[kind.name].append(thinker)
        return thinker

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


@transaction.atomic
def withdraw(kind: type[H], **fields: object) -> list[H]:
    """Take back the events of a kind, with these fields, that are not delivered; return them.

    One that is being delivered at this moment is waited for, and stays.
    """
    named = {f"payload__{field}": value for field, value in fields.items()}
    waiting = Event.objects.select_for_update().filter(name=kind.name, delivered_at=None, **named)
    held = {event.pk: kind(**event.payload) for event in waiting.order_by("pk")}
    Event.objects.filter(pk__in=held).delete()
    return list(held.values())


def deliver_waiting(
    *,
    at: dt.datetime,
    due_by: dt.datetime | None = None,
    limit: int = 500,
    kind: type[Happening] | None = None,
) -> int:
    """Hand waiting events to their handlers, oldest first, and those recorded meanwhile; return how many it were.

    Each event is delivered in a transaction of its own: handler and mark commit together.
    A failing event is tried again after a growing pause and does not hold up the others.

    :param due_by: the machine's time; None tries even those that pause after a failure.
    :param kind: only these; None: all.
    """
    waiting = Event.objects.filter(delivered_at=None, tries__lt=MOST_TRIES).order_by("pk")
    if due_by is not None:
        waiting = waiting.filter(Q(due_at=None) | Q(due_at__lte=due_by))
    if kind is not None:
        waiting = waiting.filter(name=kind.name)
    looked_at = delivered = last = 0
    while looked_at < limit and (
        pks := list(waiting.filter(pk__gt=last).values_list("pk", flat=True)[: limit - looked_at])
    ):
        delivered += sum(_deliver(pk, at=at, due_by=due_by) for pk in pks)
        looked_at, last = looked_at + len(pks), pks[-1]
    return delivered


def _deliver(pk: int, *, at: dt.datetime, due_by: dt.datetime | None) -> bool:
    skips = connection.features.has_select_for_update_skip_locked
    try:
        # Where there is one writer, the others write while this one thinks. Elsewhere the event is held meanwhile,
        # so that of two workers one thinks about it; its row is all that is held.
        writes = None if skips else _writes(Event.objects.filter(pk=pk, delivered_at=None).first())
        with transaction.atomic():
            # Held while it is delivered; another worker passes over it instead of waiting.
            free = Event.objects.select_for_update(skip_locked=skips)
            event = free.filter(pk=pk, delivered_at=None).first()
            if event is None:
                return False
            for write in _writes(event) if writes is None else writes:
                write()
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


def _writes(event: Event | None) -> list[Write]:
    if event is None:
        return []
    found = [think(_kinds[event.name](**event.payload)) for think in _thinkers[event.name]]
    return [write for write in found if write is not None]


def _put_off(pk: int, error: Exception, *, due_by: dt.datetime | None) -> None:
    tries = (Event.objects.values_list("tries", flat=True).filter(pk=pk).first() or 0) + 1
    # 2, 8, 32 seconds … 9 hours: a server that is down for the night loses nothing.
    due_at = due_by + dt.timedelta(seconds=2 * 4 ** (tries - 1)) if due_by else None
    Event.objects.filter(pk=pk).update(tries=tries, last_error=repr(error)[:2000], due_at=due_at)


def beat(name: str, *, started_at: dt.datetime, machine: dt.datetime) -> None:
    """Say that the worker ``name`` lives."""
    Worker.objects.update_or_create(name=name, defaults={"started_at": started_at, "seen_at": machine})


def leave(name: str, *, machine: dt.datetime) -> None:
    """Say that the worker ``name`` ends on request; those that ended otherwise a day ago are forgotten with it."""
    Worker.objects.filter(Q(name=name) | Q(seen_at__lt=machine - FORGOTTEN_AFTER)).delete()
