"""Tables as WordprocessingML, row by row."""

from collections.abc import Iterator

from tuanhoc.papers.values import Table

from .paragraphs import frame, paragraph, runs, twips

_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
#: of a cell's text above and below, points
_AIR = 2
#: beside it; narrower than Word's own 1.9 mm: seven columns stand in 165 mm
_SIDE_MM = 1.2


def table(of: Table) -> Iterator[str]:
    """Yield the table: its head repeated on every page, no row broken over two pages, merged cells joined,
    each band on the page of the row below it.
    """
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
    above: tuple[str, ...] | None = None
    for bands, row in of.banded():
        for text in bands:
            yield _band(text, of, sum(widths))
        joined = bool(of.merged) and not bands and row[: of.merged] == above
        above = row[: of.merged]
        cells = goes_on.cells(("",) * of.merged + row[of.merged :]) if joined else begins.cells(row)
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    yield "</w:tbl>"


def _band(text: str, of: Table, width: int) -> str:
    line = paragraph(text, bold=True, points=of.points, before=_AIR, after=_AIR, keep=True)
    cell = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{len(of.columns)}"/></w:tcPr>{line}'
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>{cell}</w:tc></w:tr>"


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
