import pytest
from tests.builders import OPENED_AT, prepared, province, unit_of, week

from tuanhoc.campaigns import actions, rules
from tuanhoc.campaigns.models import Campaign
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.units.models import Unit

pytestmark = pytest.mark.django_db


def test_the_ministry_the_province_and_the_coordinator_are_not_expected():
    campaign = week()
    assert set(campaign.roster.values_list("unit__key", flat=True)) == {
        "so-tttt", "tv-58", "ubnd-585", "ubnd-586", "xa-lamson", "th-lamson", "xa-nhonhai",
    }  # fmt: skip


def test_the_roster_stays_as_it_was_when_a_unit_is_renamed_later():
    campaign = week()
    Unit.objects.filter(key="ubnd-585").update(name="UBND xã Ninh Sơn")
    assert unit_of(campaign, "ubnd-585").name == "UBND huyện Ninh Sơn"


def test_communes_and_schools_are_reviewed_by_their_district_and_others_by_the_coordinator():
    campaign = week()
    district = unit_of(campaign, "ubnd-585")
    assert unit_of(campaign, "th-lamson").reviewer == district
    assert unit_of(campaign, "xa-lamson").reviewer == district
    assert district.reviewer is None
    assert unit_of(campaign, "tv-58").reviewer is None


def test_a_duty_of_a_kind_of_unit_finds_every_unit_of_it_at_opening():
    campaign = week()
    assert set(campaign.duties.get().owners.values_list("name", flat=True)) == {
        "UBND huyện Ninh Sơn",
        "UBND huyện Ninh Hải",
    }


def test_opening_twice_opens_once():
    campaign = week()
    again = Campaign.objects.get(pk=campaign.pk)
    with pytest.raises(actions.CallAlreadyOpen):
        actions.open_call(again, by=SYSTEM, at=OPENED_AT)
    assert campaign.roster.count() == 7


def test_a_call_without_a_deadline_is_not_opened():
    province()
    campaign = prepared()
    actions.correct_campaign(campaign, {"registration_closes_at": None}, by=SYSTEM, at=OPENED_AT)
    with pytest.raises(actions.NoDeadline):
        actions.open_call(campaign, by=SYSTEM, at=OPENED_AT)


def test_words_that_match_nobody_give_nobody():
    roster = [rules.Expected(1, "department", "Sở Thông tin và Truyền thông")]
    assert rules.owners("Ban Dân tộc", roster) == []
    assert rules.owners("Sở thông tin và truyền thông", roster) == [1]
