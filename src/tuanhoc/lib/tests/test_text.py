import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tuanhoc.lib.text import clean, fold, name_key, vietnamese_key

VIETNAMESE = st.text(alphabet="aàảãáạăằâầbcdđeêềghiklmnoôơpqrstuưvxyỳ AĐÊ-,.0123", max_size=30)


@given(VIETNAMESE)
def test_folding_does_not_depend_on_the_unicode_form(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert fold(fold(text)) == fold(text)


def test_a_name_is_known_in_every_spelling():
    assert name_key("Phan Rang-Tháp Chàm") == name_key("PHAN RANG - THÁP CHÀM")
    assert name_key("Khánh Hòa") == name_key("Khánh Hoà")


def test_vietnamese_order_is_letters_first_then_tones():
    words = ["bát", "bạn", "bàn", "bán", "đà", "dạ", "băng", "ba", "Trường 10", "Trường 2"]
    assert sorted(words, key=vietnamese_key) == [
        "ba",
        "bàn",
        "bán",
        "bạn",
        "bát",
        "băng",
        "dạ",
        "đà",
        "Trường 2",
        "Trường 10",
    ]


def test_a_name_stands_before_those_that_go_on_and_dd_after_d():
    names = ["Võ Văn A", "Đàng Thị Nga", "xã Bác Ái Đông", "Bác Ái Tây", "Bác Ái", "Dương Hoa", "Bác Ái 2", "Eban"]
    assert sorted(names, key=vietnamese_key) == [
        "Bác Ái", "Bác Ái 2", "Bác Ái Tây", "Dương Hoa", "Đàng Thị Nga", "Eban", "Võ Văn A", "xã Bác Ái Đông",
    ]  # fmt: skip


@given(
    st.lists(st.text(alphabet="aáàbdđ ", max_size=6), max_size=4), st.text(alphabet="aáàbdđ", min_size=1, max_size=4)
)
def test_every_name_stands_before_itself_with_a_word_more(words, word):
    name = " ".join(words).strip()
    assert vietnamese_key(name) < vietnamese_key(f"{name} {word}".strip()) or not name


def test_clean_drops_what_word_leaves_behind():
    assert clean("  Chuyển\u00a0đổi\u200b  số\n") == "Chuyển đổi số"
