"""Who may see and run a campaign."""

from django.http import Http404

from tuanhoc.lib.actor import Actor

from .models import Campaign


def campaign_for(actor: Actor, code: str) -> Campaign:
    """Return the campaign the actor coordinates; anyone else gets 404."""
    campaign = Campaign.objects.select_related("province", "coordinator").filter(code=code).first()
    if campaign is None or not (actor.coordinates(campaign.pk) or actor.is_operator):
        raise Http404
    return campaign


def may_prepare(actor: Actor) -> bool:
    """Whether the actor may start a new edition: an operator, or whoever coordinates one already."""
    return actor.is_operator or any(seat.campaign_id is not None for seat in actor.seats)
