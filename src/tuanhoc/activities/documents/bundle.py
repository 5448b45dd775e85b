"""The annexes of many units at once, for an archive."""

from collections.abc import Iterator, Sequence

from django.db.models import Prefetch

from tuanhoc.activities.models import Activity, AnnexArchive, Registration, State, Submission
from tuanhoc.activities.queries import draft_of
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.papers.values import Annex

from .annex import blank_annex, registration_annex


def annexes(archive: AnnexArchive, hosts: Sequence[int]) -> Iterator[tuple[RosterUnit, Annex]]:
    """Yield the units of one chunk with their annexes. Four queries."""
    registrations = {
        registration.host_id: registration
        for registration in Registration.objects.filter(host__in=hosts).prefetch_related(
            Prefetch("activities", Activity.objects.order_by("position", "pk")),
            Prefetch("submissions", Submission.objects.order_by("-pk").defer("rows")),
        )
    }
    campaign = archive.campaign
    units = RosterUnit.objects.in_bulk(list(hosts))
    for pk in hosts:
        host, registration = units[pk], registrations.get(pk)
        rows = [draft_of(activity) for activity in registration.activities.all()] if registration else []
        if registration is None or not rows:
            blank = blank_annex(
                unit_name=host.name, year=campaign.year, starts_on=campaign.starts_on, ends_on=campaign.ends_on,
                closes_at=host.closes_at, coordinator=campaign.coordinator.name,
            )  # fmt: skip
            yield host, blank
            continue
        being_written = registration.state in {State.DRAFT, State.RETURNED}
        submission = None if being_written else next(iter(registration.submissions.all()), None)
        yield host, registration_annex(unit_name=host.name, year=campaign.year, rows=rows, submission=submission)
