"""Word forms as units fill them in, made on the spot."""

import functools
import io
import zipfile
from collections.abc import Iterable

from docx import Document
from docx.document import Document as WordDocument

COLUMNS = ("TT", "Ngày", "Địa điểm", "Nội dung hoạt động", "Ghi chú")
LABEL = "UBND huyện, thành phố (hoặc Sở, ngành): "
#: (day, place, content, note)
Line = tuple[str, str, str, str]
GOOD: Line = ("03/10/2022", "Nhà văn hóa xã", "7h30: Ngày hội đọc sách", "200 học sinh")


@functools.cache
def _template() -> bytes:
    """Return python-docx's own template without its 160 looks of tables, which cost more than the form itself."""
    document = Document()
    for style in list(document.styles):
        if style.name.startswith(("Light ", "Medium ", "Dark ", "Colorful ")):
            style.delete()
    for name, link in list(document.part.rels.items()):
        if link.reltype.endswith("/stylesWithEffects"):
            document.part.drop_rel(name)
            document.part.rels.pop(name, None)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def blank_word() -> WordDocument:
    """Return an empty Word document to write in."""
    return Document(io.BytesIO(_template()))


def word_form(
    organisation: str | None, lines: Iterable[Line] = (GOOD,), *, head: Iterable[str] = (), foot: Iterable[str] = ()
) -> bytes:
    """Return a filled annex as a .docx: letterhead, title, the unit's line, the table, what stands below."""
    document = blank_word()
    for text in head:
        document.add_paragraph(text)
    document.add_paragraph("LỊCH HOẠT ĐỘNG")
    document.add_paragraph("Tuần lễ hưởng ứng học tập suốt đời năm 2022")
    if organisation is not None:
        document.add_paragraph(LABEL + organisation)
    table = document.add_table(rows=1, cols=len(COLUMNS))
    for cell, words in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.text = words
    for number, line in enumerate(lines, start=1):
        for cell, words in zip(table.add_row().cells, (str(number), *line), strict=True):
            cell.text = words
    for text in foot:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    """Return the files as one .zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()
