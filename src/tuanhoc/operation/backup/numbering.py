"""The numbers rows get by themselves: carried over, so that no number is given twice in an installation's life."""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from .rows import Table


def next_number(table: Table, connection: BaseDatabaseWrapper) -> int | None:
    """Return the number the table's next row gets at least; None where rows get none by themselves."""
    if not isinstance(table.model._meta.pk, models.AutoField | models.BigAutoField | models.SmallAutoField):
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq + 1 FROM sqlite_sequence WHERE name = %s", [table.name])
        else:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table.name, table.model._meta.pk.column])
            (sequence,) = cursor.fetchone()
            cursor.execute(f"SELECT last_value + is_called::int FROM {sequence}")  # noqa: S608 - the database's own word
        found = cursor.fetchone()
    return int(found[0]) if found else 1


def go_on_from(table: Table, number: int, connection: BaseDatabaseWrapper) -> None:
    """Have the table's next row get ``number`` or a higher one."""
    pk = table.model._meta.pk
    name, column = connection.ops.quote_name(table.name), connection.ops.quote_name(str(pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(MAX({column}), 0) + 1 FROM {name}")  # noqa: S608 - names of ours
        number = max(number, int(cursor.fetchone()[0]))
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)", [table.name, pk.column, number])
        elif number > 1:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, number - 1])
