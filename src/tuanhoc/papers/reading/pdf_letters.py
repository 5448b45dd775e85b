"""The letters of a PDF's page to words with their places."""

import ctypes
import math
import re
import unicodedata
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from pypdfium2 import raw

from . import legacy_fonts
from .layout import Word
from .pdf_rules import Edges, Place, Strikes

#: Letters of one page; a page set in the smallest type has a fifth of it.
MOST_LETTERS = 40_000
_INVISIBLE = 3
#: How pdfium tells of a hyphen that ends a line.
_LINE_END_HYPHEN = 2
#: Bullets of Symbol and Wingdings, which keep their numbers in the private use area.
_SYMBOLS = {
    0xF0B7: "•", 0xF0A7: "▪", 0xF076: "❖", 0xF0D8: "➢", 0xF0FC: "✓", 0xF06C: "•", 0xF06E: "▪", 0xF02D: "-", 0xF02B: "+",
}  # fmt: skip
_BLANK = frozenset({0, 9, 10, 13, 32, 0xA0, 0x3000, *range(0x2000, 0x200C)})


@dataclass(frozen=True, slots=True)
class _Face:
    """How the letters of one text object look."""

    font: str
    bold: bool
    italic: bool
    shown: bool
    size: float = 12.0


@dataclass(slots=True)
class _Begun:
    """A word as far as it was read; ``shape``: the text object its last letter stands in."""

    shape: int
    text: list[str]
    left: float
    right: float
    baseline: float
    face: _Face

    def takes(self, left: float, baseline: float) -> bool:
        """Whether a letter stands close behind, on the same line."""
        size = self.face.size
        return abs(baseline - self.baseline) < 0.35 * size and -0.9 * size < left - self.right < 0.17 * size

    def word(self) -> Word | None:
        text = legacy_fonts.decoded("".join(self.text), self.face.font)
        if not text.strip():
            return None
        # Fonts claim what height they like; a line's is told from its baseline and the size of its letters.
        top, bottom = self.baseline - 0.9 * self.face.size, self.baseline + 0.25 * self.face.size
        return Word(text, self.left, top, self.right, bottom, self.face.bold, self.face.italic, self.face.font)


@dataclass(slots=True)
class Letters:
    """The letters of a page as they are read, one after the other."""

    page: pdfium.PdfTextPage
    place: Place
    strikes: Strikes
    edges: Edges
    words: list[Word] = field(default_factory=list)
    #: letters seen, letters that lie unseen under a scan, letters of unknown meaning
    shown: int = 0
    hidden: int = 0
    unmapped: int = 0
    _begun: _Begun | None = None
    _faces: dict[int, _Face] = field(default_factory=dict)

    def read(self) -> None:
        """Read them all into ``words``."""
        for n in range(min(raw.FPDFText_CountChars(self.page), MOST_LETTERS)):
            if raw.FPDFText_IsGenerated(self.page, n):
                continue
            code = raw.FPDFText_GetUnicode(self.page, n)
            if code in _BLANK:
                self._close()
            else:
                self._take(n, code)
        self._close()

    def _take(self, n: int, code: int) -> None:
        if code == _LINE_END_HYPHEN or raw.FPDFText_IsHyphen(self.page, n):
            code = ord("-")
        face = self._face(n)
        if not face.shown:
            self.hidden += 1
            return
        if _is_slanted(self.page, n):
            return
        self.shown += 1
        self.unmapped += raw.FPDFText_HasUnicodeMapError(self.page, n) == 1 or code < 32 or 0xE000 <= code < 0xF020
        left, right, baseline = self._where(n)
        if self.strikes.through((left + right) / 2, baseline, face.size):
            self._close()
        else:
            letter = _SYMBOLS.get(code, chr(code) if 31 < code < 0x110000 else "")
            self._add(letter, (left, right, baseline), face, self._shape(n))

    def _add(self, letter: str, where: tuple[float, float, float], face: _Face, shape: int) -> None:
        left, right, baseline = where
        begun = self._begun
        # A word too wide for its cell runs on over the rule; one that begins behind it is another.
        is_close = begun is not None and abs(left - begun.right) < 0.04 * face.size
        if begun and shape != begun.shape and not is_close and self.edges.between(begun.left, left, baseline):
            self._close()
            begun = None
        # A mark is drawn over the letter before it, wherever its font puts it.
        if begun is not None and (begun.takes(left, baseline) or (letter and unicodedata.combining(letter))):
            begun.text.append(letter)
            begun.left, begun.right, begun.shape = min(begun.left, left), max(begun.right, right), shape
            return
        self._close()
        self._begun = _Begun(shape, [letter], left, right, baseline, face)

    def _close(self) -> None:
        word = self._begun.word() if self._begun is not None else None
        if word is not None:
            self.words.append(word)
        self._begun = None

    def _shape(self, n: int) -> int:
        return ctypes.cast(raw.FPDFText_GetTextObject(self.page, n), ctypes.c_void_p).value or 0

    def _face(self, n: int) -> _Face:
        letters, known = self.page, self._faces
        shape = raw.FPDFText_GetTextObject(letters, n)
        key = self._shape(n)
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

    def _where(self, n: int) -> tuple[float, float, float]:
        """Return from where to where a letter stands, and its baseline."""
        x, y, loose = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
        raw.FPDFText_GetCharOrigin(self.page, n, x, y)
        raw.FPDFText_GetLooseCharBox(self.page, n, loose)
        left, _, right, _ = self.place.box(loose.left, loose.bottom, loose.right, loose.top)
        across, down = self.place(x.value, y.value)
        return min(left, across), right, down


def _is_slanted(letters: pdfium.PdfTextPage, n: int) -> bool:
    """Whether a letter belongs to a watermark across the page."""
    quarter = math.fmod(abs(raw.FPDFText_GetCharAngle(letters, n)), math.pi / 2)
    return 0.15 < quarter < math.pi / 2 - 0.15
