"""Backups in tests: a folder of its own, another installation, and what two backups of the same have in common."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any


def quiet(words: str) -> None:
    """Say nothing."""


def in_folder(settings: Any, folder: Path) -> None:
    """Keep data and files under a folder, as an installation does."""
    settings.DATA_DIR = folder
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder / "files"},
        }
    }


def said_by(path: Path) -> dict:
    """Return what two backups of the same must have in common."""
    with zipfile.ZipFile(path) as zipped:
        said = json.loads(zipped.read("manifest.json"))
        return {"tables": said["tables"], "files": zipped.read("files.jsonl"), "migrations": said["migrations"]}


def run(commands: str, folder: Path, **env: str) -> None:
    """Run commands in a process of its own, as another installation would."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tuanhoc.config.settings.test",
        "TUANHOC_DATA": str(folder),
        "PYTHONPATH": os.pathsep.join(sys.path),
    } | env  # fmt: skip
    begin = "import django; django.setup(); from django.core.management import call_command as run; "
    program = [sys.executable, "-c", begin + commands]
    done = subprocess.run(program, env=env, check=False, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr


def elsewhere(tmp_path: Path, name: str, coming: Path, **env: str) -> Path:
    """Restore a backup in a new installation and back that up again; return the second backup."""
    going = tmp_path / f"{name}.zip"
    run(f"run('restore', {str(coming)!r}); run('backup', {str(going)!r}, '--quiet')", tmp_path / name, **env)
    return going
