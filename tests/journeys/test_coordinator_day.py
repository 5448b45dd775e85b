"""The coordinator's day: ten Word forms in, one cell corrected, one form returned, the schedule out in Word."""

import io
from pathlib import Path

import pytest
from django.urls import reverse
from docx import Document

from tests.builders import IN_TIME, UNITS, province, unit_of, week
from tests.form_files import GOOD, word_form
from tests.journeys.conftest import flaws
from tests.journeys.test_desk_pages import signed_in
from tuanhoc.activities.models import Registration, State
from tuanhoc.intake.models import FormFile
from tuanhoc.lib.actor import Role
from tuanhoc.web import clock

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("page", [1280], indirect=True),
]

MORE_UNITS = """so-tc,ubnd-58,department,Sở Tài chính,58,1
so-nv,ubnd-58,department,Sở Nội vụ,58,1
bao-nt,ubnd-58,media,Báo Ninh Thuận,58,1
"""
#: what stands on the line for the unit -> the unit
SENDERS = {
    "Sở TT&TT": "so-tttt", "Thư viện tỉnh Ninh Thuận": "tv-58", "UBND H. Ninh Sơn": "ubnd-585",
    "Huyện Ninh Hải": "ubnd-586", "xã Lâm Sơn": "xa-lamson", "Trường TH Lâm Sơn": "th-lamson",
    "UBND XÃ NHƠN HẢI": "xa-nhonhai", "Sở Tài chính": "so-tc", "Sở Nội vụ tỉnh Ninh Thuận": "so-nv",
    "Báo Ninh Thuận": "bao-nt",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def campaign():
    province(UNITS + MORE_UNITS)
    return week()


@pytest.fixture
def ten_forms(tmp_path):
    """Ten files as they came by mail; the library forgot a place."""
    paths = []
    for number, sender in enumerate(SENDERS):
        lines = [("04/10", "", "Tập huấn tra cứu", "")] if sender.startswith("Thư viện") else []
        path = tmp_path / f"mau {number}.docx"
        path.write_bytes(word_form(sender, [GOOD, *lines]))
        paths.append(path)
    return paths


def test_from_ten_word_forms_to_the_released_schedule(campaign, ten_forms, live_server, page):
    signed_in(page, live_server, Role.COORDINATOR, campaign_id=campaign.pk)
    page.goto(live_server.url + reverse("desk:home"))
    page.get_by_role("link", name="Tải lên tệp Word các đơn vị đã gửi").click()

    take_in(page, ten_forms)
    matched = FormFile.objects.order_by("pk").values_list("host__unit__key", flat=True)
    assert list(matched) == list(SENDERS.values())
    assert flaws(page) == []

    correct_the_library_and_confirm(page)
    page.get_by_role("button", name="Xác nhận 9 tệp không có vấn đề").click()
    page.get_by_text("Đã xác nhận 9 tệp").wait_for()
    assert set(Registration.objects.values_list("state", "entered_on_behalf")) == {(State.SUBMITTED, True)}

    return_one_with_a_reason(page, live_server)
    accept_the_others(page, live_server)
    assert sorted(Registration.objects.values_list("state", flat=True)) == [State.ACCEPTED] * 9 + [State.RETURNED]

    released = release_and_download(page, live_server, campaign)
    lines = [[cell.text for cell in row.cells] for table in released.tables for row in table.rows]
    assert sum("Ngày hội đọc sách" in " ".join(line) for line in lines) == 9
    assert sum("Phòng đọc tầng 2" in " ".join(line) for line in lines) == 1


def take_in(page, paths):
    page.locator("input[type=file]").set_input_files(paths)
    page.get_by_role("button", name="Tải lên và đọc").click()
    page.get_by_text("Đã đọc 10 tệp, nhận ra đơn vị của mọi tệp.").wait_for()


def correct_the_library_and_confirm(page):
    page.get_by_role("link", name="Thư viện tỉnh").click()
    assert flaws(page) == []
    line = page.locator(".line", has_text="Chưa có địa điểm")
    line.get_by_label("Địa điểm").fill("Phòng đọc tầng 2")
    page.get_by_role("link", name="bảng 1, dòng 3").click()
    assert "Tập huấn tra cứu" in page.locator(".form-paper-sheet .lit").all_inner_texts()[-1]
    page.get_by_role("button", name="Xác nhận", exact=True).click()
    page.get_by_text("Đã xác nhận tệp của Thư viện tỉnh").wait_for()


def return_one_with_a_reason(page, live_server):
    page.goto(live_server.url + reverse("desk:queue") + "?tat-ca")
    page.get_by_role("link", name="Báo Ninh Thuận").click()
    page.get_by_label("Lý do trả lại").fill("Xin ghi rõ chuyên mục.")
    page.get_by_role("button", name="Trả lại để sửa").click()
    page.get_by_text("Đã trả lại Báo Ninh Thuận kèm lý do.").wait_for()


def accept_the_others(page, live_server):
    page.goto(live_server.url + reverse("desk:queue") + "?tat-ca")
    page.get_by_role("button", name="Chọn các bản không có lời nhắc").click()
    page.get_by_role("button", name="Chấp nhận 9 bản đã chọn").click()
    page.get_by_text("Đã chấp nhận 9 bản đăng ký.").wait_for()


def release_and_download(page, live_server, campaign):
    """Release the merged schedule and return the Word file the coordinator takes down."""
    page.goto(live_server.url + reverse("desk:schedule", args=[campaign.code]))
    page.get_by_role("button", name="Ban hành lần 1").click()
    page.goto(live_server.url + reverse("desk:release", args=[campaign.code, 1]))
    with page.expect_download() as download:
        page.get_by_role("link", name="Word", exact=True).click()
    return Document(io.BytesIO(Path(download.value.path()).read_bytes()))


def test_a_confirmation_by_mistake_is_taken_back(campaign, ten_forms, live_server, page):
    signed_in(page, live_server, Role.COORDINATOR, campaign_id=campaign.pk)
    page.goto(live_server.url + reverse("desk:inbox", args=[campaign.code]))
    take_in(page, ten_forms)
    page.get_by_role("button", name="Xác nhận 9 tệp không có vấn đề").click()
    page.get_by_role("heading", name="9 tệp").wait_for()
    page.get_by_role("link", name="Sở Tài chính").click()
    assert flaws(page) == []
    page.get_by_role("button", name="Hoàn tác xác nhận").click()
    page.get_by_text("Đã hoàn tác").wait_for()

    registration = Registration.objects.get(host=unit_of(campaign, "so-tc"))
    assert (registration.state, registration.activities.count()) == (State.DRAFT, 0)
