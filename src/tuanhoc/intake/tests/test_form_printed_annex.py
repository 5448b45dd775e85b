"""The annex a registration prints, read back as a form: nothing is lost and a second print says nothing twice."""

import datetime as dt

from tuanhoc.activities.documents import registration_annex
from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.intake.form import as_json, read_form
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.reading import read

from .form_papers import WEEK

MEET, ZOOM = "https://meet.example.vn/abc-defg-hij", "https://zoom.example.vn/j/123?pwd=abc"
DAY = dt.date(2022, 10, 1)
ROWS = [
    ActivityDraft(DAY, starts_at=dt.time(7, 30), ends_at=dt.time(9), place="Hội trường", content="Khai mạc"),
    ActivityDraft(DAY, form="online", link=MEET, content="Lớp học mở"),
    ActivityDraft(DAY, form="online", link=ZOOM, content="Tọa đàm", note=f"Vào {ZOOM}.", place="Họp trực tuyến"),
    ActivityDraft(DAY, form="both", link=ZOOM, place="Thư viện tỉnh", content="Kể chuyện", note="Mời phụ huynh"),
    ActivityDraft(DAY, form="both", content="Giao lưu"),
    ActivityDraft(dt.date(2022, 10, 3), dt.date(2022, 10, 5), form="online", place="Zoom", content="Thi đọc sách"),
]


def test_a_day_of_another_year_says_so():
    row = ActivityDraft(dt.date(2022, 12, 30), dt.date(2023, 1, 2), content="Lớp")
    assert printed([row]).table.rows[0][1] == "30/12 - 02/01/2023"


def printed(rows):
    return registration_annex(unit_name="Thư viện tỉnh", year=2022, rows=rows, submission=None)


def read_back(annex):
    return as_json(read_form(read(to_docx(annex), "a.docx"), WEEK))


def drafts(said):
    """Return what was read as rows of a registration; the form is not on the paper."""
    return [
        ActivityDraft(
            held_on=dt.date.fromisoformat(row["date_from"]),
            ends_on=dt.date.fromisoformat(row["date_to"]),
            starts_at=dt.time.fromisoformat(row["start_time"]) if row["start_time"] else None,
            ends_at=dt.time.fromisoformat(row["end_time"]) if row["end_time"] else None,
            place=row["place"], content=row["content"], note=row["note"], link=row["link"] or "",
        )
        for row in said["rows"]
    ]  # fmt: skip


def test_what_is_held_online_says_so_and_its_address_stands_in_the_note():
    assert [(place, note) for _tt, _day, place, _content, note in printed(ROWS).table.rows] == [
        ("Hội trường", ""),
        ("Trực tuyến", MEET),
        ("Họp trực tuyến", f"Vào {ZOOM}."),
        ("Thư viện tỉnh và trực tuyến", f"Mời phụ huynh\n{ZOOM}"),
        ("Trực tiếp và trực tuyến", ""),
        ("Trực tuyến, Zoom", ""),
    ]


def test_an_address_that_only_begins_like_one_in_the_note_is_printed_too():
    row = ActivityDraft(DAY, link="https://a.vn", note="Xem https://a.vn/lop", content="Lớp")
    assert printed([row]).table.rows[0][4] == "Xem https://a.vn/lop\nhttps://a.vn"


def test_the_printed_annex_reads_back_with_its_rows_and_prints_the_same_again():
    said = read_back(printed(ROWS))
    assert said["unplaced"] == []
    assert [(r["place"], r["content"], r["note"], r["link"]) for r in said["rows"]] == [
        ("Hội trường", "Khai mạc", "", None),
        ("Trực tuyến", "Lớp học mở", "", MEET),
        ("Họp trực tuyến", "Tọa đàm", f"Vào {ZOOM}.", ZOOM),
        ("Thư viện tỉnh và trực tuyến", "Kể chuyện", "Mời phụ huynh", ZOOM),
        ("Trực tiếp và trực tuyến", "Giao lưu", "", None),
        ("Trực tuyến, Zoom", "Thi đọc sách", "", None),
    ]
    assert [(row.held_on, row.ends_on) for row in drafts(said)] == [(r.held_on, r.ends_on or r.held_on) for r in ROWS]
    again = read_back(printed(drafts(said)))
    assert again["rows"] == said["rows"]
