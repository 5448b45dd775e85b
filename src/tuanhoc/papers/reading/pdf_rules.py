"""The drawn part of a PDF's page: its rules, where its links point, and where things stand as the page is shown."""

import bisect
import ctypes
import itertools
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
from pypdfium2 import raw

from .layout import Rule

_MOST_OBJECTS = 20_000
DEEPEST = 6
#: A filled shape no thicker than this is a rule.
_THIN = 2.2


class Place:
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


class Strikes:
    """Rules drawn through words: what a unit deleted with its changes tracked, and does not say any more."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._near: dict[int, list[Rule]] = {}
        for rule in rules:
            if rule.across:
                for step in (-1, 0, 1):
                    self._near.setdefault(int(rule.at // 8) + step, []).append(rule)

    def through(self, across: float, baseline: float, size: float) -> bool:
        """Whether one goes through a letter of this size, whose middle is at ``across``."""
        middle = baseline - 0.27 * size
        near = self._near.get(int(middle // 8), ())
        return any(abs(r.at - middle) < 0.12 * size and r.start - 1 <= across <= r.end + 1 for r in near)


class Edges:
    """Rules that run down: what stands on two sides of one is not one word, however near."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._down = sorted((rule for rule in rules if not rule.across), key=lambda rule: rule.at)
        self._at = [rule.at for rule in self._down]

    def between(self, left: float, right: float, baseline: float) -> bool:
        """Whether one runs down between two letters that begin at ``left`` and ``right``."""
        near = self._down[bisect.bisect_right(self._at, left) : bisect.bisect_left(self._at, right)]
        return any(rule.start - 2 <= baseline <= rule.end + 2 for rule in near)


def links_of(page: pdfium.PdfPage, place: Place) -> Iterator[tuple[str, float, float]]:
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


def rules_of(page: pdfium.PdfPage, place: Place) -> Iterator[Rule]:
    for number, shape in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=DEEPEST)):
        if number > _MOST_OBJECTS:
            return
        matrix = shape.get_matrix()
        for container in _containers(shape):
            matrix = matrix.multiply(container.get_matrix())
        yield from _of_path(shape, matrix, place)


def _containers(shape: pdfium.PdfObject) -> Iterator[pdfium.PdfObject]:
    container = getattr(shape, "container", None)
    while container is not None:
        yield container
        container = getattr(container, "container", None)


def _of_path(shape: pdfium.PdfObject, matrix: pdfium.PdfMatrix, place: Place) -> Iterator[Rule]:
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


def _runs(shape: pdfium.PdfObject, matrix: pdfium.PdfMatrix, place: Place) -> Iterator[list[tuple[float, float]]]:
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
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
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
