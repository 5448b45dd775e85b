"""The coordinator prepares a Week: from the plan to the open call."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns import access, actions, queries
from tuanhoc.campaigns.models import Campaign
from tuanhoc.desk.deadlines import own_levels
from tuanhoc.desk.weeks.editions import edition_before, shown_edition, stale_of
from tuanhoc.desk.weeks.fields import AFTER_OPENING, kept, row_numbers
from tuanhoc.desk.weeks.reading import (
    changes,
    contents_differ,
    draft_of,
    suggested_code,
    typed_of_campaign,
    typed_of_reading,
)
from tuanhoc.desk.weeks.shown import newly_unusual, said_stale, show
from tuanhoc.files import actions as files
from tuanhoc.intake.actions import plans
from tuanhoc.intake.models import PlanFile
from tuanhoc.intake.queries.plans import plan_file_for, said_of, waiting_plans
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import vietnamese_key
from tuanhoc.units.models import Unit
from tuanhoc.web import clock
from tuanhoc.web.speech import grouped, said


def preparing(request: ActorRequest) -> None:
    """Let through whoever may prepare a Week; the page is not there for anyone else."""
    if not access.may_prepare(request.actor):
        raise Http404


def told(refusal: Refusal) -> str:
    """Return a refusal's words in the reader's language."""
    return said(refusal)


@known
@require_http_methods(["GET", "HEAD", "POST"])
def list_plans(request: ActorRequest) -> HttpResponse:
    """Show the Weeks I prepare and the plans on the way; receive a plan."""
    preparing(request)
    notice = ""
    if request.method == "POST":
        try:
            return redirect("desk:plan", _receive(request).pk)
        except Refusal as refusal:
            notice = told(refusal)
    context = {
        "plans": waiting_plans(request.actor),
        "campaigns": access.in_reach(request.actor),
        "has_provinces": access.provinces(request.actor).exists(),
        "notice": notice,
    }
    return render(request, "desk/plans.html", context, status=409 if notice else 200)


class NoFileChosen(Refusal):
    message = N_("Vui lòng chọn tệp kế hoạch.")


def _receive(request: ActorRequest) -> PlanFile:
    at = clock.now()
    if request.POST.get("do") == "blank":
        return plans.begin_without_file(_("Không có tệp"), by=request.actor, at=at)
    given = request.FILES.get("plan")
    if given is None:
        raise NoFileChosen
    return plans.receive_plan(files.read_upload(given), given.name or "", by=request.actor, at=at)


@known
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Show what was understood beside the plan's sentences; save, and make the campaign."""
    preparing(request)
    received = plan_file_for(request.actor, pk)
    if received.campaign is not None:
        return redirect("desk:campaign", received.campaign.code)
    if received.state != PlanFile.State.READ:
        raise Http404
    if request.method == "POST":
        return _work_on(request, received)
    return _plan_page(request, received, _filled(request, received, received.typed or {}), {})


def _filled(request: ActorRequest, received: PlanFile, typed: Mapping[str, str]) -> dict[str, str]:
    """Return the fields, on first sight those of the reading with a place and code suggested."""
    if typed:
        return dict(typed)
    first = typed_of_reading(received.reading)
    provinces = list(access.provinces(request.actor)[:2])
    if len(provinces) == 1:
        first["province"] = str(provinces[0].pk)
        coordinators = _coordinators(request)
        education = [unit for unit in coordinators if "Giáo dục" in unit.name]
        if len(education) == 1:
            first["coordinator"] = str(education[0].pk)
        first["code"] = suggested_code(provinces[0], first["year"])
    return first


def _coordinators(request: ActorRequest) -> list[Unit]:
    """Return the departments that may coordinate: those of the provinces the actor may prepare a Week of."""
    departments = sorted(Unit.objects.filter(kind=Unit.Kind.DEPARTMENT), key=lambda unit: vietnamese_key(unit.name))
    within = access.unit_ids_within(request.actor, clock.now().astimezone(HANOI).date())
    return [unit for unit in departments if within is None or unit.pk in within]


def _work_on(request: ActorRequest, received: PlanFile) -> HttpResponse:
    at, do = clock.now(), request.POST.get("do", "save")
    typed = with_new_row(kept(request.POST), do)
    try:
        if do == "set_aside":
            plans.set_plan_aside(received, by=request.actor, at=at)
            messages.success(request, _("Đã để kế hoạch sang một bên."))
            return redirect("desk:plans")
        # First of all kept, right or wrong: nothing typed is lost to an error further down.
        plans.save_typed(received, typed, by=request.actor, at=at)
        if do != "prepare":
            messages.success(request, _("Đã lưu bản nháp lúc %(time)s.") % {"time": f"{at.astimezone(HANOI):%H:%M}"})
            return redirect(f"{request.path}{anchor(do)}")
        return _prepare(request, received, typed)
    except Refusal as refusal:
        return _plan_page(request, received, typed, {}, notice=told(refusal))


def _prepare(request: ActorRequest, received: PlanFile, typed: dict[str, str]) -> HttpResponse:
    last = edition_before(request.actor, typed)
    draft, errors = draft_of(typed, said_stale=stale_of(last) | said_stale(received.reading))
    province, coordinator = _chosen(request, typed)
    if draft is None or province is None or coordinator is None:
        chosen = {"province": province, "coordinator": coordinator}
        unchosen = {name: N_("Cần chọn.") for name, unit in chosen.items() if unit is None}
        return _plan_page(request, received, typed, errors | unchosen)
    campaign = plans.prepare_from(
        received, draft, province=province, coordinator=coordinator, after=last,
        carry_seats=typed.get("seats") == "on", by=request.actor, at=clock.now(),
    )  # fmt: skip
    messages.success(request, _("Đã lập đợt. Chưa đơn vị nào được hỏi cho đến khi bạn mở đăng ký."))
    return redirect("desk:campaign", campaign.code)


def _chosen(request: ActorRequest, typed: Mapping[str, str]) -> tuple[Unit | None, Unit | None]:
    """Return province and coordinator as chosen, as far as they may be chosen."""
    provinces = {str(unit.pk): unit for unit in access.provinces(request.actor)}
    coordinators = {str(unit.pk): unit for unit in _coordinators(request)}
    return provinces.get(typed.get("province", "")), coordinators.get(typed.get("coordinator", ""))


def with_new_row(typed: dict[str, str], do: str) -> dict[str, str]:
    """Return the fields with one more blank row, where the button pressed asks for it."""
    kind = do.removeprefix("add-")
    if do.startswith("add-") and kind in {"d", "b", "t", "p"}:
        number = max(row_numbers(typed, kind), default=-1) + 1
        typed |= {f"{kind}-{number}-{part}": "" for part in ("text", "normalized", "name")}
    return typed


def anchor(do: str) -> str:
    """Return where on the page a button belongs, so that it is seen again after saving."""
    return {"add-d": "#nhiem-vu", "add-b": "#can-cu", "add-t": "#noi-dung", "add-p": "#giai-doan"}.get(do, "")


def _plan_page(
    request: ActorRequest, received: PlanFile, typed: dict[str, str], errors: dict[str, str], *, notice: str = ""
) -> HttpResponse:
    province, coordinator = _chosen(request, typed)
    day, last = clock.now().astimezone(HANOI).date(), edition_before(request.actor, typed)
    reading = received.reading if received.stored_id else None
    shown = show(
        typed, errors, day=day, reading=reading, known_stale=stale_of(last) | said_stale(received.reading),
        options={
            "province": [(str(unit.pk), unit.name) for unit in access.provinces(request.actor)],
            "coordinator": [(str(unit.pk), unit.name) for unit in _coordinators(request)],
        },
        province=province, coordinator=coordinator,
    )  # fmt: skip
    context = {
        "received": received, "shown": shown, "has_file": received.stored_id is not None,
        "edition": shown_edition(last, typed, province, coordinator, day=day) if last else None,
    }  # fmt: skip
    return _form_page(request, "desk/plan.html", context, errors, notice)


def _form_page(
    request: ActorRequest, template: str, context: dict[str, object], errors: dict[str, str], notice: str
) -> HttpResponse:
    if errors and not notice:
        notice = _("Còn %(n)s chỗ cần xem lại. Những gì bạn đã điền vẫn còn nguyên.") % {"n": len(errors)}
    return render(request, template, {**context, "notice": notice}, status=409 if notice else 200)


@known
@require_safe
def campaign(request: ActorRequest, code: str) -> HttpResponse:
    """Show a Week: what it says, whom it asks, what comes next."""
    week = access.campaign_for(request.actor, code)
    is_preparing = week.state == Campaign.State.PREPARING
    day = clock.now().astimezone(HANOI).date()
    people = queries.prospects(week.province, week.coordinator, day) if is_preparing else []
    duties = list(week.duties.order_by("pk").prefetch_related("owners"))
    if is_preparing:
        reach = queries.asked([duty.unit_words for duty in duties], people, week.coordinator)
    else:
        reach = [queries.owners_of(duty, week.coordinator) for duty in duties]
    context = {
        "campaign": week,
        "is_preparing": is_preparing,
        "preview": queries.roster_preview(people) if is_preparing else None,
        "expected": len(people) if is_preparing else week.roster.count(),
        "duties": list(zip(duties, reach, strict=True)),
        "unmatched": sum(not found.words for found in reach),
        "bases": week.legal_bases.order_by("pk"),
        "directions": week.directions.order_by("pk"),
        "at": clock.now(),
    }
    return render(request, "desk/campaign.html", context)


@known
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: ActorRequest, code: str) -> HttpResponse:
    """Correct a Week: everything while it is prepared, later what may still change for all."""
    week = access.campaign_for(request.actor, code)
    if week.state == Campaign.State.CLOSED:
        raise PermissionDenied
    if request.method != "POST":
        return _correct_page(request, week, typed_of_campaign(week), {})
    typed, do = _merged(week, request.POST), request.POST.get("do", "save")
    if do.startswith("add-"):
        return _correct_page(request, week, with_new_row(typed, do), {})
    draft, errors = draft_of(typed, code=week.code, said_stale=stale_of(week))
    if draft is None:
        return _correct_page(request, week, typed, errors)
    doubts = newly_unusual(typed, typed_of_campaign(week), at=clock.now())
    if not doubts.keys() <= set(request.POST.get("sure", "").split()):
        return _correct_page(request, week, typed, {}, notice=_("Chưa lưu: vui lòng xem lại."), doubts=doubts)
    is_preparing = week.state == Campaign.State.PREPARING
    contents = draft if is_preparing and contents_differ(week, draft) else None
    try:
        actions.correct_campaign(week, changes(week, draft), contents=contents, by=request.actor, at=clock.now())
    except Refusal as refusal:
        # Read again: the refused change stands in memory only.
        return _correct_page(request, access.campaign_for(request.actor, code), typed, {}, notice=told(refusal))
    messages.success(request, _("Đã lưu các thay đổi."))
    return redirect("desk:campaign", code)


def _merged(week: Campaign, post: QueryDict) -> dict[str, str]:
    """Return the campaign's fields with those posted over them, as far as its state lets them change."""
    stored, posted = typed_of_campaign(week), kept(post)
    if week.state == Campaign.State.PREPARING:
        return {name: value for name, value in stored.items() if "-" not in name} | posted
    return stored | {name: value for name, value in posted.items() if name in AFTER_OPENING}


def _correct_page(
    request: ActorRequest,
    week: Campaign,
    typed: dict[str, str],
    errors: dict[str, str],
    *,
    notice: str = "",
    doubts: Mapping[str, str] | None = None,
) -> HttpResponse:
    day = clock.now().astimezone(HANOI).date()
    shown = show(
        typed, errors, day=day, reading=said_of(week), known_stale=stale_of(week),
        province=week.province, coordinator=week.coordinator,
    )  # fmt: skip
    is_preparing = week.state == Campaign.State.PREPARING
    context = {
        "campaign": week, "shown": shown, "is_preparing": is_preparing, "after_opening": AFTER_OPENING,
        "doubts": doubts or {}, "sure": " ".join(doubts or {}),
    }  # fmt: skip
    return _form_page(request, "desk/correct.html", context, errors, notice)


@known
@require_http_methods(["GET", "HEAD", "POST"])
def open_call(request: ActorRequest, code: str) -> HttpResponse:
    """Ask once more, then open the call."""
    week = access.campaign_for(request.actor, code)
    notice, status = "", 200
    if request.method == "POST":
        try:
            expected = actions.open_call(week, by=request.actor, at=clock.now())
        except Refusal as refusal:
            notice, status = told(refusal), 409
            week = access.campaign_for(request.actor, code)
        else:
            messages.success(request, _("Đã mở đăng ký cho %(n)s đơn vị.") % {"n": grouped(expected)})
            return redirect("desk:campaign", code)
    if week.state != Campaign.State.PREPARING:
        return redirect("desk:campaign", code)
    people = queries.prospects(week.province, week.coordinator, clock.now().astimezone(HANOI).date())
    duties = queries.asked(list(week.duties.values_list("unit_words", flat=True)), people, week.coordinator)
    context = {
        "campaign": week,
        "preview": queries.roster_preview(people),
        "unmatched": sum(not found.words for found in duties),
        "is_past": any(moment <= clock.now() for moment in queries.deadlines_of(week).values()),
        "levels": own_levels(week),
        "notice": notice,
    }
    return render(request, "desk/open_call.html", context, status=status)
