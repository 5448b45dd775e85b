"""What pages say of people: who asks to join, who joined later."""

from collections.abc import Mapping
from typing import Any

from django import template

from tuanhoc.campaigns.models import Campaign, JoinRequest
from tuanhoc.lib.actor import Actor

register = template.Library()


@register.simple_tag(takes_context=True)
def asking_to_join(context: Mapping[str, Any], campaign: Campaign) -> int:
    """Count who asks to take part and waits for this actor's answer. One query; none for who does not coordinate."""
    actor: Actor = context["actor"]
    if not actor.coordinates(campaign.pk):
        return 0
    return JoinRequest.objects.filter(campaign=campaign, state=JoinRequest.State.WAITING).count()


@register.simple_tag
def joined_later(campaign: Campaign) -> int:
    """Count the units that came into the roster after the opening. One query."""
    return campaign.roster.filter(joined_at__isnull=False).count()
