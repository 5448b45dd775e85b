"""Pages without text, read by tesseract where it is present. What it says is a suggestion, never a value."""

import contextlib
import functools
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from PIL import Image, ImageDraw

from . import confined
from .layout import Sheet, Word
from .layout.ruled import tables_of
from .scanned import Flat, evened, flattened, lies_on_its_side, skew_of, straight

#: For one page; an A4 form takes three to six.
SECONDS = 40
#: A file of many pages is read to here; the others are shown.
SECONDS_PER_FILE = 60
MOST_PAGES = 10
#: Of this process's own time, which the reader has little of and drawing pages needs too.
_OWN_SECONDS = 12
_ALLOWED = confined.Allowance(memory_bytes=2 * 1024**3, cpu_seconds=SECONDS, open_files=64, file_bytes=64 * 1024 * 1024)
_LANGUAGE = "vie"
#: How exactly the rules of a scan meet, in points.
_NEAR = 4.0
#: Words tesseract itself does not believe in: specks, rests of ruled lines, a stamp.
_LEAST_SURE = 15.0
#: Below this for half of its words, a page may stand on its head.
_DOUBTFUL = 60.0
_MOST_CELLS = 400


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the page read on its own, and where it stood."""

    picture: Image.Image
    left: int
    top: int


def program() -> str | None:
    """Return the tesseract to call; None when there is none here that reads Vietnamese. It may come at any time."""
    found = shutil.which("tesseract")
    return found if found is not None and _knows_vietnamese(found) else None


@functools.cache
def _knows_vietnamese(found: str) -> bool:
    """Ask a program once a process what it reads."""
    try:
        said = subprocess.run(  # noqa: S603 - the program found above, asked what it knows
            [found, "--list-langs"], capture_output=True, timeout=20, check=False, env=_surroundings()
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return _LANGUAGE in said.stdout.decode("utf-8", "replace").split()


class Pages:
    """The pages of one file, read one after the other while there is time; the rest is only turned upright."""

    def __init__(self) -> None:
        self._until = time.monotonic() + SECONDS_PER_FILE
        self._working_until = time.process_time() + _OWN_SECONDS
        self._left = MOST_PAGES

    def read(self, picture: Image.Image, number: int) -> tuple[Image.Image, Sheet | None]:
        """Return the page upright, and what tesseract makes of it; None without tesseract, or without time."""
        found = program()
        late = time.monotonic() > self._until or time.process_time() > self._working_until
        if found is None or not self._left or late:
            return picture, None
        self._left -= 1
        return _upright(found, picture, number)


def _upright(found: str, picture: Image.Image, number: int) -> tuple[Image.Image, Sheet | None]:
    even = evened(picture)
    turn = _turn(found, even) if lies_on_its_side(even, skew_of(even)) else 0
    shown, sheet, sure = _read(found, picture, even, turn, number)
    if not turn and sure < _DOUBTFUL and (turn := _turn(found, even)):
        shown, sheet, sure = _read(found, picture, even, turn, number)
    return shown, sheet


def _read(
    found: str, picture: Image.Image, even: Image.Image, turn: int, number: int
) -> tuple[Image.Image, Sheet | None, float]:
    """Read a page turned clockwise by ``turn``; how sure tesseract is of its words, 0 to 100."""
    if turn:
        picture, even = picture.rotate(-turn, expand=True), even.rotate(-turn, expand=True)
    angle = skew_of(even)
    flat = flattened(straight(even, angle))
    words = _words(found, flat)
    if words is None:
        return picture, None, 100.0
    width, height = (edge / flat.scale for edge in even.size)
    sheet = Sheet(number, width, height, tuple(word for word, _ in words), flat.rules, near=_NEAR, pictured=True)
    return straight(picture, angle), sheet, median([sure for _, sure in words]) if words else 0.0


def _turn(found: str, even: Image.Image) -> int:
    """Return by how many quarters of a circle, in degrees clockwise, a page must be turned to stand upright."""
    small = even.copy()
    small.thumbnail((1_800, 1_800))
    said = _run(found, [_Piece(small, 0, 0)], ("--psm", "0"), language="osd")
    turn = re.search(r"Rotate: (\d+)", said or "")
    sure = re.search(r"Orientation confidence: ([\d.]+)", said or "")
    if turn is None or sure is None or float(sure[1]) < 2.0:
        return 0
    return int(turn[1]) % 360


def _words(found: str, flat: Flat) -> list[tuple[Word, float]] | None:
    """Read the cells of ruled tables one by one, and the rest of the page; each word with how sure it is."""
    cells = _cells(flat)
    rest = _Piece(_without(flat.grey, cells), 0, 0)
    words: list[tuple[Word, float]] = []
    for pieces, mode in (([rest], "4"), (cells, "6")):
        if not pieces:
            continue
        said = _run(found, pieces, ("--psm", mode, "tsv"))
        if said is None:
            return None
        words += _of_table(said, pieces, flat.scale)
    return words


def _cells(flat: Flat) -> list[_Piece]:
    pieces = []
    for table in tables_of(flat.rules, _NEAR):
        for box in table.boxes:
            inset = 1.5
            left, top = round((box.left + inset) * flat.scale), round((box.top + inset) * flat.scale)
            right, bottom = round((box.right - inset) * flat.scale), round((box.bottom - inset) * flat.scale)
            if right - left < 12 or bottom - top < 12:
                continue
            part = flat.grey.crop((left, top, right, bottom))
            if _has_ink(part):
                pieces.append(_Piece(_framed(part), left - _FRAME, top - _FRAME))
    return pieces[:_MOST_CELLS]


_FRAME = 24


def _framed(part: Image.Image) -> Image.Image:
    # Tesseract takes letters at the very edge for a border.
    out = Image.new("L", (part.width + 2 * _FRAME, part.height + 2 * _FRAME), 255)
    out.paste(part, (_FRAME, _FRAME))
    return out


def _has_ink(part: Image.Image) -> bool:
    dark = sum(part.histogram()[:120])
    return dark > 60 and dark * 1_500 > part.width * part.height


def _without(grey: Image.Image, cells: Sequence[_Piece]) -> Image.Image:
    rest = grey.copy()
    draw = ImageDraw.Draw(rest)
    for cell in cells:
        draw.rectangle((cell.left, cell.top, cell.left + cell.picture.width, cell.top + cell.picture.height), fill=255)
    return rest


def _of_table(said: str, pieces: Sequence[_Piece], scale: float) -> list[tuple[Word, float]]:
    """Return the words of tesseract's table of words, each as high as an ordinary line."""
    rows = [line.split("\t") for line in said.splitlines()]
    rows = [row for row in rows if len(row) == 12 and row[0].isdigit()]
    heights = [int(row[9]) for row in rows if row[0] == "4"]
    if not heights:
        return []
    height = median(heights) / scale
    baselines = _baselines(rows)
    words = []
    for row in rows:
        text = row[11].strip()
        if row[0] != "5" or not text or float(row[10]) < _LEAST_SURE or int(row[1]) > len(pieces):
            continue
        piece = pieces[int(row[1]) - 1]
        baseline = (baselines[tuple(row[1:5])] + piece.top) / scale
        left = (int(row[6]) + piece.left) / scale
        word = Word(_amended(text), left, baseline - 0.8 * height, left + int(row[8]) / scale, baseline + 0.2 * height)
        words.append((word, float(row[10])))
    return words


def _baselines(rows: Sequence[Sequence[str]]) -> dict[tuple[str, ...], float]:
    """Return where each line stands: where its words end below, of those that reach no lower by their letters."""
    ends: dict[tuple[str, ...], list[tuple[bool, int]]] = {}
    for row in rows:
        if row[0] == "5" and row[11].strip():
            deep = _DEEP.search(unicodedata.normalize("NFD", row[11])) is not None
            ends.setdefault(tuple(row[1:5]), []).append((deep, int(row[7]) + int(row[9])))
    found = {}
    for line, words in ends.items():
        level = [end for deep, end in words if not deep]
        found[line] = median(level) if level else min(end for _, end in words) - _DEPTH
    return found


#: Letters and marks below the line, and about how far they reach, in points of the picture.
_DEEP = re.compile("[gjpqyQ,;()\u0323]")
_DEPTH = 9


def _amended(text: str) -> str:
    """Return a word with the slips that cost a form its columns and its items put right."""
    if _STROKES.fullmatch(text):
        return "TT"
    if _STROKES_OF_THREE.fullmatch(text):
        return "STT"
    return "-" if text in _DASHES else text


#: The head of the numbers' column, two letters made of straight strokes; 11 is a number.
_STROKES = re.compile(r"(?!\d\d)[TIEFL1l|]{2}[.:]?")
_STROKES_OF_THREE = re.compile(r"[S5$§](?!\d\d)[TIFL1l|]{2}[.:]?")
_DASHES = frozenset({"_", "--", "—", "–", "=", "~", "-_", "_-", "—_", "¬"})


def _run(found: str, pieces: Sequence[_Piece], settings: tuple[str, ...], *, language: str = _LANGUAGE) -> str | None:
    """Run one tesseract over the pieces; None when it fails or takes too long."""
    with tempfile.TemporaryDirectory(prefix="tuanhoc-ocr-") as folder:
        names = []
        for number, piece in enumerate(pieces):
            name = Path(folder) / f"{number}.pgm"
            piece.picture.save(name)
            names.append(str(name))
        listed = Path(folder) / "pieces.txt"
        listed.write_text("\n".join(names), encoding="utf-8")
        given = names[0] if len(names) == 1 else str(listed)
        mode, *output = settings[1:]
        command = [found, given, "stdout", "-l", language, "--dpi", "270", "--psm", mode, *output]
        return _said(command, folder)


def _said(command: Sequence[str], folder: str) -> str | None:
    child = subprocess.Popen(  # noqa: S603 - the program found above, on files we named
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        process_group=0, cwd=folder, env=_surroundings(),
    )  # fmt: skip
    confined.confine(child.pid, _ALLOWED)
    try:
        said, _ = child.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    return said.decode("utf-8", "replace") if child.returncode == 0 else None


def _surroundings() -> dict[str, str]:
    # One thread: other work goes on beside it, and on small pieces more threads only wait for one another.
    names = ("PATH", "TESSDATA_PREFIX")
    return {name: os.environ[name] for name in names if name in os.environ} | {
        "OMP_THREAD_LIMIT": "1", "LANG": "C.UTF-8",
    }  # fmt: skip
