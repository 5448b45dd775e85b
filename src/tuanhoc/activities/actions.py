"""Registrations are begun, saved, handed in, reviewed; activities are moved and cancelled."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.outbox import actions as outbox

from . import rules
from .access import must_ask_the_head
from .alignment import continued
from .amending import NotCancelled as NotCancelled  # noqa: PLC0414 - given on through this door
from .amending import NotHandedIn as NotHandedIn  # noqa: PLC0414 - as above
from .amending import NothingWritten as NothingWritten  # noqa: PLC0414 - as above
from .amending import TooLong as TooLong  # noqa: PLC0414 - as above
from .amending import amend_activity as amend_activity  # noqa: PLC0414 - as above
from .amending import insert_activity as insert_activity  # noqa: PLC0414 - as above
from .amending import restore_activity as restore_activity  # noqa: PLC0414 - as above
from .archives import ask_for_annexes as ask_for_annexes  # noqa: PLC0414 - as above
from .archives import ask_for_season as ask_for_season  # noqa: PLC0414 - as above
from .archives import drop_expired as drop_expired  # noqa: PLC0414 - as above
from .archives import path_of as path_of  # noqa: PLC0414 - as above
from .archives import pick_up_stalled as pick_up_stalled  # noqa: PLC0414 - as above
from .archives import write_zip as write_zip  # noqa: PLC0414 - as above
from .behalf import enter_on_behalf as enter_on_behalf  # noqa: PLC0414 - as above
from .changing import CancelledAlready as CancelledAlready  # noqa: PLC0414 - given on through this door
from .changing import EndsBeforeItStarts as EndsBeforeItStarts  # noqa: PLC0414 - as above
from .changing import NoReason as NoReason  # noqa: PLC0414 - as above
from .changing import NotAccepted as NotAccepted  # noqa: PLC0414 - as above
from .changing import change_activity as change_activity  # noqa: PLC0414 - as above
from .commenting import settle_thread as settle_thread  # noqa: PLC0414 - as above
from .commenting import write_comment as write_comment  # noqa: PLC0414 - as above
from .copying import NotBeingWritten as NotBeingWritten  # noqa: PLC0414 - as above
from .copying import confirm_copies as confirm_copies  # noqa: PLC0414 - as above
from .copying import copy_rows as copy_rows  # noqa: PLC0414 - as above
from .copying import take_copies_out as take_copies_out  # noqa: PLC0414 - as above
from .events import RegistrationSubmitted
from .heads import ChangedSinceShown as ChangedSinceShown  # noqa: PLC0414 - as above
from .heads import answer
from .heads import give_back_by_head as give_back_by_head  # noqa: PLC0414 - as above
from .heads import hand_to_head as hand_to_head  # noqa: PLC0414 - as above
from .heads import take_back_from_head as take_back_from_head  # noqa: PLC0414 - as above
from .keeping_reasons import carry_reasons as carry_reasons  # noqa: PLC0414 - as above
from .keeping_reasons import count_use as count_use  # noqa: PLC0414 - as above
from .keeping_reasons import retire_reason as retire_reason  # noqa: PLC0414 - as above
from .keeping_reasons import write_reason as write_reason  # noqa: PLC0414 - as above
from .locking import CallNotOpen as CallNotOpen  # noqa: PLC0414 - given on through this door
from .locking import NotToBeMended as NotToBeMended  # noqa: PLC0414 - as above
from .locking import UnitLocked as UnitLocked  # noqa: PLC0414 - as above
from .locking import WeekClosed as WeekClosed  # noqa: PLC0414 - as above
from .locking import deadline_now, refuse_unless_open
from .locking import refuse_when_locked as refuse_when_locked  # noqa: PLC0414 - as above
from .models import Activity, HeadConfirmation, Registration, State, Submission
from .queries import draft_of, drafts_of, late_if_handed_in
from .reviewing import LOOKING_FOR as LOOKING_FOR  # noqa: PLC0414 - given on through this door
from .reviewing import MOST_TOGETHER as MOST_TOGETHER  # noqa: PLC0414 - as above
from .reviewing import LookedAtAnother as LookedAtAnother  # noqa: PLC0414 - given on through this door
from .reviewing import NotWaiting as NotWaiting  # noqa: PLC0414 - as above
from .reviewing import accept_registration as accept_registration  # noqa: PLC0414 - as above
from .reviewing import is_printed_since as is_printed_since  # noqa: PLC0414 - as above
from .reviewing import note_looking as note_looking  # noqa: PLC0414 - as above
from .reviewing import return_registration as return_registration  # noqa: PLC0414 - as above
from .reviewing import review_together as review_together  # noqa: PLC0414 - as above
from .reviewing import take_back as take_back  # noqa: PLC0414 - as above
from .scanning import NotAScan as NotAScan  # noqa: PLC0414 - given on through this door
from .scanning import attach_scan as attach_scan  # noqa: PLC0414 - as above
from .withdrawal import LookedAtAlready as LookedAtAlready  # noqa: PLC0414 - given on through this door
from .withdrawal import NotNil as NotNil  # noqa: PLC0414 - as above
from .withdrawal import withdraw_nil as withdraw_nil  # noqa: PLC0414 - as above
from .withdrawal import withdraw_submission as withdraw_submission  # noqa: PLC0414 - as above


class NothingToSubmit(Refusal):
    message = N_("Lịch đăng ký chưa có hoạt động nào.")


class HasActivities(Refusal):
    message = N_("Lịch đang có hoạt động. Nếu đơn vị không có hoạt động nào, vui lòng bỏ các dòng đó trước.")


class AlreadySubmitted(Refusal):
    message = N_("Lịch đăng ký đã được nộp. Muốn sửa: lấy lại khi chưa ai xem, hoặc đề nghị đơn vị tiếp nhận trả lại.")


class HeadConfirms(Refusal):
    message = N_("Đợt này nộp khi thủ trưởng đồng ý: vui lòng bấm “Trình thủ trưởng”. Nội dung đã được lưu.")


class ChangedElsewhere(Refusal):
    message = N_(
        "Lịch này vừa được lưu ở một cửa sổ khác. Nội dung của bạn vẫn còn trên màn hình, chưa được lưu: vui lòng so "
        "sánh hai bản rồi lưu."
    )


@transaction.atomic
def begin_registration(
    host: RosterUnit, *, by: Actor, at: dt.datetime, arrived_at: dt.datetime | None = None
) -> Registration:
    """Return the unit's registration, beginning it when there is none.

    :param arrived_at: when what is to be written came, if earlier than ``at``.
    :raises UnitLocked: there is none, and it is too late to begin.
    """
    registration, made = Registration.objects.get_or_create(host=host)
    if made:
        refuse_when_locked(host, state=None, by=by, at=at, arrived_at=arrived_at)
        journal.write(
            "activities.registration.begin", by=by, on=registration, unit_path=host.path, at=at,
            details=journal.change("state", journal.ABSENT, State.DRAFT),
        )  # fmt: skip
    return registration


@transaction.atomic
def save_rows(
    registration: Registration,
    rows: Sequence[rules.ActivityDraft],
    *,
    by: Actor,
    at: dt.datetime,
    version: int | None = None,
    on_behalf: bool = False,
    arrived_at: dt.datetime | None = None,
) -> int:
    """Replace the rows of a draft; blank rows are left out. Returns the new version.

    A row keeps its identity however the rows around it change: calendars and comments know it by its uid.

    :param version: the version the writer had on screen; None skips the comparison.
    :param arrived_at: when the rows came, if earlier than ``at``.
    :raises AlreadySubmitted: it is no longer a draft.
    :raises ChangedElsewhere: somebody saved in between; nothing is written.
    :raises UnitLocked: the unit may only read now.
    """
    refuse_when_locked(registration.host, state=_state_now(registration), by=by, at=at, arrived_at=arrived_at)
    editable = Registration.objects.editable().filter(pk=registration.pk)
    if version is not None:
        editable = editable.filter(version=version)
    if not editable.update(version=F("version") + 1, saved_at=at):
        if Registration.objects.editable().filter(pk=registration.pk).exists():
            raise ChangedElsewhere
        raise AlreadySubmitted
    if on_behalf:
        Registration.objects.filter(pk=registration.pk).update(entered_on_behalf=True)
    before, written = drafts_of(registration), [row for row in rows if not row.is_blank()]
    _write_rows(registration, written, at=at)
    registration.refresh_from_db()
    journal.write(
        "activities.registration.save", by=by, on=registration, unit_path=registration.host.path, at=at,
        details={"rows": len(written), "changes": rules.row_changes(before, written)},
    )  # fmt: skip
    return registration.version


@transaction.atomic
def choose_theme(registration: Registration, theme: str, *, by: Actor, at: dt.datetime) -> None:
    """Set the unit's own theme of the Week; blank goes back to the campaign's.

    Localities chose themes of their own in 2018 and 2019.

    :raises AlreadySubmitted: it is no longer a draft. :raises UnitLocked: the unit may only read now.
    """
    before = registration.theme
    if theme == before:
        return
    refuse_when_locked(registration.host, state=_state_now(registration), by=by, at=at)
    if not Registration.objects.editable().filter(pk=registration.pk).update(theme=theme):
        raise AlreadySubmitted
    registration.theme = theme
    journal.write(
        "activities.registration.theme", by=by, on=registration, unit_path=registration.host.path, at=at,
        details=journal.change("theme", before, theme),
    )  # fmt: skip


def _write_rows(registration: Registration, rows: Sequence[rules.ActivityDraft], *, at: dt.datetime) -> None:
    standing = list(registration.activities.order_by("position", "pk"))
    kept = continued([rules.key_of(draft_of(activity)) for activity in standing], [rules.key_of(row) for row in rows])
    for position, (row, place) in enumerate(zip(rows, kept, strict=True)):
        if row.ends_on and row.held_on and row.ends_on < row.held_on:
            raise EndsBeforeItStarts
        activity = Activity(registration=registration) if place is None else standing[place]
        _fill(activity, rules.with_a_web_link(row), registration.host)
        activity.position = position
        activity.changed_at = at
        activity.save()
    for place in set(range(len(standing))) - set(kept):
        standing[place].delete()


def _fill(activity: Activity, row: rules.ActivityDraft, host: RosterUnit) -> None:
    for name in (
        "held_on", "ends_on", "starts_at", "ends_at", "part_of_day", "place", "content", "note", "form", "link",
        "audience",
        "expected_people", "host", "contact", "contact_is_public", "fee", "is_public", "source",
    ):  # fmt: skip
        setattr(activity, name, getattr(row, name))
    activity.unread = [list(pair) for pair in row.unread]
    activity.area_id = row.area_id or host.area_id
    groups = row.audience_groups or rules.audience_groups(row.audience, row.content, row.note)
    activity.audience_groups = f",{','.join(groups)}," if groups else ""
    activity.search_folded, activity.search_marked = rules.search_texts(row, host.name)


@transaction.atomic
def submit_registration(
    registration: Registration, *, by: Actor, at: dt.datetime, written_at: dt.datetime | None = None
) -> Submission:
    """Hand the unit's schedule in and return what the receipt is printed from.

    A late schedule is taken too, and marked: the plan names a day but no sanction,
    so what to do with it is the coordinator's decision.

    :param at: when it was handed in, which decides whether it is late.
    :param written_at: when somebody wrote it in, if later: the unit may have been unlocked since it came.
    :raises NothingToSubmit: the schedule has no activity.
    :raises AlreadySubmitted: it was handed in before, or at the same moment.
    :raises CallNotOpen: the campaign takes nothing now. :raises UnitLocked: nor does it from this unit.
    :raises HeadConfirms: the Week wants the head's consent, and ``by`` is the unit's officer.
    """
    host = registration.host
    campaign = host.campaign
    refuse_unless_open(host)
    before = _state_now(registration)
    refuse_when_locked(host, state=before, by=by, at=written_at or at, arrived_at=at)
    if must_ask_the_head(by, host):
        raise HeadConfirms
    late = late_if_handed_in(registration, closes_at=deadline_now(host), at=at)
    # One conditional UPDATE instead of check-then-save: of two clicks, one wins.
    moved = (
        Registration.objects.editable()
        .filter(pk=registration.pk)
        .update(state=State.SUBMITTED, submitted_at=at, is_late=late, version=F("version") + 1)
    )
    if not moved:
        raise AlreadySubmitted
    # Read only now that the row is held: what another window saved until then is what the receipt is given for.
    rows = drafts_of(registration)
    if not rows:
        raise NothingToSubmit
    registration.refresh_from_db()
    turn = registration.submissions.count() + 1
    submission = Submission.objects.create(
        registration=registration,
        number=f"{campaign.year}-{registration.pk:05d}-{turn}",
        submitted_at=at,
        is_late=late,
        closes_at=host.closes_at,
        rows=[rules.frozen(row) for row in rows],
        sha256=rules.receipt_digest(rows),
        by_name=by.name,
    )
    journal.write(
        "activities.registration.submit", by=by, on=registration, unit_path=host.path, at=at,
        details={"number": submission.number, **journal.change("state", before, State.SUBMITTED)},
    )  # fmt: skip
    event = RegistrationSubmitted(
        registration_id=registration.pk, submission_id=submission.pk, activity_count=len(rows), late=late
    )
    outbox.record(event, at=at)
    return submission


def _state_now(registration: Registration) -> str:
    return Registration.objects.values_list("state", flat=True).get(pk=registration.pk)


@transaction.atomic
def confirm_as_head(confirmation: HeadConfirmation, *, sha256: str, by: Actor, at: dt.datetime) -> Submission:
    """Agree to what was handed to the head: that hands it in, at this moment.

    :param sha256: of the rows the head had on screen.
    :raises AnsweredAlready: it was answered or taken back. :raises ChangedSinceShown: rows were changed meanwhile.
    """
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=confirmation.registration_id)
    if rules.receipt_digest(drafts_of(registration)) != sha256:
        raise ChangedSinceShown
    # First the answer, which of two clicks only one can give.
    answer(confirmation, HeadConfirmation.State.CONFIRMED, at=at)
    submission = submit_registration(registration, by=by, at=at)
    HeadConfirmation.objects.filter(pk=confirmation.pk).update(submission=submission)
    return submission


@transaction.atomic
def declare_nil(registration: Registration, *, reason: str = "", by: Actor, at: dt.datetime) -> None:
    """Say that the unit has nothing to register, and why if it likes: a reply, which is not silence.

    :raises HasActivities: rows are written: one of the two cannot be meant.
    :raises AlreadySubmitted: it was handed in before. :raises CallNotOpen: the campaign takes nothing now.
    :raises UnitLocked: nor does it from this unit.
    """
    refuse_unless_open(registration.host)
    before = _state_now(registration)
    refuse_when_locked(registration.host, state=before, by=by, at=at)
    if registration.activities.exists():
        raise HasActivities
    late = late_if_handed_in(registration, closes_at=deadline_now(registration.host), at=at)
    moved = (
        Registration.objects.editable()
        .filter(pk=registration.pk)
        .update(state=State.NIL, submitted_at=at, is_late=late, nil_reason=reason.strip()[:300])
    )
    if not moved:
        raise AlreadySubmitted
    registration.refresh_from_db()
    journal.write(
        "activities.registration.nil",
        by=by,
        on=registration,
        unit_path=registration.host.path,
        at=at,
        details={"reason": registration.nil_reason, **journal.change("state", before, State.NIL)},
    )
