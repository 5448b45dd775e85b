"""Who may take the merged schedule away as a file, and bring it back edited."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from tuanhoc.activities.access import To, may, roster_unit_for
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.lib.actor import Actor

from .models import EditedSchedule, Release


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


def editing_unit_for(actor: Actor, pk: int) -> RosterUnit:
    """Return a unit whose own merged schedule the actor may bring back edited: 403 for whoever only looks on."""
    host = unit_for(actor, pk)
    if not may(actor, To.EDIT, host):
        raise PermissionDenied
    return host


def edited_for(actor: Actor, pk: int) -> EditedSchedule:
    """Return an edited schedule the actor may take changes from: whoever coordinates the campaign, and of a unit's
    own schedule the officers of that unit. 404 for anyone else.
    """
    related = ("campaign__province", "campaign__coordinator", "host", "release", "draft", "stored")
    edited = EditedSchedule.objects.select_related(*related).filter(pk=pk).first()
    if edited is None:
        raise Http404
    if actor.coordinates(edited.campaign_id) or actor.is_operator:
        return edited
    if edited.host is None or actor.link_id is not None or not may(actor, To.EDIT, edited.host):
        raise Http404
    return edited
