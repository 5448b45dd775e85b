"""Text to WordprocessingML: runs, tracked changes, live links, and the habits of the machine."""

import itertools
import re
import unicodedata
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from scripts.sample_forms.form import Form

JUSTIFIED = {"left": "", "center": '<w:jc w:val="center"/>', "right": '<w:jc w:val="right"/>',
             "both": '<w:jc w:val="both"/>'}  # fmt: skip
MARKS = re.compile(r"(\{-.*?-\}|\{\+.*?\+\}|\[\[.*?\]\])")
SMART_TAG = '<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="place">'
CHANGED_BY = 'w:author="Văn phòng (mẫu)" w:date="2022-09-28T09:15:00Z"'


@dataclass
class Hand:
    """How one form is typed. Collects the addresses of its live links."""

    form: Form
    links: list[str] = field(default_factory=list)
    changes: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def paragraph(self, text: str, align: str = "left", *, bold: bool = False, italic: bool = False,
                  size_pt: float | None = None, listed: bool = False, more: str = "") -> str:  # fmt: skip
        numbering = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if listed else ""
        look = numbering + more + JUSTIFIED[align]
        run = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
        run += f'<w:sz w:val="{int(size_pt * 2)}"/>' if size_pt else ""
        return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{self.runs(text, run)}</w:p>"

    def runs(self, text: str, look: str = "") -> str:
        return "".join(self._piece(piece, look) for piece in MARKS.split(text) if piece)

    def _piece(self, piece: str, look: str) -> str:
        if piece.startswith("{-"):
            run = self._run(piece[2:-2], look).replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
            return f'<w:del w:id="{next(self.changes)}" {CHANGED_BY}>{run}</w:del>'
        if piece.startswith("{+"):
            return f'<w:ins w:id="{next(self.changes)}" {CHANGED_BY}>{self._run(piece[2:-2], look)}</w:ins>'
        if piece.startswith("[["):
            self.links.append(piece[2:-2])
            run = self._run(piece[2:-2], look + '<w:color w:val="0563C1"/><w:u w:val="single"/>')
            return f'<w:hyperlink r:id="link{len(self.links)}">{run}</w:hyperlink>'
        if self.form.cut_runs:
            return '<w:proofErr w:type="spellStart"/>'.join(self._run(part, look) for part in _cut(piece))
        if self.form.smart_tags and " " in piece:
            plain, _, tagged = piece.rpartition(" ")
            return self._run(f"{plain} ", look) + SMART_TAG + self._run(tagged, look) + "</w:smartTag>"
        return self._run(piece, look)

    def _run(self, text: str, look: str) -> str:
        inner = []
        for number, line in enumerate(text.split("\n")):
            inner.append("<w:br/>" if number else "")
            parts = [f'<w:t xml:space="preserve">{escape(self._typed(part))}</w:t>' for part in line.split("\t")]
            inner.append("<w:tab/>".join(parts))
        return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{''.join(inner)}</w:r>"

    def _typed(self, text: str) -> str:
        if self.form.hard_spaces:
            text = _every_other(text, 3, "\N{NO-BREAK SPACE}")
        if self.form.stray_spaces:
            text = _every_other(text, 4, "  ")
        return unicodedata.normalize("NFD", text) if self.form.decomposed else text


def _cut(text: str) -> list[str]:
    """Cut where Word would: at no sensible place (every seventh letter)."""
    return [text[start : start + 7] for start in range(0, len(text), 7)]


def _every_other(text: str, step: int, space: str) -> str:
    words = text.split(" ")
    joined = words[0]
    for number, word in enumerate(words[1:], start=1):
        joined += (space if number % step == 0 else " ") + word
    return joined
