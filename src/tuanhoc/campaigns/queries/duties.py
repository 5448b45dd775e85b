"""Read answers about duties and their owners."""

from django.db.models import F

from tuanhoc.campaigns.models import Assignment, Campaign, RosterUnit


def assignments(campaign: Campaign) -> list[Assignment]:
    """Return who owns which duty of a Week, clause by clause, owners in reading order. One query."""
    related = Assignment.objects.filter(duty__campaign=campaign).select_related("duty", "host")
    return list(related.order_by("duty_id", F("host__rank").asc(nulls_first=True), "host__name_order", "pk"))


def duties_of(host: RosterUnit) -> list[Assignment]:
    """Return what the plan asks of one unit, clause by clause. One query."""
    return list(host.assignments.select_related("duty", "evidence_file").order_by("duty_id"))
