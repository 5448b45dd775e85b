import datetime as dt
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from tuanhoc.lib.dates import HANOI
from tuanhoc.web.templatetags import words
from tuanhoc.web.templatetags.words import tel


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("0259 000 000", "0259000000"),
        ("(0259) 3822.022", "02593822022"),
        ("ĐT: 0259 - 3 822 022 (máy lẻ 12)", "02593822022"),
        ("+84 259 000-000", "+84259000000"),
        ("0259 3822 022 - 0900 000 001", "02593822022"),
        ("0259 3822 022; 0900 000 001", "02593822022"),
        ("115", "115"),
        ("chưa có", ""),
    ],
)
def test_a_number_to_call_has_no_spaces_and_is_one_number(phone, link):
    assert tel(phone) == link


@pytest.mark.parametrize(
    ("form", "vietnamese", "english"),
    [
        ("d/m/Y", "01/10/2022", "1 Oct 2022"),
        ("d/m", "01/10", "1 Oct"),
        ("H:i d/m/Y", "07:05 01/10/2022", "07:05, 1 Oct 2022"),
        ("Y-m-d", "2022-10-01", "2022-10-01"),
    ],
)
def test_a_moment_is_said_in_the_readers_language(form, vietnamese, english):
    moment = Template("{{ moment|date:form }}")
    context = Context({"moment": dt.datetime(2022, 10, 1, 7, 5, tzinfo=HANOI), "form": form})
    with translation.override("vi"):
        assert moment.render(context) == vietnamese
    with translation.override("en"):
        assert moment.render(context) == english


def test_thousands_are_grouped_in_the_readers_language():
    with translation.override("en"):
        assert Template("{{ n|grouped }} {{ none|grouped }}").render(Context({"n": 1234, "none": None})) == "1,234 "


#: Django formats by whatever this matches; one that slips through is read by nobody as a day of another month.
ASKED = re.compile(r"\|date:\s*[\"']([^\"']*)[\"']")


def test_every_form_of_a_day_in_a_page_has_an_english_one():
    pages = [p for p in Path(words.__file__).parents[2].rglob("templates/**/*") if p.suffix in {".html", ".txt"}]
    asked = {form for page in pages for form in ASKED.findall(page.read_text(encoding="utf-8"))}
    plain = {form for form in asked if "/" not in form}
    assert asked - plain <= words.ENGLISH_DATES.keys()
