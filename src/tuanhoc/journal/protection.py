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

from .models import Entry

TABLE = Entry._meta.db_table
#: What nobody but the owner may hold on the table.
CHANGES = ("UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
#: Raised by both databases in these words.
REFUSED = "the journal is written once and never changed"

_SQLITE = {
    "journal_no_update": f"BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    "journal_no_delete": f"BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    # INSERT OR REPLACE deletes without asking the trigger above.
    "journal_no_replace": f"BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) "  # noqa: S608 - names of ours
    f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
}
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
_POSTGRESQL = (
    _FUNCTION,
    f"DROP TRIGGER IF EXISTS journal_no_change ON {TABLE}",
    f"CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses_change()",
    # "Always": replication's way of passing over triggers does not pass over this one.
    f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER journal_no_change",
)


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
            "SELECT tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = 'journal_no_change'", [TABLE]
        )
        trigger = cursor.fetchone()
        rights = ", ".join(f"has_table_privilege(%s, '{right}')" for right in CHANGES)
        cursor.execute(
            f"SELECT pg_has_role(relowner, 'MEMBER'), {rights} FROM pg_class WHERE oid = %s::regclass",  # noqa: S608 - names of ours
            [*[TABLE] * len(CHANGES), TABLE],
        )
        owns, *held = cursor.fetchone()
    may = frozenset(right for right, holds in zip(CHANGES, held, strict=True) if holds)
    return Protection("postgresql", trigger is not None and trigger[0] in {"A", "O"}, may, owns)


def protect_journal(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put the triggers in place, and take from every role but the owner what it should not hold. Bears any repeat.

    Called after every ``migrate``: a table made anew loses its triggers.
    """
    connection = connections[using]
    if connection.vendor == "sqlite":
        if _sqlite_triggers(connection) != _SQLITE.keys():
            _run(connection, [f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE])
            _run(connection, [f"CREATE TRIGGER {name} {rest}" for name, rest in _SQLITE.items()])
        return
    with transaction.atomic(using=using):
        if not protection_of_journal(using).has_triggers:
            _run(connection, _POSTGRESQL)
        _run(connection, [f"REVOKE {', '.join(CHANGES)} ON {TABLE} FROM {who}" for who in _holders(connection)])


def grant_to(role: str, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Let a role of PostgreSQL read the journal and add to it, and nothing else. For the owner to call."""
    quoted = connections[using].ops.quote_name(role)
    changes = ", ".join(CHANGES)
    _run(
        connections[using],
        [f"REVOKE {changes} ON {TABLE} FROM PUBLIC, {quoted}", f"GRANT SELECT, INSERT ON {TABLE} TO {quoted}"],
    )


@contextmanager
def unlocked(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Let the owner change the journal within one transaction: to empty a whole database on purpose, nothing else."""
    connection = connections[using]
    with transaction.atomic(using=using):
        if connection.vendor == "sqlite":
            stood = _sqlite_triggers(connection)
            _run(connection, [f"DROP TRIGGER {name}" for name in stood])
            yield
            _run(connection, [f"CREATE TRIGGER {name} {_SQLITE[name]}" for name in stood])
            return
        _run(connection, ["SELECT set_config('tuanhoc.journal', 'unlocked', true)"])
        yield
        _run(connection, ["SELECT set_config('tuanhoc.journal', '', true)"])


def _sqlite_triggers(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        return {name for (name,) in cursor.fetchall()} & _SQLITE.keys()


def _holders(connection: BaseDatabaseWrapper) -> list[str]:
    """Return who but the owner was granted more than reading and adding, quoted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT acl.grantee, acl.grantee::regrole::text FROM pg_class c, aclexplode(c.relacl) acl "
            "WHERE c.oid = %s::regclass AND acl.grantee <> c.relowner AND acl.privilege_type = ANY(%s)",
            [TABLE, list(CHANGES)],
        )
        return ["PUBLIC" if oid == 0 else name for oid, name in cursor.fetchall()]


def _run(connection: BaseDatabaseWrapper, statements: list[str] | tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
