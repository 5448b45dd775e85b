"""What the desk's frame asks about rights."""

from django import template

from tuanhoc.campaigns import access
from tuanhoc.lib.actor import Actor

register = template.Library()


@register.filter
def may_prepare(actor: Actor) -> bool:
    """Whether the actor may prepare a Week and look after its units."""
    return access.may_prepare(actor)
