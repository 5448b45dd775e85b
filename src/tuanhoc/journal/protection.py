"""The database itself refuses to change the journal. The one file of this room with SQL of a vendor.

PostgreSQL: the application's role may read and add, nothing else (``grant_to``), and a trigger refuses UPDATE, DELETE
and TRUNCATE to the owner as well, until he unlocks it by name. SQLite has no roles: triggers refuse the change by any
program, but whoever can write the file can drop them, or the file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from .models import Entry, EntryUnit

TABLE = Entry._meta.db_table
#: The entries, and which units find them in their trails: who took a unit off would hide an entry from it.
TABLES = (TABLE, EntryUnit._meta.db_table)
#: What nobody but the owner may hold on the table.
CHANGES = ("UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
#: Raised by both databases in these words.
REFUSED = "the journal is written once and never changed"


def _sqlite_of(table: str, name: str) -> dict[str, tuple[str, str]]:
    """Return name -> (table, the rest of the statement) of a table's triggers."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    return {
        f"{name}_no_update": (table, f"BEFORE UPDATE ON {table} {refuse}"),
        f"{name}_no_delete": (table, f"BEFORE DELETE ON {table} {refuse}"),
        # INSERT OR REPLACE deletes without asking the trigger above.
        f"{name}_no_replace": (
            table,
            f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {refuse}",  # noqa: S608 - names of ours
        ),
    }


_SQLITE = {**_sqlite_of(TABLES[0], "journal"), **_sqlite_of(TABLES[1], "journal_units")}
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION journal_refuses_change() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF current_setting('tuanhoc.journal', true) = 'unlocked'
     AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'insufficient_privilege';
END $$
"""  # noqa: S608 - words of ours


def _postgresql_of(table: str) -> tuple[str, ...]:
    return (
        f"DROP TRIGGER IF EXISTS journal_no_change ON {table}",
        f"CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses_change()",
        # "Always": replication's way of passing over triggers does not pass over this one.
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER journal_no_change",
    )


_POSTGRESQL = (_FUNCTION, *(statement for table in TABLES for statement in _postgresql_of(table)))


@dataclass(frozen=True, slots=True)
class Protection:
    """How the journal is protected from the role that is signed in."""

    vendor: str
    #: the triggers stand
    has_triggers: bool
    #: what the role holds beyond reading and adding; on SQLite empty, for there are no roles
    may: frozenset[str]
    #: the role owns the table or may become its owner: it could drop the trigger
    owns: bool


def protection_of_journal(using: str = DEFAULT_DB_ALIAS) -> Protection:
    """Return how the journal is protected. Cost: one or two queries."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return Protection("sqlite", _sqlite_triggers(connection) == _SQLITE.keys(), frozenset(), owns=True)
        cursor.execute(
            "SELECT tgenabled FROM pg_trigger WHERE tgrelid IN (%s::regclass, %s::regclass) "
            "AND tgname = 'journal_no_change'",
            list(TABLES),
        )
        triggers = [state for (state,) in cursor.fetchall()]
        rights = ", ".join(f"bool_or(has_table_privilege(oid, '{right}'))" for right in CHANGES)
        cursor.execute(
            f"SELECT bool_or(pg_has_role(relowner, 'MEMBER')), {rights} FROM pg_class "  # noqa: S608 - names of ours
            "WHERE oid IN (%s::regclass, %s::regclass)",
            list(TABLES),
        )
        owns, *held = cursor.fetchone()
    may = frozenset(right for right, holds in zip(CHANGES, held, strict=True) if holds)
    has_triggers = len(triggers) == len(TABLES) and set(triggers) <= {"A", "O"}
    return Protection("postgresql", has_triggers, may, owns)


def protect_journal(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put the triggers in place, and take from every role but the owner what it should not hold. Bears any repeat.

    Called after every ``migrate``: a table made anew loses its triggers.
    """
    connection = connections[using]
    if connection.vendor == "sqlite":
        if _sqlite_triggers(connection) != _SQLITE.keys():
            _run(connection, [f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE])
            _run(connection, [f"CREATE TRIGGER {name} {rest}" for name, (_table, rest) in _SQLITE.items()])
        return
    with transaction.atomic(using=using):
        if not protection_of_journal(using).has_triggers:
            _run(connection, _POSTGRESQL)
        changes = ", ".join(CHANGES)
        _run(connection, [f"REVOKE {changes} ON {table} FROM {who}" for table, who in _holders(connection)])


def grant_to(role: str, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Let a role of PostgreSQL read the journal and add to it, and nothing else. For the owner to call."""
    quoted = connections[using].ops.quote_name(role)
    changes = ", ".join(CHANGES)
    _run(
        connections[using],
        [
            statement
            for table in TABLES
            for statement in (
                f"REVOKE {changes} ON {table} FROM PUBLIC, {quoted}",
                f"GRANT SELECT, INSERT ON {table} TO {quoted}",
            )
        ],
    )


@contextmanager
def unlocked(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Let the owner change the journal within one transaction: to empty a whole database on purpose, nothing else."""
    connection = connections[using]
    with transaction.atomic(using=using):
        if connection.vendor == "sqlite":
            stood = sorted(_sqlite_triggers(connection))
            _run(connection, [f"DROP TRIGGER {name}" for name in stood])
            yield
            _run(connection, [f"CREATE TRIGGER {name} {_SQLITE[name][1]}" for name in stood])
            return
        _run(connection, ["SELECT set_config('tuanhoc.journal', 'unlocked', true)"])
        yield
        _run(connection, ["SELECT set_config('tuanhoc.journal', '', true)"])


def _sqlite_triggers(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        return {name for name, table in cursor.fetchall() if _SQLITE.get(name, ("",))[0] == table}


def _holders(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Return each table, and who but the owner was granted more on it than reading and adding, quoted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT c.relname, acl.grantee, acl.grantee::regrole::text "
            "FROM pg_class c, aclexplode(c.relacl) acl "
            "WHERE c.oid IN (%s::regclass, %s::regclass) AND acl.grantee <> c.relowner "
            "AND acl.privilege_type = ANY(%s)",
            [*TABLES, list(CHANGES)],
        )
        return [(table, "PUBLIC" if oid == 0 else name) for table, oid, name in cursor.fetchall()]


def _run(connection: BaseDatabaseWrapper, statements: list[str] | tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
