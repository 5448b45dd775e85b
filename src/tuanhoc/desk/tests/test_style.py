"""The desk's style sheet is written by several hands, block after block: each block ends before the next begins."""

from pathlib import Path

import tuanhoc.desk

SHEET = Path(tuanhoc.desk.__file__).parent / "static" / "desk" / "desk.css"


def test_every_layer_stands_on_its_own():
    depth, begun_inside = 0, []
    for number, line in enumerate(SHEET.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("@layer") and depth:
            begun_inside.append(number)
        depth += line.count("{") - line.count("}")
    assert (begun_inside, depth) == ([], 0)
