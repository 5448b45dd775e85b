"""The papers as files: Word, PDF, and their metadata as JSON."""

import json

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.metadata import metadata
from tuanhoc.papers.pdf import to_pdf
from tuanhoc.papers.values import Letters, OfficialDocument
from tuanhoc.schedule.access import release_for
from tuanhoc.schedule.documents import edition_of_release, schedule_letter, standing_edition
from tuanhoc.web import clock

from . import access, documents, queries
from .models import OfficialPaper, Scope
from .rules import KINDS_IN_ADDRESSES

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json; charset=utf-8",
}


@known
@require_safe
def draft(request: ActorRequest, code: str, kind: str, ending: str) -> HttpResponse:
    """Give a paper as it stands now, number and date open."""
    scope = access.scope_for(request.actor, code)
    if kind not in KINDS_IN_ADDRESSES:
        raise Http404
    return _file(_drafted(scope, KINDS_IN_ADDRESSES[kind]), ending, name=f"{kind}-{code}-du-thao")


@known
@require_safe
def unit_draft(request: ActorRequest, pk: int, ending: str) -> HttpResponse:
    """Give a unit the reminder to those under it."""
    scope = access.unit_scope_for(request.actor, pk)
    return _file(_drafted(scope, OfficialPaper.Kind.REMINDER), ending, name=f"don-doc-{pk}-du-thao")


@known
@require_safe
def to_each(request: ActorRequest, code: str, ending: str) -> HttpResponse:
    """Give the invitation once for each unit, in one file to print."""
    scope = access.scope_for(request.actor, code)
    signed = next(iter(queries.issued(scope, OfficialPaper.Kind.INVITATION)), None)
    document = (
        documents.reprinted(signed)
        if signed
        else documents.drafted(scope, OfficialPaper.Kind.INVITATION, at=clock.now())
    )
    if document is None or ending == "json":
        raise Http404
    return _file(documents.invitations(document, scope), ending, name=f"giay-moi-{code}-tung-don-vi")


@known
@require_safe
def issued(request: ActorRequest, pk: int, ending: str) -> HttpResponse:
    """Give a paper as it was signed."""
    paper = access.paper_for(request.actor, pk)
    return _file(documents.reprinted(paper), ending, name=f"van-ban-{paper.number.replace('/', '-')}")


@known
@require_safe
def schedule_metadata(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Give the metadata of the letter that sends a release; 0 is the letter of what stands now."""
    if number:
        edition = edition_of_release(release_for(request.actor, code, number))
    else:
        edition = standing_edition(access.scope_for(request.actor, code).campaign, at=clock.now())
    return _file(schedule_letter(edition), "json", name=f"lich-{code}-{number}")


def _drafted(scope: Scope, kind: str) -> OfficialDocument | None:
    return documents.drafted(scope, kind, at=clock.now())


def _file(document: OfficialDocument | Letters | None, ending: str, *, name: str) -> HttpResponse:
    if document is None or ending not in TYPES:
        raise Http404
    response = HttpResponse(_written(document, ending), content_type=TYPES[ending])
    # The name may hold letters of a symbol (SGDĐT): told as RFC 6266 has it.
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{ending}") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _written(document: OfficialDocument | Letters, ending: str) -> bytes:
    if ending == "docx":
        return to_docx(document)
    if ending == "pdf":
        return to_pdf(document)
    if isinstance(document, Letters):
        raise Http404
    return json.dumps(metadata(document), ensure_ascii=False, indent=2).encode("utf-8")
