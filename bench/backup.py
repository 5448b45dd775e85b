"""``tuanhoc backup`` and ``restore`` against the barest copy of the same data: ``sqlite3`` backup and ``tar``.

    PYTHONPATH=src .venv/bin/python bench/backup.py [--files 400] [--entries 50000]

SQLite in a temporary folder, a journal of so many entries, files of 60 KB that do not shrink. Each of ours runs in a
process of its own; its processor time and its peak of memory are told above those of a process that only starts.
The floor runs in turns with it, and the best of three counts. Ratios only.
"""

import argparse
import datetime as dt
import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
from contextlib import closing
from pathlib import Path

TURNS = 3
FILE_BYTES = 60_000
BEGIN = "import django; django.setup(); from django.core.management import call_command as run; "


def ours(command: str, data: Path) -> tuple[float, float]:
    """Run commands of ours in a process of its own; return its seconds of processor and its peak in megabytes."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tuanhoc.config.settings.test", "TUANHOC_DATA": str(data)}
    env["TUANHOC_DATABASE_URL"] = f"sqlite://{data}/t.sqlite3"
    tell = "; import resource as r; u = r.getrusage(r.RUSAGE_SELF); print(u.ru_utime + u.ru_stime, u.ru_maxrss)"
    out = subprocess.run(
        [sys.executable, "-c", BEGIN + command + tell], env=env, check=True, capture_output=True, text=True
    )
    seconds, kilobytes = out.stdout.split()[-2:]
    return float(seconds), int(kilobytes) / 1024


def floor(data: Path, target: Path) -> float:
    """Copy the database by SQLite's own backup, and put it and the files into a tar; return seconds of processor."""
    began = time.process_time()
    with closing(sqlite3.connect(data / "t.sqlite3")) as live, closing(sqlite3.connect(target / "copy")) as copy:
        live.backup(copy)
    with tarfile.open(target / "floor.tar", "w") as tar:
        tar.add(target / "copy", "t.sqlite3")
        tar.add(data / "files", "files")
    return time.process_time() - began


def floor_back(source: Path, target: Path) -> float:
    """Unpack the tar; return seconds of processor."""
    began = time.process_time()
    with tarfile.open(source) as tar:
        tar.extractall(target, filter="data")
    return time.process_time() - began


def fill(data: Path, *, files: int, entries: int) -> None:
    """Make the data: rows straight into the tables, for how they came about does not matter here."""
    ours("run('migrate', verbosity=0)", data)
    turn, at = random.Random(1), dt.datetime(2022, 9, 28, 9, 30).isoformat(" ")  # noqa: DTZ001 - as SQLite keeps it
    details = (
        '{"before": {"content": "Nói chuyện chuyên đề"}, "after": {"content": "Tọa đàm về học tập suốt đời số %d"}}'
    )
    with closing(sqlite3.connect(data / "t.sqlite3")) as live, live:
        live.executemany(
            "INSERT INTO journal_entry (at, what, by_name, on_kind, on_id, unit_path, details) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (at, "activities.row.change", "Nguyễn Thị Lan", "activities.activity", n, "/1/7/", details % n)
                for n in range(entries)
            ),
        )
        for _ in range(files):
            content = turn.randbytes(FILE_BYTES)
            sha256 = hashlib.sha256(content).hexdigest()
            path = data / "files" / sha256[:2] / sha256
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            live.execute(
                "INSERT INTO files_storedfile (sha256, content_type, size_bytes, stored_at, quarantined_because, "
                "virus) VALUES (?, 'application/pdf', ?, ?, '', '')",
                (sha256, FILE_BYTES, at),
            )


def main() -> None:
    """Measure and print a table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--files", type=int, default=400)
    asked.add_argument("--entries", type=int, default=50_000)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, data = Path(name), Path(name) / "data"
        data.mkdir()
        fill(data, files=options.files, entries=options.entries)
        start, idle = min(ours("pass", data) for _ in range(TURNS))
        out, back, bare, bare_back, peaks = [], [], [], [], [0.0, 0.0]
        for turn in range(TURNS):
            target = folder / f"turn{turn}"
            target.mkdir()
            seconds, peak = ours(f"run('backup', {str(target / 'b.zip')!r}, '--quiet')", data)
            out.append(seconds - start)
            peaks[0] = max(peaks[0], peak)
            bare.append(floor(data, target))
            (target / "new").mkdir()
            seconds, peak = ours(f"run('restore', {str(target / 'b.zip')!r})", target / "new")
            back.append(seconds - start)
            peaks[1] = max(peaks[1], peak)
            bare_back.append(floor_back(target / "floor.tar", target / "bare"))
            sizes = ((target / "b.zip").stat().st_size, (target / "floor.tar").stat().st_size)
            shutil.rmtree(target)
        print(
            f"{options.entries} entries, {options.files} files; starting alone takes {start:.1f} s and {idle:.0f} MB\n"
        )
        print("| | s of processor above starting | floor | ratio | peak above starting, MB |\n|---|--:|--:|--:|--:|")
        rows = (("backup", out, bare, peaks[0]), ("restore, compared twice", back, bare_back, peaks[1]))
        for what, mine, theirs, peak in rows:
            print(
                f"| {what} | {min(mine):.1f} | {min(theirs):.2f} | {min(mine) / min(theirs):.1f} | {peak - idle:.0f} |"
            )
        print(f"\nsize of the file / size of the tar: {sizes[0] / sizes[1]:.2f}")


if __name__ == "__main__":
    main()
