import datetime as dt
from dataclasses import replace

import pytest

from tuanhoc.portal import rules
from tuanhoc.portal.rules import Card, Wanted

CARD = Card(
    pk=1, content="Đọc sách", held_on=dt.date(2022, 10, 4), ends_on=None, starts_at=None, ends_at=None, part="",
    place="Nhà văn hóa", area="Xã Lâm Sơn", host="UBND xã Lâm Sơn", form="", audiences=(), fee="",
    is_cancelled=False, is_changed=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("place", "area", "form", "words"),
    [
        ("Nhà văn hóa", "Xã Lâm Sơn", "", "Nhà văn hóa, xã Lâm Sơn"),
        ("Nhà văn hóa xã Lâm sơn", "Xã Lâm Sơn", "", "Nhà văn hóa xã Lâm sơn"),
        ("Hội trường Phan Rang - Tháp Chàm", "Thành phố Phan Rang-Tháp Chàm", "", "Hội trường Phan Rang - Tháp Chàm"),
        ("Khu phố 2", "Phường 12", "", "Khu phố 2, phường 12"),
        ("", "Xã Lâm Sơn", "", "Xã Lâm Sơn"),
        ("Qua Zoom", "Xã Lâm Sơn", "online", "Qua Zoom"),
        ("", "", "online", ""),
    ],
)
def test_a_place_names_its_commune_once(place, area, form, words):
    assert replace(CARD, place=place, area=area, form=form).place_words() == words


def test_a_unit_named_by_the_place_is_not_named_again():
    assert replace(CARD, place="Sân UBND xã Lâm Sơn").host_words() == ""
    assert CARD.where() == "Nhà văn hóa, xã Lâm Sơn · UBND xã Lâm Sơn"


def test_what_matters_at_a_glance():
    assert CARD.chips() == [("free", "Miễn phí")]
    busy = replace(CARD, is_changed=True, form="both", audiences=("children", "parents", "elderly"), fee="20.000 đồng")
    assert busy.chips() == [
        ("changed", "Có thay đổi"),
        ("online", "Trực tiếp và trực tuyến"),
        ("people", "Thiếu nhi"),
        ("people", "Phụ huynh"),
        ("fee", "Có thu phí"),
    ]
    assert replace(busy, is_cancelled=True).chips()[0] == ("off", "Đã hủy")


@pytest.mark.parametrize(
    ("starts", "ends", "part", "words"),
    [
        (dt.time(7, 30), dt.time(10), "morning", "07:30 – 10:00"),
        (dt.time(7, 30), None, "", "07:30"),
        (None, None, "evening", "Tối"),
        (None, None, "", "Trong ngày"),
    ],
)
def test_no_hour_is_invented(starts, ends, part, words):
    assert rules.hours(starts, ends, part) == words


@pytest.mark.parametrize(
    ("last", "ends", "over"),
    [
        (dt.date(2022, 10, 3), None, True),
        (dt.date(2022, 10, 4), None, False),
        (dt.date(2022, 10, 4), dt.time(9), True),
        (dt.date(2022, 10, 4), dt.time(9, 1), False),
        (dt.date(2022, 10, 5), dt.time(7), False),
    ],
)
def test_it_is_over_when_its_last_hour_is(last, ends, over):
    assert rules.is_over(last, ends, at=dt.datetime(2022, 10, 4, 9)) is over


def test_the_poster_shows_different_things_before_the_same_thing_twice():
    titles = ["Khai mạc", "KHAI MẠC", "Đọc sách", "Khai mạc", "Vẽ tranh"]
    cards = [replace(CARD, pk=n, content=title) for n, title in enumerate(titles)]
    assert [card.pk for card in rules.varied(cards, 4)] == [0, 2, 4, 1]


def test_common_words_tell_nothing_and_neighbours_tell_more():
    told = rules.telling(["lop", "hoc", "truc", "tuyen", "cho", "phu", "huynh", "phu"])
    assert (told.words, told.pairs) == (("truc", "tuyen", "phu", "huynh"), ("truc tuyen", "phu huynh"))
    leasts = [rules.telling(f"w{n}" for n in range(count)).least() for count in range(1, 9)]
    assert leasts == [1, 2, 3, 3, 3, 4, 4, 5]


def test_a_question_has_one_address():
    asked = Wanted("chuyển đổi", dt.date(2022, 10, 4), 12, "online", "elderly", "morning", by_day=True)
    assert asked.query() == (
        "q=chuy%E1%BB%83n+%C4%91%E1%BB%95i&ngay=2022-10-04&dia-ban=12&hinh-thuc=online&doi-tuong=elderly"
        "&buoi=morning&xep=ngay"
    )
    assert Wanted(by_day=True).query() == ""


def test_a_long_title_is_cut_at_a_word_and_one_long_word_anywhere():
    assert rules.shortened("Ngày hội đọc sách", 17) == "Ngày hội đọc sách"
    assert rules.shortened("Ngày hội đọc sách", 16) == "Ngày hội đọc…"
    assert rules.shortened("khôngkhoảngtrắng", 8) == "khôngkh…"
