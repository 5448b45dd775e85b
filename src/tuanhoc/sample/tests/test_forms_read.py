"""Every Word and Excel form of the sample says what its writer meant: rows, fields, problems and unit."""

import datetime as dt
import json
from pathlib import Path

import pytest

from tuanhoc.intake.form import Window, as_json, read_form
from tuanhoc.intake.form.proper import proper
from tuanhoc.lib.text import fold
from tuanhoc.papers.reading import read

FORMS = Path(__file__).parents[1] / "data" / "forms"
TRUTH = json.loads((FORMS / "truth.json").read_text(encoding="utf-8"))
WEEK = Window(dt.date(2022, 10, 1), dt.date(2022, 10, 7))


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_a_sample_form_is_read_as_it_was_meant(name):
    truth = TRUTH[name]
    said = as_json(read_form(read((FORMS / name).read_bytes(), name), WEEK))
    assert [{key: row[key] for key in meant} for row, meant in zip(said["rows"], truth["rows"], strict=True)] == truth[
        "rows"
    ]
    assert sorted({problem["code"] for problem in said["problems"]}) == sorted(truth["problems"])
    if truth["organisation"]:
        assert fold(proper(truth["organisation"])) in fold(said["organisation"] or "")
