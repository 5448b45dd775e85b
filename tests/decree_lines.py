"""A produced Word file held against Decree 30/2020/NĐ-CP line by line, for any document.

The numbers are the decree's (Phụ lục I), written out here and not taken from the program.
"""

import io
import re

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from tuanhoc.papers import values
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.values import Annex, Letters, OfficialDocument, Style

COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
CENTER, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
DAY = re.compile(r"^.+, ngày (0[1-9]|[12]\d|3[01]) tháng (0[12]|[3-9]|1[0-2]) năm \d{4}$")
OPEN_DAY = re.compile(r"^.+, ngày\s+tháng\s+năm \d{4}$")
NUMBER = re.compile(r"^Số: (?:\d{2,}[\d-]*|\s{3,})/\S*\s*$")


def opened(document: Annex | OfficialDocument | Letters) -> Opened:
    return Document(io.BytesIO(to_docx(document)))


def looks(line: Paragraph) -> tuple[str, float, bool, bool, object]:
    """Return a line as it prints: words, size, bold, italic, place."""
    (run,) = line.runs
    size = run.font.size.pt if run.font.size else 13
    return line.text, size, bool(run.bold), bool(run.italic), line.alignment


def lines_of(cell: _Cell) -> list[Paragraph]:
    return [p for p in cell.paragraphs if p.text.strip()]


def wrong_lines(document: OfficialDocument) -> list[str]:
    """Return what is not as the decree has it; nothing for a good document."""
    word = opened(document)
    wrong = [*_pages(word), *_type(word)]
    head = word.tables[0]
    wrong += _head(head.cell(0, 0), head.cell(0, 1), document)
    wrong += _numbered(head.cell(1, 0), head.cell(1, 1), document)
    wrong += _titled(word, document)
    wrong += _body(word, document)
    wrong += _signed(word, document)
    return wrong + _annexes(word, document)


def _check(*claims: tuple[bool, str]) -> list[str]:
    return [said for holds, said in claims if not holds]


def _pages(word: Opened) -> list[str]:
    wrong = []
    for page in word.sections:
        number = page.header.paragraphs[0]
        wrong += _check(
            ((round(page.page_width.mm), round(page.page_height.mm)) == (210, 297), "A4 portrait"),
            (Mm(20) <= page.top_margin <= Mm(25) and Mm(20) <= page.bottom_margin <= Mm(25), "top, bottom 20-25 mm"),
            (Mm(30) <= page.left_margin <= Mm(35), "left 30-35 mm"),
            (Mm(15) <= page.right_margin <= Mm(20), "right 15-20 mm"),
            (page.different_first_page_header_footer, "no number on page 1"),
            (number.alignment == CENTER and " PAGE " in number._p.xml, "page number in the top middle"),
            (page._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1", "pages counted from 1 in each annex"),
        )
    return wrong


def _type(word: Opened) -> list[str]:
    defaults = word.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    faces = {defaults.find(qn("w:rFonts")).get(qn(f"w:{s}")) for s in ("ascii", "hAnsi", "eastAsia", "cs")}
    body = word.element.body
    colours = {e.get(qn("w:val")) for e in body.iter(qn("w:color"))}
    return _check(
        (faces == {"Times New Roman"}, "Times New Roman"),
        (not list(body.iter(qn("w:rFonts"), qn("w:rStyle"), qn("w:u"))), "one face, nothing underlined"),
        (defaults.find(qn("w:color")).get(qn("w:val")) == "000000" and colours <= {"000000"}, "black"),
    )


def _head(left: _Cell, right: _Cell, document: OfficialDocument) -> list[str]:
    by = [looks(p) for p in lines_of(left)]
    said = [looks(p) for p in lines_of(right)]
    superior = [document.letterhead.superior.upper()] if document.letterhead.superior else []
    return _check(
        ([line[:4] for line in said] == [(COUNTRY, 13, True, False), (MOTTO, 14, True, False)], "country and motto"),
        ([line[0] for line in by] == [*superior, document.letterhead.issuer.upper()], "issuer under its superior"),
        (all(12 <= line[1] <= 13 for line in by), "issuer 12-13 pt"),
        ([line[2] for line in by] == [False] * len(superior) + [True], "issuer bold, its superior not"),
        (all(line[4] == CENTER for line in by + said), "head centred"),
        (len(_rules(left)) == 1 and len(_rules(right)) == 1, "a rule under issuer and motto"),
    )


def _rules(cell: _Cell) -> list[Paragraph]:
    return [p for p in cell.paragraphs if p._p.find(f".//{qn('w:pBdr')}") is not None]


def _numbered(left: _Cell, right: _Cell, document: OfficialDocument) -> list[str]:
    number, *subject = [looks(p) for p in lines_of(left)]
    (place,) = [looks(p) for p in lines_of(right)]
    day = OPEN_DAY if document.letterhead.issued_on is None else DAY
    expected = [] if document.kind else [f"V/v {document.subject}"]
    return _check(
        (bool(NUMBER.match(number[0])) and number[1:] == (13, False, False, CENTER), f"number: {number}"),
        (bool(day.match(place[0])) and place[1:] == (14, False, True, CENTER), f"place and date: {place}"),
        ([line[0] for line in subject] == expected, "V/v in a letter only"),
        (all(12 <= line[1] <= 13 and not line[2] and not line[3] for line in subject), "V/v upright, 12-13 pt"),
    )


def _titled(word: Opened, document: OfficialDocument) -> list[str]:
    if not document.kind:
        return []
    kind, subject = [looks(p) for p in word.paragraphs if p.text.strip()][:2]
    return _check(
        (kind == (document.kind.upper(), 14, True, False, CENTER), f"type: {kind}"),
        (subject == (document.subject, 14, True, False, CENTER), f"subject: {subject}"),
    )


def _body(word: Opened, document: OfficialDocument) -> list[str]:
    said = [block for block in document.body if isinstance(block, values.Paragraph)]
    lines = [p for p in word.paragraphs if p.alignment == BOTH]
    wrong = _check((len(lines) == len(said), "every paragraph of the body justified"))
    bases = []
    for line, block in zip(lines, said, strict=False):
        if not line.text.strip():
            continue
        text, size, bold, italic, _place = looks(line)
        shape = line.paragraph_format
        bases += [text] if block.style is Style.BASIS else []
        wrong += _check(
            (13 <= size <= 14, f"13-14 pt: {text}"),
            (bold == (block.style in {Style.PART, Style.HEADING}), f"headings bold, text not: {text}"),
            (italic == (block.style is Style.BASIS), f"căn cứ in italics, text not: {text}"),
            (round(shape.first_line_indent.mm, 1) in {10.0, 12.7}, f"first line 10 or 12.7 mm: {text}"),
            (shape.space_after >= Pt(6), f"6 pt between paragraphs: {text}"),
            (1 <= shape.line_spacing <= 1.5, f"line spacing: {text}"),
        )
    ends = all(b.endswith(";") for b in bases[:-1]) and all(b.endswith(".") for b in bases[-1:])
    return wrong + _check((ends, "căn cứ end in ; and ."))


def _signed(word: Opened, document: OfficialDocument) -> list[str]:
    ends = [t for t in word.tables[1:] if t._tbl.find(f".//{qn('w:tblBorders')}") is None]
    if not document.is_signed:
        return _check((not ends, "no end block"))
    (end,) = ends
    left, right = lines_of(end.cell(0, 0)), [looks(p) for p in lines_of(end.cell(0, 1))]
    names = [p.text for p in left]
    signed = [*(line.upper() for line in document.signature), *([document.signer] if document.signer else [])]
    return _check(
        ([line[0] for line in right] == signed, f"signature: {right}"),
        (all(line[1:] == (14, True, False, CENTER) for line in right), "signature bold, 14 pt, centred"),
        (not left or looks(left[0])[:4] == ("Nơi nhận:", 12, True, True), "Nơi nhận: 12 pt bold italic"),
        (all(looks(p)[1:4] == (11, False, False) for p in left[1:]), "recipients 11 pt upright"),
        (all(n.startswith("- ") and n.endswith(";") for n in names[1:-1]), "recipients - …;"),
        (not names or (names[-1].startswith("- ") and names[-1].endswith(".")), "last recipient - …."),
        (not document.addressees or names[1] == "- Như trên;", "Như trên first"),
    )


def _annexes(word: Opened, document: OfficialDocument) -> list[str]:
    labels = [p for p in word.paragraphs if re.match(r"^Phụ lục(?: [IVXLC]+)?$", p.text) and p.alignment == CENTER]
    many = len(document.annexes) > 1
    wrong = _check(
        (len(labels) == len(document.annexes) == len(word.sections) - 1, "an annex is a section"),
        (all(looks(p)[1:] == (14, True, False, CENTER) for p in labels), "annex label 14 pt bold centred"),
        (all((p.text == "Phụ lục") != many for p in labels), "Roman number from two annexes on"),
    )
    texts = [p.text for p in word.paragraphs]
    for label, annex in zip(labels, document.annexes, strict=False):
        begin = [p._p for p in word.paragraphs].index(label._p) + 1
        titles = [looks(p) for p in word.paragraphs[begin : begin + len(annex.title)]]
        attached = word.paragraphs[begin + len(annex.title)]
        wrong += _check(
            (titles == [(t.upper(), 14, True, False, CENTER) for t in annex.title], f"annex title: {titles}"),
            (looks(attached)[2:] == (False, True, CENTER), "(Kèm theo …) in italics"),
            (attached.text.startswith("(Kèm theo ") and attached.text.endswith(")"), f"(Kèm theo …): {attached.text}"),
            (annex.organisation in texts, "what the annex lists"),
        )
    heads = [t for t in word.tables if t._tbl.find(f".//{qn('w:tblBorders')}") is not None]
    repeated = [t.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None for t in heads]
    whole = [row._tr.find(f".//{qn('w:cantSplit')}") is not None for t in heads for row in t.rows]
    width = [round(sum(w.w for w in t._tbl.tblGrid.gridCol_lst) / Mm(1)) for t in heads]
    return wrong + _check(
        (all(repeated), "head of a table repeated"), (all(whole), "rows whole"), (set(width) <= {165}, "width 165 mm")
    )
