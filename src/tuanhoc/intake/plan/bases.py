"""The numbered documents a plan rests on."""

import datetime as dt
import re
from collections.abc import Sequence

from .days import days_in
from .outline import numbered
from .standing import stale_because
from .values import Found, LegalBasis
from .wording import Line, bare, sentences

_CODE = r"[A-ZĐ][A-ZĐ&][A-Za-zĐđ&]*\d{0,2}(?:\s?[-–]\s?[A-ZĐ][A-Za-zĐđ&]*|/[A-ZĐ][A-Za-zĐđ&]*)*"
_SYMBOL = re.compile(
    r"(?<![\w/])(?:(?P<number>\d{1,5})\s?/\s?(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?(?P<code>" + _CODE + r")"
    r"|(?P<party>\d{1,4}\s?[-–]\s?(?:CT|NQ|KL|QĐ|HD|KH|CTr|CTHĐ)\s?/\s?[A-ZĐ][A-Za-zĐđ]*))"
)
_DATED = re.compile(r"[\s,]*(?:\(?ngay\s*)?$")
_ISSUER = re.compile(
    r"[\s,)]*của\s+(?P<who>.+?)(?=\s+(?:về|phê duyệt|ban hành|quy định|hướng dẫn|triển khai|thực hiện|tổ chức|sửa đổi"
    r"|đẩy mạnh|tăng cường|trên|khóa|khoá|đã|tại|giai đoạn|v/v)\b|[;.()“\":]|,(?!\s*(?:Thể thao|Gia đình|Thông tin))|$)"
)
# These kinds of document bear their year in the symbol (Decree 34/2016/NĐ-CP on normative documents).
_YEARED = re.compile(r"TT-|TTLT-|NĐ-CP$|QH\d")


def legal_bases(lines: Sequence[Line], made_on: dt.date | None, year: int | None) -> tuple[Found[LegalBasis], ...]:
    """List every document cited by number in the body, once, in order."""
    found: dict[tuple[str, dt.date | None], Found[LegalBasis]] = {}
    for line in lines:
        label = numbered(line.text)
        for sentence in sentences(label[2] if label else line.text):
            for symbol in _SYMBOL.finditer(sentence):
                basis = _basis(sentence, symbol, made_on, year)
                undated = [key for key in found if key[0] == basis.normalized]
                if not undated or (basis.date and (basis.normalized, basis.date) not in found):
                    found[basis.normalized, basis.date] = Found(basis, sentence, line.where)
    return tuple(found.values())


def _basis(sentence: str, symbol: re.Match[str], made_on: dt.date | None, year: int | None) -> LegalBasis:
    day, end = _date_after(sentence, symbol.end())
    issuer = _ISSUER.match(sentence[end:])
    normalized = normalize(symbol, day)
    return LegalBasis(
        symbol=symbol[0],
        normalized=normalized,
        date=day,
        issuer=issuer["who"].strip() if issuer and len(issuer["who"]) <= 120 else None,
        stale=stale_because(normalized, issued_on=day, made_on=made_on, year=year),
    )


def _date_after(sentence: str, end: int) -> tuple[dt.date | None, int]:
    for day in days_in(sentence, None):
        if day.start >= end:
            between = bare(sentence[end : day.start])
            return (day.on, day.end) if _DATED.fullmatch(between) else (None, end)
    return None, end


def normalize(symbol: re.Match[str], day: dt.date | None) -> str:
    """Return the standing symbol: no spaces, plain hyphens, and the year where its kind bears one."""
    if symbol["party"]:
        return re.sub(r"\s", "", symbol["party"]).replace("–", "-")
    code = re.sub(r"\s", "", symbol["code"]).replace("–", "-").replace("&", "")
    code = re.sub(r"^(NĐ|QĐ|TT|KH|NQ|CT)/(?=[A-ZĐ])", r"\1-", code)
    code = re.sub(r"^ND-CP$", "NĐ-CP", re.sub(r"^QD-", "QĐ-", code))
    year = symbol["year"] or (str(day.year) if day and _YEARED.match(code) else None)
    return "/".join(part for part in (symbol["number"], year, code) if part)
