"""The pages of a Week's papers: listed, typed, seen, numbered."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import IN_TIME, registered, row, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.campaigns.models import LegalBasis
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.office.models import OfficialPaper
from tuanhoc.schedule.actions import number_release, release_schedule
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db

AT = dt.datetime(2022, 10, 3, 9, 30, tzinfo=HANOI)


@pytest.fixture
def campaign(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    return week()


def signed_in(role, *, unit=None, campaign=None):
    user = User.objects.create_user(f"{role.value}@ninhthuan.example")
    accounts.give_seat(user, role, unit=unit, campaign_id=campaign.pk if campaign else None, by=SYSTEM, at=AT)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def office(campaign):
    return signed_in(Role.COORDINATOR, campaign=campaign)


def page(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def post(client, kind, campaign, **given):
    return client.post(reverse("desk:paper", args=[campaign.code, kind]), given)


def test_every_paper_is_listed_with_its_state(office, campaign):
    listed = page(office, "desk:papers", campaign.code)
    for title in (
        "Kế hoạch tổ chức Tuần lễ",
        "Giấy mời dự lễ khai mạc",
        "Công văn gửi lịch tổng hợp",
        "Công văn đôn đốc",
    ):
        assert title in listed
    assert listed.count("Dự thảo, chưa có số") == 2
    assert "Chưa ban hành lần nào" in listed
    assert "7 đơn vị đã đến hạn mà chưa có lịch" in listed


def test_a_release_shows_whether_its_letter_has_a_number(office, campaign):
    registered(unit_of(campaign, "th-lamson"), [row()])
    release = release_schedule(campaign, by=SYSTEM, at=AT)
    assert "Ban hành lần 1, chưa ghi số" in page(office, "desk:papers", campaign.code)
    number_release(release, number="2108/SGDĐT", parent_document="", by=SYSTEM, at=AT)
    assert "Ban hành lần 1, số 2108/SGDĐT" in page(office, "desk:papers", campaign.code)


def test_place_and_hour_are_typed_once_and_seen_in_the_paper(office, campaign):
    answer = post(
        office, "giay-moi", campaign, do="draft", starts_at="7h30", place="Hội trường  tỉnh", guests=" A \n\nB"
    )
    assert answer.status_code == 302
    assert OfficialPaper.objects.get().typed == {"starts_at": "07:30:00", "place": "Hội trường tỉnh", "guests": "A\nB"}
    seen = page(office, "desk:paper", campaign.code, "giay-moi")
    assert "Thời gian: 07 giờ 30 phút, thứ Bảy, ngày 01 tháng 10 năm 2022." in seen
    assert 'value="Hội trường tỉnh"' in seen
    assert 'value="07:30"' in seen


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("giay-moi", {"do": "draft", "starts_at": "25h"}, "Giờ chưa đọc được"),
        ("don-doc", {"do": "draft", "reply_by": "mai"}, "Ngày chưa đọc được"),
        ("don-doc", {"do": "draft", "reply_by": "20/9/2022"}, "Ngày 20/09/2022 đã qua"),
        ("ke-hoach", {"do": "issue", "number": "abc", "issued_on": "05/09/2022"}, "Xin viết số và ký hiệu"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_kept(office, campaign, kind, given, said):
    answer = post(office, kind, campaign, **given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not OfficialPaper.objects.exists()


def test_a_signed_paper_gets_its_number_and_shows_it(office, campaign):
    answer = post(office, "ke-hoach", campaign, do="issue", number="5", issued_on="05/09/2022")
    paper = OfficialPaper.objects.get()
    assert answer["Location"] == reverse("desk:issued_paper", args=[paper.pk])
    assert (paper.number, paper.issued_on) == ("5/KH-UBND", dt.date(2022, 9, 5))
    seen = page(office, "desk:issued_paper", paper.pk)
    assert "Số: 05/KH-UBND" in seen
    assert "Ninh Thuận, ngày 05 tháng 9 năm 2022" in seen
    listed = page(office, "desk:papers", campaign.code)
    assert "Số 5/KH-UBND ngày 05/09/2022" in listed
    assert reverse("office:issued", args=[paper.pk, "docx"]) in listed


def test_a_number_given_twice_is_refused_on_the_page(office, campaign):
    post(office, "ke-hoach", campaign, do="issue", number="5/KH-UBND", issued_on="05/09/2022")
    answer = post(office, "giay-moi", campaign, do="issue", number="5/KH-UBND", issued_on="06/09/2022")
    assert answer.status_code == 422
    assert "đã ghi cho một văn bản khác" in answer.content.decode()


def test_number_and_day_can_be_corrected(office, campaign):
    post(office, "ke-hoach", campaign, do="issue", number="5/KH-UBND", issued_on="05/09/2022")
    paper = OfficialPaper.objects.get()
    address = reverse("desk:issued_paper", args=[paper.pk])
    assert office.post(address, {"number": "6/KH-UBND", "issued_on": "32/9/2022"}).status_code == 422
    assert office.post(address, {"number": "6/KH-UBND", "issued_on": "6/9/2022"}).status_code == 302
    paper.refresh_from_db()
    assert (paper.number, paper.issued_on) == ("6/KH-UBND", dt.date(2022, 9, 6))


@pytest.mark.parametrize(
    ("kind", "day", "doubt"),
    [
        ("ke-hoach", "15/01/2019", "đã qua hơn 60 ngày"),
        ("ke-hoach", "04/10/2022", "chưa đến"),
        ("don-doc", "03/10/2022", "sau ngày cuối mà công văn đề nghị"),
    ],
)
def test_a_day_of_signing_that_is_most_likely_a_slip_is_asked_about_once(
    office, campaign, monkeypatch, kind, day, doubt
):
    monkeypatch.setattr(clock, "now", lambda: AT - dt.timedelta(days=1))
    post(office, "don-doc", campaign, do="draft", reply_by="2/10/2022")
    monkeypatch.setattr(clock, "now", lambda: AT)
    typed = {"do": "issue", "number": "7/SGDĐT", "issued_on": day}
    asked = post(office, kind, campaign, **typed)
    assert asked.status_code == 422
    assert doubt in asked.content.decode()
    assert f"nếu đúng là {day}, bấm lần nữa để ghi" in asked.content.decode()
    assert not OfficialPaper.objects.exclude(number="").exists()
    [sure] = re.findall(r'name="sure" value="([^"]+)"', asked.content.decode())
    assert post(office, kind, campaign, **typed, sure="2022-09-01").status_code == 422
    assert post(office, kind, campaign, **typed, sure=sure).status_code == 302


def test_a_kept_letter_says_when_the_last_day_it_asks_for_has_passed(office, campaign, monkeypatch):
    post(office, "don-doc", campaign, do="draft", reply_by="5/10/2022")
    said = "Ngày cuối đề nghị gửi lịch trong bản này đã qua"
    assert said not in page(office, "desk:paper", campaign.code, "don-doc")
    monkeypatch.setattr(clock, "now", lambda: AT + dt.timedelta(days=3))
    assert said in page(office, "desk:paper", campaign.code, "don-doc")


def test_a_basis_that_no_longer_stands_is_said_beside_the_plan_and_not_printed_in_it(office, campaign):
    LegalBasis.objects.create(campaign=campaign, symbol="07/TT-BTC", normalized="07/2018/TT-BTC", stale="Đã thay thế.")
    seen = page(office, "desk:paper", campaign.code, "ke-hoach")
    assert "<strong>07/2018/TT-BTC</strong>: Đã thay thế." in seen
    assert "Căn cứ Thông tư" not in seen


def test_the_list_of_a_reminder_is_fixed_by_its_button(office, campaign):
    post(office, "don-doc", campaign, do="draft", reply_by="05/10/2022")
    for key in ("th-lamson", "tv-58"):
        registered(unit_of(campaign, key))
    seen = page(office, "desk:paper", campaign.code, "don-doc")
    assert "- Thư viện tỉnh: chưa nhận được lịch, quá hạn 03 ngày;" in seen
    assert "chậm nhất ngày 05 tháng 10 năm 2022" in seen
    assert 'value="05/10/2022"' in seen


def test_nobody_late_is_a_sentence_instead_of_a_letter(office, campaign, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    assert "Không có đơn vị nào trễ" in page(office, "desk:paper", campaign.code, "don-doc")
    answer = post(office, "don-doc", campaign, do="issue", number="1/X", issued_on="05/09/2022")
    assert answer.status_code == 422
    assert not OfficialPaper.objects.exists()


def test_a_district_works_on_its_own_reminder(campaign):
    district = unit_of(campaign, "ubnd-585")
    client = signed_in(Role.OFFICER, unit=district.unit)
    address = reverse("desk:unit_paper", args=[district.pk])
    assert "Trường Tiểu học Lâm Sơn" in client.get(address).content.decode()
    client.post(address, {"do": "issue", "number": "12/UBND-VX", "issued_on": "3/10/2022"})
    paper = OfficialPaper.objects.get()
    assert (paper.host, paper.number) == (district, "12/UBND-VX")
    assert client.get(reverse("desk:issued_paper", args=[paper.pk])).status_code == 200
    assert client.get(reverse("desk:papers", args=[campaign.code])).status_code == 404
    assert client.get(reverse("desk:paper", args=[campaign.code, "ke-hoach"])).status_code == 404


def test_an_unknown_kind_is_not_there(office, campaign):
    assert office.get(reverse("desk:paper", args=[campaign.code, "to-trinh"])).status_code == 404
