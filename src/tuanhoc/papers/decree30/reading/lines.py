"""A paragraph as the lines it prints."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from tuanhoc.papers.reading.word_lists import Numbering
from tuanhoc.papers.reading.word_styles import Styles as ListStyles
from tuanhoc.papers.reading.word_styles import list_reference

from . import drawn
from .looks import Said, Styles, Theme, indent_said, paragraph_said, run_said
from .parts import Parts
from .values import Drawn, Line, Piece
from .xml import W, val

_INSIDE = {f"{W}{n}" for n in ("ins", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "moveTo", "customXml")}
_SIGNS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-", f"{W}softHyphen": "", f"{W}cr": "\n",
}  # fmt: skip
#: a line of single spacing is this high, of the size of Times New Roman
SINGLE = 1.15
_PAGE = "\f"


@dataclass(slots=True)
class _Gathered:
    """What the runs of one paragraph give, before it is cut into lines."""

    pieces: list[Piece] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    has_page_number: bool = False


class Typesetter:
    """Turns paragraphs of one file into lines."""

    def __init__(self, parts: Parts) -> None:
        self.theme = Theme(parts.theme)
        self.styles = Styles(parts.styles, self.theme)
        self._lists = Numbering(parts.numbering, ListStyles(parts.styles, legacy=False, hidden=False))
        self._indents = _list_indents(parts.numbering)

    def lines(self, paragraph: etree._Element, *, where: str, width: float, table: str | None = None) -> list[Line]:
        """Return the lines between a paragraph's line breaks, at least one.

        :param width: of the column, mm. :param table: the style of the table it stands in.
        """
        properties = paragraph.find(f"{W}pPr")
        style = val(properties, "pStyle") or self.styles.usual("paragraph")
        said = self.styles.paragraph(style, table, self._list_indent(properties, style), paragraph_said(properties))
        gathered = _Gathered()
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if label := self._lists.label(paragraph):
            look, _hidden = self.styles.look(style, None, table, run_said(mark, self.theme))
            gathered.pieces.append(Piece(f"{label} ", look))
        self._gather(paragraph, gathered, style=style, table=table)
        shape = self._shape(said, gathered.pieces, width)
        return _cut(replace(shape, where=where), gathered, said)

    def _list_indent(self, properties: etree._Element | None, style: str | None) -> Said:
        own = properties.find(f"{W}numPr") if properties is not None else None
        numbered = own if own is not None else self.styles.numbering_of(style)
        return self._indents.get(list_reference(numbered), {}) if numbered is not None else {}

    def _shape(self, said: dict[str, object], pieces: list[Piece], width: float) -> Line:
        def amount(name: str) -> float:
            value = said.get(name, 0.0)
            return float(value) if isinstance(value, int | float) else 0.0

        size = max((p.look.points for p in pieces), default=0) or 13.0
        room = width - amount("left") - amount("right")
        return Line(
            (), "", align=str(said.get("align", "left")), left=amount("left"), right=amount("right"),
            first=amount("first"), before=amount("before"), after=amount("after"),
            spacing=_spacing(said.get("line"), size), width=room, keeps_next=bool(said.get("keepNext")),
            new_page=bool(said.get("pageBreakBefore")),
        )  # fmt: skip

    def _gather(self, parent: etree._Element, into: _Gathered, *, style: str | None, table: str | None) -> None:
        for child in parent:
            if child.tag == f"{W}r":
                self._run(child, into, style=style, table=table)
            elif child.tag in _INSIDE:
                if child.tag == f"{W}fldSimple" and _asks_page(child.get(f"{W}instr")):
                    into.has_page_number = True
                self._gather(child, into, style=style, table=table)

    def _run(self, run: etree._Element, into: _Gathered, *, style: str | None, table: str | None) -> None:
        properties = run.find(f"{W}rPr")
        look, hidden = self.styles.look(style, val(properties, "rStyle"), table, run_said(properties, self.theme))
        if hidden:
            return
        into.drawn += drawn.shapes(run)
        into.has_page_number |= any(_asks_page(asked.text) for asked in run.iterchildren(f"{W}instrText"))
        text = "".join(_letters(run))
        if text:
            into.pieces.append(Piece(text, look))


def _letters(run: etree._Element) -> Iterator[str]:
    for child in run:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag == f"{W}br":
            yield _PAGE if child.get(f"{W}type") in {"page", "column"} else "\n"
        else:
            yield _SIGNS.get(str(child.tag), "")


def _asks_page(instruction: str | None) -> bool:
    return bool(instruction) and (instruction or "").split()[:1] == ["PAGE"]


def _spacing(line: object, size: float) -> float:
    if not isinstance(line, tuple):
        return 1.0
    value, how = line
    if how == "auto":
        return float(value) / 240
    high = float(value) / 20 / (SINGLE * size)
    return max(1.0, high) if how == "atLeast" else high


def _cut(shape: Line, gathered: _Gathered, said: dict[str, object]) -> list[Line]:
    pieces: list[list[Piece]] = [[]]
    breaks: list[str] = [""]
    for piece in gathered.pieces:
        rest = piece.text
        while rest:
            at = next((n for n, letter in enumerate(rest) if letter in f"\n{_PAGE}"), len(rest))
            if rest[:at]:
                pieces[-1].append(Piece(rest[:at], piece.look))
            if at < len(rest):
                pieces.append([])
                breaks.append(rest[at])
            rest = rest[at + 1 :]
    last = len(pieces) - 1
    lines = []
    for number, (of_line, sign) in enumerate(zip(pieces, breaks, strict=True)):
        line = replace(
            shape, pieces=tuple(of_line), before=shape.before if number == 0 else 0.0,
            after=shape.after if number == last else 0.0, goes_on=number > 0,
            first=shape.first if number == 0 else 0.0, new_page=sign == _PAGE or (number == 0 and shape.new_page),
            has_page_number=gathered.has_page_number,
        )  # fmt: skip
        rules = [*drawn.of_text(line)]
        if number == last:
            rules += [*drawn.bordered(said, shape.width), *gathered.drawn]
        lines.append(replace(line, drawn=tuple(rules)))
    return lines


def _list_indents(root: etree._Element | None) -> dict[tuple[str | None, int], Said]:
    """Return the indents of every level of every list."""
    found: dict[tuple[str | None, int], Said] = {}
    if root is None:
        return found
    shapes = {a.get(f"{W}abstractNumId"): a for a in root.iterchildren(f"{W}abstractNum")}
    for num in root.iterchildren(f"{W}num"):
        shape = shapes.get(val(num, "abstractNumId"))
        for level in shape.iterchildren(f"{W}lvl") if shape is not None else ():
            depth = level.get(f"{W}ilvl", "0")
            indent = level.find(f"{W}pPr/{W}ind")
            if depth.isdecimal() and indent is not None:
                found[num.get(f"{W}numId"), int(depth)] = indent_said(indent)
    return found
