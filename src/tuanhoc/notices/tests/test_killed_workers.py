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
from tuanhoc.notices.tests.mail_server import mail_server
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.units.models import Contact, Unit
from tuanhoc.web import clock

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


#: A worker is killed between the mail server's 250 and its own note of it; the unit hands in; another worker comes.
AFTER_250 = """
import datetime as dt, os, signal, sys
import django
django.setup()
from django.conf import settings
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[1])
from tests.builders import registered
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.notices import post, rules
from tuanhoc.notices.models import Message
from tuanhoc.web import clock
at = dt.datetime.fromisoformat(sys.argv[2])
clock.now = lambda: at
rules.LEASE = dt.timedelta(0)
reminder = Message.objects.get(is_reminder=True)
host = reminder.host
django.db.connections.close_all()

pid = os.fork()
if not pid:
    post._write = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
    post.send_message.call(reminder.pk)
    os._exit(0)
status = os.waitpid(pid, 0)[1]
assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, status
registered(host, accepted=False, at=at)
print(post.send_message.call(reminder.pk), post.message_id_of(reminder), flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_a_letter_whose_worker_was_killed_after_the_250_is_never_said_not_to_have_left(tmp_path, settings, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATE)
    province()
    Contact.objects.create(unit=Unit.objects.get(key="xa-lamson"), name="Chị Lan", email="lan@xa.example")
    first = week()
    reminding.send_round(first, by=SYSTEM, at=LATE, due_at=LATE)
    deliver_waiting(at=LATE)
    with mail_server(settings) as server, on_disk(tmp_path) as (url, rows):
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tuanhoc.config.settings.test", "TUANHOC_DATABASE_URL": url,
            "PYTHONPATH": os.pathsep.join(sys.path),
        }  # fmt: skip
        asked = [sys.executable, "-c", AFTER_250, str(settings.EMAIL_PORT), LATE.isoformat()]
        ran = subprocess.run(asked, env=env, capture_output=True, timeout=120, check=False)
        assert ran.returncode == 0, ran.stderr
        [[state, why]] = rows("SELECT state, failed_because FROM notices_message WHERE is_reminder")
    became, message_id = ran.stdout.decode().split()
    # The server has one letter, and so it is not said that none left.
    assert [letter["Message-ID"] for letter in server.taken] == [message_id]
    assert became == state == "dropped"
    assert why.startswith("Một lần gửi trước bị ngắt giữa chừng nên thư có thể đã đi.")
