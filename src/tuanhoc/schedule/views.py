"""The room's own papers: the merged schedule as files."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns.access import campaign_for
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
    return _file(documents.standing_edition(campaign, at=clock.now()), ending, name=f"lich-{code}-du-thao")


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
    return _file(documents.edition_of_unit(host, at=clock.now()), ending, name=f"lich-{host.unit.key}")


def _file(edition: Edition, ending: str, *, name: str) -> HttpResponse:
    if ending not in TYPES:
        raise Http404
    response = HttpResponse(documents.WRITERS[ending](edition), content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
