"""Who phoned when a registration is entered for its unit. A part of ``activities.actions``."""

import datetime as dt

from django.db import transaction

from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.lengths import refuse_longer
from tuanhoc.lib.refusal import N_, Refusal

from .models import BehalfEntry, Registration, State

#: letters of what was asked on the telephone
LONGEST_WORDS = 500


class NobodyPhoned(Refusal):
    message = N_("Vui lòng ghi họ tên người đã gọi.")


class PhonedInFuture(Refusal):
    message = N_("Giờ gọi còn ở phía trước. Vui lòng xem lại.")


class NotToBeEntered(Refusal):
    message = N_("Lịch của đơn vị đã nộp, không nhập hộ được nữa. Nếu cần sửa, vui lòng trả lại kèm lý do.")


@transaction.atomic
def enter_on_behalf(
    registration: Registration,
    *,
    caller_name: str,
    caller_phone: str = "",
    called_at: dt.datetime,
    words: str = "",
    by: Actor,
    at: dt.datetime,
) -> BehalfEntry:
    """Note who asked by telephone to have the unit's rows entered; from here on the registration is marked so.

    :raises NobodyPhoned: without a name. :raises PhonedInFuture: the call would be after ``at``.
    :raises NotToBeEntered: it was handed in. :raises TooManyLetters: of ``words``.
    """
    if not caller_name.strip():
        raise NobodyPhoned
    if called_at > at:
        raise PhonedInFuture
    refuse_longer(words, LONGEST_WORDS, N_("Lời dặn"))
    before = registration.entered_on_behalf
    moved = Registration.objects.filter(pk=registration.pk, state__in=[State.DRAFT, State.RETURNED]).update(
        entered_on_behalf=True
    )
    if not moved:
        raise NotToBeEntered
    registration.refresh_from_db()
    entry = BehalfEntry.objects.create(
        registration=registration, caller_name=caller_name.strip()[:120], caller_phone=caller_phone.strip()[:40],
        called_at=called_at, words=words.strip(), entered_at=at, by_name=by.name[:200],
    )  # fmt: skip
    journal.write(
        "activities.registration.behalf", by=by, on=registration, unit_path=registration.host.path, at=at,
        details={
            "caller": entry.caller_name, "called_at": called_at.isoformat(),
            **journal.change("entered_on_behalf", before, True),
        },
    )  # fmt: skip
    return entry
