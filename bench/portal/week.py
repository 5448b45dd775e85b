"""Fill an empty database with one Week of many activities, from the sample's own texts. Always the same Week.

``python bench/portal/week.py COUNT [FIRST_DAY]``: so many public activities, from three days ago unless told otherwise.
"""
# ruff: noqa: E402 - Django is set up before its models are read

import datetime as dt
import json
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuanhoc.config.settings.dev")

import django

django.setup()

from django.db import transaction

import tuanhoc.sample
from tuanhoc.activities.models import Activity, Registration, State
from tuanhoc.activities.rules import ActivityDraft, audience_groups, search_texts
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.campaigns.rules import CampaignDraft
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.dates import HANOI
from tuanhoc.units import actions as units
from tuanhoc.units.models import Unit

DATA = Path(tuanhoc.sample.__file__).parent / "data"
THEME = "Thúc đẩy chuyển đổi số phục vụ cho học tập suốt đời sau đại dịch COVID-19"


def campaign_from(first: dt.date) -> Campaign:
    """Load areas and units, open the call two weeks before ``first``."""
    opened_at = dt.datetime.combine(first - dt.timedelta(14), dt.time(8), HANOI)
    units.load_areas((DATA / "areas" / "ninhthuan_58_2022.csv").read_text(encoding="utf-8"))
    rows = units.rows_of_csv((DATA / "units.csv").read_text(encoding="utf-8"))
    units.load_units(units.check(rows), by=SYSTEM, at=opened_at)
    campaign = campaigns.prepare_campaign(
        CampaignDraft(
            code=f"ninh-thuan-{first.year}",
            title=f"Tuần lễ hưởng ứng học tập suốt đời năm {first.year}",
            year=first.year,
            theme=THEME,
            starts_on=first,
            ends_on=first + dt.timedelta(6),
            opening_on=first,
            registration_closes_at=dt.datetime.combine(first, dt.time(), HANOI),
            report_closes_at=dt.datetime.combine(first + dt.timedelta(14), dt.time(), HANOI),
        ),
        province=Unit.objects.get(key="ubnd-58"),
        coordinator=Unit.objects.get(key="so-gddt"),
        by=SYSTEM,
        at=opened_at,
    )
    campaigns.open_call(campaign, by=SYSTEM, at=opened_at)
    help_line = {"help_name": "Phòng GDTX, Sở Giáo dục và Đào tạo", "help_phone": "0259 000 0000"}
    campaigns.correct_campaign(campaign, help_line, by=SYSTEM, at=opened_at)
    return campaign


def drafts(hosts: list[RosterUnit], first: dt.date) -> Iterator[tuple[RosterUnit, ActivityDraft]]:
    """Yield rows without end: each unit in turn, a text of its kind, a day, some with an end day."""
    kinds = json.loads((DATA / "web_activities.json").read_text(encoding="utf-8"))
    texts = [text for of_kind in kinds.values() for text in of_kind]
    dice = random.Random(2022)
    while True:
        for host in hosts:
            text = dice.choice(kinds.get(host.kind) or texts)
            names = {"{name}": host.name, "{area}": host.area.name if host.area else host.name}
            day = first + dt.timedelta(dice.choices(range(7), weights=(6, 5, 4, 5, 4, 4, 3))[0])
            online = text["form"] in {"online", "both"}
            yield (
                host,
                ActivityDraft(
                    held_on=day,
                    ends_on=day + dt.timedelta(2) if dice.random() < 0.05 else None,
                    starts_at=text["start"] and dt.time.fromisoformat(text["start"]),
                    ends_at=text["end"] and dt.time.fromisoformat(text["end"]),
                    part_of_day="" if text["start"] else dice.choice(["", "morning", "afternoon", "evening"]),
                    content=_named(text["content"], names),
                    place=_named(text["place"], names),
                    note=text["note"],
                    form=text["form"] or "",
                    link="https://hoc.example.vn/phong-3" if online else "",
                    audience=text["audience"],
                    audience_groups=audience_groups(text["audience"]),
                    expected_people=text["expected_people"],
                    area_id=host.area_id,
                    fee="20.000 đồng tiền tài liệu" if dice.random() < 0.03 else "",
                ),
            )


def _named(text: str, names: dict[str, str]) -> str:
    for blank, name in names.items():
        text = text.replace(blank, name)
    return text


@transaction.atomic
def fill(count: int, first: dt.date) -> None:
    """Write the Week in one go: what counts here is how it is read."""
    campaign = campaign_from(first)
    at = dt.datetime.combine(first - dt.timedelta(5), dt.time(9), HANOI)
    hosts = list(campaign.roster.select_related("area").in_reading_order())  # type: ignore[attr-defined]
    accepted = Registration.objects.bulk_create(
        Registration(host=host, state=State.ACCEPTED, submitted_at=at) for host in hosts
    )
    of_host = {registration.host_id: registration for registration in accepted}
    lines = []
    for position, (host, row) in zip(range(count), drafts(hosts, first), strict=False):
        values = {name: getattr(row, name) for name in ActivityDraft.__dataclass_fields__}
        values["audience_groups"] = f",{','.join(row.audience_groups)}," if row.audience_groups else ""
        folded, marked = search_texts(row, host.name)
        line = Activity(registration=of_host[host.pk], position=position // len(hosts) + 1, changed_at=at, **values)
        line.search_folded, line.search_marked = folded, marked
        lines.append(line)
    Activity.objects.bulk_create(lines, batch_size=500)


if __name__ == "__main__":
    today = dt.datetime.now(HANOI).date()
    begins = dt.date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else today - dt.timedelta(3)
    fill(int(sys.argv[1]), begins)
