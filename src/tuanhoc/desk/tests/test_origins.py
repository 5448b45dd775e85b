"""Which cells of a file a row came from, whatever way the table was drawn."""

import datetime as dt

from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.desk.origins import origins_of
from tuanhoc.desk.sources import source_of
from tuanhoc.papers.reading import Cell, Document, Grid, Paragraph

THIRD, FOURTH = dt.date(2022, 10, 3), dt.date(2022, 10, 4)


def grid(*rows, tall=()):
    """Return a table of words; ``tall``: (row, column, span) of cells merged downwards, "" is no cell."""
    spans = {(row, column): span for row, column, span in tall}
    cells = tuple(
        Cell(r, c, tuple(words.split("\n")), f"bảng 1, dòng {r + 1}, cột {c + 1}", spans.get((r, c), 1))
        for r, row in enumerate(rows)
        for c, words in enumerate(row)
        if words
    )
    return Grid(cells, len(rows), max(map(len, rows)), "bảng 1")


def lines(*texts):
    return tuple(Paragraph(text, f"đoạn {n}") for n, text in enumerate(texts, start=1))


def found(blocks, *rows):
    """Return the words of each row's cells, and what is known to hold its day, place and content."""
    source = source_of(Document("a.docx", tuple(blocks)))
    words = {spot.anchor: spot.text for spot in source.spots()} | {"": ""}
    origins = origins_of(source, {str(n): row for n, row in enumerate(rows)})
    return [
        ([words[cell] for cell in one.cells], words[one.day], words[one.place], words[one.content])
        for one in origins.values()
    ]


def row(content, source, day=THIRD, **more):
    return ActivityDraft(held_on=day, content=content, source=source, **more)


def test_a_day_merged_over_several_lines_belongs_to_each():
    table = grid(["03/10", "Sân", "Đọc sách"], ["", "Nhà văn hóa", "Kể chuyện"], tall=[(0, 0, 2)])
    assert found([table], row("Kể chuyện", "bảng 1, dòng 2", place="Nhà văn hóa")) == [
        (["03/10", "Nhà văn hóa", "Kể chuyện"], "03/10", "Nhà văn hóa", "Kể chuyện")
    ]


def test_a_day_written_above_its_rows_is_found_there():
    table = grid(["Thứ Hai, ngày 03 tháng 10"], ["Sân", "Đọc sách"])
    assert found([table], row("Đọc sách", "bảng 1, dòng 2, mục 1", place="Sân")) == [
        (["Thứ Hai, ngày 03 tháng 10", "Sân", "Đọc sách"], "Thứ Hai, ngày 03 tháng 10", "Sân", "Đọc sách")
    ]


def test_a_week_across_the_page_leads_to_the_cell_below_the_day():
    table = grid(["03/10", "04/10"], ["Đọc sách", "Đọc sách"])
    assert found([table], row("Đọc sách", "bảng 1, dòng 1", FOURTH)) == [
        (["04/10", "Đọc sách"], "04/10", "", "Đọc sách")
    ]


def test_lines_of_a_letter_go_on_until_the_next_row():
    blocks = lines("Ngày 3/10:", "Địa điểm: Sân trường", "Nội dung: Đọc sách", "Ngày 4/10: Hội thao", "Trân trọng")
    assert found(
        blocks, row("Đọc sách", "đoạn 1", place="Sân trường"), row("Hội thao", "đoạn 4", FOURTH)
    ) == [
        (["Ngày 3/10:", "Địa điểm: Sân trường", "Nội dung: Đọc sách"], "Ngày 3/10:", "Địa điểm: Sân trường",
         "Nội dung: Đọc sách"),
        (["Ngày 4/10: Hội thao"], "Ngày 4/10: Hội thao", "", "Ngày 4/10: Hội thao"),
    ]  # fmt: skip


def test_a_number_is_not_taken_for_a_day():
    table = grid(["Số 13/10 và 3/101"], ["1", "Sân", "Đọc sách"])
    assert found([table], row("Đọc sách", "bảng 1, dòng 2"))[0][1] == ""


def test_a_row_of_no_known_place_has_no_cells():
    assert found(lines("Đọc sách"), row("Đọc sách", "thêm tay"), row("Đọc sách", "")) == [([], "", "", "")] * 2
