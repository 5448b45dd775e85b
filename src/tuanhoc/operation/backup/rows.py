"""Rows as lines of JSON: the same bytes whichever database they come from."""

import base64
import datetime as dt
import decimal
import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps.registry import Apps
from django.db import connections, models
from django.db.migrations.state import StateApps

#: Who is signed in and which worker breathes: of the moment, and sessions are keys. The list of where somebody is
#: signed in (``usersessions``) holds the same keys as the sessions themselves.
LEFT_OUT = frozenset({"django_session", "usersessions_usersession", "outbox_worker"})
#: Rows at a time, so that memory stays bounded.
AT_A_TIME = 500

Model = type[models.Model]


@dataclass(frozen=True, slots=True)
class Table:
    """One table and its columns, sorted by name."""

    model: Model
    name: str
    columns: list[str]
    fields: tuple["models.Field[Any, Any]", ...]


def tables(apps: "Apps | StateApps") -> list[Table]:
    """Return every table that belongs into a backup, those of many-to-many relations too, by name."""
    kept = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in LEFT_OUT
    ]
    return sorted((_table(model) for model in kept), key=lambda table: table.name)


def _table(model: Model) -> Table:
    fields = {str(f.column): f for f in model._meta.local_concrete_fields if not getattr(f, "generated", False)}
    return Table(model, model._meta.db_table, sorted(fields), tuple(fields[column] for column in sorted(fields)))


def lines(table: Table, *, using: str) -> Iterator[bytes]:
    """Give the table's rows, each a line, in the order of their keys."""
    rows = table.model._base_manager.using(using).order_by("pk")
    for row in rows.values_list(*(field.attname for field in table.fields)).iterator(chunk_size=AT_A_TIME):
        yield (
            json.dumps(
                [encoded(value) for value in row], ensure_ascii=False, sort_keys=True, separators=(",", ":")
            ).encode()
            + b"\n"
        )


@dataclass
class Sum:
    """Count, size and digest of lines that pass by."""

    count: int = 0
    size: int = 0

    def __post_init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, line: bytes) -> None:
        """Take one line in."""
        self.count += 1
        self.size += len(line)
        self._digest.update(line)

    @property
    def sha256(self) -> str:
        """Digest of all lines so far."""
        return self._digest.hexdigest()

    def said(self) -> dict[str, int | str]:
        """Return it as the manifest has it."""
        return {"count": self.count, "bytes": self.size, "sha256": self.sha256}


def summed(passing: Iterable[bytes], total: Sum) -> Iterator[bytes]:
    """Let lines pass, adding them up."""
    for line in passing:
        total.add(line)
        yield line


def encoded(value: Any) -> Any:
    """Return a column's value as JSON can hold it."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, dt.time):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, dt.timedelta):
        return value // dt.timedelta(microseconds=1)
    if isinstance(value, bytes | memoryview | bytearray):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID | decimal.Decimal) else value


_FROM_JSON: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": dt.datetime.fromisoformat,
    "DateField": dt.date.fromisoformat,
    "TimeField": dt.time.fromisoformat,
    "UUIDField": uuid.UUID,
    "DecimalField": decimal.Decimal,
    "BinaryField": base64.b64decode,
    "DurationField": lambda value: dt.timedelta(microseconds=value),
}


def decoded(field: "models.Field[Any, Any]", value: Any) -> Any:
    """Return what :func:`encoded` was given."""
    if value is None:
        return None
    while field.remote_field:
        field = field.target_field  # type: ignore[attr-defined]
    return _FROM_JSON.get(field.get_internal_type(), lambda same: same)(value)


def insert(table: Table, rows: list[list[Any]], *, using: str) -> None:
    """Write rows as they are: no default, no time of now, no signal."""
    connection = connections[using]
    quoted = [connection.ops.quote_name(name) for name in (table.name, *table.columns)]
    marks = ", ".join(["%s"] * len(table.fields))
    values = [
        [
            field.get_db_prep_save(decoded(field, value), connection)
            for field, value in zip(table.fields, row, strict=True)
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quoted[0]} ({', '.join(quoted[1:])}) VALUES ({marks})", values)  # noqa: S608 - names of ours
