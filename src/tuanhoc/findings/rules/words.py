"""Words of activities under one form: marks folded, abbreviations and their long forms made one token.

Weights are written down, not counted: a row more or less changes nobody's score.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise


def bag(text: str) -> frozenset[str]:
    """Return the words of a list written in one line."""
    return frozenset(text.split())


#: long and short forms of one thing -> its token. The text is folded, its punctuation is spaces.
_SAID: dict[str, str] = {
    # bodies
    "ubnd": "uy ban nhan dan|uy ban|ubnd|tru so ubnd|tru so xa",
    "thcs": "truong trung hoc co so|trung hoc co so|truong thcs|thcs|truong ptcs|ptcs",
    "thpt": "truong trung hoc pho thong|trung hoc pho thong|truong thpt|thpt",
    "th": "truong tieu hoc|tieu hoc|truong th|th",
    "mn": "truong mam non|mam non|truong mau giao|mau giao|truong mn|mn",
    "caodang": "truong cao dang|cao dang|truong cd|cd",
    "daihoc": "truong dai hoc|dai hoc|truong dh|dh",
    "tthtcd": "trung tam hoc tap cong dong|trung tam htcd|tt htcd|tthtcd|htcd",
    "gdnn": "trung tam giao duc nghe nghiep giao duc thuong xuyen|trung tam gdnn gdtx|tt gdnn gdtx|gdnn gdtx"
    "|ttgdnn gdtx|trung tam gdnn|gdnn",
    "gdtxhn": "trung tam gdtx hn|trung tam giao duc thuong xuyen huong nghiep|tt gdtx hn|ttgdtx hn|gdtx hn",
    "ttvhtt": "trung tam van hoa the thao|tt van hoa the thao|ttvh tt|tt vh tt|ttvhtt|trung tam vh tt|trung tam vhtt",
    "ttvhnt": "trung tam van hoa nghe thuat|ttvhnt",
    "pgd": "phong giao duc va dao tao|phong giao duc dao tao|phong gddt|phong gd dt|phong giao duc|pgd dt|pgddt|pgd",
    "sgddt": "so giao duc va dao tao|so giao duc dao tao|so gddt|so gd dt|so giao duc|sgddt|sgd dt",
    "sotttt": "so thong tin va truyen thong|so thong tin truyen thong|so tttt|so tt tt|stttt",
    "sovhttdl": "so van hoa the thao va du lich|so vhttdl|so vh tt dl|so vhtt va dl",
    "soldtbxh": "so lao dong thuong binh va xa hoi|so lao dong thuong binh xa hoi|so ldtbxh|so ld tbxh|so ld tb xh",
    "sotaichinh": "so tai chinh|so tc",
    "sotnmt": "so tai nguyen va moi truong|so tai nguyen moi truong|so tnmt",
    "sonv": "so noi vu|so nv",
    "hkh": "hoi khuyen hoc|hkh",
    "hlhpn": "hoi lien hiep phu nu|hoi lhpn|hlhpn|hoi phu nu|tinh hoi phu nu",
    "hnd": "hoi nong dan|tinh hoi nong dan|hnd",
    "hccb": "hoi cuu chien binh|hoi ccb|hccb",
    "ldld": "lien doan lao dong|ldld",
    "tinhdoan": "tinh doan",
    "huyendoan": "huyen doan|thanh doan",
    "dtn": "doan thanh nien|doan tncs hcm|doan tn",
    "daiptth": "dai phat thanh va truyen hinh|dai phat thanh truyen hinh|dai ptth|dai pt th",
    "daitt": "dai truyen thanh",
    "nhcsxh": "ngan hang chinh sach xa hoi|nhcsxh",
    "htx": "hop tac xa|htx",
    "congty": "cong ty|cty",
    "kcn": "khu cong nghiep|kcn",
    # places
    "nvh": "nha van hoa|nvh|nha sinh hoat cong dong|nha cong dong|nha sinh hoat|nha shcd",
    "nvhtn": "nha van hoa thanh nien|nvh thanh nien|nvhtn",
    "nvhld": "nha van hoa lao dong|nvh lao dong",
    "ntn": "nha thieu nhi|ntn",
    "ntd": "nha thi dau da nang|nha thi dau|ntd",
    "svd": "san van dong|svd",
    "benhvien": "benh vien|bv",
    "tramyt": "tram y te|tyt",
    "quangtruong": "quang truong",
    "congvien": "cong vien",
    "thuvien": "thu vien",
    "baotang": "bao tang",
    "hoitruong": "hoi truong",
    "phonghop": "phong hop",
    "vanphong": "van phong",
    "trangtin": "trang thong tin dien tu|trang tin dien tu|trang thong tin|cong thong tin dien tu|cong thong tin"
    "|website|fanpage|trang facebook|facebook|trang zalo|bao dien tu|kenh truyen hinh|kenh phat thanh",
    "phongmay": "phong may tinh|phong may|phong tin hoc|phong vi tinh",
    "baibien": "bai bien|bai tam",
    "kp": "khu pho|kp",
    "dieucau": "diem cau",
    # people
    "nct": "nguoi cao tuoi|nguoi lon tuoi|nguoi gia|nct",
    "hs": "hoc sinh|hs|hssv|hoc sinh sinh vien",
    "gv": "giao vien|gv|thay co giao|nha giao",
    "ccvc": "cong chuc vien chuc|cong chuc|vien chuc|ccvc|cbcc|can bo cong chuc",
    "phuhuynh": "cha me hoc sinh|phu huynh hoc sinh|phu huynh|cha me|cmhs|phhs|ba me",
    "phunu": "phu nu|chi em",
    "nongdan": "nong dan|ba con nong dan",
    "congnhan": "cong nhan|nguoi lao dong|nld",
    "thieunhi": "thieu nhi|tre em|thieu nien",
    "dvtn": "doan vien thanh nien|doan vien|thanh nien|dvtn",
    "nguoidan": "nguoi dan|nhan dan|ba con",
    "hoivien": "hoi vien",
    "ngudan": "ngu dan",
    # the Week and its formulas
    "tuanle": "tuan le huong ung hoc tap suot doi|tuan le hoc tap suot doi|tuan le htsd|tuan le|tl htsd|tlhtsd",
    "htsd": "hoc tap suot doi|htsd|ht sd",
    "khaimac": "khai mac",
    "phatdong": "phat dong|ra quan",
    "bemac": "be mac|tong ket|tong ket trao giai|trao giai",
    "tochuc": "to chuc|trien khai|thuc hien",
    "huongung": "huong ung",
    "duthuc": "tham gia|tham du|du le|cung dia phuong",
    "phoihop": "phoi hop voi|phoi hop cung|phoi hop|cung voi",
    "bangron": "bang ron khau hieu|bang ron|khau hieu|pano",
    # ways of teaching and telling
    "taphuan": "mo lop tap huan|lop tap huan|tap huan|boi duong|huong dan|mo lop|khai giang lop|lop hoc|lop day|day hoc"
    "|hoc cach|chuyen giao|chi cach|chi nhau cach|lop",
    "tuyentruyen": "tuyen truyen|pho bien|noi chuyen chuyen de|sinh hoat chuyen de|noi chuyen|chuyen de|truyen thong",
    "toadam": "toa dam|hoi thao|giao luu|trao doi",
    "hoinghi": "hoi nghi",
    "hoithi": "hoi thi|cuoc thi|thi",
    "ngayhoi": "ngay hoi|hoi sach|le hoi",
    "ramat": "le ra mat|ra mat|thanh lap",
    "trungbay": "trung bay|trien lam",
    "xem": "tham quan|tham|trai nghiem",
    # subjects
    "hethong": "he thong",
    "diaban": "dia ban",
    "tinhoc": "tin hoc",
    "cntt": "cong nghe thong tin|cntt",
    "cds": "chuyen doi so|cds|cđs",
    "kns": "ki nang so|ky nang so|kns",
    "vhd": "van hoa doc|vhd",
    "dvc": "dich vu cong truc tuyen|dich vu cong|dvctt|dvc",
    "tmdt": "thuong mai dien tu|tmdt",
    "dtdd": "dien thoai thong minh|dien thoai di dong|dien thoai|dtdd|dttm|smartphone",
    "atgt": "an toan giao thong|atgt",
    "clb": "cau lac bo|clb",
    "gdtx": "giao duc thuong xuyen|gdtx",
    "ungdung": "ung dung|app",
    "sgk": "sach giao khoa|sgk",
    "mang": "khong gian mang|mang xa hoi|mang internet|internet|mxh",
    "tienmat": "khong dung tien mat|kdtm",
    "phongchong": "phong chong|phong tranh",
    "xahoihoctap": "xa hoi hoc tap|xhht",
    "truc tuyen": "truc tuyen|online|zoom|google meet|gg meet",
    # levels
    "xa": "xa|phuong|thi tran|cap xa|cap phuong",
    "huyen": "huyen|thanh pho|cap huyen|tp",
    "tinh": "cap tinh|tinh",
    "thon": "thon|lang|ap|buon",
}
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_NUMBERED_DAY = re.compile(r"\b(\d{1,2}) thang (\d{1,2})\b")
_NUMBERED_QUARTER = re.compile(r"\bkp(\d)")
_SHORT_Y = re.compile(r"\b([hklmst])y\b")

#: say nothing about which event it is
IDLE = bag(
    "va cua cho tai ve cac nhung voi trong tren duoi den tu la co do nam ngay thang mot moi o nhan nhu gan cung "
    "le theo de cap vao ra bang qua cho hoac khi se duoc toan dia phuong ban khu vuc tat ca su tuanle htsd tochuc "
    "huongung duthuc phoihop hoat dong chuong trinh buoi cuoc xa huyen tinh thon truong 2022 2023 2024 2025 2026 "
    "h gio"
)
#: ways and people: many events share them
USUAL = bag(
    "taphuan tuyentruyen toadam hoinghi hoithi ngayhoi ramat trungbay khaimac phatdong bemac hs gv nct phuhuynh "
    "nguoidan phunu nongdan congnhan thieunhi dvtn hoivien ccvc su dung khai thac gioi thieu sinh hoat trao tang "
    "ki thuat nang cao kien thuc cach hoc day tim hieu bieu dien xem can bo lien hoan ngoai khoa thuc hanh an "
    "toan tructuyen treo bangron dang tin bai duong ubnd thcs thpt th mn tthtcd nghe mo ke chuyen ket hop moi "
    "nguoi cong nghe so luc"
)
USUAL_WEIGHT = 0.35

_VIETNAMESE = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_BARE = str.maketrans(_VIETNAMESE, "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd")


def folded(text: str) -> str:
    """Return the text in lower case without marks, as fast as can be for thousands of rows.

    >>> folded("Chuyển đổi SỐ")
    'chuyen doi so'
    """
    return unicodedata.normalize("NFC", text).lower().translate(_BARE)


def spaced(text: str) -> str:
    """Return folded words with single spaces, punctuation gone, "16 tháng 4" and "16/4" alike."""
    plain = _NOT_WORD.sub(" ", folded(text)).strip()
    # Looked for before it is replaced: most texts have none of it, and there are thousands.
    if " thang " in plain:
        plain = _NUMBERED_DAY.sub(r"\1 \2", plain)
    if "kp" in plain:
        plain = _NUMBERED_QUARTER.sub(r"kp \1", plain)
    return _SHORT_Y.sub(r"\1i", plain) if "y" in plain else plain


@dataclass(frozen=True, slots=True)
class _Opened:
    """What a word can begin: itself, or the token it stands for; and by the word after it, phrases, longest first."""

    alone: str
    longer: Mapping[str, list[tuple[int, list[str], str]]]


def _by_first_words() -> dict[str, _Opened]:
    alone: dict[str, str] = {}
    longer: dict[str, dict[str, list[tuple[int, list[str], str]]]] = {}
    for token, forms in _SAID.items():
        for form in forms.split("|"):
            said = spaced(form).split()
            if len(said) == 1:
                alone.setdefault(said[0], token.replace(" ", ""))
            else:
                begun = longer.setdefault(said[0], {}).setdefault(said[1], [])
                begun.append((len(said), said, token.replace(" ", "")))
                begun.sort(key=lambda phrase: -phrase[0])
    return {word: _Opened(alone.get(word, word), longer.get(word, {})) for word in alone | longer}


_PHRASES = _by_first_words()


@lru_cache(maxsize=50_000)
def tokens(text: str) -> tuple[str, ...]:
    """Return the tokens of a text in their order.

    >>> tokens("Lớp kỹ năng số cho người cao tuổi, TTHTCĐ xã")
    ('taphuan', 'kns', 'cho', 'nct', 'tthtcd', 'xa')
    """
    return tokens_of(spaced(text))


def tokens_of(plain: str) -> tuple[str, ...]:
    """Return the tokens of words already :func:`spaced`."""
    said = plain.split()
    out: list[str] = []
    at, last = 0, len(said) - 1
    while at <= last:
        word = said[at]
        begun = _PHRASES.get(word)
        if begun is None:
            out.append(word)
            at += 1
            continue
        for size, phrase, token in begun.longer.get(said[at + 1], ()) if at < last else ():
            if said[at : at + size] == phrase:
                out.append(token)
                at += size
                break
        else:
            out.append(begun.alone)
            at += 1
    return tuple(out)


def weight(token: str) -> float:
    """Return how much a token says about which event it is: 0, ``USUAL_WEIGHT`` or 1."""
    return 0.0 if token in IDLE else USUAL_WEIGHT if token in USUAL else 1.0


_COUNTED = bag("lop khoi lan cum dot buoi phan nhom tap ca chang bai vong khoa to")
_NUMBERED = re.compile(
    rf"\b({'|'.join(sorted(_COUNTED))}) "
    r"(\d{1,2}[a-z]?\d{0,2}|[a-h]|[ivx]{1,4})((?: (?:va )?\d{1,2}[a-z]?\d{0,2})*)\b"
)


def numbered(plain: str) -> Mapping[str, frozenset[str]]:
    """Return what sets one event of a series apart: ``{"lop": {"6a"}}``, ``{"lan": {"1"}}``.

    :param plain: words already :func:`spaced`.

    >>> numbered(spaced("Thực hành cho lớp 6A và 6B, lần 2"))["lan"]
    frozenset({'2'})
    """
    found: dict[str, frozenset[str]] = {}
    # Looked for before it is searched for: most texts have none of it, and there are thousands.
    if _COUNTED.isdisjoint(plain.split()):
        return found
    for kind, first, more in _NUMBERED.findall(plain):
        values = {first, *(word for word in more.split() if word != "va")}
        found[kind] = found.get(kind, frozenset()) | values
    return found


def one_slip(one: str, other: str) -> bool:
    """Whether the fingers slipped once between two words: a letter left out or put in, or two changed round.

    Another letter is another word: "hàng" is no slip for "măng".
    """
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 3:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    if len(a) == len(b):
        return a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b or a == b[1:]


_SYLLABLE = re.compile(r"[^\W\d_]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@lru_cache(maxsize=50_000)
def marked(text: str) -> Mapping[str, frozenset[str]]:
    """Return the syllables of a text with their marks, by the syllable without: "sách" and "sạch" are two words.

    Where the tone stands ("hoà", "hòa") makes no difference. Empty for a text typed without marks.
    """
    found: dict[str, set[str]] = {}
    lower = unicodedata.normalize("NFC", text).lower()
    if lower.translate(_BARE) == lower:
        return {}
    for syllable in _SYLLABLE.findall(lower):
        apart = unicodedata.normalize("NFD", syllable)
        tone = "".join(_TONES.findall(apart))
        found.setdefault(syllable.translate(_BARE), set()).add(_TONES.sub("", apart) + tone)
    return {bare: frozenset(forms) for bare, forms in found.items()}


_QUOTED = re.compile(r"[“\"]([^”\"]{3,80})[”\"]")


def quoted(text: str) -> frozenset[str]:
    """Return the words of titles between quotation marks that say which one it is."""
    titles = _QUOTED.findall(text) if "“" in text or '"' in text else ()
    return frozenset(token for title in titles for token in tokens(title) if weight(token) == 1)


def pairs_of(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Give each two neighbours, in the order of the alphabet."""
    for one, other in pairwise(words):
        yield (one, other) if one <= other else (other, one)
