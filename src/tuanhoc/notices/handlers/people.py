"""The head of a unit is asked and answers; whoever asked to take part hears either way."""

from tuanhoc.activities.events import GivenBackByHead, HandedToHead
from tuanhoc.activities.models import HeadConfirmation
from tuanhoc.campaigns.events import JoinAnswered
from tuanhoc.campaigns.models import JoinRequest, RosterUnit
from tuanhoc.lib.actor import Role
from tuanhoc.notices import queries
from tuanhoc.notices.wording import address, letter
from tuanhoc.outbox.actions import Write, prepares
from tuanhoc.web import clock

from .worded import queued


@prepares(HandedToHead)
def ask_the_head(event: HandedToHead) -> Write | None:
    """Send the head the own link; without an address the officer was shown it."""
    confirmation = HeadConfirmation.objects.select_related("registration").get(pk=event.confirmation_id)
    if not confirmation.head_email:
        return None
    host = _host(confirmation)
    to = queries.Receiver(
        "head", confirmation.head_name, confirmation.head_email, queries.language_of(confirmation.head_email)
    )
    written = letter(
        "head_asked", f"head:{confirmation.pk}", to, campaign=host.campaign, host=host, link_role=Role.HEAD.value,
        confirmation=confirmation, count=confirmation.registration.activities.count(),
    )  # fmt: skip
    return queued([written])


@prepares(GivenBackByHead)
def tell_the_unit_what_the_head_said(event: GivenBackByHead) -> Write:
    """The officer hears what the head wants changed."""
    confirmation = HeadConfirmation.objects.select_related("registration").get(pk=event.confirmation_id)
    host = _host(confirmation)
    letters = [
        letter(
            "head_gave_back", f"head-back:{confirmation.pk}", to, campaign=host.campaign, host=host,
            confirmation=confirmation, page=address("desk:sheet", host.pk),
        )
        for to in queries.contacts_at(host)
    ]  # fmt: skip
    return queued(letters)


@prepares(JoinAnswered)
def tell_who_asked_to_join(event: JoinAnswered) -> Write | None:
    """Whoever asked hears either way: with the unit's own link, or with the words of the answer."""
    request = JoinRequest.objects.select_related("campaign__coordinator", "host").get(pk=event.request_id)
    if not request.email:
        return None
    to = queries.Receiver(f"j{request.pk}", request.person, request.email, queries.language_of(request.email))
    template = "join_accepted" if request.host else "join_declined"
    host = request.host
    written = letter(
        template, f"join:{request.pk}", to, campaign=request.campaign, host=host, asked=request,
        is_over=host is not None and clock.now() >= host.closes_at,
    )  # fmt: skip
    return queued([written])


def _host(confirmation: HeadConfirmation) -> RosterUnit:
    return RosterUnit.objects.select_related("campaign__coordinator", "reviewer", "unit").get(
        pk=confirmation.registration.host_id
    )
