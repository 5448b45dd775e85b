"""A form becomes its unit's registration, whole or not at all; and back, while nobody has looked."""

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from tuanhoc.activities import actions as activities
from tuanhoc.activities.access import must_ask_the_head
from tuanhoc.activities.models import Registration, State
from tuanhoc.activities.queries import drafts_of
from tuanhoc.activities.rules import ActivityDraft, frozen
from tuanhoc.intake import access
from tuanhoc.intake.events import ConfirmationUndone, FormConfirmed
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.rules import proposals, thawed
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.outbox import actions as outbox

from .forms import CorrectedElsewhere, NotToConfirm


class NoUnit(Refusal):
    message = N_("Vui lòng chọn đơn vị gửi tệp này trước khi xác nhận.")


class NoRows(Refusal):
    message = N_("Tệp chưa có dòng hoạt động nào để xác nhận.")


class PiecesLeft(Refusal):
    message = N_("Còn %(n)s đoạn chữ trong tệp chưa nằm ở dòng nào: vui lòng đưa vào ghi chú hoặc để sang một bên.")


class HandedInAlready(Refusal):
    message = N_(
        "Đơn vị đã có bản đăng ký (%(state)s). Nếu bản trong tệp mới đúng, vui lòng trả lại bản kia trước; "
        "nếu không, để tệp này sang một bên."
    )


class SaysNil(Refusal):
    message = N_("Đơn vị đã báo không có hoạt động. Vui lòng liên hệ lại với đơn vị; tệp này có thể để sang một bên.")


class KeptUnderLock(Refusal):
    message = N_(
        "Đăng ký của %(unit)s đã khóa: hạn của đơn vị là %(until)s. Tệp vẫn được giữ nguyên. Người điều phối có thể "
        "nhận thay; hoặc đơn vị gửi đề nghị mở khóa ở trang lịch của mình, rồi xác nhận lại tệp này."
    )


class AddOrReplace(Refusal):
    message = N_("Đơn vị đang soạn dở %(n)s dòng: vui lòng chọn thay bằng tệp này hay nối thêm vào.")


class NothingToUndo(Refusal):
    message = N_("Tệp này chưa được xác nhận, không có gì để hoàn tác.")


class Joining(enum.Enum):
    """What happens to rows the unit has written already."""

    ASK = "ask"
    REPLACE = "replace"
    APPEND = "append"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What became of many forms confirmed at once; ``left`` with the reason each."""

    done: tuple[FormFile, ...]
    left: tuple[tuple[FormFile, Refusal], ...]


@transaction.atomic
def confirm_form(form: FormFile, *, joining: Joining = Joining.ASK, by: Actor, at: dt.datetime) -> Registration:
    """Make the form its unit's registration, handed in on the day the form was received.

    A form a unit brought to its own sheet goes into the draft only: handing in is the unit's own act.

    :raises NotToConfirm: it was confirmed or set aside, or at the same moment.
    :raises CorrectedElsewhere: somebody corrected it since it was read.
    :raises NoUnit: nobody knows yet whose it is. :raises NoRows: nothing in it.
    :raises PiecesLeft: words of the form would be lost.
    :raises HandedInAlready: the unit has handed in. :raises SaysNil: it said it has nothing.
    :raises AddOrReplace: it has rows of its own, and ``joining`` does not say what becomes of them.
    :raises CallNotOpen: the Week takes nothing now.
    :raises KeptUnderLock: it came after the unit was locked, and who confirms it does not coordinate the Week.
    """
    # The row is held from here on: of two clicks the second waits, then finds it confirmed.
    held = FormFile.objects.select_for_update().get(pk=form.pk)
    if held.state != FormFile.State.READ:
        raise NotToConfirm
    if held.version != form.version:
        raise CorrectedElsewhere
    drafts, host = _drafts(form), form.host
    if host is None:
        raise NoUnit
    # Held as well: what the unit saves at this moment is not written over unseen.
    standing = Registration.objects.select_for_update().filter(host=host).first()
    before = _before(standing, joining)
    # The lock goes by the moment the form came, or by now. A unit's own form is only now brought into its draft.
    arrived_at = None if form.is_own else form.received_at
    try:
        registration = activities.begin_registration(host, by=by, at=at, arrived_at=arrived_at)
        activities.refuse_when_locked(host, state=registration.state, by=by, at=at, arrived_at=arrived_at)
    except activities.UnitLocked as locked:
        raise KeptUnderLock(**locked.params) from locked
    FormFile.objects.filter(pk=form.pk).update(
        state=FormFile.State.CONFIRMED, decided_at=at, registration=registration, version=F("version") + 1
    )
    kept = [thawed(row) for row in before["rows"]] if joining is Joining.APPEND else []
    activities.save_rows(
        registration, [*kept, *drafts], by=by, at=at, arrived_at=arrived_at,
        on_behalf=not (form.is_own or access.looks_as_its_unit(by, form)),
    )  # fmt: skip
    # Where the head consents to what a unit hands in, its officer's look at the form makes a draft of it.
    hands_in = not form.is_own and not must_ask_the_head(by, host)
    if hands_in:
        activities.submit_registration(registration, by=by, at=form.received_at, written_at=at)
    registration.refresh_from_db()
    form.refresh_from_db()
    form.before = before | {"version": registration.version, "handed_in": hands_in}
    form.save(update_fields=["before"])
    journal.write(
        "intake.form.confirm", by=by, on=form, unit_path=host.path, at=at,
        details={
            "name": form.name, "rows": len(drafts), "joining": joining.value, "registration": registration.pk,
            **journal.change("state", FormFile.State.READ, FormFile.State.CONFIRMED),
        },
    )  # fmt: skip
    outbox.record(FormConfirmed(form_file_id=form.pk, registration_id=registration.pk, handed_in=hands_in), at=at)
    return registration


def _drafts(form: FormFile) -> list[ActivityDraft]:
    left = proposals.pieces_left(form.reading, form.settled)
    if left:
        raise PiecesLeft(n=len(left))
    drafts = [row.draft for row in proposals.proposals(form.reading, form.corrected)]
    drafts = [draft for draft in drafts if not draft.is_blank()]
    if not drafts:
        raise NoRows
    return drafts


def _before(standing: Registration | None, joining: Joining) -> dict[str, Any]:
    """Return what the unit has, refusing where a person must decide first."""
    if standing is None:
        return {"rows": [], "on_behalf": False}
    if standing.state == State.NIL:
        raise SaysNil
    if standing.state not in {State.DRAFT, State.RETURNED}:
        raise HandedInAlready(state=State(standing.state).label)
    rows = [frozen(row) for row in drafts_of(standing)]
    if rows and joining is Joining.ASK:
        raise AddOrReplace(n=len(rows))
    return {"rows": rows, "on_behalf": standing.entered_on_behalf}


def confirm_all(forms: Iterable[FormFile], *, by: Actor, at: dt.datetime) -> Confirmed:
    """Confirm forms one by one: each whole, and one that is refused stays as it was."""
    done, left = [], []
    for form in forms:
        try:
            confirm_form(form, by=by, at=at)
            done.append(form)
        except Refusal as refusal:
            left.append((form, refusal))
    return Confirmed(tuple(done), tuple(left))


@transaction.atomic
def undo_confirmation(form: FormFile, *, by: Actor, at: dt.datetime) -> None:
    """Put a confirmed form and its unit's registration back to what they were before.

    :raises NothingToUndo: it is not confirmed.
    :raises LookedAtAlready: the registration was reviewed or changed since.
    """
    registration, before = form.registration, form.before
    if form.state != FormFile.State.CONFIRMED or registration is None or before is None:
        raise NothingToUndo
    if not form.is_own and before.get("handed_in", True):
        activities.withdraw_submission(
            registration, version=before["version"], on_behalf=before["on_behalf"], by=by, at=at,
            arrived_at=form.received_at,
        )  # fmt: skip
    elif registration.version != before["version"]:
        raise activities.LookedAtAlready
    back = FormFile.objects.filter(pk=form.pk, state=FormFile.State.CONFIRMED, version=form.version).update(
        state=FormFile.State.READ, decided_at=None, registration=None, before=None, batch=None,
        version=F("version") + 1,
    )  # fmt: skip
    if not back:
        raise NothingToUndo
    rows = [thawed(row) for row in before["rows"]]
    arrived_at = None if form.is_own else form.received_at
    activities.save_rows(registration, rows, by=by, at=at, on_behalf=before["on_behalf"], arrived_at=arrived_at)
    form.refresh_from_db()
    journal.write(
        "intake.form.undo", by=by, on=form, unit_path=registration.host.path, at=at,
        details={
            "name": form.name, "registration": registration.pk,
            **journal.change("state", FormFile.State.CONFIRMED, FormFile.State.READ),
        },
    )  # fmt: skip
    outbox.record(ConfirmationUndone(form_file_id=form.pk, registration_id=registration.pk), at=at)
