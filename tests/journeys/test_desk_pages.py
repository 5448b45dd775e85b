"""The officers' pages: usable by everybody, at both widths."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.builders import IN_TIME, registered, row, unit_of, week
from tests.journeys.conftest import flaws
from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.activities import actions as activities
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.web import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def in_time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


def signed_in(page, live_server, role, **seat):
    user = User.objects.create_user(f"{role.value}@mau.example", name="Nguyễn Thị Mẫu")
    accounts.give_seat(user, role, by=SYSTEM, at=IN_TIME, **seat)
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


def test_pages_of_the_coordinator_are_clean_for_axe_and_fit_the_screen(live_server, page):
    campaign = week()
    school = registered(unit_of(campaign, "th-lamson"), [row(), row("Ngày hội đọc sách", place="")], accepted=False)
    returned = registered(unit_of(campaign, "tv-58"), accepted=False)
    activities.return_registration(returned, reason="Xin ghi rõ phòng.", by=SYSTEM, at=IN_TIME)
    accepted = registered(unit_of(campaign, "ubnd-585"))
    signed_in(page, live_server, Role.COORDINATOR, campaign_id=campaign.pk)
    found = {}
    for address in (
        reverse("desk:home"),
        reverse("desk:board", args=[campaign.code]),
        reverse("desk:board", args=[campaign.code]) + f"?trong={accepted.host_id}",
        reverse("desk:board", args=[campaign.code]) + "?q=thu+vien",
        reverse("desk:board", args=[campaign.code]) + "?trang-thai=chua-gui&can=chua-thu&sap-xep=ten",
        reverse("desk:duties", args=[campaign.code]),
        reverse("desk:duty", args=[campaign.code, campaign.duties.get().pk]) + "?tim=thu+vien",
        reverse("desk:own_duties", args=[accepted.host_id]),
        reverse("desk:leader", args=[campaign.code]),
        reverse("desk:queue"),
        reverse("desk:queues", args=[campaign.code]),
        reverse("desk:reasons", args=[campaign.code]),
        reverse("desk:look", args=[school.pk]),
        reverse("desk:sheet", args=[returned.host_id]),
        reverse("desk:sheet", args=[accepted.host_id]),
        reverse("desk:links", args=[school.host_id]),
        reverse("desk:receipt", args=[school.submissions.get().pk]),
    ):
        page.goto(live_server.url + address)
        found[address] = flaws(page)

    assert {address: flaw for address, flaw in found.items() if flaw} == {}


def test_the_board_is_walked_searched_and_gone_into_by_keyboard(live_server, page):
    campaign = week()
    signed_in(page, live_server, Role.COORDINATOR, campaign_id=campaign.pk)
    board = live_server.url + reverse("desk:board", args=[campaign.code])

    def focused():
        return page.evaluate("document.activeElement.textContent.trim()")

    page.goto(board)
    rows = page.locator("[data-board] tbody [data-open]").all_text_contents()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    assert focused() == rows[1]
    page.keyboard.press("j")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**?trong=*")
    assert page.locator("h1").text_content() == rows[2]
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(board + "?")
    page.keyboard.press("/")
    page.keyboard.type("thu vien")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=thu+vien**")
    assert page.locator("[data-board] tbody tr").count() == 1


def test_what_was_just_done_a_reform_foreseen_and_a_caught_asker_are_clean_and_undo_is_one_press(
    live_server, page, tmp_path
):
    campaign = week()
    for key in ("xa-lamson", "th-lamson"):
        registered(unit_of(campaign, key), [row("Lễ phát động Tuần lễ", place="Hội trường UBND xã Lâm Sơn")])
    signed_in(page, live_server, Role.COORDINATOR, campaign_id=campaign.pk)
    steps = tmp_path / "thay-doi.csv"
    steps.write_text("Mã;Việc;Tên mới\n" + "".join(f"xa-{n};Lập mới;UBND xã {n}\n" for n in range(30)))
    found = {}
    page.goto(live_server.url + reverse("desk:findings", args=[campaign.code]))
    page.get_by_role("button", name="Khác nhau", exact=True).click()
    found["just decided"] = flaws(page)
    page.get_by_role("button", name="Hoàn tác").click()
    assert page.get_by_role("button", name="Khác nhau", exact=True).is_visible()
    page.goto(live_server.url + reverse("desk:new_reform"))
    page.set_input_files("[name=files]", steps)
    page.get_by_role("button", name="Xem trước").click()
    found["reform"] = flaws(page)
    page.goto(live_server.url + reverse("accounts:join", args=[campaign.code]))
    for name in ("unit_name", "person", "phone"):
        page.fill(f"[name={name}]", "0912 000 111")
    page.evaluate("document.querySelector('.trap input').value = 'x'")
    page.get_by_role("button", name="Gửi đề nghị").click()
    assert page.get_by_label("Tôi là người đang điền").is_visible()
    found["caught"] = flaws(page)
    assert {name: flaw for name, flaw in found.items() if flaw} == {}


def test_on_a_phone_the_list_of_the_board_unfolds_by_its_link_by_a_key_and_folds_again_by_going_back(live_server, page):
    campaign = week()
    signed_in(page, live_server, Role.COORDINATOR, campaign_id=campaign.pk)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_server.url + reverse("desk:board", args=[campaign.code]))
    listed, way = page.locator("[data-list]"), page.get_by_role("link", name="đơn vị ở cấp này")
    assert (listed.is_visible(), page.locator(".tiles").is_visible()) == (False, True)
    way.click()
    assert (listed.is_visible(), way.is_visible()) == (True, False)
    page.go_back()
    assert not listed.is_visible()
    page.keyboard.press("j")
    first = page.locator("[data-board] tbody [data-open]").first
    assert page.evaluate("document.activeElement.textContent.trim()") == first.text_content()
    page.goto(live_server.url + reverse("desk:board", args=[campaign.code]) + "?q=thu+vien")
    assert listed.is_visible()
    assert not page.locator(".tiles").is_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(live_server.url + reverse("desk:board", args=[campaign.code]))
    assert (listed.is_visible(), way.is_visible()) == (True, False)


def test_single_keys_can_be_switched_off(live_server, page):
    campaign = week()
    signed_in(page, live_server, Role.COORDINATOR, campaign_id=campaign.pk)
    page.goto(live_server.url + reverse("desk:board", args=[campaign.code]))
    page.get_by_role("button", name="Tắt phím tắt").click()
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")
