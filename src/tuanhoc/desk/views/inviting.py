"""Units invited in bulk: a list is read, and personal links leave as a sheet for a mail merge."""

import datetime as dt
import json

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.desk import inviting
from tuanhoc.desk.wording import in_words
from tuanhoc.files import actions as files
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import clean
from tuanhoc.units.models import Contact
from tuanhoc.web import clock

from .closing import refuse_links

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@known
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite_units(request: ActorRequest, code: str) -> HttpResponse:
    """Read a list and show whom it names; then make a link for each and give the sheet, this once."""
    campaign = campaign_for(request.actor, code)
    if refuse_links(request, campaign):
        return redirect("desk:campaign", code)
    what = request.POST.get("do", "")
    if what == "merge":
        return _sheet(request, campaign, _posted(request, campaign))
    if what == "contacts":
        return _sheet(request, campaign, _of_contacts(campaign))
    read = None
    if what == "read":
        read = _read(request, campaign)
        if read is None:
            return redirect("desk:invite_units", code)
    context: dict[str, object] = {
        "campaign": campaign,
        "read": read,
        "expires_at": campaign.links_close_at,
        "most": inviting.MOST,
    }
    if read is not None:
        context["kept"] = json.dumps([_kept(one) for one in read.invited])
        context["unknown"] = [
            (row, [(one.unit, json.dumps(_kept(one))) for one in row.meant])
            for row in read.unknown[: inviting.MOST_SUGGESTED]
        ]
        context["unreachable"] = [(row, json.dumps(_kept(row.invited))) for row in read.unreachable]
        context["suggests"] = any(row.meant for row in read.unknown)
    return render(request, "desk/invite_units.html", context)


def _kept(one: inviting.Invited) -> list[int | str]:
    return [one.host_pk, one.holder, one.email, one.phone]


def _read(request: ActorRequest, campaign: Campaign) -> inviting.ReadList | None:
    given = request.FILES.get("tep")
    if given is None:
        messages.error(request, _("Vui lòng chọn tệp danh sách (.xlsx hoặc .csv)."))
        return None
    try:
        read = inviting.read_list(files.read_upload(given), campaign)
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
        return None
    if read is None:
        messages.error(request, _("Không thấy cột “Đơn vị” hoặc “Mã” trong tệp. Vui lòng thêm dòng tiêu đề."))
    return read


def _posted(request: ActorRequest, campaign: Campaign) -> list[inviting.Invited]:
    try:
        rows = json.loads(request.POST.get("dong", "[]"))
        # What a person confirmed of the rows that named nobody for certain.
        confirmed = [value for name, value in request.POST.items() if name.startswith("goi-y-") and value]
        rows = [*rows, *map(json.loads, map(str, confirmed))]
        given = [
            (int(pk), clean(str(holder)), clean(str(email)), clean(str(phone))) for pk, holder, email, phone in rows
        ]
    except (ValueError, TypeError, OverflowError, RecursionError):
        return []
    names = dict(campaign.roster.values_list("pk", "name"))
    return [
        inviting.Invited(pk, names[pk], holder[:120], email[:120], phone[:120])
        for pk, holder, email, phone in given[: inviting.MOST]
        if pk in names
    ]


def _of_contacts(campaign: Campaign) -> list[inviting.Invited]:
    """Return every contact of every unit; a unit without one stands once, without a name. Two queries."""
    contacts: dict[int, list[Contact]] = {}
    for contact in Contact.objects.filter(unit__in=campaign.roster.values("unit_id")).order_by("pk"):
        contacts.setdefault(contact.unit_id, []).append(contact)
    invited = []
    for host in campaign.roster.in_reading_order():
        people = contacts.get(host.unit_id, [])
        invited += [inviting.Invited(host.pk, host.name, c.name, c.email, c.phone or c.zalo) for c in people] or [
            inviting.Invited(host.pk, host.name)
        ]
    return invited[: inviting.MOST]


@transaction.atomic
def _sheet(request: ActorRequest, campaign: Campaign, invited: list[inviting.Invited]) -> HttpResponse:
    """Make a link for each and give the sheet; in one transaction, so that no link is made that nobody gets."""
    hosts = RosterUnit.objects.select_related("unit").in_bulk({one.host_pk for one in invited})
    at: dt.datetime = clock.now()
    signed = accounts.make_links(
        [(hosts[one.host_pk].unit, one.holder) for one in invited],
        campaign_id=campaign.pk, expires_at=campaign.links_close_at, by=request.actor, at=at,
    )  # fmt: skip
    site = request.build_absolute_uri("/").rstrip("/")
    rows = [
        inviting.Addressed(one, hosts[one.host_pk].closes_at, site + reverse("accounts:link", args=[token]))
        for one, token in zip(invited, signed, strict=True)
    ]
    response = HttpResponse(inviting.merge_sheet(rows, title=campaign.title), content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="tron-thu-{campaign.code}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
