"""What is said of a form whose pages are pictures: a machine's suggestion, to be held against them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tuanhoc.lib.refusal import N_
from tuanhoc.lib.sentences import stored
from tuanhoc.papers.reading import Cell, Document, Paragraph, Region

from .problems import WORDS

#: No machine's reading of a picture is surer than this.
MOST_SURE = 0.6
SUGGESTED = "from_ocr"
_NOT_READ = N_(
    "Tệp là ảnh chụp hoặc bản quét, và máy chủ chưa có tesseract (tiếng Việt) để gợi ý chữ: "
    "xin nhìn ảnh từng trang và gõ vào bảng."
)
_NOT_ALL_READ = stored(N_("Trang %(pages)s chưa được máy đọc gợi ý: xin nhìn ảnh và gõ thêm vào bảng."))
_Block = Cell | Paragraph
_PAGE = re.compile(r"trang (\d+)\b")


def marked(said: dict[str, Any], document: Document) -> dict[str, Any]:
    """Return a reading with ``"scan": true`` and what a person must know, when pages of the file are pictures.

    Rows that stand on such a page are suggestions: code ``from_ocr``, confidence at most ``MOST_SURE``, and "boxes",
    where their cells stand on the picture, in hundredths of the page.
    """
    if not document.scans:
        return said
    numbers = {scan.number for scan in document.scans if scan.says == "guess"}
    places = _places(document)
    rows = [_suggested(row, places) if _page_of(row["source"]) in numbers else row for row in said["rows"]]
    unread = [scan.number for scan in document.scans if not scan.says]
    problems = [problem for problem in said["problems"] if problem["code"] != "no_rows" or not unread]
    return {**said, "rows": rows, "problems": [*_of_file(document, unread), *problems], "scan": True}


def _of_file(document: Document, unread: list[int]) -> list[dict[str, Any]]:
    if len(unread) == len(document.scans):
        return [{"code": "unreadable", "row": None, "text": _NOT_READ}]
    found = []
    if any(scan.says == "guess" for scan in document.scans):
        found.append({"code": SUGGESTED, "row": None, "text": WORDS[SUGGESTED]})
    if unread:
        pages = ", ".join(map(str, unread))
        found.append({"code": "unreadable", "row": None, "text": _NOT_ALL_READ % {"pages": pages}})
    return found


def _page_of(source: str | None) -> int | None:
    page = _PAGE.match(source or "")
    return int(page[1]) if page else None


def _suggested(row: dict[str, Any], places: Mapping[str, Sequence[_Block]]) -> dict[str, Any]:
    reasons = [*row.get("reasons", ()), SUGGESTED]
    beside = places.get(_line(row["source"] or ""), ())
    boxes = [_box(row, block.region, block) for block in beside if block.region is not None]
    return {
        **row, "confidence": min(row.get("confidence", MOST_SURE), MOST_SURE), "reasons": reasons,
        "boxes": boxes,
    }  # fmt: skip


def _places(document: Document) -> dict[str, list[_Block]]:
    """Return what stands in each line of a table, or in each paragraph, by where it stands; merged cells in each."""
    found: dict[str, list[_Block]] = {}
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.setdefault(_line(block.where), []).append(block)
            continue
        begins: dict[int, set[str]] = {}
        for cell in block.cells:
            begins.setdefault(cell.row, set()).add(_line(cell.where))
        for cell in block.cells:
            if cell.lines:
                for line in {where for n in range(cell.row, cell.row + cell.row_span) for where in begins.get(n, ())}:
                    found.setdefault(line, []).append(cell)
    return found


def _line(where: str) -> str:
    return re.sub(r", (?:mục|cột) .*$", "", where)


def _box(row: Mapping[str, Any], at: Region, block: _Block) -> dict[str, Any]:
    """Return where a cell stands, and which of the row's words it holds."""
    text = " ".join(block.text.split())
    holds = next((name for name in ("content", "place", "note") if (row.get(name) or "\0") in text), "")
    return {"page": at.page, "x": at.left, "y": at.top, "w": at.width, "h": at.height, "holds": holds}
