"""Reason templates: words with which registrations are given back. Each campaign has its own list.

A part of ``activities.queries``.
"""

import datetime as dt
import re
from collections.abc import Sequence

from django.utils.translation import gettext

from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.lib.dates import last_minute
from tuanhoc.lib.lengths import refuse_longer
from tuanhoc.lib.refusal import N_, Refusal

from .models import ReasonTemplate

#: Every campaign begins with these: code, label, words, the warning whose rows they mark. The words are the
#: officers', sent to units and edited: Vietnamese data. The labels are for the officer's eye: while nobody wrote
#: another, the page shows them in its own language.
DEFAULTS = (
    ("thieu-dia-diem", N_("Thiếu địa điểm"),
     "Một số hoạt động chưa ghi địa điểm: xin ghi rõ hội trường, phòng học hoặc thôn, khu phố. Nộp lại {han}.",
     "no_place"),
    ("sai-nam", N_("Sai năm"),
     "Một số ngày chưa đúng năm {nam} của Tuần lễ: xin kiểm tra và sửa lại. Nộp lại {han}.", "wrong_year"),
    ("ngoai-tuan-le", N_("Ngày ngoài Tuần lễ"),
     "Một số ngày nằm ngoài thời gian của Tuần lễ: xin kiểm tra, nếu đúng thì ghi chú lý do. Nộp lại {han}.",
     "outside_week"),
    ("chua-co-ngay", N_("Chưa có ngày"),
     "Một số hoạt động chưa ghi ngày tổ chức: xin bổ sung. Nộp lại {han}.", "no_date"),
    ("noi-dung-chua-ro", N_("Nội dung chưa rõ"),
     "Nội dung một số hoạt động chưa rõ: xin ghi cụ thể làm gì, dành cho ai. Nộp lại {han}.", "no_content"),
    ("gio-chua-dung", N_("Giờ chưa đúng"),
     "Giờ kết thúc của một số hoạt động đứng trước giờ bắt đầu: xin sửa lại. Nộp lại {han}.", "bad_time"),
)  # fmt: skip


#: What is filled in for each unit.
PLACEHOLDERS = ("{han}", "{don_vi}", "{nam}")
#: letters of a reason
LONGEST = 2_000
#: What somebody meant to be filled in: one or a few words in braces.
_IN_BRACES = re.compile(r"\{[^{}\n]{0,60}\}")


class NoSuchPlaceholder(Refusal):
    message = N_(
        "Không có gì để điền vào %(unknown)s: chỉ điền được %(known)s. Vui lòng sửa lại; chưa gửi cho đơn vị nào."
    )


def refuse_reason(text: str) -> None:
    """Refuse a reason to be filled for many units that would go out with its own braces in it.

    :raises NoSuchPlaceholder: naming what cannot be filled in, and what can. :raises TooManyLetters: of all of it.
    """
    refuse_longer(text, LONGEST, N_("Lý do trả lại"))
    unknown = dict.fromkeys(found for found in _IN_BRACES.findall(text) if found not in PLACEHOLDERS)
    if unknown:
        raise NoSuchPlaceholder(unknown=", ".join(unknown), known=", ".join(PLACEHOLDERS))


def standing_reasons(campaign: Campaign) -> list[ReasonTemplate]:
    """Return the campaign's templates, most used first; the defaults, unsaved, while nobody touched them. One query."""
    kept = list(ReasonTemplate.objects.filter(campaign=campaign).order_by("-used", "pk"))
    return [template for template in kept if template.retired_at is None] if kept else default_reasons(campaign)


def default_reasons(campaign: Campaign) -> list[ReasonTemplate]:
    return [
        ReasonTemplate(campaign=campaign, code=code, label=label, text=text, marks=marks)
        for code, label, text, marks in DEFAULTS
    ]


def label_in_words(template: ReasonTemplate) -> str:
    """Return a template's label for the page: ours in the page's language, an officer's own as it was written."""
    ours = {code: label for code, label, _text, _marks in DEFAULTS}
    return gettext(template.label) if ours.get(template.code) == template.label else template.label


def chosen_reason(templates: Sequence[ReasonTemplate], code: str) -> ReasonTemplate | None:
    """Return the template of that code."""
    return next((template for template in templates if template.code == code), None)


def offered_reason(campaign: Campaign, templates: Sequence[ReasonTemplate], code: str) -> ReasonTemplate | None:
    """Return the template of that code, also when somebody retired it while its button was on screen."""
    standing = chosen_reason(templates, code)
    if standing is not None or not code:
        return standing
    return ReasonTemplate.objects.filter(campaign=campaign, code=code[:40]).first()


def filled_reason(
    text: str, *, host: RosterUnit, campaign: Campaign, at: dt.datetime, until: dt.datetime | None = None
) -> str:
    """Return a reason with its placeholders filled for one unit; other braces stay as they are (:func:`refuse_reason`).

    ``{han}`` is until when the unit may write, in words; once that is past, no day can be named.

    :param until: until when an exception lets the unit in (``campaigns.queries.let_in_until``); None: none does.
    """
    ends_at = max(filter(None, (host.closes_at, until)))
    by = last_minute(ends_at) if at < ends_at else "trong thời gian sớm nhất"
    for mark, words in zip(PLACEHOLDERS, (by, host.name, str(campaign.year)), strict=True):
        text = text.replace(mark, words)
    return text


def short_reason(words: str) -> str:
    """Return a reason as it stands at a row: its first sentence.

    >>> short_reason("Chưa ghi địa điểm: xin ghi rõ. Nộp lại sớm.")
    'Chưa ghi địa điểm: xin ghi rõ.'
    """
    first, dot, _ = words.partition(". ")
    return (first + dot.strip())[:500]
