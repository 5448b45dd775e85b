"""What a reminder says: made when it is queued, and once more when it leaves, so that it is true at that moment."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q

from tuanhoc.activities.models import HeadConfirmation, Registration, State
from tuanhoc.activities.queries import in_force
from tuanhoc.activities.rules import has_replied
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.campaigns.queries.deadlines import LET_IN_UNTIL
from tuanhoc.lib.dates import HANOI

from .models import ClosedAddress, Message, Reminder
from .queries import Receiver, language_of, units_of_contact
from .queries.reminding import heads_asked, helpers_of, with_head
from .rules import Letter, ladder
from .wording import address, letter

#: Units below named in a letter; the board has them all.
MOST_BELOW = 200


def about(day: dt.date) -> str:
    """Return what a day's reminders are about, without the receiver: one for each person."""
    return f"remind:{day:%Y%m%d}"


def key_of(to: str) -> str:
    """Return what stands for an address in a message's ``about``, which is shorter than addresses may be."""
    return hashlib.sha256(to.lower().encode()).hexdigest()[:32]


def written(campaign: Campaign, digest: ladder.Digest, *, day: dt.date, at: dt.datetime, own_words: str) -> Letter:
    """Write one person's letter of a day, as it is true at ``at``."""
    to = Receiver(key_of(digest.to.email), digest.to.name, digest.to.email, digest.to.language)
    closes = {(due.unit.closes_at, due.unit.is_let_in) for due in digest.below}
    # Said once for all where it is the same; of units let in it is said one by one.
    below_until = next((until for until, is_let_in in closes if not is_let_in), None) if len(closes) == 1 else None
    said = letter(
        "reminder", about(day), to, campaign=campaign, own=digest.own,
        is_past=any(at >= due.unit.closes_at for due in digest.own), below=digest.below[:MOST_BELOW],
        all_locked=bool(digest.own) and all(d.unit.is_locked and at >= d.unit.closes_at for d in digest.own),
        below_count=len(digest.below), more=max(0, len(digest.below) - MOST_BELOW),
        below_until=below_until, at=at, own_words=own_words,
        board=address("desk:board", campaign.code), forewarned=ladder.FOREWARNED.offset,
        today=at.astimezone(HANOI).date(),
    )  # fmt: skip
    # About one unit: the list of messages names it.
    host_id = digest.own[0].unit.pk if len(digest.own) == 1 else None
    return replace(said, is_reminder=True, host_id=host_id)


@dataclass(frozen=True, slots=True)
class Leaving:
    """A reminder as it leaves, and the units whose links stand in it, in the order of their marks."""

    letter: Letter
    hosts: tuple[RosterUnit, ...]


def refreshed(message: Message, *, at: dt.datetime) -> Leaving | None:
    """Return a reminder as it should leave at ``at``; None when none of its units is to be reminded any more.

    Units that replied since are left out of it, and those whose list its receiver has left. It is for nobody when its
    receiver has asked for no more, or has a newer one. Ten queries at most.
    """
    rows = list(message.reminders.select_related("host__unit", "round").order_by("pk"))
    campaign = message.campaign
    if campaign is None or not rows or _is_overtaken(message, rows[0].address, day=at.astimezone(HANOI).date()):
        return None
    states = dict(Registration.objects.filter(host__in=[row.host_id for row in rows]).values_list("host_id", "state"))
    rows = [row for row in rows if not has_replied(states.get(row.host_id))]
    # Whoever left a unit's list since gets neither its link nor its reminder.
    theirs = units_of_contact(message.to, among=[row.host.unit_id for row in rows if not row.is_below])
    rows = [row for row in rows if row.is_below or row.host.unit_id in theirs]
    if not rows:
        return None
    person = ladder.Person(message.to, message.receiver, language=language_of(message.to))
    [found] = again(campaign, [(person, rows)], at=at)
    return Leaving(
        written(campaign, found, day=rows[0].day, at=at, own_words=rows[0].round.own_words),
        tuple(row.host for row in rows if not row.is_below),
    )


def again(
    campaign: Campaign, told: Sequence[tuple[ladder.Person, Sequence[Reminder]]], *, at: dt.datetime
) -> list[ladder.Digest]:
    """Return what each person is told of these steps, as the units stand now. Five queries, whatever the number."""
    hosts = RosterUnit.objects.in_bulk({row.host_id for _person, rows in told for row in rows})
    states = dict(Registration.objects.filter(host__in=hosts).values_list("host_id", "state"))
    helpers = helpers_of(list(hosts.values())) if hosts else {}
    asked, standing = heads_asked(campaign), _standing(hosts, at=at)
    found = []
    for person, rows in told:
        own: list[ladder.Due] = []
        below: list[ladder.Due] = []
        for row in rows:
            pk = row.host_id
            due = _due(row, hosts[pk], states.get(pk, ""), helpers.get(pk), asked.get(pk), standing[pk])
            (below if row.is_below else own).append(due)
        found.append(ladder.Digest(person, tuple(own), tuple(below)))
    return found


@dataclass(frozen=True, slots=True)
class _Standing:
    """The deadline that holds for a unit now, and whether it may only read."""

    closes_at: dt.datetime
    is_shut: bool


def _standing(pks: Iterable[int], *, at: dt.datetime) -> dict[int, _Standing]:
    """Return how units stand with their deadlines. One query."""
    shut = Exists(RosterUnit.objects.locked(at).filter(pk=OuterRef("pk")))
    rows = RosterUnit.objects.filter(pk__in=list(pks)).values_list("pk", "closes_at", LET_IN_UNTIL, shut)
    return {pk: _Standing(in_force(closes_at, until, at=at), bool(is_shut)) for pk, closes_at, until, is_shut in rows}


def _due(
    row: Reminder,
    host: RosterUnit,
    state: str,
    helper: RosterUnit | None,
    asked: HeadConfirmation | None,
    standing: _Standing,
) -> ladder.Due:
    unit = ladder.Expected(
        pk=host.pk, unit_id=host.unit_id, name=host.name, closes_at=standing.closes_at, asked_on=row.day, state=state,
        above_pk=helper.pk if helper else None, above_name=helper.name if helper else "",
        is_locked=standing.is_shut and state != State.RETURNED, is_let_in=standing.closes_at != host.closes_at,
        **with_head(asked),
    )  # fmt: skip
    return ladder.Due(unit, ladder.Step(row.step), row.helped_on)


def _is_overtaken(message: Message, to: str, *, day: dt.date) -> bool:
    """Whether the receiver has asked for no more since, or was written to anew: of this Week, or today of any."""
    declined = ClosedAddress.objects.filter(address=to, campaign=message.campaign_id)
    newer = Reminder.objects.filter(address=to, message_id__gt=message.pk, is_stopped=False)
    return declined.exists() or newer.filter(Q(message__campaign=message.campaign_id) | Q(day=day)).exists()
