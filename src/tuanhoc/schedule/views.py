"""The room's own papers: the merged schedule as files, and such a file coming back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.files import actions as files
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.papers.reading import read_apart
from tuanhoc.papers.reading.limits import IsAProgram, UnknownKind
from tuanhoc.web import clock
from tuanhoc.web.speech import said

from . import access, actions, documents
from .documents import Edition
from .documents.edited import understood
from .models import EditedSchedule

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
    return (
        documents.kept_as_printed(edition, campaign, host=host, by=by, at=edition.at) if ending == "docx" else edition
    )


def _file(edition: Edition, ending: str, *, name: str) -> HttpResponse:
    if ending not in TYPES:
        raise Http404
    response = HttpResponse(documents.WRITERS[ending](edition), content_type=TYPES[ending])
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{ending}") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


class NoFile(Refusal):
    message = N_("Vui lòng chọn bản Word đã sửa.")


class NoWordFile(Refusal):
    message = N_("Chưa đọc được loại tệp này. Vui lòng gửi bản Word của lịch tổng hợp (.docx, .doc, .odt hoặc .rtf).")


@known
@require_POST
def bring(request: ActorRequest, code: str) -> HttpResponse:
    """Take in the campaign's schedule edited in Word, and show what it changes."""
    campaign = campaign_for(request.actor, code)
    return _bring(request, campaign, None, back=redirect("desk:schedule", code))


@known
@require_POST
def bring_of_unit(request: ActorRequest, pk: int) -> HttpResponse:
    """Take in a district's own schedule edited in Word."""
    host = access.editing_unit_for(request.actor, pk)
    return _bring(request, host.campaign, host, back=redirect("desk:unit_schedule", pk))


def _bring(request: ActorRequest, campaign: Campaign, host: RosterUnit | None, *, back: HttpResponse) -> HttpResponse:
    try:
        taken = _taken_in(request, campaign, host)
    except Refusal as refusal:
        messages.error(request, said(refusal))
        return back
    return redirect("desk:edited", taken.pk)


def _taken_in(request: ActorRequest, campaign: Campaign, host: RosterUnit | None) -> EditedSchedule:
    given, at = request.FILES.get("tep"), clock.now()
    if given is None:
        raise NoFile
    data, name = files.read_upload(given), given.name or "lich.docx"
    try:
        found = understood(read_apart(data, name), campaign, host=host, at=at)
    except (UnknownKind, IsAProgram) as error:
        raise NoWordFile from error
    return actions.take_in_edited(
        campaign, found.comparison, stored=files.keep(data, at=at), name=name, source=found.source, host=host,
        by=request.actor, at=at,
    )  # fmt: skip


@known
@require_safe
def edited_file(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the edited file back as it came."""
    edited = access.edited_for(request.actor, pk)
    response = HttpResponse(files.contents(edited.stored), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=edited.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
