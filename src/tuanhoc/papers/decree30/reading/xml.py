"""Names and small readings of WordprocessingML."""

import re

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_OFF = {"0", "false", "off", "none"}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def val(parent: etree._Element | None, name: str) -> str | None:
    """Return the ``w:val`` of a child; None without it."""
    child = parent.find(f"{W}{name}") if parent is not None else None
    return child.get(f"{W}val") if child is not None else None


def on(parent: etree._Element, name: str) -> bool | None:
    """Return a switch: None where nothing is said."""
    child = parent.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val", "1") not in _OFF


def number(text: str | None) -> float | None:
    """Return the number a value begins with."""
    found = _NUMBER.match(text) if text else None
    return float(found[0]) if found else None


def mm(text: str | None) -> float | None:
    """Return a length in twips, or one with its unit, as millimetres."""
    value = number(text)
    if value is None or text is None:
        return None
    units = {"pt": 25.4 / 72, "in": 25.4, "cm": 10.0, "mm": 1.0}
    return value * units.get(text[-2:], 25.4 / 1440)


def points(text: str | None) -> float | None:
    """Return a length in twips as points."""
    value = mm(text)
    return None if value is None else value / 25.4 * 72
