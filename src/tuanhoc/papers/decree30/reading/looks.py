"""Properties as they take effect: direct, over character and paragraph style and what these are based on, over defaults
and theme.

Source: ISO/IEC 29500-1, 17.7.2 (style hierarchy), 17.7.3 (toggle properties).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from .values import Look
from .xml import A, W, mm, number, on, points, val

Said = Mapping[str, object]
#: on where one, but not both, of the paragraph's and the character's style say so
_TOGGLES = ("b", "i", "caps")
_EDGES = ("top", "bottom")


class Theme:
    """Fonts and colours that styles name by their role."""

    _ROLES = {"text1": "dk1", "dark1": "dk1", "text2": "dk2", "dark2": "dk2", "background1": "lt1", "light1": "lt1"}

    def __init__(self, root: etree._Element | None) -> None:
        self._fonts: dict[str, str] = {}
        self._colours: dict[str, str] = {}
        if root is None:
            return
        for role in ("major", "minor"):
            latin = root.find(f".//{A}fontScheme/{A}{role}Font/{A}latin")
            if latin is not None and latin.get("typeface"):
                self._fonts[role] = latin.get("typeface", "")
        for colour in root.iterfind(f".//{A}clrScheme/*"):
            for said in colour:
                name = etree.QName(colour).localname
                self._colours[name] = said.get("lastClr") or said.get("val") or ""

    def font(self, role: str) -> str | None:
        """Return the font of ``minorHAnsi`` and the like."""
        return self._fonts.get(role[:5])

    def colour(self, role: str, written: str | None) -> str:
        """Return the colour of ``text1`` and the like; ``written`` is what the program reckoned it to be."""
        of_theme = self._colours.get(self._ROLES.get(role, role))
        return of_theme or written or "000000"


def run_said(properties: etree._Element | None, theme: Theme) -> dict[str, object]:
    """Return what an ``rPr`` says, and nothing else."""
    if properties is None:
        return {}
    said: dict[str, object] = {n: flag for n in ("b", "i", "caps", "vanish") if (flag := on(properties, n)) is not None}
    said |= _fonts(properties.find(f"{W}rFonts"), theme)
    if (size := number(val(properties, "sz"))) is not None:
        said["size"] = size / 2
    if (spread := points(val(properties, "spacing"))) is not None:
        said["spread"] = spread
    if (place := val(properties, "vertAlign")) is not None:
        said["raised"] = place in {"superscript", "subscript"}
    if (line := val(properties, "u")) is not None:
        said["u"] = line != "none"
    colour = properties.find(f"{W}color")
    if colour is not None:
        said["colour"] = _colour(colour, theme)
    return said


def _fonts(fonts: etree._Element | None, theme: Theme) -> dict[str, object]:
    said: dict[str, object] = {}
    if fonts is None:
        return said
    for key, script in (("latin", "ascii"), ("accented", "hAnsi")):
        role = fonts.get(f"{W}{script}Theme")
        face = theme.font(role) if role else fonts.get(f"{W}{script}")
        if face:
            said[key] = face
    return said


def _colour(colour: etree._Element, theme: Theme) -> str:
    written = colour.get(f"{W}val")
    role = colour.get(f"{W}themeColor")
    shaded = colour.get(f"{W}themeTint") or colour.get(f"{W}themeShade")
    if role and not (shaded and written):
        written = theme.colour(role, written)
    return "000000" if written in {None, "auto"} else str(written).upper()


def paragraph_said(properties: etree._Element | None) -> dict[str, object]:
    """Return what a ``pPr`` says, and nothing else. Lengths in mm, spaces in points."""
    if properties is None:
        return {}
    said: dict[str, object] = {n: f for n in ("keepNext", "pageBreakBefore", "contextualSpacing")
                               if (f := on(properties, n)) is not None}  # fmt: skip
    if align := val(properties, "jc"):
        said["align"] = {"start": "left", "end": "right", "distribute": "both"}.get(align, align)
    frame = properties.find(f"{W}framePr")
    if frame is not None and frame.get(f"{W}xAlign"):
        # Word 2003 stood the page number in a frame.
        said["align"] = frame.get(f"{W}xAlign", "")
    said |= indent_said(properties.find(f"{W}ind")) | _spacing(properties.find(f"{W}spacing"))
    borders = properties.find(f"{W}pBdr")
    for edge in _EDGES:
        border = borders.find(f"{W}{edge}") if borders is not None else None
        if border is not None:
            said[edge] = border.get(f"{W}val", "none")
    return said


def indent_said(indent: etree._Element | None) -> dict[str, object]:
    """Return what an ``ind`` says."""
    if indent is None:
        return {}
    said: dict[str, object] = {}
    for key, names in (("left", ("left", "start")), ("right", ("right", "end"))):
        value = next((v for n in names if (v := mm(indent.get(f"{W}{n}"))) is not None), None)
        if value is not None:
            said[key] = value
    hanging, first = mm(indent.get(f"{W}hanging")), mm(indent.get(f"{W}firstLine"))
    if hanging is not None:
        said["first"] = -hanging
    elif first is not None:
        said["first"] = first
    return said


def _spacing(spacing: etree._Element | None) -> dict[str, object]:
    if spacing is None:
        return {}
    said: dict[str, object] = {}
    for key in ("before", "after"):
        value = points(spacing.get(f"{W}{key}"))
        if spacing.get(f"{W}{key}Autospacing") in {"1", "true", "on"}:
            value = 14.0
        if value is not None:
            said[key] = value
    if (line := number(spacing.get(f"{W}line"))) is not None:
        said["line"] = (line, spacing.get(f"{W}lineRule", "auto"))
    return said


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    run: etree._Element | None
    paragraph: etree._Element | None
    borders: etree._Element | None


class Styles:
    """The styles of one file."""

    def __init__(self, root: etree._Element | None, theme: Theme) -> None:
        self.theme = theme
        self._styles: dict[str, _Style] = {}
        self._usual: dict[str, str] = {}
        self._runs: dict[str | None, Said] = {}
        self._paragraphs: dict[str | None, Said] = {}
        find = root.find if root is not None else lambda _path: None
        self._run_defaults = run_said(find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"), theme)
        self._paragraph_defaults = paragraph_said(find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"))
        for style in root.iterchildren(f"{W}style") if root is not None else ():
            name = style.get(f"{W}styleId", "")
            self._styles[name] = _Style(
                val(style, "basedOn"), style.find(f"{W}rPr"), style.find(f"{W}pPr"),
                style.find(f"{W}tblPr/{W}tblBorders"),
            )  # fmt: skip
            if style.get(f"{W}default") in {"1", "true", "on"}:
                self._usual[style.get(f"{W}type", "")] = name

    def usual(self, kind: str) -> str | None:
        """Return the style of those that name none."""
        return self._usual.get(kind)

    def _line(self, name: str | None) -> list[_Style]:
        line: list[_Style] = []
        seen: set[str] = set()
        while name and name in self._styles and name not in seen:
            seen.add(name)
            line.insert(0, self._styles[name])
            name = line[0].based_on
        return line

    def run_of(self, name: str | None) -> Said:
        """Return what a style and those under it say of runs."""
        if name not in self._runs:
            said: dict[str, object] = {}
            for style in self._line(name):
                said |= run_said(style.run, self.theme)
            self._runs[name] = said
        return self._runs[name]

    def paragraph_of(self, name: str | None) -> Said:
        """Return what a style and those under it say of paragraphs."""
        if name not in self._paragraphs:
            said: dict[str, object] = {}
            for style in self._line(name):
                said |= paragraph_said(style.paragraph)
            self._paragraphs[name] = said
        return self._paragraphs[name]

    def numbering_of(self, name: str | None) -> etree._Element | None:
        """Return the ``numPr`` a paragraph style gives."""
        found = [s.paragraph.find(f"{W}numPr") for s in self._line(name) if s.paragraph is not None]
        return next((numbered for numbered in reversed(found) if numbered is not None), None)

    def draws_table(self, name: str | None) -> bool:
        """Whether a table style draws borders."""
        found = [style.borders for style in self._line(name) if style.borders is not None]
        return bool(found) and any(edge.get(f"{W}val") not in {"none", "nil"} for edge in found[-1])

    def paragraph(self, style: str | None, table: str | None, *own: Said) -> dict[str, object]:
        """Return the properties of a paragraph in effect; ``own`` are laid over its style in order."""
        said = {**self._paragraph_defaults, **self.paragraph_of(table), **self.paragraph_of(style)}
        for more in own:
            said |= more
        return said

    def look(self, paragraph: str | None, character: str | None, table: str | None, own: Said) -> tuple[Look, bool]:
        """Return the look of a run in effect, and whether it is hidden."""
        layers = [self.run_of(table), self.run_of(paragraph), self.run_of(character)]
        said: dict[str, object] = dict(self._run_defaults)
        for layer in layers:
            said |= layer
        for toggle in _TOGGLES:
            if toggle not in self._run_defaults:
                said[toggle] = sum(bool(layer.get(toggle)) for layer in layers) % 2 == 1
        said |= own
        latin = str(said.get("latin", "Times New Roman"))
        look = Look(
            latin=latin, accented=str(said.get("accented", "Times New Roman")), points=_float(said, "size", 10.0),
            bold=bool(said.get("b")), italic=bool(said.get("i")), colour=str(said.get("colour", "000000")),
            caps=bool(said.get("caps")), underlined=bool(said.get("u")), spread=_float(said, "spread", 0.0),
            raised=bool(said.get("raised")),
        )  # fmt: skip
        return look, bool(said.get("vanish"))


def _float(said: Said, name: str, usual: float) -> float:
    value = said.get(name)
    return float(value) if isinstance(value, int | float) else usual
