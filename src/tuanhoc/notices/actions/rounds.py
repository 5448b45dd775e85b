"""A pressed round: recorded in parts by the press, queued part by part by a worker, stopped while letters wait."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat, Substr

from tuanhoc.activities.models import HeadConfirmation
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.campaigns.queries import let_in_each
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor, Role
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.sentences import stored
from tuanhoc.notices import digest
from tuanhoc.notices.events import RoundPart
from tuanhoc.notices.models import Message, Reminder, Round
from tuanhoc.notices.queries import Receiver, language_of
from tuanhoc.notices.queries import reminding as queries
from tuanhoc.notices.rules import Letter, ladder, parted
from tuanhoc.notices.wording import letter
from tuanhoc.outbox import actions as outbox

from . import CHUNK, queue, try_again

#: Why a letter of a stopped round did not leave.
_STOPPED = stored(N_("%(name)s đã dừng trước khi thư đi."))


class NotStoppable(Refusal):
    message = N_("Các thư của lượt này đã đi hết, không còn thư nào để dừng.")


def record_parts(round_: Round, today: queries.Today, *, at: dt.datetime, due_at: dt.datetime) -> None:
    """Record what is to be queued, as planned: parts of a few letters, the heads after them."""
    pressed = RoundPart(round_id=round_.pk, at=at.isoformat(), due_at=due_at.isoformat())
    # A letter is as large as the units it names: each is a row.
    sized = [(_planned(one), max(1, len(one.dues))) for one in today.plan.digests]
    parts = [replace(pressed, letters=letters) for letters in parted(sized)]
    heads = [([one.pk, one.head_email.lower()], 1) for one in today.heads]
    parts += [replace(pressed, heads=some) for some in parted(heads)]
    outbox.record_each(parts, at=at)


def _planned(one: ladder.Digest) -> dict[str, Any]:
    own, below = (
        [[due.unit.pk, due.step.offset, due.helped_on.isoformat(), due.unit.closes_at.isoformat()] for due in dues]
        for dues in (one.own, one.below)
    )
    to = one.to
    return {"to": to.email, "name": to.name, "language": to.language, "own": own, "below": below}


def worded(part: RoundPart) -> Callable[[], None]:
    """Word the letters of a part, as they are true now; return what queues them. Twelve queries at most."""
    round_ = Round.objects.select_related("campaign__coordinator").get(pk=part.round_id)
    at, due_at = dt.datetime.fromisoformat(part.at), dt.datetime.fromisoformat(part.due_at)
    told = [_steps(round_, planned) for planned in part.letters]
    people = [
        # A part that was recorded before a person's language was known to it says none.
        ladder.Person(planned["to"], planned["name"], language=planned.get("language", "vi"))
        for planned in part.letters
    ]
    digests = digest.again(round_.campaign, list(zip(people, told, strict=True)), at=at)
    letters = [
        digest.written(round_.campaign, one, day=round_.day, at=at, own_words=round_.own_words) for one in digests
    ]
    return partial(_keep, list(zip(letters, told, strict=True)), _to_heads(round_, part, at=at), at=at, due_at=due_at)


def _steps(round_: Round, planned: Mapping[str, Any]) -> list[Reminder]:
    return [
        Reminder(
            round=round_, host_id=host_id, address=planned["to"].lower(), step=step, is_below=is_below,
            closes_at=dt.datetime.fromisoformat(closes_at), day=round_.day,
            helped_on=dt.date.fromisoformat(helped_on),
        )
        for is_below, key in ((False, "own"), (True, "below"))
        for host_id, step, helped_on, closes_at in planned[key]
    ]  # fmt: skip


def _keep(
    written: Sequence[tuple[Letter, list[Reminder]]],
    to_heads: Sequence[Letter],
    *,
    at: dt.datetime,
    due_at: dt.datetime,
) -> None:
    abouts = [letter.about for letter, _told in written]
    # Another Week's officer pressed at the same moment: who has a letter of the day by now, keeps that one.
    there = set(Message.objects.filter(about__in=abouts).values_list("about", flat=True))
    new = [(letter, told) for letter, told in written if letter.about not in there]
    queue([letter for letter, _told in new], at=at, due_at=due_at)
    pks = dict(Message.objects.filter(about__in=abouts).values_list("about", "pk"))
    for each, told in new:
        for row in told:
            row.message_id = pks[each.about]
    Reminder.objects.bulk_create([row for _letter, told in new for row in told], batch_size=CHUNK)
    queue(to_heads, at=at, due_at=due_at)


def _to_heads(round_: Round, part: RoundPart, *, at: dt.datetime) -> list[Letter]:
    """Ask heads once more for the consent that drafts of units reminded today wait for, each with the own link."""
    if not part.heads:
        return []
    pks = [pk for pk, _address in part.heads]
    waiting = HeadConfirmation.objects.filter(pk__in=pks, state=HeadConfirmation.State.WAITING)
    by_host = {one.registration.host_id: one for one in waiting.select_related("registration").order_by("pk")}
    hosts = RosterUnit.objects.select_related("campaign__coordinator", "unit").in_bulk(by_host)
    until = let_in_each(hosts.values(), at=at)
    return [
        letter(
            "head_again", f"{_of_heads(round_)}{one.pk}",
            Receiver("head", one.head_name, one.head_email, language_of(one.head_email)),
            campaign=round_.campaign, host=hosts[pk], link_role=Role.HEAD.value, confirmation=one,
            let_in_until=until.get(pk) if at >= hosts[pk].closes_at else None,
        )
        for pk, one in by_host.items()
    ]  # fmt: skip


def _of_heads(round_: Round) -> str:
    return f"head-again:{round_.pk}:"


@transaction.atomic
def stop_round(round_: Round, *, by: Actor, at: dt.datetime) -> int:
    """Stop the letters of a round that are not queued yet, or that no worker has taken; return how many.

    They can be sent again at once.

    :raises NotStoppable: all have left, or are on their way.
    """
    # First what is not queued: a part that a worker is at is waited for, and its letters are found below.
    taken_back = outbox.withdraw(RoundPart, round_id=round_.pk)
    unqueued = sum(len(part.letters) + len(part.heads) for part in taken_back)
    stopped = unqueued + _dropped(round_, why=_STOPPED % {"name": by.name})
    if not stopped:
        raise NotStoppable
    Round.objects.filter(pk=round_.pk).update(stopped_at=at)
    told = journal.change("state", Message.State.QUEUED, Message.State.DROPPED)
    journal.write("notices.round.stop", by=by, on=round_, at=at, details={"letters": stopped, **told})
    return stopped


#: Stands in what a stopped letter was about.
_STOP_MARK = ":stopped:"


def _dropped(round_: Round, *, why: str) -> int:
    """Drop the letters that no worker has taken; return how many. Three statements, whatever the number."""
    untouched = Message.objects.filter(state=Message.State.QUEUED, tries=0, may_have_left=False)
    to_heads = untouched.filter(about__startswith=_of_heads(round_))
    # A stopped letter's place in the day is free again.
    freed = Concat(Substr("about", 1, 100), Value(_STOP_MARK), Cast("pk", CharField()))
    stopped = 0
    for waiting in (queries.untouched(round_), to_heads):
        # One conditional UPDATE: what a worker took at the same moment is on its way, and not counted.
        stopped += waiting.update(state=Message.State.DROPPED, failed_because=why, about=freed)
    round_.reminders.filter(message__about__contains=_STOP_MARK).update(is_stopped=True)
    return stopped


@transaction.atomic
def send_failed_of(round_: Round, *, by: Actor, at: dt.datetime, due_at: dt.datetime) -> int:
    """Put the failed letters of a round back in the queue, their tries counted anew; return how many."""
    again = try_again(queries.messages_of(round_), due_at=due_at)
    if again:
        told = journal.change("state", Message.State.FAILED, Message.State.QUEUED)
        journal.write("notices.round.again", by=by, on=round_, at=at, details={"letters": again, **told})
    return again
