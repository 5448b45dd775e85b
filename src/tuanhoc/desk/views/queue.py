"""What waits to be looked at, level by level; many decided at one stroke, and the stroke taken back."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities import access, actions
from tuanhoc.activities.access import Queues, standing_queues
from tuanhoc.activities.actions import MOST_TOGETHER
from tuanhoc.activities.models import ReasonTemplate, Registration, ReviewBatch, State
from tuanhoc.activities.queries import (
    filled_reason,
    free_of,
    marked_counts,
    marked_lines,
    offered_reason,
    refuse_reason,
    standing_reasons,
    with_warnings,
)
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.campaigns.queries import let_in_until
from tuanhoc.desk import waiting
from tuanhoc.desk.wording import in_words
from tuanhoc.lib.actor import Actor
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import fold, without_controls
from tuanhoc.schedule.queries import last_released
from tuanhoc.web import clock
from tuanhoc.web.speech import grouped

PAGE = 50
#: Names printed on the page that asks once more; the queue has them all.
NAMED = 12
#: Strokes of mine shown under the queue.
LATEST = 5


@known
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: ActorRequest) -> HttpResponse:
    """Show what waits for me to look at, oldest first; decide on the chosen ones, or on all that match."""
    campaign, weeks = _week(request)
    if request.method == "POST":
        return _decide(request, campaign)
    at, actor = clock.now(), request.actor
    queues = standing_queues([campaign.pk])
    lines = waiting.lines_of(access.to_review(actor), campaign, queues, actor, at=at)
    asked = _asked(request.GET)
    of_part = waiting.shown(lines, waiting.Asked(queue=asked.queue, everything=asked.everything), queues)
    found = waiting.shown(of_part, waiting.Asked(asked.words, asked.warned, everything=True), queues)
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    context = {
        "campaign": campaign,
        "weeks": weeks,
        "page": page,
        "asked": asked,
        "one_queue": _one_queue(lines, campaign, queues, asked.queue),
        "kinds": waiting.tallied(of_part),
        "clean": waiting.CLEAN,
        "mine_count": sum(line.mine for line in lines),
        "all_count": len(lines),
        "part_count": len(of_part),
        "fallen": _fallen(lines, request.actor, campaign),
        "matching": ",".join(f"{x.registration.pk}-{x.registration.version}" for x in found[:MOST_TOGETHER]),
        "matching_count": min(len(found), MOST_TOGETHER),
        "most": MOST_TOGETHER,
        "templates": waiting.with_counts(standing_reasons(campaign), found),
        "coordinates": actor.coordinates(campaign.pk),
        "latest": _latest(actor, campaign),
        "at": at,
    }
    return render(request, "desk/queue.html", context)


def _week(request: ActorRequest) -> tuple[Campaign, Sequence[Campaign]]:
    """Return the Week asked for and all the actor reviews in; without one, the newest that has something waiting."""
    over = access.to_review(request.actor)
    weeks = list(
        Campaign.objects.filter(pk__in=over.values("campaign_id"))
        .select_related("coordinator")
        .prefetch_related("phases")
        .order_by("-starts_on", "pk")
    )
    if not weeks:
        raise Http404
    code = request.POST.get("dot", request.GET.get("dot", ""))
    if code:
        found = next((week for week in weeks if week.code == code), None)
        if found is None:
            raise Http404
        return found, weeks
    if len(weeks) == 1:
        return weeks[0], weeks
    busy = set(
        Registration.objects.filter(host__in=over, state=State.SUBMITTED).values_list("host__campaign", flat=True)
    )
    return next((week for week in weeks if week.pk in busy), weeks[0]), weeks


def _asked(given: QueryDict) -> waiting.Asked:
    asked = waiting.Asked(
        words=given.get("q", "").strip()[:100], warned=given.get("nhac", "")[:20], queue=given.get("hang", "")[:20],
        everything="tat-ca" in given,
    )  # fmt: skip
    told = {"tat-ca": "1"} if asked.everything else {}
    told |= {name: words for name, words in (("hang", asked.queue), ("q", asked.words)) if words}
    asked.address = urlencode({"dot": given["dot"], **told} if "dot" in given else told)
    return asked


def _one_queue(lines: Sequence[waiting.Line], campaign: Campaign, queues: Queues, key: str) -> waiting.QueueRow | None:
    if not key:
        return None
    rows = waiting.queue_rows(lines, campaign, queues, at=clock.now())
    return next((row for row in rows if row.key == key), None)


def _fallen(lines: Sequence[waiting.Line], actor: Actor, campaign: Campaign) -> list[tuple[str, int]]:
    """Return the units with nobody to look whose registrations wait for me instead, and how many."""
    counts: dict[str, int] = {}
    for line in lines:
        if line.instead_of and line.mine:
            counts[line.instead_of] = counts.get(line.instead_of, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _latest(actor: Actor, campaign: Campaign) -> list[ReviewBatch]:
    if actor.user_id is None:
        return []
    mine = ReviewBatch.objects.filter(campaign=campaign, by_user_id=actor.user_id)
    return list(mine.order_by("-decided_at", "-pk")[:LATEST])


def _decide(request: ActorRequest, campaign: Campaign) -> HttpResponse:
    given = request.POST
    everything = "tat-ca-khop" in given
    asked = _versions(given.get("khop", "").split(",") if everything else given.getlist("chon"))
    do, _sep, code = (given.get("do") or given.get("viec", "accept")).partition(":")
    if not asked:
        messages.warning(request, _("Chưa chọn bản đăng ký nào."))
        return _back(request)
    templates = standing_reasons(campaign)
    confirmed, _sep, straight = given.get("xac-nhan", "").partition(":")
    template = offered_reason(campaign, templates, straight or code or given.get("mau", ""))
    accept = do != "return"
    # Accepting what was ticked one by one is done at once; the heavier strokes ask once more. All can be taken back.
    if "xac-nhan" not in given and (everything or not accept):
        return _ask_once_more(request, campaign, asked, accept=accept, template=template, templates=templates)
    reason, marks = without_controls(given.get("reason", "")), given.get("danh-dau", "")[:20]
    if straight and template is not None:
        # Its words and what it marks stood beside the button that was pressed.
        reason, marks = template.text, template.marks
    if confirmed in {"marked", "mau-dong"} and not accept:
        about = marked_lines(campaign, list(asked), marks)
        asked = {pk: version for pk, version in asked.items() if pk in about}
    if confirmed == "clean" and accept:
        warned = with_warnings(campaign, list(asked))
        asked = {pk: version for pk, version in asked.items() if pk not in warned}
    try:
        batch = actions.review_together(
            campaign, asked, accept=accept, among=access.to_review(request.actor), reason=reason,
            marks=marks, by=request.actor, at=clock.now(),
        )  # fmt: skip
    except Refusal as refusal:
        return _ask_once_more(
            request, campaign, asked, accept=accept, template=template, templates=templates, notice=in_words(refusal)
        )
    if template is not None and not accept and batch.decided_count:
        actions.count_use(campaign, template.code)
    _say(request, batch)
    return redirect("desk:decided", batch.pk)


def _versions(pairs: Sequence[str]) -> dict[int, int]:
    """Read ``pk-version`` pairs; what cannot be read is left out."""
    found = {}
    for pair in pairs[:MOST_TOGETHER]:
        pk, version = (whole(part) for part in (*pair.split("-", 1), "")[:2])
        if pk is not None and version is not None:
            found[pk] = version
    return found


def _back(request: ActorRequest) -> HttpResponse:
    return redirect(f"{request.path}?{request.GET.urlencode()}" if request.GET else "desk:queue")


def _say(request: ActorRequest, batch: ReviewBatch) -> None:
    n = batch.decided_count
    if n and batch.accepted:
        text = ngettext("Đã chấp nhận %(n)s bản đăng ký.", "Đã chấp nhận %(n)s bản đăng ký.", n)
        messages.success(request, text % {"n": grouped(n)})
    elif n:
        text = ngettext("Đã trả lại %(n)s bản đăng ký kèm lý do.", "Đã trả lại %(n)s bản đăng ký kèm lý do.", n)
        messages.success(request, text % {"n": grouped(n)})
    if batch.left:
        messages.warning(
            request,
            _("%(n)s bản đã đổi hoặc được người khác xem trước, giữ nguyên.") % {"n": grouped(len(batch.left))},
        )


def _ask_once_more(
    request: ActorRequest,
    campaign: Campaign,
    asked: Mapping[int, int],
    *,
    accept: bool,
    template: ReasonTemplate | None,
    templates: Sequence[ReasonTemplate],
    notice: str = "",
) -> HttpResponse:
    """Show what is about to be decided, on how many, with which words; nothing is done yet."""
    given = request.POST
    warned = with_warnings(campaign, list(asked)) if accept else set()
    reached = Registration.objects.filter(
        pk__in=asked, host__in=access.to_review(request.actor), host__campaign=campaign
    )
    found = list(reached.select_related("host").order_by("host__rank", "host__name_order", "pk"))
    hosts = [r.host for r in found]
    chosen = given.get("do", "").partition(":")[2]
    marks = template.marks if template and chosen else given.get("danh-dau", "")[:20]
    marked = marked_lines(campaign, list(asked), marks) if marks in waiting.WARNED and not accept else {}
    reason = template.text if template and chosen else given.get("reason", "")
    notice = notice or _against(reason)
    noted = [r for r in found if r.pk in warned]
    context = {
        "campaign": campaign, "accept": accept, "count": len(hosts), "named": hosts[:NAMED],
        "more": max(0, len(hosts) - NAMED), "templates": templates, "template": template, "reason": reason,
        "example": _example(reason, hosts[0], campaign) if hosts else "",
        "offers": [] if accept or reason or not hosts else _offers(templates, list(asked), hosts[0], campaign),
        "khop": ",".join(f"{pk}-{version}" for pk, version in asked.items()),
        "marks": marks, "marked_rows": sum(map(len, marked.values())), "marked_units": len(marked),
        "unmarked": len(hosts) - len(marked),
        "noted": noted[:NAMED], "noted_count": len(noted), "noted_more": max(0, len(noted) - NAMED),
        "clean_count": len(found) - len(noted),
        "warned": [(code, _(words)) for code, words in waiting.WARNED.items()], "notice": notice,
    }  # fmt: skip
    return render(request, "desk/decide.html", context, status=409 if notice else 200)


def _against(reason: str) -> str:
    """Return what will be refused of the words, so that the preview of the letter says it first."""
    try:
        refuse_reason(reason)
    except Refusal as refusal:
        return in_words(refusal)
    return ""


def _offers(
    templates: Sequence[ReasonTemplate], pks: Sequence[int], host: RosterUnit, campaign: Campaign
) -> list[tuple[ReasonTemplate, str, int | None]]:
    """Return each template with its words as the first unit reads them, and how many have rows it is about.

    One press sends what is read here, so that a template costs no page more than words typed by hand.
    """
    counts = marked_counts(campaign, pks)
    return [(one, _example(one.text, host, campaign), counts[one.marks] if one.marks else None) for one in templates]


def _example(reason: str, host: RosterUnit, campaign: Campaign) -> str:
    at = clock.now()
    return filled_reason(reason, host=host, campaign=campaign, at=at, until=let_in_until(host, at=at))


@known
@require_http_methods(["GET", "HEAD", "POST"])
def decided(request: ActorRequest, pk: int) -> HttpResponse:
    """Show what one stroke decided and what it left and why; on POST take back what nothing hangs on yet."""
    batch = access.batch_for(request.actor, pk)
    if request.method == "POST":
        _take_back(request, batch)
        return redirect("desk:decided", batch.pk)
    reviews = batch.reviews.select_related("submission__registration__host").defer("submission__rows").order_by("pk")
    released = actions.is_printed_since(batch, last_released(batch.campaign))
    context = {
        "campaign": batch.campaign,
        "batch": batch,
        "page": Paginator(reviews, PAGE).get_page(request.GET.get("trang")),
        "free": 0 if released else free_of(batch),
        "released": released,
        "left": batch.left,
        "at": clock.now(),
    }
    return render(request, "desk/decided.html", context)


def _take_back(request: ActorRequest, batch: ReviewBatch) -> None:
    try:
        result = actions.take_back(
            batch, among=access.to_review(request.actor), released_at=last_released(batch.campaign),
            by=request.actor, at=clock.now(),
        )  # fmt: skip
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
        return
    text = _("Đã hoàn tác %(n)s bản: các bản này trở lại như trước lượt duyệt.")
    messages.success(request, text % {"n": grouped(result.done)})
    if result.left:
        messages.warning(request, _("%(n)s bản giữ nguyên vì đã có thay đổi sau đó.") % {"n": grouped(result.left)})


@known
@require_safe
def queues(request: ActorRequest, code: str) -> HttpResponse:
    """Show every queue of a Week to who coordinates it: how much waits, since when, and where nobody looks."""
    campaign = Campaign.objects.select_related("coordinator").prefetch_related("phases").filter(code=code).first()
    if campaign is None or not request.actor.coordinates(campaign.pk):
        raise Http404
    at = clock.now()
    standing = standing_queues([campaign.pk])
    lines = waiting.lines_of(access.to_review(request.actor), campaign, standing, request.actor, at=at)
    rows = waiting.queue_rows(lines, campaign, standing, at=at)
    words, which = request.GET.get("q", "").strip()[:100], request.GET.get("loc", "")[:20]
    found = [
        row
        for row in rows
        if fold(words) in fold(row.name) and (which != "cho" or row.count) and (which != "khong-nguoi" or row.instead)
    ]
    found.sort(key=lambda row: (row.oldest_at is None, row.oldest_at or at))
    context = {
        "campaign": campaign, "rows": found, "all_rows": len(rows), "query": words, "which": which,
        "waiting": len(lines), "empty": sum(bool(row.instead) for row in rows),
        "busy": sum(row.count > 0 for row in rows),
    }  # fmt: skip
    return render(request, "desk/queues.html", context)
