"""Waiting until the program has done what waits: events delivered, letters that are due out of the queue,
mail fetched and read, reports of letters that came back in the mailbox.
"""

import datetime as dt
import time

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from tuanhoc.intake.models import MailMessage
from tuanhoc.notices.models import Message
from tuanhoc.outbox.models import Event

from .house import House
from .mailbox import Mailbox
from .post import Post


class Settling:
    """Looks into the program's own queues, and at what is still on its way to its mailbox."""

    def __init__(self, mailbox: Mailbox, post: Post) -> None:
        self._mailbox, self._post = mailbox, post

    def waiting(self) -> tuple[int, int, int]:
        """Return how many events, mails and letters due there are, how many letters are being sent, how many reports.

        Letters of the hour's digest are not due.
        """
        soon = timezone.now() + dt.timedelta(seconds=30)
        events = Event.objects.filter(delivered_at=None).count()
        due = Message.objects.filter(state="queued").filter(Q(due_at=None) | Q(due_at__lte=soon)).count()
        wanted = len(self._mailbox.messages)
        unread = wanted - MailMessage.objects.exclude(state=MailMessage.State.KEPT).count()
        counts = events + due + max(0, unread), Message.objects.filter(state="sending").count()
        connection.close()
        return *counts, self._post.reports_waiting

    def settle(self, patience: float) -> float:
        """Wait until nothing is due, at most ``patience`` seconds; return how long it was."""
        begun = time.monotonic()
        while time.monotonic() - begun < patience:
            due, _sending, reports = self.waiting()
            if not due and not reports:
                break
            time.sleep(0.25)
        return time.monotonic() - begun

    def drain(self, house: House, *, patience: float = 900) -> tuple[float, int]:
        """Wait until every letter is sent, failed or dropped; the hour's digests are let go at once.

        Returns seconds and the number of digests brought forward.
        """
        begun = time.monotonic()
        forward = _let_go()
        while time.monotonic() - begun < patience:
            if not any(self.waiting()):
                # What was delivered meanwhile may have begun another digest.
                more = _let_go()
                if not more:
                    break
                forward += more
            if not all(process.is_alive for process in house.processes):
                raise RuntimeError("a process ended by itself")
            time.sleep(0.5)
        return time.monotonic() - begun, forward


def _let_go() -> int:
    from django_tasks_db.models import DBTaskResult

    later = Message.objects.filter(state="queued", due_at__gt=timezone.now() + dt.timedelta(minutes=2))
    forward = later.update(due_at=timezone.now())
    # Tasks without a time of their own have one in the far future, and are left.
    soon = timezone.now() + dt.timedelta(days=2)
    DBTaskResult.objects.filter(status="READY", run_after__gt=timezone.now(), run_after__lt=soon).update(
        run_after=timezone.now() - dt.timedelta(hours=1)
    )
    return forward
