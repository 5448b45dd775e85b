"""The coordinator's way from the plan to the open call."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.builders import OPENED_AT, prepared, province, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import Seat, User
from tuanhoc.campaigns.models import Campaign
from tuanhoc.intake.models import PlanFile
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.units import actions as units
from tuanhoc.units.models import Unit
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
PLAN = Path(__file__).parents[2] / "sample" / "data" / "plan-ninh-thuan-2022.docx"


@pytest.fixture(autouse=True)
def before_the_call(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: OPENED_AT)


def signed_in(name: str, **fields: object) -> Client:
    client = Client()
    client.force_login(User.objects.create_user(f"{name}@example.vn", **fields))
    return client


@pytest.fixture
def operator():
    return signed_in("operator", is_superuser=True)


@pytest.fixture
def coordinator():
    """Return somebody who coordinates another, earlier Week of the province."""
    province()
    client = signed_in("lan")
    earlier = prepared("ninh-thuan-2021")
    accounts.give_seat(
        User.objects.get(email="lan@example.vn"), Role.COORDINATOR, campaign_id=earlier.pk, by=SYSTEM, at=OPENED_AT
    )
    return client


def sent(client: Client, data: bytes | None = None, name: str = "ke-hoach.docx"):
    given = SimpleUploadedFile(name, PLAN.read_bytes() if data is None else data)
    return client.post(reverse("desk:plans"), {"plan": given, "do": "read"})


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.bin", "Vui lòng gửi kế hoạch là tệp Word (.docx, .doc), PDF hoặc văn bản (.txt)"), ("a.docx", "Tệp bị hỏng")],
)
def test_what_is_no_plan_is_refused_by_what_this_page_takes(coordinator, name, said):
    page = sent(coordinator, b"\xff\xfe\x00\x01" * 50, name)
    assert said in page.content.decode()
    assert 'accept=".docx,.doc,.odt,.rtf,.pdf,.txt"' in page.content.decode()
    assert not PlanFile.objects.exists()


def fields_of(page) -> dict[str, str]:
    """Return what the page's form would post."""
    shown = page.context["shown"]
    groups = [*shown.week, *shown.closing, *shown.help, *shown.place]
    rows = [*shown.duties, *shown.bases, *shown.directions]
    fields = [*groups, *(f.beside for f in groups if f.beside), *(f for row in rows for f in row.fields)]
    return {field.name: field.value for field in fields} | dict(row.hidden for row in rows if row.hidden)


def test_from_the_plan_to_the_open_call(coordinator):
    page = coordinator.get(sent(coordinator)["Location"])
    answer = coordinator.post(page.wsgi_request.path, fields_of(page) | {"do": "prepare"})
    assert answer["Location"] == reverse("desk:campaign", args=["ninh-thuan-2022"])

    campaign = Campaign.objects.get(code="ninh-thuan-2022")
    again = coordinator.get(reverse("desk:correct", args=[campaign.code])).context["shown"].week[0]
    assert again.source["sentence"] == "Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022"
    assert campaign.registration_closes_at == dt.datetime(2022, 10, 1, tzinfo=HANOI)
    assert campaign.report_closes_at == dt.datetime(2022, 10, 15, tzinfo=HANOI)
    assert (campaign.duties.count(), campaign.legal_bases.count(), campaign.directions.count()) == (9, 3, 7)
    assert [b.symbol for b in campaign.legal_bases.exclude(stale="")] == ["07/TT-BTC"]
    assert Seat.objects.filter(user__email="lan@example.vn", campaign_id=campaign.pk).count() == 1

    confirm = coordinator.get(reverse("desk:open_call", args=[campaign.code]))
    assert confirm.context["preview"].total == 7
    assert campaign.roster.count() == 0  # looking opened nothing
    coordinator.post(reverse("desk:open_call", args=[campaign.code]))
    campaign.refresh_from_db()
    assert (campaign.state, campaign.roster.count()) == (Campaign.State.OPEN, 7)
    assert coordinator.get(reverse("desk:campaign", args=[campaign.code])).context["expected"] == 7


def test_a_unit_sees_its_duties_deadline_and_help_line_after_the_opening(operator):
    campaign = week()
    operator.post(reverse("desk:correct", args=[campaign.code]), {"help_name": "Phòng GDTX", "help_phone": "0259 382"})
    district = signed_in("district")
    accounts.give_seat(
        User.objects.get(email="district@example.vn"), Role.OFFICER, unit=unit_of(campaign, "ubnd-585").unit,
        by=SYSTEM, at=OPENED_AT,
    )  # fmt: skip
    home = district.get(reverse("desk:home")).content.decode()
    assert [words in home for words in ("Xây dựng kế hoạch", "đến hết 23:59 ngày 30/9/2022", "0259 382")] == [True] * 3


def test_each_value_stands_beside_its_sentence_and_what_is_not_said_is_marked(coordinator):
    plan = "KẾ HOẠCH\nTổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022\n1. Thời gian\nTừ ngày 01/10 đến 07/10/2022."
    page = coordinator.get(sent(coordinator, plan.encode(), "ke-hoach.txt")["Location"])
    shown = page.context["shown"]
    by_name = {field.name: field for field in (*shown.week, *shown.closing)}
    assert by_name["starts_on"].source["sentence"] == "Từ ngày 01/10 đến 07/10/2022."
    assert {name for name, field in by_name.items() if field.unsaid} == {
        "theme", "opening_on", "registration_day", "report_day", "report_to",
    }  # fmt: skip
    assert page.content.decode().count("kế hoạch không nêu") == 5


def test_a_draft_survives_leaving_the_page_and_errors_lose_nothing(coordinator):
    page = coordinator.get(sent(coordinator)["Location"])
    address = page.wsgi_request.path
    wrong = fields_of(page) | {"ends_on": "mùng bảy", "theme": "Chủ đề của tỉnh", "do": "prepare"}
    answer = coordinator.post(address, wrong)
    assert answer.status_code == 409
    assert not Campaign.objects.filter(code="ninh-thuan-2022").exists()

    again = coordinator.get(address)
    kept = fields_of(again)
    assert (kept["ends_on"], kept["theme"]) == ("mùng bảy", "Chủ đề của tỉnh")
    assert [plan.pk for plan in coordinator.get(reverse("desk:plans")).context["plans"]] == [PlanFile.objects.get().pk]


def test_duties_are_added_dropped_and_matched(coordinator):
    page = coordinator.get(sent(coordinator)["Location"])
    address = page.wsgi_request.path
    coordinator.post(address, fields_of(page) | {"do": "add-d"})
    page = coordinator.get(address)
    assert [row.asked.words for row in page.context["shown"].duties[:4]] == [
        "Đơn vị điều phối", "Đơn vị điều phối", "Sở Thông tin và Truyền thông", "",
    ]  # fmt: skip
    new = {"d-9-unit": "Thư viện tỉnh", "d-9-text": "Mở cửa cả Chủ nhật", "d-9-due": "30/9", "d-0-drop": "1"}
    coordinator.post(address, fields_of(page) | new | {"do": "prepare"})
    campaign = Campaign.objects.get(code="ninh-thuan-2022")
    duty = campaign.duties.order_by("-pk")[0]
    assert (duty.unit_words, duty.text, duty.due_on) == ("Thư viện tỉnh", "Mở cửa cả Chủ nhật", dt.date(2022, 9, 30))
    assert campaign.duties.count() == 9
    coordinator.post(reverse("desk:open_call", args=[campaign.code]))
    assert [owner.name for owner in duty.owners.all()] == ["Thư viện tỉnh"]


def test_two_clicks_make_one_campaign(coordinator):
    page = coordinator.get(sent(coordinator)["Location"])
    posted = fields_of(page) | {"do": "prepare"}
    for _ in range(2):
        coordinator.post(page.wsgi_request.path, posted)
    assert Campaign.objects.filter(year=2022, code__startswith="ninh-thuan-2022").count() == 1


def test_a_code_already_taken_is_said_and_the_draft_stays(coordinator):
    page = coordinator.get(sent(coordinator)["Location"])
    answer = coordinator.post(page.wsgi_request.path, fields_of(page) | {"code": "ninh-thuan-2021", "do": "prepare"})
    assert answer.status_code == 409
    assert "“ninh-thuan-2021” đã có" in answer.content.decode()
    assert PlanFile.objects.get().typed["code"] == "ninh-thuan-2021"


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0 old word", b"PK broken", b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_refused_in_words_and_leaves_no_trace(coordinator, data):
    answer = sent(coordinator, data)
    assert answer.status_code == 409
    assert "notice-error" in answer.content.decode()
    assert not PlanFile.objects.exists()


def test_without_a_readable_file_everything_is_filled_in_by_hand(coordinator):
    address = coordinator.post(reverse("desk:plans"), {"do": "blank"})["Location"]
    page = coordinator.get(address)
    given = {
        "title": "Tuần lễ 2023", "year": "2023", "starts_on": "02/10/2023", "ends_on": "8/10", "code": "nt-2023",
        "registration_day": "28/9/2023", "registration_time": "17h00", "do": "prepare",
    }  # fmt: skip
    coordinator.post(address, fields_of(page) | given)
    campaign = Campaign.objects.get(code="nt-2023")
    assert campaign.ends_on == dt.date(2023, 10, 8)
    assert campaign.registration_closes_at == dt.datetime(2023, 9, 28, 17, tzinfo=HANOI)
    assert campaign.theme == ""


def test_a_prepared_week_is_corrected_whole(coordinator):
    campaign = Campaign.objects.get()
    address = reverse("desk:correct", args=[campaign.code])
    posted = fields_of(coordinator.get(address)) | {"d-0-text": "Xây dựng kế hoạch\r\nvà báo cáo", "theme": "Mới"}
    answer = coordinator.post(address, posted)
    assert answer["Location"] == reverse("desk:campaign", args=[campaign.code])
    campaign.refresh_from_db()
    assert (campaign.theme, campaign.duties.get().text) == ("Mới", "Xây dựng kế hoạch\nvà báo cáo")
    written = list(Entry.objects.order_by("pk").values_list("what", flat=True))
    assert written[-2:] == ["campaigns.campaign.rewrite", "campaigns.campaign.correct"]


def test_saving_unchanged_writes_nothing(coordinator):
    address = reverse("desk:correct", args=[Campaign.objects.get().code])
    before = Entry.objects.count()
    coordinator.post(address, fields_of(coordinator.get(address)))
    assert Entry.objects.count() == before


def test_after_the_opening_a_deadline_moves_for_all_and_days_and_duties_stay(coordinator):
    campaign = Campaign.objects.get()
    coordinator.post(reverse("desk:open_call", args=[campaign.code]))
    address = reverse("desk:correct", args=[campaign.code])
    coordinator.post(address, {"registration_day": "3/10/2022", "starts_on": "05/10/2022", "d-0-text": "Khác"})
    campaign.refresh_from_db()
    later = dt.datetime(2022, 10, 4, tzinfo=HANOI)
    assert (campaign.registration_closes_at, campaign.starts_on) == (later, dt.date(2022, 10, 1))
    assert set(campaign.roster.values_list("closes_at", flat=True)) == {later}
    assert campaign.duties.get().text == "Xây dựng kế hoạch"
    assert coordinator.post(address, {"registration_day": ""}).status_code == 409


def test_what_is_unusual_of_a_correction_is_asked_about_before_it_is_saved(coordinator, monkeypatch):
    campaign = Campaign.objects.get()
    coordinator.post(reverse("desk:open_call", args=[campaign.code]))
    monkeypatch.setattr(clock, "now", lambda: OPENED_AT + dt.timedelta(days=5))
    address, typed = (
        reverse("desk:correct", args=[campaign.code]),
        {"report_day": "6/9/2022", "registration_day": "9/10"},
    )
    asked = coordinator.post(address, typed)
    said = asked.content.decode()
    assert asked.status_code == 409
    for words in ("đến trước khi Tuần lễ kết thúc", "Hạn báo cáo này đã qua", "Hạn đăng ký đến sau khi Tuần lễ"):
        assert words in said
    assert 'value="6/9/2022"' in said
    before = campaign.report_closes_at
    campaign.refresh_from_db()
    assert campaign.report_closes_at == before
    [sure] = re.findall(r'name="sure" value="([^"]+)"', said)
    assert coordinator.post(address, typed | {"sure": "report"}).status_code == 409
    assert coordinator.post(address, typed | {"sure": sure}).status_code == 302
    campaign.refresh_from_db()
    assert campaign.report_closes_at == dt.datetime(2022, 9, 7, tzinfo=HANOI) != before
    # What stands as it is, is not asked about again.
    assert coordinator.post(address, {"help_name": "Phòng GDTX"}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "taken"),
    [("abc", False), ("12", False), ("0259 382 2022", True), ("1022", True), ("ĐT: (0259) 3.822.022, máy lẻ 1", True)],
)
def test_a_help_line_is_a_number(coordinator, typed, taken):
    campaign = Campaign.objects.get()
    coordinator.post(reverse("desk:open_call", args=[campaign.code]))
    answer = coordinator.post(reverse("desk:correct", args=[campaign.code]), {"help_phone": typed})
    assert answer.status_code == (302 if taken else 409)
    assert taken or "Số điện thoại chưa đúng" in answer.content.decode()
    campaign.refresh_from_db()
    assert campaign.help_phone == (typed if taken else "")


def test_a_week_without_a_theme_is_said_so_where_it_is_made_and_where_its_call_opens(coordinator):
    draft = coordinator.post(reverse("desk:plans"), {"do": "blank"})["Location"]
    said, link = "Chủ đề còn để trống", 'href="#f-theme"'
    page = coordinator.get(draft).content.decode()
    assert said in page
    assert link in page
    Campaign.objects.update(theme="")
    address = reverse("desk:open_call", args=[Campaign.objects.get().code])
    page = coordinator.get(address).content.decode()
    assert "Chưa có chủ đề" in page
    assert '/sua/#f-theme"' in page
    Campaign.objects.update(theme="Học để làm")
    assert "Chưa có chủ đề" not in coordinator.get(address).content.decode()


def addresses(plan: PlanFile) -> list[str]:
    code = Campaign.objects.get().code
    named = [reverse("desk:plan", args=[plan.pk]), reverse("desk:plans")]
    return named + [reverse(f"desk:{name}", args=[code]) for name in ("campaign", "correct", "open_call")]


def test_only_whoever_prepares_reaches_the_pages(coordinator, operator):
    sent(coordinator)
    plan, nobody = PlanFile.objects.get(), signed_in("nobody")
    assert [coordinator.get(a).status_code for a in addresses(plan)] == [200] * 5
    assert [operator.get(a).status_code for a in addresses(plan)] == [200] * 5
    assert [nobody.get(a).status_code for a in addresses(plan)] == [404] * 5
    assert [Client().get(a).status_code for a in addresses(plan)] == [302] * 5


def test_the_coordinator_of_another_province_sees_neither_plan_nor_week(coordinator):
    sent(coordinator)
    plan, nearby = PlanFile.objects.get(), addresses(PlanFile.objects.get())
    other = signed_in("far")
    accounts.give_seat(
        User.objects.get(email="far@example.vn"), Role.COORDINATOR, campaign_id=999, by=SYSTEM, at=OPENED_AT
    )
    assert [other.get(a).status_code for a in nearby] == [404, 200, 404, 404, 404]
    own = other.post(reverse("desk:plans"), {"do": "blank"})["Location"]
    ours = Campaign.objects.get()
    answer = other.post(own, {
        "title": "A", "year": "2023", "starts_on": "01/10/2023", "ends_on": "07/10/2023", "code": "a",
        "province": str(ours.province_id), "coordinator": str(ours.coordinator_id), "do": "prepare",
    })  # fmt: skip
    assert answer.status_code == 409
    assert Campaign.objects.count() == 1
    assert plan.campaign is None


def test_a_department_of_another_province_is_neither_offered_nor_taken(coordinator):
    there = "ubnd-56,,province_committee,UBND tỉnh Khánh Hòa,56,1\nso-56,ubnd-56,department,Sở của tỉnh khác,56,1\n"
    rows = units.rows_of_csv("key,parent_key,kind,name,place_code,is_real\n" + there)
    units.load_units(units.check(rows), by=SYSTEM, at=OPENED_AT)
    page = coordinator.get(sent(coordinator)["Location"])
    assert "Sở của tỉnh khác" not in page.content.decode()
    theirs = {"coordinator": str(Unit.objects.get(key="so-56").pk)}
    answer = coordinator.post(page.wsgi_request.path, fields_of(page) | theirs | {"do": "prepare"})
    assert (answer.status_code, Campaign.objects.filter(coordinator__key="so-56").exists()) == (409, False)
