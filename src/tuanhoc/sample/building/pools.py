"""What units put in their schedules: pools of believable lines by kind of unit, drawn with the fixed seed."""

import datetime as dt
import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.campaigns.models import RosterUnit

from .opening import DATA

#: How often the seven days from Saturday 1 to Friday 7 October are chosen. Schools rest on Sunday.
_WEEKDAYS = (1, 0, 5, 5, 5, 5, 4)
_EVERY_DAY = (4, 3, 4, 4, 4, 4, 4)
_AT_SCHOOL = (2, 0, 5, 5, 5, 5, 4)
_DAYS = {
    "school_pre": _AT_SCHOOL, "school_primary": _AT_SCHOOL, "school_lower": _AT_SCHOOL, "school_upper": _AT_SCHOOL,
    "district_office": _WEEKDAYS, "department": _WEEKDAYS,
}  # fmt: skip
#: Least and most lines of one unit.
_HOW_MANY = {
    "district_committee": (10, 13), "district_office": (4, 6), "library": (9, 11), "museum": (6, 8), "media": (4, 6),
    "union": (3, 5), "association": (3, 4), "department": (3, 5), "culture_centre": (4, 6),
    "continuing_centre": (3, 5), "school_upper": (3, 4), "commune_committee": (2, 4), "community_centre": (2, 4),
}  # fmt: skip
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Pools:
    """The lines by kind of unit, and the words that fill their slots."""

    lines: Mapping[str, Sequence[Mapping[str, Any]]]
    slots: Mapping[str, Sequence[str]]

    def draw(self, host: RosterUnit, turn: random.Random) -> list[ActivityDraft]:
        """Return one unit's schedule in the order of the paper; the same ``turn`` draws the same."""
        pool = self.lines.get(host.kind) or self.lines["department"]
        least, most = _HOW_MANY.get(host.kind, (1, 3))
        chosen = turn.sample(list(pool), k=turn.randint(least, most))
        opening = [line for line in pool if line["content"].startswith("Lễ khai mạc")]
        if opening and host.kind == "district_committee" and opening[0] not in chosen:
            chosen[0] = opening[0]
        rows = [self._row(line, host, turn) for line in chosen]
        return sorted(rows, key=lambda row: (row.held_on or dt.date.max, row.starts_at or dt.time.max))

    def _row(self, line: Mapping[str, Any], host: RosterUnit, turn: random.Random) -> ActivityDraft:
        words = {slot: turn.choice(texts) for slot, texts in self.slots.items()}
        words |= {
            "name": host.name.replace(" (mẫu)", ""),
            "area": _place(host),
            "key": host.unit.key,
        }
        day = _day(line, host, turn)
        begins, ends = _hours(line, turn)
        span = int(line.get("span", 1))
        people = line.get("expected_people")

        def filled(name: str) -> str:
            return _SLOT.sub(lambda slot: words[slot.group(1)], line.get(name) or "")

        return ActivityDraft(
            held_on=day,
            ends_on=min(day + dt.timedelta(days=span - 1), host.campaign.ends_on) if span > 1 else None,
            starts_at=begins,
            ends_at=ends,
            part_of_day=_part(line) if begins is None and line["start"] else "",
            place=filled("place"),
            content=filled("content"),
            note=filled("note"),
            form=line["form"],
            link=filled("link"),
            audience=line["audience"],
            expected_people=max(5, round(people * turn.uniform(0.7, 1.3) / 5) * 5) if people else None,
            fee=line.get("fee", ""),
        )


def load() -> Pools:
    """Read the pools."""
    kinds = json.loads((DATA / "web_activities.json").read_text(encoding="utf-8"))
    slots = kinds.pop("slots")
    return Pools(kinds, slots)


def _place(host: RosterUnit) -> str:
    """Return the unit's own area as people say it: ``xã Lâm Sơn``, not ``Xã Lâm Sơn``."""
    if host.area is None:
        return "tỉnh Ninh Thuận"
    name = host.area.name
    return name[0].lower() + name[1:] if name.startswith(("Xã ", "Phường ", "Thị trấn ", "Huyện ", "Thành ")) else name


def _day(line: Mapping[str, Any], host: RosterUnit, turn: random.Random) -> dt.date:
    first = host.campaign.starts_on
    if line.get("on"):
        return first + dt.timedelta(days=turn.choice(line["on"]))
    evening = line["start"] is not None and line["start"] >= "17:00"
    weights = _EVERY_DAY if evening else _DAYS.get(host.kind, _EVERY_DAY)
    return first + dt.timedelta(days=turn.choices(range(7), weights)[0])


def _hours(line: Mapping[str, Any], turn: random.Random) -> tuple[dt.time | None, dt.time | None]:
    """Return the hours; some units write only "sáng" or "chiều", some begin half an hour earlier or later."""
    shift = turn.choice((0, 0, 0, 30, -30))
    if line["start"] is None or turn.random() < 0.12:
        return None, None
    if not "08:00" <= line["start"] <= "18:30":
        shift = 0
    begins, ends = (_shifted(line[name], shift) for name in ("start", "end"))
    return begins, ends if turn.random() < 0.8 else None


def _shifted(text: str, minutes: int) -> dt.time:
    total = int(text[:2]) * 60 + int(text[3:]) + minutes
    return dt.time(total // 60, total % 60)


def _part(line: Mapping[str, Any]) -> str:
    start = line["start"]
    return "morning" if start < "12:00" else "afternoon" if start < "17:00" else "evening"
