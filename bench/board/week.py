"""Fill an empty database with one open Week of so many units, in every state, and the Week before it."""

import datetime as dt
import random

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import PersonalLink, User
from tuanhoc.activities.models import Activity, Registration, State, Submission
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.campaigns.rules import CampaignDraft, DutyDraft
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI, day_start
from tuanhoc.units.models import Area, Contact, ReportingEdge, Unit

DISTRICTS, COMMUNES = 7, 65
_STATES = (
    (State.ACCEPTED, 45), (State.SUBMITTED, 15), (State.RETURNED, 4), (State.DRAFT, 8), (State.NIL, 3), (None, 25),
)  # fmt: skip


def fill(count: int, at: dt.datetime) -> tuple[Campaign, User]:
    """Make the Weeks of ``count`` units; return the open one and who coordinates it."""
    dice = random.Random(2022)
    province, coordinator, units = _units(count)
    today = at.astimezone(HANOI).date()
    before = _week("tuan-le-truoc", province, coordinator, today - dt.timedelta(363), opened=at - dt.timedelta(375))
    campaign = _week("tuan-le-nay", province, coordinator, today + dt.timedelta(4), opened=at - dt.timedelta(8))
    assert campaign.roster.count() == len(units)
    for week, rows in ((before, 2), (campaign, 7)):
        _registrations(week, rows, dice)
    Contact.objects.bulk_create(
        Contact(unit=unit, name=f"Cán bộ {n}", phone=f"0259 {n:06d}", email=f"cb{n}@don-vi.example" if n % 3 else "")
        for n, unit in enumerate(units)
        if n % 20
    )
    PersonalLink.objects.bulk_create(
        PersonalLink(
            unit=unit, campaign_id=campaign.pk, token_digest=f"{n:064d}", made_at=at, expires_at=at,
            last_used_at=at if n % 2 else None,
        )
        for n, unit in enumerate(units)
    )  # fmt: skip
    user = User.objects.create_user("dieu-phoi@tinh.example")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=at)
    return campaign, user


def _units(count: int) -> tuple[Unit, Unit, list[Unit]]:
    """Make a province of districts, communes and schools; return it, its education department and who is asked."""
    area = Area.objects.create(level="province", name="Tỉnh mẫu")
    province = Unit.objects.create(key="tinh", kind="province_committee", name="UBND tỉnh", area=area)
    department = Unit.objects.create(key="so", kind="department", name="Sở Giáo dục và Đào tạo")
    kinds = ["district_committee"] * DISTRICTS + ["commune_committee"] * COMMUNES
    kinds += [
        ("school_primary", "school_lower", "school_pre", "community_centre")[n % 4] for n in range(count - len(kinds))
    ]
    units = Unit.objects.bulk_create(
        Unit(key=f"dv-{n}", kind=kind, name=f"{Unit.Kind(kind).label} số {n}") for n, kind in enumerate(kinds)
    )
    above = {}
    for n, unit in enumerate(units):
        if n < DISTRICTS:
            above[unit.pk] = province
        elif n < DISTRICTS + COMMUNES:
            above[unit.pk] = units[n % DISTRICTS]
        else:
            above[unit.pk] = units[DISTRICTS + n % COMMUNES]
    above[department.pk] = province
    ReportingEdge.objects.bulk_create(ReportingEdge(unit_id=pk, reports_to=over) for pk, over in above.items())
    return province, department, units


def _week(code: str, province: Unit, coordinator: Unit, first: dt.date, *, opened: dt.datetime) -> Campaign:
    draft = CampaignDraft(
        code=code, title=f"Tuần lễ học tập suốt đời {first.year}", year=first.year, theme="Học suốt đời",
        starts_on=first, ends_on=first + dt.timedelta(6), registration_closes_at=day_start(first),
        duties=[
            DutyDraft(f"5.{n}", "UBND các huyện, thành phố", f"Việc thứ {n}", first - dt.timedelta(10 - 3 * n))
            for n in range(1, 8)
        ],
    )  # fmt: skip
    campaign = campaigns.prepare_campaign(draft, province=province, coordinator=coordinator, by=SYSTEM, at=opened)
    campaigns.open_call(campaign, by=SYSTEM, at=opened)
    return campaign


def _registrations(campaign: Campaign, rows: int, dice: random.Random) -> None:
    opened = campaign.opened_at or campaign.links_close_at
    states, weights = zip(*_STATES, strict=True)
    made = []
    for host in RosterUnit.objects.filter(campaign=campaign):
        state = dice.choices(states, weights)[0]
        if state is None:
            continue
        moment = opened + dt.timedelta(hours=dice.randrange(24 * 8))
        handed = None if state is State.DRAFT else moment
        made.append(
            Registration(
                host=host, state=state, submitted_at=handed, nil_reason="Đang sửa chữa" if state is State.NIL else ""
            )
        )
    Registration.objects.bulk_create(made)
    Submission.objects.bulk_create(
        Submission(
            registration=r, number=f"{campaign.year}-{r.pk}-1", submitted_at=r.submitted_at, is_late=False, rows=[],
            sha256="0" * 64, by_name="Cán bộ",
        )
        for r in made
        if r.submitted_at and r.state != State.NIL
    )  # fmt: skip
    Activity.objects.bulk_create(
        (
            Activity(
                registration=r, position=n, held_on=campaign.starts_on + dt.timedelta(n % 7), place="Nhà văn hóa",
                content="Lớp kỹ năng số cho người cao tuổi", changed_at=opened,
            )
            for r in made
            if r.state != State.NIL
            for n in range(rows)
        ),
        batch_size=2000,
    )  # fmt: skip
