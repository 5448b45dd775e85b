"""``python -m bench.season [--postgresql] [--web N] [--workers N] [--kill] [--units N] [--seed N]``."""

import argparse
import logging
import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from .house import ROOT, House, Killer, free_port
from .mailbox import Mailbox

if TYPE_CHECKING:
    from .play import Season
    from .settling import Settling


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.season", description=__doc__)
    parser.add_argument("--postgresql", action="store_true", help="a temporary cluster instead of an SQLite file")
    parser.add_argument("--web", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--kill", action="store_true", help="kill -9 web processes and workers at random moments")
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--haste", type=int, default=60, help="by how much pauses are shortened (1: as shipped)")
    parser.add_argument(
        "--linger", type=float, default=0.3, help="with --kill: seconds the mail server is slow to part"
    )
    parser.add_argument("--keep", action="store_true", help="leave the folder and say where")
    return parser.parse_args()


def main() -> int:
    asked = options()
    # Told to stop, the processes of the run are stopped too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if asked.postgresql and "TUANHOC_DATABASE_URL" not in os.environ:
        command = [
            "bash",
            str(ROOT / "scripts" / "with-postgresql"),
            sys.executable,
            "-m",
            "bench.season",
            *sys.argv[1:],
        ]
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    folder = Path(tempfile.mkdtemp(prefix="season-"))
    try:
        return run(asked, folder)
    finally:
        if asked.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def run(asked: argparse.Namespace, folder: Path) -> int:
    with Mailbox() as mailbox:
        return _run(asked, folder, mailbox)


def _set_environment(folder: Path, mailbox: Mailbox, *, haste: int) -> tuple[str, int]:
    """Tell this process and those it starts where everything is; return the site and the mail server's port."""
    site, mail_port = f"localhost:{free_port()}", free_port()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "bench.season.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "TUANHOC_SAMPLE": "1", "TUANHOC_DATA": str(folder), "TUANHOC_SECRET_KEY": secrets.token_urlsafe(50),
        "TUANHOC_SITE_URL": f"http://{site}", "TUANHOC_SMTP_HOST": "127.0.0.1", "TUANHOC_SMTP_PORT": str(mail_port),
        "TUANHOC_LOG_FORMAT": "json", "TUANHOC_LOG_LEVEL": "INFO", "SEASON_HASTE": str(haste), **mailbox.settings,
    }  # fmt: skip
    import django

    django.setup()
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    return site, mail_port


def _run(asked: argparse.Namespace, folder: Path, mailbox: Mailbox) -> int:
    site, mail_port = _set_environment(folder, mailbox, haste=asked.haste)
    from django.core.management import call_command

    from . import figures, letters
    from .browser import Traffic
    from .play import Season
    from .post import Post
    from .reports import Reporter
    from .settling import Settling
    from .world import set_up

    print(f"season: {asked.units} units, {'PostgreSQL' if asked.postgresql else 'SQLite'}, {asked.web} web, "
          f"{asked.workers} workers, kill {'yes' if asked.kill else 'no'}, seed {asked.seed}, "
          f"load {os.getloadavg()[0]:.1f}, pauses / {asked.haste}", flush=True)  # fmt: skip
    prepared = time.monotonic()
    turn = random.Random(asked.seed)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    players, officers = set_up(asked.units, turn)
    house = House(folder, webs=asked.web, workers=asked.workers)
    season: Season
    post = Post(
        mail_port, Reporter(mailbox, random.Random(asked.seed)), day=lambda: season.day(),  # noqa: PLW0108 - made below
        linger=asked.linger if asked.kill else 0.0, seed=asked.seed,
    )  # fmt: skip
    settling = Settling(mailbox, post)
    season = Season(
        players, house, post, mailbox, Traffic(), turn, site, officers, settle=settling.settle,
        say=lambda words: print(words, flush=True),
    )  # fmt: skip
    figures.spoil_addresses(post, players, turn)
    letters.choose(players, post.bad, turn)
    season.phases["set up, before the season"] = time.monotonic() - prepared
    return _played(asked, season, house, settling)


def _played(asked: argparse.Namespace, season: "Season", house: House, settling: "Settling") -> int:
    from . import figures

    killers = [
        Killer(house.webs, random.Random(asked.seed + 1), least=3.0, most=15.0),
        Killer(house.workers, random.Random(asked.seed + 2), least=3.0, most=15.0),
    ] if asked.kill else []  # fmt: skip
    season.post.start()
    begun = time.time()
    try:
        with season.phase("starting processes, the floor"):
            house.start()
            figures.measure_floor(season, house)
        season.play(at_start=lambda: [killer.start() for killer in killers])
        with season.phase("killing on"):
            killed_long_enough(killers, season)
        for killer in killers:
            killer.end()
        with season.phase("the end: letting everything leave"):
            drained = season.end(lambda: settling.drain(house))
        return figures.report(asked, season, house, killers, drained=drained, took=time.time() - begun)
    finally:
        for killer in killers:
            killer.end()
        house.stop()
        season.post.stop()


def killed_long_enough(killers: list[Killer], season: "Season", *, least: int = 20) -> None:
    """Let the killing go on until each kind was killed often enough; pages are asked for meanwhile."""
    until = time.monotonic() + 300
    while killers and min(killer.kills for killer in killers) < least and time.monotonic() < until:
        season.measure_floor(3)
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
