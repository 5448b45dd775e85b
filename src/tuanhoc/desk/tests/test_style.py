"""The desk's style sheet is written by several hands, block after block: each block ends before the next begins."""

import re
from pathlib import Path

import pytest

import tuanhoc.desk
import tuanhoc.web

DESK = Path(tuanhoc.desk.__file__).parent
SHEET = DESK / "static" / "desk" / "desk.css"
TEMPLATES = DESK / "templates" / "desk"
DAY_FIELD = Path(tuanhoc.web.__file__).parent / "static" / "web" / "day.js"
_MADE = re.compile(r"""(?:around|bar)\.className = "([\w-]+)";""")


def test_every_layer_stands_on_its_own():
    depth, begun_inside = 0, []
    for number, line in enumerate(SHEET.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("@layer") and depth:
            begun_inside.append(number)
        depth += line.count("{") - line.count("}")
    assert (begun_inside, depth) == ([], 0)


@pytest.mark.parametrize("script", [DAY_FIELD, DESK / "static" / "desk" / "sheet.js"], ids=lambda path: path.name)
def test_what_a_script_wraps_or_floats_over_a_page_has_a_name_of_its_own(script):
    """A sheet's day and the field of a day were once both ``day``, a toast and a card's fold ``undo``: each broke."""
    made = _MADE.findall(script.read_text(encoding="utf-8"))
    written = {
        name
        for page in TEMPLATES.glob("*.html")
        for names in re.findall(r'class="([^"{]*)', page.read_text(encoding="utf-8"))
        for name in names.split()
    }
    assert made
    assert not written & set(made)
