"""A unit hears of what became of its deadline: ended, unlocked or not. What is told to many: ``mailings``."""

from tuanhoc.campaigns.events import ExceptionTakenBack, UnlockAnswered
from tuanhoc.campaigns.models import (
    DeadlineException,
    UnlockRequest,
)
from tuanhoc.notices import queries
from tuanhoc.notices.wording import address, letter
from tuanhoc.outbox.actions import Write, prepares

from .worded import queued


@prepares(ExceptionTakenBack)
def tell_the_unit_that_its_time_is_over(event: ExceptionTakenBack) -> Write:
    """It was told that it could write until later."""
    exception = DeadlineException.objects.select_related("host__campaign__coordinator").get(pk=event.exception_id)
    host = exception.host
    letters = [
        letter("exception_over", f"exception_over:{exception.pk}", to, campaign=host.campaign, host=host)
        for to in queries.contacts_at(host)
    ]
    return queued(letters)


@prepares(UnlockAnswered)
def tell_the_unit_whether_it_is_unlocked(event: UnlockAnswered) -> Write:
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
    return queued(letters)
