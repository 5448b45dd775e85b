"""The plan and the invitation as values, and their Word files against Decree 30/2020/NĐ-CP."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import prepared, province
from tests.decree_lines import wrong_lines

from tuanhoc.campaigns.documents import (
    Invitation,
    PlanContents,
    addressed_to_each,
    cited_though_stale,
    contents_of,
    form_for,
    invitation,
    left_out,
    named,
    numbered,
    plan,
)
from tuanhoc.campaigns.models import Direction, LegalBasis
from tuanhoc.campaigns.rules import BasisDraft, DutyDraft, PaperForm, PhaseDraft
from tuanhoc.lib.dates import HANOI
from tuanhoc.papers.values import Annex, Letterhead, Letters, OfficialDocument, Paragraph, Style, Table

FORM = PaperForm(
    issuer="Ủy ban nhân dân tỉnh Ninh Thuận", place="Ninh Thuận", symbol="KH-UBND",
    signature=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), signer="Nguyễn Long Biên", recipients=("UBND các huyện", "Lưu: VT"),
)  # fmt: skip
WEEK = PlanContents(
    title="Tuần lễ hưởng ứng học tập suốt đời năm 2022", year=2022,
    starts_on=dt.date(2022, 10, 1), ends_on=dt.date(2022, 10, 7), coordinator="Sở Giáo dục và Đào tạo",
    theme="Thúc đẩy chuyển đổi số", opening_on=dt.date(2022, 10, 1),
    registration_closes_at=dt.datetime(2022, 10, 1, tzinfo=HANOI),
    report_closes_at=dt.datetime(2022, 10, 15, 17, tzinfo=HANOI), report_to="phong@example.vn",
    purpose=("Nâng cao nhận thức của người dân.", "Thiết thực, hiệu quả."),
    bases=(
        BasisDraft("4342/BGDĐT-GDTX", "4342/BGDĐT-GDTX", dt.date(2022, 9, 7), "Bộ Giáo dục và Đào tạo"),
        BasisDraft("07/TT-BTC", "07/2018/TT-BTC", dt.date(2018, 1, 24), "Bộ trưởng Bộ Tài chính", "Đã được thay thế."),
        BasisDraft("4556/KH-UBND", "4556/KH-UBND", dt.date(2021, 8, 31), "Ủy ban nhân dân tỉnh"),
    ),
    phases=(PhaseDraft("Tháng tuyên truyền", dt.date(2022, 9, 1), dt.date(2022, 9, 30)),),
    directions=(("4.a", "Tuyên truyền."), ("4.b", "Triển khai các hoạt động:"), ("4.b.1", "Học tập trực tuyến;")),
    duties=(
        DutyDraft("5.a.1", "Sở Giáo dục và Đào tạo", "Chủ trì.", dt.date(2022, 10, 20)),
        DutyDraft("5.a.2", "Sở Giáo dục và Đào tạo", "Chỉ đạo các cơ sở giáo dục."),
        DutyDraft("5.b", "UBND các huyện, thành phố", "Bố trí kinh phí theo Thông tư số 07/TT-BTC ngày 24/01/2018."),
    ),
)  # fmt: skip
BLANK = Annex(("LỊCH ĐĂNG KÝ HOẠT ĐỘNG",), "", "Đơn vị: ……", Table(("TT", "Ngày"), (15, 150), (("1", "01/10"),)))


def test_the_plan_says_what_the_week_is_in_the_order_of_the_plan_of_2022():
    document = plan(WEEK, form=FORM, annexes=(BLANK,))
    basis, heading, text = Style.BASIS, Style.HEADING, Style.TEXT
    assert [(block.style, block.text) for block in document.body] == [
        (basis, "Thực hiện Công văn số 4342/BGDĐT-GDTX ngày 07 tháng 9 năm 2022 của Bộ Giáo dục và Đào tạo"),
        (basis, "Căn cứ Kế hoạch số 4556/KH-UBND ngày 31 tháng 8 năm 2021 của Ủy ban nhân dân tỉnh"),
        (text, "Ủy ban nhân dân tỉnh Ninh Thuận ban hành Kế hoạch tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022 "
               "(sau đây gọi tắt là Tuần lễ), cụ thể như sau:"),
        (heading, "1. Mục đích, yêu cầu"),
        (text, "Nâng cao nhận thức của người dân."),
        (text, "Thiết thực, hiệu quả."),
        (heading, "2. Chủ đề"),
        (text, "Chủ đề của Tuần lễ: “Thúc đẩy chuyển đổi số”."),
        (heading, "3. Thời gian tổ chức"),
        (text, "Tuần lễ được tổ chức từ ngày 01/10/2022 đến ngày 07/10/2022, trong đó Lễ khai mạc Tuần lễ được tổ chức "
               "vào ngày 01/10/2022."),
        (text, "Các giai đoạn:"),
        (text, "- Tháng tuyên truyền: từ ngày 01/09/2022 đến ngày 30/09/2022."),
        (heading, "4. Nội dung hoạt động"),
        (text, "Các cơ quan, đơn vị tổ chức các hoạt động phù hợp với điều kiện và tình hình thực tế, cụ thể như sau:"),
        (text, "a) Tuyên truyền."),
        (text, "b) Triển khai các hoạt động:"),
        (text, "- Học tập trực tuyến;"),
        (heading, "5. Tổ chức thực hiện"),
        (text, "a) Sở Giáo dục và Đào tạo"),
        (text, "- Chủ trì (chậm nhất ngày 20/10/2022)."),
        (text, "- Chỉ đạo các cơ sở giáo dục."),
        (text, "b) UBND các huyện, thành phố"),
        (text, "Bố trí kinh phí theo Thông tư số 07/TT-BTC ngày 24/01/2018."),
        (text, "Các cơ quan, đơn vị đăng ký lịch hoạt động Tuần lễ (theo mẫu tại Phụ lục) về Sở Giáo dục và Đào tạo "
               "trước ngày 01/10/2022."),
        (text, "Kết thúc Tuần lễ, các cơ quan, đơn vị báo cáo kết quả bằng văn bản về Sở Giáo dục và Đào tạo theo "
               "địa chỉ thư điện tử phong@example.vn trước 17 giờ 00 phút ngày 15/10/2022 để tổng hợp, "
               "báo cáo theo quy định."),
        (text, "Trên đây là Kế hoạch tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022. Đề nghị các cơ quan, đơn vị "
               "liên quan nghiêm túc triển khai thực hiện. Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các cơ "
               "quan, đơn vị phản ánh về Sở Giáo dục và Đào tạo để được hướng dẫn, phối hợp giải quyết./."),
    ]  # fmt: skip
    assert (document.kind, document.subject) == (
        "KẾ HOẠCH", "Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022"
    )  # fmt: skip
    assert document.letterhead == Letterhead(
        "", "Ủy ban nhân dân tỉnh Ninh Thuận", "/KH-UBND", "Ninh Thuận", None, 2022
    )
    assert (document.signature, document.signer, document.recipients) == (
        FORM.signature, "Nguyễn Long Biên", FORM.recipients
    )  # fmt: skip


def test_what_the_week_does_not_say_has_no_heading_and_nothing_is_made_up():
    bare = PlanContents(
        title="Tuần lễ học tập", year=2026, starts_on=dt.date(2026, 10, 1), ends_on=dt.date(2026, 10, 1),
        coordinator="Sở Giáo dục và Đào tạo",
    )  # fmt: skip
    headings = [b.text for b in plan(bare, form=FORM).body if b.style is Style.HEADING]
    assert headings == ["1. Thời gian tổ chức"]
    assert plan(bare, form=FORM).body[2].text == "Tuần lễ được tổ chức trong ngày 01/10/2026."


def test_a_basis_that_no_longer_stands_is_left_out_and_said_so_where_sentences_still_cite_it():
    assert [basis.normalized for basis in left_out(WEEK)] == ["07/2018/TT-BTC"]
    assert [(clause, basis.symbol) for clause, basis in cited_though_stale(WEEK)] == [("5.b", "07/TT-BTC")]


@pytest.mark.parametrize(
    ("symbol", "said"),
    [
        ("1373/QĐ-TTg", "Căn cứ Quyết định số 1373/QĐ-TTg"),
        ("17/2022/TT-BTC", "Căn cứ Thông tư số 17/2022/TT-BTC"),
        ("30/2020/NĐ-CP", "Căn cứ Nghị định số 30/2020/NĐ-CP"),
        ("43/2019/QH14", "Căn cứ Văn bản số 43/2019/QH14"),
        ("12/UBND", "Thực hiện Công văn số 12/UBND"),
        ("11-CT/TW", "Căn cứ Chỉ thị số 11-CT/TW"),
    ],
)
def test_a_basis_is_called_what_its_symbol_says_it_is(symbol, said):
    contents = replace(WEEK, bases=(BasisDraft(symbol, symbol),))
    assert plan(contents, form=FORM).body[0].text == said


def test_points_beyond_the_alphabet_are_dashes():
    many = replace(WEEK, duties=tuple(DutyDraft(f"5.{n}", f"Cơ quan {n}", "Thực hiện.") for n in range(24)))
    texts = [b.text for b in plan(many, form=FORM).body]
    assert texts[texts.index("5. Tổ chức thực hiện") + 1] == "- Cơ quan 0"
    some = replace(WEEK, duties=many.duties[:23])
    assert "y) Cơ quan 22" in [b.text for b in plan(some, form=FORM).body]


def test_number_and_date_stand_in_the_head_and_under_each_annex_once_it_is_signed():
    draft = plan(WEEK, form=FORM, annexes=(BLANK,))
    room = "\u00a0" * 6
    assert draft.annexes[0].attached_to == (
        f"(Kèm theo Kế hoạch số {room}/KH-UBND ngày{room}tháng{room}năm 2022 của Ủy ban nhân dân tỉnh Ninh Thuận)"
    )
    signed = numbered(draft, number="5/KH-UBND", issued_on=dt.date(2022, 9, 5))
    assert named(signed) == "Kế hoạch số 05/KH-UBND ngày 05 tháng 9 năm 2022 của Ủy ban nhân dân tỉnh Ninh Thuận"
    assert signed.annexes[0].attached_to == f"(Kèm theo {named(signed)})"
    assert signed.body == draft.body


def test_the_invitation_says_who_where_and_when_in_the_words_of_form_1_7():
    asked = Invitation(
        held_on=dt.date(2022, 10, 1),
        starts_at=dt.time(7, 30),
        place="Hội trường tỉnh.",
        chaired_by="Lãnh đạo UBND tỉnh",
        content="Khai mạc Tuần lễ; trao học bổng",
        guests=("Lãnh đạo Sở", "Hội Khuyến học tỉnh"),
        notes=("Trang phục gọn",),
    )
    form = replace(FORM, issuer="Sở Giáo dục và Đào tạo", superior="UBND tỉnh Ninh Thuận", symbol="GM-SGDĐT")
    document = invitation(asked, title=WEEK.title, year=2022, form=form)
    assert [block.text for block in document.body] == [
        "Sở Giáo dục và Đào tạo trân trọng kính mời:",
        "- Lãnh đạo Sở;",
        "- Hội Khuyến học tỉnh.",
        "Tới dự Lễ khai mạc Tuần lễ hưởng ứng học tập suốt đời năm 2022.",
        "Nội dung: Khai mạc Tuần lễ; trao học bổng.",
        "Chủ trì: Lãnh đạo UBND tỉnh.",
        "Thời gian: 07 giờ 30 phút, thứ Bảy, ngày 01 tháng 10 năm 2022.",
        "Địa điểm: Hội trường tỉnh.",
        "Trang phục gọn.",
        "Sở Giáo dục và Đào tạo rất mong đại biểu tới dự./.",
    ]
    assert (document.kind, document.letterhead.number) == ("GIẤY MỜI", "/GM-SGDĐT")
    assert document.recipients == ("Như thành phần mời", "UBND các huyện", "Lưu: VT")


def test_what_is_not_known_of_the_ceremony_stays_open_on_paper():
    document = invitation(Invitation(), title=WEEK.title, year=2022, form=FORM)
    room = "." * 40
    assert [block.text for block in document.body][2:5] == [
        f"Chủ trì: {room}",
        "Thời gian: ..... giờ ..... phút, ngày ..... tháng ..... năm .........",
        f"Địa điểm: {room}",
    ]


def test_each_guest_gets_a_letter_of_its_own_with_the_same_words_else():
    one = invitation(Invitation(guests=("A", "B")), title=WEEK.title, year=2022, form=FORM)
    letters = addressed_to_each(one, ["Thư viện tỉnh", "UBND huyện Ninh Sơn"])
    assert [letter.body[0].text for letter in letters.documents] == [
        "Ủy ban nhân dân tỉnh Ninh Thuận trân trọng kính mời: Thư viện tỉnh.",
        "Ủy ban nhân dân tỉnh Ninh Thuận trân trọng kính mời: UBND huyện Ninh Sơn.",
    ]
    assert {letter.body[1:] for letter in letters.documents} == {one.body[3:]}


@pytest.mark.django_db
def test_the_plan_is_the_committees_and_the_letters_are_the_coordinators():
    province()
    campaign = prepared()
    campaign.issuer_name, campaign.issue_number = "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "2108/SGDĐT-GDTX"
    campaign.signature_lines, campaign.signer_name = "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "Nguyễn Văn A"
    head = form_for(campaign, "plan")
    assert head == PaperForm(
        issuer="Ủy ban nhân dân tỉnh Ninh Thuận", place="Ninh Thuận", symbol="KH-UBND", recipients=("Lưu: VT",)
    )
    letter = form_for(campaign, "invitation")
    assert (letter.issuer, letter.symbol, letter.signer) == ("Sở Giáo dục và Đào tạo", "GM-SGDĐT", "Nguyễn Văn A")
    assert form_for(campaign, "reminder").symbol == "SGDĐT-GDTX"


@pytest.mark.django_db
def test_a_weeks_plan_is_told_from_its_rows_in_four_queries(django_assert_num_queries):
    province()
    campaign = prepared()
    LegalBasis.objects.create(campaign=campaign, symbol="1/X", normalized="1/X")
    Direction.objects.create(campaign=campaign, clause="4.a", text="Tuyên truyền.")
    with django_assert_num_queries(4):
        contents = contents_of(campaign, purpose=["Vui."])
    assert (contents.directions, contents.duties, contents.bases, contents.purpose) == (
        [("4.a", "Tuyên truyền.")],
        [DutyDraft("5.đ.1", "UBND các huyện, thành phố", "Xây dựng kế hoạch")],
        [BasisDraft("1/X", "1/X")],
        ("Vui.",),
    )


#: words as they come: long, short, with marks, quotes and signs
words = st.text("aăâđêôơưẤỆỖ “”‘&<>-–,.;:/()\"'0123456789 ", min_size=1, max_size=120).filter(str.strip)
days = st.dates(dt.date(2011, 1, 1), dt.date(2035, 12, 31))
moments = st.datetimes(dt.datetime(2011, 1, 1), dt.datetime(2035, 12, 31)).map(lambda m: m.replace(tzinfo=HANOI))
contents = st.builds(
    PlanContents, title=words, year=st.integers(2011, 2035), starts_on=days, ends_on=days, coordinator=words,
    theme=st.one_of(st.just(""), words), opening_on=st.none() | days, registration_closes_at=st.none() | moments,
    report_closes_at=st.none() | moments, purpose=st.lists(words, max_size=2).map(tuple),
    bases=st.lists(st.builds(BasisDraft, words, words, st.none() | days, words), max_size=3),
    directions=st.lists(st.tuples(st.sampled_from(["4.a", "4.a.1", "x", ""]), words), max_size=4),
    duties=st.lists(st.builds(DutyDraft, st.just("5.a"), words, words, st.none() | days), max_size=4),
)  # fmt: skip
forms = st.builds(
    PaperForm, superior=st.just("") | words, issuer=words, place=words, symbol=st.just("") | st.just("KH-UBND"),
    signature=st.lists(words, max_size=2).map(tuple), signer=st.just("") | words,
    recipients=st.lists(words, max_size=3).map(tuple),
)  # fmt: skip


@given(contents, forms)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_week_gives_a_plan_that_keeps_the_decree(contents, form):
    document = plan(contents, form=form, annexes=(BLANK,))
    assert [type(block) for block in document.body] == [Paragraph] * len(document.body)
    assert wrong_lines(document) == []


INVITED = invitation(
    Invitation(starts_at=dt.time(7)), title=WEEK.title, year=2022, form=replace(FORM, symbol="GM-UBND")
)
SIGNED = numbered(plan(WEEK, form=FORM, annexes=(BLANK,)), number="5/KH-UBND", issued_on=dt.date(2022, 2, 5))


@pytest.mark.parametrize("document", [plan(WEEK, form=FORM, annexes=(BLANK,)), SIGNED, INVITED])
def test_every_line_is_as_the_decree_has_it(document):
    assert wrong_lines(document) == []


def test_letters_to_each_are_each_as_the_decree_has_them():
    letters = addressed_to_each(INVITED, ["Thư viện tỉnh"])
    assert isinstance(letters, Letters)
    assert [wrong_lines(letter) for letter in letters.documents if isinstance(letter, OfficialDocument)] == [[]]
