"""Figures out of the database: the same from every process, so they are never added up."""

import datetime as dt
import shutil
from importlib.metadata import version

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Min
from django_tasks_db.models import DBTaskResult

from tuanhoc.activities.models import Registration
from tuanhoc.notices.models import Message
from tuanhoc.outbox import actions as outbox
from tuanhoc.outbox.models import Event, Worker
from tuanhoc.web.figures import Sample, family


def lines(*, machine: dt.datetime) -> list[str]:
    """Return the lines of all of them. Cost: 8 queries. While the database is away: that it is."""
    said = family("tuanhoc_build_info", "gauge", "Version of the program.", [({"version": version("tuanhoc")}, 1)])
    said += family("tuanhoc_data_free_bytes", "gauge", "Free space for the data folder.", [({}, _free())])
    try:
        told = [*_events(machine), *_messages(machine), *_tasks(machine), *_registrations(), *_workers(machine)]
    except (DatabaseError, OSError):
        return [*said, *family("tuanhoc_database_up", "gauge", "Whether the database answers.", [({}, 0)])]
    return [*said, *family("tuanhoc_database_up", "gauge", "Whether the database answers.", [({}, 1)]), *told]


def _free() -> float:
    try:
        return float(shutil.disk_usage(settings.DATA_DIR).free)
    except OSError:
        return 0.0


def _age(since: dt.datetime | None, machine: dt.datetime) -> list[Sample]:
    """Return how long the oldest waits, in seconds; 0 while nothing does."""
    return [({}, max(0.0, (machine - since).total_seconds()) if since else 0.0)]


def _events(machine: dt.datetime) -> list[str]:
    waiting = Event.objects.filter(delivered_at=None)
    given_up = waiting.filter(tries__gte=outbox.MOST_TRIES).count()
    kept = waiting.filter(tries__lt=outbox.MOST_TRIES).aggregate(count=Count("pk"), oldest=Min("at"))
    return [
        *family("tuanhoc_events_waiting", "gauge", "Events not delivered yet.", [({}, kept["count"])]),
        *family("tuanhoc_events_given_up", "gauge", "Events whose handler failed too often.", [({}, given_up)]),
        *family("tuanhoc_events_oldest_seconds", "gauge", "Age of the oldest waiting.", _age(kept["oldest"], machine)),
    ]


def _messages(machine: dt.datetime) -> list[str]:
    counts = dict.fromkeys(Message.State.values, 0)
    counts |= dict(Message.objects.values_list("state").annotate(Count("pk")))
    due = Message.objects.filter(state=Message.State.QUEUED, due_at__lte=machine).aggregate(oldest=Min("due_at"))
    samples: list[Sample] = [({"state": state}, float(number)) for state, number in counts.items()]
    return [
        *family("tuanhoc_messages", "gauge", "Mails by state.", samples),
        *family(
            "tuanhoc_messages_oldest_due_seconds",
            "gauge",
            "How long the first due waits.",
            _age(due["oldest"], machine),
        ),
    ]


def _tasks(machine: dt.datetime) -> list[str]:
    samples: list[Sample] = [
        ({"status": str(status).lower()}, float(number))
        for status, number in DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk"))
    ]
    ready = DBTaskResult.objects.ready().order_by().aggregate(oldest=Min("enqueued_at"))
    return [
        *family("tuanhoc_tasks", "gauge", "Tasks by status.", samples),
        *family(
            "tuanhoc_tasks_oldest_ready_seconds",
            "gauge",
            "Age of the oldest that could run.",
            _age(ready["oldest"], machine),
        ),
    ]


def _registrations() -> list[str]:
    counted = Registration.objects.order_by().values_list("host__campaign__code", "state").annotate(Count("pk"))
    samples: list[Sample] = [({"campaign": code, "state": state}, float(number)) for code, state, number in counted]
    return family("tuanhoc_registrations", "gauge", "Registrations by Week and state.", samples)


def _workers(machine: dt.datetime) -> list[str]:
    samples: list[Sample] = [
        ({"worker": worker.name}, max(0.0, (machine - worker.seen_at).total_seconds()))
        for worker in Worker.objects.order_by("name")
    ]
    return family("tuanhoc_worker_seen_seconds", "gauge", "How long ago a worker was seen.", samples)
