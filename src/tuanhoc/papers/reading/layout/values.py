"""What stands on a page before anybody has said what it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tuanhoc.papers.reading.values import Region


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a gap between them, and the box their line gives them."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    bold: bool = False
    italic: bool = False
    #: the name of its font; lines of another stand otherwise far apart
    font: str = ""

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def across(self) -> float:
        return (self.left + self.right) / 2

    @property
    def down(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule. ``at``: its y when it runs across, its x when it runs down; from ``start`` to ``end``."""

    across: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its number as people count, its size, its words in any order and its rules."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    #: addresses that links on the page point to, each with the middle of its box: (address, across, down)
    links: tuple[tuple[str, float, float], ...] = ()
    #: how exactly rules meet: those found in a photo less than those of a PDF
    near: float = 2.5
    #: it was read off a picture, on which what it says can be shown
    pictured: bool = False

    def region(self, left: float, top: float, right: float, bottom: float) -> Region | None:
        """Return where a part of a pictured page stands on its picture; None of any other page."""
        if not self.pictured:
            return None
        across, down = 100 / max(self.width, 1.0), 100 / max(self.height, 1.0)
        place = (left * across, top * down, (right - left) * across, (bottom - top) * down)
        return Region(self.number, *(round(n, 2) for n in place))


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline, from the left."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def height(self) -> float:
        return self.words[0].height

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    def lowered(self, by: float) -> "Line":
        """The line so far lower on the page."""
        return Line(tuple(replace(word, top=word.top + by, bottom=word.bottom + by) for word in self.words))

    @property
    def fonts(self) -> frozenset[str]:
        return frozenset(word.font for word in self.words)

    @property
    def styles(self) -> frozenset[tuple[bool, bool]]:
        """The ways its words are set; a line in one way only is told from one in another."""
        return frozenset((word.bold, word.italic) for word in self.words)


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a table as drawn: its place in the lattice and on the page."""

    row: int
    column: int
    row_span: int
    column_span: int
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, word: Word) -> bool:
        return self.left <= word.across <= self.right and self.top <= word.down <= self.bottom


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table found on a page, with its cells in reading order."""

    boxes: tuple[Box, ...]
    rows: int
    columns: int

    @property
    def left(self) -> float:
        return min(box.left for box in self.boxes)

    @property
    def right(self) -> float:
        return max(box.right for box in self.boxes)

    @property
    def top(self) -> float:
        return min(box.top for box in self.boxes)

    @property
    def bottom(self) -> float:
        return max(box.bottom for box in self.boxes)

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    def lefts(self) -> tuple[float, ...]:
        """Where each column begins."""
        found = {box.column: box.left for box in self.boxes}
        return tuple(found[column] for column in sorted(found))


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Set words into lines, from the top; a word belongs to the line its middle stands in."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.down, w.left)):
        for line in reversed(lines[-4:]):
            first = line[0]
            shared = min(first.bottom, word.bottom) - max(first.top, word.top)
            if shared > 0.5 * min(first.height, word.height):
                line.append(word)
                break
        else:
            lines.append([word])
    return [Line(tuple(sorted(line, key=lambda w: w.left))) for line in lines]
