"""The receipt, and the signed scan that comes after it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities import access, actions
from tuanhoc.activities.access import To
from tuanhoc.activities.models import Submission
from tuanhoc.activities.queries import behalf_of
from tuanhoc.desk import slowing
from tuanhoc.files import actions as files
from tuanhoc.files.rules import SCANS, content_type
from tuanhoc.lib.refusal import Refusal
from tuanhoc.web import clock
from tuanhoc.web.speech import said


@known
@require_safe
def receipt(request: ActorRequest, pk: int) -> HttpResponse:
    """Show what was handed in, when, and its digest."""
    submission = Submission.objects.select_related("registration").filter(pk=pk).first()
    if submission is None:
        raise Http404
    registration = access.registration_for(request.actor, submission.registration_id, to=To.VIEW)
    return render(
        request,
        "desk/receipt.html",
        {
            "submission": submission,
            "row_count": len(submission.rows),
            "registration": registration,
            "behalf": behalf_of(submission),
            "host": registration.host,
            "campaign": registration.host.campaign,
            "may_scan": access.may(request.actor, To.EDIT, registration.host),
        },
    )


@known
@require_http_methods(["GET", "HEAD", "POST"])
def send_scan(request: ActorRequest, pk: int) -> HttpResponse:
    """Keep the signed and stamped paper."""
    registration = access.registration_for(request.actor, pk, to=To.EDIT)
    if request.method != "POST":
        return redirect("desk:sheet", registration.host_id)
    given = request.FILES.get("scan")
    at = clock.now()
    if given is None:
        messages.error(request, _("Vui lòng chọn tệp bản quét."))
        return redirect("desk:sheet", registration.host_id)
    try:
        slowing.count_file(request, "bring_file", registration.host_id)
        data = files.read_upload(given)
        if content_type(data) not in SCANS:
            # Before it is kept: a refusal leaves no trace.
            raise actions.NotAScan
        actions.attach_scan(registration, files.keep(data, at=at), by=request.actor, at=at)
        messages.success(request, _("Đã nhận bản quét có chữ ký và dấu."))
    except Refusal as refusal:
        messages.error(request, said(refusal))
    return redirect("desk:sheet", registration.host_id)


@known
@require_safe
def scan(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the signed paper back to whoever may see the registration."""
    registration = access.registration_for(request.actor, pk, to=To.VIEW)
    if registration.signed_scan is None:
        raise Http404
    kept = registration.signed_scan
    response = HttpResponse(files.contents(kept), content_type=kept.content_type)
    ending = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}.get(kept.content_type, "bin")
    response["Content-Disposition"] = f'attachment; filename="ban-quet-{registration.pk}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
