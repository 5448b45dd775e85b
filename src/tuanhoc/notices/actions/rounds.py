"""A pressed round: recorded in parts by the press, queued part by part by a worker, stopped while letters wait."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.db import transaction

from tuanhoc.activities.models import HeadConfirmation
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor, Role
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.sentences import stored
from tuanhoc.notices import digest
from tuanhoc.notices.events import RoundPart
from tuanhoc.notices.models import Message, Reminder, Round
from tuanhoc.notices.post import enqueue_each
from tuanhoc.notices.queries import Receiver
from tuanhoc.notices.queries import reminding as queries
from tuanhoc.notices.rules import Letter, ladder, parted
from tuanhoc.notices.wording import letter
from tuanhoc.outbox import actions as outbox

from . import CHUNK, queue

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
    return {"to": one.to.email, "name": one.to.name, "own": own, "below": below}


def worded(part: RoundPart) -> Callable[[], None]:
    """Word the letters of a part, as they are true now; return what queues them. Eleven queries at most."""
    round_ = Round.objects.select_related("campaign__coordinator").get(pk=part.round_id)
    at, due_at = dt.datetime.fromisoformat(part.at), dt.datetime.fromisoformat(part.due_at)
    told = [_steps(round_, planned) for planned in part.letters]
    people = [ladder.Person(planned["to"], planned["name"]) for planned in part.letters]
    digests = digest.again(round_.campaign, list(zip(people, told, strict=True)), at=at)
    letters = [
        digest.written(round_.campaign, one, day=round_.day, at=at, own_words=round_.own_words) for one in digests
    ]
    return partial(_keep, list(zip(letters, told, strict=True)), _to_heads(round_, part), at=at, due_at=due_at)


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


def _to_heads(round_: Round, part: RoundPart) -> list[Letter]:
    """Ask heads once more for the consent that drafts of units reminded today wait for, each with the own link."""
    if not part.heads:
        return []
    pks = [pk for pk, _address in part.heads]
    waiting = HeadConfirmation.objects.filter(pk__in=pks, state=HeadConfirmation.State.WAITING)
    by_host = {one.registration.host_id: one for one in waiting.select_related("registration").order_by("pk")}
    hosts = RosterUnit.objects.select_related("campaign__coordinator", "unit").in_bulk(by_host)
    return [
        letter(
            "head_again", f"{_of_heads(round_)}{one.pk}", Receiver("head", one.head_name, one.head_email),
            campaign=round_.campaign, host=hosts[pk], link_role=Role.HEAD.value, confirmation=one,
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
    stopped = _dropped(round_, why=_STOPPED % {"name": by.name})
    if not stopped and not unqueued:
        raise NotStoppable
    for start in range(0, len(stopped), CHUNK):
        Reminder.objects.filter(message__in=stopped[start : start + CHUNK]).update(is_stopped=True)
    Round.objects.filter(pk=round_.pk).update(stopped_at=at)
    told = journal.change("state", Message.State.QUEUED, Message.State.DROPPED)
    journal.write("notices.round.stop", by=by, on=round_, at=at, details={"letters": len(stopped) + unqueued, **told})
    return len(stopped) + unqueued


def _dropped(round_: Round, *, why: str) -> list[int]:
    untouched = Message.objects.filter(state=Message.State.QUEUED, tries=0)
    waiting = queries.untouched(round_).values_list("pk", "about")
    to_heads = untouched.filter(about__startswith=_of_heads(round_)).values_list("pk", "about")
    stopped = []
    for pk, about in [*waiting, *to_heads]:
        # One by one: a worker may have taken one meanwhile. Its place in the day is free again.
        freed = f"{about[:100]}:stopped:{pk}"
        if untouched.filter(pk=pk).update(state=Message.State.DROPPED, failed_because=why, about=freed):
            stopped.append(pk)
    return stopped


@transaction.atomic
def send_failed_of(round_: Round, *, by: Actor, at: dt.datetime, due_at: dt.datetime) -> int:
    """Put the failed letters of a round back in the queue, their tries counted anew; return how many."""
    again = []
    for pk in queries.messages_of(round_).filter(state=Message.State.FAILED).values_list("pk", flat=True):
        if Message.objects.filter(pk=pk, state=Message.State.FAILED).update(
            state=Message.State.QUEUED, tries=0, due_at=due_at
        ):
            again.append(pk)
    if again:
        enqueue_each(again, run_after=due_at)
        told = journal.change("state", Message.State.FAILED, Message.State.QUEUED)
        journal.write("notices.round.again", by=by, on=round_, at=at, details={"letters": len(again), **told})
    return len(again)
