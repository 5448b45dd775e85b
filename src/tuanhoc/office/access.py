"""Who may draft, print and number the papers of a Week."""

from django.http import Http404

from tuanhoc.campaigns.access import campaign_for
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.lib.actor import Actor, Role

from .models import OfficialPaper, Scope

#: A unit writes to those under it with this right over them; looking alone is not enough.
_WRITERS = frozenset({Role.OFFICER, Role.HEAD, Role.COORDINATOR})


def scope_for(actor: Actor, code: str) -> Scope:
    """Return the papers of a Week the actor coordinates; 404 for anyone else."""
    return Scope(campaign_for(actor, code))


def unit_scope_for(actor: Actor, pk: int) -> Scope:
    """Return the papers of a unit that reviews others; 404 for anyone without a writer's seat at it or above.

    A personal link opens a unit's own registration and nothing else.
    """
    host = RosterUnit.objects.select_related("campaign__province", "campaign__coordinator").filter(pk=pk).first()
    if host is None or not may_write_for(actor, host):
        raise Http404
    return Scope(host.campaign, host)


def may_write_for(actor: Actor, host: RosterUnit) -> bool:
    """Whether the actor may write to those under ``host`` in its name. One query at most."""
    roles = actor.roles_over(host.path, host.campaign_id)
    return actor.link_id is None and bool(roles & _WRITERS) and RosterUnit.objects.filter(reviewer=host).exists()


def paper_for(actor: Actor, pk: int) -> OfficialPaper:
    """Return a paper with its number, if the actor may work on papers of its Week or unit; else 404."""
    papers = OfficialPaper.objects.select_related("campaign__province", "campaign__coordinator", "host")
    paper = papers.filter(pk=pk).exclude(number="").first()
    if paper is None:
        raise Http404
    if paper.host_id is None:
        scope_for(actor, paper.campaign.code)
    else:
        unit_scope_for(actor, paper.host_id)
    return paper
