"""An officer presses the button of the reminders; units are left out, addresses closed and opened."""

import datetime as dt

from django.db import transaction

from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.sentences import Day
from tuanhoc.notices import digest
from tuanhoc.notices.models import ClosedAddress, Message, ReminderSettings, Round, Snooze
from tuanhoc.notices.queries import reminding as queries
from tuanhoc.notices.rules import DECLINE_MARK, LINK_MARK, Letter, ladder
from tuanhoc.units.models import Contact

from . import rounds

#: Whoever declines from a letter.
RECEIVER = Actor(name="Người nhận thư")


class NothingDue(Refusal):
    message = N_("Hôm nay không còn đơn vị nào cần gửi thư nhắc. Có thể một cán bộ khác vừa gửi.")


class AnotherDay(Refusal):
    message = N_("Danh sách này là của ngày %(day)s. Vui lòng xem lại danh sách hôm nay rồi bấm gửi.")


class InThePast(Refusal):
    message = N_("Vui lòng chọn một ngày sau hôm nay.")


def preview(campaign: Campaign, one: ladder.Digest, today: queries.Today, *, at: dt.datetime) -> Letter:
    """Return a letter as a press of the button would queue it; nothing is kept."""
    return digest.written(campaign, one, day=today.day, at=at, own_words=today.settings.own_words)


def send_round(
    campaign: Campaign, *, by: Actor, at: dt.datetime, due_at: dt.datetime, seen_on: dt.date | None = None
) -> Round:
    """Have today's reminders queued by a worker: one letter for each person; return the round.

    :param due_at: the machine's time before which none leaves.
    :param seen_on: the day of the list the officer looked at.
    :raises NothingDue: nobody is left to write to, the other officer's press included.
    :raises AnotherDay: midnight has passed since the list was shown.
    """
    while True:
        # Planned before the transaction, which is short so; of two presses one finds that the other was first.
        before = Round.objects.filter(campaign=campaign).count()
        today = queries.today(Campaign.objects.select_related("coordinator").get(pk=campaign.pk), at=at)
        if seen_on is not None and seen_on != today.day:
            raise AnotherDay(day=Day(seen_on))
        if not today.plan.digests:
            raise NothingDue
        pressed = _pressed(today, before, campaign_id=campaign.pk, by=by, at=at, due_at=due_at)
        if pressed is not None:
            return pressed


@transaction.atomic
def _pressed(
    today: queries.Today, before: int, *, campaign_id: int, by: Actor, at: dt.datetime, due_at: dt.datetime
) -> Round | None:
    """Write the round down as planned; None when another was pressed since."""
    # The campaign's row is held, so that of two presses one sends.
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    if Round.objects.filter(campaign=campaign).count() != before:
        return None
    round_ = Round.objects.create(
        campaign=campaign, number=before + 1, day=today.day, pressed_at=at, by_name=by.name,
        own_words=today.settings.own_words,
    )  # fmt: skip
    rounds.record_parts(round_, today, at=at, due_at=due_at)
    journal.write(
        "notices.round.send", by=by, on=round_, at=at,
        details={
            "letters": len(today.plan.digests), "heads": len(today.heads), "units": len(today.plan.units),
            "day": today.day.isoformat(), **journal.change("state", journal.ABSENT, Message.State.QUEUED),
        },
    )  # fmt: skip
    return round_


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
            "notices.address.decline", by=RECEIVER, on=closed, at=at, units=_reached_by(to),
            details={"address": closed.address, **told},
        )  # fmt: skip
    return closed


@transaction.atomic
def accept_again(campaign: Campaign, to: str, *, at: dt.datetime) -> None:
    """Send reminders of a Week to an address again, as its holder asks."""
    for closed in ClosedAddress.objects.filter(campaign=campaign, address=to.lower()):
        told = journal.change("letters_to_it", closed.why, "taken")
        journal.write(
            "notices.address.accept", by=RECEIVER, on=closed, at=at, units=_reached_by(to),
            details={"address": closed.address, **told},
        )  # fmt: skip
        closed.delete()


@transaction.atomic
def open_address(to: str, *, by: Actor, at: dt.datetime) -> None:
    """Try an address again that mail did not reach: somebody has made sure of it. What was declined stays so."""
    for closed in ClosedAddress.objects.filter(campaign=None, address=to.lower()):
        journal.write(
            "notices.address.open", by=by, on=closed, at=at, units=_reached_by(to),
            details={
                "address": closed.address, "said": closed.said,
                **journal.change("letters_to_it", closed.why, "taken"),
            },
        )  # fmt: skip
        closed.delete()


def _reached_by(address: str) -> list[int]:
    """Return the units with somebody at an address: letters to it are about them."""
    return list(Contact.objects.filter(email__iexact=address).values_list("unit_id", flat=True))
