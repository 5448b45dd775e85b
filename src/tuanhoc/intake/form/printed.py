"""What the form itself prints, which is not content: titles, letterhead, signature block, where to send it."""

import re

from .wording import bare, clean, is_blank

_ALWAYS = re.compile(
    r"""(?:
    cong\ ?hoa\ xa\ hoi\ chu\ nghia\ viet\ nam | doc\ lap\s*[-–—]\s*tu\ do\s*[-–—]\s*hanh\ phuc
    | (?:phu\ luc|bieu\ mau|mau(?:\ so)?|bieu(?:\ so)?)\b[\s\w.:/()-]{0,12}
    | (?:ban\ |phieu\ |to\ |bieu\ )?(?:lich|dang\ ky|bang|ke\ hoach|chuong\ trinh|danh\ muc
      |tong\ hop)\b[^.;:]{0,40}\b(?:hoat\ dong|tuan\ le|lich)\b
      (?:(?!\d{1,2}/\d{1,2}/?\b(?!\d{4}))[^.;:|]){0,120}
    | (?:cac\ hoat\ dong\ |hoat\ dong\ )?(?:huong\ ung\ )?(?:trong\ )?tuan\ le\ (?:huong\ ung\ )?hoc\ tap\b.{0,60}
    | (?:cac\ )?hoat\ dong\ huong\ ung\ tuan\ le\b[^.;:|]{0,60}
    | (?:huong\ ung\ )?tuan\ le\ .{0,40}nam\ \d{4}\W*
    | nam\ (?:hoc\ )?\d{4}(?:\s*-\s*\d{4})?\W*
    | \W*(?:dinh\ kem|kem\ theo|ban\ hanh\ kem|kem)\b.{0,30}\b(?:ke\ hoach|cong\ van|van\ ban|so|thong\ bao
      |quyet\ dinh)\b.{0,160}
    | \(?\s*(?:nop|gui)\s+ve\b.{0,160} | \(?(?:de\ nghi\ |xin\ )?(?:cac\ don\ vi\ )?(?:nop
      |gui)\s.{0,60}\btruoc\ ngay\b.{0,60}
    | (?:(?:lich|phieu|ban|bieu|mau)\ (?:dang\ ky|hoat\ dong)|dang\ ky)\W*
    | kinh\ gui\b.{0,120}
    | (?:so|s[oô])\s*:\s*[\d.…_\s]*/?[\w&.…\s/-]{0,40}
    | (?:v/v|v\.v|ve\ viec)\b.{0,160}
    | [\w\s.…,()-]{0,60},\s*ngay\s*[\d.…_\s]*\s*thang\s*[\d.…_\s]*\s*nam\s*[\d.…_\s]*
    | (?!thu\ |chu\ nhat|sang|chieu|toi|buoi)[\w\s.…-]{2,40},\s*ngay\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}
    | ngay\s*[.…_\s]*\s*thang\s*[.…_\s]*\s*nam\s*[\d.…_\s]*
    | (?:trang|page)\s*\d*(?:\s*/\s*\d+)? | \W*\d{1,3}\W* | bien\ nhan\ so\ .* | sha-256:.*
    )\s*[.:;]*""",
    re.VERBOSE,
)
_SIGNATURE = re.compile(
    r"""(?:
    (?:kt|tm|tl|tuq|q)\.?\s*(?:chu\ tich|giam\ doc|hieu\ truong|truong\ phong|thu\ truong|uy\ ban|ubnd|ban
      |bch|truong|thuong|bi\ thu|tong|so|hoi)\b.{0,60}
    | (?:thu\ truong|lanh\ dao)(?:\ (?:co\ quan|don\ vi|phong|so|truong))?(?:\s*[,/-]?\s*(?:don\ vi|to\ chuc))?
    | (?:pho\ )?(?:chu\ tich|giam\ doc|hieu\ truong|truong\ phong|bi\ thu|tong\ bien\ tap
      |chu\ nhiem)(?:\ (?:ubnd|phong|so|hoi|trung\ tam).{0,40})?
    | pho\ (?:truong|chu\ tich|giam|hieu)\ ?\w{0,8}\ ?\w{0,8}
    | (?:nguoi|can\ bo)\ (?:lap|dang\ ky|tong\ hop)(?:\ (?:bieu|bang|danh\ sach|lich))?
      | xac\ nhan\ cua\ .{0,60} | dai\ dien\ .{0,30}
    | \W*(?:da\ )?ky\b[\s,.]*(?:ten|ghi|dong|ro|va|ho|thay|so|dau|,|\s)*\W* | \W*ghi\ ro\ ho\ (?:va\ )?ten\W*
      | \W*dong\ dau\W*
    )\W*""",
    re.VERBOSE,
)
#: The form prints no longer line.
_LONGEST = 400
#: Words the form and its signatures are made of: a line of nothing else says nothing of anybody's own.
_WORDS = (
    "cong hoa xa hoi chu nghia viet nam doc lap tu do hanh phuc phu luc bieu mau so ban phieu to lich dang ky bang ke "
    "hoach chuong trinh danh muc tong hop hoat dong tuan le huong ung hoc tap suot doi trong ve cac noi nhan thu "
    "truong co quan don vi lanh dao pho chu tich giam doc hieu phong nguoi lap can bo da ten ghi ro ho va dong dau "
    "kt tm tl tuq q ubnd uy nhan dan trang page tt stt"
)
_OWN_WORDS = frozenset(_WORDS.split())
_RECIPIENTS = re.compile(r"noi\ ?nhan\W*")
#: A recipient is a short line with a bullet; one with a day or an hour in it is an activity.
_RECIPIENT = re.compile(r"\s*[-–+•](?!.*\d{1,2}\s*(?:[/h:]|gio|g\d)).{2,110}")
_NAME = re.compile(r"(?:(?:th|ts|ths|pgs|gs|ks|cn|bs|nguyen)\.?\s*)?(?:[A-ZĐÀ-Ỹ][\wÀ-ỹ]*\.?\s*){2,6}")


def is_printed(text: str) -> bool:
    """Whether a line outside the rows is the form's own text."""
    clear = clean(text)
    if len(clear) > _LONGEST:
        return False
    return is_blank(clear) or _ALWAYS.fullmatch(bare(clear)) is not None


def is_own(text: str) -> bool:
    """Whether a line has none but the form's own words and numbers: in a table, only such a line may be left out."""
    return _OWN_WORDS.issuperset(re.findall(r"[^\W\d_]+", bare(clean(text[:_LONGEST])))) and len(text) < _LONGEST


class Foot:
    """What follows the rows: once the block of signatures begins, names belong to it, and recipients to "Nơi nhận"."""

    def __init__(self) -> None:
        self.signing = self.receiving = False

    def takes(self, text: str) -> bool:
        """Whether the next line belongs to the block of signatures or recipients."""
        if len(text) > _LONGEST:
            return False
        plain = bare(clean(text))
        if _RECIPIENTS.fullmatch(plain):
            self.receiving = True
            return True
        if _SIGNATURE.fullmatch(plain):
            self.signing = True
            return True
        if self.receiving and _RECIPIENT.fullmatch(plain):
            return True
        named = self.signing and _NAME.fullmatch(clean(text)) is not None
        self.receiving = self.receiving and (named or not plain)
        return named
