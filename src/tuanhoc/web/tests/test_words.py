import pytest

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
