"""The letterhead: who issues, the country's name, number, place and date."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tuanhoc.lib.text import fold
from tuanhoc.papers.decree30.reading import Drawn, Grid, Line, Piece

from . import words

#: blocks of the body in which a letterhead stands
_DEEP = 14


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of a letterhead; empty where there is none. ``level`` of a line is the row it stands in."""

    country: Line | None = None
    motto: Line | None = None
    superior: tuple[Line, ...] = ()
    issuer: tuple[Line, ...] = ()
    number: Line | None = None
    place: Line | None = None
    #: ``V/v …`` of a letter, a line each
    about: tuple[Line, ...] = ()
    under_motto: tuple[Drawn, ...] = ()
    under_issuer: tuple[Drawn, ...] = ()
    #: rules drawn somewhere in the letterhead, not certain under what
    floating: tuple[Drawn, ...] = ()
    bordered: bool = False
    #: number and place stand in one row; None: the file does not tell
    level: bool | None = None
    #: set side by side with tabs: what stands centred is not told
    by_tabs: bool = False
    #: how many blocks of the body it takes
    blocks: int = 0


@dataclass(frozen=True, slots=True)
class _Columns:
    left: list[tuple[int, Line]]
    right: list[tuple[int, Line]]
    bordered: bool
    by_tabs: bool
    blocks: int


def find_head(blocks: Sequence[Line | Grid]) -> Head:
    """Return the letterhead a document begins with."""
    columns = _columns(blocks)
    if columns is None:
        return Head()
    left, right = columns.left, columns.right
    country = _first(right, lambda t: words.COUNTRY in t)
    motto = _first(right, lambda t: bool(words.MOTTO.match(t)) or ("doc lap" in t and "hanh phuc" in t))
    place = _last(right, lambda t: bool(words.DATE.search(t) or words.SHORT_DATE.search(t)))
    number = _first(left, lambda t: bool(words.NUMBER.match(t)))
    upto = left.index(number) if number else len(left)
    superior, issuer = _bodies([line for _row, line in left[:upto] if _names(line)])
    level = None
    if number and place and number[0] != place[0]:
        level = False
    elif number and place and len({row for row, _line in left}) > 1:
        level = True
    return Head(
        country=_line(country), motto=_line(motto), superior=superior, issuer=issuer, number=_line(number),
        place=_line(place), about=_about([line for _row, line in left[upto + 1 :]] if number else []),
        under_motto=_under(right, motto, place), under_issuer=_under(left, (0, issuer[-1]) if issuer else None, number),
        floating=tuple(d for _row, line in (*left, *right) for d in line.drawn if d.floats),
        bordered=columns.bordered, level=level, by_tabs=columns.by_tabs, blocks=columns.blocks,
    )  # fmt: skip


def _names(line: Line) -> bool:
    return bool(line.text) and not line.is_rule and not words.STAMPED.match(fold(line.text))


def _columns(blocks: Sequence[Line | Grid]) -> _Columns | None:
    """Return the left and the right of the letterhead with the row of each line."""
    for position, block in enumerate(blocks[:_DEEP]):
        if isinstance(block, Grid):
            sides = [(n, boxes) for n, (boxes, _whole) in enumerate(block.rows)]
            right_at = next(
                (k for _n, boxes in sides for k, box in enumerate(boxes) if any(_is_country(x) for x in box.lines)),
                None,
            )
            if right_at is not None:
                left = [(n, x) for n, boxes in sides for box in boxes[:right_at] for x in box.lines]
                right = [(n, x) for n, boxes in sides for box in boxes[right_at : right_at + 1] for x in box.lines]
                return _Columns(left, right, block.bordered, False, position + 1)
        elif _is_country(block):
            return _by_tabs(blocks, position)
    return None


def _is_country(line: Line) -> bool:
    return words.COUNTRY in fold(line.text)


def _by_tabs(blocks: Sequence[Line | Grid], position: int) -> _Columns:
    """Read a letterhead whose two sides are set with tabs, or that has the country's name alone at the top."""
    left: list[tuple[int, Line]] = []
    right: list[tuple[int, Line]] = []
    end, sided = position, False
    for n, block in enumerate(blocks[position : position + 10]):
        if isinstance(block, Grid) or words.kind_of(block.text) or words.ADDRESSED.match(fold(block.text)):
            break
        before, after = split_at_tab(block)
        sided = sided or bool(before.text and after.text)
        known = (words.COUNTRY, "doc lap", "ngay")
        if after.text or any(word in fold(block.text) for word in known):
            right.append((n, after if after.text else before))
            before = before if after.text else replace(before, pieces=())
        left.append((n, before))
        end = position + n + 1
        if words.DATE.search(fold(block.text)):
            break
    return _Columns(left, right, False, sided, end)


def split_at_tab(line: Line) -> tuple[Line, Line]:
    """Return what stands before the first tab between two texts, and what stands after it."""
    before: list[Piece] = []
    after: list[Piece] = []
    for piece in line.pieces:
        text = piece.text if before else piece.text.lstrip("\t")
        if after:
            after.append(piece)
            continue
        first, tab, rest = text.partition("\t")
        if first:
            before.append(replace(piece, text=first))
        if tab and before:
            after.append(replace(piece, text=rest.lstrip("\t")))
    if not "".join(p.text for p in after).strip():
        return replace(line, pieces=tuple(before)), replace(line, pieces=(), drawn=())
    return replace(line, pieces=tuple(before), drawn=()), replace(line, pieces=tuple(after))


def _first(lines: list[tuple[int, Line]], is_it: Callable[[str], bool]) -> tuple[int, Line] | None:
    return next((item for item in lines if is_it(fold(item[1].text))), None)


def _last(lines: list[tuple[int, Line]], is_it: Callable[[str], bool]) -> tuple[int, Line] | None:
    return next((item for item in reversed(lines) if is_it(fold(item[1].text))), None)


def _line(item: tuple[int, Line] | None) -> Line | None:
    return item[1] if item else None


def _bodies(lines: list[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the lines of the bodies above, and those of the issuer: the last body named."""
    if not lines:
        return (), ()
    begins = [0] + [n for n in range(1, len(lines)) if words.begins_a_body(lines[n].text, lines[n - 1].text)]
    if len(begins) == 1:
        # Names the words do not know: where the type turns bold, another body begins.
        bold = [all(p.look.bold for p in line.inked if any(map(str.isalpha, p.text))) for line in lines]
        begins += [n for n in range(1, len(lines)) if bold[n] and not bold[n - 1]][-1:]
    return tuple(lines[: begins[-1]]), tuple(lines[begins[-1] :])


def _about(lines: list[Line]) -> tuple[Line, ...]:
    texts = [line for line in lines if line.text and not line.is_rule]
    return tuple(texts) if texts and words.ABOUT.match(fold(texts[0].text)) else ()


def _under(
    lines: list[tuple[int, Line]], above: tuple[int, Line] | None, below: tuple[int, Line] | None
) -> tuple[Drawn, ...]:
    """Return the rules between two lines of a column, those of the upper one too."""
    if above is None:
        return ()
    found: list[Drawn] = []
    passed = False
    for _row, line in lines:
        passed = passed or line is above[1]
        if below is not None and line is below[1]:
            break
        if passed:
            found += line.drawn
    return tuple(found)
