"""Every request of the sample passes the gate that a jump in time holds shut."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from . import gate, snapshots


class TimeBarGate:
    """Keep a jump from changing the database under a request half done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside the gate; the jump itself passes alone, by ``actions.jump_to``."""
        if request.method == "POST" and request.path == reverse("sample:jump"):
            return self.get_response(request)
        with gate.together(snapshots.folder()):
            return self.get_response(request)
