"""A draft is handed to the unit's head, taken back, or given back with words. A part of ``activities.actions``."""

import datetime as dt

from django.db import IntegrityError, transaction

from tuanhoc.accounts import actions as accounts
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor, Role
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.outbox import actions as outbox

from . import rules
from .events import GivenBackByHead, HandedToHead
from .locking import refuse_when_locked
from .models import HeadConfirmation, Registration, State, Submission
from .queries import drafts_of


class NothingToHandUp(Refusal):
    message = N_("Lịch chưa có hoạt động nào để trình.")


class NotADraft(Refusal):
    message = N_("Lịch đã nộp nên không cần trình nữa.")


class HandedUpAlready(Refusal):
    message = N_("Lịch này đang trình thủ trưởng. Muốn trình người khác, vui lòng lấy lại trước.")


class AnsweredAlready(Refusal):
    message = N_("Việc trình này đã được trả lời hoặc đã lấy lại.")


class ChangedSinceShown(Refusal):
    message = N_("Lịch vừa được sửa. Bản mới hiện ra dưới đây: vui lòng xem lại rồi đồng ý.")


class SayWhatToChange(Refusal):
    message = N_("Vui lòng ghi cần sửa gì, để chuyên viên biết.")


class HeadHasNoName(Refusal):
    message = N_("Vui lòng ghi họ tên thủ trưởng.")


@transaction.atomic
def hand_to_head(
    registration: Registration, *, head_name: str, head_email: str = "", by: Actor, at: dt.datetime
) -> HeadConfirmation:
    """Hand the draft as it stands to the head; with an address the head's own link goes there by mail.

    The registration stays a draft: handing up is a fact beside the state. Links of an earlier handing-up end: it may
    have gone to another head, who would agree in this one's name.

    :raises HeadHasNoName: nobody to hand it to. :raises NothingToHandUp: no activity is written.
    :raises NotADraft: it was handed in. :raises UnitLocked: nothing could come of it.
    :raises HandedUpAlready: to somebody who has not answered.
    """
    if not head_name.strip():
        raise HeadHasNoName
    held = Registration.objects.select_for_update(of=("self",)).select_related("host").get(pk=registration.pk)
    if held.state not in {State.DRAFT, State.RETURNED}:
        raise NotADraft
    refuse_when_locked(held.host, state=held.state, by=by, at=at)
    rows = drafts_of(held)
    if not rows:
        raise NothingToHandUp
    try:
        with transaction.atomic():
            made = HeadConfirmation.objects.create(
                registration=held, sha256=rules.receipt_digest(rows), head_name=head_name.strip()[:120],
                head_email=head_email, handed_up_at=at, by_name=by.name[:200],
            )  # fmt: skip
    except IntegrityError as error:
        raise HandedUpAlready from error
    _end_links(held, by=by, at=at)
    _write(
        made, "hand_up", by=by, at=at, details={"head": made.head_name, "sha256": made.sha256}, before=journal.ABSENT
    )
    outbox.record(HandedToHead(confirmation_id=made.pk), at=at)
    return made


@transaction.atomic
def take_back_from_head(confirmation: HeadConfirmation, *, by: Actor, at: dt.datetime) -> None:
    """Take a draft back before the head has answered; the head's link ends.

    :raises AnsweredAlready: the head was quicker, or by an earlier click.
    """
    answer(confirmation, HeadConfirmation.State.TAKEN_BACK, at=at)
    _end_links(confirmation.registration, by=by, at=at)
    _write(confirmation, "take_back", by=by, at=at, details={"head": confirmation.head_name})


@transaction.atomic
def give_back_by_head(confirmation: HeadConfirmation, *, words: str, by: Actor, at: dt.datetime) -> None:
    """Give it back to the officer with what should be changed.

    :raises SayWhatToChange: without words nobody knows. :raises AnsweredAlready: as above.
    """
    if not words.strip():
        raise SayWhatToChange
    answer(confirmation, HeadConfirmation.State.GIVEN_BACK, at=at, words=words.strip())
    _write(confirmation, "give_back", by=by, at=at, details={"words": confirmation.words})
    outbox.record(GivenBackByHead(confirmation_id=confirmation.pk), at=at)


def answer(
    confirmation: HeadConfirmation,
    to: HeadConfirmation.State,
    *,
    at: dt.datetime,
    words: str = "",
    submission: Submission | None = None,
) -> None:
    """Move a waiting confirmation on; of two answers at once, one wins.

    :raises AnsweredAlready: it does not wait any more.
    """
    waiting = HeadConfirmation.objects.filter(pk=confirmation.pk, state=HeadConfirmation.State.WAITING)
    if not waiting.update(state=to, answered_at=at, words=words, submission=submission):
        raise AnsweredAlready
    confirmation.refresh_from_db()


def _end_links(registration: Registration, *, by: Actor, at: dt.datetime) -> None:
    host = registration.host
    accounts.revoke_links(host.unit, campaign_id=host.campaign_id, role=Role.HEAD, by=by, at=at)


def _write(
    confirmation: HeadConfirmation,
    what: str,
    *,
    by: Actor,
    at: dt.datetime,
    details: dict[str, object],
    before: str = HeadConfirmation.State.WAITING,
) -> None:
    registration = confirmation.registration
    journal.write(
        f"activities.head.{what}", by=by, on=registration, unit_path=registration.host.path, at=at,
        details={**details, **journal.change("head_state", before, confirmation.state)},
    )  # fmt: skip
