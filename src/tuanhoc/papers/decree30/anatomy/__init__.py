"""A Word file told apart into the parts Decree 30 names."""

from collections.abc import Sequence
from dataclasses import dataclass

from tuanhoc.lib.text import fold
from tuanhoc.papers.decree30.reading import Drawn, Grid, Line, Sheet

from . import words
from .ending import Ending, find_ending
from .head import Head, find_head

__all__ = ["AnnexPart", "Ending", "Head", "Paper", "take_apart", "words"]

#: an annex that is sent alone says so among its first lines
_EARLY = 8


@dataclass(frozen=True, slots=True)
class AnnexPart:
    """An annex: its label, title and what it belongs to; ``section`` of the file, and whether it begins that."""

    label: Line | None
    title: tuple[Line, ...]
    attached: tuple[Line, ...]
    section: int
    begins_section: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """An official document, or an annex alone, in its parts."""

    sheet: Sheet
    head: Head
    kind: Line | None
    subject: tuple[Line, ...]
    under_subject: tuple[Drawn, ...]
    addressed: tuple[Line, ...]
    bases: tuple[Line, ...]
    #: the text between title and signature, without tables and empty lines
    body: tuple[Line, ...]
    #: of each line of the body, the space above it in points; None at a table
    gaps: tuple[float | None, ...]
    ending: Ending
    annexes: tuple[AnnexPart, ...]

    @property
    def is_letter(self) -> bool:
        """Whether it is a công văn: a subject under the number, no type."""
        return self.kind is None and bool(self.head.about or self.addressed)

    @property
    def is_annex_alone(self) -> bool:
        return self.head.country is None and bool(self.annexes)


def take_apart(sheet: Sheet) -> Paper:
    """Find the parts of a document. What is not found is empty; what that means is for the rules to say."""
    blocks = sheet.blocks
    head = find_head(blocks)
    first_annex = _first_annex(blocks, head.blocks) if head.country is not None else 0
    ending = find_ending(blocks[:first_annex])
    upto = ending.at if ending.at >= 0 else first_annex
    kind, subject, drawn, begins = _title(blocks, head.blocks, upto)
    addressed, begins = _addressed(blocks, begins, upto)
    lines, gaps = _lines(blocks[begins:upto])
    bases = _bases(lines)
    return Paper(
        sheet, head, kind, subject, drawn, addressed, bases, lines, gaps, ending, _annexes(sheet, first_annex),
    )  # fmt: skip


def _first_annex(blocks: Sequence[Line | Grid], after: int) -> int:
    for position in range(after, len(blocks)):
        block = blocks[position]
        if isinstance(block, Line) and words.ANNEX.match(fold(block.text)):
            return position
        said = isinstance(block, Line) and words.ATTACHED.match(fold(block.text)) and block.text.startswith("(")
        # Under its own title a document says what it was issued with: that is no annex of its own.
        if said and not (after and position - after < _EARLY):
            return _title_above(blocks, position, after)
    return len(blocks)


def _title_above(blocks: Sequence[Line | Grid], position: int, after: int) -> int:
    """Return where the centred lines over ``(Kèm theo …)`` begin."""
    while position > after and isinstance(above := blocks[position - 1], Line) and above.text:
        if above.align != "center":
            break
        position -= 1
    return position


def _title(
    blocks: Sequence[Line | Grid], begins: int, upto: int
) -> tuple[Line | None, tuple[Line, ...], tuple[Drawn, ...], int]:
    """Return type, subject, the rules under it, and where the text goes on."""
    at = begins
    while at < upto and (isinstance(blocks[at], Grid) or not _text(blocks[at])):
        at += 1
    block = blocks[at] if at < upto else None
    if not isinstance(block, Line) or not (words.kind_of(block.text) or _looks_a_title(block)):
        return None, (), (), begins
    kind, subject, drawn = block, list[Line](), list(block.drawn)
    at += 1
    while at < upto and isinstance(line := blocks[at], Line) and not _ends_title(line, bool(subject)):
        drawn += line.drawn
        if line.text and not line.is_rule:
            subject.append(line)
        at += 1
        if line.drawn:
            break
    return kind, tuple(subject), tuple(drawn), at


def _ends_title(line: Line, has_subject: bool) -> bool:
    if not line.text or line.is_rule:
        return False
    return line.align != "center" or bool(words.ADDRESSED.match(fold(line.text))) or (has_subject and not _bold(line))


def _looks_a_title(line: Line) -> bool:
    return line.align == "center" and line.text.isupper() and _bold(line)


def _bold(line: Line) -> bool:
    return all(piece.look.bold for piece in line.inked)


def _text(block: Line | Grid) -> str:
    return block.text if isinstance(block, Line) else ""


def _addressed(blocks: Sequence[Line | Grid], begins: int, upto: int) -> tuple[tuple[Line, ...], int]:
    for position in range(begins, min(begins + 8, upto)):
        if words.ADDRESSED.match(fold(_text(blocks[position]))):
            break
    else:
        return (), begins
    found = [blocks[position]]
    end = position + 1
    for n in range(end, upto):
        text = _text(blocks[n])
        if text and not text.startswith(("-", "–", "+")):
            break
        if isinstance(blocks[n], Grid):
            break
        found.append(blocks[n])
        end = n + 1
    return tuple(line for line in found if isinstance(line, Line) and line.text), end


def _lines(blocks: Sequence[Line | Grid]) -> tuple[tuple[Line, ...], tuple[float | None, ...]]:
    lines: list[Line] = []
    gaps: list[float | None] = []
    space: float | None = None
    for block in blocks:
        if isinstance(block, Grid):
            space = None
        elif not any(map(str.isalpha, block.text)):
            space = None if space is None else space + 12
        else:
            lines.append(block)
            gaps.append(None if space is None else space + block.before)
            space = block.after
    return tuple(lines), tuple(gaps)


def _bases(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the legal bases at the head of the text; one upright sentence that begins so is ordinary text."""
    found: list[Line] = []
    for line in lines:
        if _is_basis(line):
            found.append(line)
        elif found or line.align != "center":
            break
    italic = any(_is_italic(line) for line in found)
    several = sum(line.text.endswith(";") for line in found) > 0
    return tuple(found) if italic or several or len(found) > 1 else ()


def _is_basis(line: Line) -> bool:
    said = fold(line.text)
    if words.BASIS.match(said):
        return True
    return bool(words.CARRIED_OUT.match(said)) and (line.text.endswith(";") or _is_italic(line))


def _is_italic(line: Line) -> bool:
    return all(piece.look.italic for piece in line.inked)


def _annexes(sheet: Sheet, begins: int) -> tuple[AnnexPart, ...]:
    blocks = sheet.blocks
    starts = [n for n in range(begins, len(blocks)) if words.ANNEX.match(fold(_text(blocks[n])))]
    if not starts and begins < len(blocks):
        early = blocks[begins : begins + _EARLY]
        starts = [begins] if any(words.ATTACHED.match(fold(_text(b))) for b in early) else []
    return tuple(_annex(sheet, start) for start in starts)


def _annex(sheet: Sheet, start: int) -> AnnexPart:
    label: Line | None = None
    title: list[Line] = []
    attached: list[Line] = []
    for block in sheet.blocks[start : start + _EARLY]:
        if not isinstance(block, Line):
            break
        if words.ANNEX.match(fold(block.text)) and label is None:
            label = block
        elif words.ATTACHED.match(fold(block.text)) or (
            attached and not attached[-1].text.endswith(")") and block.align == "center"
        ):
            attached.append(block)
        elif attached:
            break
        elif block.text and not block.is_rule and block.align == "center":
            title.append(block)
        elif block.text and label is not None:
            break
    section = max((n for n, s in enumerate(sheet.sections) if s.first <= start), default=0)
    first = sheet.sections[section].first if sheet.sections else 0
    between = sheet.blocks[first:start]
    begins = bool(sheet.sections) and all(isinstance(b, Line) and not b.text for b in between)
    return AnnexPart(label, tuple(title), tuple(attached), section, begins)
