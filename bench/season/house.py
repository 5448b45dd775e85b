"""The running program: web processes and workers as in production, watched, killed and started again."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Process:
    """One process of ours, with all it starts; its processor time is kept over its deaths."""

    def __init__(self, name: str, command: Sequence[str], log: Path, *, port: int | None = None) -> None:
        self.name, self._command, self._log, self.port = name, command, log, port
        self._running: subprocess.Popen[bytes] | None = None
        self._spent = 0.0
        #: the machine's times
        self.killed_at: list[float] = []
        self.started_at: list[float] = []
        self.is_up = False

    def start(self) -> None:
        with open(self._log, "ab") as log:
            self._running = subprocess.Popen(
                self._command, stdout=log, stderr=log, start_new_session=True, cwd=ROOT, env=os.environ
            )
        if self.port is not None:
            self._wait_for_the_port()
        self.started_at.append(time.time())
        self.is_up = True

    def _wait_for_the_port(self) -> None:
        until = time.monotonic() + 90
        while time.monotonic() < until:
            with socket.socket() as trial:
                trial.settimeout(1)
                if trial.connect_ex(("127.0.0.1", int(self.port or 0))) == 0:
                    return
            if self._running is None or self._running.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"{self.name} does not start: see {self._log}")

    def kill(self) -> None:
        """-9, it and all it started, at once."""
        assert self._running is not None
        self.is_up = False
        self._spent += self._group_seconds()
        self.killed_at.append(time.time())
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._running.pid, signal.SIGKILL)
        self._running.wait()

    def stop(self) -> None:
        if self._running is None or self._running.poll() is not None:
            return
        self.is_up = False
        self._spent += self._group_seconds()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._running.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._running.wait(timeout=15)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._running.pid, signal.SIGKILL)

    @property
    def is_alive(self) -> bool:
        return self._running is not None and self._running.poll() is None

    @property
    def seconds(self) -> float:
        """Processor time so far."""
        return self._spent + (self._group_seconds() if self.is_up else 0.0)

    def _group_seconds(self) -> float:
        assert self._running is not None
        total = 0
        for entry in os.listdir("/proc"):
            if entry.isdecimal():
                with contextlib.suppress(OSError, IndexError, ValueError):
                    told = Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()
                    if int(told[2]) == self._running.pid:
                        total += int(told[11]) + int(told[12])
        return total / _TICKS


class House:
    """All processes of a run."""

    def __init__(self, folder: Path, *, webs: int, workers: int) -> None:
        self.folder = folder
        granian = os.path.join(os.path.dirname(sys.executable), "granian")
        self.webs, self.workers = [], []
        for n in range(webs):
            port = free_port()
            command = [
                granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--no-ws",
                "--blocking-threads", "8", "--log-level", "error", "tuanhoc.config.wsgi:application",
            ]  # fmt: skip
            self.webs.append(Process(f"web-{n}", command, folder / f"web-{n}.log", port=port))
        for n in range(workers):
            self.workers.append(
                Process(f"worker-{n}", [sys.executable, "-m", "django", "work"], folder / f"worker-{n}.log")
            )

    @property
    def processes(self) -> list[Process]:
        return [*self.webs, *self.workers]

    def start(self) -> None:
        for process in self.processes:
            process.start()

    def stop(self) -> None:
        for process in self.processes:
            process.stop()

    def doors(self) -> list[int]:
        """Ports that a proxy would hold for open: it learns of a death by trying."""
        return [web.port for web in self.webs if web.port is not None]


class Killer(threading.Thread):
    """Kills one process after another of its kind at random moments and starts it again after a moment."""

    def __init__(self, processes: Sequence[Process], turn: "object", *, least: float, most: float) -> None:
        super().__init__(daemon=True)
        self._processes, self._turn, self._least, self._most = processes, turn, least, most
        self._told = threading.Event()
        self.failed: BaseException | None = None

    @property
    def kills(self) -> int:
        return sum(len(process.killed_at) for process in self._processes)

    def run(self) -> None:
        turn = self._turn
        try:
            while not self._told.wait(turn.uniform(self._least, self._most)):  # type: ignore[attr-defined]
                process = turn.choice(self._processes)  # type: ignore[attr-defined]
                process.kill()
                time.sleep(turn.uniform(0.1, 1.0))  # type: ignore[attr-defined]
                process.start()
        except BaseException as error:
            self.failed = error

    def end(self) -> None:
        self._told.set()
        self.join(timeout=120)
