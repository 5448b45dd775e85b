"""Workers killed with -9 at random moments while letters to everybody are queued in parts: none is lost, none is twice.

Real processes over a real database: a copy of the test's own on disk (SQLite), or the test's own (PostgreSQL).
"""

import contextlib
import datetime as dt
import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.db import connection
from tests.builders import province, unit_of, week

from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.dates import HANOI
from tuanhoc.notices.actions import reminding
from tuanhoc.units.models import Contact, Unit

UNITS = 100
#: three working days after the deadline
LATE = dt.datetime(2022, 10, 5, 9, tzinfo=HANOI)

#: A worker's part in it, again and again in a new process. Each kills itself after so many statements, drawn
#: beforehand: a moment that does not hang on how busy the machine is, and falls before a commit as often as after.
PROGRAM = """
import os, random, signal, sys
import django
django.setup()
from django.db import connection
from django.urls import reverse
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.outbox.models import Event
from tuanhoc.web import clock

def work(left, done_first):
    def count(execute, *asked):
        nonlocal left
        left -= 1
        done = execute(*asked) if left or done_first else None
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    with connection.execute_wrapper(count):
        while Event.objects.filter(delivered_at=None).exists():
            deliver_waiting(at=clock.now())

# Read once for all lives: every page of the program.
reverse("desk:home")

def live_and_die(seed):
    turn, kills = random.Random(seed), 0
    while True:
        lives = turn.randrange(4, 45) if kills < 8 else 10**9
        pid = os.fork()
        if not pid:
            work(lives, turn.random() < 0.5)
            os._exit(0)
        status = os.waitpid(pid, 0)[1]
        if status == 0:
            return kills
        assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, status
        kills += 1

# Two at once: where there are several writers they share the parts.
second = os.fork()
print(live_and_die("a" if second else "b"), flush=True)
if not second:
    os._exit(0)
assert os.waitpid(second, 0)[1] == 0
"""


@pytest.fixture
def campaign():
    province()
    first = week()
    host = unit_of(first, "th-lamson")
    units = Unit.objects.bulk_create(
        Unit(key=f"k-{n}", kind=Unit.Kind.SCHOOL_PRIMARY, name=f"Trường Tiểu học {n}") for n in range(UNITS)
    )
    RosterUnit.objects.bulk_create(
        RosterUnit(
            campaign=first, unit=one, name=one.name, kind=one.kind, rank=7, name_key=one.name,
            path=f"{host.path}{one.pk}/", closes_at=host.closes_at,
        )
        for one in units
    )  # fmt: skip
    Contact.objects.bulk_create(Contact(unit=one, name="Cô Hoa", email=f"{one.key}@th.example") for one in units)
    return first


@contextlib.contextmanager
def on_disk(folder):
    """Yield where processes of their own find the test's rows, and what reads them there."""
    if connection.vendor != "sqlite":
        given = urlsplit(os.environ["TUANHOC_DATABASE_URL"])
        yield given._replace(path=f"/{connection.settings_dict['NAME']}").geturl(), rows_by(connection.cursor())
        return
    path = folder / "killed.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    with contextlib.closing(sqlite3.connect(path)) as reader:
        yield f"sqlite://{path}", rows_by(reader.cursor())


def rows_by(cursor):
    def rows(statement):
        cursor.execute(statement)
        return cursor.fetchall()

    return rows


@pytest.mark.django_db(transaction=True)
def test_workers_killed_at_random_moments_queue_every_letter_once(campaign, tmp_path):
    # The call was opened, and nobody has told of it yet; the button is pressed at once.
    reminding.send_round(campaign, by=SYSTEM, at=LATE, due_at=LATE)
    people = sorted(Contact.objects.values_list("email", flat=True))
    with on_disk(tmp_path) as (url, rows):
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tuanhoc.config.settings.test", "TUANHOC_DATABASE_URL": url,
            "PYTHONPATH": os.pathsep.join(sys.path),
        }  # fmt: skip
        ran = subprocess.run([sys.executable, "-c", PROGRAM], env=env, capture_output=True, timeout=300, check=False)
        assert ran.returncode == 0, ran.stderr
        assert sum(map(int, ran.stdout.split())) >= 5

        letters = rows('SELECT id, about, "to", is_reminder FROM notices_message')
        called = sorted(to for _pk, about, to, _ in letters if about.startswith("call:"))
        reminded = sorted(to for _pk, _about, to, is_reminder in letters if is_reminder)
        assert called == reminded == people
        tasks = Counter(
            (asked if isinstance(asked, dict) else json.loads(asked))["args"][0]
            for [asked] in rows("SELECT args_kwargs FROM django_tasks_database_dbtaskresult")
        )
        assert tasks == Counter(pk for pk, *_ in letters)
        steps = Counter(rows("SELECT host_id, address FROM notices_reminder"))
        assert len(steps) >= UNITS
        assert set(steps.values()) == {1}
        assert rows("SELECT name, tries FROM outbox_event WHERE delivered_at IS NULL OR tries > 0") == []
