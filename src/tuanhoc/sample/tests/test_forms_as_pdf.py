"""The sample's forms and plan printed to PDF by LibreOffice: they say row by row what the Word files say."""

import datetime as dt
from pathlib import Path

import pytest

from tuanhoc.intake.form import Window, as_json, read_form
from tuanhoc.intake.plan import as_json as plan_as_json
from tuanhoc.intake.plan import read_plan
from tuanhoc.papers.reading import read

DATA = Path(__file__).parents[1] / "data"
WEEK = Window(dt.date(2022, 10, 1), dt.date(2022, 10, 7))
#: Items in a cell, merged days over two pages, a letterhead, tracked changes, marks apart, cut addresses, bands.
FORMS = (
    "Ca Na 2022", "Lich dang ky hoat dong (sua lan 2)", "Hoi Khuyen hoc tinh - Phu luc lich HTSD", "MA NOI",
    "TT GDNN-GDTX Bac Ai - phu luc", "So TTTT dang ky lich TLHTSD 2022", "PL dang ky tuan le HTSD 2022 - Ninh Phuoc",
    "UBND huyện Bác Ái - Lịch đăng ký Tuần lễ HTSĐ",
)  # fmt: skip
_BESIDES = {"source", "confidence", "reasons"}
PLAN = "plan-ninh-thuan-2022"
pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def printed(libreoffice):
    """Print all in one run of LibreOffice; returns the folder of the PDFs."""
    files = [next(path for path in (DATA / "forms").iterdir() if path.stem == name) for name in FORMS]
    return libreoffice("pdf", *files, DATA / f"{PLAN}.docx")


def said(path):
    """Return what a form says, without where it stands and how surely."""
    reading = as_json(read_form(read(path.read_bytes(), path.name), WEEK))
    rows = [{name: value for name, value in row.items() if name not in _BESIDES} for row in reading["rows"]]
    return reading["organisation"], rows, [loose["text"] for loose in reading["unplaced"]]


@pytest.mark.parametrize("name", FORMS)
def test_a_form_says_the_same_as_pdf(printed, name):
    word = next(path for path in (DATA / "forms").iterdir() if path.stem == name)
    assert said(printed / f"{name}.pdf") == said(word)


def test_the_plan_says_the_same_as_pdf(printed):
    pdf, word = printed / f"{PLAN}.pdf", DATA / f"{PLAN}.docx"
    as_pdf, as_word = (plan_as_json(read_plan(read(path.read_bytes(), path.name))) for path in (pdf, word))
    assert as_pdf == as_word
