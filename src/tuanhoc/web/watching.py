"""What is seen of each request: one line in the log, a count, how long it took, and which lines belong to it.

Who asked is a number of a person or of a link, never a name; questions (``?q=…``) and links stay out.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from . import figures

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("tuanhoc.access")
#: Answered from memory: Django was not asked.
KEPT = "kept"
NOWHERE = "nowhere"
_ID = re.compile(r"[A-Za-z0-9_.:-]{8,64}")


@dataclass
class Seen:
    """One request, or one task of the worker, while it runs."""

    id: str
    route: str = KEPT
    user_id: int | None = None
    link_id: int | None = None
    queries: int = 0

    @property
    def who(self) -> str:
        """Return who asks as a number, blank while nobody wanted to know."""
        if self.user_id is not None:
            return f"user:{self.user_id}"
        return f"link:{self.link_id}" if self.link_id is not None else ""

    def count_query(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Count one query, as Django's ``execute_wrapper`` wants it."""
        self.queries += 1
        return execute(sql, params, many, context)


_now: ContextVar[Seen | None] = ContextVar("seen", default=None)


def seen() -> Seen | None:
    """Return the request this thread answers, if any."""
    return _now.get()


def note_actor(*, user_id: int | None, link_id: int | None) -> None:
    """Note who asks, once somebody wanted to know."""
    if (request := _now.get()) is not None:
        request.user_id, request.link_id = user_id, link_id


@contextmanager
def about(name: str) -> Iterator[Seen]:
    """Let the log's lines bear ``name`` meanwhile."""
    one = Seen(name)
    token = _now.set(one)
    try:
        yield one
    finally:
        _now.reset(token)


class Watched:
    """Stand before the whole WSGI application, the page cache too."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer as the application does, and write down that it did."""
        begun = time.perf_counter()
        statuses: list[str] = []

        def listen(status: str, *rest: Any) -> Callable[[bytes], object]:
            statuses.append(status)
            return start_response(status, *rest)

        with about(_request_id(environ)) as request:
            try:
                body = self._app(environ, listen)
            except BaseException:
                _write_down(request, environ, "500", begun)
                raise
        if isinstance(body, list):
            _write_down(request, environ, statuses[-1], begun)
            return body
        return _Watched(body, lambda: _write_down(request, environ, statuses[-1], begun))


class _Watched:
    """An answer that is still being sent: written down when it ends."""

    def __init__(self, body: Iterable[bytes], at_end: Callable[[], None]) -> None:
        self._body = body
        self._at_end = at_end

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        """Close what was given, then write it down; the server calls this once."""
        try:
            if (close := getattr(self._body, "close", None)) is not None:
                close()
        finally:
            self._at_end()


class Noted:
    """The first middleware: what only Django knows of a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count the queries, and note by which address it was answered."""
        if (one := _now.get()) is None:
            return self.get_response(request)
        with connection.execute_wrapper(one.count_query):
            response = self.get_response(request)
        static = settings.STATIC_URL.strip("/") if request.path.startswith(settings.STATIC_URL) else NOWHERE
        one.route = request.resolver_match.view_name if request.resolver_match else static
        return response


def _request_id(environ: "WSGIEnvironment") -> str:
    given = environ.get("HTTP_X_REQUEST_ID", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return given if _ID.fullmatch(given) else secrets.token_hex(8)


def _write_down(request: Seen, environ: "WSGIEnvironment", status: str, begun: float) -> None:
    seconds = time.perf_counter() - begun
    code = status[:3]
    figures.count(request.route.partition(":")[0], code, seconds)
    if log.isEnabledFor(logging.INFO):
        method, path = environ.get("REQUEST_METHOD", ""), environ.get("PATH_INFO", "")
        told = {
            "request": request.id, "who": request.who, "route": request.route, "status": int(code),
            "ms": round(seconds * 1000, 1), "queries": request.queries,
        }  # fmt: skip
        log.info("%s %s %s", method, _one_line(path), code, extra=told)


def _one_line(path: str) -> str:
    """Return a path as read by people. A line break that was asked for must not begin a line of the log."""
    words = path.encode("latin-1", "replace").decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in words)
