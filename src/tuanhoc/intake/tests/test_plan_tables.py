"""Plans that set their duties out in a table, and letterheads in one, as Word files have them."""

import io

import pytest
from docx import Document as WordFile

from tuanhoc.intake.plan import as_json, read_plan
from tuanhoc.papers.reading import read


def table(word, *rows):
    made = word.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return made


def said(word):
    out = io.BytesIO()
    word.save(out)
    return as_json(read_plan(read(out.getvalue(), "ke-hoach.docx")))


@pytest.fixture
def plan():
    word = WordFile()
    table(
        word,
        ["ỦY BAN NHÂN DÂN\nTỈNH YÊN BÁI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"],
        ["Số: 215/KH-UBND", "Yên Bái, ngày 18 tháng 9 năm 2023"],
    )
    for line in (
        "KẾ HOẠCH",
        "TỔ CHỨC TUẦN LỄ HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI NĂM 2023",
        "__________",
        "I. THỜI GIAN",
        "Từ ngày 02/10 đến ngày 08/10/2023.",
        "II. TỔ CHỨC THỰC HIỆN",
        "1. Sở Giáo dục và Đào tạo: Chủ trì triển khai.",
        "2. Các đơn vị thực hiện theo Phụ lục phân công nhiệm vụ.",
        "Nơi nhận:",
    ):
        word.add_paragraph(line)
    table(word, ["Nơi nhận:\n- Sở Y tế;", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"])
    word.add_paragraph("PHỤ LỤC PHÂN CÔNG NHIỆM VỤ")
    return word


def test_one_duty_per_row_after_those_of_the_body(plan):
    made = table(
        plan,
        ["TT", "Nội dung công việc", "Đơn vị chủ trì", "Thời gian hoàn thành"],
        ["I", "Công tác chuẩn bị", "Công tác chuẩn bị", "Công tác chuẩn bị"],
        ["1", "Xây dựng kịch bản lễ khai mạc", "Sở Giáo dục và Đào tạo", "Trước ngày 25/9/2023"],
        ["2", "Tuyên truyền trên sóng", "Đài Phát thanh và Truyền hình tỉnh", "Từ 25/9 đến 08/10"],
        ["3", "Mở cửa thư viện", "Sở Văn hóa, Thể thao và Du lịch", "Trong Tuần lễ"],
        ["4", "", "", ""],
    )
    made.cell(1, 1).merge(made.cell(1, 3)).text = "Công tác chuẩn bị"
    assert [(d["clause"], d["unit"], d["text"], d["due_on"]) for d in said(plan)["duties"]] == [
        ("II.1", "Sở Giáo dục và Đào tạo", "Chủ trì triển khai.", None),
        ("II.2", "Các đơn vị", "thực hiện theo Phụ lục phân công nhiệm vụ.", None),
        ("Bảng.1", "Sở Giáo dục và Đào tạo", "Xây dựng kịch bản lễ khai mạc", "2023-09-24"),
        ("Bảng.2", "Đài Phát thanh và Truyền hình tỉnh", "Tuyên truyền trên sóng", "2023-10-08"),
        ("Bảng.3", "Sở Văn hóa, Thể thao và Du lịch", "Mở cửa thư viện", None),
    ]


def test_the_letterhead_in_a_table_and_the_title_in_capitals(plan):
    answer = said(plan)
    assert (answer["title"], answer["year"]) == ("TỔ CHỨC TUẦN LỄ HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI NĂM 2023", 2023)
    assert (answer["starts_on"], answer["ends_on"]) == ("2023-10-02", "2023-10-08")


@pytest.mark.parametrize(
    "rows",
    [
        [["TT", "Ngày", "Địa điểm", "Nội dung", "Ghi chú"], ["1", "02/10", "Xã A", "Ngày hội", ""]],
        [["Đơn vị", "Ngày", "Nội dung"], ["UBND xã A", "02/10", "Ngày hội"]],
        [["TT", "Đơn vị", "Số lượng"], ["1", "UBND xã A", "5"]],
        [["Nơi nhận", "Chức vụ"], ["Sở Y tế", "Chủ tịch"]],
    ],
)
def test_forms_and_other_tables_ask_nobody_for_anything(plan, rows):
    table(plan, *rows)
    assert [d["clause"] for d in said(plan)["duties"]] == ["II.1", "II.2"]
