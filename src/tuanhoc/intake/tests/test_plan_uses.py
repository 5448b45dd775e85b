"""What is done with a plan once it is read: a campaign, JSON on the command line; what it does not say stays unsaid."""

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
