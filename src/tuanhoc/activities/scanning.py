"""The signed and stamped paper is kept with its registration. A part of ``activities.actions``."""

import datetime as dt

from django.db import transaction

from tuanhoc.files.models import StoredFile
from tuanhoc.files.rules import SCANS
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import N_, Refusal

from .locking import refuse_when_locked
from .models import Registration, State


class NotAScan(Refusal):
    message = N_("Bản quét phải là tệp PDF, JPG hoặc PNG.")


@transaction.atomic
def attach_scan(registration: Registration, scan: StoredFile, *, by: Actor, at: dt.datetime) -> None:
    """Keep the signed and stamped paper with its registration.

    It often comes days after the schedule was handed in: the lock shuts it out only while nothing was.

    :raises NotAScan: not a PDF or a picture. :raises UnitLocked: the unit may only read now.
    """
    if scan.content_type not in SCANS:
        raise NotAScan
    if registration.state in {State.DRAFT, State.NIL}:
        refuse_when_locked(registration.host, state=registration.state, by=by, at=at)
    before = "present" if registration.signed_scan_id else journal.ABSENT
    Registration.objects.filter(pk=registration.pk).update(signed_scan=scan)
    registration.refresh_from_db(fields=["signed_scan"])
    journal.write(
        "activities.registration.scan", by=by, on=registration, unit_path=registration.host.path, at=at,
        details={
            "sha256": scan.sha256, "day": str(at.astimezone(HANOI).date()),
            **journal.change("signed_scan", before, "altered" if before == "present" else "present"),
        },
    )  # fmt: skip
