"""Releasing the merged schedule."""

import datetime as dt

from django.db import transaction

from tuanhoc.campaigns.models import Campaign
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.outbox import actions as outbox

from . import rules
from .events import ScheduleReleased
from .models import Release
from .queries import last_release, released_lines, standing_lines


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
    if not any(not line.is_cancelled for line in lines):
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
    )
    journal.write("schedule.release.make", by=by, on=release, at=at, details={"number": release.number})
    outbox.record(ScheduleReleased(release_id=release.pk, number=release.number, change_count=len(changed)), at=at)
    return release
