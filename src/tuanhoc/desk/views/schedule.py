"""The merged schedule: as it stands, who issues it, its releases; and a district's own."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.access import To, may
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.campaigns.models import Campaign
from tuanhoc.desk.issuing import IssuerForm, NumberForm, issuer_form
from tuanhoc.findings.queries import counts as found_counts
from tuanhoc.lib.dates import in_words
from tuanhoc.lib.refusal import Refusal
from tuanhoc.office.access import may_write_for
from tuanhoc.schedule import access, actions, queries
from tuanhoc.schedule.models import Release
from tuanhoc.schedule.rules import Change, Changes, Issuer, Kind, counts, issued_on, listed
from tuanhoc.web import clock
from tuanhoc.web.speech import said

#: changes on the page; all of them are in the file
SHOWN = 20
PAGE = 50
#: edited Word files named on the page, newest first
BROUGHT = 10
#: file endings in the order of use, and what the button says
FILES = (("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel"), ("csv", "CSV"), ("ics", gettext_lazy("Lịch (iCal)")))
#: kind of change -> word on its badge, class of the badge
_KINDS: dict[Kind, tuple[Promise, str]] = {
    Kind.ADDED: (gettext_lazy("Bổ sung"), "accepted"),
    Kind.MOVED: (gettext_lazy("Dời lịch"), "submitted"),
    Kind.CANCELLED: (gettext_lazy("Hủy"), "returned"),
    Kind.REWORDED: (gettext_lazy("Sửa nội dung"), "draft"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many lines changed in one way."""

    words: str
    css: str
    number: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One change with the word for what happened."""

    words: str
    css: str
    change: Change


@dataclass(frozen=True, slots=True)
class Issued:
    """A release in the list, with its counts in words."""

    release: Release
    standing: int | None
    counts: list[Count]


@known
@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: ActorRequest, code: str) -> HttpResponse:
    """Show the schedule as it stands; correct the issuer, or issue it. A district is led to its own."""
    own = _own_unit(request, code)
    if own is not None and request.method != "POST":
        return redirect("desk:unit_schedule", own)
    campaign = campaign_for(request.actor, code)
    if request.method == "POST" and request.POST.get("do") == "release":
        return _release(request, campaign)
    if request.method == "POST":
        form = IssuerForm(request.POST)
        return _correct(request, campaign, form) if form.is_valid() else _schedule_page(request, campaign, form)
    return _schedule_page(request, campaign)


def _own_unit(request: ActorRequest, code: str) -> int | None:
    actor = request.actor
    campaign = get_object_or_404(Campaign, code=code)
    if actor.link_id is not None or actor.is_operator or actor.coordinates(campaign.pk):
        return None
    at = [seat.unit_id for seat in actor.seats if seat.unit_id is not None]
    return campaign.roster.filter(unit_id__in=at).order_by("rank", "pk").values_list("pk", flat=True).first()


def _schedule_page(request: ActorRequest, campaign: Campaign, form: IssuerForm | None = None) -> HttpResponse:
    standing = queries.standing(campaign)
    changed = _shown(standing.changes) if standing.changes else []
    issuer = queries.next_issuer(campaign)
    return render(
        request,
        "desk/schedule.html",
        {
            "campaign": campaign,
            "standing": standing,
            "next_number": standing.last.number + 1 if standing.last else 1,
            "counts": _counts(counts(standing.changes)) if standing.changes else [],
            "changed": changed[:SHOWN],
            "more": max(0, len(changed) - SHOWN),
            "brought": queries.edited_schedules(campaign)[:BROUGHT],
            "releases": [_issued(release) for release in queries.releases(campaign)],
            "findings": found_counts(campaign),
            "files": FILES,
            "form": form or issuer_form(issuer),
            "issuer": issuer,
            "dated": _dated(issuer),
        },
        status=422 if form else 200,
    )


def _release(request: ActorRequest, campaign: Campaign) -> HttpResponse:
    try:
        made = actions.release_schedule(campaign, by=request.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, said(refusal))
        return redirect("desk:schedule", campaign.code)
    messages.success(request, _("Đã ban hành lịch lần %(number)s.") % {"number": made.number})
    return redirect("desk:release", campaign.code, made.number)


def _correct(request: ActorRequest, campaign: Campaign, form: IssuerForm) -> HttpResponse:
    changes = form.changes(campaign)
    if changes:
        campaigns.correct_campaign(campaign, changes, by=request.actor, at=clock.now())
    messages.success(request, _("Đã lưu số công văn."))
    return redirect("desk:schedule", campaign.code)


@known
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Show one release: its files, what it changed, and the number its letter got."""
    found = access.release_for(request.actor, code, number)
    issuer = queries.issuer_of_release(found)
    form = NumberForm(initial={"issue_number": issuer.number, "parent_document": issuer.parent_document})
    if request.method == "POST":
        form = NumberForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            actions.number_release(
                found, number=given["issue_number"], parent_document=given["parent_document"],
                by=request.actor, at=clock.now(),
            )  # fmt: skip
            messages.success(request, _("Đã lưu số công văn của lần ban hành %(number)s.") % {"number": number})
            return redirect("desk:release", code, number)
    found_changes = queries.changes_of(found)
    changed = _shown(found_changes) if found_changes else []
    return render(
        request,
        "desk/release.html",
        {
            "campaign": found.campaign,
            "release": found,
            "issued": _issued(found),
            "page": Paginator(changed, PAGE).get_page(request.GET.get("trang")),
            "files": FILES,
            "form": form,
            "issuer": issuer,
            "dated": _dated(issuer),
        },
        status=422 if form.errors else 200,
    )


@known
@require_safe
def unit_schedule(request: ActorRequest, pk: int) -> HttpResponse:
    """Let a district take away the schedule of its own reach."""
    host = access.unit_for(request.actor, pk)
    kept = [line for line in queries.standing_lines(host.campaign, within=host) if not line.is_cancelled]
    return render(
        request,
        "desk/unit_schedule.html",
        {
            "host": host,
            "campaign": host.campaign,
            "activity_count": len(kept),
            "unit_count": len({line.unit_name for line in kept}),
            "files": FILES,
            "writes": may_write_for(request.actor, host),
            "may_edit": may(request.actor, To.EDIT, host),
            "brought": queries.edited_schedules(host.campaign, host=host)[:BROUGHT],
        },
    )


def _dated(issuer: Issuer) -> str:
    day = issued_on(issuer.parent_document)
    return in_words(day) if day else ""


def _shown(found: Changes) -> list[Shown]:
    return [Shown(str(_KINDS[c.kind][0]), _KINDS[c.kind][1], c) for c in listed(found)]


def _counts(numbers: dict[str, int]) -> list[Count]:
    return [
        Count(str(words), css, numbers[kind.value]) for kind, (words, css) in _KINDS.items() if numbers.get(kind.value)
    ]


def _issued(release: Release) -> Issued:
    return Issued(release, release.counts.get("standing"), _counts(release.counts))
