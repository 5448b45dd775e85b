"""The request as every view sees it, with its actor; and the door of the pages for officers."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, cast

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tuanhoc.lib.actor import Actor, Role
from tuanhoc.lib.refusal import N_

from .models import PersonalLink

#: session key under which an opened personal link is remembered
LINK = "link_id"


class ActorRequest(HttpRequest):
    """A request after the actor's middleware."""

    actor: Actor


P = ParamSpec("P")


def known(
    view: Callable[Concatenate[ActorRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let whoever signed in, by account or link, reach the view; send anybody else to sign in."""

    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        asking = cast(ActorRequest, request)
        if not asking.actor.is_known:
            if request.method == "POST":
                messages.warning(request, _(SESSION_ENDED))
            return redirect_to_login(request.get_full_path())
        if owes_second_factor(asking):
            messages.warning(request, _(SECOND_FACTOR))
            return redirect("mfa_index")
        return view(asking, *args, **kwargs)

    update_wrapper(guarded, view)
    return guarded


SESSION_ENDED = N_(
    "Phiên làm việc đã hết nên nội dung vừa gửi chưa được nhận. Vui lòng đăng nhập, hoặc mở lại liên kết riêng của đơn"
    " vị, rồi gửi lại."
)
SECOND_FACTOR = N_(
    "Vai trò của bạn cần thêm một lớp bảo vệ khi đăng nhập. Vui lòng thêm khóa trên máy (vân tay, khuôn mặt, mã khóa"
    " máy) hoặc ứng dụng tạo mã ở trang này, rồi làm việc tiếp."
)


def owes_second_factor(request: ActorRequest) -> bool:
    """Whether a coordinator or operator has yet to add a key or an app of codes. One query for them.

    Asked each time, not once for a session: who takes the last one away works on only with another.
    """
    actor = request.actor
    if not settings.SECOND_FACTOR_REQUIRED or actor.user_id is None:
        return False
    if not (actor.is_operator or any(seat.role is Role.COORDINATOR for seat in actor.seats)):
        return False
    return not is_mfa_enabled(request.user)


def enter_by_link(request: HttpRequest, link: PersonalLink) -> None:
    """Let the holder of an opened link in: a fresh session, nothing of whoever used this browser before stays."""
    request.session.flush()
    request.session[LINK] = link.pk


def leave(request: HttpRequest) -> None:
    """Forget the link on this browser."""
    request.session.flush()
