"""Another program saves the edited schedule in another format: its marks and its edits come through."""

import shutil
import subprocess

import pytest

from tuanhoc.papers.reading import read
from tuanhoc.schedule.tests.edited_papers import come_back, edited, proposed

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


@pytest.mark.parametrize("ending", ["docx", "odt", "doc"])
def test_edits_and_marks_come_through_libreoffice(tmp_path, ending):
    of, hand = edited(3, count=40, edits=15)
    path, out = tmp_path / "lich.docx", tmp_path / "out"
    path.write_bytes(hand.saved())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    data = (out / f"lich.{ending}").read_bytes()

    document = read(data, f"lich.{ending}")
    marks = [mark for block in document.blocks for cell in getattr(block, "cells", ()) for mark in cell.marks]
    assert document.origin == "ninh-thuan-2022/lan-1"
    assert len(marks) == sum("th_" in str(row.xml) for row in hand.rows())
    comparison = come_back(of, data, f"lich.{ending}")
    assert proposed(comparison) == hand.meant(of)
    assert comparison.loose == ()
