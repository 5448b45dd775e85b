"""The real plan of 2022, whole: as Word and as text."""

import datetime as dt
from pathlib import Path

import pytest

from tuanhoc.intake.plan import as_json, read_plan
from tuanhoc.papers.reading import read

from .plan_papers import PLANS

WORD = Path(__file__).parents[2] / "sample" / "data" / "plan-ninh-thuan-2022.docx"


@pytest.fixture(params=["docx", "txt"])
def reading(request):
    path = WORD if request.param == "docx" else PLANS / "ninh-thuan-2022.txt"
    return read_plan(read(path.read_bytes(), path.name))


def test_what_the_plan_says_of_the_week(reading):
    said = {k: v for k, v in as_json(reading).items() if not isinstance(v, list)}
    assert said == {
        "title": "Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022",
        "year": 2022,
        "theme": "Thúc đẩy chuyển đổi số phục vụ cho học tập suốt đời sau đại dịch COVID-19",
        "starts_on": "2022-10-01",
        "ends_on": "2022-10-07",
        "opening_on": "2022-10-01",
        "registration_closes_at": "2022-10-01T00:00:00+07:00",
        "report_closes_at": "2022-10-15T00:00:00+07:00",
        "report_to": "phonggdtx.soninhthuan@moet.edu.vn",
    }


def test_one_duty_per_bullet_and_none_from_the_closing_paragraphs(reading):
    duties = as_json(reading)["duties"]
    assert [(d["clause"], d["unit"]) for d in duties] == [
        ("5.a.1", "Sở Giáo dục và Đào tạo"),
        ("5.a.2", "Sở Giáo dục và Đào tạo"),
        ("5.b", "Sở Thông tin và Truyền thông"),
        ("5.c", "Sở Văn hóa, Thể thao và Du lịch"),
        ("5.d", "Hội Khuyến học tỉnh"),
        ("5.đ.1", "UBND các huyện, thành phố"),
        ("5.đ.2", "UBND các huyện, thành phố"),
        ("5.đ.3", "UBND các huyện, thành phố"),
        ("5.đ.4", "UBND các huyện, thành phố"),
    ]
    assert duties[-1]["text"].startswith("Chỉ đạo các Phòng Giáo dục và Đào tạo, Hội Khuyến học huyện/thành phố")
    assert duties[-1]["text"].endswith("có hiệu quả cho cộng đồng dân cư trên địa bàn.")
    assert {d["due_on"] for d in duties} == {None}


def test_a_circular_replaced_before_the_plan_is_marked_stale(reading):
    issued = [(b["symbol"], b["normalized"], b["date"], b["issuer"]) for b in as_json(reading)["legal_bases"]]
    assert issued == [
        ("4342/BGDĐT-GDTX", "4342/BGDĐT-GDTX", "2022-09-07", "Bộ Giáo dục và Đào tạo"),
        ("4556/KH-UBND", "4556/KH-UBND", "2021-08-31", "Ủy ban nhân dân tỉnh"),
        ("07/TT-BTC", "07/2018/TT-BTC", "2018-01-24", "Bộ trưởng Bộ Tài chính"),
    ]
    stale = [b.value.stale for b in reading.legal_bases]
    assert stale == [None, None, "07/2018/TT-BTC đã được thay thế bằng Thông tư 17/2022/TT-BTC từ năm 2022."]


def test_points_and_their_bullets_are_directions(reading):
    directions = {d.value.clause: d.value.text for d in reading.directions}
    assert list(directions) == ["4.a", "4.b", "4.b.1", "4.b.2", "4.b.3", "4.b.4", "4.b.5"]
    assert directions["4.b.2"] == (
        "Các địa phương triển khai Tuần lễ năm 2022 với hình thức, nội dung phù hợp, linh hoạt, sáng tạo, "
        "tận dụng tối đa các nền tảng số."
    )


def test_every_value_shows_the_sentence_it_came_from(reading):
    assert reading.registration_closes_at.sentence == (
        "Các cơ quan, đơn vị đăng ký lịch hoạt động Tuần lễ về Sở Giáo dục và Đào tạo trước ngày 01/10/2022."
    )
    assert reading.starts_on.sentence.startswith("Tuần lễ được tổ chức từ ngày 01/10/2022")
    assert reading.starts_on.value == dt.date(2022, 10, 1)
    found = [reading.title, reading.theme, reading.report_to, *reading.duties, *reading.directions]
    assert all(f.where and f.sentence for f in found)
