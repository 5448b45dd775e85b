"""Deadlines move, exceptions are given and taken back, the lock is switched. A part of ``campaigns.actions``.

A unit's own deadline (``RosterUnit.closes_at``) is written here only, and always is what
``rules.deadlines.own_deadline`` says. What was handed in before keeps what was said of it: late or in time.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import transaction

from tuanhoc.campaigns.events import DeadlineMoved, ExceptionsGiven, ExceptionTakenBack
from tuanhoc.campaigns.models import (
    Campaign,
    DeadlineException,
    DeadlineMove,
    LevelDeadline,
    RosterUnit,
    RosterUnitQuerySet,
    UnlockRequest,
)
from tuanhoc.campaigns.queries.deadlines import deadlines_of, last_move, own_deadlines
from tuanhoc.campaigns.rules import deadlines as rules
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.lengths import refuse_longer
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.sentences import LastMinute
from tuanhoc.outbox import actions as outbox

#: units written in one statement
_CHUNK = 500
#: as long as a reason may be
LONGEST_REASON = 300


class DeadlineIsPast(Refusal):
    message = N_("Hạn đăng ký mới đã qua. Vui lòng chọn một thời điểm còn ở phía trước.")


class NoDeadline(Refusal):
    message = N_("Chưa có hạn đăng ký. Vui lòng điền hạn trước khi mở đăng ký.")


class WeekIsOver(Refusal):
    message = N_("Đợt đã kết thúc: hạn không đổi được nữa.")


class NothingMoves(Refusal):
    message = N_("Các hạn vẫn như cũ, chưa có gì thay đổi.")


class MovedSince(Refusal):
    message = N_("Hạn đã đổi thêm lần nữa sau lần này, nên không đưa về được. Vui lòng sửa hạn trực tiếp.")


class NoExceptionReason(Refusal):
    message = N_("Vui lòng ghi lý do: đơn vị và người xem sau này sẽ đọc.")


class EndIsPast(Refusal):
    message = N_("Thời điểm kết thúc đã qua. Vui lòng chọn một thời điểm còn ở phía trước.")


class EndsNoLater(Refusal):
    message = N_(
        "Không có gì để thêm: những đơn vị đã chọn đều được nộp %(until)s hoặc lâu hơn rồi. "
        "Muốn rút ngắn, vui lòng kết thúc hạn riêng đang có trước."
    )


class ExceptionIsOver(Refusal):
    message = N_("Hạn riêng này đã hết hoặc đã được kết thúc trước đó.")


@transaction.atomic
def move_deadlines(
    campaign: Campaign, after: Mapping[str, dt.datetime], *, reason: str = "", by: Actor, at: dt.datetime
) -> DeadlineMove:
    """Set the Week's deadlines; units that are moved by it, and have not handed in, hear of it.

    A unit with an exception that ends later keeps it. Lateness stored before does not change.

    :param after: all deadlines by level, the common one under ``COMMON``; a level left out has the common one.
    :raises NothingMoves: they are the same as before. :raises NoDeadline: an open call cannot lose the common one.
    :raises DeadlineIsPast: nor can units be given one that has passed. :raises WeekIsOver: it takes nothing any more.
    :raises TooManyLetters: of the reason.
    """
    held = Campaign.objects.select_for_update().get(pk=campaign.pk)
    before = deadlines_of(held)
    refuse_move(held, before, after, reason=reason, at=at)
    moved = _write(campaign, after)
    move = DeadlineMove.objects.create(
        campaign=campaign, before=_as_json(before), after=_as_json(after), reason=reason.strip(),
        moved_count=len(moved), made_at=at, by_name=by.name[:200],
    )  # fmt: skip
    _tell_of_move(move, moved, is_back=False, by=by, at=at)
    return move


def refuse_move(
    campaign: Campaign,
    before: Mapping[str, dt.datetime],
    after: Mapping[str, dt.datetime],
    *,
    reason: str = "",
    at: dt.datetime,
) -> None:
    """Refuse what :func:`move_deadlines` refuses, so that a preview says it first."""
    if campaign.state == Campaign.State.CLOSED:
        raise WeekIsOver
    if after == before:
        raise NothingMoves
    if rules.COMMON not in after and campaign.state != Campaign.State.PREPARING:
        raise NoDeadline
    if campaign.state == Campaign.State.OPEN and any(moment <= at for moment in _changed(before, after)):
        raise DeadlineIsPast
    refuse_longer(reason, LONGEST_REASON, N_("Lý do"))


@transaction.atomic
def undo_move(move: DeadlineMove, *, by: Actor, at: dt.datetime) -> None:
    """Put the deadlines back to what they were before the last move, even if that has passed by now.

    What came in between keeps what was said of it.

    :raises MovedSince: it is not the last one any more, or is undone already. :raises WeekIsOver: too late for that.
    """
    campaign = Campaign.objects.select_for_update().get(pk=move.campaign_id)
    if campaign.state == Campaign.State.CLOSED:
        raise WeekIsOver
    if last_move(campaign) != move or _as_json(deadlines_of(campaign)) != move.after:
        raise MovedSince
    moved = _write(campaign, {level: dt.datetime.fromisoformat(moment) for level, moment in move.before.items()})
    move.undone_at = at
    move.save(update_fields=["undone_at"])
    _tell_of_move(move, moved, is_back=True, by=by, at=at)


def _changed(before: Mapping[str, dt.datetime], after: Mapping[str, dt.datetime]) -> list[dt.datetime]:
    """Return the moments that some level would have and did not have before."""
    codes = [rules.COMMON, *(level.code for level in rules.LEVELS)]
    moments = {code: after.get(code, after[rules.COMMON]) for code in codes}
    return [moment for code, moment in moments.items() if moment != before.get(code, before.get(rules.COMMON))]


def _write(campaign: Campaign, after: Mapping[str, dt.datetime]) -> list[int]:
    campaign.registration_closes_at = after.get(rules.COMMON)
    campaign.save(update_fields=["registration_closes_at"])
    campaign.level_deadlines.all().delete()
    LevelDeadline.objects.bulk_create(
        LevelDeadline(campaign=campaign, level=level, closes_at=moment)
        for level, moment in after.items()
        if level != rules.COMMON
    )
    return settle(campaign)


def settle(campaign: Campaign) -> list[int]:
    """Give every unit of the roster its own deadline; return the ids of those for whom it changed, in order."""
    due: dict[dt.datetime, list[int]] = defaultdict(list)
    for own in own_deadlines(campaign, deadlines_of(campaign)):
        if own.moves:
            due[own.after].append(own.host_id)
    for after, pks in due.items():
        for start in range(0, len(pks), _CHUNK):
            RosterUnit.objects.filter(pk__in=pks[start : start + _CHUNK]).update(closes_at=after)
    return sorted(pk for pks in due.values() for pk in pks)


def _as_json(deadlines: Mapping[str, dt.datetime]) -> dict[str, str]:
    return {level: moment.astimezone(dt.UTC).isoformat() for level, moment in sorted(deadlines.items())}


def _tell_of_move(move: DeadlineMove, moved: Sequence[int], *, is_back: bool, by: Actor, at: dt.datetime) -> None:
    before, after = (move.after, move.before) if is_back else (move.before, move.after)
    journal.write(
        "campaigns.deadlines.undo" if is_back else "campaigns.deadlines.move",
        by=by, on=move, at=at, units=_units_of(moved),
        details={"before": before, "after": after, "units": len(moved), "reason": move.reason},
    )  # fmt: skip
    if moved:
        _answer_waiting(RosterUnit.objects.filter(pk__in=moved, closes_at__gt=at), move.reason, by=by, at=at, move=move)
        event = DeadlineMoved(campaign_id=move.campaign_id, move_id=move.pk, host_ids=list(moved), is_back=is_back)
        outbox.record(event, at=at)


def _units_of(hosts: Sequence[int]) -> list[int]:
    """Return the units at these places of a roster, whose trails tell of the move."""
    found: list[int] = []
    for start in range(0, len(hosts), _CHUNK):
        found += RosterUnit.objects.filter(pk__in=hosts[start : start + _CHUNK]).values_list("unit_id", flat=True)
    return found


@transaction.atomic
def give_exceptions(
    hosts: RosterUnitQuerySet,
    *,
    ends_at: dt.datetime,
    reason: str,
    moves_deadline: bool,
    by: Actor,
    at: dt.datetime,
) -> list[DeadlineException]:
    """Let units of one Week write until ``ends_at``; those that may write as long already are passed over.

    Over by itself when its time comes. Who was waiting to be unlocked is answered by it.

    :param moves_deadline: what comes until then is in time; else the unit is let in, and late it stays.
    :raises NoExceptionReason: no words. :raises EndIsPast: it would be over before it began.
    :raises EndsNoLater: all of them may write as long already.
    """
    given = give_leave(hosts, ends_at=ends_at, reason=reason, moves_deadline=moves_deadline, by=by, at=at)
    # By id: what ``hosts`` was narrowed to, the locked ones for example, is no longer true of them.
    let_in = RosterUnit.objects.filter(pk__in=[exception.host_id for exception in given])
    _answer_waiting(let_in, reason, by=by, at=at, given=given)
    outbox.record(ExceptionsGiven(exception_ids=[exception.pk for exception in given]), at=at)
    return given


def who_takes(
    hosts: RosterUnitQuerySet, *, ends_at: dt.datetime, moves_deadline: bool, at: dt.datetime
) -> RosterUnitQuerySet:
    """Return those to whom an exception would give more than they have."""
    as_long = DeadlineException.objects.open_at(at).filter(ends_at__gte=ends_at)
    taking = hosts.filter(closes_at__lt=ends_at)
    return taking if moves_deadline else taking.exclude(pk__in=as_long.values("host_id"))


def refuse_exception(taking: RosterUnitQuerySet, *, ends_at: dt.datetime, reason: str, at: dt.datetime) -> None:
    """Refuse what :func:`give_exceptions` refuses, so that a preview says it first."""
    if taking.filter(campaign__state=Campaign.State.CLOSED).exists():
        raise WeekIsOver
    if not reason.strip():
        raise NoExceptionReason
    refuse_longer(reason, LONGEST_REASON, N_("Lý do"))
    if ends_at <= at:
        raise EndIsPast
    if not taking.exists():
        raise EndsNoLater(until=LastMinute(ends_at))


def give_leave(
    hosts: RosterUnitQuerySet, *, ends_at: dt.datetime, reason: str, moves_deadline: bool, by: Actor, at: dt.datetime
) -> list[DeadlineException]:
    """Do what :func:`give_exceptions` does, and tell nobody yet."""
    # Held, so that a deadline moved or a second exception given at this moment sees this one.
    list(Campaign.objects.select_for_update().filter(pk__in=hosts.order_by().values("campaign_id")))
    taking = who_takes(hosts, ends_at=ends_at, moves_deadline=moves_deadline, at=at)
    refuse_exception(taking, ends_at=ends_at, reason=reason, at=at)
    reason, chosen = reason.strip(), list(taking.order_by("pk"))
    given = DeadlineException.objects.bulk_create(
        DeadlineException(
            host=host, reason=reason, given_at=at, ends_at=ends_at, moves_deadline=moves_deadline, by_name=by.name[:200]
        )
        for host in chosen
    )
    if moves_deadline:
        for start in range(0, len(chosen), _CHUNK):
            pks = [host.pk for host in chosen[start : start + _CHUNK]]
            RosterUnit.objects.filter(pk__in=pks).update(closes_at=ends_at)
    for exception in given:
        journal.write(
            "campaigns.exception.give", by=by, on=exception, unit_path=exception.host.path, at=at,
            details={
                "reason": reason, "moves_deadline": moves_deadline,
                **journal.change("let_in_until", exception.host.closes_at.isoformat(), ends_at.isoformat()),
            },
        )  # fmt: skip
    return given


@transaction.atomic
def take_back_exception(exception: DeadlineException, *, by: Actor, at: dt.datetime) -> None:
    """End an exception early: the unit's deadline is again what it is without it.

    :raises ExceptionIsOver: it has ended, or was taken back.
    """
    host = RosterUnit.objects.select_related("campaign").get(pk=exception.host_id)
    campaign = Campaign.objects.select_for_update().get(pk=host.campaign_id)
    ended = DeadlineException.objects.open_at(at).filter(pk=exception.pk, taken_back_at=None)
    if not ended.update(taken_back_at=at, taken_back_by=by.name[:200]):
        raise ExceptionIsOver
    settle(campaign)
    exception.refresh_from_db()
    host.refresh_from_db(fields=["closes_at"])
    journal.write(
        "campaigns.exception.take_back", by=by, on=exception, unit_path=host.path, at=at,
        details=journal.change("let_in_until", exception.ends_at.isoformat(), host.closes_at.isoformat()),
    )  # fmt: skip
    outbox.record(ExceptionTakenBack(exception_id=exception.pk), at=at)


@transaction.atomic
def switch_lock(campaign: Campaign, on: bool, *, by: Actor, at: dt.datetime) -> None:
    """Lock units past their own deadline from now on, or take what comes late again. Nothing changes if it stands so.

    Units whose deadline is still ahead are locked when it comes: by the time alone, no job does it.
    """
    standing = Campaign.objects.filter(pk=campaign.pk, locks_from__isnull=on)
    if standing.update(locks_from=at if on else None):
        journal.write(
            "campaigns.lock.on" if on else "campaigns.lock.off", by=by, on=campaign, at=at,
            units=campaign.roster.values_list("unit_id", flat=True),
            details=journal.change("locks", not on, on),
        )  # fmt: skip
    campaign.refresh_from_db(fields=["locks_from"])


def _answer_waiting(
    hosts: RosterUnitQuerySet,
    words: str,
    *,
    by: Actor,
    at: dt.datetime,
    given: Sequence[DeadlineException] = (),
    move: DeadlineMove | None = None,
) -> None:
    """Settle what units asked that may write now anyway; they hear of that by the other notice."""
    exception_of = {exception.host_id: exception for exception in given}
    for request in UnlockRequest.objects.filter(host__in=hosts, answered_at=None).select_related("host"):
        request.exception, request.move = exception_of.get(request.host_id), move
        request.answered_at, request.answered_by, request.answer = at, by.name[:200], words
        request.save(update_fields=["exception", "move", "answered_at", "answered_by", "answer"])
        journal.write(
            "campaigns.unlock.answer", by=by, on=request, unit_path=request.host.path, at=at,
            details={"words": words, **journal.change("state", "waiting", "granted")},
        )  # fmt: skip
