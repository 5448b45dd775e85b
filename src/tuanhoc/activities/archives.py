"""All units' annexes, or a whole season, as one zip: asked for, begun, kept alive, finished, dropped.

A part of ``activities.actions``.

The zip itself is written by ``jobs``; here stands who does it and how far it is. A worker that dies is noticed by
its silence, and the next one begins anew.
"""

import datetime as dt
import os
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from tuanhoc.campaigns.models import Campaign
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.outbox import actions as outbox
from tuanhoc.web import clock

from .events import AnnexesAsked, SeasonAsked
from .models import AnnexArchive

#: A worker silent for so long is dead; it speaks after every few annexes.
SILENCE = dt.timedelta(minutes=2)
#: A finished zip can be taken for so long.
KEPT = dt.timedelta(hours=24)
#: A zip that killed so many workers is not tried again.
MOST_TURNS = 4
_NAMES = {AnnexArchive.Contents.ANNEXES.value: "phu-luc", AnnexArchive.Contents.SEASON.value: "ho-so"}
_OPEN = (AnnexArchive.State.WAITING, AnnexArchive.State.RUNNING)


def path_of(archive: AnnexArchive) -> Path:
    """Return where the zip lies, beside the private storage."""
    return Path(settings.DATA_DIR) / "archives" / f"{_NAMES[archive.contents]}-{archive.pk}.zip"


def ask_for_annexes(
    campaign: Campaign, *, with_blanks: bool = False, by: Actor, at: dt.datetime, machine: dt.datetime
) -> AnnexArchive:
    """Ask for the annexes of a campaign as one zip; one that is on its way already is everybody's.

    :param machine: the machine's time, which says whether a worker lives.
    """
    kind = AnnexArchive.Contents.ANNEXES
    return _ask(campaign, kind, details={"blanks": with_blanks}, with_blanks=with_blanks, by=by, at=at, machine=machine)


def ask_for_season(campaign: Campaign, *, by: Actor, at: dt.datetime, machine: dt.datetime) -> AnnexArchive:
    """Ask for all papers of a campaign as one zip; as above."""
    return _ask(campaign, AnnexArchive.Contents.SEASON, details={}, with_blanks=False, by=by, at=at, machine=machine)


def _ask(
    campaign: Campaign,
    kind: AnnexArchive.Contents,
    *,
    details: dict[str, object],
    with_blanks: bool,
    by: Actor,
    at: dt.datetime,
    machine: dt.datetime,
) -> AnnexArchive:
    try:
        with transaction.atomic():
            archive = AnnexArchive.objects.create(
                campaign=campaign, contents=kind, with_blanks=with_blanks, asked_at=at, asked_by=by.name,
                alive_at=machine,
            )  # fmt: skip
            told = journal.change("state", journal.ABSENT, AnnexArchive.State.WAITING)
            journal.write(f"activities.{kind.value}.ask", by=by, on=archive, at=at, details={**details, **told})
            outbox.record(_asked(archive.pk, kind), at=at)
            return archive
    except IntegrityError:
        return AnnexArchive.objects.get(campaign=campaign, contents=kind, state__in=_OPEN)


def _asked(archive_id: int, kind: str) -> AnnexesAsked | SeasonAsked:
    is_season = kind == AnnexArchive.Contents.SEASON
    return SeasonAsked(archive_id=archive_id) if is_season else AnnexesAsked(archive_id=archive_id)


def begin(archive_id: int, *, total: int, machine: dt.datetime) -> AnnexArchive | None:
    """Take the archive in hand; None when another worker has it, or it is finished."""
    dead = Q(state=AnnexArchive.State.RUNNING, alive_at__lt=machine - SILENCE)
    free = AnnexArchive.objects.filter(dead | Q(state=AnnexArchive.State.WAITING), pk=archive_id)
    running = AnnexArchive.State.RUNNING
    taken = free.update(state=running, total=total, done=0, alive_at=machine, turn=F("turn") + 1)
    return AnnexArchive.objects.select_related("campaign__coordinator").get(pk=archive_id) if taken else None


def go_on(archive: AnnexArchive, *, done: int, machine: dt.datetime) -> bool:
    """Say how far it is; False when the archive was given to another worker meanwhile."""
    return bool(_mine(archive).update(done=done, alive_at=machine))


def finish(archive: AnnexArchive, *, done: int, size_bytes: int, at: dt.datetime) -> bool:
    """Let the zip be taken; False as above."""
    state = AnnexArchive.State.DONE
    return bool(_mine(archive).update(state=state, done=done, size_bytes=size_bytes, finished_at=at))


def write_zip(archive_id: int, *, total: int, fill: Callable[[zipfile.ZipFile, AnnexArchive], Iterable[int]]) -> str:
    """Write one archive unless another worker does; return what became of it. Bears any number of runs.

    :param fill: puts the files in, and yields now and then how many are in.
    """
    archive = begin(archive_id, total=total, machine=clock.machine())
    if archive is None:
        return "nothing to do"
    path = path_of(archive)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Each worker writes a file of its own; only a whole one gets the name.
    for left_over in path.parent.glob(f"{path.stem}.*.part"):
        left_over.unlink(missing_ok=True)
    part, done = path.with_suffix(f".{archive.turn}.part"), 0
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as packed:  # what goes in is packed already
            for done in fill(packed, archive):
                if not go_on(archive, done=done, machine=clock.machine()):
                    return "given to another worker"
        os.replace(part, path)
        finish(archive, done=done, size_bytes=path.stat().st_size, at=clock.now())
    finally:
        part.unlink(missing_ok=True)
    return f"{done} files"


def _mine(archive: AnnexArchive) -> QuerySet[AnnexArchive]:
    return AnnexArchive.objects.filter(pk=archive.pk, state=AnnexArchive.State.RUNNING, turn=archive.turn)


@transaction.atomic
def pick_up_stalled(*, machine: dt.datetime) -> int:
    """Ask anew for what a dead worker left; return how many. What killed several is given up."""
    stalled = AnnexArchive.objects.filter(state__in=_OPEN, alive_at__lt=machine - SILENCE)
    stalled.filter(turn__gte=MOST_TURNS).update(state=AnnexArchive.State.FAILED)
    found = dict(stalled.values_list("pk", "contents"))
    for pk, kind in found.items():
        outbox.record(_asked(pk, kind), at=machine)
    # Not asked again before the next silence; ``begin`` takes what waits, and what no worker holds.
    stalled.filter(pk__in=found).update(state=AnnexArchive.State.WAITING, alive_at=machine)
    return len(found)


def drop_expired(*, at: dt.datetime) -> int:
    """Take away finished zips nobody may take any more; return how many."""
    expired = list(AnnexArchive.objects.filter(state=AnnexArchive.State.DONE, finished_at__lt=at - KEPT))
    for archive in expired:
        path_of(archive).unlink(missing_ok=True)
        AnnexArchive.objects.filter(pk=archive.pk).update(state=AnnexArchive.State.EXPIRED)
    return len(expired)
