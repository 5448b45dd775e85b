"""A backup holds everything once, comes back equal or not at all, and knows what is no backup."""

import io
import json
import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections, transaction
from tests.builders import IN_TIME, registered, unit_of, week

from tuanhoc.accounts.models import User
from tuanhoc.activities.models import Activity
from tuanhoc.campaigns.models import Campaign
from tuanhoc.files.actions import contents, keep
from tuanhoc.files.models import StoredFile
from tuanhoc.journal import actions as journal
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.refusal import Refusal
from tuanhoc.operation.backup import archive, restoring, rows, writing
from tuanhoc.operation.tests.backups import in_folder, quiet, said_by

pytestmark = pytest.mark.django_db(transaction=True)
UNITS = "rows/units_unit.jsonl"
PDF = b"%PDF-1.4\n%%EOF\n"
KEY = "k3y0f4sess10n" * 2


@pytest.fixture
def house(settings, tmp_path):
    """A small Week with a file, in a folder of its own."""
    in_folder(settings, tmp_path / "data")
    registered(unit_of(week(), "th-lamson"))
    keep(PDF, at=IN_TIME)
    Session.objects.create(session_key=KEY, session_data="x", expire_date=IN_TIME)
    user = User.objects.create_user("lan@so.example")
    UserSession.objects.create(user=user, ip="192.0.2.1", session_key=KEY)


@pytest.fixture
def backup(house, tmp_path) -> Path:
    path = tmp_path / "backup.zip"
    writing.write(path, at=IN_TIME, say=quiet)
    return path


def restore(path: Path, **how: str) -> None:
    with archive.opened(path) as read:
        restoring.restore(read, say=quiet, **how)


def over_everything() -> dict[str, str]:
    return {"replace": restoring.name_of(connection)}


def everything() -> dict[str, list[bytes]]:
    """Return each row of each table, and each file."""
    from django.apps import apps

    held = {table.name: list(rows.lines(table, using="default")) for table in rows.tables(apps)}
    folder = Path(default_storage.path("x")).parent
    return held | {"files": sorted(str(p.relative_to(folder)).encode() for p in folder.rglob("*") if p.is_file())}


def test_no_part_of_a_backup_holds_the_key_of_a_session(backup):
    with zipfile.ZipFile(backup) as zipped:
        assert [name for name in zipped.namelist() if KEY.encode() in zipped.read(name)] == []


def test_everything_comes_back_as_it_was_and_nothing_else(house, tmp_path):
    taken = another_week().pk
    Campaign.objects.filter(pk=taken).delete()
    before, path = everything(), tmp_path / "backup.zip"
    writing.write(path, at=IN_TIME, say=quiet)
    Activity.objects.update(content="khác")
    stored = StoredFile.objects.get()
    default_storage.delete(stored.path)
    with transaction.atomic():
        journal.write("desk.test", by=SYSTEM, on=stored, at=IN_TIME)

    restore(path, **over_everything())

    assert everything() == before
    assert contents(StoredFile.objects.get()) == PDF
    writing.write(tmp_path / "again.zip", at=IN_TIME, say=quiet)
    assert said_by(tmp_path / "again.zip") == said_by(path)
    # Who was signed in signs in anew; a number that was given once is not given again.
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()
    assert another_week().pk > taken
    assert journal.protection_of_journal().has_triggers


def another_week() -> Campaign:
    other = Campaign.objects.get()
    other.pk, other.code = None, "khac"
    other.save()
    return other


def test_an_older_backup_is_brought_to_this_version(house, tmp_path):
    call_command("migrate", "outbox", "0001", verbosity=0)
    call_command("migrate", "activities", "0005", verbosity=0)
    with pytest.raises(writing.NotMigrated):
        writing.write(tmp_path / "old.zip", at=IN_TIME, say=quiet)
    older(tmp_path / "old.zip")
    call_command("migrate", verbosity=0)
    content = list(Activity.objects.order_by("pk").values_list("content", flat=True))
    Activity.objects.update(content="khác")
    restore(tmp_path / "old.zip", **over_everything())
    assert list(Activity.objects.order_by("pk").values_list("content", flat=True)) == content
    call_command("makemigrations", "--check", verbosity=0)
    writing.write(tmp_path / "new.zip", at=IN_TIME, say=quiet)


def test_a_backup_of_before_sessions_were_left_out_comes_back_without_them(house, tmp_path, monkeypatch):
    with monkeypatch.context() as then:
        then.setattr(rows, "LEFT_OUT", frozenset({"django_session", "outbox_worker"}))
        writing.write(tmp_path / "old.zip", at=IN_TIME, say=quiet)
    assert "usersessions_usersession" in said_by(tmp_path / "old.zip")["tables"]
    before = everything()
    restore(tmp_path / "old.zip", **over_everything())
    assert everything() == before
    assert not UserSession.objects.exists()


@pytest.mark.parametrize("kind", ["a newer version", "other columns"])
def test_a_backup_this_version_cannot_read_names_the_version_that_can(backup, kind):
    with pytest.raises(Refusal) as refused:
        restore(spoilt(backup, kind), **over_everything())
    assert "khôi phục bằng đúng phiên bản ấy" in str(refused.value)
    assert "0.1.0" in str(refused.value)


def older(path: Path) -> None:
    """Write a backup as the program of that day would have."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    applied = executor.loader.applied_migrations
    graph = executor.loader.graph
    last = [node for node in applied if not any(child.key in applied for child in graph.node_map[node].children)]
    kept, graph.leaf_nodes = graph.leaf_nodes, lambda app=None: last
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(writing, "MigrationExecutor", lambda connection: executor)
            writing.write(path, at=IN_TIME, say=quiet)
    finally:
        graph.leaf_nodes = kept


def test_whoever_writes_meanwhile_does_not_wait_and_is_not_in_it(house, tmp_path, monkeypatch):
    with on_disk(tmp_path / "live.sqlite3"):
        at_the_beginning = Entry.objects.count()
        writer = threading.Thread(target=write_an_entry)
        write_table = writing._write_table

        def while_somebody_writes(*how):
            if writer.ident is None:
                writer.start()
                writer.join(10)
            return write_table(*how)

        monkeypatch.setattr(writing, "_write_table", while_somebody_writes)
        writing.write(tmp_path / "b.zip", at=IN_TIME, say=quiet)

        assert not writer.is_alive()
        assert Entry.objects.count() == at_the_beginning + 1
        assert said_by(tmp_path / "b.zip")["tables"]["journal_entry"]["count"] == at_the_beginning


def write_an_entry() -> None:
    try:
        with transaction.atomic():
            journal.write("desk.test", by=SYSTEM, on=StoredFile.objects.get(), at=IN_TIME)
    finally:
        connection.close()


@contextmanager
def on_disk(path: Path) -> Iterator[None]:
    """Work on a file as an installation does; the suite's own database is in memory, where readers lock writers out."""
    if connection.vendor != "sqlite":
        yield
        return
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")
    name, kept = connections.settings["default"]["NAME"], connection.connection
    connection.connection = None
    connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = name
        connection.connection = kept


def test_a_full_database_is_replaced_by_name_only(backup):
    before = everything()
    with pytest.raises(restoring.NotEmpty, match="đang có dữ liệu"):
        restore(backup)
    with pytest.raises(restoring.WrongName):
        restore(backup, replace="khac")
    assert everything() == before


def test_a_file_is_never_written_over(backup):
    before = backup.read_bytes()
    with pytest.raises(CommandError, match="Đã có tệp"):
        call_command("backup", str(backup), "--quiet")
    assert backup.read_bytes() == before


def test_a_disk_that_ends_leaves_no_half_backup(house, tmp_path):
    with pytest.raises(writing.CannotWrite):
        writing.write(tmp_path / "no-such-folder" / "b.zip", at=IN_TIME, say=quiet)
    assert [p for p in tmp_path.iterdir() if p.name != "data"] == []


def test_files_gone_and_files_spoiled_are_said(house, tmp_path, capsys):
    stored = StoredFile.objects.get()
    Path(default_storage.path(stored.path)).write_bytes(b"spoiled")
    with pytest.raises(CommandError, match="mã băm"):
        call_command("backup", str(tmp_path / "spoiled.zip"), "--quiet")
    default_storage.delete(stored.path)
    call_command("backup", str(tmp_path / "gone.zip"), "--quiet")
    assert stored.path in capsys.readouterr().err
    with archive.opened(tmp_path / "gone.zip") as read:
        read.check()
        assert [kept.size for kept in read.files()] == [None]


# What is no backup


def remade(path: Path, change) -> Path:
    """Return a copy whose entries were changed: ``change(name, data)`` gives what is written, None for nothing."""
    other = path.with_name("other.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for info in old.infolist():
            data = change(info.filename, old.read(info))
            if data is not None:
                new.writestr(info, data)
    return other


def told(data: bytes, **changes) -> bytes:
    return json.dumps(json.loads(data) | changes).encode()


def spoilt(path: Path, kind: str) -> Path:
    """Return the backup, spoilt in one way."""
    changes = {
        "a row changed": lambda n, d: d.replace("Lâm Sơn".encode(), b"Lam Son") if n == UNITS else d,
        "a row missing": lambda n, d: b"".join(d.splitlines(keepends=True)[1:]) if n == UNITS else d,
        "a table missing": lambda n, d: None if n == UNITS else d,
        "a file changed": lambda n, d: d[:-1] + b"!" if n.startswith("files/") else d,
        "a file missing": lambda n, d: None if n.startswith("files/") else d,
        "no manifest": lambda n, d: None if n == "manifest.json" else d,
        "a manifest of nothing": lambda n, d: b"{" if n == "manifest.json" else d,
        "a manifest of another": lambda n, d: told(d, format="khac") if n == "manifest.json" else d,
        "a manifest half": lambda n, d: told(d, tables={"units_unit": {}}) if n == "manifest.json" else d,
        "deep brackets": lambda n, d: b"[" * 200_000 if n == "manifest.json" else d,
        "a newer format": lambda n, d: told(d, format_version=2) if n == "manifest.json" else d,
        "a newer version": lambda n, d: told(d, migrations=[["units", "9999_later"]]) if n == "manifest.json" else d,
        "versions with a hole": lambda n, d: told(
            d, migrations=[m for m in json.loads(d)["migrations"] if m != ["units", "0001_initial"]]
        ) if n == "manifest.json" else d,
        "other columns": lambda n, d: told(d, tables={
            t: s | {"columns": [c + "_x" for c in s["columns"]]} for t, s in json.loads(d)["tables"].items()
        }) if n == "manifest.json" else d,
    }  # fmt: skip
    if kind in changes:
        return remade(path, changes[kind])
    if kind == "cut short":
        other = path.with_name("other.zip")
        other.write_bytes(path.read_bytes()[:-200])
        return other
    if kind == "no zip":
        other = path.with_name("other.zip")
        other.write_bytes(b"SQLite format 3\0" * 100)
        return other
    other = remade(path, lambda n, d: d)
    with zipfile.ZipFile(other, "a", zipfile.ZIP_DEFLATED) as zipped:
        if kind == "a path that climbs":
            zipped.writestr("../../etc/cron.d/x", b"x")
        elif kind == "a name twice":
            with pytest.warns(UserWarning, match="Duplicate"):
                zipped.writestr("manifest.json", b"{}")
        elif kind == "a table nobody told of":
            zipped.writestr("rows/other.jsonl", b"[]\n")
    return other


KINDS = [
    "a row changed", "a row missing", "a table missing", "a file changed", "a file missing", "no manifest",
    "a manifest of nothing", "a manifest of another", "a manifest half", "deep brackets", "a newer format",
    "a newer version", "versions with a hole", "other columns", "cut short", "no zip", "a path that climbs",
    "a name twice", "a table nobody told of",
]  # fmt: skip


def test_what_is_spoilt_or_hostile_is_refused_in_a_sentence_and_nothing_changes(backup, tmp_path):
    before, found = everything(), {}
    for kind in KINDS:
        other = spoilt(backup, kind)
        with pytest.raises(CommandError) as refused:
            call_command("restore", str(other), "--replace", restoring.name_of(connection))
        found[kind] = str(refused.value)
        other.unlink()
    assert {kind: words for kind, words in found.items() if "\n" in words or not words.endswith(".")} == {}
    assert everything() == before
    assert sorted(p.name for p in (tmp_path / "data").iterdir()) == ["files"]


def test_a_bomb_is_not_unpacked(backup):
    size = 2 * 1024 * 1024 * 1024
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as zipped:
        with zipped.open("rows/units_unit.jsonl", "w", force_zip64=True) as member:
            for _ in range(64):
                member.write(b" " * 1024 * 1024)

        def grown(name, data):
            if name != "manifest.json":
                return data if "units_unit.jsonl" not in name else None
            said = json.loads(data)
            said["tables"]["units_unit"]["bytes"] = 64 * 1024 * 1024
            return json.dumps(said).encode()

        with zipfile.ZipFile(backup) as old:
            for info in old.infolist():
                if (data := grown(info.filename, old.read(info))) is not None:
                    zipped.writestr(info, data)
    path = backup.with_name("bomb.zip")
    path.write_bytes(bomb.getvalue())
    assert path.stat().st_size < size / 1000
    with pytest.raises(archive.Altered, match="units_unit"):
        restore(path, **over_everything())


def test_rows_that_point_nowhere_are_refused_whole(backup):
    """Its digests right, as whoever can write the manifest can make them."""
    import hashlib

    before = everything()
    with zipfile.ZipFile(backup) as zipped:
        lines = zipped.read("rows/activities_activity.jsonl").splitlines(keepends=True)
        columns = json.loads(zipped.read("manifest.json"))["tables"]["activities_activity"]["columns"]
    row = json.loads(lines[0])
    row[columns.index("registration_id")] = 999_999
    forged = json.dumps(row).encode() + b"\n" + b"".join(lines[1:])

    def change(name, data):
        if name == "rows/activities_activity.jsonl":
            return forged
        if name == "manifest.json":
            said = json.loads(data)
            part = {"bytes": len(forged), "sha256": hashlib.sha256(forged).hexdigest()}
            said["tables"]["activities_activity"] |= part
            return json.dumps(said).encode()
        return data

    with pytest.raises(restoring.PointsNowhere):
        restore(remade(backup, change), **over_everything())
    assert everything() == before


def test_files_moved_in_before_a_commit_that_fails_are_taken_back(backup, monkeypatch):
    stored = StoredFile.objects.get()
    default_storage.delete(stored.path)
    before = everything()

    @contextmanager
    def refused(*_):
        yield
        assert default_storage.exists(stored.path)
        raise OperationalError("disk full")

    for way in ("_rebuilt_aside", "_rebuilt_in_place"):
        monkeypatch.setattr(restoring, way, refused)
    with pytest.raises(restoring.DatabaseRefused, match="disk full"):
        restore(backup, **over_everything())
    assert everything() == before
