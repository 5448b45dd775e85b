"""The people who sign in: let in, given roles, shut out; when they were here and how."""

from collections import Counter
from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts import actions
from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.accounts.models import Seat, SignIn, User
from tuanhoc.campaigns import access
from tuanhoc.campaigns.models import Campaign
from tuanhoc.desk.user_forms import InviteForm, SeatForm
from tuanhoc.desk.wording import in_words
from tuanhoc.lib.actor import Actor, Role
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import Refusal
from tuanhoc.lib.text import clean, vietnamese_key
from tuanhoc.notices import actions as notices
from tuanhoc.web import clock

PAGE = 50
SIGN_INS = 30


@known
@require_safe
def users(request: ActorRequest) -> HttpResponse:
    """List who signs in, with roles, last sign-in and second factor."""
    _managing(request.actor)
    query, wanted = clean(request.GET.get("q", "")), request.GET.get("trang-thai", "")
    people = _listed(request.actor)
    if query:
        people = people.filter(
            Q(email__icontains=query) | Q(name__icontains=query) | Q(seats__unit__name__icontains=query)
        ).distinct()
    states = {
        "dang-dung": Q(is_active=True), "da-ngung": Q(is_active=False),
        "chua-vao": Q(is_active=True, last_in=None, is_looked_after=True),
        "mot-lop": Q(is_active=True, has_factor=False, is_looked_after=True),
    }  # fmt: skip
    if wanted in states:
        people = people.filter(states[wanted])
    page = Paginator(_in_order(people), PAGE).get_page(request.GET.get("trang"))
    shown = people.in_bulk(list(page.object_list))
    return render(request, "desk/users.html", {
        "page": page, "people": [shown[pk] for pk in page.object_list], "query": query,
        "wanted": wanted, "campaigns": _titles(),
        "choices": [
            ("dang-dung", _("Đang dùng")), ("da-ngung", _("Đã ngừng")), ("chua-vao", _("Chưa đăng nhập lần nào")),
            ("mot-lop", _("Chưa có lớp bảo vệ thứ hai")),
        ],
        "weeks": _weeks_apart(list(access.in_reach(request.actor))),
    })  # fmt: skip


def _managing(actor: Actor) -> None:
    if not access.may_manage_users(actor):
        raise Http404


def _listed(actor: Actor) -> QuerySet[User]:
    factors = Authenticator.objects.filter(user=OuterRef("pk"))
    looked_after = Exists(access.users_looked_after(actor).filter(pk=OuterRef("pk")))
    people = access.users_in_reach(actor).annotate(
        last_in=Max("sign_ins__at", filter=Q(sign_ins__succeeded=True)), has_factor=Exists(factors),
        is_looked_after=looked_after,
    )  # fmt: skip
    return people.prefetch_related(Prefetch("seats", Seat.objects.select_related("unit").order_by("pk")))


def _weeks_apart(weeks: Sequence[Campaign]) -> list[tuple[Campaign, str]]:
    """Return Weeks with what tells them apart: the year, and the code where two have the same."""
    years = Counter(week.year for week in weeks)
    return [(week, str(week.year) if years[week.year] == 1 else f"{week.year} ({week.code})") for week in weeks]


def _in_order(people: QuerySet[User]) -> list[int]:
    """Return the people's ids, those in use first, by name as a Vietnamese list goes. One query."""
    rows = people.order_by().values_list("pk", "is_active", "name", "email")
    ranked = sorted(rows, key=lambda row: (not row[1], vietnamese_key(row[2] or row[3]), row[0]))
    return [row[0] for row in ranked]


def _titles() -> dict[int, str]:
    return dict(Campaign.objects.values_list("pk", "title"))


@known
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: ActorRequest, code: str) -> HttpResponse:
    """Let a person in with a first role; the way to sign in goes to them by mail."""
    campaign = access.campaign_for(request.actor, code)
    form = InviteForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        given, at = form.cleaned_data, clock.now()
        user, made = actions.invite_user(given["email"], given["name"], by=request.actor, at=at)
        _seat(user, given, campaign, request.actor)
        notices.invite(user, campaign, at=at, due_at=clock.machine())
        words = (
            _("Đã mời %(who)s; cách đăng nhập đang được gửi qua thư.")
            if made
            else _("%(who)s đã có tài khoản; vai trò mới đã được giao.")
        )
        messages.success(request, words % {"who": user})
        return redirect("desk:users")
    return render(request, "desk/invite.html", {"campaign": campaign, "form": form})


def _seat(user: User, given: dict[str, object], campaign: Campaign, by: Actor) -> None:
    role, host, at = Role(str(given["role"])), given["host"], clock.now()
    if host is None:
        actions.give_seat(user, role, campaign_id=campaign.pk, by=by, at=at)
    else:
        actions.give_seat(user, role, unit=host.unit, by=by, at=at)  # type: ignore[attr-defined]  # a RosterUnit


@known
@require_http_methods(["GET", "HEAD", "POST"])
def user(request: ActorRequest, pk: int) -> HttpResponse:
    """Show one person: roles, sign-ins, browsers; give and take roles, shut out and let in."""
    _managing(request.actor)
    person = get_object_or_404(access.users_in_reach(request.actor), pk=pk)
    week = access.in_reach(request.actor).first()
    form = SeatForm(request.POST if request.POST.get("do") == "seat" else None, campaign=week) if week else None
    if request.method == "POST":
        try:
            said = _done(request, person, week, form)
        except Refusal as refusal:
            messages.error(request, in_words(refusal))
            return redirect("desk:user", pk)
        if said:
            messages.success(request, said)
            return redirect("desk:user", pk)
    looked_after = access.looks_after(request.actor, person)
    mine = set(access.seats_in_reach(request.actor).filter(user=person).values_list("pk", flat=True))
    return render(request, "desk/user.html", {
        "looked_after": looked_after,
        "person": person, "form": form, "week": week, "mine": mine,
        "seats": person.seats.select_related("unit").order_by("pk"), "campaigns": _titles(),
        **(_sign_ins(person) if looked_after else {}),
    })  # fmt: skip


def _sign_ins(person: User) -> dict[str, object]:
    return {
        "factors": Authenticator.objects.filter(user=person).order_by("created_at"),
        "sign_ins": SignIn.objects.filter(user=person).order_by("-at")[:SIGN_INS],
        "sessions": UserSession.objects.filter(user=person).order_by("-last_seen_at"),
    }


def _done(request: ActorRequest, person: User, week: Campaign | None, form: SeatForm | None) -> str:
    """Do what was asked and return what to say; blank when the form has something to correct."""
    by, at, what = request.actor, clock.now(), request.POST.get("do", "")
    if what == "seat" and form is not None and week is not None:
        if not form.is_valid():
            return ""
        _seat(person, form.cleaned_data, week, by)
        return _("Đã giao vai trò.")
    if what == "take":
        seat = get_object_or_404(access.seats_in_reach(by), pk=whole(request.POST.get("vai-tro", "")), user=person)
        actions.take_seat(seat, by=by, at=at)
        return _("Đã bỏ vai trò.")
    if what == "again" and week is not None:
        notices.invite(person, week, at=at, due_at=clock.machine())
        return _("Cách đăng nhập đang được gửi lại qua thư.")
    return _shut_or_let_in(what, person, by)


def _shut_or_let_in(what: str, person: User, by: Actor) -> str:
    at = clock.now()
    if not access.looks_after(by, person):
        raise Http404
    if what == "deactivate":
        actions.deactivate(person, by=by, at=at)
        return _("Đã ngừng tài khoản: người này đã ra khỏi mọi máy và không đăng nhập được nữa.")
    if what == "reactivate":
        actions.reactivate(person, by=by, at=at)
        return _("Tài khoản dùng lại được.")
    if what == "sign_out":
        ended = actions.end_sessions(person, by=by, at=at)
        return _("Đã cho ra khỏi %(n)s máy.") % {"n": ended}
    raise Http404
