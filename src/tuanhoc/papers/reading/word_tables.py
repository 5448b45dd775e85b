"""Where the cells of a Word table stand, whatever is merged, shifted or deleted."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_INSIDE = {
    f"{_W}sdt",
    f"{_W}sdtContent",
    f"{_W}customXml",
    f"{_W}ins",
    f"{_W}moveTo",
    f"{_MC}AlternateContent",
    f"{_MC}Choice",
}
_TC, _TCPR = f"{_W}tc", f"{_W}tcPr"
_SPAN, _DELETED, _ACROSS, _DOWN = f"{_W}gridSpan", f"{_W}cellDel", f"{_W}hMerge", f"{_W}vMerge"
_TR = f"{_W}tr"
_SHIFTING = (_SPAN, _DELETED, _ACROSS, _DOWN, f"{_W}gridBefore")
#: Word has at most 63 columns.
_WIDEST = 63


@dataclass(slots=True)
class Placed:
    """One cell, merged ones once; ``elements`` are its parts that hold text."""

    row: int
    column: int
    elements: list[etree._Element] = field(default_factory=list)
    row_span: int = 1
    column_span: int = 1


def placed_cells(table: etree._Element) -> tuple[list[Placed], int, int]:
    """Return the cells of a table in reading order, its rows and its columns. Deleted and hidden rows are out."""
    cells: list[Placed] = []
    above: dict[int, Placed] = {}
    width = 0
    rows = [row for row in _inside(table, _TR) if not _is_gone(row)]
    if next(table.iter(*_SHIFTING), None) is None:
        return _one_by_one(rows)
    for number, row in enumerate(rows):
        column = _count(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        left: Placed | None = None
        for tc in _inside(row, _TC):
            said = _said(tc)
            span = _count(said.get(_SPAN), 1)
            if _DELETED not in said:
                left = _place(tc, said, number, column, span, left, above, cells)
            column += span
        width = max(width, column)
        for at in [n for n, cell in above.items() if cell.row + cell.row_span <= number]:
            del above[at]
    return cells, len(rows), width


def _one_by_one(rows: list[etree._Element]) -> tuple[list[Placed], int, int]:
    """Place the cells of a table where nothing is merged, shifted or deleted."""
    cells: list[Placed] = []
    width = 0
    for number, row in enumerate(rows):
        of_row = list(_inside(row, _TC))
        width = max(width, len(of_row))
        cells += [Placed(number, column, [tc]) for column, tc in enumerate(of_row)]
    return cells, len(rows), width


def _place(
    tc: etree._Element,
    said: dict[str, etree._Element],
    row: int,
    column: int,
    span: int,
    left: Placed | None,
    above: dict[int, Placed],
    cells: list[Placed],
) -> Placed:
    across = _merge(said, _ACROSS)
    if across == "continue" and left is not None:
        left.column_span += span
        left.elements.append(tc)
        return left
    down = _merge(said, _DOWN)
    if down == "continue" and column in above:
        # Word hides what stands in a continued cell: it is not read, as it is not seen.
        above[column].row_span += 1
        return above[column]
    cell = Placed(row, column, [tc], column_span=span)
    cells.append(cell)
    if down is not None:
        above[column] = cell
    else:
        above.pop(column, None)
    return cell


def _said(tc: etree._Element) -> dict[str, etree._Element]:
    """Return what a cell says of itself, by tag."""
    first = tc[0] if len(tc) else None
    return {one.tag: one for one in first} if first is not None and first.tag == _TCPR else {}


def _merge(said: dict[str, etree._Element], tag: str) -> str | None:
    merge = said.get(tag)
    return None if merge is None else merge.get(f"{_W}val", "continue")


def _is_gone(row: etree._Element) -> bool:
    properties = row.find(f"{_W}trPr")
    return properties is not None and any(properties.find(f"{_W}{name}") is not None for name in ("del", "hidden"))


def _inside(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _INSIDE:
            yield from _inside(child, tag)


def _count(element: etree._Element | None, usual: int) -> int:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return min(int(value), _WIDEST) if value.isdecimal() and len(value) < 5 and (int(value) or not usual) else usual
