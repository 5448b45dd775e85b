"""Set a table of a form in Word: borders, widths, cells merged downward, headings across."""

import re
from collections.abc import Sequence
from itertools import groupby

from scripts.sample_forms.form import Table
from scripts.sample_forms.lines import Line, Printed, lines_of
from scripts.sample_forms.word_text import Hand

LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
CENTRED = {"tt", "day", "time"}
TWIPS_PER_MM = 56.7
MM_PER_LETTER = 2.35
CELL_MARGINS_MM = 4.2


def table_xml(hand: Hand, table: Table) -> str:
    lines = lines_of(table)
    widths = [round(width * TWIPS_PER_MM) for width in _widths_mm(table, lines)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_line(hand, table, lines, at, widths) for at in range(len(lines)))
    look = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{LINES}</w:tblBorders>'
    look += '<w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _widths_mm(table: Table, lines: Sequence[Line]) -> list[float]:
    """Widen the narrow columns to their longest word, at the cost of the content, as anyone would by hand."""
    widths: list[float] = [column.width_mm for column in table.columns]
    giving = next(at for at, column in enumerate(table.columns) if column.field == "content")
    for at, column in enumerate(table.columns):
        if column.field in CENTRED:
            printed = [line.cells[at] or () for line in lines if line.kind != "span"]
            words = [word for cell in printed for text in cell for word in re.split(r"[\s|]", str(text))]
            needed = max(sum(3.1 if letter.isupper() else MM_PER_LETTER for letter in word) for word in words)
            widths[at] = max(widths[at], needed + CELL_MARGINS_MM)
    widths[giving] -= sum(widths) - sum(column.width_mm for column in table.columns)
    return widths


def _line(hand: Hand, table: Table, lines: Sequence[Line], at: int, widths: Sequence[int]) -> str:
    line = lines[at]
    if line.kind == "span":
        text = hand.paragraph(str((line.cells[0] or ("",))[0]), line.align, bold=True)
        across = f'<w:gridSpan w:val="{len(widths)}"/>'
        return f"<w:tr>{_cell(text, sum(widths), across)}</w:tr>"
    if line.kind == "header" and any("|" in column.header for column in table.columns):
        return _double_header(hand, table, widths)
    cells = []
    for position, printed in enumerate(line.cells):
        merge = _merge(lines, at, position)
        align = "center" if line.kind == "header" or table.columns[position].field in CENTRED else "left"
        content = _paragraphs(hand, printed, align, bold=line.kind == "header", listed=position in line.listed)
        cells.append(_cell(content, widths[position], merge))
    header = "<w:trPr><w:tblHeader/></w:trPr>" if at == 0 else ""
    return f"<w:tr>{header}{''.join(cells)}</w:tr>"


def _double_header(hand: Hand, table: Table, widths: Sequence[int]) -> str:
    """Print "Thời gian|Ngày", "Thời gian|Giờ" as one heading over two; single headings fill both lines."""
    upper, lower, at = "", "", 0
    for over, columns in groupby(table.columns, key=lambda column: column.header.partition("|")[0]):
        under = [column.header.partition("|")[2] for column in columns]
        width = sum(widths[at : at + len(under)])
        spanned = f'<w:gridSpan w:val="{len(under)}"/>' if len(under) > 1 else '<w:vMerge w:val="restart"/>'
        upper += _cell(hand.paragraph(over, "center", bold=True), width, spanned)
        for text in under:
            content = hand.paragraph(text, "center", bold=True) if text else "<w:p/>"
            lower += _cell(content, widths[at], "" if text else "<w:vMerge/>")
            at += 1
    return f"<w:tr>{upper}</w:tr><w:tr>{lower}</w:tr>"


def _merge(lines: Sequence[Line], at: int, position: int) -> str:
    if lines[at].cells[position] is None:
        return "<w:vMerge/>"
    below = lines[at + 1] if at + 1 < len(lines) else None
    continues = below is not None and below.kind == "row" and below.cells[position] is None
    return '<w:vMerge w:val="restart"/>' if continues else ""


def _cell(content: str, width: int, more: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'


def _paragraphs(hand: Hand, printed: Printed, align: str, *, bold: bool, listed: bool) -> str:
    if printed is None:
        return "<w:p/>"
    empty = "<w:p/>" if hand.form.stray_spaces and any(printed) else ""
    texts = (hand.paragraph(str(text), align, bold=bold, listed=listed) if text else "<w:p/>" for text in printed)
    return "".join(texts) + empty
