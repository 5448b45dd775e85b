"""A plan's own text only: a machine's guess at a picture founds no deadline."""

import re
from dataclasses import replace

from tuanhoc.lib.refusal import N_
from tuanhoc.papers.reading import Document, Unreadable

_PAGE = re.compile(r"trang (\d+)\b")


class PlanIsAScan(Unreadable):
    message = N_(
        "Kế hoạch này là ảnh chụp hoặc bản quét, chưa lấy chữ ra được. Vui lòng gửi tệp Word, hoặc tệp PDF xuất từ "
        "Word; nếu không có, lập đợt rồi điền bằng tay."
    )


def own_text(document: Document) -> Document:
    """Return the document without what was guessed from pictures. :raises PlanIsAScan: nothing else is in it."""
    if not document.scans:
        return document
    guessed = {scan.number for scan in document.scans if scan.says == "guess"}
    blocks = tuple(block for block in document.blocks if _page_of(block.where) not in guessed)
    if not blocks:
        raise PlanIsAScan
    return replace(document, blocks=blocks)


def _page_of(where: str) -> int | None:
    page = _PAGE.match(where)
    return int(page[1]) if page else None
