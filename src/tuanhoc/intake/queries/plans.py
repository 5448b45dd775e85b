"""Plans on their way to a campaign: whose they are, and what lies ready."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from tuanhoc.campaigns.models import Campaign
from tuanhoc.intake.models import PlanFile
from tuanhoc.lib.actor import Actor


def waiting_plans(actor: Actor) -> QuerySet[PlanFile]:
    """Plans the actor received and has not made a campaign of yet, newest first; an operator's are all."""
    plans = PlanFile.objects.filter(state=PlanFile.State.READ).order_by("-received_at", "-pk")
    return plans if actor.is_operator else plans.filter(received_by_id=actor.user_id, received_by__isnull=False)


def said_of(campaign: Campaign) -> dict[str, Any] | None:
    """Return what the plan a campaign was made of says on the Week itself, with sentences; None without a file."""
    plan = PlanFile.objects.filter(campaign=campaign, stored__isnull=False).order_by("pk").first()
    return {name: found for name, found in plan.reading.items() if not isinstance(found, list)} if plan else None


def plan_file_for(actor: Actor, pk: int) -> PlanFile:
    """Return a plan the actor received, or any for an operator; anyone else gets 404."""
    plan = PlanFile.objects.select_related("campaign", "stored").filter(pk=pk).first()
    own = plan is not None and plan.received_by_id is not None and plan.received_by_id == actor.user_id
    if plan is None or not (own or actor.is_operator):
        raise Http404
    return plan
