"""The annex made for a unit, filled or not, read again: no difference, whatever its words look like."""

import datetime as dt
import io

import pytest
from docx import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from tuanhoc.activities.documents import blank_annex, registration_annex
from tuanhoc.activities.rules import ActivityDraft, lines_of, place_in_words
from tuanhoc.intake.form import Window, read_form
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.reading import read

WEEK = Window(dt.date(2022, 10, 1), dt.date(2022, 10, 7))
PARTS = {"morning": "sáng", "afternoon": "chiều", "evening": "tối", "": None}

#: what a reader of forms takes for days, hours, items, heads, signatures and titles
TRAPS = [
    "05/10", "7h30", "07:30: Khai mạc", "- Hội sách", "+ Thi vẽ; - Thi hát", "1. Lễ phát động", "2) Đọc sách",
    "Sáng: Họp", "Thứ Tư, ngày 05 tháng 10 năm 2022", "từ 01 đến 07/10", "cả tuần", "nt", '"', "Nơi nhận:", "TT",
    "THỦ TRƯỞNG ĐƠN VỊ", "Nội dung", "Địa điểm: Hội trường; sân trường", "Liên hệ: cô Hoa 0912 345 678", "2022",
    "https://meet.example.vn/abc-defg", "Đơn vị: UBND xã Lâm Sơn", "Thành phần: phụ huynh", "Không tổ chức",
    "500 đầu sách", "a) Lớp 1A", "…", "(Nộp về Sở)", "Chủ trì: Hội Khuyến học", "Nguyễn Văn A", "tiếp theo",
    "và các hoạt động khác", "Ghi chú", "x" * 400,
]  # fmt: skip
words = st.sampled_from(
    ["Ngày hội", "đọc sách", "lớp kỹ năng số", "cho người cao tuổi,", "giao lưu.", "xã Lâm Sơn", "–"]
)
phrase = st.lists(words | st.sampled_from(TRAPS), min_size=1, max_size=6).map(" ".join)
free = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Co", "Cc", "Cf", "Zl", "Zp"]), max_size=30)
text = st.lists(phrase | free, min_size=1, max_size=4).map("\n".join)
days = st.dates(dt.date(2022, 9, 20), dt.date(2022, 10, 20)) | st.dates(dt.date(2021, 1, 1), dt.date(2023, 12, 31))
hours = st.times().map(lambda moment: dt.time(moment.hour, moment.minute))
LINKS = ["", "", "https://meet.example.vn/abc-defg", "https://zoom.example.vn/j/1?pwd=a&x=%20"]


@st.composite
def drafts(draw):
    day = draw(st.none() | days)
    starts = draw(st.none() | hours)
    return ActivityDraft(
        held_on=day, ends_on=day + dt.timedelta(days=draw(st.integers(0, 9))) if day and draw(st.booleans()) else None,
        starts_at=starts, ends_at=draw(st.none() | hours) if starts else None,
        part_of_day="" if starts else draw(st.sampled_from(sorted(PARTS))),
        place=draw(st.just("") | phrase | text), content=draw(text), note=draw(st.just("") | phrase | text),
        form=draw(st.sampled_from(["", "in_person", "online", "both"])), link=draw(st.sampled_from(LINKS)),
    )  # fmt: skip


def meant(row):
    """Return what a row says on paper, as a reader should give it back."""
    last = row.ends_on or row.held_on
    note = "\n".join(lines_of(row.note))
    return (
        row.held_on, last, row.starts_at, row.ends_at, None if row.starts_at else PARTS[row.part_of_day],
        "\n".join(lines_of(place_in_words(row.form, row.place))), "\n".join(lines_of(row.content)), note,
        row.link or None,
    )  # fmt: skip


def said(row):
    return (
        row.date_from, row.date_to, row.start_time, row.end_time, row.part_of_day, row.place, row.content, row.note,
        row.link,
    )  # fmt: skip


def annex(rows):
    return registration_annex(unit_name="Thư viện tỉnh", year=2022, rows=rows, submission=None)


def is_written(row):
    return bool(lines_of(row.content))


@given(st.lists(drafts().filter(is_written), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_a_registration_printed_and_read_again_is_the_same(rows):
    reading = read_form(read(to_docx(annex(rows)), "phu-luc.docx"), WEEK)
    assert sorted(map(repr, map(said, reading.rows))) == sorted(map(repr, map(meant, rows)))
    assert (reading.organisation, reading.unplaced) == ("Thư viện tỉnh", ())


@given(st.dates(dt.date(2022, 1, 1), dt.date(2026, 12, 1)), st.integers(0, 12))
@settings(max_examples=20, deadline=None)
def test_a_blank_form_read_again_has_no_rows_and_leaves_nothing(first, length):
    last = first + dt.timedelta(days=length)
    blank = blank_annex(
        unit_name="Trường THCS Văn Hải", year=first.year, starts_on=first, ends_on=last, closes_at=None,
        coordinator="Sở Giáo dục và Đào tạo",
    )  # fmt: skip
    reading = read_form(read(to_docx(blank), "mau.docx"), Window(first, last))
    assert (reading.organisation, reading.rows, reading.unplaced) == ("Trường THCS Văn Hải", (), ())


DAY = dt.date(2022, 10, 4)


def typed_over(rows, edit):
    """Return the reading of an annex after somebody edited it in Word."""
    word = WordDocument(io.BytesIO(to_docx(annex(rows))))
    edit(word.tables[0])
    out = io.BytesIO()
    word.save(out)
    return read_form(read(out.getvalue(), "phu-luc.docx"), WEEK)


@pytest.mark.parametrize("column", [2, 3, 4])
def test_what_a_person_typed_over_a_printed_row_is_read_as_typed(column):
    rows = [ActivityDraft(DAY, place="Sân", content="- Hội sách", note="05/10"), ActivityDraft(DAY, content="1. Thi")]

    def edit(table):
        table.rows[1].cells[column].text = "Chữ của đơn vị"

    reading = typed_over(rows, edit)
    first, second = reading.rows
    assert (second.date_from, second.content) == (DAY, "1. Thi")
    assert (first.place, first.content, first.note)[column - 2] == "Chữ của đơn vị"
    assert reading.unplaced == ()


def test_rows_added_below_printed_ones_take_their_day_and_activities_typed_into_a_printed_cell_are_parted():
    rows = [ActivityDraft(DAY, place="Sân", content="Hội sách"), ActivityDraft(dt.date(2022, 10, 5), content="Thi vẽ")]

    def edit(table):
        added = table.add_row().cells
        added[2].text, added[3].text = "Thư viện", "Kể chuyện theo sách"
        table.rows[1].cells[3].text = "- Hội sách\n- Thi cờ"

    reading = typed_over(rows, edit)
    assert [(row.date_from, row.content) for row in reading.rows] == [
        (DAY, "Hội sách"), (DAY, "Thi cờ"), (dt.date(2022, 10, 5), "Thi vẽ"),
        (dt.date(2022, 10, 5), "Kể chuyện theo sách"),
    ]  # fmt: skip
