"""One confirmation of many forms: what it held, what still stands, and taking it all back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.desk.wording import in_words
from tuanhoc.intake import access
from tuanhoc.intake.actions import batches
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.queries import clearing
from tuanhoc.intake.queries import forms as queries
from tuanhoc.lib.refusal import Refusal
from tuanhoc.web import clock


@dataclass(frozen=True, slots=True)
class Standing:
    """One form of the confirmation that still stands; ``free`` while nobody has looked at its registration."""

    form: FormFile
    free: bool


@known
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: ActorRequest, code: str, pk: int) -> HttpResponse:
    """Show what was confirmed together; on POST take back all of it that nobody has looked at since."""
    box, stroke = access.batch_for(request.actor, code, pk)
    if request.method == "POST":
        try:
            result = batches.undo_batch(
                stroke, among=access.hosts_in(box, request.actor), by=request.actor, at=clock.now()
            )
        except Refusal as refusal:
            messages.error(request, in_words(refusal))
        else:
            _say(request, len(result.done), [(form, in_words(refusal)) for form, refusal in result.left])
        return redirect("desk:batch", box.campaign.code, stroke.pk)
    standing = [Standing(form, _is_free(form)) for form in clearing.standing_in(stroke)]
    forms = access.forms_in(box)
    waiting = clearing.in_order(forms.to_confirm())
    unseen = set(queries.confirmable_unseen(forms).values_list("pk", flat=True))
    return render(
        request,
        "desk/batch.html",
        {
            "campaign": box.campaign,
            "batch": stroke,
            "standing": standing,
            "free": sum(one.free for one in standing),
            "back": stroke.form_count - len(standing),
            "next": next((pk for pk in waiting if pk not in unseen), None),
            "to_look": len(waiting) - len(unseen),
        },
    )


def _is_free(form: FormFile) -> bool:
    registration = form.registration
    return (
        registration is not None
        and form.before is not None
        and registration.version == form.before["version"]
        and registration.signed_scan_id is None
    )


def _say(request: ActorRequest, back: int, left: list[tuple[FormFile, str]]) -> None:
    if back:
        text = _("Đã hoàn tác %(n)s tệp: lịch của các đơn vị trở về như trước.")
        messages.success(request, text % {"n": back})
    if left:
        text = _("%(n)s tệp giữ nguyên.")
        messages.warning(request, text % {"n": len(left)})
    for form, why in left:
        messages.warning(request, f"{form.host.name if form.host else form.name}: {why}")
