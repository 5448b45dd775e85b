"""How a letter addresses whoever it is for. Pure."""

import re

from tuanhoc.lib.text import clean

#: What a name begins with that carries a form of address, a rank or an office of its own already.
_TITLES = (
    "ông", "bà", "anh", "chị", "cô", "thầy", "chú", "bác", "em", "bạn", "quý", "đồng chí", "đ/c", "đc", "gs", "pgs",
    "ts", "ths", "cn", "ks", "bs", "nhà giáo", "linh mục", "mục sư", "thượng tọa", "đại đức", "sư cô", "mr", "mrs",
    "ms", "dr", "hiệu trưởng", "phó hiệu trưởng", "giám đốc", "phó giám đốc", "chủ tịch", "phó chủ tịch",
    "trưởng phòng", "phó trưởng phòng", "trưởng ban", "phó trưởng ban", "chánh văn phòng", "phó chánh văn phòng",
    "tổ trưởng", "tổ phó", "chủ nhiệm", "phó chủ nhiệm", "bí thư", "phó bí thư", "lãnh đạo", "cán bộ",
)  # fmt: skip
#: What the name of an office begins with. "Đoàn" and "Trương" are families: "Trường" is written otherwise.
_OFFICES = (
    "phòng", "trường", "ubnd", "ủy ban", "uỷ ban", "hđnd", "hội đồng", "sở", "ban", "bộ", "bộ phận", "cục", "chi cục",
    "trung tâm", "tt", "thư viện", "văn phòng", "văn thư", "hội", "liên đoàn", "đoàn thanh niên", "đoàn tncs",
    "đoàn trường", "công ty", "công đoàn", "câu lạc bộ", "clb", "nhóm", "tổ", "bảo tàng", "đài", "báo", "công an",
    "học viện", "viện", "nhà văn hóa", "nhà thiếu nhi", "nhà xuất bản", "mặt trận", "ubmttq", "thpt", "thcs",
    "tiểu học", "mầm non", "mẫu giáo", "khoa", "doanh nghiệp", "hợp tác xã", "htx", "xã", "phường", "thị trấn", "huyện",
    "tỉnh",
)  # fmt: skip
_BEGINNING = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, (*_TITLES, *_OFFICES)), key=len, reverse=True))})(?!\w)")


def wants_title(name: str) -> bool:
    """Whether a polite letter puts ``Ông/Bà`` before the name: it is a person's, and no form of address stands in it.

    >>> wants_title("Lê Thanh Khoa"), wants_title("Chị Lan"), wants_title("Phòng GDĐT Ninh Sơn")
    (True, False, False)
    """
    words = clean(name).lower()
    # An address or a number is nobody's name.
    return bool(words) and not re.search(r"[@\d]", words) and not _BEGINNING.match(words)
