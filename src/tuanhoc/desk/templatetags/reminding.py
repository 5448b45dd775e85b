"""Words about reminders, and what the first page says of them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from tuanhoc.activities.models import State
from tuanhoc.campaigns.models import Campaign
from tuanhoc.desk.views.reminders import due_words as words_of_due
from tuanhoc.desk.views.reminders import step_words as words_of
from tuanhoc.lib.actor import Actor
from tuanhoc.notices.models import Reminder
from tuanhoc.notices.queries import reminding
from tuanhoc.notices.rules import ladder
from tuanhoc.web import clock

register = template.Library()


@register.filter
def due_words(due: ladder.Due, day: dt.date) -> str:
    """``Trước hạn 3 ngày làm việc`` on the step's own day, and later since when it stands."""
    return words_of_due(due, day)


@register.filter
def offset_words(offset: int) -> str:
    """Return the same from what a row keeps."""
    return words_of(ladder.Step(offset))


@register.filter
def owed_words(state: str) -> str:
    """Say how far a unit is that owes its schedule; never that it is at fault."""
    return {"draft": _("Đang soạn"), "returned": _("Đang bổ sung")}.get(state, _("Chưa bắt đầu"))


@register.filter
def state_in_words(state: str) -> str:
    """Say how far a unit is, by the code of its state; blank: it has not begun."""
    return str(State(state).label) if state else _("Chưa bắt đầu")


@register.filter
def below_count(rows: Iterable[Reminder]) -> int:
    """Count the units below that a letter tells of."""
    return sum(row.is_below for row in rows)


@register.inclusion_tag("desk/_reminders_due.html", takes_context=True)
def reminders_due(context: Mapping[str, Any], campaign: Campaign) -> dict[str, object]:
    """Say how many units are at a step today; nothing for whoever does not coordinate. Seven queries at most."""
    actor: Actor = context["actor"]
    if not actor.coordinates(campaign.pk) or campaign.state != Campaign.State.OPEN:
        return {"campaign": campaign, "units": 0, "letters": 0}
    plan = reminding.today(campaign, at=clock.now()).plan
    return {"campaign": campaign, "units": len(plan.units), "letters": len(plan.digests)}
