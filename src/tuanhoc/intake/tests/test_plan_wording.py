"""Deadlines, days and themes in the words different offices use."""

import time

import pytest

from tuanhoc.intake.plan import as_json, read_plan

from .plan_papers import written

HEAD = "KẾ HOẠCH\nTổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022\n"


def said(text: str) -> dict[str, object]:
    return as_json(read_plan(written(HEAD + text)))


def asked(sentence: str) -> tuple[object, object]:
    body = "1. Thời gian\nTuần lễ diễn ra từ ngày 01/10 đến ngày 07/10/2022.\n2. Tổ chức thực hiện\n"
    answer = said(f"{body}a) Sở Giáo dục và Đào tạo\n- Chủ trì.\n{sentence}\n")
    return answer["registration_closes_at"], answer["report_closes_at"]


@pytest.mark.parametrize(
    ("sentence", "closes_at"),
    [
        ("Đăng ký lịch hoạt động về Sở trước ngày 01/10/2022.", "2022-10-01T00:00"),
        ("Các đơn vị đăng kí lịch hoạt động trước 01/10.", "2022-10-01T00:00"),
        ("Trước ngày 01/10/2022, các đơn vị gửi lịch hoạt động về Sở.", "2022-10-01T00:00"),
        ("Đăng ký lịch hoạt động chậm nhất là ngày 30/9.", "2022-10-01T00:00"),
        ("Đăng ký lịch hoạt động chậm nhất trước ngày 30/9.", "2022-09-30T00:00"),
        ("Thời hạn đăng ký: hết ngày 30 tháng 9 năm 2022.", "2022-10-01T00:00"),
        ("Hạn cuối đăng ký lịch hoạt động: 30/9/2022.", "2022-10-01T00:00"),
        ("Đăng ký lịch hoạt động không muộn hơn ngày 28.9.2022.", "2022-09-29T00:00"),
        ("Đăng ký lịch hoạt động trước 16 giờ 30 phút, ngày 28/9/2022.", "2022-09-28T16:30"),
        ("Gửi đăng ký lịch hoạt động trước 17h00 thứ Tư, ngày 28/9/2022.", "2022-09-28T17:00"),
        ("Thời gian đăng ký: từ 20/9/2022 đến 17h00 ngày 28/9/2022.", "2022-09-28T17:00"),
        ("Lịch đăng ký hoạt động gửi trước 23h59 ngày 30/9/2022.", "2022-10-01T00:00"),
        ("Đăng ký lịch trước 24h00 ngày 30/9.", "2022-10-01T00:00"),
        ("Đề nghị gửi lịch đăng ký về Sở. Thời gian trước ngày 01/10/2022.", "2022-10-01T00:00"),
    ],
)
def test_a_registration_closes_at_the_first_moment_too_late(sentence, closes_at):
    assert asked(sentence) == (f"{closes_at}:00+07:00", None)


@pytest.mark.parametrize(
    "sentence",
    [
        "Đăng ký lịch hoạt động trước ngày 1-10-2022 và báo cáo kết quả trước ngày 15-10-2022.",
        "Báo cáo kết quả trước ngày 15/10/2022; đăng ký lịch trước 01/10/2022.",
    ],
)
def test_two_deadlines_in_one_sentence_are_told_apart(sentence):
    assert asked(sentence) == ("2022-10-01T00:00:00+07:00", "2022-10-15T00:00:00+07:00")


@pytest.mark.parametrize(
    "sentence",
    [
        "Đăng ký dự thi cuộc thi tìm hiểu trước ngày 20/9.",
        "Sở GDĐT tổng hợp, báo cáo Bộ GDĐT trước ngày 25/10/2022.",
        "Đăng ký lịch hoạt động và báo cáo kết quả theo quy định.",
        "Báo cáo kết quả sau khi kết thúc Tuần lễ, trước ngày 31/02/2022.",
    ],
)
def test_other_dates_are_no_deadline_of_the_units(sentence):
    assert asked(sentence) == (None, None)


def test_the_annex_names_the_deadline_where_the_body_is_silent():
    annex = "Nơi nhận:\n- Lưu: VT.\nLỊCH ĐĂNG KÝ HOẠT ĐỘNG\n(Nộp về Sở GDĐT trước ngày 01/10/2022.)"
    assert said(f"1. Mục đích\nNâng cao nhận thức.\n{annex}")["registration_closes_at"] == "2022-10-01T00:00:00+07:00"


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("Tuần lễ tổ chức từ 01/10/2022-07/10/2022.", "2022-10-01", "2022-10-07"),
        ("Từ ngày 30/9 đến ngày 06/10/2022", "2022-09-30", "2022-10-06"),
        ("Thời gian: 01 - 07/10/2022", "2022-10-01", "2022-10-07"),
        ("Từ ngày 02 đến ngày 08 tháng 10 năm 2022", "2022-10-02", "2022-10-08"),
        ("Từ thứ Bảy, ngày 01/10 đến thứ Sáu, ngày 07/10/2022", "2022-10-01", "2022-10-07"),
        ("Từ ngày 01/10/2022 (thứ Bảy) đến hết ngày 07/10/2022.", "2022-10-01", "2022-10-07"),
        ("Tuần lễ được tổ chức trong 01 tuần, bắt đầu từ ngày 01/10/2022", "2022-10-01", "2022-10-07"),
        ("Trong 7 ngày, từ 1/10", "2022-10-01", "2022-10-07"),
        ("Tuần đầu tháng 10 năm 2022", None, None),
    ],
)
def test_the_days_of_the_week_as_offices_write_them(words, first, last):
    answer = said(f"II. THỜI GIAN, ĐỊA ĐIỂM\n{words}")
    assert (answer["starts_on"], answer["ends_on"]) == (first, last)


@pytest.mark.parametrize(
    ("words", "theme"),
    [
        ("1. Chủ đề: “Học suốt đời”.", "Học suốt đời"),
        ("2. Chủ đề\nChủ đề của Tuần lễ là ”Học suốt đời”.", "Học suốt đời"),
        ("2. Chủ đề năm 2022: ''Học suốt đời cùng nhau''", "Học suốt đời cùng nhau"),
        ("II. CHỦ ĐỀ\nHỌC TẬP SUỐT ĐỜI VÌ TƯƠNG LAI", "HỌC TẬP SUỐT ĐỜI VÌ TƯƠNG LAI"),
        ("I. CHUNG\nTuần lễ có chủ đề: Học để biết, học để làm.", "Học để biết, học để làm"),
        (
            "I. CHUNG\nTuần lễ với chủ đề HỌC ĐỂ LÀM CHỦ TRI THỨC SỐ, trong tháng 10.",
            "HỌC ĐỂ LÀM CHỦ TRI THỨC SỐ",
        ),
        ("II. CHỦ ĐỀ, THỜI GIAN\n- Chủ đề: Học để làm chủ.\n- Thời gian: từ 01/10 đến 07/10/2022.", "Học để làm chủ"),
        ("2. Chủ đề\nTheo hướng dẫn của Bộ Giáo dục và Đào tạo.", None),
        ("2. Chủ đề\nGắn với “Đề án xây dựng xã hội học tập giai đoạn 2021-2030”.", None),
    ],
)
def test_the_theme_with_or_without_quotation_marks(words, theme):
    assert said(words)["theme"] == theme


def test_a_stale_basis_is_stale_only_for_plans_after_its_end():
    line = "Thực hiện Thông tư số 07/TT-BTC ngày 24/01/2018 của Bộ Tài chính về kinh phí."
    of_2019 = as_json(read_plan(written(f"KẾ HOẠCH\nTổ chức Tuần lễ năm 2019\n{line}")))
    assert of_2019["legal_bases"] == [
        {
            "symbol": "07/TT-BTC",
            "normalized": "07/2018/TT-BTC",
            "date": "2018-01-24",
            "issuer": "Bộ Tài chính",
            "stale": None,
        }
    ]
    (of_2022,) = said(line)["legal_bases"]
    assert of_2022["stale"] == "07/2018/TT-BTC đã được thay thế bằng Thông tư 17/2022/TT-BTC từ năm 2022."


def test_a_sentence_whose_verb_we_do_not_know_is_still_a_duty():
    duties = said("5. Tổ chức thực hiện\na) Các trường nhân rộng mô hình thư viện mở.")["duties"]
    assert [(d["clause"], d["text"]) for d in duties] == [("5.a", "Các trường nhân rộng mô hình thư viện mở.")]


@pytest.mark.parametrize(
    ("clause", "unit", "text"),
    [
        ("Sở Y tế triển khai tư vấn sức khỏe.", "Sở Y tế", "triển khai tư vấn sức khỏe."),
        ("Báo và Đài tỉnh đưa tin về Tuần lễ.", "Báo và Đài tỉnh", "đưa tin về Tuần lễ."),
        ("Đề nghị Tỉnh đoàn tham dự lễ khai mạc.", "Tỉnh đoàn", "tham dự lễ khai mạc."),
        ("Các cơ quan, tổ chức khuyến khích người lao động tự học.", "Các cơ quan, tổ chức", None),
        ("Hội Khuyến học tỉnh: vận động hội viên.", "Hội Khuyến học tỉnh", "vận động hội viên."),
        ("Tổ chức hội thảo về học tập suốt đời.", None, "Tổ chức hội thảo về học tập suốt đời."),
    ],
)
def test_a_duty_in_running_text_names_its_unit_as_written(clause, unit, text):
    (duty,) = said(f"5. Tổ chức thực hiện\na) {clause}")["duties"]
    assert (duty["unit"], duty["text"]) == (unit, text or "khuyến khích người lao động tự học.")


def test_a_paragraph_between_two_bullets_continues_the_first():
    duties = said("5. Tổ chức thực hiện\na) Sở Y tế\n- Tư vấn.\nMỗi huyện một điểm.\n- Khám bệnh.\nLời kết chung.")[
        "duties"
    ]
    assert [d["text"] for d in duties] == ["Tư vấn.\nMỗi huyện một điểm.", "Khám bệnh."]


def test_a_period_for_signing_up_is_not_the_week():
    answer = said("3. Thời gian\nThời gian đăng ký tham gia Tuần lễ từ ngày 20/9 đến ngày 26/9/2022.")
    assert (answer["starts_on"], answer["ends_on"]) == (None, None)


def test_a_paragraph_of_nothing_but_days_does_not_hold_the_reader_up():
    started = time.process_time()
    said("từ 01/10 đến " * 8000)
    assert time.process_time() - started < 5  # 0.2 s where it takes time in proportion, 20 s where in its square


@pytest.mark.parametrize(
    ("sentence", "closes_at"),
    [
        ("Báo cáo kết quả về Sở Giáo dục và Đào tạo từ ngày 08/10 đến hết ngày 12/10/2022.", "2022-10-13T00:00"),
        (
            "Các đơn vị gửi báo cáo kết quả trước ngày 09/10/2022 về Sở Giáo dục và Đào tạo để tổng hợp, báo cáo "
            "UBND tỉnh trước ngày 15/10/2022.",
            "2022-10-09T00:00",
        ),
        ("Gửi báo cáo tổng kết về Sở trước 5 giờ chiều ngày 14/10/22.", "2022-10-14T17:00"),
        ("Gửi báo cáo tổng kết về Sở chậm nhất 17h00' ngày 14/10/2022.", "2022-10-14T17:00"),
        ("Gửi báo cáo tổng kết về Sở trước ngày 14-10.", "2022-10-14T00:00"),
        ("Sở Giáo dục và Đào tạo báo cáo Bộ trước ngày 20/10/2022.", None),
        ("Báo cáo kết quả cuộc thi trước ngày 02/10/2022.", None),
    ],
)
def test_a_report_is_due_at_the_units_own_deadline(sentence, closes_at):
    assert asked(sentence) == (None, closes_at and f"{closes_at}:00+07:00")


@pytest.mark.parametrize(
    ("sentence", "closes_at"),
    [
        ("Báo cáo kết quả chậm nhất 05 ngày sau khi kết thúc Tuần lễ.", "2022-10-13T00:00"),
        ("Gửi báo cáo kết quả về Sở trong vòng 03 ngày kể từ ngày bế mạc Tuần lễ.", "2022-10-11T00:00"),
        # 07/10/2022 is a Friday: the third working day after it is Wednesday the 12th
        ("Báo cáo kết quả chậm nhất 03 ngày làm việc sau khi kết thúc Tuần lễ.", "2022-10-13T00:00"),
        ("Báo cáo kết quả chậm nhất ba ngày sau khi kết thúc các hoạt động Tuần lễ.", "2022-10-11T00:00"),
        ("Báo cáo kết quả sau khi kết thúc Tuần lễ.", None),
        ("Thu dọn pa nô trong 03 ngày sau khi kết thúc Tuần lễ.", None),
    ],
)
def test_a_report_is_due_so_many_days_after_the_week(sentence, closes_at):
    assert asked(sentence) == (None, closes_at and f"{closes_at}:00+07:00")


def test_days_after_a_week_that_the_plan_does_not_tell_say_nothing():
    assert said("1. Báo cáo kết quả chậm nhất 05 ngày sau khi kết thúc Tuần lễ.")["report_closes_at"] is None


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Từ 0 giờ ngày 01/10 đến 24 giờ ngày 07/10/2022", ("2022-10-01", "2022-10-07", None)),
        ("Từ mùng 1 đến mùng 7 tháng 10 năm 2022", ("2022-10-01", "2022-10-07", None)),
        ("Từ thứ Bảy (01/10) đến thứ Sáu (07/10/2022)", ("2022-10-01", "2022-10-07", None)),
        ("Bắt đầu từ ngày 01/10 và kết thúc vào ngày 07/10/2022", ("2022-10-01", "2022-10-07", None)),
        ("Khai mạc ngày 01/10 và bế mạc ngày 07/10/2022.", ("2022-10-01", "2022-10-07", "2022-10-01")),
        ("Cuộc thi diễn ra từ ngày 15/9/2022 đến ngày 30/9/2022.", (None, None, None)),
        ("Lễ phát động cấp tỉnh: 8h00 ngày 01/10/2022.", (None, None, "2022-10-01")),
        ("Lễ phát động cuộc thi: ngày 20/9/2022.", (None, None, None)),
    ],
)
def test_the_days_of_the_week_and_of_nothing_else(words, days):
    answer = said(f"II. THỜI GIAN\n{words}")
    assert (answer["starts_on"], answer["ends_on"], answer["opening_on"]) == days


@pytest.mark.parametrize(
    "words",
    [
        "1. Chủ đề: Do Bộ Giáo dục và Đào tạo quy định.",
        "1. Chủ đề: Theo chủ đề của Bộ Giáo dục và Đào tạo.",
        "1. Nội dung\nTổ chức cuộc thi viết với chủ đề “Gương sáng quanh em”.",
        "1. Mục đích\nGắn với chủ đề năm học “Đoàn kết, sáng tạo”.",
    ],
)
def test_a_theme_of_something_else_is_not_the_weeks(words):
    assert said(words)["theme"] is None


def test_an_address_for_difficulties_is_not_where_reports_go():
    words = "Có vướng mắc, các đơn vị báo cáo về Sở (điện thoại 0292; email: so@cantho.gov.vn)."
    assert said(f"1. Mục đích\nNâng cao nhận thức.\n{words}")["report_to"] is None


def test_two_documents_of_one_issuer():
    line = "Căn cứ Quyết định số 387/QĐ-TTg ngày 25/3/2022 và Quyết định số 677/QĐ-TTg của Thủ tướng Chính phủ;"
    assert [(b["symbol"], b["issuer"]) for b in said(line)["legal_bases"]] == [
        ("387/QĐ-TTg", "Thủ tướng Chính phủ"),
        ("677/QĐ-TTg", "Thủ tướng Chính phủ"),
    ]
