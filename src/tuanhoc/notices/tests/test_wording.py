"""What letters say: how they address whoever they are for, and what they ask where nothing is taken any more."""

import datetime as dt

import pytest
from django.utils import translation
from tests.builders import week

from tuanhoc.lib.dates import HANOI
from tuanhoc.notices.digest import written
from tuanhoc.notices.rules import ladder
from tuanhoc.notices.rules.greeting import wants_title
from tuanhoc.notices.templatetags.greeting import greeting

CLOSES = dt.datetime(2022, 10, 1, tzinfo=HANOI)
AFTER = dt.datetime(2022, 10, 4, 9, tzinfo=HANOI)


@pytest.mark.parametrize(
    "name",
    ["Lê Thanh Khoa", "LÊ THANH KHOA", "Lê Thanh Khoa (mẫu)", "Đoàn Văn Tổ", "Trương Thị Hội", "Bạch Thị Ban", "Lan"],
)
def test_a_person_is_addressed_politely(name):
    assert wants_title(name)
    assert greeting(name) == f"Kính gửi Ông/Bà {name},"


@pytest.mark.parametrize(
    "name",
    [
        "Chị Lan", "CÔ HOA", "Ông/Bà Khoa", "Đ/c Nam", "đồng chí Nam", "TS. Lê Khoa", "Thầy Nam", "Quý cơ quan",
        "Hiệu trưởng Lê Nam", "Phòng GDĐT Ninh Sơn", "UBND xã Lâm Sơn", "Trường Tiểu học Lâm Sơn", "Văn thư",
        "Trung tâm HTCĐ xã An Hải", "vanthu@ninhson.example", "Tổ 3",
    ],
)  # fmt: skip
def test_who_has_a_form_of_address_or_is_an_office_gets_no_other(name):
    assert greeting(name) == f"Kính gửi {name},"


def test_without_a_name_the_unit_is_addressed():
    assert greeting("") == "Kính gửi Quý đơn vị,"


def reminder(campaign, **unit):
    given = {"pk": 1, "unit_id": 1, "name": "Hội Khuyến học", "closes_at": CLOSES, "asked_on": CLOSES.date()}
    due = ladder.Due(ladder.Expected(**(given | unit)), ladder.STEPS[-1], CLOSES.date())
    digest = ladder.Digest(ladder.Person("khoa@hkh.example", "Lê Thanh Khoa"), (due,), ())
    with translation.override("vi"):
        return written(campaign, digest, day=AFTER.date(), at=AFTER, own_words="")


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["", "draft"])
def test_a_locked_unit_is_asked_for_nothing_it_cannot_do(state):
    campaign = week()
    shut, open_ = (reminder(campaign, state=state, is_locked=locked) for locked in (True, False))
    assert shut.body.startswith("Kính gửi Ông/Bà Lê Thanh Khoa,\n")
    for asked in ("bấm “Nộp lịch đăng ký”", "quan tâm đăng ký", "“Đơn vị không có hoạt động”", "vẫn được nhận"):
        assert asked not in shut.body
    assert "việc nhận lịch đã khóa" in shut.body
    assert "bấm “Đề nghị mở khóa”" in shut.body
    assert shut.subject == "Việc nhận lịch đăng ký Tuần lễ học tập suốt đời năm 2022 đã khóa – Hội Khuyến học"
    assert ("bấm “Nộp lịch đăng ký”" if state else "quan tâm đăng ký") in open_.body
    assert "lịch gửi lúc này vẫn được nhận" in open_.body
    assert "khóa" not in open_.body
    assert open_.subject.startswith("Kính đề nghị gửi lịch đăng ký")


@pytest.mark.django_db
def test_a_locked_unit_whose_head_was_asked_is_not_told_to_hurry_the_head():
    asked = {"state": "draft", "handed_up_at": AFTER - dt.timedelta(days=5), "head_name": "Bà Hoa"}
    campaign = week()
    assert "để lịch được nộp kịp" in reminder(campaign, **asked).body
    shut = reminder(campaign, **asked, is_locked=True).body
    assert "nộp kịp" not in shut
    assert "trình thủ trưởng (Bà Hoa)" in shut
