"""The database set aside at each stage, and put back. SQLite's own backup does the copying."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from tuanhoc.accounts.access import LINK

from .rules import STAGES, Stage

HERE = Path(__file__).parent


def folder() -> Path:
    """Return where snapshots, the clock and the gate lie."""
    return Path(settings.DATA_DIR) / "sample"


def path_of(stage: Stage) -> Path:
    """Return the file of one snapshot."""
    return folder() / f"{stage.slug}.sqlite3"


def is_possible() -> bool:
    """Whether this database can be set aside and put back."""
    return connection.vendor == "sqlite"


def fingerprint() -> str:
    """Return a digest of what the snapshots depend on: the tables, the sample's data and the code that plays it."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        digest.update(repr(cursor.fetchall()).encode())
    played = sorted(p for p in (HERE / "data").rglob("*") if p.is_file())
    for path in [*played, *sorted((HERE / "building").glob("*.py")), HERE / "rules.py"]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def are_current() -> bool:
    """Whether every stage's snapshot is there and belongs to this version of the program."""
    return built_as() == fingerprint() and all(path_of(stage).exists() for stage in STAGES)


def built_as() -> str | None:
    """Return the fingerprint the snapshots were made with; None when none were finished."""
    try:
        return str(json.loads((folder() / "built.json").read_text(encoding="ascii"))["fingerprint"])
    except FileNotFoundError:
        return None


def seal() -> None:
    """Say that all snapshots are finished: written last, so that an interrupted build is begun again."""
    (folder() / "built.json").write_text(json.dumps({"fingerprint": fingerprint()}), encoding="ascii")


def unseal() -> None:
    """Say that the snapshots are not to be trusted."""
    (folder() / "built.json").unlink(missing_ok=True)


@contextmanager
def workshop() -> Iterator[None]:
    """Work on a copy of the (still empty) database, without waiting for the disk.

    The live file is not touched until the whole sample is made, so a build may be broken off anywhere.
    """
    folder().mkdir(parents=True, exist_ok=True)
    built = folder() / "building.sqlite3"
    for left in (built, *(Path(f"{built}{end}") for end in ("-journal", "-wal", "-shm"))):
        left.unlink(missing_ok=True)
    _write(built)
    kept = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict |= {
        "NAME": str(built),
        "CONN_MAX_AGE": None,  # one connection for all: the worker opens two for each letter otherwise
        "OPTIONS": kept["OPTIONS"] | {"init_command": "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"},
    }
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= kept
        built.unlink(missing_ok=True)


def take(stage: Stage) -> None:
    """Set the database aside as it stands."""
    written = path_of(stage).with_suffix(".new")
    written.unlink(missing_ok=True)
    _write(written)
    written.replace(path_of(stage))


def set_aside(name: str) -> Path:
    """Copy the database to a file of its own before it is replaced; return where."""
    path = folder() / name
    path.unlink(missing_ok=True)
    _write(path)
    return path


def put_back(stage: Stage) -> None:
    """Put the stage's snapshot in the place of the database, in one commit; who is signed in stays so.

    Call it alone (see ``gate``). Readers of other processes see the old database or the new one, never a mixture.
    """
    coming = folder() / "coming.sqlite3"
    shutil.copyfile(path_of(stage), coming)
    with closing(sqlite3.connect(coming)) as new:
        with new:
            _carry_sessions(new)
        connection.ensure_connection()
        new.backup(connection.connection)
    coming.unlink()
    with connection.cursor() as cursor:
        # The whole database went through the write-ahead log: fold it in, without waiting for a reader elsewhere.
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _write(path: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        # A snapshot is one file: no log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")


def _carry_sessions(new: sqlite3.Connection) -> None:
    known = dict(new.execute("SELECT id, token_digest FROM accounts_personallink").fetchall())
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, token_digest FROM accounts_personallink")
        links = dict(cursor.fetchall())
    new.execute("DELETE FROM django_session")
    for session in Session.objects.all():
        link = session.get_decoded().get(LINK)
        # A link made after the stage is not in it; its number may belong to another unit's link later.
        if link is None or (link in links and links[link] == known.get(link)):
            new.execute(
                "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (?, ?, ?)",
                (session.session_key, session.session_data, f"{session.expire_date:%Y-%m-%d %H:%M:%S}"),
            )
    _carry_machines(new)


def _carry_machines(new: sqlite3.Connection) -> None:
    """Keep the lists of the machines on which people are signed in: whoever stays signed in finds theirs."""
    people = dict(new.execute("SELECT email, id FROM accounts_user").fetchall())
    new.execute("DELETE FROM usersessions_usersession")
    new.execute("DELETE FROM accounts_signin")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT email, created_at, ip, last_seen_at, session_key, user_agent, data FROM usersessions_usersession s "
            "JOIN accounts_user u ON u.id = user_id"
        )
        machines = cursor.fetchall()
        cursor.execute(
            "SELECT u.email, s.email, at, succeeded, method, address, browser FROM accounts_signin s "
            "JOIN accounts_user u ON u.id = user_id"
        )
        tries = cursor.fetchall()
    new.executemany(
        "INSERT INTO usersessions_usersession (user_id, created_at, ip, last_seen_at, session_key, user_agent, data) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(people[email], *rest) for email, *rest in machines if email in people],
    )
    new.executemany(
        "INSERT INTO accounts_signin (user_id, email, at, succeeded, method, address, browser) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(people[email], *rest) for email, *rest in tries if email in people],
    )
