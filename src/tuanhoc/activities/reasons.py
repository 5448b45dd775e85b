"""Reason templates: words with which registrations are given back. Each campaign has its own list.

A part of ``activities.actions``.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.dates import last_minute
from tuanhoc.lib.refusal import N_, Refusal

from .models import ReasonTemplate

#: Every campaign begins with these: code, label, words, the warning whose rows they mark. Words of the officers,
#: which they edit; so they are Vietnamese data, not text of the screen.
DEFAULTS = (
    ("thieu-dia-diem", "Thiếu địa điểm",
     "Một số hoạt động chưa ghi địa điểm: xin ghi rõ hội trường, phòng học hoặc thôn, khu phố. Nộp lại {han}.",
     "no_place"),
    ("sai-nam", "Sai năm",
     "Một số ngày chưa đúng năm {nam} của Tuần lễ: xin kiểm tra và sửa lại. Nộp lại {han}.", "wrong_year"),
    ("ngoai-tuan-le", "Ngày ngoài Tuần lễ",
     "Một số ngày nằm ngoài thời gian của Tuần lễ: xin kiểm tra, nếu đúng thì ghi chú lý do. Nộp lại {han}.",
     "outside_week"),
    ("chua-co-ngay", "Chưa có ngày",
     "Một số hoạt động chưa ghi ngày tổ chức: xin bổ sung. Nộp lại {han}.", "no_date"),
    ("noi-dung-chua-ro", "Nội dung chưa rõ",
     "Nội dung một số hoạt động chưa rõ: xin ghi cụ thể làm gì, dành cho ai. Nộp lại {han}.", "no_content"),
    ("gio-chua-dung", "Giờ chưa đúng",
     "Giờ kết thúc của một số hoạt động đứng trước giờ bắt đầu: xin sửa lại. Nộp lại {han}.", "bad_time"),
)  # fmt: skip
#: Templates of one campaign at most.
MOST = 30


class NoWords(Refusal):
    message = N_("Mẫu lý do cần có tên và nội dung.")


class TooMany(Refusal):
    message = N_("Đợt này đã có nhiều mẫu lý do. Vui lòng bỏ bớt mẫu ít dùng.")


def standing(campaign: Campaign) -> list[ReasonTemplate]:
    """Return the campaign's templates, most used first; the defaults, unsaved, while nobody touched them. One query."""
    kept = list(ReasonTemplate.objects.filter(campaign=campaign).order_by("-used", "pk"))
    return [template for template in kept if template.retired_at is None] if kept else _defaults(campaign)


def _defaults(campaign: Campaign) -> list[ReasonTemplate]:
    return [
        ReasonTemplate(campaign=campaign, code=code, label=label, text=text, marks=marks)
        for code, label, text, marks in DEFAULTS
    ]


def chosen(templates: Sequence[ReasonTemplate], code: str) -> ReasonTemplate | None:
    """Return the template of that code."""
    return next((template for template in templates if template.code == code), None)


def filled(text: str, *, host: RosterUnit, campaign: Campaign, at: dt.datetime) -> str:
    """Return a reason with its placeholders filled for one unit; other braces stay as they are.

    ``{han}`` is the unit's deadline in words; once it is past, no day can be named.
    """
    by = last_minute(host.closes_at) if at < host.closes_at else "trong thời gian sớm nhất"
    for mark, words in (("{han}", by), ("{don_vi}", host.name), ("{nam}", str(campaign.year))):
        text = text.replace(mark, words)
    return text


def short(words: str) -> str:
    """Return a reason as it stands at a row: its first sentence.

    >>> short("Chưa ghi địa điểm: xin ghi rõ. Nộp lại sớm.")
    'Chưa ghi địa điểm: xin ghi rõ.'
    """
    first, dot, _ = words.partition(". ")
    return (first + dot.strip())[:500]


@transaction.atomic
def write_reason(
    campaign: Campaign, *, code: str = "", label: str, text: str, marks: str = "", by: Actor, at: dt.datetime
) -> ReasonTemplate:
    """Change the template of that code, or add one when ``code`` is blank or nobody's.

    :raises NoWords: without a label or words. :raises TooMany: the list is long enough.
    """
    if not label.strip() or not text.strip():
        raise NoWords
    _keep_defaults(campaign)
    template = ReasonTemplate.objects.select_for_update().filter(campaign=campaign, code=code).first()
    if template is None:
        of_campaign = ReasonTemplate.objects.filter(campaign=campaign)
        if of_campaign.filter(retired_at=None).count() >= MOST:
            raise TooMany
        template = ReasonTemplate(campaign=campaign, code=f"rieng-{of_campaign.count() + 1}")
    before = {"label": template.label, "text": template.text, "marks": template.marks}
    template.label, template.text, template.marks = label.strip()[:80], text.strip()[:2000], marks
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
    journal.write(f"activities.reason.{'restore' if back else 'retire'}", by=by, on=template, at=at)


@transaction.atomic
def count_use(campaign: Campaign, code: str, *, times: int = 1) -> None:
    """Remember that a template was used: the most used stand first."""
    _keep_defaults(campaign)
    ReasonTemplate.objects.filter(campaign=campaign, code=code).update(used=F("used") + times)


def _keep_defaults(campaign: Campaign) -> None:
    if not ReasonTemplate.objects.filter(campaign=campaign).exists():
        # Of two officers who come first at once, one writes them.
        ReasonTemplate.objects.bulk_create(_defaults(campaign), ignore_conflicts=True)
