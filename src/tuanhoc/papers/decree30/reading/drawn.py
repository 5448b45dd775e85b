"""Horizontal rules as Word has them: drawn lines of two generations, borders, underscores, underlines."""

import re
from collections.abc import Iterator

from lxml import etree

from .values import Drawn, Line
from .xml import MC, WP, WPS, A, V, W, mm, number

_EMU_PER_MM = 36_000
#: a shape no higher than this is a rule, mm
_FLAT = 1.2
_LENGTH = re.compile(r"(?:^|;)\s*width:\s*([\d.]+(?:pt|in|cm|mm)?)")
_HEIGHT = re.compile(r"(?:^|;)\s*height:\s*([\d.]+(?:pt|in|cm|mm)?)")
_NO_BORDER = {"none", "nil"}


def shapes(run: etree._Element) -> Iterator[Drawn]:
    """Yield the rules drawn in a run, those for older programs only where there is no newer one."""
    for element in run:
        if element.tag == f"{MC}AlternateContent":
            for choice in element:
                found = list(shapes(choice))
                yield from found
                if found:
                    break
        elif element.tag == f"{W}drawing":
            yield from _drawing(element)
        elif element.tag in {f"{W}pict", f"{W}object"}:
            yield from _vml(element)


def _drawing(element: etree._Element) -> Iterator[Drawn]:
    extent = element.find(f".//{WP}extent")
    shape = element.find(f".//{WPS}wsp")
    if extent is None or shape is None:
        return
    length, height = ((number(extent.get(side)) or 0) / _EMU_PER_MM for side in ("cx", "cy"))
    preset = shape.find(f".//{A}prstGeom")
    named = preset.get("prst", "") if preset is not None else ""
    if height <= _FLAT or (named in {"line", "straightConnector1"} and height < length / 10):
        dash = shape.find(f".//{A}ln/{A}prstDash")
        yield Drawn(length, dash is None or dash.get("val", "solid") == "solid", floats=True)


def _vml(element: etree._Element) -> Iterator[Drawn]:
    for shape in element.iter(f"{V}line", f"{V}shape", f"{V}rect"):
        stroke = shape.find(f"{V}stroke")
        solid = stroke is None or stroke.get("dashstyle", "solid") == "solid"
        if shape.tag == f"{V}line":
            yield Drawn(_between(shape.get("from", ""), shape.get("to", "")), solid, floats=True)
            continue
        style = shape.get("style", "")
        length, height = _LENGTH.search(style), _HEIGHT.search(style)
        flat = height is not None and (mm(height[1]) or 0) <= _FLAT
        if length and (flat or shape.get("type") == "#_x0000_t32"):
            yield Drawn(mm(length[1]), solid, floats=True)


def _between(start: str, end: str) -> float | None:
    try:
        (x1, _y1), (x2, _y2) = (point.split(",") for point in (start, end))
    except ValueError:
        return None
    first, last = mm(x1 or "0pt"), mm(x2 or "0pt")
    return None if first is None or last is None else abs(last - first)


def bordered(said: dict[str, object], width: float) -> Iterator[Drawn]:
    """Yield the rules of a paragraph's borders, as long as the room between its indents."""
    for edge in ("top", "bottom"):
        border = str(said.get(edge, "none"))
        if border not in _NO_BORDER:
            yield Drawn(width, border in {"single", "thick"})


def of_text(line: Line) -> Iterator[Drawn]:
    """Yield the rule a line is by its letters: underscores, or an underline."""
    if line.is_rule:
        yield Drawn(line.length, rough=True)
        return
    under = tuple(p for p in line.inked if p.look.underlined)
    if under:
        yield Drawn(Line(under, line.where).length)
