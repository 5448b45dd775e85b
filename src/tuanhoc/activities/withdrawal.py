"""Taking a handing-in back before anybody has looked at it. A part of ``activities.actions``."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.outbox import actions as outbox

from .events import SubmissionWithdrawn
from .locking import refuse_when_locked
from .models import Registration, State


class LookedAtAlready(Refusal):
    message = N_(
        "Bản đăng ký đã được xem hoặc đã thay đổi sau đó, nên không đưa về như cũ được. "
        "Nếu cần sửa, vui lòng trả lại bản đăng ký kèm lý do."
    )


@transaction.atomic
def withdraw_submission(
    registration: Registration,
    *,
    version: int,
    on_behalf: bool,
    by: Actor,
    at: dt.datetime,
    arrived_at: dt.datetime | None = None,
) -> None:
    """Take the last handing-in back: the registration is what it was before, a draft or returned.

    The submission and its receipt stay in the history, marked withdrawn, so that its number is never
    given to anything else.

    :param version: the registration's version right after it was handed in.
    :param on_behalf: whether what it held before had been entered for the unit by somebody else.
    :param arrived_at: when what was handed in came, if earlier than it was written.
    :raises LookedAtAlready: somebody reviewed or changed it since, or the signed scan came.
    :raises UnitLocked: the unit could not hand it in again.
    """
    refuse_when_locked(registration.host, state=registration.state, by=by, at=at, arrived_at=arrived_at)
    waiting = Registration.objects.filter(
        pk=registration.pk, state=State.SUBMITTED, version=version, signed_scan__isnull=True
    )
    standing = registration.submissions.filter(withdrawn_at=None).order_by("-pk")
    last, earlier = [*standing[:2], None, None][:2]
    if last is None:
        raise LookedAtAlready
    # An earlier handing-in that stands can only have been given back: it was editable again.
    moved = waiting.update(
        state=State.RETURNED if earlier else State.DRAFT,
        submitted_at=earlier.submitted_at if earlier else None,
        is_late=earlier.is_late if earlier else False,
        entered_on_behalf=on_behalf,
        version=F("version") + 1,
    )
    if not moved:
        raise LookedAtAlready
    last.withdrawn_at = at
    last.save(update_fields=["withdrawn_at"])
    registration.refresh_from_db()
    journal.write(
        "activities.registration.withdraw", by=by, on=registration, unit_path=registration.host.path, at=at,
        details={"number": last.number, **journal.change("state", State.SUBMITTED, registration.state)},
    )  # fmt: skip
    outbox.record(SubmissionWithdrawn(registration_id=registration.pk, submission_id=last.pk), at=at)


class NotNil(Refusal):
    message = N_("Lịch này không còn ở trạng thái “không có hoạt động”.")


@transaction.atomic
def withdraw_nil(registration: Registration, *, by: Actor, at: dt.datetime) -> None:
    """Let a unit that had nothing to register begin after all; its word stays in the journal.

    :raises NotNil: it says so no more. :raises UnitLocked: the unit could not hand in any more.
    """
    refuse_when_locked(registration.host, state=registration.state, by=by, at=at)
    before = registration.nil_reason
    moved = Registration.objects.filter(pk=registration.pk, state=State.NIL).update(
        state=State.DRAFT, submitted_at=None, is_late=False, nil_reason="", version=F("version") + 1
    )
    if not moved:
        raise NotNil
    registration.refresh_from_db()
    journal.write(
        "activities.registration.nil_withdraw", by=by, on=registration, unit_path=registration.host.path, at=at,
        details={"reason": before, **journal.change("state", State.NIL, State.DRAFT)},
    )  # fmt: skip
