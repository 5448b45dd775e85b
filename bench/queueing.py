"""How long a unit waits to hand in while letters to everybody are queued, beside the same on a quiet database.

    PYTHONPATH=src:. .venv/bin/python bench/queueing.py [--units 1000 5000]

A real worker (``tuanhoc work``) and a database on disk (SQLite, or PostgreSQL through ``scripts/with-postgresql``).
Units hand in on a fixed beat; what is measured is from the beat to the commit, so that a writer that is shut out for a
second counts as often as units would have come in it.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuanhoc.config.settings.test")
os.environ.setdefault("TUANHOC_DATA", tempfile.mkdtemp(prefix="tuanhoc-queueing-"))

from bench.reminders import AT, made
from django.core.management import call_command
from django.db import connection, transaction
from tests.builders import row, week

from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Registration
from tuanhoc.campaigns.events import CallOpened
from tuanhoc.campaigns.models import Campaign
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.notices.actions import reminding
from tuanhoc.notices.models import Message
from tuanhoc.outbox import actions as outbox
from tuanhoc.outbox.models import Event
from tuanhoc.units.models import Contact

#: Seconds between two units that hand in.
BEAT = 0.2
QUIET = 50
#: Hand-ins kept ready for one measure; where it takes longer, the rest of it is not sampled.
READY = 200


def begun(campaign: Campaign, many: int) -> list[Registration]:
    """Return drafts ready to be handed in."""
    begun_already = Registration.objects.filter(host__campaign=campaign).values("host")
    hosts = campaign.roster.exclude(pk__in=begun_already).filter(unit__key__startswith="b-").order_by("-pk")[:many]
    drafts = []
    for host in hosts:
        draft = activities.begin_registration(host, by=SYSTEM, at=AT)
        activities.save_rows(draft, [row()], by=SYSTEM, at=AT)
        drafts.append(draft)
    return drafts


def waits(drafts: list[Registration], *, until: Callable[[], bool]) -> list[float]:
    """Hand one in at each beat until told to stop; return the seconds from each beat to its commit."""
    seconds, beat = [], time.monotonic()
    while drafts and not until():
        time.sleep(max(0.0, beat - time.monotonic()))
        activities.submit_registration(drafts.pop(), by=SYSTEM, at=AT)
        seconds.append(time.monotonic() - beat)
        beat += BEAT
    return seconds


@contextmanager
def process(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process of the program's until the block ends."""
    running = subprocess.Popen([sys.executable, *words], stderr=subprocess.DEVNULL)
    try:
        yield running
    finally:
        running.terminate()
        running.wait()


def call_opened(campaign: Campaign) -> Callable[[], bool]:
    """Tell every unit that it may register; return what says that all their letters are queued."""
    wanted = Contact.objects.filter(unit__in=campaign.roster.values("unit_id")).count()
    Message.objects.filter(about__startswith="call:").delete()
    with transaction.atomic():
        outbox.record(CallOpened(campaign_id=campaign.pk, expected_count=wanted), at=AT)
    return lambda: Message.objects.filter(about__startswith="call:").count() >= wanted


def pressed(campaign: Campaign) -> Callable[[], bool]:
    """Press the button of the reminders, in a process of its own; return what says that all are queued."""
    wanted = len(reminding.queries.today(campaign, at=AT).plan.digests)
    there = Message.objects.filter(is_reminder=True).count()
    subprocess.Popen([sys.executable, __file__, "--press", str(campaign.pk)])
    # Some hand in before they are planned: none is waited for that never comes.
    return lambda: (
        Message.objects.filter(is_reminder=True).count() - there > wanted * 0.5
        and not Event.objects.filter(delivered_at=None, name="notices.round.part").exists()
    )


def measured(campaign: Campaign, what: Callable[[Campaign], Callable[[], bool]]) -> None:
    """Print one line: the wait on a quiet database, and while letters are queued."""
    drafts, tick = begun(campaign, QUIET + READY), iter(range(QUIET))
    quiet = waits(drafts, until=lambda: next(tick, None) is None)
    while outbox.deliver_waiting(at=AT):
        pass
    with process("-m", "django", "work"):
        time.sleep(6)
        began = time.monotonic()
        done = what(campaign)
        busy = waits(drafts, until=done)
        while not done():
            time.sleep(BEAT)
        took = time.monotonic() - began
    figures = [(statistics.median(s), statistics.quantiles(s, n=20)[-1], max(s)) for s in (quiet, busy)]
    floor, found = figures
    ratios = " | ".join(f"**{b / floor[0]:.1f}**" for b in found)
    absolute = " | ".join(f"{1000 * s:.0f}" for s in (*floor, *found))
    print(f"| {connection.vendor} | {campaign.roster.count()} | {what.__name__} | {ratios} | {absolute} | {took:.1f} |")


def main() -> None:
    """Print one line for each size and happening."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--units", type=int, nargs="+", default=[1000, 5000])
    asked.add_argument("--press", type=int, help="(in a process of its own) press the button of this Week")
    options = asked.parse_args()
    if options.press:
        began = time.monotonic()
        reminding.send_round(Campaign.objects.get(pk=options.press), by=SYSTEM, at=AT, due_at=AT)
        print(f"the press took {time.monotonic() - began:.2f} s", file=sys.stderr)
        return
    call_command("migrate", verbosity=0)
    campaign = week()
    print("| database | units | what is queued | p50 / quiet p50 | p95 / quiet p50 | max / quiet p50 | ", end="")
    print("quiet: p50, ms | p95 | max | meanwhile: p50, ms | p95 | max | queued in, s |")
    print("|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for many in sorted(options.units):
        made(campaign, many)
        outbox.deliver_waiting(at=AT)
        for what in (call_opened, pressed):
            measured(campaign, what)


if __name__ == "__main__":
    main()
