"""A .docx read from its XML: paragraphs and grids in reading order.

What a reader of the page sees: deleted and hidden text is left out, inserted text kept, automatic numbers and
bullets written out, text boxes and notes after the paragraph they hang on, tables in tables after the outer one.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from tuanhoc.papers.values import MARK, ORIGIN

from .limits import MAX_PIECES, SPOILED, Broken, TooManyPieces, counted, member, open_zip, parse
from .values import Cell, Document, Grid, Paragraph
from .word_lists import Numbering
from .word_styles import Styles, looked_through
from .word_tables import Placed, placed_cells
from .word_text import MC, Inline, W, is_on, properties_of, text_of

_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
#: Boxes in boxes and tables in tables are read so deep.
_DEEPEST = 8


def read_docx(data: bytes, name: str) -> Document:
    """Read a Word file. :raises Unreadable: as ``limits`` says."""
    with open_zip(data) as parts:
        return read_parts(parts, name)


def read_parts(parts: zipfile.ZipFile, name: str) -> Document:
    """Read a Word file already opened. :raises Unreadable: as ``limits`` says."""
    try:
        return _Word(parts).document(name)
    except SPOILED as error:
        raise Broken from error


@dataclass(slots=True)
class _Story:
    """One run of text (body, header, note) and how far its paragraphs and tables are counted."""

    word: "_Word"
    where: str = ""
    paragraphs: int = 0
    grids: int = 0
    boxes: int = 0
    pending: list[Grid | Paragraph] = field(default_factory=list)


class _Word:
    """The parts of one Word file."""

    def __init__(self, parts: zipfile.ZipFile) -> None:
        self.parts = parts
        main = self._main()
        self.folder, _, base = main.rpartition("/")
        self.xml = self._part(main)
        self.relations = self._relations(f"{self.folder}/_rels/{base}.rels")
        styles = looked_through(self._optional("styles.xml"))
        legacy = styles.legacy or b".Vn" in self.xml or b"VNI-" in self.xml
        telling = styles.xml and (legacy or styles.tells(self.xml))
        self.styles = Styles(parse(styles.xml) if telling else None, legacy=legacy, hidden=b"vanish" in self.xml)
        lists = self._optional("numbering.xml") if b"numPr" in self.xml or self.styles.has_lists else b""
        self.numbering = Numbering(parse(lists) if lists else None, self.styles)
        self.links = {key: target for key, (kind, target) in self.relations.items() if kind == "hyperlink"}
        self.is_marked = MARK.encode() in self.xml
        self._notes: dict[str, dict[str, etree._Element]] = {}

    def document(self, name: str) -> Document:
        body = parse(self.xml).find(f"{W}body")
        if body is None:
            raise Broken
        if self.xml.count(b"<") > MAX_PIECES and sum(1 for _ in body.iter(f"{W}p", f"{W}tc")) > MAX_PIECES:
            raise TooManyPieces
        blocks = tuple(counted(_blocks(body, _Story(self))))
        return Document(name, blocks, self._margins(), legacy_font=self.styles.legacy, origin=self._origin())

    def _origin(self) -> str:
        if "docProps/custom.xml" not in self.parts.namelist():
            return ""
        told = (p for p in parse(self._part("docProps/custom.xml")) if p.get("name") == ORIGIN)
        return next(("".join(map(str, p.itertext())).strip() for p in told), "")

    def _main(self) -> str:
        if "word/document.xml" in self.parts.namelist():
            return "word/document.xml"
        for relation in parse(self._part("_rels/.rels")).iter(_REL):
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
        raise Broken

    def _part(self, path: str) -> bytes:
        xml = member(self.parts, path)
        for strict, usual in _STRICT if b"purl.oclc.org" in xml[:4_000] else ():
            xml = xml.replace(strict, usual)
        return xml

    def _optional(self, base: str) -> bytes:
        try:
            return self._part(f"{self.folder}/{base}")
        except KeyError:
            return b""

    def _relations(self, path: str) -> dict[str, tuple[str, str]]:
        try:
            xml = self._part(path)
        except KeyError:
            return {}
        return {
            r.get("Id", ""): (r.get("Type", "").rpartition("/")[2], r.get("Target", "")) for r in parse(xml).iter(_REL)
        }

    def _margins(self) -> tuple[Paragraph, ...]:
        """Read headers and footers, each line once."""
        found: dict[str, Paragraph] = {}
        for kind, words in (("header", "đầu trang"), ("footer", "chân trang")):
            for of, target in self.relations.values():
                xml = self._optional(target) if of == kind else b""
                if xml:
                    for text in _texts(_blocks(self._story(xml), _Story(self))):
                        found.setdefault(text, Paragraph(text, words))
        return tuple(found.values())

    def _story(self, xml: bytes) -> etree._Element:
        """Parse a part beside the body, which may hide text where the body does not."""
        if b"vanish" in xml:
            self.styles.are_plain = False
        return parse(xml)

    def note(self, kind: str, number: str) -> etree._Element | None:
        """Return a footnote or endnote by its number."""
        if kind not in self._notes:
            xml = self._optional(f"{kind}s.xml")
            notes = self._story(xml).iterchildren(f"{W}{kind}") if xml else ()
            self._notes[kind] = {note.get(f"{W}id", ""): note for note in notes}
        return self._notes[kind].get(number)


def _texts(blocks: Iterator[Paragraph | Grid]) -> Iterator[str]:
    for block in blocks:
        lines = [block.text] if isinstance(block, Paragraph) else [line for c in block.cells for line in c.lines]
        yield from (line for line in lines if line.strip())


_P, _TBL, _CONTROL, _CHOICE = f"{W}p", f"{W}tbl", f"{W}sdt", f"{MC}AlternateContent"
_AROUND = {f"{W}customXml", f"{W}smartTag", f"{W}ins", f"{W}moveTo"}


def children(element: etree._Element) -> list[etree._Element]:
    """Return the paragraphs and tables that stand on the page, those inside content controls and choices too."""
    found: list[etree._Element] = []
    for child in element:
        tag = child.tag
        if tag in {_P, _TBL}:
            found.append(child)
        elif tag in _AROUND:
            found += children(child)
        elif tag == _CONTROL:
            content = child.find(f"{W}sdtContent")
            if content is not None and child.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
                found += children(content)
        elif tag == _CHOICE:
            chosen = child.find(f"{MC}Choice")
            chosen = child.find(f"{MC}Fallback") if chosen is None else chosen
            found += children(chosen) if chosen is not None else ()
    return found


def _blocks(body: etree._Element, story: _Story, depth: int = 0) -> Iterator[Paragraph | Grid]:
    for element in children(body):
        if element.tag == _P:
            story.paragraphs += 1
            yield from _paragraph(element, story, f"{story.where}đoạn {story.paragraphs}", depth)
        else:
            story.grids += 1
            yield from _grid(element, story, f"{story.where}bảng {story.grids}", depth)


def _paragraph(element: etree._Element, story: _Story, where: str, depth: int) -> Iterator[Paragraph | Grid]:
    found = text_of(element, story.word.links, story.word.styles)
    properties = properties_of(element)
    align = properties.find(f"{W}jc") if properties is not None else None
    written = [run for run in element.iter(f"{W}r") if run.find(f"{W}t") is not None] if found.text.strip() else []
    yield Paragraph(
        text=_labelled(element, found, story),
        where=where,
        bold=bool(written) and all(is_on(run, "b") for run in written),
        centred=align is not None and align.get(f"{W}val") == "center",
        links=tuple(found.links),
    )
    yield from _hanging(found, story, depth)


def _labelled(element: etree._Element, found: Inline, story: _Story) -> str:
    if story.word.numbering.is_empty:
        return found.text
    label = story.word.numbering.label(element)
    return f"{label} {found.text.lstrip()}" if label and found.text.strip() else found.text


def _hanging(found: Inline, story: _Story, depth: int) -> Iterator[Paragraph | Grid]:
    """Yield the text boxes and notes of a paragraph."""
    if depth >= _DEEPEST:
        return
    for box in found.boxes:
        story.boxes += 1
        yield from _blocks(box, _Story(story.word, f"khung chữ {story.boxes}, "), depth + 1)
    for kind, number in found.notes:
        note = story.word.note(kind, number)
        if note is not None:
            yield from _blocks(note, _Story(story.word, f"chú thích {number}, "), depth + 1)


def _grid(table: etree._Element, story: _Story, where: str, depth: int, within: str = "") -> Iterator[Paragraph | Grid]:
    placed, rows, columns = placed_cells(table)
    inside: list[Paragraph | Grid] = []
    cells = tuple(_cell(one, story, where, depth, inside) for one in placed)
    yield Grid(cells, rows, columns, where, within)
    yield from inside


def _cell(placed: Placed, story: _Story, where: str, depth: int, inside: list[Paragraph | Grid]) -> Cell:
    at = f"{where}, dòng {placed.row + 1}, cột {placed.column + 1}"
    lines: list[str] = []
    links: list[str] = []
    for tc in placed.elements:
        for element in children(tc):
            if not len(element):
                continue
            if element.tag == _TBL:
                if depth < _DEEPEST:
                    story.grids += 1
                    inside.extend(_grid(element, story, f"bảng {story.grids}", depth + 1, at))
                continue
            found = text_of(element, story.word.links, story.word.styles)
            texts = [_labelled(element, found, story)]
            for block in _hanging(found, story, depth) if found.boxes or found.notes else ():
                if isinstance(block, Paragraph):
                    texts.append(block.text)
                    links.extend(block.links)
                else:
                    inside.append(block)
            links.extend(found.links)
            lines.extend(line.strip() for text in texts for line in text.split("\n") if line.strip())
    return Cell(
        placed.row, placed.column, tuple(lines), at, placed.row_span, placed.column_span, tuple(dict.fromkeys(links)),
        _marks(placed) if story.word.is_marked else (),
    )  # fmt: skip


def _marks(placed: Placed) -> tuple[str, ...]:
    names = (mark.get(f"{W}name", "") for tc in placed.elements for mark in tc.iter(f"{W}bookmarkStart"))
    return tuple(name for name in names if name.startswith(MARK))
