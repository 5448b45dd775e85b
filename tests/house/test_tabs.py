"""Every tab of a Week that somebody is shown opens: nobody is led to a closed door.

For each kind of seat, at each kind of unit, the tabs of the pages of a Week are followed to the last one.
"""

import re
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import IN_TIME, prepared, province, unit_of, week
from tuanhoc.accounts.models import User
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.lib.actor import Role
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db

AT_UNITS = ("province", "coordinator", "ubnd-585", "xa-lamson", "th-lamson", "tv-58")
OVER_ALL = {
    "Theo dõi", "Các đơn vị", "Nhiệm vụ", "Trang lãnh đạo", "Nhận và xem", "Chờ xem", "Tệp Word", "Thư đến",
    "Trùng nhau", "Lịch tổng hợp", "Nhắc và hạn", "Nhắc", "Hạn", "Lời báo", "Thư đi", "Giấy tờ", "Đợt", "Kế hoạch",
    "Xin tham gia", "Nhật ký",
}  # fmt: skip
OF_A_DISTRICT = {
    "Theo dõi", "Nhận và xem", "Chờ xem", "Tệp Word", "Thư đến", "Trùng nhau", "Lịch tổng hợp", "Nhắc và hạn",
    "Hạn và mở khóa", "Danh sách gọi", "Đầu mối",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def campaign():
    return week()


def place(campaign, key):
    at = {"province": campaign.province, "coordinator": campaign.coordinator}.get(key)
    return SimpleNamespace(unit=at) if at else unit_of(campaign, key)


def tabs_in(body):
    """Return the tabs of a page: address -> words."""
    navs = re.findall(r'<nav class="week-(?:tabs|pages)".*?</nav>', body, re.DOTALL)
    links = [link for nav in navs for link in re.findall(r'href="([^"]+)"[^>]*>([^<]+)<', nav)]
    return {href.replace("&amp;", "&"): words for href, words in links}


def followed(client, campaign, first="board"):
    """Follow the tabs from one page on, page by page; return (what they say, those that do not open)."""
    start = reverse(f"desk:{first}", args=[campaign.code])
    left, seen, said, closed = [start], {start}, set(), []
    while left:
        answer = client.get(address := left.pop())
        if answer.status_code != 200:
            closed.append((address, answer.status_code))
            continue
        found = tabs_in(answer.content.decode())
        said |= set(found.values())
        left += [href for href in found if href not in seen]
        seen |= set(found)
    return said, closed


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.VIEWER])
def test_every_tab_shown_to_a_seat_at_a_unit_opens(campaign, role):
    for key in AT_UNITS:
        first = "duties" if key == "coordinator" else "board"
        said, closed = followed(signed_in(role, at=place(campaign, key)), campaign, first)
        assert (key, closed) == (key, [])
        assert said, key


def test_every_tab_shown_to_who_coordinates_or_operates_opens(campaign):
    said, closed = followed(signed_in(Role.COORDINATOR, campaign=campaign), campaign)
    assert (said, closed) == (OVER_ALL, [])
    operator = Client()
    operator.force_login(User.objects.create_superuser("quantri@example.vn"))
    assert followed(operator, campaign, first="campaign")[1] == []


def test_a_district_that_reviews_keeps_its_tabs_and_a_school_is_shown_none_of_them(campaign):
    assert followed(signed_in(Role.OFFICER, at=unit_of(campaign, "ubnd-585")), campaign)[0] == OF_A_DISTRICT
    for key in ("th-lamson", "xa-lamson", "tv-58"):
        said, _closed = followed(signed_in(Role.OFFICER, at=unit_of(campaign, key)), campaign)
        assert said == {"Theo dõi"}


def test_before_the_call_is_opened_every_tab_opens_too():
    province()
    made = prepared()
    assert followed(signed_in(Role.COORDINATOR, campaign=made), made, first="campaign")[1] == []
    for at in (made.province, made.coordinator):
        assert followed(signed_in(Role.HEAD, at=SimpleNamespace(unit=at)), made, first="duties")[1] == []


def test_every_button_above_the_board_opens_too(campaign):
    for client in (
        signed_in(Role.COORDINATOR, campaign=campaign),
        *(
            signed_in(role, at=place(campaign, key))
            for role in (Role.OFFICER, Role.VIEWER)
            for key in ("ubnd-585", "xa-lamson", "province")
        ),
    ):
        board = client.get(reverse("desk:board", args=[campaign.code])).content.decode()
        ways = re.findall(r'<p class="buttons board-ways.*?</p>', board, re.DOTALL)[0]
        for href in re.findall(r'href="([^"]+)"', ways):
            assert (href, client.get(href.replace("&amp;", "&")).status_code) == (href, 200)
