"""Who comes in: the known go on, the unknown are asked to sign in."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from tuanhoc.accounts.access import ActorRequest

P = ParamSpec("P")


def known(
    view: Callable[Concatenate[ActorRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let whoever signed in, by account or link, reach the view; send anybody else to sign in."""

    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        asking = cast(ActorRequest, request)
        if not asking.actor.is_known:
            return redirect_to_login(request.get_full_path())
        return view(asking, *args, **kwargs)

    update_wrapper(guarded, view)
    return guarded
