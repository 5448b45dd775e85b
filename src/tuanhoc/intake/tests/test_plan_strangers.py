"""What plans of strangers taught: each of these once misled the reader."""

import time

import pytest

from tuanhoc.intake.plan import as_json, read_plan

from .plan_papers import written

HEAD = "KẾ HOẠCH\nTổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2026\n"


def said(text: str, head: str = HEAD) -> dict[str, object]:
    return as_json(read_plan(written(head + text)))


def test_a_theme_on_the_line_under_the_title_is_not_part_of_the_title():
    answer = said("Chủ đề: “Học để làm chủ công nghệ”\nỦy ban nhân dân tỉnh ban hành Kế hoạch như sau:\n")
    assert (answer["title"], answer["theme"]) == (
        "Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2026",
        "Học để làm chủ công nghệ",
    )


def test_a_theme_yet_to_be_announced_is_not_looked_for_in_the_next_point():
    answer = said(
        "II. CHỦ ĐỀ VÀ THỜI GIAN\n1. Chủ đề: theo hướng dẫn của Bộ Giáo dục và Đào tạo (sẽ thông báo sau).\n"
        "2. Thời gian: từ thứ Năm ngày 01/10/2026 đến thứ Tư ngày 07/10/2026.\n"
    )
    assert (answer["theme"], answer["starts_on"], answer["ends_on"]) == (None, "2026-10-01", "2026-10-07")


def test_a_province_that_chose_among_the_themes_offered_has_the_one_it_chose():
    answer = said(
        "2. Chủ đề\nTrong các chủ đề Bộ gợi ý (“Học suốt đời”; “Đọc theo gương Bác”), "
        "tỉnh Hòa Bình lựa chọn chủ đề: “Đọc theo gương Bác”.\n"
    )
    assert answer["theme"] == "Đọc theo gương Bác"


def test_the_week_of_last_year_looked_back_upon_is_not_this_years():
    answer = said(
        "1. Mục đích\nTiếp nối Tuần lễ năm 2025 (từ ngày 01/10/2025 đến ngày 07/10/2025).\n"
        "2. Thời gian\nTuần lễ diễn ra từ ngày 05/10/2026 đến ngày 11/10/2026.\n"
    )
    assert (answer["starts_on"], answer["ends_on"]) == ("2026-10-05", "2026-10-11")


@pytest.mark.parametrize("words", ["là hạn cuối", "là thời hạn cuối cùng", "là hạn chót", "là ngày cuối cùng"])
def test_a_day_may_be_called_the_last_after_it_is_named(words):
    answer = said(
        f"1. Tổ chức thực hiện\na) UBND các xã\n- Báo cáo kết quả về Sở Giáo dục và Đào tạo, ngày 20/10/2026 {words}.\n"
    )
    assert answer["report_closes_at"] == "2026-10-21T00:00:00+07:00"
    assert [duty["due_on"] for duty in answer["duties"]] == ["2026-10-20"]


def test_an_issuer_ends_where_the_next_document_begins():
    answer = said(
        "Thực hiện Quyết định số 1373/QĐ-TTg ngày 30/7/2021 của Thủ tướng Chính phủ và Công văn số "
        "5201/BGDĐT-GDTX ngày 09/9/2024 của Bộ Giáo dục và Đào tạo, UBND tỉnh ban hành kế hoạch:\n"
    )
    assert [basis["issuer"] for basis in answer["legal_bases"]] == ["Thủ tướng Chính phủ", "Bộ Giáo dục và Đào tạo"]


def test_the_office_of_continuing_education_keeps_its_whole_name():
    answer = said("V. TỔ CHỨC THỰC HIỆN\n1. Phòng Giáo dục thường xuyên - Chuyên nghiệp\n- Tổng hợp.\n")
    assert [(d["clause"], d["unit"]) for d in answer["duties"]] == [
        ("V.1.1", "Phòng Giáo dục thường xuyên - Chuyên nghiệp"),
    ]


@pytest.mark.parametrize(
    ("symbol", "signed", "plan_made", "stale"),
    [
        ("77/2015/QH13", "19/6/2015", "18 tháng 9 năm 2024", False),
        ("77/2015/QH13", "19/6/2015", "18 tháng 9 năm 2025", True),
        ("65/2025/QH15", "19/02/2025", "18 tháng 9 năm 2025", True),
        ("72/2025/QH15", "16/6/2025", "18 tháng 9 năm 2026", False),
        ("110/2004/NĐ-CP", "08/4/2004", "10 tháng 9 năm 2019", False),
        ("110/2004/NĐ-CP", "08/4/2004", "21 tháng 9 năm 2020", True),
    ],
)
def test_a_law_is_stale_from_the_day_another_took_its_place(symbol, signed, plan_made, stale):
    head = f"UBND TỈNH A\nA, ngày {plan_made}\nKẾ HOẠCH\nTổ chức Tuần lễ hưởng ứng học tập suốt đời\n"
    (basis,) = said(f"Căn cứ văn bản số {symbol} ngày {signed};\nUBND tỉnh ban hành:\n", head)["legal_bases"]
    assert (basis["symbol"], basis["stale"] is not None) == (symbol, stale)


def test_a_subject_begun_with_v_slash_v_is_not_clause_five():
    answer = said(
        "1. Tổ chức thực hiện\na) Sở Tài chính\n- Bố trí kinh phí.\n", "KẾ HOẠCH\nV/v tổ chức Tuần lễ năm 2026\n"
    )
    assert answer["title"] == "V/v tổ chức Tuần lễ năm 2026"
    assert [duty["clause"] for duty in answer["duties"]] == ["1.a.1"]


def test_an_issuer_may_be_named_before_its_documents():
    answer = said(
        "Căn cứ các Quyết định của Thủ tướng Chính phủ: số 1373/QĐ-TTg ngày 30/7/2021, số 387/QĐ-TTg ngày 25/3/2022;\n"
    )
    assert [basis["issuer"] for basis in answer["legal_bases"]] == ["Thủ tướng Chính phủ"] * 2


@pytest.mark.parametrize("words", ["7 ngày, kể từ ngày 01 tháng 10", "01 tuần, bắt đầu từ ngày 01/10"])
def test_a_week_may_be_its_length_and_first_day(words):
    answer = said(f"2. Thời gian tổ chức Tuần lễ: {words} năm 2026.\n")
    assert (answer["starts_on"], answer["ends_on"]) == ("2026-10-01", "2026-10-07")


def test_a_report_to_a_district_through_its_office_is_the_units_own():
    answer = said(
        "1. Tổ chức thực hiện\na) Công an thành phố\n- Bảo đảm trật tự.\nKết thúc Tuần lễ, các đơn vị báo cáo kết quả "
        "về Ủy ban nhân dân thành phố (qua Phòng Giáo dục và Đào tạo) trong ngày 10 tháng 10 năm 2026.\n"
    )
    assert answer["report_closes_at"] == "2026-10-11T00:00:00+07:00"


def test_the_day_for_a_copy_of_a_units_plan_is_neither_of_the_two_deadlines():
    answer = said(
        "1. Tổ chức thực hiện\na) Sở Tài chính\n- Bố trí kinh phí.\nCác đơn vị gửi Kế hoạch tổ chức Tuần lễ về Sở Giáo "
        "dục và Đào tạo trước ngày 26/9/2026 và báo cáo kết quả trước ngày 12/10/2026.\n"
    )
    assert (answer["registration_closes_at"], answer["report_closes_at"]) == (None, "2026-10-12T00:00:00+07:00")


def test_days_may_be_joined_by_the_sign_of_old_typewriters():
    answer = said("2. Thời gian tổ chức Tuần lễ: 01/10/2026 ÷ 07/10/2026.\n")
    assert (answer["starts_on"], answer["ends_on"]) == ("2026-10-01", "2026-10-07")


def test_the_name_and_the_message_of_the_week_are_no_directions():
    answer = said(
        "II. NỘI DUNG\n1. Tên gọi: Tuần lễ hưởng ứng học tập suốt đời.\n2. Thông điệp: “Mỗi ngày một trang sách”.\n"
        "3. Các hoạt động\na) Trưng bày sách.\n"
    )
    assert answer["directions"] == [{"clause": "II.3.a", "text": "Trưng bày sách."}]


@pytest.mark.parametrize("text", ["KẾ HOẠCH\n", "KẾ HOẠCH\nTổ chức Tuần lễ năm 2026\n", "…\n"])
def test_a_plan_of_nothing_but_a_title_says_no_more(text):
    answer = said(text, "")
    assert [answer[name] for name in ("starts_on", "theme", "report_to")] == [None, None, None]
    assert (answer["duties"], answer["directions"], answer["legal_bases"]) == ([], [], [])


@pytest.mark.parametrize(
    ("unit", "times"), [("- a\n+ b\n", 2_000), ("I. A\n", 3_000), ("1", 100_000), ("a.", 50_000), ("a@", 50_000)]
)
def test_work_grows_with_the_length_of_the_text_only(unit, times):
    """Long words and thousands of bullets cost what their length costs: some once took minutes."""
    started = time.process_time()
    said(f"1. Nội dung\nbáo cáo {unit * times}\n")
    assert time.process_time() - started < 5
