"""What styles say that changes the text read: hidden, of a legacy font, numbered."""

import re
from dataclasses import dataclass

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = {"0", "false", "off"}
_ID = re.compile(rb'w:styleId="([^"]*)"')


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    hidden: bool | None
    font: str | None
    #: (number of the list, level)
    numbered: tuple[str | None, int] | None


class Styles:
    """The styles of one document; without its part, or where nothing is said, plain ones."""

    def __init__(self, root: etree._Element | None, *, legacy: bool, hidden: bool = True) -> None:
        #: Fonts matter only where the document has one of the legacy ones.
        self.legacy = legacy
        self._styles: dict[str, _Style] = {}
        self._usual = ""
        self._default: str | None = None
        for element in root.iterchildren(f"{_W}style") if root is not None else ():
            self._styles[element.get(f"{_W}styleId", "")] = _style(element)
            if element.get(f"{_W}default") in {"1", "true"} and element.get(f"{_W}type") == "paragraph":
                self._default = element.get(f"{_W}styleId")
        if legacy and root is not None:
            fonts = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}rFonts")
            self._usual = _face(fonts) or ""
        self._hides = any(style.hidden for style in self._styles.values())
        self.has_lists = any(style.numbered for style in self._styles.values())
        #: whether what is written is what shows: no legacy font, nothing hidden by itself (``hidden``) or by a style
        self.are_plain = not (legacy or hidden or self._hides)

    def _line(self, name: str | None) -> list[_Style]:
        """A style and those it is based on."""
        line: list[_Style] = []
        seen: set[str] = set()
        while name and name in self._styles and name not in seen:
            seen.add(name)
            line.append(self._styles[name])
            name = line[-1].based_on
        return line

    def hides(self, name: str | None) -> bool:
        """Whether a style hides its text."""
        return self._hides and next((bool(s.hidden) for s in self._line(name) if s.hidden is not None), False)

    def run_hides(self, properties: etree._Element) -> bool:
        """Whether a run is hidden by itself or by its style."""
        own = properties.find(f"{_W}vanish")
        if own is not None:
            return own.get(f"{_W}val", "1") not in _OFF
        style = properties.find(f"{_W}rStyle") if self._hides else None
        return style is not None and self.hides(style.get(f"{_W}val"))

    def font(self, name: str | None) -> str:
        """Return the font a paragraph style gives; "" where legacy fonts play no part."""
        if not self.legacy:
            return ""
        return next((s.font for s in self._line(name or self._default) if s.font), self._usual)

    def run_font(self, properties: etree._Element, around: str) -> str:
        """Return a run's own font, else that around it."""
        if not self.legacy:
            return ""
        own = _face(properties.find(f"{_W}rFonts"))
        style = properties.find(f"{_W}rStyle")
        by_style = (
            next((s.font for s in self._line(style.get(f"{_W}val")) if s.font), None) if style is not None else None
        )
        return own or by_style or around

    def list_of(self, name: str | None) -> tuple[str | None, int] | None:
        """Return the list (number, level) that a paragraph style puts its paragraphs in."""
        return next((s.numbered for s in self._line(name) if s.numbered), None) if self.has_lists else None


#: Larger ones are nobody's template.
_LARGE = 1_000_000
_BASED_ON = re.compile(rb'<w:basedOn w:val="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Written:
    """A part of styles, and what is seen in it without taking it apart, which costs most."""

    xml: bytes
    legacy: bool
    hides: bool
    makes_lists: bool
    #: styles of what names none
    usual: frozenset[bytes]

    def tells(self, document: bytes) -> bool:
        """Whether styles hide text, or those the document uses make lists.

        Styles written otherwise than Word does are taken to tell something.
        """
        if self.hides or self.legacy or not self.makes_lists:
            return self.hides or self.legacy
        named = {piece[: piece.find(b'"')] for piece in document.split(b'Style w:val="')[1:]}
        if not self.usual or (b"Style" in document and not named):
            return True
        seen: set[bytes] = set()
        used = named | self.usual
        while used:
            seen |= used
            of_these = [_written(self.xml, name) for name in used]
            if any(b"numPr" in style for style in of_these):
                return True
            used = {base for style in of_these for base in _BASED_ON.findall(style)} - seen
        return False


class _Lately:
    """Units fill in one template: its styles, byte for byte, are looked through once."""

    written: tuple[Written, ...] = ()


def looked_through(xml: bytes) -> Written:
    """Return what is seen in a part of styles."""
    for known in _Lately.written:
        if known.xml == xml:
            return known
    legacy = b".Vn" in xml or b"VNI-" in xml
    found = Written(xml, legacy, b"vanish" in xml, b"numPr" in xml, frozenset(_usual(xml)))
    if len(xml) < _LARGE:
        _Lately.written = (found, *_Lately.written[:3])
    return found


def _usual(styles: bytes) -> set[bytes]:
    """Return the names of the styles of what names none."""
    names: set[bytes] = set()
    at = styles.find(b'w:default="1"')
    while at >= 0:
        head = styles[styles.rfind(b"<", 0, at) : styles.find(b">", at)]
        names |= set(_ID.findall(head[:400]))
        at = styles.find(b'w:default="1"', at + 1)
    return names


def _written(styles: bytes, name: bytes) -> bytes:
    """Return one style as written; nothing when there is none of the name."""
    at = styles.find(b'w:styleId="' + name + b'"')
    return styles[at : styles.find(b"</w:style>", at)] if at >= 0 else b""


def _face(fonts: etree._Element | None) -> str | None:
    return (fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi")) if fonts is not None else None


def _style(element: etree._Element) -> _Style:
    based = element.find(f"{_W}basedOn")
    vanish = element.find(f"{_W}rPr/{_W}vanish")
    numbered = element.find(f"{_W}pPr/{_W}numPr")
    return _Style(
        based_on=based.get(f"{_W}val") if based is not None else None,
        hidden=None if vanish is None else vanish.get(f"{_W}val", "1") not in _OFF,
        font=_face(element.find(f"{_W}rPr/{_W}rFonts")),
        numbered=list_reference(numbered) if numbered is not None else None,
    )


def list_reference(numbered: etree._Element) -> tuple[str | None, int]:
    """Read a ``numPr``: the number of its list (None: the style's) and its level."""
    number = numbered.find(f"{_W}numId")
    level = numbered.find(f"{_W}ilvl")
    depth = level.get(f"{_W}val", "0") if level is not None else "0"
    return number.get(f"{_W}val") if number is not None else None, int(depth) if depth in set("012345678") else 0
