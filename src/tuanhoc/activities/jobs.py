"""Long work: the annexes of all units into one zip, written to the disk one by one."""

import os
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.db.models import Prefetch
from django_tasks import task

from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.outbox.actions import on
from tuanhoc.papers.docx import to_docx
from tuanhoc.web import clock

from . import archives, documents
from .events import AnnexesAsked
from .models import Activity, AnnexArchive, Registration, State, Submission
from .queries import draft_of

#: units read at a time, and annexes between two words of how far it is
CHUNK = 50
#: What no folder or file of Windows may be called.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
#: a unit that stands under no other on the roster
TOP = "Cấp tỉnh"


@task()
def write_archive(archive_id: int) -> str:
    """Write one archive unless another worker does; return what became of it. Bears any number of runs."""
    hosts = _hosts(archive_id)
    archive = archives.begin(archive_id, total=len(hosts), machine=clock.machine())
    if archive is None:
        return "nothing to do"
    path = archives.path_of(archive)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Each worker writes a file of its own; only a whole one gets the name.
    for left_over in path.parent.glob(f"{path.stem}.*.part"):
        left_over.unlink(missing_ok=True)
    part = path.with_suffix(f".{archive.turn}.part")
    try:
        done = _write(part, archive, hosts)
        if done is None:
            return "given to another worker"
        os.replace(part, path)
        archives.finish(archive, done=done, size_bytes=path.stat().st_size, at=clock.now())
    finally:
        part.unlink(missing_ok=True)
    return f"{done} annexes"


@on(AnnexesAsked)
def begin_to_write(event: AnnexesAsked) -> None:
    """Leave the long work to a task: an event is delivered in a moment."""
    write_archive.enqueue(event.archive_id)


def _hosts(archive_id: int) -> list[int]:
    """Return the units whose annexes go in, in reading order."""
    archive = AnnexArchive.objects.get(pk=archive_id)
    roster = RosterUnit.objects.filter(campaign_id=archive.campaign_id).in_reading_order()
    if not archive.with_blanks:
        written = Registration.objects.filter(host__campaign_id=archive.campaign_id, activities__isnull=False)
        roster = roster.filter(pk__in=written.values("host"))
    return list(roster.values_list("pk", flat=True))


def _write(part: Path, archive: AnnexArchive, hosts: Sequence[int]) -> int | None:
    """Write the zip; None when the archive was given to another worker meanwhile."""
    folders = _Folders(archive.campaign_id)
    done = 0
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as packed:  # a .docx is packed already
        for start in range(0, len(hosts), CHUNK):
            for host, word in _annexes(archive, hosts[start : start + CHUNK]):
                packed.writestr(folders.path(host), word)
                done += 1
            if not archives.go_on(archive, done=done, machine=clock.machine()):
                return None
    return done


def _annexes(archive: AnnexArchive, hosts: Sequence[int]) -> Iterator[tuple[RosterUnit, bytes]]:
    """Yield the units of one chunk with their annexes. Four queries."""
    registrations = {
        registration.host_id: registration
        for registration in Registration.objects.filter(host__in=hosts).prefetch_related(
            Prefetch("activities", Activity.objects.order_by("position", "pk")),
            Prefetch("submissions", Submission.objects.order_by("-pk").defer("rows")),
        )
    }
    campaign = archive.campaign
    units = RosterUnit.objects.in_bulk(list(hosts))
    for pk in hosts:
        host, registration = units[pk], registrations.get(pk)
        rows = [draft_of(activity) for activity in registration.activities.all()] if registration else []
        if registration is None or not rows:
            yield host, to_docx(
                documents.blank_annex(
                    unit_name=host.name, year=campaign.year, starts_on=campaign.starts_on, ends_on=campaign.ends_on,
                    closes_at=host.closes_at, coordinator=campaign.coordinator.name,
                )
            )  # fmt: skip
            continue
        being_written = registration.state in {State.DRAFT, State.RETURNED}
        submission = None if being_written else next(iter(registration.submissions.all()), None)
        yield (
            host,
            to_docx(
                documents.registration_annex(unit_name=host.name, year=campaign.year, rows=rows, submission=submission)
            ),
        )


class _Folders:
    """Where each unit's annex lies in the zip: a folder for each unit right under the province with others under it."""

    def __init__(self, campaign_id: int) -> None:
        names = dict(RosterUnit.objects.filter(campaign_id=campaign_id).values_list("path", "name"))
        self.names = names
        self.above = Counter(path[: path.rstrip("/").rfind("/") + 1] for path in names)
        self.taken: Counter[str] = Counter()

    def path(self, host: RosterUnit) -> str:
        """Return the path of a unit's annex; two units of one name get numbers."""
        folder = self._folder(host.path)
        wanted = f"{folder}/{file_name(host.name)}"
        self.taken[wanted.lower()] += 1
        again = self.taken[wanted.lower()]
        return f"{wanted} ({again}).docx" if again > 1 else f"{wanted}.docx"

    def _folder(self, path: str) -> str:
        steps = path.strip("/").split("/")
        for end in range(1, len(steps) + 1):
            above = f"/{'/'.join(steps[:end])}/"
            if above in self.names and (above != path or self.above[path]):
                return file_name(self.names[above])
        return TOP


def file_name(text: str) -> str:
    """Return a name any system can write: NFC, at most 120 characters, nothing Windows forbids.

    >>> file_name('Trường "A/B": cơ sở 2. ')
    'Trường A B cơ sở 2'
    """
    bare = _FORBIDDEN.sub(" ", unicodedata.normalize("NFC", text))
    return " ".join(bare.split())[:120].strip(" .") or "don-vi"
