"""Who sees what was found, and who decides it."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from tuanhoc.activities.access import To, may, to_review
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.lib.actor import Actor

from .models import Finding, FindingQuerySet


def campaign_for(actor: Actor, code: str) -> Campaign:
    """Return a Week in which the actor reviews somebody: all of it, or a district's own. 404 for anyone else."""
    campaign = Campaign.objects.select_related("province", "coordinator").filter(code=code).first()
    if campaign is None or actor.link_id is not None:
        raise Http404
    if not (_sees_all(actor, campaign.pk) or to_review(actor).filter(campaign=campaign).exists()):
        raise Http404
    return campaign


def findings_for(actor: Actor, campaign: Campaign) -> FindingQuerySet:
    """Return what was found in a Week as far as the actor reviews one of the two units."""
    found = Finding.objects.listed().filter(campaign=campaign)
    if _sees_all(actor, campaign.pk):
        return found
    mine = to_review(actor).filter(campaign=campaign).values("pk")
    return found.filter(Q(first_host__in=mine) | Q(second_host__in=mine))


def may_decide(actor: Actor, finding: Finding) -> bool:
    """Whether the actor reviews both units. No query when the hosts came with their reviewers."""
    return _sees_all(actor, finding.campaign_id) or all(
        may(actor, To.REVIEW, host) for host in (finding.first_host, finding.second_host)
    )


def sees_contacts(actor: Actor, finding: Finding, host: RosterUnit) -> bool:
    """Whether the actor sees whom to reach about the row of ``host``: of the other side only what the unit made public.

    No query, as above.
    """
    return _sees_all(actor, finding.campaign_id) or any(may(actor, to, host) for to in (To.EDIT, To.REVIEW))


def finding_for(actor: Actor, campaign: Campaign, pk: int) -> Finding:
    """Return a finding the actor may decide: 404 when none of its units is the actor's, 403 when only one is."""
    related = ("first_host__reviewer", "second_host__reviewer", "first", "second", "cancelled", "campaign")
    finding = findings_for(actor, campaign).select_related(*related).filter(pk=pk).first()
    if finding is None:
        raise Http404
    if not may_decide(actor, finding):
        raise PermissionDenied
    return finding


def _sees_all(actor: Actor, campaign_id: int) -> bool:
    return actor.coordinates(campaign_id) or actor.is_operator
