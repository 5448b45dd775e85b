"""The door of the sign-in package, and its letters: codes, links for a new password, a word to who has no account.

They leave in the request that asks for them, whether the address is known or not, and in the same time: their code is
kept nowhere, so that no worker could write it. Their rows are as those of any letter, without the code.
"""

from collections.abc import Callable, Mapping
from secrets import token_hex
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tuanhoc.web import clock

from . import post
from .models import Message
from .rules import HIDDEN_MARK, LEASE, SIGN_IN


class LetterNotSent(Exception):
    """The mail server did not take the letter that somebody at a sign-in page waits for."""


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in only: accounts are given by the operator or the coordinator. Letters are written down, then leave."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: a seat comes with an invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        """Send a letter now.

        :raises LetterNotSent: the server did not take it; the row says why.
        """
        site = {"request": current.request, "email": email, "current_site": get_current_site(current.request)}
        # Whatever words the letter was given may open an account: the row gets none of them.
        hidden = {name: HIDDEN_MARK if isinstance(value, str) else value for name, value in context.items()}
        kept = self.render_mail(template_prefix, email, hidden | site)
        machine = clock.machine()
        row = Message.objects.create(
            about=f"{SIGN_IN}{token_hex(16)}", to=email, subject=kept.subject[:200], body=kept.body, tries=1,
            state=Message.State.SENDING, queued_at=clock.now(), due_at=machine, claimed_until=machine + LEASE,
        )  # fmt: skip
        if not post.sent_at_once(row, self.render_mail(template_prefix, email, {**context, **site})):
            raise LetterNotSent


class LetterTrouble:
    """Lead whoever waits for a letter that could not leave to the other ways to sign in, and say why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for the sign-in package, which lets the trouble through. The same whether the address is known."""
        if not isinstance(exception, LetterNotSent):
            return None
        messages.error(
            request,
            _(
                "Thư chưa gửi đi được vì máy chủ thư chưa nhận. Xin thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu, "
                "bằng vân tay, khuôn mặt hay khóa máy. Nếu vẫn không được, xin báo người quản trị hệ thống."
            ),
        )
        following = request.POST.get("next", "")
        return redirect(reverse("account_login") + (f"?{urlencode({'next': following})}" if following else ""))
