"""A new edition from the last one; and whether heads consent to what units hand in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns import access, actions
from tuanhoc.desk.weeks.editions import proposals, typed_of_edition
from tuanhoc.intake.actions import plans
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.shifts import Shift
from tuanhoc.lib.text import clean
from tuanhoc.web import clock


@known
@require_http_methods(["GET", "HEAD", "POST"])
def new_edition(request: ActorRequest, code: str) -> HttpResponse:
    """Ask for the year and how days are moved; then everything of the last edition stands ready to be corrected."""
    last = access.campaign_for(request.actor, code)
    given = request.POST or request.GET
    typed, next_year = clean(given.get("nam", "")), max(last.year + 1, clock.now().astimezone(HANOI).year)
    year = (whole(typed) or 0) if typed else next_year
    notice = "" if 2000 <= year <= 2100 else _("Năm gồm bốn chữ số, ví dụ 2022.")
    if notice:
        year = next_year
    elif request.method == "POST" and request.POST.get("do") == "begin":
        by = Shift.PLACE if request.POST.get("cach") == Shift.PLACE.value else Shift.WEEKDAY
        at = clock.now()
        name = _("Đợt năm %(year)s, từ đợt năm %(last)s") % {"year": year, "last": last.year}
        draft = plans.begin_without_file(name, by=request.actor, at=at)
        plans.save_typed(draft, typed_of_edition(last, year, by), by=request.actor, at=at)
        return redirect("desk:plan", draft.pk)
    context = {"campaign": last, "year": year, "typed": typed, "ways": proposals(last, year), "notice": notice}
    return render(request, "desk/new_edition.html", context, status=409 if notice else 200)


@known
@require_http_methods(["GET", "HEAD", "POST"])
def heads(request: ActorRequest, code: str) -> HttpResponse:
    """Say whether units of this Week hand in by their head's consent."""
    week = access.campaign_for(request.actor, code)
    if request.method != "POST":
        # An address kept from the bar, or a page reloaded: the choice stands on the Week's page.
        return redirect("desk:campaign", week.code)
    is_asked = request.POST.get("thu-truong") == "co"
    actions.ask_for_heads(week, is_asked, by=request.actor, at=clock.now())
    if is_asked:
        messages.success(request, _("Từ nay thủ trưởng đồng ý thì lịch của đơn vị mới được nộp."))
    else:
        messages.success(request, _("Từ nay đơn vị tự nộp; vẫn có thể trình thủ trưởng nếu muốn."))
    return redirect("desk:campaign", week.code)
