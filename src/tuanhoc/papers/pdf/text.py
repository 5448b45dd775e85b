"""Lines of text in one face: measured, broken, ready to draw."""

import re
import unicodedata
from dataclasses import dataclass, field

from reportlab.pdfbase import pdfmetrics

from tuanhoc.papers.decree import face

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: A web address breaks after these, never inside "://".
_SIGN = re.compile(r"[/.?&=-](?![/.?&=-])")
#: Of the size. Marks of stacked capitals (Ẵ, Ộ) reach a whole size above the baseline, tails 0.22 below it.
LEADING = 1.2
ASCENT = 1.0
#: a single line of Times New Roman
_TIGHTEST = 1.15


@dataclass(frozen=True)
class Face:
    """Type of one size and style; words measured once are remembered."""

    points: float
    bold: bool = False
    italic: bool = False
    #: from line to line, of the size
    line: float = LEADING
    _widths: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    @property
    def name(self) -> str:
        return face(bold=self.bold, italic=self.italic)

    @property
    def leading(self) -> float:
        return self.points * max(self.line, _TIGHTEST)

    def width(self, text: str) -> float:
        """Return how long ``text`` prints, in points."""
        known = self._widths.get(text)
        if known is None:
            known = float(pdfmetrics.stringWidth(text, self.name, self.points))
            if len(self._widths) < 50_000:
                self._widths[text] = known
        return known

    def wrapped(self, text: str, width: float, *, first: float = 0) -> list[list[str]]:
        """Break ``text`` into lines of words no longer than ``width``, the first one shorter by ``first``.

        A word longer than a line (a web address) is broken after one of its signs, else where it must.
        """
        lines: list[list[str]] = []
        for part in composed(text).split("\n"):
            lines += self._wrapped_line(part, width, first if not lines else 0)
        return lines

    def balanced(self, text: str, width: float) -> list[list[str]]:
        """Break ``text`` into as few lines as it takes, and these as even as words allow: for what stands centred."""
        lines = self.wrapped(text, width)
        if len(lines) <= 1 + text.count("\n"):
            return lines
        low, high = width / len(lines), width
        while high - low > 1:
            middle = (low + high) / 2
            low, high = (low, middle) if len(self.wrapped(text, middle)) == len(lines) else (middle, high)
        return self.wrapped(text, high)

    def _wrapped_line(self, text: str, width: float, first: float) -> list[list[str]]:
        space = self.width(" ")
        lines, line, room = [], list[str](), width - first
        for word in self._words(text, width):
            needed = self.width(word) + (space if line else 0)
            if line and needed > room:
                lines.append(line)
                line, room, needed = [], width, self.width(word)
            line.append(word)
            room -= needed
        return [*lines, line]

    def _words(self, text: str, width: float) -> list[str]:
        # Only the plain space breaks a line: several of them in a row are room left to write in.
        words = []
        for word in text.split(" "):
            rest = word
            while rest and self.width(rest) > width:
                end = self._end_of_piece(rest, width)
                words.append(rest[:end])
                rest = rest[end:]
            words.append(rest)
        return words

    def _end_of_piece(self, word: str, width: float) -> int:
        room, fits = width, 0
        for letter in word:
            room -= self.width(letter)
            if room < 0:
                break
            fits += 1
        signs = [found.end() for found in _SIGN.finditer(word, 0, fits + 1) if found.end() <= fits]
        return max(1, signs[-1] if signs else fits)


def rule_mm(text: str, points: float, *, bold: bool = False, within: float) -> float:
    """Return the length of the rule under a centred text: 40 % of its longest line (the decree: 1/3 to 1/2)."""
    face = Face(points, bold=bold)
    longest = max(face.width(" ".join(words)) for words in face.balanced(text, within / 25.4 * 72))
    return 0.4 * longest / 72 * 25.4


def composed(text: str) -> str:
    """Return ``text`` as the font holds it: in NFC, every line end ``\\n``, tabs as spaces."""
    clean = _ILLEGAL.sub("", unicodedata.normalize("NFC", text))
    return "\n".join(clean.splitlines()).replace("\t", " ")
