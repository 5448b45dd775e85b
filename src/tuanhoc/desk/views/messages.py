"""The coordinator's view of the post: what was written to whom, and what did not arrive."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.lib.text import clean
from tuanhoc.notices import actions, queries
from tuanhoc.notices.models import Message
from tuanhoc.web import clock

PAGE = 50
#: Units named as having no address; the number is always said.
NAMED = 100


@known
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: ActorRequest, code: str) -> HttpResponse:
    """List the messages of a Week, newest first; send the failed ones again."""
    campaign = campaign_for(request.actor, code)
    if request.method == "POST":
        again = actions.send_failed_again(campaign, by=request.actor, at=clock.now(), due_at=clock.machine())
        messages.success(request, _("Đã xếp %(n)s thư để gửi lại.") % {"n": again})
        return redirect("desk:messages", campaign.code)
    query, wanted = clean(request.GET.get("q", "")), request.GET.get("trang-thai", "")
    found = Message.objects.filter(campaign=campaign).select_related("host").order_by("-pk")
    if wanted in Message.State.values:
        found = found.filter(state=wanted)
    if query:
        found = found.filter(Q(to__icontains=query) | Q(host__name__icontains=query) | Q(subject__icontains=query))
    counts = queries.tally(campaign)
    silent = queries.without_address(campaign)
    return render(
        request,
        "desk/messages.html",
        {
            "campaign": campaign,
            "page": Paginator(found, PAGE).get_page(request.GET.get("trang")),
            "query": query,
            "wanted": wanted,
            "states": [(code, words, counts.get(code, 0)) for code, words in Message.State.choices],
            "failed": counts.get(Message.State.FAILED.value, 0),
            "silent_count": silent.count(),
            "silent": silent[:NAMED],
            "folder": _folder(),
        },
    )


def _folder() -> str:
    """Return where mail goes on a machine that sends none; blank where it is sent."""
    if not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return ""
    return Path(getattr(settings, "EMAIL_FILE_PATH", "mail")).name
