"""Signature and recipients (Phụ lục I, Phần I, Mục II, khoản 7 and 9)."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuanhoc.lib.text import fold
from tuanhoc.papers.decree30.anatomy import Paper, words
from tuanhoc.papers.decree30.reading import Line
from tuanhoc.papers.decree30.values import Weight

from .base import Breach, Part, Rule, at, listed, rules_of

_TITLES = re.compile(
    r"^(?:GS|PGS|TS|TSKH|ThS|Th\.S|CN|KS|BS|BSCK|DS|LS|NGND|NGƯT|NSND|NSƯT|TTND|TTƯT|AHLĐ|CVC|CVCC)\b\.?|"
    r"^(?:giáo sư|phó giáo sư|tiến sĩ|tiến sỹ|thạc sĩ|thạc sỹ|cử nhân|kỹ sư|bác sĩ|bác sỹ|nhà giáo|ông|bà)\b",
    re.IGNORECASE,
)
_DEPUTY = re.compile(r"^pho\b")
_KEPT = re.compile(r"^- ?Lưu\s*:\s*\S")


def _recipients(paper: Paper) -> Sequence[Line]:
    return [line for group in paper.ending.recipients for line in group]


def _signed(paper: Paper) -> Iterator[Breach]:
    if paper.head.country is not None and not paper.ending.authority:
        yield Breach(_("cuối văn bản"), _("không thấy quyền hạn, chức vụ người ký"))


def _stops(paper: Paper) -> Iterator[Breach]:
    for line in paper.ending.authority:
        found = words.FOR_SOMEBODY.match(line.text)
        if found and not found[2]:
            yield Breach(at(line), _("“%(short)s” không có dấu chấm") % {"short": found[1]})


def _deputy(paper: Paper) -> Iterator[Breach]:
    spoken = any(words.FOR_SOMEBODY.match(line.text) for line in paper.ending.authority)
    first = next((line for line in paper.ending.authority if _DEPUTY.match(fold(line.text))), None)
    if first is not None and not spoken:
        yield Breach(at(first), _("cấp phó ký mà không ghi “KT.”"))


def _position(paper: Paper) -> Iterator[Breach]:
    last = paper.ending.authority[-1] if paper.ending.authority else None
    found = words.FOR_SOMEBODY.match(last.text) if last is not None else None
    if last is not None and found and found[1].upper() in {"KT", "TL", "TUQ", "TM"}:
        yield Breach(at(last), _("chưa ghi chức vụ của người ký"))


def _title(paper: Paper) -> Iterator[Breach]:
    signer = paper.ending.signer
    if signer is not None and (found := _TITLES.match(signer.text)):
        yield Breach(at(signer), found[0])


def _label_text(paper: Paper) -> Iterator[Breach]:
    label = paper.ending.label
    if label is not None and label.text != "Nơi nhận:":
        yield Breach(at(label), label.text)


def _label_there(paper: Paper) -> Iterator[Breach]:
    if paper.head.country is not None and paper.ending.label is None:
        yield Breach(_("cuối văn bản"), _("không thấy “Nơi nhận”"))


def _dashes(paper: Paper) -> Iterator[Breach]:
    for group in paper.ending.recipients:
        if not group[0].text.startswith(("-", "–")):
            yield Breach(at(group[0]), _("không có gạch đầu dòng"))


def _ends(paper: Paper) -> Iterator[Breach]:
    groups = paper.ending.recipients
    for n, group in enumerate(groups, start=1):
        sign = "." if n == len(groups) else ";"
        if not group[-1].text.endswith(sign):
            yield Breach(at(group[-1]), _("cuối dòng thiếu dấu “%(sign)s”") % {"sign": sign})


def _first(paper: Paper) -> Iterator[Breach]:
    if not paper.ending.recipients:
        return
    line = paper.ending.recipients[0][0]
    as_above = fold(line.text).lstrip("-– ").startswith("nhu ")
    if paper.addressed and not as_above:
        yield Breach(at(line), _("có “Kính gửi” mà nơi nhận không bắt đầu bằng “Như trên”"))
    elif as_above and not paper.addressed and "nhu tren" in fold(line.text) and not _speaks_to(paper):
        yield Breach(at(line), _("“Như trên” mà văn bản không có “Kính gửi”"))


def _speaks_to(paper: Paper) -> bool:
    """Some forms of the decree name who receives them in their text (Mẫu 1.8, 1.10)."""
    return paper.kind is not None and words.kind_of(paper.kind.text) in {"GIẤY GIỚI THIỆU", "GIẤY NGHỈ PHÉP"}


def _last(paper: Paper) -> Iterator[Breach]:
    if paper.ending.label is None:
        return
    groups = paper.ending.recipients
    if not groups or not _KEPT.match(groups[-1][0].text):
        yield Breach(at(groups[-1][0] if groups else paper.ending.label), _("dòng cuối không phải “- Lưu: VT, …”"))


def _level(paper: Paper) -> Iterator[Breach]:
    if paper.ending.level is False and paper.ending.label is not None:
        yield Breach(at(paper.ending.label), _("không ngang hàng với quyền hạn, chức vụ người ký"))


def _together(paper: Paper) -> Iterator[Breach]:
    if not paper.ending.whole and paper.ending.label is not None:
        yield Breach(at(paper.ending.label), _("hàng của bảng có thể bị ngắt sang trang sau"))


RULES = (
    Rule("authority.there", "Mục II, khoản 7", gettext_lazy("Có quyền hạn, chức vụ của người ký"), _signed),
    *rules_of(Part("authority", gettext_lazy("Quyền hạn, chức vụ người ký"), "Mục II, khoản 7đ",
                   lambda p: p.ending.authority, (13, 14), bold=True, italic=False, upper=True)),
    Rule("authority.stops", "Mục II, khoản 7b", gettext_lazy(
        "Viết “TM.”, “KT.”, “TL.”, “TUQ.”, “Q.” có dấu chấm"), _stops),
    Rule("authority.deputy", "Mục II, khoản 7b", gettext_lazy(
        "Ký thay người đứng đầu phải ghi “KT.” trước chức vụ của người đứng đầu"), _deputy),
    Rule("authority.position", "Mục II, khoản 7c", gettext_lazy("Ghi chức vụ của người ký"), _position),
    *rules_of(Part("signer", gettext_lazy("Họ tên người ký"), "Mục II, khoản 7đ", lambda p: listed(p.ending.signer),
                   (13, 14), bold=True, italic=False, upper=False)),
    Rule("signer.title", "Mục II, khoản 7c", gettext_lazy(
        "Trước họ tên không ghi học hàm, học vị, danh hiệu (trừ khi cơ quan quản lý ngành quy định)"), _title),
    Rule("recipients.there", "Mục II, khoản 9", gettext_lazy("Có phần “Nơi nhận”"), _label_there),
    Rule("recipients.text", "Mục II, khoản 9d", "Nơi nhận:", _label_text),
    *rules_of(Part("recipients_label", gettext_lazy("Từ “Nơi nhận”"), "Mục II, khoản 9d",
                   lambda p: listed(p.ending.label), (12, 12), bold=True, italic=True, align="left")),
    *rules_of(Part("recipients", gettext_lazy("Các dòng nơi nhận"), "Mục II, khoản 9d", _recipients, (11, 11),
                   bold=False, italic=False)),
    Rule("recipients.dashes", "Mục II, khoản 9d", gettext_lazy("Đầu mỗi dòng nơi nhận có gạch đầu dòng"), _dashes),
    Rule("recipients.ends", "Mục II, khoản 9d", gettext_lazy(
        "Cuối mỗi dòng có dấu chấm phẩy, dòng cuối có dấu chấm"), _ends),
    Rule("recipients.first", "Mục II, khoản 9b", gettext_lazy(
        "“Như trên” đứng đầu khi, và chỉ khi, văn bản có “Kính gửi”"), _first),
    Rule("recipients.last", "Mục II, khoản 9d", gettext_lazy("Dòng cuối là “- Lưu: VT, …”"), _last),
    Rule("recipients.level", "Mục II, khoản 9d", gettext_lazy(
        "“Nơi nhận” ngang hàng với quyền hạn, chức vụ người ký"), _level),
    Rule("ending.together", "Mục IV", gettext_lazy(
        "Không để phần chữ ký bị ngắt sang trang sau (chọn không ngắt hàng của bảng)"), _together, Weight.ADVICE),
)  # fmt: skip
