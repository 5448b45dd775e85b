"""Measure the public portal against floors on the same machine: ``python bench/portal [SECONDS]``.

Ratios only. Everything runs on loopback in a temporary folder: one granian with our portal and a Week of 1,000
activities, one with a bare Django view, nginx with docs/operate/nginx.conf. Each pair is measured in turns, three
times, and the best of each is taken, so that a neighbour's noise hits both.
"""

import contextlib
import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COUNT, TURNS, CONNECTIONS = 1000, 3, 16
SEARCH = "?q=" + urllib.parse.quote_plus("chuyen doi so")


@dataclass(frozen=True)
class Target:
    """Something wrk can be pointed at."""

    url: str
    script: str = ""


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], port: int, env: dict[str, str], log: Path) -> Iterator[str]:
    """Start a server, wait until it answers, stop it afterwards."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=out, stderr=out)
    try:
        for _ in range(150):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            if process.poll() is not None:
                raise SystemExit(log.read_text())
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def granian(app: str, env: dict[str, str], folder: Path) -> contextlib.AbstractContextManager[str]:
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--no-access-log", "--log-level", "error", app,
    ]  # fmt: skip
    return running(command, port, env, folder / f"{port}.log")


def nginx(portal: str, bodies: Path, env: dict[str, str], folder: Path) -> contextlib.AbstractContextManager[str]:
    """Run docs/operate/nginx.conf with its addresses, folders and TLS replaced, and ``/bytes/`` for plain files."""
    port = free_port()
    conf = (ROOT / "docs/operate/nginx.conf").read_text(encoding="utf-8")
    for pattern, with_ in (
        (r"/var/cache/nginx/tuanhoc", f"{folder}/cache"),
        (r"127\.0\.0\.1:8000", portal.removeprefix("http://")),
        (r"server \{\s+listen 80;.*?\n\}\n", ""),
        (r"listen 443 ssl;", f"listen 127.0.0.1:{port} default_server;\n    location /bytes/ {{ alias {bodies}/; }}"),
        (r"\n\s+ssl_certificate[^\n]*", ""),
        (r"/var/lib/tuanhoc/static/", f"{folder}/data/static/"),
    ):
        conf, replaced = re.subn(pattern, with_, conf, flags=re.DOTALL)
        assert replaced, pattern
    head = ["user root;"] if os.geteuid() == 0 else []
    head += ["worker_processes 1;", f"pid {folder}/nginx.pid;", "daemon off;", "events {}", "http {", "access_log off;"]
    head += [f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    head += ["sendfile on;", "default_type text/html;"]
    whole = "\n".join([*head, conf, "}\n"])
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    command = ["nginx", "-e", f"{folder}/nginx.log", "-c", f"{folder}/nginx.conf"]
    return running(command, port, env, folder / "nginx.out")


def fetch(url: str) -> bytes:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip, br", "Accept-Language": "vi"})
    with urllib.request.urlopen(request) as answer:
        return bytes(answer.read())


def wrk(target: Target, seconds: int) -> float:
    """Return answers a second; any answer that is not a success stops the run."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    command += ["-H", "Accept-Encoding: gzip, br", "-H", "Accept-Language: vi"]
    command += ["-s", target.script] if target.script else []
    out = subprocess.run([*command, target.url], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in out:
        raise SystemExit(f"{target.url}\n{out}")
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", out)[0])


def compared(ours: Target, floor: Target, seconds: int) -> tuple[float, float]:
    wrk(ours, 1)
    pairs = [(wrk(ours, seconds), wrk(floor, seconds)) for _ in range(TURNS)]
    return max(a for a, _ in pairs), max(b for _, b in pairs)


def say(name: str, floor: str, size: int | str, pair: tuple[float, float], target: str) -> None:
    ours, theirs = pair
    figures = f"{size} | {ours:,.0f} | {theirs:,.0f} | **{ours / theirs:.2f}**"
    print(f"| {name} | {floor} | {figures} | {target} |", flush=True)


def prepare(folder: Path) -> dict[str, str]:
    """Make the database and the static files; return the environment of a production server."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("TUANHOC_", "DJANGO_"))}
    env |= {
        "TUANHOC_SECRET_KEY": "bench", "TUANHOC_DATA": f"{folder}/data", "TUANHOC_HOSTS": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "tuanhoc.config.settings.base", "PYTHONPATH": f"{ROOT}/src:{HERE}",
    }  # fmt: skip
    if url := os.environ.get("TUANHOC_DATABASE_URL"):
        env["TUANHOC_DATABASE_URL"] = url
    (folder / "data").mkdir()
    for command in (["-m", "django", "migrate", "-v0"], ["-m", "django", "collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, *command], env=env, check=True, cwd=ROOT)
    subprocess.run([sys.executable, str(HERE / "week.py"), str(COUNT)], env=env, check=True, cwd=ROOT)
    return env


def measure(folder: Path, seconds: int) -> None:
    env = prepare(folder)
    bodies = folder / "bodies"
    bodies.mkdir()
    never_again = folder / "never-again.lua"
    never_again.write_text(
        "local n = 0\nlocal path = wrk.path\n"
        'request = function() n = n + 1 return wrk.format("GET", path .. "&n=" .. n) end\n'
    )
    with (
        granian("tuanhoc.config.wsgi:application", env, folder) as portal,
        granian("bare:application", env, folder) as bare,
        granian("bare_search:application", env, folder) as bare_search,
        nginx(portal, bodies, env, folder) as proxy,
    ):
        week = re.findall(r'href="(/tuan-le/[\w-]+/)lich/', gunzip(fetch(f"{portal}/")))[0]
        activity = re.findall(rf"{week}hoat-dong/\d+/", gunzip(fetch(f"{portal}/")))[0]
        pages = {
            "landing": "/",
            f"whole Week, {COUNT} activities": f"{week}ca-tuan/",
            "schedule, first 60": f"{week}lich/",
            "one activity": activity,
            "search": f"{week}lich/{SEARCH}",
        }
        print("| page | against | bytes | page/s | floor/s | ratio | wanted |\n|---|---|--:|--:|--:|--:|--:|")
        for name, path in pages.items():
            size = len(fetch(portal + path))
            query = SEARCH if "?" in path else ""
            for floor, length in (("bare Django view, 2 bytes", 2), ("bare Django view, as many bytes", size)):
                pair = compared(Target(portal + path), Target(f"{bare}/{length}/{query}"), seconds)
                say(name, floor, size, pair, "≥ 0.5")
        for number, (name, path) in enumerate(pages.items()):
            (bodies / f"{number}").write_bytes(body := fetch(proxy + path))
            pair = compared(Target(proxy + path), Target(f"{proxy}/bytes/{number}"), seconds)
            say(f"{name}, behind nginx", "the same bytes as a file, by nginx", len(body), pair, "≥ 0.5")
        path = pages["search"]
        pair = compared(
            Target(portal + path, str(never_again)), Target(f"{bare_search}/{SEARCH}", str(never_again)), seconds
        )
        say("search, never the same twice", "bare view with the same database query", "-", pair, "-")


def gunzip(body: bytes) -> str:
    """Read a page whatever it was packed in."""
    with contextlib.suppress(OSError):
        return gzip.decompress(body).decode()
    import brotli

    return str(brotli.decompress(body).decode())


def main() -> None:
    seconds = min(10, int(sys.argv[1])) if len(sys.argv) > 1 else 2
    missing = [name for name in ("wrk", "nginx") if shutil.which(name) is None]
    if missing:
        raise SystemExit(f"Missing: {', '.join(missing)} (Debian packages wrk, nginx-light).")
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), seconds)


if __name__ == "__main__":
    main()
