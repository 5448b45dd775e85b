"""Units' Word forms: taken in, corrected, set aside. Confirming them stands in ``confirming``."""

import datetime as dt
import hashlib
import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from tuanhoc.activities.models import Registration, State
from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet
from tuanhoc.files import actions as files
from tuanhoc.files.models import StoredFile
from tuanhoc.intake.form import Window, as_json, read_form
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.queries.forms import roster_of
from tuanhoc.intake.rules import proposals
from tuanhoc.intake.rules.matching import SURE, Match, Roster, Signs
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import name_key
from tuanhoc.papers import reading as papers
from tuanhoc.papers.reading import Document, Grid, Paragraph, Unreadable

from .uploads import Upload, file_name, unpacked

log = logging.getLogger(__name__)
#: Lines before the table that may hold the letterhead.
_HEAD_LINES = 16


class NothingUploaded(Refusal):
    message = N_("Vui lòng chọn ít nhất một tệp.")


class ReceivedInFuture(Refusal):
    message = N_("Ngày nhận không thể sau hôm nay.")


class NotToConfirm(Refusal):
    message = N_("Tệp này không còn ở trạng thái chờ xác nhận.")


class CorrectedElsewhere(Refusal):
    message = N_("Tệp này vừa được sửa ở một cửa sổ khác. Vui lòng tải lại trang để xem bản mới rồi sửa tiếp.")


class SheetNotOpen(Refusal):
    message = N_("Lịch của đơn vị đã được nộp. Muốn đưa tệp khác vào, vui lòng đề nghị đơn vị tiếp nhận trả lại.")


class ReaderFailed(Refusal):
    message = N_(
        "Phần mềm chưa đọc được tệp này (lỗi của phần mềm, không phải của đơn vị). Tệp gốc vẫn được giữ: "
        "có thể tải về, nhập tay, hoặc thử đọc lại sau."
    )


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an upload: forms read and not, and files that were here already."""

    read: tuple[FormFile, ...]
    unreadable: tuple[FormFile, ...]
    known_before: tuple[FormFile, ...]


@dataclass(frozen=True, slots=True)
class _Understood:
    """What a file gave: a reading and the unit it is believed to be from, or why not."""

    reading: dict[str, Any]
    match: Match
    refused_because: str = ""


def receive_forms(
    campaign: Campaign,
    uploads: Iterable[Upload],
    *,
    among: RosterUnitQuerySet,
    taken_in_by: RosterUnit | None,
    received_at: dt.datetime,
    by: Actor,
    at: dt.datetime,
) -> Received:
    """Take in forms, zips of forms too: read each, and say which unit it is believed to be from.

    Every file is kept, also one that cannot be read, with the reason. The same content sent again for
    this Week is said to be here already, and not doubled. Each file stands for itself: one that fails
    takes nothing of the others along.

    :param among: the units whose forms these may be.
    :param taken_in_by: the district taking them in; None for the coordinator.
    :param received_at: when the paper or mail came in, which decides whether it is late.
    :raises NothingUploaded: no file. :raises ReceivedInFuture: received after now.
    """
    if received_at > at:
        raise ReceivedInFuture
    roster = roster_of(campaign, among)
    read, unreadable, known = [], [], []
    for upload in unpacked(uploads):
        form, new = _receive(
            campaign, upload, roster, taken_in_by=taken_in_by, received_at=received_at, by=by, at=at
        )
        pile = known if not new else read if form.state == FormFile.State.READ else unreadable
        pile.append(form)
    if not (read or unreadable or known):
        raise NothingUploaded
    return Received(tuple(read), tuple(unreadable), tuple(known))


@transaction.atomic
def _receive(
    campaign: Campaign,
    upload: Upload,
    roster: Roster,
    *,
    taken_in_by: RosterUnit | None,
    received_at: dt.datetime,
    by: Actor,
    at: dt.datetime,
) -> tuple[FormFile, bool]:
    before = _same_content(campaign, upload.data) if upload.data else None
    if before is not None:
        return before, False
    stored, understood = _keep_and_read(campaign, upload, roster, at=at)
    form = FormFile(
        campaign=campaign,
        stored=stored,
        name=file_name(upload.name),
        host_id=understood.match.pk,
        received_at=received_at,
        taken_in_by=taken_in_by,
    )
    _register(form, understood, by=by, at=at)
    return form, True


def _same_content(campaign: Campaign, data: bytes) -> FormFile | None:
    digest = hashlib.sha256(data).hexdigest()
    sent = FormFile.objects.filter(campaign=campaign, stored__sha256=digest, is_own=False)
    return sent.select_related("host").order_by("pk").first()


def _keep_and_read(
    campaign: Campaign, upload: Upload, roster: Roster, *, at: dt.datetime
) -> tuple[StoredFile | None, _Understood]:
    try:
        if upload.refused is not None and not upload.data:
            raise upload.refused
        stored = files.keep(upload.data, at=at)
    except Refusal as refusal:
        return None, _not_read(refusal)
    if upload.refused is not None:
        return stored, _not_read(upload.refused)
    return stored, _understand(campaign, upload.data, file_name(upload.name), roster)


def _not_read(refusal: Refusal) -> _Understood:
    return _Understood({}, Match(None, 0.0, ""), str(refusal))


def _understand(campaign: Campaign, data: bytes, name: str, roster: Roster) -> _Understood:
    try:
        document = papers.read(data, name)
        reading = as_json(read_form(document, Window(campaign.starts_on, campaign.ends_on)))
    except Unreadable as refusal:
        return _not_read(refusal)
    except Exception:
        # The wall between one strange file and the ninety-nine beside it; the log keeps what went wrong.
        log.exception("a form could not be read")
        return _not_read(ReaderFailed())
    return _Understood(reading, roster.match(_signs(document, reading["organisation"] or "")))


def _signs(document: Document, organisation: str) -> Signs:
    """Gather what says who sent the form. The reader falls back on the file's name, which counts as that."""
    written = name_key("\n".join(line for block in document.blocks for line in _lines(block)))
    in_the_form = organisation if name_key(organisation) in written else ""
    return Signs(organisation=in_the_form, letterhead=_head_of(document), file_name=document.name)


def _lines(block: Paragraph | Grid) -> list[str]:
    if isinstance(block, Paragraph):
        return block.text.split("\n")
    return [line for cell in block.cells for line in cell.lines]


def _head_of(document: Document) -> list[str]:
    """Return the lines above the form's table: the letterhead is often a table of its own, without borders."""
    widest = max((b.rows * b.columns for b in document.blocks if isinstance(b, Grid)), default=0)
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Grid) and block.rows * block.columns == widest and block.columns > 2:
            break
        lines += _lines(block)
    return [line for line in lines if line.strip() and not _speaks_of_others(line)][:_HEAD_LINES]


def _speaks_of_others(line: str) -> bool:
    """Whether a line names somebody the form is sent to or made because of."""
    first = line.strip().lower()
    return first.startswith(("kính gửi", "căn cứ", "thực hiện", "theo ", "(kèm", "kèm theo", "nơi nhận"))


def _register(form: FormFile, understood: _Understood, *, by: Actor, at: dt.datetime) -> None:
    """Write down what was understood of a new form, or of one read again."""
    match = understood.match
    form.reading = understood.reading
    form.refused_because = understood.refused_because[:500]
    form.state = FormFile.State.UNREADABLE if understood.refused_because else FormFile.State.READ
    form.match_score, form.match_reason = match.score, match.reason[:300]
    form.match_others = list(match.others)
    form.open_points = _open_points(form)
    form.uploaded_at, form.uploaded_by = form.uploaded_at or at, form.uploaded_by or by.name
    form.save()
    journal.write(
        "intake.form.receive", by=by, on=form, unit_path=form.host.path if form.host else "", at=at,
        details={"name": form.name, "state": form.state, "rows": len(form.reading.get("rows", []))},
    )  # fmt: skip


def _open_points(form: FormFile) -> int:
    if not form.reading:
        return 0
    week = form.campaign
    return proposals.open_points(
        form.reading, form.corrected, form.settled, starts_on=week.starts_on, ends_on=week.ends_on
    )


@transaction.atomic
def receive_own_form(host: RosterUnit, upload: Upload, *, by: Actor, at: dt.datetime) -> FormFile:
    """Take in the form a unit brings to its own sheet; its rows are shown before they go anywhere.

    :raises SheetNotOpen: its schedule was handed in.
    """
    if Registration.objects.filter(host=host).exclude(state__in=[State.DRAFT, State.RETURNED]).exists():
        raise SheetNotOpen
    campaign = host.campaign
    roster = roster_of(campaign, RosterUnit.objects.filter(campaign=campaign))
    stored, understood = _keep_and_read(campaign, upload, roster, at=at)
    match = understood.match
    if match.pk not in {None, host.pk} and match.score >= SURE:
        reason = N_("Tên ghi trong tệp giống một đơn vị khác: xin kiểm tra đúng tệp của đơn vị mình.")
    else:
        reason = N_("Đơn vị tự đưa tệp lên.")
    form = FormFile(
        campaign=campaign, stored=stored, name=file_name(upload.name), host=host, received_at=at,
        taken_in_by=host, is_own=True,
    )  # fmt: skip
    _register(form, _Understood(understood.reading, Match(host.pk, 1.0, reason), understood.refused_because), by=by, at=at)
    return form


@transaction.atomic
def read_again(form: FormFile, *, among: RosterUnitQuerySet, by: Actor, at: dt.datetime) -> None:
    """Read an unreadable file once more: the software may have learned to.

    :raises NotToConfirm: it was read, or nothing of it is kept.
    """
    if form.state != FormFile.State.UNREADABLE or form.stored is None:
        raise NotToConfirm
    understood = _understand(form.campaign, files.contents(form.stored), form.name, roster_of(form.campaign, among))
    if not form.is_own:
        form.host_id = understood.match.pk
    _register(form, understood, by=by, at=at)


@transaction.atomic
def correct_form(
    form: FormFile,
    *,
    host: RosterUnit | None,
    rows: Sequence[tuple[str, ActivityDraft]],
    pieces: Mapping[int, str],
    version: int | None = None,
    by: Actor,
    at: dt.datetime,
) -> None:
    """Keep what a person corrected: the unit, the rows, and where words go that were in no row.

    :param rows: (key, draft) each; keys of read rows are their place in the reading.
    :param pieces: place in ``unplaced`` -> the key of the row whose note takes it, "" to set it aside.
    :param version: the version the writer had on screen; None skips the comparison.
    :raises NotToConfirm: it is confirmed or set aside. :raises CorrectedElsewhere: somebody was faster.
    """
    moved = FormFile.objects.filter(pk=form.pk, state=FormFile.State.READ)
    if not moved.exists():
        raise NotToConfirm
    if version is not None:
        moved = moved.filter(version=version)
    if not moved.update(version=F("version") + 1):
        raise CorrectedElsewhere
    form.refresh_from_db()
    texts = [piece["text"] for piece in form.reading.get("unplaced", [])]
    noted = _noted(rows, {n: key for n, key in pieces.items() if 0 <= n < len(texts)}, texts)
    form.settled = sorted({*form.settled, *(n for n in pieces if 0 <= n < len(texts))})
    as_read = proposals.kept((row.key, row.draft) for row in proposals.proposals(form.reading, None))
    now_kept = proposals.kept((key, draft) for key, draft in noted if not draft.is_blank())
    if form.corrected is not None or now_kept != as_read:
        form.corrected = now_kept
    if (host.pk if host else None) != form.host_id:
        form.host = host
        form.match_score = 1.0 if host else 0.0
        form.match_reason = (N_("%s đã chọn đơn vị này.") % by.name)[:300] if host else ""
    form.open_points = _open_points(form)
    form.save()
    journal.write(
        "intake.form.correct", by=by, on=form, unit_path=host.path if host else "", at=at,
        details={"rows": len(now_kept), "settled": form.settled},
    )  # fmt: skip


def _noted(
    rows: Sequence[tuple[str, ActivityDraft]], pieces: Mapping[int, str], texts: Sequence[str]
) -> list[tuple[str, ActivityDraft]]:
    out = []
    for key, draft in rows:
        for n, to in sorted(pieces.items()):
            draft = proposals.with_note(draft, texts[n]) if to == key else draft
        out.append((key, draft))
    return out


@transaction.atomic
def set_aside(form: FormFile, *, by: Actor, at: dt.datetime) -> None:
    """Put a form out of the way without confirming it; it stays, and can be taken up again.

    :raises NotToConfirm: it is confirmed.
    """
    waiting = {FormFile.State.READ, FormFile.State.UNREADABLE}
    _move(form, waiting, FormFile.State.SET_ASIDE, at, "intake.form.set_aside", by=by)


@transaction.atomic
def take_up_again(form: FormFile, *, by: Actor, at: dt.datetime) -> None:
    """Bring a form that was set aside back to where it was.

    :raises NotToConfirm: it is not set aside.
    """
    back = FormFile.State.UNREADABLE if form.refused_because else FormFile.State.READ
    _move(form, {FormFile.State.SET_ASIDE}, back, None, "intake.form.take_up", by=by, now=at)


def _move(
    form: FormFile,
    out_of: Collection[FormFile.State],
    to: FormFile.State,
    decided_at: dt.datetime | None,
    what: str,
    *,
    by: Actor,
    now: dt.datetime | None = None,
) -> None:
    standing = FormFile.objects.filter(pk=form.pk, state__in=out_of)
    if not standing.update(state=to, decided_at=decided_at, version=F("version") + 1):
        raise NotToConfirm
    form.refresh_from_db()
    journal.write(what, by=by, on=form, unit_path=form.host.path if form.host else "", at=now or decided_at)  # type: ignore[arg-type]
