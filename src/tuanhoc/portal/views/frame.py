"""What the public pages share: the Week they stand in, its leaves, the quick filters."""

import datetime as dt
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tuanhoc.activities.models import Activity
from tuanhoc.activities.rules import AUDIENCES
from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.rules import days_of
from tuanhoc.lib.dates import HANOI
from tuanhoc.portal import forms, queries
from tuanhoc.portal.rules import FORMS, PARTS, Wanted
from tuanhoc.web import clock
from tuanhoc.web.speech import day_and_month, span, weekday

#: Cards on one page.
PAGE = 60


@dataclass(frozen=True, slots=True)
class Pill:
    """A filter one tap away: ``query`` is where the tap leads, ``is_on`` that it holds now (the tap lifts it)."""

    words: str
    query: str
    is_on: bool = False


def now() -> dt.datetime:
    """Return the present moment in Viet Nam."""
    return clock.now().astimezone(HANOI)


def week(code: str) -> Campaign:
    """Return a Week the public may see."""
    shown = Campaign.objects.exclude(state=Campaign.State.PREPARING).select_related("province__area", "coordinator")
    return get_object_or_404(shown, code=code)


def address(request: HttpRequest) -> str:
    """Return the page's one true address, whatever name the visitor typed."""
    return f"{settings.SITE_URL}{request.path}"


def frame(request: HttpRequest, campaign: Campaign, **more: object) -> dict[str, object]:
    """Return what every page of a Week prints around its content."""
    return {
        "campaign": campaign,
        "province": campaign.province.area.name if campaign.province.area else campaign.province.name,
        "span": span(campaign.starts_on, campaign.ends_on),
        "canonical": address(request),
        "site_url": settings.SITE_URL,
        "site_host": settings.SITE_URL.partition("://")[2],
        **more,
    }


def leaves(campaign: Campaign, today: dt.date) -> list[tuple[dt.date, int | None, bool, bool]]:
    """Return (day, activities, is today, is the opening) for the days of the Week. One query.

    Before the Week a day without activities has no number: they are still coming in.
    """
    counts = queries.counts_by_day(campaign)
    is_before = today < campaign.starts_on
    return [
        (day, None if is_before and not counts[day] else counts[day], day == today, day == campaign.opening_on)
        for day in days_of(campaign.starts_on, campaign.ends_on)
    ]


def page_of(request: HttpRequest, found: QuerySet[Activity], size: int = PAGE) -> Page[Activity]:
    """Return the page the visitor asked for; one query counts them."""
    return Paginator(found, size).get_page(forms.page_number(request.GET))


def quick_filters(wanted: Wanted) -> list[Pill]:
    """Return the filters most people want, each keeping what holds already."""
    online, evening = wanted.form == "online", wanted.part == "evening"
    pills = [Pill(_(FORMS["online"]), replace(wanted, form="" if online else "online").query(), online)]
    for code in ("children", "parents", "elderly"):
        is_on = wanted.audience == code
        pills.append(Pill(_(AUDIENCES[code]), replace(wanted, audience="" if is_on else code).query(), is_on))
    return [*pills, Pill(_(PARTS["evening"]), replace(wanted, part="" if evening else "evening").query(), evening)]


def held_filters(wanted: Wanted, area_name: str) -> list[Pill]:
    """Return what holds now, each with the address that lifts it."""
    held = []
    if wanted.words:
        held.append((f"“{wanted.words}”", replace(wanted, words="")))
    if wanted.day:
        held.append((f"{capfirst(weekday(wanted.day))}, {day_and_month(wanted.day)}", replace(wanted, day=None)))
    if wanted.area_id:
        held.append((area_name or _("Địa bàn"), replace(wanted, area_id=None)))
    if wanted.form:
        held.append((str(Activity.Form(wanted.form).label), replace(wanted, form="")))
    if wanted.audience:
        held.append((_(AUDIENCES[wanted.audience]), replace(wanted, audience="")))
    if wanted.part:
        held.append((_(PARTS[wanted.part]), replace(wanted, part="")))
    return [Pill(words, without.query(), is_on=True) for words, without in held]


def name_of_area(districts: list[queries.District], pk: int | None) -> str:
    """Return the name of one of the areas; blank when it is none of them."""
    named = {d.pk: d.name for d in districts} | {c: name for d in districts for c, name, _n in d.communes}
    return named.get(pk or 0, "")
