"""Pages about one thing: the Week, an activity, a unit, the site itself."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from tuanhoc.campaigns import queries as campaigns
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.portal import forms, linked, proverbs, queries
from tuanhoc.portal.rules import Wanted, by_day, hours, is_over, varied
from tuanhoc.units.models import Unit

from .frame import address, frame, leaves, now, page_of, quick_filters, week

#: Activities on the poster, those it chooses from, and those of a list on another site.
SHOWN = 9
CONSIDERED = 60
EMBEDDED = 30


@require_safe
def landing(request: HttpRequest, code: str = "") -> HttpResponse:
    """Show the Week as a poster: theme, today's leaf, seven leaves, what is on. Seven queries."""
    at = now()
    today = at.date()
    campaign = week(code) if code else campaigns.current(today)
    if campaign is None:
        return render(request, "portal/none.html")
    is_before, is_after = today < campaign.starts_on, today > campaign.ends_on
    on = campaign.starts_on if is_before or is_after else today
    of_the_day = queries.on_day(queries.shown(campaign), on).filter(cancelled_at=None)
    if on == today:
        of_the_day = queries.still_to_come_first(of_the_day, at.time())
    days = leaves(campaign, today)
    others = Campaign.objects.exclude(state=Campaign.State.PREPARING).exclude(pk=campaign.pk)
    context = frame(
        request,
        campaign,
        # The front page is this Week's page by another name.
        canonical=settings.SITE_URL + reverse("portal:landing", args=[campaign.code]),
        today=today,
        on=on,
        leaves=days,
        of_the_day=next((count for day, count, *_ in days if day == on), None),
        # After the Week its title says that all is over: no need to say it of each.
        cards=varied(queries.cards(of_the_day[:CONSIDERED], at=None if is_after else at), SHOWN),
        pills=quick_filters(Wanted()),
        proverb=proverbs.of_day(today),
        totals=queries.totals(campaign),
        is_before=is_before,
        is_after=is_after,
        days_left=(campaign.starts_on - today).days,
        phases=list(campaign.phases.order_by("starts_on", "pk")),
        other_weeks=others.order_by("-starts_on", "pk")[:5],
    )
    return render(request, "portal/landing.html", context)


@require_safe
def activity(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show one activity, and others of its unit and day."""
    campaign = week(code)
    found = queries.one(campaign, pk)
    if found is None or found.held_on is None:
        raise Http404
    at = now()
    of_the_unit, of_the_day = queries.beside(campaign, found, at=at)
    url = address(request)
    context = frame(
        request,
        campaign,
        activity=found,
        when=hours(found.starts_at, found.ends_at, found.part_of_day),
        is_over=is_over(found.ends_on or found.held_on, found.ends_at, at=at),
        groups=found.audience_groups.strip(",").split(",") if found.audience_groups else [],
        # A form may hold anything; only what leads to a page becomes a link.
        web_link=found.link if found.link.startswith(("https://", "http://")) else "",
        linked=linked.event(found, url=url),
        of_the_unit=of_the_unit,
        of_the_day=of_the_day,
        together=queries.held_together(campaign, found),
    )
    return render(request, "portal/activity.html", context)


def host_of(campaign: Campaign, key: str) -> RosterUnit:
    """Return the unit of the roster with this key."""
    return get_object_or_404(campaign.roster.select_related("unit", "area"), unit__key=key)


@require_safe
def unit(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Show what one unit holds."""
    campaign, at = week(code), now()
    host = host_of(campaign, key)
    page = page_of(request, queries.to_come_first(queries.shown(campaign).filter(registration__host=host), at))
    context = frame(
        request,
        campaign,
        host=host,
        kind=Unit.Kind(host.kind).label if host.kind in Unit.Kind.values else "",
        page=page,
        days=by_day(queries.cards(page.object_list, at=at), today=at.date()),  # type: ignore[arg-type]
    )
    return render(request, "portal/unit.html", context)


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # typed for views without arguments only
def embedded(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """List what one unit holds, to stand in a frame on the unit's own site: the one page others may frame."""
    campaign = week(code)
    host = host_of(campaign, key)
    held = queries.shown(campaign).filter(registration__host=host)
    context = frame(request, campaign, host=host, days=by_day(queries.cards(held[:EMBEDDED])), count=held.count())
    return render(request, "portal/embedded.html", context)


@require_safe
def near(request: HttpRequest, code: str) -> HttpResponse:
    """Let the visitor choose a district or commune; nobody's position is asked for. During the Week: today's first."""
    campaign, today = week(code), now().date()
    is_on = campaign.starts_on <= today <= campaign.ends_on
    on = today if is_on and not forms.asks_for_whole_week(request.GET) else None
    context = frame(
        request,
        campaign,
        districts=queries.districts(campaign, counted=True, on=on),
        is_on=is_on,
        on=on,
        day_query=f"ngay={on}&" if on else "",
    )
    return render(request, "portal/near.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what this is, how to take part, what it keeps of a visitor (nothing), and whom to ask."""
    campaign = campaigns.current(now().date())
    if campaign is None:
        return render(request, "portal/none.html")
    return render(request, "portal/about.html", frame(request, campaign))
