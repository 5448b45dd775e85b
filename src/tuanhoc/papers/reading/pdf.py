"""PDF: pages with text to paragraphs and tables, pages without to pictures."""

import re
import unicodedata
from collections.abc import Sequence

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from tuanhoc.lib.refusal import N_

from . import ocr, pictures
from .layout import Sheet, document_blocks
from .limits import Broken, Encrypted, Unreadable
from .pdf_pages import PageText, page_text
from .values import Document, Scan

MOST_PAGES = 100
#: Letters on a page that is otherwise a picture: a page number, the note of a digital signature.
_FEW = 300
#: The share of a page that a picture covers which is the page.
_COVERS = 0.5
_READ_DPI = 300
#: The longer edge of a page as it is drawn, whatever size it claims.
_LONGEST = 4_000
#: What Vietnamese is written with, beside ASCII: anything else of letters is a font's own numbering.
_FOREIGN = re.compile(r"[^\W\d_a-zA-Z\u00aa-\u024f\u0300-\u036f\u1e00-\u1eff]")
_READABLE = re.compile(r"[^\W_]|[\s.,;:!?()/\-–—“”\"'…%+&*•=_|<>@\[\]#°×“”‘’]")


class TooManyPages(Unreadable):
    message = N_(
        "Tệp PDF có %(n)s trang, quá dài để đọc (nhận tối đa %(most)s trang). Vui lòng gửi riêng các trang cần đọc."
    )


class PdfLocked(Encrypted):
    message = N_("Tệp PDF có mật khẩu. Vui lòng bỏ mật khẩu rồi gửi lại, hoặc gửi tệp Word (.docx) đã dùng để in.")


class PdfBroken(Broken):
    message = N_("Tệp PDF bị hỏng hoặc chưa tải đủ. Vui lòng xuất lại, hoặc gửi tệp Word (.docx) đã dùng để in.")


def read_pdf(data: bytes, name: str) -> Document:
    """Read a PDF. When pages of it are pictures, all come as ``scans``, with a machine's suggestion where there is one.

    :raises PdfLocked: :raises PdfBroken: :raises TooManyPages: :raises TooManyScans: in words each.
    """
    document = _opened(data)
    try:
        if len(document) > MOST_PAGES:
            raise TooManyPages(n=len(document), most=MOST_PAGES)
        if not len(document):
            raise PdfBroken
        texts = [_text_of(document, number) for number in range(1, len(document) + 1)]
        sheets, scans = _with_pictures(document, texts)
    except pdfium.PdfiumError as error:
        raise PdfBroken from error
    finally:
        document.close()
    blocks, margins = document_blocks(sheets)
    return Document(name, blocks, margins, tuple(scans))


def _text_of(document: pdfium.PdfDocument, number: int) -> PageText | None:
    """Return what a page says; None for one that is blank."""
    page = document[number - 1]
    try:
        text = page_text(page, number)
        return text if text.shown or _has_anything(page) else None
    finally:
        page.close()


def _with_pictures(document: pdfium.PdfDocument, texts: Sequence[PageText | None]) -> tuple[list[Sheet], list[Scan]]:
    pages = [text for text in texts if text is not None]
    if all(map(is_legible, pages)):
        return [text.sheet for text in pages], []
    if len(pages) > pictures.MOST_SCANS:
        raise pictures.TooManyScans(most=pictures.MOST_SCANS)
    sheets: list[Sheet] = []
    scans: list[Scan] = []
    reader = ocr.Pages()
    for text in pages:
        number = text.sheet.number
        page = document[number - 1]
        try:
            picture = _drawn(page)
        finally:
            page.close()
        if is_legible(text):
            sheets.append(text.sheet)
            scans.append(Scan(number, pictures.shown(picture), "text"))
        else:
            upright, sheet = reader.read(picture, number)
            sheets += [sheet] if sheet is not None else []
            scans.append(Scan(number, pictures.shown(upright), "guess" if sheet is not None else ""))
    return sheets, scans


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise PdfLocked from error
        raise PdfBroken from error


def is_legible(page: PageText) -> bool:
    """Whether the letters of a page mean what they look like: enough of them, seen, of known meaning, in Vietnamese."""
    few = page.pictured > _COVERS and page.shown < _FEW
    if not page.shown or few or page.hidden > page.shown:
        return False
    text = unicodedata.normalize("NFC", "".join(word.text for word in page.sheet.words))
    foreign = len(_FOREIGN.findall(text))
    readable = len(_READABLE.findall(text))
    return page.unmapped * 20 < page.shown and foreign * 50 < len(text) and readable * 10 >= len(text) * 8


def _has_anything(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects(max_depth=2))


def _drawn(page: pdfium.PdfPage) -> Image.Image:
    """Draw a page as it is seen, annotations and stamps too."""
    longest = max(page.get_size())
    scale = min(_READ_DPI / 72, _LONGEST / max(longest, 1))
    drawn: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    return drawn.convert("RGB")
