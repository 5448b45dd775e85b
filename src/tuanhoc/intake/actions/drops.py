"""Files dropped into the desk: few are read at once; many are kept first and read by the worker, progress shown."""

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Q
from django.utils.crypto import get_random_string
from django_tasks import task

from tuanhoc.accounts.queries import actor_of
from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet
from tuanhoc.intake.access import Inbox, hosts_in
from tuanhoc.intake.mail import count_in_mbox, is_mail, is_mbox, messages_of
from tuanhoc.intake.models import Drop, MailMessage
from tuanhoc.intake.queries.forms import roster_of
from tuanhoc.intake.rules.matching import Roster
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.web import clock

from .forms import NothingUploaded, Origin, Piles, Received, ReceivedInFuture, receive_one
from .mail_reading import drop_mail
from .mails import Came
from .uploads import MOST_ZIP_BYTES, Upload, count_in_zip, taken, unpacked

#: As many files are read while the person waits; more are read by the worker.
AT_ONCE = 10
#: How long a worker may be at one file of a drop before another takes over.
LEASE = dt.timedelta(minutes=10)
MOST_TRIES = 5


class DropNotFailed(Refusal):
    message = N_("Lượt tải lên này không cần đọc lại.")


@dataclass(frozen=True, slots=True)
class Into:
    """Where files are dropped: a Week's inbox, the units they may be from, and the day they came."""

    campaign: Campaign
    among: RosterUnitQuerySet
    taken_in_by: RosterUnit | None
    received_at: dt.datetime


@dataclass(slots=True)
class Dropped:
    """What became of files read at once; ``drop``: they were too many, the worker reads them."""

    received: Received = field(default_factory=lambda: Received((), (), ()))
    mails: list[MailMessage] = field(default_factory=list)
    mails_known: list[MailMessage] = field(default_factory=list)
    drop: Drop | None = None


def drop_files(
    given: "Sequence[UploadedFile[Any]]", into: Into, *, by: Actor, at: dt.datetime, machine: dt.datetime
) -> Dropped:
    """Take in what was dropped: forms, messages, boxes of messages, and archives of any of them.

    :raises NothingUploaded: no file. :raises ReceivedInFuture: received after now.
    """
    if into.received_at > at:
        raise ReceivedInFuture
    if not given:
        raise NothingUploaded
    total = sum(_count(file) for file in given)
    if total > AT_ONCE:
        return Dropped(drop=keep_drop(given, into, total=total, by=by, at=at))
    dropped = take_at_once(taken(given), into, by=by, at=at, machine=machine)
    if not dropped.mails and not dropped.mails_known and not dropped.received.any:
        raise NothingUploaded
    return dropped


def _count(file: "UploadedFile[Any]") -> int:
    """Count what is in a file without reading it into memory."""
    name, opened = (file.name or "").lower(), cast(BinaryIO, file.file)
    if name.endswith(".zip"):
        return count_in_zip(opened) if (file.size or 0) <= MOST_ZIP_BYTES else 1
    start = opened.read(1_000)
    opened.seek(0)
    return count_in_mbox(opened) if is_mbox(start) else 1


def take_at_once(uploads: Iterable[Upload], into: Into, *, by: Actor, at: dt.datetime, machine: dt.datetime) -> Dropped:
    """Read files now, one after the other; each stands for itself."""
    roster = roster_of(into.campaign, into.among)
    piles, out = Piles(), Dropped()
    for thing in _things(unpacked(uploads)):
        _take_one(thing, into, roster, piles, out, by=by, at=at, machine=machine)
    out.received = piles.received()
    return out


def _take_one(
    thing: Upload, into: Into, roster: Roster, piles: Piles, out: Dropped,
    *, by: Actor, at: dt.datetime, machine: dt.datetime,
) -> str:  # fmt: skip
    """Take in one file or one message; return the name of what became of it."""
    if thing.refused is None and is_mail(thing.data):
        came = Came(MailMessage.Via.DROP, into.campaign, into.taken_in_by)
        mail, received = drop_mail(thing.data, came, by=by, at=at, machine=machine)
        (out.mails_known if received is None else out.mails).append(mail)
        piles.add(received)
        return "mail_known" if received is None else "mail"
    origin = Origin(into.taken_in_by, into.received_at)
    return piles.put(*receive_one(into.campaign, thing, roster, origin, by=by, at=at))


def _things(uploads: Iterable[Upload]) -> Iterator[Upload]:
    """Yield files, the messages of a box in its place."""
    for upload in uploads:
        if upload.refused is None and is_mbox(upload.data):
            for piece in messages_of(io.BytesIO(upload.data), upload.name):
                yield Upload(piece.name, piece.raw)
        else:
            yield upload


@transaction.atomic
def keep_drop(given: "Sequence[UploadedFile[Any]]", into: Into, *, total: int, by: Actor, at: dt.datetime) -> Drop:
    """Keep the files as they are and leave the reading to the worker."""
    kept = [{"name": (file.name or "tep")[:255], "path": _put_by(file)} for file in given]
    drop = Drop.objects.create(
        campaign=into.campaign,
        taken_in_by=into.taken_in_by,
        files=kept,
        total=total,
        received_at=into.received_at,
        dropped_at=at,
        dropped_by=by.name,
        user_id=by.user_id,
    )
    journal.write(
        "intake.drop.keep", by=by, on=drop, at=at,
        details={"files": len(kept), "total": total, **journal.change("state", journal.ABSENT, drop.state)},
    )  # fmt: skip
    read_drop.enqueue(drop.pk)
    return drop


def _put_by(file: "UploadedFile[Any]") -> str:
    # A random name: nothing of the uploader's is ever a path.
    file.seek(0)
    return default_storage.save(f"drops/{get_random_string(32)}", file)


@task()
def read_drop(drop_id: int) -> str:
    """Read a kept drop from where it was left; bears any number of runs, and a worker killed on the way."""
    machine = clock.machine()
    free = Drop.objects.filter(Q(state="waiting") | Q(state="reading", claimed_until__lt=machine), pk=drop_id)
    if not free.update(state=Drop.State.READING, claimed_until=machine + LEASE, tries=F("tries") + 1):
        return "nothing to do"
    drop = Drop.objects.select_related("campaign__province", "campaign__coordinator", "taken_in_by", "user").get(
        pk=drop_id
    )
    try:
        if not _read_on(drop, at=clock.now()):
            return "given to another worker"
    except Refusal as refusal:
        _end(drop, Drop.State.FAILED, str(refusal))
    except FileNotFoundError:
        _end(drop, Drop.State.FAILED, N_("Tệp đã tải lên không còn trong kho."))
    return drop.state


def _read_on(drop: Drop, *, at: dt.datetime) -> bool:
    """Read to the end; False when the drop was given to another worker meanwhile, who counts from here on."""
    by = actor_of(drop.user) if drop.user else Actor(name=drop.dropped_by)
    inbox = Inbox(drop.campaign, drop.taken_in_by)
    into = Into(drop.campaign, hosts_in(inbox, by), drop.taken_in_by, drop.received_at)
    roster = roster_of(into.campaign, into.among)
    came: Counter[str] = Counter(drop.came)
    for number, thing in enumerate(_kept_things(drop)):
        if number < drop.done:
            continue
        # What is told of each is in its own rows; only the counts are kept here.
        outcome = _take_one(thing, into, roster, Piles(), Dropped(), by=by, at=at, machine=clock.machine())
        came[outcome] += 1
        drop.done, drop.total = number + 1, max(drop.total, number + 1)
        mine = Drop.objects.filter(pk=drop.pk, state=Drop.State.READING, tries=drop.tries)
        until = clock.machine() + LEASE
        if not mine.update(done=drop.done, total=drop.total, came=dict(came), claimed_until=until):
            return False
    drop.total = drop.done
    _end(drop, Drop.State.DONE)
    return True


def _kept_things(drop: Drop) -> Iterator[Upload]:
    """Yield what was dropped in its order; a large box is read from its file, message by message."""
    for kept in drop.files:
        with default_storage.open(kept["path"]) as file:
            start = file.read(1_000)
            file.seek(0)
            if is_mbox(start):
                for piece in messages_of(file, kept["name"]):
                    yield Upload(piece.name, piece.raw)
                continue
            data = file.read(MOST_ZIP_BYTES + 1)
        yield from _things(unpacked([Upload(kept["name"], data)]))


def _end(drop: Drop, state: str, why: str = "") -> None:
    """Close a drop. What was read stands file by file: the heap itself goes; one that failed is kept to go on with."""
    left = drop.files if state == Drop.State.FAILED else []
    Drop.objects.filter(pk=drop.pk).update(
        state=state, claimed_until=None, failed_because=why[:500], total=drop.total, files=left
    )
    for kept in drop.files if state == Drop.State.DONE else []:
        default_storage.delete(kept["path"])
    drop.state = state


@transaction.atomic
def go_on_with(drop: Drop, *, by: Actor, at: dt.datetime) -> None:
    """Let the worker go on with a drop that failed, from where it stopped.

    :raises DropNotFailed: it did not fail, or somebody was faster.
    """
    failed = Drop.objects.filter(pk=drop.pk, state=Drop.State.FAILED)
    if not failed.update(state=Drop.State.WAITING, tries=0, failed_because=""):
        raise DropNotFailed
    told = journal.change("state", Drop.State.FAILED, Drop.State.WAITING)
    journal.write("intake.drop.go_on", by=by, on=drop, at=at, details=told)
    read_drop.enqueue(drop.pk)


def pick_up_drops(*, machine: dt.datetime) -> int:
    """Put drops back in the queue whose worker was killed; one that kills workers again and again is given up."""
    lost = Drop.objects.filter(state=Drop.State.READING, claimed_until__lt=machine)
    lost.filter(tries__gte=MOST_TRIES).update(
        state=Drop.State.FAILED, failed_because=N_("Việc đọc bị dừng nhiều lần."), claimed_until=None
    )
    pks = list(lost.filter(tries__lt=MOST_TRIES).values_list("pk", flat=True)[:20])
    for pk in pks:
        with transaction.atomic():
            Drop.objects.filter(pk=pk).update(state=Drop.State.WAITING, claimed_until=None)
            read_drop.enqueue(pk)
    return len(pks)
