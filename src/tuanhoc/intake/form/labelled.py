"""Activities written as labelled lines ("Thời gian: … / Địa điểm: …") gathered into a grid with a head."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tuanhoc.papers.reading import Cell, Grid, Paragraph

from .grids import PLAIN_NUMBER, Lattice, headed
from .headings import Role, column_of
from .organisation import of_line
from .printed import Foot, is_printed
from .wording import bare, bulleted, clean, is_blank, joined

_LABEL = re.compile(
    r"(?:^|(?<=[;,.|–(-])\s*|(?<=[;,.|–-] ))(?P<label>(?:thoi gian|dia diem|noi to chuc|noi dung|ten hoat dong"
    r"|hoat dong|ghi chu|chu tri"
    r"|ngay(?: gio)?|gio|don vi (?:chu tri|thuc hien|to chuc)|thanh phan|doi tuong|lien he|nguoi phu trach|link"
    r"|duong dan)"
    r"(?: to chuc| tham (?:du|gia)| hoat dong| thuc hien| tien hanh)?)(?:\s(?:so\s)?\d{1,2})?\s*:\s*"
)
#: In front of the activities, this label names who registers them.
_OF_UNIT = re.compile(r"(?:ten )?(?:co quan|don vi|to chuc|truong)(?: (?:dang ky|gui|nop|bao cao))?")
_FOUND = {Role.DAY, Role.TIME, Role.PLACE, Role.WHEN_AND_WHERE}


@dataclass(slots=True)
class _Gathered:
    """Records of one run of lines: (role's title, text, where) each."""

    kept: list[Paragraph] = field(default_factory=list)
    records: list[dict[Role, tuple[str, str, str]]] = field(default_factory=list)

    def put(self, role: Role, title: str, text: str, where: str) -> None:
        if not self.records or role in self.records[-1]:
            self.records.append({})
        self.records[-1][role] = (title, text, where)


def gathered(blocks: Sequence[Paragraph | Grid]) -> Iterator[Paragraph | Grid]:
    """Return the blocks, runs of labelled lines and two-column tables of labels made into grids with a head."""
    run, over_tables = _Gathered(), _places_over_tables(blocks)
    for number, block in enumerate(blocks):
        if isinstance(block, Grid):
            # "Thời gian: …" and "Địa điểm: …" right above a schedule are its own, no activity.
            yield from run.kept if len(run.records) == 1 and _is_schedule(block) else _closed(run)
            run = _Gathered()
            for one in _of_labels(block):
                yield from _of_labelled_cells(one) if isinstance(one, Grid) else (one,)
            continue
        fields = _fields(block.text)
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if number in over_tables:
            yield from _closed(run)
            run = _Gathered()
            yield block
        elif fields:
            _add(run, block, fields)
        elif isinstance(following, Paragraph) and number + 1 not in over_tables and _heads(block, following):
            run.records.append({})
            run.put(Role.CONTENT, "Nội dung", block.text, block.where)
            run.kept.append(block)
        else:
            yield from _closed(run)
            run = _Gathered()
            yield block
    yield from _closed(run)


def _places_over_tables(blocks: Sequence[Paragraph | Grid]) -> set[int]:
    """Number the lines that say nothing but a place and stand right over a table: all of it is there.

    The last label of an activity ("Thời gian: …", "Địa điểm: …") over the table of signatures is none of them.
    """
    written = [n for n, block in enumerate(blocks) if isinstance(block, Grid) or clean(block.text)]
    found = set()
    for above, number, below in zip([None, *written], written, written[1:], strict=False):
        block, before = blocks[number], None if above is None else blocks[above]
        labelled = isinstance(before, Paragraph) and bool(_fields(before.text))
        if (
            isinstance(block, Paragraph)
            and isinstance(blocks[below], Grid)
            and not labelled
            and place_alone(block.text)
        ):
            found.add(number)
    return found


def place_alone(text: str) -> str:
    """Return the place of a line that says nothing else: "Địa điểm: Hội trường xã"; blank for any other line."""
    fields = _fields(text)
    column = column_of(fields[0][0]) if len(fields) == 1 else None
    return fields[0][1] if column is not None and column.role is Role.PLACE else ""


def _add(run: _Gathered, block: Paragraph, fields: list[tuple[str, str]]) -> None:
    run.kept.append(block)
    for title, text in fields:
        column = column_of(title)
        if column:
            run.put(column.role, title, text, block.where)


def _fields(text: str) -> list[tuple[str, str]]:
    """Split "Thời gian: 7h30; địa điểm: Hội trường" at its labels; [] when it does not begin with one."""
    bullet = bulleted(text)
    whole = clean(bullet[1] if bullet else text)
    found = list(_LABEL.finditer(bare(whole)))
    if not found:
        return []
    before = whole[: found[0].start()].strip(" ;,.-–|(")
    if before and len(found) < 2:
        return []
    ends = [*(m.start() for m in found[1:]), len(whole)]
    fields = [
        (whole[m.start("label") : m.end("label")], _without_stop(whole[m.end() : end].strip(" ;,|–-")))
        for m, end in zip(found, ends, strict=True)
    ]
    return [*([("Nội dung", before)] if before else []), *fields]


def _without_stop(text: str) -> str:
    """Drop the full stop of a sentence; "v.v." and dots keep theirs."""
    return text[:-1] if re.search(r"[^\W_]{2}[)”\"]?\.$", text) else text


def _heads(block: Paragraph, following: Paragraph) -> bool:
    """Whether an unlabelled line names the activity whose labelled lines follow."""
    fields = _fields(following.text)
    text = clean(block.text)
    if not fields or is_blank(text) or len(text) > 250 or is_printed(text) or Foot().takes(text) or ":" in text[-1:]:
        return False
    if of_line(text) is not None:
        return False
    first = column_of(fields[0][0])
    return first is not None and first.role in _FOUND


def _closed(run: _Gathered) -> Iterator[Paragraph | Grid]:
    telling = [r for r in run.records if len(r) >= 2 and _FOUND & set(r)]
    if not telling or not any(Role.CONTENT in r for r in run.records):
        yield from run.kept
        return
    titles: dict[Role, str] = {}
    for record in run.records:
        for role, (title, _, _) in record.items():
            titles.setdefault(role, title)
    order = {role: n for n, role in enumerate(titles)}
    where = run.kept[0].where if run.kept else next(iter(run.records[0].values()))[2]
    cells = [Cell(0, n, (title,), where) for n, title in enumerate(titles.values())]
    for row, record in enumerate(run.records, start=1):
        for role, (_, text, at) in record.items():
            cells += [Cell(row, order[role], (text,), at)] if text else []
    yield Grid(tuple(sorted(cells, key=lambda c: (c.row, c.column))), len(run.records) + 1, len(titles), where)


def _is_schedule(grid: Grid) -> bool:
    known = headed(Lattice(grid))
    return known is not None and any(column.role is Role.CONTENT for column in known.columns.values())


def _tells_when_or_where(grid: Grid) -> bool:
    known = headed(Lattice(grid))
    return known is not None and bool(_FOUND & {column.role for column in known.columns.values()})


def _of_labelled_cells(grid: Grid) -> Iterator[Paragraph | Grid]:
    """A table with a whole card in a cell of each row ("Hoạt động: … / Thời gian: … / Địa điểm: …") becomes records."""
    cards = {id(cell): fields for cell in grid.cells if len(fields := _fields_of_cell(cell)) > 2}
    rows = {cell.row for cell in grid.cells if id(cell) in cards}
    if not cards or rows != set(range(min(rows), grid.rows)) or _tells_when_or_where(grid):
        yield grid
        return
    run = _Gathered()
    loose: list[Cell] = []
    for cell in grid.cells:
        if id(cell) in cards:
            run.records.append({})
            for title, text in cards[id(cell)]:
                if column := column_of(title):
                    run.put(column.role, title, text, cell.where)
        elif cell.lines and not (PLAIN_NUMBER.fullmatch(cell.text[:60]) or column_of(cell.text)):
            loose.append(cell)
    yield from (Paragraph(cell.text, cell.where) for cell in loose)
    yield from _closed(run) if all(Role.CONTENT in record for record in run.records) else (grid,)


def _fields_of_cell(cell: Cell) -> list[tuple[str, str]]:
    """The labelled fields of a cell, its first line the activity; a line without a label goes on with the one above."""
    if len(cell.lines) < 2 or ":" not in cell.text:
        return []
    bullet = bulleted(cell.lines[0])
    fields: list[tuple[str, str]] = []
    for line in cell.lines:
        own = _fields(line)
        if not own and not fields:
            own = [("Nội dung", clean(bullet[1] if bullet else line))]
        fields = [*fields, *own] if own else [*fields[:-1], (fields[-1][0], f"{fields[-1][1]} {line}")]
    roles = {column.role for title, _ in fields if (column := column_of(title))}
    return fields if roles & _FOUND and Role.CONTENT in roles and len(roles) == len(fields) else []


def _of_labels(grid: Grid) -> Iterator[Paragraph | Grid]:
    """A table of two columns whose left one is labels becomes records."""
    run = _Gathered()
    rows: dict[int, dict[int, Cell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    labels = [cells[0].text.strip(" :") for cells in rows.values() if 0 in cells and cells[0].lines]
    known = [column_of(label) for label in labels]
    roles = {column.role for column in known if column}
    if grid.columns != 2 or len(labels) < 3 or None in known or not roles & _FOUND or Role.CONTENT not in roles:
        yield grid
        return
    for cells in rows.values():
        label = cells[0].text.strip(" :") if 0 in cells else ""
        if _OF_UNIT.fullmatch(bare(clean(label))) and 1 in cells and not run.records:
            yield Paragraph(f"{label}: {joined(cells[1].lines)}", cells[1].where)
            continue
        column = column_of(cells[0].text.strip(" :")) if 0 in cells else None
        if column and 1 in cells:
            run.put(column.role, column.title, cells[1].text, cells[1].where)
        elif 1 in cells and cells[1].lines:
            run.put(Role.OTHER, "", cells[1].text, cells[1].where)
    yield from _closed(run)
