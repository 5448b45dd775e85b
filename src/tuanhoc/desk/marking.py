"""The file beside its rows, marked: what became a row, what waits for a place, what was set aside."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from .origins import Origin
from .proposed import ShownLine, ShownPiece
from .sources import Reference, Source, Spot


def mark(
    source: Source,
    lines: Sequence[ShownLine],
    origins: Mapping[str, Origin],
    *,
    left: Iterable[ShownPiece],
    settled: Iterable[ShownPiece],
) -> None:
    """Mark the cells of a file and lead from each to its row, so that nothing in it is overlooked.

    :param origins: of the rows on screen, and of those somebody threw away.
    """
    spots = {spot.anchor: spot for spot in source.spots()}
    for line in lines:
        _mark_row(spots, line)
    on_screen = {line.row.key for line in lines}
    for key, origin in origins.items():
        if key not in on_screen:
            _mark_aside(spots, origin.cells)
    _mark_aside(spots, (piece.anchor for piece in settled if piece.anchor))
    for piece in left:
        if spot := spots.get(piece.anchor):
            spot.mark = "left"
            spot.leads_to.append(Reference(f"doan-{piece.index}", _("chưa xếp chỗ"), is_row=False))


def _mark_row(spots: Mapping[str, Spot], line: ShownLine) -> None:
    for anchor in line.origin.cells:
        spots[anchor].mark = "used"
        spots[anchor].rows.append(line.row.key)
    if line.origin.first:
        spots[line.origin.first].leads_to.append(Reference(f"d-{line.row.key}", str(line.number)))


def _mark_aside(spots: Mapping[str, Spot], anchors: Iterable[str]) -> None:
    for anchor in anchors:
        # A cell that is partly in a row counts as taken.
        spots[anchor].mark = spots[anchor].mark or "aside"
