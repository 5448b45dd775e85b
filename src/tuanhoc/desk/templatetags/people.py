"""What the board says of people beside the states: entered for a unit that phoned, with the head, joined later."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from tuanhoc.activities.queries import BoardLine
from tuanhoc.campaigns.models import Campaign, JoinRequest
from tuanhoc.lib.actor import Actor

register = template.Library()


@register.filter
def marks(line: BoardLine) -> list[str]:
    """Return words to stand beside a unit's state. No query."""
    found = [(line.is_phoned, _("Nhập hộ")), (line.is_with_head, _("Đang trình thủ trưởng"))]
    return [words for is_so, words in found if is_so]


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
