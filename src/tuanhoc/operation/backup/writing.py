"""Writing a backup while the service runs: one moment of the database, then the files its rows name."""

import contextlib
import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import default_storage
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from tuanhoc.files.models import StoredFile
from tuanhoc.lib.numbers import grouped
from tuanhoc.lib.refusal import N_, Refusal

from . import rows
from .archive import CHUNK, FILES, FORMAT, FORMAT_VERSION, MANIFEST, Say
from .numbering import next_number

#: Every entry bears one date: what changes from backup to backup is content.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
#: Tables of so many rows are told of.
_MANY = 1000


class NotMigrated(Refusal):
    message = N_("Cơ sở dữ liệu chưa được nâng cấp theo phiên bản này. Chạy “tuanhoc migrate” trước.")


class AlreadyThere(Refusal):
    message = N_("Đã có tệp “%(name)s”. Chọn tên khác: bản sao lưu cũ không bị ghi đè.")


class CannotWrite(Refusal):
    message = N_("Không ghi được “%(name)s”: %(why)s.")


@dataclass
class Written:
    """What a backup holds."""

    tables: int = 0
    rows: int = 0
    files: int = 0
    file_bytes: int = 0
    #: paths that rows name and the folder has not, and those whose content is not what their name says
    gone: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    size: int = 0
    sha256: str = ""


def write(path: Path, *, at: dt.datetime, say: Say, using: str = "default") -> Written:
    """Write the backup to ``path``, whole or not at all.

    Files are read after the rows: a row is committed only after its file is kept, so none is missed.

    :raises Refusal: there is such a file, the database is not at this version, or the disk is full.
    """
    if path.exists():
        raise AlreadyThere(name=str(path))
    unfinished = path.with_name(path.name + ".part")
    try:
        with open(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out:
            written = _write(out, at=at, say=say, using=using)
            out.flush()
            os.fsync(out.fileno())
        written.size, written.sha256 = unfinished.stat().st_size, digest_of(unfinished)
        unfinished.rename(path)
    except OSError as error:
        raise CannotWrite(name=str(path), why=error.strerror or type(error).__name__) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return written


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(out: IO[bytes], *, at: dt.datetime, say: Say, using: str) -> Written:
    connection = connections[using]
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    if executor.migration_plan(leaves):
        raise NotMigrated
    tables = rows.tables(executor.loader.project_state(leaves).apps)
    told: dict[str, Any] = {}
    written = Written()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped, one_moment(connection):
        for table in tables:
            told[table.name] = _write_table(zipped, table, using) | {"next": next_number(table, connection)}
            if told[table.name]["count"] >= _MANY:
                say(f"  {table.name}: {grouped(told[table.name]['count'])}")
            written.tables, written.rows = written.tables + 1, written.rows + told[table.name]["count"]
        stored = StoredFile.objects.using(using).order_by("sha256").values_list("sha256", flat=True)
        files = _write_files(zipped, stored.iterator(chunk_size=2000), written, say)
        manifest = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "version": version("tuanhoc"),
            "made_at": at.isoformat(),
            "vendor": connection.vendor,
            "migrations": sorted(
                node for node in executor.loader.applied_migrations if node in executor.loader.graph.nodes
            ),
            "left_out": sorted(rows.LEFT_OUT),
            "tables": told,
            "files": files.said(),
            "file_bytes": written.file_bytes,
        }
        zipped.writestr(_entry(MANIFEST), json.dumps(manifest, ensure_ascii=False, indent=1))
    return written


def _write_table(zipped: zipfile.ZipFile, table: rows.Table, using: str) -> dict[str, Any]:
    total = rows.Sum()
    with zipped.open(_entry(f"rows/{table.name}.jsonl"), "w", force_zip64=True) as member:
        for line in rows.summed(rows.lines(table, using=using), total):
            member.write(line)
    return total.said() | {"columns": table.columns}


def _write_files(zipped: zipfile.ZipFile, stored: Iterator[str], written: Written, say: Say) -> rows.Sum:
    total = rows.Sum()
    gone, damaged = [], []
    with tempfile.TemporaryFile() as told:
        for sha256 in stored:
            path = f"{sha256[:2]}/{sha256}"
            size, found = _write_file(zipped, path)
            written.files, written.file_bytes = written.files + 1, written.file_bytes + (size or 0)
            if size is None:
                gone.append(path)
            elif found != sha256:
                damaged.append(path)
            line = json.dumps({"path": path, "sha256": found, "size": size}).encode() + b"\n"
            total.add(line)
            told.write(line)
            if written.files % 500 == 0:
                say(_("  %(count)s tệp") % {"count": written.files})
        told.seek(0)
        with zipped.open(_entry(FILES), "w", force_zip64=True) as member:
            shutil.copyfileobj(told, member)
    written.gone, written.damaged = tuple(gone), tuple(damaged)
    return total


def _write_file(zipped: zipfile.ZipFile, path: str) -> tuple[int | None, str]:
    """Return the size and digest of what was found at ``path``; None when it is not there."""
    digest, size = hashlib.sha256(), 0
    try:
        source = default_storage.open(path)
    except FileNotFoundError:
        return None, path.rpartition("/")[2]
    entry = _entry(f"files/{path}")
    entry.compress_type = zipfile.ZIP_STORED
    with source, zipped.open(entry, "w", force_zip64=True) as member:
        while piece := source.read(CHUNK):
            digest.update(piece)
            size += len(piece)
            member.write(piece)
    return size, digest.hexdigest()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


@contextlib.contextmanager
def one_moment(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """See the database as it stands at one moment, however long the reading takes, and hold up nobody who writes."""
    if connection.vendor == "postgresql":
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            # The moment is that of the first question.
            cursor.execute("SELECT 1")
            yield
        return
    # By hand: an ``atomic`` of ours is IMMEDIATE and would keep writers waiting.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT 1 FROM django_migrations")
            yield
        finally:
            cursor.execute("ROLLBACK")
