"""A mailbox read by IMAP: messages one by one, left unread, marked only when told that they are kept."""

import datetime as dt
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from imaplib import IMAP4

from imap_tools import AND, NOT, BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted

from tuanhoc.lib.refusal import N_, Refusal

#: Our mark on a message that is kept: people read the same mailbox, so that "seen" says nothing.
KEPT = "TuanHoc"
_TIMEOUT = 30
#: What a server, or the way to it, may do to us.
_TROUBLES = (OSError, IMAP4.error, ImapToolsError)


class MailboxNotSet(Refusal):
    message = N_("Chưa khai báo hộp thư (TUANHOC_IMAP_HOST).")


class MailboxClosed(Refusal):
    message = N_("Không mở được hộp thư %(user)s ở %(host)s: %(why)s")


@dataclass(frozen=True, slots=True)
class Account:
    """Where a mailbox is and how it is opened. ``security``: tls, starttls or none."""

    host: str
    port: int
    user: str
    password: str
    folder: str = "INBOX"
    security: str = "tls"
    ca_file: str = ""
    move_to: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of a mailbox, whole up to a limit. ``arrived_at``: when its server took it."""

    uid: str
    raw: bytes
    arrived_at: dt.datetime | None


@contextmanager
def opened(account: Account, *, seconds: float = _TIMEOUT) -> Iterator[BaseMailBox]:
    """Open the mailbox's folder. :raises MailboxClosed: unreachable, or it refuses us. ``seconds``: for each step."""
    if not account.host:
        raise MailboxNotSet
    with _speaking_with(account):
        box = _box(account, seconds)
        box.login(account.user, account.password, initial_folder=account.folder)
    try:
        yield box
    finally:
        # A server that is gone needs no goodbye.
        with suppress(*_TROUBLES):
            box.logout()


@contextmanager
def _speaking_with(account: Account) -> Iterator[None]:
    try:
        yield
    except _TROUBLES as error:
        why = str(error)[:200] or type(error).__name__
        raise MailboxClosed(user=account.user, host=account.host, why=why) from error


def _box(account: Account, seconds: float) -> BaseMailBox:
    if account.security == "none":
        return MailBoxUnencrypted(account.host, account.port, timeout=seconds)
    context = ssl.create_default_context(cafile=account.ca_file or None)
    if account.security == "starttls":
        return MailBoxStartTls(account.host, account.port, timeout=seconds, ssl_context=context)
    return MailBox(account.host, account.port, timeout=seconds, ssl_context=context)


def letters(box: BaseMailBox, account: Account, *, since: dt.date, most: int, most_bytes: int) -> Iterator[Letter]:
    """Yield the messages that bear no mark of ours and came on ``since`` or later, oldest first.

    :raises MailboxClosed: the server is gone in between.
    """
    with _speaking_with(account):
        uids = sorted(box.uids(AND(NOT(keyword=KEPT), date_gte=since, deleted=False)), key=int)[:most]
    for uid in uids:
        with _speaking_with(account):
            status, answer = box.client.uid("FETCH", uid, f"(INTERNALDATE BODY.PEEK[]<0.{most_bytes}>)")
        pair = next((part for part in answer if isinstance(part, tuple)), None)
        if status == "OK" and pair is not None:
            said = b" ".join(part if isinstance(part, bytes) else part[0] for part in answer)
            yield Letter(uid, bytes(pair[1]), _internal_date(said))


def _internal_date(answer: bytes) -> dt.datetime | None:
    text = answer.decode("ascii", "replace").partition('INTERNALDATE "')[2].partition('"')[0].strip()
    try:
        # "28-Sep-2022 09:30:00 +0700" is a date of mail but for its dashes.
        return parsedate_to_datetime(text.replace("-", " ", 2))
    except (ValueError, TypeError):
        return None


def mark(box: BaseMailBox, uid: str, account: Account) -> None:
    """Mark a message as kept, or move it where kept ones go; only after it is kept for good.

    :raises MailboxClosed: the server is gone; the next look finds the message kept and marks it.
    """
    with _speaking_with(account):
        box.flag(uid, [KEPT], True)
        if account.move_to:
            if not box.folder.exists(account.move_to):
                box.folder.create(account.move_to)
            box.move(uid, account.move_to)
