"""An officer presses the button: reminders are queued; units are left out, addresses closed and opened."""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor, Role
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.sentences import Day, stored
from tuanhoc.notices import digest
from tuanhoc.notices.models import ClosedAddress, Message, Reminder, ReminderSettings, Round, Snooze
from tuanhoc.notices.post import send_message
from tuanhoc.notices.queries import Receiver
from tuanhoc.notices.queries import reminding as queries
from tuanhoc.notices.rules import DECLINE_MARK, LINK_MARK, Letter, ladder
from tuanhoc.notices.wording import letter

from . import CHUNK, queue

#: Why a letter of a stopped round did not leave.
_STOPPED = stored(N_("%(name)s đã dừng trước khi thư đi."))
#: Whoever declines from a letter.
RECEIVER = Actor(name="Người nhận thư")


class NothingDue(Refusal):
    message = N_("Hôm nay không còn đơn vị nào cần gửi thư nhắc. Có thể một cán bộ khác vừa gửi.")


class AnotherDay(Refusal):
    message = N_("Danh sách này là của ngày %(day)s. Vui lòng xem lại danh sách hôm nay rồi bấm gửi.")


class NotStoppable(Refusal):
    message = N_("Các thư của lượt này đã đi hết, không còn thư nào để dừng.")


class InThePast(Refusal):
    message = N_("Vui lòng chọn một ngày sau hôm nay.")


def preview(campaign: Campaign, one: ladder.Digest, today: queries.Today, *, at: dt.datetime) -> Letter:
    """Return a letter as a press of the button would queue it; nothing is kept."""
    return digest.written(campaign, one, day=today.day, at=at, own_words=today.settings.own_words)


def send_round(
    campaign: Campaign, *, by: Actor, at: dt.datetime, due_at: dt.datetime, seen_on: dt.date | None = None
) -> Round:
    """Queue today's reminders: one letter for each person; return the round.

    :param due_at: the machine's time before which none leaves.
    :param seen_on: the day of the list the officer looked at.
    :raises NothingDue: nobody is left to write to, the other officer's press included.
    :raises AnotherDay: midnight has passed since the list was shown.
    """
    try:
        return _send_round(campaign, by=by, at=at, due_at=due_at, seen_on=seen_on)
    except IntegrityError:
        # Another Week's officer wrote to one of the same people at this moment: who has a letter now, is left out.
        return _send_round(campaign, by=by, at=at, due_at=due_at, seen_on=seen_on)


@transaction.atomic
def _send_round(
    campaign: Campaign, *, by: Actor, at: dt.datetime, due_at: dt.datetime, seen_on: dt.date | None
) -> Round:
    # The campaign's row is held, so that of two presses one sends.
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("coordinator").get(pk=campaign.pk)
    today = queries.today(campaign, at=at)
    if seen_on is not None and seen_on != today.day:
        raise AnotherDay(day=Day(seen_on))
    if not today.plan.digests:
        raise NothingDue
    own_words = today.settings.own_words
    round_ = Round.objects.create(
        campaign=campaign, number=Round.objects.filter(campaign=campaign).count() + 1, day=today.day, pressed_at=at,
        by_name=by.name, own_words=own_words,
    )  # fmt: skip
    letters = [digest.written(campaign, one, day=today.day, at=at, own_words=own_words) for one in today.plan.digests]
    if queue(letters, at=at, due_at=due_at) != len(letters):
        raise IntegrityError("somebody has a letter of today by now")
    _write_down(round_, today.plan.digests, [each.about for each in letters])
    queue(_to_heads(round_, today), at=at, due_at=due_at)
    journal.write(
        "notices.round.send", by=by, on=round_, at=at,
        details={
            "letters": len(letters), "heads": len(today.heads), "units": len(today.plan.units),
            "day": today.day.isoformat(), **journal.change("state", journal.ABSENT, Message.State.QUEUED),
        },
    )  # fmt: skip
    return round_


def _to_heads(round_: Round, today: queries.Today) -> list[Letter]:
    """Ask heads once more for the consent that drafts of units reminded today wait for, each with the own link."""
    by_pk = {one.registration.host_id: one for one in today.heads}
    hosts = RosterUnit.objects.select_related("campaign__coordinator", "unit").in_bulk(by_pk)
    return [
        letter(
            "head_again", f"{_of_heads(round_)}{one.pk}", Receiver("head", one.head_name, one.head_email),
            campaign=round_.campaign, host=hosts[pk], link_role=Role.HEAD.value, confirmation=one,
        )
        for pk, one in by_pk.items()
    ]  # fmt: skip


def _of_heads(round_: Round) -> str:
    return f"head-again:{round_.pk}:"


def _write_down(round_: Round, digests: Sequence[ladder.Digest], abouts: Sequence[str]) -> None:
    pks: dict[str, int] = {}
    for start in range(0, len(abouts), CHUNK):
        pks |= dict(Message.objects.filter(about__in=abouts[start : start + CHUNK]).values_list("about", "pk"))
    rows = [
        Reminder(
            round=round_, message_id=pks[about], host_id=due.unit.pk, address=one.to.address, step=due.step.offset,
            is_below=is_below, closes_at=due.unit.closes_at, day=round_.day,
            helped_on=due.helped_on,
        )
        for about, one in zip(abouts, digests, strict=True)
        for is_below, dues in ((False, one.own), (True, one.below))
        for due in dues
    ]  # fmt: skip
    Reminder.objects.bulk_create(rows, batch_size=CHUNK)


@transaction.atomic
def stop_round(round_: Round, *, by: Actor, at: dt.datetime) -> int:
    """Stop the letters of a round that no worker has taken yet; return how many. They can be sent again at once.

    :raises NotStoppable: all have left, or are on their way.
    """
    untouched = Message.objects.filter(state=Message.State.QUEUED, tries=0)
    waiting = queries.untouched(round_).values_list("pk", "about")
    to_heads = untouched.filter(about__startswith=_of_heads(round_)).values_list("pk", "about")
    why = _STOPPED % {"name": by.name}
    stopped = []
    for pk, about in [*waiting, *to_heads]:
        # One by one: a worker may have taken one meanwhile. Its place in the day is free again.
        freed = f"{about[:100]}:stopped:{pk}"
        if untouched.filter(pk=pk).update(state=Message.State.DROPPED, failed_because=why, about=freed):
            stopped.append(pk)
    if not stopped:
        raise NotStoppable
    for start in range(0, len(stopped), CHUNK):
        Reminder.objects.filter(message__in=stopped[start : start + CHUNK]).update(is_stopped=True)
    Round.objects.filter(pk=round_.pk).update(stopped_at=at)
    told = journal.change("state", Message.State.QUEUED, Message.State.DROPPED)
    journal.write("notices.round.stop", by=by, on=round_, at=at, details={"letters": len(stopped), **told})
    return len(stopped)


@transaction.atomic
def send_failed_of(round_: Round, *, by: Actor, at: dt.datetime, due_at: dt.datetime) -> int:
    """Put the failed letters of a round back in the queue, their tries counted anew; return how many."""
    again = 0
    for pk in queries.messages_of(round_).filter(state=Message.State.FAILED).values_list("pk", flat=True):
        moved = Message.objects.filter(pk=pk, state=Message.State.FAILED).update(
            state=Message.State.QUEUED, tries=0, due_at=due_at
        )
        if moved:
            send_message.using(run_after=due_at).enqueue(pk)
            again += 1
    if again:
        told = journal.change("state", Message.State.FAILED, Message.State.QUEUED)
        journal.write("notices.round.again", by=by, on=round_, at=at, details={"letters": again, **told})
    return again


@transaction.atomic
def set_up(campaign: Campaign, settings: queries.Settings, *, by: Actor, at: dt.datetime) -> None:
    """Set the office's own sentence and days."""
    before = queries.settings_of(campaign)
    # Marks stand for links when a letter leaves: a sentence must hold none.
    words = settings.own_words.replace(LINK_MARK, "").replace(DECLINE_MARK, "").strip()
    kept, _new = ReminderSettings.objects.update_or_create(
        campaign=campaign,
        defaults={
            "own_words": words,
            "free_days": [day.isoformat() for day in settings.free_days],
            "worked_days": [day.isoformat() for day in settings.worked_days],
        },
    )
    journal.write(
        "notices.reminders.set", by=by, on=kept, at=at,
        details={
            "before": {
                "own_words": before.own_words, "free_days": [str(day) for day in before.free_days],
                "worked_days": [str(day) for day in before.worked_days],
            },
            "after": {"own_words": words, "free_days": kept.free_days, "worked_days": kept.worked_days},
        },
    )  # fmt: skip


@transaction.atomic
def carry_settings(campaign: Campaign, after: Campaign, *, by: Actor, at: dt.datetime) -> None:
    """Say in this Week's reminders what the one before said, unless somebody has set something here already."""
    words = queries.settings_of(after).own_words
    if words and not ReminderSettings.objects.filter(campaign=campaign).exists():
        set_up(campaign, queries.Settings(own_words=words), by=by, at=at)


@transaction.atomic
def leave_out(host: RosterUnit, *, until: dt.date, reason: str, day: dt.date, by: Actor, at: dt.datetime) -> Snooze:
    """Leave a unit out of the reminders until a day.

    :param day: today. :raises InThePast: the day is not later.
    """
    if until <= day:
        raise InThePast
    before = Snooze.objects.filter(host=host).values_list("until", flat=True).first()
    snooze, _new = Snooze.objects.update_or_create(
        host=host, defaults={"until": until, "reason": reason[:200], "by_name": by.name, "made_at": at}
    )
    told = journal.change("until", before.isoformat() if before else journal.ABSENT, until.isoformat())
    journal.write(
        "notices.unit.leave_out", by=by, on=host, at=at, unit_path=host.path, details={"reason": reason, **told}
    )
    return snooze


@transaction.atomic
def take_back_in(host: RosterUnit, *, by: Actor, at: dt.datetime) -> None:
    """Write to a unit again that was left out."""
    until = Snooze.objects.filter(host=host).values_list("until", flat=True).first()
    if Snooze.objects.filter(host=host).delete()[0]:
        told = journal.change("until", until.isoformat() if until else "", journal.GONE)
        journal.write("notices.unit.take_back_in", by=by, on=host, at=at, unit_path=host.path, details=told)


@transaction.atomic
def decline(campaign: Campaign, to: str, *, at: dt.datetime) -> ClosedAddress:
    """Send no more reminders of a Week to an address, as its holder asks; once, however often it is said."""
    closed, new = ClosedAddress.objects.get_or_create(
        campaign=campaign, address=to.lower(), defaults={"why": ClosedAddress.Why.DECLINED, "closed_at": at}
    )
    if new:
        told = journal.change("letters_to_it", "taken", ClosedAddress.Why.DECLINED)
        journal.write(
            "notices.address.decline", by=RECEIVER, on=closed, at=at, details={"address": closed.address, **told}
        )
    return closed


@transaction.atomic
def accept_again(campaign: Campaign, to: str, *, at: dt.datetime) -> None:
    """Send reminders of a Week to an address again, as its holder asks."""
    for closed in ClosedAddress.objects.filter(campaign=campaign, address=to.lower()):
        told = journal.change("letters_to_it", closed.why, "taken")
        journal.write(
            "notices.address.accept", by=RECEIVER, on=closed, at=at, details={"address": closed.address, **told}
        )
        closed.delete()


@transaction.atomic
def open_address(to: str, *, by: Actor, at: dt.datetime) -> None:
    """Try an address again that mail did not reach: somebody has made sure of it. What was declined stays so."""
    for closed in ClosedAddress.objects.filter(campaign=None, address=to.lower()):
        journal.write(
            "notices.address.open", by=by, on=closed, at=at,
            details={
                "address": closed.address, "said": closed.said,
                **journal.change("letters_to_it", closed.why, "taken"),
            },
        )  # fmt: skip
        closed.delete()
