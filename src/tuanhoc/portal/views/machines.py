"""What programs read: calendars, the list of pages, the word to search engines."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tuanhoc.activities.models import Activity
from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.rules import days_of
from tuanhoc.portal import forms, queries
from tuanhoc.portal.calendars import Entry, calendar

from .frame import week
from .pages import host_of

CALENDAR = "text/calendar; charset=utf-8"
#: A sitemap may hold 50.000 addresses.
MOST_ADDRESSES = 49_000


def _entries(campaign: Campaign, found: Iterable[Activity]) -> list[Entry]:
    return [_entry(campaign, activity) for activity in found if activity.held_on is not None]


def _entry(campaign: Campaign, activity: Activity) -> Entry:
    place = ", ".join(part for part in (activity.place, activity.area.name if activity.area else "") if part)
    said = [activity.registration.host.name, activity.link]
    if activity.change_reason:
        said.append((_("Lý do hủy: {}") if activity.cancelled_at else _("Thay đổi: {}")).format(activity.change_reason))
    first = activity.held_on or campaign.starts_on
    return Entry(
        uid=f"{activity.uid}@tuanhoc",
        sequence=activity.sequence,
        changed_at=activity.changed_at,
        summary=activity.content,
        place=place,
        description="\n".join(filter(None, said)),
        url=settings.SITE_URL + reverse("portal:activity", args=[campaign.code, activity.pk]),
        first=first,
        last=activity.ends_on or first,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        is_cancelled=activity.cancelled_at is not None,
    )


@require_safe
def activity_calendar(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give one activity as a calendar file."""
    campaign = week(code)
    found = queries.one(campaign, pk)
    if found is None:
        raise Http404
    answer = HttpResponse(calendar(_entries(campaign, [found]), name=found.content[:60]), content_type=CALENDAR)
    answer["Content-Disposition"] = f'attachment; filename="hoat-dong-{pk}.ics"'
    return answer


@require_safe
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """Give what a filter finds as a calendar to subscribe to."""
    campaign = week(code)
    found = queries.for_calendar(queries.find(campaign, forms.wanted(request.GET)))
    return HttpResponse(calendar(_entries(campaign, found), name=campaign.title), content_type=CALENDAR)


@require_safe
def unit_feed(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Give what one unit holds as a calendar to subscribe to."""
    campaign = week(code)
    host = host_of(campaign, key)
    found = queries.for_calendar(queries.shown(campaign).filter(registration__host=host))
    return HttpResponse(calendar(_entries(campaign, found), name=host.name), content_type=CALENDAR)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines in where the public is; the sample is fiction and stays out of them."""
    closed = ["/"] if settings.SAMPLE else ["/lam-viec/", "/tai-khoan/", "/l/", "/nhung/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the pages of every Week the public may see, the newest Week first. Two queries a Week."""
    pages: list[tuple[str, dt.date | None]] = []
    shown = Campaign.objects.exclude(state=Campaign.State.PREPARING).select_related("province")
    for campaign in shown.order_by("-starts_on", "pk")[:20]:
        pages += _pages_of(campaign)
    context = {"pages": [(settings.SITE_URL + path, day) for path, day in pages[:MOST_ADDRESSES]]}
    return render(request, "portal/sitemap.xml", context, content_type="application/xml; charset=utf-8")


def _pages_of(campaign: Campaign) -> list[tuple[str, dt.date | None]]:
    code = campaign.code
    found = Activity.objects.public(campaign)
    keys = found.values_list("registration__host__unit__key", flat=True).distinct()
    days = days_of(campaign.starts_on, campaign.ends_on)
    return [
        *((reverse(f"portal:{name}", args=[code]), None) for name in ("landing", "schedule", "near")),
        *((reverse("portal:day", args=[code, day]), None) for day in days),
        *((reverse("portal:unit", args=[code, key]), None) for key in sorted(keys)),
        *(
            (reverse("portal:activity", args=[code, pk]), changed_at.date())
            for pk, changed_at in found.order_by("pk").values_list("pk", "changed_at")
        ),
    ]
