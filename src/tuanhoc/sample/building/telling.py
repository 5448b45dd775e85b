"""What happened is told on its day: events reach their handlers, letters are written and marked as sent.

No letter leaves the machine: the sample's people do not exist. They are sent while building because a
stage would otherwise begin with hundreds in the queue, and send them again after every jump.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus, task_backends
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tuanhoc.notices.rules import GRACE
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.web import clock


@contextmanager
def without_mail() -> Iterator[None]:
    """Let letters be sent into nothing."""
    kept = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = kept


def let_grace_pass() -> None:
    """Let letters that wait their minute of grace leave now: days pass in the sample while seconds do here."""
    now = clock.machine()
    DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, run_after__gt=now, run_after__lte=now + GRACE
    ).update(run_after=now)  # fmt: skip


def tell(*, at: dt.datetime) -> None:
    """Deliver every waiting event and run every waiting task, the sample's clock standing at ``at``."""
    clock.move_to(at)
    while deliver_waiting(at=at):
        pass
    # The library's worker takes no part in a transaction around the whole play: without snapshots, letters wait.
    if connection.in_atomic_block or not isinstance(task_backends["default"], DatabaseBackend):
        return
    let_grace_pass()
    Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    ).run()
    DBTaskResult.objects.finished().delete()
