"""Who is to be reminded today, by letter or by voice; and what became of those reminded."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from tuanhoc.accounts.models import Seat
from tuanhoc.activities.models import HeadConfirmation, Registration, State
from tuanhoc.activities.queries import in_force
from tuanhoc.activities.rules import GIVEN_BACK, has_replied
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.campaigns.queries.deadlines import LET_IN_UNTIL
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.rules.signs import SURE
from tuanhoc.lib.actor import Role
from tuanhoc.lib.dates import HANOI, day_start
from tuanhoc.lib.workdays import WorkCalendar
from tuanhoc.notices.models import ClosedAddress, Message, Reminder, ReminderSettings, Round, Snooze
from tuanhoc.notices.rules import ladder
from tuanhoc.units.models import Contact

from .pressing import Pressed, pressed


@dataclass(frozen=True, slots=True)
class Settings:
    """What the office says in its reminders, and the days it works."""

    own_words: str = ""
    free_days: tuple[dt.date, ...] = ()
    worked_days: tuple[dt.date, ...] = ()

    @property
    def calendar(self) -> WorkCalendar:
        return WorkCalendar(frozenset(self.free_days), frozenset(self.worked_days))


@dataclass(frozen=True, slots=True)
class Today:
    """The day of a Week's reminders: the plan, and what it was made from.

    :ivar is_reminding: whether the Week is open and not over.
    :ivar silent: every unit that owes its schedule, at a step or not, in reading order.
    :ivar contacts: unit's id -> its contacts. :ivar closed: address -> why no reminder goes there.
    :ivar snoozes: roster unit's id -> how it was left out. :ivar total: how many units are expected.
    """

    day: dt.date
    settings: Settings
    is_reminding: bool
    plan: ladder.DayPlan
    silent: tuple[ladder.Expected, ...]
    total: int
    contacts: Mapping[int, Sequence[Contact]]
    closed: Mapping[str, ClosedAddress]
    snoozes: Mapping[int, Snooze]
    #: heads to be asked once more for their consent, of units at a step
    heads: tuple[HeadConfirmation, ...] = ()
    #: roster units whose form is here and waits for us: they are not asked for what they have sent
    with_form: frozenset[int] = frozenset()
    #: what was pressed and is not queued yet, of any Week
    pressed: Pressed = field(default_factory=Pressed)

    @property
    def calendar(self) -> WorkCalendar:
        return self.settings.calendar

    @property
    def asked_again(self) -> int:
        """How many of those that owe their schedule sent one, and were asked to look at it again."""
        return sum(unit.state == GIVEN_BACK for unit in self.silent)

    def late(self, *, at: dt.datetime) -> tuple[ladder.Expected, ...]:
        """Return the units whose own deadline has passed and whom no exception lets in, in reading order."""
        return tuple(unit for unit in self.silent if at >= unit.closes_at)


def settings_of(campaign: Campaign) -> Settings:
    """Return what the office of a Week set for its reminders. One query."""
    kept = ReminderSettings.objects.filter(campaign=campaign).first()
    if kept is None:
        return Settings()
    return Settings(kept.own_words, _days(kept.free_days), _days(kept.worked_days))


def _days(kept: Iterable[str]) -> tuple[dt.date, ...]:
    return tuple(sorted(map(dt.date.fromisoformat, kept)))


def today(campaign: Campaign, *, at: dt.datetime) -> Today:
    """Return whom a press of the button would reach at ``at``, nobody written to yet. Eleven queries at most.

    A Week that takes no registrations, or is over, reminds nobody.
    """
    day, settings = at.astimezone(HANOI).date(), settings_of(campaign)
    is_reminding = campaign.state == Campaign.State.OPEN and day <= campaign.ends_on
    asked = heads_asked(campaign)
    silent, with_form, total = _silent(campaign, asked, at=at)
    contacts = contacts_by_unit(campaign)
    closed = closed_addresses(campaign)
    snoozes = {s.host_id: s for s in Snooze.objects.filter(host__campaign=campaign)}
    sent, told_today = _told(campaign, day=day)
    unqueued = pressed()
    waits = dict.fromkeys(with_form, day + dt.timedelta(days=1))
    known = ladder.Known(
        people={unit_id: people_in(rows) for unit_id, rows in contacts.items()},
        above=_helpers(silent, contacts, day=day, calendar=settings.calendar),
        closed={address: row.why for address, row in closed.items()},
        sent=sent,
        told_today=told_today | letters_of(day) | unqueued.addresses,
        left_out=waits | {host_id: max(snooze.until, waits.get(host_id, day)) for host_id, snooze in snoozes.items()},
    )
    plan = ladder.plan_day(silent if is_reminding else (), known, day=day, calendar=settings.calendar)
    heads = _heads(plan, asked, known, day=day)
    return Today(
        day, settings, is_reminding, plan, tuple(silent), total, contacts, closed, snoozes, heads, with_form, unqueued
    )


def heads_asked(campaign: Campaign) -> dict[int, HeadConfirmation]:
    """Return the drafts of a Week that wait for a head, by roster unit. One query."""
    waiting = HeadConfirmation.objects.filter(
        state=HeadConfirmation.State.WAITING, registration__host__campaign=campaign
    )
    return {one.registration.host_id: one for one in waiting.select_related("registration").order_by("pk")}


def _heads(
    plan: ladder.DayPlan, asked: Mapping[int, HeadConfirmation], known: ladder.Known, *, day: dt.date
) -> tuple[HeadConfirmation, ...]:
    """Return whom to ask once more: heads asked before today, of units reminded today; one letter of a day for each."""
    busy = known.told_today | {one.to.address for one in plan.digests} | set(known.closed)
    found: dict[str, HeadConfirmation] = {}
    for due in plan.units:
        one = asked.get(due.unit.pk)
        if one is None or not one.head_email or one.handed_up_at >= day_start(day):
            continue
        if one.head_email.lower() not in busy:
            found.setdefault(one.head_email.lower(), one)
    return tuple(found.values())


#: what letters beside reminders that ask for something are about: each counts as its receiver's one of a day
_DIGESTS = ("duty:", "head-again:")


def letters_of(day: dt.date) -> frozenset[str]:
    """Return who has a letter about duties, or as a head, of that day or still on its way, of any Week. One query."""
    start = day_start(day)
    end = start + dt.timedelta(days=1)
    about = Q(about__startswith=_DIGESTS[0]) | Q(about__startswith=_DIGESTS[1])
    today = Q(queued_at__gte=start, queued_at__lt=end) | Q(sent_at__gte=start, sent_at__lt=end)
    underway = Q(state__in=[Message.State.QUEUED, Message.State.SENDING])
    to = Message.objects.filter(about, today | underway).exclude(state=Message.State.DROPPED, may_have_left=False)
    return frozenset(address.lower() for address in to.values_list("to", flat=True))


def reminded_on(day: dt.date) -> frozenset[str]:
    """Return who has a reminder to register of that day or still on its way, of any Week. Two queries."""
    start = day_start(day)
    underway = Q(message__state__in=[Message.State.QUEUED, Message.State.SENDING])
    left = Q(message__sent_at__gte=start, message__sent_at__lt=start + dt.timedelta(days=1))
    rows = Reminder.objects.filter(Q(day=day) | underway | left, is_stopped=False)
    return frozenset(rows.values_list("address", flat=True)) | pressed().addresses


def _silent(
    campaign: Campaign, asked: Mapping[int, HeadConfirmation], *, at: dt.datetime
) -> tuple[list[ladder.Expected], frozenset[int], int]:
    """Return the units that owe their schedule, in reading order; those a waiting form is surely of; all. One query."""
    state = Registration.objects.filter(host=OuterRef("pk")).values("state")[:1]
    fields = ("pk", "unit_id", "name", "path", "closes_at", "joined_at", "reviewer_id")
    locked = Exists(RosterUnit.objects.locked(at).filter(pk=OuterRef("pk")))
    waiting = Exists(FormFile.objects.to_confirm().filter(host=OuterRef("pk"), match_score__gte=SURE))
    found = campaign.roster.annotate(
        owed=Subquery(state), shut=locked, sent_form=waiting, let_in_until=LET_IN_UNTIL
    ).in_reading_order()
    roster = list(found.values("owed", "shut", "sent_form", "let_in_until", *fields))
    names = {row["pk"]: (row["name"], row["unit_id"]) for row in roster}
    by_unit = {row["unit_id"]: row["pk"] for row in roster}
    silent = []
    for row in roster:
        if has_replied(row["owed"]):
            continue
        asked_at = max(filter(None, (campaign.opened_at, row["joined_at"])), default=row["closes_at"])
        above = row["reviewer_id"] or _nearest(row["path"], row["unit_id"], by_unit)
        above_name, above_unit_id = names[above] if above else ("", None)
        closes_at = in_force(row["closes_at"], row["let_in_until"], at=at)
        silent.append(
            ladder.Expected(
                pk=row["pk"], unit_id=row["unit_id"], name=row["name"], closes_at=closes_at,
                asked_on=asked_at.astimezone(HANOI).date(), state=row["owed"] or "", above_pk=above,
                above_unit_id=above_unit_id, above_name=above_name, is_let_in=closes_at != row["closes_at"],
                # What was given back may be mended under the lock.
                is_locked=row["shut"] and row["owed"] != State.RETURNED, **with_head(asked.get(row["pk"])),
            )
        )  # fmt: skip
    return silent, frozenset(row["pk"] for row in roster if row["sent_form"]), len(roster)


def with_head(one: HeadConfirmation | None) -> dict[str, Any]:
    """Return what a reminder says of a draft that waits for its unit's head."""
    return {} if one is None else {"head_name": one.head_name, "handed_up_at": one.handed_up_at}


def _nearest(path: str, unit_id: int, by_unit: Mapping[int, int]) -> int | None:
    """Return the nearest unit above that is on the roster itself."""
    steps = [int(step) for step in path.split("/") if step]
    return next((by_unit[step] for step in reversed(steps) if step != unit_id and step in by_unit), None)


def helpers_of(hosts: Sequence[RosterUnit]) -> dict[int, RosterUnit]:
    """Return who is asked to help each of these units of one Week in the end. One query."""
    steps = {int(step) for host in hosts for step in host.path.split("/") if step}
    reviewers = {host.reviewer_id for host in hosts if host.reviewer_id}
    found = RosterUnit.objects.filter(Q(unit_id__in=steps, campaign=hosts[0].campaign_id) | Q(pk__in=reviewers))
    by_pk = {above.pk: above for above in found}
    by_unit = {above.unit_id: above.pk for above in by_pk.values()}
    above = {host.pk: host.reviewer_id or _nearest(host.path, host.unit_id, by_unit) for host in hosts}
    return {pk: by_pk[above_pk] for pk, above_pk in above.items() if above_pk in by_pk}


def contacts_by_unit(campaign: Campaign) -> dict[int, list[Contact]]:
    """Return the contacts of the units of a Week, by unit. One query."""
    found: dict[int, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.filter(unit__in=campaign.roster.values("unit_id")).order_by("pk"):
        found[contact.unit_id].append(contact)
    return dict(found)


def people_in(contacts: Iterable[Contact]) -> list[ladder.Person]:
    """Return those of a unit's contacts who have an address, an address once."""
    people: dict[str, ladder.Person] = {}
    # Whoever heads the unit and has the Week in hand is its officer; so is one who shares the officer's address.
    for contact in sorted(contacts, key=lambda contact: contact.is_head and not contact.is_in_charge):
        if contact.email:
            is_head = contact.is_head and not contact.is_in_charge
            people.setdefault(
                contact.email.lower(), ladder.Person(contact.email, contact.name, is_head, contact.language)
            )
    return list(people.values())


def closed_addresses(campaign: Campaign) -> dict[str, ClosedAddress]:
    """Return the addresses that get no reminders of a Week. One query."""
    rows = ClosedAddress.objects.filter(Q(campaign=campaign) | Q(campaign=None)).order_by("-campaign_id")
    return {row.address: row for row in rows}


def _told(campaign: Campaign, *, day: dt.date) -> tuple[dict[ladder.Sent, int], frozenset[str]]:
    """Return the newest step told to each person of each unit, and who has a letter of today, of any Week. One query.

    A letter that left today, or may still, counts as today's whenever it was queued.
    """
    start = day_start(day)
    on_its_way = Q(message__state__in=[Message.State.QUEUED, Message.State.SENDING])
    left_today = Q(message__sent_at__gte=start, message__sent_at__lt=start + dt.timedelta(days=1))
    told = Q(host__campaign=campaign) | Q(day=day) | on_its_way | left_today
    rows = Reminder.objects.filter(told, is_stopped=False)
    fields = ("host_id", "closes_at", "address", "is_below", "step", "day", "message__state", "message__sent_at")
    sent: dict[ladder.Sent, int] = {}
    told_today = set()
    for host_id, closes_at, address, is_below, step, told_on, state, left_at in rows.values_list(*fields):
        key = ladder.Sent(host_id, closes_at, address, is_below)
        sent[key] = max(step, sent.get(key, step))
        is_underway = state in {Message.State.QUEUED, Message.State.SENDING}
        if is_underway or day in {told_on, left_at and left_at.astimezone(HANOI).date()}:
            told_today.add(address)
    return sent, frozenset(told_today)


def _helpers(
    silent: Sequence[ladder.Expected],
    contacts: Mapping[int, Sequence[Contact]],
    *,
    day: dt.date,
    calendar: WorkCalendar,
) -> dict[int, list[ladder.Person]]:
    """Return who at the units above is asked to help: people seated there, else its contacts. One query at most."""
    deadlines = {unit.closes_at for unit in silent}
    ended = {c for c in deadlines if calendar.shifted(ladder.last_day(c), ladder.LAST.offset) <= day}
    unit_ids = {u.above_pk: u.above_unit_id for u in silent if u.above_pk and u.above_unit_id and u.closes_at in ended}
    if not unit_ids:
        return {}
    seated: dict[int, dict[str, ladder.Person]] = defaultdict(dict)
    seats = Seat.objects.filter(
        role__in=[Role.OFFICER.value, Role.HEAD.value], unit_id__in=unit_ids.values(), user__is_active=True
    )
    for seat in seats.select_related("user").order_by("pk"):
        if seat.unit_id is not None:
            user = seat.user
            person = ladder.Person(user.email, user.name, language=user.language)
            seated[seat.unit_id].setdefault(user.email.lower(), person)
    return {
        pk: list(seated[unit_id].values()) or people_in(contacts.get(unit_id, ())) for pk, unit_id in unit_ids.items()
    }


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A pressed round and how far its letters are, by state; ``unqueued`` have still to be written by a worker."""

    round: Round
    counts: Mapping[str, int]
    unqueued: int = 0

    @property
    def queued(self) -> int:
        """Letters that were queued, whatever became of them."""
        return sum(self.counts.values())

    @property
    def total(self) -> int:
        return self.queued + self.unqueued

    @property
    def waiting(self) -> int:
        """Letters that have still to leave."""
        return self.unqueued + self.counts.get(Message.State.QUEUED, 0) + self.counts.get(Message.State.SENDING, 0)


def messages_of(round_: Round) -> QuerySet[Message]:
    """Return the letters of a round, in the order they were queued."""
    return Message.objects.filter(pk__in=round_.reminders.values("message_id")).order_by("pk")


def rounds(campaign: Campaign, unqueued: Pressed) -> list[RoundLine]:
    """Return the rounds of a Week with the state of their letters, newest first. One query."""
    counted = Round.objects.filter(campaign=campaign).order_by("-number")
    by_state = {
        state: Count("reminders__message", filter=Q(reminders__message__state=state), distinct=True)
        for state in Message.State.values
    }
    return [
        RoundLine(
            row,
            {state: n for state in Message.State.values if (n := getattr(row, f"in_{state}"))},
            unqueued.letters[row.pk],
        )
        for row in counted.annotate(**{f"in_{state}": count for state, count in by_state.items()})
    ]


def failing(addresses: Collection[str]) -> dict[str, ClosedAddress]:
    """Return which of these addresses mail does not reach, with why; addresses in lower case. One query."""
    rows = ClosedAddress.objects.filter(address__in=[address.lower() for address in addresses], campaign=None)
    return {row.address: row for row in rows}


def untouched(round_: Round) -> QuerySet[Message]:
    """Return the letters of a round that no worker has taken yet."""
    return messages_of(round_).filter(state=Message.State.QUEUED, tries=0, may_have_left=False)


def matching(round_: Round, words: str) -> QuerySet[Reminder, int]:
    """Return the ids of a round's letters whose receiver or unit has these words."""
    found = Q(message__to__icontains=words) | Q(message__receiver__icontains=words) | Q(host__name__icontains=words)
    return round_.reminders.filter(found).values_list("message_id", flat=True)
