"""A preview tells one reason of many rows once, in a sentence that says what to mend; every row is in the sheet."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.builders import IN_TIME

from tuanhoc.desk.troubles import in_short, reasons
from tuanhoc.lib.sentences import Sentence
from tuanhoc.units.actions import load_areas
from tuanhoc.units.models import Area, Reform, Unit
from tuanhoc.units.rules import RowProblem
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
HEAD = "level,code,name,type,parent_code,valid_from,valid_to,successor_codes\n"
#: the province goes on in another, eight communes with it
OLD = [f"commune,{n},Xã Số {n},,585,,2022-09-30,{n}" for n in range(101, 109)]
NEW = [f"commune,{n},Xã Số {n} mới,,56,2022-10-01,," for n in range(101, 109)]
LIST = "\n".join([
    HEAD.strip(), "province,58,Tỉnh Ninh Thuận,,,,2022-09-30,56", "district,585,Huyện Ninh Sơn,,58,,2022-09-30,",
    *OLD, "province,56,Tỉnh Khánh Hòa,,,2022-10-01,,", *NEW, "",
])  # fmt: skip


@pytest.fixture(autouse=True)
def in_time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


def place(key, code, level):
    Unit.objects.filter(key=key).update(
        area=Area.objects.get(level=level, codes__code=code, codes__valid_to="2022-09-30")
    )


@pytest.fixture
def communes(campaign):
    """Eight communes of the province, placed by the State's codes."""
    load_areas(LIST)
    place("ubnd-58", "58", "province")
    district = Unit.objects.get(key="ubnd-585")
    place("ubnd-585", "585", "district")
    for n in range(101, 109):
        unit = Unit.objects.create(key=f"xa-{n}", kind=Unit.Kind.COMMUNE_COMMITTEE, name=f"UBND xã Số {n}")
        unit.edges.create(reports_to=district)
        place(unit.key, str(n), "commune")


def look(officer, **given):
    file = SimpleUploadedFile("areas.csv", LIST.encode())
    return officer.post(reverse("desk:new_reform"), {"do": "look", "on": "01/10/2022", "files": file, **given})


def test_a_province_that_cannot_be_founded_here_is_one_reason_not_one_for_every_commune(officer, communes):
    page = look(officer)
    text = page.content.decode()
    assert "Không có đơn vị nào có mã" not in text
    (shared,) = [reason for reason in page.context["reasons"] if reason.is_shared]
    assert "UBND tỉnh Khánh Hòa" in shared.words
    assert len(shared.lines) == page.context["row_count"] - 1
    assert "nhờ người quản trị hệ thống ghi" in text
    assert "Xem các dòng này" in text


def test_every_row_with_its_reason_can_be_taken_away(officer, communes):
    page = look(officer)
    given = dict(page.context["carried"])
    sheet = officer.post(reverse("desk:new_reform"), {"do": "problems", **given})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + page.context["row_count"]
    assert not Reform.objects.exists()


def test_units_without_the_states_codes_are_named_as_what_is_missing(officer, campaign):
    load_areas(LIST)
    Unit.objects.update(area=None)
    page = look(officer)
    assert page.status_code == 409
    assert "5 trong 5 ủy ban nhân dân chưa gắn mã địa bàn" in page.content.decode()
    assert "Mã địa bàn" in page.content.decode()


def test_a_units_file_with_one_mistake_in_every_row_says_it_once(officer, campaign):
    rows = "".join(f"moi-{n},ubnd-58,loai-la,Đơn vị {n}\n" for n in range(9))
    file = SimpleUploadedFile("don-vi.csv", f"key,parent_key,kind,name\n{rows}".encode())
    page = officer.post(reverse("desk:load_units"), {"do": "look", "units": file})
    (reason,) = page.context["reasons"]
    assert (reason.is_shared, reason.where) == (True, "2–10")
    sheet = officer.post(reverse("desk:load_units"), {"do": "problems", **dict(page.context["carried"])})
    assert sheet["Content-Type"].endswith("sheet")


def test_reasons_that_differ_only_in_what_fills_them_are_one_when_many():
    found = reasons([RowProblem(n, Sentence("Không có “%(key)s”.", {"key": f"k{n}"})) for n in range(2, 8)])
    assert [(reason.is_shared, reason.where, len(reason.spread)) for reason in found] == [(True, "2–7", 6)]
    few = reasons([RowProblem(n, Sentence("Không có “%(key)s”.", {"key": f"k{n}"})) for n in (2, 3)])
    assert [(reason.words, reason.where) for reason in few] == [("Không có “k2”.", "2"), ("Không có “k3”.", "3")]


@pytest.mark.parametrize(("lines", "words"), [([3], "3"), ([5, 2, 3, 4, 9], "2–5, 9"), ([1, 1, 2], "1–2")])
def test_lines_are_written_in_short(lines, words):
    assert in_short(lines) == words
