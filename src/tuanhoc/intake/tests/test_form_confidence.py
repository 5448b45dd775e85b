"""How sure a row is, and why not surer."""

import pytest

from tuanhoc.intake.form.problems import REASONS, WORDS

from .form_papers import HEADS, annex, only, reading

PLAIN = ("1", "01/10/2022", "Hội trường", "Khai mạc", "")


def sure(*rows, heads=HEADS):
    said = reading(annex(*rows, heads=heads))
    return [(row["confidence"], row["reasons"]) for row in said["rows"]]


def test_a_row_that_says_all_is_sure():
    assert sure(PLAIN) == [(1.0, [])]


def test_the_printed_form_filled_in_is_nearly_sure():
    rows = sure(("1", "01/10", "Hội trường", "Khai mạc", ""), ("", "", "Sân trường", "Diễu hành", ""))
    assert rows == [(0.99, ["year_of_week"]), (0.98, ["day_above", "year_of_week"])]


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        (("1", "Thứ Ba", "Xã", "Khai mạc", ""), ["weekday_only"]),
        (("1", "Từ 01/10/2022", "Xã", "Khai mạc", ""), ["no_end"]),
        (("1", "Trước 05/10/2022", "Xã", "Khai mạc", ""), ["more_in_day"]),
        (("1", "Chủ nhật 01/10/2022", "Xã", "Khai mạc", ""), ["weekday_mismatch"]),
        (("1", "01/10/2022", "Xã", "Khai mạc", "8h00"), ["hour_of_note"]),
        (("1", "01/10/2022", "Xã", "Khai mạc lúc 8h00", ""), ["hour_of_content"]),
        (("1", "32/10/2022", "Xã", "Khai mạc", ""), ["bad_date"]),
        (("1", "01/10/2022", "", "Khai mạc", ""), ["no_place"]),
    ],
)
def test_what_was_concluded_is_said(row, reasons):
    assert [found for _, found in sure(row)] == [reasons]


def test_items_of_one_cell_say_how_they_were_taken_apart():
    (one, _), *_ = [(row, None) for row in sure(("1", "01/10/2022", "Xã", "- Khai mạc\n- Giao lưu", ""))]
    assert one == (0.97, ["place_shared", "item_of_list"])
    (confidence, reasons), _ = sure(("1", "01/10/2022", "Xã", "Khai mạc\nGiao lưu", ""))
    assert (confidence < 0.9, reasons) == (True, ["place_shared", "item_of_lines"])


def test_places_that_do_not_pair_are_given_whole_to_every_item_and_doubted():
    said = reading(annex(("1", "01/10/2022", "UBND xã; các thôn", "- Tuyên truyền\n- Phát tờ rơi", "")))
    assert [row["place"] for row in said["rows"]] == ["UBND xã; các thôn"] * 2
    three = reading(annex(("1", "01/10/2022", "Xã A\nXã B\nXã C", "- Tuyên truyền\n- Phát tờ rơi", "")))
    assert [(row["place"], row["confidence"] < 0.9) for row in three["rows"]] == [("Xã A Xã B Xã C", True)] * 2


def test_columns_without_a_head_and_lines_without_a_table_are_doubted():
    guessed = only(reading(annex(PLAIN, heads=None)))
    assert (guessed["confidence"], guessed["reasons"]) == (0.85, ["columns_guessed"])
    line = only(reading("01/10/2022: Khai mạc tại Hội trường\n", "a.txt"))
    assert (line["confidence"], line["reasons"]) == (0.88, ["from_line", "place_of_line"])


def test_every_reason_has_words():
    from tuanhoc.intake.form.problems import _LEFT

    assert set(_LEFT) <= {*WORDS, *REASONS}
