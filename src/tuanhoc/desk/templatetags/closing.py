"""What pages of a Week say when its time is over and nobody has closed it."""

from collections.abc import Mapping
from typing import Any

from django import template

from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.queries import is_past
from tuanhoc.lib.actor import Actor
from tuanhoc.web import clock

register = template.Library()


@register.simple_tag(takes_context=True)
def may_be_closed(context: Mapping[str, Any], campaign: Campaign) -> bool:
    """Whether the reader coordinates the Week, and it is open though its days and its reporting time are over."""
    actor: Actor = context["actor"]
    return actor.coordinates(campaign.pk) and is_past(campaign, at=clock.now())
