"""What holds for every form: no word is lost, and what is put into a blank form is read back."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from tuanhoc.activities.documents import blank_annex
from tuanhoc.intake.form import as_json, read_form
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.reading import Cell, Document, Grid, Paragraph, read

from .form_papers import WEEK, reading

WORDS = st.sampled_from([
    "", "", "Hội trường", "Khai mạc", "7h30", "Sáng", "- Tọa đàm\n- Thi vẽ", "01/10", "02-04/10", "Thứ Ba", "nt", "…",
    "31/9", "9h: Lễ phát động", "(7h30) Nhà văn hóa", "I. CẤP HUYỆN", "05/10/2029", "Các việc:\n- Một hai\n- Ba bốn",
    "x1", "25h00", "Sáng:\n- Đọc sách\nChiều:", "https://zoom.us/j/1 mã 9", "Thư viện; Chợ", "Trực tuyến",
    "từ 01/10 đến 07/10", "300",
])  # fmt: skip
HEADS = ["TT", "Ngày", "Giờ", "Địa điểm", "Nội dung", "Ghi chú", "Chủ trì", "Liên hệ", "Link", "Hình thức", "Chiều"]
#: Words of time: their meaning is in the row, not their letters.
OF_TIME = {"sáng", "chiều", "thứ", "ba", "từ", "đến", "nt"}


def said_words(text):
    return {
        w for w in "".join(c if c.isalnum() else " " for c in text.lower()).split() if len(w) > 1 and w[0].isalpha()
    }


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_every_written_word_is_in_a_row_or_shown(data):
    others = data.draw(st.lists(st.sampled_from(HEADS), unique=True, min_size=1, max_size=6))
    heads = list(dict.fromkeys(["Địa điểm", "Nội dung", *others]))
    rows = data.draw(st.lists(st.lists(WORDS, min_size=len(heads), max_size=len(heads)), min_size=1, max_size=4))
    cells = [
        Cell(r, c, tuple(text.split("\n")) if text else (), f"bảng 1, dòng {r + 1}, cột {c + 1}")
        for r, row in enumerate([heads, *rows])
        for c, text in enumerate(row)
    ]
    said = as_json(read_form(Document("a.docx", (Grid(tuple(cells), len(rows) + 1, len(heads), "bảng 1"),)), WEEK))
    kept = [str(value) for row in said["rows"] for value in row.values()] + [
        loose["text"] for loose in said["unplaced"]
    ]
    assert said_words(" ".join(text for row in rows for text in row)) - OF_TIME - said_words(" ".join(kept)) == set()


ANY = st.one_of(st.text(max_size=40), st.text(alphabet='0123456789/-.:,;()h g–ngaythu&+"|\t', max_size=60))


@given(st.lists(st.tuples(ANY, ANY, ANY, ANY, ANY), min_size=1, max_size=3), ANY)
@settings(max_examples=150, deadline=None)
def test_no_text_makes_the_reader_fail(rows, line):
    cells = [
        Cell(r, c, tuple(text.split("\n")), f"bảng 1, dòng {r + 1}, cột {c + 1}")
        for r, row in enumerate([("TT", "Ngày", "Giờ", "Địa điểm", "Nội dung"), *rows])
        for c, text in enumerate(row)
    ]
    grid = Grid(tuple(cells), len(rows) + 1, 5, "bảng 1")
    said = as_json(read_form(Document(line, (Paragraph(line, "đoạn 1"), grid)), WEEK))

    assert list(said) == ["organisation", "rows", "problems", "unplaced"]
    assert [p for p in said["problems"] if p["row"] is not None and p["row"] >= len(said["rows"])] == []


def test_a_number_without_end_is_only_text():
    (row,) = reading("Ngày | Nội dung\n" + "9" * 20_000 + " | Khai mạc\n", "a.txt")["rows"]
    assert (row["date_from"], row["content"]) == (None, "Khai mạc")


TYPED = st.text(alphabet="abcdđeêghiklmnoôơpqrstuưvxy áàảãạ", min_size=1, max_size=12).map(
    lambda t: "Lớp " + " ".join(t.split())
)


def blank(unit_name="UBND huyện Ninh Sơn"):
    return blank_annex(
        unit_name=unit_name, year=2022, starts_on=WEEK.first, ends_on=WEEK.last, closes_at=None, coordinator="Sở GDĐT"
    )


@given(st.lists(st.one_of(st.none(), st.tuples(TYPED, TYPED, TYPED)), min_size=21, max_size=21))
@settings(max_examples=15, deadline=None)
def test_what_is_put_into_the_blank_form_is_read_back(filled):
    import dataclasses

    annex = blank()
    rows = tuple((n, day, *(put or ("", "", ""))) for (n, day, *_), put in zip(annex.table.rows, filled, strict=True))
    said = reading(to_docx(dataclasses.replace(annex, table=dataclasses.replace(annex.table, rows=rows))))
    put = [(WEEK.first + dt.timedelta(days=n // 3), *words) for n, words in enumerate(filled) if words]
    assert [(row["date_from"], row["place"], row["content"], row["note"]) for row in said["rows"]] == [
        (day.isoformat(), *(w.strip() for w in words)) for day, *words in put
    ]
    assert (said["organisation"], said["unplaced"]) == ("UBND huyện Ninh Sơn", [])


def test_the_blank_form_reads_back_empty():
    said = as_json(read_form(read(to_docx(blank("Trường THPT Ninh Hải")), "a.docx"), WEEK))
    assert (said["organisation"], said["rows"], said["unplaced"]) == ("Trường THPT Ninh Hải", [], [])


def test_decomposed_text_comes_out_composed():
    import unicodedata

    text = unicodedata.normalize("NFD", "1. Ngày 03/10: Tọa đàm   về đọc sách tại Thư viện")
    (row,) = reading(text, "a.txt")["rows"]
    assert (row["content"], row["place"]) == ("Tọa đàm về đọc sách", "Thư viện")


def test_a_form_full_of_days_and_items_stays_small():
    month = ", ".join(f"{day}/10" for day in range(1, 31))
    heads = [Cell(0, n, (head,), "a") for n, head in enumerate(("Ngày", "Địa điểm", "Nội dung"))]
    cells = [*heads, Cell(1, 0, (month,), "b"), Cell(1, 2, tuple(f"- Việc {n}" for n in range(300)), "c")]
    said = read_form(Document("a.docx", (Grid(tuple(cells), 2, 3, "bảng 1"),)), WEEK)
    assert len(said.rows) == 200
