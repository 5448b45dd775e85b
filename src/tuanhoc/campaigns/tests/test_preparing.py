"""Whom a plan's words reach, who reviews whom, and a Week corrected while it is prepared."""

import datetime as dt

import pytest
from tests.builders import OPENED_AT, UNITS, prepared, province, someone, unit_of, week

from tuanhoc.campaigns import access, actions, queries, rules
from tuanhoc.campaigns.models import Campaign
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI, last_minute

ROSTER = [
    rules.Expected(1, "department", "Sở Thông tin và Truyền thông"),
    rules.Expected(2, "department", "Sở Văn hóa, Thể thao và Du lịch"),
    rules.Expected(3, "media", "Báo Ninh Thuận"),
    rules.Expected(4, "media", "Đài Phát thanh và Truyền hình tỉnh"),
    rules.Expected(5, "district_committee", "UBND huyện Ninh Sơn"),
    rules.Expected(6, "district_committee", "UBND huyện Ninh Hải"),
    rules.Expected(7, "district_office", "Phòng GDĐT Ninh Sơn"),
    rules.Expected(8, "commune_committee", "UBND xã Lâm Sơn"),
    rules.Expected(9, "school_upper", "Trường THPT Ninh Hải"),
    rules.Expected(10, "association", "Hội Khuyến học tỉnh"),
    rules.Expected(11, "union", "Tỉnh đoàn"),
    rules.Expected(12, "school_primary", "Trường Tiểu học Lâm Sơn"),
]


@pytest.mark.parametrize(
    ("words", "reached"),
    [
        ("Sở TT&TT", [1]),
        ("Giám đốc Sở Thông tin và Truyền thông", [1]),
        ("Sở Văn hoá, Thể thao và Du lịch; Sở Thông tin và Truyền thông", [1, 2]),
        ("Báo Ninh Thuận, Đài Phát thanh và Truyền hình tỉnh Ninh Thuận", [3, 4]),
        ("Đài PT-TH tỉnh", [4]),
        ("UBND các huyện, thành phố", [5, 6]),
        ("Uỷ ban nhân dân các xã, phường, đặc khu", [8]),
        ("UBND các huyện, thành phố và UBND các xã, phường, thị trấn", [5, 6, 8]),
        ("Phòng Giáo dục và Đào tạo các huyện, thành phố", [7]),
        ("UBND huyện Ninh Sơn", [5]),
        ("UBND huyện Ninh Phước", []),
        ("Các sở, ban, ngành và Tỉnh đoàn", [1, 2, 11]),
        ("Các trường tiểu học, trung học phổ thông", [9, 12]),
        ("Hội Khuyến học tỉnh Ninh Thuận", [10]),
        ("Hội Khuyến học tỉnh Ninh Thuận và Báo Ninh Thuận", [3, 10]),
        ("Ban Dân tộc", []),
        ("", []),
    ],
)
def test_the_plans_words_reach_named_units_and_kinds_and_nobody_by_guess(words, reached):
    assert rules.owners(words, ROSTER) == reached


def test_where_there_are_no_districts_schools_are_reviewed_by_their_commune():
    province, commune = ("province_committee", "tỉnh"), ("commune_committee", "xã")
    assert rules.reviewer("school_primary", [province, commune]) == "xã"
    assert rules.reviewer("commune_committee", [province]) is None
    assert rules.reviewer("school_primary", [province, ("district_committee", "huyện"), commune]) == "huyện"
    assert rules.reviewer("school_upper", [province, commune]) is None


@pytest.mark.django_db
def test_the_preview_says_what_the_opening_then_does():
    province()
    campaign = prepared()
    people = queries.prospects(campaign.province, campaign.coordinator, OPENED_AT.date())
    seen = queries.roster_preview(people)
    assert (seen.total, len(seen.unreachable)) == (7, 7)
    assert dict(seen.by_reviewer) == {None: 4, "UBND huyện Ninh Sơn": 2, "UBND huyện Ninh Hải": 1}
    actions.open_call(campaign, by=SYSTEM, at=OPENED_AT)
    opened = campaign.roster.select_related("reviewer")
    assert [(p.unit.pk, p.path) for p in people] == list(opened.order_by("name_order").values_list("unit_id", "path"))
    assert {r.unit_id: r.reviewer and r.reviewer.name for r in opened} == {
        p.unit.pk: p.reviewer and p.reviewer.name for p in people
    }


@pytest.mark.django_db
def test_a_call_that_would_ask_nobody_is_not_opened():
    province("\n".join(UNITS.split("\n")[:4]))
    campaign = prepared()
    with pytest.raises(actions.NobodyToAsk):
        actions.open_call(campaign, by=SYSTEM, at=OPENED_AT)
    campaign.refresh_from_db()
    assert (campaign.state, campaign.roster.count()) == (Campaign.State.PREPARING, 0)


def draft(**fields):
    given = {
        "code": "ninh-thuan-2022", "title": "Tuần lễ", "year": 2022, "theme": "", "starts_on": dt.date(2022, 10, 1),
        "ends_on": dt.date(2022, 10, 7), "duties": [rules.DutyDraft("1", "Thư viện tỉnh", "Mở cửa")],
    }  # fmt: skip
    return rules.CampaignDraft(**(given | fields))


@pytest.mark.django_db
def test_contents_are_replaced_while_preparing_and_never_after():
    province()
    campaign = prepared()
    actions.replace_contents(campaign, draft(), by=SYSTEM, at=OPENED_AT)
    assert [d.text for d in campaign.duties.all()] == ["Mở cửa"]
    actions.open_call(campaign, by=SYSTEM, at=OPENED_AT)
    before = Entry.objects.count()
    with pytest.raises(actions.CallAlreadyOpen):
        actions.correct_campaign(campaign, {"theme": "X"}, contents=draft(duties=[]), by=SYSTEM, at=OPENED_AT)
    campaign.refresh_from_db()
    assert (campaign.theme != "X", campaign.duties.count(), Entry.objects.count()) == (True, 1, before)


@pytest.mark.django_db
def test_a_week_never_ends_before_it_starts():
    province()
    campaign = prepared()
    with pytest.raises(actions.WeekEndsBeforeItStarts):
        actions.correct_campaign(campaign, {"ends_on": dt.date(2022, 9, 1)}, by=SYSTEM, at=OPENED_AT)
    campaign.refresh_from_db()
    assert campaign.ends_on == dt.date(2022, 10, 7)


@pytest.mark.django_db
def test_an_open_call_keeps_a_deadline():
    campaign = week()
    with pytest.raises(actions.NoDeadline):
        actions.correct_campaign(campaign, {"registration_closes_at": None}, by=SYSTEM, at=OPENED_AT)


@pytest.mark.django_db
def test_who_prepares_a_week_and_of_which_province():
    campaign = week()
    officer = someone(Role.OFFICER, at=unit_of(campaign, "ubnd-585"))
    assert not access.may_prepare(officer)
    assert list(access.provinces(officer)) == []
    assert [unit.key for unit in access.provinces(SYSTEM)] == ["ubnd-58"]
    assert access.unit_ids_within(officer, OPENED_AT.date()) == set()


@pytest.mark.parametrize(
    ("report_closes_at", "said"),
    [
        (dt.datetime(2022, 10, 15, tzinfo=HANOI), "đến hết 23:59 ngày 14/10/2022"),
        (dt.datetime(2022, 10, 14, 17, tzinfo=HANOI), "đến hết 23:59 ngày 14/10/2022"),
        (None, "đến hết 23:59 ngày 6/11/2022"),
    ],
)
def test_links_open_until_the_end_of_a_day(report_closes_at, said):
    week = Campaign(ends_on=dt.date(2022, 10, 7), report_closes_at=report_closes_at)
    assert last_minute(week.links_close_at) == said
