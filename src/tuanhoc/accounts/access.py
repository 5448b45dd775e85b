"""The request as every view sees it: with its actor."""

from django.http import HttpRequest

from tuanhoc.lib.actor import Actor


class ActorRequest(HttpRequest):
    """A request after the actor's middleware."""

    actor: Actor
