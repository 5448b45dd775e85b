"""Forms are matched to units precisely: a wrong unit is worse than none. Over the 393 units of the sample."""

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

import tuanhoc
from tuanhoc.intake.rules.matching import SURE, Known, Roster, Signs
from tuanhoc.lib.text import clean

UNITS = list(csv.DictReader((Path(tuanhoc.__file__).parent / "sample/data/units.csv").open(encoding="utf-8")))
BY_KEY = {unit["key"]: unit for unit in UNITS}
#: the ministry and the province's committee are not expected
EXPECTED = [unit for unit in UNITS if unit["kind"] not in {"ministry", "province_committee"}]
PK = {unit["key"]: n for n, unit in enumerate(EXPECTED)}


def above(unit):
    names, key = [], unit["parent_key"]
    while key in PK:
        names.insert(0, BY_KEY[key]["name"])
        key = BY_KEY[key]["parent_key"]
    return tuple(names)


@pytest.fixture(scope="module")
def roster():
    known = [Known(PK[u["key"]], u["name"], above(u)) for u in EXPECTED]
    return Roster(known, province="UBND tỉnh Ninh Thuận")


def bare(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).translate(
        str.maketrans("đĐ", "dD")
    )


def shortened(text):
    for long, short in (
        ("UBND huyện", "UBND H."), ("UBND thành phố", "UBND TP."), ("UBND xã", "UBND X."), ("UBND phường", "UBND P."),
        ("UBND thị trấn", "UBND TT."), ("GDĐT", "GD&ĐT"), ("Giáo dục và Đào tạo", "GD&ĐT"),
        ("Trung tâm Học tập cộng đồng", "TTHTCĐ"), ("Trường Tiểu học", "TH"), ("Trường Mầm non", "MN"),
        ("Trường THCS", "THCS"), ("Trung tâm GDNN - GDTX", "TT GDNN-GDTX"), ("Hội Khuyến học", "HKH"),
        ("Hội Liên hiệp Phụ nữ", "Hội LHPN"), ("Liên đoàn Lao động", "LĐLĐ"),
    ):  # fmt: skip
        text = text.replace(long, short)
    return text.replace(" (mẫu)", "")


def spelt_out(text):
    return (
        text.replace("UBND", "Ủy ban nhân dân")
        .replace("GDNN - GDTX", "Giáo dục nghề nghiệp - Giáo dục thường xuyên")
        .replace("GDĐT", "Giáo dục và Đào tạo")
        .replace("THCS", "Trung học cơ sở")
        .replace("THPT", "trung học phổ thông")
        .replace(" (mẫu)", "")
    )


def noisy(text):
    """Old tone places, decomposed, stray hyphens, dots and spaces, as Word leaves them."""
    text = text.replace("Hòa", "Hoà").replace("Hóa", "Hoá").replace("-", "  –  ").replace(" ", "\u00a0 ")
    return unicodedata.normalize("NFD", f"  {text} ……")


def with_parents(text, unit):
    superiors = [name for name in above(unit) if name.startswith("UBND")]
    places = [re.sub(r"^UBND ", "", name) for name in reversed(superiors)]
    return ", ".join([text, *places, "tỉnh Ninh Thuận"])


RENDERINGS = {
    "as it is": lambda u: u["name"],
    "capitals": lambda u: u["name"].upper(),
    "without marks": lambda u: bare(u["name"]),
    "shortened": lambda u: shortened(u["name"]),
    "spelt out": lambda u: spelt_out(u["name"]),
    "noisy": lambda u: noisy(u["name"]),
    "with its superiors": lambda u: with_parents(u["name"], u),
}


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_every_unit_is_found_by_its_name_however_written_and_never_taken_for_another(roster, rendering):
    outcome = Counter()
    for unit in EXPECTED:
        match = roster.match(Signs(organisation=RENDERINGS[rendering](unit)))
        if match.pk is None:
            assert PK[unit["key"]] in match.others, unit["name"]
            outcome["left to a person"] += 1
        else:
            assert BY_KEY[list(PK)[match.pk]]["name"] == unit["name"]
            assert match.score >= SURE, (unit["name"], match)
            outcome["sure"] += 1
    # Thành Hải and Thanh Hải are two communes, five units each: without marks nobody can tell.
    assert outcome["left to a person"] == (10 if rendering == "without marks" else 0)


def test_every_unit_is_found_by_the_name_of_its_file(roster):
    for unit in EXPECTED:
        name = f"12_{bare(shortened(unit['name'])).replace(' ', '_')}_lich_TLHTSD_2022.docx"
        match = roster.match(Signs(file_name=name))
        if match.pk is not None:
            assert BY_KEY[list(PK)[match.pk]]["name"] == unit["name"], name
        else:
            assert "Hai" in bare(unit["name"]), name


def found(roster, **signs):
    match = roster.match(Signs(**signs))
    return (list(PK)[match.pk] if match.pk is not None else None, match.score >= SURE)


def test_a_bare_district_stands_for_its_committee(roster):
    assert found(roster, organisation="huyện Ninh Sơn") == ("ubnd-585", True)
    assert found(roster, organisation="Ninh Sơn") == ("ubnd-585", False)
    assert found(roster, organisation="UBND TP. PR-TC") == ("ubnd-582", True)


def test_marks_tell_two_communes_apart_and_superiors_do_when_there_are_none(roster):
    assert found(roster, organisation="UBND xã Thành Hải") == ("ubnd-22774", True)
    assert found(roster, organisation="UBND xã Thanh Hải") == ("ubnd-22868", True)
    assert found(roster, organisation="UBND xa Thanh Hai") == (None, False)
    assert found(roster, organisation="UBND xa Thanh Hai, huyen Ninh Hai") == ("ubnd-22868", True)
    assert found(roster, organisation="UBND XA THANH HAI", letterhead=["UBND HUYỆN NINH HẢI"]) == ("ubnd-22868", True)
    assert found(roster, organisation="UBND xa Thanh Hai", file_name="Ninh Hai 03.docx") == ("ubnd-22868", True)


def test_the_same_name_in_two_districts_is_left_to_a_person_unless_the_superior_is_named():
    units = [
        Known(1, "UBND huyện An Phú"), Known(2, "UBND huyện Bình Minh"),
        Known(3, "UBND xã Phước Hải", ("UBND huyện An Phú",)), Known(4, "UBND xã Phước Hải", ("UBND huyện Bình Minh",)),
    ]  # fmt: skip
    roster = Roster(units, province="UBND tỉnh Ninh Thuận")
    alone = roster.match(Signs(organisation="UBND xã Phước Hải"))
    assert (alone.pk, alone.others) == (None, (3, 4))
    assert roster.match(Signs(organisation="UBND xã Phước Hải", letterhead=["UBND HUYỆN BÌNH MINH"])).pk == 4
    assert roster.match(Signs(organisation="UBND xã Phước Hải (An Phú)")).pk == 3
    assert roster.match(Signs(organisation="UBND xã Phước Hải, huyện Cam Lâm")).pk is None


def test_the_letterhead_names_the_superior_first_and_the_sender_below(roster):
    head = ["PHÒNG GDĐT NINH SƠN", "TRƯỜNG TIỂU HỌC LÂM SƠN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert found(roster, letterhead=head) == ("th-22813", True)
    broken = ["UBND HUYỆN NINH SƠN", "TRUNG TÂM VĂN HÓA", "- THỂ THAO NINH SƠN"]
    assert found(roster, letterhead=broken) == ("vhtt-585", True)


def test_signs_that_contradict_each_other_ask_for_a_look(roster):
    both = {"organisation": "UBND xã Lâm Sơn", "file_name": "UBND xa Luong Son.docx"}
    assert found(roster, **both) == ("ubnd-22813", False)
    above_it = {"organisation": "UBND xã Lâm Sơn", "file_name": "UBND huyen Ninh Son - xa Lam Son.docx"}
    assert found(roster, **above_it) == ("ubnd-22813", True)
    assert found(roster, organisation="Công ty TNHH Nắng Mới", file_name="UBND xa Lam Son.docx") == (
        "ubnd-22813",
        False,
    )


@pytest.mark.parametrize(
    "organisation",
    [
        "", "……", "UBND", "Hội Khuyến học", "Trường THPT Ninh Sơn", "Trường THPT Ninh Sơn 3", "UBND huyện Cam Lâm",
        "UBND xã Ninh Sơn", "Công ty Cổ phần Ninh Sơn", "UBND xã Lâm Sơn, huyện Ninh Hải", "Trường TH&THCS Lâm Sơn",
        "UBND tỉnh Ninh Thuận", "Sở Y tế",
    ],
)  # fmt: skip
def test_what_is_on_no_list_or_not_enough_is_matched_to_nobody_for_sure(roster, organisation):
    match = roster.match(Signs(organisation=organisation))
    assert match.score < SURE


def test_a_slip_of_one_letter_is_proposed_but_asks_for_a_look(roster):
    match = roster.match(Signs(organisation="UBND huyện Ninh Sơm"))
    assert (list(PK)[match.pk], match.score >= SURE) == ("ubnd-585", False)
    assert match.reason == "Gần giống tên trong tệp “UBND huyện Ninh Sơm”: xin kiểm tra."


def test_reasons_quote_what_was_read(roster):
    match = roster.match(Signs(organisation="UBND H. Ninh Sơn"))
    assert match.reason == "Tên trong mẫu “UBND H. Ninh Sơn” trùng với tên đơn vị."
    assert clean(match.reason) == match.reason
