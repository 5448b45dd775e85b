"""Every request gets its actor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from tuanhoc.lib.actor import ANONYMOUS, Actor
from tuanhoc.web import clock
from tuanhoc.web.watching import note_actor

from .access import LINK
from .models import User
from .queries import actor_of, actor_of_link


class ActorMiddleware:
    """Set ``request.actor``, worked out only when a view asks, so that public pages cost no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    actor = _whoever(request)
    note_actor(user_id=actor.user_id, link_id=actor.link_id)
    return actor


def _whoever(request: HttpRequest) -> Actor:
    if isinstance(request.user, User):
        return actor_of(request.user)
    link_id = request.session.get(LINK)
    return actor_of_link(link_id, at=clock.now()) if link_id else ANONYMOUS
