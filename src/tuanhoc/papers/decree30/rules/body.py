"""The text (Phụ lục I, Phần I, Mục II, khoản 6)."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuanhoc.lib.numbers import roman
from tuanhoc.papers import decree
from tuanhoc.papers.decree30.anatomy import Paper
from tuanhoc.papers.decree30.reading import Line

from .base import Breach, Part, Rule, at, rules_of

_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_PART = re.compile(r"^([IVXLC]+)\.\s*\S")
_HEADING = re.compile(r"^(\d{1,2})\.\s*(?!\d)\S")
_POINT = re.compile(r"^([a-zđ])\)\s*\S")
#: where the first letter of a paragraph stands, mm
_INDENTS = (10.0, 12.7)
_NEAR = 1.0
_TAB_MM = 12.7
_LEAST_GAP = 5.9
_SPACING = (0.97, 1.53)


def _text(paper: Paper) -> Sequence[Line]:
    return paper.body


def _flowing(paper: Paper) -> list[Line]:
    """The lines of the text that are not set in the middle, as some headings are."""
    return [line for line in paper.body if line.align != "center"]


def _prose(paper: Paper) -> list[Line]:
    return [line for line in _flowing(paper) if line not in paper.bases and not line.text.startswith("(")]


def _parts(paper: Paper) -> list[Line]:
    return [line for line in paper.body if _PART.match(line.text)]


def _points(paper: Paper) -> list[Line]:
    return [line for line in paper.body if _POINT.match(line.text)]


def _titled(paper: Paper) -> list[Line]:
    """Numbered lines that are a title: nothing ends them, and text follows before the next number."""
    found = []
    for line, after in zip(paper.body, paper.body[1:], strict=False):
        is_title = _HEADING.match(line.text) and line.text[-1] not in ".;:,!?" and line.length < line.width
        if is_title and not _HEADING.match(after.text):
            found.append(line)
    return found


def _titles_bold(paper: Paper) -> Iterator[Breach]:
    for line in _titled(paper):
        if not all(p.look.bold for p in line.inked):
            # Whether a numbered line is a title is for a reader to say.
            yield Breach(at(line), _("chữ không đậm"), sure=False)


def _slant(paper: Paper) -> Iterator[Breach]:
    for line in _prose(paper):
        if line.inked and all(p.look.italic for p in line.inked):
            yield Breach(at(line), _("chữ nghiêng"))


def _justified(paper: Paper) -> Iterator[Breach]:
    for line in _flowing(paper):
        if line.align != "both" and line.first + line.length > line.width:
            yield Breach(at(line), _("canh trái") if line.align == "left" else _("canh phải"))


def _indented(paper: Paper) -> Iterator[Breach]:
    for line in _flowing(paper):
        if line.goes_on:
            continue
        starts = _starts(line)
        if not any(abs(starts - indent) <= _NEAR for indent in _INDENTS):
            yield Breach(at(line), _("lùi %(mm)s mm") % {"mm": f"{starts:.1f}".replace(".", ",")})


def _starts(line: Line) -> float:
    raw = line.raw
    spaces = raw[: len(raw) - len(raw.lstrip(" "))]
    starts = line.left + line.first + (decree.width_mm(spaces, line.points or 14) if spaces else 0)
    return max(starts, _TAB_MM) if raw.startswith("\t") else starts


def _gap(paper: Paper) -> Iterator[Breach]:
    for line, gap in zip(paper.body, paper.gaps, strict=True):
        if gap is not None and gap < _LEAST_GAP and not line.goes_on:
            yield Breach(at(line), _("cách %(gap).0f pt") % {"gap": gap})


def _spacing(paper: Paper) -> Iterator[Breach]:
    least, most = _SPACING
    for line in paper.body:
        if not least <= line.spacing <= most:
            yield Breach(at(line), _("%(times)s dòng đơn") % {"times": f"{line.spacing:.2f}".replace(".", ",")})


def _basis_ends(paper: Paper) -> Iterator[Breach]:
    for n, line in enumerate(paper.bases, start=1):
        sign = "." if n == len(paper.bases) else ";"
        if not line.text.endswith(sign):
            yield Breach(at(line), _("cuối dòng thiếu dấu “%(sign)s”") % {"sign": sign})


def _basis_lines(paper: Paper) -> Iterator[Breach]:
    for line in paper.bases:
        if line.text.count("; Căn cứ") + line.text.count("; căn cứ"):
            yield Breach(at(line), _("nhiều căn cứ trên một dòng"))


def _point_order(paper: Paper) -> Iterator[Breach]:
    before = ""
    for line in paper.body:
        if _PART.match(line.text) or _HEADING.match(line.text):
            before = ""
        found = _POINT.match(line.text)
        if not found:
            continue
        letter = found[1]
        if before and letter != "a" and letter != _after(before):
            yield Breach(at(line), _("%(this)s) đứng sau %(last)s)") % {"this": letter, "last": before})
        before = letter


def _after(letter: str) -> str:
    at_letter = _ALPHABET.find(letter)
    return _ALPHABET[at_letter + 1 : at_letter + 2]


def _part_order(paper: Paper) -> Iterator[Breach]:
    expected = 1
    for line in _parts(paper):
        found = _PART.match(line.text)
        if found and found[1] not in {roman(expected), "I"}:
            yield Breach(at(line), f"{found[1]}.")
        expected = 2 if found and found[1] == "I" else expected + 1


RULES = (
    *rules_of(Part("basis", gettext_lazy("Căn cứ"), "Mục II, khoản 6a", lambda p: p.bases, (13, 14), italic=True)),
    Rule("basis.ends", "Mục II, khoản 6a", gettext_lazy(
        "Mỗi căn cứ kết thúc bằng dấu chấm phẩy, căn cứ cuối bằng dấu chấm"), _basis_ends),
    Rule("basis.lines", "Mục II, khoản 6a", gettext_lazy("Sau mỗi căn cứ phải xuống dòng"), _basis_lines),
    *rules_of(Part("body", gettext_lazy("Nội dung"), "Mục II, khoản 6e", lambda p: [
        line for line in p.body if line not in p.bases], (13, 14))),
    Rule("body.slant", "Mục II, khoản 6e", gettext_lazy("Nội dung: chữ đứng"), _slant),
    Rule("body.justified", "Mục II, khoản 6e", gettext_lazy("Nội dung canh đều cả hai lề"), _justified),
    Rule("body.indent", "Mục II, khoản 6e", gettext_lazy("Chữ đầu dòng lùi vào 10 hoặc 12,7 mm"), _indented),
    Rule("body.gap", "Mục II, khoản 6e", gettext_lazy("Các đoạn văn cách nhau ít nhất 6 pt"), _gap),
    Rule("body.spacing", "Mục II, khoản 6e", gettext_lazy("Khoảng cách dòng từ dòng đơn đến 1,5 dòng"), _spacing),
    *(rule for rule in rules_of(Part("part", gettext_lazy("Mục I., II.…"), "Mục V, số 6b", _parts, (13, 14), bold=True,
                                     italic=False, upper=True)) if rule.code != "part.size"),
    Rule("part.order", "Mục V, số 6b", gettext_lazy("Các mục theo thứ tự I, II, III…"), _part_order),
    Rule("heading.bold", "Mục II, khoản 6đ", gettext_lazy(
        "Khoản có tiêu đề: số thứ tự và tiêu đề chữ đậm"), _titles_bold),
    *(rule for rule in rules_of(Part("point", gettext_lazy("Điểm a), b)…"), "Mục II, khoản 6đ", _points, (13, 14),
                                     bold=False)) if rule.code == "point.bold"),
    Rule("point.order", "Mục II, khoản 6đ", gettext_lazy(
        "Các điểm theo bảng chữ cái tiếng Việt: a, b, c, d, đ, e, g, h, i, k…"), _point_order),
)  # fmt: skip
