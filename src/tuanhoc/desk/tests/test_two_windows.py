"""The same sheet in two windows: nothing is written over unseen, and each cell may be taken from either."""

import pytest
from django.urls import reverse
from lxml import html
from tests.builders import IN_TIME, row, someone, unit_of

from tuanhoc.activities import actions
from tuanhoc.activities.models import Registration
from tuanhoc.activities.queries import drafts_of
from tuanhoc.desk.forms import as_typed
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.lib.actor import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]


@pytest.fixture
def host(campaign):
    return unit_of(campaign, "th-lamson")


@pytest.fixture
def unit(host):
    return signed_in(Role.OFFICER, at=host)


@pytest.fixture
def save(host):
    """Return what a colleague does in the first window."""
    by = someone(Role.OFFICER, at=host)
    registration = actions.begin_registration(host, by=by, at=IN_TIME)

    def saved(*rows):
        return actions.save_rows(registration, rows, by=by, at=IN_TIME)

    return saved


def on_screen(*rows, version, loaded=1, **more):
    """Return what a page posts whose rows are ``rows``, the first ``loaded`` of them as it was opened."""
    posted = {"version": str(version), "loaded": str(loaded), "do": "save", **more}
    for n, one in enumerate(rows):
        posted |= {f"r-{n}-{name}": value for name, value in as_typed(one).items() if value}
        posted[f"r-{n}-content"] = one.content
    return posted


def sheet_of(unit, host, posted, **headers):
    return unit.post(reverse("desk:sheet", args=[host.pk]), posted, headers=headers or None)


def stored(host):
    return [(one.content, one.place, one.note) for one in drafts_of(Registration.objects.get(host=host))]


def test_both_versions_are_shown_and_nothing_is_written(unit, host, save):
    seen = save(row("Hội sách", place="Sân trường"))
    save(row("Hội sách", place="Sân trường", note="Mang sách cũ"))
    answer = sheet_of(unit, host, on_screen(row("Hội sách và đọc", place="Thư viện"), version=seen))
    page = html.fromstring(answer.content.decode())
    assert answer.status_code == 409
    told = {
        tr.xpath("string(td[2])").strip(): (
            tr.xpath("string(td[3]//text())").strip(),
            tr.xpath("string(td[4])").strip(),
        )
        for tr in page.xpath("//section[contains(@class, 'two-windows')]//tbody/tr")
    }
    assert told == {
        "Nội dung": ("Hội sách", "Hội sách và đọc"),
        "Địa điểm": ("Sân trường", "Thư viện"),
        "Ghi chú": ("Mang sách cũ", "–"),
    }
    assert page.xpath("//textarea[@name='r-0-content']/text()") == ["Hội sách và đọc"]
    assert stored(host) == [("Hội sách", "Sân trường", "Mang sách cũ")]


def test_ticked_cells_are_taken_from_the_other_and_the_rest_stays_ones_own(unit, host, save):
    seen = save(row("Hội sách", place="Sân trường"))
    now = save(row("Hội sách", place="Sân trường", note="Mang sách cũ"))
    mine = row("Hội sách và đọc", place="Thư viện")
    assert sheet_of(unit, host, on_screen(mine, version=seen)).status_code == 409
    chosen = on_screen(mine, version=now) | {"lay-0-note": "Mang sách cũ", "lay-7-note": "không có dòng này"}
    assert sheet_of(unit, host, chosen).status_code == 302
    assert stored(host) == [("Hội sách và đọc", "Thư viện", "Mang sách cũ")]


def test_a_row_written_quite_anew_is_still_the_same_row(unit, host, save):
    seen = save(row("Hội sách"), row("Lớp tin học"))
    save(row("Hội sách", note="A"), row("Lớp tin học"))
    answer = sheet_of(unit, host, on_screen(row("VIẾT LẠI HOÀN TOÀN"), row("Lớp tin học"), version=seen, loaded=2))
    page = html.fromstring(answer.content.decode())
    assert len(page.xpath("//form[@id='sheet']//*[@data-row]")) == 2
    assert page.xpath("//section[contains(@class, 'two-windows')]//input/@name") == ["lay-0-content", "lay-0-note"]


def test_rows_only_the_other_window_has_are_put_to_ones_own_and_pointed_out(unit, host, save):
    seen = save(row("Hội sách"))
    now = save(row("Hội sách"), row("Lớp tin học"))
    answer = sheet_of(unit, host, on_screen(row("Hội sách"), row("Thi vẽ"), version=seen))
    page = html.fromstring(answer.content.decode())
    kept = page.xpath("//form[@id='sheet']//textarea[contains(@name, '-content')]/text()")
    assert kept == ["Hội sách", "Thi vẽ", "Lớp tin học"]
    assert "không có trong bản của bạn" in answer.content.decode()
    sheet_of(unit, host, on_screen(row("Hội sách"), row("Thi vẽ"), row("Lớp tin học"), version=now))
    assert [content for content, *_ in stored(host)] == ["Hội sách", "Thi vẽ", "Lớp tin học"]


def test_the_theme_of_both_is_shown_too(unit, host, save):
    seen = save(row("Hội sách"))
    registration = Registration.objects.get(host=host)
    save(row("Hội sách"))
    actions.choose_theme(registration, "Đọc cùng con", by=someone(Role.OFFICER, at=host), at=IN_TIME)
    answer = sheet_of(unit, host, on_screen(row("Hội sách"), version=seen, theme="Sách mở"))
    page = html.fromstring(answer.content.decode())
    assert page.xpath("//input[@name='theme']/@value") == ["Sách mở"]
    assert page.xpath("//input[@name='lay-theme']/@value") == ["Đọc cùng con"]
    now = Registration.objects.get(host=host).version
    taken = on_screen(row("Hội sách"), version=now, theme="Sách mở") | {"lay-theme": "Đọc cùng con"}
    assert sheet_of(unit, host, taken).status_code == 302
    assert Registration.objects.get(host=host).theme == "Đọc cùng con"


def test_an_autosave_is_told_that_there_is_something_to_compare(unit, host, save):
    seen = save(row("Hội sách"))
    save(row("Hội sách", note="A"))
    answer = sheet_of(unit, host, on_screen(row("B"), version=seen), **{"X-Requested-With": "fetch"})
    assert answer.status_code == 409
    assert answer.json()["compares"] is True
    assert "chưa được lưu" in answer.json()["message"]
