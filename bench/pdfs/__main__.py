"""How well the forms that units print to PDF are read.

python -m bench.pdfs [--count 96] [--seed 1] [--show] [--keep FOLDER]

Needs LibreOffice and Chromium (playwright). A row counts when its days, place and content are the same, letter by
letter. The ideal is what the reading of forms makes of the same cells when nothing had to be found on a page.
"""

import argparse
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.forms.scoring import texts_of

from tuanhoc.intake.form import FormReading, Window, read_form
from tuanhoc.papers.reading import Cell, Document, Grid, Paragraph, read

from . import printers
from .papers import DAYS, Printed, papers

WEEK = Window(DAYS[0], DAYS[-1])
WAYS = ("Word", "browser", "workbook", "program")


@dataclass
class Found:
    true: int = 0
    given: int = 0
    right: int = 0
    ideal: int = 0
    cells: int = 0
    cells_right: int = 0
    lost: int = 0
    words: int = 0
    tokens: list[str] = field(default_factory=list)

    def f1(self) -> float:
        return 2 * self.right / max(1, self.true + self.given)


def main() -> None:
    asked = argparse.ArgumentParser(prog="bench.pdfs", description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--count", type=int, default=96)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--show", action="store_true", help="what was read otherwise")
    asked.add_argument("--keep", type=Path, help="where the PDFs are kept, and found again")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = given.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        drawn = papers(given.count, given.seed)
        found = {way: Found() for way in WAYS}
        for number, (paper, data) in enumerate(_printed(drawn, given.seed, kept)):
            _measure(paper, data, found[WAYS[number % len(WAYS)]], given.show)
    print(
        "| printed by | forms | rows | F1 | ideal F1 | cells read exactly | words lost |\n|---|--:|--:|--:|--:|--:|--:|"
    )
    total = Found()
    for way, one in [*found.items(), ("all", total)]:
        for name in ("true", "given", "right", "ideal", "cells", "cells_right", "lost", "words"):
            setattr(total, name, getattr(total, name) + (getattr(one, name) if one is not total else 0))
        count = given.count if one is total else len(range(WAYS.index(way), given.count, len(WAYS)))
        print(f"| {way} | {count} | {one.true} | {one.f1():.3f} | {one.ideal / max(1, one.true):.3f} "
              f"| {one.cells_right / max(1, one.cells):.4f} | {one.lost} of {one.words} |")  # fmt: skip


def _printed(drawn: list[Printed], seed: int, kept: Path) -> Iterator[tuple[Printed, bytes]]:
    names = [kept / f"{seed}-{paper.name}.pdf" for paper in drawn]
    if not all(name.exists() for name in names):
        office: list[Path] = []
        pages: list[tuple[str, Path]] = []
        for number, (paper, name) in enumerate(zip(drawn, names, strict=True)):
            chance = random.Random(f"way {seed}/{number}")
            way = WAYS[number % len(WAYS)]
            if way == "browser":
                pages.append((printers.to_page(paper, chance), name))
            elif way == "program":
                name.write_bytes(printers.drawn(paper, chance))
            else:
                source = name.with_suffix(".docx" if way == "Word" else ".xlsx")
                make = printers.to_word if way == "Word" else printers.to_workbook
                source.write_bytes(make(paper, chance))
                office.append(source)
        printers.by_office(office, kept)
        printers.by_browser(pages)
    for paper, name in zip(drawn, names, strict=True):
        yield paper, name.read_bytes()


def _measure(paper: Printed, data: bytes, into: Found, show: bool) -> None:
    document = read(data, f"{paper.name}.pdf")
    reading, ideal = read_form(document, WEEK), read_form(_ideal(paper), WEEK)
    truth = Counter((days, _plain(place), _plain(content)) for days, place, content in paper.truth)
    rows, best = _rows(reading), _rows(ideal)
    into.true += truth.total()
    into.given += rows.total()
    into.right += (truth & rows).total()
    into.ideal += (truth & best).total()
    wanted, seen = _cells(_ideal(paper)), _cells(document)
    into.cells += wanted.total()
    into.cells_right += (wanted & seen).total()
    asked = Counter(_words(" ".join(" ".join(text) for text in wanted.elements())))
    lost = asked - _kept(reading, document)
    into.lost += lost.total()
    into.words += asked.total()
    if not show:
        return
    for row in (truth - rows).elements():
        print(f"  {paper.name} not read: {row}")
    for row in (rows - truth).elements():
        print(f"  {paper.name} read:     {row}")
    for lines in sorted((wanted - seen).elements()):
        print(f"  {paper.name} cell not:  {lines}")
    for lines in sorted((seen - wanted).elements()):
        print(f"  {paper.name} cell read: {lines}")
    if lost:
        print(f"  {paper.name} lost: {dict(lost)}")


def _ideal(paper: Printed) -> Document:
    cells = [Cell(0, c, (head,), f"bảng 1, dòng 1, cột {c + 1}") for c, head in enumerate(paper.heads)]
    for number, row in enumerate(paper.rows, start=1):
        for c, cell in row:
            where = f"bảng 1, dòng {number + 1}, cột {c + 1}"
            cells.append(Cell(number, c, tuple(cell.lines), where, cell.down, cell.across))
    table = Grid(tuple(cells), len(paper.rows) + 1, len(paper.heads), "bảng 1")
    return Document("a.docx", (*[Paragraph(t, "đoạn 1") for t in (*paper.title, paper.line)], table))


def _rows(reading: FormReading) -> Counter[tuple[str, str, str]]:
    return Counter((_days(row), _plain(row.place), _plain(row.content)) for row in reading.rows)


def _days(row: object) -> str:
    first, last = getattr(row, "date_from"), getattr(row, "date_to")  # noqa: B009
    if first is None:
        return "-"
    return f"{first:%d/%m}" + (f"-{last:%d/%m}" if last != first else "")


def _cells(document: Document) -> Counter[tuple[str, ...]]:
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    largest = max(grids, key=lambda grid: len(grid.cells), default=None)
    return Counter(_lines(cell) for cell in largest.cells if cell.lines) if largest else Counter()


def _lines(cell: Cell) -> tuple[str, ...]:
    """Return the lines of a cell; a day is the same in one line and in two."""
    whole = " ".join(cell.lines)
    return (whole,) if len(whole) < 30 and re.search(r"\d/\d", whole) and len(cell.lines) == 2 else cell.lines


def _kept(reading: FormReading, document: Document) -> Counter[str]:
    """Count the words of rows and of what was left unplaced, and of the cells that say when."""
    texts = texts_of(reading)
    # Days, hours and heads become values; a cell shared by several rows is written out in each.
    said = [
        " ".join(lines) for lines in _cells(document) if _SAYS_WHEN.search(" ".join(lines)) or len(" ".join(lines)) < 22
    ]
    counted = Counter(_words(" ".join([*texts, *said])))
    return Counter({word: count * 50 for word, count in counted.items()})


_SAYS_WHEN = re.compile(r"\d/\d|\d ?giờ|\dh\d")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" .;,")


if __name__ == "__main__":
    main()
