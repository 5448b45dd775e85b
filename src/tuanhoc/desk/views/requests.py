"""What units said about their links, for the coordinator to settle."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.accounts.models import LinkRequest
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.desk.wording import in_words
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.notices import actions
from tuanhoc.web import clock

PAGE = 50


@known
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: ActorRequest, code: str) -> HttpResponse:
    """List what was said, the unanswered first; mail a link or mark it as settled."""
    campaign = campaign_for(request.actor, code)
    if request.method == "POST":
        _answer(request, campaign)
        return redirect("desk:requests", campaign.code)
    said = LinkRequest.objects.filter(campaign_id=campaign.pk).select_related("unit", "link")
    wanted = request.GET.get("trang-thai", "")
    shown = said.filter(answered_at__isnull=False) if wanted == "xong" else said.filter(answered_at=None)
    page = Paginator(shown.order_by("-made_at", "-pk"), PAGE).get_page(request.GET.get("trang"))
    hosts = {h.unit_id: h for h in campaign.roster.filter(unit_id__in=[s.unit_id for s in page if s.unit_id])}
    return render(
        request,
        "desk/requests.html",
        {
            "campaign": campaign,
            "page": page,
            "rows": [(item, hosts.get(item.unit_id or 0)) for item in page],
            "wanted": wanted,
            "open_count": said.filter(answered_at=None).count(),
        },
    )


def _answer(request: ActorRequest, campaign: Campaign) -> None:
    said = _said(request.POST.get("yeu-cau", ""), campaign)
    at = clock.now()
    try:
        if request.POST.get("do") == "mail":
            host = _host(said, campaign)
            actions.mail_link(said, host, by=request.actor, at=at, due_at=clock.machine())
            messages.success(request, _("Liên kết mới của %(unit)s đang được gửi qua thư.") % {"unit": host.name})
        else:
            accounts.answer_request(said, by=request.actor, at=at)
            messages.success(request, _("Đã đánh dấu là xong."))
    except Refusal as refusal:
        messages.error(request, in_words(refusal))


def _said(pk: str, campaign: Campaign) -> LinkRequest:
    said = LinkRequest.objects.filter(pk=whole(pk) or 0, campaign_id=campaign.pk).first()
    if said is None:
        raise Http404
    return said


def _host(said: LinkRequest, campaign: Campaign) -> RosterUnit:
    host = campaign.roster.select_related("campaign__coordinator", "unit").filter(unit=said.unit_id).first()
    if host is None or not said.email:
        raise Http404
    return host
