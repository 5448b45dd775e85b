"""What an edited schedule proposes is accepted or declined, one by one. A part of ``schedule.actions``."""

import datetime as dt
import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Activity, Registration
from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.files import actions as files
from tuanhoc.files.models import StoredFile
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.dates import HANOI, short
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import name_key

from . import rules
from .comeback import Comparison, Kind, Proposal, known
from .comeback.now import Now, fields_of, now
from .models import EditedSchedule, PrintedDraft, ProposedChange, Release
from .queries import cells_now, standing_lines


class DecidedAlready(Refusal):
    message = N_("Thay đổi này đã được xử lý trước đó.")


class ChangedHere(Refusal):
    message = N_("Dòng này đã được sửa trong phần mềm sau khi in bản Word. Vui lòng xem lại rồi chọn bên nào.")


class OfAnotherUnit(Refusal):
    message = N_("Dòng này thuộc đơn vị ở nơi khác, không có trong lịch của đơn vị mình, nên không ghi ở đây được.")


class NoUnit(Refusal):
    message = N_("Dòng thêm này chưa có đơn vị. Vui lòng chọn đơn vị.")


class NothingToWrite(Refusal):
    message = N_("Phần sửa này phần mềm không tự ghi được. Vui lòng sửa trực tiếp hoạt động rồi chọn “Không nhận”.")


class LineGone(Refusal):
    message = N_("Hoạt động này không còn trong lịch: đã hủy, hoặc bản đăng ký đã được trả lại cho đơn vị.")


class NotUndone(Refusal):
    message = N_("Hoạt động đã được sửa tiếp sau đó nên không hoàn tác được.")


@transaction.atomic
def keep_draft(
    campaign: Campaign, lines: Sequence[rules.Line], *, host: RosterUnit | None = None, by: Actor, at: dt.datetime
) -> PrintedDraft:
    """Keep the lines of a draft that leaves as a Word file; the same lines as the last time are not kept again."""
    ordered = sorted(lines, key=lambda line: line.activity_id)
    told = json.dumps([rules.frozen(line) for line in ordered], ensure_ascii=False, sort_keys=True)
    stored = files.keep(gzip.compress(told.encode("utf-8"), mtime=0), at=at)
    last = PrintedDraft.objects.filter(campaign=campaign, host=host).order_by("-printed_at", "-pk").first()
    if last is not None and last.stored_id == stored.pk:
        return last
    return PrintedDraft.objects.create(campaign=campaign, host=host, printed_at=at, by_name=by.name, stored=stored)


@dataclass(frozen=True, slots=True)
class Source:
    """What an edited paper was printed from; both None: not known."""

    release: Release | None = None
    draft: PrintedDraft | None = None


@transaction.atomic
def take_in_edited(
    campaign: Campaign,
    comparison: Comparison,
    *,
    stored: StoredFile,
    name: str,
    source: Source,
    host: RosterUnit | None = None,
    by: Actor,
    at: dt.datetime,
) -> EditedSchedule:
    """Keep what an edited schedule proposes; what stands here already as the paper wants it is left out."""
    edited = EditedSchedule.objects.create(
        campaign=campaign, host=host, stored=stored, name=name[:255], release=source.release, draft=source.draft,
        uploaded_at=at, uploaded_by=by.name, unchanged=comparison.unchanged,
        loose=[[loose.where, loose.text] for loose in comparison.loose],
    )  # fmt: skip
    lines = standing_lines(campaign, within=host)
    here = {x.activity_id: known(x, year=campaign.year).cells for x in lines if not x.is_cancelled}
    rows = {tuple(sorted(cells.items())) for cells in here.values()}
    open_ones = [p for p in comparison.proposals if not _is_settled(p, here, rows)]
    # A unit's own schedule speaks of it and those under it, whatever somebody wrote into the file.
    roster = RosterUnit.objects.within(host) if host else RosterUnit.objects.filter(campaign=campaign)
    by_name = {unit.name_key: unit for unit in roster}
    hosts = dict(
        Activity.objects.filter(
            pk__in=[p.activity_id for p in open_ones], registration__host__in=roster.values("pk")
        ).values_list("pk", "registration__host")
    )
    ProposedChange.objects.bulk_create(
        ProposedChange(
            edited=edited, number=number, kind=proposal.kind.value,
            activity_id=proposal.activity_id if proposal.activity_id in hosts else None,
            host_id=hosts.get(proposal.activity_id or 0) or _pk(by_name.get(name_key(proposal.unit))),
            before=dict(proposal.before), after=dict(proposal.after), line=dict(proposal.line),
            where=proposal.where[:200], confidence=proposal.confidence, codes=list(proposal.codes),
        )
        for number, proposal in enumerate(open_ones, start=1)
    )  # fmt: skip
    details: dict[str, object] = {"sha256": stored.sha256, "proposed": len(open_ones)} | journal.change(
        "state", journal.ABSENT, "waiting"
    )
    journal.write("schedule.edited.take_in", by=by, on=edited, at=at, unit_path=_path(host), details=details)
    return edited


def _path(unit: RosterUnit | None) -> str:
    return unit.path if unit else ""


def _pk(unit: RosterUnit | None) -> int | None:
    return unit.pk if unit else None


def _is_settled(
    proposal: Proposal, here: Mapping[int, Mapping[str, str]], rows: set[tuple[tuple[str, str], ...]]
) -> bool:
    if proposal.kind is Kind.ADDED:
        return tuple(sorted(proposal.after.items())) in rows
    current = here.get(proposal.activity_id or 0)
    return now(proposal.kind, proposal.before, proposal.after, current) is Now.SETTLED


@transaction.atomic
def accept_change(
    change: ProposedChange, *, host: RosterUnit | None = None, seen: int | None = None, by: Actor, at: dt.datetime
) -> None:
    """Write one proposed change into its unit's accepted registration; the unit is told.

    :param host: the unit of an added line that names none.
    :param seen: the ``sequence`` of an activity changed here since the paper was printed, as it was on screen:
        the paper's words are taken all the same.
    :raises DecidedAlready: by an earlier click, or in another window. :raises OfAnotherUnit: the paper is one
        unit's own schedule, and the line belongs to a unit elsewhere. :raises ChangedHere: without ``seen``, or
        once more since. :raises NoUnit, NothingToWrite: as they say. And as the actions of ``activities`` raise.
    """
    _decide(change, ProposedChange.State.ACCEPTED, by=by, at=at)
    _within_its_schedule(change.edited.host, change.activity.registration.host if change.activity else None)
    _within_its_schedule(change.edited.host, host or change.host)
    if change.kind == Kind.ADDED:
        _add(change, host=host, by=by, at=at)
    else:
        _write(change, seen=seen, by=by, at=at)
    change.save()
    told = journal.change("state", ProposedChange.State.WAITING, ProposedChange.State.ACCEPTED)
    journal.write("schedule.change.accept", by=by, on=change, at=at, unit_path=_path(change.host), details=told)


def _within_its_schedule(of: RosterUnit | None, written: RosterUnit | None) -> None:
    """Refuse to write into a registration that a unit's own schedule does not speak of."""
    if of and written and (written.campaign_id != of.campaign_id or not written.path.startswith(of.path)):
        raise OfAnotherUnit


@transaction.atomic
def decline_change(change: ProposedChange, *, by: Actor, at: dt.datetime) -> None:
    """Leave the line as it stands here. :raises DecidedAlready: as above."""
    _decide(change, ProposedChange.State.DECLINED, by=by, at=at)
    told = journal.change("state", ProposedChange.State.WAITING, ProposedChange.State.DECLINED)
    journal.write("schedule.change.decline", by=by, on=change, at=at, unit_path=_path(change.host), details=told)


def _decide(change: ProposedChange, to: ProposedChange.State, *, by: Actor, at: dt.datetime) -> None:
    # One conditional UPDATE: of two clicks, one wins.
    waiting = ProposedChange.objects.filter(pk=change.pk, state=ProposedChange.State.WAITING)
    if not waiting.update(state=to, decided_at=at, decided_by=by.name[:200]):
        raise DecidedAlready
    change.refresh_from_db()


def _add(change: ProposedChange, *, host: RosterUnit | None, by: Actor, at: dt.datetime) -> None:
    change.host = host or change.host
    if change.host is None:
        raise NoUnit
    fields = fields_of(change.after, form="", year=change.edited.campaign.year)
    row = ActivityDraft(**fields)  # type: ignore[arg-type]
    made = activities.insert_activity(change.host, row, reason=_reason(change.edited), by=by, at=at)
    change.activity = made
    change.undo = {"sequence": made.sequence}


def _write(change: ProposedChange, *, seen: int | None, by: Actor, at: dt.datetime) -> None:
    activity = change.activity
    if activity is None:
        raise LineGone
    # Held before it is compared: nobody changes the line between the look and the writing.
    Registration.objects.select_for_update().get(pk=activity.registration_id)
    activity.refresh_from_db()
    current = cells_now([activity.pk], year=change.edited.campaign.year).get(activity.pk)
    stands = now(Kind(change.kind), change.before, change.after, current)
    if stands is Now.GONE:
        raise LineGone
    if stands is Now.CONFLICT and seen != activity.sequence:
        raise ChangedHere
    reason, sequence = _reason(change.edited), activity.sequence
    if change.kind == Kind.REMOVED:
        activities.change_activity(activity, reason=reason, cancel=True, by_office=True, by=by, at=at)
        change.undo = {"sequence": sequence + 1}
        return
    fields = fields_of(change.after, form=activity.form, year=change.edited.campaign.year)
    if not fields:
        raise NothingToWrite
    before = activities.amend_activity(activity, fields, reason=reason, by=by, at=at)
    change.undo = {"sequence": sequence + 1, "fields": before}


@transaction.atomic
def undo_change(change: ProposedChange, *, by: Actor, at: dt.datetime) -> None:
    """Take an accepted or declined change back: the line stands as before, and the proposal waits again.

    :raises DecidedAlready: it waits already. :raises NotUndone: the line was changed since.
    """
    decided = ProposedChange.objects.filter(pk=change.pk).exclude(state=ProposedChange.State.WAITING)
    change.refresh_from_db()
    was = change.state
    if not decided.update(state=ProposedChange.State.WAITING, decided_at=None, decided_by="", undo={}):
        raise DecidedAlready
    if was == ProposedChange.State.ACCEPTED:
        _write_back(change, by=by, at=at)
    change.refresh_from_db()
    told = journal.change("state", was, ProposedChange.State.WAITING)
    journal.write("schedule.change.undo", by=by, on=change, at=at, unit_path=_path(change.host), details=told)


def _write_back(change: ProposedChange, *, by: Actor, at: dt.datetime) -> None:
    activity = change.activity
    if activity is None:
        raise NotUndone
    Registration.objects.select_for_update().get(pk=activity.registration_id)
    activity.refresh_from_db()
    if activity.sequence != change.undo.get("sequence"):
        raise NotUndone
    reason = f"Hoàn tác: {_reason(change.edited)}"
    if change.kind == Kind.ADDED:
        activities.change_activity(activity, reason=reason, cancel=True, by_office=True, by=by, at=at)
        ProposedChange.objects.filter(pk=change.pk).update(activity=None)
    elif change.kind == Kind.REMOVED:
        activities.restore_activity(activity, reason=reason, by=by, at=at)
    else:
        fields = rules.fields_thawed(change.undo.get("fields", {}))
        activities.amend_activity(activity, fields, reason=reason, by=by, at=at)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of accepting many: how many were written, and what was left with its reason."""

    done: int
    left: tuple[tuple[ProposedChange, Refusal], ...]


def accept_changes(changes: Sequence[ProposedChange], *, by: Actor, at: dt.datetime) -> Accepted:
    """Accept many, each whole or not at all; one that is refused holds up no other."""
    done, left = 0, []
    for change in changes:
        try:
            accept_change(change, by=by, at=at)
            done += 1
        except Refusal as refusal:
            left.append((change, refusal))
    return Accepted(done, tuple(left))


def _reason(edited: EditedSchedule) -> str:
    """Return what the unit is told; on paper and in letters, whatever language the screen speaks."""
    name = edited.name if len(edited.name) <= 120 else f"{edited.name[:119]}…"
    return f"sửa trong bản Word “{name}” đưa lên ngày {short(edited.uploaded_at.astimezone(HANOI).date())}"
