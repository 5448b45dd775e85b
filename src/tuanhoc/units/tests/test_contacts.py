"""Whom to reach: kept without doubles, never lost by mistake, brought in from a spreadsheet after a look."""

import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import IN_TIME, province

from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM
from tuanhoc.units import actions, queries
from tuanhoc.units.contacts import BadAddress, NoSuchWay, SameNameTwice
from tuanhoc.units.directory import digits_of
from tuanhoc.units.models import Contact, Unit
from tuanhoc.units.rules import Person

TODAY = IN_TIME.date()


@pytest.fixture
def unit(db):
    province()
    return Unit.objects.get(key="th-lamson")


def keep(unit, name="Cô Mai", contact=None, **ways):
    return actions.keep_contact(
        unit, Person(name, **({"phone": "0259 1"} | ways)), contact=contact, by=SYSTEM, at=IN_TIME
    )


def test_a_person_is_renewed_and_not_doubled(unit):
    keep(unit)
    kept = keep(unit, phone="0912 000 111", is_in_charge=True)
    assert Contact.objects.get() == kept
    assert (kept.phone, kept.is_in_charge, kept.checked_on) == ("0912 000 111", True, TODAY)


def test_a_name_is_corrected_in_place_but_never_over_another(unit):
    first, second = keep(unit, "Cô Mai"), keep(unit, "Thầy Bình")
    assert keep(unit, "Cô Mai Anh", contact=first).pk == first.pk
    with pytest.raises(SameNameTwice):
        keep(unit, "Cô Mai Anh", contact=second)


@pytest.mark.parametrize(
    ("ways", "refusal"),
    [
        ({"phone": ""}, actions.ContactNeedsAWay),
        ({"email": "không phải thư"}, BadAddress),
        ({"preferred": "zalo"}, NoSuchWay),
    ],
)
def test_what_reaches_nobody_is_refused(unit, ways, refusal):
    with pytest.raises(refusal):
        keep(unit, **ways)
    assert not Contact.objects.exists()


def test_the_last_one_goes_only_when_that_is_meant(unit):
    first, second = keep(unit, "Một"), keep(unit, "Hai")
    actions.remove_contact(first, by=SYSTEM, at=IN_TIME)
    with pytest.raises(actions.LastContact):
        actions.remove_contact(second, by=SYSTEM, at=IN_TIME)
    assert Contact.objects.get() == second
    actions.remove_contact(second, sure=True, by=SYSTEM, at=IN_TIME)
    assert not Contact.objects.exists()


def test_the_journal_tells_who_and_which_ways_but_no_number(unit):
    keep(unit)
    keep(unit, phone="0912 000 111")
    entry = Entry.objects.filter(what="units.contact.keep").get()
    assert entry.details == {"name": "Cô Mai", "before": {"phone": "present"}, "after": {"phone": "altered"}}
    assert not [e for e in Entry.objects.all() if "0912" in str(e.details)]


def test_a_list_said_to_be_right_bears_the_day(unit):
    keep(unit)
    Contact.objects.update(checked_on=None)
    assert actions.check_contacts(unit, by=SYSTEM, at=IN_TIME) == 1
    assert Contact.objects.get().checked_on == TODAY


def test_the_same_person_at_several_units_is_seen_whatever_the_spelling_of_the_number(unit):
    other = Unit.objects.get(key="xa-lamson")
    keep(unit, phone="+84 912 000 111")
    keep(other, phone="0912.000.111")
    keep(other, "Người khác", phone="0259 22222")
    lines = {line.unit.key: line for line in queries.directory(None, TODAY)}
    assert list(lines["th-lamson"].shared.values()) == [1]
    assert [n for _, n in lines["xa-lamson"].shared_people] == [1, 0]


def test_the_directory_costs_two_queries_however_many_units(unit, django_assert_num_queries):
    keep(unit)
    with django_assert_num_queries(2):
        lines = queries.directory(None, TODAY)
    assert len(lines) == Unit.objects.count()


@given(st.text("0123456789 .-()+", max_size=20))
def test_digits_are_read_or_left(text):
    assert digits_of(text).isdecimal() or digits_of(text) == ""


def file_of(*rows):
    out = io.StringIO()
    head = ["Mã", "Đơn vị", "Họ và tên", "Chức vụ", "Điện thoại", "Thư điện tử", "Phụ trách Tuần lễ"]
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode()


def test_a_file_is_looked_at_and_then_taken_and_says_each_row_it_cannot_take(unit):
    keep(unit, email="cu@truong.example")
    looked = queries.read_contacts_file(
        file_of(
            ["th-lamson", "", "Cô Mai", "Hiệu trưởng", "", "moi@truong.example", ""],
            ["", "UBND xã Lâm Sơn", "Anh Sơn", "", "0912 000 222", "", "x"],
            ["khong-co", "", "Ai đó", "", "0912", "", ""],
            ["xa-lamson", "", "Người B", "", "", "", ""],
        )
    )
    assert [row.person.name for row in looked.new] == ["Anh Sơn"]
    assert looked.changed[0][1] == [
        ("Chức vụ", "", "Hiệu trưởng"), ("Thư điện tử", "cu@truong.example", "moi@truong.example"),
    ]  # fmt: skip
    assert [problem.line for problem in looked.problems] == [4, 5]
    assert actions.take_contacts(looked.rows, by=SYSTEM, at=IN_TIME) == (1, 1)
    # A blank cell leaves what stands there.
    assert Contact.objects.get(name="Cô Mai").phone == "0259 1"
    assert Contact.objects.get(name="Anh Sơn").is_in_charge


def test_what_was_exported_comes_back_as_nothing_to_change(unit):
    keep(unit, "=1+1", note='=HYPERLINK("http://x")', is_head=True, preferred="phone")
    lines = queries.directory(None, TODAY)
    data = queries.contacts_file([c for line in lines for c in line.people], {x.unit.pk: x.unit for x in lines})
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"=1+1" in sheet
    assert b"<f>" not in sheet
    looked = queries.read_contacts_file(data)
    assert (looked.same, looked.new, looked.changed, looked.problems) == (1, [], [], [])


def test_rows_of_units_out_of_reach_are_not_taken(unit):
    looked = queries.read_contacts_file(file_of(["th-lamson", "", "A", "", "0912", "", ""]), within={-1})
    assert (looked.new, len(looked.problems)) == ([], 1)
