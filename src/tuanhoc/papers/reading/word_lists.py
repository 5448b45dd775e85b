"""Automatic numbers and bullets, written out as the page shows them."""

import re
from dataclasses import dataclass

from lxml import etree

from tuanhoc.lib.numbers import roman

from .word_styles import Styles, list_reference

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Bullets of Symbol and Wingdings; what is not here is shown as a dot.
_BULLETS = {
    "\uf02d": "-",
    "-": "-",
    "–": "-",
    "—": "-",
    "+": "+",
    "*": "*",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf0a7": "▪",
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    pattern: str


class Numbering:
    """The lists of one document and how far each has counted."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._read(root)

    @property
    def is_empty(self) -> bool:
        """Whether the document has no lists at all."""
        return not self._lists

    def _read(self, root: etree._Element) -> None:
        shapes = {a.get(f"{_W}abstractNumId", ""): a for a in root.iterchildren(f"{_W}abstractNum")}
        by_style = {
            link.get(f"{_W}val"): number
            for number, a in shapes.items()
            if (link := a.find(f"{_W}styleLink")) is not None
        }
        for num in root.iterchildren(f"{_W}num"):
            number = num.get(f"{_W}numId", "")
            shape = num.find(f"{_W}abstractNumId")
            of = shape.get(f"{_W}val", "") if shape is not None else ""
            linked = shapes[of].find(f"{_W}numStyleLink") if of in shapes else None
            if linked is not None:
                of = by_style.get(linked.get(f"{_W}val"), of)
            levels = _levels(shapes[of]) if of in shapes else {}
            for override in num.iterchildren(f"{_W}lvlOverride"):
                level = _int(override.get(f"{_W}ilvl"), 0)
                own = override.find(f"{_W}lvl")
                if own is not None:
                    levels[level] = _level(own)
                restart = override.find(f"{_W}startOverride")
                if restart is not None:
                    self._restarts.setdefault(number, {})[level] = _int(restart.get(f"{_W}val"), 1)
            self._lists[number] = (of, levels)

    def label(self, paragraph: etree._Element) -> str:
        """Count one paragraph and return its number or bullet, "" when it has none."""
        if not self._lists:
            return ""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return ""
        own = properties.find(f"{_W}numPr")
        style = properties.find(f"{_W}pStyle")
        by_style = self._styles.list_of(style.get(f"{_W}val")) if style is not None else None
        number, level = list_reference(own) if own is not None else by_style or (None, 0)
        if number is None and by_style:
            number = by_style[0]
        if number not in self._lists:
            return ""
        return self._counted(number or "", level)

    def _counted(self, number: str, level: int) -> str:
        shape, levels = self._lists[number]
        if level not in levels:
            return ""
        counts = self._counts.setdefault(shape, {})
        restart = self._restarts.get(number, {}).pop(level, None)
        if restart is not None:
            counts[level] = restart
        else:
            counts[level] = counts[level] + 1 if level in counts else levels[level].start
        for deeper in [n for n in counts if n > level]:
            del counts[deeper]
        here = levels[level]
        if here.kind == "bullet":
            return _BULLETS.get(here.pattern, "•") if here.pattern.strip() else ""
        return (
            re.sub(r"%(\d)", lambda m: _shown(levels, counts, int(m[1]) - 1), here.pattern)
            if here.kind != "none"
            else ""
        )


def _shown(levels: dict[int, _Level], counts: dict[int, int], level: int) -> str:
    if level not in levels:
        return ""
    value = counts.get(level, levels[level].start)
    kind = levels[level].kind
    if kind in {"upperRoman", "lowerRoman"}:
        return roman(value) if kind == "upperRoman" else roman(value).lower()
    if kind in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 % 5 + 1)
        return letter if kind == "upperLetter" else letter.lower()
    return f"{value:02d}" if kind == "decimalZero" else str(value)


def _levels(shape: etree._Element) -> dict[int, _Level]:
    return {_int(level.get(f"{_W}ilvl"), 0): _level(level) for level in shape.iterchildren(f"{_W}lvl")}


def _level(element: etree._Element) -> _Level:
    def said(name: str, usual: str) -> str:
        found = element.find(f"{_W}{name}")
        return found.get(f"{_W}val", usual) if found is not None else usual

    return _Level(_int(said("start", "1"), 1), said("numFmt", "decimal"), said("lvlText", ""))


def _int(text: str | None, usual: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else usual
