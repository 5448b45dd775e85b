"""The pairs labelled by hand, read from their text files."""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from tuanhoc.findings.rules import Area, Areas, Row

HERE = Path(__file__).parent
_PARTS = {"sáng": "morning", "chiều": "afternoon", "tối": "evening"}


@dataclass(frozen=True)
class Pair:
    """Two rows, whether they are one event, and what makes the pair hard."""

    one: Row
    other: Row
    is_same: bool
    kind: str


class Province:
    """The areas that rows name, made as they are named; ids count up."""

    def __init__(self) -> None:
        self.areas: dict[tuple[str, ...], Area] = {("",): Area(1, "Tỉnh Ninh Thuận", "province", None)}

    def area(self, words: str) -> int:
        """Return the id of "Ninh Sơn/Lâm Sơn"; of "" the province's."""
        above = self.areas[("",)]
        names = tuple(words.split("/")) if words else ()
        for depth in range(1, len(names) + 1):
            key = names[:depth]
            if key not in self.areas:
                level = "district" if depth == 1 else "commune"
                self.areas[key] = Area(len(self.areas) + 1, names[depth - 1], level, above.id)
            above = self.areas[key]
        return above.id

    def all(self) -> Areas:
        """Return them as the search wants them."""
        return Areas.of(self.areas.values())


def read_pairs(name: str, province: Province) -> list[Pair]:
    """Read one file of pairs."""
    pairs, numbers = [], iter(range(1, 100_000))
    units: dict[str, int] = {}
    for block in re.split(r"\n\s*\n", (HERE / name).read_text(encoding="utf-8")):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if len(lines) != 3:
            continue
        one, other = (row_of(line, next(numbers), units, province) for line in lines[1:])
        pairs.append(Pair(one, other, lines[0].startswith("="), lines[0][1:].strip()))
    return pairs


def row_of(line: str, number: int, units: dict[str, int], province: Province) -> Row:
    """Read one row of a file."""
    unit, area, day, when, place, content, more = (cell.strip() for cell in line.split("|"))
    first, last = days(day)
    begins, ends, part = hours(when)
    extra = dict(piece.strip().split("=", 1) for piece in more.split(";") if "=" in piece)
    return Row(
        activity_id=number, unit_id=units.setdefault(unit, len(units) + 1), unit_name=unit,
        area_id=province.area(area), held_on=first, ends_on=last, starts_at=begins, ends_at=ends, part_of_day=part,
        place=place, content=content, **extra,
    )  # fmt: skip


def days(text: str) -> tuple[dt.date, dt.date | None]:
    """Read "04/10" or "01-05/10"."""
    numbers, month = text.split("/")
    first, _, last = numbers.partition("-")
    begin = dt.date(2022, int(month), int(first))
    return begin, dt.date(2022, int(month), int(last)) if last else None


def hours(text: str) -> tuple[dt.time | None, dt.time | None, str]:
    """Read "07:30", "07:30-09:00", "8h" or "sáng"; "trưa" is no part the program knows."""
    if text in _PARTS:
        return None, None, _PARTS[text]
    found = [dt.time(int(h), int(m or 0)) for h, m in re.findall(r"(\d{1,2})[:h](\d{2})?", text)]
    return (*found, None, None)[0], (*found, None, None)[1] if len(found) > 1 else None, ""
