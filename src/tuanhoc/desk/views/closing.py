"""Whoever coordinates a Week closes it when it is over, and opens it again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.models import Registration, State
from tuanhoc.activities.queries import handed_in
from tuanhoc.campaigns import access, actions, queries
from tuanhoc.campaigns.models import Campaign
from tuanhoc.lib.refusal import Refusal
from tuanhoc.web import clock
from tuanhoc.web.speech import said


@known
@require_http_methods(["GET", "HEAD", "POST"])
def close_campaign(request: ActorRequest, code: str) -> HttpResponse:
    """Say what closing a Week stops and what stays, then close it; of a closed one, open it again."""
    week = access.campaign_for(request.actor, code)
    notice = ""
    if request.method == "POST":
        try:
            _do(request, week)
        except Refusal as refusal:
            notice = said(refusal)
            week = access.campaign_for(request.actor, code)
        else:
            return redirect("desk:campaign", code)
    if week.state == Campaign.State.PREPARING:
        return redirect("desk:campaign", code)
    at = clock.now()
    context = {
        "campaign": week, "is_closed": week.state == Campaign.State.CLOSED, "notice": notice,
        "is_past": queries.is_past(week, at=at), **_left(week),
    }  # fmt: skip
    return render(request, "desk/close_campaign.html", context, status=409 if notice else 200)


def refuse_links(request: ActorRequest, week: Campaign) -> bool:
    """Whether the Week is closed, so that a link made now would open nothing; whoever asked for one is told."""
    if week.state != Campaign.State.CLOSED:
        return False
    words = _("Đợt này đã đóng nên liên kết mới sẽ không mở được. Cần cấp liên kết, vui lòng mở lại đợt trước.")
    messages.error(request, words)
    return True


def _do(request: ActorRequest, week: Campaign) -> None:
    if request.POST.get("do") == "reopen":
        actions.reopen_campaign(week, by=request.actor, at=clock.now())
        messages.success(request, _("Đã mở lại đợt: đơn vị lại đăng ký được, liên kết đã gửi lại mở như trước."))
    else:
        actions.close_campaign(week, by=request.actor, at=clock.now())
        messages.success(request, _("Đã đóng đợt. Cần thì bấm “Mở lại đợt” ở trang này."))


def _left(week: Campaign) -> dict[str, int]:
    """Count what is not finished. Three queries."""
    roster = week.roster.all()
    return {
        "waiting": Registration.objects.filter(host__in=roster, state=State.SUBMITTED).count(),
        "owing": roster.count() - handed_in(roster).count(),
    }
