"""Many forms confirmed at one stroke, and the whole stroke taken back."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet
from tuanhoc.intake.models import ConfirmationBatch, FormFile
from tuanhoc.intake.queries.clearing import standing_in
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal

from .confirming import Confirmed, NothingToUndo, confirm_all, undo_confirmation


class UnitElsewhere(Refusal):
    message = N_("Đơn vị này nay thuộc phần người khác tiếp nhận.")


def confirm_together(
    campaign: Campaign, forms: Sequence[FormFile], *, taken_in_by: RosterUnit | None, by: Actor, at: dt.datetime
) -> tuple[ConfirmationBatch | None, Confirmed]:
    """Confirm forms one by one, each whole or not at all, and remember that it was one stroke.

    :param taken_in_by: whose inbox it is; None for the coordinator's.
    :returns: the stroke, None when nothing was confirmed; and what became of each form.
    """
    result = confirm_all(forms, by=by, at=at)
    if not result.done:
        return None, result
    with transaction.atomic():
        batch = ConfirmationBatch.objects.create(
            campaign=campaign, taken_in_by=taken_in_by, form_count=len(result.done),
            confirmed_at=at, confirmed_by=by.name,
        )  # fmt: skip
        FormFile.objects.filter(pk__in=[form.pk for form in result.done]).update(batch=batch)
        journal.write(
            "intake.batch.confirm", by=by, on=batch, unit_path=taken_in_by.path if taken_in_by else "", at=at,
            details={
                "forms": len(result.done), "left": len(result.left),
                **journal.change("state", FormFile.State.READ, FormFile.State.CONFIRMED),
            },
        )  # fmt: skip
    return batch, result


def undo_batch(batch: ConfirmationBatch, *, among: RosterUnitQuerySet, by: Actor, at: dt.datetime) -> Confirmed:
    """Take back every confirmation of a stroke that nobody has looked at since; the others stay, with the reason.

    Each form goes back whole or stays whole. Once all are back, the stroke is over.

    :param among: the units for which ``by`` may take a confirmation back.
    :raises NothingToUndo: it was taken back before, or nothing of it stands any more.
    """
    forms = list(standing_in(batch))
    if not forms:
        raise NothingToUndo
    reached = set(among.filter(pk__in=[form.host_id for form in forms]).values_list("pk", flat=True))
    done: list[FormFile] = []
    left: list[tuple[FormFile, Refusal]] = []
    for form in forms:
        try:
            if form.host_id not in reached:
                raise UnitElsewhere
            undo_confirmation(form, by=by, at=at)
            done.append(form)
        except Refusal as refusal:
            left.append((form, refusal))
    with transaction.atomic():
        FormFile.objects.filter(pk__in=[form.pk for form in done]).update(batch=None)
        if not left:
            ConfirmationBatch.objects.filter(pk=batch.pk).update(undone_at=at)
        batch.refresh_from_db()
        journal.write(
            "intake.batch.undo", by=by, on=batch, unit_path=batch.taken_in_by.path if batch.taken_in_by else "", at=at,
            details={
                "forms": len(done), "left": len(left),
                **journal.change("state", FormFile.State.CONFIRMED, FormFile.State.READ),
            },
        )  # fmt: skip
    return Confirmed(tuple(done), tuple(left))
