"""Unicode form, spaces and tone placement are no part of what a plan says."""

import textwrap
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuanhoc.intake.plan import as_json, read_plan

from .plan_papers import PLANS, written

ALL = sorted(path.stem for path in PLANS.glob("*.txt"))
SPACES = st.sampled_from([" ", "  ", "\u00a0", " \u200b", "\t"])


def read_of(name: str) -> str:
    return unicodedata.normalize("NFC", (PLANS / f"{name}.txt").read_text(encoding="utf-8"))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(ALL), st.sampled_from(["NFC", "NFD"]), st.lists(SPACES, min_size=3, max_size=7))
def test_unicode_form_and_spaces_do_not_change_the_reading(name, form, spaces):
    words = read_of(name).split(" ")
    noisy = "".join(word + spaces[n % len(spaces)] for n, word in enumerate(words))
    assert as_json(read_plan(written(unicodedata.normalize(form, noisy)))) == as_json(read_plan(written(read_of(name))))


@pytest.mark.parametrize("name", ALL)
def test_every_duty_direction_and_symbol_is_text_of_the_plan(name):
    text = " ".join(read_of(name).split())
    reading = as_json(read_plan(written(read_of(name))))
    parts = [line for part in reading["duties"] + reading["directions"] for line in part["text"].split("\n")]
    parts += [duty["unit"] for duty in reading["duties"]] + [basis["symbol"] for basis in reading["legal_bases"]]
    assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize("width", [80, 90, 110])
def test_lines_broken_at_a_margin_are_put_together_again(width):
    whole = [" ".join(line.split()) for line in read_of("ninh-thuan-2022").split("\n")]
    broken = "\n".join(part for line in whole for part in textwrap.wrap(line, width))
    assert as_json(read_plan(written(broken))) == as_json(read_plan(written("\n".join(whole))))


def test_a_theme_and_an_address_broken_over_two_lines_are_read_whole():
    words = (
        "1. Chủ đề: “Học tập\nSuốt đời”\n2. Tổ chức thực hiện\na) Các trường gửi báo cáo kết quả về Sở theo email:\n"
    )
    answer = as_json(read_plan(written(f"KẾ HOẠCH\nTổ chức Tuần lễ năm 2022\n{words}gdtx@so.edu.vn")))
    assert (answer["theme"], answer["report_to"]) == ("Học tập Suốt đời", "gdtx@so.edu.vn")


def test_the_placing_of_the_tone_does_not_change_the_reading():
    text = read_of("khanh-hoa-2023")
    other = text.replace("hóa", "hoá").replace("Hòa", "Hoà").replace("Ủy", "Uỷ")
    assert other != text
    moved = as_json(read_plan(written(other)))
    assert [d["clause"] for d in moved["duties"]] == [d["clause"] for d in as_json(read_plan(written(text)))["duties"]]
    assert moved["registration_closes_at"] == "2023-09-29T00:00:00+07:00"
