"""A merged schedule that comes back from Word, beside the edition it was printed from."""

from collections.abc import Iterator
from dataclasses import replace

from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.reading import Document, Grid, read
from tuanhoc.papers.values import OfficialDocument
from tuanhoc.schedule import comeback
from tuanhoc.schedule.comeback import Comparison

from .editions import Edition
from .letter import OUTSIDE, schedule_letter


def compared(document: Document, edition: Edition, *, units: frozenset[str]) -> Comparison:
    """Tell what an edited paper changes of the edition it was printed from.

    :param units: keys (``name_key``) of the units that may stand in it.
    """
    year = edition.year
    lines = [comeback.known(line, year=year) for line in edition.standing]
    paper = comeback.rows_of(document, lines, year=year, printed=words_outside(schedule_letter(edition)))
    return comeback.compare(lines, paper, units=units, year=year)


def words_outside(letter: OfficialDocument) -> frozenset[str]:
    """Return every line that the letter prints beside the rows of the schedule: what of it an edited paper still
    has was not written by its editor.
    """
    schedule, *others = letter.annexes
    empty = replace(schedule, table=replace(schedule.table, rows=(), bands=(), marks=()))
    printed = read(to_docx(replace(letter, annexes=(empty, *others))), "")
    return frozenset(map(comeback.plain, (OUTSIDE, *_lines(printed))))


def _lines(document: Document) -> Iterator[str]:
    for block in (*document.margins, *document.blocks):
        if isinstance(block, Grid):
            for cell in block.cells:
                yield from cell.lines
        else:
            yield from block.text.split("\n")
