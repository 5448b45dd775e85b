"""Units over time in the desk: a change by hand, a reform from a file, trees of a day, likely duplicates."""

import datetime as dt
import io
from types import SimpleNamespace
from urllib.parse import parse_qsl

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html
from python_calamine import CalamineWorkbook
from tests.builders import IN_TIME, UNITS, registered, row, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.desk.foreseen import groups
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.units import actions as units
from tuanhoc.units import queries
from tuanhoc.units.models import KnownApart, Reform, Unit
from tuanhoc.units.rules.reforms import Doing
from tuanhoc.units.tests.test_reform_areas import TWICE as TWO_REFORMS
from tuanhoc.units.tests.test_reform_areas import stands_in
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
OTHERS = "ubnd-99,bo,province_committee,UBND tỉnh Khác,,1\nso-99,ubnd-99,department,Sở Khác,,1\n"
TWICE = "th-lam-son,xa-lamson,school_primary,Trường TH Lâm Sơn,22846,0\n"
DAY = "2022-09-28"


@pytest.fixture(autouse=True)
def in_time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def campaign():
    units.load_units(units.check(units.rows_of_csv(UNITS + OTHERS + TWICE)), by=SYSTEM, at=IN_TIME)
    return week()


@pytest.fixture
def coordinator(campaign):
    user = User.objects.create_user("lan@example.vn")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)
    client = Client()
    client.force_login(user)
    return client


def pk(key):
    return Unit.objects.get(key=key).pk


def changed(client, key, slug, **given):
    address = reverse("desk:change_unit", args=[pk(key), slug])
    seen = client.post(address, {"do": "look", "on": DAY, **given})
    return seen, client.post(address, {"do": "take", "on": DAY, **given})


def test_a_change_is_seen_first_then_done_and_undone(coordinator):
    address = reverse("desk:change_unit", args=[pk("th-lamson"), "doi-ten"])
    page = coordinator.post(address, {"do": "look", "on": DAY, "name": "Trường TH-THCS Lâm Sơn"})
    assert "Trường TH-THCS Lâm Sơn" in page.content.decode()
    assert ">Đổi tên</td>" in page.content.decode()
    assert not Reform.objects.exists()
    done = coordinator.post(address, {"do": "take", "on": DAY, "name": "Trường TH-THCS Lâm Sơn", "basis": "12/QĐ-UBND"})
    reform = Reform.objects.get()
    assert (done["Location"], reform.basis) == (reverse("desk:reform", args=[reform.pk]), "12/QĐ-UBND")
    coordinator.post(done["Location"], {"do": "undo"})
    assert Unit.objects.get(key="th-lamson").name == "Trường Tiểu học Lâm Sơn"


def test_the_list_finds_a_unit_by_its_earlier_name_and_shows_closed_ones_when_asked(coordinator):
    changed(coordinator, "th-lamson", "doi-ten", name="Trường Võ Văn Kiệt")
    changed(coordinator, "xa-nhonhai", "nhap", successors="UBND xã Lâm Sơn (xa-lamson)")
    found = coordinator.get(reverse("desk:units"), {"q": "tieu hoc lam son"})
    assert "tên khác: Trường Tiểu học Lâm Sơn" in found.content.decode()
    assert "Nhơn Hải" not in coordinator.get(reverse("desk:units")).content.decode()
    assert "Nhơn Hải" in coordinator.get(reverse("desk:units"), {"con": "thoi"}).content.decode()
    page = coordinator.get(reverse("desk:unit", args=[pk("xa-nhonhai")])).content.decode()
    assert "Hoạt động đến hết ngày 27/09/2022" in page


@pytest.mark.parametrize(
    ("slug", "given", "why"),
    [
        ("chuyen", {"parent": "Không có đơn vị này"}, "Chưa tìm thấy đơn vị nào có"),
        ("chuyen", {"parent": "so-99"}, "Chưa tìm thấy đơn vị nào có"),
        ("nhap", {"successors": ""}, "đơn vị nào kế thừa"),
        ("doi-ten", {"name": "Trường mới", "on": "mai"}, "chọn ngày"),
    ],
)
def test_what_cannot_be_done_is_said_and_what_was_typed_stays(coordinator, slug, given, why):
    seen, taken = changed(coordinator, "th-lamson", slug, **given)
    for page in (seen, taken):
        assert page.status_code == 409
        assert why in page.content.decode()
        assert all(value in page.content.decode() for value in given.values())
    assert not Reform.objects.exists()


def uploaded(text):
    return SimpleUploadedFile("thay-doi.csv", text.encode())


def test_a_reform_file_is_seen_taken_whole_and_comes_back_as_a_file(coordinator):
    text = (
        "Mã;Việc;Tên mới;Loại;Mã cấp trên;Mã kế thừa\n"
        "xa-moi;Lập mới;UBND xã Mới;UBND xã, phường, thị trấn;ubnd-58;\n"
        "xa-lamson;Sáp nhập;;;;xa-moi\nubnd-585;Giải thể;;;;\n"
    )
    address = reverse("desk:new_reform")
    page = coordinator.post(address, {"do": "look", "on": DAY, "title": "Hai cấp", "files": uploaded(text)})
    assert page.context["looked"].seen.counts == {"new": 1, "merge": 1, "close": 1, "move": 2}
    kept = {"kept": page.context["kept"], "on": DAY, "title": "Hai cấp"}
    book = CalamineWorkbook.from_filelike(io.BytesIO(coordinator.post(address, {**kept, "do": "file"}).content))
    sheet = book.get_sheet_by_index(0).to_python()
    assert [row[:2] for row in sheet[1:]] == [
        ["xa-moi", "Lập mới"],
        ["xa-lamson", "Nhập vào"],
        ["ubnd-585", "Giải thể"],
    ]
    assert not Reform.objects.exists()
    coordinator.post(address, {**kept, "do": "take"})
    assert queries.above_on(Unit.objects.get(key="th-lamson"), dt.date(2022, 10, 1)).key == "xa-moi"


def test_one_row_that_cannot_be_done_keeps_the_whole_reform_back(coordinator):
    text = "Mã;Việc;Mã kế thừa\nxa-lamson;Nhập vào;xa-nhonhai\nso-99;Giải thể;\nxa-nhonhai;Nhảy;\n"
    address = reverse("desk:new_reform")
    page = coordinator.post(address, {"do": "look", "on": DAY, "files": uploaded(text)})
    assert [reason.lines for reason in page.context["reasons"]] == [[3], [4]]
    assert coordinator.post(address, {"do": "take", "on": DAY, "kept": page.context["kept"]}).status_code == 409
    assert not Reform.objects.exists()


def test_a_long_preview_counts_each_kind_first_and_gives_the_rows_folded_searched_and_by_pages(coordinator):
    new = "".join(f"truong-{n};Lập mới;Trường Tiểu học Số {n};Trường tiểu học;xa-lamson;\n" for n in range(1, 121))
    head, merged = "Mã;Việc;Tên mới;Loại;Mã cấp trên;Mã kế thừa\n", "xa-nhonhai;Nhập vào;;;;xa-lamson\n"
    text = f"{head}{new}{merged}tv-58;Đổi tên;Thư viện Mới\n"
    address = reverse("desk:new_reform")
    seen = coordinator.post(address, {"do": "look", "on": DAY, "files": uploaded(text)})
    page = html.fromstring(seen.content)
    counts = [" ".join(line.text_content().split()) for line in page.xpath("//ul[contains(@class, 'tally')]/li")]
    assert counts == ["Lập mới 120", "Đổi tên 1", "Nhập 1"]
    groups = page.xpath("//details[starts-with(@id, 'nhom-')]")
    assert [(g.get("id"), g.get("open"), len(g.xpath(".//tbody/tr"))) for g in groups] == [
        ("nhom-new", None, 50), ("nhom-rename", None, 1), ("nhom-merge", None, 1),
    ]  # fmt: skip
    assert [link.get("href") for link in page.xpath("//ul[contains(@class, 'tally')]//a")] == [
        f"#{g.get('id')}" for g in groups
    ]

    def pressed(**given):
        """Press a button of the form that holds the groups, as a browser would."""
        (form,) = page.xpath("//form[@id='cac-viec']")
        kept = {f.get("name"): f.get("value") or "" for f in form.xpath(".//input[@type='hidden' or @type='search']")}
        answer = coordinator.post(address, kept | given)
        assert answer.status_code == 200
        return html.fromstring(answer.content)

    (turn,) = page.xpath("//details[@id='nhom-new']//button[@name='trang']")
    second = pressed(trang=turn.get("value")).xpath("//details[@id='nhom-new'][@open]")[0].text_content()
    assert "Trang 2 trên 3" in second
    assert "Trường Tiểu học Số 51" in second
    found = pressed(tim="truong so 77")
    assert "1 trên 122 thay đổi khớp" in found.text_content()
    assert [g.get("id") for g in found.xpath("//details[@open][starts-with(@id, 'nhom-')]")] == ["nhom-new"]
    assert "Trường Tiểu học Số 77" in found.xpath("//details[@id='nhom-new']")[0].text_content()
    assert "0 trên 122 thay đổi khớp" in pressed(tim="không đâu").text_content()
    # What was found or turned to is still the preview: the whole of it can be taken from there.
    assert found.xpath("//button[@name='do'][@value='take']")[0].text_content() == "Ghi 122 thay đổi"
    assert not Reform.objects.exists()


@pytest.mark.parametrize("find", ["", "truong so 7", "không đâu"])
def test_a_thousand_changes_stand_each_in_one_kind_and_on_one_page(find):
    kinds = [what for what in Doing for _n in range(1_000 // len(Doing))]
    changes = [SimpleNamespace(what=what, before=f"Trường số {n}", after="") for n, what in enumerate(kinds)]
    shown = [
        (group.what, change.before)
        for what in Doing
        for turn in range(1, 4)
        for group in groups(changes, find=find, turn=f"{what.value}-{turn}")
        if group.what is what
        for change in group.page
        if group.page.number == turn
    ]
    wanted = [(one.what, one.before) for one in changes if "7" in one.before or "7" not in find]
    assert sorted(shown) == sorted(wanted if find != "không đâu" else [])
    assert sum(group.total for group in groups(changes, find=find)) == len(changes)


@pytest.mark.parametrize("turn", ["", "new", "new-x", "new-0", "new-99", "x-2", "-"])
def test_odd_turns_show_a_page_there_is(turn):
    changes = [SimpleNamespace(what=Doing.NEW, before="", after=f"Trường {n}") for n in range(120)]
    (group,) = groups(changes, turn=turn)
    assert list(group.page)


def test_a_preview_of_few_changes_lies_open(coordinator):
    text = "Mã;Việc;Tên mới\ntv-58;Đổi tên;Thư viện Mới\n"
    seen = coordinator.post(reverse("desk:new_reform"), {"do": "look", "on": DAY, "files": uploaded(text)})
    page = html.fromstring(seen.content)
    assert len(page.xpath("//details[@id='nhom-rename'][@open]//tbody/tr")) == 1
    assert not page.xpath("//input[@name='tim']")


def test_an_earlier_reform_of_the_catalogue_is_offered_first(coordinator):
    units.load_areas(TWO_REFORMS)
    stands_in("ubnd-585", "585")
    stands_in("ubnd-586", "586")
    asked = {"do": "look", "from": "areas", "on": "01/07/2023"}
    page = html.fromstring(coordinator.post(reverse("desk:new_reform"), asked).content)
    assert "đợt sắp xếp trước đó chưa ghi: 01/10/2022" in " ".join(page.text_content().split())
    (form,) = [form for form in page.forms if "Xem trước đợt 01/10/2022" in form.text_content()]
    first = {**dict(form.form_values()), "do": "look"}
    assert "chưa ghi" not in coordinator.post(reverse("desk:new_reform"), first).content.decode()
    coordinator.post(reverse("desk:new_reform"), {**first, "do": "take"})
    assert Reform.objects.get().on.isoformat() == "2022-10-01"
    assert "chưa ghi" not in coordinator.post(reverse("desk:new_reform"), asked).content.decode()
    assert "01/10/2022 (đã ghi)" in coordinator.get(reverse("desk:new_reform")).content.decode()


@pytest.mark.parametrize("data", [{}, {"kept": "x"}, {"files": b"k\0"}, {"from": "areas"}])
def test_no_file_or_a_broken_one_is_said(coordinator, data):
    given = {name: SimpleUploadedFile("a.xlsx", value) if name == "files" else value for name, value in data.items()}
    assert coordinator.post(reverse("desk:new_reform"), {"do": "look", "on": DAY, **given}).status_code == 409


def test_the_tree_of_a_day(coordinator):
    changed(coordinator, "xa-nhonhai", "nhap", successors="xa-lamson")
    before = coordinator.get(reverse("desk:tree"), {"ngay": "2022-09-27", "q": "nhon hai"}).content.decode()
    assert "UBND huyện Ninh Hải" in before
    assert "Không có đơn vị nào khớp" in coordinator.get(
        reverse("desk:tree"), {"ngay": DAY, "q": "nhon hai"}
    ).content.decode()  # fmt: skip
    inside = coordinator.get(reverse("desk:tree"), {"trong": pk("ubnd-585")})
    assert [line.unit.key for line, _above in inside.context["lines"]] == ["xa-lamson"]


def sums(page):
    return [(part["sum"].asked, part["sum"].replied, part["sum"].activities) for part in page.context["parts"]]


def test_a_weeks_figures_by_both_trees_have_one_total(campaign, coordinator):
    registered(unit_of(campaign, "xa-nhonhai"))
    changed(coordinator, "xa-nhonhai", "nhap", successors="xa-lamson")
    changed(coordinator, "ubnd-586", "giai-the")
    address = reverse("desk:by_tree", args=[campaign.code])
    own, today = coordinator.get(address), coordinator.get(address, {"theo": "hom-nay"})
    assert sums(own) == sums(today) == [(campaign.roster.count(), 1, 1)]
    rows = {row.name: row for part in today.context["parts"] for row in part["rows"]}
    assert rows["UBND huyện Ninh Sơn"].activities == 1
    assert "1 đơn vị cũ đã nhập vào" in today.content.decode()
    assert "UBND huyện Ninh Hải" in {
        row.name for part in own.context["parts"] for row in part["rows"] if row.asked == 2
    }


def listed(client, campaign, what="don-vi", **asked):
    """Return the rows of the file that the page gives under the same query, the head left out."""
    address = reverse("desk:by_tree_export", args=[campaign.code, what, "xlsx"])
    (sheet,) = CalamineWorkbook.from_filelike(io.BytesIO(client.get(address, asked).content)).sheet_names
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(address, asked).content))
    return [[str(cell) for cell in found] for found in book.get_sheet_by_name(sheet).to_python()[1:]]


def test_a_list_of_units_by_either_tree_holds_the_same_units_where_they_stand_there(campaign, coordinator):
    registered(unit_of(campaign, "xa-nhonhai"))
    changed(coordinator, "xa-nhonhai", "nhap", successors="xa-lamson")
    address = reverse("desk:by_tree", args=[campaign.code])
    stands = {}
    for way in ("luc-mo", "hom-nay"):
        rows = coordinator.get(address, {"theo": way}).context["page"].object_list
        stands[way] = {row.line.unit_name: row.above for row in rows}
        assert [[row.line.unit_name, row.above] for row in rows] == [
            found[1:3] for found in listed(coordinator, campaign, theo=way)
        ]
    assert stands["luc-mo"].keys() == stands["hom-nay"].keys()
    assert len(stands["luc-mo"]) == campaign.roster.count()
    assert stands["luc-mo"]["UBND xã Nhơn Hải"].endswith("UBND huyện Ninh Hải")
    assert stands["hom-nay"]["UBND xã Nhơn Hải"].endswith("UBND huyện Ninh Sơn › UBND xã Lâm Sơn")


def test_a_list_by_a_tree_is_narrowed_and_goes_inside_a_unit_of_that_tree(campaign, coordinator):
    registered(unit_of(campaign, "xa-nhonhai"))
    changed(coordinator, "xa-nhonhai", "nhap", successors="xa-lamson")
    top = coordinator.get(reverse("desk:by_tree", args=[campaign.code]), {"theo": "hom-nay"}).context["parts"][0]
    into = next(one.into for one in top["rows"] if one.name == "UBND huyện Ninh Sơn")
    asked = dict(parse_qsl(into.removeprefix("?")))
    inside = coordinator.get(reverse("desk:by_tree", args=[campaign.code]), asked).context["page"].object_list
    assert {"UBND xã Nhơn Hải", "UBND xã Lâm Sơn"} <= {row.line.unit_name for row in inside}
    assert "UBND huyện Ninh Hải" not in {row.line.unit_name for row in inside}
    assert [found[1] for found in listed(coordinator, campaign, **asked, **{"trang-thai": "accepted"})] == [
        "UBND xã Nhơn Hải"
    ]
    page = coordinator.get(reverse("desk:by_tree", args=[campaign.code]), asked | {"q": "khong co"})
    assert "Không có đơn vị nào khớp" in page.content.decode()


def test_the_activities_by_either_tree_are_the_same_lines_under_who_answers_for_them_there(campaign, coordinator):
    registered(unit_of(campaign, "xa-nhonhai"), [row(content="Lớp học tiếng Chăm")])
    registered(unit_of(campaign, "th-lamson"), [row(content="Đọc to nghe chung")])
    registered(unit_of(campaign, "ubnd-585"), accepted=False)
    changed(coordinator, "xa-nhonhai", "nhap", successors="xa-lamson")
    own, today = (listed(coordinator, campaign, "hoat-dong", theo=way) for way in ("luc-mo", "hom-nay"))
    assert sorted(found[2:] for found in own) == sorted(found[2:] for found in today)
    assert {found[7] for found in today} == {"Lớp học tiếng Chăm", "Đọc to nghe chung"}
    assert {found[2]: found[1] for found in today}["UBND xã Nhơn Hải"].endswith("UBND xã Lâm Sơn")


def test_of_two_trees_each_unit_is_listed_once(campaign, coordinator):
    changed(coordinator, "xa-lamson", "chuyen", parent="tv-58", tree="association")
    names = [found[1] for found in listed(coordinator, campaign, theo="hom-nay", cay="ca-hai")]
    assert len(names) == len(set(names)) == campaign.roster.count()


def test_two_trees_at_once_count_a_unit_once(campaign, coordinator):
    changed(coordinator, "xa-lamson", "chuyen", parent="tv-58", tree="association")
    page = coordinator.get(reverse("desk:by_tree", args=[campaign.code]), {"theo": "hom-nay", "cay": "ca-hai"})
    assert page.context["total"].asked == campaign.roster.count()
    assert (page.context["in_both"], [part["sum"].asked for part in page.context["parts"]]) == (
        2, [campaign.roster.count(), 2],
    )  # fmt: skip


@pytest.mark.parametrize("given", [{"trong": "/9999/"}, {"trong": "x"}, {"ngay": "x"}, {"cay": "x"}])
def test_odd_addresses_show_the_whole(campaign, coordinator, given):
    page = coordinator.get(reverse("desk:by_tree", args=[campaign.code]), {"theo": "hom-nay", **given})
    assert page.context["total"].asked == campaign.roster.count()


def test_queries_do_not_grow_with_the_units(campaign, coordinator, django_assert_max_num_queries):
    for name, args in (("by_tree", [campaign.code]), ("tree", []), ("alike", []), ("reforms", [])):
        with django_assert_max_num_queries(20):
            coordinator.get(reverse(f"desk:{name}", args=args), {"theo": "hom-nay"})


def test_a_likely_pair_is_shown_side_by_side_made_one_and_undone(campaign, coordinator):
    registered(unit_of(campaign, "th-lam-son"))
    page = coordinator.get(reverse("desk:alike")).content.decode()
    assert "rất có thể là một" in page
    pair = reverse("desk:pair", args=[pk("th-lamson"), pk("th-lam-son")])
    assert "giữ bản đăng ký đã có" in coordinator.get(pair).content.decode()
    answer = coordinator.post(pair, {"do": "one"})
    assert Unit.objects.get(key="th-lam-son").same_as.key == "th-lamson"
    coordinator.post(answer["Location"], {"do": "undo"})
    assert Unit.objects.get(key="th-lam-son").same_as is None


@pytest.mark.parametrize(
    ("other", "first", "words"),
    [("th-lam-son", "one", "rất có thể là một"), ("xa-lamson", "apart", "ít có khả năng là một")],
)
def test_merging_is_the_first_offer_only_where_two_names_are_very_likely_one(coordinator, other, first, words):
    page = html.fromstring(coordinator.get(reverse("desk:pair", args=[pk("th-lamson"), pk(other)])).content)
    assert page.xpath("//main//button[contains(@class, 'btn-primary')]/@value") in ([first], [])
    assert first in page.xpath("//main//button/@value")
    assert words in page.text_content()


def test_told_apart_is_kept(coordinator):
    pair = reverse("desk:pair", args=[pk("th-lam-son"), pk("th-lamson")])
    coordinator.post(pair, {"do": "apart"})
    assert KnownApart.objects.count() == 1
    assert "Không có cặp đơn vị nào đáng ngờ" in coordinator.get(reverse("desk:alike")).content.decode()
    coordinator.post(pair, {"do": "again"})
    assert not KnownApart.objects.exists()


def test_one_above_the_other_is_not_offered_as_one(coordinator):
    page = coordinator.get(reverse("desk:pair", args=[pk("xa-lamson"), pk("th-lamson")]))
    assert "cấp trên và cấp dưới của nhau" in page.content.decode()
    assert 'value="one"' not in page.content.decode()


def test_another_provinces_units_are_not_there(coordinator):
    for name, args in (
        ("change_unit", [pk("so-99"), "doi-ten"]), ("pair", [pk("so-99"), pk("th-lamson")]),
        ("pair", [pk("th-lamson"), pk("so-99")]), ("change_unit", [pk("th-lamson"), "bay"]),
    ):  # fmt: skip
        assert coordinator.get(reverse(f"desk:{name}", args=args)).status_code == 404


def test_a_unit_is_chosen_by_a_part_of_its_name_and_asked_for_where_several_match(coordinator):
    school = Unit.objects.get(key="th-lamson")
    address = reverse("desk:change_unit", args=[school.pk, "chuyen"])
    asked = coordinator.get(address)
    assert "<datalist" not in asked.content.decode()
    assert '<option value="th-' not in asked.content.decode()
    unclear = coordinator.post(address, {"do": "look", "parent": "ubnd", "on": DAY})
    form = html.fromstring(unclear.content)
    assert unclear.status_code == 409
    keys = form.xpath("//input[@type='radio'][@name='chon-0']/@value")
    assert len(keys) > 1
    assert form.xpath("//input[@name='parent']/@value") == ["ubnd"]
    chosen = next(key for key in keys if key != "xa-lamson")
    seen = coordinator.post(address, {"do": "look", "parent": "ubnd", "cho-0": "ubnd", "chon-0": chosen, "on": DAY})
    written = html.fromstring(seen.content).xpath("//input[@name='parent']/@value")
    assert written == [f"{Unit.objects.get(key=chosen).name} ({chosen})"]
    assert not html.fromstring(seen.content).xpath("//input[@name='chon-0']")


def test_a_unit_is_split_into_new_ones_once_founding_them_is_confirmed(coordinator):
    address = reverse("desk:change_unit", args=[pk("xa-lamson"), "chia"])
    typed = {"do": "look", "successors": "UBND xã Ma Nới Đông\nUBND xã Ma Nới Tây", "on": DAY}
    asked = coordinator.post(address, typed)
    form = html.fromstring(asked.content)
    assert asked.status_code == 409
    assert "Chưa có đơn vị nào tên “UBND xã Ma Nới Đông”" in asked.content.decode()
    assert form.xpath("//textarea[@name='successors']")[0].text.split("\n") == typed["successors"].split("\n")
    names = form.xpath("//input[@name='lap-moi']/@value")
    assert names == ["UBND xã Ma Nới Đông", "UBND xã Ma Nới Tây"]
    seen = coordinator.post(address, typed | {"lap-moi": names})
    assert len(html.fromstring(seen.content).xpath("//input[@name='lap-moi'][@checked]")) == 2
    assert not Unit.objects.filter(name="UBND xã Ma Nới Đông").exists()
    coordinator.post(address, typed | {"lap-moi": names, "do": "take"})
    old, made = Unit.objects.get(key="xa-lamson"), Unit.objects.get(name="UBND xã Ma Nới Đông")
    assert (made.kind, made.valid_from, made.key) == (old.kind, dt.date(2022, 9, 28), "ubnd-xa-ma-noi-dong")
    day = dt.date(2022, 9, 28)
    assert queries.above_on(made, day) == queries.above_on(old, day - dt.timedelta(days=1))
    assert old.valid_to == day - dt.timedelta(days=1)


def test_words_no_unit_bears_are_said_back(coordinator):
    school = Unit.objects.get(key="th-lamson")
    answer = coordinator.post(
        reverse("desk:change_unit", args=[school.pk, "nhap"]), {"do": "look", "successors": "không đâu", "on": DAY}
    )
    assert "không đâu" in html.fromstring(answer.content).xpath("//input[@name='successors']/@value")[0]
    assert answer.status_code == 409
