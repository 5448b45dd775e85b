"""The coordinator's papers: from the open form to the signed plan, usable by everybody, at both widths."""

import datetime as dt
import io

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from docx import Document

from tests.builders import IN_TIME, week
from tests.journeys.conftest import flaws
from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.web import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def too_late_for_some(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2022, 10, 3, 9, 30, tzinfo=HANOI))


@pytest.fixture
def office(page, live_server):
    """The page of a coordinator who signed in, and its Week."""
    campaign = week()
    user = User.objects.create_user("dieuphoi@mau.example", name="Nguyễn Thị Mẫu")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.goto(live_server.url + reverse("desk:papers", args=[campaign.code]))
    return page


def test_the_plan_is_seen_taken_to_be_signed_and_numbered(office):
    found = {"list": flaws(office)}
    office.get_by_role("link", name="Xem và sửa: Kế hoạch tổ chức Tuần lễ").click()
    found["plan"] = flaws(office)
    office.get_by_label("Mục đích, yêu cầu").fill("Nâng cao nhận thức của người dân.")
    office.get_by_role("button", name="Lưu và xem lại").click()
    assert office.get_by_text("1. Mục đích, yêu cầu").is_visible()
    office.get_by_label("Số, ký hiệu").fill("5")
    office.get_by_label("Ngày ký").fill("5/9/2022")
    office.get_by_role("button", name="Ghi số và giữ văn bản").click()
    found["signed"] = flaws(office)
    with office.expect_download() as given:
        office.get_by_role("link", name="Word", exact=True).click()
    word = Document(io.BytesIO(given.value.path().read_bytes()))
    assert word.tables[0].cell(1, 0).text == "Số: 05/KH-UBND"
    assert {name: flaw for name, flaw in found.items() if flaw} == {}


def test_the_ceremony_and_the_reminder_are_typed_and_seen(office):
    office.get_by_role("link", name="Xem và sửa: Giấy mời dự lễ khai mạc").click()
    office.get_by_label("Giờ khai mạc").fill("7h30")
    office.get_by_label("Địa điểm").fill("Hội trường tỉnh")
    office.get_by_role("button", name="Lưu và xem lại").click()
    assert office.get_by_text("Thời gian: 07 giờ 30 phút, thứ Bảy").is_visible()
    found = {"invitation": flaws(office)}
    office.get_by_role("link", name="Giấy tờ").first.click()
    office.get_by_role("link", name="Xem và sửa: Công văn đôn đốc").click()
    office.get_by_label("Gửi lịch chậm nhất ngày").fill("06/10/2022")
    office.get_by_role("button", name="Chốt danh sách lúc này").click()
    assert office.get_by_text("chậm nhất ngày 06 tháng 10 năm 2022").is_visible()
    found["reminder"] = flaws(office)
    assert {name: flaw for name, flaw in found.items() if flaw} == {}
