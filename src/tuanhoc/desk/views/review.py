"""The reviewer's pages: one registration, links for units."""

import datetime as dt
from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities import access, actions
from tuanhoc.activities.access import To
from tuanhoc.activities.actions import LOOKING_FOR
from tuanhoc.activities.models import Looking, ReasonTemplate, Registration, Review, State
from tuanhoc.activities.queries import (
    chosen_reason,
    due_of,
    filled_reason,
    marked_lines,
    short_reason,
    standing_reasons,
    threads_of,
)
from tuanhoc.campaigns.queries import let_in_until
from tuanhoc.desk import sheets, talks
from tuanhoc.desk.besides import beside
from tuanhoc.desk.meanwhile import Meanwhile, seen_version, since
from tuanhoc.desk.wording import in_words
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import clean, without_controls
from tuanhoc.units.queries import contacts_at
from tuanhoc.web import clock

from .closing import refuse_links


@known
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: ActorRequest, pk: int) -> HttpResponse:
    """Show one registration to its reviewer; accept it or give it back with words."""
    registration = access.registration_for(request.actor, pk, to=To.REVIEW)
    if request.method == "POST":
        return _post(request, registration)
    return _page(request, registration)


def _page(
    request: ActorRequest, registration: Registration, *, given: QueryDict | None = None, notice: str = "",
    meanwhile: Meanwhile | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    campaign, at = registration.host.campaign, clock.now()
    given = request.POST if given is None else given
    templates = standing_reasons(campaign)
    rows = sheets.stored_rows(registration, campaign, _typed(given))
    reason = given.get("reason", "")
    do, _sep, code = given.get("do", "").partition(":")
    if do == "fill" and (template := chosen_reason(templates, code)):
        reason = _filled(given, rows, template, reason, registration, at=at)
    threads, reviews = threads_of(registration), sheets.history(registration)
    submission = registration.submissions.order_by("-pk").first()
    context = {
        "registration": registration,
        "host": registration.host,
        "campaign": campaign,
        "days": [day for day in sheets.by_day(rows, campaign) if day.rows],
        "row_count": len(rows),
        "due": due_of(registration.host, registration, until=let_in_until(registration.host, at=at), at=at),
        "needs_look": sum(bool(row.warnings) for row in rows),
        "reviews": reviews,
        "beside": beside(request.actor, registration.host, registration, rows, writing=False),
        "reason": reason,
        "templates": templates,
        "marked": given.getlist("dong"),
        "threads": threads,
        "typed_talks": talks.typed(given),
        "may_talk": True,
        "offers_talk": True,
        "gone_talks": talks.without_row(threads, {row.activity.uid for row in rows if row.activity}),
        "submission": submission,
        "last_review": Review.objects.filter(submission__registration=registration).aggregate(last=Max("pk"))["last"]
        or 0,
        "looking": _looking(request, registration, at=at),
        "meanwhile": meanwhile,
        "contacts": contacts_at(registration.host.unit_id),
        "may_accept": registration.state == State.SUBMITTED,
        "may_return": registration.state in {State.SUBMITTED, State.ACCEPTED},
        "state_code": registration.state,
        "state_words": registration.get_state_display(),
        "notice": notice,
        "at": at,
    }
    return render(request, "desk/review.html", context, status=status)


def _typed(given: QueryDict) -> dict[int, str]:
    """Return what is written at rows of the page, by the row's place."""
    return {
        place: without_controls(str(text)).strip()[:500]
        for name, text in given.items()
        if name.startswith("d-") and (place := whole(name[2:])) is not None
    }


def _filled(
    given: QueryDict,
    rows: list[sheets.ShownRow],
    template: ReasonTemplate,
    reason: str,
    registration: Registration,
    *,
    at: dt.datetime,
) -> str:
    """Put a template's words to the ticked rows, or to those its warning is about, and into the reason.

    Nothing is decided yet: the officer reads it over. What was typed stays.
    """
    host, campaign = registration.host, registration.host.campaign
    words = filled_reason(template.text, host=host, campaign=campaign, at=at, until=let_in_until(host, at=at))
    keys = set(given.getlist("dong"))
    if "moi-dong" in given:
        keys = {row.key for row in rows}
    elif not keys and template.marks:
        marked = marked_lines(campaign, [registration.pk], template.marks).get(registration.pk, [])
        keys = {str(line["position"]) for line in marked}
    for n, row in enumerate(rows):
        if row.key in keys and not row.comment:
            rows[n] = replace(row, comment=short_reason(words))
    return reason if words in reason else "\n".join(filter(None, (reason.strip(), words)))


def _looking(request: ActorRequest, registration: Registration, *, at: dt.datetime) -> Looking | None:
    """Return who else has it open; note that the actor has, while there is something to decide."""
    if registration.state != State.SUBMITTED:
        return None
    other = Looking.objects.filter(registration=registration, seen_at__gt=at - LOOKING_FOR).first()
    if request.method == "GET":
        actions.note_looking(registration, by=request.actor, at=at)
    return other if other and other.by_user_id != request.actor.user_id else None


def _post(request: ActorRequest, registration: Registration) -> HttpResponse:
    given, at = request.POST, clock.now()
    do = given.get("do", "").partition(":")[0]
    if do == "fill":
        return _page(request, registration)
    if do not in talks.DOES:
        return _decide(request, registration, at=at)
    try:
        said = talks.take(registration, given, by_reviewer=True, by=request.actor, at=at)
    except Refusal as refusal:
        return _page(request, registration, notice=in_words(refusal), status=409)
    if said:
        messages.success(request, said)
    if given.get("reason") or any(_typed(given).values()) or len(talks.typed(given)) > 1:
        # Other words are still on their way: the page is drawn with them, not fetched anew.
        rest = given.copy()
        rest.pop(f"c-{given['do'].partition(':')[2]}", None)
        return _page(request, registration, given=rest)
    return redirect(reverse("desk:look", args=[registration.pk]) + talks.anchor(given))


def _decide(request: ActorRequest, registration: Registration, *, at: dt.datetime) -> HttpResponse:
    given = request.POST
    version = seen_version(given)
    try:
        if given.get("do") == "accept":
            actions.accept_registration(registration, version=version, undoable=True, by=request.actor, at=at)
            messages.success(request, _("Đã chấp nhận lịch của %(unit)s.") % {"unit": registration.host.name})
        else:
            actions.return_registration(
                registration,
                reason=without_controls(given.get("reason", "")),
                lines=[{"position": place, "text": text} for place, text in _typed(given).items() if text],
                version=version,
                undoable=True,
                by=request.actor,
                at=at,
            )
            messages.success(request, _("Đã trả lại %(unit)s kèm lý do.") % {"unit": registration.host.name})
    except (actions.NotWaiting, actions.LookedAtAnother) as refusal:
        # What stands now, which is not what the page showed; and what came between.
        registration.refresh_from_db()
        between = since(registration, given)
        return _page(request, registration, notice=in_words(refusal), meanwhile=between, status=409)
    except Refusal as refusal:
        registration.refresh_from_db()
        return _page(request, registration, notice=in_words(refusal), status=409)
    return redirect(f"{reverse('desk:queue')}?{urlencode({'dot': registration.host.campaign.code})}")


@known
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: ActorRequest, pk: int) -> HttpResponse:
    """Make a personal link for a unit; it is shown on this answer and never again."""
    host = access.roster_unit_for(request.actor, pk, to=To.REVIEW)
    if refuse_links(request, host.campaign):
        return redirect("desk:sheet", host.pk)
    address, expires_at = "", host.campaign.links_close_at
    if request.method == "POST":
        signed = accounts.make_link(
            host.unit,
            campaign_id=host.campaign_id,
            expires_at=expires_at,
            holder=clean(request.POST.get("holder", ""))[:120],
            by=request.actor,
            at=clock.now(),
        )
        address = request.build_absolute_uri(reverse("accounts:link", args=[signed]))
    context = {"host": host, "campaign": host.campaign, "address": address, "expires_at": expires_at}
    at = clock.now()
    context["due"] = due = due_of(host, None, until=let_in_until(host, at=at), at=at)
    context["is_over"] = due.is_over
    context["contacts"] = contacts_at(host.unit_id)
    context["may_print"] = request.actor.coordinates(host.campaign_id)
    return render(request, "desk/links.html", context)


@known
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: ActorRequest, pk: int) -> HttpResponse:
    """Close every open link of a unit."""
    host = access.roster_unit_for(request.actor, pk, to=To.REVIEW)
    if request.method != "POST":
        return redirect("desk:links", host.pk)
    closed = accounts.revoke_links(host.unit, campaign_id=host.campaign_id, by=request.actor, at=clock.now())
    messages.success(request, _("Đã thu hồi %(n)s liên kết.") % {"n": closed})
    return redirect("desk:links", host.pk)
