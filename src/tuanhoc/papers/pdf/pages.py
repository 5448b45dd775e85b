"""Pages of Decree 30/2020/NĐ-CP filled from top to bottom."""

from typing import IO, Literal

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from tuanhoc.papers import decree
from tuanhoc.papers.values import Layout

from .text import ASCENT, Face

#: Pages compressed and left binary: written in letters they are a quarter larger and slower.
rl_config.useA85 = 0

Align = Literal["left", "center", "both"]
_HEIGHT: float = decree.PAGE_MM[1] * mm
#: of rules, points
_RULE = 0.75


class Pages:
    """A canvas with a cursor; ``y`` is where the next thing begins, in points from the foot of the paper."""

    #: of the text, points
    left: float
    width: float
    top: float

    def __init__(self, out: IO[bytes], *, title: str) -> None:
        # ``invariant``: the same document gives the same bytes, without the hour it was printed.
        self.canvas = Canvas(
            out,
            pagesize=(decree.PAGE_MM[0] * mm, _HEIGHT),
            pageCompression=1,
            invariant=1,
            lang="vi-VN",
            initialFontName=decree.face(),
        )
        self.canvas.setTitle(title)
        self.canvas.setLineWidth(_RULE)
        self.number = 1
        self.set_by(Layout())

    def set_by(self, layout: Layout) -> None:
        """Set this page and those after it by a layout, from their top; nothing stands on it yet."""
        self.left = layout.left_mm * mm
        self.width = layout.text_mm * mm
        self.top = _HEIGHT - layout.top_mm * mm
        self._bottom: float = layout.bottom_mm * mm
        self.y: float = self.top

    @property
    def room(self) -> float:
        """Points left on the page."""
        return self.y - self._bottom

    def new_page(self) -> None:
        """Go on with the next page, its number centred in the top margin."""
        self.canvas.showPage()
        self.canvas.setLineWidth(_RULE)
        self.number += 1
        face = Face(decree.POINTS)
        self.canvas.setFont(face.name, face.points)
        self.canvas.drawCentredString(self.left + self.width / 2, _HEIGHT - 10 * mm - face.points, str(self.number))
        self.y = self.top

    def new_section(self) -> None:
        """Begin pages that are numbered from 1 anew; the first shows no number."""
        self.canvas.showPage()
        self.canvas.setLineWidth(_RULE)
        self.number, self.y = 1, self.top

    def close(self) -> int:
        """Write the file; return how many pages it has."""
        count = int(self.canvas.getPageNumber())
        self.canvas.showPage()
        self.canvas.save()
        return count

    def space(self, points: float) -> None:
        self.y -= points

    def keep(self, points: float) -> None:
        """Begin a new page unless ``points`` are left on this one."""
        if self.room < points < self.top - self._bottom:
            self.new_page()

    def rule(self, length_mm: float) -> None:
        """Draw a rule centred in the text."""
        self.rule_at(self.left + self.width / 2, length_mm)
        self.space(6)

    def rule_at(self, centre: float, length_mm: float) -> None:
        half = length_mm * mm / 2
        self.canvas.line(centre - half, self.y - 4, centre + half, self.y - 4)

    def lines(self, text: str, face: Face, *, align: Align = "left", left_mm: float = 0, first_mm: float = 0) -> None:
        """Set a paragraph over the width of the text, on as many pages as it takes."""
        x, width, first = self.left + left_mm * mm, self.width - left_mm * mm, first_mm * mm
        broken = face.balanced(text, width) if align == "center" else face.wrapped(text, width, first=first)
        for position, words in enumerate(broken):
            self.keep(face.leading)
            indent = first if position == 0 else 0
            last = position == len(broken) - 1
            how: Align = "left" if align == "both" and last else align
            self.draw_line(words, face, x + indent, width - indent, align=how)

    def draw_line(self, words: list[str], face: Face, x: float, width: float, *, align: Align = "left") -> None:
        """Draw one line at the cursor and move below it; "both" spreads the words over ``width``."""
        baseline = self.y - face.points * ASCENT
        self.canvas.setFont(face.name, face.points)
        text = " ".join(words)
        if align == "both" and len(words) > 1:
            gap = (width - sum(map(face.width, words))) / (len(words) - 1)
            for word in words:
                self.canvas.drawString(x, baseline, word)
                x += face.width(word) + gap
        elif align == "center":
            self.canvas.drawString(x + (width - face.width(text)) / 2, baseline, text)
        else:
            self.canvas.drawString(x, baseline, text)
        self.y -= face.leading

    def column(self, parts: list[tuple[str, Face, Align]], x: float, width: float) -> None:
        """Draw short paragraphs under each other in a column, all on this page."""
        for text, face, align in parts:
            for words in face.balanced(text, width) if align == "center" else face.wrapped(text, width):
                self.draw_line(words, face, x, width, align=align)


def height(parts: list[tuple[str, Face, Align]], width: float) -> float:
    """Return how high :meth:`Pages.column` draws these."""
    return sum(len(face.wrapped(text, width)) * face.leading for text, face, _align in parts)
