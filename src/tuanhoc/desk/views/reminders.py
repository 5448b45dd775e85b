"""Reminders: who would be written to today, the button, and what became of each letter."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.rules import GIVEN_BACK
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.desk.reminder_forms import LeaveOutForm, SettingsForm, as_typed
from tuanhoc.desk.wording import in_words
from tuanhoc.lib import workdays
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import clean, fold
from tuanhoc.notices import rules
from tuanhoc.notices.actions import reminding, rounds
from tuanhoc.notices.models import Message, Round, Snooze
from tuanhoc.notices.queries import reminding as queries
from tuanhoc.notices.queries.pressing import pressed
from tuanhoc.notices.rules import Letter, ladder
from tuanhoc.office.rules import days_late
from tuanhoc.web import clock
from tuanhoc.web.speech import plain, short

PAGE = 50
#: Late units named on the page; the letter has them all.
NAMED = 10


@dataclass(frozen=True)
class Line:
    """One letter of the dry run; it is written only where it is shown."""

    campaign: Campaign
    digest: ladder.Digest
    today: queries.Today
    at: dt.datetime

    @cached_property
    def letter(self) -> Letter:
        return reminding.preview(self.campaign, self.digest, self.today, at=self.at)


@known
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: ActorRequest, code: str) -> HttpResponse:
    """Show whom the button would reach today, and press it."""
    campaign, at = campaign_for(request.actor, code), clock.now()
    if request.method == "POST":
        return _press(request, campaign, at=at)
    today = queries.today(campaign, at=at)
    query, wanted = clean(request.GET.get("q", ""))[:100], request.GET.get("buoc", "")
    found = [one for one in today.plan.digests if _matches(one, fold(query), wanted)]
    page = Paginator([Line(campaign, one, today, at) for one in found], PAGE).get_page(request.GET.get("trang"))
    late = [(unit, days_late(unit.closes_at, at=at)) for unit in today.late(at=at)]
    context = {
        "campaign": campaign, "today": today, "plan": today.plan, "at": at, "page": page, "query": query,
        "wanted": wanted, "units": len(today.plan.units), "steps": _steps(today.plan),
        "late": late[:NAMED], "late_count": len(late),
        "late_again": sum(unit.state == GIVEN_BACK for unit, _days in late),
        "rounds": queries.rounds(campaign, today.pressed), "next_day": today.calendar.shifted(today.day, 1),
        "left_out": [(d, today.snoozes[d.unit.pk]) for d in today.plan.left_out if d.unit.pk not in today.with_form],
        "with_form": [due for due in today.plan.left_out if due.unit.pk in today.with_form],
        "unknown_year": "" if workdays.knows(today.day.year) else str(today.day.year),
    }  # fmt: skip
    return render(request, "desk/reminders.html", context)


def _matches(one: ladder.Digest, folded: str, wanted: str) -> bool:
    if wanted and not any(due.step.code == wanted for due in one.own) and not (wanted == "above" and one.below):
        return False
    names = (one.to.name, one.to.email, *(due.unit.name for due in one.dues))
    return not folded or any(folded in fold(name) for name in names)


def _steps(plan: ladder.DayPlan) -> list[tuple[str, str, int]]:
    """Return each step of today with its words and how many units are at it; the units above last."""
    counts = Counter(due.step for due in plan.units)
    steps = [(step.code, step_words(step), counts[step]) for step in ladder.STEPS if counts[step]]
    below = {due.unit.pk for one in plan.digests for due in one.below}
    return [*steps, *([("above", _("Nhờ đơn vị cấp trên hỗ trợ"), len(below))] if below else [])]


def step_words(step: ladder.Step) -> str:
    """Return a step in words: how many working days from the last one in time."""
    if not step.offset:
        return _("Ngày cuối")
    n = abs(step.offset)
    if step.offset < 0:
        return ngettext("Trước hạn %(n)s ngày làm việc", "Trước hạn %(n)s ngày làm việc", n) % {"n": n}
    return ngettext("Sau hạn %(n)s ngày làm việc", "Sau hạn %(n)s ngày làm việc", n) % {"n": n}


def due_words(due: ladder.Due, day: dt.date) -> str:
    """Return the step of a unit in words that hold on ``day``: one that came before, maybe by a moved deadline, so.

    ``Trước hạn 3 ngày làm việc`` on its own day; after it ``Bước “trước hạn 7 ngày làm việc”, từ ngày 27/9/2022``.
    """
    words = step_words(due.step)
    if due.since is None or due.since >= day:
        return words
    return _("Bước “%(step)s”, từ ngày %(day)s") % {"step": words[:1].lower() + words[1:], "day": plain(due.since)}


def _press(request: ActorRequest, campaign: Campaign, *, at: dt.datetime) -> HttpResponse:
    try:
        seen_on = dt.date.fromisoformat(request.POST.get("ngay", ""))
        sent = reminding.send_round(
            campaign, by=request.actor, at=at, due_at=clock.machine() + rules.GRACE, seen_on=seen_on
        )
    except ValueError:
        messages.error(request, _("Vui lòng xem lại danh sách hôm nay rồi bấm gửi."))
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
    else:
        messages.success(request, _("Đã nhận lệnh gửi. Các thư đang lần lượt được xếp và bắt đầu đi sau một phút."))
        return redirect("desk:round", campaign.code, sent.number)
    return redirect("desk:reminders", campaign.code)


@known
@require_http_methods(["GET", "HEAD", "POST"])
def round_(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Show what became of each letter of a round; stop those that wait, send failed ones again."""
    campaign = campaign_for(request.actor, code)
    line = next((line for line in queries.rounds(campaign, pressed()) if line.round.number == number), None)
    if line is None:
        raise Http404
    if request.method == "POST":
        _stop_or_again(request, line.round)
        return redirect("desk:round", campaign.code, number)
    query, wanted = clean(request.GET.get("q", ""))[:100], request.GET.get("trang-thai", "")
    found = queries.messages_of(line.round).prefetch_related("reminders__host")
    if wanted in Message.State.values:
        found = found.filter(state=wanted)
    if query:
        found = found.filter(pk__in=queries.matching(line.round, query))
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    context = {
        "campaign": campaign, "line": line, "round": line.round, "page": page, "query": query, "wanted": wanted,
        "states": [(state, words, line.counts.get(state, 0)) for state, words in Message.State.choices],
        "failed": line.counts.get(Message.State.FAILED.value, 0),
        "untouched": queries.untouched(line.round).count() + line.unqueued,
    }  # fmt: skip
    return render(request, "desk/round.html", context)


def _stop_or_again(request: ActorRequest, pressed: Round) -> None:
    at = clock.now()
    try:
        if request.POST.get("do") == "stop":
            n = rounds.stop_round(pressed, by=request.actor, at=at)
            messages.success(request, _("Đã dừng %(n)s thư chưa đi. Có thể gửi lại từ trang nhắc.") % {"n": n})
        elif request.POST.get("do") == "again":
            n = rounds.send_failed_of(pressed, by=request.actor, at=at, due_at=clock.machine())
            messages.success(request, _("Đã xếp %(n)s thư để gửi lại.") % {"n": n})
    except Refusal as refusal:
        messages.error(request, in_words(refusal))


@known
@require_POST
def leave_out(request: ActorRequest, code: str) -> HttpResponse:
    """Leave a unit out of the reminders until a day, or take it back in."""
    campaign, at = campaign_for(request.actor, code), clock.now()
    pk = whole(request.POST.get("don-vi", ""))
    host = get_object_or_404(RosterUnit, pk=pk, campaign=campaign)
    if request.POST.get("do") == "back":
        reminding.take_back_in(host, by=request.actor, at=at)
        messages.success(request, _("%(unit)s được nhắc lại như trước.") % {"unit": host.name})
        return redirect("desk:reminders", campaign.code)
    day = at.astimezone(HANOI).date()
    form = LeaveOutForm(request.POST, year=day.year)
    try:
        if form.is_valid():
            kept: Snooze = reminding.leave_out(host, **form.cleaned_data, day=day, by=request.actor, at=at)
            said = _("%(unit)s được để sau, đến ngày %(day)s.")
            messages.success(request, said % {"unit": host.name, "day": short(kept.until)})
        else:
            messages.error(request, _("Để sau: vui lòng chọn ngày nhắc lại và ghi lý do."))
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
    return redirect("desk:reminders", campaign.code)


@known
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: ActorRequest, code: str) -> HttpResponse:
    """Show and change what the office says in its reminders and which days it works."""
    campaign, at = campaign_for(request.actor, code), clock.now()
    year = campaign.year
    form = SettingsForm(request.POST or None, initial=as_typed(queries.settings_of(campaign)), year=year)
    if request.method == "POST" and form.is_valid():
        reminding.set_up(campaign, form.settings(), by=request.actor, at=at)
        messages.success(request, _("Đã lưu. Các bước nhắc được tính lại theo ngày làm việc mới."))
        return redirect("desk:reminders", campaign.code)
    years = sorted({campaign.starts_on.year, at.astimezone(HANOI).year})
    known_days = [(each, workdays.knows(each), sorted(workdays.kept_free(each))) for each in years]
    context = {"campaign": campaign, "form": form, "years": known_days}
    return render(request, "desk/reminder_settings.html", context, status=422 if form.errors else 200)
