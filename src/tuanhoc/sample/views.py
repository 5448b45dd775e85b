"""The time bar's page and the one-click sign-ins. These addresses exist in the sample only."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.models import User
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.web import clock

from . import actions, rules


@dataclass(frozen=True, slots=True)
class Card:
    """One way into the sample: whom a visitor becomes and what is worth trying."""

    slug: str
    title: str
    name: str
    can: tuple[str, ...]
    button: str
    email: str = ""


CARDS = (
    Card(
        "dieu-phoi",
        N_("Chuyên viên Sở GDĐT"),
        N_("Nguyễn Thị Mẫu, điều phối Tuần lễ cấp tỉnh"),
        (
            N_("Theo dõi cả tỉnh: đơn vị nào đã nộp, đơn vị nào chưa"),
            N_("Xem, chấp nhận hoặc trả lại bản đăng ký kèm lý do"),
            N_("Ban hành lịch tổng hợp, tạo liên kết cho đơn vị"),
        ),
        N_("Vào với vai điều phối"),
        rules.COORDINATOR_EMAIL,
    ),
    Card(
        "huyen",
        N_("Chuyên viên cấp huyện"),
        N_("Trần Văn Mẫu, UBND huyện Ninh Sơn"),
        (
            N_("Xem bản đăng ký của các xã, trường học, trung tâm trong huyện"),
            N_("Đăng ký lịch hoạt động của chính huyện"),
        ),
        N_("Vào với vai chuyên viên huyện"),
        rules.DISTRICT_EMAIL,
    ),
    Card(
        "lanh-dao",
        N_("Lãnh đạo"),
        N_("Lê Văn Mẫu, UBND tỉnh, chỉ xem"),
        (
            N_("Cả Tuần lễ trên một trang: xanh, vàng, đỏ và việc cần quyết hôm nay"),
            N_("Xem bảng theo dõi, lịch tổng hợp; in một trang để họp"),
        ),
        N_("Vào với vai lãnh đạo"),
        rules.LEADER_EMAIL,
    ),
    Card(
        "quan-tri",
        N_("Quản trị hệ thống"),
        N_("Phạm Thị Mẫu, quản trị phần mềm"),
        (
            N_("Mời người dùng, giao và bỏ vai trò, cho ra khỏi mọi máy"),
            N_("Lập đợt, thêm, nhập, chia, tách đơn vị"),
        ),
        N_("Vào với vai quản trị"),
        rules.OPERATOR_EMAIL,
    ),
    Card(
        "truong",
        N_("Một trường học, bằng liên kết riêng"),
        N_("Trường THPT Ninh Sơn 1 (mẫu): chưa đăng ký, không cần tài khoản"),
        (
            N_("Thử đăng ký lần đầu: vài hoạt động, nộp, nhận biên nhận"),
            N_("Tải phụ lục Word để trình ký"),
        ),
        N_("Mở liên kết của trường"),
    ),
)


@never_cache
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Show who a visitor can be, one click each."""
    return render(request, "sample/people.html", {"cards": CARDS, "join": f"/l/tham-gia/{rules.CODE}/"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, who: str) -> HttpResponse:
    """Show one card and its button; on POST sign in as that person, or go to the school's own link."""
    card = next((card for card in CARDS if card.slug == who), None)
    if card is None:
        raise Http404
    if request.method != "POST":
        return render(request, "sample/enter.html", {"card": card})
    if not card.email:
        return redirect("accounts:link", signed=actions.school_link(at=clock.now()))
    # A fresh session: nothing of whoever a visitor was before stays.
    request.session.flush()
    user = get_object_or_404(User, email=card.email)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("desk:home")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def jump(request: HttpRequest) -> HttpResponse:
    """Say what a jump to the stage ``den`` does; on POST jump, and go back to the face the visitor came from.

    The time bar's pills are plain links to here: public pages are kept for everybody and can carry no form token.
    """
    asked = request.POST if request.method == "POST" else request.GET
    stage = rules.stage_of(asked.get("den", ""))
    if stage is None:
        raise Http404
    to_desk = "/lam-viec/" in (asked.get("ve") or request.META.get("HTTP_REFERER", ""))
    if request.method != "POST":
        return render(request, "sample/jump.html", {"stage": stage, "to_desk": to_desk})
    try:
        actions.jump_to(stage)
    except Refusal as refusal:
        return render(request, "sample/jump.html", {"stage": stage, "refused": _(refusal.message)}, status=409)
    if not to_desk:
        return redirect("/")
    messages.success(request, _("Đã chuyển tới: %(stage)s, %(day)s.") % {"stage": _(stage.title), "day": _day(stage)})
    return redirect("desk:home")


def _day(stage: rules.Stage) -> str:
    return f"{stage.day.day}/{stage.day.month}/{stage.day.year}"
