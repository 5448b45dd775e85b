"""Names of units in capitals or short forms, written the proper way as far as the words allow."""

import re

from .wording import bare, clean

_EXPANDED = [
    (r"\bGD\s*[-–&,]?\s*(?:VÀ\s*)?ĐT\b", "Giáo dục và Đào tạo"),
    (r"\bTT\s*[-–&]\s*TT\b|\bTT\s*&\s*TT\b", "Thông tin và Truyền thông"),
    (r"\bVH\s*[-–,]?\s*TT\s*(?:[-–&]|VÀ)?\s*DL\b", "Văn hóa, Thể thao và Du lịch"),
    (r"\bLĐ\s*[-–]?\s*TB\s*(?:[-–&]|VÀ)?\s*XH\b", "Lao động - Thương binh và Xã hội"),
    (r"\bTP\.\s*", "thành phố "),
    (r"\bTT\.\s*", "thị trấn "),
]
#: How each phrase stands inside a unit's name.
_PHRASES = (
    "Ủy ban nhân dân|Giáo dục và Đào tạo|Giáo dục nghề nghiệp|Giáo dục thường xuyên|Giáo dục|Thông tin và Truyền thông"
    "|Văn hóa, Thể thao và Du lịch|Văn hóa và Thể thao|Văn hóa|Thể thao|Du lịch"
    "|Lao động - Thương binh và Xã hội|Lao động"
    "|Nông nghiệp và Phát triển nông thôn|Khoa học và Công nghệ|Tài nguyên và Môi trường|Nội vụ|Tư pháp"
    "|Tài chính|Công Thương"
    "|Kế hoạch và Đầu tư|Xây dựng|Giao thông vận tải|Y tế|Phát thanh và Truyền hình|Phát thanh - Truyền hình"
    "|Truyền thanh"
    "|Phòng|Sở|Trường|Trung tâm|Hội đồng|Hội|Liên đoàn|Đoàn|Ban|Báo|Đài|Thư viện|Bảo tàng|Công an|Công ty"
    "|Câu lạc bộ|Phân hiệu"
    "|Bộ Chỉ huy quân sự|Bộ đội Biên phòng|Mặt trận Tổ quốc Việt Nam|Liên hiệp Phụ nữ|Khuyến học|Nông dân"
    "|Cựu chiến binh"
    "|Cựu giáo chức|Người cao tuổi|Thanh niên Cộng sản Hồ Chí Minh|Thanh niên|Tỉnh đoàn|Thành đoàn|Huyện đoàn"
    "|Tiểu học và Trung học cơ sở|Tiểu học|Trung học cơ sở và Trung học phổ thông|Trung học cơ sở|Trung học phổ thông"
    "|Trung học|Mầm non|Mẫu giáo|Nhà trẻ|Phổ thông dân tộc nội trú|Dân tộc nội trú|Đại học|Cao đẳng|Trung cấp"
    "|Học tập cộng đồng"
    "|Tuyên giáo|Dân vận|Nội chính|Biên phòng|Dịch vụ việc làm|Khuyến nông|Dân tộc|Thanh tra|Kiến thiết|Chữ thập đỏ"
    "|Văn phòng|Điện lực|Thủy lợi|Cấp nước|Viễn thông|Luật gia|Kiểm lâm|Nhà báo|Đảng ủy"
    "|Hướng nghiệp|Ngoại ngữ|Nghệ thuật|Ban Chấp hành|Tin học|Chính trị|Nhà văn hóa|Nhà thiếu nhi"
)
#: Words that stay small inside a name.
_SMALL = (
    "tỉnh|huyện|thành phố|thị xã|thị trấn|phường|xã|quận|thôn|khu phố|và|cộng đồng|số|nhân dân|nghề|chuyên|cổ phần"
    "|trách nhiệm hữu hạn|tổng hợp|quân sự|năng khiếu|mẫu|công lập|tư thục|các"
)
_KEPT = re.compile(
    r"UBND|BCH|GD|GDĐT|GDDT|THPT|THCS|GDNN|GDTX|TNHH|VNPT|PTDTNT|PTDTBT|DTNT|BHXH|TTHTCĐ|HTCĐ|HĐND|UBMTTQ|UBMT|MTTQ|LĐLĐ|LHPN|TNCS|TH|MN|MG|MTV|TDTT|CNTT|HN|THTCĐ|[IVX]+"
)
_WORD_TABLE = {
    phrase.lower(): phrase for phrase in sorted(_PHRASES.split("|"), key=len, reverse=True)
} | {word: word for word in _SMALL.split("|")}  # fmt: skip
_KNOWN = re.compile(
    r"(?<!\w)(?:" + "|".join(re.escape(w) for w in sorted(_WORD_TABLE, key=len, reverse=True)) + r")(?!\w)"
)


def proper(text: str) -> str:
    """Write a unit's name with the capitals it has in a sentence, its commonest short forms in full.

    >>> proper("PHÒNG GD&ĐT NINH SƠN")
    'Phòng Giáo dục và Đào tạo Ninh Sơn'
    """
    letters = [c for c in text if c.isalpha()]
    for short, full in _EXPANDED:
        text = re.sub(short, full, text)
    text = clean(text)
    if sum(c.isupper() for c in letters) * 10 < len(letters) * 5:
        return text
    done = _KNOWN.sub(lambda m: "\0" + _WORD_TABLE[m[0]].replace(" ", "\1") + "\0", _one_spelling(text.lower()))
    parts = re.split(r"(\0[^\0]*\0)", done)
    at = 0
    out = []
    for part in parts:
        length = len(part.strip("\0"))
        out.append(part.strip("\0").replace("\1", " ") if part.startswith("\0") else _title(text[at : at + length]))
        at += length
    name = clean("".join(out))
    return name[:1].upper() + name[1:]


def _one_spelling(lower: str) -> str:
    # Same length, so that positions agree: the tone of "hoà", "uỷ" where modern spelling puts it.
    for old, new in (("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oạ", "ọa"), ("uỷ", "ủy")):
        lower = re.sub(rf"{old}(?!\w)", new, lower)
    return lower


def _title(text: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m[0] if _is_short(m[0]) else m[0].capitalize(), text)


def _is_short(word: str) -> bool:
    """Whether a word is letters that stand for words: known ones, and those nobody can speak ("BĐBP")."""
    return _KEPT.fullmatch(word) is not None or (len(word) > 1 and not re.search("[aeiouy]", bare(word)))


UNIT = re.compile(
    r"(?:ubnd|uy ban nhan dan|so|phong|truong|tt|trung tam|hoi|lien doan|doan|tinh doan|thanh doan|huyen doan"
    r"|ban|bao|dai|thu vien"
    r"|bao tang|cong an|cong ty|bo chi huy|phan hieu|vien|mat tran|ubmttq|mttq|uy ban|doanh nghiep|vnpt|viettel"
    r"|buu dien|cau lac bo"
    r"|benh vien|hop tac xa|lien hiep|chi cuc|cuc|tong cong ty|hdnd|bo doi|bhxh|bao hiem|ngan hang|quy|nha|clb"
    r"|th|thcs|thpt|mn|mg|van phong|dang uy|khoa)\b"
)
#: "Số: 12", "Hội thi", "Bán sách" begin like units once their marks are gone.
_FIRST = (
    "sở phòng trường hội liên đoàn tỉnh thành huyện báo đài thư bảo công bộ phân viện mặt ủy uỷ bưu câu bệnh hợp cục"
    " tổng ngân"
)
_FIRST_WORDS = frozenset(_FIRST.split())
#: These begin the names of units and of places alike: only the capitals of a letterhead tell a unit.
_FIRST_IN_CAPITALS = frozenset({"nhà", "viện", "văn", "quỹ", "đảng", "khoa"})
_NO_UNIT = re.compile(
    r"hoi (?:thi|thao|nghi|dien|cho|dam|truong|sach|khoe|trai|hoc)\b|phong (?:trao|hop|hoc|doc)\b|truong hop\b"
    r"|bao cao\b"
)
_NO_NAME = re.compile(r"\b(?:hoat dong|tuan le|lich|ke hoach|dang ky|chuong trinh|phu luc)\b")
_PLACE = re.compile(r"(?:tinh|huyen|thanh pho|tp|thi xa|thi tran|tt|phuong|xa|quan)\b\.?")
_BODY_OF_A_PLACE = re.compile(r"(?:phong|hoi khuyen hoc|trung tam|hoi|lien doan|ban|doan|dai)\b")


def is_unit(text: str) -> bool:
    """Whether a line begins as the names of units do, and is short enough for a name."""
    words = text.lower().split()
    if not words or len(text) > 110 or UNIT.match(bare(text)) is None or _NO_UNIT.match(bare(text)):
        return False
    in_capitals = text.isupper() and words[0] in _FIRST_IN_CAPITALS
    return words[0] == bare(words[0]) or words[0] in _FIRST_WORDS or in_capitals


def is_named(text: str) -> bool:
    """Whether a text says more than a kind of unit: "Trường Tiểu học Lâm Sơn", not "CÂU LẠC BỘ"."""
    return re.search(r"[^\W\d_]{2}", _KNOWN.sub("", _one_spelling(text.lower()))) is not None


def of_letterhead(lines: list[str]) -> str | None:
    """Name the unit of a letterhead: the last unit of its left column; a body of a place takes the place from above."""
    names: list[str] = []
    for line in lines:
        plain = bare(line)
        if plain in {"tt", "th"}:
            continue
        of_a_place = _PLACE.match(plain) and not is_unit(line)
        if re.match(r"(?:ban thuong vu|thuong truc)\b", plain):
            continue
        if names and (of_a_place or re.match(r"(?:ban chap hanh|bch)\b", plain)):
            names[-1] = f"{names[-1]} {line}"
        elif is_unit(line) or of_a_place:
            names.append(line)
        elif names and line.isupper() and len(line) < 50 and not _NO_NAME.search(plain):
            names[-1] = f"{names[-1]} {line}"
    if not names:
        return None
    own = proper(names[-1])
    above = proper(names[-2]) if len(names) > 1 else ""
    place = re.search(r"(?:tỉnh|huyện|thành phố|thị xã|xã|phường|thị trấn) .+", above)
    bodiless = _BODY_OF_A_PLACE.match(bare(own)) and len(own.split()) <= 8 and not _names_a_place(own)
    return f"{own} {place[0]}" if place and bodiless else own


def _names_a_place(name: str) -> bool:
    rest = re.findall(r"[^\W\d_]+", _KNOWN.sub("", name.lower()))
    return any(re.search("[aeiouy]", bare(word)) for word in rest) or "huyện " in name or "tỉnh" in name
