"""Calendars hold any text, in lines no program refuses."""

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from tuanhoc.lib.dates import HANOI
from tuanhoc.papers.ics import Happening, to_ics

CHANGED = dt.datetime(2022, 9, 28, 9, 30, tzinfo=HANOI)
DAY = dt.date(2022, 10, 4)


@given(st.text(max_size=300), st.text(max_size=300))
@example("Tệp ở D:\\Nam\\nop", "")
def test_any_text_comes_back_as_it_was_but_for_backslashes_and_no_line_is_too_long(summary, description):
    happening = Happening("a@tuanhoc", 0, CHANGED, summary, "", description, DAY, DAY, url="https://a.vn/")
    made = to_ics([happening], name="Tuần lễ")
    assert max(len(line) for line in made.split(b"\r\n")) <= 75
    (event,) = Calendar.from_ical(made).walk("VEVENT")
    wanted = summary.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "/")
    assert str(event["SUMMARY"]) == "".join(c for c in wanted if c in "\n\t" or (c >= " " and c != "\x7f"))


def test_a_subscriber_is_told_when_to_look_again():
    made = to_ics([], name="Tuần lễ")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in made
    assert str(Calendar.from_ical(made)["METHOD"]) == "PUBLISH"
