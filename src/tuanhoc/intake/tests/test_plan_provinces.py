"""Plans of other provinces and years, written by us after the usual skeleton, with all they say.

Each stands beside its full reading in ``plans/``: sections numbered I., 1., A., I/, Phần and Điều; three levels
of government and two; units as headings, as bold or colon lines, in running text; decomposed Unicode; themes to
choose from; dates without a year; deadlines in a duty, in a section of their own, in the closing words, or nowhere.
"""

import json

import pytest

from tuanhoc.intake.plan import as_json, read_plan
from tuanhoc.papers.reading import Document, Paragraph, read

from .plan_papers import PLANS, plan


@pytest.mark.parametrize("name", sorted(path.stem for path in PLANS.glob("*.json")))
def test_a_plan_is_read_whole(name):
    path = PLANS / f"{name}.txt"
    expected = json.loads((PLANS / f"{name}.json").read_text(encoding="utf-8"))
    assert as_json(read_plan(read(path.read_bytes(), path.name))) == expected


def test_nothing_after_the_signature_becomes_a_duty():
    units = {duty.value.text for duty in read_plan(plan("khanh-hoa-2023.txt")).duties}
    assert not [text for text in units if "phụ lục" in text or "Lưu" in text]


def test_bold_unit_names_without_numbers_head_their_bullets():
    blocks = (
        Paragraph("KẾ HOẠCH", "đoạn 1", bold=True),
        Paragraph("Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2024", "đoạn 2", bold=True),
        Paragraph("IV. TỔ CHỨC THỰC HIỆN", "đoạn 3", bold=True),
        Paragraph("Sở Giáo dục và Đào tạo", "đoạn 4", bold=True),
        Paragraph("- Chủ trì triển khai.", "đoạn 5"),
        Paragraph("Tỉnh đoàn", "đoạn 6", bold=True),
        Paragraph("- Huy động đoàn viên.", "đoạn 7"),
        Paragraph("- Báo cáo trước ngày 10/10.", "đoạn 8"),
    )
    assert as_json(read_plan(Document("a.docx", blocks)))["duties"] == [
        {"clause": "IV.1.1", "unit": "Sở Giáo dục và Đào tạo", "text": "Chủ trì triển khai.", "due_on": None},
        {"clause": "IV.2.1", "unit": "Tỉnh đoàn", "text": "Huy động đoàn viên.", "due_on": None},
        {"clause": "IV.2.2", "unit": "Tỉnh đoàn", "text": "Báo cáo trước ngày 10/10.", "due_on": "2024-10-09"},
    ]
