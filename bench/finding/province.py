"""The province the bench draws in: the areas and units of the sample, as often over as wanted."""

import csv
from dataclasses import dataclass
from pathlib import Path

from tuanhoc.findings.rules import Area

DATA = Path(__file__).parents[2] / "src" / "tuanhoc" / "sample" / "data"


@dataclass(frozen=True)
class Unit:
    """A body of the roster."""

    id: int
    name: str
    kind: str
    area: Area


def areas_of_2022() -> dict[str, Area]:
    """The areas of 2022 by their codes."""
    found: dict[str, Area] = {}
    with (DATA / "areas" / "ninhthuan_58_2022.csv").open(encoding="utf-8") as lines:
        for number, line in enumerate(csv.DictReader(lines), start=1):
            above = found.get(line["parent_code"])
            found[line["code"]] = Area(number, line["name"], line["level"], above.id if above else None)
    return found


def units_of_2022(areas: dict[str, Area], times: int) -> list[Unit]:
    """The units of the sample; over again, schools and centres get a number."""
    units: list[Unit] = []
    with (DATA / "units.csv").open(encoding="utf-8") as lines:
        listed = [x for x in csv.DictReader(lines) if x["place_code"] in areas and x["kind"] != "province_committee"]
    for turn in range(times):
        for line in listed:
            if turn and not line["kind"].startswith("school"):
                continue
            name = line["name"].replace(" (mẫu)", "") + (f" {turn + 1}" if turn else "")
            units.append(Unit(len(units) + 1, name, line["kind"], areas[line["place_code"]]))
    return units
