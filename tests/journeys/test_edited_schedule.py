"""The merged schedule goes out as Word, is edited at somebody's desk, comes back and is accepted change by change."""

import copy
import datetime as dt

import pytest
from django.urls import reverse
from docx import Document

from tests.builders import IN_TIME, registered, row, unit_of, week
from tests.journeys.conftest import flaws
from tests.journeys.test_desk_pages import signed_in
from tuanhoc.activities.models import Activity
from tuanhoc.lib.actor import Role
from tuanhoc.web import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def in_time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


def edit(path):
    """Edit the schedule as an officer does in Word: another hour, other words, a row out, a row in, a word outside."""
    word = Document(path)
    rows = {r.cells[3].text: r for t in word.tables if len(t.columns) == 6 for r in t.rows}
    rows["Ngày hội đọc sách"].cells[1].text = "8h30 - 10h"
    rows["Ngày hội đọc sách"].cells[5].text = "Mời phụ huynh cùng dự"
    rows["Thi kể chuyện theo sách"].cells[3].text = "Thi kể chuyện theo sách cấp trường"
    gone = rows["Tập huấn kỹ năng số"]._tr
    gone.getparent().remove(gone)
    new = copy.deepcopy(rows["Bản tin truyền thanh"]._tr)
    for mark in [m for m in new.iter() if m.tag.endswith(("}bookmarkStart", "}bookmarkEnd"))]:
        mark.getparent().remove(mark)
    rows["Bản tin truyền thanh"]._tr.addnext(new)
    texts = [[t for t in tc.iter() if t.tag.endswith("}t")] for tc in new.tc_lst]
    texts[3][0].text, texts[4][0].text = "Tọa đàm công dân số", "Thư viện của tỉnh"
    word.add_paragraph("Xin xếp xe đưa đón đại biểu")
    word.save(path)


def test_an_edited_schedule_comes_back_and_is_accepted(live_server, page, tmp_path):
    campaign = week()
    school = [row("Ngày hội đọc sách", starts_at=dt.time(7, 30)), row("Thi kể chuyện theo sách")]
    registered(unit_of(campaign, "th-lamson"), school)
    registered(unit_of(campaign, "so-tttt"), [row("Bản tin truyền thanh"), row("Tập huấn kỹ năng số")])
    registered(unit_of(campaign, "tv-58"), [row("Trưng bày sách")])
    signed_in(page, live_server, Role.COORDINATOR, campaign_id=campaign.pk)
    page.goto(live_server.url + reverse("desk:schedule", args=[campaign.code]))
    with page.expect_download() as download:
        page.get_by_role("link", name="Word", exact=True).first.click()
    path = tmp_path / "Lịch tổng hợp (sửa).docx"
    download.value.save_as(path)
    edit(path)

    assert flaws(page) == []
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Đưa lên và so").click()

    page.get_by_text("4 thay đổi ở 3 đơn vị, 1 điều cần xem.").wait_for()
    assert flaws(page) == []
    shown = page.get_by_role("article").filter(has_text="Thi kể chuyện theo sách")
    assert shown.locator("ins").inner_text().strip() == "cấp trường"
    assert page.get_by_text("Xin xếp xe đưa đón đại biểu").count() == 1
    page.get_by_role("button", name="Nhận 2 thay đổi của Trường Tiểu học Lâm Sơn").click()
    page.get_by_text("Đã nhận 2 thay đổi.").wait_for()
    page.get_by_role("button", name="Hủy hoạt động").click()
    page.get_by_text("Đã nhận: Tập huấn kỹ năng số").wait_for()
    page.get_by_label("Đơn vị (gõ một phần tên hoặc mã)").fill("vien tinh")
    page.keyboard.press("Enter")
    page.get_by_text("Có phải “vien tinh” là Thư viện tỉnh không?").wait_for()
    assert flaws(page) == []
    page.keyboard.press("Enter")  # the field has the focus, and the only unit is ticked
    page.get_by_text("Đã xem hết các thay đổi.").wait_for()
    page.get_by_role("link", name="Đã nhận").click()
    assert flaws(page) == []

    day = Activity.objects.get(content="Ngày hội đọc sách")
    assert (day.starts_at, day.ends_at, day.note) == (dt.time(8, 30), dt.time(10), "Mời phụ huynh cùng dự")
    assert Activity.objects.get(content="Tập huấn kỹ năng số").cancelled_at == IN_TIME
    assert Activity.objects.get(content="Tọa đàm công dân số").registration.host.unit.key == "tv-58"

    page.get_by_role("article").filter(has_text="cấp trường").get_by_role("button", name="Hoàn tác").click()
    page.get_by_text("Đã hoàn tác: Thi kể chuyện theo sách").wait_for()
    assert Activity.objects.filter(content="Thi kể chuyện theo sách").count() == 1

    page.goto(live_server.url + reverse("desk:schedule", args=[campaign.code]))
    assert page.get_by_text("1 thay đổi chờ xem").count() == 1


def test_a_paper_brought_back_unchanged_says_so(live_server, page, tmp_path):
    campaign = week()
    registered(unit_of(campaign, "th-lamson"))
    signed_in(page, live_server, Role.COORDINATOR, campaign_id=campaign.pk)
    page.goto(live_server.url + reverse("desk:schedule", args=[campaign.code]))
    with page.expect_download() as download:
        page.get_by_role("link", name="Word", exact=True).first.click()
    path = tmp_path / "lich.docx"
    download.value.save_as(path)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Đưa lên và so").click()
    page.get_by_text("Không có gì khác: 1 dòng của tệp đều như lịch trong phần mềm.").wait_for()
    assert flaws(page) == []
