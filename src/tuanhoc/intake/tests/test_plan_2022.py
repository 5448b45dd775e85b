"""The real plan of Ninh Thuận, 2022, read from its Word file."""

import io
import json
import unicodedata
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tuanhoc.intake.plan import as_json, read_plan
from tuanhoc.intake.rules import campaign_draft
from tuanhoc.papers.reading import read

PLAN = Path(__file__).parents[2] / "sample" / "data" / "plan-ninh-thuan-2022.docx"


@pytest.fixture(scope="module")
def said():
    return as_json(read_plan(read(PLAN.read_bytes(), PLAN.name)))


def test_the_head_of_the_plan(said):
    assert {name: said[name] for name in said if name not in {"legal_bases", "duties", "directions"}} == {
        "title": "Tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2022",
        "year": 2022,
        "theme": "Thúc đẩy chuyển đổi số phục vụ cho học tập suốt đời sau đại dịch COVID-19",
        "starts_on": "2022-10-01",
        "ends_on": "2022-10-07",
        "opening_on": "2022-10-01",
        "registration_closes_at": "2022-10-01T00:00:00+07:00",
        "report_closes_at": "2022-10-15T00:00:00+07:00",
        "report_to": "phonggdtx.soninhthuan@moet.edu.vn",
    }


def test_the_circular_of_2018_is_known_by_its_standing_symbol_and_stale(said):
    bases = {b["symbol"]: b for b in said["legal_bases"]}
    assert list(bases) == ["4342/BGDĐT-GDTX", "4556/KH-UBND", "07/TT-BTC"]
    assert bases["07/TT-BTC"]["normalized"] == "07/2018/TT-BTC"
    assert "17/2022/TT-BTC" in bases["07/TT-BTC"]["stale"]
    assert bases["4342/BGDĐT-GDTX"]["stale"] is None


def test_one_duty_a_bullet_and_one_for_a_clause_without_bullets(said):
    assert [(d["clause"], d["unit"]) for d in said["duties"]] == [
        ("5.a.1", "Sở Giáo dục và Đào tạo"),
        ("5.a.2", "Sở Giáo dục và Đào tạo"),
        ("5.b", "Sở Thông tin và Truyền thông"),
        ("5.c", "Sở Văn hóa, Thể thao và Du lịch"),
        ("5.d", "Hội Khuyến học tỉnh"),
        ("5.đ.1", "UBND các huyện, thành phố"),
        ("5.đ.2", "UBND các huyện, thành phố"),
        ("5.đ.3", "UBND các huyện, thành phố"),
        ("5.đ.4", "UBND các huyện, thành phố"),
    ]
    assert "đăng ký lịch hoạt động" not in said["duties"][-1]["text"]


def test_decomposed_unicode_says_the_same():
    text = "\n".join(b.text for b in read(PLAN.read_bytes(), "a.docx").blocks if hasattr(b, "text"))
    one, other = (
        as_json(read_plan(read(unicodedata.normalize(form, text).encode(), "a.txt"))) for form in ("NFC", "NFD")
    )
    assert one == other


def test_what_the_plan_says_makes_a_campaign(said):
    draft = campaign_draft(said, code="ninh-thuan-2022")
    assert (draft.year, len(draft.duties), len(draft.directions)) == (2022, 9, 7)


def test_what_a_plan_does_not_say_is_null():
    said = as_json(read_plan(read("KẾ HOẠCH\nKhông nói gì thêm.".encode(), "a.txt")))
    assert [said[name] for name in ("theme", "starts_on", "registration_closes_at", "report_to")] == [None] * 4
    assert said["duties"] == []


def test_the_command_prints_json_and_refuses_in_words(tmp_path):
    out = io.StringIO()
    call_command("plan", "read", str(PLAN), "--json", stdout=out)
    assert json.loads(out.getvalue())["year"] == 2022
    (tmp_path / "x.docx").write_bytes(b"")
    with pytest.raises(CommandError, match="0 byte"):
        call_command("plan", "read", str(tmp_path / "x.docx"))
