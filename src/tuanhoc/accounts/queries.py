"""Who is asking, and what was asked."""

import datetime as dt
from collections import Counter

from tuanhoc.lib.actor import ANONYMOUS, Actor, Role, SeatValue

from .models import LinkRequest, PersonalLink, User


def actor_of(user: User) -> Actor:
    """Return the actor a signed-in person is. One query."""
    seats = tuple(
        SeatValue(Role(role), unit_id=unit_id, campaign_id=campaign_id)
        for role, unit_id, campaign_id in user.seats.order_by("pk").values_list("role", "unit_id", "campaign_id")
    )
    return Actor(name=str(user), seats=seats, user_id=user.pk, is_operator=user.is_superuser)


def actor_of_link(link_id: int, *, at: dt.datetime) -> Actor:
    """Return the actor a personal link makes; a stranger once it has expired or been revoked. One query."""
    link = PersonalLink.objects.select_related("unit").filter(pk=link_id, revoked_at=None, expires_at__gt=at).first()
    if link is None:
        return ANONYMOUS
    seat = SeatValue(Role(link.role), unit_id=link.unit_id, only_campaign_id=link.campaign_id, alone=True)
    return Actor(name=link.holder or link.unit.name, seats=(seat,), link_id=link.pk)


def unanswered(campaign_ids: set[int]) -> Counter[int]:
    """Count what was said about links and is not settled, by campaign. One query."""
    return Counter(
        LinkRequest.objects.filter(campaign_id__in=campaign_ids, answered_at=None).values_list("campaign_id", flat=True)
    )
