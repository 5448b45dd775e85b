"""The letterhead (Phụ lục I, Phần I, Mục II, khoản 1–4)."""

import re
from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuanhoc.papers.decree30.anatomy import Head, Paper, words
from tuanhoc.papers.decree30.reading import Drawn, Line

from .base import Breach, Part, Rule, Words, at, listed, rules_of

_COUNTRIES = {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"}
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_NUMBER = re.compile(
    r"^Số\s*(?P<colon>:?)\s*(?P<number>[\d.…_]*)(?P<space>\s*)(?P<slash>/?)(?P<symbol>.*)$", re.IGNORECASE
)
_PLACE = re.compile(
    r"^(?P<place>.*?)(?P<comma>,?)\s*ngày\s*(?P<day>[\d….]*)\s*tháng\s*(?P<month>[\d….]*)\s*năm\s*(?P<year>[\d….]*)\W*$"
)
_MIXED = {abbreviation for abbreviation in words.KINDS.values() if not abbreviation.isupper()} | {"TrS"}
#: names of bodies in letters
_SHORT = {"UBND", "HĐND", "GDĐT", "GD&ĐT", "GD-ĐT"}
#: lengths drawn by hand come so near
_NEAR = 0.1
_ROUGH = 0.04
_BY_LETTERS = 0.15


def _of(name: str) -> Callable[[Paper], Sequence[Line]]:
    def lines(paper: Paper) -> Sequence[Line]:
        found = getattr(paper.head, name)
        return found if isinstance(found, tuple) else listed(found)

    return lines


def _standing(name: str) -> Callable[[Paper], Sequence[Line]]:
    """Give the lines whose place is told: not those set side by side with tabs."""
    return lambda paper: () if paper.head.by_tabs else _of(name)(paper)


def _part(code: str, name: Words, clause: str, sizes: tuple[float, float], *, bold: bool, italic: bool = False,
          upper: bool | None = None) -> Iterator[Rule]:  # fmt: skip
    yield from rules_of(Part(code, name, clause, _of(code), sizes, bold=bold, italic=italic, upper=upper))
    placed = Part(code, name, clause, _standing(code), sizes, align="center")
    yield from (rule for rule in rules_of(placed) if rule.code.endswith(".align"))


def _missing(name: str) -> Callable[[Paper], Iterator[Breach]]:
    def check(paper: Paper) -> Iterator[Breach]:
        told = name == "country" or (paper.head.country and not (name == "place" and _is_minutes(paper)))
        if told and not paper.is_annex_alone and not _of(name)(paper):
            yield Breach(_("đầu văn bản"), _("không thấy"))

    return check


def _is_minutes(paper: Paper) -> bool:
    """Minutes say in their text when and where (Mẫu 1.9)."""
    return paper.kind is not None and words.kind_of(paper.kind.text) == "BIÊN BẢN"


def _country_text(paper: Paper) -> Iterator[Breach]:
    for line in _of("country")(paper):
        if line.text.upper() not in _COUNTRIES:
            yield Breach(at(line), line.text)


def _one_line(paper: Paper) -> Iterator[Breach]:
    for line in _standing("country")(paper):
        if line.length > line.width + 0.5:
            yield Breach(at(line), _("cột rộng %(mm).0f mm, Quốc hiệu xuống dòng") % {"mm": line.width})


def _motto_text(paper: Paper) -> Iterator[Breach]:
    for line in _of("motto")(paper):
        if line.text.lower() != _MOTTO.lower():
            yield Breach(at(line), line.text)


def _motto_case(paper: Paper) -> Iterator[Breach]:
    for line in _of("motto")(paper):
        if line.text != _MOTTO and line.text.lower() == _MOTTO.lower():
            yield Breach(at(line), line.text)


def _motto_rule(paper: Paper) -> Iterator[Breach]:
    if (motto := paper.head.motto) is not None:
        full = motto.length
        yield from rule_under(
            motto, paper.head.under_motto, paper.head,
            lambda drawn: abs((drawn.length or 0) - full) <= (_BY_LETTERS if drawn.rough else _NEAR) * full,
        )  # fmt: skip


def _issuer_rule(paper: Paper) -> Iterator[Breach]:
    if paper.head.issuer:
        yield from rule_under(
            paper.head.issuer[-1], paper.head.under_issuer, paper.head,
            lambda drawn: is_third_to_half(drawn, paper.head.issuer),
        )  # fmt: skip


def is_third_to_half(drawn: Drawn, lines: Sequence[Line]) -> bool:
    """Whether a rule is a third to a half of one of the lines above it."""
    mm = drawn.length or 0.0
    near = _BY_LETTERS / 1.5 if drawn.rough else _ROUGH
    return any(1 / 3 - near <= mm / line.longest <= 1 / 2 + near for line in lines if line.text)


def rule_under(
    line: Line, drawn: Sequence[Drawn], head: Head | None, fits: Callable[[Drawn], bool]
) -> Iterator[Breach]:
    """Yield what is wrong with the rule under a line.

    A line drawn over the page hangs on any paragraph near: one that fits is taken to be this one's.
    """
    floating = head.floating if head is not None else ()
    candidates = drawn or floating
    if not candidates:
        yield Breach(at(line), _("không có đường kẻ bên dưới"))
        return
    if any(rule.length is None for rule in candidates):
        yield Breach(at(line), _("không đọc được độ dài đường kẻ"), sure=False)
        return
    good = [rule for rule in (*drawn, *floating) if fits(rule)]
    if not good:
        said = _("đường kẻ dài %(mm).0f mm, dòng chữ dài %(text).0f mm")
        yield Breach(at(line), said % {"mm": candidates[0].length or 0, "text": line.length}, sure=bool(drawn))
    elif not any(rule.solid for rule in good):
        yield Breach(at(line), _("đường kẻ không liền nét"))


def _abbreviated(paper: Paper) -> Iterator[Breach]:
    for line in paper.head.issuer:
        short = [word for word in line.text.replace(",", " ").split() if word.upper() in _SHORT]
        if short:
            yield Breach(at(line), ", ".join(short))


def _borders(paper: Paper) -> Iterator[Breach]:
    if paper.head.bordered:
        yield Breach(_("đầu văn bản"), _("bảng có khung viền"))


def _read_number(paper: Paper) -> tuple[Line, "re.Match[str]"] | None:
    line = paper.head.number
    found = _NUMBER.match(line.text) if line is not None else None
    return (line, found) if line is not None and found is not None else None


def _colon(paper: Paper) -> Iterator[Breach]:
    if (read := _read_number(paper)) and not read[1]["colon"]:
        yield Breach(at(read[0]), _("sau từ “Số” không có dấu hai chấm"))


def _zero(paper: Paper) -> Iterator[Breach]:
    if (read := _read_number(paper)) and read[1]["number"].isdecimal() and len(read[1]["number"]) == 1:
        yield Breach(at(read[0]), _("số %(number)s chưa có số 0 phía trước") % {"number": read[1]["number"]})


def _symbol(paper: Paper) -> str:
    read = _read_number(paper)
    symbol = read[1]["symbol"].strip() if read else ""
    symbol = re.sub(r"^\d{4}/", "", symbol)
    return symbol if re.search(r"[^\W\d_]", symbol) else ""


def _joined(paper: Paper) -> Iterator[Breach]:
    read = _read_number(paper)
    if not read or not _symbol(paper):
        return
    line, found = read
    given = found["number"].strip(".…_")
    if " " in found["symbol"].strip() or found["symbol"] != found["symbol"].lstrip() or (given and found["space"]):
        yield Breach(at(line), _("có cách chữ trong số, ký hiệu"))
    elif not found["slash"]:
        yield Breach(at(line), _("không có dấu gạch chéo giữa số và ký hiệu"))


def _capitals(paper: Paper) -> Iterator[Breach]:
    small = [part for part in re.split(r"[-/]", _symbol(paper)) if part != part.upper() and part not in _MIXED]
    if small and paper.head.number is not None and "…" not in _symbol(paper):
        yield Breach(at(paper.head.number), ", ".join(small))


def _abbreviation(paper: Paper) -> Iterator[Breach]:
    symbol, line = _symbol(paper), paper.head.number
    kind = words.kind_of(paper.kind.text) if paper.kind is not None else None
    if not symbol or line is None or (kind is None and not paper.is_letter):
        return
    first = re.split(r"[-/\s]", symbol)[0]
    if kind is not None and first != words.KINDS[kind]:
        yield Breach(at(line), _("%(kind)s mà ký hiệu là %(symbol)s") % {"kind": kind, "symbol": symbol})
    elif kind is None and first == "CV":
        yield Breach(at(line), _("công văn mà ký hiệu là %(symbol)s") % {"symbol": symbol})


def _placed(paper: Paper) -> Iterator[Breach]:
    line = paper.head.place
    if line is None:
        return
    if words.SHORT_DATE.search(line.text.lower()) or "ngay" in line.text.lower():
        yield Breach(at(line), _("ngày tháng viết tắt bằng số"))
        return
    found = _PLACE.match(line.text)
    if found is None:
        yield Breach(at(line), line.text)
    elif not found["comma"] and found["place"].strip():
        yield Breach(at(line), _("sau địa danh không có dấu phẩy"))
    elif found["place"].strip()[:1].islower():
        yield Breach(at(line), _("địa danh không viết hoa chữ đầu"))


def _zeros(paper: Paper) -> Iterator[Breach]:
    line = paper.head.place
    found = _PLACE.match(line.text) if line is not None else None
    if line is None or found is None:
        return
    day, month = found["day"], found["month"]
    if day.isdecimal() and day != f"{int(day):02d}":
        yield Breach(at(line), _("ngày %(day)s") % {"day": day})
    if month.isdecimal() and month != (f"{int(month):02d}" if int(month) < 3 else str(int(month))):
        yield Breach(at(line), _("tháng %(month)s") % {"month": month})


def _level(paper: Paper) -> Iterator[Breach]:
    if paper.head.level is False and paper.head.place is not None:
        yield Breach(at(paper.head.place), _("không cùng hàng với số, ký hiệu"))


RULES = (
    Rule("country.there", "Mục II, khoản 1a", gettext_lazy("Có Quốc hiệu ở trên cùng, bên phải"), _missing("country")),
    Rule("country.text", "Mục II, khoản 1a", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", _country_text),
    Rule("country.one_line", "Mục II, khoản 1a", gettext_lazy("Quốc hiệu trên một dòng"), _one_line),
    *_part("country", gettext_lazy("Quốc hiệu"), "Mục II, khoản 1a", (12, 13), bold=True, upper=True),
    Rule("motto.there", "Mục II, khoản 1b", gettext_lazy("Có Tiêu ngữ dưới Quốc hiệu"), _missing("motto")),
    Rule("motto.text", "Mục II, khoản 1b", _MOTTO, _motto_text),
    Rule("motto.rule", "Mục II, khoản 1b", gettext_lazy(
        "Dưới Tiêu ngữ có đường kẻ ngang, nét liền, dài bằng dòng chữ"), _motto_rule),
    *_part("motto", gettext_lazy("Tiêu ngữ"), "Mục II, khoản 1b", (13, 14), bold=True),
    Rule("motto.case", "Mục II, khoản 1b", gettext_lazy(
        "Tiêu ngữ: chữ in thường, chỉ viết hoa đầu cụm từ"), _motto_case),
    *_part("superior", gettext_lazy("Tên cơ quan chủ quản"), "Mục II, khoản 2b", (12, 13), bold=False, upper=True),
    Rule("issuer.there", "Mục II, khoản 2", gettext_lazy("Có tên cơ quan ban hành"), _missing("issuer")),
    *_part("issuer", gettext_lazy("Tên cơ quan ban hành"), "Mục II, khoản 2b", (12, 13), bold=True, upper=True),
    Rule("issuer.full", "Mục II, khoản 2a", gettext_lazy(
        "Tên cơ quan ban hành viết đầy đủ; chỉ tên cơ quan chủ quản được viết tắt"), _abbreviated),
    Rule("issuer.rule", "Mục II, khoản 2b", gettext_lazy(
        "Dưới tên cơ quan ban hành có đường kẻ ngang, nét liền, dài 1/3–1/2 dòng chữ"), _issuer_rule),
    Rule("head.borders", "Mục IV", gettext_lazy("Đầu văn bản không đóng khung"), _borders),
    Rule("number.there", "Mục II, khoản 3", gettext_lazy("Có số, ký hiệu dưới tên cơ quan"), _missing("number")),
    Rule("number.colon", "Mục II, khoản 3c", gettext_lazy("Sau từ “Số” có dấu hai chấm"), _colon),
    Rule("number.zero", "Mục II, khoản 3c", gettext_lazy("Số nhỏ hơn 10 có số 0 phía trước"), _zero),
    Rule("number.joined", "Mục II, khoản 3c", gettext_lazy(
        "Giữa số và ký hiệu có gạch chéo, giữa các nhóm chữ có gạch nối, không cách chữ"), _joined),
    Rule("number.capitals", "Mục II, khoản 3c", gettext_lazy("Ký hiệu bằng chữ in hoa"), _capitals),
    Rule("number.kind", "Mục II, khoản 3b; Phụ lục III, Mục I", gettext_lazy(
        "Ký hiệu bắt đầu bằng chữ viết tắt tên loại; công văn không ghi tên loại"), _abbreviation),
    *_part("number", gettext_lazy("Số, ký hiệu"), "Mục II, khoản 3c", (13, 13), bold=False),
    Rule("place.there", "Mục II, khoản 4", gettext_lazy("Có địa danh và thời gian ban hành"), _missing("place")),
    Rule("place.form", "Mục II, khoản 4", gettext_lazy("Viết đủ: Ninh Thuận, ngày 05 tháng 9 năm 2022"), _placed),
    Rule("place.zeros", "Mục II, khoản 4b", gettext_lazy(
        "Chỉ thêm số 0 trước ngày nhỏ hơn 10 và tháng 1, 2"), _zeros),
    Rule("place.level", "Mục II, khoản 4c", gettext_lazy(
        "Địa danh, thời gian trên cùng một dòng với số, ký hiệu"), _level),
    *_part("place", gettext_lazy("Địa danh và thời gian"), "Mục II, khoản 4c", (13, 14), bold=False, italic=True),
)  # fmt: skip
