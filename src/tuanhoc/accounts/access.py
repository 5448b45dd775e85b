"""The request as every view sees it, with its actor; and the door of the pages for officers."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

from tuanhoc.lib.actor import Actor

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
            return redirect_to_login(request.get_full_path())
        return view(asking, *args, **kwargs)

    update_wrapper(guarded, view)
    return guarded


def enter_by_link(request: HttpRequest, link: PersonalLink) -> None:
    """Let the holder of an opened link in: a fresh session, nothing of whoever used this browser before stays."""
    request.session.flush()
    request.session[LINK] = link.pk


def leave(request: HttpRequest) -> None:
    """Forget the link on this browser."""
    request.session.flush()
