"""Reading what others sent in a process of its own, so that no file can take the web or the worker along.

The child (``child``) holds itself to limits of memory, time and files; it knows no database, no setting and no secret
of this process. One child serves many files; a file that ends it costs the next one a start (0,2 s), and nobody else
anything. Where the system knows no such limits (Windows), files are read here, within the bounds of ``limits`` alone.
"""

import atexit
import contextlib
import json
import logging
import os
import threading
from collections.abc import Iterator
from typing import TypeVar

from . import confined, limits, wire
from .child import REQUEST, Failed, Refused, done
from .readers import Ended, Reader
from .sheets import Rows
from .values import Document

T = TypeVar("T")
_READ, _ROWS = "tuanhoc.papers.reading:read", "tuanhoc.papers.reading.sheets:read_rows"
log = logging.getLogger(__name__)
#: Children of one process; who comes next waits so many seconds for a turn.
_AT_ONCE, _WAIT_SECONDS = 2, 60


def read_apart(data: bytes, name: str) -> Document:
    """Read a file somebody sent, in a child within limits. Otherwise as :func:`~tuanhoc.papers.reading.read`.

    :raises Unreadable: with a sentence; beside those of ``read``: ``TookTooLong``, ``TookTooMuchMemory``,
        ``StoppedTheReader``, ``ReaderFailed``, ``Busy``.
    """
    return done_apart(_READ, data, name, Document)


def rows_apart(data: bytes, name: str) -> Rows:
    """Return the first sheet of a workbook, read like :func:`read_apart`. :raises Unreadable: likewise."""
    return done_apart(_ROWS, data, name, Rows)


def done_apart(work: str, data: bytes, name: str, kind: type[T], **options: str) -> T:
    """Have the child call ``module:function`` of ours with a file, and return what it gives.

    :param kind: the dataclass the function returns, made of what ``wire`` carries.
    :param options: more for the function, by name.
    :raises Unreadable: as :func:`read_apart`, and as the function.
    """
    if not data:
        raise limits.Empty
    if len(data) > limits.MAX_BYTES:
        raise limits.TooLarge
    if not confined.is_possible():
        return done(work, data, name, options)  # type: ignore[return-value]  # its work gives its kind
    with _turn():
        answer = _answer(work, data, name, options)
    return _taken_in(answer, kind)


def close() -> None:
    """End the children that wait for files; the next file starts one again."""
    with _LOCK:
        waiting = list(_IDLE)
        _IDLE.clear()
    for reader in waiting:
        reader.end()


def _taken_in(answer: bytes, kind: type[T]) -> T:
    try:
        said = json.loads(answer)
        match said[0]:
            case "Refused":
                raise _refusal(wire.read(said, Refused))
            case "Failed":
                log.error("the reader failed\n%s", wire.read(said, Failed).trace)
                raise limits.ReaderFailed
        return wire.read(said, kind)
    except (wire.NotSuchAValue, ValueError, TypeError, LookupError, RecursionError, StopIteration) as error:
        log.exception("an answer of the reader could not be read")
        raise limits.ReaderFailed from error


def _refusal(refused: Refused) -> limits.Unreadable:
    """Return the refusal as it was raised; of a kind not loaded here, the nearest that is, in the same words."""
    kinds = {kind.__name__: kind for kind in limits.every_kind()}
    kind = next(kinds[name] for name in refused.why if name in kinds)
    params = {key: value for key, value in json.loads(refused.params).items() if isinstance(value, str | int)}
    refusal = kind(**params)
    if refusal.message != refused.message:
        refusal.message = refused.message
        refusal.args = (refused.message % params if params else refused.message,)
    return refusal


def _answer(work: str, data: bytes, name: str, options: dict[str, str]) -> bytes:
    head = json.dumps({"work": work, "name": name, "options": options}).encode()
    request = REQUEST.pack(len(head), len(data)) + head
    for last in (False, True):
        reader = _taken()
        try:
            answer = reader.ask(request, data)
        except Ended as ended:
            reader.end()
            # It had ended by itself just when it was asked: one more, newly started, is asked.
            if ended.by_itself and not last:
                continue
            log.warning("a file ended its reader, %s", ended)
            raise ended.because() from ended
        except BaseException:
            reader.end()
            raise
        _give_back(reader)
        return answer
    raise limits.ReaderFailed


_LOCK = threading.Lock()
_TURNS = threading.BoundedSemaphore(_AT_ONCE)
_IDLE: list[Reader] = []


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    turns = _TURNS
    if not turns.acquire(timeout=_WAIT_SECONDS):
        raise limits.Busy
    try:
        yield
    finally:
        turns.release()


def _taken() -> Reader:
    while True:
        with _LOCK:
            reader = _IDLE.pop() if _IDLE else None
        if reader is None:
            return Reader()
        if reader.is_fit():
            return reader
        reader.end()


def _give_back(reader: Reader) -> None:
    if not reader.is_fit():
        reader.end()
        return
    with _LOCK:
        _IDLE.append(reader)


def _forked() -> None:
    """Start afresh in a forked process: locks may be held and children belong to the other."""
    global _LOCK, _TURNS
    _LOCK, _TURNS = threading.Lock(), threading.BoundedSemaphore(_AT_ONCE)
    for reader in _IDLE:
        reader.forget()
    _IDLE.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)
atexit.register(close)
