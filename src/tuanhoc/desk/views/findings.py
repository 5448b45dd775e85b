"""What may be wrong in the schedule: pairs side by side, decided one by one, or many as different at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns.models import Campaign
from tuanhoc.desk import pairs
from tuanhoc.desk.meanwhile import seen_version
from tuanhoc.desk.wording import in_words
from tuanhoc.findings import access, actions, queries
from tuanhoc.findings.models import Finding, FindingQuerySet
from tuanhoc.findings.rules import CLEAR
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import fold
from tuanhoc.papers.csv import to_csv
from tuanhoc.web import clock
from tuanhoc.web.speech import grouped

PAGE = 20
#: pairs decided at one stroke
MOST_CHOSEN = 200
Verdict = Finding.Verdict


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader wants to see."""

    verdict: str
    kind: str
    level: str
    words: str

    @classmethod
    def of(cls, request: ActorRequest) -> "Asked":
        """Read the address; what is not known counts as not asked."""
        verdict, kind = request.GET.get("trang-thai", ""), request.GET.get("loai", "")
        level = request.GET.get("muc", "")
        return cls(
            verdict if verdict in Verdict.values else str(Verdict.OPEN.value),
            kind if kind in Finding.Kind.values else "",
            level if level in {"ro", "co-the"} else "",
            request.GET.get("q", "").strip()[:200],
        )

    def narrow(self, found: FindingQuerySet) -> FindingQuerySet:
        """Return those of the kind, the sureness and the words that were asked for, whatever their verdict."""
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.level:
            found = found.filter(score__gte=CLEAR) if self.level == "ro" else found.filter(score__lt=CLEAR)
        for word in fold(self.words).split():
            found = found.filter(Q(first__search_folded__contains=word) | Q(second__search_folded__contains=word))
        return found

    def address(self, verdict: str | None = None) -> str:
        """Return the query of an address that asks the same, of another verdict."""
        asked = {"trang-thai": verdict or self.verdict, "loai": self.kind, "muc": self.level, "q": self.words}
        return urlencode({name: value for name, value in asked.items() if value})


@known
@require_http_methods(["GET", "HEAD", "POST"])
def findings(request: ActorRequest, code: str) -> HttpResponse:
    """Show what was found in a Week; decide, ask, take back. Searches first when the activities changed."""
    campaign = access.campaign_for(request.actor, code)
    asked = Asked.of(request)
    if request.method == "POST":
        just = _do(request, campaign)
        return redirect(f"{reverse('desk:findings', args=[code])}?{asked.address()}{_onward(just)}")
    search = actions.look_again(campaign, at=clock.now())
    found = asked.narrow(access.findings_for(request.actor, campaign))
    tally = queries.tally(found)
    page = Paginator(queries.in_full(found.filter(verdict=asked.verdict)), PAGE).get_page(request.GET.get("trang"))
    return render(
        request,
        "desk/findings.html",
        {
            "campaign": campaign,
            "search": search,
            "asked": asked,
            "keep": asked.address(),
            "page": page,
            "just": _just(request, campaign),
            "shown": pairs.shown(page.object_list, request.actor),
            "tabs": [
                (verdict.value, verdict.label, tally[verdict.value], asked.address(verdict.value))
                for verdict in Verdict
            ],
            "kinds": Finding.Kind.choices,
            "is_narrowed": bool(asked.kind or asked.level or asked.words),
            "total": sum(tally.values()),
        },
    )


def _onward(just: Iterable[int]) -> str:
    numbers = ".".join(map(str, just))
    return f"&vua={numbers}" if numbers else ""


def _just(request: ActorRequest, campaign: Campaign) -> list[Finding]:
    """Return what was decided by the press that led here, as far as it stands: the notice takes it back."""
    given = map(whole, request.GET.get("vua", "").split(".")[:MOST_CHOSEN])
    numbers = {number for number in given if number is not None}
    if not numbers:
        return []
    found = access.findings_for(request.actor, campaign).filter(pk__in=numbers)
    # Several are only ever written as different.
    found = found.exclude(verdict=Verdict.OPEN) if len(numbers) == 1 else found.filter(verdict=Verdict.DIFFERENT)
    return [one for one in queries.in_full(found) if access.may_decide(request.actor, one)]


def _do(request: ActorRequest, campaign: Campaign) -> Iterable[int]:
    """Do what a button asks; return what was decided, to be taken back from the notice."""
    many = {"all_different": _all_different, "take_back": _take_back}
    try:
        return many.get(request.POST.get("do", ""), _do_one)(request, campaign)
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
    return ()


def _do_one(request: ActorRequest, campaign: Campaign) -> Iterable[int]:
    asked, by, at = request.POST, request.actor, clock.now()
    finding = access.finding_for(by, campaign, whole(asked.get("cap", "")) or 0)
    seen, wanted = seen_version(asked), asked.get("do", "")
    if wanted == "ask":
        actions.ask_units(finding, by=by, at=at)
        messages.success(request, _("Đã gửi lời hỏi đến hai đơn vị."))
    elif wanted == "reopen":
        actions.reopen(finding, version=seen, by=by, at=at, reason=_takes_place())
        messages.success(request, _("Đã hoàn tác: cặp này trở lại mục “Chưa xem”."))
    elif wanted in {Verdict.TOGETHER, Verdict.DIFFERENT, Verdict.REPLACED}:
        note = asked.get("note", "").strip()
        actions.decide(finding, wanted, version=seen, note=note, cancel=whole(asked.get("cancel", "")), by=by, at=at)
        return (finding.pk,)
    return ()


def _takes_place() -> str:
    return _("Văn phòng xem lại: hoạt động vẫn được tổ chức.")


def _chosen(request: ActorRequest, campaign: Campaign) -> list[tuple[Finding, int]]:
    """Return the pairs chosen that the actor may decide, each with the version on screen."""
    chosen = {}
    for text in request.POST.getlist("chon")[:MOST_CHOSEN]:
        pk, version = (whole(part) for part in (*text.split("-", 1), "")[:2])
        if pk is not None and version is not None:
            chosen[pk] = version
    found = queries.in_full(access.findings_for(request.actor, campaign).filter(pk__in=chosen))
    return [(one, chosen[one.pk]) for one in found if access.may_decide(request.actor, one)]


def _all_different(request: ActorRequest, campaign: Campaign) -> Iterable[int]:
    mine = _chosen(request, campaign)
    done = actions.decide_all_different(mine, by=request.actor, at=clock.now())
    if not mine:
        messages.warning(request, _("Chưa có cặp nào được chọn."))
    _say_passed(request, len(mine) - len(done))
    return done


def _take_back(request: ActorRequest, campaign: Campaign) -> Iterable[int]:
    mine = _chosen(request, campaign)
    done = actions.reopen_all(mine, reason=_takes_place(), by=request.actor, at=clock.now())
    if done:
        text = ngettext(
            "Đã hoàn tác: %(n)s cặp trở lại mục “Chưa xem”.", "Đã hoàn tác: %(n)s cặp trở lại mục “Chưa xem”.", done
        )
        messages.success(request, text % {"n": grouped(done)})
    _say_passed(request, len(mine) - done)
    return ()


def _say_passed(request: ActorRequest, passed: int) -> None:
    if passed:
        text = _("%(n)s cặp vừa được người khác xem trước, giữ nguyên như người đó ghi.")
        messages.warning(request, text % {"n": grouped(passed)})


@known
@require_safe
def findings_file(request: ActorRequest, code: str) -> HttpResponse:
    """Give what is on screen, all pages of it, as a table."""
    campaign = access.campaign_for(request.actor, code)
    actions.look_again(campaign, at=clock.now())
    asked = Asked.of(request)
    found = asked.narrow(access.findings_for(request.actor, campaign))
    if "trang-thai" in request.GET:
        found = found.filter(verdict=asked.verdict)
    listed = list(queries.in_full(found))
    for one in listed:
        one.decided_at = localtime(one.decided_at) if one.decided_at else None
    response = HttpResponse(to_csv(pairs.as_table(listed)), content_type="text/csv; charset=utf-8")
    name = f"can-xem-lai-{code}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
