"""The post: takes one message, hands it to the mail server, writes down what became of it.

Run as a Django task, so that the queue, its order and its deferral are a kept library's. What a
library cannot know is ours and small: when to try again, and that no two workers send one message.
"""

import datetime as dt
import logging
import smtplib
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django_tasks import task
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from tuanhoc.accounts import actions as accounts
from tuanhoc.activities.models import HeadConfirmation
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import N_
from tuanhoc.lib.sentences import stored
from tuanhoc.web import clock
from tuanhoc.web.watching import about

from . import digest, queries, rules
from .declining import decline_address
from .models import ClosedAddress, Message

log = logging.getLogger(__name__)
_SALT = "tuanhoc.notices.message-id"


@task()
def send_message(message_id: int) -> str:
    """Send one message unless it is sent or being sent; return its state. Bears any number of runs."""
    # Whatever is logged meanwhile says which row it was about; never to whom.
    with about(f"message:{message_id}"):
        became = _sent_or_not(message_id)
        log.info("message %s", became, extra={"message_row": message_id})
    return became


def enqueue_each(message_ids: Sequence[int], *, run_after: dt.datetime) -> None:
    """Enqueue a task for each message, in this order. One statement where the queue is in the database.

    The library has no call for many: its rows are made as its own backend makes one (``_task_to_db_task``).
    """
    later = send_message.using(run_after=run_after)
    if not isinstance(later.get_backend(), DatabaseBackend):
        for pk in message_ids:
            later.enqueue(pk)
        return
    DBTaskResult.objects.bulk_create(
        DBTaskResult(
            args_kwargs={"args": [pk], "kwargs": {}}, priority=later.priority, task_path=later.module_path,
            queue_name=later.queue_name, run_after=run_after, backend_name=later.backend,
        )
        for pk in message_ids
    )  # fmt: skip


def _sent_or_not(message_id: int) -> str:
    claimed = claim(message_id, at=clock.machine())
    if claimed is None:
        return "nothing to do"
    try:
        _hand_over(claimed)
    except NoLongerNeeded as dropped:
        _write(claimed, state=Message.State.DROPPED, failed_because=truly(claimed, dropped.why))
        return "dropped"
    except Exception as error:
        return _not_sent(claimed, error)
    _write(claimed, state=Message.State.SENT, sent_at=clock.now(), failed_because="", may_have_left=False)
    # What was refused once and is taken now, is open again; what was taken once and came back, is not.
    ClosedAddress.objects.filter(address=claimed.to.lower(), why=ClosedAddress.Why.REFUSED).delete()
    return "sent"


def sent_at_once(message: Message, mail: EmailMessage) -> bool:
    """Hand over a letter that somebody waits for, its row being ours; write down what became of it. Never tried again.

    That one of these was not taken says nothing of its address: whoever asked may have typed anything.
    """
    mail.extra_headers |= {"Message-ID": message_id_of(message), "Auto-Submitted": "auto-generated"}
    try:
        _give(message, mail)
    except Exception as error:
        log.warning("sign-in letter not sent: %s", type(error).__name__, extra={"message_row": message.pk})
        why, _final = _reason(error)
        _write(message, state=Message.State.FAILED, failed_because=truly(message, why))
        return False
    _write(message, state=Message.State.SENT, sent_at=clock.now(), may_have_left=False)
    return True


def claim(message_id: int, *, at: dt.datetime) -> Message | None:
    """Take the message for a while, counting the try; None when it is not free."""
    # One conditional UPDATE: of two workers, one gets it. A worker killed at work loses it when the lease ends.
    until = at + rules.LEASE
    taken = (
        Message.objects.free(at=at)
        .filter(pk=message_id)
        .update(
            state=Message.State.SENDING, claimed_until=until, tries=F("tries") + 1, may_have_left=cut_off_or_before()
        )
    )
    return Message.objects.select_related("campaign", "host__unit").get(pk=message_id) if taken else None


def cut_off_or_before() -> Case:
    """Return what ``may_have_left`` becomes when messages are taken from their workers: nobody wrote what they did."""
    return Case(When(state=Message.State.SENDING, then=Value(True)), default=F("may_have_left"))


def message_id_of(message: Message) -> str:
    """Return the Message-ID: the same for every try, so that mail programs fold repeats into one.

    Made with the installation's key: a report that a letter came back is believed by it, and what a letter is about
    can be guessed.
    """
    made = salted_hmac(_SALT, message.about, algorithm="sha256").hexdigest()[:32]
    return f"<{made}@{urlsplit(settings.SITE_URL).hostname}>"


class LinkWouldBeClosed(Exception):
    """The link in the message would no longer open."""


class NoLongerNeeded(Exception):
    """What the message asks for has been done, its receiver asked for no more, or is nobody to write to any more."""

    why = N_("Khi thư sắp đi, đơn vị đã gửi lịch, hoặc người nhận đã xin thôi nhận hay đã có thư mới hơn.")


class NotTheirContact(NoLongerNeeded):
    """The address has left the unit's list of contacts: who had it has no business with the unit's link."""

    why = N_(
        "Khi thư sắp đi, địa chỉ này không còn trong danh sách đầu mối của đơn vị. Nếu đầu mối đã đổi, vui lòng gửi "
        "liên kết cho đầu mối mới từ trang của đơn vị."
    )


class WeekClosedSince(NoLongerNeeded):
    """A reminder was pressed before its Week was closed."""

    why = N_("Khi thư sắp đi, đợt đã đóng: không nhắc nữa.")


class OfThatMoment(NoLongerNeeded):
    """A letter of the sign-in pages, whose code nobody has any more."""

    why = N_("Mã hoặc liên kết trong thư chỉ dùng được lúc đó; ai còn cần thì yêu cầu lại ở trang đăng nhập.")


_MAY_HAVE_LEFT = stored(N_("Một lần gửi trước bị ngắt giữa chừng nên thư có thể đã đi. %(why)s"))
_NO_CONNECTION = stored(N_("Không kết nối được máy chủ thư. (%(what)s)"))


def _hand_over(message: Message) -> None:
    if message.about.startswith(rules.SIGN_IN):
        raise OfThatMoment
    # Asked at every try, and before a link is made: the list may have changed since the letter was written.
    if not queries.is_still_theirs(message):
        raise NotTheirContact
    hosts: Sequence[RosterUnit | None] = _renewed(message) if message.is_reminder else [message.host]
    body = message.body
    if message.carries_link:
        for host in hosts:
            body = body.replace(rules.LINK_MARK, _fresh_link(message, host), 1 if message.is_reminder else -1)
    headers = {"Message-ID": message_id_of(message), "Auto-Submitted": "auto-generated"}
    if message.is_reminder and message.campaign_id:
        decline = decline_address(message.campaign_id, message.to)
        body = body.replace(rules.DECLINE_MARK, decline)
        # RFC 8058: a mail program's own button, answered without a page.
        headers |= {"List-Unsubscribe": f"<{decline}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    _give(message, EmailMessage(message.subject, body, to=[message.to], headers=headers))


def _give(message: Message, mail: EmailMessage) -> None:
    # Opened first: what fails before the letter is handed over has certainly not left.
    with get_connection() as mail.connection:
        try:
            mail.send()
        except (smtplib.SMTPServerDisconnected, ConnectionError, TimeoutError):
            message.may_have_left = True
            raise


def _renewed(message: Message) -> Sequence[RosterUnit]:
    """Write a reminder anew, so that it is true when it leaves; return the units whose links it carries.

    :raises NoLongerNeeded: none of its units is to be reminded. :raises WeekClosedSince: nor anybody else.
    """
    if message.campaign is not None and message.campaign.state == Campaign.State.CLOSED:
        raise WeekClosedSince
    leaving = digest.refreshed(message, at=clock.now())
    if leaving is None:
        raise NoLongerNeeded
    message.subject, message.body = leaving.letter.subject[:200], leaving.letter.body
    message.carries_link = leaving.letter.carries_link
    Message.objects.filter(pk=message.pk).update(
        subject=message.subject, body=message.body, carries_link=message.carries_link
    )
    return leaving.hosts


def _fresh_link(message: Message, host: RosterUnit | None) -> str:
    if message.campaign is None or host is None:
        raise ValueError("a message with a link is about a unit in a campaign")
    at = clock.now()
    expires_at = message.campaign.links_close_at
    role = Role(message.link_role)
    if role is Role.HEAD and not _waits_for_the_head(message):
        # Asked once more, and answered meanwhile: nothing has failed.
        raise NoLongerNeeded if message.about.startswith("head-again:") else LinkWouldBeClosed
    if expires_at <= at:
        raise LinkWouldBeClosed
    signed = accounts.make_link(
        host.unit,
        campaign_id=message.campaign.pk,
        expires_at=expires_at,
        role=role,
        holder=message.receiver,
        by=SYSTEM,
        at=at,
    )
    return settings.SITE_URL + reverse("accounts:link", args=[signed])


def _waits_for_the_head(message: Message) -> bool:
    """Whether the very handing-up the message was written for waits: another head may have it by now."""
    pk = whole(message.about.split(":")[-2]) or 0
    return HeadConfirmation.objects.filter(pk=pk, state=HeadConfirmation.State.WAITING).exists()


def _not_sent(message: Message, error: Exception) -> str:
    why, final = _reason(error)
    if final and isinstance(error, smtplib.SMTPRecipientsRefused):
        _close(message.to, why)
    again_at = None if final else rules.next_try(message.tries, at=clock.machine())
    with transaction.atomic():
        if again_at is None:
            _write(message, state=Message.State.FAILED, failed_because=truly(message, why))
            return "failed"
        if _write(message, state=Message.State.QUEUED, failed_because=why, due_at=again_at):
            send_message.using(run_after=again_at).enqueue(message.pk)
    return "again later"


def _close(to: str, said: str) -> None:
    """Remember that a mail server refuses this address for good: reminders go another way until somebody mends it."""
    ClosedAddress.objects.get_or_create(
        address=to.lower(), campaign=None,
        defaults={"why": ClosedAddress.Why.REFUSED, "said": said, "closed_at": clock.now()},
    )  # fmt: skip


def _reason(error: Exception) -> tuple[str, bool]:
    """Return why in words a coordinator can use, and whether waiting will not help."""
    if isinstance(error, LinkWouldBeClosed):
        return N_("Liên kết riêng trong thư không còn mở được: đợt đã kết thúc, hoặc việc trình đã lấy lại."), True
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return _said(code, said), rules.is_final(code)
    if isinstance(error, smtplib.SMTPResponseException):
        # A refused sender or a refused sign-in is ours to mend: the same message can leave afterwards.
        ours = isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError)
        return _said(error.smtp_code, error.smtp_error), rules.is_final(error.smtp_code) and not ours
    if isinstance(error, OSError | smtplib.SMTPException):
        return _NO_CONNECTION % {"what": type(error).__name__}, False
    return f"{type(error).__name__}: {error}"[:500], False


def truly(message: Message, why: str) -> str:
    """Return why a message is not sent (any more), with what is not known of an earlier try."""
    return _MAY_HAVE_LEFT % {"why": why} if message.may_have_left else why


def _said(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {text}"[:500]


def _write(message: Message, **fields: object) -> bool:
    """Write the outcome, unless the lease ended meanwhile and somebody else has the message."""
    mine = Message.objects.filter(pk=message.pk, state=Message.State.SENDING, claimed_until=message.claimed_until)
    return bool(mine.update(claimed_until=None, **{"may_have_left": message.may_have_left} | fields))
