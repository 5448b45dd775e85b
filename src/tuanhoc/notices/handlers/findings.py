"""Two units are asked about activities of theirs that look like one, or get in each other's way."""

from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.findings.events import UnitsAsked
from tuanhoc.findings.models import Finding
from tuanhoc.notices import queries
from tuanhoc.notices.wording import address, letter
from tuanhoc.outbox.actions import Write, prepares

from .worded import queued


@prepares(UnitsAsked)
def ask_both_units(event: UnitsAsked) -> Write:
    """Ask the contacts of both units, each told of the other's activity too."""
    finding = Finding.objects.select_related("campaign__coordinator", "first", "second").get(pk=event.finding_id)
    by_pk = RosterUnit.objects.select_related("unit").in_bulk([finding.first_host_id, finding.second_host_id])
    hosts = [by_pk[finding.first_host_id], by_pk[finding.second_host_id]]
    rows = list(zip(hosts, (finding.first, finding.second), strict=True))
    letters = [
        letter(
            "asked", f"finding:{finding.pk}:{host.pk}", to, campaign=finding.campaign, host=host, finding=finding,
            rows=rows, page=address("desk:sheet", host.pk),
        )
        for host in hosts
        for to in queries.contacts_at(host)
    ]  # fmt: skip
    return queued(letters)
