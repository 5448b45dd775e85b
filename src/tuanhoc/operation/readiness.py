"""Whether this process could do its work now: database, its version, the data folder."""

import os
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

#: Once true it stays so while the process runs: its code does not change.
_is_migrated = False


def missing() -> list[str]:
    """Return what is missing: ``database``, ``migrations``, ``data``. Cost: one query, the first time a few more."""
    found = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _migrated():
            found.append("migrations")
    except (DatabaseError, OSError):
        found.append("database")
    if not os.access(Path(settings.DATA_DIR), os.W_OK | os.X_OK):
        found.append("data")
    return found


def _migrated() -> bool:
    global _is_migrated  # noqa: PLW0603 - asked every few seconds; reading all migrations takes a second
    if not _is_migrated:
        _is_migrated = not waiting_migrations()
    return _is_migrated


def waiting_migrations() -> list[str]:
    """Return the names of migrations that have not run."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
