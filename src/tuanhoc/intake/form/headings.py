"""Heads of columns in any wording and order, in one row or two, and what their columns hold."""

import enum
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tuanhoc.papers.reading import Cell

from .values import Part
from .wording import bare, clean


class Role(enum.Enum):
    """What a column of a form holds."""

    NUMBER = "TT"
    DAY = "ngày"
    LAST_DAY = "đến ngày"
    TIME = "giờ"
    LAST_TIME = "đến giờ"
    WHEN_AND_WHERE = "thời gian, địa điểm"
    PLACE = "địa điểm"
    CONTENT = "nội dung"
    NOTE = "ghi chú"
    HOST = "chủ trì"
    AUDIENCE = "thành phần"
    CONTACT = "liên hệ"
    LINK = "đường dẫn"
    OTHER = "khác"

    # Members are compared by identity; the hash of Enum itself is Python code, called for every cell.
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class Column:
    """A column as understood; ``part`` when its head names a part of the day ("Sáng")."""

    role: Role
    title: str = ""
    part: Part | None = None


Columns = Mapping[int, Column]

_ROLES = [
    (Role.NUMBER, r"(?:so )?(?:s?tt|thu tu)\b|no\b|#"),
    (Role.WHEN_AND_WHERE, r"(?:thoi gian|ngay gio|ngay)(?: to chuc)?\s*(?:,|va|/|-|–|&|;)?\s*(?:va )?dia (?:diem|chi)"),
    (Role.LINK, r"(?:duong )?link|duong dan|lien ket|website|url|zoom|dia chi (?:truc tuyen|truy cap|mang|web)"
    r"|(?:ma|id) phong"),
    (Role.LAST_TIME, r"gio ket thuc|den gio|ket thuc luc"),
    (Role.LAST_DAY, r"den ngay|ngay ket thuc|(?:thoi gian )?ket thuc|den$"),
    (Role.TIME, r"gio\b|buoi|hours?\b|khung gio|thoi diem|thoi gian bat dau$|thoi luong|thoi gian \(?gio|\(?gio"),
    (Role.DAY, r"ngay|thu\b(?! vien)|thoi gian|tu ngay|tu$|lich\b|bat dau"
     r"|vao (?:luc|ngay)|khi nao|luc nao|dates?\b|time\b"),
    (Role.PLACE, r"dia diem|noi\b(?! dung)|dia chi|diem to chuc|dia ban|o dau"
     r"|to chuc (?:tai|o)|dien ra (?:tai|o)|venue|place|location"),
    (Role.OTHER, r"hinh thuc|so luong|so nguoi|so luot|du kien so|kinh phi|nguon|ket qua|muc tieu|muc dich"
    r"|(?:don vi|co quan) phoi hop"
     r"|phoi hop|san pham|nguoi ky|trang thai"),
    (Role.CONTACT, r"nguoi (?:phu trach|lien he|dau moi|chiu trach nhiem)|(?:can bo|dong chi"
    r"|ho ten).*(?:phu trach|lien he|dau moi)"
     r"|lien he|phu trach|dau moi|thong tin lien he|(?:so )?(?:dien thoai|dt|sdt|dtdd)|nguoi"),
    (Role.HOST, r"(?:don vi|co quan|bo phan|to chuc|truong|co so|phong|ten don vi|ten truong|ban)\b.*|chu tri"
    r"|thuc hien|xa\b|phuong\b|huyen\b"),
    (Role.AUDIENCE, r"(?:thanh phan|doi tuong|nguoi (?:tham gia|du|hoc)|khach moi|tham (?:du|gia)|hoc vien"
    r"|nguoi tham|participants?\b)"),
    (Role.CONTENT, r"(?:ten )?(?:noi dung|(?:cac )?hoat dong|cong viec|chuong trinh|su kien|viec|chuyen de"
    r"|chu de|nhiem vu)|ten|activit(?:y|ies)|contents?\b|events?\b"),
    (Role.NOTE, r"ghi chu|luu y|chu thich|ghi nho|y kien|notes?\b|remarks?\b"),
]  # fmt: skip
#: Before the others: these say more than the word they begin with.
_FIRST = [
    (Role.AUDIENCE, r"nguoi (?:tham|du|hoc)"),
    (Role.PLACE, r"(?:ten )?dia diem|noi (?:to chuc|dien ra|thuc hien)|co so to chuc"),
    (Role.CONTENT, r"ten (?:hoat dong|noi dung|chuong trinh|su kien|lop|chuyen de|cong viec)"),
]
_PATTERNS = [(role, re.compile(pattern)) for role, pattern in (*_FIRST, *_ROLES)]
_WORDS = (
    "tt stt so thu tu no ngay thang nam gio buoi thoi gian dia diem noi to chuc dung hoat dong ten cac ghi chu "
    "don vi thuc hien tri phoi hop co quan thanh phan doi tuong tham gia du luong nguoi phu trach lien he dien "
    "thoai hinh kinh phi link duong dan dang ky chi tiet cong viec chuong trinh su kien bat dau ket den khung luu "
    "y thich bo truong phong ban xa phuong huyen hoc vien khach moi lop chuyen de nhiem vu va hoac neu sdt dt "
    "email zalo zoom id url website tuyen truc mang ra can ho chiu thong tin tuan le hoi truy cap luot nguon muc "
    "tieu dich qua san pham sang chieu toi lich ma cua tren la nguyen uy huong ung suot nhan chinh "
    "vao khi nao tai o dau khac the date dates time hour hours venue place location activity activities content "
    "contents event events note notes remark remarks participant participants no of and "
)
_VOCABULARY = frozenset(_WORDS.split())
_PARTS: dict[str, Part] = {"sang": "sáng", "chieu": "chiều", "toi": "tối"}


@lru_cache(maxsize=4_000)
def column_of(title: str, *, in_head: bool = False) -> Column | None:
    """Return what a head of a column promises; None when the text is no head.

    :param in_head: the row is known to be a head, so that one telling word is enough ("Ngày phát").

    >>> column_of("Thời gian tổ chức").role, column_of("Lớp tập huấn cho người cao tuổi")
    (<Role.DAY: 'ngày'>, None)
    """
    text = clean(title[:200])
    if len(text) > 120:
        return None
    plain = re.sub(r"\([^)]*\)", " ", bare(text))
    plain = clean(re.sub(r"[\"“”:.*]+", " ", plain))
    if not plain or len(plain) > 60:
        return None
    part = re.fullmatch(r"(?:buoi )?(sang|chieu|toi)", plain)
    if part and re.fullmatch(r"(?:buổi )?(?:sáng|chiều|tối|sang|chieu|toi)", text.lower()):
        return Column(Role.CONTENT, text, _PARTS[part[1]])
    words = re.findall(r"[^\W\d_]+", plain)
    if not words and plain != "#":
        return None
    if not in_head and (re.search(r"\d", plain) or not _VOCABULARY.issuperset(words)):
        return None
    return next((Column(role, text) for role, pattern in _PATTERNS if pattern.match(plain)), Column(Role.OTHER, text))


_TELLING = {Role.CONTENT, Role.PLACE, Role.DAY, Role.WHEN_AND_WHERE, Role.TIME}


def is_head(cells: Sequence[Cell]) -> bool:
    """Whether a row of cells names columns: two telling heads at least, and hardly anything else."""
    titled = [cell for cell in cells if cell.lines]
    found = [column for cell in titled if (column := column_of(cell.text))]
    roles = {(column.role, column.part) for column in found if column.role is not Role.OTHER}
    if len(roles) < 2 or len(found) * 10 < len(titled) * 6:
        return False
    telling = {role for role, _ in roles} & _TELLING
    return len(telling) >= 2 or (len(roles) >= 3 and bool(telling))


def settled(columns: dict[int, Column]) -> dict[int, Column]:
    """Settle what a head leaves open: "Thời gian" beside "Ngày" is the hour, a lone unknown column the content."""
    days = [n for n, c in columns.items() if c.role is Role.DAY]
    general = [n for n in days if bare(columns[n].title).startswith("thoi gian")]
    if len(days) > len(general) >= 1:
        for n in general:
            columns[n] = Column(Role.TIME, columns[n].title)
    roles = {c.role for c in columns.values()}
    if Role.CONTENT not in roles:
        unknown = [n for n, c in columns.items() if c.role is Role.OTHER]
        unknown = [n for n in unknown if not re.match("(?:so|kinh|hinh)", bare(columns[n].title))]
        if unknown:
            columns[unknown[0]] = Column(Role.CONTENT, columns[unknown[0]].title)
    return columns
