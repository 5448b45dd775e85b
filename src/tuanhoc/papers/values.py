"""Official documents as values; a room builds them, a renderer prints them."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Letterhead:
    """Top of a document (Decree 30/2020/NĐ-CP); number and date stay blank until issued."""

    superior: str
    issuer: str
    number: str
    place: str
    date: dt.date | None


@dataclass(frozen=True)
class SignatureBlock:
    """Authority and position, one line each, and the signer's name."""

    lines: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Table:
    """Rows of text; equal neighbours in the first ``merged`` columns print as one cell."""

    columns: tuple[str, ...]
    widths_mm: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    merged: int = 0


@dataclass(frozen=True)
class Receipt:
    """What a unit gets for a submission; ``sha256`` is of its canonical rows."""

    number: str
    time: dt.datetime
    sha256: str
    unit: str
    count: int
