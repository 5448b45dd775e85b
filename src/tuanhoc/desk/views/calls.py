"""The call list: whom to phone about which units, by whom, and what came of it."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.access import looked_after
from tuanhoc.campaigns.models import Campaign, RosterUnitQuerySet
from tuanhoc.desk.reminder_forms import CallForm
from tuanhoc.desk.wording import in_words
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import clean, fold
from tuanhoc.notices.actions import calling as actions
from tuanhoc.notices.actions import reminding
from tuanhoc.notices.models import Call
from tuanhoc.notices.queries import calling as queries
from tuanhoc.notices.queries import reminding as reminder_queries
from tuanhoc.notices.rules import calling
from tuanhoc.papers.values import Table
from tuanhoc.papers.xlsx import to_xlsx
from tuanhoc.web import clock
from tuanhoc.web.speech import last_minute, short

PAGE = 10
#: what only who coordinates the Week does from the list
_OF_STEERING = frozenset({"open", "links"})
STATES = {
    calling.LEFT: gettext_lazy("Cần gọi"),
    calling.TAKEN: gettext_lazy("Đang gọi"),
    calling.LATER: gettext_lazy("Hẹn lại"),
    calling.REACHED: gettext_lazy("Đã gọi"),
}
WHYS = {
    calling.NO_CONTACT: gettext_lazy("chưa có người liên hệ"),
    calling.NO_ADDRESS: gettext_lazy("chưa có địa chỉ thư"),
    calling.CLOSED: gettext_lazy("thư không đến được"),
    calling.AFTER_LETTERS: gettext_lazy("đã nhắc bằng thư, chưa nhận được lịch"),
    calling.OWING: gettext_lazy("còn phải gửi lịch"),
}
COLUMNS = (
    gettext_lazy("Người liên hệ"), gettext_lazy("Chức vụ"), gettext_lazy("Điện thoại"), gettext_lazy("Zalo"),
    gettext_lazy("Thư"), gettext_lazy("Đơn vị"), gettext_lazy("Hạn đăng ký"), gettext_lazy("Vì sao gọi"),
    gettext_lazy("Trạng thái"), gettext_lazy("Lần ghi cuối"), gettext_lazy("Người ghi"), gettext_lazy("Ghi chú"),
)  # fmt: skip
WIDTHS_MM = (38.0, 30.0, 30.0, 26.0, 42.0, 50.0, 40.0, 40.0, 30.0, 30.0, 34.0, 50.0)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed about a call that could not be written down, and why: shown again where it was typed."""

    person: str
    note: str
    again_on: str
    note_says: str = ""
    day_says: str = ""
    #: what speaks against the call as a whole
    says: str = ""


@dataclass(frozen=True)
class Card:
    """One person on the list as the page shows it."""

    campaign: Campaign
    to: calling.ToCall
    state: str
    is_mine: bool
    at: dt.datetime
    said: str
    #: read by the district that looks after these units
    is_districts: bool = False
    links: Mapping[int, str] | None = None
    #: what was typed about this call and could not be written down
    kept: Kept | None = None

    @cached_property
    def text(self) -> str:
        return actions.text_for(self.campaign, self.to, at=self.at, links=self.links)

    @property
    def day_says_id(self) -> str:
        """What the day's field names as its description."""
        return f"loi-ngay-{slugify(self.to.key)}"

    @property
    def may_write(self) -> bool:
        """Whether the call is nobody else's."""
        return self.state != calling.TAKEN or self.is_mine

    @property
    def caller(self) -> str:
        """Who wrote it down last, and for which unit where that is not the reader's own."""
        if self.to.noted is None:
            return ""
        side = self.to.noted.for_name or (self.campaign.coordinator.name if self.is_districts else "")
        return f"{self.to.noted.by_name} ({side})" if side else self.to.noted.by_name

    @property
    def note(self) -> str:
        """What was noted; a district does not read another's words about units that are not its own."""
        if self.to.noted is None:
            return ""
        is_others = (
            self.is_districts and bool(self.to.noted.for_name) and self.to.noted.for_name not in self.to.districts
        )
        return "" if is_others else self.to.noted.note

    @property
    def state_words(self) -> str:
        return str(STATES[self.state])

    @property
    def why_words(self) -> list[str]:
        return [str(WHYS[why]) for why in dict.fromkeys(one.why for one in self.to.wanted)]

    @property
    def outcome_words(self) -> str:
        return str(Call.Outcome(self.to.noted.outcome).label) if self.to.noted else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the officer asked to see."""

    words: str
    state: str
    why: str


@known
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calls(request: ActorRequest, code: str) -> HttpResponse:
    """List whom to phone; take a call, write down what came of it, make links to copy.

    A district finds its own units. Making links and opening addresses again is for who coordinates the Week.
    """
    campaign, own = looked_after(request.actor, code)
    at = clock.now()
    among = _among(request, campaign, own)
    today = reminder_queries.today(campaign, at=at)
    people = queries.calls(campaign, today, among=among)
    if request.method == "POST":
        if among is not None and request.POST.get("do") in _OF_STEERING:
            raise PermissionDenied
        answer = _write_down(request, campaign, people, today=today, at=at, is_districts=among is not None)
        if isinstance(answer, Kept):
            again = queries.calls(campaign, today, among=among)
            return _page(request, campaign, again, today=today, at=at, is_districts=among is not None, kept=answer)
        if answer is not None:
            return answer
        return redirect(f"{request.get_full_path()}#{slugify(request.POST.get('nguoi', ''))}")
    return _page(request, campaign, people, today=today, at=at, is_districts=among is not None)


def _among(request: ActorRequest, campaign: Campaign, own: RosterUnitQuerySet) -> frozenset[int] | None:
    """Return the units a district phones; None for who coordinates the Week. One query at most."""
    if request.actor.coordinates(campaign.pk) or request.actor.is_operator:
        return None
    return frozenset(own.values_list("pk", flat=True))


def _page(
    request: ActorRequest,
    campaign: Campaign,
    people: Sequence[calling.ToCall],
    *,
    today: reminder_queries.Today,
    at: dt.datetime,
    is_districts: bool = False,
    with_links: tuple[str, Mapping[int, str]] | None = None,
    kept: Kept | None = None,
) -> HttpResponse:
    asked = _asked(request)
    cards = [
        _card(
            request, campaign, one, today=today, at=at, is_districts=is_districts, with_links=with_links, kept=kept
        )
        for one in people
    ]  # fmt: skip
    counts = Counter(card.state for card in cards)
    found = [card for card in cards if _matches(card, asked)]
    if with_links:
        found = [card for card in cards if card.to.key == with_links[0]]
    found, number = _with_kept(found, cards, request.GET.get("trang"))
    whys = Counter(one.why for card in cards for one in card.to.wanted)
    context = {
        "campaign": campaign, "at": at, "page": Paginator(found, PAGE).get_page(number),
        "query": asked.words, "wanted": asked.state, "why": asked.why, "today": today,
        "states": [(state, words, counts[state]) for state, words in STATES.items()],
        "whys": [(why, words, whys[why]) for why, words in WHYS.items() if whys[why]],
        "units": len({one.unit.pk for card in cards for one in card.to.wanted}), "people": len(cards),
        "with_links": with_links is not None, "is_districts": is_districts,
    }  # fmt: skip
    return render(request, "desk/calls.html", context, status=409 if kept else 200)


def _with_kept(found: list[Card], cards: Sequence[Card], number: str | None) -> tuple[list[Card], str | int | None]:
    """Return what is listed and the page to open: the one with the call that has words to be mended on it."""
    mended = next((card for card in cards if card.kept), None)
    if mended is None:
        return found, number
    if mended not in found:
        found = [mended, *found]
    return found, found.index(mended) // PAGE + 1


def _card(
    request: ActorRequest,
    campaign: Campaign,
    one: calling.ToCall,
    *,
    today: reminder_queries.Today,
    at: dt.datetime,
    is_districts: bool,
    with_links: tuple[str, Mapping[int, str]] | None = None,
    kept: Kept | None = None,
) -> Card:
    closed = [today.closed[v.email.lower()] for v in (one.who, *one.others) if v.email.lower() in today.closed]
    return Card(
        campaign, one, one.state(at=at, day=today.day),
        one.noted is not None and one.noted.by_user_id == request.actor.user_id, at,
        said="; ".join(dict.fromkeys(f"{row.address}: {row.get_why_display()} {row.said}".strip() for row in closed)),
        is_districts=is_districts, links=with_links[1] if with_links and with_links[0] == one.key else None,
        kept=kept if kept and kept.person == one.key else None,
    )  # fmt: skip


def _asked(request: ActorRequest) -> Asked:
    state = request.GET.get("trang-thai", calling.LEFT)
    return Asked(clean(request.GET.get("q", ""))[:100], state if state in STATES else "", request.GET.get("vi-sao", ""))


def _matches(card: Card, asked: Asked) -> bool:
    # What I am phoning stays before me until I write down what came of it.
    is_before_me = asked.state == calling.LEFT and card.state == calling.TAKEN and card.is_mine
    if asked.state and card.state != asked.state and not is_before_me:
        return False
    if asked.why in WHYS and not any(one.why == asked.why for one in card.to.wanted):
        return False
    voice = card.to.who
    words = (voice.name, voice.phone, voice.zalo, voice.digits, *(one.unit.name for one in card.to.wanted))
    folded = fold(asked.words)
    return not folded or any(folded in fold(word) for word in words)


def _write_down(
    request: ActorRequest,
    campaign: Campaign,
    people: Sequence[calling.ToCall],
    *,
    today: reminder_queries.Today,
    at: dt.datetime,
    is_districts: bool,
) -> HttpResponse | Kept | None:
    """Do what was asked. Returns what to show, what was typed when it has to be mended, or None: back to the list."""
    form = CallForm(request.POST, year=today.day.year)
    one = next((one for one in people if one.key == request.POST.get("nguoi")), None)
    if one is None:
        # What they were phoned for came in meanwhile.
        messages.success(request, _("Đơn vị đã gửi lịch: không cần gọi nữa."))
        return None
    if request.POST.get("do") == "open":
        reminding.open_address(one.who.email, by=request.actor, at=at)
        messages.success(request, _("Từ nay thư lại được gửi đến %(to)s.") % {"to": one.who.email})
        return None
    if not form.is_valid():
        return _kept(form, one)
    given = form.cleaned_data
    try:
        actions.write_down(
            campaign, one, given["outcome"], seen=given["seen"], again_on=given["again_on"], note=given["note"],
            for_name=one.wanted[0].unit.above_name if is_districts else "", day=today.day, by=request.actor, at=at,
        )  # fmt: skip
    except Refusal as refusal:
        return _kept(form, one, refusal)
    if request.POST.get("do") == "links":
        links = actions.make_links(campaign, one, by=request.actor, at=at)
        again = queries.calls(campaign, today)
        return _page(request, campaign, again, today=today, at=at, with_links=(one.key, links))
    messages.success(request, _("Đã ghi: %(what)s.") % {"what": Call.Outcome(given["outcome"]).label})
    return None


def _kept(form: CallForm, one: calling.ToCall, refusal: Refusal | None = None) -> Kept:
    note_says, day_says = (" ".join(map(str, form.errors.get(name, ()))) for name in ("note", "again_on"))
    says = in_words(refusal) if refusal else ""
    if isinstance(refusal, actions.NoDay):
        day_says, says = says, ""
    elif not (note_says or day_says or says):
        says = _("Chưa ghi được: vui lòng bấm lại.")
    typed = {name: form.data.get(name, "") for name in ("note", "again_on")}
    return Kept(one.key, **typed, note_says=note_says, day_says=day_says, says=says)


@known
@require_safe
def calls_file(request: ActorRequest, code: str) -> HttpResponse:
    """Give the call list as a table for Excel: everybody on it, or those the page was narrowed to."""
    campaign, own = looked_after(request.actor, code)
    at, among = clock.now(), _among(request, campaign, own)
    today = reminder_queries.today(campaign, at=at)
    asked = _asked(request)
    cards = [
        _card(request, campaign, one, today=today, at=at, is_districts=among is not None)
        for one in queries.calls(campaign, today, among=among)
    ]
    rows = [_row(card, one) for card in cards if _matches(card, asked) for one in card.to.wanted]
    columns = tuple(map(str, COLUMNS))
    response = HttpResponse(to_xlsx(Table(columns, WIDTHS_MM, tuple(rows))), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="danh-sach-goi-{campaign.code}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _row(card: Card, one: calling.Wanted) -> tuple[str, ...]:
    who, noted, until = card.to.who, card.to.noted, last_minute(one.unit.closes_at)
    return (
        who.name, who.role, who.phone, who.zalo, who.email, one.unit.name,
        f"{until} ({_('mở riêng')})" if one.unit.is_let_in else until,
        str(WHYS[one.why]), f"{card.state_words}{f', {short(noted.again_on)}' if noted and noted.again_on else ''}",
        f"{noted.made_at.astimezone(HANOI):%H:%M %d/%m/%Y}" if noted else "", card.caller,
        card.note,
    )  # fmt: skip
