"""All papers of a Week in one zip: asked for, its progress, taken away."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities import actions, queries
from tuanhoc.activities.models import AnnexArchive
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.office.documents.season import INDEX_FILES
from tuanhoc.web import clock

SEASON = AnnexArchive.Contents.SEASON


@known
@require_http_methods(["GET", "HEAD", "POST"])
def season(request: ActorRequest, code: str) -> HttpResponse:
    """Show how far the last zip is, or ask for one."""
    campaign = campaign_for(request.actor, code)
    if request.method == "POST":
        actions.ask_for_season(campaign, by=request.actor, at=clock.now(), machine=clock.machine())
        return redirect("desk:season", code)
    archive = queries.last_archive(campaign, SEASON)
    index = len(INDEX_FILES)
    papers = archive.done - index if archive else 0
    context = {"campaign": campaign, "archive": archive, "index": index, "papers": papers}
    return render(request, "desk/season.html", context)


@known
@require_safe
def progress(request: ActorRequest, code: str) -> JsonResponse:
    """Say how far the last zip is, for the page to show without loading again."""
    archive = queries.last_archive(campaign_for(request.actor, code), SEASON)
    said = {"state": archive.state, "done": archive.done, "total": archive.total} if archive else {}
    return JsonResponse(said, headers={"Cache-Control": "no-store"})
