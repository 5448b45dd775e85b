"""What a new edition takes over from the last besides its text. A part of ``campaigns.actions``."""

import datetime as dt

from django.db import transaction

from tuanhoc.campaigns.events import EditionCarriedOver
from tuanhoc.campaigns.models import Campaign, LevelDeadline, PaperTemplate
from tuanhoc.campaigns.queries import current_templates
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.outbox import actions as outbox

#: who issues and signs: the same from one Week to the next, until somebody says otherwise
_OF_THE_OFFICE = ("issuer_superior", "issuer_name", "issue_place", "signature_lines", "signer_name")


def carry_papers(campaign: Campaign, *, at: dt.datetime) -> None:
    """Head and sign the papers like those of the edition it is made from; its letter's number is its own.

    Made from none, they are like those of the office's newest Week.
    """
    earlier = Campaign.objects.filter(province=campaign.province, coordinator=campaign.coordinator)
    before = campaign.after or earlier.exclude(pk=campaign.pk).order_by("-year", "-pk").first()
    if before is None:
        return
    for name in _OF_THE_OFFICE:
        setattr(campaign, name, getattr(before, name))
    _number, slash, symbol = before.issue_number.partition("/")
    campaign.issue_number = slash + symbol
    campaign.save(update_fields=[*_OF_THE_OFFICE, "issue_number"])
    PaperTemplate.objects.bulk_create(
        PaperTemplate(campaign=campaign, kind=kind, number=1, values=values, made_at=at, by_name=before.title[:200])
        for kind, values in current_templates(before).items()
    )


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
