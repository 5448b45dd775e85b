"""Parts of a campaign beside the Week: a month of promotion, the school year after."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns import access, actions
from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.rules import PhaseDraft
from tuanhoc.lib.dates import read_day, short
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import clean
from tuanhoc.web import clock
from tuanhoc.web.speech import said

#: blank lines standing ready below those there
SPARE = 3
MOST = 12


class PhaseUnread(Refusal):
    message = N_("Giai đoạn “%(name)s”: ngày chưa đọc được, ví dụ 15/09/2022.")


class PhaseWithoutName(Refusal):
    message = N_("Có giai đoạn chưa có tên.")


@known
@require_http_methods(["GET", "HEAD", "POST"])
def phases(request: ActorRequest, code: str) -> HttpResponse:
    """Show a Week's phases and take them corrected; what was typed stays on the page when one cannot be read."""
    week = access.campaign_for(request.actor, code)
    notice = ""
    lines = _lines_of(week)
    if request.method == "POST":
        lines = _posted(request)
        try:
            actions.set_phases(week, _read(lines, week.year), by=request.actor, at=clock.now())
        except Refusal as refusal:
            notice = said(refusal)
        else:
            messages.success(request, _("Đã lưu các giai đoạn."))
            return redirect("desk:campaign", week.code)
    spare = [("", "", "")] * min(SPARE, MOST - len(lines))
    context = {"campaign": week, "lines": [*lines, *spare], "notice": notice}
    return render(request, "desk/phases.html", context, status=409 if notice else 200)


def _lines_of(week: Campaign) -> list[tuple[str, str, str]]:
    return [(p.name, short(p.starts_on), short(p.ends_on)) for p in week.phases.order_by("starts_on", "pk")]


def _posted(request: ActorRequest) -> list[tuple[str, str, str]]:
    columns = [request.POST.getlist(name)[:MOST] for name in ("name", "starts_on", "ends_on")]
    lines = [(clean(name)[:200], clean(first), clean(last)) for name, first, last in zip(*columns, strict=False)]
    return [line for line in lines if any(line)]


def _read(lines: list[tuple[str, str, str]], year: int) -> list[PhaseDraft]:
    read = []
    for name, first, last in lines:
        if not name:
            raise PhaseWithoutName
        try:
            read.append(PhaseDraft(name, read_day(first, year=year), read_day(last, year=year)))
        except ValueError as error:
            raise PhaseUnread(name=name) from error
    return read
