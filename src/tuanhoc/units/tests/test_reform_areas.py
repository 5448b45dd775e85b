"""Who brings a list of areas with a reform stands in the journal: the list is the whole country's."""

import datetime as dt

import pytest
from tests.builders import IN_TIME, province

from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import Actor
from tuanhoc.units.actions import load_areas
from tuanhoc.units.actions.reform_files import carry_out_file, given_file
from tuanhoc.units.actions.reforms import Order
from tuanhoc.units.models import AreaCode, Unit

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
