"""A form read once more: what could not be read before, and what was read but not touched by anybody yet."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from tuanhoc.campaigns.models import RosterUnitQuerySet
from tuanhoc.files import actions as files
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.queries.forms import roster_of
from tuanhoc.intake.queries.mails import sender_of
from tuanhoc.intake.rules import proposals
from tuanhoc.intake.rules.signs import Sender
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal

from . import quarantine
from .forms import CorrectedElsewhere, NotToConfirm, is_from_contact, put_content, put_match
from .pages import keep_pages
from .understanding import Understood, understand


class CorrectedByHand(Refusal):
    message = N_("Tệp này đã có người sửa: đọc lại sẽ làm mất phần đã sửa, nên phần mềm giữ nguyên.")


class WorseNow(Refusal):
    message = N_("Lần này không đọc được tệp, nên giữ kết quả đọc trước: %(reason)s")


@dataclass(frozen=True, slots=True)
class Reread:
    """What another reading changed: rows before and now, how many of now's are new or different, words left over."""

    rows_before: int
    rows: int
    rows_changed: int
    pieces_before: int
    pieces: int
    unit_changed: bool = False
    is_read: bool = True

    @property
    def is_same(self) -> bool:
        return (
            not (self.rows_changed or self.unit_changed)
            and self.rows_before == self.rows
            and self.pieces_before == self.pieces
        )


def may_read_again(form: FormFile) -> bool:
    """Whether the file is kept and nobody's work would be lost."""
    untouched = form.corrected is None and not form.settled
    return form.stored is not None and (
        form.state == FormFile.State.UNREADABLE or (form.state == FormFile.State.READ and untouched)
    )


def read_once_more(form: FormFile, *, among: RosterUnitQuerySet, by: Actor, at: dt.datetime) -> Reread:
    """Read a file again: the software may have learned to read it better. Nothing that was read gets lost.

    :raises NotToConfirm: it is confirmed or set aside, or nothing of it is kept.
    :raises CorrectedByHand: somebody has corrected it. :raises WorseNow: it was read, and now cannot be.
    :raises CorrectedElsewhere: somebody worked on it at the same moment.
    """
    if form.stored is None or form.state not in {FormFile.State.UNREADABLE, FormFile.State.READ}:
        raise NotToConfirm
    if not may_read_again(form):
        raise CorrectedByHand
    data = files.contents_in_quarantine(form.stored)
    # Reading may take seconds; the database is written to afterwards, and shortly.
    sender = sender_of(form)
    understood = understand(form.campaign, data, form.name, roster_of(form.campaign, among), sender)
    with transaction.atomic():
        held = FormFile.objects.select_for_update().get(pk=form.pk)
        if held.version != form.version or held.state != form.state:
            raise CorrectedElsewhere
        quarantine.settle(form.stored, understood, at=at)
        if not (understood.refused_because and form.state == FormFile.State.READ):
            return _kept(form, understood, sender, by=by, at=at)
    raise WorseNow(reason=understood.refused_because)


def _kept(form: FormFile, understood: Understood, sender: Sender | None, *, by: Actor, at: dt.datetime) -> Reread:
    """Put the new reading in the place of the old one."""
    change, host_before = _change(form.reading, understood.reading), form.host_id
    if not _unit_stands(form):
        form.host_id = understood.match.pk
        put_match(form, understood.match)
        form.from_contact = is_from_contact(understood.match, sender)
    before = form.state
    form.reading = understood.reading
    put_content(form)
    form.refused_because = understood.refused_because[:500]
    form.state = FormFile.State.UNREADABLE if understood.refused_because else FormFile.State.READ
    week = form.campaign
    form.open_points = proposals.open_points(form.reading, None, [], windows=week.windows) if form.reading else 0
    form.version += 1
    form.save()
    keep_pages(form, understood.scans, at=at)
    journal.write(
        "intake.form.read_again", by=by, on=form, unit_path=form.host.path if form.host else "", at=at,
        details={
            "before": {"state": before, "rows": change.rows_before},
            "after": {"state": form.state, "rows": change.rows},
        },
    )  # fmt: skip
    return replace(change, unit_changed=form.host_id != host_before, is_read=form.state == FormFile.State.READ)


def _unit_stands(form: FormFile) -> bool:
    """Whether the unit is not to be guessed at again.

    A full score is a person's choice or the very name in the file; what came by mail was matched by its sender too,
    whom the file alone does not name.
    """
    known = form.host_id is not None and form.state == FormFile.State.READ
    return form.is_own or (known and (form.match_score == 1.0 or form.mail_id is not None))


def _change(before: Mapping[str, Any], now: Mapping[str, Any]) -> Reread:
    old, new = before.get("rows", []), now.get("rows", [])
    # Rows are the same when they say the same; how sure the reader is may have changed.
    rest = [_said(row) for row in old]
    changed = 0
    for row in map(_said, new):
        if row in rest:
            rest.remove(row)
        else:
            changed += 1
    return Reread(len(old), len(new), changed, len(before.get("unplaced", [])), len(now.get("unplaced", [])))


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in {"confidence", "reasons", "source", "boxes"}}
