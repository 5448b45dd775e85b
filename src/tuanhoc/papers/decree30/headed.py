"""What a letter that was issued tells of the office that issued it: its head, signature, recipients and page."""

import re

from tuanhoc.lib.text import fold
from tuanhoc.papers.values import Layout

from .anatomy import Paper, words
from .reading import Line

_SYMBOL = re.compile(r"^Số\s*:?\s*[\d.…_]*\s*(?:/\s*\d{4}\s*)?/\s*(?P<symbol>.+)$", re.IGNORECASE)
_DASH = re.compile(r"^[-–+•*]\s*")
_AS_ABOVE = re.compile(r"^nhu (?:tren|kinh gui)\b")
#: value of a layout -> the range in which it is taken over
_RANGES = {
    "top_mm": (20, 25), "bottom_mm": (20, 25), "left_mm": (30, 35), "right_mm": (15, 20), "head_points": (12, 13),
    "body_points": (13, 14), "first_line_mm": (9, 13), "gap_points": (6, 12), "line_spacing": (1, 1.5),
}  # fmt: skip


def headed_by(paper: Paper) -> dict[str, object]:
    """Return what can be taken over from a letter, by the names of a template's values; what is not found is not there.

    Names stand as they print, in capitals; lists are lists of lines without dashes and stops. Of the layout only what
    the decree allows is taken.
    """
    head, ending = paper.head, paper.ending
    found: dict[str, object] = {
        "superior": _joined(head.superior),
        "issuer": _joined(head.issuer),
        "place": _place(head.place),
        "symbol": _symbol(head.number),
        "signature": [line.text for line in ending.authority],
        "signer": ending.signer.text if ending.signer is not None else "",
        "recipients": _recipients(paper),
        "addressees": _addressees(paper),
        "layout": _layout(paper),
    }
    return {name: value for name, value in found.items() if value}


def _joined(lines: tuple[Line, ...]) -> str:
    return " ".join(line.text for line in lines)


def _place(line: Line | None) -> str:
    text = line.text if line is not None else ""
    at = fold(text).find("ngay")
    place = text[:at].strip(" ,") if at > 0 else ""
    return place if any(map(str.isalpha, place)) else ""


def _symbol(line: Line | None) -> str:
    found = _SYMBOL.match(line.text) if line is not None else None
    symbol = re.sub(r"\s+", "", found["symbol"]) if found else ""
    return symbol if any(map(str.isalpha, symbol)) else ""


def _recipients(paper: Paper) -> list[str]:
    names = [_DASH.sub("", " ".join(line.text for line in group)).rstrip(" ;.") for group in paper.ending.recipients]
    return [name for name in names if name and not _AS_ABOVE.match(fold(name))]


def _addressees(paper: Paper) -> list[str]:
    names = [re.sub(r"^Kính gửi\s*:?", "", line.text, flags=re.IGNORECASE).strip() for line in paper.addressed]
    cleaned = [_DASH.sub("", name).rstrip(" ;.") for name in names]
    return [name for name in cleaned if name and not words.ADDRESSED.match(fold(name))]


def _layout(paper: Paper) -> dict[str, float]:
    sections, usual = paper.sheet.sections, Layout()
    given: dict[str, float | None] = {}
    if sections:
        page = sections[0]
        given = {f"{side}_mm": round(getattr(page, side) * 2) / 2 for side in ("top", "bottom", "left", "right")}
    prose = [line for line in paper.body if line.align == "both" and line.length > line.width]
    if paper.head.country is not None:
        given["head_points"] = paper.head.country.points
    if prose:
        given |= {"body_points": prose[0].points, "line_spacing": round(prose[0].spacing, 2)}
        given["first_line_mm"] = round(prose[0].left + prose[0].first, 1)
        given["gap_points"] = round(max(prose[0].before + prose[0].after, 0))
    return {
        name: float(value)
        for name, value in given.items()
        if value is not None and _RANGES[name][0] <= value <= _RANGES[name][1] and value != getattr(usual, name)
    }
