"""A form's original out of quarantine: said what it is, handed out on a second yes, under a name nothing opens."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.desk.wording import in_words
from tuanhoc.intake import access
from tuanhoc.intake.actions import quarantine
from tuanhoc.lib.refusal import Refusal
from tuanhoc.web import clock

#: Put behind the name, so that no double click opens it.
_ENDING = ".cach-ly"


@known
@require_http_methods(["GET", "HEAD", "POST"])
def quarantined(request: ActorRequest, pk: int) -> HttpResponse:
    """Say why a file is kept apart; on a yes, give it as bytes to be saved."""
    form = access.form_file_for(request.actor, pk)
    if form.stored is None or not form.stored.is_quarantined:
        return redirect("desk:form_file", form.pk)
    notice = ""
    if request.method == "POST":
        try:
            data = quarantine.hand_out(form, by=request.actor, at=clock.now())
        except Refusal as refusal:
            notice = in_words(refusal)
        else:
            return _as_bytes(data, form.name)
    return render(request, "desk/quarantined.html", {"form": form, "notice": notice}, status=409 if notice else 200)


def _as_bytes(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name + _ENDING)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
