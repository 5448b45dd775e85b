"""Who speaks: names that follow a title or "diễn giả", "báo cáo viên"."""

import re
import unicodedata

from . import words

_TITLE = (
    r"(?:diễn giả|báo cáo viên|BCV|GS\.?TS|PGS\.?\s?TS|GS|PGS|TSKH|TS|ThS|Th\.S|BS\.?CKI{0,2}|BS|LS|NSƯT|NSND|NGƯT|NGND"
    r"|tiến sĩ|thạc sĩ|giáo sư|bác sĩ|luật sư|nhà văn|nhà thơ|nhà báo|nghệ nhân|nghệ sĩ|họa sĩ|nhạc sĩ|chuyên gia"
    r"|ông|bà|thầy|cô)"
)
_WORD = r"[A-ZÀ-ỸĐ][a-zà-ỹđA-ZÀ-ỸĐ]*"
_NAMED = re.compile(rf"(?<!\w)(?i:{_TITLE})(?:[.,:]?\s*(?i:{_TITLE}))*[.:]?\s+({_WORD}(?:\s+{_WORD}){{1,4}})(?!\w)")
#: capitals that follow a title but begin no person's name
_NO_NAME = words.bag("truong so ubnd phong hoi trung huyen tinh thanh thi phuong xa doan ban thu")


def speakers(*texts: str) -> tuple[str, ...]:
    """Return the people named in the texts by family name and given name, folded, each once.

    >>> speakers("Nói chuyện, diễn giả TS. Nguyễn Văn Hòa; nhà văn Trần Thu Hằng", "cô Hạnh")
    ('nguyen van hoa', 'tran thu hang')
    """
    found: dict[str, None] = {}
    for text in texts:
        for name in _NAMED.findall(unicodedata.normalize("NFC", text)) if text else ():
            key = " ".join(words.folded(name).split())
            if key.split()[0] not in _NO_NAME:
                found[key] = None
    return tuple(found)
