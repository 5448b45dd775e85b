"""Who is told what: each happening queues its messages in the transaction that marks it delivered.

They are worded before that transaction, as far as nothing they hang on may change in between.
"""

from django.db.models import Q

from tuanhoc.accounts.events import LinkSpokenOf
from tuanhoc.accounts.queries import unanswered
from tuanhoc.activities.access import standing_queues
from tuanhoc.activities.events import (
    ActivityChanged,
    RegistrationReviewed,
    RegistrationSubmitted,
    ReviewWithdrawn,
    RowCommented,
)
from tuanhoc.activities.models import Activity, Registration, Review, Submission
from tuanhoc.activities.queries import behalf_of
from tuanhoc.campaigns.events import JoinAsked, UnlockAsked
from tuanhoc.campaigns.models import Campaign, JoinRequest, RosterUnit, UnlockRequest
from tuanhoc.campaigns.queries import is_locked
from tuanhoc.intake.events import MailTaken
from tuanhoc.intake.models import MailMessage
from tuanhoc.notices import actions, queries, rules
from tuanhoc.notices.wording import address, letter
from tuanhoc.outbox.actions import Write, on, prepares
from tuanhoc.web import clock

from . import bounces as bounces
from . import deadlines as deadlines
from . import editions as editions
from . import findings as findings
from . import mailings as mailings
from . import people as people
from . import rounds as rounds
from .worded import in_the_digest, queued

#: Names printed in a digest; the page has them all.
NAMED = 10


@prepares(RegistrationSubmitted)
def confirm_receipt(event: RegistrationSubmitted) -> Write:
    """Give the unit's contacts the receipt; with its own link where the rows were entered for it by telephone."""
    submission = Submission.objects.select_related("registration").get(pk=event.submission_id)
    host = _host(event.registration_id)
    page = address("desk:receipt", submission.pk)
    letters = [
        letter(
            "submitted", f"receipt:{submission.pk}", to, campaign=host.campaign, host=host,
            submission=submission, activity_count=event.activity_count, page=page,
            behalf=behalf_of(submission),
        )
        for to in queries.contacts_at(host)
    ]  # fmt: skip
    return queued(letters)


@prepares(RegistrationSubmitted)
def tell_the_reviewer(event: RegistrationSubmitted) -> Write:
    """Say what waits, once an hour for all that came in it; whose units have nobody to look is said too."""
    host = _host(event.registration_id)
    queues = standing_queues([host.campaign_id])
    queue = queues.of(host.reviewer_id)
    own = Q(host__reviewer__in=queues.behind(queue)) | (Q(host__reviewer=None) if queue is None else Q(pk__in=[]))
    waiting = Registration.objects.awaiting_review().filter(own, host__campaign=host.campaign)
    count = waiting.count()
    names = list(waiting.values_list("host__name", flat=True)[:NAMED])
    asked = set(waiting.order_by().values_list("host__reviewer", flat=True).distinct())
    instead = [unit.name for unit in queues.fallen if unit.pk in asked]
    return in_the_digest(
        "waiting", queries.looking_after(queues, queue, host.campaign), campaign=host.campaign,
        count=count, names=names, more=count - len(names),
        instead=instead[:NAMED], page=f"{address('desk:queue')}?dot={host.campaign.code}",
    )  # fmt: skip


@prepares(LinkSpokenOf)
def tell_the_coordinator_what_was_said(event: LinkSpokenOf) -> Write:
    """Lost links and wrong addresses wait for an answer: said once an hour for all of them."""
    campaign = Campaign.objects.select_related("coordinator").get(pk=event.campaign_id)
    count = unanswered({campaign.pk})[campaign.pk]
    return in_the_digest(
        "said",
        queries.coordinators(campaign),
        campaign=campaign,
        count=count,
        page=address("desk:requests", campaign.code),
    )


@prepares(UnlockAsked)
def tell_the_coordinator_who_asks_to_be_unlocked(event: UnlockAsked) -> Write | None:
    """Requests wait for an answer: said once an hour for all of them."""
    campaign = Campaign.objects.select_related("coordinator").get(pk=event.campaign_id)
    waiting = UnlockRequest.objects.filter(host__campaign=campaign, answered_at=None).order_by("-asked_at", "-pk")
    count = waiting.count()
    if not count:
        return None
    names = list(waiting.values_list("host__name", flat=True)[:NAMED])
    page = address("desk:unlock_requests", campaign.code)
    return in_the_digest(
        "unlock_asked",
        queries.coordinators(campaign),
        campaign=campaign,
        count=count,
        names=names,
        more=count - len(names),
        page=page,
    )


@prepares(JoinAsked)
def tell_the_coordinator_who_asks_to_join(event: JoinAsked) -> Write:
    """Say who asks to take part, once an hour for all of them."""
    campaign = Campaign.objects.select_related("coordinator").get(pk=event.campaign_id)
    waiting = JoinRequest.objects.filter(campaign=campaign, state=JoinRequest.State.WAITING).order_by("pk")
    names, count = list(waiting.values_list("unit_name", flat=True)[:NAMED]), waiting.count()
    return in_the_digest(
        "join_asked", queries.coordinators(campaign), campaign=campaign,
        count=count, names=names, more=count - len(names),
        page=address("desk:joining", campaign.code),
    )  # fmt: skip


@on(RegistrationReviewed)
def tell_the_unit_what_was_decided(event: RegistrationReviewed) -> None:
    """Accepted, or given back with the lines and the reason: after a pause, in which it may be taken back unheard."""
    review = Review.objects.get(pk=event.review_id)
    if review.withdrawn_at is not None:
        return
    host = _host(event.registration_id)
    letters = [
        letter(
            "accepted" if event.accepted else "returned", f"review:{review.pk}", to, campaign=host.campaign,
            host=host, review=review, page=address("desk:sheet", host.pk),
        )
        for to in queries.contacts_at(host)
    ]  # fmt: skip
    actions.queue(letters, at=clock.now(), due_at=clock.machine() + rules.REVIEW_PAUSE)


@on(ReviewWithdrawn)
def tell_the_unit_of_a_decision_taken_back(event: ReviewWithdrawn) -> None:
    """A letter that has not left is not sent; whoever got it hears that the decision was taken back."""
    about = f"review:{event.review_id}:"
    actions.drop_unsent(about)
    told = queries.told_about(about)
    if not told:
        return
    review, host = Review.objects.get(pk=event.review_id), _host(event.registration_id)
    letters = [
        letter(
            "taken_back", f"taken_back:{review.pk}", to, campaign=host.campaign, host=host, review=review,
            page=address("desk:sheet", host.pk),
        )
        for to in queries.contacts_at(host)
        if to.email.lower() in told
    ]  # fmt: skip
    actions.queue(letters, at=clock.now(), due_at=clock.machine())


@prepares(RowCommented)
def tell_the_other_side_of_a_comment(event: RowCommented) -> Write:
    """What was said about rows goes to the other side, once an hour for all of it."""
    registration = Registration.objects.get(pk=event.registration_id)
    host = _host(registration.pk)
    said = registration.comments.filter(by_reviewer=event.by_reviewer, resolved_at=None).order_by("-written_at", "-pk")
    receivers = queries.contacts_at(host) if event.by_reviewer else queries.reviewers(host)
    page = address("desk:sheet", host.pk) if event.by_reviewer else address("desk:look", registration.pk)
    return in_the_digest(
        "commented", receivers, campaign=host.campaign, host=host, said=list(said[:NAMED]),
        by_reviewer=event.by_reviewer, more=max(0, said.count() - NAMED), page=page,
    )  # fmt: skip


@prepares(ActivityChanged)
def tell_the_coordinator_of_a_change(event: ActivityChanged) -> Write | None:
    """An accepted activity was moved or cancelled: whoever coordinates, and whoever reviews the unit, hears of it."""
    if event.by_office:
        return None
    activity = Activity.objects.select_related("registration").get(pk=event.activity_id)
    host = _host(activity.registration_id)
    receivers = {to.key: to for to in (*queries.coordinators(host.campaign), *queries.overseers(host))}
    letters = [
        letter(
            "changed", f"change:{activity.pk}:{activity.sequence}", to, campaign=host.campaign, host=host,
            activity=activity, cancelled=event.cancelled, restored=event.restored, reason=event.reason,
            page=address("desk:sheet", host.pk),
        )
        for to in receivers.values()
    ]  # fmt: skip
    return queued(letters)


@prepares(ActivityChanged)
def tell_the_unit_of_a_change_by_the_office(event: ActivityChanged) -> Write | None:
    """Say what was changed for the unit, once an hour for all that was changed for the same reason."""
    if not event.by_office:
        return None
    activity = Activity.objects.select_related("registration").get(pk=event.activity_id)
    host = _host(activity.registration_id)
    changed = activity.registration.activities.filter(change_reason=activity.change_reason).order_by("held_on", "pk")
    return in_the_digest(
        "amended", queries.contacts_at(host), campaign=host.campaign, host=host, activities=list(changed[:NAMED]),
        more=max(0, changed.count() - NAMED), reason=event.reason, page=address("desk:sheet", host.pk),
    )  # fmt: skip


@on(MailTaken)
def acknowledge_mail(event: MailTaken) -> None:
    """Tell who sent a form by mail that it came; what was understood, and the link, only to a known contact."""
    mail = MailMessage.objects.select_related("campaign__coordinator").get(pk=event.mail_id)
    campaign = mail.campaign
    if campaign is None or not queries.is_acknowledged(mail, campaign, since=clock.machine() - rules.ACK_DAY):
        return
    told = queries.told_of(mail, campaign)
    if not told.any or (not told.is_known and _too_many_strangers()):
        return
    to = queries.Receiver("mail", told.name, mail.sender, queries.language_of(mail.sender))
    written = letter(
        "mail_received", f"mail:{mail.pk}", to, campaign=campaign, host=told.host, told=told, mail=mail,
        late=told.host is not None and mail.received_at >= told.host.closes_at,
        locked=told.host is not None and is_locked(told.host, at=mail.received_at),
    )  # fmt: skip
    actions.queue([written], at=clock.now(), due_at=clock.machine())


def _too_many_strangers() -> bool:
    since = clock.machine() - rules.ACK_DAY
    return queries.strangers_told(since=since) >= rules.MOST_ACKS_TO_STRANGERS


def _host(registration_id: int) -> RosterUnit:
    return RosterUnit.objects.select_related("campaign__coordinator", "reviewer", "unit").get(
        pk=Registration.objects.values("host").get(pk=registration_id)["host"]
    )
