"""A happening that concerns many units is told in parts: each is worded first and queued in a short transaction.

One transaction for a thousand letters would shut everybody else out for as long on SQLite, and lose all its work to a
worker killed in the middle. A part done is not done again; one begun is found where it was.
"""

from collections.abc import Callable, Iterable
from functools import partial

from django.db.models import Prefetch

from tuanhoc.activities.queries import handed_in
from tuanhoc.campaigns.events import CallOpened, DeadlineMoved, ExceptionsGiven
from tuanhoc.campaigns.models import Campaign, DeadlineException, DeadlineMove, Duty, RosterUnit, RosterUnitQuerySet
from tuanhoc.notices import actions, queries
from tuanhoc.notices.events import MailingPart
from tuanhoc.notices.rules import Letter, parted
from tuanhoc.notices.wording import address, letter
from tuanhoc.outbox import actions as outbox
from tuanhoc.outbox.actions import Write, prepares
from tuanhoc.schedule import rules as schedule
from tuanhoc.schedule.events import ScheduleReleased
from tuanhoc.schedule.models import Release
from tuanhoc.schedule.queries import released_lines
from tuanhoc.web import clock


@prepares(CallOpened)
def ask_units_to_register(event: CallOpened) -> Write:
    """Write to every contact of every expected unit: its own link, its deadline, its duties, the help line."""
    campaign = Campaign.objects.get(pk=event.campaign_id)
    return _divided("call_opened", campaign.pk, _sized(campaign.roster.all()))


@prepares(DeadlineMoved)
def tell_units_of_the_new_deadline(event: DeadlineMoved) -> Write:
    """Those for whom it changed, and who have still to hand in; who has, needs nothing."""
    changed = RosterUnit.objects.filter(campaign=event.campaign_id, pk__in=event.host_ids)
    return _divided("deadline_moved", event.move_id, _sized(_owing(changed)), is_back=event.is_back)


@prepares(ExceptionsGiven)
def tell_units_of_their_own_deadline(event: ExceptionsGiven) -> Write:
    """Until when each may write, whether that is in time, and why."""
    given = DeadlineException.objects.filter(pk__in=event.exception_ids).order_by("pk")
    sizes = dict(_sized(RosterUnit.objects.filter(pk__in=given.values("host_id"))))
    sized = [(pk, sizes[host_id]) for pk, host_id in given.values_list("pk", "host_id") if host_id in sizes]
    return _divided("exception_given", 0, sized)


@prepares(ScheduleReleased)
def tell_units_of_the_schedule(event: ScheduleReleased) -> Write:
    """The first edition goes to every unit in it; a later one to the units it changes something for."""
    release = Release.objects.select_related("campaign").get(pk=event.release_id)
    before = Release.objects.filter(campaign=release.campaign, number=release.number - 1).first()
    hosts = release.campaign.roster.filter(name__in=_units_changed(before, release))
    return _divided("released", release.pk, _sized(hosts))


def _sized(hosts: RosterUnitQuerySet) -> list[tuple[int, int]]:
    """Return the units that a letter reaches, in reading order, and how many letters each gets."""
    receivers = queries.contacts_of(hosts)
    pairs = hosts.in_reading_order().values_list("pk", "unit_id")
    return [(pk, len(receivers[unit_id])) for pk, unit_id in pairs if unit_id in receivers]


def _divided(template: str, of_id: int, sized: Iterable[tuple[int, int]], *, is_back: bool = False) -> Write:
    parts = [MailingPart(template=template, of_id=of_id, ids=ids, is_back=is_back) for ids in parted(sized)]
    return lambda: outbox.record_each(parts, at=clock.now())


def _units_changed(before: Release | None, release: Release) -> set[str]:
    changes = schedule.changes(released_lines(before), released_lines(release))
    after = [new for _, new in (*changes.moved, *changes.reworded)]
    return {line.unit_name for line in (*changes.added, *after, *changes.cancelled)}


@prepares(MailingPart)
def write_a_part(event: MailingPart) -> Write:
    """Word the letters of one part; they are queued together, each once."""
    letters = list(_WORDED[event.template](event))
    return partial(actions.queue, letters, at=clock.now(), due_at=clock.machine())


def _owing(hosts: RosterUnitQuerySet) -> RosterUnitQuerySet:
    return hosts.exclude(pk__in=handed_in(hosts).values("host"))


def _hosts(event: MailingPart) -> RosterUnitQuerySet:
    return RosterUnit.objects.filter(pk__in=event.ids).in_reading_order()


def _of_the_call(event: MailingPart) -> Iterable[Letter]:
    campaign, hosts = Campaign.objects.select_related("coordinator").get(pk=event.of_id), _hosts(event)
    receivers = queries.contacts_of(hosts)
    for host in hosts.prefetch_related(Prefetch("duties", Duty.objects.order_by("pk"))):
        for to in receivers.get(host.unit_id, []):
            yield letter(
                "call_opened", f"call:{host.pk}", to, campaign=campaign, host=host, duties=host.duties.all(),
                is_over=clock.now() >= host.closes_at,
            )  # fmt: skip


def _of_the_deadline(event: MailingPart) -> Iterable[Letter]:
    move = DeadlineMove.objects.select_related("campaign__coordinator").get(pk=event.of_id)
    hosts = _owing(_hosts(event))
    receivers, reason = queries.contacts_of(hosts), "" if event.is_back else move.reason
    about = f"deadline:{move.pk}{':back' if event.is_back else ''}"
    for host in hosts:
        for to in receivers.get(host.unit_id, []):
            yield letter("deadline_moved", f"{about}:{host.pk}", to, campaign=move.campaign, host=host, reason=reason)


def _of_exceptions(event: MailingPart) -> Iterable[Letter]:
    given = DeadlineException.objects.filter(pk__in=event.ids).select_related("host__campaign__coordinator")
    receivers = queries.contacts_of(RosterUnit.objects.filter(pk__in=given.values("host_id")))
    for exception in given.order_by("pk"):
        host = exception.host
        for to in receivers.get(host.unit_id, []):
            about = f"exception:{exception.pk}"
            yield letter("exception_given", about, to, campaign=host.campaign, host=host, exception=exception)


def _of_the_schedule(event: MailingPart) -> Iterable[Letter]:
    release, hosts = Release.objects.select_related("campaign__coordinator").get(pk=event.of_id), _hosts(event)
    campaign, receivers = release.campaign, queries.contacts_of(hosts)
    page, about = address("portal:schedule", campaign.code), f"release:{release.pk}"
    for host in hosts:
        for to in receivers.get(host.unit_id, []):
            yield letter("released", about, to, campaign=campaign, host=host, release=release, page=page)


_WORDED: dict[str, Callable[[MailingPart], Iterable[Letter]]] = {
    "call_opened": _of_the_call,
    "deadline_moved": _of_the_deadline,
    "exception_given": _of_exceptions,
    "released": _of_the_schedule,
}
