"""Days as officers write them: "01/10", "02-04/10", "01, 03 và 05/10", "thứ Tư, ngày 05 tháng 10", "cả tuần"."""

import datetime as dt
import re
from dataclasses import dataclass, field
from itertools import pairwise

from .other_numbers import without_other_numbers
from .values import Window

_YEAR = r"(?:\s*,?\s*nam\s*|\s*[/.\-]\s*)"
TOKEN = re.compile(
    r"(?<![\d/])(?:"
    r"(?P<y0>\d{4})[-/](?P<m0>\d{1,2})[-/](?P<d0>\d{1,2})(?:[ t]00:00(?::00)?)?(?!\d)"
    r"|(?P<d1>\d{1,2})\s*(?P<sep>[/.\-])\s*(?P<m1>\d{1,2})\s*(?P=sep)\s*(?P<y1>\d{2,6})(?![\d/])"
    r"|(?P<d2>\d{1,2})\s*[/.\-]\s*(?P<m2>\d{1,2})\s*(?:[/.\-]|,?\s*nam)\s*(?P<y2>\d{4,6})(?!\d)"
    r"|(?P<d3>\d{1,2})\s*,?\s*thang\s*(?P<m3>\d{1,2})(?:" + _YEAR + r"(?P<y3>\d{2,6}))?(?!\d)"
    r"|(?P<d4>\d{1,2})(?:\s*/\s*|\.)(?P<m4>\d{1,2})(?![\d]|\.\d)/?"
    r"|(?P<d5>\d{1,2})-(?P<m5>\d{1,2})(?!\s*[/.\-]?\d|\s*,?\s*(?:thang|va)\b)"
    r"|(?P<serial>4\d{4})(?!\d)"
    r"|(?P<n>\d{1,2})(?![\d])"
    r")"
)
WEEKDAY = re.compile(
    r"(?<!\w)(?:thu\s+(?P<w>hai|ba|tu|nam|sau|bay|[2-7])|t(?P<t>[2-7])|(?P<cn>chu\s*nhat|cn))(?!\w)(?!/)"
)
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_WEEKDAY_RANGE = re.compile(
    r"(?:tu\s+)?" + WEEKDAY.pattern + r"\s*(?:den(?: het)?|toi|[-–—])\s*(?:het\s+)?"
    + WEEKDAY.pattern.replace("?P<w>", "?P<w2>").replace("?P<t>", "?P<t2>").replace("?P<cn>", "?P<cn2>")
)  # fmt: skip
WHOLE = re.compile(
    r"(?<!\w)(?:(?:trong|ca|suot|toan|het|trong suot|tat ca cac ngay(?: trong)?|cac ngay(?: trong)?|hang"
    r"|hang ngay trong|"
    r"moi ngay trong|xuyen suot|ca cac ngay trong)\s+(?:thoi gian\s+(?:dien ra\s+)?)?(?:tuan(?: le)?"
    r"|dot)(?: \w+ ung)?(?! \w* ?ngay)"
    r"|thoi gian dien ra tuan(?: le)?|(?:ca|du) 7 ngay|tuan le|ca (?:thoi gian|dot))(?!\w)(?:\s+(?:nay"
    r"|hoc tap suot doi))?"
)
DAILY = re.compile(
    r"(?<!\w)(?:hang ngay|moi ngay|cac ngay(?: trong tuan(?: le)?)?|thuong xuyen|lien tuc|tat ca cac ngay)(?!\w)"
)
_MONTH = re.compile(
    r"(?<![\d\s])\s*(?:(?:trong|ca|suot)\s+)?thang\s+(?P<m>\d{1,2})(?:(?:/|\s*nam\s*)(?P<y>\d{4}))?(?!\d)"
)
_TO_THE_END = re.compile(r"(?:den|toi)\s+(?:het|cuoi|ket thuc)\s+(?:tuan(?: le)?|dot)(?!\w)")
_FROM = re.compile(r"(?<!\w)(?:tu|ke tu|bat dau(?: tu)?)\s+(?:ngay\s+)?")
#: "Thứ 2, 4, 6" and "thứ Hai, Tư" name each a weekday.
_WEEKDAY_LIST = re.compile(
    r"(?<!\w)thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])(?:\s*(?:,|&|va)\s*(?:thu\s+)?(?:hai|ba|tu|nam|sau|bay|[2-7])(?![\w/.-]))+"
)
_RANGE = re.compile(r"[\s(),]*(?:(?:cho\s+)?(?:den|toi)|[-–—~→])(?:\s*het)?(?:\s*,?\s*ngay)?[\s,()]*")
_LIST = re.compile(r"[\s,;&+()]*(?:(?:va|cung)\b)?[\s,;&+()]*(?:(?:cac\s+)?ngay)?[\s,()]*")
#: What days are never told without; and many at once.
_SAYS = re.compile(r"\d|thu|cn|chu|ngay|tuan|dot|thoi|thang|thuong|lien")
_SAYS_MANY = re.compile(r"tuan|dot|ngay|thang|thoi|thuong|lien")
#: Excel counts days from here.
_EXCEL = dt.date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Token:
    """A day as written: a full date, or only its number."""

    at: int
    end: int
    day: int
    month: int | None = None
    year: str | None = None
    dashed: bool = False


@dataclass(slots=True)
class Days:
    """The spans of days of one text, in order; ``used`` are the stretches of text they were read from."""

    spans: list[tuple[dt.date | None, dt.date | None]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    used: list[tuple[int, int]] = field(default_factory=list)


def days_in(plain: str, window: Window) -> Days:
    """Read every day of a bare text whose hours were blanked out."""
    found = Days()
    if not _SAYS.search(plain):
        return found
    plain, lasting, length = without_other_numbers(plain)
    found.used += [length] if length else []
    open_end = _TO_THE_END.search(plain)
    if open_end:
        found.used.append(open_end.span())
        plain = _blank(plain, *open_end.span())
    blanked = _read_week(plain, window, found)
    named, blanked = _read_weekdays(blanked, window, found)
    tokens = [_token(m) for m in TOKEN.finditer(blanked)]
    for chain in _chains(blanked, tokens):
        _read_chain(blanked, chain, window, found)
    if tokens and len(found.spans) == 1 and found.spans[0][0] == found.spans[0][1]:
        _read_open_end(found, blanked[: tokens[0].at], window, told=open_end is not None)
    _hold_weekdays(found, named, window)
    if lasting and len(found.spans) == lasting and _follow_each_other(found.spans):
        found.spans = [(found.spans[0][0], found.spans[-1][1])]
    if len(found.spans) > 1:
        # "hằng ngày từ 01/10 đến 03/10": the days themselves say more than the words for all of them.
        told = [span for span in found.spans if span != (window.first, window.last)]
        found.spans = told or found.spans[:1]
    return found


def _follow_each_other(spans: list[tuple[dt.date | None, dt.date | None]]) -> bool:
    days = [first for first, last in spans if first and first == last]
    return len(days) == len(spans) and all(b - a == dt.timedelta(days=1) for a, b in pairwise(days))


def _hold_weekdays(found: Days, named: list[tuple[int, int, int]], window: Window) -> None:
    """Hold named weekdays against the days they stand beside; alone, they are the days."""
    if found.spans and len(named) in {len(found.spans), 1}:
        for number, ((weekday, _, _), (day, _)) in enumerate(zip(named, found.spans, strict=False)):
            if day and day.weekday() != weekday:
                found.codes.append(f"weekday_mismatch@{number}" if len(found.spans) > 1 else "weekday_mismatch")
    elif named and not found.spans and "bad_date" not in found.codes:
        days = [window.on_weekday(weekday) for weekday, _, _ in named]
        found.spans += [(day, day) for day in days if day] or [(None, None)]
        found.codes += ["weekday_only"] if any(days) else ["bad_date"]


def _read_open_end(found: Days, before: str, window: Window, *, told: bool) -> None:
    """Read "01/10 đến hết tuần"; "từ 01/10" alone leaves open until when."""
    first = found.spans[0][0]
    if told and first and first <= window.last:
        found.spans[0] = (first, window.last)
    elif told or _FROM.fullmatch(before[-20:].lstrip(" ,;(")):
        found.codes.append("no_end")


def _blank(plain: str, start: int, end: int) -> str:
    return plain[:start] + " " * (end - start) + plain[end:]


def _read_week(plain: str, window: Window, found: Days) -> str:
    if not _SAYS_MANY.search(plain):
        return plain
    for pattern in (WHOLE, DAILY):
        for phrase in pattern.finditer(plain):
            found.spans.append((window.first, window.last))
            found.used.append(phrase.span())
            plain = _blank(plain, *phrase.span())
    for phrase in _MONTH.finditer(plain):
        month, year = int(phrase["m"]), int(phrase["y"] or window.first.year)
        if 1 <= month <= 12:
            following = dt.date(year + month // 12, month % 12 + 1, 1)
            found.spans.append((dt.date(year, month, 1), following - dt.timedelta(days=1)))
            found.used.append(phrase.span())
            plain = _blank(plain, *phrase.span())
    return plain


def _read_weekdays(plain: str, window: Window, found: Days) -> tuple[list[tuple[int, int, int]], str]:
    if not WEEKDAY.search(plain):
        return [], plain
    if listed := _WEEKDAY_LIST.search(plain):
        days = [window.on_weekday(int(w) - 2 if w.isdigit() else _WEEKDAYS[w]) for w in _names(listed[0])]
        if all(days) and not any(m["n"] is None for m in TOKEN.finditer(_blank(plain, *listed.span()))):
            found.spans += [(day, day) for day in days]
            found.codes.append("weekday_only")
            found.used.append(listed.span())
            plain = _blank(plain, *listed.span())
    has_dates = any(m["n"] is None for m in TOKEN.finditer(WEEKDAY.sub(lambda m: " " * len(m[0]), plain)))
    for phrase in _WEEKDAY_RANGE.finditer(plain):
        first, last = (window.on_weekday(_weekday(phrase, n)) for n in ("", "2"))
        if not has_dates and first and last and first <= last:
            found.spans.append((first, last))
            found.used.append(phrase.span())
            plain = _blank(plain, *phrase.span())
    named = [(_weekday(m, ""), m.start(), m.end()) for m in WEEKDAY.finditer(plain)]
    for _, start, end in named:
        found.used.append((start, end))
        plain = _blank(plain, start, end)
    return named, plain


def _names(listed: str) -> list[str]:
    return re.findall(r"(?<!\w)(?:hai|ba|tu|nam|sau|bay|[2-7])(?!\w)", listed)


def _weekday(found: re.Match[str], n: str) -> int:
    if found[f"cn{n}"]:
        return 6
    word = found[f"w{n}"] or found[f"t{n}"]
    return _WEEKDAYS[word] if word in _WEEKDAYS else int(word) - 2


def _token(found: re.Match[str]) -> Token:
    if found["serial"]:
        day = _EXCEL + dt.timedelta(days=int(found["serial"]))
        return Token(found.start(), found.end(), day.day, day.month, str(day.year))
    if found["n"]:
        return Token(found.start(), found.end(), int(found["n"]))
    n = next(n for n in "012345" if found[f"d{n}"])
    year = found[f"y{n}"] if n in "0123" else None
    return Token(found.start(), found.end(), int(found[f"d{n}"]), int(found[f"m{n}"]), year, dashed=n == "5")


def _chains(plain: str, tokens: list[Token]) -> list[list[tuple[str, Token]]]:
    """Group tokens joined by "đến", dashes, commas and "và"; each with how it joins the one before."""
    chains: list[list[tuple[str, Token]]] = []
    for number, token in enumerate(tokens):
        between = plain[tokens[number - 1].end : token.at] if number else ""
        how = "range" if _RANGE.fullmatch(between) else "list" if _LIST.fullmatch(between) else ""
        if number and how:
            chains[-1].append((how, token))
        else:
            chains.append([("", token)])
    return chains


def _read_chain(plain: str, chain: list[tuple[str, Token]], window: Window, found: Days) -> None:
    tokens = [token for _, token in chain]
    if all(token.month is None for token in tokens) and not _stands_alone(plain, tokens):
        return
    dates = _resolved(tokens, window, found.codes)
    found.codes += [] if any(token.year for token in tokens) else ["year_of_week"]
    found.used += [(token.at, token.end) for token in tokens]
    spans: list[tuple[dt.date | None, dt.date | None]] = []
    for (how, token), day in zip(chain, dates, strict=True):
        if how == "range" and spans and spans[-1][0] == spans[-1][1]:
            first = spans[-1][0]
            spans[-1] = (first, day) if first and day else (None, None)
            if first and day and first > day:
                found.codes.append("bad_date")
        elif token.dashed and day is None:
            first, last = window.numbered(token.day), window.numbered(token.month or 0)
            spans.append((first, last) if first and last else (None, None))
            found.codes += [] if first and last else ["bad_date"]
        else:
            spans.append((day, day))
    found.spans += spans


def _stands_alone(plain: str, tokens: list[Token]) -> bool:
    """Whether lone numbers are days: "ngày 05", or nothing but numbers in the cell."""
    before = plain[: tokens[0].at].rstrip()
    around = plain[: tokens[0].at] + plain[tokens[-1].end :]
    return before.endswith("ngay") or not re.search(r"\w", re.sub(r"\bngay\b|\btu\b", "", around))


def _resolved(tokens: list[Token], window: Window, codes: list[str]) -> list[dt.date | None]:
    """Give every token its month and year: from the token that follows, else the one before, else the window."""
    month: int | None = None
    year: str | None = None
    months: list[int | None] = []
    years: list[str | None] = []
    for token in reversed(tokens):
        month, year = token.month or month, token.year or year
        months.insert(0, month)
        years.insert(0, year)
    dates: list[dt.date | None] = []
    for number, token in enumerate(tokens):
        own = months[number] or (months[number - 1] if number else None)
        months[number] = own
        on, code = _resolve(token, own, years[number], window)
        dates.append(on)
        codes += [code] if code and code not in codes else []
    return dates


def _resolve(token: Token, month: int | None, year: str | None, window: Window) -> tuple[dt.date | None, str | None]:
    usual = window.in_its_year(token.day, month) if month else window.numbered(token.day)
    if token.dashed and (usual is None or usual.month not in {window.first.month, window.last.month}):
        return None, None
    if usual is None and year is None:
        return None, "bad_date"
    if year is None or month is None:
        return usual, None
    if len(year) not in {2, 4} or not 1990 <= _full(year) <= 2100:
        return None, "wrong_year" if usual else "bad_date"
    try:
        on = dt.date(_full(year), month, token.day)
    except ValueError:
        return None, "bad_date"
    return on, "wrong_year" if usual and usual in window and on not in window else None


def _full(year: str) -> int:
    return 2000 + int(year) if len(year) == 2 else int(year)
