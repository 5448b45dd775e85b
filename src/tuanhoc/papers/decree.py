"""What Decree 30/2020/NĐ-CP asks of every page, in one place for Word and PDF alike.

Source: Phụ lục I, Phần I. Lengths in millimetres, type in points.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from tuanhoc.lib.dates import in_words
from tuanhoc.lib.numbers import roman

from . import values
from .values import Annex, Layout, Letterhead, OfficialDocument

PAGE_MM, TEXT_MM = values.PAGE_MM, values.TEXT_MM
#: the two columns of the letterhead; they overhang the text a little, as the decree's own forms do
HEAD_MM = (70.0, 100.0)
SIGNATURE_MM = (75.0, 90.0)
#: room for the names of bodies, whatever the margins
_LEAST_HEAD_MM = 55.0

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
#: page numbers, annexes, tables
POINTS = 13.0

_FACES = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}


@lru_cache
def face(*, bold: bool = False, italic: bool = False) -> str:
    """Return the name of a face of Tinos (the widths of Times New Roman), registered on first use."""
    style = _FACES[bold, italic]
    name = f"Tinos-{style}"
    pdfmetrics.registerFont(TTFont(name, Path(__file__).parent / "fonts" / f"Tinos-{style}.ttf"))
    return name


def width_mm(text: str, points: float, *, bold: bool = False, italic: bool = False) -> float:
    """Return how long a line of Times New Roman prints."""
    composed = unicodedata.normalize("NFC", text)
    return float(pdfmetrics.stringWidth(composed, face(bold=bold, italic=italic), points)) / 72 * 25.4


def head_mm(layout: Layout) -> tuple[float, float]:
    """Return the two columns of the letterhead for a width of text; the country's name stays on one line."""
    if layout.text_mm == TEXT_MM and layout.head_points <= POINTS:
        return HEAD_MM
    whole = layout.text_mm + sum(HEAD_MM) - TEXT_MM
    right = max(whole * HEAD_MM[1] / sum(HEAD_MM), width_mm(COUNTRY, layout.head_points, bold=True) + 1)
    return max(whole - right, _LEAST_HEAD_MM), right


def signature_mm(layout: Layout) -> tuple[float, float]:
    """Return the columns of recipients and signature for a width of text."""
    return SIGNATURE_MM[0] * layout.text_mm / TEXT_MM, SIGNATURE_MM[1] * layout.text_mm / TEXT_MM


def number_line(head: Letterhead) -> str:
    """Return ``Số: 05/KH-UBND``; a number below 10 gets its zero, a missing one room to be written in."""
    number, slash, symbol = head.number.replace(" ", "").partition("/")
    if number.isdecimal() and len(number) == 1:
        number = f"0{number}"
    return f"Số: {number or ' ' * 8}{slash or '/'}{symbol or ('' if number else ' ' * 12)}"


def place_line(head: Letterhead) -> str:
    """Return ``Ninh Thuận, ngày 05 tháng 9 năm 2022``, day and month left open until issued."""
    place = head.place or "." * 12
    return f"{place}, {in_words(head.issued_on) if head.issued_on else f'ngày      tháng      năm {head.year}'}"


def basis_lines(bases: list[str]) -> list[str]:
    """End each basis with ``;`` and the last with ``.``, however it was written."""
    return [f"{text.rstrip(' ;.')}{'.' if n == len(bases) else ';'}" for n, text in enumerate(bases, start=1)]


def dashed_lines(names: tuple[str, ...]) -> list[str]:
    """Return ``- A;`` lines, the last ending in ``.``."""
    return [f"- {text}" for text in basis_lines(list(names))]


def recipient_lines(document: OfficialDocument) -> list[str]:
    """Return the lines under ``Nơi nhận:``: ``Như trên`` first when somebody is addressed."""
    return dashed_lines((*(("Như trên",) if document.addressees else ()), *document.recipients))


def annex_label(annexes: tuple[Annex, ...], position: int) -> str:
    """Return ``Phụ lục``, or ``Phụ lục II`` among two and more."""
    return f"Phụ lục {roman(position + 1)}" if len(annexes) > 1 else "Phụ lục"
