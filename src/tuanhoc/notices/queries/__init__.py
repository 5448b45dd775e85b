"""Who is to be told: people with seats where there are any, else the contacts of the unit."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.db.models import Count, F, Max, Q, QuerySet

from tuanhoc.accounts.models import Seat, User
from tuanhoc.activities.access import REVIEWING, Queues, standing_queues
from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet
from tuanhoc.intake.models import FormFile, MailMessage
from tuanhoc.intake.queries.mails import forms_of, sender_in
from tuanhoc.intake.rules.mailing import is_answered
from tuanhoc.lib.actor import Role
from tuanhoc.lib.text import name_key
from tuanhoc.notices.models import ClosedAddress, Message
from tuanhoc.notices.rules import MOST_ACKS, SIGN_IN, duties_in
from tuanhoc.units.models import Contact


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody to write to. ``key`` stands for the person in a message's ``about``."""

    key: str
    name: str
    email: str
    #: in which they are written to
    language: str = "vi"


def contacts_of(over: RosterUnitQuerySet) -> dict[int, list[Receiver]]:
    """Return the contacts with an address of each unit, by unit id; an address once per unit. One query."""
    by_unit: dict[int, dict[str, Receiver]] = {}
    rows = Contact.objects.filter(unit__in=over.values("unit_id")).exclude(email="").order_by("pk")
    for contact in rows:
        of_unit = by_unit.setdefault(contact.unit_id, {})
        of_unit.setdefault(contact.email.lower(), _contact(contact))
    return {unit_id: list(of_unit.values()) for unit_id, of_unit in by_unit.items()}


def contacts_at(host: RosterUnit) -> list[Receiver]:
    """Return the contacts with an address of one unit. One query."""
    return contacts_of(RosterUnit.objects.filter(pk=host.pk)).get(host.unit_id, [])


def coordinators(campaign: Campaign) -> list[Receiver]:
    """Return who coordinates a Week: those seated, else the contacts of the coordinating unit. Two queries."""
    seats = Seat.objects.filter(role=Role.COORDINATOR.value, campaign_id=campaign.pk)
    return _seated(seats) or _of_unit(campaign.coordinator_id)


def reviewers(host: RosterUnit) -> list[Receiver]:
    """Return who looks at the registration of ``host`` first. Four queries."""
    queues = standing_queues([host.campaign_id])
    return looking_after(queues, queues.of(host.reviewer_id), host.campaign)


def overseers(host: RosterUnit) -> list[Receiver]:
    """Return who is to know of ``host`` at the unit that reviews it, whether they can sign in or not. Two queries."""
    if host.reviewer is None:
        return coordinators(host.campaign)
    roles = [role.value for role in REVIEWING]
    return _seated(Seat.objects.filter(role__in=roles, unit_id=host.reviewer.unit_id)) or _of_unit(
        host.reviewer.unit_id
    )


def looking_after(queues: Queues, queue: int | None, campaign: Campaign) -> list[Receiver]:
    """Return who is seated to look after a queue; None: the coordinator's. Two queries.

    Where nobody is seated the queue has gone up: only who can sign in and decide is written to.
    """
    if queue is None:
        return coordinators(campaign)
    roles = [role.value for role in REVIEWING]
    return _seated(Seat.objects.filter(role__in=roles, unit_id__in=queues.places(queue)))


def _seated(seats: QuerySet[Seat]) -> list[Receiver]:
    users = {seat.user_id: seat.user for seat in seats.select_related("user").order_by("pk")}
    return [Receiver(f"u{user.pk}", user.name, user.email, user.language) for user in users.values() if user.is_active]


def _of_unit(unit_id: int) -> list[Receiver]:
    rows = Contact.objects.filter(unit_id=unit_id).exclude(email="").order_by("pk")
    return [_contact(contact) for contact in rows]


def _contact(contact: Contact) -> Receiver:
    return Receiver(f"c{contact.pk}", contact.name, contact.email, contact.language)


def language_of(email: str) -> str:
    """Return the language of whoever has this address: a contact, else somebody who signs in. Two queries at most."""
    contact = Contact.objects.filter(email__iexact=email).order_by("-pk").values_list("language", flat=True).first()
    user = User.objects.filter(email__iexact=email).values_list("language", flat=True)
    return contact or user.first() or "vi"


def is_still_theirs(message: Message) -> bool:
    """Whether what was written to a contact still goes to one. One query at most.

    By the address, not by the row: a list read in anew has the same people in new rows. A unit's link goes to a contact
    of that unit only; what carries none, to a contact of any, as the office above. True of what goes to anybody else: a
    head who was asked, or whoever the coordinator has made sure of.
    """
    if message.is_reminder:
        units = {row.host.unit_id for row in message.reminders.select_related("host") if not row.is_below}
        return not units or bool(units_of_contact(message.to, among=units))
    if message.host is not None and message.carries_link and _OF_CONTACT_OR_SENDER.search(message.about):
        return bool(units_of_contact(message.to, among=[message.host.unit_id]))
    return not _OF_CONTACT.search(message.about) or Contact.objects.filter(email__iexact=message.to).exists()


def units_of_contact(email: str, *, among: Collection[int]) -> set[int]:
    """Return the ids of those units that have ``email`` among their contacts. One query."""
    return set(Contact.objects.filter(unit__in=among, email__iexact=email).values_list("unit_id", flat=True))


#: how the ``about`` of a letter to somebody on a unit's list ends, see :func:`_contact`, or to who sent its form
_OF_CONTACT = re.compile(r":c\d+$")
_OF_CONTACT_OR_SENDER = re.compile(r":(c\d+|mail)$")


def told_about(about: str) -> set[str]:
    """Return the addresses, lower case, to which messages about a happening left, may have, or leave now. One query."""
    left = Q(state__in=[Message.State.SENT, Message.State.SENDING]) | Q(may_have_left=True)
    gone = Message.objects.filter(left, about__startswith=about)
    return {to.lower() for to in gone.values_list("to", flat=True)}


def without_address(campaign: Campaign) -> RosterUnitQuerySet:
    """Return the units of a Week that no e-mail reaches, in reading order."""
    reached = Contact.objects.exclude(email="").values("unit_id")
    return campaign.roster.exclude(unit_id__in=reached).in_reading_order()


@dataclass(frozen=True, slots=True)
class DutyReminder:
    """The last letter about a duty to its owner."""

    queued_at: dt.datetime
    state: str
    words: str
    failed_because: str


def last_duty_reminders(campaign: Campaign) -> dict[int, DutyReminder]:
    """Return the last letter about each owner's duty, by assignment; none where there was none. One query."""
    last: dict[int, DutyReminder] = {}
    letters = Message.objects.filter(campaign=campaign, about__startswith="duty:").order_by("queued_at", "pk")
    for about, queued_at, state, why in letters.values_list("about", "queued_at", "state", "failed_because"):
        told = DutyReminder(queued_at, state, str(Message.State(state).label), why)
        last.update(dict.fromkeys(duties_in(about), told))
    return last


def tally(campaign: Campaign) -> dict[str, int]:
    """Count the messages of a Week by state. One query."""
    return dict(Message.objects.filter(campaign=campaign).order_by().values_list("state").annotate(n=Count("pk")))


def refused_addresses() -> set[str]:
    """Return the addresses, in small letters, whose last message could not be delivered. One query."""
    failed, sent = (Max("pk", filter=Q(state=state)) for state in (Message.State.FAILED, Message.State.SENT))
    # Anybody may ask for a sign-in code to any address, and is told at once that it did not leave.
    last = Message.objects.exclude(about__startswith=SIGN_IN).order_by().values("to").annotate(failed=failed, sent=sent)
    wrong = last.filter(Q(sent=None) | Q(failed__gt=F("sent")), failed__isnull=False)
    # What bounced left before it came back: its address is closed, though its message was sent.
    closed = ClosedAddress.objects.filter(campaign=None).values_list("address", flat=True)
    return {address.lower() for address in wrong.values_list("to", flat=True).union(closed)}


#: One address may be the contact of this many units; more is a mistake in the list.
MOST_UNITS = 20


def open_campaigns() -> QuerySet[Campaign]:
    """Return the Weeks that take registrations, newest first."""
    return Campaign.objects.filter(state=Campaign.State.OPEN).order_by("-opened_at", "-pk")


def linked_campaigns(*, at: dt.datetime) -> list[Campaign]:
    """Return the open Weeks whose links still open, newest first: an old one nobody closed is none. One query."""
    return [campaign for campaign in open_campaigns() if campaign.links_close_at > at]


def reached_by(email: str, *, at: dt.datetime) -> list[tuple[RosterUnit, Receiver]]:
    """Return the units that have ``email`` among their contacts, each with that contact. Three queries.

    Of every Week whose links still open: who lost the link of one is helped in each, and each letter names its Week.
    """
    contacts = {c.unit_id: c for c in Contact.objects.filter(email__iexact=email).order_by("-pk")[:MOST_UNITS]}
    hosts = RosterUnit.objects.filter(unit_id__in=contacts, campaign__in=linked_campaigns(at=at))
    found = []
    for host in hosts.select_related("campaign__coordinator", "unit").order_by("pk"):
        contact = contacts[host.unit_id]
        found.append((host, _contact(contact)))
    return found


def named(words: str, *, at: dt.datetime) -> RosterUnit | None:
    """Return the one unit that bears this name, spelled as it may be; None when none or several do.

    Looked for in the open Weeks whose links still open, else in all open ones. A unit stands in each of them: of two
    Weeks the newer counts.
    """
    key = name_key(words)[:200]
    if not key:
        return None
    weeks = linked_campaigns(at=at) or list(open_campaigns())
    for so_spelled in (Q(name_key=key), Q(name_key__contains=key)):
        for week in weeks:
            found = week.roster.filter(so_spelled).select_related("campaign", "unit").order_by("pk")[:2]
            if found:
                return found[0] if len(found) == 1 else None
    return None


@dataclass(frozen=True, slots=True)
class Told:
    """What the sender of a message may hear of it.

    ``forms``: those of units whose known contact the sender is, or that are below such a unit. ``host``: the one
    unit whose own contact sent its form, which alone gets its link. A stranger hears only that the message came.
    """

    forms: tuple[FormFile, ...] = ()
    host: RosterUnit | None = None
    others: int = 0
    #: as the list of contacts has it: whoever wrote the letter chose the name above it
    name: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the sender is known at all."""
        return bool(self.forms)

    @property
    def any(self) -> bool:
        """Whether there is anything to tell of: a letter without a form is not answered."""
        return bool(self.forms or self.others)


def is_acknowledged(mail: MailMessage, campaign: Campaign, *, since: dt.datetime) -> bool:
    """Whether the sender of a message gets a receipt; an address written to often since then gets no more."""
    own = {*settings.MAIL_RECIPIENTS, settings.IMAP_USER, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}
    asked = bool({"yes", "1", "true", campaign.code} & set(settings.MAIL_RECEIPTS))
    if not is_answered(mail.sender, is_automatic=mail.is_automatic, own={a.lower() for a in own}, asked=asked):
        return False
    sent = Message.objects.filter(about__startswith="mail:", due_at__gte=since).exclude(
        about__startswith=f"mail:{mail.pk}:"
    )
    return not mail.is_doubted and sent.filter(_same_box(mail.sender)).count() < MOST_ACKS


def strangers_told(*, since: dt.datetime) -> int:
    """Count the receipts since then to people nobody knows. One query."""
    return Message.objects.filter(about__startswith="mail:", receiver="", due_at__gte=since).count()


def _same_box(address: str) -> Q:
    """Return what finds messages to an address, whatever its tag (``a+1@…``, ``a+2@…``)."""
    local, _, domain = address.rpartition("@")
    bare = local.partition("+")[0]
    return Q(to__iexact=f"{bare}@{domain}") | Q(to__istartswith=f"{bare}+", to__iendswith=f"@{domain}")


def told_of(mail: MailMessage, campaign: Campaign) -> Told:
    """Return what the sender of ``mail`` may hear. Four queries."""
    forms = list(forms_of([mail]).values())
    known = set(sender_in(campaign.pk, mail).direct)
    paths = tuple(RosterUnit.objects.filter(pk__in=known).values_list("path", flat=True))
    told = [form for form in forms if form.host is not None and form.host.path.startswith(paths)] if paths else []
    own = {form.host_id for form in told if form.host_id in known and form.from_contact}
    host = None
    if len(own) == 1:
        host = RosterUnit.objects.select_related("campaign", "unit").get(pk=own.pop())
    name = Contact.objects.filter(email__iexact=mail.sender).order_by("-pk").values_list("name", flat=True).first()
    return Told(tuple(told), host, len(forms) - len(told), (name or "") if told else "")
