"""Long work: the annexes of all units into one zip, written to the disk one by one."""

import zipfile
from collections.abc import Iterator

from django_tasks import task

from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.outbox.actions import on
from tuanhoc.papers.docx import to_docx

from . import archives
from .documents import Folders, annexes
from .events import AnnexesAsked
from .models import AnnexArchive, Registration

#: units read at a time, and annexes between two words of how far it is
CHUNK = 50


@task()
def write_archive(archive_id: int) -> str:
    """Write one archive unless another worker does; return what became of it. Bears any number of runs."""
    hosts = _hosts(archive_id)

    def fill(packed: zipfile.ZipFile, archive: AnnexArchive) -> Iterator[int]:
        folders = Folders(archive.campaign_id)
        for start in range(0, len(hosts), CHUNK):
            chunk = hosts[start : start + CHUNK]
            for host, annex in annexes(archive, chunk):
                packed.writestr(folders.path(host), to_docx(annex))
            yield start + len(chunk)

    return archives.write_zip(archive_id, total=len(hosts), fill=fill)


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
