"""One process that reads for this one, seen from its asker: started, asked, ended with whatever it started."""

import contextlib
import dataclasses
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from . import confined, limits, office
from .child import ANSWER, MAX_ANSWER_BYTES

#: A file that needs LibreOffice takes the longest; its own limits come first.
SECONDS = office.SECONDS + 60
_SOURCE = str(Path(__file__).resolve().parents[3])
_PROGRAM = f"import sys; sys.path.insert(0, {_SOURCE!r}); from tuanhoc.papers.reading.child import main; main(*%r)"
#: A parser written in Rust aborts its whole process where Python would raise.
_NO_MEMORY = "memory allocation of"
_DIED_OF: Mapping[int, type[limits.Unreadable]] = {
    -signal.SIGXCPU: limits.TookTooLong,
    -signal.SIGKILL: limits.TookTooMuchMemory,
}


class Ended(Exception):
    """The child is gone without an answer; ``status`` as its asker sees it, ``words`` what it complained of."""

    def __init__(self, status: int, words: str) -> None:
        self.status = status
        super().__init__(f"status {status}: {words}")

    @property
    def by_itself(self) -> bool:
        return self.status == 0

    def because(self) -> limits.Unreadable:
        """Return what to say of the file."""
        if _NO_MEMORY in str(self):
            return limits.TookTooMuchMemory()
        return _DIED_OF.get(self.status, limits.StoppedTheReader)()


class Reader:
    """One child with a folder of its own; in the hands of one thread at a time.

    It inherits no environment but the way to programs, no open file, and stands in a session of its own.
    """

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="tuanhoc-reading-")
        self._complaints = Path(self.folder, "stderr").open("w+b", buffering=0)  # noqa: SIM115 - closed by end()
        # Without a name, so that an empty folder says that nothing was left behind.
        Path(self.folder, "stderr").unlink()
        given, self._to = os.pipe()
        self._from, out = os.pipe()
        self.process = subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-I", "-c", _PROGRAM % (dataclasses.astuple(confined.READING),)],
            stdin=given, stdout=out, stderr=self._complaints, cwd=self.folder, start_new_session=True,
            env=_surroundings(self.folder),
        )  # fmt: skip
        os.close(given)
        os.close(out)
        os.set_blocking(self._to, False)

    def ask(self, request: bytes, data: bytes) -> bytes:
        """Return the answer to one file.

        :raises TookTooLong: none came in time. :raises TooManyPieces: it is too long. :raises Ended: the child is gone.
        """
        until = time.monotonic() + SECONDS
        try:
            self._write(request, until)
            self._write(data, until)
            (length,) = ANSWER.unpack(self._exactly(ANSWER.size, until))
            if length > MAX_ANSWER_BYTES:
                raise limits.TooManyPieces
            return self._exactly(length, until)
        except (BrokenPipeError, EOFError) as error:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
            raise Ended(-1 if self.process.returncode is None else self.process.returncode, self._words()) from error

    def _write(self, data: bytes, until: float) -> None:
        left = memoryview(data)
        while left:
            _wait(self._to, select.POLLOUT, until)
            left = left[os.write(self._to, left[: 1 << 16]) :]

    def _exactly(self, length: int, until: float) -> bytes:
        pieces: list[bytes] = []
        while length:
            _wait(self._from, select.POLLIN, until)
            piece = os.read(self._from, min(length, 1 << 20))
            if not piece:
                raise EOFError
            pieces.append(piece)
            length -= len(piece)
        return b"".join(pieces)

    def is_fit(self) -> bool:
        """Whether it lives and the last file left nothing behind in its folder."""
        try:
            return self.process.poll() is None and not os.listdir(self.folder)
        except FileNotFoundError:
            return False  # it is just leaving, and took its folder along

    def _words(self) -> str:
        self._complaints.seek(max(0, os.fstat(self._complaints.fileno()).st_size - 2_000))
        return self._complaints.read().decode("utf-8", "replace")

    def end(self) -> None:
        """End the child and whatever it started, and clear up its folder."""
        for pid in (self.process.pid, *_of_session(self.process.pid)):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        self.forget()
        shutil.rmtree(self.folder, ignore_errors=True)

    def forget(self) -> None:
        """Let go of it, without ending it: a fork of this process has no business with it."""
        os.close(self._to)
        os.close(self._from)
        self._complaints.close()
        self.process.returncode = self.process.returncode or 0


def _wait(pipe: int, to: int, until: float) -> None:
    waiting = select.poll()
    waiting.register(pipe, to)
    if not waiting.poll(max(0.0, until - time.monotonic()) * 1000):
        raise limits.TookTooLong


def _of_session(leader: int) -> Iterator[int]:
    """Yield the processes of a session: LibreOffice has a group of its own, but stays in its starter's session."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            # "pid (name) state parent group session …"; a name may hold spaces and brackets.
            if int(entry.read_text("utf-8", "replace").rpartition(")")[2].split()[3]) == leader:
                yield int(entry.parent.name)


def _surroundings(folder: str) -> dict[str, str]:
    """Return the child's whole environment: the way to programs and their data, and a folder of its own."""
    handed_on = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    return handed_on | {"LANG": "C.UTF-8", "HOME": folder, "TMPDIR": folder}
