"""Units hear of what became of their deadline: moved for many, moved for one, unlocked or not."""

from tuanhoc.activities.queries import handed_in
from tuanhoc.campaigns.events import DeadlineMoved, ExceptionsGiven, ExceptionTakenBack, UnlockAnswered
from tuanhoc.campaigns.models import (
    Campaign,
    DeadlineException,
    DeadlineMove,
    RosterUnit,
    UnlockRequest,
)
from tuanhoc.notices import actions, queries
from tuanhoc.notices.wording import address, letter
from tuanhoc.outbox.actions import on
from tuanhoc.web import clock


@on(DeadlineMoved)
def tell_units_of_the_new_deadline(event: DeadlineMoved) -> None:
    """Those for whom it changed, and who have still to hand in; who has, needs nothing."""
    campaign = Campaign.objects.select_related("coordinator").get(pk=event.campaign_id)
    move = DeadlineMove.objects.get(pk=event.move_id)
    changed = campaign.roster.filter(pk__in=event.host_ids)
    hosts = changed.exclude(pk__in=handed_in(changed).values("host")).in_reading_order()
    receivers = queries.contacts_of(hosts)
    about = f"deadline:{move.pk}{':back' if event.is_back else ''}"
    letters = [
        letter(
            "deadline_moved", f"{about}:{host.pk}", to, campaign=campaign, host=host,
            reason="" if event.is_back else move.reason,
        )
        for host in hosts
        for to in receivers.get(host.unit_id, [])
    ]  # fmt: skip
    actions.queue(letters, at=clock.now(), due_at=clock.machine())


@on(ExceptionsGiven)
def tell_units_of_their_own_deadline(event: ExceptionsGiven) -> None:
    """Until when each may write, whether that is in time, and why."""
    given = DeadlineException.objects.filter(pk__in=event.exception_ids).select_related("host__campaign__coordinator")
    receivers = queries.contacts_of(RosterUnit.objects.filter(pk__in=given.values("host_id")))
    letters = [
        letter(
            "exception_given", f"exception:{exception.pk}", to, campaign=exception.host.campaign, host=exception.host,
            exception=exception,
        )
        for exception in given.order_by("pk")
        for to in receivers.get(exception.host.unit_id, [])
    ]  # fmt: skip
    actions.queue(letters, at=clock.now(), due_at=clock.machine())


@on(ExceptionTakenBack)
def tell_the_unit_that_its_time_is_over(event: ExceptionTakenBack) -> None:
    """It was told that it could write until later."""
    exception = DeadlineException.objects.select_related("host__campaign__coordinator").get(pk=event.exception_id)
    host = exception.host
    letters = [
        letter("exception_over", f"exception_over:{exception.pk}", to, campaign=host.campaign, host=host)
        for to in queries.contacts_at(host)
    ]
    actions.queue(letters, at=clock.now(), due_at=clock.machine())


@on(UnlockAnswered)
def tell_the_unit_whether_it_is_unlocked(event: UnlockAnswered) -> None:
    """Until when, or why not; and what it had asked."""
    asked = UnlockRequest.objects.select_related("host__campaign__coordinator", "exception").get(pk=event.request_id)
    host = asked.host
    letters = [
        letter(
            "unlock_answered", f"unlock:{asked.pk}", to, campaign=host.campaign, host=host, asked=asked,
            page=address("desk:sheet", host.pk),
        )
        for to in queries.contacts_at(host)
    ]  # fmt: skip
    actions.queue(letters, at=clock.now(), due_at=clock.machine())
