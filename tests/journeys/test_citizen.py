"""A citizen looks for something to learn."""

import datetime as dt
import io
from pathlib import Path

import axe_core_python
import brotli
import pytest
import time_machine
from icalendar import Calendar
from pypdf import PdfReader

from tests.builders import registered, row, unit_of, week
from tuanhoc.activities.models import Activity
from tuanhoc.lib.dates import HANOI
from tuanhoc.units import actions as units

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = next(Path(axe_core_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
WEEK = "/tuan-le/ninh-thuan-2022/"
LONG = "Ngày hội học tập suốt đời, trưng bày sách, triển lãm và giao lưu giữa các trung tâm học tập cộng đồng " * 4
#: A name longer than a phone is wide, for the choice of areas.
AREAS = """level,code,name,type,parent_code,valid_from,valid_to,legal_basis_end,successor_codes,source
province,58,Tỉnh Ninh Thuận,Tỉnh,,,,,,
district,585,Huyện Ninh Sơn và các xã miền núi phía tây giáp tỉnh Lâm Đồng,Huyện,58,,,,,
commune,22846,Xã Lâm Sơn,Xã,585,,,,,
"""

FITS = "document.documentElement.scrollWidth <= window.innerWidth"
#: what a finger has to meet, save links within running text
SMALL = """[...document.querySelectorAll('a, button, input, select, summary')].filter(e => {
    const box = e.getBoundingClientRect()
    return box.width > 1 && box.height < 44 && !e.closest('.card, .lines, dd, .skip')
}).map(e => 'small: ' + e.outerHTML)"""


@pytest.fixture
def registered_week():
    units.load_areas(AREAS)
    campaign = week()
    ninh_son = unit_of(campaign, "ubnd-585")
    registered(
        ninh_son,
        [
            row("Tọa đàm chuyển đổi số phục vụ học tập suốt đời", starts_at=dt.time(7, 30)),
            row("Ngày hội đọc sách", starts_at=dt.time(14), ends_at=dt.time(16)),
            row("Lớp kỹ năng số qua mạng", form="online", link="https://example.vn/lop", part_of_day="evening"),
            row(LONG, ends_on=dt.date(2022, 10, 6), fee="20.000 đồng"),
            row("khôngkhoảngtrắng" * 20),
        ],
    )
    registered(unit_of(campaign, "tv-58"), [row(f"Đọc sách cùng con, buổi {n}") for n in range(70)])
    with time_machine.travel(dt.datetime(2022, 10, 4, 9, tzinfo=HANOI)):
        yield campaign


@pytest.fixture
def activity(registered_week):
    return Activity.objects.get(content__startswith="Tọa đàm")


def violations(page):
    page.evaluate(AXE)
    return page.evaluate("axe.run().then(found => found.violations.map(v => v.id + ': ' + v.nodes[0].html))")


def test_finds_chuyen_doi_so_without_marks_and_takes_the_calendar_file(registered_week, live_server, page):
    page.goto(live_server.url)
    page.get_by_role("searchbox").fill("chuyen doi so")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Tọa đàm chuyển đổi số").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp lịch").click()

    event = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")[0]
    assert event["SUMMARY"] == "Tọa đàm chuyển đổi số phục vụ học tập suốt đời"


def test_narrows_to_the_evening_and_to_online_and_lifts_a_filter_again(registered_week, live_server, page):
    page.goto(f"{live_server.url}{WEEK}ngay/2022-10-04/")
    page.get_by_role("link", name="Buổi tối").click()
    page.get_by_role("link", name="Trực tuyến").click()
    assert page.get_by_role("status").inner_text().startswith("1 hoạt động")
    page.get_by_role("link", name="Buổi tối").click()
    page.get_by_role("link", name="Thiếu nhi").click()
    page.get_by_role("link", name="Bỏ lọc Thiếu nhi").click()
    assert page.get_by_role("heading", name="Lớp kỹ năng số qua mạng").is_visible()


def test_pages_are_clean_for_axe_fit_the_screen_and_ask_no_other_host(activity, live_server, page):
    the_long_one = Activity.objects.get(content__startswith="Ngày hội học tập")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    wrong = {}
    for address in (
        "/", f"{WEEK}lich/", f"{WEEK}lich/?q=doc+sach", f"{WEEK}lich/?q=doc&doi-tuong=elderly&ngay=2022-10-04",
        f"{WEEK}ngay/2022-10-04/", f"{WEEK}hoat-dong/{activity.pk}/", f"{WEEK}hoat-dong/{the_long_one.pk}/",
        f"{WEEK}don-vi/ubnd-585/", f"{WEEK}ca-tuan/", f"{WEEK}gan-toi/", "/gioi-thieu/",
        "/nhung/ninh-thuan-2022/don-vi/ubnd-585/", "/khong-co/",
    ):  # fmt: skip
        page.goto(live_server.url + address)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        too_wide = ["wider than the screen"] * (not page.evaluate(FITS))
        if found := violations(page) + too_wide + page.evaluate(SMALL):
            wrong[address] = found
    assert wrong == {}
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []


def test_an_activity_prints_on_one_page_without_what_only_a_screen_can_use(activity, live_server, page):
    page.goto(f"{live_server.url}{WEEK}hoat-dong/{activity.pk}/")
    [paper] = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    # The two files of the heading font split its words: letters alone are compared.
    printed = "".join(paper.extract_text().split())
    assert activity.content.replace(" ", "") in printed
    only_on_screen = ("Tải tệp lịch", "Đơn vị đăng nhập", "Cùng đơn vị", "Cùng ngày", "Xem thêm", "Lời mời")
    assert [said for said in only_on_screen if said.replace(" ", "") in printed] == []


def test_everything_is_read_without_javascript(activity, live_server, chromium):
    context = chromium.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}{WEEK}ngay/2022-10-04/")
    page.get_by_role("link", name="Tọa đàm chuyển đổi số").click()
    assert page.get_by_role("heading", level=1).inner_text() == activity.content
    assert page.get_by_role("link", name="Tải tệp lịch").is_visible()
    context.close()


def test_a_first_visit_transfers_at_most_100_kilobytes(registered_week, live_server, chromium):
    """What the test server sends plain is counted as the page cache and the static files send it: in brotli."""
    for address in ("/", f"{WEEK}ca-tuan/", f"{WEEK}ngay/2022-10-04/"):
        context = chromium.new_context(viewport={"width": 360, "height": 800})
        page = context.new_page()
        answers = []
        page.on("response", lambda answer, answers=answers: answers.append(answer))
        page.goto(live_server.url + address, wait_until="networkidle")
        bodies = [(answer.url, answer.body()) for answer in answers]
        context.close()
        sizes = [len(body if url.endswith("woff2") else brotli.compress(body, quality=5)) for url, body in bodies]
        assert len([url for url, _ in bodies if url.endswith("woff2")]) == 2
        # Half a kilobyte of headers each.
        assert sum(sizes) + 500 * len(sizes) <= 100_000
