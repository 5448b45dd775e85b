"""The sample switched on, and a small one built once in a database file of its own."""

import copy
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as house
from django.db import connection
from django.test import override_settings

from tuanhoc.sample import actions, rules


def sample_mode(folder: Path) -> override_settings:
    """Return the settings as they stand where TUANHOC_SAMPLE is on."""
    templates = copy.deepcopy(house.TEMPLATES)
    templates[0]["OPTIONS"]["context_processors"].append("tuanhoc.sample.context.time_bar")
    return override_settings(
        SAMPLE=True,
        DATA_DIR=folder,
        INSTALLED_APPS=[*house.INSTALLED_APPS, "tuanhoc.sample"],
        MIDDLEWARE=["tuanhoc.sample.middleware.TimeBarGate", *house.MIDDLEWARE],
        TEMPLATES=templates,
        ROOT_URLCONF="tuanhoc.sample.tests.urls",
        STORAGES=house.STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}},
    )


@contextmanager
def database_in(path: Path) -> Iterator[None]:
    """Work on a database file: the suite's own database is in memory, where nothing can be put back under a request."""
    kept, name = connection.connection, connection.settings_dict["NAME"]
    connection.connection = None
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        connection.connection = kept


@pytest.fixture(scope="session")
def built(tmp_path_factory, django_db_setup, django_db_blocker) -> Path:
    """Return the folder of a sample in which each twelfth unit takes part; built once, in a second or two."""
    if connection.vendor != "sqlite":
        pytest.skip("the time bar needs SQLite: its snapshots are files")
    folder = tmp_path_factory.mktemp("sample")
    with django_db_blocker.unblock(), sample_mode(folder):
        connection.ensure_connection()
        empty = sqlite3.connect(folder / "tuanhoc.sqlite3")
        connection.connection.backup(empty)
        empty.close()
        with database_in(folder / "tuanhoc.sqlite3"):
            actions.ensure(lambda words: None, every=12)
    return folder


@pytest.fixture
def sample(built, django_db_blocker) -> Iterator[Path]:
    """Stand in the built sample, in the middle of the Week."""
    with django_db_blocker.unblock(), sample_mode(built), database_in(built / "tuanhoc.sqlite3"):
        actions.jump_to(rules.FIRST_SHOWN)
        yield built
