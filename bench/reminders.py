"""The dry run and the press of the button, as ratios to bare reads and writes of the same rows in the same run.

    PYTHONPATH=src:. .venv/bin/python bench/reminders.py [--units 1000 5000]

Processor time, the best of three; a database in memory, or PostgreSQL through ``scripts/with-postgresql``.
"""
# ruff: noqa: E402 - Django is set up before its models are read

import argparse
import datetime as dt
import logging
import os
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuanhoc.config.settings.test")

import django

django.setup()

from django.db import connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment, teardown_databases
from tests.builders import unit_of, week

from tuanhoc.activities.models import Registration, State
from tuanhoc.campaigns.events import CallOpened
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.dates import HANOI
from tuanhoc.notices.actions import reminding
from tuanhoc.notices.events import MailingPart, RoundPart
from tuanhoc.notices.models import Message
from tuanhoc.notices.queries import reminding as queries
from tuanhoc.notices.rules import PART
from tuanhoc.outbox.actions import deliver_waiting, record
from tuanhoc.outbox.models import Event
from tuanhoc.units.models import Contact, Unit

#: three working days after the deadline: every unit at its last step, the units above asked to help
AT = dt.datetime(2022, 10, 5, 9, tzinfo=HANOI)


def made(campaign: Campaign, many: int) -> None:
    """Add units with a contact each to the roster; every third has replied."""
    first = unit_of(campaign, "th-lamson")
    there = RosterUnit.objects.filter(campaign=campaign).count()
    units = Unit.objects.bulk_create(
        Unit(key=f"b-{n}", kind=Unit.Kind.SCHOOL_PRIMARY, name=f"Trường Tiểu học {n}") for n in range(there, many)
    )
    hosts = RosterUnit.objects.bulk_create(
        RosterUnit(
            campaign=campaign, unit=one, name=one.name, kind=one.kind, rank=7, name_key=one.name,
            reviewer=first.reviewer, path=f"{first.path}{one.pk}/", closes_at=first.closes_at,
        )
        for one in units
    )  # fmt: skip
    Contact.objects.bulk_create(Contact(unit=one, name="Cô Hoa", email=f"{one.key}@th.example") for one in units)
    Registration.objects.bulk_create(
        Registration(host=host, state=State.SUBMITTED, submitted_at=AT) for host in hosts[::3]
    )


def best(act: Callable[[], object], *, undone: bool = False, runs: int = 3) -> float:
    """Return the least processor seconds of some runs; ``undone``: each is rolled back."""
    seconds = []
    for _ in range(runs):
        with transaction.atomic():
            began = time.process_time()
            act()
            seconds.append(time.process_time() - began)
            transaction.set_rollback(undone)
    return min(seconds)


def bare_read(campaign: Campaign) -> None:
    """Read the rows the plan is made from, and nothing else."""
    list(campaign.roster.order_by("rank", "name_order", "pk"))
    list(Registration.objects.filter(host__campaign=campaign).values_list("host_id", "state"))
    list(Contact.objects.filter(unit__in=campaign.roster.values("unit_id")))


def bare_write(campaign: Campaign, many: int) -> None:
    """Render as many templates and write as many rows: a letter with the same words in each."""
    text = [render_to_string("notices/_closing.txt", {"campaign": campaign}) for _ in range(many)]
    Message.objects.bulk_create(
        [Message(about=f"b-{n}", to="a@b.example", subject="Thư", body=t, queued_at=AT) for n, t in enumerate(text)],
        batch_size=250,
    )


def press_and_queue(campaign: Campaign) -> None:
    """Press the button and do the worker's part of it."""
    reminding.send_round(campaign, by=SYSTEM, at=AT, due_at=AT)
    while deliver_waiting(at=AT, kind=RoundPart):
        pass


def bare_inserts(campaign: Campaign, many: int) -> None:
    """Insert one row a letter, its words at hand, a statement each: no ORM, no template."""
    row = ("a@b.example", "Thư", "Kính gửi Quý đơn vị. " * 60, "queued", AT, campaign.pk)
    with connection.cursor() as cursor:
        for n in range(many):
            cursor.execute(
                "INSERT INTO notices_message (about, receiver, carries_link, is_reminder, link_role, tries, "
                'failed_because, "to", subject, body, state, queued_at, campaign_id) '
                "VALUES (%s, '', FALSE, FALSE, 'officer', 0, '', %s, %s, %s, %s, %s, %s)",
                (f"bare-{n}", *row),
            )


def a_part(campaign: Campaign, kind: type[RoundPart] | type[MailingPart]) -> None:
    """Print what one letter of a part costs a worker, beside one bare insert."""
    with transaction.atomic():
        if kind is RoundPart:
            reminding.send_round(campaign, by=SYSTEM, at=AT, due_at=AT)
        else:
            record(CallOpened(campaign_id=campaign.pk, expected_count=0), at=AT)
            deliver_waiting(at=AT, kind=CallOpened)
        # The first ones read templates and pages, which a worker does once.
        deliver_waiting(at=AT, kind=kind, limit=2)
        there = Message.objects.count()
        spent = best(lambda: deliver_waiting(at=AT, kind=kind, limit=1), undone=True, runs=20) / PART
        deliver_waiting(at=AT, kind=kind, limit=1)
        assert Message.objects.count() - there == PART, "a part is of so many letters"
        bare = best(lambda: bare_inserts(campaign, PART), undone=True, runs=100) / PART
        transaction.set_rollback(True)
    print(f"| {kind.name} | **{spent / bare:.0f}** | {1000 * spent:.2f} | {1000 * bare:.3f} |")


def main() -> None:
    """Print one line for each size, and what a letter costs."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--units", type=int, nargs="+", default=[1000, 5000])
    logging.disable(logging.INFO)
    setup_test_environment()
    kept = setup_databases(0, interactive=False)
    campaign = week()
    Event.objects.all().delete()
    print("| units | letters | queries of the plan | plan / bare read | press / bare write ", end="")
    print("| press and queue / bare write | plan, s | press, s | press and queue, s |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for many in sorted(asked.parse_args().units):
        made(campaign, many)
        with CaptureQueriesContext(connection) as counted:
            letters = len(queries.today(campaign, at=AT).plan.digests)
        plan, read = best(lambda: queries.today(campaign, at=AT)), best(lambda: bare_read(campaign))
        press = best(lambda: reminding.send_round(campaign, by=SYSTEM, at=AT, due_at=AT), undone=True)
        both = best(lambda: press_and_queue(campaign), undone=True)
        write = best(lambda n=letters: bare_write(campaign, n), undone=True)
        print(
            f"| {many} | {letters} | {len(counted)} | **{plan / read:.2f}** | **{press / write:.1f}** "
            f"| **{both / write:.1f}** | {plan:.3f} | {press:.2f} | {both:.2f} |"
        )
    print("\n| a part of 40 letters | a letter / a bare insert | a letter, ms | a bare insert, ms |\n|---|--:|--:|--:|")
    for kind in (MailingPart, RoundPart):
        a_part(campaign, kind)
    teardown_databases(kept, 0)


if __name__ == "__main__":
    main()
