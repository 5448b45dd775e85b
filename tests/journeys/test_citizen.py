"""A citizen looks for something to learn."""

import datetime as dt
from pathlib import Path

import axe_core_python
import pytest
from icalendar import Calendar

from tests.builders import registered, row, unit_of, week

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = next(Path(axe_core_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


@pytest.fixture
def registered_week():
    campaign = week()
    registered(
        unit_of(campaign, "ubnd-585"),
        [row("Tọa đàm chuyển đổi số phục vụ học tập suốt đời", starts_at=dt.time(7, 30)), row("Ngày hội đọc sách")],
    )
    return campaign


def test_finds_chuyen_doi_so_without_marks_and_takes_the_calendar_file(registered_week, live_server, page):
    page.goto(live_server.url)
    page.get_by_role("searchbox").fill("chuyen doi so")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Tọa đàm chuyển đổi số").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp lịch").click()

    event = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")[0]
    assert event["SUMMARY"] == "Tọa đàm chuyển đổi số phục vụ học tập suốt đời"


@pytest.mark.parametrize(
    "address", ["/", "/tuan-le/ninh-thuan-2022/lich/", "/tuan-le/ninh-thuan-2022/ngay/2022-10-04/"]
)
def test_pages_are_clean_for_axe_fit_the_screen_and_ask_no_other_host(registered_week, live_server, page, address):
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(live_server.url + address)

    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.evaluate(AXE)
    violations = page.evaluate("axe.run().then(found => found.violations.map(v => v.id + ': ' + v.nodes[0].html))")
    assert violations == []
