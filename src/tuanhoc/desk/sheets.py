"""The sheet as a page shows it: days of the Week, their rows, warnings and the reviewer's words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tuanhoc.activities import queries, rules
from tuanhoc.activities.models import Activity, Registration, Review, State
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.campaigns.rules import days_of
from tuanhoc.lib.text import vietnamese_key
from tuanhoc.units.models import Area

from .forms import Posted, as_typed


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row on screen. ``activity`` is the stored one where the page reads it; ``comment`` the reviewer's."""

    key: str
    typed: Mapping[str, str]
    warnings: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    comment: str = ""
    activity: Activity | None = None


@dataclass(slots=True)
class ShownDay:
    """One day of the sheet; ``day`` None holds rows without a day."""

    day: dt.date | None
    in_week: bool = True
    rows: list[ShownRow] = field(default_factory=list)


def stored_rows(registration: Registration | None, campaign: Campaign, comments: Mapping[int, str]) -> list[ShownRow]:
    """Return the stored rows in their order, each with its warnings and comment."""
    if registration is None:
        return []
    windows = campaign.windows
    stored = registration.activities.select_related("area").order_by("position", "pk")
    return [
        _stored_row(str(n), activity, windows=windows, comment=comments.get(n, "")) for n, activity in enumerate(stored)
    ]


def _stored_row(key: str, activity: Activity, *, windows: Sequence[tuple[dt.date, dt.date]], comment: str) -> ShownRow:
    draft = queries.draft_of(activity)
    errors = unread_in(draft)
    warnings = tuple(text for text in warned(draft, windows) if text not in errors)
    return ShownRow(key, as_typed(draft), warnings, errors, comment, activity)


def posted_again(posted: Sequence[Posted], campaign: Campaign) -> list[ShownRow]:
    """Return posted rows as they were typed, with what could not be read."""
    windows = campaign.windows
    shown = []
    for p in posted:
        errors = tuple(map(_, p.errors))
        warnings = () if p.draft.is_blank() else warned(p.draft, windows)
        shown.append(ShownRow(p.key, p.typed, tuple(w for w in warnings if w not in errors), errors))
    return shown


def unread_in(draft: rules.ActivityDraft) -> tuple[str, ...]:
    """Return what to say of the fields of a row that could not be read."""
    return tuple(_(rules.UNREAD[name]) for name, _words in draft.unread if name in rules.UNREAD)


def warned(draft: rules.ActivityDraft, windows: Sequence[tuple[dt.date, dt.date]]) -> tuple[str, ...]:
    """Return a row's warnings in the reader's language."""
    found = rules.warnings(draft, windows=windows)
    copied = {"copied": _("Chép từ năm %(year)s, xin kiểm tra lại.") % {"year": rules.copied_from(draft.source)}}
    return tuple(copied.get(w.code) or _(w.text) for w in found)


def by_day(rows: Sequence[ShownRow], campaign: Campaign) -> list[ShownDay]:
    """Group rows under the days of the Week; other days follow, rows without a day come last."""
    days = {day: ShownDay(day) for day in days_of(campaign.starts_on, campaign.ends_on)}
    others: dict[str, ShownDay] = {}
    by_text = {f"{day:%d/%m/%Y}": shown for day, shown in days.items()}
    for row in rows:
        text = row.typed.get("held_on", "").strip()
        if (shown := by_text.get(text)) is None:
            held_on = row.activity.held_on if row.activity else None
            shown = others.setdefault(text if held_on else "", ShownDay(held_on, in_week=False))
        shown.rows.append(row)
    return [*days.values(), *others.values()]


def blank(key: str, day: dt.date | None) -> ShownRow:
    """Return an empty row standing ready for ``day``."""
    return ShownRow(key, as_typed(rules.ActivityDraft(held_on=day)))


def history(registration: Registration | None) -> list[Review]:
    """Return what reviewers decided and did not take back, newest first. One query."""
    if registration is None:
        return []
    return list(
        Review.objects.filter(submission__registration=registration, withdrawn_at=None)
        .select_related("submission")
        .order_by("-reviewed_at", "-pk")
    )


def comments_of(registration: Registration | None, reviews: Sequence[Review]) -> dict[int, str]:
    """Return the last return's words by row, while the unit is mending it."""
    if registration is None or registration.state != State.RETURNED or not reviews:
        return {}
    # Rows move while they are mended: a line that knows its activity is said where that stands now.
    uids = registration.activities.order_by("position", "pk").values_list("uid", flat=True)
    places = {str(uid): place for place, uid in enumerate(uids)}
    lines = [line for line in reviews[0].lines if "uid" not in line or line["uid"] in places]
    return {places.get(line.get("uid", ""), int(line["position"])): str(line["text"]) for line in lines}


def areas_under(host: RosterUnit) -> list[Area]:
    """Return the areas a row of this unit may be held in: its own and those within. One query."""
    if host.area_id is None:
        return []
    inside = Area.objects.filter(pk=host.area_id) | Area.objects.filter(parent_id=host.area_id)
    inside |= Area.objects.filter(parent__parent_id=host.area_id)
    return sorted(inside.distinct(), key=lambda area: (area.level != "district", vietnamese_key(area.name)))
