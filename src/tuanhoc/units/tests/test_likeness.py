"""Two units that may be one body written twice: what raises the score, what lowers it, and how much is compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuanhoc.units.rules.likeness import FLAGGED, LIKELY, Named, alike, pairs, score


def scored(first, second, **same):
    return score(Named(1, first, **same), Named(2, second, **same)).score


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Trường THCS Phước Dinh", "Trường Trung học cơ sở Phước Dinh"),
        ("TTHTCĐ xã Phước Dinh", "Trung tâm Học tập cộng đồng Phước Dinh"),
        ("Phòng GD&ĐT huyện Ninh Sơn", "Phòng Giáo dục và Đào tạo Ninh Sơn"),
        ("Phòng GDĐT Ninh Sơn", "PGD Ninh Sơn"),
        ("UBND xã Phước Hoà", "Uỷ ban nhân dân xã Phước Hòa"),
        ("THPT Nguyen Trai", "Trường THPT Nguyễn Trãi"),
        ("Trường Mầm non Lâm Sơn (mẫu)", "MN Lâm Sơn"),
        ("Trung tâm GDNN-GDTX Ninh Hải", "TT GDNN - GDTX huyện Ninh Hải"),
        ("Trường Tiểu học Bắc Phong", "TH Bắc Phong"),
        ("Trường THCS Nguyễn Huệ", "Trường THCS Nguyễn Hụê"),
        ("Trường Tiểu học Phước Mỹ 1", "Trường TH Phước Mỹ I"),
        ("Trung tâm Văn hóa - Thể thao Thuận Bắc", "TT VH-TT huyện Thuận Bắc"),
    ],
)
def test_one_body_in_two_spellings_is_likely(first, second):
    assert scored(first, second, area=1) >= LIKELY


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Trường THCS số 1 Phước Dinh", "Trường THCS số 2 Phước Dinh"),
        ("Trường TH Lâm Sơn A", "Trường TH Lâm Sơn B"),
        ("Trường Tiểu học Lâm Sơn", "Trường THCS Lâm Sơn"),
        ("Trường Mầm non Bắc Phong", "Trường Tiểu học Bắc Phong"),
        ("Trường TH-THCS Bắc Phong", "Trường THCS Bắc Phong"),
        ("UBND xã Lâm Sơn", "Trung tâm Học tập cộng đồng xã Lâm Sơn"),
        ("Trường Tiểu học Phước Hải", "Trường Tiểu học Phước Hội"),
        ("Sở Giáo dục và Đào tạo", "Sở Tài chính"),
        ("Phòng GDĐT Ninh Sơn", "Phòng GDĐT Ninh Hải"),
    ],
)
def test_neighbours_with_like_names_are_not_flagged(first, second):
    assert scored(first, second, area=1, parent=7) < FLAGGED


def test_a_place_raises_or_lowers_the_score():
    names = ("Trường THCS Lê Lợi", "THCS Lê Lợi")
    here, there = Named(1, names[0], area=1), Named(2, names[1], area=2)
    assert scored(*names, area=1) > scored(*names) > score(here, there).score


def test_a_typing_slip_is_seen_and_told():
    found = score(Named(1, "Trường THCS Nguyễn Trãi"), Named(2, "Trường THCS Nguyênx Trãi"))
    assert found.score >= FLAGGED
    assert "slip" in found.signs


def test_an_earlier_name_is_a_name():
    renamed = Named(2, "Trường THCS Võ Văn Kiệt", also=("Trường THCS Phước Dinh",))
    assert score(Named(1, "THCS Phước Dinh"), renamed).score >= LIKELY


names = st.sampled_from(["Trường TH Lâm Sơn", "THCS Phước Dinh", "UBND xã Cà Ná", "Sở GDĐT", "", "số 2", "Phòng A & B"])
named = st.builds(Named, st.integers(1, 9), names, area=st.none() | st.integers(1, 2), parent=st.none() | st.just(3))


@given(named, named)
def test_a_score_is_a_share_and_the_same_from_both_sides(first, second):
    one, other = score(first, second), score(second, first)
    assert 0 <= one.score <= 1
    assert one.score == other.score


def test_pairs_told_apart_are_left_out():
    units = [Named(1, "THCS Lê Lợi"), Named(2, "Trường THCS Lê Lợi")]
    assert [(one.first, one.second) for one in alike(units)] == [(1, 2)]
    assert alike(units, apart={(1, 2): None}) == []


def test_how_much_is_compared_grows_with_the_units_and_not_with_their_square():
    def compared(n):
        units = [Named(i, f"Trường {kind} {a} {b}", area=i // 4) for i, (kind, a, b) in enumerate(_many(n))]
        return sum(1 for _pair in pairs(units))

    assert compared(2000) < 12 * compared(500)
    assert compared(2000) < 2000 * 2000 / 2 / 20


def _many(n):
    words = ["An", "Bình", "Châu", "Dinh", "Giang", "Hà", "Khánh", "Lâm", "Mỹ", "Ninh", "Phước", "Quảng", "Sơn", "Tân"]
    kinds = ["THCS", "Tiểu học", "Mầm non", "THPT"]
    for i in range(n):
        yield kinds[i % 4], words[i // 4 % 14], words[i // 56 % 14] + (f" {i // 784}" if i >= 784 else "")
