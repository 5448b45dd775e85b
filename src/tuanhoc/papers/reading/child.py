"""The process that reads files for others: ``python -c "… child.main()"``, started by ``apart``.

It holds itself to an allowance, then answers one file after the other: lengths and bytes in, JSON out. It ends by
itself when nobody asks, when its asker is gone, and after a file that took much memory.
"""

import importlib
import json
import os
import select
import struct
import sys
import traceback
from dataclasses import dataclass
from typing import Any

from . import confined, limits, wire

#: Lengths of the head (JSON) and of the file.
REQUEST = struct.Struct(">IQ")
#: Length of the answer.
ANSWER = struct.Struct(">Q")
#: What the asker takes at most.
MAX_ANSWER_BYTES = 64 * 1024 * 1024
_IDLE_SECONDS = 60
#: Memory once taken is seldom given back: a child that held more ends after its answer.
_TIRED_AT_BYTES = 300 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Refused:
    """The file cannot be read: the kind of refusal and those it is a kind of, its sentence and what fills it (JSON)."""

    why: tuple[str, ...]
    message: str
    params: str = "{}"


@dataclass(frozen=True, slots=True)
class Failed:
    """The reader itself failed."""

    trace: str


def main(memory_bytes: int, cpu_seconds: int, open_files: int, file_bytes: int) -> None:
    """Answer until nobody asks any more. What it may take is its asker's decision."""
    allowed = confined.Allowance(memory_bytes, cpu_seconds, open_files, file_bytes)
    # What a library prints must not get between the answers.
    answers = os.dup(1)
    os.dup2(2, 1)
    confined.confine_myself(allowed)
    while select.select([0], [], [], _IDLE_SECONDS)[0]:
        asked = _asked()
        if asked is None:
            break
        confined.begin_file(allowed)
        answer = _answer(*asked)
        _write(answers, ANSWER.pack(len(answer)) + answer)
        if confined.peak_bytes() > _TIRED_AT_BYTES:
            break
    _leave()


def _asked() -> tuple[str, bytes, str, dict[str, str]] | None:
    lengths = _exactly(REQUEST.size)
    if lengths is None:
        return None
    head_length, length = REQUEST.unpack(lengths)
    head, data = _exactly(head_length), _exactly(length)
    if head is None or data is None:
        return None
    asked = json.loads(head)
    return asked["work"], data, asked["name"], asked["options"]


def done(work: str, data: bytes, name: str, options: dict[str, str]) -> object:
    """Call what its asker names, ``module:function``, with a file."""
    module, _, function = work.partition(":")
    return getattr(importlib.import_module(module), function)(data, name, **options)


def _answer(work: str, data: bytes, name: str, options: dict[str, str]) -> bytes:
    said: object
    try:
        said = done(work, data, name, options)
        answer = wire.written(said)
        if len(answer) <= MAX_ANSWER_BYTES:
            return answer
        said = _refused(limits.TooManyPieces())
    except limits.Unreadable as refusal:
        said = _refused(refusal)
    except MemoryError:
        said = _refused(limits.TookTooMuchMemory())
    except RecursionError:
        said = _refused(limits.TooDeep())
    except Exception:
        # Whatever one strange file does to the reader, the asker gets an answer and the next file is read.
        said = Failed(traceback.format_exc(limit=-20)[-8_000:])
    return wire.written(said)


def _refused(refusal: limits.Unreadable) -> Refused:
    why = tuple(kind.__name__ for kind in type(refusal).__mro__)
    return Refused(why, refusal.message, json.dumps(refusal.params, default=str))


def _exactly(length: int) -> bytes | None:
    """Read so many bytes; None when the asker is gone."""
    pieces: list[bytes] = []
    while length:
        piece = os.read(0, min(length, 1 << 20))
        if not piece:
            return None
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


def _write(to: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(to, left) :]


def _leave() -> None:
    """Take the empty folder along."""
    folder: Any = os.environ.get("TMPDIR")
    if folder:
        os.chdir("/")
        try:
            os.rmdir(folder)
        except OSError:
            sys.exit(0)  # the asker clears up what is left in it
