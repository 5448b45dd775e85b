"""``tuanhoc work``: the worker beside the web process; delivers events, sends mail and fetches it, until told to stop.

Any number of them may run, on any number of machines with one PostgreSQL.
"""

import contextlib
import datetime as dt
import logging
import os
import signal
import socket
import threading
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks import task_backends
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tuanhoc.accounts.actions import drop_old_sign_ins
from tuanhoc.activities.actions import drop_expired, pick_up_stalled
from tuanhoc.campaigns.actions import forget_declined
from tuanhoc.intake.actions import fetching
from tuanhoc.intake.actions.drops import pick_up_drops
from tuanhoc.intake.actions.mail_reading import read_waiting
from tuanhoc.intake.actions.mails import MAILBOX
from tuanhoc.notices.actions import pick_up_forgotten
from tuanhoc.outbox import actions as outbox
from tuanhoc.units.actions.reforms import settle_names
from tuanhoc.web import clock

log = logging.getLogger(__name__)
#: Seconds between two looks when nothing waits.
PAUSE = 1.0
#: Tasks of one turn: events are looked at in between.
TURN = 20
TIDY_EVERY = dt.timedelta(minutes=1)
PRUNE_EVERY = dt.timedelta(hours=6)


class Command(BaseCommand):
    help = "Tiến trình nền: chuyển các thông báo đang chờ và gửi thư."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        stop = threading.Event()
        worker = _library_worker()
        for told in (signal.SIGINT, signal.SIGTERM):
            signal.signal(told, lambda *_: _stop(stop, worker))
        name, started_at = f"{socket.gethostname()}:{os.getpid()}", clock.machine()
        try:
            self._work(name, started_at, worker, stop, once=once)
        finally:
            with contextlib.suppress(DatabaseError):
                outbox.leave(name, machine=clock.machine())

    def _work(
        self, name: str, started_at: dt.datetime, worker: Worker | None, stop: threading.Event, *, once: bool
    ) -> None:
        beaten_at = tidied_at = pruned_at = looked_at = dt.datetime.min.replace(tzinfo=dt.UTC)
        while not stop.is_set():
            close_old_connections()
            now = clock.machine()
            if now - beaten_at >= outbox.BEAT:
                outbox.beat(name, started_at=started_at, machine=now)
                beaten_at = now
            if now - tidied_at >= TIDY_EVERY:
                pick_up_forgotten(at=now)
                pick_up_stalled(machine=now)
                drop_expired(at=clock.now())
                settle_names(at=clock.now())
                forget_declined(at=clock.now())
                pick_up_drops(machine=now)
                read_waiting(at=clock.now(), machine=now)
                tidied_at = now
            if now - looked_at >= dt.timedelta(seconds=settings.IMAP_EVERY):
                _look_into_the_mailbox(machine=now)
                looked_at = now
            if now - pruned_at >= PRUNE_EVERY and worker:
                call_command("prune_db_task_results", verbosity=0)
                drop_old_sign_ins(machine=now)
                pruned_at = now
            done = outbox.deliver_waiting(at=clock.now(), due_by=now) + (_turn(worker) if worker else 0)
            if not done:
                if once:
                    return
                stop.wait(PAUSE)


def _look_into_the_mailbox(*, machine: dt.datetime) -> None:
    """Keep what units wrote to the mailbox, where one is named; one that does not open is tried again next time."""
    if not fetching.is_set() or not settings.IMAP_EVERY:
        return
    try:
        fetching.fetch_mail(fetching.account(), by=MAILBOX, at=clock.now(), machine=machine)
    except Exception:
        # Mail that cannot be fetched must not hold up mail that is to be sent.
        log.exception("the mailbox was not read")


def _library_worker() -> Worker | None:
    """Return the library's worker; None where tasks go elsewhere (Redis) and have workers of their own."""
    if not isinstance(task_backends["default"], DatabaseBackend):
        return None
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=TURN,
        worker_id=get_random_string(32),
    )


def _turn(worker: Worker) -> int:
    """Run up to ``TURN`` tasks; return how many."""
    # The library takes the database for itself each time it looks; so it looks only when there is something.
    if not DBTaskResult.objects.ready().exists():
        return 0
    worker._run_tasks = 0
    worker.run()
    return int(worker._run_tasks)


def _stop(stop: threading.Event, worker: Worker | None) -> None:
    stop.set()
    if worker:
        worker.running = False  # the message at hand is finished first
