"""The board: who is under whom, how far each is, and what is found, shown and taken away."""

import csv
import datetime as dt
import io
import zipfile
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html
from tests.builders import IN_TIME, TOO_LATE, registered, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Registration, State
from tuanhoc.activities.queries import BoardLine, handed_in
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.desk import boards
from tuanhoc.desk.tests.seats import signed_in
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.office.models import Scope
from tuanhoc.office.queries import replies
from tuanhoc.papers.reading import read
from tuanhoc.units.models import Area, Succession, Unit
from tuanhoc.units.rules import TilePlace
from tuanhoc.web import clock


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


def test_each_unit_is_named_with_the_unit_right_above_it_if_the_reader_sees_one():
    named = boards.names_above(LINES)
    assert named == {COMMUNE.path: "Đơn vị 5", SCHOOL.path: "Đơn vị 6"}


def test_a_bar_counts_every_unit_once_and_in_order():
    counted = [(part.code, part.start, part.count) for part in boards.segments(LINES) if part.count]
    assert counted == [("accepted", 0, 1), ("submitted", 1, 1), ("draft", 2, 1), ("none", 3, 1)]


def test_a_draft_and_silence_are_no_reply_and_nothing_to_register_is_one():
    assert boards.replied([*LINES, line("/1/9/", State.NIL)]) == 3


def test_what_was_given_back_is_to_be_sent_again_and_is_told_apart_from_silence():
    back = line("/1/9/", State.RETURNED)
    assert boards.replied([*LINES, back]) == 2
    assert boards.owed_in_words([*LINES, back]) == "3 đơn vị còn phải gửi, trong đó 1 được trả lại để bổ sung"
    assert boards.owed_in_words(LINES) == "2 đơn vị còn phải gửi"


def test_a_tile_counts_the_units_of_its_territory_and_never_rounds_up_to_all():
    place = TilePlace("Ninh Sơn", 0, 1)
    (tile,) = boards.tiles(LINES, kinds=frozenset({"district_committee"}), places={DISTRICT.path: place})
    assert (tile.name, tile.replied, tile.total, tile.percent, tile.tone) == ("Ninh Sơn", 2, 3, 67, "half")


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
@pytest.mark.parametrize("asked", ["", "?trong={host}", "?q=truong", "?can=chua-thu&in=1", "?trang-thai=chua-gui"])
def test_the_board_costs_the_same_with_a_hundred_units_more(coordinator, asked):
    client, campaign = coordinator
    district = unit_of(campaign, "ubnd-585")
    # With a map and a Week before, nothing is left out that could ask more.
    area = Area.objects.create(level="province", name="Ninh Thuận")
    Unit.objects.filter(pk=campaign.province_id).update(area=area)
    before = the_week_before(campaign)
    registered(unit_of(before, "tv-58"))
    user = User.objects.get(email="dieuphoi@mau.example")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=before.pk, by=SYSTEM, at=IN_TIME)
    Campaign.objects.filter(pk=campaign.pk).update(after=before)
    address = reverse("desk:board", args=[campaign.code]) + asked.format(host=district.pk)
    queries_of(client, address)
    few = queries_of(client, address)
    schools_under(district, 100)

    assert queries_of(client, address) == few
    assert few <= 12


@pytest.mark.django_db
def test_the_board_of_a_district_costs_no_more(coordinator):
    _client, campaign = coordinator
    district = unit_of(campaign, "ubnd-585")
    registered(unit_of(the_week_before(campaign), "th-lamson"))
    schools_under(district, 100)
    officer = signed_in(Role.OFFICER, at=district)
    queries_of(officer, reverse("desk:board", args=[campaign.code]))

    assert queries_of(officer, reverse("desk:board", args=[campaign.code])) <= 12


def the_week_before(campaign):
    """Return a Week of the same province a year earlier, its deadline on the same day."""
    Campaign.objects.filter(pk=campaign.pk).update(year=2023)
    return week("ninh-thuan-truoc")


def schools_under(district, count):
    """Let so many schools join the roster under a district, a third of them with a registration."""
    units = Unit.objects.bulk_create(
        Unit(key=f"truong-{n}", kind="school_primary", name=f"Trường Tiểu học số {n}") for n in range(count)
    )
    hosts = RosterUnit.objects.bulk_create(
        RosterUnit(
            campaign=district.campaign, unit=unit, name=unit.name, kind=unit.kind, rank=7, name_order=100 + n,
            name_key=f"truong tieu hoc so {n}", path=f"{district.path}{unit.pk}/", reviewer=district,
            closes_at=district.closes_at,
        )
        for n, unit in enumerate(units)
    )  # fmt: skip
    Registration.objects.bulk_create(
        Registration(host=host, state=State.SUBMITTED, submitted_at=IN_TIME) for host in hosts[::3]
    )


#: one unit of each state: what the board, its filters and its files say of them
@pytest.fixture
def of_each_state(coordinator):
    client, campaign = coordinator
    registered(unit_of(campaign, "tv-58"))
    registered(unit_of(campaign, "ubnd-585"), accepted=False)
    returned = registered(unit_of(campaign, "ubnd-586"), accepted=False)
    activities.return_registration(returned, reason="Xin ghi rõ phòng.", by=SYSTEM, at=IN_TIME)
    activities.begin_registration(unit_of(campaign, "xa-lamson"), by=SYSTEM, at=IN_TIME)
    nothing = activities.begin_registration(unit_of(campaign, "th-lamson"), by=SYSTEM, at=IN_TIME)
    activities.declare_nil(nothing, reason="Trường đang sửa chữa", by=SYSTEM, at=IN_TIME)
    return client, campaign


def names(client, campaign, **asked):
    page = client.get(reverse("desk:board", args=[campaign.code]), asked)
    return [row.line.unit_name for row in page.context["rows"]]


@pytest.mark.django_db
def test_every_state_finds_its_units_and_those_still_to_send_are_all_without_a_standing_reply(
    of_each_state, monkeypatch
):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    found = {
        code: names(*of_each_state, **{"trang-thai": code})
        for code in ("accepted", "submitted", "returned", "draft", "nil", "chua-gui")
    }
    assert found == {
        "accepted": ["Thư viện tỉnh"], "submitted": ["UBND huyện Ninh Sơn"], "returned": ["UBND huyện Ninh Hải"],
        "draft": ["UBND xã Lâm Sơn"], "nil": ["Trường Tiểu học Lâm Sơn"],
        "chua-gui": ["Sở Thông tin và Truyền thông", "UBND huyện Ninh Hải", "UBND xã Lâm Sơn", "UBND xã Nhơn Hải"],
    }  # fmt: skip


@pytest.mark.django_db
def test_every_page_and_the_letter_count_the_same_units_as_replies(of_each_state, monkeypatch):
    client, campaign = of_each_state
    monkeypatch.setattr(clock, "now", lambda: TOO_LATE)
    pages = {
        name: client.get(reverse(f"desk:{name}", args=[campaign.code])) for name in ("board", "reminders", "deadlines")
    }
    leader = client.get(reverse("desk:leader", args=[campaign.code])).content.decode()
    found, handed = replies(Scope(campaign), at=TOO_LATE), handed_in(campaign.roster.all()).count()
    assert pages["board"].context["replied"] == found.replied == handed == 3
    assert len(pages["reminders"].context["today"].silent) == len(found.overdue) == 4
    assert pages["deadlines"].context["rows"][0].open_units == 4
    again = "trong đó 1 được trả lại để bổ sung"
    assert f"4 đơn vị còn phải gửi, {again}" in pages["board"].content.decode()
    assert pages["reminders"].content.decode().count(again) == 2
    assert f"Quá hạn: 4 đơn vị còn phải gửi, {again}" in leader
    assert "Chờ gửi lại" in client.get(f"{pages['board'].request['PATH_INFO']}?can=qua-han").content.decode()
    assert names(client, campaign, can="qua-han") == names(client, campaign, **{"trang-thai": "chua-gui"})


@pytest.mark.django_db
def test_a_unit_with_nothing_to_register_has_replied_and_its_words_are_shown(of_each_state):
    client, campaign = of_each_state
    page = client.get(reverse("desk:board", args=[campaign.code]), {"trang-thai": "nil"})
    assert page.context["replied"] == 3
    assert "“Trường đang sửa chữa”" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "need", "found"),
    [
        (IN_TIME, "sap-het-han", 4),
        (IN_TIME - dt.timedelta(days=2), "sap-het-han", 0),
        (IN_TIME, "qua-han", 0),
        (TOO_LATE, "qua-han", 4),
        (TOO_LATE, "sap-het-han", 0),
        (IN_TIME, "chua-thu", 7),
    ],
)
def test_a_need_finds_the_units_that_have_it(of_each_state, monkeypatch, at, need, found):
    monkeypatch.setattr(clock, "now", lambda: at)
    assert len(names(*of_each_state, can=need)) == found


@pytest.mark.django_db
def test_who_opened_its_link_and_did_not_begin_can_be_found(of_each_state, monkeypatch):
    client, campaign = of_each_state
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    host = unit_of(campaign, "xa-nhonhai")
    signed = accounts.make_link(host.unit, campaign_id=campaign.pk, expires_at=TOO_LATE, by=SYSTEM, at=IN_TIME)
    Client().post(reverse("accounts:link", args=[signed]))
    assert names(client, campaign, can="da-mo") == ["UBND xã Nhơn Hải"]


@pytest.mark.django_db
def test_levels_and_kinds_share_out_all_units(of_each_state):
    client, campaign = of_each_state
    context = client.get(reverse("desk:board", args=[campaign.code])).context
    for groups in (context["levels"], context["kinds"]):
        assert sum(group.total for group in groups) == context["total"] == 7
        assert sum(group.replied for group in groups) == context["replied"]
    assert names(client, campaign, cap="commune") == ["UBND xã Lâm Sơn", "UBND xã Nhơn Hải"]
    assert names(client, campaign, loai="library") == ["Thư viện tỉnh"]


@pytest.mark.django_db
def test_rows_stand_in_the_order_asked_for(of_each_state):
    # Ninh Sơn: the district and its school of three; Ninh Hải: one of two; the department none.
    assert names(*of_each_state, **{"sap-xep": "cham"}) == [
        "Sở Thông tin và Truyền thông", "UBND huyện Ninh Hải", "UBND huyện Ninh Sơn", "Thư viện tỉnh",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [{}, {"trang-thai": "chua-gui", "sap-xep": "ten"}, {"q": "lam son"}])
def test_the_files_hold_what_the_screen_shows_in_the_same_order(of_each_state, asked):
    client, campaign = of_each_state
    shown = names(client, campaign, **asked)
    got = client.get(reverse("desk:board_export", args=[campaign.code, "csv"]), asked).content.decode("utf-8-sig")
    assert [row["Đơn vị"] for row in csv.DictReader(io.StringIO(got))] == shown
    book = client.get(reverse("desk:board_export", args=[campaign.code, "xlsx"]), asked).content
    (grid,) = read(book, "a.xlsx").blocks
    assert [cell.text for cell in grid.cells if cell.column == 1 and cell.row] == shown
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert ('state="frozen"' in sheet, "<autoFilter" in sheet) == (True, True)


@pytest.mark.django_db
def test_a_single_unit_says_under_whom_it_stands_on_the_screen_and_in_the_file(of_each_state):
    client, campaign = of_each_state
    page = client.get(reverse("desk:board", args=[campaign.code]), {"q": "lam son"}).content.decode()
    got = client.get(reverse("desk:board_export", args=[campaign.code, "csv"]), {"q": "lam son"})
    above = {row["Thuộc"] for row in csv.DictReader(io.StringIO(got.content.decode("utf-8-sig")))}
    assert above
    assert "" not in above
    assert all(f'<span class="soft small">{name}</span>' in page for name in above)


@pytest.mark.django_db
def test_a_viewer_of_the_province_sees_the_board_without_contacts(of_each_state):
    _client, campaign = of_each_state
    page = signed_in(Role.VIEWER, at=SimpleNamespace(unit=campaign.province)).get(
        reverse("desk:board", args=[campaign.code]), {"q": "lam son"}
    )
    assert (page.status_code, page.context["contacts"], page.context["may_review"]) == (200, False, False)


@pytest.mark.django_db
def test_the_last_week_of_the_province_is_the_measure_of_this_one(of_each_state, monkeypatch):
    client, campaign = of_each_state
    registered(unit_of(the_week_before(campaign), "tv-58"), at=IN_TIME)
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    pace = client.get(reverse("desk:board", args=[campaign.code])).context["pace"]
    assert (pace.earlier_year, pace.now.earlier, pace.now.replied) == (2022, 14, 3)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "folds"),
    [({}, True), ({"q": "lam son"}, False), ({"trang-thai": "none"}, False), ({"sap-xep": "ten"}, False),
     ({"in": "1"}, False), ({"trong": "ubnd-585"}, False)],
)  # fmt: skip
def test_on_a_phone_shares_and_map_come_first_and_the_list_folds_unless_something_was_asked(
    of_each_state, asked, folds
):
    client, campaign = of_each_state
    if "trong" in asked:
        asked = {"trong": str(unit_of(campaign, asked["trong"]).pk)}
    page = html.fromstring(client.get(reverse("desk:board", args=[campaign.code]), asked).content)
    (listed,) = page.xpath("//*[@data-list]")
    assert ("phone-fold" in listed.get("class", "")) is folds
    # The way to what is folded says how much there is, and leads to it without a script.
    ways = [way.text_content() for way in page.xpath(f"//a[@href='#{listed.get('id')}']")]
    assert ways == (["Xem 4 đơn vị ở cấp này"] if folds else [])
    if folds:
        marks = ["board-share", "tiles", "shares", "filters", "phone-fold"]
        order = [c for e in page.iter() for c in (e.get("class") or "").split() if c in marks]
        assert order == marks
    # Rows are on the page either way, for who has a wide screen.
    assert listed.xpath(".//a[@data-open]")


@pytest.mark.django_db
def test_a_map_of_more_places_than_a_glance_takes_in_folds_on_a_phone(coordinator, monkeypatch):
    client, campaign = coordinator
    address = reverse("desk:board", args=[campaign.code])
    assert 'href="#dia-ban"' not in client.get(address).content.decode()
    monkeypatch.setattr("tuanhoc.desk.views.board.MANY_TILES", 1)
    assert "Xem 2 địa bàn" in client.get(address).content.decode()


@pytest.mark.django_db
def test_a_search_looks_through_the_whole_tree_without_marks(coordinator):
    client, campaign = coordinator
    assert names(client, campaign, q="lam son") == ["UBND xã Lâm Sơn", "Trường Tiểu học Lâm Sơn"]


@pytest.mark.django_db
def test_a_unit_outside_my_reach_is_not_gone_into(coordinator):
    client, campaign = coordinator
    district = User.objects.create_user("huyen@mau.example")
    accounts.give_seat(district, Role.OFFICER, unit=unit_of(campaign, "ubnd-585").unit, by=SYSTEM, at=IN_TIME)
    client.force_login(district)
    elsewhere = unit_of(campaign, "ubnd-586")
    page = client.get(reverse("desk:board", args=[campaign.code]), {"trong": elsewhere.pk})
    assert page.context["asked"].over is None


@pytest.mark.django_db
def test_the_switch_between_trees_is_reached_from_the_board_and_all_three_totals_are_equal(coordinator):
    client, campaign = coordinator
    registered(unit_of(campaign, "th-lamson"))
    old, new = unit_of(campaign, "xa-lamson").unit, unit_of(campaign, "xa-nhonhai").unit
    Unit.objects.filter(pk=old.pk).update(valid_to=dt.date(2022, 9, 30))
    Succession.objects.create(predecessor=old, successor=new, on=dt.date(2022, 10, 1))
    by_tree = reverse("desk:by_tree", args=[campaign.code])
    page = client.get(reverse("desk:board", args=[campaign.code]))
    assert f'href="{by_tree}?theo=hom-nay"' in page.content.decode()
    totals = [client.get(by_tree, {"theo": way}).context["total"] for way in ("luc-mo", "hom-nay")]
    whole = (page.context["total"], page.context["replied"], page.context["activities"])
    assert {(total.asked, total.replied, total.activities) for total in totals} == {whole}
