"""Messages are queued, tried again on request, and picked up when a worker was killed over them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import LinkRequest, User
from tuanhoc.campaigns.models import Assignment, Campaign, RosterUnit
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import ANONYMOUS, Actor
from tuanhoc.lib.dates import HANOI, day_start
from tuanhoc.lib.refusal import N_
from tuanhoc.lib.sentences import stored
from tuanhoc.notices import queries
from tuanhoc.notices.models import Message
from tuanhoc.notices.post import cut_off_or_before, enqueue_each, send_message, truly
from tuanhoc.notices.queries import reminding as reminding_queries
from tuanhoc.notices.rules import FORGOTTEN, Asked, Letter, duty_about
from tuanhoc.notices.wording import letter

#: Rows written by one statement.
CHUNK = 250
#: Why a letter does not leave whose happening was taken back.
_TAKEN_BACK = N_("Việc nói trong thư đã được lấy lại nên thư không gửi nữa.")
_NOT_AGAIN = stored(N_("Việc nói trong thư đã được lấy lại nên thư không gửi nữa. Trước đó: %(before)s"))


@transaction.atomic
def queue(letters: Iterable[Letter], *, at: dt.datetime, due_at: dt.datetime) -> int:
    """Queue each letter once, whatever the number of calls; return how many are new.

    :param at: the Week's time, shown to people.
    :param due_at: the machine's time before which none leaves.
    """
    by_about = {letter.about: letter for letter in letters}
    wanted = list(by_about.values())
    new = 0
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        there = set(Message.objects.filter(about__in=[x.about for x in chunk]).values_list("about", flat=True))
        rows = [_row(letter, at=at, due_at=due_at) for letter in chunk if letter.about not in there]
        Message.objects.bulk_create(rows)
        enqueue_each([row.pk for row in rows], run_after=due_at)
        new += len(rows)
    return new


def _row(letter: Letter, *, at: dt.datetime, due_at: dt.datetime) -> Message:
    return Message(
        about=letter.about,
        campaign_id=letter.campaign_id,
        host_id=letter.host_id,
        receiver=letter.receiver[:120],
        to=letter.to,
        subject=letter.subject[:200],
        body=letter.body,
        carries_link=letter.carries_link,
        is_reminder=letter.is_reminder,
        link_role=letter.link_role,
        queued_at=at,
        due_at=due_at,
    )


@transaction.atomic
def add_to(letter: Letter, *, at: dt.datetime, due_at: dt.datetime) -> bool:
    """Queue ``letter``, or give the one already waiting its words; False when that one has left."""
    if queue([letter], at=at, due_at=due_at):
        return True
    waiting = Message.objects.filter(about=letter.about, state=Message.State.QUEUED)
    return bool(waiting.update(subject=letter.subject[:200], body=letter.body))


@transaction.atomic
def drop_unsent(about: str) -> int:
    """Take messages about a happening out of the queue before they leave: it was taken back. Return how many.

    Their rows stay and say so, and what became of the one that had failed.
    """
    unsent = Message.objects.filter(about__startswith=about, state__in=[Message.State.QUEUED, Message.State.FAILED])
    dropped = 0
    for one in unsent.order_by("pk"):
        # A conditional UPDATE: a message that a worker took at the same moment stays, and is on its way.
        as_read = Message.objects.filter(pk=one.pk, state=one.state)
        dropped += as_read.update(state=Message.State.DROPPED, failed_because=_taken_back(one))
    return dropped


def _taken_back(message: Message) -> str:
    if message.state == Message.State.FAILED:
        return _NOT_AGAIN % {"before": message.failed_because}
    return truly(message, _TAKEN_BACK)


@transaction.atomic
def send_failed_again(campaign: Campaign, *, by: Actor, at: dt.datetime, due_at: dt.datetime) -> int:
    """Put every failed message of a Week back in the queue, its tries counted anew; return how many."""
    again = try_again(Message.objects.filter(campaign=campaign), due_at=due_at)
    if again:
        journal.write(
            "notices.message.again", by=by, on=campaign, at=at,
            details={"messages": again, **journal.change("state", Message.State.FAILED, Message.State.QUEUED)},
        )  # fmt: skip
    return again


def try_again(messages: QuerySet[Message], *, due_at: dt.datetime) -> int:
    """Put those that failed back in the queue inside the caller's transaction, their tries anew; return how many."""
    # Held: of two officers who press at the same moment, one queues them.
    failed = messages.filter(state=Message.State.FAILED).order_by("pk").select_for_update()
    pks = list(failed.values_list("pk", flat=True))
    for start in range(0, len(pks), CHUNK):
        chunk = Message.objects.filter(pk__in=pks[start : start + CHUNK])
        chunk.update(state=Message.State.QUEUED, tries=0, due_at=due_at)
    enqueue_each(pks, run_after=due_at)
    return len(pks)


def pick_up_forgotten(*, at: dt.datetime) -> int:
    """Put messages back in the queue whose worker was killed, or whose task was lost; return how many."""
    forgotten = Message.objects.forgotten(at=at, due_before=at - FORGOTTEN)
    pks = list(forgotten.values_list("pk", flat=True)[:500])
    for pk in pks:
        with transaction.atomic():
            Message.objects.free(at=at).filter(pk=pk).update(
                state=Message.State.QUEUED, claimed_until=None, due_at=at, may_have_left=cut_off_or_before()
            )
            send_message.enqueue(pk)
    return len(pks)


@transaction.atomic
def ask_again(asked: Asked, *, at: dt.datetime, due_at: dt.datetime) -> None:
    """Answer somebody who lost a unit's link.

    To an address among a unit's contacts in a Week whose links still open a new link goes at once, by mail only;
    asked again within ten minutes, none. Anything else is a request the coordinator settles.
    """
    reached = queries.reached_by(asked.email, at=at) if asked.email else []
    turn = int(due_at.timestamp()) // 600
    letters = [
        letter("link_again", f"again:{host.pk}:{turn}", to, campaign=host.campaign, host=host) for host, to in reached
    ]
    queue(letters, at=at, due_at=due_at)
    if not reached:
        _request(asked, at=at)


def _request(asked: Asked, *, at: dt.datetime) -> None:
    host = queries.named(asked.unit_words, at=at)
    newest = next(iter(queries.linked_campaigns(at=at)), None) or queries.open_campaigns().first()
    campaign = host.campaign if host else newest
    if campaign is None:
        return
    accounts.say(
        LinkRequest.Kind.LOST,
        campaign_id=campaign.pk,
        unit=host.unit if host else None,
        unit_words=asked.unit_words,
        name=asked.name,
        phone=asked.phone,
        email=asked.email,
        by=ANONYMOUS,
        at=at,
    )


def invite(user: User, campaign: Campaign, *, at: dt.datetime, due_at: dt.datetime) -> None:
    """Write to somebody let in how to sign in; asked again within ten minutes, not again."""
    to = queries.Receiver(f"u{user.pk}", user.name, user.email, user.language)
    turn = int(due_at.timestamp()) // 600
    queue([letter("invited", f"invited:{turn}", to, campaign=campaign)], at=at, due_at=due_at)


@transaction.atomic
def mail_link(request: LinkRequest, host: RosterUnit, *, by: Actor, at: dt.datetime, due_at: dt.datetime) -> None:
    """Mail a new link to who asked, the coordinator having made sure of the person; the request is settled.

    :raises AlreadyAnswered: by an earlier click.
    """
    accounts.answer_request(request, by=by, at=at)
    to = queries.Receiver(f"r{request.pk}", request.name, request.email, queries.language_of(request.email))
    queue([letter("link_again", f"asked:{host.pk}", to, campaign=host.campaign, host=host)], at=at, due_at=due_at)


@dataclass(frozen=True, slots=True)
class Reminders:
    """What would be sent: letters, and the units that get none because of today's, or for want of an address.

    :ivar postponed: units all of whose people have another letter of today, about registering or another unit's
        duties: nobody gets two on one day.
    """

    letters: Sequence[Letter]
    hosts: Sequence[RosterUnit]
    today_already: Sequence[RosterUnit]
    unreached: Sequence[RosterUnit]
    postponed: Sequence[RosterUnit] = ()


def duty_reminders(campaign: Campaign, chosen: Sequence[Assignment], *, at: dt.datetime) -> Reminders:
    """Write the letters that remind the owners of the chosen duties, and send none. Four queries.

    :param chosen: with their duty and host; the coordinator's own are left out.
    """
    of_host: dict[int, list[Assignment]] = {}
    for one in chosen:
        if one.host_id is not None:
            of_host.setdefault(one.host_id, []).append(one)
    hosts = [group[0].host for group in of_host.values() if group[0].host]
    receivers = queries.contacts_of(RosterUnit.objects.filter(pk__in=of_host))
    told = _told_today(campaign, at=at)
    day = at.astimezone(HANOI).date()
    busy = set(reminding_queries.reminded_on(day) | reminding_queries.letters_of(day))
    letters, reached, unreached, postponed = [], [], [], []
    for host in hosts:
        to_all = receivers.get(host.unit_id, [])
        free = [to for to in to_all if to.email.lower() not in busy]
        if not to_all:
            unreached.append(host)
        elif host.pk not in told and not free:
            postponed.append(host)
        elif host.pk not in told:
            reached.append(host)
            letters += [_letter(campaign, host, of_host[host.pk], to, at=at) for to in free]
            busy |= {to.email.lower() for to in free}
    return Reminders(letters, reached, [host for host in hosts if host.pk in told], unreached, postponed)


def _told_today(campaign: Campaign, *, at: dt.datetime) -> set[int | None]:
    since = day_start(at.astimezone(HANOI).date())
    sent = Message.objects.filter(campaign=campaign, about__startswith="duty:", queued_at__gte=since)
    return set(sent.values_list("host_id", flat=True))


def _letter(
    campaign: Campaign, host: RosterUnit, owed: Sequence[Assignment], to: queries.Receiver, *, at: dt.datetime
) -> Letter:
    day = at.astimezone(HANOI).date()
    return letter(
        "duties", duty_about([one.pk for one in owed], day), to, campaign=campaign, host=host, owed=owed, at=at
    )


@transaction.atomic
def remind_owners(
    campaign: Campaign, chosen: Sequence[Assignment], *, by: Actor, at: dt.datetime, due_at: dt.datetime
) -> Reminders:
    """Queue one letter to each contact of each owner, none twice a day; return what was queued and what was not."""
    # The row of the Week is held, so that of two who press the button one writes.
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    found = duty_reminders(campaign, chosen, at=at)
    queue(found.letters, at=at, due_at=due_at)
    if found.hosts:
        journal.write(
            "notices.duty.remind", by=by, on=campaign, at=at, units=[host.unit_id for host in found.hosts],
            details={
                "units": [host.name for host in found.hosts], "letters": len(found.letters),
                **journal.change("state", journal.ABSENT, Message.State.QUEUED),
            },
        )  # fmt: skip
    return found
