"""A plan in the Word format of old offices."""

import json
import shutil
import subprocess

import pytest
from django.core.management import call_command
from docx import Document as Word

from .plan_papers import PLANS


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_doc_plan_says_what_its_text_says(tmp_path, capsys):
    word = Word()
    for line in (PLANS / "quang-tri-2023.txt").read_text(encoding="utf-8").splitlines():
        word.add_paragraph(line)
    word.save(tmp_path / "plan.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", tmp_path, tmp_path / "plan.docx"],
        check=True, capture_output=True,
    )  # fmt: skip
    call_command("plan", "read", str(tmp_path / "plan.doc"), json=True)
    expected = json.loads((PLANS / "quang-tri-2023.json").read_text(encoding="utf-8"))
    assert json.loads(capsys.readouterr().out) == expected
