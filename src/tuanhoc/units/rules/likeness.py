"""Pure scoring of two units that may be one body written twice: words, abbreviations, marks, typing slips, places."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from tuanhoc.lib.text import clean, fold, words

#: Pairs from here on are shown.
FLAGGED = 0.72
#: From here on the page says "rất có thể".
LIKELY = 0.9
#: A block larger than this says nothing: half a province is named Phước something.
_MOST_IN_BLOCK = 40

#: How offices shorten words, folded; written out before comparing. Longer ones first.
_SHORT = (
    (r"tt\s*gdnn\s*[-–]?\s*gdtx|ttgdnn\s*[-–]?\s*gdtx", "trung tam giao duc nghe nghiep giao duc thuong xuyen"),
    (r"gdnn\s*[-–]?\s*gdtx", "giao duc nghe nghiep giao duc thuong xuyen"),
    (r"gd\s*(?:&|va|-)?\s*dt", "giao duc va dao tao"),
    (r"tt\s*htcd|tthtcd|htcd", "trung tam hoc tap cong dong"),
    (r"pt\s*dtnt", "pho thong dan toc noi tru"),
    (r"th\s*(?:&|va|-)\s*thcs", "tieu hoc va trung hoc co so"),
    (r"thcs\s*(?:&|va|-)\s*thpt", "trung hoc co so va trung hoc pho thong"),
    (r"vhtt\s*(?:&|va)?\s*dl|vhttdl", "van hoa the thao va du lich"),
    (r"tt\s*vh\s*(?:&|va|-|–)?\s*tt|ttvhtt", "trung tam van hoa the thao"),
    (r"vh\s*(?:&|va|-|–)?\s*tt", "van hoa the thao"),
    (r"van hoa\s*(?:&|va|-|–)\s*the thao", "van hoa the thao"),
    (r"ld\s*-?\s*tb\s*(?:&|va|-)?\s*xh|ldtbxh", "lao dong thuong binh va xa hoi"),
    (r"kh\s*(?:&|va|-)?\s*cn", "khoa hoc va cong nghe"),
    (r"tt\s*(?:&|va|-)\s*tt|tttt", "thong tin va truyen thong"),
    (r"tn\s*(?:&|va|-)?\s*mt", "tai nguyen va moi truong"),
    (r"pt\s*-?\s*th(?=\s+(?:tinh|huyen|ninh))", "phat thanh va truyen hinh"),
    (r"h?lhpn", "hoi lien hiep phu nu"),
    (r"ldld", "lien doan lao dong"),
    (r"h?ccb", "hoi cuu chien binh"),
    (r"hnd", "hoi nong dan"),
    (r"hoi kh", "hoi khuyen hoc"),
    (r"(?:doan )?tncs(?: (?:ho chi minh|hcm))?|tinh doan|doan tn", "doan thanh nien"),
    (r"thcs", "trung hoc co so"),
    (r"thpt", "trung hoc pho thong"),
    (r"th", "tieu hoc"),
    (r"mn", "mam non"),
    (r"mg", "mau giao"),
    (r"ubnd", "uy ban nhan dan"),
    (r"hkh", "hoi khuyen hoc"),
    (r"pgd(?:\s*(?:&|va|-)?\s*dt)?", "phong giao duc va dao tao"),
    (r"sgd(?:\s*(?:&|va|-)?\s*dt)?", "so giao duc va dao tao"),
    (r"hoi hoi", "hoi"),
    (r"tp", "thanh pho"),
    (r"tx", "thi xa"),
    (r"tt(?=\s+(?:giao|van|hoc|boi|ngoai|tin))", "trung tam"),
    (r"tt", "thi tran"),
    (r"h", "huyen"),
    (r"p", "phuong"),
    (r"x", "xa"),
)  # fmt: skip
_SHORT_FORMS = tuple((re.compile(rf"(?<!\w)(?:{short})\.?(?!\w)"), f" {full} ") for short, full in _SHORT)

#: A school's number in the old way of writing.
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}

_PIECES = re.compile(r"[^\W_]+|[&–-]")

#: Words that tell what a body is, each phrase one sign; the rest of a name is its own. Longer ones first.
_SIGNS = (
    "giao duc nghe nghiep giao duc thuong xuyen", "trung tam hoc tap cong dong", "pho thong dan toc noi tru",
    "trung hoc pho thong", "trung hoc co so", "giao duc va dao tao", "van hoa the thao va du lich",
    "van hoa the thao", "khoa hoc va cong nghe", "thong tin va truyen thong", "tai nguyen va moi truong",
    "lao dong thuong binh va xa hoi", "phat thanh va truyen hinh", "giao duc thuong xuyen", "hoi khuyen hoc",
    "hoi lien hiep phu nu", "hoi nong dan", "hoi cuu chien binh", "lien doan lao dong", "doan thanh nien",
    "uy ban nhan dan", "tieu hoc", "mam non", "mau giao", "trung tam",
    "thu vien", "bao tang", "phong", "dai hoc", "cao dang", "so", "cong ty",
)  # fmt: skip
#: Schools for the small ones go by either name, and change it.
_SMALL = frozenset({"mam non", "mau giao"})
#: A school of two levels is another school than one of one.
_SCHOOLS = frozenset({"mam non", "mau giao", "tieu hoc", "trung hoc co so", "trung hoc pho thong"})
_AT_THE_BEGINNING = frozenset({"so", "phong"})
#: Words that add nothing: with or without them it is the same body.
_EMPTY = ("truong", "mau", "va", "cua", "tinh", "quan", "thanh pho", "thi xa", "thi tran", "huyen", "phuong", "xa")
_LEVEL_WORDS = ("tinh", "thanh pho", "thi xa", "thi tran", "huyen", "phuong", "xa")


@dataclass(frozen=True, slots=True)
class Named:
    """A unit as it is compared."""

    pk: int
    name: str
    kind: str = ""
    area: int | None = None
    parent: int | None = None
    #: earlier names: a list may know the unit by one of them
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """Two units that may be one: ``score`` 0..1, and what speaks for and against it in codes."""

    first: int
    second: int
    score: float
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A name taken apart: what kind of body it says it is, its own words, its numbers and single letters."""

    signs: frozenset[str]
    own: tuple[str, ...]
    numbers: tuple[str, ...]
    levels: frozenset[str]
    #: its own words as written: without marks, and its letters and marks in no order
    marked: tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=40_000)
def key_of(name: str) -> Key:
    """Take a name apart.

    >>> key_of("Trường THCS số 2 Phước Dinh").own
    ('phuoc', 'dinh')
    """
    folded = f" {' '.join(_PIECES.findall(fold(name)))} "
    for short, full in _SHORT_FORMS:
        folded = short.sub(full, folded)
    text = f" {' '.join(words(folded))} "
    signs = set()
    for sign in _SIGNS:
        # "sở" and "phòng" begin a name; elsewhere they are a number's word, or a place's.
        if not (text.startswith(f" {sign} ") if sign in _AT_THE_BEGINNING else f" {sign} " in text):
            continue
        signs.add(sign)
        text = text.replace(f" {sign} ", " ", 1)
    levels = frozenset(level for level in _LEVEL_WORDS if f" {level} " in text)
    for empty in _EMPTY:
        text = text.replace(f" {empty} ", " ")
    text = re.sub(r" so (?=\d)", " ", text)
    rest = [_ROMAN.get(word, word) for word in text.split()]
    numbers = tuple(sorted(w.lstrip("0") or "0" for w in rest if w.isdecimal()))
    letters = tuple(sorted(w for w in rest if len(w) == 1 and w.isalpha()))
    own = tuple(w for w in rest if not w.isdecimal() and len(w) > 1)
    return Key(frozenset(signs), own, numbers + letters, levels, _marked(name, set(own)))


def _marked(name: str, own: set[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the own words with their marks; where a tone is written does not matter: hòa and hoà are one."""
    written = ((fold(word), word) for word in words(clean(name).lower()))
    return tuple((bare, tuple(sorted(unicodedata.normalize("NFD", word)))) for bare, word in written if bare in own)


def score(first: Named, second: Named) -> Alike:
    """Return how likely two units are one body: 0 surely not, 1 surely.

    The best of their names, earlier ones too; then places raise or lower it.
    """
    best, signs = max(
        (_names_alike(key_of(a), key_of(b)) for a in (first.name, *first.also) for b in (second.name, *second.also)),
        key=lambda found: found[0],
    )
    value, told = best, list(signs)
    if first.area is not None and second.area is not None:
        same = first.area == second.area
        value = value + (1 - value) * 0.35 if same else value * 0.72
        told.append("same_area" if same else "other_area")
    if first.parent is not None and second.parent is not None:
        same = first.parent == second.parent
        value = value + (1 - value) * 0.15 if same else value * 0.94
        told.append("same_parent" if same else "other_parent")
    low, high = sorted((first.pk, second.pk))
    return Alike(low, high, round(max(0.0, min(1.0, value)), 3), tuple(told))


def _names_alike(a: Key, b: Key) -> tuple[float, list[str]]:
    told: list[str] = []
    value = _own_alike(a, b, told)
    value *= _kinds_alike(a, b, told)
    if a.numbers != b.numbers:
        told.append("other_number")
        value *= 0.45 if a.numbers and b.numbers else 0.72
    if a.levels and b.levels and not a.levels & b.levels:
        told.append("other_level")
        value *= 0.8
    return value, told


def _own_alike(a: Key, b: Key, told: list[str]) -> float:
    if not a.own or not b.own:
        # "Thư viện tỉnh": nothing of its own to compare, its kind says all.
        return 0.9 if a.own == b.own else 0.7 if a.signs == b.signs else 0.3
    if "".join(a.own) == "".join(b.own):
        if _differently_marked(a, b):
            told.append("other_marks")
            return 0.6
        told.append("same_words")
        return 0.97
    if _contained(a.own, b.own):
        told.append("more_words")
        return 0.84
    slips = _slips(a.own, b.own)
    if slips is None:
        return 0.3
    told.append("slip")
    return 0.9 - 0.12 * slips


def _differently_marked(a: Key, b: Key) -> bool:
    """Whether two words of one spelling bear different marks; a word without any says nothing."""
    pairs = [(x, p, q) for (x, p), (y, q) in zip(a.marked, b.marked, strict=False) if x == y]
    return any(p != q and tuple(sorted(x)) not in {p, q} for x, p, q in pairs)


def _contained(a: Sequence[str], b: Sequence[str]) -> bool:
    small, large = sorted((list(a), list(b)), key=len)
    return len(small) >= 2 and all(small.count(w) <= large.count(w) for w in small)


def _slips(a: Sequence[str], b: Sequence[str]) -> int | None:
    """Return how many typing slips lie between two lists of words; None: they are different words."""
    if len(a) != len(b):
        return None
    found = 0
    for x, y in zip(a, b, strict=True):
        if x != y:
            # Short syllables that differ by a letter are other words: Hải, Hội, Hà.
            if min(len(x), len(y)) < 4 or not _one_slip(x, y):
                return None
            found += 1
    return found if found < len(a) or len(a) == 1 else None


def _one_slip(x: str, y: str) -> bool:
    """Whether one letter was added, left out, changed, or swapped with its neighbour."""
    if len(x) > len(y):
        x, y = y, x
    at = next((i for i, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), len(x))
    if len(x) == len(y):
        return x[at + 1 :] == y[at + 1 :] or (x[at : at + 2] == y[at : at + 2][::-1] and x[at + 2 :] == y[at + 2 :])
    return len(y) == len(x) + 1 and x[at:] == y[at + 1 :]


def _kinds_alike(a: Key, b: Key, told: list[str]) -> float:
    if a.signs == b.signs:
        return 1.0
    if a.signs - _SMALL == b.signs - _SMALL and a.signs & _SMALL and b.signs & _SMALL:
        told.append("kind_partly")
        return 0.92
    if a.signs & _SCHOOLS and b.signs & _SCHOOLS and a.signs & _SCHOOLS != b.signs & _SCHOOLS:
        told.append("other_kind")
        return 0.5 if a.signs & b.signs else 0.35
    if a.signs and b.signs and not a.signs & b.signs:
        told.append("other_kind")
        return 0.35
    told.append("kind_unsaid" if not (a.signs and b.signs) else "kind_partly")
    return 0.86 if a.signs <= b.signs or b.signs <= a.signs else 0.4


def pairs(units: Iterable[Named]) -> Iterator[tuple[Named, Named]]:
    """Give the pairs worth scoring, each once: those that share a block, not all with all."""
    blocks: dict[tuple[str, ...], list[Named]] = defaultdict(list)
    for unit in units:
        for block in {block for name in (unit.name, *unit.also) for block in _blocks(key_of(name), unit)}:
            blocks[block].append(unit)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        if 1 < len(members) <= _MOST_IN_BLOCK:
            for a, b in combinations(members, 2):
                pair = (a.pk, b.pk) if a.pk < b.pk else (b.pk, a.pk)
                if pair not in seen:
                    seen.add(pair)
                    yield a, b


def _blocks(key: Key, unit: Named) -> Iterator[tuple[str, ...]]:
    sign = min((s if s not in _SMALL else "mam non" for s in key.signs), default="")
    whole = "".join(key.own)
    yield ("whole", sign, whole)
    yield ("unsaid", whole)
    if unit.area is not None:
        yield ("area", str(unit.area), unit.kind)
    if len(key.own) > 1:
        # A slip in one word leaves the others.
        for at in range(len(key.own)):
            yield ("rest", sign, *key.own[:at], *key.own[at + 1 :])
        yield ("ends", sign, key.own[0], key.own[-1])


def alike(
    units: Sequence[Named], *, apart: Mapping[tuple[int, int], object] | None = None, least: float = FLAGGED
) -> list[Alike]:
    """Return the pairs that may be one body, the likeliest first.

    :param apart: pairs (lower id first) that somebody said are different.
    """
    known: Callable[[tuple[int, int]], bool] = (apart or {}).__contains__
    found = [score(a, b) for a, b in pairs(units)]
    kept = [one for one in found if one.score >= least and not known((one.first, one.second))]
    return sorted(kept, key=lambda one: (-one.score, one.first, one.second))
