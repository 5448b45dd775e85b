"""Who may take the merged schedule away as a file."""

from django.http import Http404

from tuanhoc.activities.access import To, roster_unit_for
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.lib.actor import Actor

from .models import Release


def release_for(actor: Actor, code: str, number: int) -> Release:
    """Return a release of a campaign the actor coordinates; 404 for anyone else, and when there is none."""
    campaign = campaign_for(actor, code)
    release = Release.objects.filter(campaign=campaign, number=number).first()
    if release is None:
        raise Http404
    # The one campaign object, with its province and coordinator, instead of two more queries.
    release.campaign = campaign
    return release


def unit_for(actor: Actor, pk: int) -> RosterUnit:
    """Return a unit whose own merged schedule the actor may print: any in reach that others stand under.

    A personal link opens a unit's own registration and nothing else.
    """
    if actor.link_id is not None:
        raise Http404
    host = roster_unit_for(actor, pk, to=To.VIEW)
    if not RosterUnit.objects.within(host).exclude(pk=host.pk).exists():
        raise Http404
    return host
