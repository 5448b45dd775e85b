"""A new edition from the last: everything carried, its days moved, and corrected before anybody is asked."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from tests.builders import IN_TIME, coordinator

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import Seat, User
from tuanhoc.activities import actions as activities
from tuanhoc.activities.queries import standing_reasons
from tuanhoc.campaigns import actions
from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.rules import BasisDraft, CampaignDraft, DutyDraft, PhaseDraft
from tuanhoc.desk.weeks.editions import proposed, typed_of_edition
from tuanhoc.desk.weeks.reading import draft_of
from tuanhoc.intake.models import PlanFile
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.shifts import Shift
from tuanhoc.units.models import Succession, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]


@pytest.fixture
def last(campaign):
    """The Week of 2022 with a phase, a due duty, a stale basis and a help line."""
    actions.set_phases(
        campaign, [PhaseDraft("Tháng tuyên truyền", dt.date(2022, 9, 1), dt.date(2022, 9, 30))], by=SYSTEM, at=IN_TIME
    )
    campaign.duties.update(due_on=dt.date(2022, 9, 28))
    campaign.legal_bases.create(symbol="89/QĐ-TTg", normalized="89/QĐ-TTg", stale="đã được thay thế")
    campaign.level_deadlines.create(level="school", closes_at=dt.datetime(2022, 9, 26, tzinfo=HANOI))
    campaign.help_phone = "0259 000 000"
    campaign.head_confirms = True
    campaign.save()
    return campaign


def begin(officer, last, by="thu", year="2023"):
    answer = officer.post(reverse("desk:new_edition", args=[last.code]), {"do": "begin", "nam": year, "cach": by})
    return answer["Location"]


def fields_of(page):
    fields = {
        re.search(r'name="([^"]+)"', field)[1]: value[1]
        for field in re.findall(r"<input[^>]*name=[^>]*>", page)
        if 'type="checkbox"' not in field and (value := re.search(r' value="([^"]*)"', field))
    }
    fields |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n([^<]*)</textarea>', page))
    chosen = re.findall(r'<select[^>]*name="([^"]+)".*?<option value="(\d+)" selected', page, re.DOTALL)
    return {
        name: value for name, value in (fields | dict(chosen)).items() if not name.endswith(("token", "-drop", "seats"))
    }


def test_by_the_weekday_the_saturday_stays_a_saturday(last):
    new = proposed(last, 2023, Shift.WEEKDAY)
    assert (new.span.first, new.span.last) == (dt.date(2023, 9, 30), dt.date(2023, 10, 6))
    assert new.registration_day == dt.date(2023, 9, 29)


def test_by_the_date_the_first_of_october_stays_and_the_deadline_is_the_day_before(last):
    new = proposed(last, 2023, Shift.PLACE)
    assert (new.span.first, new.registration_day) == (dt.date(2023, 10, 1), dt.date(2023, 9, 30))


def test_the_date_is_proposed_first_because_the_week_is_held_about_the_second_of_october(officer, last):
    page = officer.get(reverse("desk:new_edition", args=[last.code])).content.decode()
    assert re.findall(r'name="cach" value="(\w+)" checked', page) == [Shift.PLACE.value]


@pytest.mark.parametrize("by", Shift)
def test_the_fields_of_a_new_edition_are_a_whole_draft(last, by):
    draft, errors = draft_of(typed_of_edition(last, 2023, by))
    assert errors == {}
    assert (draft.code, draft.year, draft.theme) == ("ninh-thuan-2023", 2023, "")
    assert "2023" in draft.title
    assert draft.ends_on - draft.starts_on == last.ends_on - last.starts_on
    gap = draft.starts_on - last.starts_on
    assert [(d.text, d.due_on) for d in draft.duties] == [("Xây dựng kế hoạch", dt.date(2022, 9, 28) + gap)]
    assert draft.phases == [PhaseDraft("Tháng tuyên truyền", dt.date(2022, 9, 1) + gap, dt.date(2022, 9, 30) + gap)]
    assert draft.registration_closes_at == last.registration_closes_at + gap


def test_the_page_shows_last_theme_stale_bases_and_reforms_since(officer, last):
    Unit.objects.filter(key="xa-lamson").update(name="UBND xã Lâm Sơn mới")
    Unit.objects.filter(key="xa-nhonhai").update(valid_to=dt.date(2022, 9, 1))
    page = officer.get(begin(officer, last)).content.decode()
    assert last.theme in page
    assert "đã được thay thế" in page
    assert "UBND xã Lâm Sơn mới" in page
    assert "1 đơn vị không còn" in page
    assert "1 đơn vị đổi tên" in page
    assert "đến hết 23:59 ngày 24/9/2023" in page


def test_made_it_carries_phases_heads_and_seats_and_nobody_is_asked(officer, last):
    second = User.objects.create_user("hai@ninhthuan.example")
    accounts.give_seat(second, Role.COORDINATOR, campaign_id=last.pk, by=SYSTEM, at=IN_TIME)
    address = begin(officer, last)
    typed = fields_of(officer.get(address).content.decode()) | {"theme": "Chủ đề mới", "seats": "on", "do": "prepare"}
    officer.post(address, typed)
    made = Campaign.objects.get(code="ninh-thuan-2023")
    assert (made.state, made.theme, made.help_phone) == ("preparing", "Chủ đề mới", "0259 000 000")
    assert made.head_confirms
    own = made.level_deadlines.get()
    assert (own.level, own.closes_at) == ("school", dt.datetime(2023, 9, 25, tzinfo=HANOI))
    assert [p.name for p in made.phases.all()] == ["Tháng tuyên truyền"]
    assert made.duties.get().text == "Xây dựng kế hoạch"
    assert made.legal_bases.get().stale == "đã được thay thế"
    assert Seat.objects.filter(campaign_id=made.pk).count() == 2


def test_seats_are_carried_only_where_that_was_chosen(officer, last):
    second = User.objects.create_user("hai@ninhthuan.example")
    accounts.give_seat(second, Role.COORDINATOR, campaign_id=last.pk, by=SYSTEM, at=IN_TIME)
    address = begin(officer, last)
    officer.post(address, fields_of(officer.get(address).content.decode()) | {"do": "prepare"})
    made = Campaign.objects.get(code="ninh-thuan-2023")
    assert not Seat.objects.filter(campaign_id=made.pk, user=second).exists()


def test_a_phase_that_runs_backwards_is_shown_and_nothing_typed_is_lost(officer, last):
    address = begin(officer, last)
    typed = fields_of(officer.get(address).content.decode()) | {"p-0-last": "01/01/2023", "do": "prepare"}
    answer = officer.post(address, typed)
    assert answer.status_code == 409
    assert "Ngày kết thúc đứng trước ngày bắt đầu" in answer.content.decode()
    assert PlanFile.objects.get().typed["p-0-last"] == "01/01/2023"
    assert not Campaign.objects.filter(year=2023).exists()


def test_a_year_that_is_none_is_said(officer, last):
    for typed in ("23", "abc", "2023 ", "20230", "-2023", "0"):
        answer = officer.get(reverse("desk:new_edition", args=[last.code]), {"nam": typed})
        is_year = typed.strip() == "2023"
        assert answer.status_code == (200 if is_year else 409)
        assert ("Năm gồm bốn chữ số" in answer.content.decode()) is not is_year
        assert f'name="nam" inputmode="numeric" value="{typed.strip()}"' in answer.content.decode()


def test_heads_are_asked_for_by_one_click_and_the_same_back(officer, campaign):
    address = reverse("desk:ask_for_heads", args=[campaign.code])
    assert officer.get(address)["Location"] == reverse("desk:campaign", args=[campaign.code])
    officer.post(address, {"thu-truong": "co"})
    campaign.refresh_from_db()
    assert campaign.head_confirms
    officer.post(address, {"thu-truong": "khong"})
    campaign.refresh_from_db()
    assert not campaign.head_confirms


def test_a_phase_in_a_draft_that_runs_backwards_is_refused(campaign):
    draft = CampaignDraft(
        "x-2023", "X", 2023, "", dt.date(2023, 10, 1), dt.date(2023, 10, 7),
        registration_closes_at=dt.datetime(2023, 10, 1, tzinfo=HANOI), bases=[BasisDraft("a", "a")],
        duties=[DutyDraft("1", "a", "b")], phases=[PhaseDraft("Ngược", dt.date(2023, 9, 2), dt.date(2023, 9, 1))],
    )  # fmt: skip
    with pytest.raises(actions.PhaseEndsBeforeItStarts):
        actions.prepare_campaign(
            draft, province=campaign.province, coordinator=campaign.coordinator, by=coordinator(campaign), at=IN_TIME
        )


def test_made_it_gives_back_with_the_same_words_and_the_list_is_its_own(officer, last):
    activities.write_reason(last, code="", label="Thiếu giờ", text="Xin ghi giờ. {han}", by=SYSTEM, at=IN_TIME)
    address = begin(officer, last)
    officer.post(address, fields_of(officer.get(address).content.decode()) | {"do": "prepare"})
    made = Campaign.objects.get(code="ninh-thuan-2023")
    assert [(t.label, t.used) for t in standing_reasons(made) if t.label == "Thiếu giờ"] == [("Thiếu giờ", 0)]
    assert len(standing_reasons(made)) == len(standing_reasons(last))
    activities.write_reason(made, code="", label="Mới", text="Mới", by=SYSTEM, at=IN_TIME)
    assert len(standing_reasons(made)) == len(standing_reasons(last)) + 1


def test_a_unit_whose_place_another_took_is_not_merely_gone(officer, last):
    old, new = Unit.objects.get(key="xa-nhonhai"), Unit.objects.get(key="xa-lamson")
    Unit.objects.filter(pk=old.pk).update(valid_to=dt.date(2022, 9, 1))
    Succession.objects.create(predecessor=old, successor=new, on=dt.date(2022, 9, 2))
    page = officer.get(begin(officer, last)).content.decode()
    assert "0 đơn vị không còn" in page
    assert "1 đơn vị đã sắp xếp vào đơn vị khác" in page
