"""What pages say of how a form came: by which message, as what it was known before, which version it corrects."""

from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _

from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.queries.forms import earlier_version
from tuanhoc.intake.rules import proposals
from tuanhoc.intake.rules.mailing import PART_WORDS
from tuanhoc.intake.rules.versions import RowChange, differences
from tuanhoc.lib.refusal import N_
from tuanhoc.web.speech import short

register = template.Library()

#: Differences listed; more are counted.
_MOST = 30
_FIELDS = {
    "held_on": N_("ngày"), "ends_on": N_("ngày kết thúc"), "starts_at": N_("giờ"), "ends_at": N_("giờ kết thúc"),
    "part_of_day": N_("buổi"), "place": N_("địa điểm"), "content": N_("nội dung"), "note": N_("ghi chú"),
    "host": N_("đơn vị thực hiện"), "contact": N_("liên hệ"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One difference between two versions in words."""

    css: str
    kind: str
    before: str
    after: str
    fields: str


@register.inclusion_tag("desk/_form_came.html")
def form_came(form: FormFile, takes_in: bool) -> dict[str, object]:
    """Tell how a form came and beside which other it stands. At most three queries."""
    earlier = earlier_version(form) if form.state != FormFile.State.SET_ASIDE else None
    changes = differences(_rows(earlier), _rows(form)) if earlier else []
    return {
        "form": form,
        "takes_in": takes_in,
        "same": form.same_as,
        "earlier": earlier,
        "changes": [_shown(change) for change in changes[:_MOST]],
        "more": max(len(changes) - _MOST, 0),
    }


def _rows(form: FormFile) -> list[ActivityDraft]:
    return [row.draft for row in proposals.proposals(form.reading, form.corrected)]


def _shown(change: RowChange) -> ShownChange:
    if change.before is None:
        return ShownChange("accepted", _("Thêm"), "", _line(change.after), "")
    if change.after is None:
        return ShownChange("late", _("Bỏ"), _line(change.before), "", "")
    fields = ", ".join(_(_FIELDS[name]) for name in change.fields)
    return ShownChange("returned", _("Sửa"), _line(change.before), _line(change.after), fields)


def _line(row: ActivityDraft | None) -> str:
    if row is None:
        return ""
    day = short(row.held_on) if row.held_on else _("chưa rõ ngày")
    time = f" {row.starts_at:%H:%M}" if row.starts_at else ""
    return " · ".join(part for part in (f"{day}{time}", row.place, row.content) if part)[:300]


@register.filter
def part_words(what: str) -> str:
    """Say what a part of a message is, "" for a file."""
    return _(PART_WORDS[what]) if PART_WORDS.get(what) else ""
