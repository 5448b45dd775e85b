"""Pages that list activities: the schedule, one day, the whole Week."""

import datetime as dt
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tuanhoc.activities.models import Activity
from tuanhoc.activities.rules import AUDIENCES
from tuanhoc.campaigns.rules import days_of
from tuanhoc.portal import forms, queries
from tuanhoc.portal.rules import PARTS, by_day, by_part

from .frame import frame, held_filters, leaves, name_of_area, now, page_of, quick_filters, week

#: Lines on one page of the whole Week: what a phone on a weak network still reads at once.
WHOLE = 1000
SUGGESTIONS = ("kỹ năng số", "đọc sách", "ngoại ngữ", "an toàn trên mạng", "khuyến học")


@require_safe
def schedule(request: HttpRequest, code: str) -> HttpResponse:
    """Search and filter the Week, page by page. Four queries; one more where nothing holds all the words."""
    campaign, at = week(code), now()
    wanted = forms.wanted(request.GET)
    page = page_of(request, queries.find(campaign, wanted, at=at))
    is_nearest = not page.paginator.count and bool(wanted.words)
    if is_nearest:
        page = page_of(request, queries.nearest(campaign, wanted, at=at))
    cards = queries.cards(page.object_list, at=at)  # type: ignore[arg-type]
    districts = queries.districts(campaign)
    in_order_of_days = not is_nearest and (wanted.by_day or not wanted.words)
    context = frame(
        request,
        campaign,
        wanted=wanted,
        page=page,
        query=wanted.query(),
        is_nearest=is_nearest,
        parts=by_part(cards) if wanted.day and in_order_of_days else [],
        days=by_day(cards, today=None if wanted.by_day else at.date()) if in_order_of_days and not wanted.day else [],
        cards=[] if in_order_of_days else cards,
        held=held_filters(wanted, name_of_area(districts, wanted.area_id)),
        pills=quick_filters(wanted),
        other_order=replace(wanted, by_day=not wanted.by_day).query(),
        days_of_week=days_of(campaign.starts_on, campaign.ends_on),
        districts=districts,
        form_choices=Activity.Form.choices,
        audiences=AUDIENCES.items(),
        part_choices=[(part, words) for part, words in PARTS.items() if part],
        suggestions=SUGGESTIONS,
    )
    return render(request, "portal/schedule.html", context)


@require_safe
def day(request: HttpRequest, code: str, on: dt.date) -> HttpResponse:
    """Show one day, from morning to evening: a day of the Week, or another on which something is held. Six queries."""
    campaign, at = week(code), now()
    if not campaign.starts_on <= on <= campaign.ends_on and not queries.on_day(queries.shown(campaign), on).exists():
        raise Http404
    wanted = replace(forms.wanted(request.GET), words="", day=None)
    page = page_of(request, queries.narrowed(queries.on_day(queries.shown(campaign), on), wanted))
    districts = queries.districts(campaign) if wanted.area_id else []
    context = frame(
        request,
        campaign,
        on=on,
        leaves=leaves(campaign, at.date()),
        page=page,
        parts=by_part(queries.cards(page.object_list, at=at)),  # type: ignore[arg-type]
        query=wanted.query(),
        whole_query=replace(wanted, day=on).query(),
        held=held_filters(wanted, name_of_area(districts, wanted.area_id)),
        area=name_of_area(districts, wanted.area_id),
        without_area=replace(wanted, area_id=None).query(),
        pills=quick_filters(wanted),
    )
    return render(request, "portal/day.html", context)


@require_safe
def whole(request: HttpRequest, code: str) -> HttpResponse:
    """List the whole Week, or what a filter leaves of it, on one page: to read, to print, to pin up."""
    campaign = week(code)
    wanted = replace(forms.wanted(request.GET), by_day=True)
    page = page_of(request, queries.find(campaign, wanted), WHOLE)
    districts = queries.districts(campaign) if wanted.area_id else []
    context = frame(
        request,
        campaign,
        page=page,
        query=wanted.query(),
        held=held_filters(wanted, name_of_area(districts, wanted.area_id)),
        days=by_day(queries.cards(page.object_list)),  # type: ignore[arg-type]
    )
    return render(request, "portal/whole.html", context)
