"""Title, year, theme, the days of the Week and its opening."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from .days import Range, days_in, ranges_in
from .outline import Clause, Outline, numbered, walk
from .sections import head
from .values import Found
from .wording import Line, bare, sentences

#: A line, one sentence of it, and the headings it stands under.
Said: TypeAlias = tuple[Line, str, str]

_YEAR = re.compile(r"\bnam (20\d\d)\b(?!\s*-)")
# Paragraphs under "Chủ đề" that speak about the theme without being it.
_NO_THEME = re.compile(
    r"(?:[-+*] ?)?(?:thoi gian|dia diem|theo|gan |can cu|thuc hien theo|do |cac |tuy |tren co so|bam sat|ubnd|uy ban"
    r"|so |don vi|moi |tiep tuc|bo giao duc|khau hieu|noi dung)"
)
# "Chủ đề: Theo hướng dẫn của Bộ": said elsewhere.
_ELSEWHERE = re.compile(r"(?:do|theo|can cu|thuc hien theo|tuy|se|duoc|bam sat|co van ban|huong dan)\b")
_OTHER_THEME = re.compile(
    r"cuoc thi|hoi thi|hoi thao|toa dam|trien lam|trung bay|dien dan|chuyen de|bai viet|viet ve|video|ngay hoi"
)
_MONTH_ONLY = re.compile(r"ngay[ .…]*thang (\d{1,2}) nam (20\d\d)")
_IN_BODY = re.compile(
    r"ke hoach (?P<title>(?:to chuc|trien khai|huong ung|thuc hien) [^.;(]{0,60}?"
    r"tuan le [^.;(]*?nam 20\d\d)"
)
_QUOTED = re.compile(r"(?:[“”„\"«‘]|'')(?P<words>[^“”„\"«»‘’]{4,300}?)(?:[”“\"»’]|'')")
_THEME_SAID = re.compile(r"chu de")
_NAMES_IT = re.compile(r"(?:[-(] ?)?(?:tuan le [^.;:]{0,60})?chu de[^.;:]{0,60}:")
_OTHER_PERIOD = re.compile(r"dang k[yi]|bao cao|giai doan|chuan bi|thoi gian tuyen truyen|thang cao diem")
_OTHER_THING = re.compile(
    r"cuoc thi|hoi thi|thi truc tuyen|trung bay|trien lam|tap huan|tuyen truyen|hoi sach|ngay sach"
)
_OTHER_DAY = re.compile(r"(?:(?:truoc|cham nhat|sau|den het|bao cao[^,;]{0,60})|so [^ ]+/[^ ]+) (?:ngay )?$")
_CHOICE = re.compile(r"mot trong (?:cac|nhung|so)|lua chon|tu chon|chon (?:mot|cac|chu de)|cac chu de sau")
_OWN_CHOICE = re.compile(
    r"(?:\b(?:tinh|thanh pho|huyen|ubnd|uy ban nhan dan|xa|phuong)\b[^,.;:“\"]{0,40} (?:thong nhat )?(?:lua )?chon"
    r"|chu de (?:(?:rieng )?cua (?:tinh|thanh pho|huyen)|(?:tinh|thanh pho|huyen) (?:lua )?chon))\b"
    r"[^.;“\"]{0,60}?\s*(?=[“\"«])"
)
_AFTER_WORD = re.compile(r"^[^:“\"«]{0,60}?:\s*(?P<words>.+)$")


def title(plan: Outline) -> Found[str] | None:
    """Return the trích yếu; without one, what the preamble calls the plan."""
    if plan.title:
        first = plan.title[0].text
        rest = re.sub(r"^k\s*ế\s*h\s*o\s*ạ\s*c\s*h\b\s*", "", first, flags=re.IGNORECASE)
        words = " ".join([rest, *(line.text for line in plan.title[1:])]).strip()
        if words:
            return Found(words, words, plan.title[-1].where)
    for line, sentence in _said(plan.body[:12]):
        if named := _IN_BODY.search(bare(sentence)):
            words = sentence[named.start("title") : named.end("title")]
            return Found(words[0].upper() + words[1:], sentence, line.where)
    return None


def year(plan: Outline) -> Found[int] | None:
    """Return the Week's year: of the title, of a sentence on the Week, of the dated letterhead, in that order."""
    body = [line for line in plan.body if "tuan le" in bare(line.text)]
    for lines in (plan.title, body, plan.head):
        for line, sentence in _said(lines):
            if found := _YEAR.search(_about_the_week(bare(sentence)) if lines is body else bare(sentence)):
                return Found(int(found[1]), sentence, line.where)
    for line, sentence in _said(plan.body):
        if "tuan le" in bare(sentence) and (ranges := ranges_in(sentence, None)):
            return Found(ranges[0].first.year, sentence, line.where)
    return None


def _about_the_week(plain: str) -> str:
    # "… ngày 07 tháng 9 năm 2021 của Bộ về Tuần lễ năm 2022": only a year said of the Week counts.
    at = plain.find("tuan le")
    return re.sub(r"\d{1,2}\s+thang\s+\d{1,2},?\s+nam\s+\d{4}", "", plain[at:])


def made_on(plan: Outline) -> dt.date | None:
    """Return the day of the letterhead; of "ngày     tháng 9 năm 2022" the first day it can be."""
    for line in plan.head:
        if days := days_in(line.text, None):
            return days[-1].on
        if (month := _MONTH_ONLY.search(bare(line.text))) and 1 <= int(month[1]) <= 12:
            return dt.date(int(month[2]), int(month[1]), 1)
    return None


def theme(plan: Outline) -> Found[str] | None:
    """Return the theme. A plan that lets localities choose among several has none of its own."""
    for _number, clause in walk(plan.root):
        if not clause.is_bullet and "chu de" in head(clause) and clause.rank < 8:
            lines = list(_lines_below(clause))
            if chosen := _chosen(lines):
                return chosen
            if any(_CHOICE.search(bare(line.text)) for line in lines) and len(list(_quotes(lines))) > 1:
                return None
            if found := _theme_in_section(clause, lines):
                return found
    return next(_theme_sentences(plan), None)


def _chosen(lines: Sequence[Line]) -> Found[str] | None:
    """Return the theme the plan's own province settled on: "Tỉnh Hòa Bình lựa chọn chủ đề: “…”"."""
    for line, sentence in _said(lines):
        if (own := _OWN_CHOICE.search(bare(sentence))) and (quoted := _QUOTED.match(sentence, own.end())):
            return _found_theme(quoted["words"], sentence, line)
    return None


def _lines_below(clause: Clause) -> Iterator[Line]:
    yield clause.line
    yield from clause.paragraphs
    for _number, part in walk(clause):
        yield part.line
        yield from part.paragraphs


def _quotes(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        yield from (q["words"] for q in _QUOTED.finditer(line.text))


def _theme_in_section(clause: Clause, lines: Sequence[Line]) -> Found[str] | None:
    for line in lines:
        said = [s for s in sentences(line.text) if "thoi gian" not in bare(s)[:14]]
        for sentence in said:
            quoted = _QUOTED.search(sentence)
            if quoted and not bare(quoted["words"]).startswith("de an"):
                return _found_theme(quoted["words"], sentence, line)
    for line in lines:
        if found := _unquoted(line, clause.line is line):
            return found
    return None


def _unquoted(line: Line, is_heading: bool) -> Found[str] | None:
    """Read "Chủ đề: Học để …" or a paragraph in capitals, without quotation marks."""
    label = numbered(line.text)
    text = (label[2] if label else line.text).rstrip(" .;")
    plain = bare(text)
    if _THEME_SAID.search(plain):
        after = _AFTER_WORD.match(text[plain.index("chu de") :])
        if after is None or _ELSEWHERE.match(bare(after["words"])):
            return None
        return _found_theme(after["words"], line.text, line)
    if is_heading or not 12 <= len(text) <= 300 or _NO_THEME.match(plain) or _QUOTED.search(text):
        return None
    return _found_theme(text, line.text, line)


def _theme_sentences(plan: Outline) -> Iterator[Found[str]]:
    for line, sentence in _said((*plan.title, *plan.body)):
        plain = bare(sentence)
        said = re.search(r"(?:voi |co |theo )?chu de\b", plain)
        if not said or _CHOICE.search(plain):
            continue
        before = plain[max(0, said.start() - 80) : said.start()].rsplit("tuan le", 1)[-1]
        tail = sentence[said.end() :]
        if (
            _OTHER_THEME.search(before)
            or bare(tail).startswith(" nam hoc")
            or _ELSEWHERE.match(bare(tail).lstrip(": "))
        ):
            continue
        if (quoted := _QUOTED.search(tail)) and len(tail[: quoted.start()]) <= 80:
            yield _found_theme(quoted["words"], sentence, line)
        elif capitals := re.search(r"(?:[A-ZÀ-ỸĐ0-9]+[\s,\-–]+){3,}[A-ZÀ-ỸĐ0-9]+\b", tail):
            yield _found_theme(capitals[0], sentence, line)
        elif (plain_words := _AFTER_WORD.match(tail)) and len(tail) < 300 and _NAMES_IT.match(plain):
            yield _found_theme(plain_words["words"], sentence, line)


def _found_theme(words: str, sentence: str, line: Line) -> Found[str]:
    words = words.strip(' .;,:"“”')
    if words.endswith(")") and "(" not in words:  # "(Chủ đề: …)"
        words = words[:-1].strip(' .;,:"“”')
    return Found(words, sentence, line.where)


def week(said: Sequence[Said], of_year: int | None) -> tuple[Found[dt.date], Found[dt.date]] | None:
    """Return first and last day of the Week: the range said of the Week itself, its section first."""
    best: tuple[int, Range, str, Line] | None = None
    for line, sentence, heading in said:
        for found in ranges_in(sentence, of_year):
            if of_year is not None and found.first.year != of_year:  # last year's Week, looked back upon
                continue
            score = _week_score(bare(sentence), bare(sentence)[max(0, found.start - 300) : found.start], heading, found)
            if score > 0 and (best is None or score > best[0]):
                best = score, found, sentence, line
    if best is None:
        return None
    _score, found, sentence, line = best
    return Found(found.first, sentence, line.where), Found(found.last, sentence, line.where)


def _week_score(plain: str, before: str, heading: str, found: Range) -> int:
    near = before[-90:]
    if _OTHER_PERIOD.search(near) or _OTHER_THING.search(near.rsplit("tuan le", 1)[-1]):
        return 0
    score = 3 * ("thoi gian" in heading) + 3 * ("tuan le" in before) + ("thoi gian" in before)
    score += ("to chuc" in before or "dien ra" in before) + ("tuan le" in plain)
    score += 2 * (6 <= (found.last - found.first).days + 1 <= 8)
    return score if score >= 3 else 0


def opening(said: Sequence[Said], of_year: int | None) -> Found[dt.date] | None:
    """Return the day of the opening ceremony, where the plan ties one to it."""
    for ceremony in _CEREMONIES:
        for line, sentence, heading in said:
            plain = bare(sentence)
            named = ceremony.search(plain)
            at = named.start() if named else -1
            if at < 0 and ceremony.search(heading) and ("thoi gian" in plain or _WHEN.match(plain)):
                at = 0
            if at >= 0 and (day := _opening_day(sentence, plain, at, of_year)):
                return Found(day, sentence, line.where)
    return None


_WHEN = re.compile(r"(?:[-+*] ?)?(?:cap (?:tinh|thanh pho)[^:]{0,20}: ?)?(?:vao |luc |sang |ngay )")
#: A plan that opens with a "lễ phát động" has no other opening.
_CEREMONIES = (re.compile(r"khai mac"), re.compile(r"le phat dong(?! (?:cuoc thi|hoi thi|phong trao|thi dua))"))


_OPENS_ON = re.compile(r"khai mac(?: tuan le)?(?: vao| luc)?(?: ngay)?\s*")


def _opening_day(sentence: str, plain: str, at: int, of_year: int | None) -> dt.date | None:
    within = {n for r in ranges_in(sentence, of_year) for n in range(r.start, r.end)}
    days = [
        day
        for day in days_in(sentence, of_year)
        if (day.start not in within or _OPENS_ON.fullmatch(plain, at, day.start))
        and not _OTHER_DAY.search(plain[max(0, day.start - 100) : day.start])
    ]
    after = [day for day in days if day.start > at]
    before = [day for day in days if day.end <= at and at - day.end < 60]
    if after and after[0].start - at < 160:
        return after[0].on
    return before[-1].on if before else None


def _said(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    for line in lines:
        for sentence in sentences(line.text):
            yield line, sentence


def with_headings(plan: Outline) -> Iterator[Said]:
    """Yield every sentence of the body with the headings it stands under, without marks."""
    under = {id(plan.root): ""}
    headings: dict[int, str] = {}
    for _number, clause in walk(plan.root):
        mine = f"{under.get(id(clause), '')} {head(clause)}".strip()
        for part in clause.parts:
            under[id(part)] = mine
        headings[id(clause.line)] = mine
        headings.update((id(line), mine) for line in clause.paragraphs)
    for line, sentence in _said(plan.body):
        yield line, sentence, headings.get(id(line), "")
