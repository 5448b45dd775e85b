"""Keeping a campaign's reason templates. A part of ``activities.actions``."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from tuanhoc.campaigns.models import Campaign
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal

from .models import ReasonTemplate
from .reasons import default_reasons, refuse_reason

#: Templates of one campaign at most.
MOST = 30


class NoWords(Refusal):
    message = N_("Mẫu lý do cần có tên và nội dung.")


class TooMany(Refusal):
    message = N_("Đợt này đã có nhiều mẫu lý do. Vui lòng bỏ bớt mẫu ít dùng.")


@transaction.atomic
def write_reason(
    campaign: Campaign, *, code: str = "", label: str, text: str, marks: str = "", by: Actor, at: dt.datetime
) -> ReasonTemplate:
    """Change the template of that code, or add one when ``code`` is blank or nobody's.

    :raises NoWords: without a label or words. :raises TooMany: the list is long enough.
    :raises NoSuchPlaceholder, TooManyLetters: of the words.
    """
    if not label.strip() or not text.strip():
        raise NoWords
    refuse_reason(text)
    _keep_defaults(campaign)
    template = ReasonTemplate.objects.select_for_update().filter(campaign=campaign, code=code).first()
    if template is None:
        of_campaign = ReasonTemplate.objects.filter(campaign=campaign)
        if of_campaign.filter(retired_at=None).count() >= MOST:
            raise TooMany
        template = ReasonTemplate(campaign=campaign, code=f"rieng-{of_campaign.count() + 1}")
    before = {"label": template.label, "text": template.text, "marks": template.marks}
    template.label, template.text, template.marks = label.strip()[:80], text.strip(), marks
    template.retired_at = None
    template.save()
    after = {"label": template.label, "text": template.text, "marks": template.marks}
    journal.write("activities.reason.write", by=by, on=template, at=at, details={"before": before, "after": after})
    return template


@transaction.atomic
def retire_reason(campaign: Campaign, code: str, *, back: bool = False, by: Actor, at: dt.datetime) -> None:
    """Take a template out of the list, or put it ``back``; what was written with it stays."""
    _keep_defaults(campaign)
    template = ReasonTemplate.objects.filter(campaign=campaign, code=code).first()
    if template is None or (template.retired_at is None) is back:
        return
    template.retired_at = None if back else at
    template.save(update_fields=["retired_at"])
    details: dict[str, object] = {"name": template.label}
    details |= journal.change("state", *(("retired", "in_use") if back else ("in_use", "retired")))
    journal.write(f"activities.reason.{'restore' if back else 'retire'}", by=by, on=template, at=at, details=details)


@transaction.atomic
def carry_reasons(campaign: Campaign, after: Campaign, *, by: Actor, at: dt.datetime) -> int:
    """Begin a Week's list with that of the one before, its uses counted anew; return how many.

    Nothing is done where that one kept the defaults, or this one has a list already.
    """
    standing = ReasonTemplate.objects.filter(campaign=after).order_by("-used", "pk")
    if ReasonTemplate.objects.filter(campaign=campaign).exists():
        return 0
    made = ReasonTemplate.objects.bulk_create(
        ReasonTemplate(
            campaign=campaign, code=old.code, label=old.label, text=old.text, marks=old.marks,
            retired_at=at if old.retired_at else None,
        )
        for old in standing
    )  # fmt: skip
    if made:
        journal.write(
            "activities.reason.carry", by=by, on=campaign, at=at,
            details={"from": after.code, **journal.change("templates", 0, len(made))},
        )  # fmt: skip
    return len(made)


@transaction.atomic
def count_use(campaign: Campaign, code: str, *, times: int = 1) -> None:
    """Remember that a template was used: the most used stand first."""
    _keep_defaults(campaign)
    ReasonTemplate.objects.filter(campaign=campaign, code=code).update(used=F("used") + times)


def _keep_defaults(campaign: Campaign) -> None:
    if not ReasonTemplate.objects.filter(campaign=campaign).exists():
        # Of two officers who come first at once, one writes them.
        ReasonTemplate.objects.bulk_create(default_reasons(campaign), ignore_conflicts=True)
