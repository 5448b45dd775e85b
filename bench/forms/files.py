"""A paper as the file a unit sends, and what stands in it to look for again."""

import csv
import datetime as dt
import io
import re
import unicodedata

import xlsxwriter

from .paper import LEFT, UP, Paper
from .word import to_docx

_GONE = re.compile(r"\{(?:del|hid):[^{}]*\}")
_LINK = re.compile(r"\{link:[^|{}]*\|([^{}]*)\}")
_KEPT = re.compile(r"\{(?:ins|list|box|table):|(?<!\{)\}")
_REAL_DAY = re.compile(r"=(\d{2})/(\d{2})/(\d{4})")


def written(paper: Paper) -> bytes:
    """Return the paper's bytes, by the end of its name."""
    if paper.kind == "docx":
        return to_docx(paper)
    if paper.kind == "xlsx":
        return _to_xlsx(paper)
    if paper.kind == "csv":
        return _to_csv(paper)
    return "\r\n".join(line for block in paper.blocks for line in _lines(block)).encode()


def shown(text: str) -> str:
    """Return what a reader of the page sees of a text with marks."""
    return _KEPT.sub("", _LINK.sub(r"\1", _GONE.sub("", text))).replace("§", "\n").replace("¦", " ").replace("\v", "\n")


def cells(paper: Paper) -> list[str]:
    """List what stands in the cells of tables, all of whose words must be found again."""
    rows = [row for block in paper.blocks if isinstance(block, list) for row in block]
    texts = [cell for row in rows for cell in row if cell not in {UP, LEFT} and cell not in paper.printed]
    return [text for text in map(_seen, texts) if text.strip()]


def lines(paper: Paper) -> list[str]:
    """List what stands in lines outside tables, save what the form itself prints."""
    texts = [block for block in paper.blocks if isinstance(block, str) and block not in paper.printed]
    return [text for text in map(_seen, texts) if text.strip()]


def _seen(text: str) -> str:
    return unicodedata.normalize("NFC", shown(text))


def _lines(block: str | list[list[str]]) -> list[str]:
    if isinstance(block, str):
        return [shown(block)]
    return ["\t".join(" ".join(cell.split()) for cell in row) for row in block]


def _to_xlsx(paper: Paper) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Lịch")
    at = 0
    for block in paper.blocks:
        rows = [[block]] if isinstance(block, str) else block
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                if text not in {UP, LEFT, ""}:
                    _put(sheet, rows, number, column, at + number)
        at += len(rows)
    book.close()
    return out.getvalue()


def _put(sheet, rows, number, column, at) -> None:
    text = rows[number][column]
    day = _REAL_DAY.fullmatch(text)
    value = dt.date(int(day[3]), int(day[2]), int(day[1])) if day else shown(text)
    down = next(
        (n for n, row in enumerate(rows[number + 1 :]) if row[column : column + 1] != [UP]), len(rows) - number - 1
    )
    across = next((n for n, c in enumerate(rows[number][column + 1 :]) if c != LEFT), len(rows[number]) - column - 1)
    if down or across:
        sheet.merge_range(at, column, at + down, column + across, "" if day else value)
    if day:
        sheet.write_datetime(at, column, value)
    elif not (down or across):
        sheet.write(at, column, value)


def _to_csv(paper: Paper) -> bytes:
    out = io.StringIO()
    lines = csv.writer(out, delimiter=";" if len(paper.name) % 2 else ",")
    for block in paper.blocks:
        rows = [[block]] if isinstance(block, str) else block
        lines.writerows([["" if cell in {UP, LEFT} else shown(cell).lstrip("=") for cell in row] for row in rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
