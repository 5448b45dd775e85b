"""Waiting until the program has done what waits: events delivered, letters that are due out of the queue."""

import datetime as dt
import time

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from tuanhoc.notices.models import Message
from tuanhoc.outbox.models import Event

from .house import House


def waiting() -> tuple[int, int, int]:
    """Return how many events, letters due, and letters being sent there are; those of the hour's digest are not due."""
    now = timezone.now()
    events = Event.objects.filter(delivered_at=None).count()
    due = Message.objects.filter(state="queued").filter(Q(due_at=None) | Q(due_at__lte=now + dt.timedelta(seconds=30)))
    counts = events, due.count(), Message.objects.filter(state="sending").count()
    connection.close()
    return counts


def settle(patience: float) -> float:
    """Wait until nothing is due, at most ``patience`` seconds; return how long it was."""
    begun = time.monotonic()
    while time.monotonic() - begun < patience:
        if not any(waiting()[:2]):
            break
        time.sleep(0.5)
    return time.monotonic() - begun


def drain(house: House, *, patience: float = 900) -> tuple[float, int]:
    """Wait until every letter is sent, failed or dropped; the hour's digests are let go at once.

    Returns seconds and the number of digests brought forward.
    """
    from django_tasks_db.models import DBTaskResult

    begun = time.monotonic()
    later = Message.objects.filter(state="queued", due_at__gt=timezone.now() + dt.timedelta(minutes=2))
    forward = later.count()
    later.update(due_at=timezone.now())
    # Tasks without a time of their own have one in the far future, and are left.
    soon = timezone.now() + dt.timedelta(days=2)
    DBTaskResult.objects.filter(status="READY", run_after__gt=timezone.now(), run_after__lt=soon).update(
        run_after=timezone.now() - dt.timedelta(hours=1)
    )
    while time.monotonic() - begun < patience:
        if not any(waiting()):
            break
        if not all(process.is_alive for process in house.processes):
            raise RuntimeError("a process ended by itself")
        time.sleep(1)
    return time.monotonic() - begun, forward
