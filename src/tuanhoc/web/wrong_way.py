"""Addresses that only take what a form sends, opened by themselves: from the address bar, or after signing in anew."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.translation import gettext as _

#: Where officers work: pages there show what is said to them.
_OFFICERS = "lam-viec/"


class WrongWay:
    """Lead whoever opened such an address to the page its form stands on; what cannot be led says so in words.

    The page is the nearest one above in the address. A view whose form stands elsewhere answers GET by itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Turn an empty 405 into a way on."""
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        if request.method not in {"GET", "HEAD"}:
            page = render(request, "web/wrong_way.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        path = page_above(request.path_info)
        if path.startswith(f"/{_OFFICERS}"):
            messages.warning(
                request, _("Địa chỉ vừa mở chỉ để gửi biểu mẫu, nên chưa có gì thay đổi. Biểu mẫu ở trang này.")
            )
        return redirect(get_script_prefix() + path.removeprefix("/"))


def page_above(path: str) -> str:
    """Return the nearest address above that is one of ours; the first page when none is."""
    while path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"
