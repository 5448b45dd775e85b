"""Pages to blocks in reading order: paragraphs, tables, and a table over several pages as one."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tuanhoc.papers.reading.values import Grid, Paragraph

from .columns import split
from .grids import Written, goes_on, grid_of, one_grid, written
from .lines import Measure, joined, leading_of, paragraph_text, pitch_of, text_of
from .lines import goes_on as reads_on
from .ruled import tables_of
from .values import Drawn, Line, Sheet, Word, lines_of

_PAGE_NUMBER = re.compile(r"\W*(?:trang\s*)?\d{1,4}(?:\s*[/|]\s*\d{1,4})?\W*", re.IGNORECASE)
#: The share of a page, above and below, in which headers and footers stand.
_MARGIN = 0.085


@dataclass(slots=True)
class _Laid:
    """One page as far as it is set: tables and lines from the top, and what stands in its margins."""

    sheet: Sheet
    items: list[Written | Line] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [item for item in self.items if isinstance(item, Line)]


def document_blocks(sheets: Sequence[Sheet]) -> tuple[tuple[Paragraph | Grid, ...], tuple[Paragraph, ...]]:
    """Return the blocks of all pages in order, and the headers and footers once each."""
    laid = [_laid(sheet) for sheet in sheets]
    margins = _without_margins(laid)
    for above, below in itertools.pairwise(laid):
        _carry_over(above, below)
    return tuple(_blocks(laid)), margins


def _laid(sheet: Sheet) -> _Laid:
    page = _Laid(sheet)
    words = list(sheet.words)
    found: list[tuple[Drawn, list[Word]]] = []
    for drawn in tables_of(sheet.rules, sheet.near):
        inside = [word for word in words if _is_in(word, drawn)]
        if inside:
            taken = set(map(id, inside))
            words = [word for word in words if id(word) not in taken]
            found.append((drawn, inside))
    text: list[tuple[float, Drawn | Line, list[Word]]] = [(drawn.top, drawn, inside) for drawn, inside in found]
    right = _sides(sheet)[1] if sheet.words else 0.0
    for lines in _between(lines_of(words), [drawn for drawn, _ in found]):
        for item in split(lines, right):
            own = [w for line in lines for w in line.words if _is_in(w, item)] if isinstance(item, Drawn) else []
            text.append((item.top, item, own))
    number = 0
    for _, item, own in sorted(text, key=lambda one: one[0]):
        if isinstance(item, Drawn):
            number += 1
            page.items.append(written(item, own, sheet, f"trang {sheet.number}, bảng {number}"))
        else:
            page.items.append(item)
    return page


def _is_in(word: Word, table: Drawn) -> bool:
    return table.left <= word.across <= table.right and table.top <= word.down <= table.bottom


def _between(lines: Sequence[Line], tables: Sequence[Drawn]) -> Iterator[list[Line]]:
    """Give the lines that stand together, cut where a table stands between them."""
    run: list[Line] = []
    for line in sorted(lines, key=lambda one: one.top):
        if run and any(run[-1].top < table.top < line.top for table in tables):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _without_margins(laid: Sequence[_Laid]) -> tuple[Paragraph, ...]:
    """Take page numbers off the pages, and headers and footers that come again to one side."""
    texts = Counter(text_of(line) for page in laid for line in _in_margins(page))
    kept: dict[str, Paragraph] = {}
    for page in laid:
        for line in _in_margins(page):
            text = text_of(line)
            if _PAGE_NUMBER.fullmatch(text):
                page.items.remove(line)
            elif texts[text] > 1:
                page.items.remove(line)
                kept.setdefault(text, Paragraph(text, f"đầu hoặc chân trang {page.sheet.number}"))
    return tuple(kept.values())


def _in_margins(page: _Laid) -> list[Line]:
    height = page.sheet.height
    return [line for line in page.lines if line.bottom < _MARGIN * height or line.top > (1 - _MARGIN) * height]


def _blocks(laid: Sequence[_Laid]) -> Iterator[Paragraph | Grid]:
    open_table: list[Written] = []
    for page in laid:
        lines: list[Line] = []
        for place, item in enumerate(page.items):
            if isinstance(item, Line):
                yield from _closed(open_table)
                open_table = []
                lines.append(item)
                continue
            yield from _paragraphs(lines, page)
            lines = []
            if open_table and place == 0 and goes_on(open_table[-1], item):
                open_table.append(item)
            else:
                yield from _closed(open_table)
                open_table = [item]
        yield from _paragraphs(lines, page)
    yield from _closed(open_table)


def _closed(parts: Sequence[Written]) -> Iterator[Grid]:
    if len(parts) > 1:
        yield one_grid(parts)
    elif parts:
        yield grid_of(parts[0])


def _sides(sheet: Sheet) -> tuple[float, float]:
    """Return between which x the page is written on, tables and all."""
    level = [rule for rule in sheet.rules if rule.across]
    left = min([word.left for word in sheet.words] + [rule.start for rule in level])
    return left, max([word.right for word in sheet.words] + [rule.end for rule in level])


def _measure(page: _Laid) -> Measure:
    left, right = _sides(page.sheet)
    right = max(right, page.sheet.width - max(left, 40.0) if len(page.lines) < 8 else right)
    return Measure(left, right, leading_of([page.lines]), 0.2)


def _carry_over(above: _Laid, below: _Laid) -> None:
    """Give a paragraph cut by the end of a page its rest, which stands at the head of the next."""
    last = above.items[-1] if above.items else None
    if not isinstance(last, Line) or not below.items or not isinstance(below.items[0], Line):
        return
    head = list(itertools.takewhile(lambda item: isinstance(item, Line), below.items))
    rest = joined([line for line in head if isinstance(line, Line)], _measure(below))[0]
    within = _measure(above)
    pitch = (pitch_of(last, rest[0], within) or 1.2) * last.height
    moved = [line.lowered(last.top + pitch - rest[0].top) for line in rest]
    if reads_on([last], moved[0], within):
        above.items += moved
        del below.items[: len(rest)]


def _paragraphs(lines: Sequence[Line], page: _Laid) -> Iterator[Paragraph]:
    if not lines:
        return
    within = _measure(page)
    numbers = {id(line): n for n, line in enumerate(page.lines, start=1)}
    for paragraph in joined(lines, within):
        first = paragraph[0]
        before, after = first.left - within.left, within.right - first.right
        links = tuple(
            dict.fromkeys(
                address
                for address, across, down in page.sheet.links
                if any(line.left <= across <= line.right and line.top <= down <= line.bottom for line in paragraph)
            )
        )
        yield Paragraph(
            paragraph_text(paragraph, within),
            f"trang {page.sheet.number}, dòng chữ {numbers[id(first)]}",
            bold=all(line.bold for line in paragraph),
            centred=before > 20 and abs(before - after) < 12,
            links=links,
            region=page.sheet.region(
                min(line.left for line in paragraph),
                first.top,
                max(line.right for line in paragraph),
                paragraph[-1].bottom,
            ),
        )
