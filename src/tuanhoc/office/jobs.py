"""Long work: all papers of a Week into one zip, with an index."""

import hashlib
import zipfile
from collections.abc import Iterator

from django_tasks import task

from tuanhoc.activities.actions import write_zip
from tuanhoc.activities.events import SeasonAsked
from tuanhoc.activities.models import AnnexArchive
from tuanhoc.outbox.actions import on
from tuanhoc.papers.csv import to_csv
from tuanhoc.papers.xlsx import to_xlsx

from .documents import season

#: files between two words of how far it is
CHUNK = 25


@task()
def write_season(archive_id: int) -> str:
    """Write one archive unless another worker does; return what became of it. Bears any number of runs."""
    campaign = AnnexArchive.objects.select_related("campaign").get(pk=archive_id).campaign
    return write_zip(archive_id, total=season.item_count(campaign), fill=_fill)


@on(SeasonAsked)
def begin_to_write(event: SeasonAsked) -> None:
    """Leave the long work to a task: an event is delivered in a moment."""
    write_season.enqueue(event.archive_id)


def _fill(packed: zipfile.ZipFile, archive: AnnexArchive) -> Iterator[int]:
    told: list[season.Packed] = []
    for number, item in enumerate(season.items(archive), 1):
        if item.data is None:
            told.append(season.Packed(item))
        else:
            packed.writestr(item.path, item.data)
            told.append(season.Packed(item, len(item.data), hashlib.sha256(item.data).hexdigest()))
        if number % CHUNK == 0:
            yield len(packed.infolist())
    table = season.index(told)
    # As sha256sum reads it, to see years later that nothing has changed.
    sums = "".join(f"{one.sha256}  {one.item.path}\n" for one in told if one.sha256)
    written = (to_xlsx(table, numbers=(0, 6)), to_csv(table), sums.encode())
    for name, data in zip(season.INDEX_FILES, written, strict=True):
        packed.writestr(name, data)
    # What is only told of in the index is no file of the archive.
    yield len(packed.infolist())
