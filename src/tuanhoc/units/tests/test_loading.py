"""Units and areas from files: reused codes, renamed and moved units, sheets as offices fill them in."""

import datetime as dt
import io

import pytest
from tests.builders import OPENED_AT, UNITS, province
from xlsxwriter import Workbook

from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.lib.refusal import Refusal
from tuanhoc.units import actions, queries, sheets
from tuanhoc.units.models import Area, AreaCode, Contact, ReportingEdge, Unit

AREAS = """level,code,name,type,parent_code,valid_from,valid_to,legal_basis_end,successor_codes,source
province,58,Tỉnh Ninh Thuận,Tỉnh,,1992-04-01,2025-06-30,,56,
district,582,Phan Rang,Thành phố,58,,2025-06-30,,,
commune,22741,Phường Phước Mỹ,Phường,582,,2025-06-30,,22741,
commune,22750,Phường Phủ Hà,Phường,582,,2024-10-31,,,
commune,22750,Phường Phủ Hà,Phường,582,2024-11-01,2025-06-30,,,
province,56,Tỉnh Khánh Hòa,Tỉnh,,1989-07-01,2025-06-30,,56,
province,56,Tỉnh Khánh Hòa,Tỉnh,,2025-07-01,,,,
commune,22741,Phường Bảo An,Phường,56,2025-07-01,,,,
"""


def rows(text):
    return actions.rows_of(sheets.read_units_file(text.encode()).records)


def loaded(text, *, at=OPENED_AT, day=None):
    return actions.load_units(actions.check(rows(text)), by=SYSTEM, at=at, day=day)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "name", "above"),
    [
        (dt.date(2022, 10, 1), "Phường Phước Mỹ", "Phan Rang"),
        (dt.date(2025, 6, 30), "Phường Phước Mỹ", "Phan Rang"),
        (dt.date(2025, 10, 1), "Phường Bảo An", "Tỉnh Khánh Hòa"),
    ],
)
def test_a_reused_code_means_the_area_that_bore_it_on_the_day(day, name, above):
    assert actions.load_areas(AREAS) == 8
    loaded("key,parent_key,kind,name,place_code\nx,,commune_committee,UBND phường,22741\n", day=day)
    area = Unit.objects.get(key="x").area
    assert (area.name, area.parent.name) == (name, above)


@pytest.mark.django_db
def test_an_areas_file_can_be_loaded_again_and_closes_what_was_open():
    actions.load_areas(AREAS.replace(",2025-06-30,,56,\ndistrict", ",,,56,\ndistrict"))
    assert actions.load_areas(AREAS) == 0
    assert Area.objects.get(name="Tỉnh Ninh Thuận").valid_to == dt.date(2025, 6, 30)
    new = AreaCode.objects.get(code="56", valid_from=dt.date(2025, 7, 1))
    assert Area.objects.get(name="Phường Bảo An").parent == new.area


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["code,name\n1,A\n", AREAS.replace("1992-04-01", "1/4/1992"), AREAS + "x,1,A,,,,\n"])
def test_a_broken_areas_file_is_refused_whole(text):
    with pytest.raises(actions.NotAnAreasFile):
        actions.load_areas(text)
    assert not Area.objects.exists()


@pytest.mark.django_db
def test_a_code_nobody_bears_on_the_day_leaves_the_unit_without_area_and_is_told():
    actions.load_areas(AREAS)
    text = "key,parent_key,kind,name,place_code\nx,,commune_committee,UBND phường,22750\n"
    found = queries.compare(rows(text), day=dt.date(2026, 1, 1))
    assert [row.key for row in found.no_area] == ["x"]
    loaded(text, day=dt.date(2026, 1, 1))
    assert Unit.objects.get(key="x").area is None


@pytest.mark.django_db
def test_a_renamed_and_moved_unit_keeps_its_id_and_its_past():
    province()
    unit = Unit.objects.get(key="th-lamson")
    later = OPENED_AT.replace(year=2023)
    text = "key,parent_key,kind,name\nth-lamson,so-gddt,school_lower,Trường TH-THCS Lâm Sơn\n"
    assert loaded(text, at=later) == (0, 1)
    assert Unit.objects.get(key="th-lamson").pk == unit.pk
    change = Entry.objects.get(what="units.unit.change")
    assert (change.details["before"]["name"], change.details["after"]["name"]) == (
        "Trường Tiểu học Lâm Sơn", "Trường TH-THCS Lâm Sơn",
    )  # fmt: skip
    edges = ReportingEdge.objects.filter(unit=unit).order_by("pk").values_list("reports_to__key", "valid_to")
    assert list(edges) == [("xa-lamson", dt.date(2023, 9, 19)), ("so-gddt", None)]
    assert loaded(text, at=later) == (0, 0)


@pytest.mark.django_db
def test_a_unit_is_not_hung_under_its_own_subtree():
    province()
    checked = actions.check(rows("key,parent_key,kind,name\nubnd-585,th-lamson,district_committee,UBND huyện\n"))
    assert (len(checked.rows), len(checked.problems)) == (0, 1)


@pytest.mark.django_db
def test_outside_the_own_tree_nothing_changes():
    province(UNITS + "so-99,bo,department,Sở tỉnh khác,,1\n")
    text = "key,parent_key,kind,name\n" + "".join(
        f"{row}\n"
        for row in (
            "so-99,bo,department,Sở Bị Đổi Tên",  # not ours
            "moi,bo,department,Sở Mới",  # new, outside
            "ubnd-58,bo,province_committee,UBND tỉnh Ninh Thuận mới",  # ours, stays where it is
            "th-moi,xa-lamson,school_primary,Trường mới",
            "so-tttt,so-99,department,Sở Thông tin và Truyền thông",  # ours, moved out
        )
    )
    within = frozenset(Unit.objects.exclude(key__in=["bo", "so-99"]).values_list("key", flat=True))
    checked = actions.check(rows(text), within=within)
    assert [row.key for row in checked.rows] == ["ubnd-58", "th-moi"]
    assert [problem.line for problem in checked.problems] == [2, 3, 6]


@pytest.mark.django_db
def test_a_contact_is_added_once_and_renewed():
    head = "key,parent_key,kind,name,contact_name,phone\n"
    loaded(head + "x,,department,Sở Y,Lan,0912\n")
    loaded(head + "x,,department,Sở Y,Lan,0913\n")
    assert list(Contact.objects.values_list("name", "phone")) == [("Lan", "0913")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_file_as_offices_save_it(delimiter, encoding):
    text = delimiter.join(["Mã", "Mã cấp trên", "Loại", "Tên đơn vị", "Ghi chú"]) + "\n"
    text += "\n" + delimiter.join(["x", "", "Thư viện", "Thư viện tỉnh", ""]) + "\n"
    read = sheets.read_units_file(text.encode(encoding))
    assert [(record.line, dict(record.cells)) for record in read.records] == [
        (3, {"key": "x", "parent_key": "", "kind": "Thư viện", "name": "Thư viện tỉnh"})
    ]
    assert read.unused == ["Ghi chú"]
    assert actions.rows_of(read.records)[0].kind == "library"


def test_a_sheet_with_a_title_above_and_numbers_for_codes_and_telephones():
    out = io.BytesIO()
    book = Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["DANH SÁCH ĐƠN VỊ"])
    sheet.write_row(2, 0, ["MÃ", "LOẠI", "TÊN ĐƠN VỊ", "MÃ ĐỊA BÀN", "Điện thoại"])
    sheet.write_row(3, 0, ["x", "Trường THPT", "Trường THPT A", 22741, 912345678])
    book.close()
    (record,) = sheets.read_units_file(out.getvalue()).records
    assert record.line == 4
    assert (record.cells["place_code"], record.cells["phone"]) == ("22741", "0912345678")
    assert actions.rows_of([record])[0].kind == "school_upper"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\xff\xfe\x00", b"a,b\n1,2\n", b"k\0ey"])
def test_what_is_no_units_file_is_refused_in_words(data):
    with pytest.raises(Refusal):
        sheets.read_units_file(data)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "row",
    [
        "có dấu,,department,Sở",
        "x,,department," + "T" * 201,
        "x,,department,Sở,a@b@c,",
        "x,,department,Sở,," + "9" * 41,
    ],
)
def test_what_no_column_could_hold_is_a_problem_and_no_error(row):
    checked = actions.check(rows(f"key,parent_key,kind,name,email,phone\n{row}\n"))
    assert (len(checked.rows), len(checked.problems)) == (0, 1)
