"""Read answers about mail that came in: for which Weeks, from whom, and what waits for a person."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max, Q

from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.files.models import StoredFile
from tuanhoc.intake.models import FormFile, MailMessage, MailMessageQuerySet
from tuanhoc.intake.rules.mailing import COMMON_DOMAINS, OpenWeek
from tuanhoc.intake.rules.signs import SURE, Sender
from tuanhoc.units.models import Contact

#: Weeks looked at when it is not said which one is meant.
_MOST_WEEKS = 8
#: A domain that more units than this share says nothing.
_MOST_OF_A_DOMAIN = 5
#: One address may be the contact of this many units; more is a mistake in the list.
_MOST_OF_AN_ADDRESS = 30


def open_weeks() -> list[OpenWeek]:
    """Return the Weeks that take registrations, newest first, each with its last deadline. One query."""
    weeks = Campaign.objects.filter(state=Campaign.State.OPEN).order_by("-opened_at", "-pk")[:_MOST_WEEKS]
    last = dict(
        RosterUnit.objects.filter(campaign__in=[week.pk for week in weeks])
        .order_by()
        .values_list("campaign")
        .annotate(last=Max("closes_at"))
    )
    return [
        OpenWeek(week.pk, week.code, week.year, week.title, last.get(week.pk) or week.registration_closes_at)
        for week in weeks
    ]


def weeks_to_ask() -> list[Campaign]:
    """Return the Weeks whose coordinators may be asked about a message: open ones, else the last one that was."""
    found = list(Campaign.objects.filter(state=Campaign.State.OPEN).order_by("-opened_at", "-pk")[:_MOST_WEEKS])
    return found or list(Campaign.objects.exclude(state=Campaign.State.PREPARING).order_by("-opened_at", "-pk")[:1])


def sender_in(campaign_id: int, mail: MailMessage) -> Sender:
    """Return which units of a Week have the addresses of a message among their contacts; none where it is doubted.

    Two queries, and one more where only the domain may be known.
    """
    address = mail.sender
    if mail.is_doubted:
        return Sender(address, subject=mail.subject, is_doubted=True)
    forwarded_from = [part["name"] for part in mail.parts if part["what"] == "forwarded_from"]
    direct = _units_with(campaign_id, [address])
    inner = _units_with(campaign_id, [a for a in forwarded_from if a != address])
    domain = address.rpartition("@")[2]
    shared: list[int] = []
    if domain and domain not in COMMON_DOMAINS and not direct:
        units = Contact.objects.filter(email__iendswith=f"@{domain}").values("unit")
        hosts = RosterUnit.objects.filter(campaign=campaign_id, unit__in=units).order_by("pk")
        shared = list(hosts.values_list("pk", flat=True)[: _MOST_OF_A_DOMAIN + 1])
    return Sender(
        address,
        contact_of=tuple(dict.fromkeys((*direct, *inner))),
        domain_of=tuple(shared) if len(shared) <= _MOST_OF_A_DOMAIN else (),
        direct=tuple(direct),
        subject=mail.subject,
    )


def sender_of(form: FormFile) -> Sender | None:
    """Return who sent a form, None when it did not come by mail."""
    mail = form.mail
    if mail is None:
        return None
    return sender_in(form.campaign_id, mail)


def _units_with(campaign_id: int, addresses: Collection[str]) -> list[int]:
    wanted = Q()
    for address in list(addresses)[:10]:
        # To a database "ı" is an "I" too, to a mail server it is another mailbox: that of somebody else.
        if address and address.isascii():
            wanted |= Q(email__iexact=address)
    if not wanted:
        return []
    units = Contact.objects.filter(wanted).order_by("-pk").values_list("unit_id", flat=True)[:_MOST_OF_AN_ADDRESS]
    hosts = RosterUnit.objects.filter(campaign=campaign_id, unit__in=list(units)).order_by("pk")
    return list(hosts.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages stand where."""

    waiting: int
    read: int
    no_form: int
    set_aside: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.read + self.no_form + self.set_aside


def tally(mails: MailMessageQuerySet) -> Tally:
    """Count messages by where they stand. Four queries."""
    nothing = [MailMessage.State.NO_FORM, MailMessage.State.UNREADABLE]
    return Tally(
        waiting=mails.waiting().count(),
        read=mails.filter(state__in=[MailMessage.State.READ, MailMessage.State.KEPT]).count(),
        no_form=mails.filter(state__in=nothing).count(),
        set_aside=mails.filter(state=MailMessage.State.SET_ASIDE).count(),
    )


def asked_about(form: FormFile) -> bool:
    """Whether a person is asked whose form it is."""
    return form.state == FormFile.State.READ and (form.host_id is None or form.match_score < SURE)


def forms_of(mails: Collection[MailMessage]) -> dict[int, FormFile]:
    """Return the forms these messages hold, those that were here before them too, by id. One query."""
    pks = {entry["form"] for mail in mails for part in mail.parts for entry in part.get("forms", ())}
    return FormFile.objects.select_related("host", "same_as", "mail").in_bulk(pks)


def holds_quarantined(mail: MailMessage) -> bool:
    """Whether something that came in a message, or it as a whole, lies in quarantine. At most three queries."""
    pks = [part["stored"] for part in mail.parts if part.get("stored")]
    kept = StoredFile.objects.filter(Q(pk__in=pks) | Q(pk=mail.stored_id), quarantined_at__isnull=False)
    return kept.exists() or mail.forms.filter(stored__quarantined_at__isnull=False).exists()
