"""``/healthz``, ``/readyz`` and ``/metrics``: for this machine and who watches it; for others there is nothing there.

The second middleware, so that it answers where no host name, session or database does.
"""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare

from tuanhoc.web import clock, figures

from . import gauges, readiness

#: What a proxy adds: with it a request is somebody's from elsewhere, whatever address it comes from.
_PASSED_ON = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


class Probes:
    """Answer who watches; let everybody else through to the page that says there is nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer GET of the three addresses, by who may ask."""
        answer = _ANSWERS.get(request.path_info)
        if answer is None or request.method not in {"GET", "HEAD"} or not may_ask(request):
            return self.get_response(request)
        response = answer()
        response["Cache-Control"] = "no-store"
        return response


def may_ask(request: HttpRequest) -> bool:
    """Whether this is somebody who watches: by the token, or from one of ``PROBES_FROM``."""
    kind, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if settings.METRICS_TOKEN and kind.lower() == "bearer":
        return constant_time_compare(token.strip(), settings.METRICS_TOKEN)
    try:
        asking = ipaddress.ip_address(_client(request))
    except ValueError:
        return False
    return any(asking in ipaddress.ip_network(network, strict=False) for network in settings.PROBES_FROM)


def _client(request: HttpRequest) -> str:
    """Return the address that asks; blank where a proxy that is not trusted says it."""
    if not any(header in request.META for header in _PASSED_ON):
        return str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER is None:
        return ""
    return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()


def _alive() -> HttpResponse:
    return JsonResponse({"status": "ok"})


def _ready() -> HttpResponse:
    missing = readiness.missing()
    said = {"status": "not ready", "missing": missing} if missing else {"status": "ok"}
    return JsonResponse(said, status=503 if missing else 200)


def _figures() -> HttpResponse:
    lines = [*figures.of_this_process(), *gauges.lines(machine=clock.machine())]
    return HttpResponse("\n".join(lines) + "\n", content_type=figures.CONTENT_TYPE)


_ANSWERS: dict[str, Callable[[], HttpResponse]] = {"/healthz": _alive, "/readyz": _ready, "/metrics": _figures}
