"""Lines joined again where only the width of their column had cut them."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .beginnings import begins_a_place, begins_an_activity
from .values import Line, Word

#: What begins a line of its own whatever stands before it.
_ITEM = re.compile(r"(?:[•▪❖➢✓☑□]|\(?\d{1,2}[.)](?!\d)|\(?[a-zđ][.)]|[IVX]{1,4}[.)])(?:\s|$)|•\S")
#: What may as well stand inside a sentence: "Trung tâm Văn hóa - Thể thao".
_DASH = re.compile(r"[-–—+*](?:\s|$)|[-–+](?=[^\W\d])|[-–—+*]$")
#: A dash before a label: "- Thời gian: 7h30".
_LABEL = re.compile(r"[-–—+*]\s*[^\W\d_][\w ]{1,30}:\s")
#: An address that the text so far ends with, and what may go on with it.
_ADDRESS = re.compile(r"(?:https?:|www\.|\S@)\S*$", re.IGNORECASE)
_OF_ADDRESS = re.compile(r"[\w/.?=&%#~-]", re.ASCII)
_SPACE = 0.25
#: By how many heights more than usual a line must stand lower to be another paragraph, when its words go on.
_CUT_FOR_SURE = 0.4
#: A space is no wider than this, in heights, unless its line was spread to meet both edges.
_WIDEST_SPACE = 0.3
_TAB = 2.5


#: The fonts of a line and of the one below it.
Fonts = tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Measure:
    """Between which x lines may stand, and how far apart wrapped ones are, in heights of a line, font by font."""

    left: float
    right: float
    leading: Mapping[Fonts, float] = field(default_factory=dict)
    #: how much farther apart, in heights, tells a new paragraph
    slack: float = 0.09


def leading_of(columns: Iterable[Sequence[Line]], share: float = 0.05) -> Mapping[Fonts, float]:
    """Return how far lines stand under one another, in heights of a line, font by font.

    :param share: of the distances found, how many may be narrower; of a PDF hardly any, of a scan, which is not so
        exact, many.
    """
    found: dict[Fonts, list[float]] = {}
    for lines in columns:
        for above, line in itertools.pairwise(lines):
            distance = (line.top - above.top) / line.height
            if abs(above.height - line.height) < 0.1 * line.height and distance > 0.7:
                found.setdefault((above.fonts, line.fonts), []).append(distance)
    return {fonts: sorted(distances)[int(len(distances) * share)] for fonts, distances in found.items()}


def in_a_cell(leading: Mapping[Fonts, float], lines: Sequence[Line]) -> Mapping[Fonts, float]:
    """Return the distances for the lines of one cell. Set in several fonts, the farthest of theirs counts for all.

    A space in the taller font pushes lines apart as well, and is not seen.
    """
    fonts = frozenset[str]().union(*(line.fonts for line in lines))
    if len(fonts) < 2:
        return leading
    own = [distance for (above, below), distance in leading.items() if above | below <= fonts]
    pairs = {(above.fonts, below.fonts) for above, below in itertools.pairwise(lines)}
    return dict.fromkeys(pairs, max(own)) if own else leading


def pitch_of(above: Line, line: Line, within: Measure) -> float | None:
    """Return how far apart, in heights, two lines of one paragraph stand; None when nothing tells.

    The deepest font above and the highest below push lines apart, so a line of two fonts stands as far from the
    next as the farther of the two alone.
    """
    whole = within.leading.get((above.fonts, line.fonts))
    alone = [
        within.leading[pair]
        for one, other in itertools.product(above.fonts, line.fonts)
        if (pair := (frozenset({one}), frozenset({other}))) in within.leading
    ]
    return max([*alone, *([whole] if whole is not None else [])], default=None)


def text_of(line: Line) -> str:
    """Return a line's text, NFC; a wide gap is a tab."""
    parts = [line.words[0].text]
    for before, word in zip(line.words, line.words[1:], strict=False):
        gap = word.left - before.right
        parts.append("\t" if gap > _TAB * word.height else " ")
        parts.append(word.text)
    return unicodedata.normalize("NFC", "".join(parts)).strip()


def cell_text_of(line: Line, within: Measure) -> str:
    """Return the text of a line in a cell: where words were spread until both edges are met, no gap is a tab."""
    text = text_of(line)
    is_spread = within.right - line.right < 0.35 * line.height and line.left - within.left < 2.5 * line.height
    return text.replace("\t", " ") if is_spread else text


def joined(lines: Sequence[Line], within: Measure) -> list[list[Line]]:
    """Gather lines into paragraphs: a line goes on when its first word had no room at the end of the one above."""
    out: list[list[Line]] = []
    for line in lines:
        if out and goes_on(out[-1], line, within):
            out[-1].append(line)
        else:
            out.append([line])
    return out


def goes_on(paragraph: Sequence[Line], line: Line, within: Measure) -> bool:
    """Whether ``line`` is the same sentence as the paragraph above, cut by the width alone."""
    above = paragraph[-1]
    if is_torn(above, line, within):
        return True
    if _begins_an_item(paragraph, line) or _stands_apart(above, line, within):
        return False
    centred = _are_centred(above, line, within)
    if not above.styles & line.styles or _is_done(text_of(above), text_of(line)):
        return False
    if len(paragraph) > 1 and line.left > above.left + 1.5 * line.height and not centred:
        return False
    return (
        _reads_on(text_of(above), text_of(line))
        or is_cut_inside(text_of(above), above, line, within)
        or (is_full(above, line, within) and not _may_be_another(paragraph, line))
    )


def _may_be_another(paragraph: Sequence[Line], line: Line) -> bool:
    above, below = " ".join(map(text_of, paragraph)), text_of(line)
    return begins_an_activity(above, below) or begins_a_place(above, below)


def _reads_on(above: str, below: str) -> bool:
    """Whether a line says by its form that its sentence goes on: a comma before, a small letter after."""
    return above.endswith(",") or (below[:1].islower() and above[-1:] not in ".;:!?")


def is_full(above: Line, line: Line, within: Measure) -> bool:
    """Whether the first word of ``line`` had no room at the end of the line above."""
    first = line.words[0]
    last = line.words[1] if len(line.words) > 1 and _DASH.fullmatch(first.text) else first
    room = room_after(above, within, centred=_are_centred(above, line, within))
    return room < last.right - first.left + (_SPACE + 0.12) * line.height


def _is_done(above: str, below: str) -> bool:
    """Whether a line says by its form that its sentence ends: a remark in brackets, a heading in capitals."""
    if above.startswith("(") and above.endswith(")"):
        return True
    return len(above) > 9 and above.isupper() and any(c.islower() for c in below)


def _stands_apart(above: Line, line: Line, within: Measure) -> bool:
    distance = (line.top - above.top) / max(1.0, min(line.height, above.height))
    leading = pitch_of(above, line, within)
    if leading is None:
        return distance > 1.75
    # A sentence that goes on in small letters, cut where its line was full, needs a wide gap to be two.
    slack = _CUT_FOR_SURE if _goes_on_small(above, line, within) else max(within.slack, 1.2 / line.height)
    return distance > leading + slack


def _goes_on_small(above: Line, line: Line, within: Measure) -> bool:
    return text_of(line)[:1].islower() and text_of(above)[-1:] not in ".;:!?" and is_full(above, line, within)


def _begins_an_item(paragraph: Sequence[Line], line: Line) -> bool:
    text = text_of(line)
    if _ITEM.match(text):
        return True
    if not _DASH.match(text):
        return False
    if _LABEL.match(text) or begins_an_activity(text_of(paragraph[-1]), text.lstrip("-–—+* ")):
        return True
    before = text_of(paragraph[0])
    return _DASH.match(before) is not None or text_of(paragraph[-1])[-1:] in ":;." or text[0] in "+*"


def begins_an_item(line: Line) -> bool:
    """Whether a line begins with a bullet, a dash or the letter or number of an item."""
    text = text_of(line)
    return _ITEM.match(text) is not None or _DASH.match(text) is not None


def room_after(line: Line, within: Measure, *, centred: bool) -> float:
    """Return how wide a word could have been added to a line, its words no farther apart than usual."""
    spread = sum(
        max(0.0, word.left - before.right - _WIDEST_SPACE * line.height)
        for before, word in itertools.pairwise(line.words)
    )
    room = within.right - line.right + spread
    return room + (line.left - within.left) if centred else room


def _are_centred(above: Line, line: Line, within: Measure) -> bool:
    """Whether both stand in the middle, and not only because one is drawn in by chance."""
    middle = (within.left + within.right) / 2
    return all(abs((one.left + one.right) / 2 - middle) < max(2.0, 0.075 * _free(one, within)) for one in (above, line))


def _free(line: Line, within: Measure) -> float:
    return within.right - within.left - (line.right - line.left)


def is_cut_inside(text: str, above: Line, line: Line, within: Measure) -> bool:
    """Whether a word too long for its column was cut: a number of its own, an address, a word with a hyphen.

    :param text: the paragraph so far, which ends with the line above.
    """
    before, after = above.words[-1], line.words[0]
    room = room_after(above, within, centred=_are_centred(above, line, within)) / _letter(before)
    if _ADDRESS.search(text) and _OF_ADDRESS.match(after.text):
        return room < 2 or (before.text[-1] in "/.-?=&" and is_full(above, line, within))
    if re.search(r"\w[-\u00ad]$", before.text) and after.text[:1].isalnum():
        return True
    return is_torn(above, line, within)


def is_torn(above: Line, line: Line, within: Measure) -> bool:
    """Whether a column narrower than one word tore it in two."""
    word = above.words[0]
    room = room_after(above, within, centred=_are_centred(above, line, within))
    return len(above.words) == 1 and room < 1.5 * _letter(word) and _are_of_one_word(word.text, line.words[0].text)


def _are_of_one_word(before: str, after: str) -> bool:
    """Whether two pieces are one word by their form: no syllable is without a vowel, no day ends in a slash."""
    if after.startswith(")") and before[-1].isdigit():
        return True
    digits = re.search(r"[\d./:-]$", before) and re.match(r"[./:-]?\d|h", after)
    if digits and len(before) > 2 and not _YEAR.search(before) and not _HOUR_OR_DAY.match(after):
        return True
    if _DOCUMENT.search(before) and re.match(r"[-–](?:\w|$)|[A-ZĐ\d-]{2,}\b", after):
        return True
    if before.isupper() and len(before) < 4 and len(after) == 1 and after.isupper():
        return True
    head, rest = re.search(r"[^\W\d_]+$", before), re.match(r"[^\W\d_]+", after)
    if head is None or rest is None or not rest[0].islower() or not head[0][1:].islower():
        return False
    return any(not _VOWEL.search(unicodedata.normalize("NFD", part[0])) for part in (head, rest))


#: The number of a document, cut: "43/2019/Q".
_DOCUMENT = re.compile(r"/[A-ZĐ\d-]*[A-ZĐ/]$")
#: A day that is whole: what follows is its hour.
#: An hour or a day of its own.
_HOUR_OR_DAY = re.compile(r"\d{1,2}(?:[hg:]|/\d)", re.IGNORECASE)
_YEAR = re.compile(r"[/.-]20\d\d$")
_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)


def _letter(word: Word) -> float:
    return (word.right - word.left) / max(1, len(word.text))


def paragraph_text(lines: Sequence[Line], within: Measure) -> str:
    """Return the lines of one paragraph as one line."""
    text = cell_text_of(lines[0], within)
    for above, line in itertools.pairwise(lines):
        text += ("" if is_cut_inside(text, above, line, within) else " ") + cell_text_of(line, within)
    return text.replace("\u00ad", "")
