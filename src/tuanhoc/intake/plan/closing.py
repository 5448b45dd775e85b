"""When registrations and reports are due, and where reports go."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .days import Deadline, deadlines_in
from .facts import Said
from .outline import Outline
from .values import Found
from .wording import Line, bare

_SCHEDULE = re.compile(
    r"dang k[yi][^.;]{0,80}(?:lich|hoat dong|tuan le|ke hoach|noi dung)"
    r"|(?:lich|hoat dong|noi dung|ban|bieu|phieu|mau|danh sach)[^.;]{0,40}dang k[yi]"
    r"|(?:gui|nop|thoi gian|han|thoi han|ket thuc)[^.;]{0,20}dang k[yi]|lich (?:hoat dong|to chuc)"
)
_OTHER_SIGN_UP = re.compile(r"dang k[yi] (?:du thi|tham gia|thi dua|hoc|du)|cuoc thi|hoi thi")
_REPORT = re.compile(r"bao cao(?! vien)|ket qua")
_QUICK = re.compile(
    r"bao cao (?:nhanh|dot xuat|so bo|tien do|hang|dinh ky)|(?:bao cao|ket qua)[^.;,]{0,40}(?:cuoc thi|hoi thi|de an\b)"
)
#: "gửi Kế hoạch của đơn vị về Sở trước ngày 26/9": a copy of its plan, neither schedule nor report.
_PLAN_COPY = re.compile(
    r"(?:gui|nop|ban hanh|xay dung|hoan thanh)[^,.;]{0,30}? (?:ban )?ke hoach\b(?! so)"
    r"(?:(?!dang k[yi]|bao cao|lich).){0,200}$"
)
_TO_DEPARTMENT = re.compile(r"(?:ve|gui|qua|cho|den|toi) (?:so giao duc|so gd|phong gdtx|co quan thuong truc)")
#: "về UBND huyện (qua Phòng Giáo dục và Đào tạo)": still from the units, on its way to a higher body.
_THROUGH_OFFICE = re.compile(r"(?:thong )?qua (?:phong giao duc|phong gd|phong van hoa|hoi khuyen hoc)")
_WHITHER = re.compile(
    r",?\s*(?:gui\s+)?(?:ve|den|toi|cho|qua)\s+(?:so|phong|co quan|ban)\b[^,;.()]{0,90}?"
    r"(?=\s*(?:[,;.()]|de tong hop|va |$))"
)
_UPWARD = re.compile(
    r"(?:tong hop|tham muu)[^.;]{0,80}bao cao|bao cao[^.;]{0,60}(?:ve |gui |cho |voi )?"
    r"(?:bo\b(?! (?:phan|mon|chi huy))|(?:ubnd|uy ban nhan dan) (?:tinh|thanh pho)|thu tuong|trung uong)"
)
# The lengths of the standard, which also bound the work on a text of nothing but letters and dots.
_EMAIL = re.compile(r"(?<!\w)[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,24}")


_ON_DIFFICULTIES = re.compile(r"^(?!.*ket qua).*(?:vuong mac|kho khan|phat sinh|giai dap|lien he)")


@dataclass(frozen=True, slots=True)
class Closings:
    """The two moments a plan sets for its units, and the address reports go to."""

    registration: Found[dt.datetime] | None
    report: Found[dt.datetime] | None
    report_to: Found[str] | None


def closings(
    plan: Outline, said_of: Sequence[Said], year: int | None, *, week_ends_on: dt.date | None = None
) -> Closings:
    """Read the deadlines; those of the annex ("Nộp về … trước ngày …") serve where the body is silent."""
    found: dict[str, list[tuple[int, Found[dt.datetime]]]] = {"registration": [], "report": []}
    previous: tuple[Line | None, str] = None, ""
    for line, sentence, heading in said_of:
        before = previous[1] if previous[0] is line else ""
        for deadline, said in _asked(sentence, year, week_ends_on):
            due, score = _what_is_due(deadline, said, f"{heading} {bare(before)}")
            if due:
                # "Đăng ký lịch … gửi Sở; hạn cuối: 25/9" is understood from both halves.
                shown = f"{before} {sentence}" if before and not _says_what(said) else sentence
                found[due].append((score, Found(deadline.closes_at, shown, line.where)))
        previous = line, sentence
    registration = _best(found["registration"] or _of_annex(plan, year))
    return Closings(registration, _best(found["report"]), _report_to(said_of))


def _asked(sentence: str, year: int | None, week_ends_on: dt.date | None) -> list[tuple[Deadline, str]]:
    """Pair every deadline with the words that say what is due: those before it, or else those after."""
    plain = bare(sentence)
    found = deadlines_in(sentence, year, week_ends_on=week_ends_on)
    pairs, start = [], 0
    for number, deadline in enumerate(found):
        # "trước ngày 09/10 về Sở … để tổng hợp": where to send it still belongs to this deadline.
        whither = _WHITHER.match(plain, deadline.end)
        tail = whither[0] if whither else ""
        end = found[number + 1].start if number + 1 < len(found) else len(plain)
        before = plain[start : deadline.end] + tail
        says = _SCHEDULE.search(before) or _REPORT.search(before)
        own = says or _PLAN_COPY.search(before)
        pairs.append((deadline, before if own else plain[start:end]))
        start = deadline.end + len(tail)
    return pairs


def _says_what(said: str) -> bool:
    return bool(_SCHEDULE.search(said) or _REPORT.search(said))


def _what_is_due(deadline: Deadline, said: str, context: str) -> tuple[str | None, int]:
    """Name what a deadline is for, by its own words or else by those above it, and how sure that is."""
    own = _says_what(said)
    if not own and _PLAN_COPY.search(said):
        return None, 0
    words = said if own else context
    to_department = bool(_TO_DEPARTMENT.search(said))
    score = own + 2 * to_department
    if _SCHEDULE.search(words) and not _OTHER_SIGN_UP.search(words) and "bao cao ket qua" not in said:
        return "registration", score
    # "từ ngày 08/10 đến hết ngày 12/10" is when to report only where the words themselves say so.
    is_period = deadline.ranged and not (own and to_department)
    is_report = bool(_REPORT.search(words)) and not is_period and not _QUICK.search(words)
    upward = bool(_UPWARD.search(said)) and not to_department and not _THROUGH_OFFICE.search(said)
    return ("report", score) if is_report and not upward else (None, 0)


def _of_annex(plan: Outline, year: int | None) -> list[tuple[int, Found[dt.datetime]]]:
    annex = "dang ky" in " ".join(bare(line.text) for line in plan.after)
    return [
        (0, Found(deadline.closes_at, line.text, line.where))
        for line in plan.after
        if annex and re.search(r"\b(?:nop|gui)\b", bare(line.text))
        for deadline in deadlines_in(line.text, year)
    ]


def _best(found: list[tuple[int, Found[dt.datetime]]]) -> Found[dt.datetime] | None:
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _report_to(said_of: Sequence[Said]) -> Found[str] | None:
    """Return the address said of reports: in their sentence, their paragraph or the line after it."""
    weaker: Found[str] | None = None
    previous, before = "", None
    for line, sentence, heading in said_of:
        plain = bare(sentence)
        said = f"{previous} {plain}" if before is line else plain
        if (address := _EMAIL.search(sentence)) and not _ON_DIFFICULTIES.search(said):
            found = Found(address[0].lower(), sentence, line.where)
            if _REPORT.search(plain):
                return found
            if not _SCHEDULE.search(plain) and _REPORT.search(f"{previous} {heading}"):
                weaker = weaker or found
        previous, before = plain, line
    return weaker
