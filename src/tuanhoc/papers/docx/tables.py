"""Tables as WordprocessingML, row by row."""

from collections.abc import Iterator

from tuanhoc.papers.values import Table

from .paragraphs import frame, paragraph, runs, twips

_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
#: of a cell's text above and below, points
_AIR = 2
#: beside it; narrower than Word's own 1.9 mm: seven columns stand in 165 mm
_SIDE_MM = 1.2
#: between the tables of two bands
_GAP = 4


def table(of: Table) -> Iterator[str]:
    """Yield the table: its head repeated on every page, no row broken over two pages, merged cells joined.

    Word repeats only the first rows of a table. So the rows under a band are a table of their own, headed by
    the columns and the band: every page of a long day says which day it is.
    """
    widths = [twips(mm) for mm in of.widths_mm]
    opening, head = _opening(widths), _Row(of, widths, bold=True, align="center", keep=True).cells(of.columns)
    begins = _Row(of, widths, merge='<w:vMerge w:val="restart"/>')
    goes_on = _Row(of, widths, merge="<w:vMerge/>")
    above: tuple[str, ...] | None = None
    for number, (bands, row) in enumerate(of.banded()):
        if number == 0 or bands:
            yield "</w:tbl>" + paragraph("", points=_GAP) if number else ""
            yield opening + "".join(map(_head_row, (head, *(_band(text, of, sum(widths)) for text in bands))))
            above = None
        joined = bool(of.merged) and row[: of.merged] == above
        above = row[: of.merged]
        cells = goes_on.cells(("",) * of.merged + row[of.merged :]) if joined else begins.cells(row)
        if of.marks:
            cells = _marked(cells, of.marks[number], number, after=of.merged)
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    yield "</w:tbl>" if of.rows else f"{opening}{_head_row(head)}</w:tbl>"


def _opening(widths: list[int]) -> str:
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in _EDGES)
    air = "".join(f'<w:{side} w:w="{twips(_SIDE_MM)}" w:type="dxa"/>' for side in ("left", "right"))
    # Word sets the first cell's text, not its border, on the margin: moved in by as much.
    shape = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="{twips(_SIDE_MM)}" w:type="dxa"/>'
    shape += f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{air}</w:tblCellMar>'
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr>{shape}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"


def _head_row(cells: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _band(text: str, of: Table, width: int) -> str:
    line = paragraph(text, bold=True, points=of.points, before=_AIR, after=_AIR, keep=True)
    shape = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{len(of.columns)}"/></w:tcPr>'
    return f"<w:tc>{shape}{line}</w:tc>"


def _marked(cells: str, name: str, number: int, *, after: int) -> str:
    """Put a bookmark around the text of the first cell that no merging hides: Word and LibreOffice carry it along."""
    at = 0
    for _ in range(after):
        at = cells.index("</w:tc>", at) + len("</w:tc>")
    # Around the run: a bookmark is no part of one.
    begins, ends = cells.index("<w:r>", at), cells.index("</w:p>", at)
    mark = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{cells[:begins]}{mark}{cells[begins:ends]}<w:bookmarkEnd w:id="{number}"/>{cells[ends:]}'


class _Row:
    """The XML around each cell's text, made once for all rows of a kind."""

    def __init__(
        self, of: Table, widths: list[int], *, bold: bool = False, align: str = "", merge: str = "", keep: bool = False
    ) -> None:
        self.around = []
        for column, width in enumerate(widths):
            merged = merge if column < of.merged else ""
            centred = "center" if merged or column in of.centred else "left"
            opening, closing = frame(
                align=align or centred, bold=bold, italic=False, points=of.points, before=_AIR, after=_AIR, keep=keep
            )
            cell = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}</w:tcPr>'
            self.around.append((cell + opening, closing + "</w:tc>"))

    def cells(self, row: tuple[str, ...]) -> str:
        return "".join(
            f"{opening}{runs(text)}{closing}" for text, (opening, closing) in zip(row, self.around, strict=True)
        )
