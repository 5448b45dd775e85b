"""Releasing the merged schedule."""

import datetime as dt
from dataclasses import replace

from django.db import transaction

from tuanhoc.campaigns.models import Campaign
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.outbox import actions as outbox

from . import rules
from .editing import Accepted as Accepted  # noqa: PLC0414 - given on through this door
from .editing import ChangedHere as ChangedHere  # noqa: PLC0414 - as above
from .editing import DecidedAlready as DecidedAlready  # noqa: PLC0414 - as above
from .editing import LineGone as LineGone  # noqa: PLC0414 - as above
from .editing import NothingToWrite as NothingToWrite  # noqa: PLC0414 - as above
from .editing import NotUndone as NotUndone  # noqa: PLC0414 - as above
from .editing import NoUnit as NoUnit  # noqa: PLC0414 - as above
from .editing import Source as Source  # noqa: PLC0414 - as above
from .editing import accept_change as accept_change  # noqa: PLC0414 - as above
from .editing import accept_changes as accept_changes  # noqa: PLC0414 - as above
from .editing import decline_change as decline_change  # noqa: PLC0414 - as above
from .editing import keep_draft as keep_draft  # noqa: PLC0414 - as above
from .editing import take_in_edited as take_in_edited  # noqa: PLC0414 - as above
from .editing import undo_change as undo_change  # noqa: PLC0414 - as above
from .events import ScheduleReleased
from .models import Release
from .queries import issuer_of_release, last_release, next_issuer, released_lines, standing_lines


class NothingToRelease(Refusal):
    message = N_("Chưa có hoạt động nào được chấp nhận để tổng hợp.")


class NothingNew(Refusal):
    message = N_("Lịch không có gì thay đổi so với lần ban hành trước.")


@transaction.atomic
def release_schedule(campaign: Campaign, *, by: Actor, at: dt.datetime) -> Release:
    """Freeze what stands now as the next numbered release.

    :raises NothingToRelease: nothing is accepted yet.
    :raises NothingNew: nothing differs from the release before.
    """
    # The campaign row is held so that two clicks make one number each, or one is refused.
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    days = rules.by_day(standing_lines(campaign))
    lines = [line for day in days.values() for line in day]
    standing = sum(not line.is_cancelled for line in lines)
    if not standing:
        raise NothingToRelease
    before = last_release(campaign)
    changed = rules.changes(released_lines(before), lines)
    if before is not None and not len(changed):
        raise NothingNew
    release = Release.objects.create(
        campaign=campaign,
        number=before.number + 1 if before else 1,
        released_at=at,
        by_name=by.name,
        lines=[rules.frozen(line) for line in lines],
        issuer=rules.kept_issuer(next_issuer(campaign)),
        windows=[[first.isoformat(), last.isoformat()] for first, last in campaign.windows],
        counts={"standing": standing, **(rules.counts(changed) if before else {})},
    )
    told = journal.change("release", before.number if before else journal.ABSENT, release.number)
    journal.write("schedule.release.make", by=by, on=release, at=at, details=told)
    outbox.record(ScheduleReleased(release_id=release.pk, number=release.number, change_count=len(changed)), at=at)
    return release


@transaction.atomic
def number_release(release: Release, *, number: str, parent_document: str, by: Actor, at: dt.datetime) -> None:
    """Write down the number a release's letter got when it was signed; its lines stay as they are."""
    before = issuer_of_release(release)
    after = replace(before, number=number, parent_document=parent_document)
    release.issuer = rules.kept_issuer(after)
    release.save(update_fields=["issuer"])
    details: dict[str, object] = {
        "before": {"issue_number": before.number, "parent_document": before.parent_document},
        "after": {"issue_number": number, "parent_document": parent_document},
    }
    journal.write("schedule.release.number", by=by, on=release, at=at, details=details)
