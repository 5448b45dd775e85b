"""The skeleton of a plan: letterhead, body as a tree of numbered clauses, and what follows the signature."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from .units import split_unit
from .wording import Line, bare

#: How deep each kind of number stands, whichever of them a plan uses.
_NUMBERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (
        0,
        re.compile(
            r"(?:Phần|PHẦN|Chương|CHƯƠNG)\s+(?:thứ\s+|THỨ\s+)?([IVX]+|\d+|nhất|hai|ba|tư|năm|NHẤT|HAI|BA|TƯ|NĂM)\b"
            r"\s*[.:\-–]?\s*(?=\S)"
        ),
    ),
    (2, re.compile(r"(?:Điều|ĐIỀU|Mục|MỤC)\s+(\d{1,2}|[IVX]{1,5})\s*[.:]\s*")),
    (2, re.compile(r"(?!V/v\b)([IVX]{1,5})(?:\s*[.)/]+\s*|\s*[-–]\s+)(?=[^\W\d]|[“\"«])")),
    (1, re.compile(r"([A-HĐ])(?:\s*[.)/]+\s+|\s*[-–]\s+)(?=[^\W\d])")),
    (4, re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\s*[.)/]*\s+(?=[^\W\d])")),
    (3, re.compile(r"(\d{1,2})(?:\s*[.)]\s*|\s*/\.?\s+|\s?[-–]\s+)(?=[^\W\d]|[“\"«])")),
    (8, re.compile(r"([a-zđ])(?:\s*[.)/]+\s*|\s?[-–]\s+)(?=\S)")),
    (9, re.compile(r"\(([a-zđ]|\d{1,2})\)\s*(?=\S)")),
)
_ORDINALS = {"nhất": "1", "hai": "2", "ba": "3", "tư": "4", "năm": "5"}
#: A clause's text longer than this and ending in a full stop is a sentence, not a name.
_LONGEST_NAME = 40
_ALONE = re.compile(
    r"(?:PHẦN|CHƯƠNG)\s+(?:THỨ\s+)?(?:[IVX]+|\d+|NHẤT|HAI|BA|TƯ|NĂM)\s*[.:]?|(?:ĐIỀU|MỤC)\s+(?:\d+|[IVX]+)\s*[.:]?"
    r"|[IVX]{1,5}\s*[./)]+",
    re.IGNORECASE,
)
#: Headings of plans that number nothing.
_UNNUMBERED = re.compile(
    r"(?:cac )?(?:muc dich|muc tieu|yeu cau|chu de|thoi gian|dia diem|noi dung|hinh thuc|hoat dong|to chuc thuc hien"
    r"|phan cong|trach nhiem|nhiem vu|kinh phi|che do (?:thong tin|bao cao)|thong tin,? bao cao|bao cao)\b"
    r"[^.;:!?]{0,70}$"
)
_SECTION = 3
_POINT, _BULLET, _SUB_BULLET = 8, 10, 11
_BULLETS = re.compile(r"[-–—−•●▪■◦*·✓➢\uf02d\uf0b7\uf0a7]+\s*(?=\S)")
_PLUS = re.compile(r"[+○]\s*(?=\S)")

_SIGNATURE = re.compile(r"(?:TM|KT|TL|TUQ)\s*\.\s*[A-ZĐ]|(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC)$")
_AFTER_BODY = re.compile(r"noi nhan\b|phu luc(?: [ivx\d]+)?\s*[.:]?$|(?:\(?dinh )?kem theo ke hoach so|bieu mau\b")
_CLOSING = re.compile(
    r"(?:(?:tat ca )?cac (?:co quan|don vi|so|dia phuong)|de nghi|yeu cau|ket thuc|sau khi ket thuc|tren day la"
    r"|trong qua trinh|can cu ke hoach|can cu noi dung|nhan duoc|moi (?:y kien|vuong mac|thong tin)|thu truong"
    r"|(?:uy ban nhan dan|ubnd)(?: (?:tinh|thanh pho)\b)?[^,.;:]{0,25}? (?:yeu cau|de nghi|giao|bao cao)"
    r"|dinh ky|bao cao|dang ky|lich dang ky|thoi gian|kinh phi|thong tin lien he|dia chi)\b"
)


@dataclass(slots=True)
class Clause:
    """One numbered clause, bullet or unnumbered heading: its words, the paragraphs under it, its parts."""

    rank: int
    label: str
    line: Line
    text: str
    #: the number as written: "3.1.2" where ``label`` below 3.1 is "2"
    written: str = ""
    paragraphs: list[Line] = field(default_factory=list)
    parts: list["Clause"] = field(default_factory=list)
    #: how many parts of each rank there are, so that the next bullet's number is known at once
    counts: Counter[int] = field(default_factory=Counter)

    @property
    def is_bullet(self) -> bool:
        return self.rank >= _BULLET

    def whole(self) -> str:
        """Return the clause's own words and paragraphs, one line each, sub-bullets included."""
        own = [self.text, *(p.text for p in self.paragraphs)]
        return "\n".join([*(t for t in own if t), *(p.whole() for p in self.parts if self.is_bullet)])


@dataclass(frozen=True, slots=True)
class Outline:
    """A plan cut at its title and at its signature. ``root`` holds the numbered clauses of the body."""

    head: tuple[Line, ...]
    title: tuple[Line, ...]
    body: tuple[Line, ...]
    after: tuple[Line, ...]
    root: Clause


def outline(lines: Sequence[Line]) -> Outline:
    """Cut the lines of a plan into its parts."""
    start = _title_at(lines)
    title, body_start = _title(lines, start)
    body_end = _end_of_body(lines, body_start)
    body = tuple(_joined(line for line in lines[body_start:body_end] if not line.in_table))
    return Outline(tuple(lines[: start or 0]), title, body, tuple(lines[body_end:]), _tree(body))


def _joined(lines: Iterable[Line]) -> Iterator[Line]:
    """Put "PHẦN THỨ HAI" and the heading on the line below it together."""
    alone: Line | None = None
    for line in lines:
        if alone is not None:
            number = alone.text.rstrip(" .:")
            heading = not numbered(line.text) and len(line.text) <= 160
            yield Line(f"{number}. {line.text}", line.where, line.bold) if heading else alone
            if not heading:
                yield line
            alone = None
        elif _ALONE.fullmatch(line.text):
            alone = line
        else:
            yield line
    if alone is not None:
        yield alone


def _title_at(lines: Sequence[Line]) -> int | None:
    for number, line in enumerate(lines[:40]):
        if bare(line.text).replace(" ", "").startswith("kehoach") and (
            line.text.isupper() or bare(line.text) == "ke hoach"
        ):
            return number
    return None


def _title(lines: Sequence[Line], start: int | None) -> tuple[tuple[Line, ...], int]:
    """Return the lines of the trích yếu, "KẾ HOẠCH" itself included, and where the body begins."""
    if start is None:
        return (), 0
    end = start + 1
    while end < len(lines) and end <= start + 4 and _is_title_line(lines[end]):
        end += 1
    return tuple(lines[start:end]), end


def _is_title_line(line: Line) -> bool:
    text, plain = line.text, bare(line.text)
    if len(text) > 220 or text[-1] in ".;:," or text[0] == "(" or numbered(text):
        return False
    return not re.match(
        r"can cu|chu de\b|theo |de |nham |thuc hien (?:cong van|ke hoach|quyet dinh|chi thi)|ngay \d", plain
    )


def _end_of_body(lines: Sequence[Line], start: int) -> int:
    for number in range(start, len(lines)):
        line = lines[number]
        if _AFTER_BODY.match(bare(line.text)) or _SIGNATURE.match(line.text):
            return number
        if line.text.startswith(("LỊCH ĐĂNG K", "PHỤ LỤC", "BIỂU MẪU", "DANH SÁCH")) and line.text.isupper():
            return number
        if re.search(r"\./\s?\.?$", line.text):
            return number + 1
    return len(lines)


def numbered(text: str) -> tuple[int, str, str] | None:
    """Return depth, number and words of a line that begins with a number or bullet, else None."""
    for rank, pattern in _NUMBERS:
        if found := pattern.match(text):
            depth = rank + found[1].count(".") - 1 if rank == 4 else rank
            return depth, _ORDINALS.get(found[1].lower(), found[1]), text[found.end() :].strip()
    for rank, pattern in ((_BULLET, _BULLETS), (_SUB_BULLET, _PLUS)):
        if found := pattern.match(text):
            return rank, "", text[found.end() :].strip()
    return None


def _tree(body: Sequence[Line]) -> Clause:
    root = Clause(-1, "", Line("", ""), "")
    open_clauses = [root]
    closing = False
    unnumbered = not any((found := numbered(line.text)) and found[0] < _POINT for line in body)
    pending: list[Line] = []  # paragraphs after a bullet: its continuation if another bullet follows
    for line, following in zip_longest(body, body[1:]):
        if clause := _starred(line, following) or _clause(line, unnumbered=unnumbered):
            if pending and clause.is_bullet and open_clauses[-1].is_bullet:
                open_clauses[-1].paragraphs += pending
            pending, closing = [], False
            _place(clause, open_clauses)
        elif closing or _closes(line, open_clauses[-1]):
            closing = True
        elif open_clauses[-1].is_bullet:
            pending.append(line)
        else:
            open_clauses[-1].paragraphs.append(line)
    return root


def _closes(line: Line, current: Clause) -> bool:
    """Tell the paragraphs that speak to everybody after the last unit's duties."""
    says = len(current.text) > _LONGEST_NAME and current.text[-1] in ".;"
    has_content = current.is_bullet or bool(current.paragraphs) or says
    return current.rank >= 3 and has_content and bool(_CLOSING.match(bare(line.text)))


def _starred(line: Line, following: Line | None) -> Clause | None:
    """Read "* Cấp tỉnh:" over bullets of another kind as the heading it is."""
    if line.text[0] != "*" or following is None or following.text[0] == "*" or not numbered(following.text):
        return None
    text = line.text.lstrip("* ")
    is_heading = text.endswith(":") or (len(text) <= 100 and text[-1] not in ".;")
    return Clause(_POINT, "", line, text) if text and is_heading and numbered(following.text)[0] >= _BULLET else None  # type: ignore[index]


def _clause(line: Line, *, unnumbered: bool) -> Clause | None:
    if found := numbered(line.text):
        rank, label, text = found
        return Clause(rank, label, line, text, written=label)
    if unnumbered and len(line.text) <= 100 and _UNNUMBERED.match(bare(line.text).rstrip(" :")):
        return Clause(_SECTION, "", line, line.text)
    if len(line.text) <= 160 and (line.bold or line.text.endswith(":")):
        unit, rest, heading = split_unit(line.text)
        if unit and heading and not rest:
            return Clause(_POINT, "", line, line.text)
    return None


def _place(clause: Clause, open_clauses: list[Clause]) -> None:
    if clause.rank == _SUB_BULLET and not open_clauses[-1].is_bullet:
        clause.rank = _BULLET  # a clause whose bullets are all "+"
    if clause.rank == _SUB_BULLET and open_clauses[-1].line.text[0] in "+○" and open_clauses[-1].rank == _BULLET:
        clause.rank = _BULLET
    while open_clauses[-1].rank >= clause.rank:
        open_clauses.pop()
    above = open_clauses[-1]
    if not clause.label:
        clause.label = str(1 + above.counts[clause.rank])
    elif above.written and clause.written.startswith(f"{above.written}."):
        clause.label = clause.written[len(above.written) + 1 :]
    above.parts.append(clause)
    above.counts[clause.rank] += 1
    open_clauses.append(clause)


def walk(clause: Clause, path: str = "") -> Iterator[tuple[str, Clause]]:
    """Yield every clause below with its full number: ("5.a.1", clause)."""
    for part in clause.parts:
        number = f"{path}.{part.label}" if path else part.label
        yield number, part
        yield from walk(part, number)
