"""What the public sees: accepted, public activities; cancelled ones too, marked."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from tuanhoc.activities.models import Activity, ActivityQuerySet
from tuanhoc.campaigns.models import Campaign
from tuanhoc.lib.dates import each_day
from tuanhoc.lib.text import clean, fold, words


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a visitor asked for; blank means no matter."""

    words: str = ""
    day: dt.date | None = None
    area_id: int | None = None
    form: str = ""
    audience: str = ""


_HOURLESS_LAST = Case(When(starts_at=None, then=1), default=0)


def shown(campaign: Campaign) -> ActivityQuerySet:
    """Return the public activities in reading order: day, hour (unknown last), unit."""
    return (
        Activity.objects.public(campaign)
        .select_related("registration__host__unit", "area__parent")
        .order_by(
            "held_on", Case(When(starts_at=None, then=1), default=0), "starts_at", "registration__host__rank", "pk"
        )
    )


def on_day(activities: ActivityQuerySet, day: dt.date) -> ActivityQuerySet:
    """Keep those held on ``day``, those that run over it included."""
    return activities.filter(Q(held_on=day) | Q(held_on__lt=day, ends_on__gte=day))


def find(campaign: Campaign, wanted: Wanted) -> ActivityQuerySet:
    """Search and filter. Words may be typed with or without marks; exact marks rank first. One query."""
    found = shown(campaign)
    if wanted.day:
        found = on_day(found, wanted.day)
    if wanted.area_id:
        found = found.filter(Q(area_id=wanted.area_id) | Q(area__parent_id=wanted.area_id))
    if wanted.form:
        found = found.filter(form__in={wanted.form, Activity.Form.BOTH})
    if wanted.audience:
        found = found.filter(audience_groups__contains=f",{wanted.audience},")
    for word in words(fold(wanted.words)):
        found = found.filter(search_folded__contains=word)
    if wanted.words:
        exact = When(search_marked__contains=clean(wanted.words).lower(), then=Value(0))
        found = found.order_by(Case(exact, default=Value(1), output_field=IntegerField()), *found.query.order_by)
    return found


def counts_by_day(campaign: Campaign) -> Counter[dt.date]:
    """Count the activities that go on, on each day of the Week. One query."""
    counts: Counter[dt.date] = Counter()
    spans = Activity.objects.public(campaign).filter(cancelled_at=None).values_list("held_on", "ends_on")
    for first, last in spans:
        if first is not None:
            counts.update(each_day(first, min(last or first, max(first, campaign.ends_on))))
    return counts
