"""The numbered documents a plan rests on."""

import bisect
import dataclasses
import datetime as dt
import re
from collections.abc import Sequence

from .days import Day, days_in
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
    r"[\s,)]*của\s+(?P<who>.{1,120}?)(?=\s+(?:về|phê duyệt|ban hành|quy định|hướng dẫn|triển khai|thực hiện|tổ chức"
    r"|sửa đổi|đẩy mạnh|tăng cường|trên|ngày|khóa|khoá|đã|tại|giai đoạn|v/v)\b"
    r"|\s+(?:và|theo|cùng)\s+(?:các\s+|số\s+)?(?:[Cc]ông văn|[Qq]uyết định|[Kk]ế hoạch"
    r"|[Cc]hỉ thị|[Tt]hông tư|[Nn]ghị|[Vv]ăn bản|[Hh]ướng dẫn|[Kk]ết luận|[Cc]hương trình|[Tt]hông báo)\b"
    r"|[;.()“\":]|,(?!\s*(?:Thể thao|Gia đình|Thông tin))|$)"
)
#: "các Quyết định của Thủ tướng Chính phủ: số …, số …" names the issuer first.
_ISSUER_FIRST = re.compile(
    r"(?:quyết định|công văn|kế hoạch|chỉ thị|văn bản)\s+của\s+(?P<who>[^;:“()\d]{2,80}?)"
    r"\s*[:,]?\s*(?:tại\s+|gồm:?\s+)?(?:số:?\s*)?$",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"\((?:ban hành |đính )?kèm theo\b", re.IGNORECASE)
_AND = re.compile(
    r"\s*(?:,|;|và|,\s*và)\s*(?:(?:các\s+)?(?:quyết định|công văn|kế hoạch|chỉ thị|thông tư|nghị quyết|nghị định))?"
    r"\s*(?:số:?)?\s*",
    re.IGNORECASE,
)
# These kinds of document bear their year in the symbol (Decree 34/2016/NĐ-CP on normative documents).
_YEARED = re.compile(r"TT-|TTLT-|NĐ-CP$|QH\d")


def legal_bases(lines: Sequence[Line], made_on: dt.date | None, year: int | None) -> tuple[Found[LegalBasis], ...]:
    """List every document cited by number in the body, once, in order."""
    found: dict[tuple[str, dt.date | None], Found[LegalBasis]] = {}
    known: set[str] = set()
    for line in lines:
        if _ATTACHED.match(line.text):
            continue
        label = numbered(line.text)
        for sentence in sentences(label[2] if label else line.text):
            for basis in _cited(sentence, made_on, year):
                if basis.normalized not in known or (basis.date and (basis.normalized, basis.date) not in found):
                    known.add(basis.normalized)
                    found[basis.normalized, basis.date] = Found(basis, sentence, line.where)
    return tuple(found.values())


def _cited(sentence: str, made_on: dt.date | None, year: int | None) -> list[LegalBasis]:
    """List the documents of one sentence; "Quyết định số … và Quyết định số … của Thủ tướng" are both the issuer's."""
    symbols = list(_SYMBOL.finditer(sentence))
    days = days_in(sentence, None) if symbols else []
    read = [_basis(sentence, symbol, days, made_on, year) for symbol in symbols]
    bases = [basis for basis, _end in read]
    if bases and bases[0].issuer is None and (first := _ISSUER_FIRST.search(sentence[: symbols[0].start()][-160:])):
        bases[0] = dataclasses.replace(bases[0], issuer=first["who"].strip())
        for n in range(1, len(bases)):
            if bases[n].issuer or not _AND.fullmatch(sentence, read[n - 1][1], symbols[n].start()):
                break
            bases[n] = dataclasses.replace(bases[n], issuer=bases[0].issuer)
    for n in reversed(range(len(bases) - 1)):
        if bases[n].issuer is None and _AND.fullmatch(sentence, read[n][1], symbols[n + 1].start()):
            bases[n] = dataclasses.replace(bases[n], issuer=bases[n + 1].issuer)
    return bases


def _basis(
    sentence: str, symbol: re.Match[str], days: Sequence[Day], made_on: dt.date | None, year: int | None
) -> tuple[LegalBasis, int]:
    """Return a cited document and where its symbol and date end."""
    day, end = _date_after(sentence, symbol.end(), days)
    issuer = _ISSUER.match(sentence, end)
    if day is None and issuer:  # "số … của Bộ … ngày …"
        day, _end = _date_after(sentence, issuer.end(), days)
    normalized = normalize(symbol, day)
    basis = LegalBasis(
        symbol=symbol[0],
        normalized=normalized,
        date=day,
        issuer=issuer["who"].strip() if issuer else None,
        stale=stale_because(normalized, issued_on=day, made_on=made_on, year=year),
    )
    return basis, end


def _date_after(sentence: str, end: int, days: Sequence[Day]) -> tuple[dt.date | None, int]:
    after = bisect.bisect_left(days, end, key=lambda day: day.start)
    if after < len(days) and days[after].start - end < 20:
        between = bare(sentence[end : days[after].start])
        if _DATED.fullmatch(between):
            return days[after].on, days[after].end
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
