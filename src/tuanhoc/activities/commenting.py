"""What the unit and whoever looks at it say to each other about a row. A part of ``activities.actions``."""

import datetime as dt
import uuid

from django.db import transaction

from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.outbox import actions as outbox

from .events import RowCommented
from .models import Registration, RowComment

#: Comments on one registration at most, and characters of one.
MOST = 500
LONGEST = 1000


class NothingSaid(Refusal):
    message = N_("Vui lòng ghi nội dung trao đổi.")


class NoSuchRow(Refusal):
    message = N_("Dòng này không còn trong lịch. Các trao đổi cũ vẫn được giữ ở cuối trang.")


class TooMuchSaid(Refusal):
    message = N_("Lịch này đã có nhiều trao đổi. Vui lòng gọi điện cho nhau để thống nhất.")


@transaction.atomic
def write_comment(
    registration: Registration, uid: uuid.UUID, text: str, *, by_reviewer: bool, by: Actor, at: dt.datetime
) -> RowComment:
    """Say something about a row, to the other side; a settled thread is open again.

    :param by_reviewer: said by who looks at the registration, to the unit; otherwise the other way round.
    :raises NothingSaid: without words. :raises NoSuchRow: the row was taken out. :raises TooMuchSaid: see :data:`MOST`.
    """
    words = text.strip()[:LONGEST]
    if not words:
        raise NothingSaid
    row = registration.activities.filter(uid=uid).first()
    if row is None:
        raise NoSuchRow
    said = RowComment.objects.filter(registration=registration).count()
    if said >= MOST:
        raise TooMuchSaid
    RowComment.objects.filter(registration=registration, activity_uid=uid).update(resolved_at=None, resolved_by="")
    comment = RowComment.objects.create(
        registration=registration, activity_uid=uid, row_words=(row.content or row.place)[:120], text=words,
        by_reviewer=by_reviewer, by_name=by.name, written_at=at,
    )  # fmt: skip
    journal.write(
        "activities.row.comment", by=by, on=registration, unit_path=registration.host.path, at=at,
        details={"row": comment.row_words, "text": words, **journal.change("comments", said, said + 1)},
    )  # fmt: skip
    outbox.record(RowCommented(registration_id=registration.pk, by_reviewer=by_reviewer), at=at)
    return comment


@transaction.atomic
def settle_thread(registration: Registration, uid: uuid.UUID, *, by: Actor, at: dt.datetime) -> int:
    """Mark what was said about a row as settled; return how many comments were open."""
    settled = RowComment.objects.filter(registration=registration, activity_uid=uid, resolved_at=None).update(
        resolved_at=at, resolved_by=by.name[:200]
    )
    if settled:
        journal.write(
            "activities.row.settle", by=by, on=registration, unit_path=registration.host.path, at=at,
            details={"row": _row_words(registration, uid), **journal.change("thread", "unsettled", "settled")},
        )  # fmt: skip
    return settled


def _row_words(registration: Registration, uid: uuid.UUID) -> str:
    """Return how the row of a thread was called when it was last spoken of."""
    said = RowComment.objects.filter(registration=registration, activity_uid=uid).order_by("-pk")
    return said.values_list("row_words", flat=True).first() or ""
