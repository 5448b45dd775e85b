"""The pages of Word forms: usable by everybody, at both widths."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.builders import IN_TIME, coordinator, registered, unit_of, week
from tests.form_files import GOOD, word_form
from tests.journeys.conftest import flaws
from tests.journeys.test_desk_pages import signed_in
from tuanhoc.accounts import actions as accounts
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.intake.actions import confirming, forms
from tuanhoc.intake.actions.uploads import Upload
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.web import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def in_time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


def taken_in(campaign):
    """Return one form of each kind the pages show."""
    loose = ["Đề nghị tỉnh cử diễn giả", "Xe đón lúc 6 giờ tại trụ sở"]
    came = forms.receive_forms(
        campaign,
        [
            Upload("Thư viện.docx", word_form("Thư viện tỉnh", [GOOD, ("04/10", "", "Tập huấn", "")], foot=loose)),
            Upload("khong ro.docx", word_form("Công ty TNHH Nắng Mới")),
            Upload("Lâm Sơn.docx", word_form("UBND xã Lâm Sơn")),
            Upload("so.docx", word_form("Sở TT&TT")),
            Upload("hong.docx", b"PK\x03\x04 hong"),
        ],
        among=RosterUnit.objects.filter(campaign=campaign), taken_in_by=None, received_at=IN_TIME,
        by=coordinator(campaign), at=IN_TIME,
    )  # fmt: skip
    confirming.confirm_form(came.read[3], by=coordinator(campaign), at=IN_TIME)
    registered(unit_of(campaign, "xa-lamson"), accepted=False)
    return [*came.read, *came.unreadable]


def test_pages_of_word_forms_are_clean_for_axe_and_fit_the_screen(live_server, page):
    campaign = week()
    shown = taken_in(campaign)
    signed_in(page, live_server, Role.COORDINATOR, campaign_id=campaign.pk)
    inbox = reverse("desk:inbox", args=[campaign.code])
    found = {}
    for address in (
        inbox, f"{inbox}?trang-thai=confirmed", f"{inbox}?trang-thai=unreadable", f"{inbox}?q=zzz",
        *(reverse("desk:form_file", args=[form.pk]) for form in shown),
    ):  # fmt: skip
        page.goto(live_server.url + address)
        found[address] = flaws(page)
    assert {address: flaw for address, flaw in found.items() if flaw} == {}


def test_a_school_brings_its_word_form_by_link(live_server, page, tmp_path):
    school = unit_of(week(), "th-lamson")
    signed = accounts.make_link(
        school.unit, campaign_id=school.campaign_id, expires_at=IN_TIME + dt.timedelta(days=10), by=SYSTEM, at=IN_TIME
    )
    path = tmp_path / "lich.docx"
    path.write_bytes(word_form("Trường TH Lâm Sơn"))
    page.goto(live_server.url + reverse("accounts:link", args=[signed]))
    page.get_by_role("button", name="Mở lịch đăng ký").click()
    page.get_by_text("Đã có tệp Word?").click()
    assert flaws(page) == []
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Đưa tệp Word vào lịch").click()
    assert flaws(page) == []
    page.get_by_role("button", name="Đưa vào lịch").click()
    page.get_by_text("Đã đưa các dòng của tệp vào lịch.").wait_for()
    assert page.locator("#sheet [data-cell=content]").input_value() == "Ngày hội đọc sách"
