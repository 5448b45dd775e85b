"""A picture of a page made ready to be read: even light, straight lines, its ruled lines found and taken out."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageFilter

from .layout import Rule

#: The longer edge at which a page is read: some 270 points an inch for A4.
_READ_EDGE = 3_200
_SMALL_EDGE = 900
_MOST_SKEW = 4.0
#: What counts as ink once the light is even.
_INK = 150
#: A ruled line is longer than this, in heights of a page: no letter's stroke is.
_SHORTEST = 0.02
_GAP_ROWS = 3


@dataclass(frozen=True, slots=True)
class Flat:
    """A page in even light and straight: ``grey`` without its ruled lines, ``rules`` where they were, in points."""

    grey: Image.Image
    rules: tuple[Rule, ...]
    #: how many points of the picture make one point of the page
    scale: float


@dataclass(slots=True)
class _Run:
    """A ruled line as far as it was followed, row by row."""

    start: int
    end: int
    row: int
    last_start: int
    last_end: int
    rows: list[int] = field(default_factory=list)


def flattened(even: Image.Image) -> Flat:
    """Return a page in even light ready to be read, its ruled lines taken out."""
    scale = max(even.size) / 842.0
    across, down = _ruled(even, scale)
    taken_out = ImageChops.lighter(ImageChops.lighter(even, across[0]), down[0])
    return Flat(taken_out, (*across[1], *down[1]), scale)


def evened(picture: Image.Image) -> Image.Image:
    """Return a page in grey, at the size it is read at, without shadows."""
    return _even(_sized(picture.convert("L")))


def _sized(grey: Image.Image) -> Image.Image:
    # A small picture holds no more than it shows: twice its size is enough for tesseract.
    factor = min(2.0, _READ_EDGE / max(grey.size))
    if 0.95 < factor < 1.05:
        return grey
    size = (max(1, round(grey.width * factor)), max(1, round(grey.height * factor)))
    return grey.resize(size, Image.Resampling.LANCZOS if factor < 1 else Image.Resampling.BICUBIC)


def _even(grey: Image.Image) -> Image.Image:
    """Take shadows away: paper becomes white whatever light fell on it."""
    small = grey.resize((max(1, grey.width // 12), max(1, grey.height // 12)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(6)).resize(grey.size)
    ink = ImageChops.subtract(paper, grey)
    histogram = ink.histogram()
    dark, left = 255, sum(histogram) * 0.01
    while dark > 82 and (left := left - histogram[dark]) > 0:
        dark -= 1
    return ink.point([255 - min(255, max(0, (v - 12) * 255 // max(70, dark - 12))) for v in range(256)])


def skew_of(grey: Image.Image) -> float:
    """Return by how many degrees to turn a page so that its lines lie level: those rows differ most."""
    small = _thumbnail(grey)

    def sharpness(angle: float) -> int:
        return _sharpness(small.rotate(angle, resample=Image.Resampling.BILINEAR))

    steps = [n * 0.5 for n in range(int(-_MOST_SKEW * 2), int(_MOST_SKEW * 2) + 1)]
    best = max(steps, key=sharpness)
    return max([best + n * 0.1 for n in range(-4, 5)], key=sharpness)


def lies_on_its_side(grey: Image.Image, angle: float) -> bool:
    """Whether lines of writing seem to run down the page, once it is turned by ``angle``."""
    small = _thumbnail(grey).rotate(angle, resample=Image.Resampling.BILINEAR)
    return _sharpness(small.transpose(Image.Transpose.TRANSPOSE)) > _sharpness(small)


def _thumbnail(grey: Image.Image) -> Image.Image:
    small = grey.copy()
    small.thumbnail((_SMALL_EDGE, _SMALL_EDGE), Image.Resampling.BOX)
    return ImageChops.invert(small)


def _sharpness(page: Image.Image) -> int:
    """Return how much rows differ from their neighbours: most where lines of writing lie level."""
    rows = page.resize((1, page.height), Image.Resampling.BOX).tobytes()
    return sum((one - other) ** 2 for one, other in itertools.pairwise(rows))


def straight(picture: Image.Image, angle: float) -> Image.Image:
    if abs(angle) < 0.06:
        return picture
    return picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255 if picture.mode == "L" else "white")


def _ruled(grey: Image.Image, scale: float) -> tuple[tuple[Image.Image, list[Rule]], tuple[Image.Image, list[Rule]]]:
    """Find the ruled lines both ways: the points they cover, and the rules."""
    ink = grey.point([255 if v < _INK else 0 for v in range(256)])
    shortest = round(_SHORTEST * max(grey.size))
    level = _opened(ink, shortest)
    across = [_rule(run, True, scale) for run in _runs(level, shortest)]
    turned = _opened(ink.transpose(Image.Transpose.TRANSPOSE), shortest)
    down = [_rule(run, False, scale) for run in _runs(turned, shortest)]
    upright = turned.transpose(Image.Transpose.TRANSPOSE)
    return (_thicker(level), across), (_thicker(upright), down)


def _thicker(mask: Image.Image, by: int = 2) -> Image.Image:
    """Widen what is inked by some points; four shifts, many times faster than a rank filter."""
    for x, y in ((by, 0), (-by, 0), (0, by), (0, -by)):
        mask = ImageChops.lighter(mask, ImageChops.offset(mask, x, y))
    return mask


def _opened(ink: Image.Image, length: int) -> Image.Image:
    """Keep what is inked for ``length`` points in a row, a slight slope allowed."""
    ink = ImageChops.lighter(ink, ImageChops.offset(ink, 0, 1))
    kept, reach = ink, 1
    while reach < length:
        step = min(reach, length - reach)
        kept = ImageChops.darker(kept, ImageChops.offset(kept, -step, 0))
        reach += step
    reach = 1
    while reach < length:
        step = min(reach, length - reach)
        kept = ImageChops.lighter(kept, ImageChops.offset(kept, step, 0))
        reach += step
    return kept


def _runs(mask: Image.Image, shortest: int) -> Iterator[_Run]:
    """Follow inked runs from row to row: one that begins under the end of another goes on with it."""
    width, data = mask.width, mask.tobytes()
    inked = re.compile(b"\xff{%d,}" % max(1, shortest - 2))
    open_runs: list[_Run] = []
    for row in range(mask.height):
        found = [(m.start(), m.end()) for m in inked.finditer(data, row * width, (row + 1) * width)]
        for start, end in ((s - row * width, e - row * width) for s, e in found):
            home = next((r for r in open_runs if start <= r.last_end + 8 and end >= r.last_start - 8), None)
            if home is None:
                open_runs.append(_Run(start, end, row, start, end, [row]))
                continue
            home.start, home.end = min(home.start, start), max(home.end, end)
            home.last_start, home.last_end = min(start, home.last_start if home.row == row else start), end
            home.row = row
            home.rows.append(row)
        done = [run for run in open_runs if row - run.row > _GAP_ROWS]
        yield from done
        open_runs = [run for run in open_runs if row - run.row <= _GAP_ROWS]
    yield from open_runs


def _rule(run: _Run, across: bool, scale: float) -> Rule:
    at = sum(run.rows) / len(run.rows)
    return Rule(across, at / scale, run.start / scale, run.end / scale)
