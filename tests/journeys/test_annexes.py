"""All units' annexes in one zip: asked for on a page that shows how far it is."""

import zipfile

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.builders import IN_TIME, registered, unit_of, week
from tests.journeys.conftest import flaws
from tests.journeys.test_desk_pages import signed_in
from tuanhoc.activities import archives
from tuanhoc.activities.models import AnnexArchive
from tuanhoc.lib.actor import Role
from tuanhoc.web import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def in_time(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    settings.DATA_DIR = tmp_path


def test_the_annexes_of_all_units_come_as_one_zip(live_server, page, tmp_path):
    campaign = week()
    registered(unit_of(campaign, "th-lamson"))
    registered(unit_of(campaign, "tv-58"))
    signed_in(page, live_server, Role.COORDINATOR, campaign_id=campaign.pk)
    page.goto(live_server.url + reverse("desk:board", args=[campaign.code]))
    page.get_by_role("link", name="Tải phụ lục của tất cả đơn vị").click()
    assert flaws(page) == []
    page.get_by_role("button", name="Làm tệp nén phụ lục").click()
    page.get_by_text("Đang làm tệp nén").wait_for()
    assert flaws(page) == []

    call_command("work", "--once")

    page.get_by_text("Tệp nén đã xong").wait_for()
    assert flaws(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp nén").click()
    path = tmp_path / "tai-ve.zip"
    download.value.save_as(path)
    assert sorted(zipfile.ZipFile(path).namelist()) == [
        "Cấp tỉnh/Thư viện tỉnh.docx",
        "UBND huyện Ninh Sơn/Trường Tiểu học Lâm Sơn.docx",
    ]
    assert archives.path_of(AnnexArchive.objects.get()).exists()
