"""Lines joined again where only the width of their column had cut them."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .values import Line, Word

#: What begins a line of its own whatever stands before it.
_ITEM = re.compile(r"(?:[•▪❖➢✓☑□]|\(?\d{1,2}[.)](?!\d)|\(?[a-zđ][.)]|[IVX]{1,4}[.)])(?:\s|$)|•\S")
#: What may as well stand inside a sentence: "Trung tâm Văn hóa - Thể thao".
_DASH = re.compile(r"[-–—+*](?:\s|$)|[-–+](?=[^\W\d])|[-–—+*]$")
#: An address that the text so far ends with, and what may go on with it.
_ADDRESS = re.compile(r"(?:https?:|www\.|\S@)\S*$", re.IGNORECASE)
_OF_ADDRESS = re.compile(r"[\w/.?=&%#~-]", re.ASCII)
_SPACE = 0.25
_TAB = 2.5


#: The fonts of a line and of the one below it.
Fonts = tuple[str, str]


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
                found.setdefault((above.font, line.font), []).append(distance)
    return {fonts: sorted(distances)[int(len(distances) * share)] for fonts, distances in found.items()}


def text_of(line: Line) -> str:
    """Return a line's text, NFC; a wide gap is a tab."""
    parts = [line.words[0].text]
    for before, word in zip(line.words, line.words[1:], strict=False):
        gap = word.left - before.right
        parts.append("\t" if gap > _TAB * word.height else " ")
        parts.append(word.text)
    return unicodedata.normalize("NFC", "".join(parts)).strip()


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
    if _begins_an_item(paragraph, line) or _stands_apart(above, line, within):
        return False
    centred = is_centred(above, within)
    if not above.styles & line.styles or _is_done(text_of(above), text_of(line)):
        return False
    if len(paragraph) > 1 and line.left > above.left + 1.5 * line.height and not centred:
        return False
    return (
        _reads_on(text_of(above), text_of(line))
        or is_cut_inside(text_of(above), above, line, within)
        or is_full(above, line, within)
    )


def _reads_on(above: str, below: str) -> bool:
    """Whether a line says by its form that its sentence goes on: a comma before, a small letter after."""
    return above.endswith(",") or (below[:1].islower() and above[-1:] not in ".;:!?")


def is_full(above: Line, line: Line, within: Measure) -> bool:
    """Whether the first word of ``line`` had no room at the end of the line above."""
    first = line.words[0]
    last = line.words[1] if len(line.words) > 1 and _DASH.fullmatch(first.text) else first
    return room_after(above, within) < last.right - first.left + (_SPACE + 0.12) * line.height


def _is_done(above: str, below: str) -> bool:
    """Whether a line says by its form that its sentence ends: a remark in brackets, a heading in capitals."""
    if above.startswith("(") and above.endswith(")"):
        return True
    return len(above) > 9 and above.isupper() and any(c.islower() for c in below)


def _stands_apart(above: Line, line: Line, within: Measure) -> bool:
    distance = (line.top - above.top) / max(1.0, min(line.height, above.height))
    leading = within.leading.get((above.font, line.font))
    if leading is None:
        return distance > 1.75
    return distance > leading + within.slack + max(0.0, 1.2 / line.height - within.slack)


def _begins_an_item(paragraph: Sequence[Line], line: Line) -> bool:
    text = text_of(line)
    if _ITEM.match(text):
        return True
    if not _DASH.match(text):
        return False
    before = text_of(paragraph[0])
    return _DASH.match(before) is not None or text_of(paragraph[-1])[-1:] in ":;." or text[0] in "+*"


def begins_an_item(line: Line) -> bool:
    """Whether a line begins with a bullet, a dash or the letter or number of an item."""
    text = text_of(line)
    return _ITEM.match(text) is not None or _DASH.match(text) is not None


def room_after(line: Line, within: Measure) -> float:
    """Return how wide a word could have been added to a line."""
    room = within.right - line.right
    return room + (line.left - within.left) if is_centred(line, within) else room


def is_centred(line: Line, within: Measure) -> bool:
    before, after = line.left - within.left, within.right - line.right
    return before > 6 and abs(before - after) < max(4.0, 0.15 * (before + after))


def is_cut_inside(text: str, above: Line, line: Line, within: Measure) -> bool:
    """Whether a word too long for its column was cut: a number of its own, an address, a word with a hyphen.

    :param text: the paragraph so far, which ends with the line above.
    """
    before, after = above.words[-1], line.words[0]
    room = room_after(above, within) / _letter(before)
    if _ADDRESS.search(text) and _OF_ADDRESS.match(after.text):
        return room < 2 or (before.text[-1] in "/.-?=&" and is_full(above, line, within))
    if re.search(r"\w[-\u00ad]$", before.text) and after.text[:1].isalnum():
        return True
    number = before.text[-1:] in "0123456789." and re.match(r"\.?\d", after.text) is not None
    return number and len(above.words) == 1 and room < 1.5


def _letter(word: Word) -> float:
    return (word.right - word.left) / max(1, len(word.text))


def paragraph_text(lines: Sequence[Line], within: Measure) -> str:
    """Return the lines of one paragraph as one line."""
    text = text_of(lines[0])
    for above, line in itertools.pairwise(lines):
        text += ("" if is_cut_inside(text, above, line, within) else " ") + text_of(line)
    return text.replace("\u00ad", "")
