"""The room's own papers: the merged schedule as files."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.lib.actor import Actor
from tuanhoc.web import clock

from . import access, documents
from .documents import Edition

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}


@known
@require_safe
def standing(request: ActorRequest, code: str, ending: str) -> HttpResponse:
    """Give what stands now, marked as a draft."""
    campaign = campaign_for(request.actor, code)
    edition = documents.standing_edition(campaign, at=clock.now())
    return _file(_kept(edition, ending, campaign, None, request.actor), ending, name=f"lich-{code}-du-thao")


@known
@require_safe
def release(request: ActorRequest, code: str, number: int, ending: str) -> HttpResponse:
    """Give a release as it was frozen."""
    found = access.release_for(request.actor, code, number)
    return _file(documents.edition_of_release(found), ending, name=f"lich-{code}-lan-{number}")


@known
@require_safe
def of_unit(request: ActorRequest, pk: int, ending: str) -> HttpResponse:
    """Give a district, or any unit with others under it, the schedule of its own reach."""
    host = access.unit_for(request.actor, pk)
    edition = documents.edition_of_unit(host, at=clock.now())
    return _file(_kept(edition, ending, host.campaign, host, request.actor), ending, name=f"lich-{host.unit.key}")


def _kept(edition: Edition, ending: str, campaign: Campaign, host: RosterUnit | None, by: Actor) -> Edition:
    """Keep what leaves as a Word draft, so that it is known again when it comes back edited."""
    return documents.kept_as_printed(edition, campaign, host=host, by=by, at=edition.at) if ending == "docx" else edition


def _file(edition: Edition, ending: str, *, name: str) -> HttpResponse:
    if ending not in TYPES:
        raise Http404
    response = HttpResponse(documents.WRITERS[ending](edition), content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
