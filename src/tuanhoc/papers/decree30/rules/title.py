"""Type, subject, addressees (Phụ lục I, Phần I, Mục II, khoản 5 and 9)."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuanhoc.papers.decree30.anatomy import Paper, words
from tuanhoc.papers.decree30.reading import Line

from .base import Breach, Part, Rule, at, listed, rules_of
from .head import is_third_to_half, rule_under

#: written without a subject
_BARE = {"GIẤY GIỚI THIỆU", "GIẤY NGHỈ PHÉP", "BIÊN BẢN", "GIẤY MỜI", "PHIẾU GỬI", "PHIẾU CHUYỂN", "PHIẾU BÁO"}


def _there(paper: Paper) -> Iterator[Breach]:
    if paper.head.country is not None and paper.kind is None and not paper.is_letter:
        yield Breach(_("đầu văn bản"), _("không thấy tên loại hay “V/v”"), sure=False)


def _subject_there(paper: Paper) -> Iterator[Breach]:
    if paper.kind is not None and not paper.subject and words.kind_of(paper.kind.text) not in _BARE:
        yield Breach(at(paper.kind), _("không thấy trích yếu"))
    elif paper.is_letter and not paper.head.about:
        yield Breach(_("dưới số, ký hiệu"), _("không thấy “V/v …”"))


def _subject_rule(paper: Paper) -> Iterator[Breach]:
    if paper.kind is not None and paper.subject:
        last = paper.subject[-1]
        yield from rule_under(last, paper.under_subject, None, lambda drawn: is_third_to_half(drawn, paper.subject))


def _about_gap(paper: Paper) -> Iterator[Breach]:
    if paper.head.about and paper.head.number is not None:
        gap = paper.head.number.after + paper.head.about[0].before
        if not 5.5 <= gap <= 12:
            yield Breach(at(paper.head.about[0]), _("cách %(gap).0f pt") % {"gap": gap})


def _names(paper: Paper) -> Sequence[Line]:
    return paper.addressed


def _colon(paper: Paper) -> Iterator[Breach]:
    if paper.addressed and not paper.addressed[0].text.lower().startswith("kính gửi:"):
        yield Breach(at(paper.addressed[0]), paper.addressed[0].text[:30])


def _addressed_list(paper: Paper) -> Iterator[Breach]:
    if len(paper.addressed) < 2:
        return
    first, *rest = paper.addressed
    if len(rest) == 1 and rest[0].text.startswith("-"):
        yield Breach(at(rest[0]), _("một nơi nhận mà xuống dòng"))
        return
    listed_lines = rest if first.text.rstrip(" .:").lower().endswith("kính gửi") else [first, *rest]
    for n, line in enumerate(listed_lines, start=1):
        sign = "." if n == len(listed_lines) else ";"
        if not line.text.startswith("-") and line is not first:
            yield Breach(at(line), _("không có gạch đầu dòng"))
        elif not line.text.endswith(sign):
            yield Breach(at(line), _("cuối dòng thiếu dấu “%(sign)s”") % {"sign": sign})


RULES = (
    Rule("kind.there", "Mục II, khoản 5", gettext_lazy("Có tên loại, hoặc trích yếu “V/v” của công văn"), _there),
    *rules_of(Part("kind", gettext_lazy("Tên loại"), "Mục II, khoản 5b", lambda p: listed(p.kind), (13, 14), bold=True,
                   italic=False, upper=True, align="center")),
    Rule("subject.there", "Mục II, khoản 5", gettext_lazy("Có trích yếu nội dung"), _subject_there),
    *rules_of(Part("subject", gettext_lazy("Trích yếu"), "Mục II, khoản 5b", lambda p: p.subject, (13, 14), bold=True,
                   italic=False, upper=False, align="center")),
    Rule("subject.rule", "Mục II, khoản 5b", gettext_lazy(
        "Dưới trích yếu có đường kẻ ngang, nét liền, dài 1/3–1/2 dòng chữ"), _subject_rule),
    *rules_of(Part("about", gettext_lazy("Trích yếu công văn"), "Mục II, khoản 5b", lambda p: p.head.about, (12, 13),
                   bold=False, italic=False, upper=False, align="center")),
    Rule("about.gap", "Mục II, khoản 5b", gettext_lazy("Trích yếu cách số, ký hiệu 6 pt"), _about_gap),
    *rules_of(Part("addressed", gettext_lazy("Kính gửi"), "Mục II, khoản 9d", _names, (13, 14), bold=False,
                   italic=False)),
    Rule("addressed.colon", "Mục II, khoản 9d", gettext_lazy("Sau từ “Kính gửi” có dấu hai chấm"), _colon),
    Rule("addressed.list", "Mục II, khoản 9d", gettext_lazy(
        "Một nơi: cùng dòng; nhiều nơi: mỗi nơi một dòng, có gạch đầu dòng, dấu chấm phẩy, cuối cùng dấu chấm"),
        _addressed_list),
)  # fmt: skip
