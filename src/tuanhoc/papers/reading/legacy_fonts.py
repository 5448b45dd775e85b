"""Text of the fonts before Unicode, TCVN3 (``.VnTime``) and VNI (``VNI-Times``), by the font's name.

The tables are facts of those fonts, kept beside in ``data/legacy-encodings.csv``.
"""

import csv
from functools import cache
from pathlib import Path

_TABLES = Path(__file__).parent / "data" / "legacy-encodings.csv"


def decoded(text: str, font: str) -> str:
    """Return text as its font shows it; other fonts leave it as it is."""
    if font.startswith(".Vn"):
        shown = _low(text).translate(_table("TCVN3"))
        return shown.upper() if font.rstrip().endswith("H") else shown
    if font.upper().startswith("VNI"):
        return _low(text).translate(_table("VNI"))
    return text


def _low(text: str) -> str:
    """Symbol fonts keep their letters in the private use area: bring them back."""
    return "".join(chr(ord(c) - 0xF000) if 0xF020 <= ord(c) <= 0xF0FF else c for c in text)


@cache
def _table(encoding: str) -> dict[int, str]:
    with _TABLES.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["encoding"].startswith(encoding)]
    return {int(row["bytes_shown_as"][2:], 16): _letter(row["letter"]) for row in rows}


def _letter(written: str) -> str:
    """Read a letter, or marks written as ``U+0302+U+0301``: they combine with the letter before."""
    if not written.startswith("U+"):
        return written
    return "".join(chr(int(mark, 16)) for mark in written.replace("U+", "").split("+"))
