"""What the public sees: accepted, public activities; cancelled ones too, marked."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Count, DateField, F, IntegerField, OrderBy, Q, Value, When

from tuanhoc.activities.models import Activity, ActivityQuerySet
from tuanhoc.campaigns.models import Campaign
from tuanhoc.findings.models import Finding
from tuanhoc.lib.dates import each_day
from tuanhoc.lib.text import clean, fold, vietnamese_key, words
from tuanhoc.units.models import Area

from .rules import DUSK, NOON, Card, Wanted, in_a_line, is_over, part_of, telling

#: More words than these narrow nothing and cost a scan each.
MOST_WORDS = 8

_HOUR = F("starts_at").asc(nulls_last=True)
_RANK = ("registration__host__rank", "pk")


def _part_is(part: str) -> Q:
    """Match a part of day as ``rules.part_of`` reads it."""
    hours = {"morning": Q(starts_at__lt=NOON), "afternoon": Q(starts_at__gte=NOON, starts_at__lt=DUSK)}
    return hours.get(part, Q(starts_at__gte=DUSK)) | Q(starts_at=None, part_of_day=part)


_PART = Case(
    *(When(_part_is(part), then=Value(n)) for n, part in enumerate(("morning", "afternoon", "evening"))),
    default=Value(3),
    output_field=IntegerField(),
)


def shown(campaign: Campaign) -> ActivityQuerySet:
    """Return the public activities in reading order: day, part of day, hour (unknown last), unit."""
    return Activity.objects.public(campaign).order_by("held_on", _PART, _HOUR, *_RANK)


def on_day(activities: ActivityQuerySet, day: dt.date) -> ActivityQuerySet:
    """Keep those held on ``day``, those that run over it included, from morning to evening."""
    return activities.filter(Q(held_on=day) | Q(held_on__lt=day, ends_on__gte=day)).order_by(_PART, _HOUR, *_RANK)


def still_to_come_first(of_the_day: ActivityQuerySet, hour: dt.time) -> ActivityQuerySet:
    """Put those of the day that are over at ``hour`` last."""
    is_over = Q(ends_at__lte=hour) | Q(ends_at=None, starts_at__lt=hour)
    over = Case(When(is_over, then=Value(1)), default=Value(0), output_field=IntegerField())
    # What has an hour before what has none: a visitor can go there.
    return of_the_day.order_by(over, _HOUR, *_RANK)


def to_come_first(found: ActivityQuerySet, at: dt.datetime) -> ActivityQuerySet:
    """Put what is over at ``at`` (in Viet Nam's time) last, and what began earlier and still goes on under today."""
    today = at.date()
    past = Q(ends_on=None, held_on__lt=today) | Q(ends_on__lt=today)
    past |= Q(ends_at__lte=at.time()) & (Q(ends_on=today) | Q(ends_on=None, held_on=today))
    over = Case(When(past, then=Value(1)), default=Value(0), output_field=IntegerField())
    day = Case(
        When(past, then=F("held_on")),
        When(held_on__lt=today, then=Value(today)),
        default=F("held_on"),
        output_field=DateField(),
    )
    return found.order_by(over, day, _PART, _HOUR, *_RANK)


def find(campaign: Campaign, wanted: Wanted, *, at: dt.datetime | None = None) -> ActivityQuerySet:
    """Search and filter. Words may be typed with or without marks; exact marks rank first. One query.

    :param at: now; with it what is over comes last, unless a day or the order of days was asked for.
    """
    found = narrowed(shown(campaign), wanted)
    typed = clean(wanted.words)
    for word in words(fold(typed))[:MOST_WORDS]:
        found = found.filter(search_folded__contains=word)
    return _in_order(found, wanted, at, _nearness(typed) if typed else None)


def nearest(campaign: Campaign, wanted: Wanted, *, at: dt.datetime) -> ActivityQuerySet:
    """Find what holds most of the words, best first, for when nothing holds them all. One query."""
    told = telling(words(fold(clean(wanted.words)))[:MOST_WORDS])
    if not told.words:
        return Activity.objects.none()
    held = [
        Case(When(search_folded__contains=part, then=Value(1)), default=Value(0), output_field=IntegerField())
        for part in (*told.words, *told.pairs)
    ]
    found = narrowed(shown(campaign), wanted).alias(held=sum(held[1:], start=held[0])).filter(held__gte=told.least())
    return _in_order(found, replace(wanted, by_day=False), at, F("held").desc())


def _in_order(
    found: ActivityQuerySet, wanted: Wanted, at: dt.datetime | None, rank: OrderBy | None
) -> ActivityQuerySet:
    """Order by what is over, then by rank, then by time: each where it was asked for."""
    if wanted.by_day:
        return found
    ranks = [rank] if rank else []
    if at is None or wanted.day:
        return found.order_by(*ranks, *found.query.order_by)
    over, *times = to_come_first(found, at).query.order_by
    return found.order_by(over, *ranks, *times)


def narrowed(found: ActivityQuerySet, wanted: Wanted) -> ActivityQuerySet:
    """Filter by all but the words."""
    if wanted.day:
        found = on_day(found, wanted.day)
    if wanted.area_id:
        found = found.filter(Q(area_id=wanted.area_id) | Q(area__parent_id=wanted.area_id))
    if wanted.form:
        found = found.filter(form__in={wanted.form, Activity.Form.BOTH})
    if wanted.audience:
        found = found.filter(audience_groups__contains=f",{wanted.audience},")
    if wanted.part:
        found = found.filter(_part_is(wanted.part))
    return found


def _nearness(typed: str) -> OrderBy:
    """Rank: the very words with their marks, each word with its marks, the words in a row, the rest."""
    marked = typed.lower()
    every = Q(*(Q(search_marked__contains=word) for word in words(marked)[:MOST_WORDS]))
    return Case(
        When(search_marked__contains=marked, then=Value(0)),
        *([When(every, then=Value(1))] if every else []),
        When(search_folded__contains=fold(typed), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    ).asc()


def cards(found: ActivityQuerySet, *, at: dt.datetime | None = None) -> list[Card]:
    """Return what a list shows of them. One query, plain values: a week has a thousand.

    :param at: now; with it what is over is marked.
    """
    rows = found.values(
        "pk", "content", "held_on", "ends_on", "starts_at", "ends_at", "part_of_day", "place", "area__name",
        "area__level", "registration__host__name", "form", "audience_groups", "fee", "cancelled_at", "sequence",
    )  # fmt: skip
    return [_card(row, at) for row in rows]


def _card(row: Mapping[str, Any], at: dt.datetime | None) -> Card:
    over = at is not None and is_over(row["ends_on"] or row["held_on"], row["ends_at"], at=at)
    return Card(
        pk=row["pk"],
        content=row["content"],
        held_on=row["held_on"],
        ends_on=row["ends_on"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        part=part_of(row["starts_at"], row["part_of_day"]),
        place=row["place"],
        # An activity of the whole province has no place to go to.
        area=row["area__name"] or "" if row["area__level"] != Area.Level.PROVINCE else "",
        host=row["registration__host__name"],
        form=row["form"],
        audiences=tuple(code for code in row["audience_groups"].split(",") if code),
        fee=row["fee"],
        is_cancelled=row["cancelled_at"] is not None,
        is_changed=row["sequence"] > 0,
        is_over=over,
    )


def counts_by_day(campaign: Campaign) -> Counter[dt.date]:
    """Count the activities that go on, on each day of the Week. One query, grouped by the database."""
    counts: Counter[dt.date] = Counter()
    going_on = Activity.objects.public(campaign).filter(cancelled_at=None)
    for first, last, number in going_on.values_list("held_on", "ends_on").annotate(Count("pk")):
        for day in each_day(first, min(last or first, max(first, campaign.ends_on))):
            counts[day] += number
    return counts


@dataclass(frozen=True, slots=True)
class Totals:
    """The Week in four figures."""

    activities: int
    hosts: int
    online: int
    areas: int


def totals(campaign: Campaign) -> Totals:
    """Count what goes on: activities, their units, those to join online, communes they reach. One query."""
    counted = (
        Activity.objects.public(campaign)
        .filter(cancelled_at=None)
        .aggregate(
            activities=Count("pk"),
            hosts=Count("registration__host", distinct=True),
            online=Count("pk", filter=Q(form__in=[Activity.Form.ONLINE, Activity.Form.BOTH])),
            areas=Count("area", distinct=True, filter=Q(area__level=Area.Level.COMMUNE)),
        )
    )
    return Totals(**counted)


@dataclass(frozen=True, slots=True)
class District:
    """A district and its communes, each with its number of activities; where there are no districts, a commune."""

    pk: int
    name: str
    count: int
    communes: list[tuple[int, str, int]]

    def inline(self) -> str:
        """Return its name as it stands inside a line."""
        return in_a_line(self.name)


def districts(campaign: Campaign, *, counted: bool = False, on: dt.date | None = None) -> list[District]:
    """Return the areas of the province as they stood when the Week began, in Vietnamese order.

    One query; two with numbers of activities (otherwise they are 0), of the whole Week or of one day.
    """
    day, province = campaign.starts_on, campaign.province.area_id
    standing = Area.objects.filter(
        Q(parent_id=province) | Q(parent__parent_id=province, parent__isnull=False),
        Q(valid_from=None) | Q(valid_from__lte=day),
        Q(valid_to=None) | Q(valid_to__gte=day),
    ).values_list("pk", "name", "parent_id")
    names = sorted(standing if province else [], key=lambda row: vietnamese_key(row[1]))
    here = _counts_by_area(campaign, on) if counted else Counter()
    parts: dict[int | None, list[tuple[int, str, int]]] = {}
    for pk, name, parent in names:
        parts.setdefault(parent, []).append((pk, name, here[pk]))
    return [
        District(pk, name, count + sum(n for _, _, n in parts.get(pk, [])), parts.get(pk, []))
        for pk, name, count in parts.get(province, [])
    ]


def _counts_by_area(campaign: Campaign, on: dt.date | None) -> Counter[int]:
    going_on = Activity.objects.public(campaign).filter(cancelled_at=None, area__isnull=False)
    if on:
        going_on = on_day(going_on, on).order_by()
    return Counter(dict(going_on.values_list("area_id").annotate(Count("pk"))))


def one(campaign: Campaign, pk: int) -> Activity | None:
    """Return one public activity with what its page says of it. One query."""
    whole = Activity.objects.public(campaign).select_related("registration__host__unit", "area__parent")
    return whole.filter(pk=pk).first()


def held_together(campaign: Campaign, activity: Activity) -> list[Activity]:
    """Return other units' public rows of which an officer said that it is one event with this. One query.

    Each row keeps its unit's own words: the page only says that they belong together.
    """
    said = Finding.objects.filter(campaign=campaign, is_standing=True, verdict=Finding.Verdict.TOGETHER)
    others = Q(pk__in=said.filter(first=activity).values("second")) | Q(
        pk__in=said.filter(second=activity).values("first")
    )
    public = Activity.objects.public(campaign).filter(others, cancelled_at=None)
    return list(public.select_related("registration__host__unit").order_by("registration__host__name_order", "pk"))


def beside(campaign: Campaign, activity: Activity, *, at: dt.datetime) -> tuple[list[Card], list[Card]]:
    """Return up to three others of the same unit, and up to three of the same day nearby. Two queries."""
    others = Activity.objects.public(campaign).filter(cancelled_at=None).exclude(pk=activity.pk)
    host_id = activity.registration.host_id
    # Those after it first, so that what lies ahead is offered before what is over.
    later = Case(When(held_on__gte=activity.held_on, then=Value(0)), default=Value(1), output_field=IntegerField())
    of_the_unit = others.filter(registration__host=host_id).order_by(later, "held_on", _HOUR, "pk")
    of_the_day = others.filter(_near(activity.area), held_on=activity.held_on).exclude(registration__host=host_id)
    same_commune = Case(When(area_id=activity.area_id, then=Value(0)), default=Value(1), output_field=IntegerField())
    return cards(of_the_unit[:3], at=at), cards(of_the_day.order_by(same_commune, _HOUR, "pk")[:3], at=at)


def _near(area: Area | None) -> Q:
    """Match the same district; from the province, everywhere is near."""
    if area is None or area.level == Area.Level.PROVINCE:
        return Q()
    district = area.parent_id if area.level == Area.Level.COMMUNE else area.pk
    return Q(area_id=area.pk) | Q(area_id=district) | Q(area__parent_id=district)
