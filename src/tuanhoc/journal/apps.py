from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    name = "tuanhoc.journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the journal protected whenever the tables were changed."""
        post_migrate.connect(_protect, sender=self)


def _protect(using: str, **_: Any) -> None:
    from .protection import TABLES, protect_journal

    # Migrated back to nothing, there is nothing to protect.
    if {*TABLES} <= {*connections[using].introspection.table_names()}:
        protect_journal(using)
