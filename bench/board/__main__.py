"""The board, the duties and the leader's page at 1,000 and 5,000 units, beside a bare view and their own queries.

    PYTHONPATH=src python -m bench.board [--sizes 1000 5000] [--rounds 7]

Each size runs in a process of its own with a database in a temporary folder (SQLite, or PostgreSQL through
``scripts/with-postgresql``). A page is asked for through Django's test client, middleware and all, in turns with the
floors: the median processor time counts. "Bare" is a view that reads and lists fifty units (``bare.py``); "queries"
runs the page's own SQL and fetches its rows, without Django. Memory is the peak above what the process held before its
first page.
"""

import argparse
import datetime as dt
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "board, top": "/lam-viec/bang/{code}/",
    "board, one district": "/lam-viec/bang/{code}/?trong={district}",
    "board, search": "/lam-viec/bang/{code}/?q=tieu+hoc",
    "board, not sent, sorted": "/lam-viec/bang/{code}/?trang-thai=chua-gui&sap-xep=ten",
    "board, all rows to print": "/lam-viec/bang/{code}/?trang-thai=chua-gui&in=1",
    "board as CSV, every school": "/lam-viec/bang/{code}/tai/csv/?sap-xep=ten&cap=school",
    "board as Excel, every school": "/lam-viec/bang/{code}/tai/xlsx/?sap-xep=ten&cap=school",
    "duties": "/lam-viec/nhiem-vu/{code}/",
    "the leader's page": "/lam-viec/lanh-dao/{code}/",
}


def measure_here(size: int, rounds: int) -> None:
    """Measure all pages at one size in this process and print JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tuanhoc.config.settings.test"
    import django

    django.setup()
    from bench.board.week import fill
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import setup_test_environment

    from tuanhoc.campaigns.models import RosterUnit

    setup_test_environment()
    settings.ROOT_URLCONF = "bench.board.bare"
    call_command("migrate", verbosity=0)
    campaign, user = fill(size, dt.datetime.now(dt.UTC))
    district = RosterUnit.objects.filter(campaign=campaign, kind="district_committee").earliest("pk")
    client = Client()
    client.force_login(user)
    client.get(f"/bare/{campaign.code}/")
    before = _peak_kb(reset=True)
    found = {}
    for name, address in PAGES.items():
        page = address.format(code=campaign.code, district=district.pk)
        found[name] = measured(client, page, f"/bare/{campaign.code}/", rounds)
    print(json.dumps({"pages": found, "memory_mb": (_peak_kb() - before) / 1024}))


def measured(client, page: str, bare: str, rounds: int) -> dict[str, float]:
    """Return what a page costs beside its floors."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page)
    # Now, for the next request begins a new list.
    count = len(asked)
    assert answer.status_code == 200, (page, answer.status_code)
    statements = _statements(client, page)

    def queries() -> None:
        with connection.cursor() as cursor:
            for sql, parameters in statements:
                cursor.execute(sql, parameters)
                cursor.fetchall()

    runs: dict[str, Callable[[], object]] = {
        "page": lambda: client.get(page), "bare": lambda: client.get(bare), "queries": queries,
    }  # fmt: skip
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    wall: list[float] = []
    for _ in range(rounds):
        for name, run in runs.items():
            begun, clock = time.process_time(), time.perf_counter()
            run()
            seconds[name].append(time.process_time() - begun)
            if name == "page":
                wall.append(time.perf_counter() - clock)
    return {
        **{name: statistics.median(times) for name, times in seconds.items()},
        "wall": statistics.median(wall), "count": count, "kb": len(answer.content) / 1024,
    }  # fmt: skip


def _statements(client, page: str) -> list[tuple[str, object]]:
    """Return the SELECTs of a page with their parameters, as they went to the database."""
    from django.db import connection

    kept: list[tuple[str, object]] = []

    def keep(execute, sql, params, many, context):
        if sql.startswith("SELECT"):
            kept.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        client.get(page)
    return kept


def _peak_kb(*, reset: bool = False) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    if reset:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        return int(status.split("VmRSS:")[1].split()[0])
    return int(status.split("VmHWM:")[1].split()[0])


def _own_database(server: str, name: str) -> str:
    """Make an empty database of that name on a PostgreSQL server; return its address."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server.rsplit('/', 1)[0]}/{name}"


def at_size(size: int, rounds: int) -> dict:
    with tempfile.TemporaryDirectory(prefix="tuanhoc-bench-") as folder:
        environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "TUANHOC_DATA": folder}
        if server := os.environ.get("TUANHOC_DATABASE_URL"):
            environment["TUANHOC_DATABASE_URL"] = _own_database(server, f"board_{size}")
        command = [sys.executable, "-m", "bench.board", "--one", str(size), "--rounds", str(rounds)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, cwd=ROOT)
    return json.loads(answer.stdout)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000])
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.one:
        measure_here(given.one, given.rounds)
        return
    for size in given.sizes:
        found = at_size(size, given.rounds)
        print(f"\n{size} units; peak of memory above the start {found['memory_mb']:.0f} MB\n")
        print("| page | queries | page / bare view | page / its queries | ms, processor | ms, by the clock | KB |")
        print("|---|--:|--:|--:|--:|--:|--:|")
        for name, one in found["pages"].items():
            print(
                f"| {name} | {one['count']:.0f} | {one['page'] / one['bare']:.1f} | {one['page'] / one['queries']:.1f} "
                f"| {1000 * one['page']:.0f} | {1000 * one['wall']:.0f} | {one['kb']:.0f} |"
            )


if __name__ == "__main__":
    main()
