"""A person at a browser without JavaScript: cookies, forms as they stand on the page, and another try when it fails."""

import http.client
import re
import secrets
import threading
import time
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from lxml import html

T = TypeVar("T")
Fields = list[tuple[str, str]]
#: seconds a page may take before a person gives up on it
PATIENCE = 60


class Lost(Exception):
    """No answer came, or half of one: what was asked for may have been done or not."""


class Broken(Exception):
    """An answer that no person should get."""


@dataclass
class Traffic:
    """What all browsers of a run did together."""

    requests: int = 0
    lost: int = 0
    broken: list[str] = field(default_factory=list)
    #: what a person asked for: (kind, day, "GET" or "POST") -> times
    clicks: dict[tuple[str, str, str], int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def click(self, who: str, day: str, method: str) -> None:
        with self.lock:
            key = (who, day, method)
            self.clicks[key] = self.clicks.get(key, 0) + 1


@dataclass(frozen=True)
class File:
    name: str
    data: bytes


class Page:
    """An answer, read when it is looked at."""

    def __init__(self, browser: "Browser", path: str, status: int, body: bytes) -> None:
        self.browser, self.path, self.status, self.body = browser, path, status, body

    @cached_property
    def doc(self) -> html.HtmlElement:
        return html.document_fromstring(self.body.decode("utf-8"))

    @cached_property
    def text(self) -> str:
        return " ".join(self.doc.text_content().split())

    def find(self, path: str) -> list[html.HtmlElement]:
        return list(self.doc.xpath(path))

    def form(self, *, action: str = "", button: str = "", ident: str = "") -> "html.FormElement | None":
        """Return the form whose address holds ``action``, that has the button ``name=value``, or the id."""
        for form in self.doc.forms:
            if ident and form.get("id") != ident:
                continue
            if action and action not in (form.get("action") or ""):
                continue
            if button and not _has_button(form, button):
                continue
            return form
        return None

    def said(self) -> str:
        """Return the notices of the page, for messages of ours."""
        found = self.find("//*[contains(concat(' ', @class, ' '), ' notice')]")
        return " | ".join(" ".join(each.text_content().split()) for each in found)[:400]


def _has_button(form: html.HtmlElement, button: str) -> bool:
    name, _sep, value = button.partition("=")
    return any(b.get("name") == name and (b.get("value") or "") == value for b in form.iter("button"))


class Browser:
    """Cookies and the way to the site. ``doors`` are the ports the proxy would choose among."""

    def __init__(
        self, who: str, *, doors: Callable[[], Sequence[int]], site: str, traffic: Traffic, day: Callable[[], str]
    ) -> None:
        self.who, self._doors, self._site, self._traffic, self._day = who, doors, site, traffic, day
        self._cookies: dict[str, str] = {}
        self._turn = secrets.randbelow(1000)

    def get(self, path: str) -> Page:
        self._traffic.click(self.who, self._day(), "GET")
        return self._follow("GET", path, None, {})

    def send(
        self, page: Page, form: html.HtmlElement, *, button: str = "", fields: Mapping[str, str | Sequence[str]] = {},
        without: str = "", file: tuple[str, File] | None = None,
    ) -> Page:  # fmt: skip
        """Send a form of a page: its own values, ``fields`` over them, and the button pressed."""
        given: Fields = [
            (name, value)
            for name, value in form.form_values()
            if name not in fields and not (without and re.match(without, name))
        ]
        for name, values in fields.items():
            given += [(name, value) for value in ([values] if isinstance(values, str) else values)]
        if button:
            name, _sep, value = button.partition("=")
            given.append((name, value))
        path = urllib.parse.urljoin(page.path, form.get("action") or "")
        self._traffic.click(self.who, self._day(), "POST")
        if file is None:
            return self._follow(
                "POST",
                path,
                urllib.parse.urlencode(given).encode(),
                {"Content-Type": "application/x-www-form-urlencoded"},
            )
        body, kind = _multipart(given, *file)
        return self._follow("POST", path, body, {"Content-Type": kind})

    def _follow(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Page:
        for _hop in range(8):
            status, location, answer = self._ask(method, path, body, headers)
            if status not in {301, 302, 303, 307}:
                if status >= 500:
                    self._traffic.broken.append(f"{status} {method} {path}")
                    raise Broken(f"{status} {method} {path}")
                return Page(self, path, status, answer)
            path = urllib.parse.urljoin(path, urllib.parse.urlsplit(location)._replace(scheme="", netloc="").geturl())
            method, body, headers = "GET", None, {}
        raise Broken(f"too many redirects at {path}")

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str, bytes]:
        sent = {"Host": self._site, "Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items()), **headers}
        with self._traffic.lock:
            self._traffic.requests += 1
        connection = self._connected()
        try:
            connection.request(method, urllib.parse.urlsplit(path)._replace(fragment="").geturl(), body, sent)
            answer = connection.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise self._lost(f"{method} {path}: {error!r}") from error
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _sep, value = line.split(";", 1)[0].partition("=")
            self._cookies[name.strip()] = value.strip()
        return answer.status, answer.headers.get("Location") or "", data

    def _connected(self) -> http.client.HTTPConnection:
        """Connect to the next door that is open, as a proxy does before it has sent anything."""
        doors = self._doors()
        for _door in doors:
            self._turn += 1
            connection = http.client.HTTPConnection("127.0.0.1", doors[self._turn % len(doors)], timeout=PATIENCE)
            try:
                connection.connect()
            except OSError:
                connection.close()
                continue
            return connection
        raise self._lost("no door is open")

    def _lost(self, words: str) -> Lost:
        with self._traffic.lock:
            self._traffic.lost += 1
        return Lost(words)


def _multipart(fields: Fields, name: str, file: File) -> tuple[bytes, str]:
    mark = secrets.token_hex(16)
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode()
        for n, v in fields
        if n != name
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{file.name}"\r\n\r\n'
    return b"".join([*parts, head.encode(), file.data, f"\r\n--{mark}--\r\n".encode()]), (
        f"multipart/form-data; boundary={mark}"
    )


def until_answered(step: Callable[[], T], *, patience: float = 180) -> T:
    """Do a step again, from its first page, until it is answered: what a person does when a page does not come."""
    until = time.monotonic() + patience
    while True:
        try:
            return step()
        except Lost:
            if time.monotonic() > until:
                raise
            time.sleep(0.4)
