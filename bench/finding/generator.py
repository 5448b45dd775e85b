"""A province's schedule drawn by chance, with the truth of it: which rows are one event, and which only look so.

Words come from the sample's pools of real phrases and from ``words.toml``; nothing here knows the program's rules.
"""

import datetime as dt
import json
import random
import re
import tomllib
import unicodedata
import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tuanhoc.findings.rules import Area, Areas, Row

from .province import DATA, Unit, areas_of_2022, units_of_2022

HERE = Path(__file__).parent
FIRST = dt.date(2022, 10, 1)
SCHOOLS = ("school_pre", "school_primary", "school_lower", "school_upper")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass
class Drawn:
    """Rows and the truth: pairs of activity ids that are one event, and pairs that only look so, by kind."""

    areas: Areas
    rows: list[Row] = field(default_factory=list)
    same: dict[tuple[int, int], str] = field(default_factory=dict)
    apart: dict[tuple[int, int], str] = field(default_factory=dict)


class Province:
    """The units of 2022, as often over as wanted, and the words they write."""

    def __init__(self, seed: int, *, part: int | None = None, times: int = 1) -> None:
        """``part``: of the pool's lines only those of one half, 0 or 1."""
        self.turn = random.Random(seed)
        self.words = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
        pools = json.loads((DATA / "web_activities.json").read_text(encoding="utf-8"))
        self.slots = pools.pop("slots")
        self.pools = {kind: [x for x in lines if _in_part(x, part) and _is_own(x)] for kind, lines in pools.items()}
        #: who had an event registered twice: once each, so that the truth stays plain
        self.hosts: set[int] = set()
        self.used: set[tuple[int, str]] = set()
        self.left: dict[int, list[dict[str, Any]]] = {}
        self.areas = areas_of_2022()
        self.units = units_of_2022(self.areas, times)
        self.by_area: dict[int, list[Unit]] = {}
        for unit in self.units:
            self.by_area.setdefault(unit.area.id, []).append(unit)
        self.drawn = Drawn(Areas.of(self.areas.values()))

    def schedule(self, *, rows: int, same: int, apart: int) -> Drawn:
        """Draw so many plain rows, pairs of one event, and pairs that only look so."""
        for number in range(rows):
            self.plain(self.units[number % len(self.units)])
        for _ in range(min(same, len(self.units) - 20)):
            self.twice()
        for number in range(apart):
            (self.formula, self.series, self.hall, self.villages, self.neighbours, self.sessions)[number % 6]()
        self.drawn.rows = self.turn.sample(self.drawn.rows, k=len(self.drawn.rows))
        return self.drawn

    # one row

    def plain(self, unit: Unit) -> Row:
        """One row as the unit writes it."""
        line = self.line_of(unit)
        chosen = {slot: self.turn.choice(texts) for slot, texts in self.slots.items()}
        chosen |= {"name": unit.name.replace(" (mẫu)", ""), "area": _lower(unit.area.name), "key": "x"}
        begins, ends, part = self.hours(line)
        day = FIRST + dt.timedelta(days=self.turn.randrange(7))
        span = int(line.get("span", 1))
        return self.add(
            unit, day, _filled(line["place"], chosen), _filled(line["content"], chosen), begins=begins, ends=ends,
            part=part, until=day + dt.timedelta(days=span - 1) if span > 1 else None, online=line["form"] == "online",
        )  # fmt: skip

    def line_of(self, unit: Unit) -> dict[str, Any]:
        """A phrase that this unit has not used: nobody registers one thing over and over; when all are, any."""
        pool = self.pools.get(unit.kind) or self.pools["department"]
        if not self.left.get(unit.id):
            self.left[unit.id] = self.turn.sample(pool, k=len(pool))
        return self.left[unit.id].pop()

    def hours(self, line: dict[str, Any]) -> tuple[dt.time | None, dt.time | None, str]:
        """Return hours, or a part of day, or nothing."""
        start = line["start"]
        if start is None or self.turn.random() < 0.1:
            return None, None, ""
        begins = dt.time.fromisoformat(start)
        if self.turn.random() < 0.2:
            return None, None, _part(begins)
        return begins, dt.time.fromisoformat(line["end"]) if self.turn.random() < 0.7 else None, ""

    def add(
        self, unit: Unit, day: dt.date, place: str, content: str, *, begins: dt.time | None = None,
        ends: dt.time | None = None, part: str = "", until: dt.date | None = None, online: bool = False, host: str = "",
    ) -> Row:  # fmt: skip
        """Add a row."""
        row = Row(
            activity_id=len(self.drawn.rows) + 1, unit_id=unit.id, unit_name=unit.name, area_id=unit.area.id,
            held_on=day, ends_on=until, starts_at=begins, ends_at=ends, part_of_day=part, place=place, content=content,
            host=host, is_online=online,
        )  # fmt: skip
        self.drawn.rows.append(row)
        return row

    # one event, two rows

    def twice(self) -> None:
        """One event by its host, and by a unit around it in that one's words."""
        host = self.turn.choice(self.units)
        while host.id in self.hosts:
            host = self.turn.choice(self.units)
        self.hosts.add(host.id)
        other = self.turn.choice([u for u in self.around(host) if u.id != host.id])
        opening = self.turn.random() < 0.12
        first = self.opening(host) if opening else self.one_hall(host)
        place = self.place_by(other, host, first.place)
        content, how = self.reworded(first.content, host)
        day, when, shift = self.when_by(first)
        self.drawn.rows.append(
            replace(
                first, activity_id=len(self.drawn.rows) + 1, unit_id=other.id, unit_name=other.name,
                area_id=other.area.id, place=place, content=content, held_on=day,
                ends_on=None if shift else first.ends_on,
                host=host.name if self.turn.random() < 0.3 else "", **when,
            )
        )  # fmt: skip
        kind = "opening" if opening else "off by a day" if shift else how
        self.drawn.same[first.activity_id, len(self.drawn.rows)] = kind

    def one_hall(self, host: Unit) -> Row:
        """A row of the host that stands at one house."""
        while True:
            row = self.plain(host)
            if (
                not row.is_online
                and row.ends_on is None
                and not re.search(r"^Các |^Hệ thống|Trang |điện tử|khung giờ|trực thuộc|kênh", row.place)
            ):
                return row
            self.drawn.rows.pop()

    def opening(self, host: Unit) -> Row:
        """The host's opening."""
        place = "Sân trường" if host.kind in SCHOOLS else f"Hội trường {host.name}"
        return self.add(
            host, FIRST + dt.timedelta(days=self.turn.randrange(3)), place,
            self.turn.choice(self.words["formulas"]["openings"][:2]), begins=dt.time(7, self.turn.choice((0, 15, 30))),
        )  # fmt: skip

    def around(self, host: Unit) -> list[Unit]:
        """Those who could register it too: of its commune, of its district, of the province."""
        up = [area for area in (host.area.id, host.area.parent_id) if area is not None]
        near = [u for area in up for u in self.by_area.get(area, []) if u.kind not in SCHOOLS]
        return near or self.by_area[1]

    def place_by(self, other: Unit, host: Unit, place: str) -> str:
        """The host's place as the other writes it: never "Sân trường", often its name only, sometimes an address."""
        name = host.name.replace(" (mẫu)", "")
        place = place if name in place or not place.startswith("Sân trường") else f"Sân {name}"
        chance = self.turn.random()
        if chance < 0.05:
            return ""
        if chance < 0.3 and name in place:
            place = name
        if chance > 0.93:
            place += f", {_lower(host.area.name)}"
        return self.turn.choice(self.words["before_place"]) + self.shortened(place, 0.6)

    def shortened(self, text: str, often: float) -> str:
        """Put abbreviations and other words for some."""
        changes = [*self.words["abbreviations"], *self.words["synonyms"]]
        self.turn.shuffle(changes)
        done = 0
        for long, short in changes:
            if done < 3 and long in text and self.turn.random() < often:
                text = text.replace(long, short, 1)
                done += 1
        return text

    def reworded(self, content: str, host: Unit) -> tuple[str, str]:
        """The same event in other words, and what was done to them."""
        how = self.turn.choice(("abbreviated", "abbreviated", "cut", "slips", "no marks", "upper case", "led in"))
        text = self.shortened(content, 0.5)
        if how == "cut":
            parts = re.split(r"(?<=[:,]) ", text)
            text = (parts[-1] if ":" in parts[0] and self.turn.random() < 0.4 else parts[0]).rstrip(":,")
            if len(text.split()) < 4:
                text = content
        elif how == "slips":
            text = self.slipped(self.slipped(text))
        elif how == "no marks":
            text = _no_marks(text)
        elif how == "upper case":
            text = text.upper()
        elif how == "led in":
            text = self.turn.choice([x for x in self.words["before"] if x]) + text[0].lower() + text[1:]
        if self.turn.random() < 0.3:
            text += self.turn.choice(self.words["after"])
        return text.replace("{host}", host.name.replace(" (mẫu)", "")), how

    def slipped(self, text: str) -> str:
        """One slip of the fingers."""
        at = self.turn.randrange(1, max(2, len(text) - 2))
        if not text[at].isalpha() or not text[at + 1 : at + 2].isalpha():
            return text
        return self.turn.choice(
            (
                text[:at] + text[at + 1 :],
                text[:at] + text[at + 1] + text[at] + text[at + 2 :],
                text[:at] + text[at] * 2 + text[at + 1 :],
            )
        )

    def when_by(self, row: Row) -> tuple[dt.date, dict[str, Any], int]:
        """The time as the other has it: the part of day, half an hour off, none; seldom the day before or after."""
        when: dict[str, Any] = {"starts_at": row.starts_at, "ends_at": row.ends_at, "part_of_day": row.part_of_day}
        chance = self.turn.random()
        if row.starts_at and chance < 0.35:
            when = {"starts_at": None, "ends_at": None, "part_of_day": _part(row.starts_at)}
        elif row.starts_at and chance < 0.5:
            when = {
                "starts_at": _later(row.starts_at, self.turn.choice((-30, 15, 30))),
                "ends_at": None,
                "part_of_day": "",
            }
        elif chance < 0.6:
            when = {"starts_at": None, "ends_at": None, "part_of_day": ""}
        shift = self.turn.choice((-1, 1)) if self.turn.random() < 0.08 else 0
        return row.held_on + dt.timedelta(days=shift), when, shift

    # two events that look like one

    def fresh(self, area: Area, text: str) -> bool:
        """Whether a look-alike of these words is new in the commune."""
        key = (area.id, text)
        is_new = key not in self.used
        self.used.add(key)
        return is_new

    def two(self, kind: str, one: Row, other: Row) -> None:
        """Note that they are two."""
        self.drawn.apart[one.activity_id, other.activity_id] = kind

    def commune(self) -> list[Unit]:
        """The units of one commune."""
        area = self.turn.choice(
            [a for a in self.areas.values() if a.level == "commune" and len(self.by_area.get(a.id, ())) > 3]
        )
        return self.turn.sample(self.by_area[area.id], k=4)

    def formula(self) -> None:
        """The same formula by two units of a commune, each in its own house."""
        one, other, *_ = self.commune()
        texts = self.words["formulas"]["openings"] + self.words["formulas"]["others"]
        text = self.turn.choice(texts)
        if not self.fresh(one.area, text):
            return
        day = FIRST + dt.timedelta(days=self.turn.randrange(7))
        rows = []
        for unit in (one, other):
            place = "Sân trường" if unit.kind in SCHOOLS else f"Hội trường {unit.name}"
            place = (
                self.turn.choice((place, unit.name))
                if unit.kind not in SCHOOLS
                else self.turn.choice((place, f"Sân {unit.name}"))
            )
            rows.append(self.add(unit, day, place, text, begins=dt.time(7, 0)))
        self.two("formula", *rows)

    def series(self) -> None:
        """Two turns, classes or grades at one place, registered by two units."""
        one, other, *_ = self.commune()
        text, first, second = self.turn.choice(self.words["formulas"]["series"])
        if not self.fresh(one.area, text):
            return
        day, hour = FIRST + dt.timedelta(days=self.turn.randrange(6)), dt.time(self.turn.choice((8, 14)))
        later = day + dt.timedelta(days=self.turn.randrange(2))
        a = self.add(one, day, one.name, text.format(first), begins=hour)
        b = self.add(other, later, one.name, text.format(second), begins=hour)
        self.two("series", a, b)

    def hall(self) -> None:
        """One hall, one hour, two events."""
        one, other, *_ = self.commune()
        first, second = self.turn.choice(self.words["formulas"]["apart"])
        if not self.fresh(one.area, first):
            return
        day, hour = FIRST + dt.timedelta(days=self.turn.randrange(7)), dt.time(self.turn.choice((8, 14, 19)))
        place = f"Nhà văn hóa {_lower(one.area.name)}"
        self.two(
            "one hall", self.add(one, day, place, first, begins=hour), self.add(other, day, place, second, begins=hour)
        )

    def villages(self) -> None:
        """The same words in two villages."""
        one, other, *_ = self.commune()
        if not self.fresh(one.area, "villages"):
            return
        v, w = self.turn.sample(self.words["villages"], k=2)
        source = self.turn.choice(self.pools["community_centre"])["content"]
        text = _filled(
            source, {slot: self.turn.choice(texts) for slot, texts in self.slots.items()} | {"area": "xã", "name": "xã"}
        )
        day = FIRST + dt.timedelta(days=self.turn.randrange(7))
        place = self.turn.choice(("Nhà văn hóa thôn {}", "Thôn {}", "NVH thôn {}"))
        a, b = (self.add(u, day, place.format(x), text, part="evening") for u, x in ((one, v), (other, w)))
        self.two("villages", a, b)

    def neighbours(self) -> None:
        """The same words and hall's name in two communes."""
        one, other = self.commune()[0], self.commune()[0]
        if one.area.id == other.area.id or not (self.fresh(one.area, "near") and self.fresh(other.area, "near")):
            return
        source = self.turn.choice(self.pools["commune_committee"])["content"]
        chosen = {slot: self.turn.choice(texts) for slot, texts in self.slots.items()} | {"area": "xã", "name": "xã"}
        day, hour = FIRST + dt.timedelta(days=self.turn.randrange(7)), dt.time(8)
        place = self.turn.choice(("Nhà văn hóa xã", "Hội trường UBND xã", "TTHTCĐ xã"))
        a, b = (self.add(u, day, place, _filled(source, chosen), begins=hour) for u in (one, other))
        self.two("neighbours", a, b)

    def sessions(self) -> None:
        """One place, two groups of people."""
        one, other, *_ = self.commune()
        first, second = self.turn.choice(self.words["formulas"]["audiences"])
        if not self.fresh(one.area, first):
            return
        day = FIRST + dt.timedelta(days=self.turn.randrange(7))
        place = f"Nhà văn hóa {_lower(one.area.name)}"
        hours = self.turn.choice(((8, 14), (8, 8), (14, 19)))
        a = self.add(one, day, place, first, begins=dt.time(hours[0]))
        self.two("two groups", a, self.add(other, day, place, second, begins=dt.time(hours[1])))


def _in_part(line: dict[str, Any], part: int | None) -> bool:
    return part is None or zlib.crc32(line["content"].encode()) % 2 == part


def _is_own(line: dict[str, Any]) -> bool:
    """Whether it stands at a place of the unit's own: of two who write the same third place, nobody knows the truth."""
    return "{name}" in line["place"] or "{area}" in line["place"] or line["form"] == "online"


def _filled(text: str, chosen: dict[str, str]) -> str:
    return _SLOT.sub(lambda slot: chosen[slot[1]], text)


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]


def _part(moment: dt.time) -> str:
    return "morning" if moment.hour < 12 else "afternoon" if moment.hour < 17 else "evening"


def _later(moment: dt.time, minutes: int) -> dt.time:
    total = min(max(0, moment.hour * 60 + moment.minute + minutes), 23 * 60 + 30)
    return dt.time(total // 60, total % 60)


def _no_marks(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in bare if not unicodedata.combining(c))
