"""The journal cannot be altered: by any program on SQLite, by the application's own role on PostgreSQL."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from tests.builders import IN_TIME, registered, unit_of, week

from tuanhoc.journal import actions as journal
from tuanhoc.journal.models import Entry, EntryUnit
from tuanhoc.lib.actor import SYSTEM

pytestmark = pytest.mark.django_db
CHANGES = {
    "UPDATE": "UPDATE journal_entry SET what = 'forged'",
    "DELETE": "DELETE FROM journal_entry",
    # Which unit finds it: without that, an entry is out of the unit's sight.
    "UPDATE of a unit": "UPDATE journal_entryunit SET unit_id = 0",
    "DELETE of a unit": "DELETE FROM journal_entryunit",
}
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own way of changing a row")


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def everything() -> list[list[dict[str, object]]]:
    return [list(model.objects.order_by("pk").values()) for model in (Entry, EntryUnit)]


@pytest.fixture
def entry() -> Entry:
    week()
    with transaction.atomic():
        journal.write("desk.test", by=SYSTEM, on=week_of(), at=IN_TIME, details={"before": 1})
    return Entry.objects.latest("pk")


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_no_entry_is_changed_or_deleted_even_by_the_owner(entry, change):
    before = everything()
    with pytest.raises(DatabaseError, match="never changed"):
        run(change)
    assert everything() == before
    assert journal.protection_of_journal().has_triggers


@on_sqlite
def test_an_entry_is_not_replaced_by_another_of_its_number(entry):
    others = "at, by_name, on_kind, on_id, unit_path, details"
    with pytest.raises(DatabaseError, match="never changed"):
        run(
            f"INSERT OR REPLACE INTO journal_entry (id, what, {others}) "
            f"SELECT id, 'forged', {others} FROM journal_entry WHERE id = {entry.pk}"
        )


def test_the_owner_empties_it_on_purpose_only_and_it_is_locked_again(entry):
    with journal.unlocked():
        run(CHANGES["DELETE of a unit"])
        run(CHANGES["DELETE"])
    assert not Entry.objects.exists()
    with transaction.atomic():
        journal.write("desk.test", by=SYSTEM, on=week_of(), at=IN_TIME)
    with pytest.raises(DatabaseError, match="never changed"):
        run(CHANGES["DELETE"])


@pytest.mark.parametrize("table", ["journal_entry", "journal_entryunit"])
def test_a_table_that_lost_its_triggers_gets_them_back_with_the_next_migrate(entry, table):
    on_sqlite = {"journal_entry": "journal_no_update", "journal_entryunit": "journal_units_no_update"}
    run(f"DROP TRIGGER journal_no_change ON {table}" if connection.vendor == "postgresql"
        else f"DROP TRIGGER {on_sqlite[table]}")  # fmt: skip
    assert not journal.protection_of_journal().has_triggers
    call_command("migrate", verbosity=0)
    assert journal.protection_of_journal().has_triggers


@pytest.fixture
def as_application(entry) -> Iterator[str]:
    """Work as a second role, as the application does where the owner only migrates."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE tuanhoc_app")
    call_command("protect", "--role", "tuanhoc_app", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE tuanhoc_app")
    yield "tuanhoc_app"
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@on_postgresql
@pytest.mark.parametrize(
    "change",
    [
        *CHANGES.values(),
        "TRUNCATE journal_entry, journal_entryunit",
        "TRUNCATE journal_entryunit",
        "ALTER TABLE journal_entryunit DISABLE TRIGGER ALL",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER journal_no_change ON journal_entry",
        "DROP TABLE journal_entry",
        "ALTER TABLE journal_entry RENAME TO other",
        "CREATE RULE none AS ON INSERT TO journal_entry DO INSTEAD NOTHING",
        "CREATE OR REPLACE FUNCTION journal_refuses_change() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RETURN NULL; END'",
        "GRANT UPDATE ON journal_entry TO tuanhoc_app; UPDATE journal_entry SET what = 'forged'",
        "SELECT set_config('tuanhoc.journal', 'unlocked', true); DELETE FROM journal_entry",
        "INSERT INTO journal_entry SELECT * FROM journal_entry ON CONFLICT (id) DO UPDATE SET what = 'forged'",
    ],
)
def test_the_applications_role_can_do_nothing_about_it(as_application, change):
    before = everything()
    with pytest.raises(DatabaseError):
        run(change)
    assert everything() == before


@on_postgresql
def test_the_application_works_with_such_a_role(as_application):
    before = Entry.objects.count()
    registered(unit_of(week_of(), "th-lamson"))
    assert Entry.objects.count() > before
    protection = journal.protection_of_journal()
    assert (protection.may, protection.owns) == (frozenset(), False)


@on_postgresql
def test_rights_given_by_mistake_are_taken_back_with_the_next_migrate(entry):
    run("CREATE ROLE tuanhoc_app; GRANT ALL ON journal_entry, journal_entryunit TO tuanhoc_app, PUBLIC")
    journal.protect_journal()
    run("SET ROLE tuanhoc_app")
    held = journal.protection_of_journal().may
    run("RESET ROLE")
    assert held == frozenset()


def week_of():
    """Return the Week there is, by the name of its table: the journal stands below the rooms that write in it."""
    return apps.get_model("campaigns", "Campaign").objects.get()


def test_entries_are_read_in_the_order_they_were_written(entry):
    with transaction.atomic():
        journal.write("desk.next", by=SYSTEM, on=week_of(), at=IN_TIME + dt.timedelta(seconds=1))
    assert [e.what for e in Entry.objects.order_by("pk")][-2:] == ["desk.test", "desk.next"]
