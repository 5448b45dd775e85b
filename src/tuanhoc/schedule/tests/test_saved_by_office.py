"""Another program saves the edited schedule in another format: its marks and its edits come through."""

import pytest

from tuanhoc.papers.reading import read
from tuanhoc.schedule.tests.edited_papers import come_back, edited, proposed

pytestmark = pytest.mark.office


@pytest.mark.parametrize("ending", ["docx", "odt", "doc"])
def test_edits_and_marks_come_through_libreoffice(libreoffice, tmp_path, ending):
    of, hand = edited(3, count=40, edits=15)
    path = tmp_path / "lich.docx"
    path.write_bytes(hand.saved())

    data = (libreoffice(ending, path) / f"lich.{ending}").read_bytes()

    document = read(data, f"lich.{ending}")
    marks = [mark for block in document.blocks for cell in getattr(block, "cells", ()) for mark in cell.marks]
    assert document.origin == "ninh-thuan-2022/lan-1"
    assert len(marks) == sum("th_" in str(row.xml) for row in hand.rows())
    comparison = come_back(of, data, f"lich.{ending}")
    assert proposed(comparison) == hand.meant(of)
    assert comparison.loose == ()
