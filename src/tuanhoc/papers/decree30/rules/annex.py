"""Annexes (Phụ lục I, Phần I, Mục III, khoản 1)."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tuanhoc.lib.numbers import roman
from tuanhoc.lib.text import fold
from tuanhoc.papers.decree30.anatomy import Paper, words
from tuanhoc.papers.decree30.reading import Line

from .base import Breach, Part, Rule, at, rules_of


def _labels(paper: Paper) -> Sequence[Line]:
    return [annex.label for annex in paper.annexes if annex.label is not None]


def _titles(paper: Paper) -> Sequence[Line]:
    return [line for annex in paper.annexes for line in annex.title]


def _attached(paper: Paper) -> Sequence[Line]:
    return [line for annex in paper.annexes for line in annex.attached]


def _labelled(paper: Paper) -> Iterator[Breach]:
    for annex in paper.annexes:
        if annex.label is None and not paper.is_annex_alone:
            first = (*annex.title, *annex.attached)[0]
            yield Breach(at(first), _("không có dòng “Phụ lục”"))


def _numbered(paper: Paper) -> Iterator[Breach]:
    labels = _labels(paper)
    if len(paper.annexes) < 2:
        return
    for n, label in enumerate(labels, start=1):
        found = words.ANNEX.match(fold(label.text))
        if found and (found[1] or "").upper() != roman(n):
            yield Breach(at(label), label.text)


def _attached_there(paper: Paper) -> Iterator[Breach]:
    for annex in paper.annexes:
        if not annex.attached and annex.label is not None:
            yield Breach(at(annex.label), _("không có dòng “(Kèm theo …)”"))


def _pages(paper: Paper) -> Iterator[Breach]:
    if paper.is_annex_alone:
        return
    for annex in paper.annexes:
        line = annex.label or annex.title[0] if annex.label or annex.title else None
        if line is None:
            continue
        if not annex.begins_section:
            yield Breach(at(line), _("phụ lục chung phần với văn bản, số trang chạy tiếp"))
        elif paper.sheet.sections[annex.section].starts_at != 1:
            yield Breach(at(line), _("số trang không bắt đầu lại từ 1"))


RULES = (
    Rule("annex.there", "Mục III, khoản 1b", gettext_lazy("Từ “Phụ lục” thành một dòng riêng"), _labelled),
    *rules_of(Part("annex", gettext_lazy("Từ “Phụ lục” và số thứ tự"), "Mục III, khoản 1b", _labels, (14, 14),
                   bold=True, italic=False, upper=False, align="center")),
    Rule("annex.numbers", "Mục III, khoản 1a", gettext_lazy(
        "Từ hai phụ lục trở lên: đánh số thứ tự bằng chữ số La Mã"), _numbered),
    *rules_of(Part("annex_title", gettext_lazy("Tên phụ lục"), "Mục III, khoản 1b", _titles, (13, 14), bold=True,
                   italic=False, upper=True, align="center")),
    Rule("attached.there", "Mục III, khoản 1c", gettext_lazy("Có dòng chỉ dẫn “(Kèm theo …)”"), _attached_there),
    *rules_of(Part("attached", gettext_lazy("Dòng “(Kèm theo …)”"), "Mục III, khoản 1c", _attached, (13, 14),
                   italic=True, align="center")),
    Rule("annex.pages", "Mục III, khoản 1đ", gettext_lazy("Số trang của phụ lục đánh riêng từ 1"), _pages),
)  # fmt: skip
