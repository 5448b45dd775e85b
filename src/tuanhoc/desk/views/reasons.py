"""The words a Week's reviewers give registrations back with."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities import actions
from tuanhoc.activities.models import ReasonTemplate
from tuanhoc.activities.queries import chosen_reason, standing_reasons
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.campaigns.models import Campaign
from tuanhoc.desk.waiting import WARNED
from tuanhoc.desk.wording import in_words
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import clean, without_controls
from tuanhoc.web import clock


@known
@require_http_methods(["GET", "HEAD", "POST"])
def reasons(request: ActorRequest, code: str) -> HttpResponse:
    """Show and change the reason templates of a Week."""
    campaign = campaign_for(request.actor, code)
    if request.method == "POST":
        try:
            _change(request, campaign)
        except Refusal as refusal:
            return _page(request, campaign, notice=in_words(refusal))
        return redirect("desk:reasons", campaign.code)
    return _page(request, campaign)


def _change(request: ActorRequest, campaign: Campaign) -> None:
    given, at = request.POST, clock.now()
    code = given.get("code", "")[:40]
    if given.get("do") in {"retire", "restore"}:
        actions.retire_reason(campaign, code, back=given["do"] == "restore", by=request.actor, at=at)
        messages.success(request, _("Đã cập nhật danh sách mẫu."))
        return
    marks = given.get("marks", "")
    actions.write_reason(
        campaign, code=code, label=clean(given.get("label", "")), text=without_controls(given.get("text", "")),
        marks=marks if marks in WARNED else "", by=request.actor, at=at,
    )  # fmt: skip
    messages.success(request, _("Đã lưu mẫu lý do."))


def _page(request: ActorRequest, campaign: Campaign, *, notice: str = "") -> HttpResponse:
    templates, given = standing_reasons(campaign), request.POST
    fresh = ReasonTemplate(campaign=campaign)
    open_code = given.get("code", "") if notice else ""
    if notice:
        # What was typed stays where it was typed.
        typed = chosen_reason(templates, open_code) or fresh
        typed.label, typed.text, typed.marks = given.get("label", ""), given.get("text", ""), given.get("marks", "")
    context = {
        "campaign": campaign, "templates": templates, "fresh": fresh, "open": open_code, "notice": notice,
        "retired": list(ReasonTemplate.objects.filter(campaign=campaign, retired_at__isnull=False).order_by("pk")),
        "warned": [(code, _(words)) for code, words in WARNED.items()],
    }  # fmt: skip
    return render(request, "desk/reasons.html", context, status=409 if notice else 200)
