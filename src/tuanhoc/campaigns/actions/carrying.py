"""What a new edition takes over from the last besides its text. A part of ``campaigns.actions``."""

import datetime as dt

from django.db import transaction

from tuanhoc.campaigns.events import EditionCarriedOver
from tuanhoc.campaigns.models import Campaign, LevelDeadline
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.outbox import actions as outbox


@transaction.atomic
def carry_over(campaign: Campaign, after: Campaign, *, by: Actor, at: dt.datetime) -> None:
    """Ask for heads' consent as ``after`` did, and give levels their own deadlines as far from the Week as there."""
    shift = campaign.starts_on - after.starts_on
    levels = [
        LevelDeadline(campaign=campaign, level=own.level, closes_at=own.closes_at + shift)
        for own in after.level_deadlines.order_by("pk")
    ]
    LevelDeadline.objects.bulk_create(levels)
    asked_before, campaign.head_confirms = campaign.head_confirms, after.head_confirms
    campaign.save(update_fields=["head_confirms"])
    journal.write(
        "campaigns.campaign.carry", by=by, on=campaign, at=at,
        details={
            "from": after.code, "levels": [own.level for own in levels],
            **journal.change("head_confirms", asked_before, after.head_confirms),
        },
    )  # fmt: skip
    outbox.record(EditionCarriedOver(campaign_id=campaign.pk, after_id=after.pk), at=at)
