"""Few builders that speak the domain: a province, its Week, and what units registered."""

import datetime as dt

from tuanhoc.activities import actions as activity_actions
from tuanhoc.activities.models import Registration
from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.campaigns import actions as campaign_actions
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.campaigns.rules import CampaignDraft, DutyDraft
from tuanhoc.lib.actor import SYSTEM, Actor, Role, SeatValue
from tuanhoc.lib.dates import HANOI
from tuanhoc.units import actions as unit_actions
from tuanhoc.units.models import Unit

OPENED_AT = dt.datetime(2022, 9, 20, 8, tzinfo=HANOI)
IN_TIME = dt.datetime(2022, 9, 28, 9, 30, tzinfo=HANOI)
TOO_LATE = dt.datetime(2022, 10, 1, tzinfo=HANOI)

UNITS = """key,parent_key,kind,name,place_code,is_real
bo,,ministry,Bộ Giáo dục và Đào tạo,,1
ubnd-58,bo,province_committee,UBND tỉnh Ninh Thuận,58,1
so-gddt,ubnd-58,department,Sở Giáo dục và Đào tạo,58,1
so-tttt,ubnd-58,department,Sở Thông tin và Truyền thông,58,1
tv-58,ubnd-58,library,Thư viện tỉnh,58,1
ubnd-585,ubnd-58,district_committee,UBND huyện Ninh Sơn,585,1
ubnd-586,ubnd-58,district_committee,UBND huyện Ninh Hải,586,1
xa-lamson,ubnd-585,commune_committee,UBND xã Lâm Sơn,22846,1
th-lamson,xa-lamson,school_primary,Trường Tiểu học Lâm Sơn,22846,0
xa-nhonhai,ubnd-586,commune_committee,UBND xã Nhơn Hải,22861,1
"""


def province(text: str = UNITS) -> Unit:
    """Load a small province and return its committee."""
    unit_actions.load_units(unit_actions.check(unit_actions.rows_of_csv(text)), by=SYSTEM, at=OPENED_AT)
    return Unit.objects.get(key="ubnd-58")


def prepared(code: str = "ninh-thuan-2022") -> Campaign:
    """Return the Week of 2022, its call not yet open."""
    return campaign_actions.prepare_campaign(
        CampaignDraft(
            code=code,
            title="Tuần lễ hưởng ứng học tập suốt đời năm 2022",
            year=2022,
            theme="Thúc đẩy chuyển đổi số phục vụ cho học tập suốt đời sau đại dịch COVID-19",
            starts_on=dt.date(2022, 10, 1),
            ends_on=dt.date(2022, 10, 7),
            opening_on=dt.date(2022, 10, 1),
            registration_closes_at=TOO_LATE,
            report_closes_at=dt.datetime(2022, 10, 15, tzinfo=HANOI),
            duties=[DutyDraft("5.đ.1", "UBND các huyện, thành phố", "Xây dựng kế hoạch")],
        ),
        province=Unit.objects.get(key="ubnd-58"),
        coordinator=Unit.objects.get(key="so-gddt"),
        by=SYSTEM,
        at=OPENED_AT,
    )


def week(code: str = "ninh-thuan-2022") -> Campaign:
    """Return the Week of 2022 with its call open; loads the small province when there is none."""
    if not Unit.objects.exists():
        province()
    campaign = prepared(code)
    campaign_actions.open_call(campaign, by=SYSTEM, at=OPENED_AT)
    return campaign


def unit_of(campaign: Campaign, key: str) -> RosterUnit:
    """Return the roster unit of ``key``."""
    return campaign.roster.select_related("campaign", "unit", "reviewer").get(unit__key=key)


def someone(role: Role, *, at: RosterUnit) -> Actor:
    """Return a person seated at a unit."""
    return Actor(name=f"{role.value} {at.name}", seats=(SeatValue(role, unit_id=at.unit_id),), user_id=1)


def coordinator(campaign: Campaign) -> Actor:
    """Return the coordinator of a Week."""
    return Actor(name="Điều phối", seats=(SeatValue(Role.COORDINATOR, campaign_id=campaign.pk),), user_id=2)


def row(content: str = "Lớp kỹ năng số cho người cao tuổi", **fields: object) -> ActivityDraft:
    """Return one good row of 4 October."""
    given = {"held_on": dt.date(2022, 10, 4), "place": "Nhà văn hóa xã", **fields}
    return ActivityDraft(content=content, **given)  # type: ignore[arg-type]


def registered(
    host: RosterUnit,
    rows: list[ActivityDraft] | None = None,
    *,
    accepted: bool = True,
    at: dt.datetime = IN_TIME,
) -> Registration:
    """Return what ``host`` registered: saved, handed in, and accepted unless told otherwise."""
    by = someone(Role.OFFICER, at=host)
    registration = activity_actions.begin_registration(host, by=by, at=at)
    activity_actions.save_rows(registration, rows or [row()], by=by, at=at)
    activity_actions.submit_registration(registration, by=by, at=at)
    if accepted:
        activity_actions.accept_registration(registration, by=SYSTEM, at=at)
    return registration
