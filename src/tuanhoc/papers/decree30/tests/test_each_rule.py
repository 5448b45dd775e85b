"""Every rule has a document that keeps it and one that breaks it and nothing else."""

from dataclasses import replace

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as PLACE
from docx.shared import Mm, Pt

from tuanhoc.papers.decree30 import Weight, check
from tuanhoc.papers.decree30.rules import RULES
from tuanhoc.papers.tests.samples import LETTER, REPORT

from .papers import SIGNED, opened, rule_after, saved
from .spoiling import (
    ABOUT,
    BASIS,
    COUNTRY,
    ISSUER,
    LONG,
    MOTTO,
    NUMBER,
    PLACE_LINE,
    RECIPIENT,
    SUPERIOR,
    TITLED,
    align,
    all_caps_off,
    bold,
    boxed,
    close,
    drop,
    gap,
    hang,
    in_arial,
    in_red,
    italic,
    lie,
    lower_label,
    lower_place,
    narrow_column,
    no_rule,
    number_run,
    page,
    page_number_looks,
    pages_go_on,
    paper_size,
    roman_pages,
    say,
    shown_on_page_one,
    size,
    three_lines,
    torn,
    two_bases,
    without_page_number,
)

#: rule -> a good document and what spoils it
BROKEN = {
    "page.size": (SIGNED, paper_size),
    "page.upright": (LETTER, lie),
    "page.top": (SIGNED, page(top_margin=Mm(30))),
    "page.bottom": (SIGNED, page(bottom_margin=Mm(15))),
    "page.left": (SIGNED, page(left_margin=Mm(25))),
    "page.right": (SIGNED, page(right_margin=Mm(25))),
    "font.face": (SIGNED, in_arial),
    "font.colour": (SIGNED, in_red),
    "page_number.there": (SIGNED, without_page_number),
    "page_number.hidden": (SIGNED, shown_on_page_one),
    "page_number.digits": (SIGNED, roman_pages),
    "page_number.size": (SIGNED, page_number_looks(size=Pt(11))),
    "page_number.bold": (SIGNED, page_number_looks(bold=True)),
    "page_number.slant": (SIGNED, page_number_looks(italic=True)),
    "page_number.align": (SIGNED, lambda d: setattr(number_run(d), "alignment", PLACE.RIGHT)),
    "country.text": (LETTER, say(COUNTRY, "CỘNG HÒA XÃ HỘI CHỦ NGHIÃ VIỆT NAM")),
    "country.one_line": (LETTER, narrow_column),
    "country.size": (LETTER, size(COUNTRY, 11)),
    "country.bold": (LETTER, bold(COUNTRY, False)),
    "country.slant": (LETTER, italic(COUNTRY, True)),
    "country.case": (LETTER, say(COUNTRY, "Cộng hòa xã hội chủ nghĩa Việt Nam")),
    "country.align": (LETTER, align(COUNTRY, PLACE.LEFT)),
    "motto.there": (LETTER, lambda d: (drop(MOTTO)(d), no_rule(COUNTRY)(d))),
    "motto.text": (LETTER, say(MOTTO, "Độc lập – Tự do – Hạnh phúc")),
    "motto.rule": (LETTER, no_rule(MOTTO)),
    "motto.size": (
        LETTER,
        lambda d: (
            size(MOTTO, 15)(d),
            setattr(rule_after(d, MOTTO).paragraph_format, "left_indent", Mm(17.5)),
            setattr(rule_after(d, MOTTO).paragraph_format, "right_indent", Mm(17.5)),
        ),
    ),
    "motto.bold": (LETTER, bold(MOTTO, False)),
    "motto.slant": (LETTER, italic(MOTTO, True)),
    "motto.case": (LETTER, say(MOTTO, "Độc Lập - Tự Do - Hạnh Phúc")),
    "motto.align": (LETTER, align(MOTTO, PLACE.RIGHT)),
    "superior.size": (LETTER, size(SUPERIOR, 14)),
    "superior.bold": (LETTER, bold(SUPERIOR, True)),
    "superior.slant": (LETTER, italic(SUPERIOR, True)),
    "superior.case": (LETTER, all_caps_off),
    "superior.align": (LETTER, align(SUPERIOR, PLACE.LEFT)),
    "issuer.size": (LETTER, size(ISSUER, 14)),
    "issuer.bold": (LETTER, bold(ISSUER, False)),
    "issuer.slant": (LETTER, italic(ISSUER, True)),
    "issuer.case": (LETTER, say(ISSUER, "Sở Giáo dục và Đào tạo tỉnh")),
    "issuer.align": (LETTER, align(ISSUER, PLACE.LEFT)),
    "issuer.full": (LETTER, say(ISSUER, "SỞ GD&ĐT TỈNH NINH THUẬN")),
    "issuer.rule": (LETTER, no_rule(ISSUER)),
    "head.borders": (LETTER, boxed),
    "number.there": (SIGNED, drop(NUMBER)),
    "number.colon": (LETTER, say(NUMBER, "Số 05/SGDĐT-GDTX")),
    "number.zero": (LETTER, say(NUMBER, "Số: 5/SGDĐT-GDTX")),
    "number.joined": (LETTER, say(NUMBER, "Số: 05/SGDĐT - GDTX")),
    "number.capitals": (LETTER, say(NUMBER, "Số: 05/SGDĐT-gdtx")),
    "number.kind": (SIGNED, say(NUMBER, "Số: 05/KH-UBND")),
    "number.size": (LETTER, size(NUMBER, 14)),
    "number.bold": (LETTER, bold(NUMBER, True)),
    "number.slant": (LETTER, italic(NUMBER, True)),
    "number.align": (LETTER, align(NUMBER, PLACE.LEFT)),
    "place.there": (LETTER, drop(PLACE_LINE)),
    "place.form": (LETTER, say(PLACE_LINE, "Ninh Thuận ngày 05 tháng 9 năm 2022")),
    "place.zeros": (LETTER, say(PLACE_LINE, "Ninh Thuận, ngày 05 tháng 09 năm 2022")),
    "place.level": (LETTER, lower_place),
    "place.size": (LETTER, size(PLACE_LINE, 12)),
    "place.bold": (LETTER, bold(PLACE_LINE, True)),
    "place.slant": (LETTER, italic(PLACE_LINE, False)),
    "place.align": (LETTER, align(PLACE_LINE, PLACE.RIGHT)),
    "kind.size": (SIGNED, size("BÁO CÁO", 16)),
    "kind.bold": (SIGNED, bold("BÁO CÁO", False)),
    "kind.slant": (SIGNED, italic("BÁO CÁO", True)),
    "kind.case": (SIGNED, say("BÁO CÁO", "Báo cáo")),
    "kind.align": (SIGNED, align("BÁO CÁO", PLACE.LEFT)),
    "subject.there": (LETTER, drop(ABOUT)),
    "subject.size": (SIGNED, size(TITLED, 12)),
    "subject.bold": (SIGNED, bold(TITLED, False)),
    "subject.slant": (SIGNED, italic(TITLED, True)),
    "subject.case": (SIGNED, say(TITLED, "KẾT QUẢ TỔ CHỨC TUẦN LỄ HỌC TẬP SUỐT ĐỜI")),
    "subject.rule": (SIGNED, no_rule(TITLED)),
    "about.size": (LETTER, size(ABOUT, 14)),
    "about.bold": (LETTER, bold(ABOUT, True)),
    "about.slant": (LETTER, italic(ABOUT, True)),
    "about.case": (LETTER, say(ABOUT, "V/V LỊCH HOẠT ĐỘNG")),
    "about.align": (LETTER, align(ABOUT, PLACE.LEFT)),
    "about.gap": (LETTER, gap(ABOUT, 0)),
    "addressed.size": (LETTER, size("Kính gửi", 12)),
    "addressed.bold": (LETTER, bold("Kính gửi", True)),
    "addressed.slant": (LETTER, italic("Kính gửi", True)),
    "addressed.colon": (LETTER, say("Kính gửi", "Kính gửi")),
    "addressed.list": (LETTER, say("- Các sở, ban", "- Các sở, ban, ngành")),
    "basis.size": (SIGNED, size(BASIS, 12)),
    "basis.slant": (SIGNED, italic(BASIS, False)),
    "basis.ends": (SIGNED, say(BASIS, "Căn cứ Kế hoạch số 4556/KH-UBND;")),
    "basis.lines": (SIGNED, two_bases),
    "body.size": (SIGNED, size(LONG, 12)),
    "body.slant": (SIGNED, italic(LONG, True)),
    "body.justified": (SIGNED, align(LONG, PLACE.LEFT)),
    "body.indent": (SIGNED, hang),
    "body.gap": (SIGNED, close),
    "body.spacing": (SIGNED, three_lines),
    "part.bold": (SIGNED, bold("I. KẾT QUẢ", False)),
    "part.case": (SIGNED, say("I. KẾT QUẢ", "I. Kết quả")),
    "part.order": (SIGNED, say("II. KIẾN", "III. KIẾN NGHỊ")),
    "heading.bold": (SIGNED, bold("1. Hoạt", False)),
    "point.bold": (SIGNED, bold("b) Có", True)),
    "point.order": (SIGNED, say("b) Có", "c) Có 12 buổi.")),
    "authority.size": (SIGNED, size("KT. CHỦ TỊCH", 12)),
    "authority.bold": (SIGNED, bold("KT. CHỦ TỊCH", False)),
    "authority.slant": (SIGNED, italic("KT. CHỦ TỊCH", True)),
    "authority.case": (SIGNED, say("KT. CHỦ TỊCH", "KT. Chủ tịch")),
    "authority.stops": (SIGNED, say("KT. CHỦ TỊCH", "KT CHỦ TỊCH")),
    "authority.deputy": (LETTER, say("KT. GIÁM ĐỐC", "SỞ GIÁO DỤC")),
    "authority.position": (SIGNED, drop("PHÓ CHỦ TỊCH")),
    "signer.size": (SIGNED, size("Trần Thị B", 12)),
    "signer.bold": (SIGNED, bold("Trần Thị B", False)),
    "signer.slant": (SIGNED, italic("Trần Thị B", True)),
    "signer.case": (SIGNED, say("Trần Thị B", "TRẦN THỊ B")),
    "signer.title": (SIGNED, say("Trần Thị B", "TS. Trần Thị B")),
    "recipients.text": (SIGNED, say("Nơi nhận:", "Nơi nhận")),
    "recipients_label.size": (SIGNED, size("Nơi nhận:", 13)),
    "recipients_label.bold": (SIGNED, bold("Nơi nhận:", False)),
    "recipients_label.slant": (SIGNED, italic("Nơi nhận:", False)),
    "recipients_label.align": (SIGNED, align("Nơi nhận:", PLACE.CENTER)),
    "recipients.size": (SIGNED, size(RECIPIENT, 13)),
    "recipients.bold": (SIGNED, bold(RECIPIENT, True)),
    "recipients.slant": (SIGNED, italic(RECIPIENT, True)),
    "recipients.dashes": (SIGNED, say(RECIPIENT, "Bộ GDĐT (b/c);")),
    "recipients.ends": (SIGNED, say("- Lưu", "- Lưu: VT")),
    "recipients.first": (LETTER, drop("- Như trên")),
    "recipients.last": (SIGNED, say("- Lưu", "- UBND các xã.")),
    "recipients.level": (SIGNED, lower_label),
    "annex.there": (replace(LETTER, annexes=LETTER.annexes[:1]), drop("Phụ lục")),
    "annex.size": (LETTER, size("Phụ lục I", 13)),
    "annex.bold": (LETTER, bold("Phụ lục I", False)),
    "annex.slant": (LETTER, italic("Phụ lục I", True)),
    "annex.case": (LETTER, say("Phụ lục I", "PHỤ LỤC I")),
    "annex.align": (LETTER, align("Phụ lục I", PLACE.LEFT)),
    "annex.numbers": (LETTER, say("Phụ lục II", "Phụ lục 2")),
    "annex_title.size": (LETTER, size("LỊCH HOẠT ĐỘNG", 16)),
    "annex_title.bold": (LETTER, bold("LỊCH HOẠT ĐỘNG", False)),
    "annex_title.slant": (LETTER, italic("LỊCH HOẠT ĐỘNG", True)),
    "annex_title.case": (LETTER, say("LỊCH HOẠT ĐỘNG", "Lịch hoạt động")),
    "attached.there": (LETTER, drop("(Kèm theo")),
    "attached.size": (LETTER, size("(Kèm theo", 12)),
    "attached.slant": (LETTER, italic("(Kèm theo", False)),
    "attached.align": (LETTER, align("(Kèm theo", PLACE.LEFT)),
    "annex.pages": (LETTER, pages_go_on),
    "ending.together": (SIGNED, torn),
}
#: whether a numbered line is a title the file does not tell; a torn signature the decree does not speak of
NOT_CERTAIN = {"heading.bold": Weight.UNSURE, "ending.together": Weight.ADVICE}
#: what cannot be broken alone: without the country's name there is no letterhead to look at, without its table no
#: signature; a title that is not in the middle is not known to be one
TOGETHER = {
    "country.there", "issuer.there", "kind.there", "subject.align", "annex_title.align", "authority.there",
    "recipients.there", "part.slant",
}  # fmt: skip


def test_every_rule_is_tried():
    assert sorted({rule.code for rule in RULES} - set(BROKEN) - TOGETHER) == []
    assert sorted(set(BROKEN) - {rule.code for rule in RULES}) == []
    assert len({rule.code for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("document", [LETTER, REPORT, SIGNED, LETTER.annexes[0]])
def test_a_good_document_breaks_nothing(document):
    assert check(saved(opened(document))) == ()


@pytest.mark.parametrize("rule", BROKEN)
def test_a_document_that_breaks_one_rule_is_told_that_one(rule):
    document, spoil = BROKEN[rule]
    spoiled = opened(document)
    spoil(spoiled)
    found = check(saved(spoiled))
    assert [finding.rule for finding in found] == [rule], found
    assert found[0].weight is NOT_CERTAIN.get(rule, Weight.BROKEN)
    assert found[0].where
    assert found[0].said
    assert found[0].clause.startswith("Mục ")


def test_a_document_without_a_letterhead_is_told_so_once():
    bare = opened(SIGNED)
    bare.element.body.remove(bare.tables[0]._tbl)
    assert [f.rule for f in check(saved(bare))] == ["country.there"]


def test_a_document_nobody_signed_is_told_so():
    bare = opened(SIGNED)
    bare.element.body.remove(bare.tables[-1]._tbl)
    assert [f.rule for f in check(saved(bare))] == ["authority.there", "recipients.there"]


def test_places_of_one_rule_are_told_once_with_their_number():
    small = opened(SIGNED)
    for begins in ("Các cơ quan", "a) Có", "b) Có", "Trên đây", "1. Hoạt"):
        size(begins, 12)(small)
    (finding,) = check(saved(small))
    assert (finding.rule, len(finding.places)) == ("body.size", 5)
    assert finding.where.endswith("và 2 chỗ khác")
