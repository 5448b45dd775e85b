"""Anonymous pages kept in memory, compressed once: the first evening of a Week comes as one wave."""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

import brotli
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.utils.translation import get_language_from_request

from . import clock

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

NEVER_KEPT = ("/lam-viec/", "/tai-khoan/", "/mau/", "/l/", "/static/")
VARY = "Accept-Encoding, Accept-Language, Cookie"
#: Written anew for every answer.
_OWN_HEADERS = {"content-length", "vary", "cache-control", "etag"}

Headers = list[tuple[str, str]]
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One kept page: the same body by content encoding ("" is plain)."""

    headers: Headers
    bodies: dict[str, bytes]
    etag: str
    dies_at: float

    @property
    def size(self) -> int:
        """Bytes of all its bodies."""
        return sum(map(len, self.bodies.values()))


class PageCache:
    """Stand before a WSGI application and answer anonymous GETs from memory for ``PAGE_CACHE_SECONDS``."""

    def __init__(self, app: "WSGIApplication", *, tick: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._tick = tick
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer from memory where that is safe, otherwise let the application answer."""
        if not settings.PAGE_CACHE_SECONDS or not _is_anonymous_page(environ):
            return self._app(environ, start_response)
        key = _key(environ)
        page = self._kept(key)
        if page is not None:
            return _answer(page, environ, start_response)
        status, headers, body = _ask(self._app, environ)
        if not _may_be_kept(status, headers):
            start_response(status, headers)
            return [body]
        page = _page(headers, body, dies_at=self._tick() + settings.PAGE_CACHE_SECONDS)
        self._keep(key, page)
        return _answer(page, environ, start_response)

    def forget_all(self) -> None:
        """Drop every page of this process."""
        with self._lock:
            self._pages.clear()
            self._size = 0

    def _kept(self, key: Key) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if page.dies_at <= self._tick():
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

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


def _is_anonymous_page(environ: "WSGIEnvironment") -> bool:
    if environ["REQUEST_METHOD"] != "GET" or "HTTP_AUTHORIZATION" in environ:
        return False
    if environ.get("PATH_INFO", "/").startswith(NEVER_KEPT):
        return False
    try:
        cookies = SimpleCookie(environ.get("HTTP_COOKIE", ""))
    except CookieError:
        return False
    # A form token or a message is as personal as a session.
    personal = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "messages"}
    # SimpleCookie stops at a name it cannot read, so what it missed is looked for as text.
    return not cookies.keys() & personal and not any(f"{n}=" in environ.get("HTTP_COOKIE", "") for n in personal)


def _key(environ: "WSGIEnvironment") -> Key:
    request = WSGIRequest(environ)
    # In the sample the clock is moved by hand: a page belongs to the hour it stood at.
    hour = f"{clock.now():%Y-%m-%d %H}" if settings.SAMPLE else ""
    return (
        request.scheme or "",
        environ.get("HTTP_HOST", ""),
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        get_language_from_request(request),
        hour,
    )


def _ask(app: "WSGIApplication", environ: "WSGIEnvironment") -> tuple[str, Headers, bytes]:
    said: list[tuple[str, Headers]] = []
    written: list[bytes] = []

    def listen(status: str, headers: Headers, _exc_info: object = None, /) -> Callable[[bytes], object]:
        said.append((status, headers))
        return written.append

    chunks = app(environ, listen)
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


def _page(headers: Headers, body: bytes, *, dies_at: float) -> Page:
    # no-cache in the sample: a browser must ask again after the clock was moved.
    fresh = "no-cache" if settings.SAMPLE else f"public, max-age={settings.PAGE_CACHE_SECONDS}"
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    kept = [(name, value) for name, value in headers if name.lower() not in _OWN_HEADERS]
    kept += [("Cache-Control", fresh), ("Vary", VARY), ("ETag", etag)]
    bodies = {"": body, "gzip": gzip.compress(body, 6, mtime=0), "br": brotli.compress(body, quality=5)}
    return Page(kept, bodies, etag, dies_at)


def _answer(page: Page, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    known = [tag.strip() for tag in environ.get("HTTP_IF_NONE_MATCH", "").split(",")]
    if page.etag in known or "*" in known:
        start_response("304 Not Modified", [h for h in page.headers if h[0].lower() != "content-type"])
        return []
    encoding = _encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    body = page.bodies[encoding]
    headers = [*page.headers, ("Content-Length", str(len(body)))]
    if encoding:
        headers.append(("Content-Encoding", encoding))
    start_response("200 OK", headers)
    return [body]


def _encoding(accepted: str) -> str:
    wanted = set()
    for part in accepted.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if not weight or weight.strip("0."):
            wanted.add(name)
    return next((name for name in ("br", "gzip") if name in wanted), "")
