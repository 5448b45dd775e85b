"""Plain text and CSV."""

import csv
import io
import unicodedata

from . import limits
from .programs import refuse_no_text
from .values import Cell, Document, Grid, Paragraph


def read_text(data: bytes, name: str) -> Document:
    """Read a text file in UTF-8 (UTF-16 with its mark); a .csv is one grid.

    :raises UnknownKind: it is no text of people.
    :raises TooMuchText: longer than any plan or form, where understanding it would hold the others up.
    """
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise limits.UnknownKind from error
    if "\0" in text or "\ufffe" in text or "\ufeff" in text:
        raise limits.UnknownKind
    refuse_no_text(text, name)
    if len(data) > limits.MAX_TEXT_BYTES:
        raise limits.TooMuchText
    text = unicodedata.normalize("NFC", text)
    if name.lower().endswith((".csv", ".tsv")):
        return Document(name, (_grid(text),))
    return Document(name, tuple(Paragraph(line, f"dòng {n}") for n, line in enumerate(text.splitlines(), start=1)))


def _grid(text: str) -> Grid:
    first = text[:4_000]
    separator = max(";\t,", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error as error:
        raise limits.Broken from error
    cells = tuple(
        Cell(
            row,
            column,
            tuple(line.strip() for line in value.splitlines() if line.strip()),
            f"dòng {row + 1}, cột {column + 1}",
        )
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value.strip()
    )
    if len(cells) > limits.MAX_CELLS:
        raise limits.TooLarge
    return Grid(cells, len(rows), max(map(len, rows), default=0), "tệp")
