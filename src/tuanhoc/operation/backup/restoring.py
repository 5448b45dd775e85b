"""Restoring a backup: all of it or nothing, on SQLite or PostgreSQL, whichever it came from.

The database is built anew at the version the backup was made by, filled, compared with the manifest, and only then
brought to this program's version. On SQLite that happens in a file beside, which takes the place of the database in one
commit; on PostgreSQL in one transaction. Files are unpacked beside their folder, and moved before the commit.
"""

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from tuanhoc.lib.numbers import grouped
from tuanhoc.lib.refusal import N_, Refusal

from . import rows
from .archive import Altered, Archive, Kept, Say
from .numbering import go_on_from

#: Filled by migrating itself, so that they do not make a database "not empty".
_FILLED_BY_ITSELF = {"django_content_type", "auth_permission", *rows.LEFT_OUT}
#: Tables of so many rows are told of.
_MANY = 1000
#: Room for the database beside the files: rows unpacked, with their indexes.
_ROOM_FOR_ROWS = 3


class NotEmpty(Refusal):
    message = N_(
        "Cơ sở dữ liệu “%(name)s” đang có dữ liệu (%(tables)s). "
        "Muốn thay toàn bộ: sao lưu trước, rồi thêm --replace %(name)s"
    )


class WrongName(Refusal):
    message = N_("Tên gõ sau --replace là “%(given)s”, cơ sở dữ liệu là “%(name)s”. Không có gì thay đổi.")


class NewerVersion(Refusal):
    """It was made after this version, or by one that took another way here: its own version reads it in any case."""

    message = N_(
        "Bản sao lưu do phiên bản %(version)s tạo ra, có bước nâng cấp mà chương trình này không biết (%(what)s). "
        "Nếu phiên bản ấy mới hơn: nâng cấp chương trình rồi làm lại. Nếu không: khôi phục bằng đúng phiên bản ấy, "
        "rồi nâng cấp. Không có gì thay đổi."
    )


class OtherTables(Refusal):
    message = N_(
        "Bảng hoặc cột trong bản sao lưu khác với phiên bản đã ghi trong nó (%(what)s). Nếu bản sao lưu do phiên bản "
        "cũ (%(version)s) tạo ra: khôi phục bằng đúng phiên bản ấy, nâng cấp, rồi sao lưu lại. Không có gì thay đổi."
    )


class NoRoom(Refusal):
    message = N_("Đĩa không đủ chỗ: cần khoảng %(needed)s MB, còn %(free)s MB. Không có gì thay đổi.")


class DoesNotFit(Refusal):
    message = N_("Cơ sở dữ liệu không nhận được bảng %(table)s: %(why)s. Không có gì thay đổi.")


class PointsNowhere(Refusal):
    message = N_("Bản sao lưu có dòng trỏ tới dòng không có: %(why)s. Không có gì thay đổi.")


class DatabaseRefused(Refusal):
    message = N_(
        "Cơ sở dữ liệu từ chối: %(why)s. Nếu chương trình đang chạy, hãy dừng rồi làm lại. Không có gì thay đổi."
    )


class NotEqual(Refusal):
    message = N_("Dữ liệu ghi ra khác bản sao lưu ở bảng %(table)s. Không có gì thay đổi.")


def restore(archive: Archive, *, say: Say, replace: str | None = None, using: str = "default") -> None:
    """Put the backup in the place of an empty database, or of the one whose name ``replace`` gives.

    :param say: is told what is under way.
    :raises Refusal: with a sentence; then nothing has changed.
    """
    connection = connections[using]
    _look_at_versions(archive, connection)
    _look_at_what_stands(connection, replace)
    folder = Path(default_storage.path("x")).parent
    folder.mkdir(parents=True, exist_ok=True)
    _look_for_room(archive, folder)
    say(_("Đọc và đối chiếu bản sao lưu …"))
    archive.check()
    with _unpacked(archive, folder, say) as unpacked:
        rebuild = _rebuilt_aside if connection.vendor == "sqlite" else _rebuilt_in_place
        try:
            # Moved last, and taken back when the commit after it fails.
            with _moving(unpacked, folder) as move, rebuild(archive, connection, say):
                move()
        except DatabaseError as error:
            raise DatabaseRefused(why=_first_line(error)) from error
    ContentType.objects.clear_cache()


def name_of(connection: BaseDatabaseWrapper) -> str:
    """Return what a person types to have this database replaced."""
    name = str(connection.settings_dict["NAME"])
    return Path(name).name if connection.vendor == "sqlite" else name


def _look_at_versions(archive: Archive, connection: BaseDatabaseWrapper) -> None:
    graph = MigrationExecutor(connection).loader.graph
    unknown = sorted(node for node in archive.manifest.migrations if node not in graph.nodes)
    if unknown:
        raise NewerVersion(version=archive.manifest.version, what=".".join(unknown[0]))
    if any(parent.key not in archive.manifest.migrations
           for node in archive.manifest.migrations for parent in graph.node_map[node].parents):  # fmt: skip
        raise Altered(what=N_("thiếu bước nâng cấp"))


def _look_at_what_stands(connection: BaseDatabaseWrapper, replace: str | None) -> None:
    name = name_of(connection)
    if replace is not None:
        if replace != name:
            raise WrongName(given=replace, name=name)
        return
    there = set(connection.introspection.table_names()) - _FILLED_BY_ITSELF
    known = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        filled = []
        for table in sorted(there.intersection(known)):
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 - names of ours
            if cursor.fetchone():
                filled.append(table)
    if filled:
        raise NotEmpty(name=name, tables=", ".join(filled[:3]) + (" …" if len(filled) > 3 else ""))


def _look_for_room(archive: Archive, folder: Path) -> None:
    manifest = archive.manifest
    needed = manifest.file_bytes + _ROOM_FOR_ROWS * sum(part.size for part in manifest.tables.values())
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise NoRoom(needed=needed // 1024 // 1024 + 1, free=free // 1024 // 1024)


# Files


@contextlib.contextmanager
def _unpacked(archive: Archive, folder: Path, say: Say) -> Iterator[Path]:
    """Unpack the files into a folder beside theirs, gone afterwards."""
    aside = Path(tempfile.mkdtemp(prefix="restoring-", dir=folder.parent))
    try:
        for number, kept in enumerate(archive.files(), 1):
            _unpack(archive, kept, aside)
            if number % 500 == 0:
                say(_("  %(count)s tệp") % {"count": number})
        yield aside
    finally:
        shutil.rmtree(aside)


def _unpack(archive: Archive, kept: Kept, aside: Path) -> None:
    if kept.size is None:
        return
    path = aside / kept.path
    path.parent.mkdir(exist_ok=True)
    with path.open("xb") as out:
        for piece in archive.content(kept):
            out.write(piece)


@contextlib.contextmanager
def _moving(unpacked: Path, folder: Path) -> Iterator[Callable[[], None]]:
    """Give what moves files to their place, and back out of it if anything fails.

    A file that stands there already stays: its name is its content's digest.
    """
    moved: list[Path] = []

    def move() -> None:
        for path in sorted(p for p in unpacked.rglob("*") if p.is_file()):
            goal = folder / path.relative_to(unpacked)
            if not goal.exists():
                goal.parent.mkdir(exist_ok=True)
                path.rename(goal)
                moved.append(goal)

    try:
        yield move
    except BaseException:
        for goal in moved:
            goal.unlink(missing_ok=True)
        raise


# The database


@contextlib.contextmanager
def _rebuilt_aside(archive: Archive, connection: BaseDatabaseWrapper, say: Say) -> Iterator[None]:
    """SQLite: build in a file of its own; at the end it takes the place of the database in one commit."""
    folder = Path(tempfile.mkdtemp(prefix="restoring-", dir=_folder_of(connection)))
    try:
        with _elsewhere(connection, folder / "new.sqlite3"):
            _build(archive, connection, say)
        yield
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(folder / "new.sqlite3")) as new:
            new.backup(connection.connection)
    finally:
        shutil.rmtree(folder)


@contextlib.contextmanager
def _elsewhere(connection: BaseDatabaseWrapper, path: Path) -> Iterator[None]:
    """Let the connection lead to another file meanwhile: migrations that change rows know it by its name only."""
    live, kept = connection.connection, dict(connection.settings_dict)
    connection.connection = None
    quick = {"init_command": "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"}
    connection.settings_dict |= {"NAME": str(path), "CONN_MAX_AGE": None, "OPTIONS": kept["OPTIONS"] | quick}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= kept
        connection.connection = live


@contextlib.contextmanager
def _rebuilt_in_place(archive: Archive, connection: BaseDatabaseWrapper, say: Say) -> Iterator[None]:
    """PostgreSQL: drop, build and fill in one transaction. Who works in it meanwhile is waited for, half a minute."""
    with transaction.atomic(using=connection.alias):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '30s'")
        _drop_tables(archive, connection)
        _build(archive, connection, say)
        yield


def _folder_of(connection: BaseDatabaseWrapper) -> Path | None:
    """Return where the database lies: the new one needs the same disk. None for one in memory."""
    name = str(connection.settings_dict["NAME"])
    if "mode=memory" in name or name == ":memory:":
        return None
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    return Path(name).parent


def _drop_tables(archive: Archive, connection: BaseDatabaseWrapper) -> None:
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    ours |= {*archive.manifest.tables, *rows.LEFT_OUT, "django_migrations"}
    there = sorted(ours.intersection(connection.introspection.table_names()))
    if there:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {', '.join(connection.ops.quote_name(table) for table in there)}")


def _build(archive: Archive, connection: BaseDatabaseWrapper, say: Say) -> None:
    wanted = archive.manifest.migrations
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    # The last of each room that the backup has: what they rest on comes with them.
    last = [node for node in wanted if not any(child.key in wanted for child in graph.node_map[node].children)]
    say(_("Dựng các bảng …"))
    state = executor.migrate(last)
    tables = rows.tables(state.apps)
    _look_at_tables(archive, tables)
    with transaction.atomic(using=connection.alias):
        _empty(tables, connection)
        if connection.vendor == "postgresql":
            # Where a table was made in this very transaction, Django has its keys looked at row by row.
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in tables:
            if (count := archive.manifest.tables[table.name].count) >= _MANY:
                say(f"  {table.name}: {grouped(count)}")
            _fill(archive, table, connection)
        _check_keys(connection)
    say(_("Đối chiếu dữ liệu đã ghi …"))
    for table in tables:
        _compare(archive, table, connection)
    say(_("Nâng cấp theo phiên bản này …"))
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def _look_at_tables(archive: Archive, tables: list[rows.Table]) -> None:
    """The same versions have the same tables and columns; whatever differs was made by hand, or is unknown to us.

    What is left out today and was not once, such as the list of sessions, stays behind.
    """
    said = {name: columns for name, columns in archive.manifest.columns.items() if name not in rows.LEFT_OUT}
    here = {table.name: table.columns for table in tables}
    other = sorted(name for name in said.keys() | here.keys() if said.get(name) != here.get(name))
    if other:
        raise OtherTables(what=", ".join(other[:3]), version=archive.manifest.version)


def _empty(tables: list[rows.Table], connection: BaseDatabaseWrapper) -> None:
    """Take out what migrating filled in by itself. The journal is empty, and its triggers come at the end."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.name)}")  # noqa: S608 - names of ours


def _fill(archive: Archive, table: rows.Table, connection: BaseDatabaseWrapper) -> None:
    coming = archive.rows(table.name)
    try:
        while some := list(islice(coming, rows.AT_A_TIME)):
            rows.insert(table, some, using=connection.alias)
        if table.name in archive.manifest.next_numbers:
            go_on_from(table, archive.manifest.next_numbers[table.name], connection)
    except (DatabaseError, ValueError, TypeError, OverflowError) as error:
        raise DoesNotFit(table=table.name, why=_first_line(error)) from error


def _check_keys(connection: BaseDatabaseWrapper) -> None:
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise PointsNowhere(why=_first_line(error)) from error


def _compare(archive: Archive, table: rows.Table, connection: BaseDatabaseWrapper) -> None:
    total = rows.Sum()
    for __ in rows.summed(rows.lines(table, using=connection.alias), total):
        pass
    said = archive.manifest.tables[table.name]
    if (total.count, total.sha256) != (said.count, said.sha256):
        raise NotEqual(table=table.name)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
