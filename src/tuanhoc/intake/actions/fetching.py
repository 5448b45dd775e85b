"""The mailbox: what units wrote to it is kept, then marked there."""

import datetime as dt
import logging
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError

from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.queries import is_past
from tuanhoc.intake.mail import imap
from tuanhoc.intake.models import MailMessage
from tuanhoc.lib.actor import Actor

from .mail_reading import take_mail
from .mails import Came

log = logging.getLogger(__name__)
#: Messages of one go; the rest comes at the next.
MOST = 100
#: Without a Week that is on, mail this old is looked at.
_BACK = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one look into the mailbox brought."""

    new: tuple[MailMessage, ...]
    known: tuple[MailMessage, ...]


def is_set() -> bool:
    """Whether a mailbox is named in the settings."""
    return bool(settings.IMAP_HOST)


def account() -> imap.Account:
    """Return the mailbox of the settings."""
    return imap.Account(
        settings.IMAP_HOST,
        settings.IMAP_PORT,
        settings.IMAP_USER,
        settings.IMAP_PASSWORD,
        settings.IMAP_FOLDER,
        settings.IMAP_SECURITY,
        settings.IMAP_CA_FILE,
        settings.IMAP_MOVE_TO,
    )


def look(*, seconds: float) -> None:
    """Open the mailbox and close it again. :raises MailboxClosed: unreachable, or it refuses us."""
    with imap.opened(account(), seconds=seconds):
        return


def fetch_mail(of: imap.Account, *, by: Actor, at: dt.datetime, machine: dt.datetime) -> Fetched:
    """Keep what is new in the mailbox, oldest first; each is marked there once it is kept for good.

    Killed between the two, the next look finds it here and only marks it. The worker reads what was kept.

    :raises MailboxNotSet: no mailbox is named. :raises MailboxClosed: unreachable, or it refuses us.
    """
    new: list[MailMessage] = []
    known: list[MailMessage] = []
    with imap.opened(of) as box:
        for letter in imap.letters(
            box, of, since=_since(at=at, machine=machine), most=MOST, most_bytes=settings.MAX_MAIL_BYTES
        ):
            came = Came(MailMessage.Via.IMAP, arrived_at=letter.arrived_at)
            try:
                mail, is_new = take_mail(letter.raw, came, by=by, at=at)
            except (OSError, DatabaseError):
                # Not the message's fault: the next look finds all of them.
                raise
            except Exception:
                # The wall between one strange message and the hundred behind it: it stays in the mailbox, unmarked.
                log.exception("message %s of the mailbox could not be kept", letter.uid)
                continue
            (new if is_new else known).append(mail)
            imap.mark(box, letter.uid, of)
    return Fetched(tuple(new), tuple(known))


def _since(*, at: dt.datetime, machine: dt.datetime) -> dt.date:
    """Return the day from which mail is looked at: an old mailbox is not read from its beginning.

    Of two Weeks that are on the one opened first counts: what its units wrote meanwhile is not passed over. One whose
    time is over and that nobody has closed does not count, or the mailbox would be read from years ago.
    """
    opened = Campaign.objects.filter(state=Campaign.State.OPEN, opened_at__isnull=False)
    days = [w.opened_at.date() - dt.timedelta(days=1) for w in opened if w.opened_at and not is_past(w, at=at)]
    return min(days, default=(machine - _BACK).date())
