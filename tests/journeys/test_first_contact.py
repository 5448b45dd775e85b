"""First contact: a school's officer with a phone, a link, and no training; and the sheet's own ways of writing."""

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse

from tests.builders import IN_TIME, row, someone, unit_of, week
from tuanhoc.accounts import actions as accounts
from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Activity, Registration, State
from tuanhoc.activities.queries import drafts_of
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.web import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAVED = "Đã lưu lúc 09:30"
on_a_desk = pytest.mark.parametrize("page", [1280], indirect=True)


@pytest.fixture(autouse=True)
def in_time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def school():
    return unit_of(week(), "th-lamson")


@pytest.fixture
def opened(school, live_server, page):
    """The sheet, reached by the school's personal link."""
    signed = accounts.make_link(
        school.unit, campaign_id=school.campaign_id, expires_at=IN_TIME + dt.timedelta(days=10), by=SYSTEM, at=IN_TIME
    )
    page.goto(live_server.url + reverse("accounts:link", args=[signed]))
    page.get_by_role("button", name="Mở lịch đăng ký").click()
    return page


def add(page, day, *, content, place="Sân trường", starts_at="7h30"):
    page.get_by_role("button", name=f"+ Thêm hoạt động ngày {day}").click()
    line = page.locator(".line").last if day == "07/10" else _line_of(page, day)
    line.locator("[data-cell=starts_at]").fill(starts_at)
    line.locator("[data-cell=place]").fill(place)
    line.locator("[data-cell=content]").fill(content)


def _line_of(page, day):
    return page.locator(f'.day[data-day="{day}/2022"] .line').last


def wait_until_saved(page):
    page.get_by_text(SAVED).wait_for()


def rows(school):
    return list(
        Activity.objects.filter(registration__host=school)
        .order_by("position")
        .values_list("held_on__day", "starts_at", "place", "content")
    )


@pytest.mark.parametrize("page", [360], indirect=True)
def test_three_activities_submitted_and_a_receipt_in_hand(opened, school):
    page = opened
    add(page, "01/10", content="Lễ phát động Tuần lễ")
    add(page, "03/10", content="Ngày hội đọc sách", place="Thư viện", starts_at="14:00")
    add(page, "07/10", content="Tổng kết", starts_at="")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Nộp lịch đăng ký").click()
    page.get_by_role("heading", name="Biên nhận nộp lịch đăng ký").wait_for()

    registration = Registration.objects.get(host=school)
    submission = registration.submissions.get()
    assert registration.state == State.SUBMITTED
    assert page.get_by_text(submission.number).count() == 1
    assert page.get_by_text(submission.sha256).count() == 1
    assert rows(school) == [
        (1, dt.time(7, 30), "Sân trường", "Lễ phát động Tuần lễ"),
        (3, dt.time(14), "Thư viện", "Ngày hội đọc sách"),
        (7, None, "Sân trường", "Tổng kết"),
    ]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@on_a_desk
def test_what_is_written_saves_itself_and_says_so(opened, school):
    add(opened, "02/10", content="Ngày hội đổi sách")
    wait_until_saved(opened)

    assert rows(school) == [(2, dt.time(7, 30), "Sân trường", "Ngày hội đổi sách")]
    assert opened.locator("[data-count]").inner_text() == "1 hoạt động"


@on_a_desk
def test_a_warning_stands_in_its_row_and_holds_nothing_up(opened, school):
    add(opened, "02/10", content="Ngày hội đổi sách", place="")
    wait_until_saved(opened)

    assert opened.locator(".line .words").inner_text() == "Chưa có địa điểm."
    assert len(rows(school)) == 1


def paste(page, field, copied):
    field.evaluate(
        """(field, text) => {
            const given = new DataTransfer();
            given.setData("text/plain", text);
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true }));
        }""",
        copied,
    )


@on_a_desk
def test_cells_copied_from_a_spreadsheet_fill_rows(opened, school):
    opened.get_by_role("button", name="+ Thêm hoạt động ngày 04/10").click()
    cell = _line_of(opened, "04/10").locator("[data-cell=starts_at]")
    paste(opened, cell, "7h30\tThư viện\tĐọc sách cùng em\t50 em\n14h\tPhòng máy\tTìm học liệu mở\t")
    wait_until_saved(opened)

    assert rows(school) == [
        (4, dt.time(7, 30), "Thư viện", "Đọc sách cùng em"),
        (4, dt.time(14), "Phòng máy", "Tìm học liệu mở"),
    ]


@on_a_desk
@pytest.mark.parametrize("head", ["", "TT\tNgày\tĐịa điểm\tNội dung\tGhi chú\r\n"])
def test_the_annexs_own_columns_are_known_and_nothing_of_them_is_dropped(opened, school, head):
    opened.get_by_role("button", name="+ Thêm hoạt động ngày 01/10").click()
    copied = (
        head + '1\t01/10\tSân trường\t"Hội thi ""Rung chuông vàng"""\t50 em\r\n'
        '\t\tThư viện\t"Đọc sách\ncùng em"\t\r\n2\t05/10/2022\tPhòng máy\tTìm học liệu mở\tCó mạng\r\n'
    )
    paste(opened, _line_of(opened, "01/10").locator("[data-cell=place]"), copied)
    wait_until_saved(opened)

    assert rows(school) == [
        (1, None, "Sân trường", 'Hội thi "Rung chuông vàng"'),
        (1, None, "Thư viện", "Đọc sách\ncùng em"),
        (5, None, "Phòng máy", "Tìm học liệu mở"),
    ]
    notes = Activity.objects.filter(registration__host=school).order_by("position").values_list("note", flat=True)
    assert list(notes) == ["50 em", "", "Có mạng"]


@on_a_desk
def test_a_paste_is_taken_back_in_one(opened, school):
    add(opened, "04/10", content="Đã có")
    wait_until_saved(opened)
    paste(opened, _line_of(opened, "04/10").locator("[data-cell=place]"), "A\tB\nC\tD")
    opened.get_by_role("button", name="Hoàn tác").click()
    with opened.expect_response(lambda answer: answer.request.method == "POST"):
        pass

    assert [content for *_, content in rows(school)] == ["Đã có"]


@on_a_desk
def test_words_that_cannot_be_read_stay_and_are_still_asked_about(opened, school):
    add(opened, "02/10", content="Ngày hội đổi sách", starts_at="25h")
    wait_until_saved(opened)
    opened.reload()

    line = _line_of(opened, "02/10")
    assert line.locator("[data-cell=starts_at]").input_value() == "25h"
    assert line.locator(".word-error").inner_text() == "Giờ bắt đầu chưa đọc được, ví dụ 07:30."


@on_a_desk
def test_what_cannot_be_read_is_said_before_handing_in_is_asked_about(opened, school):
    said = []
    opened.on("dialog", lambda dialog: (said.append((dialog.type, dialog.message)), dialog.accept()))
    add(opened, "02/10", content="Ngày hội đổi sách", starts_at="25h")
    opened.get_by_role("button", name="Nộp lịch đăng ký").first.click()
    opened.locator("[data-status].bad").wait_for()
    assert [kind for kind, _words in said] == ["alert"]
    assert "Chưa nộp được: còn 1 chỗ" in said[0][1]
    assert Registration.objects.get(host=school).state == State.DRAFT

    _line_of(opened, "02/10").locator("[data-cell=starts_at]").fill("8h")
    opened.get_by_role("button", name="Nộp lịch đăng ký").first.click()
    opened.get_by_text("Biên nhận").first.wait_for()
    assert [kind for kind, _words in said] == ["alert", "confirm"]
    assert Registration.objects.get(host=school).state == State.SUBMITTED


@on_a_desk
def test_a_row_taken_out_by_mistake_comes_back(opened, school):
    add(opened, "02/10", content="Ngày hội đổi sách")
    wait_until_saved(opened)
    opened.get_by_role("button", name="Bỏ dòng này").click()
    opened.get_by_role("button", name="Hoàn tác").click()
    with opened.expect_response(lambda answer: answer.request.method == "POST"):
        pass

    assert [content for *_, content in rows(school)] == ["Ngày hội đổi sách"]


@on_a_desk
def test_a_second_window_never_overwrites_the_first(opened, school):
    add(opened, "02/10", content="Ngày hội đổi sách")
    wait_until_saved(opened)
    elsewhere = Registration.objects.get(host=school)
    activities.save_rows(elsewhere, [row("Bản của đồng nghiệp")], by=someone(Role.OFFICER, at=school), at=IN_TIME)
    _line_of(opened, "02/10").locator("[data-cell=note]").fill("Mang theo sách cũ")
    opened.get_by_text("Lịch này vừa được lưu ở một cửa sổ khác").wait_for()

    assert [content for *_, content in rows(school)] == ["Bản của đồng nghiệp"]
    assert _line_of(opened, "02/10").locator("[data-cell=note]").input_value() == "Mang theo sách cũ"


@on_a_desk
def test_what_was_typed_in_a_second_window_outlives_a_reload_and_is_held_against_the_first(opened, school):
    add(opened, "02/10", content="Ngày hội đổi sách")
    wait_until_saved(opened)
    by = someone(Role.OFFICER, at=school)
    [mine] = drafts_of(Registration.objects.get(host=school))
    activities.save_rows(Registration.objects.get(host=school), [replace(mine, place="Sân đình")], by=by, at=IN_TIME)
    _line_of(opened, "02/10").locator("[data-cell=note]").fill("Mang theo sách cũ")
    opened.get_by_role("button", name="So sánh hai bản").wait_for()
    opened.once("dialog", lambda dialog: dialog.accept())
    opened.reload()
    opened.get_by_role("button", name="So sánh hai bản").click()
    opened.get_by_role("row").filter(has_text="Sân đình").get_by_label("Lấy ô này").check()
    assert _line_of(opened, "02/10").locator("[data-cell=place]").input_value() == "Sân đình"
    opened.get_by_role("button", name="Lưu theo lựa chọn").click()
    opened.get_by_text("Đã lưu lúc").first.wait_for()

    [saved] = drafts_of(Registration.objects.get(host=school))
    assert (saved.content, saved.place, saved.note) == ("Ngày hội đổi sách", "Sân đình", "Mang theo sách cũ")
    assert opened.get_by_text("Có nội dung chưa kịp lưu").count() == 0


@on_a_desk
def test_a_network_that_fails_loses_nothing(opened, school):
    add(opened, "02/10", content="Ngày hội đổi sách")
    wait_until_saved(opened)
    opened.context.set_offline(True)
    _line_of(opened, "02/10").locator("[data-cell=content]").fill("Ngày hội đổi sách lần hai")
    opened.get_by_text("Chưa lưu được, sẽ thử lại").wait_for()
    opened.context.set_offline(False)
    wait_until_saved(opened)

    assert [content for *_, content in rows(school)] == ["Ngày hội đổi sách lần hai"]
