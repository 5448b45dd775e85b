"""The text of one paragraph of Word: what shows, in order; links, boxes and notes beside it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from . import legacy_fonts
from .word_styles import Styles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BREAKS = {
    f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad",
}  # fmt: skip
_GONE = {
    f"{W}{name}"
    for name in (
        "del",
        "moveFrom",
        "rPr",
        "pPr",
        "delText",
        "delInstrText",
        "sdtPr",
        "sdtEndPr",
        "rt",
        "fldData",
        "ffData",
    )
}
_TARGET = re.compile(r"\bHYPERLINK\s+\"([^\"]+)\"")
#: What the commonest characters of Wingdings and Symbol look like; Word keeps them in the private use area.
_SYMBOLS = {
    0xB7: "•", 0xA7: "▪", 0xA8: "□", 0x6C: "•", 0x6E: "▪", 0x76: "❖", 0xD8: "➢", 0xFC: "✓", 0xFB: "✗", 0xFE: "☑",
    0xE0: "→", 0x2D: "-", 0x2B: "+", 0x28: "☎", 0x29: "☎", 0x2A: "✉", 0xF0: "→", 0xAE: "→",
}  # fmt: skip
_PPR, _RUN, _RPR, _T, _PSTYLE = f"{W}pPr", f"{W}r", f"{W}rPr", f"{W}t", f"{W}pStyle"
_TEXT = {_T, _MATH}
#: Beside the runs of a paragraph, these show nothing.
_SILENT = {_PPR, *(f"{W}{name}" for name in ("proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak"))}
_PRIVATE_USE = re.compile("[\uf000-\uf0ff]")
_PRIVATE = {0xF000 + code: shown for code, shown in _SYMBOLS.items()}


@dataclass(slots=True)
class Inline:
    """What one paragraph holds. ``notes`` are (kind, number)."""

    text: str = ""
    pieces: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    fields: str = ""


def is_on(run: etree._Element, name: str) -> bool:
    """Whether a run switches a property on."""
    flag = run.find(f"{W}rPr/{W}{name}")
    return flag is not None and flag.get(f"{W}val", "1") not in {"0", "false", "off", "none"}


def text_of(paragraph: etree._Element, links: Mapping[str, str], styles: Styles) -> Inline:
    """Read one paragraph. Text is NFC; breaks are ``\\n``, tabs ``\\t``."""
    found = Inline()
    if styles.are_plain and (plain := _plain_text(paragraph)) is not None:
        found.text = plain
        return found
    properties = properties_of(paragraph)
    style = properties.find(_PSTYLE) if properties is not None else None
    name = style.get(f"{W}val") if style is not None else None
    if not styles.hides(name):
        _walk(paragraph, found, links, styles, styles.font(name))
    found.links += _TARGET.findall(found.fields) if found.fields else []
    found.text = _shown("".join(found.pieces))
    return found


def _plain_text(paragraph: etree._Element) -> str | None:
    """Return the text of a paragraph of nothing but runs of text, as most are; None when there is more to it."""
    pieces: list[str] = []
    for child in paragraph:
        tag = child.tag
        if tag == _RUN:
            for one in child:
                kind = one.tag
                if kind == _T:
                    pieces.append(one.text or "")
                elif kind != _RPR:
                    return None
        elif tag not in _SILENT:
            return None
    return _shown("".join(pieces)) if pieces else ""


def _shown(text: str) -> str:
    if _PRIVATE_USE.search(text):
        text = _PRIVATE_USE.sub(lambda m: _PRIVATE.get(ord(m[0]), m[0]), text)
    return unicodedata.normalize("NFC", text.replace("\u00ad", ""))


def properties_of(paragraph: etree._Element) -> etree._Element | None:
    """Return the properties of a paragraph, which stand first when there are any."""
    first = paragraph[0] if len(paragraph) else None
    return first if first is not None and first.tag == _PPR else None


def _walk(element: etree._Element, found: Inline, links: Mapping[str, str], styles: Styles, font: str) -> None:
    for child in element:
        tag = child.tag
        if tag == _RUN:
            _run(child, found, links, styles, font)
        elif tag in _TEXT:
            found.pieces.append(legacy_fonts.decoded(child.text or "", font) if font else child.text or "")
        elif tag in _BREAKS:
            found.pieces.append(legacy_fonts.decoded(_BREAKS[tag], font))
        elif tag in _SPECIAL:
            _SPECIAL[tag](child, found, links, styles, font)
        elif tag not in _GONE:
            _walk(child, found, links, styles, font)


def _run(run: etree._Element, found: Inline, links: Mapping[str, str], styles: Styles, font: str) -> None:
    properties = run[0] if len(run) and run[0].tag == _RPR else None
    if properties is not None:
        if styles.run_hides(properties):
            return
        font = styles.run_font(properties, font)
    _walk(run, found, links, styles, font)


def _choice(element: etree._Element, found: Inline, links: Mapping[str, str], styles: Styles, font: str) -> None:
    # A choice and its fallback are the same text twice.
    chosen = element.find(f"{MC}Choice")
    chosen = element.find(f"{MC}Fallback") if chosen is None else chosen
    if chosen is not None:
        _walk(chosen, found, links, styles, font)


def _hyperlink(element: etree._Element, found: Inline, links: Mapping[str, str], styles: Styles, font: str) -> None:
    target = links.get(element.get(f"{_R}id", ""))
    found.links += [target] if target else []
    _walk(element, found, links, styles, font)


def _control(element: etree._Element, found: Inline, links: Mapping[str, str], styles: Styles, font: str) -> None:
    content = element.find(f"{W}sdtContent")
    if content is not None and element.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
        _walk(content, found, links, styles, font)


def _field(element: etree._Element, found: Inline, links: Mapping[str, str], styles: Styles, font: str) -> None:
    found.fields += element.get(f"{W}instr", "")
    _walk(element, found, links, styles, font)


def _symbol(element: etree._Element, found: Inline, *_: object) -> None:
    code = int(element.get(f"{W}char", "0") or "0", 16) if _is_hex(element.get(f"{W}char", "")) else 0
    low = code & 0xFF if code >= 0xF000 else code
    known = _SYMBOLS.get(low) if code >= 0xF000 else None
    found.pieces.append(known or (chr(code) if 0x20 < code < 0xD800 else ""))


def _is_hex(text: str) -> bool:
    return re.fullmatch(r"[0-9A-Fa-f]{1,6}", text) is not None


def _box(element: etree._Element, found: Inline, *_: object) -> None:
    found.boxes.append(element)


def _instruction(element: etree._Element, found: Inline, *_: object) -> None:
    found.fields += element.text or ""


def _footnote(element: etree._Element, found: Inline, *_: object) -> None:
    found.notes.append(("footnote", element.get(f"{W}id", "")))


def _endnote(element: etree._Element, found: Inline, *_: object) -> None:
    found.notes.append(("endnote", element.get(f"{W}id", "")))


def _art(element: etree._Element, found: Inline, *_: object) -> None:
    found.pieces.append(element.get("string", ""))


_SPECIAL: dict[str, Callable[..., None]] = {
    f"{MC}AlternateContent": _choice,
    f"{W}hyperlink": _hyperlink,
    f"{W}sdt": _control,
    f"{W}fldSimple": _field,
    f"{W}sym": _symbol,
    f"{W}txbxContent": _box,
    f"{W}instrText": _instruction,
    f"{W}footnoteReference": _footnote,
    f"{W}endnoteReference": _endnote,
    "{urn:schemas-microsoft-com:vml}textpath": _art,
}
