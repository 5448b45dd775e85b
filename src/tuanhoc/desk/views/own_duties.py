"""A unit's own duties: what the plan asks of it, and how far it says it is; by its personal link too."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns import access, actions
from tuanhoc.campaigns.access import To
from tuanhoc.campaigns.models import Assignment, Campaign, RosterUnit
from tuanhoc.campaigns.queries import assignments, duties_of
from tuanhoc.desk import duties as shown
from tuanhoc.desk import slowing
from tuanhoc.desk.meanwhile import seen_version
from tuanhoc.desk.wording import in_words
from tuanhoc.files import actions as files
from tuanhoc.files.models import StoredFile
from tuanhoc.files.rules import DOCX, XLSX, content_type, has_active_content
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import clean, without_controls
from tuanhoc.web import clock

#: what may show that a duty is done, and how its file's name ends
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", DOCX: "docx", XLSX: "xlsx"}


class NoState(Refusal):
    message = N_("Vui lòng chọn một tình trạng: đang làm, đã xong, không áp dụng hoặc chưa bắt đầu.")


@known
@require_http_methods(["GET", "HEAD", "POST"])
def of_unit(request: ActorRequest, pk: int) -> HttpResponse:
    """Show what the plan asks of one unit, and keep what it says of one duty."""
    to = To.REPORT_DUTY if request.method == "POST" else To.SEE_DUTIES
    host = access.duty_host_for(request.actor, pk, to=to)
    owned = duties_of(host)
    if request.method == "POST" and (answer := _report(request, owned, of=host.pk)):
        return _page(request, host.campaign, owned, host=host, notice=answer)
    if request.method == "POST":
        return redirect("desk:own_duties", pk)
    return _page(request, host.campaign, owned, host=host)


@known
@require_http_methods(["GET", "HEAD", "POST"])
def of_coordinator(request: ActorRequest, code: str) -> HttpResponse:
    """Show what the plan asks of the coordinator itself, and keep what it says."""
    to = To.STEER_DUTIES if request.method == "POST" else To.SEE_DUTIES
    campaign = access.led_campaign_for(request.actor, code, to=to)
    owned = [one for one in assignments(campaign) if one.host_id is None]
    if request.method == "POST" and (answer := _report(request, owned, of=f"c{campaign.pk}")):
        return _page(request, campaign, owned, notice=answer)
    if request.method == "POST":
        return redirect("desk:coordinator_duties", code)
    return _page(request, campaign, owned)


def _report(request: ActorRequest, owned: list[Assignment], *, of: object) -> str:
    """Keep what was said of one of these duties; return the words of a refusal, blank when there is none."""
    asked = whole(request.POST.get("viec", ""))
    one = next((one for one in owned if one.pk == asked), None)
    if one is None:
        raise Http404
    try:
        if (state := request.POST.get("state", "")) not in Assignment.State.values:
            raise NoState
        said = actions.Said(
            state, without_controls(request.POST.get("words", ""))[:2000],
            clean(request.POST.get("obstacle", ""))[:300], clean(request.POST.get("evidence_link", "")),
        )  # fmt: skip
        actions.report_duty(
            one, said, evidence=_evidence(request, of), version=seen_version(request.POST),
            by=request.actor, at=clock.now(),
        )  # fmt: skip
    except Refusal as refusal:
        if isinstance(refusal, actions.SaidInBetween):
            one.refresh_from_db()
        return in_words(refusal)
    messages.success(
        request, _("Đã ghi nhận tiến độ nhiệm vụ mục %(clause)s. Xin cảm ơn.") % {"clause": one.duty.clause}
    )
    return ""


def _evidence(request: ActorRequest, of: object) -> StoredFile | None:
    given = request.FILES.get("evidence")
    if given is None:
        return None
    slowing.count_file(request, "bring_file", of)
    data = files.read_upload(given)
    if content_type(data) not in _ENDINGS or has_active_content(data):
        # Before it is kept: a refusal leaves no trace.
        raise actions.NotEvidence
    return files.keep(data, at=clock.now())


def _page(
    request: ActorRequest, campaign: Campaign, owned: list[Assignment], *, host: RosterUnit | None = None,
    notice: str = "",
) -> HttpResponse:  # fmt: skip
    at = clock.now()
    lines = shown.lines_of(campaign, [one.duty for one in owned], owned, {}, at=at)
    typed = {"pk": whole(request.POST.get("viec", "")), **request.POST.dict()} if notice else {}
    may = access.may_report(request.actor, host) if host else request.actor.coordinates(campaign.pk)
    context = {
        "campaign": campaign,
        "host": host,
        "lines": [(line, shown.due_words(line.duty, at=at)) for line in lines],
        "states": Assignment.State.choices,
        "may_report": may,
        "notice": notice,
        "typed": typed,
        "leads": access.leads(request.actor, campaign),
    }
    return render(request, "desk/own_duties.html", context, status=409 if notice else 200)


@known
@require_safe
def evidence(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the file that shows a duty is done to whoever may see the duty."""
    one = access.assignment_for(request.actor, pk, to=To.SEE_DUTIES)
    if one.evidence_file is None:
        raise Http404
    kept = one.evidence_file
    response = HttpResponse(files.contents(kept), content_type=kept.content_type)
    ending = _ENDINGS.get(kept.content_type, "bin")
    response["Content-Disposition"] = f'attachment; filename="minh-chung-{one.pk}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
