"""The room's own papers: the annex as Word, one by one or all in a zip; the receipt as Word and PDF."""

import json
from collections.abc import Callable, Mapping

from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.campaigns.documents import form_for
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.metadata import metadata
from tuanhoc.papers.pdf import to_pdf
from tuanhoc.papers.values import OfficialDocument

from . import access, documents, queries
from .archives import path_of
from .models import AnnexArchive, Registration, State, Submission

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@known
@require_safe
def annex(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the unit's annex as a Word file, to sign and stamp; with the receipt once it is handed in."""
    host = access.roster_unit_for(request.actor, pk, to=access.To.VIEW)
    registration = Registration.objects.filter(host=host).first()
    if registration is None:
        raise Http404
    being_written = registration.state in {State.DRAFT, State.RETURNED}
    submission = None if being_written else registration.submissions.order_by("-pk").first()
    word = to_docx(
        documents.registration_annex(
            unit_name=host.name,
            year=host.campaign.year,
            rows=queries.drafts_of(registration),
            submission=submission,
        )
    )
    response = HttpResponse(word, content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="phu-luc-{host.unit.key}.docx"'
    return response


@known
@require_safe
def archive(request: ActorRequest, code: str, pk: int) -> FileResponse:
    """Give the annexes of all units, or all papers of the Week, as one zip, as long as it is kept."""
    campaign = campaign_for(request.actor, code)
    found = AnnexArchive.objects.filter(campaign=campaign, pk=pk, state=AnnexArchive.State.DONE).first()
    if found is None or not path_of(found).exists():
        raise Http404
    name = "ho-so" if found.contents == AnnexArchive.Contents.SEASON else "phu-luc"
    response = FileResponse(path_of(found).open("rb"), as_attachment=True, filename=f"{name}-{code}.zip")
    response["Content-Type"] = "application/zip"
    response["X-Content-Type-Options"] = "nosniff"
    return response


#: file ending -> its type, and how a document is written in it
_FILES: Mapping[str, tuple[str, Callable[[OfficialDocument], bytes]]] = {
    "docx": (WORD, to_docx),
    "pdf": ("application/pdf", to_pdf),
    "json": (
        "application/json; charset=utf-8",
        lambda document: json.dumps(metadata(document), ensure_ascii=False, indent=2).encode("utf-8"),
    ),
}


@known
@require_safe
def receipt(request: ActorRequest, pk: int, ending: str) -> HttpResponse:
    """Give the receipt of one handing-in to print; its code leads to the receipt's page."""
    submission = Submission.objects.filter(pk=pk).first()
    if submission is None or ending not in _FILES:
        raise Http404
    host = access.registration_for(request.actor, submission.registration_id, to=access.To.VIEW).host
    address = request.build_absolute_uri(reverse("desk:receipt", args=[submission.pk]))
    document = documents.receipt(submission, host=host, form=form_for(host.campaign, "receipt"), address=address)
    kind, write = _FILES[ending]
    response = HttpResponse(write(document), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="bien-nhan-{submission.number}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
