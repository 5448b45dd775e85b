"""Asking clamd (ClamAV's daemon) about a file, by its command INSTREAM; the file never touches clamd's disk by name.

Written here, forty lines: the clients on PyPI are under the GPL or LGPL, or years without a release.
"""

import contextlib
import datetime as dt
import re
import socket
import struct
from collections.abc import Iterator

_CHUNK = 1 << 20
#: An answer is one line: "stream: OK", "stream: Eicar-Signature FOUND", or words that end in ERROR.
_LONGEST = 4_096
_FOUND = re.compile(r"^stream: (.+) FOUND$")
_HOST_AND_PORT = re.compile(r"^(?P<host>\[[0-9A-Fa-f:.]+\]|[\w.-]+):(?P<port>\d{1,5})$")


class NoAnswer(Exception):
    """clamd is away, too slow, or said something that is no verdict."""


def is_address(address: str) -> bool:
    """Whether this says where clamd listens: ``host:port``, or the path of a socket."""
    return address.startswith("/") or _HOST_AND_PORT.match(address) is not None


def virus_in(data: bytes, *, at: str, seconds: float) -> str:
    """Return the name of what clamd found in ``data``, blank for nothing.

    :param at: ``host:port`` or the path of a socket. :param seconds: for each step of the talk.
    :raises NoAnswer: there is no verdict, so that nobody may take the file for clean.
    """
    pieces = (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
    said = _told(at, seconds, b"zINSTREAM\0", *(struct.pack(">L", len(one)) + one for one in pieces), bytes(4))
    if said == "stream: OK":
        return ""
    found = _FOUND.match(said)
    if found is None:
        raise NoAnswer(said or "it hung up")
    return found[1][:200]


def answers(*, at: str, seconds: float) -> bool:
    """Whether clamd is there."""
    try:
        return _told(at, seconds, b"zPING\0") == "PONG"
    except NoAnswer:
        return False


def signatures_of(*, at: str, seconds: float) -> dt.date | None:
    """Return the day of clamd's signatures ("ClamAV 1.0.7/27500/Thu Nov 26 08:31:12 2026"), None where it has none."""
    try:
        told = _told(at, seconds, b"zVERSION\0").rpartition("/")[2]
        return dt.datetime.strptime(told, "%a %b %d %H:%M:%S %Y").replace(tzinfo=dt.UTC).date()
    except (NoAnswer, ValueError):
        return None


def _told(at: str, seconds: float, *sent: bytes) -> str:
    """Return the answer to one command."""
    try:
        with _connected(at, seconds) as line:
            # Past its limit of size clamd answers and hangs up while we still send: the answer says why.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                for piece in sent:
                    line.sendall(piece)
            said = b""
            while not said.endswith(b"\0") and len(said) < _LONGEST and (more := line.recv(_LONGEST)):
                said += more
    except OSError as error:
        raise NoAnswer(str(error)) from error
    return said.rstrip(b"\0").decode("utf-8", "replace").strip()


@contextlib.contextmanager
def _connected(at: str, seconds: float) -> Iterator[socket.socket]:
    named = _HOST_AND_PORT.match(at)
    if named:
        host = named["host"].strip("[]")
        with socket.create_connection((host, int(named["port"])), timeout=seconds) as line:
            yield line
    else:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(seconds)
            line.connect(at)
            yield line
