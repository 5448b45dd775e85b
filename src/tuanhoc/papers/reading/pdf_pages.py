"""One page of a PDF as pdfium shows it: its letters with their places, its rules, its links."""

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from . import legacy_fonts
from .layout import Rule, Sheet, Word

#: Letters of one page; a page set in the smallest type has a fifth of it.
MOST_LETTERS = 40_000
_MOST_OBJECTS = 20_000
_DEEPEST = 6
#: A filled shape no thicker than this is a rule.
_THIN = 2.2
_INVISIBLE = 3
#: How pdfium tells of a hyphen that ends a line.
_LINE_END_HYPHEN = 2


@dataclass(frozen=True, slots=True)
class _Face:
    """How the letters of one text object look."""

    font: str
    bold: bool
    italic: bool
    shown: bool
    size: float = 12.0


@dataclass(slots=True)
class _Letters:
    """A word as far as it was read."""

    text: list[str] = field(default_factory=list)
    box: list[float] = field(default_factory=list)
    baseline: float = 0.0
    face: _Face = _Face("", False, False, True)


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says.

    ``hidden``: letters that lie unseen under a scan; ``unmapped``: letters of unknown meaning; ``pictured``: the
    share of the page that pictures cover.
    """

    sheet: Sheet
    shown: int
    hidden: int
    unmapped: int
    pictured: float = 0.0


class _Place:
    """From a PDF's own place on the page to points from the top left corner of the page as it is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        left, bottom, right, top = page.get_cropbox()
        self.left, self.bottom, self.right, self.top = left, bottom, right, top
        self.turn = page.get_rotation()

    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn in {90, 270} else (width, height)

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        if self.turn == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        (x1, y1), (x2, y2) = self(left, bottom), self(right, top)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def page_text(page: pdfium.PdfPage, number: int) -> PageText:
    """Read a page's letters, rules and links."""
    place = _Place(page)
    rules = tuple(_rules(page, place))
    letters = page.get_textpage()
    try:
        words, counts = _words(letters, place, _Strikes(rules))
    finally:
        letters.close()
    width, height = place.size()
    inside = tuple(w for w in words if -5 < w.across < width + 5 and -5 < w.down < height + 5)
    sheet = Sheet(number, width, height, inside, rules, tuple(_links(page, place)))
    return PageText(sheet, *counts, pictured=_pictured(page) / max(1.0, width * height))


def _pictured(page: pdfium.PdfPage) -> float:
    """Return the area of a page's pictures; scanners cut one page into strips."""
    total = 0.0
    for number, picture in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST)):
        if number > 500:
            break
        left, bottom, right, top = picture.get_bounds()
        total += max(0.0, right - left) * max(0.0, top - bottom)
    return total


def _words(letters: pdfium.PdfTextPage, place: _Place, strikes: "_Strikes") -> tuple[list[Word], tuple[int, int, int]]:
    faces: dict[int, _Face] = {}
    words: list[Word] = []
    word = _Letters()
    shown = hidden = unmapped = 0
    for n in range(min(raw.FPDFText_CountChars(letters), MOST_LETTERS)):
        code = raw.FPDFText_GetUnicode(letters, n)
        if raw.FPDFText_IsGenerated(letters, n):
            continue
        if code == _LINE_END_HYPHEN or raw.FPDFText_IsHyphen(letters, n):
            code = ord("-")
        if code in _BLANK:
            _close(word, words)
            word = _Letters()
            continue
        face = _face(letters, n, faces)
        if not face.shown:
            hidden += 1
            continue
        if _is_slanted(letters, n):
            continue
        shown += 1
        unmapped += raw.FPDFText_HasUnicodeMapError(letters, n) == 1 or code < 32 or 0xE000 <= code < 0xF020
        if word.text and 0x2FF < code < 0x370 and unicodedata.combining(chr(code)):
            # A mark drawn over the letter before it, wherever its font puts it.
            word.text.append(chr(code))
            word.box[2] = max(word.box[2], _box(letters, n, place, face.size)[0][2])
            continue
        box, baseline = _box(letters, n, place, face.size)
        if strikes.through(box, baseline, face.size):
            _close(word, words)
            word = _Letters()
            continue
        if word.text and not _goes_on(word, box, baseline, face.size):
            _close(word, words)
            word = _Letters()
        _add(word, chr(code) if 31 < code < 0x110000 else "", box, baseline, face)
    _close(word, words)
    return words, (shown, hidden, unmapped)


class _Strikes:
    """Rules drawn through words: what a unit deleted with its changes tracked, and does not say any more."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._near: dict[int, list[Rule]] = {}
        for rule in rules:
            if rule.across:
                for step in (-1, 0, 1):
                    self._near.setdefault(int(rule.at // 8) + step, []).append(rule)

    def through(self, box: Sequence[float], baseline: float, size: float) -> bool:
        middle, across = baseline - 0.27 * size, (box[0] + box[2]) / 2
        near = self._near.get(int(middle // 8), ())
        return any(abs(r.at - middle) < 0.12 * size and r.start - 1 <= across <= r.end + 1 for r in near)


_BLANK = frozenset({0, 9, 10, 13, 32, 0xA0, 0x3000, *range(0x2000, 0x200C)})


def _face(letters: pdfium.PdfTextPage, n: int, known: dict[int, _Face]) -> _Face:
    shape = raw.FPDFText_GetTextObject(letters, n)
    key = ctypes.cast(shape, ctypes.c_void_p).value or 0
    if key not in known:
        buffer, flags = ctypes.create_string_buffer(200), ctypes.c_int()
        length = raw.FPDFText_GetFontInfo(letters, n, buffer, 200, flags)
        name = buffer.raw[: max(0, min(length, 200) - 1)].decode("utf-8", "replace")
        bold = "bold" in name.lower() or raw.FPDFText_GetFontWeight(letters, n) >= 600
        shown = not key or raw.FPDFTextObj_GetTextRenderMode(shape) != _INVISIBLE
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(letters, n, matrix)
        size = raw.FPDFText_GetFontSize(letters, n) * math.hypot(matrix.c, matrix.d)
        italic = "italic" in name.lower() or "oblique" in name.lower()
        known[key] = _Face(re.sub(r"^[A-Z]{6}\+", "", name), bold, italic, shown, min(max(1.0, size), 200.0))
    return known[key]


def _is_slanted(letters: pdfium.PdfTextPage, n: int) -> bool:
    """Whether a letter belongs to a watermark across the page."""
    quarter = math.fmod(abs(raw.FPDFText_GetCharAngle(letters, n)), math.pi / 2)
    return 0.15 < quarter < math.pi / 2 - 0.15


def _box(letters: pdfium.PdfTextPage, n: int, place: _Place, size: float) -> tuple[list[float], float]:
    """Return where a letter stands, and its baseline. Its height is its line's, told from the size of its font."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(letters, n, x, y)
    loose = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(letters, n, loose)
    left, _, right, _ = place.box(loose.left, loose.bottom, loose.right, loose.top)
    across, down = place(x.value, y.value)
    return [min(left, across), down - 0.9 * size, right, down + 0.25 * size], down


def _goes_on(word: _Letters, box: list[float], baseline: float, size: float) -> bool:
    gap = box[0] - word.box[2]
    return abs(baseline - word.baseline) < 0.35 * size and -0.9 * size < gap < 0.17 * size


def _add(word: _Letters, text: str, box: list[float], baseline: float, face: _Face) -> None:
    if not word.text:
        word.box, word.baseline, word.face = list(box), baseline, face
    else:
        word.box = [
            min(word.box[0], box[0]), min(word.box[1], box[1]), max(word.box[2], box[2]), max(word.box[3], box[3])
        ]  # fmt: skip
    word.text.append(text)


def _close(word: _Letters, words: list[Word]) -> None:
    text = legacy_fonts.decoded("".join(word.text), word.face.font)
    if text.strip():
        words.append(Word(text, *word.box, bold=word.face.bold, italic=word.face.italic))


def _links(page: pdfium.PdfPage, place: _Place) -> Iterator[tuple[str, float, float]]:
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    for _ in range(500):
        if not raw.FPDFLink_Enumerate(page, position, link):
            return
        action = raw.FPDFLink_GetAction(link)
        length = raw.FPDFAction_GetURIPath(page.pdf, action, None, 0) if action else 0
        if not 1 < length < 2_000:
            continue
        buffer, rect = ctypes.create_string_buffer(length), raw.FS_RECTF()
        raw.FPDFAction_GetURIPath(page.pdf, action, buffer, length)
        raw.FPDFLink_GetAnnotRect(link, rect)
        left, top, right, bottom = place.box(rect.left, rect.bottom, rect.right, rect.top)
        yield buffer.value.decode("utf-8", "replace"), (left + right) / 2, (top + bottom) / 2


def _rules(page: pdfium.PdfPage, place: _Place) -> Iterator[Rule]:
    for number, shape in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEEPEST)):
        if number > _MOST_OBJECTS:
            return
        matrix = shape.get_matrix()
        for container in _containers(shape):
            matrix = matrix.multiply(container.get_matrix())
        yield from _rules_of(shape, matrix, place)


def _containers(shape: pdfium.PdfObject) -> Iterator[pdfium.PdfObject]:
    container = getattr(shape, "container", None)
    while container is not None:
        yield container
        container = getattr(container, "container", None)


def _rules_of(shape: pdfium.PdfObject, matrix: pdfium.PdfMatrix, place: _Place) -> Iterator[Rule]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape, fill, stroke)
    if not (fill.value or stroke.value) or _is_white(shape, stroked=bool(stroke.value)):
        return
    for points in _runs(shape, matrix, place):
        if stroke.value:
            yield from _sides(points)
        elif rule := _thin(points):
            yield rule


def _is_white(shape: pdfium.PdfObject, *, stroked: bool) -> bool:
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    ask = raw.FPDFPageObj_GetStrokeColor if stroked else raw.FPDFPageObj_GetFillColor
    return bool(ask(shape, r, g, b, a)) and (a.value < 20 or min(r.value, g.value, b.value) > 250)


def _runs(shape: pdfium.PdfObject, matrix: pdfium.PdfMatrix, place: _Place) -> Iterator[list[tuple[float, float]]]:
    """Give the corners of each part of a path; curves end it."""
    run: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(min(raw.FPDFPath_CountSegments(shape), 2_000)):
        segment = raw.FPDFPath_GetPathSegment(shape, n)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = place(*matrix.on_point(x.value, y.value))
        if kind != raw.FPDF_SEGMENT_LINETO:
            if len(run) > 1:
                yield run
            run = []
        run.append(point)
        if raw.FPDFPathSegment_GetClose(segment) and len(run) > 1:
            yield [*run, run[0]]
            run = []
    if len(run) > 1:
        yield run


def _sides(points: list[tuple[float, float]]) -> Iterator[Rule]:
    for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
        if abs(y1 - y2) < 0.8 and abs(x1 - x2) > 1:
            yield Rule(True, (y1 + y2) / 2, min(x1, x2), max(x1, x2))
        elif abs(x1 - x2) < 0.8 and abs(y1 - y2) > 1:
            yield Rule(False, (x1 + x2) / 2, min(y1, y2), max(y1, y2))


def _thin(points: list[tuple[float, float]]) -> Rule | None:
    """Return the rule a filled shape is: Word and LibreOffice draw the borders of a table so."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    if bottom - top <= _THIN and right - left > bottom - top:
        return Rule(True, (top + bottom) / 2, left, right)
    if right - left <= _THIN and bottom - top > right - left:
        return Rule(False, (left + right) / 2, top, bottom)
    return None
