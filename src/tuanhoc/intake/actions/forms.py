"""Units' Word forms: taken in, corrected, set aside. Confirming them stands in ``confirming``."""

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.db.models import F

from tuanhoc.activities.models import Registration, State
from tuanhoc.activities.rules import ActivityDraft, row_changes
from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet
from tuanhoc.files.models import StoredFile
from tuanhoc.intake.models import FormFile, FormFileQuerySet, MailMessage
from tuanhoc.intake.queries.forms import roster_of, same_content
from tuanhoc.intake.rules import proposals
from tuanhoc.intake.rules.mailing import content_sha256
from tuanhoc.intake.rules.matching import LIKELY, SURE, Match, Roster, Sender
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal

from . import quarantine
from .pages import keep_pages
from .understanding import Understood, not_read, understand
from .uploads import Upload, file_name, unpacked


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


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an upload: forms read and not, and files that were here already."""

    read: tuple[FormFile, ...]
    unreadable: tuple[FormFile, ...]
    known_before: tuple[FormFile, ...]
    #: new files whose rows were here already, put aside with a link to the form that has them
    same_content: tuple[FormFile, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything came at all."""
        return bool(self.read or self.unreadable or self.known_before or self.same_content)


@dataclass(frozen=True, slots=True)
class Origin:
    """How a form reached us. ``received_at`` decides whether it is late."""

    taken_in_by: RosterUnit | None
    received_at: dt.datetime
    mail: MailMessage | None = None
    sender: Sender | None = None


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
    origin = Origin(taken_in_by, received_at)
    piles = Piles()
    for upload in unpacked(uploads):
        piles.put(*receive_one(campaign, upload, roster, origin, by=by, at=at))
    received = piles.received()
    if not received.any:
        raise NothingUploaded
    return received


class Piles:
    """Forms sorted by what became of them."""

    def __init__(self) -> None:
        self.read: list[FormFile] = []
        self.unreadable: list[FormFile] = []
        self.known: list[FormFile] = []
        self.same: list[FormFile] = []

    def put(self, form: FormFile, new: bool) -> str:
        """Put a form on its pile and return the pile's name."""
        if not new:
            name = "known"
        elif form.same_as_id is not None:
            name = "same"
        else:
            name = "read" if form.state == FormFile.State.READ else "unreadable"
        getattr(self, name).append(form)
        return name

    def add(self, received: Received | None) -> None:
        """Put what came in a message on the piles."""
        if received is not None:
            self.read += received.read
            self.unreadable += received.unreadable
            self.known += received.known_before
            self.same += received.same_content

    def received(self) -> Received:
        """Return the piles as they lie."""
        return Received(tuple(self.read), tuple(self.unreadable), tuple(self.known), tuple(self.same))


def receive_one(
    campaign: Campaign, upload: Upload, roster: Roster, origin: Origin, *, by: Actor, at: dt.datetime
) -> tuple[FormFile, bool]:
    """Take in one file that is no archive; return its form, and whether it is new.

    The same file sent again for this Week gives the form that is here.
    """
    digest = hashlib.sha256(upload.data).hexdigest()
    before = _sent_before(campaign).filter(stored__sha256=digest).first() or _refused_before(upload, origin)
    if before is not None:
        return before, False
    # Reading may take seconds; the database is written to afterwards, and shortly.
    understood = _understood(campaign, upload, roster, origin.sender)
    try:
        with transaction.atomic():
            return _keep_form(campaign, upload, understood, origin, by=by, at=at)
    except IntegrityError:
        # The same file came by another way at the same moment.
        before = _sent_before(campaign).filter(stored__sha256=digest).first()
        if before is None:
            raise
        return before, False


def _refused_before(upload: Upload, origin: Origin) -> FormFile | None:
    """Return the form of a file that could not be kept, when its message is read again."""
    if upload.data or origin.mail is None:
        return None
    return FormFile.objects.filter(mail=origin.mail, stored=None, name=file_name(upload.name)).first()


def _keep_form(
    campaign: Campaign, upload: Upload, understood: Understood, origin: Origin, *, by: Actor, at: dt.datetime
) -> tuple[FormFile, bool]:
    stored, understood = _kept(upload, understood, at=at)
    before = _sent_before(campaign).filter(stored=stored).first() if stored else None
    if before is not None:
        return before, False
    form = FormFile(
        campaign=campaign,
        stored=stored,
        name=file_name(upload.name),
        host_id=understood.match.pk,
        received_at=origin.received_at,
        taken_in_by=origin.taken_in_by,
        mail=origin.mail,
        from_contact=is_from_contact(understood.match, origin.sender),
    )
    _register(form, understood, by=by, at=at)
    return form, True


def is_from_contact(match: Match, sender: Sender | None) -> bool:
    """Whether the unit's own contact sent it."""
    return sender is not None and match.pk in sender.direct and match.score >= LIKELY


def _sent_before(campaign: Campaign) -> FormFileQuerySet:
    return FormFile.objects.filter(campaign=campaign, is_own=False).select_related("host").order_by("pk")


def _understood(campaign: Campaign, upload: Upload, roster: Roster, sender: Sender | None = None) -> Understood:
    if upload.refused is not None:
        return not_read(upload.refused)
    return understand(campaign, upload.data, file_name(upload.name), roster, sender)


def _kept(upload: Upload, understood: Understood, *, at: dt.datetime) -> tuple[StoredFile | None, Understood]:
    """Keep the file; when it is too large or empty, that is the reason it was not read."""
    if upload.refused is not None and not upload.data:
        return None, understood
    try:
        return quarantine.kept(upload.data, understood, at=at), understood
    except Refusal as refusal:
        return None, not_read(refusal)


def _register(form: FormFile, understood: Understood, *, by: Actor, at: dt.datetime) -> None:
    """Write down what was understood of a new form, or of one read again."""
    match = understood.match
    form.reading = understood.reading
    form.refused_because = understood.refused_because[:500]
    form.state = FormFile.State.UNREADABLE if understood.refused_because else FormFile.State.READ
    put_match(form, match)
    form.open_points = _open_points(form)
    _recognise(form, at=at)
    form.uploaded_at, form.uploaded_by = form.uploaded_at or at, form.uploaded_by or by.name
    form.save()
    keep_pages(form, understood.scans, at=at)
    journal.write(
        "intake.form.receive", by=by, on=form, unit_path=form.host.path if form.host else "", at=at,
        details={
            "name": form.name, "rows": len(form.reading.get("rows", [])),
            **journal.change("state", journal.ABSENT, form.state),
        },
    )  # fmt: skip


def put_match(form: FormFile, match: Match) -> None:
    """Note how sure the unit is and why; the form is not saved."""
    form.match_score, form.match_because = match.score, [[code, quoted[:200]] for code, quoted in match.because]
    form.match_others = list(match.others)


def put_content(form: FormFile) -> None:
    """Note what its rows say, by which the same content is recognised in another file; the form is not saved."""
    form.content_sha256 = content_sha256([row.draft for row in proposals.proposals(form.reading, None)])


def _recognise(form: FormFile, *, at: dt.datetime) -> None:
    """Put a form aside whose rows the same unit has sent already, in whatever kind of file."""
    put_content(form)
    form.same_as = None if form.is_own or form.refused_because else same_content(form)
    if form.same_as is not None:
        form.state, form.decided_at = FormFile.State.SET_ASIDE, at


def _open_points(form: FormFile) -> int:
    if not form.reading:
        return 0
    week = form.campaign
    return proposals.open_points(form.reading, form.corrected, form.settled, windows=week.windows)


def receive_own_form(host: RosterUnit, upload: Upload, *, by: Actor, at: dt.datetime) -> FormFile:
    """Take in the form a unit brings to its own sheet; its rows are shown before they go anywhere.

    :raises SheetNotOpen: its schedule was handed in.
    """
    if Registration.objects.filter(host=host).exclude(state__in=[State.DRAFT, State.RETURNED]).exists():
        raise SheetNotOpen
    campaign = host.campaign
    roster = roster_of(campaign, RosterUnit.objects.filter(campaign=campaign))
    understood = _understood(campaign, upload, roster)
    match = understood.match
    reason = "own_elsewhere" if match.pk not in {None, host.pk} and match.score >= SURE else "own"
    with transaction.atomic():
        stored, understood = _kept(upload, understood, at=at)
        form = FormFile(
            campaign=campaign, stored=stored, name=file_name(upload.name), host=host, received_at=at,
            taken_in_by=host, is_own=True,
        )  # fmt: skip
        _register(form, replace(understood, match=Match(host.pk, 1.0, ((reason, ""),))), by=by, at=at)
    return form


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
    before = [row.draft for row in proposals.proposals(form.reading, form.corrected)]
    now_kept = proposals.kept((key, draft) for key, draft in noted if not draft.is_blank())
    if form.corrected is not None or now_kept != as_read:
        form.corrected = now_kept
    unit_before = form.host.name if form.host else ""
    if (host.pk if host else None) != form.host_id:
        form.host = host
        form.match_score = 1.0 if host else 0.0
        form.match_because = [["chosen", by.name]] if host else []
        form.from_contact = False
    form.open_points = _open_points(form)
    form.save()
    journal.write(
        "intake.form.correct", by=by, on=form, unit_path=host.path if host else "", at=at,
        details={
            "rows": len(now_kept), "settled": form.settled,
            "changes": row_changes(before, [draft for _key, draft in noted if not draft.is_blank()]),
            **journal.change("unit", unit_before, host.name if host else ""),
        },
    )  # fmt: skip


def _noted(
    rows: Sequence[tuple[str, ActivityDraft]], pieces: Mapping[int, str], texts: Sequence[str]
) -> list[tuple[str, ActivityDraft]]:
    words = {to: "\n".join(texts[n] for n in sorted(pieces) if pieces[n] == to) for to in pieces.values()}
    return [(key, proposals.with_note(draft, words.get(key, ""))) for key, draft in rows]


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
    before = form.state
    form.refresh_from_db()
    journal.write(
        what, by=by, on=form, unit_path=form.host.path if form.host else "",
        at=now or decided_at,  # type: ignore[arg-type]
        details={"name": form.name, **journal.change("state", before, to)},
    )  # fmt: skip
