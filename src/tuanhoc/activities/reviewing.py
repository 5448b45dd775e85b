"""Registrations are accepted and given back, alone or many together, and decisions are taken back.

A part of ``activities.actions``.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from tuanhoc.campaigns.models import Campaign, RosterUnitQuerySet
from tuanhoc.campaigns.queries.deadlines import let_in_each
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.lengths import refuse_longer
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.outbox import actions as outbox

from .changing import NoReason
from .events import RegistrationReviewed, ReviewWithdrawn
from .locking import refuse_giving_back
from .models import Looking, Registration, Review, ReviewBatch, State, Submission
from .queries import changed_since, marked_lines
from .reasons import LONGEST, filled_reason, refuse_reason, short_reason

#: Registrations decided at one stroke at most.
MOST_TOGETHER = 1000


class NotWaiting(Refusal):
    message = N_("Bản đăng ký này không còn ở trạng thái chờ xem.")


class LookedAtAnother(Refusal):
    message = N_("Đơn vị đã nộp lại một bản khác trong lúc bạn xem. Bản mới hiện ra dưới đây: vui lòng xem lại.")


class DecidedMeanwhile(LookedAtAnother):
    message = N_("Người khác đã xem và quyết định trước, trong lúc bạn đang xem.")


class NothingToTakeBack(Refusal):
    message = N_(
        "Không còn quyết định nào của lượt này hoàn tác được: các bản đã được sửa, nộp lại hoặc xem lại sau đó. "
        "Nếu cần, vui lòng trả lại từng bản kèm lý do."
    )


@transaction.atomic
def accept_registration(
    registration: Registration, *, version: int | None = None, undoable: bool = False, by: Actor, at: dt.datetime
) -> Review:
    """Accept what was handed in; public activities stand on the portal at once.

    :param version: the version the reviewer had on screen; None skips the comparison.
    :param undoable: keep it as a stroke of its own, to be taken back.
    :raises NotWaiting: somebody decided before. :raises LookedAtAnother: it was handed in anew since.
    """
    before = _move(registration, State.ACCEPTED, allowed=[State.SUBMITTED], version=version)
    return _reviewed(registration, before, "", (), undoable=undoable, by=by, at=at)


@transaction.atomic
def return_registration(
    registration: Registration,
    *,
    reason: str,
    lines: Sequence[Mapping[str, object]] = (),
    version: int | None = None,
    undoable: bool = False,
    by: Actor,
    at: dt.datetime,
) -> Review:
    """Give it back to the unit, naming the lines and the reason; the submission stays in the history.

    :param lines: ``{"position": 0-based row, "text": what to mend}`` each.
    :param version: as in :func:`accept_registration`, and so ``undoable``.
    :raises NoReason: no words at all. :raises TooManyLetters: of the reason.
    :raises NotWaiting: it is neither submitted nor accepted. :raises LookedAtAnother: it was handed in anew since.
    :raises NotToBeMended: the Week is closed.
    """
    refuse_giving_back(registration.host.campaign)
    if not reason.strip() and not lines:
        raise NoReason
    refuse_longer(reason, LONGEST, N_("Lý do trả lại"))
    before = _move(registration, State.RETURNED, allowed=[State.SUBMITTED, State.ACCEPTED], version=version)
    return _reviewed(registration, before, reason.strip(), lines, undoable=undoable, by=by, at=at)


def _move(registration: Registration, to: State, *, allowed: Sequence[State], version: int | None) -> State:
    """Let a decision stand, and return what it found: held, so that nobody else's comes in between."""
    before = Registration.objects.select_for_update().values_list("state", flat=True).get(pk=registration.pk)
    waiting = Registration.objects.filter(pk=registration.pk, state__in=allowed)
    seen = waiting if version is None else waiting.filter(version=version)
    if not seen.update(state=to, version=F("version") + 1):
        # Only somebody's decision makes it accepted; what waits under another version was handed in anew.
        raise _REFUSED.get(waiting.values_list("state", flat=True).first() or "", NotWaiting)
    registration.refresh_from_db()
    return State(before)


_REFUSED: Mapping[str, type[Refusal]] = {
    State.SUBMITTED.value: LookedAtAnother,
    State.ACCEPTED.value: DecidedMeanwhile,
}


def _reviewed(
    registration: Registration, before: State, reason: str, lines: Sequence[Mapping[str, object]],
    *, undoable: bool, by: Actor, at: dt.datetime,
) -> Review:  # fmt: skip
    accepted = registration.state == State.ACCEPTED
    batch = None
    if undoable:
        batch = ReviewBatch.objects.create(
            campaign_id=registration.host.campaign_id, accepted=accepted, reason=reason, decided_at=at,
            by_name=by.name, by_user_id=by.user_id, decided_count=1,
        )  # fmt: skip
    uids = dict(enumerate(registration.activities.order_by("position", "pk").values_list("uid", flat=True)))
    known = [_with_uid(line, uids) for line in lines]
    review = Review(
        submission=registration.submissions.order_by("-pk")[:1].get(), accepted=accepted, reason=reason, lines=known,
        reviewed_at=at, by_name=by.name, batch=batch, left_version=registration.version,
    )  # fmt: skip
    _record({registration: review}, before, by=by, at=at)
    return review


def _with_uid(line: Mapping[str, object], uids: Mapping[int, object]) -> dict[str, object]:
    """Add which activity a line is about: places move while the unit mends, the activity stays."""
    place = line.get("position")
    uid = uids.get(place) if isinstance(place, int) else None
    return {**line, "uid": str(uid)} if uid else dict(line)


def _record(decided: Mapping[Registration, Review], before: State, *, by: Actor, at: dt.datetime) -> None:
    """Write down decisions already made, all on that state: reviews, journal, events. Five queries for any number."""
    Review.objects.bulk_create(decided.values())
    Looking.objects.filter(registration__in=list(decided)).delete()
    accepted = next(iter(decided.values())).accepted
    told = journal.change("state", before, State.ACCEPTED if accepted else State.RETURNED)
    journal.write_each(
        f"activities.registration.{'accept' if accepted else 'return'}",
        [journal.Thing(r, {"reason": review.reason, **told}, r.host.path) for r, review in decided.items()],
        by=by, at=at,
    )  # fmt: skip
    outbox.record_each(
        [
            RegistrationReviewed(registration_id=r.pk, review_id=review.pk, accepted=accepted)
            for r, review in decided.items()
        ],
        at=at,
    )


@transaction.atomic
def review_together(
    campaign: Campaign,
    asked: Mapping[int, int],
    *,
    accept: bool,
    among: RosterUnitQuerySet,
    reason: str = "",
    marks: str = "",
    by: Actor,
    at: dt.datetime,
) -> ReviewBatch:
    """Decide on many registrations that wait, each as it was on screen; what changed meanwhile is left, and named.

    One transaction, not chunks: it is a dozen statements whatever the number (at most :data:`MOST_TOGETHER`), so it
    holds nobody up, and after a power cut either all of it stands or nothing.

    :param asked: version on screen by registration.
    :param among: the units ``by`` looks at; others are left out.
    :param reason: words for all of them; placeholders (``reasons.filled_reason``) are filled for each.
    :param marks: code of a warning: the rows it is about are marked with the reason.
    :raises NoReason: given back without words. :raises NotToBeMended: or in a Week that is closed.
    :raises NoSuchPlaceholder, TooManyLetters: of the words.
    """
    if not accept:
        refuse_giving_back(campaign)
        if not reason.strip():
            raise NoReason
        refuse_reason(reason)
    wanted = dict(list(asked.items())[:MOST_TOGETHER])
    # Held until the end, in one order, so that two officers who decide on the same ones do not wait for each other.
    held = {
        r.pk: r
        for r in Registration.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted, host__in=among, host__campaign=campaign)
        .select_related("host")
        .order_by("pk")
    }
    good = {pk: r for pk, r in held.items() if r.state == State.SUBMITTED and r.version == wanted[pk]}
    batch = ReviewBatch.objects.create(
        campaign=campaign, accepted=accept, reason=reason.strip(), decided_at=at, by_name=by.name,
        by_user_id=by.user_id, decided_count=len(good),
        left=_left([pk for pk in wanted if pk not in good], held),
    )  # fmt: skip
    journal.write(
        f"activities.batch.{'accept' if accept else 'return'}", by=by, on=batch, at=at,
        details={
            "reason": batch.reason, "registrations": len(good), "left": len(batch.left),
            **journal.change("state", State.SUBMITTED, State.ACCEPTED if accept else State.RETURNED),
        },
    )  # fmt: skip
    if good:
        _decide(batch, good, marks=marks, by=by)
    return batch


def _decide(batch: ReviewBatch, good: Mapping[int, Registration], *, marks: str, by: Actor) -> None:
    at, campaign = batch.decided_at, batch.campaign
    to = State.ACCEPTED if batch.accepted else State.RETURNED
    Registration.objects.filter(pk__in=good).update(state=to, version=F("version") + 1)
    # The last one wins: a registration may have been handed in before.
    submissions = {
        s.registration_id: s for s in Submission.objects.filter(registration__in=good).order_by("pk").defer("rows")
    }
    lines = marked_lines(campaign, list(good), marks) if marks and not batch.accepted else {}
    ends = let_in_each([r.host for r in good.values()], at=at) if "{han}" in batch.reason else {}
    decided = {}
    for pk, registration in good.items():
        registration.state, registration.version = to, registration.version + 1
        words = filled_reason(
            batch.reason, host=registration.host, campaign=campaign, at=at, until=ends.get(registration.host_id)
        )
        decided[registration] = Review(
            submission=submissions[pk], accepted=batch.accepted, reason=words,
            lines=[{**line, "text": short_reason(words)} for line in lines.get(pk, [])],
            reviewed_at=at, by_name=by.name, batch=batch, left_version=registration.version,
        )  # fmt: skip
    _record(decided, State.SUBMITTED, by=by, at=at)


def _left(pks: Sequence[int], held: Mapping[int, Registration]) -> list[dict[str, object]]:
    """Say of each registration that was not decided on why: decided by somebody, handed in anew, or taken back."""
    reviews = {
        review.submission.registration_id: review
        for review in Review.objects.filter(submission__registration__in=pks, withdrawn_at=None)
        .select_related("submission")
        .defer("submission__rows")
        .order_by("pk")
    }
    found: list[dict[str, object]] = []
    for pk in pks:
        registration, review = held.get(pk), reviews.get(pk)
        if registration is None:
            found.append({"why": "out_of_reach"})
            continue
        told: dict[str, object] = {"registration": pk, "unit": registration.host.name, "why": "changed"}
        if registration.state == State.SUBMITTED:
            handed_in = registration.submitted_at
            told |= {"why": "handed_in_anew", "at": handed_in.isoformat() if handed_in else ""}
        elif review is not None and registration.state in {State.ACCEPTED, State.RETURNED}:
            told |= {
                "why": "accepted" if review.accepted else "returned",
                "by": review.by_name, "at": review.reviewed_at.isoformat(),
            }  # fmt: skip
        found.append(told)
    return found


class PrintedSince(Refusal):
    message = N_(
        "Lịch tổng hợp đã ban hành sau lượt này nên không hoàn tác được; vẫn có thể trả lại từng bản kèm lý do."
    )


def is_printed_since(batch: ReviewBatch, released_at: dt.datetime | None) -> bool:
    """Whether what a stroke accepted may stand in a schedule released since, printed and signed."""
    return batch.accepted and released_at is not None and released_at >= batch.decided_at


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a stroke taken back became: how many wait again, and how many stay because something hangs on them."""

    done: int
    left: int


@transaction.atomic
def take_back(
    batch: ReviewBatch, *, among: RosterUnitQuerySet, released_at: dt.datetime | None, by: Actor, at: dt.datetime
) -> TakenBack:
    """Take back every decision of a stroke on which nothing hangs yet; the registrations wait again.

    Units are told of a decision only after a pause (``notices.rules.REVIEW_PAUSE``): a slip of the hand mended at
    once reaches nobody. Once the letter has left, the unit is told that the decision was taken back.

    :param among: the units ``by`` looks at.
    :param released_at: when the Week's schedule was released last, None: never. Releases are of a room above this one,
        so whoever calls must say.
    :raises PrintedSince: what was accepted stands in a schedule.
    :raises NothingToTakeBack: each of them was mended, handed in, changed or decided anew since, or is back already.
    """
    if is_printed_since(batch, released_at):
        raise PrintedSince
    standing = list(batch.reviews.filter(withdrawn_at=None).select_related("submission").defer("submission__rows"))
    held = {
        r.pk: r
        for r in Registration.objects.select_for_update(of=("self",))
        .filter(pk__in=[review.submission.registration_id for review in standing], host__in=among)
        .select_related("host")
        .order_by("pk")
    }
    # Read again now that the rows are held: of two clicks, one takes back.
    open_still = set(batch.reviews.filter(withdrawn_at=None).values_list("pk", flat=True))
    free = {
        r: review
        for review in standing
        if review.pk in open_still
        and (r := held.get(review.submission.registration_id))
        and r.version == review.left_version
    }
    changed = changed_since(free, batch.decided_at)
    free = {r: review for r, review in free.items() if r.pk not in changed}
    if not free:
        raise NothingToTakeBack
    accepted_again = _restore(free, by=by, at=at)
    left = len(open_still) - len(free)
    if not left:
        ReviewBatch.objects.filter(pk=batch.pk).update(withdrawn_at=at)
    batch.refresh_from_db()
    journal.write(
        "activities.batch.take_back",
        by=by,
        on=batch,
        at=at,
        details={
            "registrations": len(free),
            "left": left,
            # Only a stroke of one takes an acceptance back; of many, all waited before.
            **_taken_back(batch.accepted, bool(accepted_again)),
        },
    )
    return TakenBack(len(free), left)


def _restore(free: Mapping[Registration, Review], *, by: Actor, at: dt.datetime) -> set[int]:
    """Set registrations to what they were before their review: accepted when an earlier one stands, else waiting.

    Return those that are accepted again.
    """
    accepted_before = set(
        Review.objects.filter(
            submission__in=[review.submission_id for review in free.values()], accepted=True, withdrawn_at=None
        )
        .exclude(pk__in=[review.pk for review in free.values()])
        .values_list("submission__registration", flat=True)
    )
    pks = {r.pk for r in free}
    for state, wanted in ((State.ACCEPTED, pks & accepted_before), (State.SUBMITTED, pks - accepted_before)):
        if wanted:
            Registration.objects.filter(pk__in=wanted).update(state=state, version=F("version") + 1)
    Review.objects.filter(pk__in=[review.pk for review in free.values()]).update(withdrawn_at=at)
    journal.write_each(
        "activities.registration.take_back",
        [
            journal.Thing(r, {"review": one.pk, **_taken_back(one.accepted, r.pk in accepted_before)}, r.host.path)
            for r, one in free.items()
        ],
        by=by, at=at,
    )  # fmt: skip
    outbox.record_each(
        [ReviewWithdrawn(registration_id=r.pk, review_id=review.pk) for r, review in free.items()], at=at
    )
    return accepted_before


@transaction.atomic
def note_looking(registration: Registration, *, by: Actor, at: dt.datetime) -> None:
    """Remember that somebody has it open; the next officer sees it. Only a hint, so the journal has none of it."""
    if by.user_id is None:
        return
    mine = Looking.objects.filter(registration=registration, by_user_id=by.user_id)
    if mine.filter(seen_at__gt=at - LOOKING_FOR).update(seen_at=at):
        return
    # Whoever opened it first is named until they have been away for a while.
    if Looking.objects.filter(registration=registration, seen_at__gt=at - LOOKING_FOR).exists():
        return
    Looking.objects.update_or_create(
        registration=registration,
        defaults={"by_name": by.name, "by_user_id": by.user_id, "since": at, "seen_at": at},
    )


#: An open page counts as being looked at for so long.
LOOKING_FOR = dt.timedelta(minutes=15)


def _taken_back(accepted: bool, was_accepted: bool) -> dict[str, object]:
    """Tell which state a registration left and came back to when a decision on it was taken back."""
    left = State.ACCEPTED if accepted else State.RETURNED
    return journal.change("state", left, State.ACCEPTED if was_accepted else State.SUBMITTED)
