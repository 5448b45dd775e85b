"""``tuanhoc work``: the worker beside the web process; delivers what waits, until told to stop."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.web import clock

#: Seconds between two looks when nothing waits.
PAUSE = 1.0


class Command(BaseCommand):
    help = "Tiến trình nền: chuyển các thông báo đang chờ."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for told in (signal.SIGINT, signal.SIGTERM):
            signal.signal(told, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            if not deliver_waiting(at=clock.now()):
                stop.wait(PAUSE)
