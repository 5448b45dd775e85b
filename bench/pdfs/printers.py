"""The same forms printed by Word's way of setting, from a browser, from a workbook and by a program."""

import html
import io
import random
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import xlsxwriter
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from tuanhoc.papers.decree import face

from .papers import Cell, Printed


def by_office(files: Sequence[Path], folder: Path) -> None:
    """Let LibreOffice print Word files and workbooks, all in one go."""
    program = shutil.which("soffice") or "libreoffice"
    command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True)


# Word


def to_word(paper: Printed, chance: random.Random) -> bytes:
    document = docx.Document()
    page = document.sections[0]
    across = chance.random() < 0.4
    page.page_width, page.page_height = (Mm(297), Mm(210)) if across else (Mm(210), Mm(297))
    page.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    page.left_margin, page.right_margin = Mm(chance.choice([20, 30, 25])), Mm(15)
    page.top_margin = page.bottom_margin = Mm(20)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    room = (page.page_width - page.left_margin - page.right_margin) / 12700
    _beside(document, [paper.unit[:2], ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")], 12)
    for text in paper.title:
        _line(document.add_paragraph(), text, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(document.add_paragraph(), paper.line)
    _word_table(document, paper, chance, room)
    document.add_paragraph()
    _beside(document, paper.foot, 13)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _beside(document: Any, blocks: Sequence[Sequence[str]], size: int) -> None:
    table = document.add_table(1, 2)
    for cell, lines in zip(table.rows[0].cells, blocks, strict=True):
        for n, text in enumerate(lines):
            paragraph = cell.paragraphs[0] if not n else cell.add_paragraph()
            _line(paragraph, text, size=size, bold=bool(n), align=WD_ALIGN_PARAGRAPH.CENTER)
            paragraph.paragraph_format.space_after = Pt(0)


def _line(paragraph: Any, text: str, *, size: float = 0, bold: bool = False, align: Any = None) -> None:
    run = paragraph.add_run(text)
    run.bold = bold
    if size:
        run.font.size = Pt(size)
    if align is not None:
        paragraph.alignment = align


def _word_table(document: Any, paper: Printed, chance: random.Random, room: float) -> None:
    size = chance.choice([11, 12, 13, 13, 14])
    after, pitch = chance.choice([(0, 1.0), (0, 1.0), (0, 1.15), (6, 1.0), (8, 1.08), (3, 1.2), (0, 1.5)])
    align = chance.choice([None, None, WD_ALIGN_PARAGRAPH.JUSTIFY])
    indent = chance.choice([0, 0, 0, 10])
    mixed = chance.random() < 0.25
    table = document.add_table(1 + len(paper.rows), len(paper.heads), style="Table Grid")
    table.autofit = False
    for column, share in enumerate(paper.widths):
        for cell in table.columns[column].cells:
            cell.width = Pt(room * share / sum(paper.widths))
    if chance.random() < 0.6:
        _mark(table.rows[0], "w:tblHeader")
    if chance.random() < 0.3:
        for row in table.rows:
            _mark(row, "w:cantSplit")
    grid = [list(row.cells) for row in table.rows]
    rows = [[(c, Cell([head], bold=True, centred=True)) for c, head in enumerate(paper.heads)], *paper.rows]
    for number, row in enumerate(rows):
        for column, cell in row:
            target = grid[number][column]
            if cell.down > 1 or cell.across > 1:
                target = target.merge(grid[number + cell.down - 1][column + cell.across - 1])
                for more in target.paragraphs[1:]:
                    more._p.getparent().remove(more._p)
            blocks = ["\n".join(cell.lines)] if cell.breaks else cell.lines
            for n, text in enumerate(blocks):
                paragraph = target.paragraphs[0] if not n else target.add_paragraph()
                shape = paragraph.paragraph_format
                shape.space_after, shape.line_spacing = Pt(after), pitch
                if not cell.centred and indent:
                    shape.first_line_indent = Pt(indent)
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if cell.centred else align
                _runs(paragraph, text, size, cell.bold, chance if mixed else None)


def _runs(paragraph: Any, text: str, size: float, bold: bool, mixed: random.Random | None) -> None:
    pieces = [text]
    if mixed is not None and len(text) > 12 and mixed.random() < 0.5:
        at = mixed.randrange(3, len(text) - 3)
        pieces = [text[:at], text[at:]]
    for n, piece in enumerate(pieces):
        run = paragraph.add_run(piece)
        run.font.size, run.bold = Pt(size), bold
        if n:
            run.font.name = "Calibri"
            run._r.rPr.rFonts.set(qn("w:cs"), "Calibri")


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


# workbook


def to_workbook(paper: Printed, chance: random.Random) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Lịch")
    size = chance.choice([11, 12, 13])
    look = {"font_name": chance.choice(["Times New Roman", "Calibri", "Arial"]), "font_size": size, "text_wrap": True,
            "border": 1, "valign": chance.choice(["vcenter", "top"])}  # fmt: skip
    plain, centred = book.add_format(look), book.add_format(look | {"align": "center"})
    bold = book.add_format(look | {"align": "center", "bold": True})
    text = book.add_format({"font_name": look["font_name"], "font_size": size, "bold": True, "align": "center"})
    if chance.random() < 0.6:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if chance.random() < 0.5:
        sheet.repeat_rows(5)
    scale = chance.choice([0.8, 1.0, 1.3])
    for column, share in enumerate(paper.widths):
        sheet.set_column(column, column, share * scale)
    last = len(paper.heads) - 1
    sheet.merge_range(0, 0, 0, last // 2, paper.unit[0], text)
    sheet.merge_range(1, 0, 1, last // 2, paper.unit[1], text)
    sheet.merge_range(2, 0, 2, last, paper.title[0], text)
    sheet.merge_range(3, 0, 3, last, paper.title[1], text)
    sheet.write(4, 0, paper.line, book.add_format({"font_name": look["font_name"], "font_size": size}))
    for column, head in enumerate(paper.heads):
        sheet.write(5, column, head, bold)
    sheet.set_row(5, 3.2 * size * 1.35)
    for number, row in enumerate(paper.rows, start=6):
        deep = 1
        for column, cell in row:
            shape = bold if cell.bold else centred if cell.centred else plain
            words = "\n".join(cell.lines)
            if cell.down > 1 or cell.across > 1:
                sheet.merge_range(number, column, number + cell.down - 1, column + cell.across - 1, words, shape)
            else:
                sheet.write_string(number, column, words, shape) if words else sheet.write_blank(
                    number, column, "", shape
                )
            room = paper.widths[column] * scale * 0.85 * (11 / size) * (3 if cell.across > 1 else 1)
            deep = max(deep, sum(1 + int(len(line) // room) for line in cell.lines) if cell.down == 1 else 1)
        # Excel itself heightens a row as it is typed into; its writer has to be told.
        sheet.set_row(number, (deep + 0.3) * size * 1.35)
    sheet.write(len(paper.rows) + 7, last - 1, paper.foot[1][0], text)
    sheet.write(len(paper.rows) + 11, last - 1, paper.foot[1][3], text)
    book.close()
    return out.getvalue()


# browser


def to_page(paper: Printed, chance: random.Random) -> str:
    """Return the form as a page of a browser, to be printed from there."""
    across = chance.random() < 0.4
    pad, pitch = chance.choice(["1px", "3px 5px", "4px", "8px"]), chance.choice(["normal", "1.2", "1.35", "1.5"])
    font = chance.choice(["Tinos, serif", "Liberation Serif, serif", "DejaVu Sans, sans-serif", "Carlito, sans-serif",
                          "Liberation Sans, sans-serif"])  # fmt: skip
    style = (
        f"@page {{ size: A4 {'landscape' if across else 'portrait'}; margin: {chance.choice([10, 15, 20])}mm }}"
        f"body {{ font: {chance.choice([11, 12, 13, 14])}pt {font}; line-height: {pitch} }}"
        "table.t { border-collapse: collapse; width: 100% } .b { width: 100%; text-align: center }"
        f"table.t td, table.t th {{ border: 1px solid {chance.choice(['#000', '#999'])}; padding: {pad};"
        f" vertical-align: {chance.choice(['top', 'middle'])} }}"
        f"td p {{ margin: {chance.choice(['0', '0', '4pt 0', '0 0 6pt'])} }}"
        f"td {{ text-align: {chance.choice(['left', 'justify'])} }} .c {{ text-align: center }}"
        f"tr {{ break-inside: {chance.choice(['auto', 'avoid'])} }} h3 {{ text-align: center; margin: 4pt }}"
        + ("table.t { table-layout: fixed }" if chance.random() < 0.6 else "")
    )
    head = "".join(
        f'<th style="width:{w}%">{html.escape(h)}</th>' for h, w in zip(paper.heads, paper.widths, strict=True)
    )
    head = f"<tr>{head}</tr>"
    head = f"<thead>{head}</thead>" if chance.random() < 0.6 else head
    rows = "".join(f"<tr>{''.join(map(_in_page, row))}</tr>" for row in paper.rows)
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><style>{style}</style>{_side_by_side([paper.unit[:2]])}'
        f"{''.join(f'<h3>{t}</h3>' for t in paper.title)}<p>{paper.line}</p><table class='t'>{head}{rows}</table><br>"
        f"{_side_by_side(paper.foot)}"
    )


def _side_by_side(blocks: Sequence[Sequence[str]]) -> str:
    given = list(blocks)
    if len(given) == 1:
        given.append(("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"))
    cells = "".join(f"<td style='text-align:center; vertical-align:top'>{'<br>'.join(lines)}</td>" for lines in given)
    return f"<table class='b'><tr>{cells}</tr></table>"


def _in_page(at: tuple[int, Cell]) -> str:
    cell = at[1]
    lines = [html.escape(line) for line in cell.lines]
    inside = "<br>".join(lines) if cell.breaks or len(lines) == 1 else "".join(f"<p>{line}</p>" for line in lines)
    look = ' class="c"' if cell.centred else ""
    return f'<td rowspan="{cell.down}" colspan="{cell.across}"{look}>{f"<b>{inside}</b>" if cell.bold else inside}</td>'


def by_browser(pages: Sequence[tuple[str, Path]]) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        page = browser.new_page()
        for text, name in pages:
            page.set_content(text)
            page.pdf(path=str(name), prefer_css_page_size=True)
        browser.close()


# a program


def drawn(paper: Printed, chance: random.Random) -> bytes:
    """Draw the form with reportlab, as a school's own software would."""
    size = chance.choice([9, 10, 11, 12])
    pitch = size * chance.choice([1.15, 1.2, 1.4])
    paged = landscape(A4) if chance.random() < 0.4 else A4
    usual = ParagraphStyle("a", fontName=face(), fontSize=size, leading=pitch, spaceAfter=chance.choice([0, 0, 3]))
    centred = ParagraphStyle("c", usual, alignment=1)
    bold = ParagraphStyle("b", usual, fontName=face(bold=True), alignment=1)
    room = paged[0] - 80
    rows: list[list[Any]] = [[Paragraph(html.escape(h), bold) for h in paper.heads]]
    style: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    for number, row in enumerate(paper.rows, start=1):
        line: list[Any] = [""] * len(paper.heads)
        for column, cell in row:
            look = bold if cell.bold else centred if cell.centred else usual
            texts = [html.escape(text) for text in cell.lines]
            line[column] = [Paragraph(t, look) for t in (["<br/>".join(texts)] if cell.breaks else texts)]
            if cell.down > 1 or cell.across > 1:
                style.append(("SPAN", (column, number), (column + cell.across - 1, number + cell.down - 1)))
        rows.append(line)
    widths = [room * w / sum(paper.widths) for w in paper.widths]
    table = Table(rows, colWidths=widths, repeatRows=chance.choice([0, 1]))
    table.setStyle(TableStyle(style))
    beside = (paper.unit[:2], ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"))
    head = Table([[[Paragraph(t, bold) for t in side] for side in beside]], colWidths=[room / 2] * 2)
    foot = Table(
        [[[Paragraph(html.escape(t) or "&nbsp;", usual) for t in side] for side in paper.foot]],
        colWidths=[room / 2] * 2,
    )
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=paged, leftMargin=40, rightMargin=40, topMargin=40, bottomMargin=40).build(
        [head, Spacer(1, 10), *[Paragraph(t, bold) for t in paper.title], Paragraph(paper.line, usual), Spacer(1, 6),
         table, Spacer(1, 12), foot]
    )  # fmt: skip
    return out.getvalue()
