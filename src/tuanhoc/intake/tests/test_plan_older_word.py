"""A plan in the Word format of old offices."""

import json

import pytest
from django.core.management import call_command
from docx import Document as Word

from .plan_papers import PLANS


@pytest.mark.office
def test_a_doc_plan_says_what_its_text_says(libreoffice, tmp_path, capsys):
    word = Word()
    for line in (PLANS / "quang-tri-2023.txt").read_text(encoding="utf-8").splitlines():
        word.add_paragraph(line)
    word.save(tmp_path / "plan.docx")
    older = libreoffice("doc", tmp_path / "plan.docx") / "plan.doc"
    call_command("plan", "read", str(older), json=True)
    expected = json.loads((PLANS / "quang-tri-2023.json").read_text(encoding="utf-8"))
    assert json.loads(capsys.readouterr().out) == expected
