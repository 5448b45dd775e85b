"""All units' annexes as one zip: asked for, begun, kept alive, finished, dropped. A part of ``activities.actions``.

The zip itself is written by ``jobs``; here stands who does it and how far it is. A worker that dies is noticed by
its silence, and the next one begins anew.
"""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from tuanhoc.campaigns.models import Campaign
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.outbox import actions as outbox

from .events import AnnexesAsked
from .models import AnnexArchive

#: A worker silent for so long is dead; it speaks after every few annexes.
SILENCE = dt.timedelta(minutes=2)
#: A finished zip can be taken for so long.
KEPT = dt.timedelta(hours=24)
#: A zip that killed so many workers is not tried again.
MOST_TURNS = 4
_OPEN = (AnnexArchive.State.WAITING, AnnexArchive.State.RUNNING)


def path_of(archive: AnnexArchive) -> Path:
    """Return where the zip lies, beside the private storage."""
    return Path(settings.DATA_DIR) / "archives" / f"phu-luc-{archive.pk}.zip"


def ask_for_annexes(
    campaign: Campaign, *, with_blanks: bool = False, by: Actor, at: dt.datetime, machine: dt.datetime
) -> AnnexArchive:
    """Ask for the annexes of a campaign as one zip; one that is on its way already is everybody's.

    :param machine: the machine's time, which says whether a worker lives.
    """
    try:
        with transaction.atomic():
            archive = AnnexArchive.objects.create(
                campaign=campaign, with_blanks=with_blanks, asked_at=at, asked_by=by.name, alive_at=machine
            )
            journal.write("activities.annexes.ask", by=by, on=archive, at=at, details={"blanks": with_blanks})
            outbox.record(AnnexesAsked(archive_id=archive.pk), at=at)
            return archive
    except IntegrityError:
        return AnnexArchive.objects.get(campaign=campaign, state__in=_OPEN)


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


def _mine(archive: AnnexArchive) -> QuerySet[AnnexArchive]:
    return AnnexArchive.objects.filter(pk=archive.pk, state=AnnexArchive.State.RUNNING, turn=archive.turn)


@transaction.atomic
def pick_up_stalled(*, machine: dt.datetime) -> int:
    """Ask anew for what a dead worker left; return how many. What killed several is given up."""
    stalled = AnnexArchive.objects.filter(state__in=_OPEN, alive_at__lt=machine - SILENCE)
    stalled.filter(turn__gte=MOST_TURNS).update(state=AnnexArchive.State.FAILED)
    found = list(stalled.values_list("pk", flat=True))
    for pk in found:
        outbox.record(AnnexesAsked(archive_id=pk), at=machine)
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
