"""The public pages. Nobody signs in here, nothing sets a cookie."""

import datetime as dt

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from tuanhoc.activities.models import Activity
from tuanhoc.activities.rules import AUDIENCES
from tuanhoc.campaigns import queries as campaigns
from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.rules import days_of
from tuanhoc.lib.dates import HANOI, span
from tuanhoc.units.models import Area
from tuanhoc.web import clock

from . import forms, linked, proverbs, queries
from .calendars import calendar

PAGE = 60
CALENDAR = "text/calendar; charset=utf-8"


def _week(code: str) -> Campaign:
    shown = Campaign.objects.exclude(state=Campaign.State.PREPARING).select_related("province", "coordinator")
    return get_object_or_404(shown, code=code)


def _frame(campaign: Campaign) -> dict[str, object]:
    today = clock.now().astimezone(HANOI).date()
    counts = queries.counts_by_day(campaign)
    leaves = [(day, counts[day], day == today) for day in days_of(campaign.starts_on, campaign.ends_on)]
    return {"campaign": campaign, "today": today, "leaves": leaves, "span": span(campaign.starts_on, campaign.ends_on)}


@require_safe
def landing(request: HttpRequest, code: str = "") -> HttpResponse:
    """Show the Week as a poster: theme, today's leaf, seven leaves, what is on."""
    today = clock.now().astimezone(HANOI).date()
    campaign = _week(code) if code else campaigns.current(today)
    if campaign is None:
        return render(request, "portal/none.html")
    on = today if campaign.starts_on <= today <= campaign.ends_on else campaign.starts_on
    shown = queries.shown(campaign)
    of_the_day = queries.on_day(shown, on).filter(cancelled_at=None)
    context = _frame(campaign) | {
        "on": on,
        "proverb": proverbs.of_day(today),
        "activities": of_the_day[:9],
        "of_the_day": of_the_day.count(),
        "total": shown.filter(cancelled_at=None).count(),
        "hosts": shown.order_by().values("registration__host").distinct().count(),
        "is_before": today < campaign.starts_on,
        "is_after": today > campaign.ends_on,
    }
    return render(request, "portal/landing.html", context)


@require_safe
def schedule(request: HttpRequest, code: str) -> HttpResponse:
    """List the whole Week, searched and filtered, page by page."""
    campaign = _week(code)
    wanted = forms.wanted(request.GET)
    found = queries.find(campaign, wanted)
    query = request.GET.copy()
    query.pop("trang", None)
    context = {
        "campaign": campaign,
        "wanted": wanted,
        "page": Paginator(found, PAGE).get_page(request.GET.get("trang")),
        "query": query.urlencode(),
        "days": days_of(campaign.starts_on, campaign.ends_on),
        "areas": Area.objects.filter(level=Area.Level.DISTRICT, parent_id=campaign.province.area_id).order_by("name"),
        "form_choices": Activity.Form.choices,
        "audiences": AUDIENCES.items(),
    }
    return render(request, "portal/schedule.html", context)


@require_safe
def day(request: HttpRequest, code: str, on: dt.date) -> HttpResponse:
    """Show one day of the Week."""
    campaign = _week(code)
    if not campaign.starts_on <= on <= campaign.ends_on:
        raise Http404
    activities = queries.on_day(queries.shown(campaign), on)
    context = _frame(campaign) | {
        "on": on,
        "page": Paginator(activities, PAGE).get_page(request.GET.get("trang")),
    }
    return render(request, "portal/day.html", context)


def _activity(campaign: Campaign, pk: int) -> Activity:
    return get_object_or_404(queries.shown(campaign), pk=pk)


@require_safe
def activity(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show one activity."""
    campaign = _week(code)
    found = _activity(campaign, pk)
    url = request.build_absolute_uri(request.path)
    context = {"campaign": campaign, "activity": found, "url": url, "linked": linked.event(found, url=url)}
    return render(request, "portal/activity.html", context)


@require_safe
def activity_calendar(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give one activity as a calendar file."""
    found = _activity(_week(code), pk)
    answer = HttpResponse(calendar([found], name=found.content[:60]), content_type=CALENDAR)
    answer["Content-Disposition"] = f'attachment; filename="hoat-dong-{pk}.ics"'
    return answer


@require_safe
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """Give what a filter finds as a calendar to subscribe to."""
    campaign = _week(code)
    found = queries.find(campaign, forms.wanted(request.GET))
    return HttpResponse(calendar(found, name=campaign.title), content_type=CALENDAR)


@require_safe
def unit(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Show what one unit holds."""
    campaign = _week(code)
    host = get_object_or_404(campaign.roster.select_related("unit", "area"), unit__key=key)
    held = queries.shown(campaign).filter(registration__host=host)
    page = Paginator(held, PAGE).get_page(request.GET.get("trang"))
    return render(request, "portal/unit.html", {"campaign": campaign, "host": host, "page": page})
