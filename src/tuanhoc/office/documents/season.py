"""All papers of a Week, for its archive: what each is, whose, and where it lies.

Kept by name for people who have only the file: what was asked, what came, what became of it.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from tuanhoc.activities.documents import Folders, annexes, file_name
from tuanhoc.activities.models import AnnexArchive, Registration, Submission
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.files.actions import FileGone, contents
from tuanhoc.files.models import StoredFile
from tuanhoc.intake.models import FormFile, PlanFile
from tuanhoc.lib.dates import HANOI
from tuanhoc.office.models import OfficialPaper
from tuanhoc.papers.csv import to_csv
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.pdf import to_pdf
from tuanhoc.papers.values import Table
from tuanhoc.schedule.documents import WRITERS, edition_of_release
from tuanhoc.schedule.models import Release

from .kinds import reprinted

#: what lies in the archive beside the papers: the index twice, and what ``sha256sum`` reads
INDEX_FILES = ("MỤC LỤC.xlsx", "MỤC LỤC.csv", "SHA256SUMS")
#: units whose annexes are read at a time
CHUNK = 50
#: kinds of signature a scan may have, by its type
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
INDEX_COLUMNS = ("TT", "Tệp", "Loại", "Đơn vị", "Thời điểm", "Ghi chú", "Số byte", "SHA-256")
_WIDTHS_MM = (12.0, 80.0, 35.0, 50.0, 30.0, 50.0, 20.0, 60.0)


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the archive; ``data`` None: it is only told of, and ``note`` says why."""

    path: str
    kind: str
    unit: str = ""
    at: dt.datetime | None = None
    note: str = ""
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Packed:
    """A line of the index: an item as it lies in the archive."""

    item: Item
    size_bytes: int = 0
    sha256: str = ""


def item_count(campaign: Campaign) -> int:
    """Return how many files the archive will have, less those that turn out to be held back. Six queries."""
    papers = OfficialPaper.objects.filter(campaign=campaign).exclude(number="").count()
    releases = Release.objects.filter(campaign=campaign).count()
    written = Registration.objects.filter(host__campaign=campaign)
    plans = PlanFile.objects.filter(campaign=campaign).exclude(stored=None).count()
    return (
        1 + len(INDEX_FILES) + plans + 2 * papers + 4 * releases + FormFile.objects.filter(campaign=campaign).count()
        + written.filter(activities__isnull=False).distinct().count() + written.exclude(signed_scan=None).count()
    )  # fmt: skip


def items(archive: AnnexArchive) -> Iterator[Item]:
    """Yield every paper of the Week, a few in memory at a time; the index, which comes last, is not among them."""
    campaign = archive.campaign
    yield from _plan(campaign)
    yield from _papers(campaign)
    yield from _releases(campaign)
    yield from _annexes(archive)
    yield from _scans(campaign)
    yield from _forms(campaign)
    yield _submissions(campaign)


def _plan(campaign: Campaign) -> Iterator[Item]:
    for plan in PlanFile.objects.filter(campaign=campaign).exclude(stored=None).select_related("stored"):
        name = file_name(plan.name)
        if plan.stored is not None:
            yield _kept(plan.stored, f"1 Kế hoạch và văn bản/Bản gốc {name}", "Kế hoạch", at=plan.received_at)


def _papers(campaign: Campaign) -> Iterator[Item]:
    papers = OfficialPaper.objects.filter(campaign=campaign).exclude(number="").select_related("host", "campaign")
    for paper in papers.order_by("issued_on", "pk"):
        name = file_name(f"{paper.number} {OfficialPaper.Kind(paper.kind).value}")
        document, sender = reprinted(paper), paper.host.name if paper.host else campaign.coordinator.name
        for ending, write in (("docx", to_docx), ("pdf", to_pdf)):
            yield Item(
                f"1 Kế hoạch và văn bản/{name}.{ending}", "Văn bản đã ghi số", sender, paper.numbered_at,
                f"Số {paper.number}", write(document),
            )  # fmt: skip


def _releases(campaign: Campaign) -> Iterator[Item]:
    for release in Release.objects.filter(campaign=campaign).select_related("campaign").order_by("number").iterator(1):
        edition = edition_of_release(release)
        for ending in ("docx", "pdf", "xlsx", "csv"):
            yield Item(
                f"2 Lịch tổng hợp/lan-{release.number}.{ending}", "Lịch tổng hợp", campaign.coordinator.name,
                release.released_at, f"Lần {release.number}", WRITERS[ending](edition),
            )  # fmt: skip


def _annexes(archive: AnnexArchive) -> Iterator[Item]:
    folders = Folders(archive.campaign_id)
    written = Registration.objects.filter(host__campaign_id=archive.campaign_id, activities__isnull=False)
    hosts = list(
        RosterUnit.objects.filter(pk__in=written.values("host")).in_reading_order().values_list("pk", flat=True)
    )
    for start in range(0, len(hosts), CHUNK):
        for host, annex in annexes(archive, hosts[start : start + CHUNK]):
            yield Item(f"3 Phụ lục/{folders.path(host)}", "Phụ lục đăng ký", host.name, data=to_docx(annex))


def _scans(campaign: Campaign) -> Iterator[Item]:
    folders = Folders(campaign.pk)
    scanned = Registration.objects.filter(host__campaign=campaign).exclude(signed_scan=None)
    for one in scanned.select_related("host", "signed_scan").order_by("host__rank", "host__name_order").iterator(CHUNK):
        if one.signed_scan is not None:
            path = folders.path(one.host, ending=_ENDINGS.get(one.signed_scan.content_type, "bin"))
            yield _kept(one.signed_scan, f"4 Bản quét đã ký/{path}", "Bản quét có chữ ký, dấu", one.host.name)


def _forms(campaign: Campaign) -> Iterator[Item]:
    folders = Folders(campaign.pk)
    forms = FormFile.objects.filter(campaign=campaign).select_related("host", "stored").defer("reading", "before")
    for form in forms.order_by("received_at", "pk").iterator(CHUNK):
        given = PurePosixPath(form.name)
        ending, name = file_name(given.suffix.lstrip(".") or "bin"), file_name(given.stem)
        place = (
            folders.path(form.host, ending=ending, name=name)
            if form.host
            else f"Chưa rõ đơn vị/{form.pk} {name}.{ending}"
        )
        path, unit = f"5 Tệp đã nhận/{place}", form.host.name if form.host else ""
        # On paper, which is Vietnamese whatever language the screen speaks.
        told = _FORM_STATES[form.state]
        if form.stored is None:
            yield Item(path, "Tệp đơn vị gửi", unit, form.received_at, f"{told}; tệp gốc không giữ được")
        else:
            yield _kept(form.stored, path, "Tệp đơn vị gửi", unit, at=form.received_at, note=told)


_FORM_STATES = {
    "read": "Chờ xác nhận", "unreadable": "Không đọc được", "confirmed": "Đã xác nhận",
    "set_aside": "Đã để sang một bên",
}  # fmt: skip


def _kept(
    stored: StoredFile, path: str, kind: str, unit: str = "", *, at: dt.datetime | None = None, note: str = ""
) -> Item:
    at = at or stored.stored_at
    if stored.is_quarantined:
        return Item(path, kind, unit, at, _joined(note, "đang cách ly, không kèm trong hồ sơ"))
    try:
        return Item(path, kind, unit, at, note, contents(stored))
    except FileGone:
        return Item(path, kind, unit, at, _joined(note, "tệp không còn trong kho"))


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _submissions(campaign: Campaign) -> Item:
    rows = Submission.objects.filter(registration__host__campaign=campaign).order_by("submitted_at", "pk")
    told = rows.values_list("number", "registration__host__name", "submitted_at", "is_late", "withdrawn_at", "sha256")
    table = Table(
        columns=("Số biên nhận", "Đơn vị", "Nộp lúc", "Sau hạn", "Rút lại lúc", "SHA-256"),
        widths_mm=(30.0, 60.0, 30.0, 20.0, 30.0, 60.0),
        rows=tuple(
            (number, unit, _moment(at), "có" if late else "không", _moment(back), digest)
            for number, unit, at, late, back, digest in told.iterator()
        ),
    )
    return Item("6 Biên nhận/bien-nhan.csv", "Biên nhận", campaign.coordinator.name, data=to_csv(table))


def index(packed: list[Packed]) -> Table:
    """Lay out what is in the archive and what is only told of, in the order of its folders."""
    rows = [
        (
            str(number), one.item.path, one.item.kind, one.item.unit, _moment(one.item.at), one.item.note,
            str(one.size_bytes) if one.sha256 else "", one.sha256,
        )
        for number, one in enumerate(packed, 1)
    ]  # fmt: skip
    return Table(columns=INDEX_COLUMNS, widths_mm=_WIDTHS_MM, rows=tuple(rows))


def _moment(at: dt.datetime | None) -> str:
    return f"{at.astimezone(HANOI):%H:%M %d/%m/%Y}" if at else ""
