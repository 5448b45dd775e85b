"""An officer clears the inbox: by keyboard alone, with the file lit up beside the rows; and without JavaScript."""

import pytest
from django.urls import reverse

from tests.builders import IN_TIME, coordinator, week
from tests.form_files import GOOD, word_form
from tests.journeys.conftest import flaws
from tests.journeys.test_desk_pages import signed_in
from tuanhoc.activities.models import Registration
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.intake.actions import batches, correcting, forms
from tuanhoc.intake.actions.uploads import Upload
from tuanhoc.intake.models import FormFile
from tuanhoc.lib.actor import Role
from tuanhoc.web import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NO_PLACE = ("05/10", "", "Tập huấn kỹ năng số", "")
SPORTS = ("04/10", "Sân vận động", "Hội thao", "")


@pytest.fixture(autouse=True)
def in_time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def campaign():
    return week()


def taken_in(campaign):
    """Return three forms: one with two things to look at, one with one, one with nothing to ask."""
    return forms.receive_forms(
        campaign,
        [
            Upload("a.docx", word_form("UBND xã Lâm Sơn", [NO_PLACE, SPORTS], foot=["Xe đón lúc 6 giờ"])),
            Upload("b.docx", word_form("UBND xã Nhơn Hải", [GOOD, NO_PLACE])),
            Upload("c.docx", word_form("Thư viện tỉnh")),
        ],
        among=RosterUnit.objects.filter(campaign=campaign), taken_in_by=None, received_at=IN_TIME,
        by=coordinator(campaign), at=IN_TIME,
    ).read  # fmt: skip


def opened(page, live_server, campaign, address):
    signed_in(page, live_server, Role.COORDINATOR, campaign_id=campaign.pk)
    page.goto(live_server.url + address)


def focused(page):
    return page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")


def lit(page):
    return page.evaluate(
        "[...document.querySelectorAll('.form-paper .lit')].map(cell => cell.firstChild.textContent.trim())"
    )


def test_two_forms_are_cleared_by_keyboard_alone(live_server, page, campaign):
    taken_in(campaign)
    opened(page, live_server, campaign, reverse("desk:inbox", args=[campaign.code]))
    page.get_by_role("link", name="Xem lần lượt 2 tệp").press("Enter")

    page.locator("[name=r-0-place]:focus").wait_for()
    assert lit(page) == ["1", "05/10", "Tập huấn kỹ năng số"]
    assert flaws(page) == []
    page.keyboard.type("Hội trường xã")
    page.keyboard.press("Enter")
    assert focused(page) == "u-0"
    assert lit(page) == ["Xe đón lúc 6 giờ"]
    page.get_by_role("button", name="Để sang một bên", exact=True).press("Enter")

    page.locator("[data-go]:focus").wait_for()
    assert flaws(page) == []
    page.keyboard.press("Enter")

    page.locator("[name=r-1-place]:focus").wait_for()
    page.get_by_text("Tệp vừa xác nhận: UBND xã Lâm Sơn.").wait_for()
    assert flaws(page) == []
    page.keyboard.type("Sân trường")
    page.keyboard.press("Control+Enter")

    page.get_by_text("Đã xác nhận tệp của UBND xã Nhơn Hải").wait_for()
    assert page.url.endswith(reverse("desk:inbox", args=[campaign.code]))
    assert sorted(Registration.objects.values_list("host__name", flat=True)) == ["UBND xã Lâm Sơn", "UBND xã Nhơn Hải"]


def test_a_cell_leads_to_its_row_and_a_row_to_its_cells(live_server, page, campaign):
    form = taken_in(campaign)[0]
    opened(page, live_server, campaign, reverse("desk:form_file", args=[form.pk]))
    row = page.locator("#d-1")
    assert row.get_attribute("open") is None
    page.locator("td", has_text="Hội thao").click()
    assert (row.get_attribute("open"), lit(page)) == ("", ["2", "04/10", "Sân vận động", "Hội thao"])
    row.locator("[data-cell=place]").focus()
    assert page.locator(".lit-cell").inner_text() == "Sân vận động"


def test_without_javascript_links_lead_both_ways_and_the_form_is_confirmed(live_server, chromium, campaign):
    form = taken_in(campaign)[1]
    context = chromium.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    opened(page, live_server, campaign, reverse("desk:form_file", args=[form.pk]))
    page.locator("#d-1 .row-origin a").click()
    assert page.locator(":target").inner_text().startswith("Tập huấn kỹ năng số")
    page.locator(":target a.spot-go").click()
    assert page.locator(":target").get_attribute("id") == "d-1"
    page.locator("#d-1 [data-cell=place]").fill("Sân trường")
    page.get_by_role("button", name="Xác nhận, sang tệp sau").click()
    assert Registration.objects.get().host.name == "UBND xã Nhơn Hải"
    context.close()


def test_strokes_conflicts_and_the_pasting_box_are_clean_for_axe_and_fit_the_screen(live_server, page, campaign):
    one, two, good = taken_in(campaign)
    batch, _ = batches.confirm_together(campaign, [good], taken_in_by=None, by=coordinator(campaign), at=IN_TIME)
    found = {}
    opened(page, live_server, campaign, reverse("desk:batch", args=[campaign.code, batch.pk]))
    found["stroke"] = flaws(page)
    page.goto(live_server.url + reverse("desk:inbox", args=[campaign.code]))
    page.get_by_text("Dán nội dung thư").click()
    page.get_by_text("1 lượt xác nhận gần đây").click()
    page.locator("[name=chon]").first.check()
    found["inbox"] = flaws(page)
    page.goto(live_server.url + reverse("desk:form_file", args=[two.pk]))
    correcting.keep_corrections(
        FormFile.objects.get(pk=two.pk), host=two.host, rows=[], version=0, by=coordinator(campaign), at=IN_TIME
    )
    page.get_by_role("button", name="Lưu sửa").last.click()
    page.get_by_role("heading", name="Hai bản khác nhau ở đâu").wait_for()
    found["conflict"] = flaws(page)
    page.goto(live_server.url + reverse("desk:form_file", args=[one.pk]))
    page.get_by_role("button", name="Để sang một bên", exact=True).click()
    page.get_by_text("1 đoạn đã xếp chỗ").click()
    found["settled"] = flaws(page)
    assert {where: flaw for where, flaw in found.items() if flaw} == {}


TABLE = """<p>Kính gửi Sở, xã Lâm Sơn gửi lịch:</p><table><tr><td>Ngày</td><td>Địa điểm</td><td>Nội dung</td></tr>
<tr><td>03/10</td><td>Sân trường</td><td><p>Đọc sách</p><p>Kể chuyện</p></td></tr></table>"""


def test_a_table_pasted_from_word_keeps_its_columns(live_server, page, campaign):
    opened(page, live_server, campaign, reverse("desk:inbox", args=[campaign.code]))
    page.get_by_text("Dán nội dung thư").click()
    box = page.locator("[data-paste]")
    box.evaluate(
        """(box, html) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/html', html);
            box.dispatchEvent(new ClipboardEvent('paste', {clipboardData, cancelable: true}));
        }""",
        TABLE,
    )
    said = box.input_value()
    assert said.split("\n")[-2:] == ["Ngày\tĐịa điểm\tNội dung", "03/10\tSân trường\tĐọc sách; Kể chuyện"]
    page.get_by_role("button", name="Đọc nội dung").click()
    page.get_by_text("Đã đọc 1 tệp").wait_for()
    assert [row["place"] for row in FormFile.objects.get().reading["rows"]] == ["Sân trường"]
