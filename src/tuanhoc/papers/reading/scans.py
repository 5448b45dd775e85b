"""Files that are pictures: each page shown, and what a machine makes of it beside."""

from . import ocr, pictures
from .layout import Sheet, document_blocks
from .values import Document, Scan


def read_pictures(data: bytes, name: str) -> Document:
    """Read a photo or a scan of one or several pages. :raises Unreadable: as ``pictures`` says."""
    sheets: list[Sheet] = []
    scans: list[Scan] = []
    reader = ocr.Pages()
    for number, picture in enumerate(pictures.pages_of(data), start=1):
        upright, sheet = reader.read(picture, number)
        scans.append(Scan(number, pictures.shown(upright), "guess" if sheet is not None else ""))
        sheets += [sheet] if sheet is not None else []
    blocks, margins = document_blocks(sheets)
    return Document(name, blocks, margins, tuple(scans))
