"""All units' annexes in one zip: asked for, its progress, taken away."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities import actions, queries
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.web import clock


@known
@require_http_methods(["GET", "HEAD", "POST"])
def annexes(request: ActorRequest, code: str) -> HttpResponse:
    """Show how far the last zip is, or ask for one."""
    campaign = campaign_for(request.actor, code)
    if request.method == "POST":
        actions.ask_for_annexes(
            campaign, with_blanks=request.POST.get("mau-trong") == "co", by=request.actor, at=clock.now(),
            machine=clock.machine(),
        )  # fmt: skip
        return redirect("desk:annexes", code)
    written, expected = queries.annex_counts(campaign)
    return render(
        request,
        "desk/annexes.html",
        {
            "campaign": campaign,
            "archive": queries.last_archive(campaign),
            "written": written,
            "expected": expected,
        },
    )


@known
@require_safe
def progress(request: ActorRequest, code: str) -> JsonResponse:
    """Say how far the last zip is, for the page to show without loading again."""
    archive = queries.last_archive(campaign_for(request.actor, code))
    said = {"state": archive.state, "done": archive.done, "total": archive.total} if archive else {}
    return JsonResponse(said, headers={"Cache-Control": "no-store"})
