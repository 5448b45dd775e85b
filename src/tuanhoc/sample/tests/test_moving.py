"""The sample Week moves from PostgreSQL to SQLite and back by backups, and is the same."""

import os
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from tests.builders import IN_TIME

from tuanhoc.journal.models import Entry
from tuanhoc.operation.backup import writing
from tuanhoc.operation.tests.backups import elsewhere, in_folder, quiet, run, said_by
from tuanhoc.sample import rules
from tuanhoc.sample.building import play

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="from PostgreSQL to SQLite and back needs both")
def test_a_whole_week_goes_from_postgresql_to_sqlite_and_back_and_is_equal(settings, tmp_path):
    settings.SAMPLE = True
    in_folder(settings, tmp_path / "data")
    play(quiet, until=rules.FIRST_SHOWN, every=12)
    first = tmp_path / "first.zip"
    writing.write(first, at=IN_TIME, say=quiet)

    on_sqlite = elsewhere(tmp_path, "sqlite", first, TUANHOC_DATABASE_URL=f"sqlite://{tmp_path}/sqlite/t.sqlite3")

    host = make_two_roles()
    owner = f"postgresql://tuanhoc_owner@{host}/back_again"
    back_again = elsewhere(tmp_path, "postgresql", on_sqlite, TUANHOC_DATABASE_URL=owner)

    assert said_by(on_sqlite) == said_by(first)
    assert said_by(back_again) == said_by(first)
    assert Entry.objects.count() > 100
    the_application_works_and_cannot_touch_the_journal(tmp_path, host, back_again)


def make_two_roles() -> str:
    """Make a database with an owner and an application's role, both of them nobody special; return where it is."""
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS back_again")
        for role in ("tuanhoc_owner", "tuanhoc_web"):
            cursor.execute(f"DROP ROLE IF EXISTS {role}")
            cursor.execute(f"CREATE ROLE {role} LOGIN")
        cursor.execute("CREATE DATABASE back_again OWNER tuanhoc_owner")
    return os.environ["TUANHOC_DATABASE_URL"].rpartition("@")[2].partition("/")[0]


def the_application_works_and_cannot_touch_the_journal(tmp_path: Path, host: str, backup: Path) -> None:
    """Signed in as itself, also after a second restore in which the owner made all tables anew."""
    owner, web = (f"postgresql://{role}@{host}/back_again" for role in ("tuanhoc_owner", "tuanhoc_web"))
    again = f"run('protect', '--role', 'tuanhoc_web'); run('restore', {str(backup)!r}, '--replace', 'back_again')"
    run(again, tmp_path / "postgresql", TUANHOC_DATABASE_URL=owner)

    written = tmp_path / "web.zip"
    invited = "run('user', 'invite', 'lan@example.vn', '--operator')"
    run(f"{invited}; run('backup', {str(written)!r}, '--quiet')", tmp_path / "postgresql", TUANHOC_DATABASE_URL=web)
    entries = {path: said_by(path)["tables"]["journal_entry"]["count"] for path in (backup, written)}
    assert entries[written] > entries[backup]

    changes = ["UPDATE journal_entry SET what = 'x'", "DELETE FROM journal_entry", "TRUNCATE journal_entry",
               "ALTER TABLE journal_entry DISABLE TRIGGER ALL", "SET ROLE tuanhoc_owner"]  # fmt: skip
    with psycopg.connect(web, autocommit=True) as line:
        for change in changes:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                line.execute(change)
