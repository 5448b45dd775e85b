"""A unit's name taken apart: what kind of body, at what level, of which place.

People write one name in many ways: "UBND H. Ninh Sơn", "Ủy ban nhân dân huyện Ninh Sơn", "ubnd_huyen_ninh_son";
"TTHTCĐ xã Lâm Sơn", "Trung tâm Học tập cộng đồng xã Lâm Sơn". All of one family come out as the same :class:`Name`.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tuanhoc.lib.text import clean, fold

#: What people write, folded and without "và" -> one word for it.
_PHRASES = {
    "ubnd": "uy ban nhan dan|uy ban nd|ub nhan dan|u b n d|ub nd",
    "gddt": "giao duc dao tao|gd dt|giao duc dt",
    "gdnn": "giao duc nghe nghiep|gd nn",
    "gdtx": "giao duc thuong xuyen|gd tx",
    "hn": "huong nghiep",
    "phong gddt": "pgd|pgddt|pgd dt|phong gd dt|phong giao duc dao tao|phong giao duc|phong gd",
    "so gddt": "sgd|sgddt|sgd dt|so gd dt|so giao duc dao tao|so giao duc|so gd",
    "thcs": "trung hoc co so",
    "thpt": "trung hoc pho thong|pho thong trung hoc|truong ptth",
    "tieuhoc": "tieu hoc|truong th",
    "mamnon": "mam non|truong mn",
    "maugiao": "mau giao|truong mg",
    "htcd": "trung tam hoc tap cong dong|tt hoc tap cong dong|tthtcd|tt htcd|trung tam htcd|hoc tap cong dong",
    "trungtam": "trung tam",
    "vhttdl": "van hoa the thao du lich|vhtt dl|vh tt dl",
    "vhtt": "van hoa the thao|vh tt",
    "vhnt": "van hoa nghe thuat",
    "tttt": "thong tin truyen thong|tt tt|tt truyen thong",
    "ldtbxh": "lao dong thuong binh xa hoi|ld tb xh|ldtb xh|lao dong tb xh",
    "ptth": "phat thanh truyen hinh|pt th",
    "khuyenhoc": "hoi khuyen hoc|hkh|khuyen hoc",
    "lhpn": "hoi lien hiep phu nu|hlhpn|hoi lhpn|hoi phu nu|lien hiep phu nu",
    "ldld": "lien doan lao dong|lien doan ld",
    "nongdan": "hoi nong dan|hnd|hoi nd",
    "ccb": "hoi cuu chien binh|hoi ccb|cuu chien binh",
    "nct": "hoi nguoi cao tuoi|hoi nct",
    "mttq": "uy ban mat tran to quoc viet nam|mat tran to quoc viet nam|uy ban mat tran to quoc|mat tran to quoc"
    "|ubmttq|ub mttq|uy ban mttq|mttqvn|ubmttqvn|mttq viet nam|ub mttq viet nam",
    "doan": "doan thanh nien cong san ho chi minh|doan tncs ho chi minh|doan tncs hcm|doan thanh nien|dtn",
    "doan tinh": "tinh doan",
    "doan huyen": "huyen doan",
    "doan thanhpho": "thanh doan",
    "doan xa": "xa doan",
    "thuvien": "thu vien",
    "baotang": "bao tang",
    "thanhpho": "thanh pho|tp|t p",
    "thixa": "thi xa|tx",
    "thitran": "thi tran",
    "huyen": "h",
    "xa": "x",
    "phuong": "p",
    "quan": "q",
}  # fmt: skip
_BY_WORDS = {
    tuple(said.split()): tuple(one.split()) for one, all_said in _PHRASES.items() for said in all_said.split("|")
}
_LONGEST = max(map(len, _BY_WORDS))
#: Words that say what kind of body it is; a run of them is its head.
_HEADS = frozenset({
    "ubnd", "phong", "gddt", "gdnn", "gdtx", "hn", "htcd", "trungtam", "vhtt", "vhttdl", "vhnt", "tttt", "ldtbxh",
    "ptth", "khuyenhoc", "lhpn", "ldld", "nongdan", "ccb", "nct", "mttq", "doan", "thcs", "thpt", "tieuhoc", "mamnon",
    "maugiao", "so", "thuvien", "baotang", "bao", "dai", "hoi", "truong",
})  # fmt: skip
_SCHOOLS = frozenset({"thcs", "thpt", "tieuhoc", "mamnon", "maugiao"})
#: What may follow "TT" when it stands for a centre, not for a township.
_CENTRES = frozenset({"gdnn", "gdtx", "vhtt", "vhnt", "htcd"})
#: Abbreviations of schools, only where a name begins: inside one they are other words.
_AT_START = {"th": "tieuhoc", "mn": "mamnon", "mg": "maugiao"}
LEVELS = frozenset({"tinh", "thanhpho", "thixa", "huyen", "quan", "xa", "phuong", "thitran"})
#: How these words are marked when marked at all: "Phương Hải" is no ward, "Bảo An" no newspaper.
_PROPER = {
    "tinh": "tỉnh", "huyen": "huyện", "quan": "quận", "xa": "xã", "phuong": "phường", "bao": "báo", "dai": "đài",
    "so": "sở", "doan": "đoàn", "hoi": "hội", "truong": "trường", "phong": "phòng",
}  # fmt: skip

#: One word of a name: folded, and with its marks in an order of their own (Hòa and Hoà are one word).
Word = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Name:
    """What kind of body (``head``), at what level, of which place; ``of_province`` for "tỉnh" and its name."""

    head: frozenset[str]
    level: str
    #: everything after head and level: the place, and perhaps the places above it
    place: tuple[Word, ...]
    #: the same without marks
    folded: tuple[str, ...]
    of_province: bool = False
    #: the level stood there without marks, and may be the first syllable of the place ("phuong hai")
    level_unmarked: bool = False


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a name, families of spellings made one."""
    text = re.sub(r"\(\s*m[ẫa]u\s*\)", " ", clean(text), flags=re.IGNORECASE)
    raw = re.findall(r"\w+", (text if " " in text else _spread(text)).replace("_", " "))
    plain = [(fold(word), _marked(word)) for word in raw]
    return tuple(_made_one([word for word in plain if word[0] != "va"]))


def _spread(text: str) -> str:
    """Set spaces into a file name written in one piece: ``UBNDXaLamSon``."""
    out = ""
    for n, char in enumerate(text):
        after_small = n > 0 and char.isupper() and text[n - 1].islower()
        starts_word = n > 1 and char.isupper() and text[n - 1].isupper() and text[n + 1 : n + 2].islower()
        out += f" {char}" if after_small or starts_word else char
    return out


def _marked(word: str) -> str:
    """Return letters, then marks: where in the syllable the tone was typed makes no difference."""
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in parts if not unicodedata.combining(c)) + "".join(
        sorted(c for c in parts if unicodedata.combining(c))
    )


def _made_one(plain: Sequence[Word]) -> Iterable[Word]:
    folded = [word for word, _ in plain]
    at = 0
    while at < len(plain):
        for length in range(min(_LONGEST, len(plain) - at), 0, -1):
            one = _BY_WORDS.get(tuple(folded[at : at + length]))
            if one is not None:
                yield from ((word, word) for word in one)
                at += length
                break
        else:
            yield plain[at]
            at += 1


def name_of(words: Sequence[Word], *, province: Sequence[str] = ()) -> Name:
    """Take a name apart. ``province`` is the province's own name, folded: it tells nothing apart."""
    rest = list(words)
    if rest and rest[0][0] in _AT_START:
        rest[0] = (_AT_START[rest[0][0]],) * 2
    rest = [_centre_or_township(rest, n) if word[0] == "tt" else word for n, word in enumerate(rest)]
    head: list[str] = []
    while rest and _is_one_of(rest[0], _HEADS) and not (head and rest[0][0] in {"bao", "dai", "so"}):
        head.append(rest.pop(0)[0])
    kinds = frozenset(head)
    kinds -= {"trungtam"} if kinds - {"trungtam"} else frozenset()
    kinds -= {"truong"} if kinds & _SCHOOLS else frozenset()
    level, typed = rest.pop(0) if rest and _is_one_of(rest[0], LEVELS) else ("", "")
    place = [word for n, word in enumerate(rest) if not (word[0] == "so" and _is_number(rest, n + 1))]
    place, of_province = _without_province(place, province, at_province=level == "tinh")
    unmarked = level in _PROPER and typed == level
    return Name(kinds, level, tuple(place), tuple(word for word, _ in place), of_province, unmarked)


def readings_of(name: Name) -> tuple[Name, ...]:
    """Return the name, and the other way to read it when a level may be a syllable of the place."""
    if not name.level_unmarked:
        return (name,)
    place = ((name.level, name.level), *name.place)
    return name, Name(name.head, "", place, (name.level, *name.folded))


def _is_one_of(word: Word, kinds: frozenset[str]) -> bool:
    folded, marked = word
    return folded in kinds and (folded not in _PROPER or marked in {folded, _marked(_PROPER[folded])})


def _centre_or_township(words: Sequence[Word], at: int) -> Word:
    """Read "TT": trung tâm before what centres do, thị trấn otherwise."""
    meant = "trungtam" if at + 1 < len(words) and words[at + 1][0] in _CENTRES else "thitran"
    return meant, meant


def _is_number(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at][0].isdecimal()


def _without_province(place: list[Word], province: Sequence[str], *, at_province: bool) -> tuple[list[Word], bool]:
    """Drop the province's name and "tỉnh" from the end: "Báo Ninh Thuận, tỉnh Ninh Thuận"."""
    while place:
        named = bool(province) and [word for word, _ in place[-len(province) :]] == list(province)
        if not named and place[-1][0] != "tinh":
            return place, at_province
        place = place[: -len(province)] if named else place[:-1]
        at_province = at_province or not place
    return place, at_province


def contains(words: Sequence[str], part: Sequence[str]) -> bool:
    """Whether ``part`` stands in ``words`` as it is, in one piece."""
    size = len(part)
    return size > 0 and any(tuple(words[n : n + size]) == tuple(part) for n in range(len(words) - size + 1))
