"""Slips to print and hand out: a unit's link as a code to scan."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.queries import Due, due_of, handed_in
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.campaigns.queries import let_in_each
from tuanhoc.lib.numbers import whole
from tuanhoc.notices.queries import without_address
from tuanhoc.web import clock

from .closing import refuse_links

#: Slips of one printing; more are printed in several.
MOST = 200
GROUPS = {"chua-co-thu": _("Đơn vị chưa có địa chỉ thư"), "chua-gui": _("Đơn vị còn phải gửi lịch đăng ký")}


@dataclass(frozen=True, slots=True)
class Slip:
    """What one unit is handed."""

    host: RosterUnit
    address: str
    code: SafeString
    #: the deadline that is its own when it is printed
    due: Due


@known
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: ActorRequest, code: str) -> HttpResponse:
    """Choose units; on POST make a new link for each and show the slips, this once."""
    campaign = campaign_for(request.actor, code)
    if refuse_links(request, campaign):
        return redirect("desk:campaign", code)
    given = request.POST or request.GET
    group, one = given.get("nhom", ""), given.get("don-vi", "")
    chosen = _chosen(campaign, group, one)
    expires_at = campaign.links_close_at
    made = new_slips(request, campaign, list(chosen[:MOST]), expires_at) if request.method == "POST" else []
    context = {
        "campaign": campaign,
        "groups": GROUPS.items(),
        "group": group,
        "one": one,
        "count": chosen.count(),
        "most": MOST,
        "first": chosen.first(),
        "slips": made,
        "expires_at": expires_at,
    }
    return render(request, "desk/slips.html", context)


def _chosen(campaign: Campaign, group: str, one: str) -> QuerySet[RosterUnit]:
    if (number := whole(one)) is not None:
        found = campaign.roster.filter(pk=number)
    elif group == "chua-co-thu":
        found = without_address(campaign)
    elif group == "chua-gui":
        found = campaign.roster.exclude(pk__in=handed_in(campaign.roster.all()).values("host_id"))
    else:
        found = campaign.roster.none()
    return found.in_reading_order().select_related("unit")


def new_slips(
    request: ActorRequest, campaign: Campaign, hosts: Sequence[RosterUnit], expires_at: dt.datetime
) -> list[Slip]:
    """Make a new link of each unit and return their slips. As many queries for many as for one."""
    at = clock.now()
    signed = accounts.make_links(
        [(host.unit, "") for host in hosts], campaign_id=campaign.pk, expires_at=expires_at, by=request.actor, at=at
    )
    until = let_in_each(hosts, at=at)
    return [
        _slip(request, host, token, due_of(host, None, until=until.get(host.pk), at=at))
        for host, token in zip(hosts, signed, strict=True)
    ]


def _slip(request: ActorRequest, host: RosterUnit, signed: str, due: Due) -> Slip:
    address = request.build_absolute_uri(reverse("accounts:link", args=[signed]))
    # The code is drawn by us from our own address; no text of anybody is in it.
    drawn = mark_safe(segno.make(address, error="m").svg_inline(border=2, omitsize=True))  # noqa: S308
    return Slip(host, address, drawn, due)
