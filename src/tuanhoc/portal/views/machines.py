"""What programs read: calendars, the list of pages, the word to search engines."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tuanhoc.activities.models import Activity, ActivityQuerySet
from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.rules import days_of
from tuanhoc.papers.ics import Happening, to_ics
from tuanhoc.portal import forms, queries

from .frame import week
from .pages import host_of

CALENDAR = "text/calendar; charset=utf-8"
#: A sitemap may hold 50.000 addresses.
MOST_ADDRESSES = 49_000
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _addresses(campaign: Campaign) -> Callable[[int], str]:
    """Return what gives the address of an activity; asking the router ten thousand times takes a second."""
    before, after = reverse("portal:activity", args=[campaign.code, 0]).rsplit("0", 1)
    return lambda pk: f"{settings.SITE_URL}{before}{pk}{after}"


def _entries(campaign: Campaign, found: ActivityQuerySet) -> list[Happening]:
    """Return what a calendar keeps of them. One query, plain values."""
    address = _addresses(campaign)
    rows = found.values(
        "pk", "uid", "sequence", "changed_at", "content", "place", "area__name", "registration__host__name", "link",
        "change_reason", "held_on", "ends_on", "starts_at", "ends_at", "cancelled_at",
    )  # fmt: skip
    return [_entry(row, address(row["pk"])) for row in rows]


def _entry(row: Mapping[str, Any], url: str) -> Happening:
    said = [row["registration__host__name"], row["link"]]
    if row["change_reason"]:
        said.append((_("Lý do hủy: {}") if row["cancelled_at"] else _("Thay đổi: {}")).format(row["change_reason"]))
    return Happening(
        uid=f"{row['uid']}@tuanhoc",
        sequence=row["sequence"],
        changed_at=row["changed_at"],
        summary=row["content"],
        place=", ".join(filter(None, (row["place"], row["area__name"]))),
        description="\n".join(filter(None, said)),
        url=url,
        first_on=row["held_on"],
        last_on=row["ends_on"] or row["held_on"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        is_cancelled=row["cancelled_at"] is not None,
    )


@require_safe
def activity_calendar(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give one activity as a calendar file."""
    campaign = week(code)
    entries = _entries(campaign, Activity.objects.public(campaign).filter(pk=pk))
    if not entries:
        raise Http404
    answer = HttpResponse(to_ics(entries, name=entries[0].summary[:60]), content_type=CALENDAR)
    answer["Content-Disposition"] = f'attachment; filename="hoat-dong-{pk}.ics"'
    return answer


@require_safe
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """Give what a filter finds as a calendar to subscribe to."""
    campaign = week(code)
    found = queries.find(campaign, forms.wanted(request.GET))
    return HttpResponse(to_ics(_entries(campaign, found), name=campaign.title), content_type=CALENDAR)


@require_safe
def unit_feed(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Give what one unit holds as a calendar to subscribe to."""
    campaign = week(code)
    host = host_of(campaign, key)
    found = queries.shown(campaign).filter(registration__host=host)
    return HttpResponse(to_ics(_entries(campaign, found), name=host.name), content_type=CALENDAR)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines in where the public is; the sample is fiction and stays out of them."""
    closed = ["/"] if settings.SAMPLE else ["/lam-viec/", "/tai-khoan/", "/l/", "/nhung/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the pages of every Week the public may see, the newest Week first. Two queries a Week."""
    pages: list[str] = []
    shown = Campaign.objects.exclude(state=Campaign.State.PREPARING)
    for campaign in shown.order_by("-starts_on", "pk")[:20]:
        pages += _pages_of(campaign)
    listed = "".join(f"<url>{page}</url>\n" for page in pages[:MOST_ADDRESSES])
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP}">\n{listed}</urlset>\n'
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def _pages_of(campaign: Campaign) -> list[str]:
    code, address = campaign.code, _addresses(campaign)
    found = Activity.objects.public(campaign)
    keys = found.values_list("registration__host__unit__key", flat=True).distinct()
    days = days_of(campaign.starts_on, campaign.ends_on)
    paths = [
        *(reverse(f"portal:{name}", args=[code]) for name in ("landing", "schedule", "near")),
        *(reverse("portal:day", args=[code, day]) for day in days),
        *(reverse("portal:unit", args=[code, key]) for key in sorted(keys)),
    ]
    # Slugs, days and numbers: nothing here needs escaping.
    return [f"<loc>{settings.SITE_URL}{path}</loc>" for path in paths] + [
        f"<loc>{address(pk)}</loc><lastmod>{changed_at:%Y-%m-%d}</lastmod>"
        for pk, changed_at in found.order_by("pk").values_list("pk", "changed_at")
    ]
