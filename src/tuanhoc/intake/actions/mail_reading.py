"""A kept message becomes forms: for which Week, from which unit, its attachments or its own words."""

import datetime as dt
import logging
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q
from django_tasks import task

from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet
from tuanhoc.files import actions as files
from tuanhoc.files.models import StoredFile
from tuanhoc.intake.events import MailTaken
from tuanhoc.intake.models import MailMessage
from tuanhoc.intake.queries import mails as queries
from tuanhoc.intake.queries.forms import roster_of
from tuanhoc.intake.rules import mailing
from tuanhoc.intake.rules.matching import SURE, Roster
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.outbox import actions as outbox
from tuanhoc.web import clock

from .forms import Origin, Piles, Received, receive_one
from .mails import MAILBOX, Came, claim, give_up, keep_mail
from .understanding import understand
from .uploads import Upload, file_name, unpacked

log = logging.getLogger(__name__)
#: Words of a message shorter than this hold no schedule.
_SHORTEST_TEXT = 25


class NotKept(Refusal):
    message = N_("Tệp này không giữ được. %(why)s")


@transaction.atomic
def take_mail(raw: bytes, came: Came, *, by: Actor, at: dt.datetime) -> tuple[MailMessage, bool]:
    """Keep a message from outside; the worker reads it. When this returns and commits, the sender may forget it."""
    mail, new = keep_mail(raw, came, by=by, at=at)
    if new and mail.state == MailMessage.State.KEPT:
        read_kept_mail.enqueue(mail.pk)
    return mail, new


def drop_mail(
    raw: bytes, came: Came, *, by: Actor, at: dt.datetime, machine: dt.datetime
) -> tuple[MailMessage, Received | None]:
    """Keep a message somebody dropped and read it at once; None for one that was here already."""
    mail, new = keep_mail(raw, came, by=by, at=at)
    if not new and mail.state != MailMessage.State.KEPT:
        return mail, None
    claimed = claim(mail.pk, machine=machine)
    if claimed is None:
        return mail, Received((), (), ()) if new else None
    return claimed, read_mail(claimed, by=by, at=at)


@task()
def read_kept_mail(mail_id: int) -> str:
    """Read one kept message; bears any number of runs."""
    mail = claim(mail_id, machine=clock.machine())
    if mail is None:
        return "nothing to do"
    read_mail(mail, by=MAILBOX, at=clock.now())
    return mail.state


def read_waiting(*, at: dt.datetime, machine: dt.datetime, most: int = 50) -> int:
    """Read messages that were kept and whose reading was lost on the way; return how many."""
    lost = MailMessage.objects.unread().exclude(claimed_until__gte=machine).order_by("pk")
    count = 0
    for pk in list(lost.values_list("pk", flat=True)[:most]):
        # Each is claimed when it is its turn: a worker killed at one takes no try from those behind it.
        mail = claim(pk, machine=machine)
        if mail is not None:
            read_mail(mail, by=MAILBOX, at=at)
            count += 1
    return count


def read_mail(mail: MailMessage, *, by: Actor, at: dt.datetime) -> Received:
    """Take a claimed message's forms in. One that our own mistake stops is left to a person, its original kept."""
    piles = Piles()
    try:
        chosen = _week(mail)
        if mail.campaign is not None:
            _take_forms(mail, mail.campaign, piles, by=by, at=at)
        _finish(mail, chosen, by=by, at=at)
    except Exception:
        # The wall between one strange message and the hundred behind it; the log keeps what went wrong.
        log.exception("message %s could not be read", mail.pk)
        give_up(mail)
        mail.refresh_from_db()
    return piles.received()


def _week(mail: MailMessage) -> mailing.Choice | None:
    """Find out which Week the message is for, unless that is said; set it on ``mail``."""
    if mail.campaign is not None:
        return None
    weeks = queries.open_weeks()
    choice = mailing.week_by_address(weeks, recipients=mail.recipients, subject=mail.subject)
    if choice is None:
        units = _expecting(mail, weeks) if len(weeks) > 1 else {}
        choice = mailing.week_of(weeks, units=units, received_at=mail.received_at)
    if choice.pk is not None:
        mail.campaign = Campaign.objects.select_related("coordinator", "province").get(pk=choice.pk)
    return choice


def _expecting(mail: MailMessage, weeks: list[mailing.OpenWeek]) -> dict[int, str]:
    """Return the Weeks that expect the unit the message is from, by its sender, else by its first file."""
    by_sender = {}
    for week in weeks:
        if found := queries.sender_in(week.pk, mail).direct:
            by_sender[week.pk] = RosterUnit.objects.values_list("name", flat=True).get(pk=found[0])
    first = next(_uploads(mail), None)
    if by_sender or first is None or first.refused:
        return by_sender
    by_paper = {}
    for campaign in Campaign.objects.select_related("province").filter(pk__in=[week.pk for week in weeks]):
        roster = roster_of(campaign, RosterUnit.objects.filter(campaign=campaign))
        match = understand(campaign, first.data, first.name, roster).match
        if match.pk is not None and match.score >= SURE:
            by_paper[campaign.pk] = RosterUnit.objects.values_list("name", flat=True).get(pk=match.pk)
    return by_paper


def _take_forms(mail: MailMessage, campaign: Campaign, piles: Piles, *, by: Actor, at: dt.datetime) -> None:
    roster = roster_of(campaign, _among(mail, campaign))
    sender = queries.sender_in(campaign.pk, mail)
    origin = Origin(mail.taken_in_by, mail.received_at, mail, sender)
    rows = 0
    for part in mail.parts:
        if part["what"] != "file":
            continue
        part["forms"] = []
        for upload in unpacked([_upload(part)]):
            form, new = receive_one(campaign, upload, roster, origin, by=by, at=at)
            # Found again by the same message, it is not "sent again".
            pile = piles.put(form, new or form.mail_id == mail.pk)
            part["forms"].append({"form": form.pk, "pile": pile, "name": upload.name[:200]})
            rows += form.row_count
    if not rows:
        _take_text(mail, campaign, roster, origin, piles, by=by, at=at)


def _among(mail: MailMessage, campaign: Campaign) -> RosterUnitQuerySet:
    """Return the units whose forms a message may hold: all, or what the district that dropped it looks after."""
    units = RosterUnit.objects.filter(campaign=campaign)
    district = mail.taken_in_by
    if district is None:
        return units
    return units.filter(Q(pk=district.pk) | Q(reviewer__path__startswith=district.path))


def _take_text(
    mail: MailMessage, campaign: Campaign, roster: Roster, origin: Origin, piles: Piles, *, by: Actor, at: dt.datetime
) -> None:
    """Take the message's own words for a form when they hold a schedule: an activity with its day."""
    for part in mail.parts:
        if part["what"] != "text" or part["bytes"] < _SHORTEST_TEXT:
            continue
        upload = _upload(part | {"name": file_name(f"{mail.subject[:120] or 'Nội dung thư'}.txt")})
        reading = understand(campaign, upload.data, upload.name, roster, origin.sender).reading
        if any(row["date_from"] and row["content"] for row in reading.get("rows", ())):
            form, new = receive_one(campaign, upload, roster, origin, by=by, at=at)
            pile = piles.put(form, new or form.mail_id == mail.pk)
            part["forms"] = [{"form": form.pk, "pile": pile, "name": ""}]


def _uploads(mail: MailMessage) -> Iterator[Upload]:
    for part in mail.parts:
        if part["what"] == "file":
            yield from unpacked([_upload(part)])


def _upload(part: dict[str, Any]) -> Upload:
    name = part["name"] or "tep"
    if "stored" not in part:
        return Upload(name, b"", NotKept(why=part.get("refused", "")))
    # Whatever it is: it is scanned and read within limits, and its form says what came of it.
    return Upload(name, files.contents_in_quarantine(StoredFile.objects.get(pk=part["stored"])))


@transaction.atomic
def _finish(mail: MailMessage, chosen: mailing.Choice | None, *, by: Actor, at: dt.datetime) -> None:
    found = any(part.get("forms") for part in mail.parts)
    mail.state = MailMessage.State.READ if found or mail.campaign is None else MailMessage.State.NO_FORM
    said = [[chosen.code, chosen.quoted]] if chosen else []
    mail.why = [*(why for why in mail.why if why[0] in {"not_kept", "chosen"}), *said]
    if mail.state == MailMessage.State.NO_FORM:
        mail.why.append(["no_form", ""])
    mail.claimed_until = None
    mail.save(update_fields=["campaign", "state", "why", "parts", "claimed_until"])
    mail.may_be_for.set(queries.weeks_to_ask() if mail.campaign is None else [])
    journal.write(
        "intake.mail.read", by=by, on=mail, at=at,
        details={
            "campaign": mail.campaign.code if mail.campaign else "",
            **journal.change("state", MailMessage.State.KEPT, mail.state),
        },
    )  # fmt: skip
    if mail.via != MailMessage.Via.DROP and mail.campaign is not None:
        outbox.record(MailTaken(mail_id=mail.pk), at=at)
