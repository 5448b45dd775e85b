"""A filled form to what it says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tuanhoc.papers.reading import Document, Grid, Paragraph

from . import organisation, proper
from .annexed import annex_alone
from .context import Context
from .grids import Band, Headed, Lattice, Loose, guessed, headed, pieces
from .headings import Role
from .labelled import gathered, place_alone
from .letters import apart
from .lines import Line, rows_of_line, tables_of_text
from .nesting import folded
from .parted import parted
from .places import with_place_given_once, with_place_over
from .printed import Foot, is_own, is_printed
from .problems import with_codes
from .records import rows_of, wrapped
from .sentences import enumerated
from .turned import turned
from .values import FormReading, Row, Unplaced, Window
from .when import When, read_when
from .wording import bare, bulleted, clean, is_blank, joined

_SENTENCE = re.compile(r"\b(?:dang ky|to chuc|nhu sau|bao cao|de nghi|tran trong|kinh|thuc hien)\b|[:;,.]\s")
_NUMBERED = re.compile(r"^\s*(?:[IVX]+|\d{1,2}|[A-Z])[.)]\s*")


#: A letter says in so many lines who writes.
_LETTER = 200


@dataclass(slots=True)
class _Reading:
    """The form as far as it was read."""

    context: Context
    rows: list[Row] = field(default_factory=list)
    heads: list[Line] = field(default_factory=list)
    organisation: str | None = None
    in_letterhead: bool = False
    #: the line before named a day or an activity; whether it was an activity
    in_lines: bool = False
    from_line: bool = False
    foot: Foot = field(default_factory=Foot)
    columns: Headed | None = None
    width: int = 0


def read_form(document: Document, window: Window) -> FormReading:
    """Understand a filled form: tables in any order and wording, tables typed as text, or lines alone.

    Every cell and line that is not the form's own text is in a row or in ``unplaced``.
    """
    reading = _Reading(Context(window))
    blocks, pieces_apart, passed_on = apart(annex_alone(document.blocks))
    standing = (("legacy_font",) if document.legacy_font else ()) + (("quoted",) if passed_on else ())
    for block, manner in _one_by_one(blocks, window):
        reading.context.manner = manner + standing
        if isinstance(block, Paragraph):
            for part in (one for line in block.text.split("\n") for one in enumerated(line)):
                _take_line(Line(part, block.where, block.links), reading)
        else:
            _take_grid(block, reading)
    reading.context.under(None)
    _leave_place(reading)
    reading.context.unplaced += pieces_apart
    name = _organisation(reading, document)
    for margin in document.margins:
        for part in margin.text.split("\n"):
            if organisation.of_line(part) is None and not (is_printed(part) or organisation.takes(part)):
                reading.context.leave(margin.where, part)
    rows = tuple(with_codes(row, window) for row in reading.rows)
    return FormReading(name, rows, tuple(reading.context.unplaced))


def _one_by_one(
    blocks: Sequence[Paragraph | Grid], window: Window
) -> Iterator[tuple[Paragraph | Grid, tuple[str, ...]]]:
    """Walk the blocks, what was typed as labels, columns of text or a week on its side made into lists.

    With each go the codes of what was made of it.
    """
    given: dict[int, tuple[str, ...]] = {id(block): () for block in blocks}
    unnested = folded(blocks, window)
    labelled = list(gathered(unnested))
    made_of: dict[int, tuple[str, ...]] = dict.fromkeys(map(id, labelled), ("labelled",))
    made_of |= dict.fromkeys(map(id, unnested), ("nested",)) | given
    for block in tables_of_text(labelled, window):
        if not isinstance(block, Grid):
            yield block, ()
            continue
        made = made_of.get(id(block), ("typed_columns",))
        for one in map(parted, turned(block, window)):
            yield one, made if one is block else (*made, "turned")


def _organisation(reading: _Reading, document: Document) -> str | None:
    margins = [part for p in document.margins for part in p.text.split("\n") if clean(part)]
    lines = [line.text for line in reading.heads]
    named = next((name for text in margins if (name := organisation.of_line(text))), None)
    found = reading.organisation or named or organisation.of_heads(lines) or organisation.of_heads(margins)
    if found:
        return found
    spoken = [part for p in document.blocks if isinstance(p, Paragraph) for part in p.text.split("\n")]
    return organisation.of_letter(spoken[:_LETTER]) or organisation.of_file(document.name)


def _take_grid(grid: Grid, reading: _Reading) -> None:
    lattice = Lattice(grid)
    known = headed(lattice)
    if _goes_on(known, grid, reading) and not (known is None and _is_furniture(lattice)):
        known = Headed(reading.columns.columns, 0, 0) if reading.columns else known
    if known is None and (known := guessed(lattice, reading.context.window)):
        reading.context.manner += ("columns_guessed",)
    if known is None:
        only_frame = grid.columns <= 2 or _is_frame(lattice)
        for cell in grid.cells:
            for line in cell.lines:
                _take_line(Line(line, cell.where, cell.links, of_table=not only_frame), reading)
        return
    if reading.columns is None or reading.columns.columns != known.columns:
        reading.context.part = None
    reading.columns, reading.width = known, grid.columns
    _take_rows(lattice, known, reading)


def _goes_on(known: Headed | None, grid: Grid, reading: _Reading) -> bool:
    """Whether a table goes on with the one before it: no head of its own, or the same one below its first rows."""
    if reading.columns is None or grid.columns != reading.width:
        return False
    return known is None or (known.head_at > 0 and known.columns == reading.columns.columns)


def _is_furniture(lattice: Lattice) -> bool:
    """Whether a table holds no more than letterhead or signatures."""
    foot = Foot()
    texts = [line for cell in lattice.grid.cells for line in cell.lines if not is_blank(line)]
    return any(foot.takes(text) or is_printed(text) for text in texts)


def _is_frame(lattice: Lattice) -> bool:
    """Whether every line of a table is letterhead, signature or another text that forms print."""
    foot = Foot()
    texts = [line for cell in lattice.grid.cells for line in cell.lines if not is_blank(line)]
    return all(foot.takes(t) or is_printed(t) or organisation.takes(t) or organisation.of_line(t) for t in texts)


def _take_rows(lattice: Lattice, known: Headed, reading: _Reading) -> None:
    context, before = reading.context, len(reading.rows)
    for piece in pieces(lattice, known, context.window):
        if isinstance(piece, Loose) and piece.apart:
            context.leave(piece.where, piece.text)
        elif isinstance(piece, Loose):
            _take_line(Line(piece.text, piece.where, of_table=piece.among), reading)
        elif isinstance(piece, Band):
            _take_band(piece, reading)
        elif wrapped(piece, context) and reading.rows:
            last = reading.rows[-1]
            whole = clean(f"{last.content} {joined(piece.lines(Role.CONTENT))}")
            reading.rows[-1] = replace(last, content=whole, codes=(*last.codes, "rows_joined"))
            context.above = reading.rows[-1]
        else:
            reading.rows += rows_of(piece, context)
    made = with_place_given_once(reading.rows[before:])
    if context.place and not any(row.place for row in made):
        made = with_place_over(made, place_alone(context.place.text))
        context.at(None)
    reading.rows[before:] = made


def _take_band(band: Band, reading: _Reading) -> None:
    context = reading.context
    text = _NUMBERED.sub("", clean(band.text))
    when = read_when(text, context.window)
    if not when.rest and when.has_day:
        context.when, context.part = When(when.spans, codes=when.codes), when.part
        if when.is_doubtful:
            context.leave(band.where, band.text)
    elif not when.rest and when.part:
        context.part = when.part
    elif _names_a_unit(text):
        context.under(proper.proper(text.rstrip(":")), band.where, band.text)
    elif not (is_own(text) and (is_printed(text) or reading.foot.takes(text))):
        context.under(None)
        context.leave(band.where, band.text)


def _names_a_unit(text: str) -> bool:
    known = proper.is_unit(text) or re.match(r"(?:xa|phuong|thi tran|huyen|thon)\s\w", bare(text)) is not None
    return known and proper.is_named(text) and not re.search(r"\d{1,2}/\d", text)


def _take_line(line: Line, reading: _Reading) -> None:
    """Place a line outside the rows: the unit's line, a day, an activity, the form's own text, or none of them."""
    text = clean(line.text)
    if is_blank(text):
        return
    if _is_unit_line(line, text, reading) or _is_place_line(line, text, reading):
        return
    letterhead = reading.in_letterhead
    reading.in_letterhead = False
    if _is_own_text(line.text, reading, line.of_table) or _take_activity(line, text, reading):
        return
    if not reading.rows and (organisation.takes(text) or (letterhead and text.isupper() and len(text) < 60)):
        reading.heads.append(line)
        reading.in_letterhead = True
        if line.of_table:
            reading.context.leave(line.where, text)
        return
    if not _heads_a_part(line, text, reading):
        for left in (text, *(url for url in line.links if url not in text)):
            reading.context.leave(line.where, left)


def _is_place_line(line: Line, text: str, reading: _Reading) -> bool:
    if line.of_table or not place_alone(text):
        return False
    _leave_place(reading, over=Unplaced(line.where, text))
    return True


def _leave_place(reading: _Reading, over: Unplaced | None = None) -> None:
    """Let a place stand above the next table; the one before it that no table took is left to be seen."""
    if left := reading.context.at(over):
        reading.context.leave(left.where, left.text)


def _is_unit_line(line: Line, text: str, reading: _Reading) -> bool:
    """Take the line that names the unit; the first one counts, another name after it stays to be seen."""
    named = organisation.of_line(text)
    if named and reading.organisation and bare(named) != bare(reading.organisation):
        reading.context.leave(line.where, text)
    reading.organisation = reading.organisation or named or None
    return named is not None


def _heads_a_part(line: Line, text: str, reading: _Reading) -> bool:
    """Take a unit's name between the tables of a larger unit's form: it is the host of what follows."""
    name = _NUMBERED.sub("", text).rstrip(": ")
    known = reading.rows or reading.organisation or reading.heads
    in_place = reading.rows or name != text or not text.isupper()  # a title goes on in capitals
    is_name = len(name) < 80 and not _SENTENCE.search(bare(name)) and _names_a_unit(name)
    if known and in_place and is_name:
        reading.context.under(proper.proper(name), line.where, text)
        return True
    if name != text.rstrip(": "):
        reading.context.under(None)
    return False


def _take_activity(line: Line, text: str, reading: _Reading) -> bool:
    """Take a line that says an activity or a day, or goes on with the activity above; False when it does neither."""
    goes_on, reading.in_lines = reading.in_lines, False
    has_table = reading.columns is not None
    if goes_on and reading.from_line and text[:1].islower() and not (has_table or bulleted(text)):
        last = reading.rows[-1]
        reading.rows[-1] = replace(last, content=clean(f"{last.content} {text}"), codes=(*last.codes, "lines_joined"))
        reading.in_lines = True
        return True
    rows = rows_of_line(line, reading.context, has_table=has_table, goes_on=goes_on)
    if rows is None:
        return False
    reading.rows += rows
    reading.in_lines, reading.from_line = True, bool(rows)
    return True


def _is_own_text(text: str, reading: _Reading, of_table: bool) -> bool:
    """Whether a line is the form's own; signatures stand side by side, with tabs between them."""
    if of_table and not is_own(text):
        return False
    parts = [part for part in re.split(r"\t+| {3,}", text[:1_000]) if part.strip()] or [text]
    taken = [reading.foot.takes(part) or is_printed(part) for part in parts]
    return all(taken) or is_printed(text)
