"""The land's real reform: a Week opened on the tree of 2022, and the two levels of Khánh Hòa and Ninh Thuận in 2025."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest

from tests.builders import OPENED_AT, prepared, registered
from tuanhoc.activities.queries import board
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.queries.grouping import By, grouped
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.dates import HANOI
from tuanhoc.units import actions as units
from tuanhoc.units import queries
from tuanhoc.units.actions import reform_files
from tuanhoc.units.actions.reforms import Order, undo
from tuanhoc.units.models import ReportingEdge, Succession, Unit
from tuanhoc.units.rules.trees import rolled_up

DATA = Path(__file__).parents[2] / "src" / "tuanhoc" / "sample" / "data"
OF_2022 = ("ninhthuan_58_2022.csv", "khanhhoa_56_2021.csv")
WARDS = Order(dt.date(2024, 11, 1), "Sắp xếp phường của Phan Rang - Tháp Chàm", "1198/NQ-UBTVQH15")
TWO_LEVELS = Order(dt.date(2025, 7, 1), "Chính quyền hai cấp, tỉnh Khánh Hòa mới", "202/2025/QH15; 1667/NQ-UBTVQH15")
LATER = dt.datetime(2025, 9, 1, 8, tzinfo=HANOI)


def areas(name):
    return (DATA / "areas" / name).read_text(encoding="utf-8-sig")


def khanh_hoa():
    """Return the committees of old Khánh Hòa as a units file, from its list of areas."""
    kinds = {"province": "province_committee", "district": "district_committee", "commune": "commune_committee"}
    lines = ["key,parent_key,kind,name,place_code,is_real"]
    for row in csv.DictReader(io.StringIO(areas(OF_2022[1]))):
        above = f"ubnd-{row['parent_code']}" if row["parent_code"] else "bo"
        name = f"UBND {row['name'][0].lower()}{row['name'][1:]}"
        lines.append(f"ubnd-{row['code']},{above},{kinds[row['level']]},{name},{row['code']},1")
    return "\n".join(lines)


def reformed(order, *names):
    given = [reform_files.given_file(areas(name).encode()) for name in names]
    return reform_files.carry_out_file(given, order, within=None, by=SYSTEM, at=LATER)


@pytest.fixture
def land(db):
    for name in OF_2022:
        units.load_areas(areas(name))
    for text in ((DATA / "units.csv").read_text(encoding="utf-8-sig"), khanh_hoa()):
        checked = units.check(units.rows_of_csv(text))
        assert not checked.problems
        units.load_units(checked, by=SYSTEM, at=OPENED_AT)
    campaign = prepared()
    campaigns.open_call(campaign, by=SYSTEM, at=OPENED_AT)
    return campaign


def standing(kind, day):
    return {line.unit.key for line in queries.tree_on(day) if line.unit.kind == kind}


def above(key, day):
    return queries.above_on(Unit.objects.get(key=key), day).key


def see_the_land_before_and_after():
    before, after = dt.date(2022, 10, 1), dt.date(2025, 7, 1)
    assert [len(standing(kind, before)) for kind in ("province_committee", "district_committee")] == [2, 7 + 9]
    assert (standing("province_committee", after), standing("district_committee", after)) == ({"ubnd-56"}, set())
    assert len(standing("commune_committee", after)) == 48 + 16 + 1
    assert (above("th-22903", before), above("th-22903", after)) == ("pgd-589", "ubnd-22888-2025")
    assert above("ubnd-22813", after) == "ubnd-56"


def see_that_a_reused_code_is_two_units():
    """Code 22741 was Phước Mỹ until 30/6/2025 and Bảo An after."""
    old, new = (Unit.objects.get(key=key) for key in ("ubnd-22741", "ubnd-22741-2025"))
    assert (old.name, new.name) == ("UBND phường Phước Mỹ", "UBND phường Bảo An")
    assert Succession.objects.get(predecessor=old).successor == new


def see_that_a_split_ward_names_both_and_one_as_main():
    heirs = Succession.objects.filter(predecessor__key="ubnd-22768").order_by("-is_main")
    assert [heir.successor.name for heir in heirs] == ["UBND phường Đông Hải", "UBND xã Phước Dinh"]


def see_one_ward_over_two_reforms():
    land, ward = queries.landscape(), Unit.objects.get(key="ubnd-22753")  # Mỹ Hương -> Kinh Dinh -> Phan Rang
    names = [
        Unit.objects.get(pk=land.placed(ward.pk, day).holder).name
        for day in (dt.date(2022, 10, 1), dt.date(2024, 11, 1), dt.date(2025, 7, 1))
    ]
    assert names == ["UBND phường Mỹ Hương", "UBND phường Kinh Dinh", "UBND phường Phan Rang"]


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Unit, ReportingEdge, Succession)]


def sums_of(campaign, lines):
    """Return (units, activities) at the roots of each tree."""
    found = []
    for by, tree in ((By.OWN, "administrative"), (By.DAY, "administrative"), (By.DAY, "association")):
        grouping = grouped(campaign, campaign.roster.all(), by=by, tree=tree, day=LATER.date())
        rolled = rolled_up(grouping.paths, {line.roster_pk: line.activity_count for line in lines})
        roots = {path[: path.index("/", 1) + 1] for path in grouping.paths.values()}
        found.append((sum(rolled[root].asked for root in roots), sum(rolled[root].value or 0 for root in roots)))
    return found


def test_a_week_of_2022_has_the_same_totals_in_its_own_tree_and_in_todays(land):
    hosts = list(land.roster.order_by("pk"))
    for host in hosts[::80]:
        registered(host)
    lines, before = board(land.roster.all()), rows()
    made = [reformed(WARDS, "ninhthuan_58_2024-11-01.csv"), reformed(TWO_LEVELS, "khanhhoa_56_from_2025-07-01.csv")]

    see_the_land_before_and_after()
    see_that_a_reused_code_is_two_units()
    see_that_a_split_ward_names_both_and_one_as_main()
    see_one_ward_over_two_reforms()

    assert [line.path for line in board(land.roster.all())] == [line.path for line in lines]
    assert sums_of(land, lines) == [(len(hosts), len(hosts[::80]))] * 3

    for reform in reversed(made):
        undo(reform, by=SYSTEM, at=LATER)
    assert rows() == before
