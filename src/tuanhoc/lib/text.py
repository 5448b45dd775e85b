"""Vietnamese text: one Unicode form, folding for search, alphabetical order."""

import re
import unicodedata
from functools import lru_cache

_WORDS = re.compile(r"\w+")

#: Written out because Python's ``str.split`` keeps zero-width characters, which Word leaves behind.
#: Control characters that are no space are in no text either: PostgreSQL and XML take none of them.
_CONTROLS = dict.fromkeys((*range(0x09), *range(0x0E, 0x1C), 0x7F))
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad")) | _CONTROLS
_HAS_INVISIBLE = re.compile("[" + "".join(map(chr, _INVISIBLE)) + "]")

# The 29 Vietnamese letters in dictionary order, then the four Latin letters used in foreign words
# where dictionaries put them (f after e/ê, j after i, w after v, z last).
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
#: Order of tones in Vietnamese dictionaries: level, falling, dipping-rising, creaky, rising, heavy.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = {"\u0306", "\u0302", "\u031b"}


def clean(text: str) -> str:
    """Return ``text`` in NFC with single ordinary spaces, trimmed; otherwise as written."""
    text = unicodedata.normalize("NFC", text)
    if _HAS_INVISIBLE.search(text):
        text = text.translate(_INVISIBLE)
    return " ".join(text.split())


def without_controls(text: str) -> str:
    """Return ``text`` as written, lines and all, without control characters that are no space."""
    return text.translate(_CONTROLS)


def fold(text: str) -> str:
    """Return ``text`` for search: lower case, no marks, đ as d, single spaces.

    >>> fold("Chuyển đổi số")
    'chuyen doi so'
    """
    bare = unicodedata.normalize("NFD", clean(text).lower())
    return "".join(c for c in bare if not unicodedata.combining(c)).replace("đ", "d")


def words(text: str) -> list[str]:
    """Split into words, punctuation dropped.

    >>> words("Phan Rang - Tháp Chàm")
    ['Phan', 'Rang', 'Tháp', 'Chàm']
    """
    return _WORDS.findall(text)


def name_key(text: str) -> str:
    """Return a key under which two spellings of one name are equal.

    Sources differ in tone placement (Hòa/Hoà), hyphens and spaces
    ("Phan Rang-Tháp Chàm", "Phan Rang - Tháp Chàm"): compare folded words only.
    """
    return " ".join(words(fold(text)))


@lru_cache(maxsize=20_000)
def vietnamese_key(text: str) -> tuple[tuple[object, ...], ...]:
    """Return a sort key in the order of Vietnamese dictionaries.

    Syllables compare one by one: letters first, tones only between equal letters, so
    that "bàn" stands before "bán" and both before "băng". Numbers compare as numbers.
    A name comes before longer ones that begin with it: "Bác Ái" before "Bác Ái Đông". Ends in the text itself, so no
    two different texts tie. Sort by it in Python: databases order as their own alphabets do, each otherwise.
    """
    syllables = [_syllable(s) for s in re.findall(r"\d+|[^\W\d]+", unicodedata.normalize("NFC", text).lower())]
    return (*syllables, ((-1,), (), text))


def _syllable(syllable: str) -> tuple[object, ...]:
    if syllable.isdecimal():
        return (0, int(syllable)), (), ""
    letters: list[int] = []
    tones: list[int] = []
    for char in syllable:
        letter, tone = _letter(char)
        letters.append(letter)
        tones.append(tone)
    return (1, *letters), tuple(tones), ""


def _letter(char: str) -> tuple[int, int]:
    tone = 0
    kept = ""
    for part in unicodedata.normalize("NFD", char):
        if part in _TONES:
            tone = _TONES[part]
        elif not unicodedata.combining(part) or part in _SHAPES:
            kept += part
    position = _ALPHABET.find(unicodedata.normalize("NFC", kept))
    return (position if position >= 0 else len(_ALPHABET) + ord(char), tone)
