"""Tables as WordprocessingML, row by row."""

from collections.abc import Iterator

from tuanhoc.papers.values import Table

from .paragraphs import frame, runs, twips

_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
#: of a cell's text above and below, points
_AIR = 2
#: beside it; narrower than Word's own 1.9 mm: seven columns stand in 165 mm
_SIDE_MM = 1.2


def table(of: Table) -> Iterator[str]:
    """Yield the table: its head repeated on every page, no row broken over two pages, merged cells joined."""
    widths = [twips(mm) for mm in of.widths_mm]
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in _EDGES)
    air = "".join(f'<w:{side} w:w="{twips(_SIDE_MM)}" w:type="dxa"/>' for side in ("left", "right"))
    yield f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
    # Word sets the first cell's text, not its border, on the margin: moved in by as much.
    yield f'<w:tblInd w:w="{twips(_SIDE_MM)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
    yield f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{air}</w:tblCellMar></w:tblPr><w:tblGrid>'
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"
    head = _Row(of, widths, bold=True, align="center")
    yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head.cells(of.columns)}</w:tr>"
    begins = _Row(of, widths, merge='<w:vMerge w:val="restart"/>')
    goes_on = _Row(of, widths, merge="<w:vMerge/>")
    for row, joined in joins(of):
        cells = goes_on.cells(("",) * of.merged + row[of.merged :]) if joined else begins.cells(row)
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    yield "</w:tbl>"


def joins(of: Table) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yield each row and whether its merged cells belong to the row above."""
    above: tuple[str, ...] | None = None
    length = 0
    for row in of.rows:
        joined = bool(of.merged) and row[: of.merged] == above and (not of.merged_rows or length < of.merged_rows)
        length = length + 1 if joined else 1
        above = row[: of.merged]
        yield row, joined


class _Row:
    """The XML around each cell's text, made once for all rows of a kind."""

    def __init__(self, of: Table, widths: list[int], *, bold: bool = False, align: str = "", merge: str = "") -> None:
        self.around = []
        for column, width in enumerate(widths):
            merged = merge if column < of.merged else ""
            centred = "center" if merged or column in of.centred else "left"
            opening, closing = frame(
                align=align or centred, bold=bold, italic=False, points=of.points, before=_AIR, after=_AIR
            )
            cell = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}</w:tcPr>'
            self.around.append((cell + opening, closing + "</w:tc>"))

    def cells(self, row: tuple[str, ...]) -> str:
        return "".join(
            f"{opening}{runs(text)}{closing}" for text, (opening, closing) in zip(row, self.around, strict=True)
        )
