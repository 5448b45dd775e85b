import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from tests.builders import IN_TIME, coordinator, registered, row, someone, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Activity
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.schedule.actions import release_schedule
from tuanhoc.schedule.models import Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]
ENDINGS = ["docx", "pdf", "xlsx", "csv", "ics"]


@pytest.fixture
def campaign():
    campaign = week()
    registered(unit_of(campaign, "th-lamson"), [row("Ngày hội đọc sách"), row("Thi kể chuyện")])
    registered(unit_of(campaign, "so-tttt"), [row("Bản tin truyền thanh")])
    return campaign


@pytest.fixture
def address(campaign):
    return reverse("desk:schedule", args=[campaign.code])


def coordinating(campaign):
    return signed_in(Role.COORDINATOR, campaign=campaign)


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def change(campaign, content, **fields):
    by = someone(Role.OFFICER, at=unit_of(campaign, "th-lamson"))
    activities.change_activity(Activity.objects.get(content=content), by=by, at=IN_TIME, **fields)


def test_the_schedule_is_issued_and_the_next_release_says_what_changes(campaign, address):
    client = coordinating(campaign)
    first = page(client, address)
    assert "<b>3</b> hoạt động" in first
    assert "Ban hành lần 1" in first

    made = client.post(address, {"do": "release"})

    assert made["Location"] == reverse("desk:release", args=[campaign.code, 1])
    assert "Không có gì thay đổi so với lần ban hành 1" in page(client, address)
    change(campaign, "Ngày hội đọc sách", reason="Mưa", held_on=dt.date(2022, 10, 6))
    change(campaign, "Thi kể chuyện", reason="Trùng lịch", cancel=True)
    registered(unit_of(campaign, "tv-58"), [row("Giới thiệu sách")])
    now = page(client, address)
    assert "Ban hành lần 2" in now
    for words in ("Bổ sung 1", "Dời lịch 1", "Hủy 1", "Ngày 06/10/2022, Nhà văn hóa xã", "Lý do: Trùng lịch"):
        assert words in " ".join(now.split())
    client.post(address, {"do": "release"})
    assert [r.number for r in Release.objects.order_by("number")] == [1, 2]
    assert Release.objects.get(number=2).counts == {
        "standing": 3, "added": 1, "moved": 1, "cancelled": 1, "reworded": 0,
    }  # fmt: skip
    assert "Trùng lịch" in page(client, reverse("desk:release", args=[campaign.code, 2]))


def test_what_cannot_be_issued_is_said_and_leaves_no_trace(campaign, address):
    client = coordinating(campaign)
    for _ in range(2):
        answer = client.post(address, {"do": "release"}, follow=True)
    assert "Lịch không có gì thay đổi so với lần ban hành trước." in answer.content.decode()
    assert Release.objects.count() == 1


def test_an_empty_schedule_offers_nothing_to_issue():
    empty = week()
    client, address = coordinating(empty), reverse("desk:schedule", args=[empty.code])
    assert "Chưa có hoạt động nào được chấp nhận." in page(client, address)
    answer = client.post(address, {"do": "release"}, follow=True)
    assert "Chưa có hoạt động nào được chấp nhận để tổng hợp." in answer.content.decode()
    assert not Release.objects.exists()


def test_the_number_is_corrected_here_and_the_head_by_its_template(campaign, address):
    client = coordinating(campaign)
    given = {"issue_number": "/SGDĐT-GDTX", "parent_document": "", "do": "correct"}
    assert client.post(address, given).status_code == 302
    template = reverse("desk:paper_template", args=[campaign.code, "lich"])
    assert template in page(client, address)
    client.post(template, {"issuer": " Sở  Giáo dục ", "place": "Ninh Thuận", "signer": "Nguyễn Văn A", "do": "save",
                           "signature": "KT. Giám đốc\r\n\r\nPhó Giám đốc"})  # fmt: skip
    word = client.get(reverse("schedule:standing", args=[campaign.code, "docx"])).content
    head, end = Document(io.BytesIO(word)).tables[:2]
    assert [p.text for p in head.cell(0, 0).paragraphs][:2] == ["UBND TỈNH NINH THUẬN", "SỞ GIÁO DỤC"]
    assert head.cell(1, 0).paragraphs[0].text.split() == ["Số:", "/SGDĐT-GDTX"]
    assert [p.text for p in end.cell(0, 1).paragraphs] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn A"]


def test_saving_nothing_new_writes_nothing_in_the_journal(campaign, address):
    assert coordinating(campaign).post(address, {"do": "correct"}).status_code == 302
    assert not Entry.objects.filter(what="campaigns.campaign.correct").exists()


def test_a_number_without_a_symbol_is_asked_for_again_with_what_was_typed(campaign, address):
    answer = coordinating(campaign).post(address, {"do": "correct", "issue_number": "2108"})
    assert answer.status_code == 422
    assert "Xin viết số và ký hiệu như 2108/SGDĐT-GDTX." in answer.content.decode()
    campaign.refresh_from_db()
    assert campaign.issue_number == ""


def test_a_release_gets_its_number_after_signing(campaign):
    release_schedule(campaign, by=coordinator(campaign), at=IN_TIME)
    client, address = coordinating(campaign), reverse("desk:release", args=[campaign.code, 1])
    named = "Công văn số 2108/SGDĐT-GDTX ngày 30/9/2022 của Sở Giáo dục và Đào tạo"
    client.post(address, {"issue_number": "2108/SGDĐT-GDTX", "parent_document": named})
    assert "ngày 30 tháng 9 năm 2022" in page(client, address)
    word = client.get(reverse("schedule:release", args=[campaign.code, 1, "docx"])).content
    assert f"(Kèm theo {named})" in [p.text for p in Document(io.BytesIO(word)).paragraphs]
    assert client.post(address, {"issue_number": "hai"}).status_code == 422


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_file_can_be_taken_away_under_its_own_name(campaign, ending):
    release_schedule(campaign, by=coordinator(campaign), at=IN_TIME)
    client = coordinating(campaign)
    draft = client.get(reverse("schedule:standing", args=[campaign.code, ending]))
    issued = client.get(reverse("schedule:release", args=[campaign.code, 1, ending]))
    assert draft["Content-Disposition"] == f'attachment; filename="lich-ninh-thuan-2022-du-thao.{ending}"'
    assert issued["Content-Disposition"] == f'attachment; filename="lich-ninh-thuan-2022-lan-1.{ending}"'
    assert draft.content
    assert issued.content


def addresses(campaign):
    district = unit_of(campaign, "ubnd-585")
    return {
        "schedule": reverse("desk:schedule", args=[campaign.code]),
        "release": reverse("desk:release", args=[campaign.code, 1]),
        "draft file": reverse("schedule:standing", args=[campaign.code, "csv"]),
        "release file": reverse("schedule:release", args=[campaign.code, 1, "csv"]),
        "district": reverse("desk:unit_schedule", args=[district.pk]),
        "district file": reverse("schedule:of_unit", args=[district.pk, "csv"]),
    }


def statuses(client, found):
    return {name: client.get(address).status_code for name, address in found.items()}


def test_who_reaches_what(campaign):
    release_schedule(campaign, by=coordinator(campaign), at=IN_TIME)
    found = addresses(campaign)
    everything = dict.fromkeys(found, 200)
    own = dict.fromkeys(found, 404) | {"schedule": 302, "district": 200, "district file": 200}
    nothing = dict.fromkeys(found, 404)
    assert statuses(coordinating(campaign), found) == everything
    assert statuses(signed_in(Role.OFFICER, at=unit_of(campaign, "ubnd-585")), found) == own
    assert statuses(signed_in(Role.OFFICER, at=unit_of(campaign, "ubnd-586")), found) == nothing | {"schedule": 302}
    assert statuses(coordinating(week("khac")), found) == nothing
    assert statuses(signed_in(None), found) == nothing
    assert statuses(Client(), found) == dict.fromkeys(found, 302)


def test_a_stranger_issues_nothing(campaign, address):
    for client in (signed_in(None), signed_in(Role.OFFICER, at=unit_of(campaign, "ubnd-585"))):
        assert client.post(address, {"do": "release"}).status_code == 404
    assert not Release.objects.exists()


def test_what_is_not_there_is_not_found(campaign):
    client = coordinating(campaign)
    assert client.get(reverse("schedule:release", args=[campaign.code, 1, "csv"])).status_code == 404
    assert client.get(reverse("schedule:standing", args=[campaign.code, "exe"])).status_code == 404
    school = unit_of(campaign, "th-lamson")
    assert client.get(reverse("schedule:of_unit", args=[school.pk, "csv"])).status_code == 404


def test_a_district_prints_what_stands_under_it_and_nothing_else(campaign):
    district = signed_in(Role.OFFICER, at=unit_of(campaign, "ubnd-585"))
    led = district.get(reverse("desk:schedule", args=[campaign.code]), follow=True)
    assert "<b>2</b> hoạt động" in led.content.decode()
    word = Document(io.BytesIO(district.get(addresses(campaign)["district file"].replace("csv", "docx")).content))
    assert word.tables[0].cell(0, 0).paragraphs[0].text == "ỦY BAN NHÂN DÂN HUYỆN NINH SƠN"
    assert [line.cells[3].text for line in word.tables[2].rows[2:]] == ["Ngày hội đọc sách", "Thi kể chuyện"]


def test_a_personal_link_opens_no_schedule(campaign):
    host = unit_of(campaign, "ubnd-585")
    signed = accounts.make_link(
        host.unit, campaign_id=campaign.pk, expires_at=IN_TIME + dt.timedelta(days=9), by=SYSTEM, at=IN_TIME
    )
    client = Client()
    client.post(f"/l/{signed}/")
    assert statuses(client, addresses(campaign)) == dict.fromkeys(addresses(campaign), 404)


@pytest.mark.parametrize("more", [0, 30])
def test_the_page_asks_no_more_when_there_are_more_activities(campaign, address, more, django_assert_max_num_queries):
    if more:
        registered(unit_of(campaign, "tv-58"), [row(f"Việc {n}") for n in range(more)])
    release_schedule(campaign, by=coordinator(campaign), at=IN_TIME)
    client = coordinating(campaign)
    with django_assert_max_num_queries(12):
        page(client, address)


def test_the_number_of_an_issued_letter_is_not_offered_to_the_next(campaign, address):
    client = coordinating(campaign)
    client.post(address, {"do": "correct", "issue_number": "2108/SGDĐT-GDTX"})
    assert 'value="2108/SGDĐT-GDTX"' in page(client, address)
    client.post(address, {"do": "release"})
    assert 'value="2108/SGDĐT-GDTX"' not in page(client, address)
