"""Reforms worked out from the list of areas: who brought it, in which order they are done, what they are told as."""

import datetime as dt

import pytest
from tests.builders import IN_TIME, province

from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM, Actor
from tuanhoc.units.actions import load_areas
from tuanhoc.units.actions.reform_files import carry_out_file, given_file, left_before, look
from tuanhoc.units.actions.reforms import Order, carry_out, undo
from tuanhoc.units.models import AreaCode, Unit
from tuanhoc.units.rules.reforms import Doing, Step

pytestmark = pytest.mark.django_db
HEAD = "level,code,name,type,parent_code,valid_from,valid_to,successor_codes\n"
BEFORE = f"{HEAD}province,58,Tỉnh Ninh Thuận,,,,,\ndistrict,585,Huyện Ninh Sơn,,58,,,\n"
AFTER = f"{HEAD}district,585,Huyện Ninh Sơn,,58,,2022-09-30,585a\ndistrict,585a,Huyện Lâm Sơn,,58,2022-10-01,,\n"


def test_who_brought_the_list_is_journalled():
    province()
    load_areas(BEFORE)
    Unit.objects.filter(key="ubnd-585").update(area=AreaCode.objects.get(code="585").area)
    reform = carry_out_file(
        [given_file(AFTER.encode())], Order(dt.date(2022, 10, 1)), within=None, by=Actor(name="Lan"), at=IN_TIME
    )
    entry = Entry.objects.get(what="units.areas.load")
    assert (entry.by_name, entry.on_id, entry.details["rows"]) == ("Lan", reform.pk, 3)


TWICE = (
    f"{HEAD}province,58,Tỉnh Ninh Thuận,,,,,\n"
    "district,585,Huyện Ninh Sơn,,58,,2022-09-30,585a\n"
    "district,585a,Huyện Lâm Sơn,,58,2022-10-01,,\n"
    "district,586,Huyện Ninh Hải,,58,,2023-06-30,586a\n"
    "district,586a,Huyện Nhơn Hải,,58,2023-07-01,,\n"
)
FIRST, SECOND = dt.date(2022, 10, 1), dt.date(2023, 7, 1)


def stands_in(key, code):
    Unit.objects.filter(key=key).update(area=AreaCode.objects.filter(code=code).order_by("pk").first().area)


def test_an_earlier_reform_is_left_until_these_units_went_through_it():
    province()
    load_areas(TWICE)
    assert not left_before(SECOND, within=None)  # nobody's area is known: nothing follows of it
    stands_in("ubnd-585", "585")
    stands_in("ubnd-586", "586")
    assert left_before(SECOND, within=None) == [FIRST]
    assert not left_before(FIRST, within=None)
    assert not left_before(SECOND, within={Unit.objects.get(key="ubnd-586").pk})
    # Something else that was done on the same day does not count for it.
    carry_out([Step(Doing.RENAME, "tv-58", name="Thư viện Mới")], Order(FIRST), within=None, by=SYSTEM, at=IN_TIME)
    assert left_before(SECOND, within=None) == [FIRST]
    first = carry_out_file([], Order(FIRST), within=None, by=SYSTEM, at=IN_TIME)
    assert not left_before(SECOND, within=None)
    undo(first, by=SYSTEM, at=IN_TIME)
    assert left_before(SECOND, within=None) == [FIRST]


def test_what_looks_the_same_before_and_after_says_what_is_new():
    province()
    load_areas(
        f"{HEAD}province,58,Tỉnh Ninh Thuận,,,,,\ndistrict,585,Huyện Ninh Sơn,,58,,,\n"
        "commune,1,Xã Lâm Sơn,,585,,2022-09-30,1\ncommune,2,Xã Nhơn Hải,,585,,2022-09-30,1\n"
        "commune,1,Xã Lâm Sơn,,585,2022-10-01,,\n"
    )
    stands_in("ubnd-585", "585")
    stands_in("xa-lamson", "1")
    stands_in("xa-nhonhai", "2")
    told = look([], Order(FIRST), within=None, at=IN_TIME).seen.told
    assert any(one.after.endswith("địa giới từ ngày 01/10/2022") for one in told)
    assert not [one for one in told if one.after == one.before or one.before.endswith(f": {one.after}")]
