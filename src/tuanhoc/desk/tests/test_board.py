"""The board: who is under whom, and how far each territory is."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.builders import IN_TIME, registered, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.activities.models import State
from tuanhoc.activities.queries import BoardLine
from tuanhoc.desk import boards
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.units.rules import TilePlace


def line(path, state=None, *, kind="other", activity_count=0):
    pk = int(path.strip("/").split("/")[-1])
    return BoardLine(
        roster_pk=pk, unit_id=pk, registration_pk=None, unit_name=f"Đơn vị {pk}", kind=kind, path=path, area_id=None,
        state=state, is_late=False, activity_count=activity_count,
    )  # fmt: skip


DISTRICT = line("/1/5/", State.SUBMITTED, kind="district_committee", activity_count=4)
COMMUNE = line("/1/5/6/", State.ACCEPTED, activity_count=2)
SCHOOL = line("/1/5/6/7/", None)
LIBRARY = line("/1/2/3/", State.DRAFT)
LINES = [DISTRICT, LIBRARY, COMMUNE, SCHOOL]


def below(rows):
    return {row.line.roster_pk: (row.below, row.activity_count) for row in rows}


def test_the_topmost_units_carry_all_that_lies_under_them():
    assert below(boards.rows_under(LINES, None)) == {5: (2, 6), 3: (0, 0)}


def test_inside_a_unit_the_next_step_is_shown():
    assert below(boards.rows_under(LINES, DISTRICT)) == {6: (1, 2)}


def test_a_bar_counts_every_unit_once_and_in_order():
    counted = [(part.code, part.start, part.count) for part in boards.segments(LINES) if part.count]
    assert counted == [("accepted", 0, 1), ("submitted", 1, 1), ("draft", 2, 1), ("none", 3, 1)]


def test_a_draft_and_silence_are_no_reply_and_nothing_to_register_is_one():
    assert boards.replied([*LINES, line("/1/9/", State.NIL)]) == 3


def test_a_tile_counts_the_units_of_its_territory_and_never_rounds_up_to_all():
    place = TilePlace("Ninh Sơn", 0, 1)
    (tile,) = boards.tiles(LINES, kinds=frozenset({"district_committee"}), places={DISTRICT.path: place})
    assert (tile.name, tile.replied, tile.total, tile.percent, tile.tone) == ("Ninh Sơn", 2, 3, 66, "half")


@pytest.fixture
def coordinator():
    campaign = week()
    user = User.objects.create_user("dieuphoi@mau.example")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)
    client = Client()
    client.force_login(user)
    return client, campaign


def queries_of(client, address):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.django_db
def test_the_board_costs_the_same_whoever_has_begun(coordinator):
    client, campaign = coordinator
    address = reverse("desk:board", args=[campaign.code])
    queries_of(client, address)
    silent = queries_of(client, address)
    for key in ("ubnd-585", "th-lamson", "tv-58"):
        registered(unit_of(campaign, key))

    assert queries_of(client, address) == silent
    assert silent <= 12


@pytest.mark.django_db
def test_a_search_looks_through_the_whole_tree_without_marks(coordinator):
    client, campaign = coordinator
    page = client.get(reverse("desk:board", args=[campaign.code]), {"q": "lam son"}).context["page"]
    assert [row.line.unit_name for row in page] == ["UBND xã Lâm Sơn", "Trường Tiểu học Lâm Sơn"]


@pytest.mark.django_db
def test_a_unit_outside_my_reach_is_not_gone_into(coordinator):
    client, campaign = coordinator
    district = User.objects.create_user("huyen@mau.example")
    accounts.give_seat(district, Role.OFFICER, unit=unit_of(campaign, "ubnd-585").unit, by=SYSTEM, at=IN_TIME)
    client.force_login(district)
    elsewhere = unit_of(campaign, "ubnd-586")
    page = client.get(reverse("desk:board", args=[campaign.code]), {"trong": elsewhere.pk})
    assert page.context["asked"].over is None
