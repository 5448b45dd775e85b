"""Paper, margins, font, colour, page numbers (Phụ lục I, Phần I, Mục I)."""

import math
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuanhoc.papers.decree30.anatomy import Paper
from tuanhoc.papers.decree30.reading import Grid, Line, Piece, Section, lines_of

from .base import Breach, Part, Rule, at, rules_of

#: mm by which programs round
_NEAR = 0.3
_FACE = "timesnewroman"
_BLACKEST = 0x10
#: by reckoning, so many pages are surely one, surely several
_ONE, _SEVERAL = 0.75, 1.5


def _numbered(paper: Paper) -> list[Line]:
    seen: list[Line] = []
    for section in paper.sheet.sections:
        for lines in (section.head("default"), section.head("even")):
            seen += [line for line in lines if line.has_page_number and line not in seen]
    return seen


def _placed(paper: Paper) -> list[Line]:
    # The usual style of a header has a stop for a tab in the middle.
    return [line for line in _numbered(paper) if not line.raw.startswith("\t")]


_NUMBER = Part(
    "page_number", gettext_lazy("Số trang"), "Mục I, khoản 7", _numbered, (13, 14), bold=False, italic=False,
)  # fmt: skip


def _sections(paper: Paper) -> Iterator[tuple[str, Section]]:
    several = len(paper.sheet.sections) > 1
    for n, section in enumerate(paper.sheet.sections, start=1):
        yield (_("phần %(n)d của tệp") % {"n": n} if several else _("cả văn bản")), section


def _size(paper: Paper) -> Iterator[Breach]:
    for where, section in _sections(paper):
        short, long = sorted((section.width, section.height))
        if abs(short - 210) > 1 or abs(long - 297) > 1:
            yield Breach(where, f"{section.width:.0f} × {section.height:.0f} mm")


def _upright(paper: Paper) -> Iterator[Breach]:
    annexes = {annex.section for annex in paper.annexes}
    for n, (where, section) in enumerate(_sections(paper)):
        if section.width <= section.height:
            continue
        last = paper.sheet.sections[n + 1].first if n + 1 < len(paper.sheet.sections) else len(paper.sheet.blocks)
        has_table = any(
            isinstance(block, Grid) and block.bordered for block in paper.sheet.blocks[section.first : last]
        )
        if n in annexes or not has_table:
            yield Breach(where, _("trang nằm ngang"))


def _margin(side: str, least: float, most: float) -> Callable[[Paper], Iterator[Breach]]:
    def check(paper: Paper) -> Iterator[Breach]:
        for where, section in _sections(paper):
            given = float(getattr(section, side))
            if not least - _NEAR <= given <= most + _NEAR:
                yield Breach(where, f"{given:.1f} mm".replace(".", ","))

    return check


def _everything(paper: Paper) -> Iterator[tuple[Line, Piece]]:
    margins = [margin.lines for s in paper.sheet.sections for margin in (*s.heads, *s.feet)]
    seen: set[int] = set()
    for line in (*lines_of(paper.sheet.blocks), *(line for lines in margins for line in lines)):
        if id(line) not in seen:
            seen.add(id(line))
            yield from ((line, piece) for piece in line.inked)


def _face(paper: Paper) -> Iterator[Breach]:
    for line, piece in _everything(paper):
        letters = [c for c in piece.text if c.isalnum()]
        used = {piece.look.latin for c in letters if c.isascii()} | {
            piece.look.accented for c in letters if not c.isascii()
        }
        wrong = sorted(face for face in used if not face.lower().replace(" ", "").startswith(_FACE))
        if wrong:
            yield Breach(at(line), ", ".join(wrong))


def _colour(paper: Paper) -> Iterator[Breach]:
    for line, piece in _everything(paper):
        if not _is_black(piece.look.colour):
            yield Breach(at(line), _("màu #%(colour)s") % {"colour": piece.look.colour})


def _is_black(colour: str) -> bool:
    try:
        return all(int(colour[n : n + 2], 16) <= _BLACKEST for n in (0, 2, 4))
    except ValueError:
        return True


def _present(paper: Paper) -> Iterator[Breach]:
    alone = len(paper.sheet.sections) == 1
    for n, (where, section) in enumerate(_sections(paper)):
        if _is_numbered(section, "default"):
            if paper.sheet.odd_and_even and not _is_numbered(section, "even"):
                yield Breach(where, _("trang chẵn không có số trang"))
            continue
        goes_on = n > 0 and section.starts_at is None
        long = _pages(paper, n)
        told = (paper.sheet.pages or 0) if alone else 0
        if long < _ONE and told < 2 and not goes_on:
            # One page needs no number.
            continue
        below = any(line.has_page_number for margin in section.feet for line in margin.lines)
        said = _("số trang ở lề dưới") if below else _("không có số trang")
        # A file does not tell for certain how many pages it prints on.
        yield Breach(where, said, sure=below or told > 1 or long > _SEVERAL or goes_on)


def _is_numbered(section: Section, pages: str) -> bool:
    return any(line.has_page_number for line in section.head(pages))


def _pages(paper: Paper, section: int) -> float:
    """Return about how many pages a section fills, tables counted as if their cells stood under each other."""
    sections, sheet = paper.sheet.sections, paper.sheet
    page = sections[section]
    last = sections[section + 1].first if section + 1 < len(sections) else len(sheet.blocks)
    high = sum(
        max(1, math.ceil(line.length / max(line.width, 20))) * (line.points or 13) * 1.15 * line.spacing
        + line.before + line.after
        for line in lines_of(sheet.blocks[page.first : last])
    )  # fmt: skip
    return high / ((page.height - page.top - page.bottom) / 25.4 * 72)


def _hidden(paper: Paper) -> Iterator[Breach]:
    for n, (where, section) in enumerate(_sections(paper)):
        if not _is_numbered(section, "default") or (n and section.starts_at is None):
            continue
        if not section.hides_first or _is_numbered(section, "first"):
            yield Breach(where, _("trang thứ nhất hiện số trang"))


def _digits(paper: Paper) -> Iterator[Breach]:
    for where, section in _sections(paper):
        if section.digits not in {"decimal", "numberInDash"}:
            yield Breach(where, _("không phải chữ số Ả Rập"))


RULES = (
    Rule("page.size", "Mục I, khoản 1", gettext_lazy("Khổ giấy A4 (210 × 297 mm)"), _size),
    Rule("page.upright", "Mục I, khoản 2", gettext_lazy(
        "Trình bày theo chiều dài khổ A4; chỉ theo chiều rộng khi có bảng, biểu không làm thành phụ lục"), _upright),
    Rule("page.top", "Mục I, khoản 3", gettext_lazy("Lề trên 20–25 mm"), _margin("top", 20, 25)),
    Rule("page.bottom", "Mục I, khoản 3", gettext_lazy("Lề dưới 20–25 mm"), _margin("bottom", 20, 25)),
    Rule("page.left", "Mục I, khoản 3", gettext_lazy("Lề trái 30–35 mm"), _margin("left", 30, 35)),
    Rule("page.right", "Mục I, khoản 3", gettext_lazy("Lề phải 15–20 mm"), _margin("right", 15, 20)),
    Rule("font.face", "Mục I, khoản 4", gettext_lazy("Phông chữ Times New Roman"), _face),
    Rule("font.colour", "Mục I, khoản 4", gettext_lazy("Chữ màu đen"), _colour),
    Rule("page_number.there", "Mục I, khoản 7", gettext_lazy("Số trang ở giữa lề trên"), _present),
    Rule("page_number.hidden", "Mục I, khoản 7", gettext_lazy("Không hiển thị số trang thứ nhất"), _hidden),
    Rule("page_number.digits", "Mục I, khoản 7", gettext_lazy("Số trang bằng chữ số Ả Rập"), _digits),
    *rules_of(_NUMBER),
    *(rule for rule in rules_of(Part(
        "page_number", gettext_lazy("Số trang"), "Mục I, khoản 7", _placed, (0, 99), align="center"))
      if rule.code.endswith("align")),
)  # fmt: skip
