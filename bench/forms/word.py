"""A paper written as Word writes it: runs cut anywhere, spelling marks, merged cells, text boxes, changes tracked."""

import io
import random
import re
import unicodedata
import zipfile
from functools import cache
from xml.sax.saxutils import escape, quoteattr

import docx

from . import legacy
from .paper import LEFT, UP, Paper

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_MARK = re.compile(r"\{(del|ins|hid|box|link|list|table):((?:[^{}]|\{[^{}]*\})*)\}", re.DOTALL)
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def to_docx(paper: Paper) -> bytes:
    """Return the paper as .docx, with the styles, theme and settings a usual Word file carries along."""
    chance = random.Random(paper.name)
    pen = _Pen(paper, chance)
    body = "".join(pen.paragraph(block) if isinstance(block, str) else pen.table(block) for block in paper.blocks)
    document = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {_SPACES}><w:body>{body}' \
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, data in _usual_parts().items():
            if name == "word/document.xml":
                parts.writestr(name, document)
            elif name == "word/_rels/document.xml.rels":
                links = "".join(
                    f'<Relationship Id="rLink{n}" Type="{_LINK}" Target={quoteattr(target)} TargetMode="External"/>'
                    for n, target in enumerate(pen.links)
                )
                parts.writestr(name, data.decode().replace("</Relationships>", f"{links}</Relationships>"))
            else:
                parts.writestr(name, data)
    return out.getvalue()


@cache
def _usual_parts() -> dict[str, bytes]:
    out = io.BytesIO()
    docx.Document().save(out)
    with zipfile.ZipFile(out) as parts:
        found = {name: parts.read(name) for name in parts.namelist() if "thumbnail" not in name}
    found["_rels/.rels"] = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", found["_rels/.rels"])
    return found


class _Pen:
    def __init__(self, paper: Paper, chance: random.Random) -> None:
        self.paper, self.chance = paper, chance
        self.links: list[str] = []

    def paragraph(self, text: str, *, in_list: bool = False) -> str:
        if found := re.fullmatch(r"\{list:(.*)\}", text, re.DOTALL):
            return self.paragraph(found[1], in_list=True)
        style = (
            '<w:pPr><w:pStyle w:val="ListBullet"/></w:pPr>' if in_list else '<w:pPr><w:spacing w:after="0"/></w:pPr>'
        )
        rsid = f'w:rsidR="00{self.chance.randrange(16**6):06X}"'
        return f"<w:p {rsid}>{style}{self._inline(text)}</w:p>"

    def _inline(self, text: str) -> str:
        out, at = [], 0
        for mark in _MARK.finditer(text):
            out.append(self._runs(text[at : mark.start()]))
            out.append(self._marked(mark[1], mark[2]))
            at = mark.end()
        return "".join([*out, self._runs(text[at:])])

    def _marked(self, kind: str, text: str) -> str:
        by = 'w:id="1" w:author="a" w:date="2022-09-20T00:00:00Z"'
        if kind == "del":
            gone = self._runs(text).replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
            return f"<w:del {by}>{gone}</w:del>"
        if kind == "ins":
            return f"<w:ins {by}>{self._runs(text)}</w:ins>"
        if kind == "hid":
            return self._runs(text, "<w:vanish/>")
        if kind == "link":
            target, _, words = text.partition("|")
            self.links.append(target)
            return f'<w:hyperlink r:id="rLink{len(self.links) - 1}">{self._runs(words)}</w:hyperlink>'
        inside = "".join(map(self.paragraph, text.split("\n")))
        box = f"<w:txbxContent>{inside}</w:txbxContent>"
        return (
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>'
            f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )

    def _runs(self, text: str, properties: str = "") -> str:
        if not text:
            return ""
        if self.paper.font:
            pieces = legacy.runs(text, self.paper.font)
        else:
            shown = unicodedata.normalize("NFD", text) if self.paper.decomposed else text
            pieces = [("Times New Roman", piece) for piece in self._cut(shown)]
        out = []
        for face, piece in pieces:
            fonts = (
                f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}"/>'
                if self.paper.font or self.chance.random() < 0.3
                else ""
            )
            inside = (
                re.sub(r"[^\t\v]+", lambda m: f'<w:t xml:space="preserve">{escape(m[0])}</w:t>', piece)
                .replace("\t", "<w:tab/>")
                .replace("\v", "<w:br/>")
            )
            out.append(f'<w:r><w:rPr>{fonts}{properties}<w:sz w:val="26"/></w:rPr>{inside}</w:r>')
            if self.chance.random() < 0.15:
                out.append('<w:proofErr w:type="spellStart"/>')
        return "".join(out)

    def _cut(self, text: str) -> list[str]:
        """Cut where Word would: anywhere, now and then."""
        if len(text) < 6 or self.chance.random() < 0.6:
            return [text]
        at = self.chance.randrange(1, len(text))
        return [text[:at], text[at:]]

    def table(self, rows: list[list[str]]) -> str:
        columns = "<w:gridCol/>" * max(map(len, rows))
        out = [f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>']
        for number, row in enumerate(rows):
            out.append("<w:tr>")
            for column, text in enumerate(row):
                if text == LEFT:
                    continue
                across = 1 + next((n for n, c in enumerate(row[column + 1 :]) if c != LEFT), len(row) - column - 1)
                below = number + 1 < len(rows) and column < len(rows[number + 1]) and rows[number + 1][column] == UP
                merge = "<w:vMerge/>" if text == UP else '<w:vMerge w:val="restart"/>' if below else ""
                span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
                inside = self._in_cell("" if text == UP else text)
                out.append(f'<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/>{span}{merge}</w:tcPr>{inside}</w:tc>')
            out.append("</w:tr>")
        return "".join([*out, "</w:tbl>"])

    def _in_cell(self, text: str) -> str:
        if found := re.search(r"\{table:(.*)\}", text, re.DOTALL):
            inner = self.table([row.split("¦") for row in found[1].split("§")])
            return self._in_cell(text[: found.start()]) + inner + self.paragraph("")
        return "".join(map(self.paragraph, text.split("\n")))
