"""Messages: kept whole first, then taken apart into forms; and what a person decides about them."""

import datetime as dt
import hashlib
import logging
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.files import actions as files
from tuanhoc.files.models import StoredFile
from tuanhoc.intake.mail import Mail, MailPart, NotAMail
from tuanhoc.intake.mail import read_mail as taken_apart
from tuanhoc.intake.models import FormFile, MailMessage
from tuanhoc.intake.rules import mailing
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import fold

from .uploads import file_name

log = logging.getLogger(__name__)
#: Who takes in what no person dropped.
MAILBOX = Actor(name="Hộp thư")


class MailDecided(Refusal):
    message = N_("Thư này vừa được xử lý ở một cửa sổ khác. Vui lòng tải lại trang.")


@dataclass(frozen=True, slots=True)
class Came:
    """By which way a message came: for a drop, also into which Week's inbox and whose."""

    via: str
    campaign: Campaign | None = None
    taken_in_by: RosterUnit | None = None
    #: when the mailbox's or our own server took it; None: as the message's headers say
    arrived_at: dt.datetime | None = None


def keep_mail(raw: bytes, came: Came, *, by: Actor, at: dt.datetime) -> tuple[MailMessage, bool]:
    """Keep a message with its attachments; return it, and whether it is new. The same one comes in once.

    What is no message at all is kept as well and said to be so. It is read by :mod:`mail_reading`.
    """
    try:
        mail, why = taken_apart(raw), []
    except NotAMail:
        mail, why = Mail("", "", "", (), "", None, None, "", ()), [["unreadable", ""]]
    raw_digest = hashlib.sha256(raw).hexdigest()
    identity = _identity(mail, raw_digest)
    known, is_elsewhere = _known(identity, raw_digest, came)
    if known is not None:
        return known, False
    if is_elsewhere and came.campaign is not None:
        # It is here for another Week, whose people are others.
        identity = hashlib.sha256(f"{identity} {came.campaign.pk}".encode()).hexdigest()
    try:
        with transaction.atomic():
            return _kept(mail, raw, why, came, identity=identity, raw_digest=raw_digest, by=by, at=at), True
    except IntegrityError:
        # It came twice at the same moment.
        known, _is_elsewhere = _known(identity, raw_digest, came)
        if known is None:
            raise
        return known, False


def _identity(mail: Mail, raw_digest: str) -> str:
    """Return what makes a message this one, whatever servers wrote above it on its way.

    A Message-ID alone is not enough: programs that give every letter the same one exist.
    """
    if not mail.message_id:
        return raw_digest
    digests = sorted(hashlib.sha256(part.data).hexdigest() for part in mail.files)
    said = "\n".join([mail.message_id, mail.sender, hashlib.sha256(mail.text.encode()).hexdigest(), *digests])
    return hashlib.sha256(said.encode()).hexdigest()


def _known(identity: str, raw_digest: str, came: Came) -> tuple[MailMessage | None, bool]:
    """Return the message as it is here already, and whether its identity is taken.

    One look answers both: a second one may see what came in between, and take it for another Week's.
    """
    here = list(MailMessage.objects.filter(Q(identity=identity) | Q(raw_sha256=raw_digest)).order_by("pk"))
    week = came.campaign.pk if came.campaign else None
    ours = (m for m in here if week is None or m.campaign_id == week or _may_be_for(m, week))
    return next(ours, None), any(m.identity == identity for m in here)


def _may_be_for(mail: MailMessage, week: int) -> bool:
    return mail.campaign_id is None and mail.may_be_for.filter(pk=week).exists()


def _kept(
    mail: Mail, raw: bytes, why: list[list[str]], came: Came,
    *, identity: str, raw_digest: str, by: Actor, at: dt.datetime,
) -> MailMessage:  # fmt: skip
    stored, refused = _stored(raw, at=at)
    message = MailMessage.objects.create(
        campaign=came.campaign,
        identity=identity,
        raw_sha256=raw_digest,
        message_id=mail.message_id,
        stored=stored,
        via=came.via,
        state=MailMessage.State.UNREADABLE if why else MailMessage.State.KEPT,
        sender=mail.sender[:320],
        sender_name=mail.sender_name,
        recipients=list(mail.recipients),
        subject=mail.subject,
        words=fold(f"{mail.sender_name} {mail.sender} {mail.subject}")[:1100],
        is_automatic=mail.is_automatic,
        is_doubted=mail.is_doubted,
        why=why or ([["quarantined" if stored else "not_kept", refused]] if refused else []),
        parts=[_listed(part, at=at) for part in mail.parts] + _text(mail, at=at) + _forwarders(mail),
        sent_at=mail.sent_at,
        received_at=mailing.received_at(came.arrived_at or mail.arrived_at, mail.sent_at, at=at),
        taken_at=at,
        taken_by=by.name,
        taken_in_by=came.taken_in_by,
    )
    journal.write(
        "intake.mail.keep", by=by, on=message, at=at,
        details={
            "sender": message.sender, "subject": message.subject, "via": message.via,
            **journal.change("state", journal.ABSENT, message.state),
        },
    )  # fmt: skip
    return message


def _stored(data: bytes, *, at: dt.datetime) -> tuple[StoredFile | None, str]:
    """Keep a letter or what hangs on it, in quarantine if need be; return it, and why it is there or is not kept."""
    try:
        stored, refusal = files.keep_or_quarantine(data, at=at)
    except files.InQuarantine as there:
        return StoredFile.objects.filter(sha256=hashlib.sha256(data).hexdigest()).first(), str(there)
    except Refusal as refused:
        return None, str(refused)[:300]
    return stored, str(refusal)[:300] if refusal else ""


def _listed(part: MailPart, *, at: dt.datetime) -> dict[str, Any]:
    listed = {
        "name": file_name(part.name) if part.name else "",
        "what": part.what,
        "bytes": len(part.data),
        "within": part.within[:200],
    }
    if part.what != "file":
        return listed
    stored, refused = _stored(part.data, at=at)
    return listed | ({"stored": stored.pk} if stored else {"refused": refused})


def _text(mail: Mail, *, at: dt.datetime) -> list[dict[str, Any]]:
    """Keep the message's own words: they may be the schedule themselves."""
    data = mail.text.encode("utf-8")
    stored, _ = _stored(data, at=at) if data else (None, "")
    return [{"name": "", "what": "text", "bytes": len(data), "within": "", "stored": stored.pk}] if stored else []


def _forwarders(mail: Mail) -> list[dict[str, Any]]:
    return [{"name": address, "what": "forwarded_from", "bytes": 0, "within": ""} for address in mail.forwarded_from]


def claim(pk: int, *, machine: dt.datetime) -> MailMessage | None:
    """Take a kept message to read it; None when it is read, or another worker is at it."""
    free = MailMessage.objects.unread().filter(Q(claimed_until=None) | Q(claimed_until__lt=machine), pk=pk)
    if not free.update(claimed_until=machine + mailing.LEASE, tries=F("tries") + 1):
        return None
    mail = MailMessage.objects.select_related("campaign__coordinator", "campaign__province", "taken_in_by").get(pk=pk)
    if mail.tries > mailing.MOST_TRIES:
        give_up(mail)
        return None
    return mail


def give_up(mail: MailMessage) -> None:
    """Leave a message that cannot be read to a person; its original stays."""
    MailMessage.objects.filter(pk=mail.pk, state=MailMessage.State.KEPT).update(
        state=MailMessage.State.UNREADABLE, why=[["failed", ""]], claimed_until=None
    )


@transaction.atomic
def choose_week(mail: MailMessage, campaign: Campaign, *, by: Actor, at: dt.datetime) -> None:
    """Say which Week a message is for; it is read anew with that Week's units.

    :raises MailDecided: it has a Week, by an earlier click.
    """
    moved = MailMessage.objects.filter(pk=mail.pk, campaign=None).update(
        campaign=campaign, state=MailMessage.State.KEPT, why=[["chosen", by.name]], claimed_until=None, tries=0
    )
    if not moved:
        raise MailDecided
    mail.refresh_from_db()
    told = journal.change("campaign", journal.ABSENT, campaign.code)
    journal.write("intake.mail.choose_week", by=by, on=mail, at=at, details=told)


@transaction.atomic
def put_aside(mail: MailMessage, *, not_a_form: bool, by: Actor, at: dt.datetime) -> None:
    """Put a message out of the way with the forms in it that wait; confirmed ones stay confirmed.

    :param not_a_form: because nothing in it is a form, which is said of it.
    :raises MailDecided: it is out of the way, or not read yet.
    """
    standing = MailMessage.objects.filter(
        pk=mail.pk, state__in=[MailMessage.State.READ, MailMessage.State.UNREADABLE, MailMessage.State.NO_FORM]
    )
    to = MailMessage.State.NO_FORM if not_a_form else MailMessage.State.SET_ASIDE
    why = [["not_a_form" if not_a_form else "set_aside", by.name]]
    if not standing.exclude(state=to).update(state=to, why=why, decided_at=at):
        raise MailDecided
    waiting = FormFile.objects.filter(mail=mail, state__in=[FormFile.State.READ, FormFile.State.UNREADABLE])
    moved = waiting.update(state=FormFile.State.SET_ASIDE, decided_at=at, version=F("version") + 1)
    before = mail.state
    mail.refresh_from_db()
    journal.write(
        "intake.mail.put_aside", by=by, on=mail, at=at,
        details={"why": why[0][0], "forms": moved, **journal.change("state", before, to)},
    )  # fmt: skip


@transaction.atomic
def take_up_mail(mail: MailMessage, *, by: Actor, at: dt.datetime) -> None:
    """Bring a message back that was put aside, with its forms; same content sent twice stays aside.

    :raises MailDecided: it is not put aside.
    """
    aside = [MailMessage.State.SET_ASIDE, MailMessage.State.NO_FORM, MailMessage.State.UNREADABLE]
    # Read anew: what it holds is found again where it lies, nothing comes twice.
    moved = MailMessage.objects.filter(pk=mail.pk, state__in=aside).update(
        state=MailMessage.State.KEPT, why=[], decided_at=None, claimed_until=None, tries=0
    )
    if not moved:
        raise MailDecided
    forms = FormFile.objects.filter(mail=mail, state=FormFile.State.SET_ASIDE, same_as=None)
    forms.filter(refused_because="").update(state=FormFile.State.READ, decided_at=None, version=F("version") + 1)
    forms.exclude(refused_because="").update(state=FormFile.State.UNREADABLE, decided_at=None, version=F("version") + 1)
    told = journal.change("state", mail.state, MailMessage.State.KEPT)
    mail.refresh_from_db()
    journal.write("intake.mail.take_up", by=by, on=mail, at=at, details=told)
