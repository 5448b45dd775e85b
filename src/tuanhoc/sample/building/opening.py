"""Before the first registration: areas, units and people, the plan read, the call opened."""

import dataclasses
import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.models import Campaign
from tuanhoc.files.actions import keep
from tuanhoc.intake import rules as intake
from tuanhoc.intake.plan import as_json, read_plan
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.papers.reading import read
from tuanhoc.sample import rules, snapshots
from tuanhoc.units import actions as units
from tuanhoc.units.models import Unit
from tuanhoc.units.rules import UnitRow

DATA = Path(__file__).parents[1] / "data"
PLAN = "plan-ninh-thuan-2022.docx"
AREAS = ("ninhthuan_58_2022.csv", "ninhthuan_58_2024-11-01.csv", "khanhhoa_56_from_2025-07-01.csv")

#: Most of them are reached by telephone or Zalo only.
_SELDOM_BY_MAIL = frozenset({
    "commune_committee", "community_centre", "school_pre", "school_primary", "school_lower",
})  # fmt: skip

#: What the plan does not say and the coordinator fills in.
CORRECTIONS = {
    "help_name": "Phòng Giáo dục thường xuyên, Sở GDĐT (mẫu)",
    "help_phone": "0259 000 0000",
    "help_hours": "7:30–17:00, thứ Hai đến thứ Sáu",
    "issuer_superior": "UBND TỈNH NINH THUẬN",
    "issuer_name": "SỞ GIÁO DỤC VÀ ĐÀO TẠO",
    "issue_place": "Ninh Thuận",
    "issue_number": "/SGDĐT-GDTX",
    "signature_lines": "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
    "signer_name": "Nguyễn Văn Mẫu",
}
#: How the province's plan is signed.
PLAN_TEMPLATE = {
    "signature": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
    "signer": "Trần Thị Mẫu",
    "recipients": [
        "Bộ Giáo dục và Đào tạo",
        "Thường trực Tỉnh ủy",
        "Các sở, ban, ngành",
        "UBND các huyện, thành phố",
        "Lưu: VT, VXNV",
    ],
}
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đàng", "Châu", "Katơr", "Pinăng", "Huỳnh", "Bùi", "Đạo")
_MIDDLES = ("Thị", "Văn", "Ngọc", "Thanh", "Minh", "Thu")
_GIVEN = ("Lan", "Hùng", "Nga", "Bình", "Hạnh", "Sơn", "Yến", "Phúc", "Thảo", "Dũng", "Vy", "Khoa", "Trinh", "Long")


@transaction.atomic
def open_the_call(turn: random.Random, say: Callable[[str], None]) -> Campaign:
    """Return the campaign, its call open since the first stage; nobody has registered yet."""
    opened = rules.STAGES[0].at
    at = opened - dt.timedelta(days=1)
    for name in AREAS:
        units.load_areas((DATA / "areas" / name).read_text(encoding="utf-8-sig"))
    rows = units.rows_of_csv((DATA / "units.csv").read_text(encoding="utf-8-sig"))
    made, _changed = units.load_units(units.check([_with_contact(row, turn) for row in rows]), by=SYSTEM, at=at)
    say(f"  {made} đơn vị, mỗi đơn vị một đầu mối liên hệ (hư cấu)")
    campaign = _from_the_plan(at=at)
    say(f"  Đọc kế hoạch của tỉnh: “{campaign.theme}”")
    expected = campaigns.open_call(campaign, by=SYSTEM, at=opened)
    say(f"  Mở đăng ký: {expected} đơn vị được mời")
    _seat_people(campaign, at=opened)
    _make_school_link(campaign, at=opened)
    return campaign


def _with_contact(row: UnitRow, turn: random.Random) -> UnitRow:
    # No telephone in Viet Nam has 000 after the area code; .example is nobody's domain.
    return dataclasses.replace(
        row,
        contact_name=f"{turn.choice(_FAMILIES)} {turn.choice(_MIDDLES)} {turn.choice(_GIVEN)} (mẫu)",
        contact_role="Đầu mối Tuần lễ",
        phone=f"0259 000 {turn.randrange(10_000):04d}",
        email=f"{row.key}@mau.example" if row.kind not in _SELDOM_BY_MAIL or turn.random() < 0.05 else "",
    )


def _from_the_plan(*, at: dt.datetime) -> Campaign:
    data = (DATA / PLAN).read_bytes()
    said = as_json(read_plan(read(data, PLAN)))
    campaign = campaigns.prepare_campaign(
        intake.campaign_draft(said, code=rules.CODE),
        province=Unit.objects.get(key="ubnd-58"),
        coordinator=Unit.objects.get(key=rules.COORDINATOR.unit_key),
        plan_file=keep(data, at=at),
        by=SYSTEM,
        at=at,
    )
    campaigns.correct_campaign(campaign, CORRECTIONS, by=SYSTEM, at=at)
    campaigns.set_paper_template(campaign, "plan", PLAN_TEMPLATE, by=SYSTEM, at=at)
    return campaign


def _seat_people(campaign: Campaign, *, at: dt.datetime) -> None:
    coordinator = User.objects.create_user(rules.COORDINATOR.email, name=rules.COORDINATOR.name)
    accounts.give_seat(coordinator, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=at)
    leader = User.objects.create_user(rules.LEADER.email, name=rules.LEADER.name)
    accounts.give_seat(leader, Role.VIEWER, unit=Unit.objects.get(key=rules.LEADER.unit_key), by=SYSTEM, at=at)
    # No password is set: the account opens by the sample's own button alone.
    User.objects.create_user(rules.OPERATOR.email, name=rules.OPERATOR.name, is_superuser=True, is_staff=True)
    for officer in rules.DISTRICT_OFFICERS:
        user = User.objects.create_user(officer.email, name=officer.name)
        accounts.give_seat(user, Role.OFFICER, unit=Unit.objects.get(key=officer.unit_key), by=SYSTEM, at=at)


def _make_school_link(campaign: Campaign, *, at: dt.datetime) -> None:
    token = accounts.make_link(
        Unit.objects.get(key=rules.SCHOOL_KEY),
        campaign_id=campaign.pk,
        expires_at=rules.link_closes_at(at),
        by=SYSTEM,
        at=at,
    )
    snapshots.folder().mkdir(parents=True, exist_ok=True)
    (snapshots.folder() / "school-link").write_text(token, encoding="ascii")
