import datetime as dt
from dataclasses import replace

import pytest

from tuanhoc.lib.dates import HANOI
from tuanhoc.papers.values import Paragraph
from tuanhoc.schedule.documents import WRITERS, Edition, happenings, schedule_letter
from tuanhoc.schedule.rules import Issuer, Line, changes

WEEK = "Tuần lễ hưởng ứng học tập suốt đời năm 2022"
ISSUER = Issuer("UBND tỉnh Ninh Thuận", "Sở Giáo dục và Đào tạo", "Ninh Thuận", "", "", ("GIÁM ĐỐC",), "Nguyễn Văn A")
DAYS = ((dt.date(2022, 10, 1), dt.date(2022, 10, 7)),)
AT = dt.datetime(2022, 9, 28, 9, 30, tzinfo=HANOI)


def line(pk, day, unit, rank, **fields):
    given = {"place": "Hội trường", "content": f"Việc {pk}", "starts_at": None, **fields}
    return Line(activity_id=pk, held_on=dt.date(2022, 10, day), unit_name=unit, unit_rank=rank, **given)


LINES = (
    line(1, 2, "UBND huyện Ninh Sơn", 4, starts_at=dt.time(7, 30), ends_at=dt.time(9)),
    line(2, 1, "UBND huyện Bác Ái", 4, part_of_day="morning", note="Cả huyện"),
    line(3, 1, "Sở Y tế", 1, ends_on=dt.date(2022, 10, 3)),
    line(4, 1, "Sở Y tế", 1, is_cancelled=True),
)


def edition(lines=LINES, **fields):
    given = {"number": 1, "at": AT, "windows": DAYS, **fields}
    return Edition(WEEK, 2022, "tỉnh Ninh Thuận", ISSUER, "Sở Giáo dục và Đào tạo", tuple(lines), **given)


def test_the_annex_is_by_day_then_rank_then_vietnamese_order_and_leaves_the_cancelled_out():
    (annex,) = schedule_letter(edition()).annexes
    assert annex.table.columns == ("TT", "Thời gian", "Địa điểm", "Nội dung", "Đơn vị", "Ghi chú")
    assert annex.table.bands == ((0, "Thứ Bảy, ngày 01/10/2022"), (2, "Chủ nhật, ngày 02/10/2022"))
    assert annex.table.rows == (
        ("1", "đến 03/10", "Hội trường", "Việc 3", "Sở Y tế", ""),
        ("2", "Sáng", "Hội trường", "Việc 2", "UBND huyện Bác Ái", "Cả huyện"),
        ("3", "07:30 - 09:00", "Hội trường", "Việc 1", "UBND huyện Ninh Sơn", ""),
    )
    assert sum(annex.table.widths_mm) == 165
    assert annex.title == ("LỊCH HOẠT ĐỘNG", WEEK)
    assert annex.organisation == "Ban hành lần 1: 03 hoạt động của 03 cơ quan, đơn vị."


def test_number_and_date_stay_blank_until_the_letter_has_them():
    letter = schedule_letter(edition())
    assert (letter.letterhead.number, letter.letterhead.issued_on) == ("", None)
    attached = " ".join(letter.annexes[0].attached_to.split())
    assert attached == "(Kèm theo Công văn số ngày tháng năm 2022 của Sở Giáo dục và Đào tạo)"
    named = "Công văn số 2108/SGDĐT-GDTX ngày 30/9/2022 của Sở Giáo dục và Đào tạo"
    signed = replace(ISSUER, number="2108/SGDĐT-GDTX", parent_document=named)
    letter = schedule_letter(replace(edition(), issuer=signed))
    assert (letter.letterhead.number, letter.letterhead.issued_on) == ("2108/SGDĐT-GDTX", dt.date(2022, 9, 30))
    assert letter.annexes[0].attached_to == f"(Kèm theo {named})"


def test_the_letter_says_what_it_sends():
    letter = schedule_letter(edition(help_line="Phòng GDTX, 0259 3822 000"))
    assert letter.kind == ""
    assert letter.subject == f"lịch hoạt động {WEEK}"
    assert letter.body == (
        Paragraph(
            f"Sở Giáo dục và Đào tạo gửi lịch hoạt động {WEEK} (từ ngày 01/10/2022 đến ngày 07/10/2022) trên địa bàn "
            "tỉnh Ninh Thuận, tổng hợp từ bản đăng ký của 03 cơ quan, đơn vị, gồm 03 hoạt động (Phụ lục kèm theo)."
        ),
        Paragraph(
            "Đề nghị các cơ quan, đơn vị tổ chức hoạt động theo lịch và báo về Sở Giáo dục và Đào tạo "
            "(Phòng GDTX, 0259 3822 000) khi có thay đổi./."
        ),
    )
    assert (letter.signature, letter.signer, letter.recipients) == (("GIÁM ĐỐC",), "Nguyễn Văn A", ("Lưu: VT",))


MISTYPED = line(6, 1, "Thư viện tỉnh", 3, starts_at=dt.time(8))
MISTYPED = replace(MISTYPED, held_on=dt.date(2029, 10, 7))


def test_a_year_typed_wrong_never_moves_the_weeks_days_and_is_seen_last_in_the_annex():
    letter = schedule_letter(edition((MISTYPED, *LINES)))
    assert letter.body[0].text == (
        f"Sở Giáo dục và Đào tạo gửi lịch hoạt động {WEEK} (từ ngày 01/10/2022 đến ngày 07/10/2022) trên địa bàn "
        "tỉnh Ninh Thuận, tổng hợp từ bản đăng ký của 04 cơ quan, đơn vị, gồm 04 hoạt động, trong đó 01 hoạt động "
        "ngoài các ngày của Tuần lễ (Phụ lục kèm theo)."
    )
    table = letter.annexes[0].table
    assert table.bands == (
        (0, "Thứ Bảy, ngày 01/10/2022"),
        (2, "Chủ nhật, ngày 02/10/2022"),
        (3, "Hoạt động ngoài các ngày của Tuần lễ"),
        (3, "Chủ nhật, ngày 07/10/2029"),
    )
    assert table.rows[3] == ("4", "08:00", "Hội trường", "Việc 6", "Thư viện tỉnh", "")


def test_days_of_a_phase_stand_in_their_order_and_a_year_that_is_not_the_weeks_is_said():
    promotion = (dt.date(2022, 9, 1), dt.date(2022, 9, 30))
    early = replace(LINES[1], held_on=dt.date(2022, 9, 5), ends_on=dt.date(2023, 9, 5))
    letter = schedule_letter(edition((LINES[0], early), windows=(*DAYS, promotion)))
    assert "ngoài" not in letter.body[0].text
    assert letter.annexes[0].table.bands == ((0, "Thứ Hai, ngày 05/09/2022"), (1, "Chủ nhật, ngày 02/10/2022"))
    assert [cells[1] for cells in letter.annexes[0].table.rows] == ["Sáng\nđến 05/09/2023", "07:30 - 09:00"]


def test_a_draft_says_that_it_is_one():
    (annex,) = schedule_letter(edition(number=None)).annexes
    assert annex.organisation == "Dự thảo, tính đến 09:30 ngày 28/09/2022: 03 hoạt động của 03 cơ quan, đơn vị."


def test_the_second_release_lists_what_was_added_moved_cancelled_and_reworded():
    after = (
        replace(LINES[0], place="Sân vận động", reason="Mưa"),
        replace(LINES[1], is_cancelled=True, reason="Trùng lịch"),
        replace(LINES[2], note="Trực tuyến"),
        line(5, 7, "Sở Y tế", 1),
    )
    letter = schedule_letter(edition(after, number=2, changes=changes(LINES, after)))
    assert letter.subject == f"điều chỉnh, bổ sung lịch hoạt động {WEEK} (lần 2)"
    assert letter.body[1].text == (
        "So với lần ban hành trước, lịch có 01 hoạt động bổ sung, 01 hoạt động dời ngày, giờ hoặc địa điểm, "
        "01 hoạt động hủy, 01 hoạt động sửa nội dung (Phụ lục\u00a0II kèm theo)."
    )
    assert letter.annexes[1].table.rows == (
        ("1", "Sở Y tế", "Việc 5", "", "Ngày 07/10/2022\nHội trường"),
        (
            "1", "UBND huyện Ninh Sơn", "Việc 1", "07:30 - 09:00, ngày 02/10/2022\nHội trường",
            "07:30 - 09:00, ngày 02/10/2022\nSân vận động\n(Mưa)",
        ),
        ("1", "UBND huyện Bác Ái", "Việc 2", "Sáng, ngày 01/10/2022\nHội trường", "Không tổ chức\n(Trùng lịch)"),
        ("1", "Sở Y tế", "Việc 3", "Ghi chú: không", "Ghi chú: Trực tuyến"),
    )  # fmt: skip
    assert letter.annexes[1].table.bands == ((0, "Bổ sung"), (1, "Dời lịch"), (2, "Hủy"), (3, "Sửa nội dung"))
    assert sum(letter.annexes[1].table.widths_mm) == 165


def test_an_edition_without_changes_has_one_annex():
    assert len(schedule_letter(edition(number=None, changes=changes(LINES, LINES))).annexes) == 1


@pytest.mark.parametrize("lines", [(), LINES])
def test_a_calendar_has_every_line_and_marks_the_cancelled(lines):
    found = list(happenings(lines, at=AT))
    assert sorted(h.summary for h in found if not h.is_cancelled) == [f"Việc {n}" for n in (1, 2, 3)[: len(lines)]]
    assert [h.summary for h in found if h.is_cancelled] == ["Việc 4"][: len(lines)]


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_an_empty_schedule_is_written_too_and_says_so(kind):
    nothing = edition((), number=None)
    assert "0 hoạt động của 0 cơ quan, đơn vị." in schedule_letter(nothing).annexes[0].organisation
    assert WRITERS[kind](nothing)
