"""Duties set out in a table: "TT | Nhiệm vụ | Đơn vị chủ trì | Thời gian hoàn thành"."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from tuanhoc.lib.text import clean
from tuanhoc.papers.reading import Document, Grid

from .days import days_in, deadlines_in, ranges_in
from .values import Duty, Found
from .wording import bare

_UNIT = re.compile(
    r"(?:(?:ten )?(?:don vi|co quan)(?:,? (?:don vi|co quan|dia phuong))?"
    r"(?: duoc)?(?: chu tri| thuc hien| phu trach| phan cong)*|chu tri)$"
)
_TEXT = re.compile(r"(?:nhiem vu|noi dung(?: cong viec| nhiem vu| thuc hien)?|cong viec)(?: .{0,30})?$")
_DUE = re.compile(r"(?:thoi gian|thoi han|han|tien do)\b")
_NUMBER = re.compile(r"(?:tt|stt|so tt)\.?$")
#: Headings of the registration form and of schedules, which ask nobody for anything.
_OF_A_FORM = re.compile(r"(?:ngay|dia diem|ghi chu ket qua)$")


def table_duties(document: Document, year: int | None) -> tuple[Found[Duty], ...]:
    """Read one duty per row of every table headed with a unit and what it does."""
    found: list[Found[Duty]] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            found += _of_grid(block, len(found), year)
    return tuple(found)


def _of_grid(grid: Grid, before: int, year: int | None) -> list[Found[Duty]]:
    rows = list(_rows(grid))
    columns = _columns(rows[0]) if rows else {}
    if not {"unit", "text"} <= set(columns):
        return []
    found: list[Found[Duty]] = []
    for row in rows[1:]:
        unit, text = (_cell(row, columns[name]) for name in ("unit", "text"))
        if not text or text == unit:  # blank lines of the form, and headings across the table
            continue
        due = _due(_cell(row, columns.get("due")), year) or _due(text, year, said=True)
        where = row[columns["text"]][1]
        found.append(Found(Duty(f"Bảng.{before + len(found) + 1}", unit or None, text, due), text, where))
    return found


def _rows(grid: Grid) -> Iterator[Mapping[int, tuple[str, str]]]:
    """Yield each row as column -> (words, where), cells that span several rows repeated in each."""
    rows: list[dict[int, tuple[str, str]]] = [{} for _ in range(grid.rows)]
    for cell in grid.cells:
        words = "\n".join(filter(None, map(clean, cell.lines)))
        for row in range(cell.row, min(cell.row + cell.row_span, grid.rows)):
            for column in range(cell.column, cell.column + cell.column_span):
                rows[row][column] = words, cell.where
    yield from (row for row in rows if any(words for words, _ in row.values()))


def _columns(header: Mapping[int, tuple[str, str]]) -> dict[str, int]:
    heads = {column: bare(words.replace("\n", " ")) for column, (words, _) in header.items()}
    if any(_OF_A_FORM.match(head) for head in heads.values()):
        return {}
    columns: dict[str, int] = {}
    for name, pattern in (("unit", _UNIT), ("text", _TEXT), ("due", _DUE)):
        for column, head in heads.items():
            if pattern.match(head) and name not in columns and not _NUMBER.match(head):
                columns[name] = column
    return columns


def _cell(row: Mapping[int, tuple[str, str]], column: int | None) -> str:
    return row.get(column, ("", ""))[0] if column is not None else ""


def _due(words: str, year: int | None, *, said: bool = False) -> dt.date | None:
    """Return the last day in time; in a column headed "Thời gian" a bare day is one too (``said``: it is not)."""
    words = words.replace("\n", " ")
    deadlines = [deadline.due_on for deadline in deadlines_in(words, year)]
    if deadlines or said:
        return max(deadlines, default=None)
    days = [r.last for r in ranges_in(words, year)] + [day.on for day in days_in(words, year)]
    return max(days, default=None)
