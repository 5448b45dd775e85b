"""What a visitor finds: by words with or without marks, by area, day, form, audience and part of day."""

import datetime as dt

import pytest
from tests.builders import registered, row, unit_of, week

from tuanhoc.lib.dates import HANOI
from tuanhoc.units import actions as units
from tuanhoc.units.models import Area, Unit
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
LIST = "/tuan-le/ninh-thuan-2022/lich/"
AREAS = """level,code,name,type,parent_code,valid_from,valid_to,legal_basis_end,successor_codes,source
province,58,Tỉnh Ninh Thuận,Tỉnh,,,2025-06-30,,,
district,585,Huyện Ninh Sơn,Huyện,58,,2025-06-30,,,
commune,22846,Xã Lâm Sơn,Xã,585,,2025-06-30,,,
commune,22850,Xã Lập Sau,Xã,585,2024-01-01,2025-06-30,,,
district,586,Huyện Ninh Hải,Huyện,58,,2025-06-30,,,
commune,22861,Xã Nhơn Hải,Xã,586,,2025-06-30,,,
"""


@pytest.fixture
def campaign():
    units.load_areas(AREAS)
    return week()


@pytest.fixture
def ninh_son(campaign):
    return unit_of(campaign, "ubnd-585")


@pytest.fixture
def at_nine_on_the_fourth(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2022, 10, 4, 9, tzinfo=HANOI))


def found(client, **query):
    return [a.content for a in client.get(LIST, query).context["page"]]


def test_words_are_found_without_marks_and_exact_marks_come_first(client, ninh_son):
    registered(ninh_son, [row("Chuyện đói sổ"), row("Chuyển đổi số trong nhà trường"), row("Ngày hội đọc sách")])
    assert found(client, q="chuyen doi so") == ["Chuyện đói sổ", "Chuyển đổi số trong nhà trường"]
    assert found(client, q="chuyển đổi số") == ["Chuyển đổi số trong nhà trường", "Chuyện đói sổ"]
    assert found(client, q="không có gì như vậy") == []


def test_nearer_wordings_come_first(client, ninh_son):
    registered(
        ninh_son,
        [
            row("So tài đổi chỗ, chuyên cần"),
            row("Số hóa và đổi mới, chuyển giao"),
            row("Chuyên đói so"),
            row("CHUYỂN ĐỔI SỐ"),
        ],
    )
    assert found(client, q="chuyển đổi số") == [
        "CHUYỂN ĐỔI SỐ",
        "Số hóa và đổi mới, chuyển giao",
        "Chuyên đói so",
        "So tài đổi chỗ, chuyên cần",
    ]


def test_every_word_must_occur_wherever_it_stands(client, campaign, ninh_son):
    registered(ninh_son, [row("Đọc sách", place="Thư viện huyện"), row("Đọc sách", place="Nhà văn hóa")])
    assert len(found(client, q="thư viện đọc")) == 1
    assert len(found(client, q="ninh son doc")) == 2


@pytest.mark.parametrize("typed", ["100%", "a_b", "'; --", "((", "\u0000", "   ", "đ" * 300, "đọc " * 60])
def test_whatever_is_typed_is_answered(client, ninh_son, typed):
    registered(ninh_son)
    assert client.get(LIST, {"q": typed}).status_code == 200


def test_a_percent_sign_means_itself(client, ninh_son):
    registered(ninh_son, [row("Phủ sóng 100% lớp học"), row("Lớp 100 em")])
    assert found(client, q="100% lớp") == ["Phủ sóng 100% lớp học", "Lớp 100 em"]


def test_decomposed_typing_finds_the_same(client, ninh_son):
    registered(ninh_son, [row("Chuyển đổi số")])
    assert found(client, q="Chuyê\u0309n đô\u0309i sô\u0301") == ["Chuyển đổi số"]


def test_results_of_words_can_be_put_in_order_of_days(client, ninh_son):
    registered(ninh_son, [row("Đọc", held_on=dt.date(2022, 10, 2)), row("Đọc sách", held_on=dt.date(2022, 10, 1))])
    assert found(client, q="đọc", xep="ngay") == ["Đọc sách", "Đọc"]


def test_filters_narrow_by_day_form_and_audience(client, ninh_son):
    registered(
        ninh_son,
        [
            row("Một", held_on=dt.date(2022, 10, 1), ends_on=dt.date(2022, 10, 3)),
            row("Hai", form="online", link="https://example.vn/hai"),
            row("Lớp cho người cao tuổi"),
        ],
    )
    assert found(client, ngay="2022-10-02") == ["Một"]
    assert found(client, **{"hinh-thuc": "online"}) == ["Hai"]
    assert found(client, **{"doi-tuong": "elderly"}) == ["Lớp cho người cao tuổi"]
    assert len(found(client, **{"ngay": "hôm qua", "hinh-thuc": "?", "dia-ban": "x", "buoi": "khuya"})) == 3


def test_the_part_of_day_is_read_from_the_hour_or_from_the_words(client, ninh_son):
    registered(
        ninh_son,
        [
            row("Sáng theo giờ", starts_at=dt.time(11, 59)),
            row("Sáng theo lời", part_of_day="morning"),
            row("Chiều", starts_at=dt.time(12)),
            row("Tối", starts_at=dt.time(18)),
            row("Giờ hơn lời", starts_at=dt.time(19), part_of_day="morning"),
            row("Không rõ"),
        ],
    )
    assert found(client, buoi="morning") == ["Sáng theo giờ", "Sáng theo lời"]
    assert found(client, buoi="afternoon") == ["Chiều"]
    assert found(client, buoi="evening") == ["Tối", "Giờ hơn lời"]


def test_a_district_holds_its_communes(client, campaign, ninh_son):
    registered(ninh_son, [row("Ở huyện")])
    registered(unit_of(campaign, "xa-lamson"), [row("Ở xã")])
    registered(unit_of(campaign, "xa-nhonhai"), [row("Huyện khác")])
    district, commune = (Area.objects.get(name=name).pk for name in ("Huyện Ninh Sơn", "Xã Lâm Sơn"))
    assert sorted(found(client, **{"dia-ban": district})) == ["Ở huyện", "Ở xã"]
    assert found(client, **{"dia-ban": commune}) == ["Ở xã"]


def test_near_me_offers_the_areas_of_that_year_with_their_numbers(client, campaign, ninh_son):
    registered(ninh_son, [row("Ở huyện")])
    registered(unit_of(campaign, "xa-lamson"), [row("Ở xã"), row("Ở xã nữa")])
    districts = client.get("/tuan-le/ninh-thuan-2022/gan-toi/").context["districts"]
    assert [(d.name, d.count, [(name, n) for _, name, n in d.communes]) for d in districts] == [
        ("Huyện Ninh Hải", 0, [("Xã Nhơn Hải", 0)]),
        ("Huyện Ninh Sơn", 3, [("Xã Lâm Sơn", 2)]),
    ]


def test_filters_combine_and_each_can_be_lifted_alone(client, ninh_son):
    registered(ninh_son, [row("Đọc sách", form="online"), row("Đọc sách")])
    context = client.get(LIST, {"q": "doc", "hinh-thuc": "online", "ngay": "2022-10-04"}).context
    assert context["page"].paginator.count == 1
    assert [(pill.words, pill.query) for pill in context["held"]] == [
        ("“doc”", "ngay=2022-10-04&hinh-thuc=online"),
        ("Thứ Ba, 04/10", "q=doc&hinh-thuc=online"),
        ("Trực tuyến", "q=doc&ngay=2022-10-04"),
    ]


def test_nothing_found_offers_a_way_on(client, ninh_son):
    registered(ninh_son)
    page = client.get(LIST, {"q": "zzz"}).content.decode()
    assert "Không tìm thấy hoạt động nào." in page
    assert f'href="{LIST}?q=k%E1%BB%B9%20n%C4%83ng%20s%E1%BB%91"' in page


def test_a_province_without_areas_still_has_its_pages(client):
    campaign = week()
    registered(unit_of(campaign, "tv-58"))
    assert Unit.objects.get(key="ubnd-58").area is None
    assert client.get("/tuan-le/ninh-thuan-2022/gan-toi/").status_code == 200


WEEKLONG = [
    row("Khai mạc", held_on=dt.date(2022, 10, 1)),
    row("Sáng nay, đã xong", starts_at=dt.time(7), ends_at=dt.time(8)),
    row("Ngày mai", held_on=dt.date(2022, 10, 5), starts_at=dt.time(7)),
    row("Triển lãm", held_on=dt.date(2022, 10, 2), ends_on=dt.date(2022, 10, 6)),
    row("Sáng nay", starts_at=dt.time(7), ends_at=dt.time(11)),
]


@pytest.mark.usefixtures("at_nine_on_the_fourth")
def test_during_the_week_what_is_over_comes_last_and_what_goes_on_stands_under_today(client, ninh_son):
    registered(ninh_son, WEEKLONG)
    days = client.get(LIST).context["days"]
    assert [(f"{day:%d/%m}", [(card.content, card.is_over) for card in cards]) for day, cards in days] == [
        ("04/10", [("Sáng nay", False), ("Triển lãm", False)]),
        ("05/10", [("Ngày mai", False)]),
        ("01/10", [("Khai mạc", True)]),
        ("04/10", [("Sáng nay, đã xong", True)]),
    ]
    page = client.get(LIST).content.decode()
    assert page.count('<p class="past-from">Đã diễn ra</p>') == 1
    assert page.count('<span class="chip chip-past">Đã diễn ra</span>') == 2


@pytest.mark.usefixtures("at_nine_on_the_fourth")
def test_where_a_day_or_the_order_of_days_is_asked_for_time_alone_decides(client, ninh_son):
    registered(ninh_son, WEEKLONG)
    assert found(client, ngay="2022-10-04") == ["Sáng nay, đã xong", "Sáng nay", "Triển lãm"]
    assert found(client, q="nha van hoa", xep="ngay")[:2] == ["Khai mạc", "Triển lãm"]
    assert found(client, q="nha van hoa")[-2:] == ["Khai mạc", "Sáng nay, đã xong"]


def test_an_online_activity_is_found_by_its_form(client, ninh_son):
    registered(ninh_son, [row("Họp phụ huynh", form="online"), row("Cùng con đọc sách", form="both"), row("Vẽ tranh")])
    assert found(client, q="trực tuyến") == ["Họp phụ huynh", "Cùng con đọc sách"]


def test_where_nothing_holds_all_the_words_the_nearest_is_offered_and_said_to_be_so(client, ninh_son):
    registered(
        ninh_son,
        [
            row("Gặp gỡ phụ huynh"),
            row("Chuyên đề cho phụ huynh", form="online"),
            row("Lớp học vẽ cho các em"),
            row("Trực ban, phun thuốc"),
        ],
    )
    response = client.get(LIST, {"q": "lop hoc truc tuyen cho phu huynh"})
    assert [card.content for card in response.context["cards"]] == ["Chuyên đề cho phụ huynh", "Gặp gỡ phụ huynh"]
    page = response.content.decode()
    assert "Không có hoạt động nào đủ các từ; gần nhất là:" in page
    assert "Bản để in" not in page
    assert found(client, q="lop hoc cho cac em robot") == []
    assert found(client, q="lớp học gặp gỡ") == ["Gặp gỡ phụ huynh"]
    assert "đủ các từ" not in client.get(LIST, {"q": "phu huynh"}).content.decode()


def test_the_nearest_keeps_to_the_filters(client, ninh_son):
    registered(ninh_son, [row("Gặp gỡ phụ huynh"), row("Phụ huynh học số", held_on=dt.date(2022, 10, 5))])
    assert found(client, q="phu huynh truc tuyen", ngay="2022-10-05") == ["Phụ huynh học số"]


@pytest.mark.usefixtures("at_nine_on_the_fourth")
def test_near_me_counts_today_first_and_the_whole_week_when_asked(client, campaign, ninh_son):
    registered(ninh_son, [row("Hôm nay"), row("Ngày mai", held_on=dt.date(2022, 10, 5))])
    near = "/tuan-le/ninh-thuan-2022/gan-toi/"
    today, whole = client.get(near), client.get(near, {"ngay": "ca-tuan"})
    district = Area.objects.get(name="Huyện Ninh Sơn").pk
    assert [[d.count for d in page.context["districts"]] for page in (today, whole)] == [[0, 1], [0, 2]]
    assert f'href="{LIST}?ngay=2022-10-04&amp;dia-ban={district}"' in today.content.decode()
    assert f'href="{LIST}?dia-ban={district}"' in whole.content.decode()
