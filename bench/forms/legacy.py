"""Text as the fonts before Unicode have it in a file: the other way round of ``papers.reading.legacy_fonts``."""

import csv
import unicodedata
from functools import cache
from pathlib import Path

from tuanhoc.papers import reading

_TABLES = Path(reading.__file__).parent / "data" / "legacy-encodings.csv"


def runs(text: str, font: str) -> list[tuple[str, str]]:
    """Return (face, characters) of the runs in which an old typist's file holds the text."""
    if font == "VNI":
        return [("VNI-Times", "".join(map(_vni, unicodedata.normalize("NFC", text))))]
    out: list[tuple[str, str]] = []
    for char in unicodedata.normalize("NFC", text):
        face, byte = _tcvn3(char)
        if out and out[-1][0] == face:
            out[-1] = (face, out[-1][1] + byte)
        else:
            out.append((face, byte))
    return out


def _tcvn3(char: str) -> tuple[str, str]:
    letters = _letters("TCVN3")
    if char in letters or char.isascii():
        return ".VnTime", letters.get(char, char)
    if char.lower() in letters:  # capitals with a tone have a face of their own
        return ".VnTimeH", letters[char.lower()]
    return "Times New Roman", char


def _vni(char: str) -> str:
    whole = _letters("VNI-letter")
    if char in whole or char.isascii():
        return whole.get(char, char)
    base, *marks = unicodedata.normalize("NFD", char)
    if (horn := unicodedata.normalize("NFC", base + "\u031b")) in whole and "\u031b" in marks:
        base, marks = whole[horn], [mark for mark in marks if mark != "\u031b"]
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    ordered = [m for m in marks if m not in tones] + [m for m in marks if m in tones]
    found = _marks(base.isupper()).get("".join(ordered), "".join(ordered))
    return base + found


@cache
def _letters(encoding: str) -> dict[str, str]:
    with _TABLES.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["encoding"] == encoding]
    return {row["letter"]: chr(int(row["bytes_shown_as"][2:], 16)) for row in rows}


@cache
def _marks(capital: bool) -> dict[str, str]:
    of_letters = {}
    for written, byte in _letters("VNI-mark").items():
        marks = "".join(chr(int(mark, 16)) for mark in written.replace("U+", "").split("+"))
        if byte.isupper() == capital:
            of_letters[marks] = byte
    return of_letters
