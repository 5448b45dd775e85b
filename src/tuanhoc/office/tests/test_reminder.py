"""The letter that asks for what has not come: whom it names, what it says, how it looks."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import IN_TIME, TOO_LATE, registered, someone, unit_of, week
from tests.decree_lines import opened, wrong_lines

from tuanhoc.activities import actions as activities
from tuanhoc.campaigns.rules import PaperForm
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.office import rules
from tuanhoc.office.documents import reminder
from tuanhoc.office.models import Scope
from tuanhoc.office.queries import replies
from tuanhoc.office.rules import Waiting, days_late, number_of, overdue
from tuanhoc.papers.metadata import metadata
from tuanhoc.papers.pdf import page_count
from tuanhoc.papers.values import Annex

AT = dt.datetime(2022, 10, 3, 9, 30, tzinfo=HANOI)
FORM = PaperForm(
    superior="UBND tỉnh Ninh Thuận", issuer="Sở Giáo dục và Đào tạo", place="Ninh Thuận", symbol="SGDĐT-GDTX",
    signature=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), signer="Nguyễn Văn A", recipients=("Lưu: VT, GDTX",),
)  # fmt: skip
LIBRARY = Waiting("Thư viện tỉnh", "Thư viện", 3, 0, TOO_LATE)
SCHOOL = Waiting("Trường Tiểu học Lâm Sơn", "Trường tiểu học", 7, 1, TOO_LATE, "returned")


def letter(late, **given):
    said = {
        "replied": 7, "title": "Tuần lễ hưởng ứng học tập suốt đời năm 2022", "year": 2022,
        "sender": "Sở Giáo dục và Đào tạo", "at": AT, "form": FORM, **given,
    }  # fmt: skip
    return reminder(late, **said)


def test_no_unit_late_no_letter():
    assert letter([]) is None


def test_few_units_are_named_in_the_letter_itself():
    document = letter(
        [LIBRARY, SCHOOL], reply_by=dt.date(2022, 10, 5), help_line="Phòng GDTX, điện thoại 0259 000 0000",
        plan="Kế hoạch số 05/KH-UBND ngày 05 tháng 9 năm 2022 của Ủy ban nhân dân tỉnh Ninh Thuận",
    )  # fmt: skip
    assert [block.text for block in document.body] == [
        "Thực hiện Kế hoạch số 05/KH-UBND ngày 05 tháng 9 năm 2022 của Ủy ban nhân dân tỉnh Ninh Thuận, các cơ quan, "
        "đơn vị đăng ký lịch hoạt động Tuần lễ hưởng ứng học tập suốt đời năm 2022 về Sở Giáo dục và Đào tạo.",
        "Tính đến 09 giờ 30 phút, ngày 03 tháng 10 năm 2022, Sở Giáo dục và Đào tạo đã nhận được lịch đăng ký hoặc "
        "phản hồi của 07 cơ quan, đơn vị; còn chờ lịch đăng ký của 02 cơ quan, đơn vị đã đến hạn (01 thư viện; 01 "
        "trường tiểu học).",
        "- Thư viện tỉnh: chưa nhận được lịch, quá hạn 03 ngày;",
        "- Trường Tiểu học Lâm Sơn: đã trả lại để bổ sung, quá hạn 03 ngày.",
        "Để kịp tổng hợp lịch hoạt động chung, Sở Giáo dục và Đào tạo kính đề nghị các cơ quan, đơn vị nêu trên quan "
        "tâm, gửi hoặc gửi lại lịch đăng ký chậm nhất ngày 05 tháng 10 năm 2022; cơ quan, đơn vị không có hoạt động "
        "xin báo lại để tiện theo dõi. Trường hợp lịch đã gửi trước khi nhận được văn bản này, xin bỏ qua đề nghị "
        "trên.",
        "Nếu cần hỗ trợ, xin liên hệ Phòng GDTX, điện thoại 0259 000 0000. Trân trọng cảm ơn sự phối hợp của các cơ "
        "quan, đơn vị./.",
    ]
    assert document.addressees == ("Thư viện tỉnh", "Trường Tiểu học Lâm Sơn")
    assert (document.kind, document.annexes) == ("", ())
    assert document.subject == "đôn đốc đăng ký lịch hoạt động Tuần lễ hưởng ứng học tập suốt đời năm 2022"
    assert metadata(document)["DueDate"] == "2022-10-05"
    assert wrong_lines(document) == []


def test_more_than_ten_stand_in_an_annex_by_level():
    late = [*(Waiting(f"Thư viện {n}", "Thư viện", 3, n, TOO_LATE) for n in range(10)), SCHOOL]
    document = letter(late)
    assert "trong đó 01 đơn vị đã được trả lại để bổ sung, danh sách tại Phụ lục" in document.body[1].text
    assert document.addressees == ("Các cơ quan, đơn vị có tên trong Phụ lục",)
    (annex,) = document.annexes
    assert annex.table.bands == ((0, "Thư viện: 10 đơn vị"), (10, "Trường tiểu học: 01 đơn vị"))
    assert annex.table.rows[0] == ("1", "Thư viện 0", "30/09/2022", "03 ngày", "Chưa nhận được lịch")
    assert annex.table.rows[10] == ("11", "Trường Tiểu học Lâm Sơn", "30/09/2022", "03 ngày", "Đã trả lại để bổ sung")
    assert annex.organisation == "Tính đến 09:30 ngày 03/10/2022: 11 cơ quan, đơn vị."
    assert wrong_lines(document) == []


def test_a_thousand_units_run_over_pages_with_the_head_on_each():
    names = [
        f"Trường Tiểu học xã Phước Thuận, huyện Ninh Phước, tỉnh Ninh Thuận, điểm trường số {n}" for n in range(1000)
    ]
    document = letter([Waiting(name, "Trường tiểu học", 7, n, TOO_LATE) for n, name in enumerate(names)])
    assert "1.000 cơ quan, đơn vị đã đến hạn" in document.body[1].text
    tables = [table for table in opened(document).tables if len(table.columns) == 5]
    assert [len(table.rows) for table in tables] == [1002]
    marked = [row._tr.xpath("./w:trPr/w:tblHeader") != [] for row in tables[0].rows[:4]]
    assert marked == [True, True, False, False]
    assert page_count(document) > 30


def test_nobody_answered_yet_is_no_number_of_answers():
    assert "đã nhận được" not in letter([LIBRARY], replied=0).body[1].text


@pytest.mark.parametrize(
    ("at", "days"),
    [
        (dt.datetime(2022, 9, 30, 23, 59, tzinfo=HANOI), 0),
        (TOO_LATE, 1),
        (dt.datetime(2022, 10, 1, 23, 59, tzinfo=HANOI), 1),
        (AT, 3),
    ],
)
def test_the_first_moment_too_late_is_one_day_late(at, days):
    assert days_late(TOO_LATE, at=at) == days


def test_who_has_time_left_is_not_chased_and_higher_levels_come_first():
    in_time = Waiting("UBND xã Nhơn Hải", "UBND xã", 6, 0, AT + dt.timedelta(days=1))
    assert overdue([SCHOOL, in_time, LIBRARY], at=AT) == [LIBRARY, SCHOOL]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2108/SGDĐT-GDTX", "2108/SGDĐT-GDTX"), (" 5 / GM-SGDĐT ", "5/GM-SGDĐT"), ("17", "17/SGDĐT"),
        ("", None), ("/SGDĐT", None), ("abc", None), ("1/", None),
    ],
)  # fmt: skip
def test_a_number_is_a_number_a_stroke_and_a_symbol(typed, number):
    assert number_of(typed, symbol="SGDĐT") == number


@pytest.mark.django_db
def test_replies_counts_answers_and_names_the_silent_the_unfinished_and_the_returned():
    campaign = week()
    registered(unit_of(campaign, "th-lamson"))
    begun = unit_of(campaign, "tv-58")
    activities.begin_registration(begun, by=someone(Role.OFFICER, at=begun), at=IN_TIME)
    back = registered(unit_of(campaign, "xa-lamson"), accepted=False)
    activities.return_registration(back, reason="Thiếu địa điểm", lines=[], by=SYSTEM, at=IN_TIME)
    found = replies(Scope(campaign), at=AT)
    assert (found.expected, found.replied) == (7, 1)
    assert [(unit.name, unit.level, unit.state) for unit in found.overdue] == [
        ("Sở Thông tin và Truyền thông", "Sở, ban, ngành", ""),
        ("Thư viện tỉnh", "Thư viện", "draft"),
        ("UBND huyện Ninh Hải", "UBND huyện, thành phố", ""),
        ("UBND huyện Ninh Sơn", "UBND huyện, thành phố", ""),
        ("UBND xã Lâm Sơn", "UBND xã, phường, thị trấn", "returned"),
        ("UBND xã Nhơn Hải", "UBND xã, phường, thị trấn", ""),
    ]
    assert replies(Scope(campaign), at=IN_TIME).overdue == ()


@pytest.mark.django_db
def test_the_cost_of_a_list_does_not_grow_with_it(django_assert_num_queries):
    campaign = week()
    with django_assert_num_queries(2):
        replies(Scope(campaign), at=AT)


@pytest.mark.django_db
def test_a_district_writes_to_those_under_it_only():
    campaign = week()
    found = replies(Scope(campaign, unit_of(campaign, "ubnd-585")), at=AT)
    assert [unit.name for unit in found.overdue] == ["UBND xã Lâm Sơn", "Trường Tiểu học Lâm Sơn"]


names = st.text("aăâđêôơưẤỆỖ “”‘&<>-–,.;:/()0123456789 ", min_size=1, max_size=160).filter(str.strip)
waiting = st.builds(
    Waiting, names, st.sampled_from(["Thư viện", "UBND xã, phường, thị trấn"]), st.integers(0, 8), st.integers(0, 9),
    st.just(TOO_LATE), st.sampled_from(["", "draft", "returned", "mới"]),
)  # fmt: skip


@given(st.lists(waiting, min_size=1, max_size=14), st.none() | st.dates(dt.date(2022, 1, 1)))
@settings(max_examples=25, deadline=None)
def test_any_list_gives_a_letter_that_keeps_the_decree(late, day):
    late = rules.overdue(late, at=AT)
    document = letter(late, reply_by=day)
    assert all(isinstance(annex, Annex) for annex in document.annexes)
    assert wrong_lines(document) == []
