import io
import zipfile
from pathlib import Path

import pytest
from docx import Document as Word
from hypothesis import given, settings
from hypothesis import strategies as st

from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.reading import Grid, Paragraph, Unreadable, limits, read
from tuanhoc.papers.values import Annex, Table

PLAN = Path(__file__).parents[2] / "sample" / "data" / "plan-ninh-thuan-2022.docx"


def grids(document):
    return [block for block in document.blocks if isinstance(block, Grid)]


def saved(word):
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def test_the_real_plan_gives_its_sentences_and_the_blank_annex():
    document = read(PLAN.read_bytes(), PLAN.name)
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert any("từ ngày 01/10/2022 đến ngày 07/10/2022" in text for text in texts)
    annex = grids(document)[-1]
    assert [cell.text for cell in annex.cells if cell.row == 0] == ["TT", "Ngày", "Địa điểm", "Nội dung", "Ghi chú"]
    assert "07/10" in [cell.text for cell in annex.cells]


def test_a_merged_cell_comes_once_with_its_span():
    word = Word()
    table = word.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(2, 0)).text = "01/10"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Khai mạc"
    (grid,) = grids(read(saved(word), "a.docx"))
    day = next(cell for cell in grid.cells if cell.text == "01/10")
    wide = next(cell for cell in grid.cells if cell.text == "Khai mạc")
    assert (day.row, day.column, day.row_span) == (0, 0, 3)
    assert (wide.column, wide.column_span) == (1, 2)
    assert (grid.rows, grid.columns) == (3, 3)


words = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy ÁẰỆ.,:-0123", min_size=1, max_size=20).map(str.strip)


@settings(deadline=None)
@given(st.lists(st.tuples(words, words), min_size=1, max_size=5))
def test_what_papers_writes_it_reads_back(rows):
    annex = Annex((), "", "", Table(("a", "b"), (80, 85), tuple(rows)), ())
    (grid,) = grids(read(to_docx(annex), "a.docx"))
    cells = {(cell.row, cell.column): cell.text for cell in grid.cells}
    assert [(cells[n, 0], cells[n, 1]) for n in range(1, len(rows) + 1)] == rows


def zipped(xml):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", xml)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", limits.Empty),
        (b"PK\x03\x04 cut off", limits.Broken),
        (PLAN.read_bytes()[:20_000], limits.Broken),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, limits.Encrypted),
        (b"\xff\xfe\x00\x01" * 50, limits.UnknownKind),
        (zipped(b" " * 50_000_000), limits.Swells),
        (zipped(b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), limits.HasEntities),
        (zipped(b"<x/>"), limits.Broken),
    ],
    ids=["0 bytes", "not a zip", "truncated", "encrypted or .doc", "binary", "zip bomb", "entities", "no body"],
)
def test_a_hostile_or_broken_file_is_refused_in_words(data, why):
    with pytest.raises(Unreadable) as refused:
        read(data, "a.bin")
    assert type(refused.value) is why
    assert refused.value.message


@pytest.mark.parametrize("name", ["a.docx", "A.XLSX", "a.pdf"])
def test_what_is_not_what_its_name_says_is_called_broken(name):
    with pytest.raises(limits.Broken):
        read(b"\xff\xfe\x00\x01" * 50, name)


def test_text_longer_than_any_plan_is_refused_in_words():
    with pytest.raises(limits.TooMuchText):
        read(b"- a\n" * 600_000, "ke-hoach.txt")
