"""Official documents as values; a room builds them, a renderer prints them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text; equal neighbours in the first ``merged`` columns print as one cell.

    ``widths_mm`` sum to the width of the text: 165 mm between margins of 30 and 15 on A4.
    """

    columns: tuple[str, ...]
    widths_mm: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    merged: int = 0


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex with one table, signed below (Decree 30/2020/NĐ-CP, Phụ lục I).

    ``title`` is printed upper-case lines, bold; ``attached_to`` in italics under it; ``signature``
    is the right column below the table; ``foot`` are small lines at the end (where to send it, the receipt).
    """

    title: tuple[str, ...]
    attached_to: str
    organisation: str
    table: Table
    signature: tuple[str, ...]
    foot: tuple[str, ...] = ()
