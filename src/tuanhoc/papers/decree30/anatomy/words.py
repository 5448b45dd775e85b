"""The words by which the parts of an official document are known, compared folded."""

import re

from tuanhoc.lib.text import fold

COUNTRY = "cong hoa xa hoi chu nghia viet nam"
MOTTO = re.compile(r"^doc lap\W+tu do\W+hanh phuc$")
#: type of document -> its abbreviation (Phụ lục III, mục I)
KINDS = {
    "NGHỊ QUYẾT": "NQ", "QUYẾT ĐỊNH": "QĐ", "CHỈ THỊ": "CT", "QUY CHẾ": "QC", "QUY ĐỊNH": "QyĐ", "THÔNG CÁO": "TC",
    "THÔNG BÁO": "TB", "HƯỚNG DẪN": "HD", "CHƯƠNG TRÌNH": "CTr", "KẾ HOẠCH": "KH", "PHƯƠNG ÁN": "PA", "ĐỀ ÁN": "ĐA",
    "DỰ ÁN": "DA", "BÁO CÁO": "BC", "BIÊN BẢN": "BB", "TỜ TRÌNH": "TTr", "HỢP ĐỒNG": "HĐ", "CÔNG ĐIỆN": "CĐ",
    "BẢN GHI NHỚ": "BGN", "BẢN THỎA THUẬN": "BTT", "GIẤY ỦY QUYỀN": "GUQ", "GIẤY MỜI": "GM",
    "GIẤY GIỚI THIỆU": "GGT", "GIẤY NGHỈ PHÉP": "GNP", "PHIẾU GỬI": "PG", "PHIẾU CHUYỂN": "PC", "PHIẾU BÁO": "PB",
}  # fmt: skip
_BY_FOLDED = {fold(kind): kind for kind in KINDS}
NUMBER = re.compile(r"^so\s*:|^so\s*[\d.…_]*\s*/")
DATE = re.compile(r"\bngay\b.*\bthang\b.*\bnam\b")
SHORT_DATE = re.compile(r"\bngay\s+\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}")
ABOUT = re.compile(r"^(?:v\s*/\s*v\b|ve viec\b)")
ADDRESSED = re.compile(r"^kinh gui\b")
RECIPIENTS = re.compile(r"^noi nhan\b")
BASIS = re.compile(r"^(?:can cu|theo de nghi|xet de nghi|xet to trinh)\b")
#: a document carried out, which is a basis among bases and the beginning of a sentence elsewhere
CARRIED_OUT = re.compile(
    r"^thuc hien (?:cong van|ke hoach|chi thi|nghi quyet|nghi dinh|quyet dinh|thong tu|thong bao|ket luan|chuong trinh|"
    r"de an|huong dan)\b"
)
ANNEX = re.compile(r"^phu luc(?:\s+(?:so\s+)?([ivxlc]+|\d+|…|\.+))?\s*[.:]?$")
ATTACHED = re.compile(r"^\(?\s*(?:dinh )?(?:ban hanh )?kem theo\b")
#: stamped over a letterhead: no body's name
STAMPED = re.compile(r"^(?:\(?du thao(?: lan \d+| \d+)?\)?|mat|toi mat|tuyet mat|khan|thuong khan|hoa toc)$")
#: what stands before the position of who signs for somebody
FOR_SOMEBODY = re.compile(r"^(TM|KT|TL|TUQ|Q)\b\s*(\.?)", re.IGNORECASE)
#: a new body begins where a line does with one of these; other lines go on with the name above
_BODY = re.compile(
    r"^(?:ubnd|uy ban|bo|so|phong|truong|trung tam|cuc|chi cuc|tong cuc|vu|vien|hoi|ban|thu vien|bao tang|van phong|"
    r"cong ty|cong doan|doan|lien doan|dai hoc|hoc vien|thanh tra|kho bac|bao hiem|dai phat|bao|toa an|to|lien hiep)\b"
)
_GOES_ON = re.compile(r"^(?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong|thi tran|dac khu|va|nhan dan|cac)\b")
#: the words that go on with "Ủy ban": not the beginning of another body
_HALF = {"uy", "uy ban", "uy ban nhan", "so", "bo", "phong", "truong", "trung tam", "ban"}


def kind_of(text: str) -> str | None:
    """Return the type of document a line names, None for any other line."""
    return _BY_FOLDED.get(fold(text).rstrip(" .:"))


def begins_a_body(text: str, above: str) -> bool:
    """Whether a line of a letterhead names another body than the line above it."""
    here, before = fold(text), fold(above)
    return bool(_BODY.match(here)) and not _GOES_ON.match(here) and before not in _HALF
