"""Which unit a form is from: its dotted line, else the letterhead, else the file's name."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from .printed import is_printed
from .proper import UNIT, is_named, is_unit, of_letterhead, proper
from .wording import bare, clean, without_leaders

_LINE = re.compile(
    r"""[\s\-–*(]*(?:
      (?:ubnd|uy\ ban\ nhan\ dan)?\s*(?:cac\ )?(?:huyen|quan|xa
        |phuong)?\s*[,/(]\s*(?:thi\ xa\s*[,/]\s*)?(?:thanh\ pho|tp\.?|thi\ tran|phuong|thi\ xa)
        [\s\w,/)]*(?:\(\s*hoac[^)]*\)|hoac\s+so[\w\s,]*)?
    | \(?(?:hoac\ )?so,?\s*(?:ban,?\s*)?nganh(?:[,\s]*(?:doan\ the|don\ vi|to\ chuc|hoi))*\)?
    | (?:ten\ )?(?:co\ quan|don\ vi|to\ chuc|truong)(?:\s*[,/]?\s*(?:co\ quan|don\ vi|to\ chuc|truong|dia\ phuong))*
      (?:\ (?:dang\ ky|thuc\ hien|bao\ cao|gui|nop|lap))?(?:\s*\([^)]{0,60}\))?
    | ubnd|uy\ ban\ nhan\ dan|phong\ gd\W?dt|truong|hoi
    )\s*(?P<colon>[:;]|(?=\s*[.…_]{2,}))\s*(?P<name>.*)""",
    re.VERBOSE,
)
#: A line longer than this names no unit; the work on it stays small.
_LONGEST = 300
_PLACE_ALONE = re.compile(r"(?:huyen|thanh pho|thi xa|thi tran|phuong|xa)(?: [^\W\d]+| -){1,6}")
_NOISE = re.compile(
    r"\b(?:lich|dang ky|dk|phu luc|pl|bieu mau|mau|form|bieu|tuan le|hoc tap suot doi|htsd|tlhtsd|hoat dong"
    r"|nam(?=\s*\d|\s+hoc\b)"
    r"|ban|final|copy|word|file"
    r"|chinh thuc|moi|sua|scan|ky|gui|nop|cua|huong ung|hoan chinh|lan|v|signed|ban cuoi|don vi|\d+)\b"
)


def of_line(text: str) -> str | None:
    """Read "UBND huyện, thành phố (hoặc Sở, ngành): X"; "" when X was left blank, None when it is no such line."""
    whole = clean(text)
    found = _LINE.fullmatch(bare(whole)) if len(whole) < _LONGEST else None
    if found is None:
        return None
    name = without_leaders(whole[found.start("name") :])
    return proper(name) if name.isupper() and len(name.split()) > 1 else name


def of_file(name: str) -> str | None:
    """Name the unit that a file's name plainly names: "UBND huyện Ninh Sơn - lịch đăng ký.docx"."""
    # A dash joins words of the name ("GDNN-GDTX"), elsewhere it stands for a space.
    stem = clean(re.sub(r"[_+]+|(?<![A-ZĐ\s])-(?=\w)|(?<=\w)-(?![A-ZĐ\s])", " ", PurePath(name).stem))
    plain = bare(stem)
    for found in re.finditer(r"(?<!\w)" + UNIT.pattern, plain):
        if found[0] in {"ban", "nha", "tt", "quy", "vien", "th", "doan"}:
            continue
        noise = _NOISE.search(plain, found.end())
        words = re.split(r"\s[-–(]\s?|[(),;]", stem[found.start() : noise.start() if noise else len(stem)])[0].strip(
            " -–._"
        )
        if (len(words.split()) >= 2 and found[0] != "so") or (
            len(words.split()) >= 2 and words[:1] in "Ss" and not words[3:4].isdigit()
        ):
            return proper(words)
    return None


def of_heads(lines: Sequence[str]) -> str | None:
    """Name the unit of the letterhead among the lines above the rows."""
    left = [line for line in lines if not _is_motto(line)]
    return of_letterhead([clean(line) for line in left])


_SAYS = re.compile(r"\s(?:xin|kinh|tran trong|da|gui|dang ky|bao cao|de nghi|lap|thong bao)\b")
_LIST_OF = re.compile(r"\b(?:lich|dang ky|bieu mau|mau|hoat dong)\b(?:\s\w+){0,6}?\s(?:cua|tu)\s")
_END = re.compile(r"\s(?:a|nhe|nhu sau|nam \d{4}|gom|de|trong|tuan le|cho)\b|[.,;:!(]|$")


#: "Trung tâm Dịch vụ việc làm tỉnh": there is one of each in a province.
_OF_PROVINCE = re.compile(r"\w \w.* tinh\W*$")


def of_letter(lines: Sequence[str]) -> str | None:
    """Name the unit that speaks in a letter: "Trường THPT A xin đăng ký …", "Em gửi lịch của Thư viện huyện"."""
    for line in lines:
        text = clean(line[:_LONGEST])
        plain = bare(text)
        says = _SAYS.search(plain) if is_unit(text[:90]) else None
        listed = _LIST_OF.search(plain)
        if says:
            name = text[: says.start()]
        elif listed:
            end = _END.search(plain, listed.end())
            name = text[listed.end() : end.start() if end else None]
        else:
            name = text if is_unit(text) else ""
        if (
            is_unit(name)
            and (is_named(name) or _OF_PROVINCE.search(bare(name)))
            and not re.search(r"[:;|…]", name)
            and not is_printed(name)
        ):
            return proper(name.strip(" ,"))
    return None


def takes(text: str) -> bool:
    """Whether a line is a letterhead's: a unit's name, or a place's in capitals."""
    whole = clean(text)
    if _PLACE_ALONE.fullmatch(bare(whole)) and whole.isupper():
        return True
    return is_unit(whole) and (whole.isupper() or len(whole) < 70) and not re.search(r"[:;]|\d{1,2}/\d", whole)


def _is_motto(line: str) -> bool:
    return is_printed(line) or bare(clean(line)).startswith(("cong hoa", "doc lap"))
