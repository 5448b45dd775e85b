"""Anonymous pages kept in memory, compressed once: the first evening of a Week comes as one wave.

How old can a page be? It is fresh for F = ``PAGE_CACHE_SECONDS`` from the moment its making began, and a browser is
told to keep it only for what is left of F. Past F one thread makes it anew while the others still get the old one,
marked max-age=0, at most until 2 F; past that everybody waits. So nobody reads a page older than 2 F. A shared cache
in front that keeps an answer for its max-age adds less than F to an answer that had less than F left: 2 F again.
F is never more than half of ``SHOWN_WITHIN``.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
from django.conf import settings

from .speech import chosen

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

NEVER_KEPT = ("/lam-viec/", "/tai-khoan/", "/mau/", "/l/", "/static/", "/healthz", "/readyz", "/metrics")
VARY = "Accept-Encoding, Cookie"
#: Seconds after which every change is seen by everybody.
SHOWN_WITHIN = 60
#: Seconds a visitor waits for a page that another thread is making, before asking for it again.
PATIENCE = 10
#: Bytes a kept page takes beside its bodies: three lists of headers, its key, its place in line.
OVERHEAD = 4_000
#: A longer question than a filter or a search makes is answered, but not kept.
LONGEST_QUESTION = 600
LONGEST_HOST = 255
#: Written anew for every answer.
_OWN_HEADERS = {"content-length", "vary", "cache-control", "etag"}

Headers = list[tuple[str, str]]
Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One kept page: headers and body by content encoding ("" is plain)."""

    answers: dict[str, tuple[Headers, bytes]]
    unchanged: Headers
    etag: str
    made_at: float

    @property
    def size(self) -> int:
        """Bytes it takes, small change counted: a page of nothing under a thousand questions is a thousand pages."""
        return OVERHEAD + sum(len(body) for _, body in self.answers.values())


class PageCache:
    """Stand before a WSGI application and answer anonymous GETs from memory (see the module for how long)."""

    def __init__(self, app: "WSGIApplication", *, tick: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._tick = tick
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        #: pages being made now, each by one thread
        self._making: dict[Key, threading.Event] = {}
        self._size = 0
        self._lock = threading.Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer from memory where that is safe, otherwise let the application answer."""
        fresh = min(settings.PAGE_CACHE_SECONDS, SHOWN_WITHIN // 2)
        if fresh <= 0 or not _is_anonymous_page(environ):
            return self._app(environ, start_response)
        key = _key(environ)
        page, lasts = self._kept(key, fresh)
        if page is None or lasts <= 0:
            made_elsewhere = self._begin(key)
            if made_elsewhere is None:
                return self._make(key, fresh, environ, start_response)
            if page is None or lasts <= -fresh:
                made_elsewhere.wait(PATIENCE)
                page, lasts = self._kept(key, fresh)
        if page is None or lasts <= -fresh:
            # It may not be kept (or takes very long): everybody asks for themselves.
            return self._app(environ, start_response)
        return _answer(page, environ, start_response, lasts=lasts)

    def forget_all(self) -> None:
        """Drop every page of this process."""
        with self._lock:
            self._pages.clear()
            self._size = 0

    def _kept(self, key: Key, fresh: float) -> tuple[Page | None, float]:
        """Return the page and for how many seconds it is fresh yet: below 0 it is stale."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None, 0
            self._pages.move_to_end(key)
        return page, page.made_at + fresh - self._tick()

    def _begin(self, key: Key) -> threading.Event | None:
        """Return None when this thread is to make the page, otherwise what tells that another has made it."""
        with self._lock:
            under_way = self._making.get(key)
            if under_way is None:
                self._making[key] = threading.Event()
            return under_way

    def _make(
        self, key: Key, fresh: float, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        try:
            page, lasts = self._kept(key, fresh)
            if page is None or lasts <= 0:
                # Before the application reads anything: a change made meanwhile must count as not yet shown.
                made_at = self._tick()
                status, headers, body = _ask(self._app, environ)
                if not _may_be_kept(status, headers):
                    start_response(status, headers)
                    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
                page = _page(headers, body, made_at=made_at)
                self._keep(key, page)
                lasts = page.made_at + fresh - self._tick()
        finally:
            with self._lock:
                self._making.pop(key).set()
        return _answer(page, environ, start_response, lasts=lasts)

    def _keep(self, key: Key, page: Page) -> None:
        if page.size > settings.PAGE_CACHE_BYTES:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._size += page.size
            while self._size > settings.PAGE_CACHE_BYTES:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._size -= page.size


def generation() -> int:
    """Return a number that changes whenever the sample's clock was moved, so that a jump shows at once."""
    if not settings.SAMPLE:
        return 0
    try:
        return (Path(settings.DATA_DIR) / "sample" / "clock.json").stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _is_anonymous_page(environ: "WSGIEnvironment") -> bool:
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or "HTTP_AUTHORIZATION" in environ:
        return False
    path, question = environ.get("PATH_INFO", "/"), environ.get("QUERY_STRING", "")
    if path.startswith(NEVER_KEPT) or len(path) + len(question) > LONGEST_QUESTION:
        return False
    if len(environ.get("HTTP_HOST", "")) > LONGEST_HOST:
        return False
    given = environ.get("HTTP_COOKIE")
    return not given or not _is_personal(given)


def _is_personal(given: str) -> bool:
    try:
        cookies = SimpleCookie(given)
    except CookieError:
        return True
    # A form token or a message is as personal as a session.
    personal = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}
    # SimpleCookie stops at a name it cannot read, so what it missed is looked for as text.
    return bool(cookies.keys() & personal) or any(f"{name}=" in given for name in personal)


def _key(environ: "WSGIEnvironment") -> Key:
    # No request object on this path: building one costs more than the answer itself.
    return (
        _scheme(environ),
        environ.get("HTTP_HOST", ""),
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        _language(environ.get("HTTP_COOKIE", "")),
        generation(),
    )


def _scheme(environ: "WSGIEnvironment") -> str:
    """Return the scheme as Django will see it."""
    trusted = settings.SECURE_PROXY_SSL_HEADER
    if trusted and trusted[0] in environ:
        return "https" if str(environ[trusted[0]]).split(",", 1)[0].strip() == trusted[1] else "http"
    return str(environ.get("wsgi.url_scheme", "http"))


@lru_cache(maxsize=1000)
def _language(given: str) -> str:
    """Return the language the visitor chose; what cannot be read as cookies never comes here."""
    return chosen({name: cookie.value for name, cookie in SimpleCookie(given).items()})


def _ask(app: "WSGIApplication", environ: "WSGIEnvironment") -> tuple[str, Headers, bytes]:
    said: list[tuple[str, Headers]] = []
    written: list[bytes] = []

    def listen(status: str, headers: Headers, _exc_info: object = None, /) -> Callable[[bytes], object]:
        said.append((status, headers))
        return written.append

    # A HEAD is asked as a GET: what comes is kept for both.
    chunks = app({**environ, "REQUEST_METHOD": "GET"}, listen)
    try:
        written.extend(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    status, headers = said[-1]
    return status, headers, b"".join(written)


def _may_be_kept(status: str, headers: Headers) -> bool:
    given = {name.lower(): value.lower() for name, value in headers}
    if not status.startswith("200 ") or "set-cookie" in given or "content-encoding" in given:
        return False
    return not any(word in given.get("cache-control", "") for word in ("private", "no-store", "no-cache"))


def _page(headers: Headers, body: bytes, *, made_at: float) -> Page:
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    kept = [(name, value) for name, value in headers if name.lower() not in _OWN_HEADERS]
    kept += [("Vary", VARY), ("ETag", etag)]
    bodies = {"": body, "gzip": gzip.compress(body, 6, mtime=0), "br": brotli.compress(body, quality=6)}
    answers = {name: ([*kept, ("Content-Length", str(len(b)))], b) for name, b in bodies.items()}
    for name in ("gzip", "br"):
        answers[name][0].append(("Content-Encoding", name))
    return Page(answers, [h for h in kept if h[0].lower() != "content-type"], etag, made_at)


def _answer(
    page: Page, environ: "WSGIEnvironment", start_response: "StartResponse", *, lasts: float
) -> Iterable[bytes]:
    # In the sample a browser must ask again: the clock may have been moved.
    kept_for = "no-cache" if settings.SAMPLE else f"public, max-age={max(0, int(lasts))}"
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and (page.etag in known or known.strip() == "*"):
        start_response("304 Not Modified", [*page.unchanged, ("Cache-Control", kept_for)])
        return []
    headers, body = page.answers[_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))]
    start_response("200 OK", [*headers, ("Cache-Control", kept_for)])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


@lru_cache(maxsize=200)
def _encoding(accepted: str) -> str:
    wanted = set()
    for part in accepted.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if not weight or weight.strip("0."):
            wanted.add(name)
    return next((name for name in ("br", "gzip") if name in wanted), "")
