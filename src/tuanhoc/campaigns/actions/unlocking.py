"""A locked unit asks to be let in, and is answered in words. A part of ``campaigns.actions``."""

import datetime as dt

from django.db import transaction

from tuanhoc.campaigns.events import UnlockAnswered, UnlockAsked
from tuanhoc.campaigns.models import RosterUnit, UnlockRequest
from tuanhoc.campaigns.queries.deadlines import is_locked
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.outbox import actions as outbox

from .deadlines import LONGEST_REASON, give_leave

#: as long as a request or an answer may be
LONGEST = 2_000


class NoUnlockWords(Refusal):
    message = N_("Vui lòng ghi vài lời: vì sao đơn vị cần thêm thời gian, và cần đến khi nào.")


class NotLocked(Refusal):
    message = N_("Lịch của đơn vị đang mở: có thể ghi và nộp ngay, không cần đề nghị.")


class NoAnswerWords(Refusal):
    message = N_("Chưa mở khóa thì xin ghi vài lời để đơn vị hiểu vì sao và nên làm gì tiếp.")


class AnsweredAlready(Refusal):
    message = N_("Đề nghị này đã được trả lời trước đó.")


@transaction.atomic
def ask_unlock(host: RosterUnit, words: str, *, by: Actor, at: dt.datetime) -> UnlockRequest:
    """Ask to be let in; asked again while the first waits, the last words stand.

    :raises NoUnlockWords: nothing was said. :raises NotLocked: the unit may write now.
    """
    words = words.strip()[:LONGEST]
    if not words:
        raise NoUnlockWords
    # The unit's row is held: of two windows that ask, the second finds the first one's request.
    held = RosterUnit.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=host.pk)
    if not is_locked(held, at=at):
        raise NotLocked
    request = UnlockRequest.objects.filter(host=held, answered_at=None).first() or UnlockRequest(host=held)
    details = journal.change("words", request.words or journal.ABSENT, words)
    request.words, request.asked_at, request.by_name = words, at, by.name[:200]
    request.save()
    journal.write("campaigns.unlock.ask", by=by, on=request, unit_path=held.path, at=at, details=details)
    outbox.record(UnlockAsked(campaign_id=held.campaign_id, request_id=request.pk), at=at)
    return request


@transaction.atomic
def answer_unlock(
    request: UnlockRequest,
    *,
    ends_at: dt.datetime | None,
    words: str,
    moves_deadline: bool = False,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Let the unit in until ``ends_at``, or say why not.

    :param ends_at: None: it stays locked.
    :param moves_deadline: as for an exception.
    :raises AnsweredAlready: by somebody else, or by an exception given since. :raises NoAnswerWords: a bare no.
    :raises EndIsPast: of ``ends_at``. :raises EndsNoLater: the unit may write as long already.
    """
    words = words.strip()[:LONGEST]
    if ends_at is None and not words:
        raise NoAnswerWords
    waiting = UnlockRequest.objects.filter(pk=request.pk, answered_at=None)
    if not waiting.update(answered_at=at, answered_by=by.name[:200], answer=words):
        raise AnsweredAlready
    request.refresh_from_db()
    if ends_at is not None:
        [request.exception] = give_leave(
            RosterUnit.objects.filter(pk=request.host_id), ends_at=ends_at,
            reason=(words or request.words)[:LONGEST_REASON], moves_deadline=moves_deadline, by=by, at=at,
        )  # fmt: skip
        request.save(update_fields=["exception"])
    journal.write(
        "campaigns.unlock.answer", by=by, on=request, unit_path=request.host.path, at=at,
        details={"words": words, **journal.change("state", "waiting", "granted" if ends_at is not None else "refused")},
    )  # fmt: skip
    outbox.record(UnlockAnswered(request_id=request.pk), at=at)
