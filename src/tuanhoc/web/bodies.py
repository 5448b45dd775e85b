"""A wall before whatever is sent."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class BodyLimit:
    """Refuse a request longer than anything the program takes, before a byte of it is read.

    Django bounds a form's fields, not its files, and writes those to disk before it knows who is asking.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 in words, or let through. A request that does not say its length is read as empty by Django."""
        said = request.META.get("CONTENT_LENGTH") or "0"
        if len(said) > 15 or not said.isdecimal() or int(said) > settings.MAX_REQUEST_BYTES:
            most = settings.MAX_REQUEST_BYTES // 1024 // 1024
            return render(request, "web/too_large.html", {"megabytes": most}, status=413)
        return self.get_response(request)
